package names

import (
	"cmp"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/romanize"
)

// Pair is evidence from outside of names that two items are one: they have the same places in documents that are
// translations or copies of one another, and neither document has the other's name in another spelling.
type Pair struct {
	A, B  int // indices into the items
	Times int // passages in which one stands where the other does
	Says  int // statements that one makes where the other does
}

// Places are such pairs, and which items stand in each of the documents of which they are.
type Places struct {
	Pairs     []Pair
	Documents [][]int
}

// What it takes to join two names by their places alone.
const (
	alignedRule = "same place in a translation"
	fewPlaces   = 3    // of bodies and places, a statement counting for two
	manyPlaces  = 6    // of persons whose surnames do not sound alike
	surePlaces  = 4    // of persons of one surname with two given names
	somewhat    = 0.45 // alike
)

// Likeness says how far the spelling of two names tells that they are one's.
type Likeness int

// The degrees of likeness.
const (
	Unlike   Likeness = iota
	PartLike          // one is the surname of the other, or they share a form: other evidence decides
	Like              // they agree in full
)

// Compare tells how alike two items are by their spelling alone.
func Compare(a, b *Item) Likeness {
	m, n := lone(a), lone(b)
	if s, _ := compare(m, n); s > 0 {
		return Like
	}
	for f := range m.forms {
		if n.forms[f] {
			return PartLike
		}
	}
	if m.kind == hearsay.Person && n.kind == hearsay.Person && sameSurname(m, n) > 0 {
		return PartLike
	}
	return Unlike
}

// OneOf reports whether some words of a text are one of the forms of a name, inflected or cut short, rather than
// a description of its bearer.
func OneOf(words string, forms []string) bool {
	for _, w := range romanize.Words(words) {
		for _, f := range forms {
			for _, v := range append(romanize.Words(f), strings.ReplaceAll(f, " ", "")) {
				if romanize.Similarity(romanize.Fold(w), romanize.Fold(v)) >= inflected {
					return true
				}
			}
		}
	}
	return false
}

// inflected is how much alike two forms of one word are at least.
const inflected = 0.7

// lone is the node of one item.
func lone(it *Item) *node {
	s := &Spelling{}
	s.Add(*it)
	return s.asNode()
}

// told is what linked documents tell of names.
type told struct {
	*resolver
	nodeOf []int // of the items
	pairs  []Pair
	stand  []map[int]bool // for each root, the documents in which its names stand, of those that tell anything
}

func (r *resolver) evidence(p Places) *told {
	t := &told{resolver: r, pairs: p.Pairs, nodeOf: make([]int, len(r.items)), stand: make([]map[int]bool, len(r.nodes))}
	for n := range r.nodes {
		for _, i := range r.nodes[n].items {
			t.nodeOf[i] = n
		}
	}
	for d, items := range p.Documents {
		for _, i := range items {
			t.standsIn(r.find(t.nodeOf[i]), d)
		}
	}
	return t
}

func (t *told) standsIn(root, document int) {
	if t.stand[root] == nil {
		t.stand[root] = map[int]bool{}
	}
	t.stand[root][document] = true
}

// join joins names that stand in the same places of documents that correspond, those that do most often first: names
// in full, or those among which there is a short one. A short name that may be several persons' is not joined.
func (t *told) join(short bool) {
	for _, e := range t.summed() {
		if (t.nodes[e.a].short() || t.nodes[e.b].short()) != short || t.unsettled(e.a) || t.unsettled(e.b) || !t.mayStandFor(e) {
			continue
		}
		x, y := t.find(e.a), t.find(e.b)
		t.union(e.a, e.b, alignedRule, alignedScore(e.score))
		for _, d := range [...]map[int]bool{t.stand[x], t.stand[y]} {
			for document := range d {
				t.standsIn(t.find(x), document)
			}
		}
	}
}

func alignedScore(places float64) float64 { return min(0.95, 0.5+0.1*places) }

// summed sums up how often two nodes have the same places, in the score of the merge that it speaks for.
func (t *told) summed() []merge {
	weights := map[[2]int]int{}
	for _, p := range t.pairs {
		x, y := t.nodeOf[p.A], t.nodeOf[p.B]
		if x != y {
			weights[[2]int{min(x, y), max(x, y)}] += p.weight()
		}
	}
	out := make([]merge, 0, len(weights))
	for k, w := range weights {
		out = append(out, merge{k[0], k[1], alignedRule, float64(w)})
	}
	slices.SortFunc(out, func(a, b merge) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
	return out
}

// weight counts a statement twice: fewer things can stand there.
func (p *Pair) weight() int { return p.Times + 2*p.Says }

// inText is a short name in one document, which there is one person's.
type inText struct {
	node     int
	document string
}

func (r *resolver) inText(node, item int) inText { return inText{node, r.items[item].Document} }

// placed is the actor whose a short name is in one document, with the node of his by which that is told.
type placed struct {
	root, by int
	score    float64
}

// place gives short names that may be several persons', document by document, to the actor whose places they have
// most often.
func (t *told) place() {
	votes := map[inText]map[int]merge{}
	for _, p := range t.pairs {
		for _, q := range [...][2]int{{p.A, p.B}, {p.B, p.A}} {
			n, by := t.nodeOf[q[0]], t.nodeOf[q[1]]
			if !t.unsettled(n) || t.unsettled(by) || t.nodes[by].kind != hearsay.Person || !t.compatible(n, by) {
				continue
			}
			at, root := t.inText(n, q[0]), t.find(by)
			if votes[at] == nil {
				votes[at] = map[int]merge{}
			}
			v, ok := votes[at][root]
			if !ok || by < v.b {
				v.b = by
			}
			v.score += float64(p.weight())
			votes[at][root] = v
		}
	}
	t.placed = map[inText]placed{}
	for at, of := range votes {
		best, sole := -1, false
		for root, v := range of {
			if best < 0 || v.score > of[best].score {
				best, sole = root, true
			} else if v.score == of[best].score {
				sole = false
			}
		}
		if sole {
			t.placed[at] = placed{best, of[best].b, alignedScore(of[best].score)}
		}
	}
}

func disjoint(a, b map[int]bool) bool {
	for d := range a {
		if b[d] {
			return false
		}
	}
	return true
}

// mayStandFor reports whether so many places are enough to join two names. Countries, capitals and governments of the
// tables are joined by these alone; what one document tells apart stays apart, but for persons whose surnames sound
// alike: a text may well fail to join the parts of a name.
func (t *told) mayStandFor(e merge) bool {
	a, b := t.nodes[e.a], t.nodes[e.b]
	if a.place.code != "" || b.place.code != "" || a.unnamed() != b.unnamed() || !sameClass(a.kind, b.kind) {
		return false
	}
	similar := a.kind == hearsay.Person && !a.unnamed() && romanize.Similarity(lastPart(a.person.surname), lastPart(b.person.surname)) >= somewhat
	least := float64(fewPlaces)
	switch {
	case similar:
		least = 1
	case a.kind == hearsay.Person && !a.unnamed():
		least = manyPlaces
	case a.unnamed():
		least = 2
	}
	if e.score < least || !similar && !disjoint(t.stand[t.find(e.a)], t.stand[t.find(e.b)]) {
		return false
	}
	return t.compatibleBy(e.a, e.b, func(m, n *node) bool {
		return alikeEnough(m, n) || e.score >= surePlaces && romanize.Similarity(m.person.surname, n.person.surname) >= 0.75
	})
}

// sameClass reports whether two types are ones that languages and taggers take for one another.
func sameClass(a, b hearsay.MentionType) bool {
	return a == b || a != hearsay.Person && b != hearsay.Person && a != hearsay.Place && b != hearsay.Place
}

// unnamed reports whether a node is a description.
func (n *node) unnamed() bool { return n.name == "" }
