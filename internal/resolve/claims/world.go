package claims

import (
	"cmp"
	"slices"
	"strings"

	"hearsay"
)

// World is what a claim is built from: the items of its statements and candidates, their documents,
// the links among and from these documents, and who the speakers are in the whole dossier.
type World struct {
	Items     map[string]*Item
	Documents map[string]DocInfo
	Around    map[string]DocInfo // others that links of these name
	Links     []hearsay.Link
	Actor     func(statement string) (id, name string)
	Spellings func(statement string) []string // of its speaker's name, in the whole dossier
}

// DocInfo is what tracing needs to know of a document.
type DocInfo struct {
	ID, Title, Outlet, Published, Language string
	Signed                                 []string // who signs it, where no outlet does: an institute under its report
	Byline                                 []string
	Credits                                []hearsay.Credit
}

// NewDocInfo takes from a document what tracing needs.
func NewDocInfo(d *hearsay.Document) DocInfo {
	return DocInfo{ID: d.ID, Title: d.Title, Outlet: d.Outlet, Signed: signatures(d), Byline: d.Byline, Published: d.Published, Language: d.Language, Credits: d.Credits}
}

// signatures are the names in the byline of a document without an outlet, with the acronyms that stand in
// brackets behind them.
func signatures(d *hearsay.Document) []string {
	if d.Outlet != "" {
		return nil
	}
	out := slices.Clone(d.Byline)
	for _, b := range d.Blocks {
		if b.Role != hearsay.RoleByline {
			continue
		}
		name, _, _ := strings.Cut(strings.Join(strings.Fields(b.In(d.Text)), " "), ",")
		name, rest, _ := strings.Cut(name, "(")
		short, _, _ := strings.Cut(rest, ")")
		out = distinct(out, strings.TrimSpace(name))
		if acronym(short) {
			out = distinct(out, short)
		}
	}
	return out
}

// label names a document for a reader.
func (d *DocInfo) label() string {
	name := firstOf(d.Outlet, d.Title, d.ID)
	if d.Outlet != "" && d.Title != "" {
		name += ", “" + d.Title + "”"
	}
	if len(d.Published) >= 10 {
		name += " (" + d.Published[:10] + ")"
	}
	return name
}

// graph is how the documents of a world depend on one another.
type graph struct {
	world   *World
	family  *groups                 // of documents joined by sure links
	up      map[string]hearsay.Link // the surest link by which a document depends on another
	twin    map[string]string       // the surest other document of the same text, of which nothing tells which came first
	doubt   map[[2]string]bool      // joined by uncertain links alone
	outside map[string][]string     // whom a whole document rests on outside of the dossier
	outlets map[string][]string     // documents by the key of their outlet, sorted
	media   map[string]bool         // keys of names that stand for outlets
}

func newGraph(w *World) *graph {
	g := &graph{world: w, family: newGroups(), up: map[string]hearsay.Link{}, twin: map[string]string{}, doubt: map[[2]string]bool{}, outside: map[string][]string{}, outlets: map[string][]string{}, media: map[string]bool{}}
	links := slices.Clone(w.Links)
	slices.SortFunc(links, func(a, b hearsay.Link) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To), strings.Compare(a.External, b.External), strings.Compare(string(a.Kind), string(b.Kind)))
	})
	for _, l := range links {
		g.link(l)
	}
	for _, id := range sortedKeys(w.Documents) {
		d := w.Documents[id]
		g.document(id, &d)
	}
	for _, id := range sortedKeys(w.Items) {
		for _, v := range w.Items[id].Via {
			g.media[outletKey(v)] = true
		}
	}
	return g
}

func (g *graph) link(l hearsay.Link) {
	switch {
	case l.To == "" && l.Kind != hearsay.Cites:
		g.restsOn(l.From, l.External)
	case l.To == "":
		if l.DirectionBy == "credit" {
			g.media[outletKey(l.External)] = true
		}
	case l.Kind == hearsay.Cites:
	case surelyLinked(&l):
		g.family.join(l.From, l.To)
		g.depend(l)
	default:
		g.doubt[pair(l.From, l.To)] = true
	}
}

// depend notes on which document another depends, or that nothing tells which of the two came first.
func (g *graph) depend(l hearsay.Link) {
	if l.DirectionBy == "unknown" || l.DirectionBy == "" {
		for _, p := range [][2]string{{l.From, l.To}, {l.To, l.From}} {
			g.twin[p[0]] = firstOf(g.twin[p[0]], p[1])
		}
		return
	}
	if _, ok := g.up[l.From]; !ok && g.top(l.To) != l.From {
		g.up[l.From] = l
	}
}

// top follows the links of a document to the one that depends on no other.
func (g *graph) top(doc string) string {
	for range 32 {
		l, ok := g.up[doc]
		if !ok {
			break
		}
		doc = l.To
	}
	return doc
}

func (g *graph) document(id string, d *DocInfo) {
	if d.Outlet != "" {
		key := outletKey(d.Outlet)
		g.outlets[key] = append(g.outlets[key], id)
		g.media[key] = true
	}
	for _, name := range d.Signed {
		g.outlets[outletKey(name)] = append(g.outlets[outletKey(name)], id)
	}
	for _, c := range d.Credits {
		if c.Name == "" || c.Kind == hearsay.CreditPhoto {
			continue
		}
		switch c.Kind {
		case hearsay.CreditAgency, hearsay.CreditRepublished, hearsay.CreditOriginal:
			if outletKey(c.Name) != outletKey(d.Outlet) {
				g.restsOn(id, c.Name)
			}
		case hearsay.CreditVia, hearsay.CreditInterview:
			g.media[outletKey(c.Name)] = true
		}
	}
}

func (g *graph) restsOn(doc, name string) {
	if name == "" {
		return
	}
	g.media[outletKey(name)] = true
	for _, have := range g.outside[doc] {
		if outletKey(have) == outletKey(name) {
			return
		}
	}
	g.outside[doc] = append(g.outside[doc], name)
}

// through names the outlets in a document's credits to which somebody spoke or from which it took
// what it tells.
func (g *graph) through(doc string) []string {
	var out []string
	d := g.world.Documents[doc]
	for _, c := range d.Credits {
		if (c.Kind == hearsay.CreditVia || c.Kind == hearsay.CreditInterview) && c.Name != "" && !d.own(c.Name) {
			out = append(out, c.Name)
		}
	}
	return out
}

// own reports whether a name is that of a document's own outlet or author, to whom somebody spoke.
func (d *DocInfo) own(name string) bool {
	return ownName(name, d.Outlet) || slices.ContainsFunc(d.Byline, func(by string) bool { return outletKey(by) == outletKey(name) })
}

func pair(a, b string) [2]string {
	if b < a {
		a, b = b, a
	}
	return [2]string{a, b}
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// groups joins strings to disjoint sets; a set goes by its least member.
type groups struct{ parent map[string]string }

func newGroups() *groups { return &groups{map[string]string{}} }

func (g *groups) of(x string) string {
	for {
		p, ok := g.parent[x]
		if !ok || p == x {
			return x
		}
		if up, ok := g.parent[p]; ok {
			g.parent[x] = up
		}
		x = p
	}
}

func (g *groups) join(a, b string) {
	a, b = g.of(a), g.of(b)
	if a == b {
		return
	}
	if b < a {
		a, b = b, a
	}
	g.parent[b] = a
}
