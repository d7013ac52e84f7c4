package attribute

import "math"

// The templates of features for the question whether a reading as a whole is right: how likely its
// cue is one, and how its parts hang together. None knows a word.
const (
	judgeBias = 300 + iota
	judgeChance
	judgeClass
	judgeSource
	judgeSourceClass
	judgeSourceRule
	judgeSourcePlace
	judgeSubject
	judgeLength
	judgePieces
	judgeFirst
	judgeFirstMark
	judgeLastMark
	judgeContentRule
	judgeQuoted
	judgeOrder
	judgeAbove
	judgeCue
	judgeFrame
	judgeMargin
	judgeChoice
)

// judgeFeatures describes a reading of a decoded candidate.
func (v *view) judgeFeatures(r *reading, d *decoded, f *features) {
	c, p := d.candidate, d.p
	class, source := c.class(), v.sourceType(r.source)
	rule := c.read
	first, last := r.content[0], r.content[len(r.content)-1]
	words := v.contentWords(r)

	f.add(judgeBias, 1)
	f.scale(judgeChance, 2*math.Log(p/(1-p)))
	f.scale(judgeMargin, 2*(math.Log2(max(1, d.margin))-13))
	f.scale(judgeChoice, 3*math.Log(d.choice/(1.0001-d.choice)))
	f.add2(judgeClass, class, uint64(chanceOf(p)))
	f.add(judgeSource, source)
	f.add2(judgeSourceClass, source, class)
	f.add3(judgeSourceRule, overlap(r.source, rule.source), source, bit(c.ok))
	f.add3(judgeSourcePlace, bucket(r.source.from-c.head), bit(r.source.empty()), bit(r.source.from > first.from))
	f.add2(judgeSubject, overlap(r.source, v.subject(c.head, v.bounds(c.head))), v.atoms[c.head].upos)
	f.add2(judgeLength, bucket(words), bit(len(r.quotations) > 0))
	f.add2(judgePieces, bucket(len(r.content)), bit(len(r.quotations) > 0))
	f.add2(judgeFirst, v.atoms[first.from].upos, v.atoms[first.from].rel)
	f.add3(judgeFirstMark, uint64(v.markAt(first.from-1)), bit(first.from > c.head), v.roles(first.from))
	f.add2(judgeLastMark, uint64(v.markAt(last.to)), bit(last.to <= c.head))
	f.add3(judgeContentRule, v.contentOverlap(r, &rule), uint64(rule.rule), bit(c.ok))
	f.add3(judgeQuoted, bucket(len(r.quotations)), bucket(len(rule.quotations)), bit(v.quotation[c.head] >= 0))
	f.add3(judgeOrder, bit(first.from < c.head), bit(last.from > c.head), class)
	above, path := v.cueAbove(c.head)
	f.add2(judgeAbove, above, path)
	f.add3(judgeCue, v.atoms[c.head].upos, v.atoms[c.head].rel, bit(c.known))
	f.add2(judgeFrame, frameOf(c), uint64(chanceOf(p)))
}

// scale adds a feature for every whole step up to x, so that weights add up to a rising function.
func (f *features) scale(template int, x float64) {
	const steps = 12
	for step := -steps; step <= steps && float64(step) < x; step++ {
		f.add(template, uint64(step+steps))
	}
}

// overlap compares two ranges of tokens.
func overlap(a, b span) uint64 {
	switch {
	case a.empty() && b.empty():
		return 0
	case a.empty():
		return 1
	case b.empty():
		return 2
	case a == b:
		return 3
	case a.from < b.to && b.from < a.to:
		return 4
	}
	return 5
}

// contentOverlap says where a content begins and ends as the rules have it.
func (v *view) contentOverlap(r, rule *reading) uint64 {
	if len(rule.content) == 0 {
		return 0
	}
	a := v.trim(span{r.content[0].from, r.content[len(r.content)-1].to})
	b := v.trim(span{rule.content[0].from, rule.content[len(rule.content)-1].to})
	return 1 | bit(a.from == b.from)<<1 | bit(a.to == b.to)<<2
}
