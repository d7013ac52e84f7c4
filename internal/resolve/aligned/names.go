package aligned

import (
	"cmp"
	"slices"

	"hearsay"
	"hearsay/internal/resolve/names"
)

// Pair is two entities, indices into those of two pages, that stand in the same places of passages that correspond.
type Pair struct {
	A, B  int
	Times int // passages in which one stands where the other does
	Says  int // statements that one makes where the other does
}

// clear is the share of the places of an entity that another must have to be its only counterpart.
const clear = 0.75

// Pairs finds the entities of two documents that have the same places in passages that correspond, and that no
// spelling joins: the one entity of a sort that is left over on either side of a pair of passages, and the one who
// makes a statement on either side. Where an entity has several counterparts there is none.
func Pairs(a, b *Page, link *hearsay.Link, said []Match) []Pair {
	f := &finder{a: a, b: b, found: map[[2]int]*Pair{}, like: map[[2]int]names.Likeness{}}
	f.spelt()
	for _, e := range evidence(a, link) {
		f.leftOver(e)
	}
	for _, m := range said {
		f.speakers(&a.Voices[m.A], &b.Voices[m.B])
	}
	return f.sole()
}

type finder struct {
	a, b     *Page
	ofA, ofB [][]int // whom of the other document the spelling of an entity's name allows
	like     map[[2]int]names.Likeness
	found    map[[2]int]*Pair
}

// spelt finds the entities whose names stand in both documents, in whatever spelling.
func (f *finder) spelt() {
	f.ofA, f.ofB = make([][]int, len(f.a.Entities)), make([][]int, len(f.b.Entities))
	byKey := map[uint64][]int{}
	for j := range f.b.Entities {
		for _, k := range f.b.Entities[j].keys {
			byKey[k] = append(byKey[k], j)
		}
	}
	for i := range f.a.Entities {
		for _, k := range f.a.Entities[i].keys {
			for _, j := range byKey[k] {
				f.compare(i, j)
			}
		}
	}
}

func (f *finder) compare(i, j int) {
	if _, done := f.like[[2]int{i, j}]; done {
		return
	}
	l := names.Compare(&f.a.Entities[i].Item, &f.b.Entities[j].Item)
	f.like[[2]int{i, j}] = l
	if l != names.Unlike {
		f.ofA[i], f.ofB[j] = append(f.ofA[i], j), append(f.ofB[j], i)
	}
}

// free reports whether no spelling tells that two entities are others than one another, or that they are one.
func (f *finder) free(i, j int) bool {
	return f.like[[2]int{i, j}] != names.Like && only(f.ofA[i], j) && only(f.ofB[j], i) && !f.a.writes(f.b, i, j) && !f.b.writes(f.a, j, i)
}

// only reports whether a list holds nothing else.
func only(list []int, x int) bool { return len(list) == 0 || len(list) == 1 && list[0] == x }

func (f *finder) pair(i, j int) *Pair {
	k := [2]int{i, j}
	p := f.found[k]
	if p == nil {
		p = &Pair{A: i, B: j}
		f.found[k] = p
	}
	return p
}

// class groups the types that languages and taggers take for one another.
func class(t hearsay.MentionType) string {
	switch t {
	case hearsay.Person, hearsay.Place:
		return string(t)
	}
	return "body"
}

// leftOver pairs the entities of a sort that are alone in their passages once those are taken out whose names
// the other document has.
func (f *finder) leftOver(e hearsay.Evidence) {
	x, y := f.a.named(e.From), f.b.named(e.To)
	for kind := range x {
		one, two := except(x[kind], y[kind], f.ofA), except(y[kind], x[kind], f.ofB)
		if len(one) == 1 && len(two) == 1 && f.free(one[0], two[0]) {
			f.pair(one[0], two[0]).Times++
		}
	}
}

// except leaves out the entities that have a spelling among those of the other side, unless that is their only one.
func except(in, others []int, of [][]int) []int {
	var out []int
	for _, i := range in {
		if len(of[i]) == 0 || len(in) == 1 && len(others) == 1 && only(of[i], others[0]) {
			out = append(out, i)
		}
	}
	return out
}

// named gives the named entities in a passage by their sort.
func (p *Page) named(passage hearsay.Span) map[string][]int {
	out := map[string][]int{}
	from, _ := slices.BinarySearchFunc(p.mentions, passage.Start, func(m mention, at int) int { return cmp.Compare(m.at, at) })
	for _, m := range p.mentions[from:] {
		if m.at >= passage.End {
			break
		}
		if e := &p.Entities[m.entity]; !e.Unnamed {
			if k := class(e.Type); !slices.Contains(out[k], m.entity) {
				out[k] = append(out[k], m.entity)
			}
		}
	}
	return out
}

// speakers pairs those whom two texts name, or describe alike, as the source of one statement.
func (f *finder) speakers(v, w *Voice) {
	if v.Grade < Described || v.Grade != w.Grade || !f.free(v.Speaker, w.Speaker) {
		return
	}
	x, y := &f.a.Entities[v.Speaker], &f.b.Entities[w.Speaker]
	if class(x.Type) == class(y.Type) && (!x.Unnamed || x.Plural == y.Plural) {
		f.pair(v.Speaker, w.Speaker).Says++
	}
}

// sole keeps the pairs of which either is the only counterpart of the other.
func (f *finder) sole() []Pair {
	ofA, ofB := map[int]int{}, map[int]int{}
	for _, p := range f.found {
		ofA[p.A] += p.weight()
		ofB[p.B] += p.weight()
	}
	var out []Pair
	for _, p := range f.found {
		if n := float64(p.weight()); n >= clear*float64(ofA[p.A]) && n >= clear*float64(ofB[p.B]) {
			out = append(out, *p)
		}
	}
	slices.SortFunc(out, func(p, q Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	return out
}

// weight counts a statement twice: fewer things can stand there.
func (p *Pair) weight() int { return p.Times + 2*p.Says }
