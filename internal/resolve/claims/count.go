package claims

import (
	"cmp"
	"slices"
	"strings"

	"hearsay"
)

// counted is the origins of some statements of a claim and how many there are.
type counted struct {
	ends    []*end
	kinds   []*end             // those of the ends that differ in what counting asks, the first of each
	sets    *groups            // of keys
	members map[string][]*end  // by set
	vague   map[string]bool    // sets at whose ends nobody is named, which may each be any other
	doubts  *groups            // of sets that uncertain links join
	either  map[[2]string]bool // keys that may be one: a name that fits two persons is one of them, not both
}

// count groups the ends of some statements.
func (t *tracer) count(items []*Item) *counted {
	c := &counted{sets: newGroups(), members: map[string][]*end{}, vague: map[string]bool{}, doubts: newGroups(), either: map[[2]string]bool{}}
	byStatement := map[string]*end{}
	for _, it := range items {
		e := t.end(it)
		c.ends = append(c.ends, e)
		byStatement[it.Statement] = e
	}
	asides := besideSources(c.ends)
	c.kinds = distinctEnds(c.ends)
	c.joinNames()
	c.joinPassages(t, byStatement)
	c.joinCited(t)
	c.joinBeside(asides)
	for _, e := range c.ends {
		set := c.sets.of(e.key)
		c.members[set] = append(c.members[set], e)
	}
	c.doubt(t)
	return c
}

// distinctEnds keeps the first of the ends that are alike in all that counting asks: a claim may be told by one
// speaker in very many statements.
func distinctEnds(ends []*end) []*end {
	type kind struct {
		key, document, language, cited string
		source, surname                string
		form                           Form
		narrated, named                bool
	}
	var out []*end
	seen := map[kind]bool{}
	for _, e := range ends {
		s := &e.it.Source
		k := kind{e.key, e.it.Document, e.it.Language, e.cited, string(s.Type) + s.Key.String(), e.surname.String(), s.Form, e.it.Narrated, e.named}
		if !seen[k] {
			seen[k] = true
			out = append(out, e)
		}
	}
	return out
}

// String is the same for names that are alike in all that comparing them asks.
func (n *Name) String() string {
	return string(n.Type) + "\x00" + strings.Join(n.Keys, "\x00") + "\x01" + strings.Join(n.Full, "\x00")
}

// joinNames joins speakers whom no actor tells apart by their names in full, and institutions whose names two
// languages translate by what both keep of them, as an acronym.
func (c *counted) joinNames() {
	bodies := map[string][]*end{} // by a key of their names
	full := map[[3]string]string{}
	for _, e := range c.kinds {
		if e.named && e.it.Source.Type == hearsay.Organization {
			for _, k := range e.it.Source.Key.Keys {
				bodies[k] = append(bodies[k], e)
			}
		}
		for _, k := range e.surname.inFull() {
			if first, ok := full[k]; ok {
				c.sets.join(first, e.key)
			} else {
				full[k] = e.key
			}
		}
	}
	for _, k := range sortedKeys(bodies) {
		of := bodies[k]
		if slices.ContainsFunc(of, func(e *end) bool { return e.it.Language != of[0].it.Language }) {
			for _, e := range of {
				c.sets.join(of[0].key, e.key)
			}
		}
	}
}

// inFull are the keys that two names of more than one word share exactly where they agree: the word that tells
// most with two of all words, under each reading.
func (n *Name) inFull() [][3]string {
	var out [][3]string
	for i := range n.Full {
		for _, w := range n.Full[:i] {
			for _, x := range strings.Split(n.Full[i], "|") {
				for _, y := range strings.Split(w, "|") {
					for _, k := range n.Keys {
						out = append(out, [3]string{k, min(x, y), max(x, y)})
					}
				}
			}
		}
	}
	return out
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
		} else if p.Sure && (!a.named || !b.named) && a.aside == b.aside {
			rest = append(rest, [2]*end{a, b})
		}
	}
	named := map[string]bool{} // sets with a named source
	for _, e := range c.kinds {
		if e.named {
			named[c.sets.of(e.key)] = true
		}
	}
	for _, r := range rest {
		x, y := c.sets.of(r[0].key), c.sets.of(r[1].key)
		if named[x] && named[y] && x != y {
			c.either[pair(r[0].key, r[1].key)] = true
			continue
		}
		c.sets.join(x, y)
		named[c.sets.of(x)] = named[x] || named[y]
	}
}

// joinCited gives a statement that rests on an outlet the origin of what that outlet tells, where
// its documents are in the dossier and tell it from one origin.
func (c *counted) joinCited(t *tracer) {
	in := map[string][]*end{} // by document
	for _, e := range c.kinds {
		in[e.it.Document] = append(in[e.it.Document], e)
	}
	for _, e := range c.kinds {
		if e.cited == "" {
			continue
		}
		sets := map[string]bool{}
		for _, doc := range t.outlets[e.cited] {
			if doc == e.it.Document {
				continue
			}
			for _, o := range in[doc] {
				sets[c.sets.of(o.key)] = true
			}
		}
		delete(sets, c.sets.of(e.key))
		if len(sets) == 1 {
			c.sets.join(e.key, sortedKeys(sets)[0])
			continue
		}
		for k := range sets {
			c.either[pair(e.key, k)] = true
		}
	}
}

// besideSources gives the own words of a text that names elsewhere who says the same, as under a headline, a key
// of their own: they are no second origin. The ends beside which they stand come with each key.
func besideSources(ends []*end) map[string][]*end {
	sources := map[string][]*end{}
	for _, e := range ends {
		if e.it.Source.Form != Own {
			sources[e.it.Document] = append(sources[e.it.Document], e)
		}
	}
	beside := map[string][]*end{}
	for _, e := range ends {
		if of := sources[e.it.Document]; e.it.Source.Form == Own && len(of) > 0 {
			e.key, e.aside = "w:"+e.it.Document, true
			beside[e.key] = of
		}
	}
	return beside
}

// joinBeside counts such words with one of those beside which they stand, whichever it is: they come from one of them.
func (c *counted) joinBeside(beside map[string][]*end) {
	for _, key := range sortedKeys(beside) {
		sets := map[string]bool{}
		for _, e := range beside[key] {
			sets[c.sets.of(e.key)] = true
		}
		if !sets[c.sets.of(key)] {
			c.sets.join(key, sortedKeys(sets)[0])
		}
	}
}

// doubt joins the origins that may depend on one another: a source without a name may be any other,
// a text whose outlet is unknown is no proof, an uncertain link may be one.
func (c *counted) doubt(t *tracer) {
	for set, ends := range c.members {
		c.vague[set] = !slices.ContainsFunc(ends, func(e *end) bool {
			return e.named || e.own && t.world.Documents[t.top(e.it.Document)].Outlet != ""
		})
	}
	c.kinds = slices.DeleteFunc(c.kinds, func(e *end) bool { return e.aside })
	c.doubtDocuments(t)
	c.doubtNames()
	c.doubtRetold()
}

// doubtDocuments doubts that statements of which one at least names nobody are apart where their documents
// may depend on one another.
func (c *counted) doubtDocuments(t *tracer) {
	in, families := map[string][]*end{}, map[string][]*end{}
	for _, e := range c.kinds {
		in[e.it.Document] = append(in[e.it.Document], e)
		family := t.family.of(e.it.Document)
		families[family] = append(families[family], e)
	}
	for p := range t.doubt {
		c.doubtApart(slices.Concat(in[p[0]], in[p[1]]))
	}
	for _, ends := range families {
		c.doubtApart(ends)
	}
}

// doubtApart doubts each two ends of two documents of which one at least names nobody. Those without a name in
// more than one document are all one then, so that one of them stands for all.
func (c *counted) doubtApart(ends []*end) {
	var nameless []*end
	for _, e := range ends {
		if !e.named {
			nameless = append(nameless, e)
		}
	}
	several := slices.ContainsFunc(nameless, func(e *end) bool { return e.it.Document != nameless[0].it.Document })
	if several {
		for _, e := range nameless {
			c.doubts.join(c.sets.of(nameless[0].key), c.sets.of(e.key))
		}
		nameless = nameless[:1]
	}
	for _, a := range ends {
		for _, b := range nameless {
			if a.named && (several || a.it.Document != b.it.Document) {
				c.either[pair(a.key, b.key)] = true
			}
		}
	}
}

// doubtNames doubts that names which agree are two speakers, and that institutions are which two languages name.
func (c *counted) doubtNames() {
	alone, full := map[string][]*end{}, map[[3]string][]*end{} // names of one word by it, others by what agrees
	withKey := map[string][]*end{}
	bodies := map[string]map[string]bool{} // keys by language
	for _, e := range c.kinds {
		s := &e.it.Source
		if s.Form != Named {
			continue
		}
		if isBody(s) {
			if bodies[e.it.Language] == nil {
				bodies[e.it.Language] = map[string]bool{}
			}
			bodies[e.it.Language][e.key] = true
		}
		for _, k := range s.Key.Keys {
			withKey[k] = append(withKey[k], e)
			if len(s.Key.Full) < 2 {
				alone[k] = append(alone[k], e)
			}
		}
		for _, k := range s.Key.inFull() {
			full[k] = append(full[k], e)
		}
	}
	for k, ends := range alone {
		c.eitherOf(ends, withKey[k])
	}
	for _, ends := range full {
		c.eitherOf(ends, ends)
	}
	for one, some := range bodies {
		for two, others := range bodies {
			if one < two {
				for a := range some {
					for b := range others {
						c.either[pair(a, b)] = true
					}
				}
			}
		}
	}
}

func (c *counted) eitherOf(some, others []*end) {
	one, two := keysOf(some), keysOf(others)
	for _, a := range one {
		for _, b := range two {
			if a != b {
				c.either[pair(a, b)] = true
			}
		}
	}
}

// doubtRetold doubts that a text which holds something in its own words has it from nobody who is said to have
// said it in another that was out as early.
func (c *counted) doubtRetold() {
	type telling struct {
		key, published string
		own            bool
	}
	var own, said []telling
	seen := map[telling]bool{}
	for _, e := range c.kinds {
		t := telling{e.key, e.it.Published, e.it.Narrated}
		if seen[t] {
			continue
		}
		seen[t] = true
		if t.own {
			own = append(own, t)
		} else {
			said = append(said, t)
		}
	}
	for _, a := range own {
		for _, b := range said {
			if !before(a.published, b.published) {
				c.either[pair(a.key, b.key)] = true
			}
		}
	}
}

func keysOf(ends []*end) []string {
	keys := map[string]bool{}
	for _, e := range ends {
		keys[e.key] = true
	}
	return sortedKeys(keys)
}

// most is how many origins there are if nothing uncertain holds.
func (c *counted) most() int { return len(c.members) }

// least is how many are left if all that is uncertain holds: the origins that uncertain links join
// are one, and of those that may each be another only such are counted as cannot be one of those
// counted before, the ones with the fewest doubts first.
func (c *counted) least() int {
	doubts, vague := map[string]map[string]bool{}, map[string]bool{}
	for set := range c.members {
		of := c.doubts.of(set)
		doubts[of] = map[string]bool{}
		vague[of] = vague[of] || c.vague[set]
	}
	for e := range c.either {
		x, y := c.doubts.of(c.sets.of(e[0])), c.doubts.of(c.sets.of(e[1]))
		if x != y && !vague[x] && !vague[y] {
			doubts[x][y], doubts[y][x] = true, true
		}
	}
	sets := slices.DeleteFunc(sortedKeys(doubts), func(s string) bool { return vague[s] })
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
	return max(n, min(1, len(c.members)))
}
