package syntax

import (
	"fmt"
	"strings"

	"hearsay"
	"hearsay/internal/linear"
)

// What a template may see of a word.
const (
	attrForm = iota // lower-cased
	attrLemma
	attrPOS
	attrCoarse // part of speech with case or verb form
	attrMorph  // part of speech with all features
	attrClosed // the lemma of closed-class words, else as attrCoarse
	attrSuffix // last three letters of the form
	wordAttrs
)

// What a template may see of a node apart from its word and its dependents' words.
const (
	attrLefts = iota
	attrRights
	attrLeftSet
	attrRightSet
	attrCaseWord
	attrMarkWord
	attrLeftRel
	attrLeft2Rel
	attrRightRel
	attrRight2Rel
	nodeAttrs
)

// What a template may see of two words.
const (
	attrDistance = iota
	attrAgree
	attrBetween // punctuation, verbs and conjunctions between them
	attrSide    // of labels alone: left or right arc
	pairAttrs
)

const attrRow = 10 // of the three lists the longest

// Places that templates speak of. A place is a row of the atoms: of a word, a node or a pair.
const (
	placeS0 = iota
	placeS1
	placeS2
	placeB0
	placeB1
	placeB2
	placeB3
	placeS0l
	placeS0l2
	placeS0r
	placeS0r2
	placeS1l
	placeS1l2
	placeS1r
	placeS1r2
	placeB0l
	placeB0l2
	placeN0 // node of s0
	placeN1 // node of s1
	placeNB // node of b0
	placeP0 // pair s0, b0
	placeP1 // pair s1, s0
	placeNone
	places
)

// A template's score depends on some of these; templates that depend on the same are scored
// together and remembered, see memo.
const (
	needS0 = 1 << iota
	needS1
	needS2
	needB0
	needN0 // s0 with its dependents
	needN1
	needNB
	needKinds = 7
)

var placeNeeds = [places]int{
	placeS0: needS0, placeS1: needS1, placeS2: needS2,
	placeB0: needB0, placeB1: needB0, placeB2: needB0, placeB3: needB0,
	placeS0l: needS0 | needN0, placeS0l2: needS0 | needN0, placeS0r: needS0 | needN0, placeS0r2: needS0 | needN0, placeN0: needS0 | needN0,
	placeS1l: needS1 | needN1, placeS1l2: needS1 | needN1, placeS1r: needS1 | needN1, placeS1r2: needS1 | needN1, placeN1: needS1 | needN1,
	placeB0l: needB0 | needNB, placeB0l2: needB0 | needNB, placeNB: needB0 | needNB,
	placeP0: needS0 | needB0, placeP1: needS0 | needS1,
}

var placeNames = map[string]int{
	"s0": placeS0, "s1": placeS1, "s2": placeS2, "b0": placeB0, "b1": placeB1, "b2": placeB2, "b3": placeB3,
	"s0l": placeS0l, "s0l2": placeS0l2, "s0r": placeS0r, "s0r2": placeS0r2,
	"s1l": placeS1l, "s1l2": placeS1l2, "s1r": placeS1r, "s1r2": placeS1r2, "b0l": placeB0l, "b0l2": placeB0l2,
	"n0": placeN0, "n1": placeN1, "nb": placeNB, "s0b0": placeP0, "s1s0": placeP1,
}

var attrNames = map[string]int{
	"w": attrForm, "l": attrLemma, "p": attrPOS, "x": attrCoarse, "m": attrMorph, "c": attrClosed, "s": attrSuffix,
	"lv": attrLefts, "rv": attrRights, "ls": attrLeftSet, "rs": attrRightSet, "case": attrCaseWord, "mark": attrMarkWord,
	"lr": attrLeftRel, "l2r": attrLeft2Rel, "rr": attrRightRel, "r2r": attrRight2Rel,
	"dist": attrDistance, "agree": attrAgree, "between": attrBetween, "side": attrSide,
}

// actionTemplates are those of Zhang & Nivre (2011) with morphology, agreement and attached
// function words. A template is a list of place.attribute.
const actionTemplates = `
s0.w; s0.l; s0.p; s0.x; s0.m; s0.c; s0.s s0.p; s0.l s0.x
s1.w; s1.l; s1.x; s1.m; s1.c; s1.l s1.x
s2.c; s2.x; s2.l
b0.w; b0.l; b0.p; b0.x; b0.m; b0.c; b0.s b0.p; b0.l b0.x
b1.w; b1.l; b1.x; b1.m; b1.c
b2.w; b2.x; b2.c
b3.x; b3.c
s0.l b0.l; s0.l b0.x; s0.x b0.l; s0.l b0.p; s0.p b0.l; s0.p b0.p; s0.x b0.x; s0.m b0.m; s0.c b0.c; s0.w b0.w; s0.l s0.x b0.l b0.x; s0.s b0.s
s1.l s0.l; s1.l s0.x; s1.x s0.l; s1.l s0.p; s1.p s0.l; s1.p s0.p; s1.x s0.x; s1.m s0.m; s1.c s0.c; s1.w s0.w
s1.x b0.x; s1.c b0.c; s1.l b0.x; s1.x b0.l; s1.l b0.l
b0.w b1.w; b0.x b1.x; b0.c b1.c; b0.l b1.x; b0.x b1.l
b0.p b1.p b2.p; b0.c b1.c b2.c; b1.x b2.x; b1.p b2.p b3.p
s0.p b0.p b1.p; s0.x b0.x b1.x; s0.c b0.c b1.c; s0.l b0.c b1.c; s0.c b0.p b1.p b2.p
s1.p s0.p b0.p; s1.x s0.x b0.x; s1.c s0.c b0.c; s1.l s0.c b0.c; s1.c s0.l b0.c; s1.c s0.c b0.l; s1.p s0.p b0.p b1.p; s1.c s0.c b0.c b1.c
s2.p s1.p s0.p; s2.c s1.c s0.c; s2.x s1.x s0.x b0.x; s2.p s0.p b0.p
s0.w s0b0.dist; s0.p s0b0.dist; b0.w s0b0.dist; b0.p s0b0.dist; s0.x b0.x s0b0.dist; s0.p b0.p s0b0.between; s0.c b0.c s0b0.between; s0.p s0b0.between b0.l
s1.x s0.x s1s0.dist; s1.l s1s0.dist; s1.p s0.p s1s0.between; s1.c s0.c s1s0.between; s1.x s0.x s1s0.between b0.p
s0.p b0.p s0b0.agree; s1.p s0.p s1s0.agree; s0.x b0.x s0b0.agree; s1.x s0.x s1s0.agree
s0.l n0.rv; s0.l n0.lv; s0.x n0.rv; s0.x n0.lv; s0.x n0.rs; s0.x n0.ls; s0.l n0.rs; s0.l n0.ls
s1.l n1.rv; s1.x n1.rv; s1.x n1.rs; s1.l n1.rs; s1.x n1.ls
b0.l nb.lv; b0.x nb.lv; b0.x nb.ls; b0.l nb.ls
s0l.l; s0l.x; n0.lr; s0r.l; s0r.x; n0.rr; s0l2.x; n0.l2r; s0r2.x; n0.r2r
s1l.x; n1.lr; s1r.l; s1r.x; n1.rr; s1r2.x; n1.r2r
b0l.l; b0l.x; nb.lr; b0l2.x; nb.l2r
s0.p s0l.p s0l2.p; s0.p s0r.p s0r2.p; b0.p b0l.p b0l2.p; s1.p s1r.p s1r2.p
s0.x n0.lr b0.x; s0.x n0.rr b0.x; s0.p s0l.p b0.p; s0.p s0r.p b0.p; s0.c s0r.c b0.c; s0.p b0.p nb.lr; s0.p b0.p b0l.p; s0.c b0.c b0l.c
s1.p s0.p n0.lr; s1.p s0.p n0.rr; s1.p s1r.p s0.p; s1.x n1.rr s0.x; s1.c s1r.c s0.c; s1.p s1l.p s0.p; s1.x n1.lr s0.x; s1.p s0.p s0l.p; s1.p s0.p s0r.p
s1.x n1.rs s0.x; s0.x b0.x nb.ls; s0.x n0.ls b0.x; s1.x s0.x n0.ls; s0.x n0.rs b0.x; s1.x s0.x n0.rs
s0.x n0.case b0.l; s0.x n0.case b0.x; s1.l n0.case s0.x; s1.x n0.case s0.x; s1.l n0.case s0.l; s1.x n0.case s0.l; s2.x s1.x n0.case; s1.x n1.case n0.case s0.x
s0.x n0.mark b0.x; s0.x n0.mark b0.l; s1.l n0.mark s0.x; s1.x n0.mark s0.x; b0.x nb.mark s0.x; b0.x nb.case s0.x; b0.x nb.case s0.l; s1.x s0.x nb.case
`

// relTemplates see the head h and the dependent d of an arc: places s1 and s0 for them, n1 and
// n0 for their nodes, b1 and b2 for the words before and after the dependent, b3 and s2 for those
// before and after the head.
const relTemplates = `
s0.w s1s0.side; s0.l s1s0.side; s0.p s1s0.side; s0.x s1s0.side; s0.m s1s0.side; s0.c s1s0.side; s0.s s0.p s1s0.side
s1.l s1s0.side; s1.p s1s0.side; s1.x s1s0.side; s1.m s1s0.side; s1.c s1s0.side; s1.s s1.p s1s0.side
s1.l s0.l; s1.l s0.x s1s0.side; s1.x s0.l s1s0.side; s1.p s0.p s1s0.side; s1.x s0.x s1s0.side; s1.m s0.m s1s0.side; s1.c s0.c s1s0.side; s1.l s0.m s1s0.side; s1.p s0.m s1s0.side
s1.p s0.p s1s0.dist; s1.x s0.x s1s0.agree s1s0.side; s1.p s0.p s1s0.between; s1.p s0.x s1s0.agree s1s0.dist
s0.x n0.case s1s0.side; s1.x n0.case s0.x s1s0.side; s1.l n0.case s0.x; s0.l n0.case s1.x; s0.x n0.mark s1.x s1s0.side; s1.l n0.mark s0.x s1s0.side
s0.x n0.ls s1.p s1s0.side; s0.x n0.rs s1.p; s1.x n1.ls s0.x s1s0.side; s1.x n1.rs s0.x s1s0.side; s1.l n1.rs s0.x; s1.l n1.ls s0.x s1s0.side
s0.x b1.x s1s0.side; s0.x b2.x s1s0.side; s0.c b1.c s1s0.side; s0.c b2.c s1s0.side; s1.p s0.p b1.c s1s0.side; s1.x b3.c s0.x s1s0.side; s1.x s2.c s0.x s1s0.side; s0.s s1.p s1s0.side
`

// template names up to four atoms; unused slots point to placeNone, whose atoms are 0.
type template struct {
	seed  uint64
	place [4]uint8
	attr  [4]uint8
}

// group holds the templates that need the same.
type group struct {
	needs     int
	uses      []uint8 // the bits of needs; a node tells its word, so that its word is left out
	templates []template
}

// compile reads templates and groups them by need, in order of first appearance.
func compile(text string, salt uint64) []group {
	var groups []group
	at := map[int]int{}
	number := uint64(0)
	for _, line := range strings.Split(text, "\n") {
		for _, item := range strings.Split(line, ";") {
			parts := strings.Fields(item)
			if len(parts) == 0 {
				continue
			}
			number++
			t := template{seed: mix(salt<<32 + number)}
			needs := 0
			for i := range t.place {
				t.place[i] = placeNone
			}
			for i, part := range parts {
				place, attr, _ := strings.Cut(part, ".")
				p, ok1 := placeNames[place]
				a, ok2 := attrNames[attr]
				if !ok1 || !ok2 {
					panic(fmt.Sprintf("syntax: template %q", item))
				}
				t.place[i], t.attr[i] = uint8(p), uint8(a)
				needs |= placeNeeds[p]
			}
			g, ok := at[needs]
			if !ok {
				g = len(groups)
				at[needs] = g
				groups = append(groups, group{needs: needs, uses: uses(needs)})
			}
			groups[g].templates = append(groups[g].templates, t)
		}
	}
	return groups
}

func uses(needs int) (bits []uint8) {
	for _, n := range [][2]int{{needN0, needS0}, {needN1, needS1}, {needNB, needB0}} {
		if needs&n[0] != 0 {
			needs &^= n[1]
		}
	}
	for k := range needKinds {
		if needs&(1<<k) != 0 {
			bits = append(bits, uint8(k))
		}
	}
	return bits
}

var (
	actionGroups = compile(actionTemplates, 1)
	relGroups    = compile(relTemplates, 2)
)

// view is a configuration as templates see it: for each place the offset of its row of atoms.
type view struct {
	base [places]int32
}

func (t *template) feature(atoms []uint64, v *view) uint32 {
	a := atoms[v.base[t.place[0]]+int32(t.attr[0])]
	b := atoms[v.base[t.place[1]]+int32(t.attr[1])]
	c := atoms[v.base[t.place[2]]+int32(t.attr[2])]
	d := atoms[v.base[t.place[3]]+int32(t.attr[3])]
	h := t.seed + a*0x9e3779b97f4a7c15 + b*0xd6e8feb86659fd93 + c*0xbf58476d1ce4e5b9 + d*0x94d049bb133111eb
	h ^= h >> 32
	h *= 0xd1342543de82ef95
	return uint32(h >> 32)
}

func (g *group) features(atoms []uint64, v *view, out []uint32) []uint32 {
	for i := range g.templates {
		out = append(out, g.templates[i].feature(atoms, v))
	}
	return out
}

// agreement holds what two words may agree in; 0 is unknown.
type agreement struct {
	grammaticalCase, gender, number, person uint8
}

// sentence is what the parser sees of the words: rows of atoms for each word, the root (row n),
// nothing (row n+1), and then the rows that change with the configuration.
type sentence struct {
	n       int
	atoms   []uint64
	agree   []agreement
	between []uint64 // running counts of punctuation, verbs and conjunctions, countBits each
}

func (s *sentence) read(toks []hearsay.Token, c *atomCache) {
	s.n = len(toks)
	rows := s.n + 2 + places
	s.atoms = resize(s.atoms, rows*attrRow)
	clear(s.atoms)
	s.agree = resize(s.agree, s.n+2)
	clear(s.agree)
	s.between = resize(s.between, s.n+2)
	s.between[0] = 0
	for i := range toks {
		t := &toks[i]
		a := s.atoms[i*attrRow:]
		m := c.morphology(t.UPOS, t.Feats)
		a[attrPOS], a[attrCoarse], a[attrMorph] = m.pos, m.coarse, m.full
		s.agree[i] = m.agree
		a[attrForm], a[attrSuffix] = formAtoms(t.Form)
		a[attrLemma] = linear.Hash(t.Lemma)
		a[attrClosed] = m.coarse
		if m.closed {
			a[attrClosed] = linear.Combine(a[attrLemma], m.pos)
		}
		s.between[i+1] = s.between[i] + m.counts
	}
	for k, name := range [...]string{"root", "nothing"} {
		a := s.atoms[(s.n+k)*attrRow:]
		for i := range wordAttrs {
			a[i] = linear.Hash(name)
		}
	}
	s.between[s.n+1] = s.between[s.n]
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// formAtoms hashes the lower-cased form and its last three letters.
func formAtoms(form string) (whole, suffix uint64) {
	lower := strings.ToLower(form)
	at := len(lower)
	for range 3 {
		for at > 0 {
			at--
			if lower[at]&0xc0 != 0x80 {
				break
			}
		}
	}
	return linear.Hash(lower), linear.Hash(lower[at:])
}

// morphology is what part of speech and features come to; few combinations occur.
type morphology struct {
	pos, coarse, full uint64
	agree             agreement
	closed            bool
	counts            uint64
}

type tagKey struct{ upos, feats string }

type atomCache struct {
	byTag map[tagKey]*morphology
}

func (c *atomCache) morphology(upos, feats string) *morphology {
	if m, ok := c.byTag[tagKey{upos, feats}]; ok {
		return m
	}
	if c.byTag == nil || len(c.byTag) > 1<<14 {
		c.byTag = map[tagKey]*morphology{}
	}
	m := newMorphology(upos, feats)
	c.byTag[tagKey{strings.Clone(upos), strings.Clone(feats)}] = m
	return m
}

func newMorphology(upos, feats string) *morphology {
	m := &morphology{pos: linear.Hash(upos), full: linear.Hash(upos + " " + feats)}
	m.coarse = m.pos
	for feats != "" {
		var pair string
		pair, feats, _ = strings.Cut(feats, "|")
		name, value, _ := strings.Cut(pair, "=")
		switch name {
		case "Case":
			m.agree.grammaticalCase = small(value)
			m.coarse = linear.Combine(m.pos, linear.Hash(value))
		case "VerbForm":
			m.coarse = linear.Combine(m.pos, linear.Hash(value))
		case "Gender":
			m.agree.gender = small(value)
		case "Number":
			m.agree.number = small(value)
		case "Person":
			m.agree.person = small(value)
		}
	}
	switch upos {
	case "ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ":
		m.closed = true
	}
	switch upos {
	case "PUNCT":
		m.counts = 1
	case "VERB":
		m.counts = 1 << countBits
	case "CCONJ", "SCONJ":
		m.counts = 1 << (2 * countBits)
	}
	return m
}

func small(value string) uint8 { return uint8(linear.Hash(value)%254) + 1 }

// agreeing compares two words: for each category unknown, equal or different.
func agreeing(a, b agreement) uint64 {
	return compare(a.grammaticalCase, b.grammaticalCase) + 3*compare(a.gender, b.gender) + 9*compare(a.number, b.number) + 27*compare(a.person, b.person)
}

func compare(a, b uint8) uint64 {
	switch {
	case a == 0 || b == 0:
		return 0
	case a == b:
		return 1
	}
	return 2
}

// pair fills the row of a pair of words, i before j.
func (s *sentence) pair(row int32, i, j int32) {
	a := s.atoms[row : row+attrRow]
	a[attrDistance] = mix(uint64(distance(int(j - i))))
	a[attrAgree] = mix(agreeing(s.agree[i], s.agree[j]))
	a[attrBetween] = mix(betweenAtom(s.between[i+1], s.between[j]))
}

const countBits = 21

func betweenAtom(from, to uint64) uint64 {
	counts := to - from
	var atom uint64
	for range 3 {
		atom = atom*3 + min(counts&(1<<countBits-1), 2)
		counts >>= countBits
	}
	return atom
}

func distance(d int) int {
	switch {
	case d <= 4:
		return d
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	case d <= 20:
		return 7
	}
	return 8
}

// node fills the row of a node.
func (s *sentence) node(row int32, n *node) {
	a := s.atoms[row : row+attrRow]
	a[attrLefts] = uint64(n.lefts) + 1
	a[attrRights] = uint64(n.rights) + 1
	a[attrLeftSet] = n.leftSet
	a[attrRightSet] = n.rightSet
	a[attrCaseWord] = n.caseWord
	a[attrMarkWord] = n.markWord
	a[attrLeftRel] = uint64(n.leftRel)
	a[attrLeft2Rel] = uint64(n.left2Rel)
	a[attrRightRel] = uint64(n.rightRel)
	a[attrRight2Rel] = uint64(n.right2Rel)
}
