package syntax

import "hearsay"

// scorer adds up weights: those of a trained table, or those of a model in training.
type scorer interface {
	// addActions scores groups of features: of each where it ends, and the scores of all in a row.
	addActions(features []uint32, ends []int, scores []int32)
	addRels(features []uint32, scores []int32) // rels counted from 0
}

// search is a beam search over transition sequences. It is reused from sentence to sentence and
// allocates only when one is longer than all before.
type search struct {
	scorer   scorer
	rels     int
	relKinds []relKind
	rootRel  int // the relation of the root, from 0
	width    int
	margin   int64 // how far a candidate may be behind the best, 0 for any

	sentence   sentence
	tags       atomCache
	nodes      []node
	links      []link
	states     []state
	generation uint64
	memo       [memoSize]memoEntry
	relMemo    [memoSize / 2]relEntry
	view       view
	features   []uint32
	missing    []missingGroup
	ends       []int
	scores     []int32
	relScores  []int32
	candidates []candidate
}

// candidate is a transition out of a state of the beam. Relations are chosen, and their scores
// added, only for those that are kept.
type candidate struct {
	score      int64 // with that of the transition
	parent     int32
	transition transition
	rel        uint8
	relScore   int32
}

// memoEntry remembers what a group of templates scored. States of a beam differ little, so most
// groups were scored before. Entries are overwritten freely; signs tell them apart.
type memoEntry struct {
	sign   uint64
	scores [transitions]int32
}

type relEntry struct {
	sign  uint64
	score int32
	rel   uint8
}

const memoSize = 1 << 13

func newSearch(m scorer, rels []string, width int) *search {
	s := &search{scorer: m, rels: len(rels), width: width, relScores: make([]int32, len(rels)), rootRel: -1}
	for i, name := range rels {
		kind := otherRel
		switch name {
		case "case":
			kind = caseRel
		case "mark":
			kind = markRel
		case "root":
			s.rootRel = i
		}
		s.relKinds = append(s.relKinds, kind)
	}
	s.candidates = make([]candidate, 0, width)
	return s
}

// begin reads a sentence and makes the first state.
func (s *search) begin(toks []hearsay.Token) {
	s.sentence.read(toks, &s.tags)
	s.generation++
	s.restart()
}

// restart forgets all states but keeps the sentence.
func (s *search) restart() {
	n := s.sentence.n
	s.nodes = s.nodes[:0]
	for i := range n + 1 {
		s.nodes = append(s.nodes, s.fresh(i))
	}
	s.links = append(s.links[:0], link{node: -1})
	s.states = append(s.states[:0], state{parent: -1})
}

func (s *search) fresh(word int) node {
	none := int32(s.sentence.n + 1)
	return node{
		sign: mix(s.generation<<32 + uint64(word)),
		word: int32(word), left: none, left2: none, right: none, right2: none,
	}
}

// root is the word that stands for the root of the tree.
func (s *search) root() int32 { return int32(s.sentence.n) }

func (s *search) legal(st *state) (shifts, lefts, rights bool) {
	depth := s.links[st.top].depth
	if s.nodes[st.front].word == s.root() {
		return false, depth == 1, depth > 1
	}
	return true, depth > 0, depth > 1
}

// look points the view at a state.
func (s *search) look(st *state) {
	n := int32(s.sentence.n)
	none := n + 1
	v := &s.view
	dynamic := (n + 2) * attrRow
	for p := range v.base {
		v.base[p] = none * attrRow
	}
	v.base[placeNone] = dynamic + placeNone*attrRow
	for p := placeN0; p <= placeP1; p++ {
		v.base[p] = dynamic + placeNone*attrRow
	}
	b := &s.nodes[st.front]
	for k := range int32(4) {
		v.base[placeB0+k] = min(b.word+k, none) * attrRow
	}
	v.base[placeB0l], v.base[placeB0l2] = b.left*attrRow, b.left2*attrRow
	v.base[placeNB] = dynamic + placeNB*attrRow
	s.sentence.node(v.base[placeNB], b)
	if st.top == 0 {
		return
	}
	l := s.links[st.top]
	s0 := &s.nodes[l.node]
	v.base[placeS0] = s0.word * attrRow
	v.base[placeS0l], v.base[placeS0l2] = s0.left*attrRow, s0.left2*attrRow
	v.base[placeS0r], v.base[placeS0r2] = s0.right*attrRow, s0.right2*attrRow
	v.base[placeN0] = dynamic + placeN0*attrRow
	s.sentence.node(v.base[placeN0], s0)
	v.base[placeP0] = dynamic + placeP0*attrRow
	s.sentence.pair(v.base[placeP0], s0.word, b.word)
	if l.below == 0 {
		return
	}
	l = s.links[l.below]
	s1 := &s.nodes[l.node]
	v.base[placeS1] = s1.word * attrRow
	v.base[placeS1l], v.base[placeS1l2] = s1.left*attrRow, s1.left2*attrRow
	v.base[placeS1r], v.base[placeS1r2] = s1.right*attrRow, s1.right2*attrRow
	v.base[placeN1] = dynamic + placeN1*attrRow
	s.sentence.node(v.base[placeN1], s1)
	v.base[placeP1] = dynamic + placeP1*attrRow
	s.sentence.pair(v.base[placeP1], s1.word, s0.word)
	if l.below == 0 {
		return
	}
	v.base[placeS2] = s.nodes[s.links[l.below].node].word * attrRow
}

// needSigns identifies, in the order of the needs, what templates may depend on.
type needSigns [needKinds]uint64

func (s *search) signs(st *state) (signs needSigns) {
	b := &s.nodes[st.front]
	signs[3], signs[6] = uint64(b.word)+2, b.sign
	l := s.links[st.top]
	if l.depth == 0 {
		return signs
	}
	signs[0], signs[4] = uint64(s.nodes[l.node].word)+2, s.nodes[l.node].sign
	if l = s.links[l.below]; l.depth == 0 {
		return signs
	}
	signs[1], signs[5] = uint64(s.nodes[l.node].word)+2, s.nodes[l.node].sign
	if l = s.links[l.below]; l.depth > 0 {
		signs[2] = uint64(s.nodes[l.node].word) + 2
	}
	return signs
}

// sign joins what a group depends on; groups are numbered from 1, number 0 is all of them.
func (s *search) sign(signs *needSigns, number int, uses []uint8) uint64 {
	sign := (s.generation<<8 + uint64(number)) * 0xd1342543de82ef95
	for _, k := range uses {
		sign = (sign ^ signs[k]) * 0x9e3779b97f4a7c15
		sign ^= sign >> 29
	}
	return sign
}

var allNeeds = []uint8{2, 3, 4, 5, 6} // a node tells its word

// scoreActions scores the transitions out of a state. States that look alike to the templates
// are scored once, and so is every group of templates. What has to be looked up is so at once: most of the
// time goes into waiting for memory.
func (s *search) scoreActions(st *state) [transitions]int32 {
	signs := s.signs(st)
	sign := s.sign(&signs, 0, allNeeds)
	whole := &s.memo[sign%memoSize]
	if whole.sign == sign {
		return whole.scores
	}
	var total [transitions]int32
	s.missing = s.missing[:0]
	for i := range actionGroups {
		sign := s.sign(&signs, i+1, actionGroups[i].uses)
		if e := &s.memo[sign%memoSize]; e.sign == sign {
			addScores(&total, &e.scores)
		} else {
			e.sign = sign // and its scores below
			s.missing = append(s.missing, missingGroup{i, sign})
		}
	}
	s.scoreMissing(st, &total)
	*whole = memoEntry{sign, total}
	return total
}

// missingGroup is a group of templates, by number, of which nothing is remembered.
type missingGroup struct {
	number int
	sign   uint64
}

// scoreMissing scores the missing groups, remembers them and adds them to the total.
func (s *search) scoreMissing(st *state, total *[transitions]int32) {
	s.look(st)
	s.features, s.ends, s.scores = s.features[:0], s.ends[:0], s.scores[:0]
	for _, m := range s.missing {
		s.features = actionGroups[m.number].features(s.sentence.atoms, &s.view, s.features)
		s.ends = append(s.ends, len(s.features))
		s.scores = append(s.scores, make([]int32, transitions)...)
	}
	s.scorer.addActions(s.features, s.ends, s.scores)
	for i, m := range s.missing {
		scores := (*[transitions]int32)(s.scores[i*transitions:])
		s.memo[m.sign%memoSize] = memoEntry{m.sign, *scores}
		addScores(total, scores)
	}
}

func addScores(to, scores *[transitions]int32) {
	for a, x := range scores {
		to[a] += x
	}
}

// arc returns head and dependent of the arc that a transition makes.
func (s *search) arc(st *state, t transition) (head, dep *node) {
	l := s.links[st.top]
	if t == attachLeft {
		return &s.nodes[st.front], &s.nodes[l.node]
	}
	return &s.nodes[s.links[l.below].node], &s.nodes[l.node]
}

// lookArc points the view at an arc, see relTemplates.
func (s *search) lookArc(head, dep *node) {
	n := int32(s.sentence.n)
	none := n + 1
	dynamic := (n + 2) * attrRow
	v := &s.view
	v.base[placeS0], v.base[placeS1] = dep.word*attrRow, head.word*attrRow
	neighbour := func(word int32) int32 {
		if word < 0 || word > n {
			word = none
		}
		return word * attrRow
	}
	v.base[placeB1], v.base[placeB2] = neighbour(dep.word-1), neighbour(dep.word+1)
	v.base[placeB3], v.base[placeS2] = neighbour(head.word-1), neighbour(head.word+1)
	v.base[placeN0], v.base[placeN1] = dynamic+placeN0*attrRow, dynamic+placeN1*attrRow
	s.sentence.node(v.base[placeN0], dep)
	s.sentence.node(v.base[placeN1], head)
	v.base[placeP1] = dynamic + placeP1*attrRow
	v.base[placeNone] = dynamic + placeNone*attrRow
	side := uint64(1)
	if head.word < dep.word {
		side = 2
	}
	s.sentence.pair(v.base[placeP1], min(head.word, dep.word), max(head.word, dep.word))
	s.sentence.atoms[v.base[placeP1]+attrSide] = side
	s.sentence.atoms[v.base[placeP1]+attrDistance] += side
}

// relFeatures are the features of an arc's relation.
func (s *search) relFeatures(head, dep *node) []uint32 {
	s.lookArc(head, dep)
	s.features = s.features[:0]
	for i := range relGroups {
		s.features = relGroups[i].features(s.sentence.atoms, &s.view, s.features)
	}
	return s.features
}

// bestRel scores the relations of an arc and returns the best.
func (s *search) bestRel(head, dep *node) (rel uint8, score int32) {
	sign := mix(head.sign + dep.sign*0x9e3779b97f4a7c15)
	e := &s.relMemo[sign%(memoSize/2)]
	if e.sign == sign {
		return e.rel, e.score
	}
	best := s.predictRel(s.relFeatures(head, dep), head.word == s.root())
	*e = relEntry{sign: sign, score: s.relScores[best], rel: uint8(best)}
	return e.rel, e.score
}

// predictRel fills relScores and returns the best relation; that of the root alone for the root.
func (s *search) predictRel(features []uint32, toRoot bool) int {
	clear(s.relScores)
	s.scorer.addRels(features, s.relScores)
	if toRoot {
		return s.rootRel
	}
	best := -1
	for r, x := range s.relScores {
		if r != s.rootRel && (best < 0 || x > s.relScores[best]) {
			best = r
		}
	}
	return best
}

// step appends the state that a transition leads to.
func (s *search) step(parent int32, c candidate) {
	from := &s.states[parent]
	next := state{score: c.score + int64(c.relScore), parent: parent, transition: c.transition, rel: c.rel, top: from.top, front: from.front}
	switch c.transition {
	case shift:
		s.links = append(s.links, link{node: from.front, below: from.top, depth: s.links[from.top].depth + 1})
		next.top = int32(len(s.links) - 1)
		next.front = s.nodes[from.front].word + 1
	case attachLeft:
		head, dep := s.arc(from, attachLeft)
		s.nodes = append(s.nodes, s.attached(head, dep, c.rel, true))
		next.front = int32(len(s.nodes) - 1)
		next.top = s.links[from.top].below
	case attachRight:
		head, dep := s.arc(from, attachRight)
		s.nodes = append(s.nodes, s.attached(head, dep, c.rel, false))
		below := s.links[s.links[from.top].below]
		s.links = append(s.links, link{node: int32(len(s.nodes) - 1), below: below.below, depth: below.depth})
		next.top = int32(len(s.links) - 1)
	}
	s.states = append(s.states, next)
}

func (s *search) attached(head, dep *node, rel uint8, left bool) node {
	lemma := s.sentence.atoms[dep.word*attrRow+attrLemma]
	return attach(head, dep, rel+1, s.relKinds[rel], lemma, left)
}

// offer keeps a candidate if it is among the best; of equals the earlier stays ahead.
func (s *search) offer(c candidate) {
	list := s.candidates
	if len(list) == s.width {
		if c.score <= list[len(list)-1].score {
			return
		}
		list = list[:len(list)-1]
	}
	at := len(list)
	list = append(list, c)
	for at > 0 && list[at-1].score < c.score {
		list[at] = list[at-1]
		at--
	}
	list[at] = c
	s.candidates = list
}

// expand offers what a state may become.
func (s *search) expand(i int32) {
	st := &s.states[i]
	shifts, lefts, rights := s.legal(st)
	scores := s.scoreActions(st)
	if shifts {
		s.offer(candidate{score: st.score + int64(scores[shift]), parent: i, transition: shift})
	}
	if lefts {
		s.offer(candidate{score: st.score + int64(scores[attachLeft]), parent: i, transition: attachLeft})
	}
	if rights {
		s.offer(candidate{score: st.score + int64(scores[attachRight]), parent: i, transition: attachRight})
	}
}

// run searches and returns the index of the best last state. after is called after each step
// with the best state.
func (s *search) run(after func(best int32)) int32 {
	from, to := int32(0), int32(1)
	best := from
	for range 2 * s.sentence.n {
		next := int32(len(s.states))
		s.candidates = s.candidates[:0]
		for i := from; i < to; i++ {
			s.expand(i)
		}
		for _, c := range s.hopeful() {
			if c.transition != shift {
				c.rel, c.relScore = s.bestRel(s.arc(&s.states[c.parent], c.transition))
			}
			s.step(c.parent, c)
		}
		from, to = next, int32(len(s.states))
		best = s.best(from, to)
		if after != nil {
			after(best)
		}
	}
	return best
}

// hopeful is the candidates within the margin.
func (s *search) hopeful() []candidate {
	list := s.candidates
	if s.margin > 0 {
		for len(list) > 1 && list[len(list)-1].score < list[0].score-s.margin {
			list = list[:len(list)-1]
		}
	}
	return list
}

// best is the state of highest score; of equals the first.
func (s *search) best(from, to int32) int32 {
	best := from
	for i := from + 1; i < to; i++ {
		if s.states[i].score > s.states[best].score {
			best = i
		}
	}
	return best
}

// arcs walks a path backwards and reports its arcs.
func (s *search) arcs(last int32, report func(dep, head int32, rel uint8)) {
	for i := last; i > 0; i = s.states[i].parent {
		st := &s.states[i]
		if st.transition == shift {
			continue
		}
		head, dep := s.arc(&s.states[st.parent], st.transition)
		report(dep.word, head.word, st.rel)
	}
}
