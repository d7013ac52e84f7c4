package attribute

import (
	"slices"

	"hearsay/internal/lexicon"
	"hearsay/internal/linear"
)

// The labels of tokens with respect to one cue.
const (
	outside = iota
	inSource
	inContent
	inCue
	labels
)

// window is the stretch of text in which the parts of one cue are labelled, with facts of each
// token relative to the cue.
type window struct {
	span
	c      *candidate
	role   []uint8  // by the rules, see ruleNone
	quote  []uint8  // see quoteNone
	level  []uint8  // how far above the cue the tree path turns down; noLevel in other sentences
	branch []int32  // the token at which it turns down, -1 for none
	commas []uint8  // commas between token and cue, at most 3
	cues   []uint8  // other cues between token and cue, at most 2
	paths  []uint64 // level and relation of the branch
}

const (
	ruleNone uint8 = iota
	ruleSourceStart
	ruleSource
	ruleContentStart
	ruleContent
	ruleCue
)

const (
	quoteNone  uint8 = iota
	quoteOwn         // inside a quotation that the rules gave to the cue
	quoteOther       // inside another one
	quoteMarkOwn
	quoteMarkOther
	quoteAround // inside the quotation in which the cue stands
)

const (
	noLevel   = 8
	maxBefore = 5  // sentences of a window before the cue's
	maxAfter  = 12 // and after it
)

// windowOf is the cue's sentence and what quotations lead over its ends.
func (v *view) windowOf(c *candidate) span {
	s := int(v.sentence[c.head])
	sent := v.a.Sentences[s]
	w, far := span{sent.First, sent.Last}, reachIn(&sent)
	if q := v.quotation[c.head]; q >= 0 && v.quoted[q].has(c.head) {
		in := v.quoted[q]
		w.from, w.to = max(in.from, w.from), min(in.to, w.to)
		return w.near(c.head, far)
	}
	for k := s; k > 0 && s-k < maxBefore; k-- {
		if !v.reachesBack(k) {
			break
		}
		w.from = v.a.Sentences[k-1].First
	}
	for k := s; k+1 < len(v.a.Sentences) && k-s < maxAfter; k++ {
		if !v.reachesOn(k + 1) {
			break
		}
		w.to = v.a.Sentences[k+1].Last
	}
	return w.near(c.head, far)
}

// reachesBack reports whether a quotation leads from the sentence before k into k, or ends where
// that sentence ends.
func (v *view) reachesBack(k int) bool {
	before, here := v.a.Sentences[k-1], v.a.Sentences[k]
	if before.Block != here.Block || before.First >= before.Last {
		return false
	}
	q := v.quotation[here.First]
	if q < 0 && here.First > 0 && v.mark[here.First] == quoteMark {
		q = v.quotation[here.First-1]
	}
	if q >= 0 && v.quoted[q].from < here.First {
		return true
	}
	last := before.Last - 1
	return v.mark[last] == quoteMark && last > 0 && v.quotation[last-1] >= 0
}

// reachesOn reports whether sentence k begins in or with a quotation.
func (v *view) reachesOn(k int) bool {
	s := v.a.Sentences[k]
	if s.First >= s.Last {
		return false
	}
	if v.quotation[s.First] >= 0 {
		return true
	}
	return v.mark[s.First] == quoteMark && s.First+1 < s.Last && v.quotation[s.First+1] >= 0
}

// look fills a window for a candidate.
func (v *view) look(c *candidate, w *window) {
	w.span, w.c = v.windowOf(c), c
	n := w.to - w.from
	w.role, w.quote, w.level = zeroed(w.role, n), zeroed(w.quote, n), zeroed(w.level, n)
	w.commas, w.cues = zeroed(w.commas, n), zeroed(w.cues, n)
	w.branch, w.paths = zeroed(w.branch, n), zeroed(w.paths, n)
	v.lookRules(w)
	v.lookQuotes(w)
	v.lookPaths(w)
	v.lookBetween(w)
}

func zeroed[T uint8 | int32 | uint64](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	s = s[:n]
	clear(s)
	return s
}

func (w *window) fill(s span, first, rest uint8) {
	for i := max(s.from, w.from); i < min(s.to, w.to); i++ {
		w.role[i-w.from] = rest
		if i == s.from {
			w.role[i-w.from] = first
		}
	}
}

func (v *view) lookRules(w *window) {
	r := &w.c.read
	for _, p := range r.content {
		w.fill(p.span, ruleContentStart, ruleContent)
	}
	w.fill(r.source, ruleSourceStart, ruleSource)
	for _, s := range r.cueTokens {
		w.fill(s, ruleCue, ruleCue)
	}
}

func (v *view) lookQuotes(w *window) {
	around := v.quotation[w.c.head]
	for i := w.from; i < w.to; i++ {
		switch q := v.quotation[i]; {
		case q < 0:
		case q == around:
			w.quote[i-w.from] = quoteAround
		default:
			w.quote[i-w.from] = quoteOther
		}
		if v.mark[i] == quoteMark {
			w.quote[i-w.from] = quoteMarkOther
		}
	}
	for _, q := range w.c.read.quotations {
		in := v.quoted[q]
		for i := max(in.from, w.from); i < min(in.to, w.to); i++ {
			if w.quote[i-w.from] != quoteMarkOther {
				w.quote[i-w.from] = quoteOwn
			}
		}
		for _, i := range []int{in.from - 1, in.to} {
			if w.has(i) && v.mark[i] == quoteMark {
				w.quote[i-w.from] = quoteMarkOwn
			}
		}
	}
}

// lookPaths finds for each token of the cue's sentence where its way up the tree meets the way
// from the cue to the root.
func (v *view) lookPaths(w *window) {
	sent := v.a.Sentences[v.sentence[w.c.head]]
	for i := range w.level {
		w.level[i], w.branch[i] = noLevel, -1
	}
	from, to := max(sent.First, w.from), min(sent.Last, w.to)
	up := w.c.head
	for level := uint8(0); level < noLevel-1 && from <= up && up < to; level++ {
		if w.level[up-w.from] != noLevel {
			break
		}
		w.level[up-w.from], w.branch[up-w.from] = level, int32(up)
		up = v.toks[up].Head
	}
	for i := from; i < to; i++ {
		if w.level[i-w.from] == noLevel {
			v.climb(w, i, from, to)
		}
	}
	for i := range w.paths {
		rel := uint64(0)
		if b := w.branch[i]; b >= 0 {
			rel = v.atoms[b].rel
		}
		w.paths[i] = linear.Combine(uint64(w.level[i]), rel)
	}
}

// climb goes up from token i to a token whose level is known.
func (v *view) climb(w *window, i, from, to int) {
	at, below := i, i
	for steps := 0; steps < 60; steps++ {
		if k := at - w.from; w.level[k] != noLevel {
			w.level[i-w.from] = w.level[k]
			w.branch[i-w.from] = int32(below)
			if w.branch[k] != int32(at) { // not on the cue's own way: the branch begins further up
				w.branch[i-w.from] = w.branch[k]
			}
			return
		}
		below, at = at, v.toks[at].Head
		if at < from || at >= to {
			return
		}
	}
}

// lookBetween counts commas and other cues between each token and the cue.
func (v *view) lookBetween(w *window) {
	count := func(i int, commas, cues *uint8) {
		w.commas[i-w.from], w.cues[i-w.from] = *commas, *cues
		if v.mark[i] != word && *commas < 3 {
			*commas++
		}
		if v.cues[i].Cue != nil && *cues < 2 {
			*cues++
		}
	}
	var commas, cues uint8
	for i := w.c.match.Last; i < w.to; i++ {
		count(i, &commas, &cues)
	}
	commas, cues = 0, 0
	for i := w.c.head - 1; i >= w.from; i-- {
		count(i, &commas, &cues)
	}
}

// The templates of features for the parts of a statement.
const (
	partBias = 100 + iota
	partRule
	partRuleNext
	partRuleClass
	partRuleBy
	partPath
	partPathRel
	partPathClass
	partPathToken
	partPathFrame
	partPathUpos
	partPathEdge
	partUpos
	partRel
	partRole
	partMark
	partUposThree
	partDistance
	partDistanceUpos
	partCommas
	partQuote
	partQuoteNext
	partQuoteRule
	partQuoteClass
	partMention
	partSentence
	partCues
	partRoleNear
	partCase

	partPathLemma
	partPathCue
	partForm
	partFormNear
	partFormCue
	partFormBefore
	partFormAfter
	partBranchLemma

	partMove
	partMoveMark
	partMoveMarkBefore
	partMoveQuote
	partMoveRule
	partMoveRole
	partMoveBranch
	partMoveForm
	partMoveFormBefore
	partMovePath
)

// partFeatures describes token i of a window.
func (v *view) partFeatures(w *window, i int, f *features) {
	k := i - w.from
	c := w.c
	x := &v.atoms[i]
	side := uint64(1)
	if i < c.head {
		side = 0
	} else if i >= c.match.Last {
		side = 2
	}
	class, r := c.class(), uint64(c.read.rule)
	role, quote := uint64(w.role[k]), uint64(w.quote[k])
	before, after := w.roleAt(k-1), w.roleAt(k+1)
	path := w.paths[k]
	distance := bucket(i - c.head)
	relation := v.atoms[c.head].rel

	f.add(partBias, side)
	f.add2(partRule, role, side)
	f.add3(partRuleNext, before, role, after)
	f.add3(partRuleClass, role, class, side)
	f.add3(partRuleBy, role, r, side)
	f.add2(partPath, path, side)
	f.add3(partPathRel, path, relation, side)
	f.add3(partPathClass, path, class, side)
	f.add3(partPathToken, path, x.rel, bit(w.branch[k] == int32(i)))
	f.add3(partPathFrame, path, uint64(c.match.Cue.Frame), v.atoms[c.head].upos)
	f.add3(partPathUpos, path, x.upos, side)
	f.add2(partUpos, x.upos, side)
	f.add2(partRel, x.rel, side)
	f.add2(partRole, v.roles(i), side)
	f.add2(partMark, uint64(v.mark[i]), side)
	f.add3(partUposThree, v.uposAt(i-1), x.upos, v.uposAt(i+1))
	f.add(partDistance, distance)
	f.add3(partDistanceUpos, distance, x.upos, v.roles(i))
	f.add3(partCommas, uint64(w.commas[k]), side, path)
	f.add3(partQuote, quote, side, r)
	f.add3(partQuoteNext, w.quoteAt(k-1), quote, w.quoteAt(k+1))
	f.add3(partQuoteRule, quote, role, side)
	f.add3(partQuoteClass, quote, class, bucket(len(c.read.quotations)))
	f.add3(partCues, uint64(w.cues[k]), side, path)
	f.add3(partSentence, uint64(int(v.sentence[i])-int(v.sentence[c.head])+20), quote, bit(len(c.read.quotations) > 0))
	if m := v.mention[i]; m >= 0 {
		f.add3(partMention, typeNumber(v.a.Mentions[m].Type), side, path)
	}
	if b := w.branch[k]; b >= 0 {
		f.add3(partPathEdge, path, bit(int(v.left[b]) == i)|bit(int(v.right[b]) == i)<<1, v.atoms[b].upos)
		f.word3(partPathLemma, path, v.atoms[b].lemma, bit(int(b) == i))
		f.word3(partBranchLemma, v.atoms[b].form, v.atoms[c.head].lemma, path)
	}
	f.word3(partPathCue, path, v.atoms[c.head].lemma, side)
	f.word2(partForm, x.form, side)
	f.word2(partFormNear, x.form, distance)
	f.word3(partFormCue, x.form, v.atoms[c.head].lemma, side)
	f.word2(partFormBefore, v.formAt(i-1), side)
	f.word2(partFormAfter, v.formAt(i+1), side)
}

// moveFeatures describes the step from token i-1 to token i; the label before is mixed in later.
func (v *view) moveFeatures(w *window, i int, f *features) {
	k := i - w.from
	side := bit(i > w.c.head)
	f.add(partMove, side)
	f.add2(partMoveMark, uint64(v.mark[i]), side)
	if i > w.from {
		f.add2(partMoveMarkBefore, uint64(v.mark[i-1]), v.roles(i))
		f.add2(partMoveBranch, bit(w.branch[k] != w.branch[k-1]), w.paths[k])
		f.add2(partMovePath, w.paths[k-1], w.paths[k])
		f.word(partMoveFormBefore, v.atoms[i-1].form)
	}
	f.add2(partMoveQuote, w.quoteAt(k-1), w.quoteAt(k))
	f.add2(partMoveRule, w.roleAt(k-1), w.roleAt(k))
	f.add2(partMoveRole, v.roles(i), uint64(v.mark[i]))
	f.word(partMoveForm, v.atoms[i].form)
}

func (v *view) uposAt(i int) uint64 {
	if i < 0 || i >= len(v.atoms) {
		return 1
	}
	return v.atoms[i].upos
}

func (w *window) roleAt(k int) uint64 {
	if k < 0 || k >= len(w.role) {
		return 99
	}
	return uint64(w.role[k])
}

func (w *window) quoteAt(k int) uint64 {
	if k < 0 || k >= len(w.quote) {
		return 99
	}
	return uint64(w.quote[k])
}

// scorer gives scores to features: a table at run time, a trainer in training.
type scorer interface {
	Add(features []uint32, scores []int32)
}

// decoder finds the best labels of a window.
type decoder struct {
	w      window
	f      features
	emit   [][labels]int32
	moves  [][labels * labels]int32
	back   [][labels]uint8
	labels []uint8
	mixed  []uint32
}

// withLabel is a move's feature after a label.
func withLabel(feature uint32, label int) uint32 {
	return feature*2654435761 + uint32(label+1)*0x9e3779b9
}

// score fills the scores of all tokens and moves of a window.
func (v *view) score(d *decoder, s scorer) {
	n := d.w.to - d.w.from
	d.emit, d.moves = resized(d.emit, n), resized(d.moves, n)
	for k := range n {
		i := d.w.from + k
		d.f.list = d.f.list[:0]
		v.partFeatures(&d.w, i, &d.f)
		clear(d.emit[k][:])
		s.Add(d.f.list, d.emit[k][:])
		d.f.list = d.f.list[:0]
		v.moveFeatures(&d.w, i, &d.f)
		clear(d.moves[k][:])
		for before := range labels {
			d.mixed = d.mixed[:0]
			for _, feature := range d.f.list {
				d.mixed = append(d.mixed, withLabel(feature, before))
			}
			s.Add(d.mixed, d.moves[k][before*labels:(before+1)*labels])
		}
	}
}

func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// best is the best sequence of labels (Viterbi 1967). The cue's own tokens keep their label.
func (d *decoder) best() []uint8 {
	n := len(d.emit)
	d.back, d.labels = resized(d.back, n), resized(d.labels, n)
	if n == 0 {
		return d.labels
	}
	var at [labels]int64
	for l := range labels {
		at[l] = int64(d.emit[0][l]) + int64(d.moves[0][outside*labels+l]) + d.forced(0, l)
	}
	for k := 1; k < n; k++ {
		var next [labels]int64
		for l := range labels {
			best, from := int64(-1<<62), 0
			for p := range labels {
				if s := at[p] + int64(d.moves[k][p*labels+l]); s > best {
					best, from = s, p
				}
			}
			next[l] = best + int64(d.emit[k][l]) + d.forced(k, l)
			d.back[k][l] = uint8(from)
		}
		at = next
	}
	end := 0
	for l := range labels {
		if at[l] > at[end] {
			end = l
		}
	}
	for k := n - 1; k >= 0; k-- {
		d.labels[k] = uint8(end)
		end = int(d.back[k][end])
	}
	return d.labels
}

// forced keeps the cue's main tokens in the cue.
func (d *decoder) forced(k, label int) int64 {
	i := d.w.from + k
	if i >= d.w.c.head && i < d.w.c.match.Last && label != inCue {
		return -1 << 40
	}
	return 0
}

// found turns labels into a reading: the source nearest to the cue, the cue, and the content.
func (v *view) found(d *decoder, r reading) reading {
	r.source, r.content, r.cueTokens = span{}, nil, nil
	for k := 0; k < len(d.labels); {
		end := k + 1
		for end < len(d.labels) && d.labels[end] == d.labels[k] {
			end++
		}
		s := span{d.w.from + k, d.w.from + end}
		switch d.labels[k] {
		case inSource:
			if s = v.trimSource(s); !s.empty() && (r.source.empty() || gap(s, d.w.c.head) < gap(r.source, d.w.c.head)) {
				r.source = s
			}
		case inContent:
			if v.words(s) > 0 && !v.loneOpener(s) {
				r.content = append(r.content, piece{s, -1})
			}
		case inCue:
			r.cueTokens = append(r.cueTokens, s)
		}
		k = end
	}
	r.cueTokens = v.mainCue(r.cueTokens, d.w.c.head)
	if k, ok := v.particle[d.w.c.head]; ok && !r.cueTokens[0].has(k) {
		r.cueTokens = append(r.cueTokens, span{k, k + 1})
	}
	return r
}

// trimSource drops marks at the ends of a labelled source, but for what closes a part of it: the
// bracket of "Anna Berg (R-Iowa)", the comma of "Anna Berg, the mayor, said".
func (v *view) trimSource(s span) span {
	t := v.withClosing(v.trim(s), s.to)
	if t.to < s.to && v.mark[t.to] == comma && v.holdsComma(t) {
		t.to++
	}
	return t
}

func (v *view) holdsComma(s span) bool {
	return slices.Contains(v.mark[s.from:s.to], comma)
}

// loneOpener reports a stretch that is nothing but the word that opens a clause.
func (v *view) loneOpener(s span) bool {
	return v.words(s) == 1 && v.role[s.from].Has(lexicon.RoleThat) && v.toks[s.from].UPOS == "SCONJ"
}

// mainCue keeps the run that holds the main token; words far from it are no part of the cue.
func (v *view) mainCue(runs []span, head int) []span {
	for _, s := range runs {
		if s.has(head) {
			return []span{s}
		}
	}
	return []span{{head, head + 1}}
}

func gap(s span, i int) int {
	if i < s.from {
		return s.from - i
	}
	return i - s.to + 1
}
