package attribute

import "math"

// The templates of features for the choice among readings of a cue.
const (
	chooseBias = 400 + iota
	chooseGap
	chooseFrom
	chooseRule
	chooseRuleBy
	choosePieces
	chooseLength
	chooseSource
	chooseSourceClass
	chooseSourceRule
	chooseSubject
	chooseStart
	chooseStartRel
	chooseStartKind
	chooseStartForm
	chooseStartForms
	chooseStartCue
	chooseEnd
	chooseEndRel
	chooseEndKind
	chooseEndTurn
	chooseEndForm
	chooseEndForms
	chooseEndCue
	chooseEndLast
	chooseEndAt
	chooseEndHead
	chooseCut
	chooseRoots
	chooseRoot
	chooseRootCue
	chooseCover
	chooseCoverCue
	chooseCoverClass
	chooseLikely
	chooseLeft
	chooseQuoted
	chooseBetween
)

// choose is the best of the options of a candidate and its probability.
func (m *model) choose(v *view, c *candidate, options []option, f *features) (int, float64) {
	best, scores := 0, make([]float64, len(options))
	for i := range options {
		f.list = f.list[:0]
		v.optionFeatures(&options[i], &options[0], c, m.parts.unit, f)
		scores[i] = float64(m.choice.Score(f.list, 0)) * m.choice.Unit()
		if scores[i] > scores[best] {
			best = i
		}
	}
	sum := 0.0
	for _, s := range scores {
		sum += math.Exp(s - scores[best])
	}
	return best, 1 / sum
}

// optionFeatures describes an option beside the one that the labels like best. unit is the worth of a score.
func (v *view) optionFeatures(o, best *option, c *candidate, unit float64, f *features) {
	class, rule := c.class(), c.read
	words := v.contentWords(&o.reading)
	first, last := o.bare[0], o.bare[len(o.bare)-1]
	quoted := bit(len(c.read.quotations) > 0)

	f.add(chooseBias, uint64(o.from))
	f.scale(chooseGap, 2*math.Log2(1+max(0, float64(best.score-o.score)*unit))-20)
	f.add3(chooseFrom, uint64(o.from), bit(o == best), bit(o.score == best.score))
	f.add3(chooseRule, v.contentOverlap(&o.reading, &rule), uint64(rule.rule), bit(c.ok))
	f.add3(chooseRuleBy, v.contentOverlap(&o.reading, &best.reading), v.contentOverlap(&o.reading, &rule), bit(c.known))
	f.add3(choosePieces, uint64(len(o.bare)), quoted, bit(first.from < c.head)|bit(last.to > c.head)<<1)
	f.add2(chooseLength, bucket(words), quoted)
	source := v.sourceType(o.source)
	f.add(chooseSource, source)
	f.add2(chooseSourceClass, source, class)
	f.add3(chooseSourceRule, overlap(o.source, rule.source), overlap(o.source, best.source), bit(c.ok))
	f.add2(chooseSubject, overlap(o.source, v.subject(c.head, v.bounds(c.head))), v.atoms[c.head].upos)
	for _, s := range o.bare {
		v.startFeatures(s, c, f)
		v.endFeatures(o, s, c, f)
	}
	v.treeOfOption(o, c, f)
}

// startFeatures describes where a piece of content begins.
func (v *view) startFeatures(s span, c *candidate, f *features) {
	i, side := s.from, bit(s.from > c.head)
	x, marked := &v.atoms[i], uint64(v.markAt(i-1))
	open := v.phraseFrom(i, c.head)
	f.add3(chooseStart, x.upos, marked, side)
	f.add3(chooseStartRel, v.relAt(open), marked, side)
	f.add3(chooseStartKind, v.clauseKind(open, c.head), v.uposAt(i-1), side)
	f.word3(chooseStartForm, x.form, marked, side)
	f.word3(chooseStartForms, v.formAt(i-1), x.form, side)
	f.word3(chooseStartCue, v.atoms[c.head].lemma, x.upos, v.relAt(open))
}

// endFeatures describes where a piece of content ends and what follows.
func (v *view) endFeatures(o *option, s span, c *candidate, f *features) {
	i, side := s.to, bit(s.to > c.head)
	marked := uint64(v.markAt(i))
	next := i
	for next < c.b.to && v.mark[next] != word {
		next++
	}
	at := v.endPlace(s, c)
	shut, open := v.phraseTo(i-1, c.head), -1
	if next < c.b.to {
		open = v.phraseFrom(next, c.head)
	}
	governs := uint64(0) // the next phrase hangs from a word inside
	if open >= 0 {
		governs = 1 + bit(s.has(v.toks[open].Head)) + 2*bit(v.toks[open].Head == c.head)
	}
	f.add3(chooseEndAt, at, marked, side)
	f.add3(chooseEnd, v.uposAt(i-1), marked, v.uposAt(next))
	f.add3(chooseEndRel, v.relAt(shut), v.relAt(open), marked)
	f.add3(chooseEndKind, v.clauseKind(open, c.head), marked, governs)
	f.add3(chooseEndTurn, governs, v.relAt(open), marked)
	f.add3(chooseEndHead, governs, at, bit(open >= 0 && v.chance[open] >= likelyCue))
	f.word3(chooseEndForm, v.formAt(next), marked, governs)
	f.word3(chooseEndForms, v.formAt(i-1), v.formAt(next), marked)
	f.word3(chooseEndCue, v.atoms[c.head].lemma, v.relAt(open), marked)
	f.word2(chooseEndLast, v.formAt(i-1), marked)
}

// endPlace says what ends where a content ends.
func (v *view) endPlace(s span, c *candidate) uint64 {
	at := uint64(0)
	if s.to >= c.b.to {
		at |= 1
	}
	if sent := v.a.Sentences[v.sentence[s.to-1]]; v.trim(span{sent.First, sent.Last}).to == s.to {
		at |= 2
	}
	if q := v.quotation[s.to-1]; q >= 0 {
		at |= 4
		if v.quoted[q].to == s.to || v.trim(v.quoted[q]).to == s.to {
			at |= 8
		}
	}
	if v.sentence[s.to-1] != v.sentence[c.head] {
		at |= 16
	}
	return at
}

// treeOfOption describes how the content lies in the tree of the cue's sentence.
func (v *view) treeOfOption(o *option, c *candidate, f *features) {
	lemma, class := v.atoms[c.head].lemma, c.class()
	for n := v.child[c.head]; n >= 0; n = v.sibling[n] {
		rel := v.atoms[n].rel
		covered := v.coverage(o, span{int(v.left[n]), int(v.right[n]) + 1}) | bit(int(n) > c.head)<<3
		f.add2(chooseCover, rel, covered)
		f.add3(chooseCoverClass, rel, covered, class)
		f.word3(chooseCoverCue, rel, covered, lemma)
	}
	roots, cuts, likely := 0, 0, uint64(0)
	for _, s := range o.bare {
		for i := s.from; i < s.to; i++ {
			if v.mark[i] != word || v.sentence[i] != v.sentence[c.head] {
				continue
			}
			if v.chance[i] >= likelyCue && likely < 3 {
				likely++
			}
			if h := v.toks[i].Head; !o.holds(h) {
				roots++
				way := bit(h == c.head) | bit(h < 0)<<1
				f.add3(chooseRoot, v.atoms[i].rel, v.atoms[i].upos, way)
				f.word3(chooseRootCue, v.atoms[i].rel, lemma, way)
			}
		}
	}
	left := 0
	for i := c.b.from; i < c.b.to; i++ {
		if v.mark[i] == word && !o.holds(i) && !o.source.has(i) && i != c.head {
			left++
			if o.holds(v.toks[i].Head) {
				cuts++
			}
		}
	}
	f.add2(chooseCut, bucket(cuts), bit(o.holds(v.toks[c.head].Head)))
	f.add2(chooseRoots, bucket(roots), uint64(len(o.bare)))
	f.add2(chooseLikely, likely, class)
	f.add2(chooseLeft, bucket(left), bit(len(c.read.quotations) > 0))
	f.add3(chooseQuoted, v.cutQuotations(o), bucket(len(c.read.quotations)), bit(v.quotation[c.head] >= 0))
}

// holds reports whether token i is part of the content.
func (o *option) holds(i int) bool {
	for _, s := range o.bare {
		if s.has(i) {
			return true
		}
	}
	return false
}

// coverage says how much of a phrase an option takes as content, and whether it is the source.
func (v *view) coverage(o *option, phrase span) uint64 {
	inside, out := false, false
	for i := phrase.from; i < phrase.to; i++ {
		if v.mark[i] != word {
			continue
		}
		if o.holds(i) {
			inside = true
		} else {
			out = true
		}
	}
	source := bit(overlap(o.source, phrase) >= 3 && overlap(o.source, phrase) < 5)
	return bit(inside) | bit(out)<<1 | source<<2
}

// cutQuotations says whether the content cuts quotations in two.
func (v *view) cutQuotations(o *option) uint64 {
	cut, whole := uint64(0), uint64(0)
	for _, s := range o.bare {
		for _, i := range []int{s.from, s.to - 1} {
			q := v.quotation[i]
			if q < 0 {
				continue
			}
			in := v.trim(v.quoted[q])
			if i == s.from && in.from < s.from && in.to <= s.to || i == s.to-1 && in.to > s.to && in.from >= s.from {
				cut = 1
			} else {
				whole = 1
			}
		}
	}
	return cut | whole<<1
}
