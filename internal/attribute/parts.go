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
	below  []int32  // the token under the branch on the way to this one, -1 for none
	likely []uint8  // likely cues between token and cue, at most 2
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
	w.below, w.likely = zeroed(w.below, n), zeroed(w.likely, n)
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
	for k := range w.below {
		w.below[k] = v.belowBranch(w, w.from+k)
	}
	for i := range w.paths {
		rel := uint64(0)
		if b := w.branch[i]; b >= 0 {
			rel = v.atoms[b].rel
		}
		w.paths[i] = linear.Combine(uint64(w.level[i]), rel)
	}
}

// belowBranch is the token right under the branch on the way down to token i, -1 for the branch
// itself.
func (v *view) belowBranch(w *window, i int) int32 {
	b := int(w.branch[i-w.from])
	if b < 0 || b == i {
		return -1
	}
	for steps := 0; steps < 60; steps++ {
		h := v.toks[i].Head
		if h == b {
			return int32(i)
		}
		if !w.has(h) {
			break
		}
		i = h
	}
	return -1
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
	var likely uint8
	count := func(i int, commas, cues *uint8) {
		w.commas[i-w.from], w.cues[i-w.from], w.likely[i-w.from] = *commas, *cues, likely
		if v.chance[i] >= likelyCue && likely < 2 {
			likely++
		}
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
	commas, cues, likely = 0, 0, 0
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
	partChance
	partChanceBranch
	partChanceBelow
	partLikely
	partBelow
	partBelowUpos
	partBelowEdge
	partHead

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
	partMoveOpen
	partMoveOpenMark
	partMoveOpenPath
	partMoveClose
	partMoveCloseMark
	partMoveTurn
	partMoveTurnMark
	partMoveChance
	partMoveLikely
	partEntry
	partEntryQuote
	partEntryMark
	partEntryRule
	partEntryOpen
	partEntryPath
	partEntryClass
	partEntryUpos
	partEntryForm
	partEntryFormBefore
	partEntryCue
	partEntryCueForm
	partEntryKind
	partMoveForms
	partMoveKind
	partMoveKindMark
	partMoveKindForm
	partMoveKindCue
	partBelowForm
	partBelowCue
	partHeadForm
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
	f.add3(partPathFrame, path, frameOf(c), v.atoms[c.head].upos)
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
	f.add3(partChance, uint64(v.chance[i]), path, side)
	f.add3(partLikely, uint64(w.likely[k]), side, path)
	v.treeFeatures(w, i, side, f)
	f.word3(partPathCue, path, v.atoms[c.head].lemma, side)
	f.word2(partForm, x.form, side)
	f.word2(partFormNear, x.form, distance)
	f.word3(partFormCue, x.form, v.atoms[c.head].lemma, side)
	f.word2(partFormBefore, v.formAt(i-1), side)
	f.word2(partFormAfter, v.formAt(i+1), side)
}

// treeFeatures describes the way from the cue down to token i: the branch, what hangs from it, and
// the token's own head.
func (v *view) treeFeatures(w *window, i int, side uint64, f *features) {
	k := i - w.from
	x, cue, path := &v.atoms[i], &v.atoms[w.c.head], w.paths[k]
	if b := w.branch[k]; b >= 0 {
		f.add3(partPathEdge, path, v.edges(int(b), i), v.atoms[b].upos)
		f.add3(partChanceBranch, uint64(v.chance[b]), path, side)
		f.word3(partPathLemma, path, v.atoms[b].lemma, bit(int(b) == i))
		f.word3(partBranchLemma, v.atoms[b].form, cue.lemma, path)
	}
	if b := w.below[k]; b >= 0 {
		rel := v.atoms[b].rel
		f.add3(partChanceBelow, uint64(v.chance[b]), path, rel)
		f.add3(partBelow, path, rel, side)
		f.add3(partBelowUpos, path, rel, linear.Combine(v.atoms[b].upos, x.upos))
		f.add3(partBelowEdge, path, rel, v.edges(int(b), i))
		f.word3(partBelowForm, path, rel, v.atoms[b].form)
		f.word3(partBelowCue, path, rel, cue.lemma)
	}
	if h := v.toks[i].Head; w.has(h) {
		f.add3(partHead, v.atoms[h].upos, v.atoms[h].rel, x.rel)
		f.word3(partHeadForm, v.atoms[h].lemma, x.rel, side)
	}
}

// edges says whether the phrase of token n begins or ends at token i.
func (v *view) edges(n, i int) uint64 {
	return bit(int(v.left[n]) == i) | bit(int(v.right[n]) == i)<<1
}

// moveFeatures describes the step from token i-1 to token i, whatever their labels.
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
		f.word2(partMoveForms, v.atoms[i-1].form, v.atoms[i].form)
		v.turnFeatures(w, i, side, f)
	}
	f.add2(partMoveQuote, w.quoteAt(k-1), w.quoteAt(k))
	f.add2(partMoveRule, w.roleAt(k-1), w.roleAt(k))
	f.add2(partMoveRole, v.roles(i), uint64(v.mark[i]))
	f.word(partMoveForm, v.atoms[i].form)
}

// turnFeatures describes the phrase that ends before token i and the one that begins there.
func (v *view) turnFeatures(w *window, i int, side uint64, f *features) {
	k := i - w.from
	open, shut := v.phraseFrom(i, w.c.head), v.phraseTo(i-1, w.c.head)
	begins, ends, kind := v.relAt(open), v.relAt(shut), v.clauseKind(open, w.c.head)
	marks := v.marksAt(i)
	f.add2(partMoveOpen, begins, side)
	f.add3(partMoveOpenMark, begins, marks, side)
	f.add3(partMoveOpenPath, begins, w.paths[k], side)
	f.add2(partMoveClose, ends, side)
	f.add3(partMoveCloseMark, ends, marks, side)
	f.add3(partMoveTurn, ends, begins, side)
	f.add3(partMoveTurnMark, ends, begins, marks)
	if open >= 0 {
		f.add3(partMoveChance, begins, uint64(v.chance[open]), side)
	}
	f.add3(partMoveKind, kind, w.paths[k], side)
	f.add3(partMoveKindMark, kind, marks, bit(w.likely[k] > 0))
	f.word3(partMoveKindForm, kind, v.atoms[i].form, side)
	f.word3(partMoveKindCue, kind, v.atoms[w.c.head].lemma, side)
	f.add3(partMoveLikely, uint64(w.likely[k]), uint64(w.likely[k-1]), marks)
}

// marksAt are the marks of token i and of the one before it.
func (v *view) marksAt(i int) uint64 { return uint64(v.markAt(i-1))<<8 | uint64(v.mark[i]) }

// clauseKind is what a phrase is to its head and how alike its verb and the cue are.
func (v *view) clauseKind(n, cue int) uint64 {
	if n < 0 {
		return 0
	}
	kind := bit(v.toks[n].Feats == v.toks[cue].Feats) | bit(v.chance[n] >= likelyCue)<<1
	for c := v.child[n]; c >= 0; c = v.sibling[c] {
		if rel := v.toks[c].Rel; rel == "nsubj" || rel == "nsubj:pass" {
			kind |= 4
		}
		if v.toks[c].Rel == "mark" {
			kind |= 8
		}
	}
	return linear.Combine(linear.Combine(v.atoms[n].rel, v.atoms[n].upos), kind)
}

// entryFeatures describes token i as the first of a source or of a piece of content; what was found
// before it in the window is mixed in later.
func (v *view) entryFeatures(w *window, i int, f *features) {
	k := i - w.from
	c := w.c
	side := bit(i > c.head)
	marks := v.marksAt(i)
	f.add(partEntry, side)
	f.add3(partEntryQuote, w.quoteAt(k-1), w.quoteAt(k), side)
	f.add2(partEntryMark, marks, side)
	f.add3(partEntryRule, w.roleAt(k-1), w.roleAt(k), side)
	f.add2(partEntryOpen, v.relAt(v.phraseFrom(i, c.head)), marks)
	f.add2(partEntryPath, w.paths[k], side)
	f.add3(partEntryClass, c.class(), side, v.atoms[i].upos)
	f.add3(partEntryUpos, v.uposAt(i-1), v.atoms[i].upos, marks)
	f.add3(partEntryKind, v.clauseKind(v.phraseFrom(i, c.head), c.head), marks, side)
	f.word2(partEntryForm, v.atoms[i].form, side)
	f.word2(partEntryFormBefore, v.formAt(i-1), side)
	f.word3(partEntryCue, v.atoms[c.head].lemma, v.atoms[i].upos, side)
	f.word3(partEntryCueForm, v.atoms[c.head].lemma, v.atoms[i].form, side)
}

func (v *view) markAt(i int) mark {
	if i < 0 || i >= len(v.mark) {
		return stop
	}
	return v.mark[i]
}

// phraseFrom is the head of the largest phrase that begins at token i and does not hold the cue, phraseTo
// of the one that ends there; -1 for none.
func (v *view) phraseFrom(i, cue int) int {
	best := -1
	for n := i; n >= 0 && int(v.left[n]) == i && (cue < i || cue > int(v.right[n])); n = v.toks[n].Head {
		best = n
	}
	return best
}

func (v *view) phraseTo(i, cue int) int {
	best := -1
	for n := i; n >= 0 && int(v.right[n]) == i && (cue > i || cue < int(v.left[n])); n = v.toks[n].Head {
		best = n
	}
	return best
}

func (v *view) relAt(i int) uint64 {
	if i < 0 {
		return 1
	}
	return v.atoms[i].rel
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

// partScorers score the label of a token, a move by the label before and the one after, and the
// beginning of a source or content by what was found before it.
type partScorers struct {
	label, move, entry scorer
	units              units
}

// units are what one unit of each score is worth, in parts of unitOne.
type units struct{ label, move, entry int64 }

const unitOne = 1 << 12

// decoder finds the best labels of a window.
type decoder struct {
	w      window
	f      features
	emit   [][labels]int32
	moves  [][labels * labels]int32
	entry  [][states]int32 // by what was found before: seenSource, seenContent
	back   [][states]uint8
	lanes  [][states]lane
	labels []uint8
	units  units
}

// A state of the decoder is the label of a token and whether the window up to and with it holds a
// source and a content.
const (
	seenSource  = 1
	seenContent = 2
	states      = 4 * labels
)

func after(seen, label int) int {
	switch label {
	case inSource:
		return seen | seenSource
	case inContent:
		return seen | seenContent
	}
	return seen
}

// enters reports whether a move begins a source or a piece of content.
func enters(before, label int) bool {
	return before != label && (label == inSource || label == inContent)
}

// score fills the scores of all tokens and moves of a window.
func (v *view) score(d *decoder, s partScorers) {
	n := d.w.to - d.w.from
	d.units = s.units
	d.emit, d.moves, d.entry = resized(d.emit, n), resized(d.moves, n), resized(d.entry, n)
	for k := range n {
		i := d.w.from + k
		d.f.list = d.f.list[:0]
		v.partFeatures(&d.w, i, &d.f)
		clear(d.emit[k][:])
		s.label.Add(d.f.list, d.emit[k][:])
		d.f.list = d.f.list[:0]
		v.moveFeatures(&d.w, i, &d.f)
		clear(d.moves[k][:])
		s.move.Add(d.f.list, d.moves[k][:])
		d.f.list = d.f.list[:0]
		v.entryFeatures(&d.w, i, &d.f)
		clear(d.entry[k][:])
		s.entry.Add(d.f.list, d.entry[k][:])
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
	const none = -1 << 60
	var at [states]int64
	for i := range at {
		at[i] = none
	}
	at[outside] = 0
	for k := range n {
		var next [states]int64
		for i := range next {
			next[i] = none
		}
		for p, score := range at {
			if score == none {
				continue
			}
			before, seen := p%labels, p/labels
			for l := range labels {
				s := score + d.step(k, before, l, seen)
				if to := l + labels*after(seen, l); s > next[to] {
					next[to], d.back[k][to] = s, uint8(p)
				}
			}
		}
		at = next
	}
	end := 0
	for i := range at {
		if at[i] > at[end] {
			end = i
		}
	}
	for k := n - 1; k >= 0; k-- {
		d.labels[k] = uint8(end % labels)
		end = int(d.back[k][end])
	}
	return d.labels
}

// step is the score of label l at the k-th token behind another label.
func (d *decoder) step(k, before, l, seen int) int64 {
	s := int64(d.emit[k][l])*d.units.label + int64(d.moves[k][before*labels+l])*d.units.move + d.forced(k, l)
	if enters(before, l) {
		s += int64(d.entry[k][seen*labels+l]) * d.units.entry
	}
	return s
}

// bare is the score of the cue without any parts.
func (d *decoder) bare() int64 {
	var sum int64
	before := outside
	for k := range d.emit {
		l := outside
		if d.main(k) {
			l = inCue
		}
		sum += d.step(k, before, l, 0)
		before = l
	}
	return sum
}

// main reports whether the k-th token of the window is one of the cue's main tokens.
func (d *decoder) main(k int) bool {
	i := d.w.from + k
	return i >= d.w.c.head && i < d.w.c.match.Last
}

// forced keeps the cue's main tokens in the cue.
func (d *decoder) forced(k, label int) int64 {
	if label != inCue && d.main(k) {
		return -1 << 50
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
