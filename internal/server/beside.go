package server

import (
	"cmp"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/store"
)

// beside is a text next to another with the passages that answer one another on one line.
type beside struct {
	Other store.DocumentRow
	Link  linkLine
	Rows  []besideRow
}

type besideRow struct {
	Left, Right string
	Aligned     bool
}

// beside sets a document next to one that it is linked with.
func (s *Server) beside(doc *hearsay.Document, other string, links []linkLine) (*beside, error) {
	i := slices.IndexFunc(links, func(l linkLine) bool { return l.Other.ID == other })
	if i < 0 {
		return nil, refuse("No passage that these two documents share was found.")
	}
	a, err := s.st.Analysis(other)
	if err != nil {
		return nil, err
	}
	b := &beside{Other: links[i].Other, Link: links[i]}
	b.Rows = align(doc.Text, a.Document.Text, passages(links[i], doc.Text, a.Document.Text))
	return b, nil
}

// passage is a stretch of the left text and the one that answers it.
type passage struct{ left, right hearsay.Span }

// passages are the aligned stretches in the order of both texts; those that cross are left out.
func passages(l linkLine, left, right string) []passage {
	lo, ro := format.NewOffsets(left), format.NewOffsets(right)
	var all []passage
	for _, e := range l.Evidence {
		here, there := e.From, e.To
		if !l.Forward {
			here, there = e.To, e.From
		}
		if here == nil || there == nil {
			continue
		}
		all = append(all, passage{
			hearsay.Span{Start: lo.Byte(here.Start), End: lo.Byte(here.End)},
			hearsay.Span{Start: ro.Byte(there.Start), End: ro.Byte(there.End)},
		})
	}
	slices.SortFunc(all, func(a, b passage) int {
		return cmp.Or(cmp.Compare(a.left.Start, b.left.Start), cmp.Compare(a.right.Start, b.right.Start))
	})
	var out []passage
	for _, p := range all {
		if n := len(out); n == 0 || p.left.Start >= out[n-1].left.End && p.right.Start >= out[n-1].right.End {
			out = append(out, p)
		}
	}
	return out
}

// align sets the aligned passages on lines of their own and what stands between them next to one another.
func align(left, right string, pairs []passage) []besideRow {
	var out []besideRow
	l, r := 0, 0
	between := func(l2, r2 int) {
		a, b := strings.TrimSpace(left[l:l2]), strings.TrimSpace(right[r:r2])
		if a != "" || b != "" {
			out = append(out, besideRow{Left: a, Right: b})
		}
	}
	for _, p := range pairs {
		between(p.left.Start, p.right.Start)
		out = append(out, besideRow{p.left.In(left), p.right.In(right), true})
		l, r = p.left.End, p.right.End
	}
	between(len(left), len(right))
	return out
}
