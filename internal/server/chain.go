package server

import (
	"cmp"
	"math"
	"slices"

	"hearsay/internal/format"
	"hearsay/internal/store"
)

// chain is how a claim travelled: origins, the documents in which it stands, and what joins them.
type chain struct {
	Nodes []node
	Edges []edge
	Tree  []*branch
	Left  int // documents that are not drawn

	Thinned int // links that say no more than those drawn
	SVG     any
}

// Denied reports whether some origin or document only denies the claim.
func (c *chain) Denied() bool {
	return slices.ContainsFunc(c.Nodes, func(n node) bool { return n.Denies })
}

// node is an origin or a document.
type node struct {
	ID, Label, Detail, To string
	Origin                bool
	Nameless              bool
	Denies                bool // all that it says is against the claim
	Column, Row           int
}

// edge leads from what was first to what came of it.
type edge struct {
	From, To  int // indices of nodes
	Kind      string
	Score     float64
	Uncertain bool
	Unsure    bool // which of the two came first is not known
	Why       string
	A, B      string // the documents of the link as it is stored: A depends on B
}

// branch is a node with what came of it, for those who do not see pictures.
type branch struct {
	Node node
	Edge *edge
	Sub  []*branch
}

// drawn is how many documents the picture shows at most.
const drawn = 48

// certainFrom is the score from which a link counts as certain.
const certainFrom = 0.8

func (s *Server) claimChain(p *claimPage) error {
	c, err := s.chain(p.Claim)
	if err != nil {
		return err
	}
	p.Chain = c
	return nil
}

func (s *Server) chain(c *format.Claim) (*chain, error) {
	docs, err := s.st.DocumentsByID(c.Documents[:min(len(c.Documents), 400)])
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(docs, func(a, b store.DocumentRow) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.ID, b.ID))
	})
	b := &chainBuilder{chain: &chain{}, docs: map[string]int{}}
	b.Left = max(0, len(c.Documents)-drawn)
	docs = docs[:min(len(docs), drawn)]
	of, err := s.documentsOf(c)
	if err != nil {
		return nil, err
	}
	for _, o := range c.Origins {
		b.origin(o, onlyDenies(o.Statements, c.Denials))
	}
	told := map[string][]string{} // statements of each document
	for id, document := range of {
		told[document] = append(told[document], id)
	}
	for _, d := range docs {
		b.docs[d.ID] = len(b.Nodes)
		b.Nodes = append(b.Nodes, node{
			ID: d.ID, Label: where(d), Detail: headline(d), To: "/documents/" + d.ID, Denies: onlyDenies(told[d.ID], c.Denials), Column: -1,
			Row: -1,
		})
	}
	for _, d := range docs {
		links, err := s.links(d.ID)
		if err != nil {
			return nil, err
		}
		b.link(links)
	}
	b.thin()
	b.reports(c, of)
	b.place(docs)
	b.Tree = b.tree()
	b.SVG = b.picture(docs)
	return b.chain, nil
}

// onlyDenies reports whether all statements are denials of the claim.
func onlyDenies(statements, denials []string) bool {
	return len(statements) > 0 && !slices.ContainsFunc(statements, func(id string) bool { return !slices.Contains(denials, id) })
}

// documentsOf gives the document of each statement of a claim.
func (s *Server) documentsOf(c *format.Claim) (map[string]string, error) {
	return s.st.DocumentsOf(c.Statements[:min(len(c.Statements), 2000)])
}

type chainBuilder struct {
	*chain
	docs map[string]int // node of each document
}

func (b *chainBuilder) origin(o format.Origin, denies bool) {
	detail := o.Kind
	if o.Nameless {
		detail = "nobody is named"
	}
	b.Nodes = append(b.Nodes, node{ID: o.ID, Label: o.Name, Detail: detail, To: "#origin-" + o.ID, Origin: true, Nameless: o.Nameless, Denies: denies})
}

// link adds the dependences among the documents of the claim.
func (b *chainBuilder) link(links []linkLine) {
	for _, l := range links {
		if !l.Forward || l.External != "" || l.Wrong != nil {
			continue
		}
		child, ok1 := b.docs[l.From]
		parent, ok2 := b.docs[l.To]
		if !ok1 || !ok2 {
			continue
		}
		b.Edges = append(b.Edges, edge{
			From: parent, To: child, Kind: l.Kind, Score: l.Score, Uncertain: l.Score < certainFrom,
			Unsure: l.DirectionBy == "unknown", Why: directionName(l.DirectionBy), A: l.From, B: l.To,
		})
	}
}

// reports joins origins to the documents that tell what they say, where the document does not have
// it from another document of the same origin.
func (b *chainBuilder) reports(c *format.Claim, of map[string]string) {
	for i, o := range c.Origins {
		mine := map[int]bool{}
		for _, id := range o.Statements {
			if n, ok := b.docs[of[id]]; ok {
				mine[n] = true
			}
		}
		for n := range b.Nodes {
			if mine[n] && !b.fedBy(n, mine) {
				b.Edges = append(b.Edges, edge{From: i, To: n, Kind: "says"})
			}
		}
	}
}

func (b *chainBuilder) fedBy(n int, mine map[int]bool) bool {
	for _, e := range b.Edges {
		if e.To == n && e.Kind != "says" && mine[e.From] {
			return true
		}
	}
	return false
}

// place gives every node a column (time from left to right, origins first) and a row. A document
// stands right of what it depends on even where dates are missing.
func (b *chainBuilder) place(docs []store.DocumentRow) {
	day := map[int]string{}
	for _, d := range docs {
		day[b.docs[d.ID]] = dayOf(d)
	}
	step := b.steps(day)
	type slot struct {
		day  string
		step int
	}
	var slots []slot
	for n, x := range day {
		if s := (slot{x, step[n]}); !slices.Contains(slots, s) {
			slots = append(slots, s)
		}
	}
	slices.SortFunc(slots, func(x, y slot) int { return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.step, y.step)) })
	for n, x := range day {
		b.Nodes[n].Column = min(1+slices.Index(slots, slot{x, step[n]}), mostColumns)
	}
	b.rows()
}

// rows sets the nodes of a column under one another, and keeps the way free along which a link from
// further left arrives.
func (b *chainBuilder) rows() {
	type cell struct{ column, row int }
	taken := map[cell]bool{}
	order := make([]int, len(b.Nodes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(b.Nodes[x].Column, b.Nodes[y].Column) })
	for _, i := range order {
		n := &b.Nodes[i]
		from, row := n.Column, 0
		for _, e := range b.Edges {
			if p := b.Nodes[e.From]; e.To == i && p.Column < n.Column {
				if from == n.Column {
					row = p.Row
				}
				from, row = min(from, p.Column+1), min(row, p.Row)
			}
		}
		free := func(row int) bool {
			for c := from; c <= n.Column; c++ {
				if taken[cell{c, row}] {
					return false
				}
			}
			return true
		}
		for !free(row) {
			row++
		}
		n.Row = row
		for c := from; c <= n.Column; c++ {
			taken[cell{c, row}] = true
		}
	}
}

// mostColumns is how wide the picture grows.
const mostColumns = 24

// steps counts how far a document stands within its day from the first of those it depends on.
func (b *chainBuilder) steps(day map[int]string) map[int]int {
	step := map[int]int{}
	for range 6 { // chains within a day are short; more rounds would only follow circles
		for _, e := range b.Edges {
			x, ok := day[e.From]
			if ok && x == day[e.To] && step[e.To] <= step[e.From] {
				step[e.To] = step[e.From] + 1
			}
		}
	}
	return step
}

// thin leaves out links that say no more than others: where texts that depend on one another are
// all linked with a third, the best of these links is drawn: of equals the one to the text that
// depends on no other.
func (b *chainBuilder) thin() {
	linked := map[[2]int]bool{}
	depends := map[int]int{}
	for _, e := range b.Edges {
		depends[e.To] = 1
		linked[[2]int{e.From, e.To}], linked[[2]int{e.To, e.From}] = true, true
	}
	best := slices.Clone(b.Edges)
	slices.SortStableFunc(best, func(x, y edge) int {
		return cmp.Or(cmp.Compare(math.Round(100*y.Score), math.Round(100*x.Score)), cmp.Compare(depends[x.From], depends[y.From]), cmp.Compare(x.From, y.From))
	})
	var kept []edge
	for _, e := range best {
		if !slices.ContainsFunc(kept, func(k edge) bool { return k.To == e.To && linked[[2]int{k.From, e.From}] }) {
			kept = append(kept, e)
		}
	}
	slices.SortStableFunc(kept, func(x, y edge) int { return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To)) })
	b.Thinned = len(b.Edges) - len(kept)
	b.Edges = kept
}

func dayOf(d store.DocumentRow) string { return d.Published[:min(10, len(d.Published))] }

// tree hangs every node under what it comes from; a node that comes from several stands under each,
// but is unfolded once.
func (b *chainBuilder) tree() []*branch {
	unfolded := map[int]bool{}
	var grow func(i int, e *edge, depth int) *branch
	grow = func(i int, e *edge, depth int) *branch {
		out := &branch{Node: b.Nodes[i], Edge: e}
		if unfolded[i] || depth > 12 {
			return out
		}
		unfolded[i] = true
		for k := range b.Edges {
			if b.Edges[k].From == i {
				out.Sub = append(out.Sub, grow(b.Edges[k].To, &b.Edges[k], depth+1))
			}
		}
		return out
	}
	var out []*branch
	for i, n := range b.Nodes {
		if n.Origin {
			out = append(out, grow(i, nil, 0))
		}
	}
	for i := range b.Nodes {
		if !unfolded[i] {
			out = append(out, grow(i, nil, 0))
		}
	}
	return out
}
