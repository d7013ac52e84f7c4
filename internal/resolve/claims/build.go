package claims

import (
	"cmp"
	"slices"
	"strings"

	"hearsay"
)

// Build makes one claim of the statements that sure pairs join, with what does not go together in
// it and the documents that others of its documents cite. pairs are all pairs in which these statements stand, the unsure ones too. The result is the same
// whatever the order of component and pairs.
func Build(component []string, pairs []PairRecord, w *World) (hearsay.Claim, []hearsay.Conflict, []hearsay.Link) {
	b := newBuilder(component, pairs, w)
	if len(b.ids) == 0 {
		return hearsay.Claim{}, nil, nil
	}
	c := hearsay.Claim{ID: "c" + short(b.ids[0]), Statements: b.ids, Denials: b.denials(), Candidates: b.candidates}
	c.Text = b.clearest(b.asserted()).Text
	c.Documents = b.documents()
	said, denied := b.count(b.asserted()), b.count(b.items(c.Denials))
	b.said, b.denied = said, denied
	c.Origins = append(said.origins(c.ID, "+"), mark(denied.origins(c.ID, "-"))...)
	counted := said
	if len(said.members) == 0 { // denied by all: the origins of the denial are what there is to count
		counted = denied
	}
	c.AtLeast, c.AtMost = counted.least(), counted.most()+b.more(counted)
	b.cited = b.citations()
	return c, b.conflicts(), b.cited
}

// mark says of origins that they stand behind denials.
func mark(origins []hearsay.Origin) []hearsay.Origin {
	for i := range origins {
		origins[i].Why += "; it denies the claim"
	}
	return origins
}

// Listed reports whether a component is worth a claim: something is told more than once, or clashes
// with what another statement tells.
func Listed(component []string, pairs []PairRecord) bool {
	if len(component) > 1 {
		return true
	}
	for _, p := range pairs {
		if p.isClash() && slices.Contains(component, min(p.A, p.B)) {
			return true
		}
	}
	return false
}

type builder struct {
	*tracer
	ids        []string
	inside     map[string]bool
	polarity   map[string]int
	candidates []string
	said       *counted
	denied     *counted
	cited      []hearsay.Link
	tells      map[string]*Item // the first statement of each document that tells the claim
}

func newBuilder(component []string, pairs []PairRecord, w *World) *builder {
	b := &builder{inside: map[string]bool{}, polarity: map[string]int{}}
	for _, id := range component {
		if w.Items[id] != nil && !b.inside[id] {
			b.inside[id] = true
			b.ids = append(b.ids, id)
		}
	}
	slices.Sort(b.ids)
	b.tells = firstInEach(b.ids, w)
	known := make([]PairRecord, 0, len(pairs))
	for _, p := range pairs {
		if w.Items[p.A] == nil || w.Items[p.B] == nil {
			continue
		}
		if p.B < p.A {
			p.A, p.B = p.B, p.A
		}
		known = append(known, p)
	}
	slices.SortFunc(known, func(x, y PairRecord) int {
		return cmp.Or(-cmp.Compare(x.Score, y.Score), strings.Compare(x.A, y.A), strings.Compare(x.B, y.B), cmp.Compare(x.Sign, y.Sign))
	})
	b.tracer = &tracer{graph: newGraph(w), pairs: known}
	b.signs()
	b.findCandidates()
	return b
}

// firstInEach gives the first statement of each document.
func firstInEach(ids []string, w *World) map[string]*Item {
	first := map[string]*Item{}
	for _, id := range ids {
		it := w.Items[id]
		if have := first[it.Document]; len(it.Content) > 0 && (have == nil || it.Start < have.Start) {
			first[it.Document] = it
		}
	}
	return first
}

// signs tells which statements hold the opposite of which, the surest pairs first.
func (b *builder) signs() {
	sets := newGroups()
	sign := map[string]int{} // relative to the set it was in, which is kept right by turning sets over
	in := map[string][]string{}
	for _, id := range b.ids {
		sign[id], in[id] = 1, []string{id}
	}
	for _, p := range b.pairs {
		if !p.Sure || !b.inside[p.A] || !b.inside[p.B] || sets.of(p.A) == sets.of(p.B) {
			continue
		}
		one, two := sets.of(p.A), sets.of(p.B)
		if len(in[one]) < len(in[two]) {
			one, two = two, one
		}
		if sign[p.A]*sign[p.B] != p.Sign {
			for _, id := range in[two] {
				sign[id] = -sign[id]
			}
		}
		joined := append(in[one], in[two]...)
		sets.join(one, two)
		in[sets.of(one)] = joined
	}
	b.polarity = sign
	if len(b.ids) > 0 {
		b.upright()
	}
}

// upright turns signs so that the side that asserts is the positive one. Where nobody asserts what all
// deny, all are denials; where all say with a negation what is not so, that is what they assert.
func (b *builder) upright() {
	total, sides := 0, 0
	for _, id := range b.ids {
		it := b.world.Items[id]
		total += it.Sign * b.polarity[id]
		sides += b.polarity[id]
		if it.Denies || it.Rebuts {
			total -= 2 * b.polarity[id]
		}
	}
	flip := total < 0 || total == 0 && b.polarity[b.ids[0]] < 0
	if max(sides, -sides) == len(b.ids) {
		flip = b.all(func(it *Item) bool { return it.Denies }) == (sides > 0)
	}
	for _, id := range b.ids {
		if flip {
			b.polarity[id] = -b.polarity[id]
		}
	}
}

func (b *builder) all(holds func(*Item) bool) bool {
	return !slices.ContainsFunc(b.ids, func(id string) bool { return !holds(b.world.Items[id]) })
}

func (b *builder) denials() []string {
	var out []string
	for _, id := range b.ids {
		if b.polarity[id] < 0 {
			out = append(out, id)
		}
	}
	return out
}

func (b *builder) asserted() []*Item {
	var out []*Item
	for _, id := range b.ids {
		if b.polarity[id] >= 0 {
			out = append(out, b.world.Items[id])
		}
	}
	return out
}

func (b *builder) items(ids []string) []*Item {
	out := make([]*Item, 0, len(ids))
	for _, id := range ids {
		out = append(out, b.world.Items[id])
	}
	return out
}

// findCandidates gathers what uncertain pairs join to the claim.
func (b *builder) findCandidates() {
	found := map[string]bool{}
	for _, p := range b.pairs {
		if p.Sure || p.isClash() || p.Sign < 0 || b.inside[p.A] == b.inside[p.B] {
			continue
		}
		other := p.A
		if b.inside[p.A] {
			other = p.B
		}
		found[other] = true
	}
	b.candidates = sortedKeys(found)
}

// more is how many origins the candidates would add.
func (b *builder) more(said *counted) int {
	if len(b.candidates) == 0 {
		return 0
	}
	items := b.items(b.candidates)
	for _, e := range said.ends {
		items = append(items, e.it)
	}
	return max(0, b.count(items).most()-said.most())
}

func (b *builder) documents() []string {
	var out []string
	for _, id := range b.ids {
		out = append(out, b.world.Items[id].Document)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// clearest is the statement whose words stand for all: with a named source, of one piece, without words of
// mixed scripts, neither too short nor too long, the earliest. How certain it is does not count: a claim must
// not lose the reserve of those who made it.
func (b *builder) clearest(items []*Item) *Item {
	if len(items) == 0 {
		items = b.items(b.ids)
	}
	return slices.MinFunc(items, func(x, y *Item) int {
		return cmp.Or(cmp.Compare(unclear(x), unclear(y)), comparePublished(x, y), strings.Compare(x.Statement, y.Statement))
	})
}

func unclear(it *Item) int {
	n := 0
	if it.Denies {
		n += 4
	}
	if it.Source.Form != Named {
		n += 2
	}
	if len(it.Content) > 1 {
		n += 2
	}
	if it.Plain != "" {
		n += 2
	}
	if l := len(it.Text); l < 20 || l > 400 {
		n += 2
	}
	return n
}
