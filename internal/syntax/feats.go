package syntax

import (
	"slices"
	"strings"

	"hearsay/internal/linear"
)

// featser chooses a bundle of morphological features for each word, given its part of speech:
// among the bundles seen with the word or its ending the one whose attribute=value pairs and
// whose whole score best.
type featser struct {
	bundles    []string // "" first
	pairs      []string // "Case=Nom", …
	pairsOf    [][]uint16
	candidates sets // by tag and word, by tag and ending
	table      adder

	atoms []bundleAtoms
}

// bundleAtoms are the parts of a bundle that the context templates use.
type bundleAtoms struct {
	whole, agreement, caseOf uint64
	nominal                  bool
}

const (
	maxEnding     = 5
	minEnding     = 20 // occurrences of an ending below which a shorter one decides
	maxCandidates = 24
)

func endingKey(tag, n int, suffix uint64) uint32 {
	return linear.Feature3(1001, uint64(tag), uint64(n), suffix)
}

func formKey(tag int, low uint64) uint32 { return linear.Feature2(1002, uint64(tag), low) }

// options lists the candidate bundles of a word and the atom of those seen with it.
func (x *featser) options(w *word, tag int, buf []uint16) ([]uint16, uint64) {
	buf = buf[:0]
	seen, n := x.candidates.get(formKey(tag, w.low))
	amb := uint64(noAtom)
	if seen != nil {
		amb = uint64(n) + firstSet
		if seen[0]&sure != 0 {
			return append(buf, seen[0]&^sure), amb
		}
		buf = append(buf, seen...)
	}
	if w.known.all > noAtom {
		if l, _ := x.candidates.get(knownClassKey(tag, w.known.with(tag))); l != nil {
			for _, b := range l {
				if b &^= sure; !contains(buf, b) {
					buf = append(buf, b)
				}
			}
		}
	}
	for n := maxEnding; n >= 0; n-- {
		if l, _ := x.candidates.get(endingKey(tag, n, w.suffix[n])); l != nil {
			for _, b := range l {
				if !contains(buf, b) {
					buf = append(buf, b)
				}
			}
			break
		}
	}
	if len(buf) == 0 {
		buf = append(buf, 0)
	}
	return buf, amb
}

const minKnown = 5 // occurrences of words of which the dictionary knows the same

func knownClassKey(tag int, known uint64) uint32 { return linear.Feature2(1003, uint64(tag), known) }

// context is what the words before contribute.
type featsContext struct {
	prev1, prev2 uint64 // whole bundles
	nominal      uint64 // agreement of the last nominal
	adp          uint64 // last preposition, within the phrase
	verb         uint64 // last verb's bundle
	subject      uint64 // agreement of the last nominative
}

func startContext() featsContext {
	return featsContext{1, 1, 1, 1, 1, 1}
}

func (f *featureList) feats(ws []word, tags []int, i int, c *featsContext, amb uint64) {
	w := &ws[i]
	tag := uint64(tags[i])
	p1, n1 := around(ws, i-1), around(ws, i+1)
	tag1, next, next2 := uint64(startTag), uint64(startTag), uint64(startTag)
	if i > 0 {
		tag1 = uint64(tags[i-1])
	}
	if i+1 < len(tags) {
		next = uint64(tags[i+1])
	}
	if i+2 < len(tags) {
		next2 = uint64(tags[i+2])
	}
	f.reset(100)
	f.add(tag)
	for n := 1; n <= 5; n++ {
		f.add2(tag, w.suffix[n])
	}
	f.add2(tag, w.low)
	f.add2(w.form, tag)
	f.add2(tag, w.prefix[3])
	f.add2(tag, w.prefix[2])
	f.add2(tag, w.shape)
	f.add2(tag, amb)
	f.add3(tag, amb, c.prev1)
	f.add3(tag, c.prev1, w.suffix[2])
	f.add3(tag, c.prev1, w.suffix[3])
	f.add2(tag, c.prev1)
	f.add3(tag, c.prev1, c.prev2)
	f.add3(tag, c.nominal, w.suffix[2])
	f.add3(tag, c.nominal, amb)
	f.add3(tag, c.adp, w.suffix[2])
	f.add3(tag, c.adp, amb)
	f.add3(tag, c.adp, tag1)
	f.add2(tag, c.adp)
	f.add3(tag, c.verb, w.suffix[2])
	f.add3(tag, c.subject, w.suffix[2])
	f.add3(tag, c.verb, amb)
	f.add3(tag, c.subject, amb)
	f.add3(tag, p1.low, w.suffix[2])
	f.add3(tag, p1.low, amb)
	f.add2(tag, p1.low)
	f.add2(tag, n1.low)
	f.add3(tag, n1.suffix[3], w.suffix[2])
	f.add3(tag, n1.suffix[2], next)
	f.add3(tag, n1.suffix[2], amb)
	f.add3(tag, next, next2)
	f.add3(tag, next, w.suffix[3])
	f.add3(tag, next<<8|tag1, w.suffix[2])
	f.add3(tag, p1.suffix[3], w.suffix[3])
	f.add3(tag, n1.amb, amb)
	f.stems(w, tag)
	f.add2(tag, w.source+7)
	f.add3(tag, w.source+7, w.suffix[3])
	f.add3(tag, w.source+7, amb)
	f.add3(tag, w.source+7, w.low)
	if w.kin != noAtom {
		f.add2(tag, w.kin)
		f.add3(tag, w.kin, w.suffix[1])
		f.add3(tag, w.kin, w.suffix[2])
		f.add3(tag, w.kin, amb)
	}
	f.n = 100 + firstKnown
	if w.known.all != 0 {
		k := w.known.with(tags[i])
		nextKnown := n1.known.all
		if i+1 < len(tags) {
			nextKnown = n1.known.with(tags[i+1])
		}
		f.add2(tag, k)
		f.add3(tag, k, w.suffix[2])
		f.add3(tag, k, amb)
		f.add3(tag, k, c.prev1)
		f.add3(tag, k, c.nominal)
		f.add3(tag, k, c.adp)
		f.add3(tag, k, c.verb)
		f.add3(tag, k, c.subject)
		f.add3(tag, k, tag1)
		f.add3(tag, k, next)
		f.add3(tag, k, nextKnown)
		f.add3(tag, w.suffix[2], nextKnown)
		f.add3(tag, k, p1.low)
		f.add3(tag, k, n1.suffix[2])
		f.add2(tag, w.known.all)
	}
}

// advance takes the decision on the word at i into the context.
func (x *featser) advance(c *featsContext, w *word, tag int, bundle uint16) {
	a := &x.atoms[bundle]
	c.prev2, c.prev1 = c.prev1, linear.Combine(a.whole, uint64(tag))
	switch upos[tag] {
	case "ADP":
		c.adp = w.low
		c.nominal = 1
	case "NOUN", "PROPN", "PRON":
		c.nominal = a.agreement
		c.adp = linear.Combine(c.adp, 5)
		if a.caseOf == caseNom {
			c.subject = a.agreement
		}
	case "ADJ", "DET", "NUM":
		if a.nominal {
			c.nominal = a.agreement
		}
	case "VERB", "AUX":
		c.verb = a.whole
		c.adp = 1
		c.nominal = 1
	case "PUNCT", "CCONJ", "SCONJ":
		c.adp = linear.Combine(c.adp, 7)
	}
}

var caseNom = linear.Hash("Nom")

// prepare computes what follows from the list of bundles.
func (x *featser) prepare() {
	numbers := map[string]uint16{}
	for i, p := range x.pairs {
		numbers[p] = uint16(i)
	}
	x.pairsOf = make([][]uint16, len(x.bundles))
	x.atoms = make([]bundleAtoms, len(x.bundles))
	for b, bundle := range x.bundles {
		a := bundleAtoms{whole: linear.Hash(bundle), agreement: 3}
		if bundle != "" {
			for _, pair := range strings.Split(bundle, "|") {
				x.pairsOf[b] = append(x.pairsOf[b], numbers[pair])
				name, value, _ := strings.Cut(pair, "=")
				switch name {
				case "Case":
					a.caseOf = linear.Hash(value)
					a.nominal = true
					a.agreement = linear.Combine(a.agreement, linear.Hash(pair))
				case "Gender", "Number", "Animacy":
					a.agreement = linear.Combine(a.agreement, linear.Hash(pair))
				}
			}
		}
		x.atoms[b] = a
	}
}

// choose returns the best candidate. scores must have room for all pairs and bundles.
func (x *featser) choose(features []uint32, options []uint16, scores []int32) uint16 {
	if len(options) == 1 {
		return options[0]
	}
	clear(scores)
	x.table.Add(features, scores)
	best, bestScore := options[0], int32(-1<<31)
	for _, b := range options {
		s := scores[len(x.pairs)+int(b)]
		for _, p := range x.pairsOf[b] {
			s += scores[p]
		}
		if s > bestScore {
			best, bestScore = b, s
		}
	}
	return best
}

func (x *featser) classes() int { return len(x.pairs) + len(x.bundles) }

// assign fills bundles with the numbers of the chosen bundles.
func (x *featser) assign(ws []word, tags []int, bundles []uint16, s *scratch) []uint16 {
	bundles = bundles[:0]
	if len(s.featScores) < x.classes() {
		s.featScores = make([]int32, x.classes())
	}
	c := startContext()
	for i := range ws {
		var amb uint64
		s.options, amb = x.options(&ws[i], tags[i], s.options)
		best := s.options[0]
		if len(s.options) > 1 {
			s.features.feats(ws, tags, i, &c, amb)
			best = x.choose(s.features.list, s.options, s.featScores[:x.classes()])
		}
		bundles = append(bundles, best)
		x.advance(&c, &ws[i], tags[i], best)
	}
	return bundles
}

// scratch holds buffers that one goroutine reuses.
type scratch struct {
	features   featureList
	options    []uint16
	featScores []int32
	words      []word
	known      knownWords
	tags       []int
	bundles    []uint16
	candidates []lemmaCandidate
	lemmas     chosenLemmas
	evidence   []evidence
	withheld   uint32 // a lemma's key that training treats as unknown
}

// learnBundles collects the bundles, pairs and candidates of the examples.
func learnBundles(data []example) *featser {
	x := &featser{bundles: []string{""}}
	numbers := map[string]uint16{"": 0}
	pairs := map[string]bool{}
	for _, e := range data {
		for _, t := range e.toks {
			if _, ok := numbers[t.Feats]; ok {
				continue
			}
			numbers[t.Feats] = uint16(len(x.bundles))
			x.bundles = append(x.bundles, t.Feats)
			for _, p := range strings.Split(t.Feats, "|") {
				pairs[p] = true
			}
		}
	}
	for p := range pairs {
		x.pairs = append(x.pairs, p)
	}
	slices.Sort(x.pairs)
	x.prepare()
	x.candidates = newSets(candidateLists(data, numbers))
	return x
}

func candidateLists(data []example, numbers map[string]uint16) map[uint32][]uint16 {
	counts := map[uint32]map[uint16]int{}
	forms := map[uint32]map[uint16]int{}
	known := map[uint32]map[uint16]int{}
	count := func(m map[uint32]map[uint16]int, key uint32, b uint16) {
		if m[key] == nil {
			m[key] = map[uint16]int{}
		}
		m[key][b]++
	}
	for _, e := range data {
		for i, t := range e.toks {
			b := numbers[t.Feats]
			w, tag := &e.words[i], e.tags[i]
			count(forms, formKey(tag, w.low), b)
			if w.known.all > noAtom {
				count(known, knownClassKey(tag, w.known.with(tag)), b)
			}
			for n := 0; n <= maxEnding; n++ {
				count(counts, endingKey(tag, n, w.suffix[n]), b)
			}
		}
	}
	lists := map[uint32][]uint16{}
	add := func(m map[uint32]map[uint16]int, least int, mark bool) {
		for key, c := range m {
			total := 0
			for _, n := range c {
				total += n
			}
			if total >= least {
				l := byCount(c)
				if mark && len(l) == 1 && total >= sureSeen {
					l[0] |= sure
				}
				lists[key] = l[:min(len(l), maxCandidates)]
			}
		}
	}
	add(counts, minEnding, false)
	add(known, minKnown, false)
	add(forms, minSeen, true)
	return lists
}

// trainFeats learns the weights, on gold parts of speech.
func trainFeats(x *featser, known *lexicon, data []example, epochs, run int) *linear.Trainer {
	t := linear.NewTrainer(x.classes(), 2)
	x.table = t
	numbers := map[string]uint16{}
	for i, b := range x.bundles {
		numbers[b] = uint16(i)
	}
	var f featureList
	scores := make([]int32, x.classes())
	var options []uint16
	blurred := newBlur(known, run)
	for epoch := range epochs {
		for _, s := range shuffled(len(data), epoch, run) {
			e := data[s]
			c := startContext()
			for i := range e.words {
				gold := numbers[e.toks[i].Feats]
				var amb uint64
				clear := blurred.blur(&e.words[i])
				options, amb = x.options(&e.words[i], e.tags[i], options)
				best := options[0]
				if len(options) > 1 {
					f.feats(e.words, e.tags, i, &c, amb)
					best = x.choose(f.list, options, scores)
					if best != gold && contains(options, gold) {
						x.update(t, f.list, gold, best, 1)
						x.update(t, f.list, best, gold, -1)
					}
					t.Tick()
				}
				e.words[i] = clear
				x.advance(&c, &e.words[i], e.tags[i], best)
			}
		}
	}
	return t
}

// update moves the weights of a bundle's pairs that another bundle has not, and its own.
func (x *featser) update(t *linear.Trainer, features []uint32, bundle, other uint16, delta int32) {
	for _, p := range x.pairsOf[bundle] {
		if !contains(x.pairsOf[other], p) {
			t.Update(features, int(p), delta)
		}
	}
	t.Update(features, len(x.pairs)+int(bundle), delta)
}
