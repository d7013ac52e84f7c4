package eval

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"hearsay/internal/format"
)

// sameContent is how much two contents must share to be the same (Dice), as in the scoring of attributions.
const sameContent = 0.5

// statements finds for each statement of the gold the one of the program, and compares the two.
func (c *comparison) statements() error {
	all, who, speaker, manner, nested := Figure{Name: "statements"}, Figure{Name: "who said what"}, Figure{Name: "speakers"}, Figure{Name: "manner"}, Figure{Name: "nesting"}
	languages := map[string]*Figure{}
	for _, d := range c.gold.Documents {
		doc := c.found.docs[d.Document]
		if doc == nil {
			continue
		}
		here, err := c.place(d.Document, doc)
		if err != nil {
			return err
		}
		c.placed = append(c.placed, here...)
		extra := match(here, c.found.byDoc[d.Document])
		lang := languages[d.Language]
		if lang == nil {
			lang = &Figure{Name: "statements in " + d.Language}
			languages[d.Language] = lang
		}
		for _, s := range extra {
			all.Extra++
			who.Extra++
			lang.Extra++
			c.note("extra statement    %s: %s", d.Document, marked(s))
		}
		for _, p := range here {
			if p.Optional {
				continue
			}
			all.Wanted++
			who.Wanted++
			lang.Wanted++
			if p.match == nil {
				c.note("missing statement  %s: %s", d.Document, p)
				continue
			}
			all.Found++
			lang.Found++
			if agree(p) {
				who.Found++
			} else {
				who.Extra++
				c.note("wrong source       %s: %s instead of %s", d.Document, marked(p.match), p)
			}
			c.speaker(&speaker, p)
			manner.Wanted++
			if p.match.Manner == p.Manner || p.match.Manner == "mixed" {
				manner.Found++
			}
		}
		c.nesting(&nested, here)
	}
	c.report.Figures = append(c.report.Figures, all, who, speaker, manner, nested)
	names := make([]string, 0, len(languages))
	for l := range languages {
		names = append(names, l)
	}
	sort.Strings(names)
	for _, l := range names {
		c.report.Figures = append(c.report.Figures, *languages[l])
	}
	return nil
}

func (c *comparison) place(name string, doc *format.Document) ([]*placed, error) {
	var out []*placed
	text := []rune(doc.Text)
	for i := range c.gold.Statements {
		if s := &c.gold.Statements[i]; s.Document == name {
			p, err := locate(text, s)
			if err != nil {
				return nil, err
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// match pairs the statements of a document, those that share most first, and returns what is left.
func match(gold []*placed, have []*format.Statement) []*format.Statement {
	type pair struct {
		g     *placed
		h     *format.Statement
		share float64
	}
	var pairs []pair
	for _, g := range gold {
		for _, h := range have {
			d := dice(g.content, spansOf(h.Content))
			if d < sameContent {
				continue
			}
			if overlap(g.cue, spansOf(h.Cue)) > 0 {
				d += 0.5
			}
			if overlap(g.source, spansOf(h.Source)) > 0 {
				d += 0.25
			}
			pairs = append(pairs, pair{g, h, d})
		}
	}
	sort.SliceStable(pairs, func(i, j int) bool { return pairs[i].share > pairs[j].share })
	taken := map[*format.Statement]bool{}
	for _, p := range pairs {
		if p.g.match == nil && !taken[p.h] {
			p.g.match = p.h
			taken[p.h] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(have), func(h *format.Statement) bool { return taken[h] })
}

// agree reports whether the sources meet, or both are empty.
func agree(p *placed) bool {
	have := spansOf(p.match.Source)
	if len(p.source) == 0 {
		return len(have) == 0
	}
	return overlap(p.source, have) > 0
}

// speaker compares who is meant, where the gold knows him as an actor.
func (c *comparison) speaker(f *Figure, p *placed) {
	i := slices.IndexFunc(c.gold.Actors, func(a Actor) bool { return a.Actor == p.Speaker })
	if i < 0 || p.Nameless {
		return
	}
	f.Wanted++
	actor := c.found.actorByID[p.match.Speaker]
	switch {
	case actor == nil:
		c.note("no speaker         %s: %s", p.Document, p)
	case !named(actor, &c.gold.Actors[i]):
		f.Extra++
		c.note("wrong speaker      %s: %s for %s", p.Document, actor.Name, p)
	default:
		f.Found++
	}
}

func named(a *format.Actor, g *Actor) bool { return spellings(a, g.Names) > 0 }

// nesting compares which statement stands in which.
func (c *comparison) nesting(f *Figure, here []*placed) {
	for _, p := range here {
		if p.Holder == "" || p.Optional || p.match == nil {
			continue
		}
		f.Wanted++
		i := slices.IndexFunc(here, func(h *placed) bool { return h.Content[0] == p.Holder && h.Holder == "" })
		if i >= 0 && here[i].match != nil && here[i].match.ID == p.match.Holder {
			f.Found++
		}
	}
}

// String shows a statement of the gold with its parts marked.
func (p *placed) String() string {
	return fmt.Sprintf("{%s} <%s> [%s]", strings.Join(p.Source, " … "), strings.Join(p.Cue, " … "), strings.Join(p.Content, " … "))
}

func marked(s *format.Statement) string {
	return fmt.Sprintf("{%s} <%s> [%s]", exact(s.Source), exact(s.Cue), exact(s.Content))
}

func exact(spans []format.Span) string {
	out := make([]string, len(spans))
	for i, s := range spans {
		out[i] = strings.Join(strings.Fields(s.Exact), " ")
	}
	return strings.Join(out, " … ")
}
