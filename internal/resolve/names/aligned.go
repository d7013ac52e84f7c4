package names

import (
	"cmp"
	"maps"
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
	fewPlaces   = 2    // a statement counting for two
	onlyPlaces  = 5    // where neither makes a statement
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
// in full, or those among which there is a short one. A short name that may be several persons' is not joined. What was
// joined counts together from then on.
func (t *told) join(short bool) {
	for joined := true; joined; {
		joined = false
		for _, e := range t.summed() {
			x, y := t.find(e.a), t.find(e.b)
			if x == y || (t.nodes[e.a].short() || t.nodes[e.b].short()) != short || t.unsettled(e.a) || t.unsettled(e.b) || !t.mayStandFor(e) {
				continue
			}
			joined = true
			t.union(e.a, e.b, alignedRule, alignedScore(float64(e.weight())))
			for _, d := range [...]map[int]bool{t.stand[x], t.stand[y]} {
				for document := range d {
					t.standsIn(t.find(x), document)
				}
			}
		}
	}
}

func alignedScore(places float64) float64 { return min(0.95, 0.5+0.1*places) }

// summed sums up how often the names of two clusters have the same places, by the two names that do most often.
func (t *told) summed() []edge {
	byNames := map[[2]int]edge{}
	for _, p := range t.pairs {
		a, b := t.nodeOf[p.A], t.nodeOf[p.B]
		k := [2]int{min(a, b), max(a, b)}
		e := byNames[k]
		byNames[k] = edge{k[0], k[1], e.times + p.Times, e.says + p.Says}
	}
	all := slices.SortedFunc(maps.Values(byNames), edge.before)
	at := map[[2]int]int{}
	var out []edge
	for _, e := range all {
		x, y := t.find(e.a), t.find(e.b)
		k := [2]int{min(x, y), max(x, y)}
		i, have := at[k]
		switch {
		case x == y:
		case have:
			out[i].times, out[i].says = out[i].times+e.times, out[i].says+e.says
		default:
			at[k] = len(out)
			out = append(out, e)
		}
	}
	slices.SortFunc(out, edge.before)
	return out
}

// edge is two nodes that have the same places so often.
type edge struct{ a, b, times, says int }

// weight counts a statement twice: fewer things can stand there.
func (e edge) weight() int { return e.times + 2*e.says }

func (e edge) before(o edge) int {
	return cmp.Or(cmp.Compare(o.weight(), e.weight()), cmp.Compare(e.a, o.a), cmp.Compare(e.b, o.b))
}

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
// most often. Those that have one another's places in several documents are one there.
func (t *told) place() {
	t.twins, t.placed = map[inText]inText{}, map[inText]placed{}
	votes := map[inText]map[int]edge{}
	for _, p := range t.pairs {
		a, b := t.nodeOf[p.A], t.nodeOf[p.B]
		if t.unsettled(a) && t.unsettled(b) && (a == b || t.mayStandFor(edge{a, b, p.Times, p.Says})) {
			t.twin(t.inText(a, p.A), t.inText(b, p.B))
		}
	}
	for _, p := range t.pairs {
		for _, q := range [...][2]int{{p.A, p.B}, {p.B, p.A}} {
			n, by := t.nodeOf[q[0]], t.nodeOf[q[1]]
			if !t.unsettled(n) || t.unsettled(by) || t.nodes[by].kind != hearsay.Person || !t.compatible(n, by) {
				continue
			}
			at, root := t.twinOf(t.inText(n, q[0])), t.find(by)
			if votes[at] == nil {
				votes[at] = map[int]edge{}
			}
			e, have := votes[at][root]
			if !have || by < e.b {
				e.b = by
			}
			e.times, e.says = e.times+p.Times, e.says+p.Says
			votes[at][root] = e
		}
	}
	for at, of := range votes {
		if root, sole := heaviest(of); sole {
			t.placed[at] = placed{root, of[root].b, alignedScore(float64(of[root].weight()))}
		}
	}
}

// heaviest is the root with the most weight, and whether there is but one.
func heaviest(of map[int]edge) (best int, sole bool) {
	best = -1
	for root, e := range of {
		if best < 0 || e.weight() > of[best].weight() {
			best, sole = root, true
		} else if e.weight() == of[best].weight() {
			sole = false
		}
	}
	return best, sole
}

// twin makes short names in two documents one.
func (t *told) twin(a, b inText) {
	x, y := t.twinOf(a), t.twinOf(b)
	if y.less(x) {
		x, y = y, x
	}
	t.twins[x], t.twins[y] = x, x
}

// twinOf is the first of the short names that are one with a short name in a document.
func (r *resolver) twinOf(at inText) inText {
	for {
		next, ok := r.twins[at]
		if !ok || next == at {
			return at
		}
		at = next
	}
}

func (a inText) less(b inText) bool {
	return cmp.Or(cmp.Compare(a.node, b.node), cmp.Compare(a.document, b.document)) < 0
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
func (t *told) mayStandFor(e edge) bool {
	a, b := t.nodes[e.a], t.nodes[e.b]
	if a.place.code != "" || b.place.code != "" || a.unnamed() != b.unnamed() || !sameClass(a.kind, b.kind) {
		return false
	}
	person := a.kind == hearsay.Person && !a.unnamed()
	similar := person && romanize.Similarity(lastPart(a.person.surname), lastPart(b.person.surname)) >= somewhat
	weight := e.weight()
	switch {
	case similar:
	case person && weight < manyPlaces, a.unnamed() && e.says == 0, weight < fewPlaces, e.says == 0 && weight < onlyPlaces:
		return false
	case !disjoint(t.stand[t.find(e.a)], t.stand[t.find(e.b)]):
		return false
	}
	return t.compatibleBy(e.a, e.b, func(m, n *node) bool {
		return alikeEnough(m, n) || weight >= surePlaces && romanize.Similarity(m.person.surname, n.person.surname) >= 0.75 || neighbours(m, n)
	})
}

// neighbours reports whether two languages of one script may write one person's name so: the given name alike, the
// surname by its sound or by its letters («Риер», «Рігер»).
func neighbours(m, n *node) bool {
	return !m.sharesLanguage(n) && closestGiven(m.person, n.person) >= 0.85 && romanize.Similarity(m.person.surname, n.person.surname) >= somewhat
}

// sameClass reports whether two types are ones that languages and taggers take for one another.
func sameClass(a, b hearsay.MentionType) bool {
	return a == b || a != hearsay.Person && b != hearsay.Person && a != hearsay.Place && b != hearsay.Place
}

// unnamed reports whether a node is a description.
func (n *node) unnamed() bool { return n.name == "" }
