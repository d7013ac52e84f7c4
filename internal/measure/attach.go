package measure

import (
	"sort"

	"hearsay"
)

// attach ties figures and times to the innermost statement whose content holds them.
func attach(a *hearsay.Analysis) {
	contents := contentsOf(a)
	at := 0
	var open []content
	innermost := func(s hearsay.Span) int {
		for at < len(contents) && contents[at].Start <= s.Start {
			open = append(open, contents[at])
			at++
		}
		kept := open[:0]
		best := content{statement: -1}
		for _, c := range open {
			if c.End <= s.Start {
				continue
			}
			kept = append(kept, c)
			if c.Contains(s) && best.before(c) {
				best = c
			}
		}
		open = kept
		return best.statement
	}
	marks := make([]mark, 0, len(a.Figures)+len(a.Times))
	for i := range a.Figures {
		marks = append(marks, mark{a.Figures[i].Span, &a.Figures[i].Statement})
	}
	for i := range a.Times {
		marks = append(marks, mark{a.Times[i].Span, &a.Times[i].Statement})
	}
	sort.SliceStable(marks, func(i, j int) bool { return marks[i].Start < marks[j].Start })
	for _, m := range marks {
		*m.statement = innermost(m.Span)
	}
}

// mark is a figure or time and where its statement is noted.
type mark struct {
	hearsay.Span
	statement *int
}

// content is one piece of a statement's content.
type content struct {
	hearsay.Span
	statement, depth int
}

// before reports whether d lies further inside than c: it is nested deeper, or as deep and shorter.
func (c content) before(d content) bool {
	switch {
	case c.statement < 0:
		return true
	case c.depth != d.depth:
		return d.depth > c.depth
	}
	return d.Len() < c.Len()
}

func contentsOf(a *hearsay.Analysis) []content {
	var all []content
	for i, s := range a.Statements {
		depth := 0
		for h := s.Holder; h >= 0 && h < len(a.Statements) && depth < 20; h = a.Statements[h].Holder {
			depth++
		}
		for _, span := range s.Content {
			all = append(all, content{span, i, depth})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Start < all[j].Start })
	return all
}
