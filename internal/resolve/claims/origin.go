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
		e.chain = append(e.chain, "through "+v)
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
		from := "another article of the dossier"
		if up, known := t.world.Documents[doc]; known {
			from = up.label()
		}
		e.chain = append(e.chain, hop[l.Kind]+from)
	}
	for _, name := range t.outside[doc] {
		e.chain = append(e.chain, "taken from "+name)
	}
}

var hop = map[hearsay.LinkKind]string{hearsay.Copy: "copy of ", hearsay.Translation: "translation of ", hearsay.Republishes: "republishes "}

// vias names the outlets through which a statement came.
func (t *tracer) vias(it *Item) []string {
	if len(it.Via) > 0 || it.Source.Form == Own {
		return it.Via
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

// withoutName ends a chain whose last source has no name with the last that has one.
func (t *tracer) withoutName(e *end) {
	it := e.it
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
	if vias := t.vias(it); len(vias) > 0 {
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

// counted is the origins of some statements of a claim and how many there are.
type counted struct {
	ends    []*end
	sets    *groups           // of keys
	members map[string][]*end // by set
	doubts  *groups           // of sets that uncertain links join
	either  [][2]string       // keys that may be one: a name that fits two persons is one of them, not both
}

// count groups the ends of some statements.
func (t *tracer) count(items []*Item) *counted {
	c := &counted{sets: newGroups(), members: map[string][]*end{}, doubts: newGroups()}
	byStatement := map[string]*end{}
	for _, it := range items {
		e := t.end(it)
		c.ends = append(c.ends, e)
		byStatement[it.Statement] = e
	}
	c.joinNames()
	c.joinPassages(t, byStatement)
	c.joinCited(t)
	for _, e := range c.ends {
		set := c.sets.of(e.key)
		c.members[set] = append(c.members[set], e)
	}
	c.doubt(t)
	return c
}

// joinNames joins speakers whom no actor tells apart by their names in full, and institutions whose names two
// languages translate by what both keep of them, as an acronym.
func (c *counted) joinNames() {
	speakers := c.speakers()
	for i, a := range speakers {
		for _, b := range speakers[i+1:] {
			if a.key != b.key && sameBody(a, b) {
				c.sets.join(a.key, b.key)
			}
			if a.key != b.key && len(a.surname.Full) > 1 && len(b.surname.Full) > 1 && a.surname.agrees(&b.surname) {
				c.sets.join(a.key, b.key)
			}
		}
	}
}

// speakers are the ends that differ in who they are, the first of each: a claim may be told by one
// speaker in very many statements.
func (c *counted) speakers() []*end {
	var out []*end
	seen := map[string]bool{}
	for _, e := range c.ends {
		source := &e.it.Source
		who := fmt.Sprintf("%q %v %q %q %q %q", e.key, e.named, e.it.Language, source.Type, source.Key.Keys, e.surname)
		if !seen[who] {
			seen[who] = true
			out = append(out, e)
		}
	}
	return out
}

// sameBody reports whether two ends are institutions that share a key in two languages.
func sameBody(a, b *end) bool {
	x, y := &a.it.Source, &b.it.Source
	if !a.named || !b.named || a.it.Language == b.it.Language || x.Type != hearsay.Organization || y.Type != hearsay.Organization {
		return false
	}
	return slices.ContainsFunc(x.Key.Keys, func(k string) bool { return slices.Contains(y.Key.Keys, k) })
}

// joinPassages gives the statements in passages that one document took from another one origin,
// and those without a named source the origin of a statement in the other document that says the same.
func (c *counted) joinPassages(t *tracer, by map[string]*end) {
	var rest [][2]*end
	for _, p := range t.pairs {
		a, b := by[p.A], by[p.B]
		if a == nil || b == nil || t.family.of(a.it.Document) != t.family.of(b.it.Document) {
			continue
		}
		if strings.HasPrefix(p.Why, whyPassage) && a.it.Document != b.it.Document {
			c.sets.join(a.key, b.key)
		} else if p.Sure && (!a.named || !b.named) {
			rest = append(rest, [2]*end{a, b})
		}
	}
	named := map[string]bool{} // sets with a named source
	for _, e := range c.ends {
		if e.named {
			named[c.sets.of(e.key)] = true
		}
	}
	for _, r := range rest {
		x, y := c.sets.of(r[0].key), c.sets.of(r[1].key)
		if named[x] && named[y] && x != y {
			c.either = append(c.either, [2]string{r[0].key, r[1].key})
			continue
		}
		c.sets.join(x, y)
		named[c.sets.of(x)] = named[x] || named[y]
	}
}

// joinCited gives a statement that rests on an outlet the origin of what that outlet tells, where
// its documents are in the dossier and tell it from one origin.
func (c *counted) joinCited(t *tracer) {
	for _, e := range c.ends {
		if e.cited == "" {
			continue
		}
		sets := map[string]bool{}
		for _, doc := range t.outlets[e.cited] {
			for _, o := range c.ends {
				if o.it.Document == doc && doc != e.it.Document {
					sets[c.sets.of(o.key)] = true
				}
			}
		}
		delete(sets, c.sets.of(e.key))
		keys := sortedKeys(sets)
		if len(keys) == 1 {
			c.sets.join(e.key, keys[0])
			continue
		}
		for _, k := range keys {
			c.either = append(c.either, [2]string{e.key, k})
		}
	}
}

// doubt joins the origins that may depend on one another: a source without a name may be any other,
// a text whose outlet is unknown is no proof, an uncertain link may be one.
func (c *counted) doubt(t *tracer) {
	sets := sortedKeys(c.members)
	for _, s := range sets {
		if c.vague(t, s) {
			for _, o := range sets {
				c.either = append(c.either, [2]string{s, o})
			}
		}
	}
	for i, a := range c.ends {
		for _, b := range c.ends[i+1:] {
			switch {
			case mayDepend(t, a, b):
				if !a.named && !b.named {
					c.doubts.join(c.sets.of(a.key), c.sets.of(b.key))
				} else {
					c.either = append(c.either, [2]string{a.key, b.key})
				}
			case mayBeOne(a, b) || retells(a, b) || retells(b, a):
				c.either = append(c.either, [2]string{a.key, b.key})
			}
		}
	}
}

// vague reports whether nobody is named at the end of any chain of a set, and no outlet either.
func (c *counted) vague(t *tracer, set string) bool {
	for _, e := range c.members[set] {
		if e.named || e.own && t.world.Documents[t.top(e.it.Document)].Outlet != "" {
			return false
		}
	}
	return true
}

// mayDepend reports whether the documents of two statements, of which one at least names nobody, may
// depend on one another.
func mayDepend(t *tracer, a, b *end) bool {
	one, two := a.it.Document, b.it.Document
	return (!a.named || !b.named) && (t.doubt[pair(one, two)] || one != two && t.family.of(one) == t.family.of(two))
}

// retells reports whether a text that holds something in its own words may have it from somebody who is
// said to have said it in another that was out as early.
func retells(a, b *end) bool {
	return a.it.Narrated && !b.it.Narrated && !before(a.it.Published, b.it.Published)
}

// mayBeOne reports whether two names may stand for one speaker.
func mayBeOne(a, b *end) bool {
	x, y := &a.it.Source, &b.it.Source
	if x.Form != Named || y.Form != Named {
		return false
	}
	return x.Key.agrees(&y.Key) || a.it.Language != b.it.Language && isBody(x) && isBody(y)
}

// isBody reports whether a source is an institution, whose name changes with the language.
func isBody(s *Source) bool {
	return s.Type != hearsay.Person && s.Type != hearsay.Place
}

// most is how many origins there are if nothing uncertain holds.
func (c *counted) most() int { return len(c.members) }

// least is how many are left if all that is uncertain holds: the origins that uncertain links join
// are one, and of those that may each be another only such are counted as cannot be one of those
// counted before, the ones with the fewest doubts first.
func (c *counted) least() int {
	doubts := map[string]map[string]bool{}
	for set := range c.members {
		doubts[c.doubts.of(set)] = map[string]bool{}
	}
	for _, e := range c.either {
		x, y := c.doubts.of(c.sets.of(e[0])), c.doubts.of(c.sets.of(e[1]))
		if x != y {
			doubts[x][y], doubts[y][x] = true, true
		}
	}
	sets := sortedKeys(doubts)
	slices.SortStableFunc(sets, func(a, b string) int { return cmp.Compare(len(doubts[a]), len(doubts[b])) })
	n := 0
	taken := map[string]bool{}
	for _, s := range sets {
		if taken[s] {
			continue
		}
		n++
		for other := range doubts[s] {
			taken[other] = true
		}
	}
	return n
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
