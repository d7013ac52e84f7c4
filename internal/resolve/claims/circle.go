package claims

import (
	"slices"
	"strings"

	"hearsay"
)

// citedBy gives the keys of the outlets from which a statement is said to come.
func (b *builder) citedBy(it *Item) []string {
	var out []string
	add := func(name string) {
		if key := outletKey(name); name != "" && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	for _, v := range b.vias(it) {
		add(v)
	}
	for _, s := range append([]Source{it.Source}, it.Holders...) {
		if s.Form == Named && b.isOutlet(s.Name) {
			add(s.Name)
		}
	}
	for _, name := range b.outside[it.Document] {
		add(name)
	}
	return out
}

// circles finds documents of a claim that rest on one another: each is said to come from the next
// one's outlet, or depends on it by a link, and the last leads back to the first.
func (b *builder) circles() []hearsay.Conflict {
	next := map[string][]string{}
	for _, id := range b.ids {
		it := b.world.Items[id]
		for _, outlet := range b.citedBy(it) {
			for _, doc := range b.outlets[outlet] {
				if doc != it.Document && b.tells[doc] != nil && outletKey(b.world.Documents[it.Document].Outlet) != outlet {
					next[it.Document] = distinct(next[it.Document], doc)
				}
			}
		}
	}
	for _, doc := range b.documents() {
		if l, ok := b.up[doc]; ok && b.tells[l.To] != nil {
			next[doc] = append(next[doc], l.To)
		}
	}
	var out []hearsay.Conflict
	for _, ring := range rings(next) {
		out = append(out, b.circle(ring))
	}
	return out
}

func (b *builder) circle(ring []string) hearsay.Conflict {
	var names []string
	since := ""
	for _, doc := range ring {
		d := b.world.Documents[doc]
		names = append(names, firstOf(d.Outlet, d.Title, doc))
		since = max(since, d.Published[:min(len(d.Published), 10)])
	}
	return hearsay.Conflict{
		Kind: hearsay.Circular, Between: ring, Since: since,
		Why: "These documents rest on one another for it, so that none confirms the other: " + strings.Join(append(names, names[0]), " → ") + ".",
	}
}

// rings finds the sets of nodes that can all reach one another, each as a shortest way around from
// its least node.
func rings(next map[string][]string) [][]string {
	var out [][]string
	done := map[string]bool{}
	for _, from := range sortedKeys(next) {
		if done[from] {
			continue
		}
		if ring := around(next, from); ring != nil {
			for _, doc := range ring {
				done[doc] = true
			}
			out = append(out, ring)
		}
	}
	return out
}

// around is the shortest way from a node back to itself, nil for none.
func around(next map[string][]string, from string) []string {
	type step struct {
		at   string
		path []string
	}
	seen := map[string]bool{}
	queue := []step{{from, []string{from}}}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		to := slices.Clone(next[s.at])
		slices.Sort(to)
		for _, doc := range slices.Compact(to) {
			if doc == from {
				return s.path
			}
			if !seen[doc] {
				seen[doc] = true
				queue = append(queue, step{doc, append(slices.Clone(s.path), doc)})
			}
		}
	}
	return nil
}
