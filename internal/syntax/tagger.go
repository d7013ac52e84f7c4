package syntax

import (
	"math/rand/v2"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/linear"
)

// stems adds the word without each short ending under one template: forms of one lexeme
// share those that leave the same stem.
func (f *featureList) stems(w *word, context uint64) {
	for _, s := range w.stems {
		if s != 0 {
			f.list = append(f.list, linear.Feature2(f.n, s, context))
		}
	}
	f.n++
}

// adder is a trainer's or a run-time table's weights.
type adder interface {
	Add(features []uint32, scores []int32)
}

// featureList collects the features of one decision; each add is its own template.
type featureList struct {
	list []uint32
	n    int
}

func (f *featureList) reset(first int) { f.list, f.n = f.list[:0], first }

func (f *featureList) add(a uint64) {
	f.list = append(f.list, linear.Feature(f.n, a))
	f.n++
}

func (f *featureList) add2(a, b uint64) {
	f.list = append(f.list, linear.Feature2(f.n, a, b))
	f.n++
}

func (f *featureList) add3(a, b, c uint64) {
	f.list = append(f.list, linear.Feature3(f.n, a, b, c))
	f.n++
}

// tagger assigns parts of speech greedily from left to right.
type tagger struct {
	lexicon *lexicon
	table   adder
}

// around returns the word at i, or the edge of the sentence.
func around(ws []word, i int) *word {
	if i < 0 || i >= len(ws) {
		return &edge
	}
	return &ws[i]
}

// tagFeatures are those of the word at i, given the two tags before it.
func (f *featureList) tag(ws []word, i int, tag1, tag2 uint64) {
	w := &ws[i]
	p1, p2 := around(ws, i-1), around(ws, i-2)
	n1, n2 := around(ws, i+1), around(ws, i+2)
	first := uint64(1)
	if i == 0 || i == 1 && ws[0].runes == 1 {
		first = 2
	}
	f.reset(0)
	f.add(1)
	f.add(w.low)
	f.add(w.form)
	for n := 1; n <= 5; n++ {
		f.add(w.suffix[n])
	}
	for n := 1; n <= 3; n++ {
		f.add(w.prefix[n])
	}
	f.add2(w.shape, first)
	f.add2(w.shape, w.suffix[3])
	f.add2(w.shape, tag1)
	f.add(p1.low)
	f.add(p2.low)
	f.add(n1.low)
	f.add(n2.low)
	f.add(p1.suffix[3])
	f.add(n1.suffix[3])
	f.add2(n1.shape, w.shape)
	f.add(tag1)
	f.add2(tag1, tag2)
	f.add2(tag1, w.low)
	f.add2(tag1, w.suffix[3])
	f.add2(tag1, w.suffix[2])
	f.add3(tag1, tag2, w.low)
	f.add3(tag1, tag2, w.amb)
	f.add2(w.low, n1.low)
	f.add2(p1.low, w.low)
	f.add(w.amb)
	f.add(n1.amb)
	f.add2(w.amb, n1.amb)
	f.add3(w.amb, n1.amb, n2.amb)
	f.add2(tag1, w.amb)
	f.add3(tag1, w.amb, n1.amb)
	f.add2(w.suffix[3], n1.suffix[3])
	f.add2(w.suffix[2], n1.amb)
	f.add3(tag1, w.suffix[3], n1.amb)
	f.add2(p1.low, n1.low)
	f.add2(w.low, n1.amb)
	f.stems(w, 1)
	f.add(w.source + 7)
	f.add2(w.source+7, w.low)
	f.add2(w.source+7, tag1)
	f.add2(w.source+7, w.amb)
	if w.kin != noAtom {
		f.add(w.kin)
		f.add2(w.kin, w.suffix[2])
		f.add2(w.kin, w.shape)
		f.add2(w.kin, tag1)
	}
	f.n = firstKnown
	if k := &w.known; k.all != 0 {
		f.add(k.all)
		f.add2(k.all, tag1)
		f.add2(k.all, n1.known.pos)
		f.add2(k.all, w.shape)
		f.add2(k.pos, w.suffix[2])
		f.add2(k.pos, tag1)
		f.add2(k.pos, n1.known.pos)
		f.add3(k.pos, tag1, n1.known.pos)
		f.add3(k.pos, n1.known.pos, n2.known.pos)
		f.add3(k.pos, tag1, tag2)
		f.add2(k.pos, w.amb)
		f.add3(k.pos, w.shape, first)
		f.add2(p1.known.all, k.all)
		f.add2(n1.known.all, k.all)
		f.add(n1.known.all)
		f.add2(n1.known.all, tag1)
	}
}

// firstKnown is the number of the first template that asks the dictionary.
const firstKnown = 70

// tag fills tags with the numbers of the parts of speech.
func (g *tagger) tag(ws []word, tags []int, f *featureList) []int {
	tags = tags[:0]
	tag1, tag2 := uint64(startTag), uint64(startTag)
	for i := range ws {
		best := g.lexicon.sureTag(&ws[i])
		if best < 0 {
			f.tag(ws, i, tag1, tag2)
			best = g.best(f.list)
		}
		tags = append(tags, best)
		tag1, tag2 = uint64(best)+2, tag1
	}
	return tags
}

func (g *tagger) best(features []uint32) int {
	var scores [32]int32
	g.table.Add(features, scores[:len(upos)])
	best := 0
	for c, s := range scores[:len(upos)] {
		if s > scores[best] {
			best = c
		}
	}
	return best
}

// example is a sentence ready for training.
type example struct {
	words []word
	tags  []int
	toks  []hearsay.Token
}

func examples(trees []Tree, x *lexicon) []example {
	out := make([]example, len(trees))
	known := &knownWords{}
	for i, t := range trees {
		out[i] = example{words: x.words(t.Tokens, nil, known), toks: t.Tokens}
		for j := range out[i].words {
			out[i].words[j].source = uint64(t.Source)
		}
		for _, tok := range t.Tokens {
			out[i].tags = append(out[i].tags, tagNumber(tok.UPOS))
		}
	}
	return out
}

// shuffled is a fixed permutation of n for an epoch of a run.
func shuffled(n, epoch, run int) []int {
	return rand.New(rand.NewPCG(uint64(run)+1, uint64(epoch))).Perm(n)
}

// trainTagger learns parts of speech.
func trainTagger(x *lexicon, data []example, epochs, run int) *linear.Trainer {
	t := linear.NewTrainer(len(upos), 2)
	g := tagger{table: t}
	b := newBlur(x, run)
	var f featureList
	for epoch := range epochs {
		for _, s := range shuffled(len(data), epoch, run) {
			e := data[s]
			tag1, tag2 := uint64(startTag), uint64(startTag)
			for i := range e.words {
				best := x.sureTag(&e.words[i])
				if best < 0 {
					clear := b.blur(&e.words[i])
					f.tag(e.words, i, tag1, tag2)
					best = g.best(f.list)
					t.Learn(f.list, e.tags[i], best)
					e.words[i] = clear
				}
				tag1, tag2 = uint64(best)+2, tag1
			}
		}
	}
	return t
}

// newLower is the key under which a form is counted.
func newLower(form string) string { return strings.ToLower(form) }

func contains(l []uint16, x uint16) bool { return slices.Contains(l, x) }
