package server

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"hearsay/internal/store"
)

// Measures of the picture of a chain, in pixels.
const (
	nodeWidth  = 200
	nodeHeight = 54
	columnGap  = 64
	rowGap     = 18
	headSpace  = 26
	edgePad    = 8
)

// picture draws a chain with time from left to right. Kinds of link are told apart by the form of
// their line: a report is plain, a copy double, a translation waved, a citation thin with an open
// head, a republication heavy. What is uncertain is dashed.
func (b *chainBuilder) picture(docs []store.DocumentRow) template.HTML {
	columns, rows := 0, 0
	for _, n := range b.Nodes {
		columns, rows = max(columns, n.Column+1), max(rows, n.Row+1)
	}
	width := columns*(nodeWidth+columnGap) - columnGap + 2*edgePad
	height := rows*(nodeHeight+rowGap) - rowGap + headSpace + 2*edgePad
	var o strings.Builder
	fmt.Fprintf(&o, `<svg class="chain" width="%d" height="%d" viewBox="0 0 %d %d" role="group" aria-label="How the claim travelled: %s, %s, %s. The list below says the same.">`,
		width, height, width, height, count(len(b.Nodes)-len(b.docs), "origin"), count(len(b.docs), "document"), count(len(b.Edges), "link"))
	o.WriteString(`<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker>` +
		`<marker id="open" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path class="openhead" d="M1 1 9 5 1 9"/></marker></defs>`)
	b.heads(&o, docs)
	for _, e := range b.Edges {
		b.line(&o, e)
	}
	for _, n := range b.Nodes {
		box(&o, n)
	}
	o.WriteString("</svg>")
	return template.HTML(o.String())
}

func left(column int) int { return edgePad + column*(nodeWidth+columnGap) }
func top(row int) int     { return edgePad + headSpace + row*(nodeHeight+rowGap) }

// heads writes the day over the first column that belongs to it.
func (b *chainBuilder) heads(o *strings.Builder, docs []store.DocumentRow) {
	head := func(column int, text string) {
		fmt.Fprintf(o, `<text class="when" x="%d" y="%d">%s</text>`, left(column), edgePad+10, template.HTMLEscapeString(text))
	}
	if len(b.Nodes) > len(b.docs) {
		head(0, "origins")
	}
	first := map[string]int{}
	for _, d := range docs {
		column := b.Nodes[b.docs[d.ID]].Column
		if c, ok := first[dayOf(d)]; !ok || column < c {
			first[dayOf(d)] = column
		}
	}
	taken := map[int]bool{}
	for _, d := range docs {
		x := dayOf(d)
		if c, ok := first[x]; ok && !taken[c] {
			taken[c] = true
			head(c, day(x))
		}
	}
}

func box(o *strings.Builder, n node) {
	class, radius := "doc", 2
	if n.Origin {
		class, radius = "origin", nodeHeight/2
	}
	if n.Nameless {
		class += " nameless"
	}
	if n.Denies {
		class += " denies"
	}
	x, y := left(n.Column), top(n.Row)
	inset := 12
	if n.Origin {
		inset = 20
	}
	fmt.Fprintf(o, `<a href="%s"><g class="%s"><title>%s: %s</title><rect x="%d" y="%d" width="%d" height="%d" rx="%d"/>`,
		template.HTMLEscapeString(n.To), class, template.HTMLEscapeString(n.Label), template.HTMLEscapeString(n.Detail), x, y, nodeWidth, nodeHeight, radius)
	letters := (nodeWidth - 2*inset) / 8
	label := n.Label
	if n.Denies {
		label = "✗ " + label
	}
	fmt.Fprintf(o, `<text class="name" x="%d" y="%d">%s</text><text class="detail" x="%d" y="%d">%s</text></g></a>`,
		x+inset, y+23, template.HTMLEscapeString(cut(letters, label)), x+inset, y+41, template.HTMLEscapeString(cut(letters+3, n.Detail)))
}

type point struct{ x, y float64 }

// line draws a link from the right side of one box to the left side of another.
func (b *chainBuilder) line(o *strings.Builder, e edge) {
	from, to := b.Nodes[e.From], b.Nodes[e.To]
	p := point{float64(left(from.Column) + nodeWidth), float64(top(from.Row) + nodeHeight/2)}
	q := point{float64(left(to.Column)) - 1, float64(top(to.Row) + nodeHeight/2)}
	if q.x <= p.x { // same column, or backwards: from below into the top
		p = point{float64(left(from.Column) + nodeWidth/2), float64(top(from.Row) + nodeHeight)}
		q = point{float64(left(to.Column) + nodeWidth/2), float64(top(to.Row)) - 1}
	}
	wave := e.Kind == "translation"
	gap, long := point{p.x + columnGap - 4, q.y}, q.x > p.x+columnGap+nodeWidth
	var curve []point
	if long { // along the row of its end, where the way is kept free
		curve = append(bezier(p, gap, wave), level(gap, q, wave)...)
	} else {
		curve = bezier(p, q, wave)
	}
	class := "link " + e.Kind
	if e.Uncertain {
		class += " uncertain"
	}
	fmt.Fprintf(o, `<g class="%s"><title>%s</title>`, class, template.HTMLEscapeString(to.Label+" "+linkName(e.Kind)+" "+from.Label))
	head := ` marker-end="url(#head)"`
	if e.Unsure {
		head = ""
	}
	switch e.Kind {
	case "copy":
		fmt.Fprintf(o, `<path d="%s"/><path d="%s"/>`, trace(shift(curve, 2.2, 0)), trace(shift(curve, -2.2, 0)))
		fmt.Fprintf(o, `<path class="tip" d="%s"%s/>`, trace(curve[len(curve)-2:]), head)
	case "translation":
		fmt.Fprintf(o, `<path d="%s"%s/>`, trace(shift(curve, 3, 9)), head)
	case "cites":
		fmt.Fprintf(o, `<path d="%s" marker-end="url(#open)"/>`, trace(curve))
	default:
		fmt.Fprintf(o, `<path d="%s"%s/>`, trace(curve), head)
	}
	o.WriteString("</g>")
}

// step is the distance in pixels between the points by which a wave is drawn.
const step = 1.5

// bezier samples a curve that leaves and arrives level.
func bezier(p, q point, wave bool) []point {
	bend := math.Max(30, math.Abs(q.x-p.x)/2)
	c1, c2 := point{p.x + bend, p.y}, point{q.x - bend, q.y}
	if q.x-p.x < columnGap/2 {
		c1, c2 = point{p.x, p.y + 12}, point{q.x, q.y - 12}
	}
	n := 20
	if wave {
		n = int(math.Hypot(q.x-p.x, q.y-p.y)/step) + 4
	}
	out := make([]point, n+1)
	for i := range out {
		t := float64(i) / float64(n)
		u := 1 - t
		out[i] = point{
			u*u*u*p.x + 3*u*u*t*c1.x + 3*u*t*t*c2.x + t*t*t*q.x,
			u*u*u*p.y + 3*u*u*t*c1.y + 3*u*t*t*c2.y + t*t*t*q.y,
		}
	}
	return out
}

// level samples a straight line without its first point.
func level(p, q point, wave bool) []point {
	n := 2
	if wave {
		n = int(math.Hypot(q.x-p.x, q.y-p.y)/step) + 1
	}
	out := make([]point, n)
	for i := range out {
		t := float64(i+1) / float64(n)
		out[i] = point{p.x + t*(q.x-p.x), p.y + t*(q.y-p.y)}
	}
	return out
}

// shift moves a curve sideways, by a fixed measure or, with a wavelength, in waves that end level.
func shift(curve []point, by, wavelength float64) []point {
	out := make([]point, len(curve))
	run := 0.0
	for i, p := range curve {
		a, b := curve[max(i-1, 0)], curve[min(i+1, len(curve)-1)]
		dx, dy := b.x-a.x, b.y-a.y
		length := math.Hypot(dx, dy)
		if i > 0 {
			run += math.Hypot(p.x-curve[i-1].x, p.y-curve[i-1].y)
		}
		d := by
		if wavelength > 0 {
			d = by * math.Sin(run*2*math.Pi/wavelength)
			if i > len(curve)-8 {
				d = 0
			}
		}
		if length == 0 {
			length = 1
		}
		out[i] = point{p.x - dy/length*d, p.y + dx/length*d}
	}
	return out
}

func trace(points []point) string {
	var b strings.Builder
	for i, p := range points {
		letter := byte('L')
		if i == 0 {
			letter = 'M'
		}
		fmt.Fprintf(&b, "%c%.1f %.1f", letter, p.x, p.y)
	}
	return b.String()
}
