package claims

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/resolve/depends"
)

// end is where the chain behind one statement ends.
type end struct {
	it       *Item
	kind     hearsay.OriginKind
	name     string
	key      string // ends with one key are one origin
	named    bool   // somebody is named, so that it is an end of its own
	own      bool   // the document's own words
	aside    bool   // own words beside somebody whom the document names for the same
	nameless string // the words for the first hop without a name
	cited    string // key of the outlet on which it rests, "" for none
	surname  Name   // of a speaker whom the dossier has not joined to an actor
	chain    []string
}

// tracer follows statements to the ends of their chains.
type tracer struct {
	*graph
	pairs []PairRecord
}

// end follows one statement from its document to its source.
func (t *tracer) end(it *Item) *end {
	e := &end{it: it}
	t.documents(e)
	for _, v := range t.vias(it) {
		if it.Source.Form == Own || !t.isSource(it, v) {
			e.chain = append(e.chain, "through "+v)
		}
	}
	for i := len(it.Holders) - 1; i >= 0; i-- {
		e.chain = append(e.chain, sourceLabel(&it.Holders[i]))
	}
	switch it.Source.Form {
	case Named:
		t.speaker(e)
	case Own:
		t.ownWords(e)
	default:
		t.withoutName(e)
	}
	return e
}

// documents writes the hops from a document to those on which it depends.
func (t *tracer) documents(e *end) {
	doc := e.it.Document
	d := t.world.Documents[doc]
	if d.ID == "" {
		d.ID = doc
	}
	e.chain = append(e.chain, d.label())
	for range 32 {
		l, ok := t.up[doc]
		if !ok {
			break
		}
		doc = l.To
		e.chain = append(e.chain, hop[l.Kind]+t.label(doc))
	}
	if twin := t.twin[doc]; twin != "" && doc == e.it.Document {
		e.chain = append(e.chain, "the same text as "+t.label(twin)+", nothing tells which came first")
	}
	for _, name := range t.outside[doc] {
		e.chain = append(e.chain, "taken from "+name)
	}
}

func (g *graph) label(doc string) string {
	for _, documents := range []map[string]DocInfo{g.world.Documents, g.world.Around} {
		if d, known := documents[doc]; known {
			return d.label()
		}
	}
	return "another article of the dossier"
}

var hop = map[hearsay.LinkKind]string{hearsay.Copy: "copy of ", hearsay.Translation: "translation of ", hearsay.Republishes: "republishes "}

// vias names the outlets through which a statement came.
func (t *tracer) vias(it *Item) []string {
	d := t.world.Documents[it.Document]
	vias := slices.DeleteFunc(slices.Clone(it.Via), d.own)
	if len(vias) > 0 || it.Source.Form == Own {
		return vias
	}
	return t.through(it.Document)
}

func sourceLabel(s *Source) string {
	if s.Form == NoOne {
		return "somebody whom the text does not name"
	}
	return s.Name
}

func (t *tracer) speaker(e *end) {
	s := &e.it.Source
	e.named, e.kind, e.name = true, hearsay.OriginSpeaker, s.Name
	outlet := outletKey(s.Name)
	id, name := "", ""
	if t.world.Actor != nil {
		id, name = t.world.Actor(e.it.Statement)
	}
	e.name = firstOf(name, e.name)
	switch {
	case t.isOutlet(s.Name) && (s.Type != hearsay.Person || len(t.outlets[outlet]) > 0):
		e.kind, e.key, e.cited = hearsay.OriginOutlet, "o:"+outlet, outlet
	case id != "":
		e.key = "a:" + id
	default:
		full := slices.Clone(s.Key.Full)
		slices.Sort(full)
		e.key, e.surname = "n:"+strings.Join(full, " "), s.Key
	}
	if e.cited == "" && isBody(s) {
		e.cited = t.publication(e.it)
	}
	if s.Type == hearsay.DocumentType {
		e.kind = hearsay.OriginDocument
	}
	e.chain = append(e.chain, e.name)
}

// publication is the key under which documents of the claim are signed by the institution that a statement
// names, by any spelling of its name; "" for none.
func (g *graph) publication(it *Item) string {
	names := []string{it.Source.Name}
	if g.world.Spellings != nil {
		names = append(names, g.world.Spellings(it.Statement)...)
	}
	for _, name := range names {
		if key := outletKey(name); len(g.outlets[key]) > 0 {
			return key
		}
	}
	return ""
}

// isOutlet reports whether a name stands for an outlet: a news agency, the outlet of a document or
// credit, or the address of a site.
func (g *graph) isOutlet(name string) bool {
	key := outletKey(name)
	dot := strings.LastIndexByte(name, '.')
	return depends.IsAgency(name) || g.media[key] || dot > 1 && dot < len(name)-2 && !strings.ContainsAny(name, " ")
}

// ownWords ends a chain with the outlet whose own words they are, or that from which a document was
// taken as a whole.
func (t *tracer) ownWords(e *end) {
	top := t.top(e.it.Document)
	if from := t.outside[top]; len(from) > 0 {
		e.rest(from[0])
		return
	}
	e.own, e.kind = true, hearsay.OriginOutlet
	e.chain = append(e.chain, "in its own words")
	d := t.world.Documents[top]
	e.name = firstOf(d.Outlet, d.Title, top)
	if d.Outlet != "" {
		e.key = "o:" + outletKey(d.Outlet)
	} else {
		e.kind, e.key = hearsay.OriginDocument, "d:"+t.family.of(top)
	}
}

// rest ends a chain with an outlet that is cited.
func (e *end) rest(outlet string) {
	e.kind, e.name, e.cited = hearsay.OriginOutlet, outlet, outletKey(outlet)
	e.key, e.named = "o:"+e.cited, true
}

// isSource reports whether the outlet through which a statement came is its source too: "the site Lake Bulletin reports".
func (g *graph) isSource(it *Item, via string) bool {
	return outletKey(it.Source.Name) == outletKey(via) || it.Source.Form == Unnamed && strings.Contains(fold(it.Source.Name), fold(via))
}

// withoutName ends a chain whose last source has no name with the last that has one.
func (t *tracer) withoutName(e *end) {
	it := e.it
	vias := t.vias(it)
	if i := slices.IndexFunc(vias, func(v string) bool { return t.isSource(it, v) }); i >= 0 {
		e.rest(vias[i]) // "the site Lake Bulletin"
		e.chain = append(e.chain, vias[i])
		return
	}
	e.nameless = firstOf(it.Source.Name, "somebody whom the text does not name")
	e.chain = append(e.chain, e.nameless+" (no name)")
	for i := range it.Holders {
		h := &it.Holders[i]
		if h.Form != Named {
			continue
		}
		if t.isOutlet(h.Name) {
			e.rest(h.Name)
			return
		}
		full := slices.Clone(h.Key.Full)
		slices.Sort(full)
		e.kind, e.name, e.key, e.named, e.surname = hearsay.OriginSpeaker, h.Name, "n:"+strings.Join(full, " "), true, h.Key
		return
	}
	if len(vias) > 0 {
		e.rest(vias[len(vias)-1])
		return
	}
	if from := t.outside[t.top(it.Document)]; len(from) > 0 {
		e.rest(from[0])
		return
	}
	e.kind, e.name, e.key = hearsay.OriginSpeaker, e.nameless, "x:"+it.Document+"\x00"+fold(e.nameless)
	if it.Source.Type == hearsay.DocumentType {
		e.kind = hearsay.OriginDocument
	}
}

// isBody reports whether a source is an institution, whose name changes with the language.
func isBody(s *Source) bool {
	return s.Type != hearsay.Person && s.Type != hearsay.Place
}

// origins lists the origins, those behind most statements first.
func (c *counted) origins(claim, side string) []hearsay.Origin {
	var out []hearsay.Origin
	for _, set := range sortedKeys(c.members) {
		out = append(out, origin(claim+side, c.members[set]))
	}
	slices.SortFunc(out, func(a, b hearsay.Origin) int {
		return cmp.Or(cmp.Compare(len(b.Statements), len(a.Statements)), strings.Compare(a.Statements[0], b.Statements[0]))
	})
	return out
}

func origin(salt string, ends []*end) hearsay.Origin {
	slices.SortFunc(ends, func(a, b *end) int { return strings.Compare(a.it.Statement, b.it.Statement) })
	best := clearestEnd(ends)
	o := hearsay.Origin{ID: "o" + short(salt+"\x00"+best.key), Kind: best.kind, Name: best.name, Nameless: best.nameless != ""}
	docs := map[string]bool{}
	for _, e := range ends {
		o.Statements = append(o.Statements, e.it.Statement)
		o.Chains = append(o.Chains, e.chain)
		docs[e.it.Document] = true
	}
	o.Why = why(best, len(ends), len(docs))
	return o
}

// clearestEnd is the end that tells most about an origin: named rather than not, by the name that
// most statements give, the earliest.
func clearestEnd(ends []*end) *end {
	times := map[string]int{}
	for _, e := range ends {
		times[e.key]++
	}
	return slices.MinFunc(ends, func(a, b *end) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(times[b.key], times[a.key]), comparePublished(a.it, b.it), strings.Compare(a.it.Statement, b.it.Statement))
	})
}

func (e *end) rank() int {
	switch {
	case e.named && e.nameless == "" && e.kind != hearsay.OriginOutlet:
		return 0
	case e.named && e.nameless == "":
		return 1
	case e.own:
		return 2
	case e.named:
		return 3
	}
	return 4
}

func comparePublished(a, b *Item) int {
	switch {
	case before(a.Published, b.Published):
		return -1
	case before(b.Published, a.Published):
		return 1
	}
	return 0
}

func why(e *end, statements, documents int) string {
	told := fmt.Sprintf("%s in %s", several(statements, "statement"), several(documents, "document"))
	switch {
	case e.own:
		return told + ", in the words of " + e.name + " itself"
	case e.nameless != "" && e.named:
		return told + ", by way of " + e.name + " to “" + e.nameless + "”, who is not named"
	case e.nameless != "" && e.it.Source.Form == NoOne:
		return told + ", for which the text names nobody"
	case e.nameless != "":
		return told + ", by “" + e.nameless + "”, who is not named"
	case e.kind == hearsay.OriginOutlet:
		return told + " that name " + e.name + " as where it comes from"
	}
	return told + " that name " + e.name + " as who said it"
}

func several(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func short(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])[:12]
}
