package syntax

import (
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/linear"
)

// lemmaCase is a word of the training data with its lemma, counted once a type.
type lemmaCase struct {
	form, lemma, feats string
	before             string
	tag                int
	script             uint16
	names              *names
	times              int
}

// lemmaCounter gathers what training sees.
type lemmaCounter struct {
	scripts map[script]uint16
	list    []script
	table   map[uint32]map[uint16]int
	endings map[uint32]map[uint16]int
	lemmas  map[uint32]map[string]bool // forms seen of each lemma
	types   map[string]int             // index into cases
	cases   []lemmaCase

	documents []*names // by sentence
	words     [][]hearsay.Token
}

func newLemmaCounter() *lemmaCounter {
	return &lemmaCounter{
		scripts: map[script]uint16{}, table: map[uint32]map[uint16]int{}, endings: map[uint32]map[uint16]int{},
		lemmas: map[uint32]map[string]bool{}, types: map[string]int{},
	}
}

func count(m map[uint32]map[uint16]int, key uint32, s uint16) {
	if m[key] == nil {
		m[key] = map[uint16]int{}
	}
	m[key][s]++
}

func (c *lemmaCounter) add(form, lemma string, tag int, feats, before string, names *names) {
	if lemma == "" {
		return
	}
	sc := scriptOf(form, lemma)
	s, ok := c.scripts[sc]
	if !ok {
		s = uint16(len(c.list))
		c.scripts[sc] = s
		c.list = append(c.list, sc)
	}
	count(c.table, lemmaKey(form, tag, feats), s)
	count(c.table, lemmaKey(form, tag, anyFeats), s)
	key := knownKey(lemma, tag)
	if c.lemmas[key] == nil {
		c.lemmas[key] = map[string]bool{}
	}
	lower := strings.ToLower(form)
	c.lemmas[key][lower] = true
	name := form + "\t" + lemma + "\t" + upos[tag] + "\t" + feats + "\t" + before
	if i, seen := c.types[name]; seen {
		c.cases[i].times++
		return
	}
	c.types[name] = len(c.cases)
	c.cases = append(c.cases, lemmaCase{form, lemma, feats, before, tag, s, names, 1})
	for n, at := range endings(lower) {
		count(c.endings, scriptKey(lower[at:], n, tag), s)
	}
}

const (
	rankerEpochs = 6
	rareCase     = 2 // types seen this often still teach the ranker, which is for unseen words
)

// lemmatizer builds the tables and trains the ranker.
func (c *lemmaCounter) lemmatizer(d *dictionary) *lemmatizer {
	l := &lemmatizer{scripts: c.list, dictionary: d}
	table, known := map[uint32]uint32{}, map[uint32]uint32{}
	for k, m := range c.table {
		table[k] = uint32(byCount(m)[0])
	}
	for k := range c.lemmas {
		known[k] = 0
	}
	l.table, l.lemmas = linear.NewIndex(table), linear.NewIndex(known)
	lists := map[uint32][]uint16{}
	for k, m := range c.endings {
		list := byCount(m)
		lists[k] = list[:min(len(list), mostPerEnding)]
	}
	l.endings = newSets(lists)
	c.train(l)
	return l
}

// train teaches the ranker with each word as if it had never been seen.
func (c *lemmaCounter) train(l *lemmatizer) {
	t := linear.NewTrainer(1, 1)
	l.ranker = t
	var s scratch
	for i, toks := range c.words {
		l.collect(c.documents[i], toks, &s)
	}
	for epoch := range rankerEpochs {
		for _, i := range shuffled(len(c.cases), epoch, 0) {
			e := &c.cases[i]
			if e.times > rareCase {
				continue
			}
			s.candidates = c.withhold(l, e, s.candidates)
			gold := slices.IndexFunc(s.candidates, func(x lemmaCandidate) bool { return x.lemma == e.lemma })
			if gold < 0 || len(s.candidates) < 2 {
				continue
			}
			s.withheld = 0
			if key := knownKey(e.lemma, e.tag); len(c.lemmas[key]) == 1 { // known from this form alone
				s.withheld = key
			}
			w := newLemmaWord(e.form, e.tag, e.feats, e.before)
			if e.tag != tagPROPN {
				e.names = nil
			}
			if e.names != nil {
				e.names.weigh(w.lower, &s)
			}
			best, bestScore := 0, int32(-1<<31)
			for j := range s.candidates {
				if score := l.score(&w, j, e.names, &s); score > bestScore {
					best, bestScore = j, score
				}
			}
			if best != gold {
				l.features(&w, gold, e.names, &s)
				t.Update(s.features.list, 0, 1)
				l.features(&w, best, e.names, &s)
				t.Update(s.features.list, 0, -1)
			}
			t.Tick()
		}
	}
	l.ranker = t.Table(0)
}

// withhold collects candidates as if the type had not been counted: endings that only it has
// are passed over, and its own script keeps its place only where others have it too.
func (c *lemmaCounter) withhold(l *lemmatizer, e *lemmaCase, out []lemmaCandidate) []lemmaCandidate {
	out = out[:0]
	lower := strings.ToLower(e.form)
	starts := endings(lower)
	for n := len(starts) - 1; n >= 0 && len(out) < mostCandidates; n-- {
		key := scriptKey(lower[starts[n]:], n, e.tag)
		list, _ := l.endings.get(key)
		for rank, s := range list {
			if s == e.script && c.endings[key][s] <= 1 {
				continue
			}
			lemma := l.scripts[s].apply(e.form)
			if lemma == "" || slices.ContainsFunc(out, func(x lemmaCandidate) bool { return x.lemma == lemma }) {
				continue
			}
			out = append(out, lemmaCandidate{script: s, ending: n, rank: rank, lemma: lemma})
		}
	}
	return out[:min(len(out), mostCandidates)]
}

// window is how many sentences of a treebank are taken for a document.
const window = 40

// trainLemmas learns lemmas from the examples and from named documents, which m tags.
func (m *Model) trainLemmas(data []example, documents []NameDocument) {
	c := newLemmaCounter()
	for start := 0; start < len(data); start += window {
		document := &names{}
		for _, e := range data[start:min(start+window, len(data))] {
			for i, t := range e.toks {
				c.add(t.Form, t.Lemma, e.tags[i], t.Feats, nameBefore(e.toks, i), document)
			}
			c.documents = append(c.documents, document)
			c.words = append(c.words, e.toks)
		}
	}
	for _, d := range documents {
		document := &names{}
		for i, sentence := range d.Sentences {
			toks := slices.Clone(sentence)
			m.tagOnly(toks)
			for j, t := range toks {
				if d.Lemmas[i][j] != "" && t.UPOS == "PROPN" {
					c.add(t.Form, d.Lemmas[i][j], tagPROPN, t.Feats, nameBefore(toks, j), document)
				}
			}
			c.documents = append(c.documents, document)
			c.words = append(c.words, toks)
		}
	}
	m.lemmas = c.lemmatizer(m.tagger.lexicon.dictionary)
}
