package syntax

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/linear"
)

// parserOptions are a recipe's options for the parser.
type parserOptions struct {
	Beam   int // 0: the default
	Epochs int // of the beam's training, 0: the default
	Greedy int // epochs before that, 0: the default

	// What the model file keeps: features, and the least weight in sixteenths of an update; 0: the default.
	ActionRows, RelRows int
	LeastWeight         int32

	Log func(format string, args ...any)

	// Sources says for each training sentence which treebank it is from; 0 is the one whose
	// habits the parser is to follow. Nil is 0 for all.
	Sources []int

	// Helpers are trees of related languages, with features of the same scheme. They are used where
	// the language has few trees of its own.
	Helpers [][]hearsay.Token

	// Gold are the training trees with gold tags. Where trees are few, the parser reads them in
	// this form too.
	Gold [][]hearsay.Token
}

const (
	defaultBeam   = 8
	defaultEpochs = 10
	defaultGreedy = 5
	helpedGreedy  = 3
	helpedWords   = 40_000  // with more words of its own, a language gains nothing from helpers
	goldWords     = 100_000 // with more, too little from gold tags for twice the time
	patience      = 3       // epochs without a better dev score before training stops
	parserSeed    = 1
)

// trainParser trains on sentences that have gold trees and predicted UPOS, Feats and Lemma, and
// returns the sections of the model file. The weights are those of the epoch that is best on dev,
// or of the last where dev is empty.
func trainParser(train, dev [][]hearsay.Token, o parserOptions) ([]linear.Section, error) {
	o.defaults(train)
	m, rels := trainParserModel(train, dev, o)
	return calibrate(m.sections(rels, o), dev, o)
}

func (o *parserOptions) defaults(train [][]hearsay.Token) {
	if o.Beam == 0 {
		o.Beam = defaultBeam
	}
	if o.Epochs == 0 {
		o.Epochs = defaultEpochs
	}
	o.ActionRows, o.RelRows = cmp.Or(o.ActionRows, actionRows), cmp.Or(o.RelRows, relRows)
	o.LeastWeight = cmp.Or(o.LeastWeight, leastWeight)
	if n := words(train); n > goldWords {
		o.Helpers = nil
	} else if n > helpedWords {
		o.Helpers = o.Gold
	} else {
		o.Helpers = append(o.Helpers[:len(o.Helpers):len(o.Helpers)], o.Gold...)
	}
	if o.Greedy == 0 {
		o.Greedy = defaultGreedy
		if len(o.Helpers) > 0 {
			o.Greedy = helpedGreedy
		}
	}
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
}

func trainParserModel(train, dev [][]hearsay.Token, o parserOptions) (*parserModel, []string) {
	t := newParserTrainer(train, o)
	for epoch := range o.Greedy {
		t.epoch(t.mixture(greedyHelpers), func(g goldTree) { t.greedy(g, epoch > 0) })
		o.Log("greedy epoch %d: transitions %.2f%% right", epoch+1, 100*t.accuracy())
	}
	t.model.average()
	best, bestScore, since := t.model, -1.0, 0
	for epoch := range o.Epochs {
		t.epoch(t.mixture(min(len(t.trees), beamHelpers)), t.beam)
		m := t.model.averaged()
		uas, las := t.measure(m, dev)
		o.Log("beam epoch %d: %.2f%% of the trees right, dev UAS %.2f LAS %.2f", epoch+1, 100*t.accuracy(), 100*uas, 100*las)
		if las > bestScore || len(dev) == 0 {
			best, bestScore, since = m, las, 0
		} else if since++; since >= patience {
			break
		}
	}
	t.countUse(best)
	return best, t.rels
}

func words(sentences [][]hearsay.Token) int {
	n := 0
	for _, toks := range sentences {
		n += len(toks)
	}
	return n
}

// goldTree is a training sentence.
type goldTree struct {
	toks   []hearsay.Token
	heads  []int32 // the root's is len(toks)
	rels   []uint8
	deps   [][]int32 // dependents of each word in order
	source int
}

func newGoldTree(toks []hearsay.Token, relIndex map[string]int, source int) goldTree {
	n := len(toks)
	g := goldTree{toks: toks, heads: make([]int32, n), rels: make([]uint8, n), deps: make([][]int32, n+1), source: source}
	for i, t := range toks {
		h := t.Head
		if h < 0 {
			h = n
		}
		g.heads[i] = int32(h)
		g.rels[i] = relOf(t.Rel, relIndex)
		g.deps[h] = append(g.deps[h], int32(i))
	}
	return g
}

// relOf is the index of a relation, of its universal part where the subtype is unknown, or of dep.
func relOf(name string, index map[string]int) uint8 {
	r, ok := index[name]
	if !ok {
		universal, _, _ := strings.Cut(name, ":")
		if r, ok = index[universal]; !ok {
			r = index["dep"]
		}
	}
	return uint8(r)
}

// parserTrainer trains first a greedy parser with a dynamic oracle (Goldberg & Nivre 2013), then
// from its weights a beam parser by maximum violation (Huang, Fayong & Guo 2012).
type parserTrainer struct {
	rels    []string
	trees   []goldTree
	helpers []goldTree // trees of related languages
	model   *parserModel
	search  *search
	random  *rand.Rand
	right   int
	tried   int

	predicted, gold []int32 // the best states of each step
	feats           []uint32
	options         parserOptions
}

func newParserTrainer(train [][]hearsay.Token, o parserOptions) *parserTrainer {
	t := &parserTrainer{rels: relations(train), random: rand.New(rand.NewPCG(parserSeed, parserSeed)), options: o}
	index := map[string]int{}
	for i, r := range t.rels {
		index[r] = i
	}
	domains := false
	for i, toks := range train {
		if len(toks) == 0 {
			continue
		}
		source := 0
		if o.Sources != nil {
			source = o.Sources[i]
		}
		domains = domains || source != 0
		t.trees = append(t.trees, newGoldTree(toks, index, source))
	}
	for _, toks := range o.Helpers {
		if len(toks) > 0 {
			t.helpers = append(t.helpers, newGoldTree(toks, index, helper))
		}
	}
	t.model = newParserModel(len(t.rels), domains)
	t.search = newSearch(t.model, t.rels, o.Beam)
	return t
}

// relations lists the relations, the commonest first.
func relations(train [][]hearsay.Token) []string {
	counts := map[string]int{"root": 1, "dep": 1}
	for _, toks := range train {
		for _, t := range toks {
			counts[t.Rel]++
		}
	}
	var list []string
	for r := range counts {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	return list[:min(len(list), maxRels)]
}

// At most so many sentences of helpers are read in an epoch.
const (
	greedyHelpers = 10_000
	beamHelpers   = 4_000
)

// mixture is the trees and at most so many of the helpers, drawn anew at each call.
func (t *parserTrainer) mixture(helpers int) []goldTree {
	trees := t.trees[:len(t.trees):len(t.trees)]
	for _, i := range t.random.Perm(len(t.helpers))[:min(len(t.helpers), helpers)] {
		trees = append(trees, t.helpers[i])
	}
	return trees
}

func (t *parserTrainer) epoch(trees []goldTree, learn func(goldTree)) {
	t.right, t.tried = 0, 0
	for _, i := range t.random.Perm(len(trees)) {
		t.model.source = trees[i].source
		learn(trees[i])
		t.model.tick++
	}
	t.model.source = 0
}

func (t *parserTrainer) accuracy() float64 { return float64(t.right) / float64(max(t.tried, 1)) }

// costs counts for each transition the gold arcs that it makes unreachable; illegal ones cost
// most.
func (s *search) costs(st *state, g *goldTree) (costs [transitions]int) {
	shifts, lefts, rights := s.legal(st)
	costs = [transitions]int{illegal, illegal, illegal}
	front := s.nodes[st.front].word
	if shifts {
		costs[shift] = s.shiftCost(st, g, front)
	}
	if !lefts && !rights {
		return costs
	}
	l := s.links[st.top]
	top := s.nodes[l.node].word
	waiting := 0
	for _, d := range g.deps[top] {
		if d >= front {
			waiting++
		}
	}
	head := g.heads[top]
	beneath := int32(-1)
	if below := s.links[l.below]; below.depth > 0 {
		beneath = s.nodes[below.node].word
	}
	if lefts {
		costs[attachLeft] = waiting
		if head > front || head == beneath {
			costs[attachLeft]++
		}
	}
	if rights {
		costs[attachRight] = waiting
		if head >= front {
			costs[attachRight]++
		}
	}
	return costs
}

const illegal = 1 << 20

func (s *search) shiftCost(st *state, g *goldTree, front int32) int {
	cost := 0
	head := g.heads[front]
	deps := g.deps[front]
	least := head
	if len(deps) > 0 {
		least = min(least, deps[0])
	}
	for at := st.top; at != 0; at = s.links[at].below {
		word := s.nodes[s.links[at].node].word
		if word < least {
			break
		}
		if word == head && at != st.top || g.heads[word] == front {
			cost++
		}
	}
	return cost
}

// greedy parses one sentence, learning at each step; exploring means to follow the model even
// where it errs.
func (t *parserTrainer) greedy(g goldTree, exploring bool) {
	s := t.search
	s.begin(g.toks)
	for at := int32(0); at < int32(2*len(g.toks)); at++ {
		s.generation++ // weights change at each step: nothing remembered holds
		st := &s.states[at]
		scores := s.scoreActions(st)
		costs := s.costs(st, &g)
		least := min(costs[shift], costs[attachLeft], costs[attachRight])
		predicted, gold := -1, -1
		for a := range transitions {
			if costs[a] < illegal && (predicted < 0 || scores[a] > scores[predicted]) {
				predicted = a
			}
			if costs[a] == least && (gold < 0 || scores[a] > scores[gold]) {
				gold = a
			}
		}
		t.tried++
		if predicted == gold {
			t.right++
		} else {
			t.learnAction(s, st, gold, predicted)
		}
		next := gold
		if exploring {
			next = predicted
		}
		c := candidate{transition: transition(next)}
		if next != int(shift) {
			head, dep := s.arc(st, c.transition)
			c.rel = t.learnRel(s, head, dep, &g)
		}
		s.step(at, c)
	}
}

// learnRel predicts a relation and, where the arc is gold, learns from it.
func (t *parserTrainer) learnRel(s *search, head, dep *node, g *goldTree) uint8 {
	features := s.relFeatures(head, dep)
	predicted := s.predictRel(features, head.word == s.root())
	if g.heads[dep.word] == head.word {
		if gold := int(g.rels[dep.word]); gold != predicted {
			t.model.learnRel(features, gold, predicted)
		}
	}
	return uint8(predicted)
}

func (t *parserTrainer) learnAction(s *search, st *state, towards, from int) {
	s.look(st)
	t.feats = t.feats[:0]
	for i := range actionGroups {
		t.feats = actionGroups[i].features(s.sentence.atoms, &s.view, t.feats)
	}
	t.model.learnAction(t.feats, towards, from)
}

// beam parses one sentence with the beam and with the beam held to the gold tree, and learns at
// the step at which the better score of the wrong path is largest.
func (t *parserTrainer) beam(g goldTree) {
	s := t.search
	s.begin(g.toks)
	predicted, gold := t.predicted[:0], t.gold[:0]
	s.run(func(from int32) { predicted = append(predicted, from) })
	s.runGold(&g, func(from int32) { gold = append(gold, from) })
	t.predicted, t.gold = predicted, gold
	t.tried++
	worst, at := int64(0), -1
	for k := range predicted {
		violation := s.states[predicted[k]].score - s.states[gold[k]].score
		if violation >= worst && !s.samePath(predicted[k], gold[k]) {
			worst, at = violation, k
		}
	}
	if at < 0 {
		t.right++
		return
	}
	t.learnPaths(predicted[at], gold[at])
}

// samePath reports whether two paths made the same arcs in the same order.
func (s *search) samePath(i, j int32) bool {
	for i > 0 && j > 0 {
		a, b := &s.states[i], &s.states[j]
		if a.transition != b.transition || a.rel != b.rel {
			return false
		}
		i, j = a.parent, b.parent
	}
	return i == j
}

// learnPaths moves the weights from the predicted path to the gold one. What comes before they
// part cancels out.
func (t *parserTrainer) learnPaths(i, j int32) {
	s := t.search
	bad, good := s.path(i), s.path(j)
	parted := false
	for k := range bad {
		a, b := &s.states[bad[k]], &s.states[good[k]]
		parted = parted || a.transition != b.transition || a.rel != b.rel
		if parted {
			t.learnState(good[k], 1)
			t.learnState(bad[k], -1)
		}
	}
}

func (s *search) path(last int32) []int32 {
	var path []int32
	for i := last; i > 0; i = s.states[i].parent {
		path = append(path, i)
	}
	slices.Reverse(path)
	return path
}

func (t *parserTrainer) learnState(i int32, sign int) {
	s := t.search
	st := s.states[i]
	parent := s.states[st.parent]
	towards, from := int(st.transition), -1
	rel, notRel := int(st.rel), -1
	if sign < 0 {
		towards, from = from, towards
		rel, notRel = notRel, rel
	}
	t.learnAction(s, &parent, towards, from)
	if st.transition != shift {
		head, dep := s.arc(&parent, st.transition)
		t.model.learnRel(s.relFeatures(head, dep), rel, notRel)
	}
}

// runGold is run, from the first state, among the transitions that lose least of the gold tree,
// with gold relations.
func (s *search) runGold(g *goldTree, after func(best int32)) {
	from, to := int32(0), int32(1)
	for range 2 * s.sentence.n {
		next := int32(len(s.states))
		s.candidates = s.candidates[:0]
		for i := from; i < to; i++ {
			s.expandGold(i, g)
		}
		for _, c := range s.candidates {
			if c.transition != shift {
				head, dep := s.arc(&s.states[c.parent], c.transition)
				c.rel, c.relScore = s.goldRel(head, dep, g)
			}
			s.step(c.parent, c)
		}
		from, to = next, int32(len(s.states))
		after(s.best(from, to))
	}
}

func (s *search) expandGold(i int32, g *goldTree) {
	st := &s.states[i]
	costs := s.costs(st, g)
	least := min(costs[shift], costs[attachLeft], costs[attachRight])
	scores := s.scoreActions(st)
	for a := range transition(transitions) {
		if costs[a] == least {
			s.offer(candidate{score: st.score + int64(scores[a]), parent: i, transition: a})
		}
	}
}

// goldRel is the relation of a gold arc and its score; other arcs get the best relation.
func (s *search) goldRel(head, dep *node, g *goldTree) (uint8, int32) {
	if g.heads[dep.word] != head.word {
		return s.bestRel(head, dep)
	}
	rel := g.rels[dep.word]
	if best, score := s.bestRel(head, dep); best == rel {
		return rel, score
	}
	s.predictRel(s.relFeatures(head, dep), head.word == s.root())
	return rel, s.relScores[rel]
}

// countUse counts how often each feature is asked for when the language's own trees are parsed, so
// that the model file can leave out those that seldom matter, and those of the helpers alone.
func (t *parserTrainer) countUse(m *parserModel) {
	for _, w := range []*weights{m.shared.actions, m.shared.rels, m.first.actions, m.first.rels} {
		if w != nil {
			w.asked = make([]uint32, len(w.keys))
		}
	}
	s := newSearch(m, t.rels, t.options.Beam)
	for _, g := range t.trees {
		s.begin(g.toks)
		s.run(nil)
		s.runGold(&g, func(int32) {})
	}
}

// measure parses dev and returns the shares of words with the right head, and with the right
// head and relation.
func (t *parserTrainer) measure(m *parserModel, dev [][]hearsay.Token) (uas, las float64) {
	return newSearch(m, t.rels, t.options.Beam).measure(dev, t.rels)
}

func (s *search) measure(dev [][]hearsay.Token, rels []string) (uas, las float64) {
	words, heads, both := 0, 0, 0
	for _, toks := range dev {
		if len(toks) == 0 {
			continue
		}
		s.begin(toks)
		s.arcs(s.run(nil), func(dep, head int32, rel uint8) {
			if head == s.root() {
				head = -1
			}
			words++
			if int(head) == toks[dep].Head {
				heads++
				if rels[rel] == toks[dep].Rel {
					both++
				}
			}
		})
	}
	return float64(heads) / float64(max(words, 1)), float64(both) / float64(max(words, 1))
}

// parserModel is a parser in training. Where there are several treebanks, every feature has one
// weight for all and one more for each treebank (Daumé 2007); those for all and for the treebank
// to follow are added up in the end. Trees of other languages have no weights of their own.
type parserModel struct {
	shared, first, others parserWeights // first: of the treebank to follow
	domains               bool          // there are several treebanks
	source                int           // of the sentence at hand
	tick                  int64
	buffer                []uint32
}

type parserWeights struct{ actions, rels *weights }

// helper is the source of trees of other languages.
const helper = -1

func newParserModel(rels int, domains bool) *parserModel {
	m := &parserModel{shared: newParserWeights(rels), domains: domains, tick: 1}
	if domains {
		m.first, m.others = newParserWeights(rels), newParserWeights(rels)
	}
	return m
}

func newParserWeights(rels int) parserWeights {
	return parserWeights{newWeights(transitions), newWeights(rels)}
}

// own returns the weights and the features of the treebank at hand; false where it has none.
func (m *parserModel) own(features []uint32) (parserWeights, []uint32, bool) {
	switch {
	case !m.domains || m.source == helper:
		return parserWeights{}, nil, false
	case m.source == 0:
		return m.first, features, true
	}
	m.buffer = m.buffer[:0]
	for _, key := range features {
		m.buffer = append(m.buffer, key^uint32(m.source)*0x9e3779b9)
	}
	return m.others, m.buffer, true
}

func (m *parserModel) addActions(features []uint32, ends []int, scores []int32) {
	from := 0
	for i, end := range ends {
		group, scores := features[from:end], scores[i*transitions:(i+1)*transitions]
		m.shared.actions.add(group, scores)
		if w, group, ok := m.own(group); ok {
			w.actions.add(group, scores)
		}
		from = end
	}
}

func (m *parserModel) addRels(features []uint32, scores []int32) {
	m.shared.rels.add(features, scores)
	if w, features, ok := m.own(features); ok {
		w.rels.add(features, scores)
	}
}

func (m *parserModel) learnAction(features []uint32, towards, from int) {
	m.shared.actions.learnAll(features, towards, from, m.tick)
	if w, features, ok := m.own(features); ok {
		w.actions.learnAll(features, towards, from, m.tick)
	}
}

func (m *parserModel) learnRel(features []uint32, towards, from int) {
	m.shared.rels.learnAll(features, towards, from, m.tick)
	if w, features, ok := m.own(features); ok {
		w.rels.learnAll(features, towards, from, m.tick)
	}
}

// average turns all weights into their means.
func (m *parserModel) average() {
	for _, p := range []parserWeights{m.shared, m.first, m.others} {
		if p.actions != nil {
			p.actions.average(m.tick)
			p.rels.average(m.tick)
		}
	}
	m.tick = 1
}

// averaged is a copy with the mean weights that parses the treebank to follow.
func (m *parserModel) averaged() *parserModel {
	c := &parserModel{shared: m.shared.averaged(m.tick), domains: m.domains}
	if m.domains {
		c.first = m.first.averaged(m.tick)
	}
	return c
}

func (p parserWeights) averaged(ticks int64) parserWeights {
	return parserWeights{p.actions.averaged(ticks), p.rels.averaged(ticks)}
}

// What a model file keeps by default. More makes it larger and slower and hardly better; long
// training makes weights heavier and bears a greater least.
const (
	actionRows  = 300_000
	relRows     = 60_000
	leastWeight = stride / 4
)

func (m *parserModel) sections(rels []string, o parserOptions) []linear.Section {
	return []linear.Section{
		{Name: sectionParser, Data: parserAbout(o.Beam, rels)},
		{Name: sectionActions, Data: sum(m.shared.actions, m.first.actions).table(o.ActionRows, o.LeastWeight).Encode()},
		{Name: sectionLabels, Data: sum(m.shared.rels, m.first.rels).table(o.RelRows, o.LeastWeight).Encode()},
	}
}

func parserAbout(beam int, rels []string) []byte {
	return linear.AppendStrings(binary.AppendUvarint(nil, uint64(beam)), rels)
}

// tolerance is the share of dev's words that a narrower beam or margin may lose.
const tolerance = 0.0004

// calibrate sets the narrowest beam, and then the smallest margin, that cost nothing on dev: most
// states of a beam are hopeless, and not following them more than doubles the speed.
func calibrate(sections []linear.Section, dev [][]hearsay.Token, o parserOptions) ([]linear.Section, error) {
	p, err := newParser(&linear.File{Sections: sections})
	if err != nil || len(dev) == 0 {
		return sections, err
	}
	full := p.accuracy(dev, o.Beam, 0)
	o.Log("as written, beam %d: dev LAS %.2f", o.Beam, 100*full)
	beam := o.Beam
	for narrower := beam - 2; narrower >= narrowestBeam; narrower -= 2 {
		las := p.accuracy(dev, narrower, 0)
		o.Log("beam %d: dev LAS %.2f", narrower, 100*las)
		if las < full-tolerance {
			break
		}
		beam = narrower
	}
	margin := p.narrowestMargin(dev, beam, full, o)
	for i := range sections {
		if sections[i].Name == sectionParser {
			sections[i].Data = parserAbout(beam, p.rels)
		}
	}
	return append(sections, linear.Section{Name: sectionMargin, Data: binary.AppendUvarint(nil, uint64(margin))}), nil
}

const narrowestBeam = 4

func (p *Parser) narrowestMargin(dev [][]hearsay.Token, beam int, full float64, o parserOptions) (found int64) {
	unit := p.actions.Unit()
	for _, strides := range []float64{1448, 1024, 724, 512, 430, 362, 304, 256, 215, 181} {
		margin := int64(strides * stride / unit)
		las := p.accuracy(dev, beam, margin)
		o.Log("margin %.0f: dev LAS %.2f", strides, 100*las)
		if las < full-tolerance {
			break
		}
		found = margin
	}
	return found
}

// accuracy is the share of words with the right head and relation.
func (p *Parser) accuracy(dev [][]hearsay.Token, beam int, margin int64) float64 {
	s := newSearch(p, p.rels, beam)
	s.margin = margin
	_, las := s.measure(dev, p.rels)
	return las
}

// summed are the weights for all treebanks and those of the treebank to follow, added up.
type summed struct {
	classes int
	keys    []uint32
	rows    []int32  // row-major
	asked   []uint64 // how often each was asked for
}

func sum(parts ...*weights) *summed {
	s := &summed{classes: parts[0].classes}
	index := &weights{}
	index.grow(12)
	for _, w := range parts {
		if w == nil {
			continue
		}
		for row, key := range w.keys {
			to := index.place(key)
			if to == len(s.asked) {
				s.rows = append(s.rows, make([]int32, s.classes)...)
				s.asked = append(s.asked, 0)
			}
			s.asked[to] += uint64(w.asked[row])
			for c, x := range w.now[row*w.classes : (row+1)*w.classes] {
				s.rows[to*s.classes+c] += int32(x)
			}
		}
	}
	s.keys = index.keys
	return s
}

func (s *summed) row(i int) []int32 { return s.rows[i*s.classes : (i+1)*s.classes] }

// table keeps at most so many features, those that matter most: of great weight, and often asked for.
func (s *summed) table(most int, least int32) *linear.Table {
	type ranked struct {
		row   int
		worth float64
	}
	var order []ranked
	for i, n := range s.asked {
		heaviest := max(slices.Max(s.row(i)), -slices.Min(s.row(i)))
		if n > 0 && heaviest >= least {
			order = append(order, ranked{i, float64(heaviest) * math.Sqrt(float64(n))})
		}
	}
	slices.SortFunc(order, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(s.keys[a.row], s.keys[b.row]))
	})
	var keys []uint32
	var rows []int32
	for _, o := range order[:min(len(order), most)] {
		keys = append(keys, s.keys[o.row])
		rows = append(rows, s.row(o.row)...)
	}
	return linear.NewTable(s.classes, keys, rows, least)
}
