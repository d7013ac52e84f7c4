package eval

import (
	"slices"
	"strings"

	"hearsay/internal/format"
)

// actors counts the spellings of each actor that were joined to one, and those who were joined with somebody else.
func (c *comparison) actors() {
	f := Figure{Name: "spellings joined"}
	for _, g := range c.gold.Actors {
		best, most := "", 0
		for _, a := range c.found.actors {
			if n := spellings(a, g.Names); n > most || n == most && n > 0 && a.ID < best {
				best, most = a.ID, n
			}
		}
		f.Wanted += len(g.Names)
		f.Found += most
		if most < len(g.Names) {
			c.note("actor in parts     %s: %d of %d spellings in one actor", g.Actor, most, len(g.Names))
		}
		for _, other := range g.Not {
			if a := c.found.actorByID[best]; a != nil && spellings(a, []string{other}) > 0 {
				f.Extra++
				c.note("joined wrongly     %s with %s", g.Actor, other)
			}
		}
	}
	c.report.Figures = append(c.report.Figures, f)
}

// spellings counts the names of a list that an actor goes by, alone or with more words around them.
func spellings(a *format.Actor, names []string) int {
	n := 0
	for _, name := range names {
		if strings.Contains(a.Name, name) || slices.ContainsFunc(a.Names, func(x format.Name) bool { return strings.Contains(x.Form, name) }) {
			n++
		}
	}
	return n
}

// links compares which document depends on which.
func (c *comparison) links() {
	f := Figure{Name: "links"}
	used := make([]bool, len(c.found.links))
	for _, g := range c.gold.Links {
		hit := false
		for i, l := range c.found.links {
			if c.sameLink(g, l) {
				used[i], hit = true, true
			}
		}
		if g.Optional {
			continue
		}
		f.Wanted++
		if hit {
			f.Found++
		} else {
			c.note("missing link       %s -%s-> %s%s (%s)", g.From, g.Kind, g.To, external(g.External), g.Why)
		}
	}
	for i, l := range c.found.links {
		if !used[i] {
			f.Extra++
			to, outside := c.target(l)
			c.note("extra link         %s -%s-> %s%s", c.found.names[l.From], l.Kind, to, external(outside))
		}
	}
	c.report.Figures = append(c.report.Figures, f)
}

func external(name string) string {
	if name == "" {
		return ""
	}
	return "“" + name + "”"
}

// target is what a link leads to: a document of the corpus, or a name.
func (c *comparison) target(l *format.Link) (document, outside string) {
	switch to := l.To.(type) {
	case string:
		return c.found.names[to], ""
	case format.External:
		return "", to.External
	case map[string]any:
		outside, _ = to["external"].(string)
	}
	return "", outside
}

func (c *comparison) sameLink(g Link, l *format.Link) bool {
	from := c.found.names[l.From]
	to, outside := c.target(l)
	if g.Kind != l.Kind {
		return false
	}
	if outside != "" {
		return from == g.From && g.External != "" && (strings.Contains(outside, g.External) || strings.Contains(g.External, outside))
	}
	if from == g.From && to == g.To {
		return true
	}
	return (l.DirectionBy == "unknown" || g.Optional) && from == g.To && to == g.From
}

// claims compares which statements say the same, pair by pair, and how many origins are counted.
func (c *comparison) claims() {
	pairs, origins := Figure{Name: "statements in one claim"}, Figure{Name: "origins of claims"}
	claimOf := map[string]*format.Claim{}
	for _, claim := range c.found.claims {
		for _, s := range claim.Statements {
			claimOf[s] = claim
		}
	}
	inGold := map[*placed]int{}
	for i, g := range c.gold.Claims {
		members := c.members(g.Statements)
		for _, p := range members {
			if p != nil {
				inGold[p] = i + 1
			}
		}
		joined := map[*format.Claim]int{}
		var best *format.Claim
		for _, p := range members {
			if p == nil || p.match == nil || claimOf[p.match.ID] == nil {
				continue
			}
			claim := claimOf[p.match.ID]
			pairs.Found += joined[claim]
			if joined[claim]++; best == nil || joined[claim] > joined[best] {
				best = claim
			}
		}
		pairs.Wanted += len(members) * (len(members) - 1) / 2
		origins.Wanted++
		switch {
		case best == nil || joined[best] < 2:
			c.note("missing claim      %s: none of %d statements joined", g.Claim, len(members))
			continue
		case joined[best] < len(members):
			c.note("claim in parts     %s: %d of %d statements joined", g.Claim, joined[best], len(members))
		}
		if best.AtLeast == g.AtLeast && best.AtMost == g.AtMost {
			origins.Found++
		} else {
			origins.Extra++
			c.note("wrong origins      %s: %d to %d instead of %d to %d", g.Claim, best.AtLeast, best.AtMost, g.AtLeast, g.AtMost)
		}
	}
	pairs.Extra = c.wrongPairs(inGold, claimOf)
	c.report.Figures = append(c.report.Figures, pairs, origins)
}

// wrongPairs counts the statements of different claims that the program took for one. Pairs of which the gold
// says nothing do not count.
func (c *comparison) wrongPairs(inGold map[*placed]int, claimOf map[string]*format.Claim) int {
	n := 0
	for i, a := range c.placed {
		for _, b := range c.placed[i+1:] {
			if inGold[a]+inGold[b] == 0 || inGold[a] == inGold[b] || a.match == nil || b.match == nil || a.Optional || b.Optional {
				continue
			}
			if claim := claimOf[a.match.ID]; claim != nil && claim == claimOf[b.match.ID] && !slices.Contains(claim.Denials, a.match.ID) && !slices.Contains(claim.Denials, b.match.ID) {
				n++
				c.note("claims confused    %s: %s and %s: %s", a.Document, a, b.Document, b)
			}
		}
	}
	return n
}

// members finds the statements of the gold that begin as the places say; nil where the gold has none.
func (c *comparison) members(places []Place) []*placed {
	out := make([]*placed, len(places))
	for i, at := range places {
		out[i] = c.statementAt(at)
	}
	return out
}

func (c *comparison) statementAt(at Place) *placed {
	var best *placed
	for _, p := range c.placed {
		if p.Document != at[0] || !strings.HasPrefix(p.Content[0], at[1]) || p.Optional {
			continue
		}
		if best == nil || best.match == nil || best.Headline && p.match != nil {
			best = p
		}
	}
	return best
}

// conflicts compares what does not go together.
func (c *comparison) conflicts() {
	f := Figure{Name: "conflicts"}
	used := make([]bool, len(c.found.conflicts))
	for _, g := range c.gold.Conflicts {
		hit := false
		for i, have := range c.found.conflicts {
			if (have.Kind == g.Kind || g.Kind == "none") && c.sameConflict(g, have) {
				hit = true
				used[i] = g.Kind != "none"
			}
		}
		switch {
		case g.Kind == "none" && hit:
			c.note("no conflict        %s", g.Why)
		case g.Kind == "none" || g.Optional:
		case hit:
			f.Wanted++
			f.Found++
		default:
			f.Wanted++
			c.note("missing conflict   %s: %s", g.Kind, g.Why)
		}
	}
	for i, have := range c.found.conflicts {
		if !used[i] {
			f.Extra++
			c.note("extra conflict     %s: %s", have.Kind, have.Why)
		}
	}
	c.report.Figures = append(c.report.Figures, f)
}

// sameConflict reports whether the ends of a conflict are those of the gold, or say the same as they.
func (c *comparison) sameConflict(g Conflict, have *format.Conflict) bool {
	for _, end := range g.Between {
		if !slices.ContainsFunc(have.Between, func(id string) bool { return c.sameEnd(end, id) }) {
			return false
		}
	}
	return true
}

func (c *comparison) sameEnd(end Place, id string) bool {
	if c.found.names[id] != "" {
		return c.found.names[id] == end[0]
	}
	if s := c.found.byID[id]; s != nil {
		return c.contentAt(end, s) || slices.ContainsFunc(c.gold.Claims, func(g Claim) bool {
			return slices.Contains(g.Statements, end) && slices.ContainsFunc(g.Statements, func(other Place) bool { return c.contentAt(other, s) })
		})
	}
	if figure := c.found.figures[id]; figure != nil {
		return c.holds(end, figure.Document, []format.Span{figure.Span})
	}
	return false
}

func (c *comparison) contentAt(at Place, s *format.Statement) bool {
	return c.holds(at, s.Document, s.Content)
}

// holds reports whether a quotation stands where the spans of a document are.
func (c *comparison) holds(at Place, document string, spans []format.Span) bool {
	doc := c.found.docs[at[0]]
	if doc == nil || doc.ID != document {
		return false
	}
	return overlap(occurrences([]rune(doc.Text), at[1]), spansOf(spans)) > 0
}
