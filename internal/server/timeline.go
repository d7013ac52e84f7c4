package server

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"hearsay/internal/store"
)

// timeline shows how much was published when, a row for each language: documents above the line,
// statements below it.
type timeline struct {
	SVG       template.HTML
	From, To  string // as asked for
	Unit      string // "day", "week", "month", "year"
	Undated   int    // documents without a date
	Rows      []timelineRow
	Languages []string // of the rows of the picture
	Bars      string   // where a bar leads
	Brush     string   // where a stretch leads that was drawn
}

type timelineRow struct {
	Label, Language       string
	Documents, Statements int
}

const isoDay = "2006-01-02"

// timeline draws what was published between the dates in the address of the page.
func (s *Server) timeline(r *http.Request, bars, brush string) (timeline, error) {
	q := r.URL.Query()
	t := timeline{From: validDay(q.Get("from")), To: validDay(q.Get("to")), Bars: bars, Brush: brush}
	tallies, err := s.st.Tallies(t.From, t.To)
	if err != nil {
		return t, err
	}
	t.draw(tallies, q.Get("language"))
	return t, nil
}

func validDay(v string) string {
	if _, err := time.Parse(isoDay, v); err != nil {
		return ""
	}
	return v
}

func (t *timeline) draw(tallies []store.Tally, only string) {
	dated := make([]store.Tally, 0, len(tallies))
	for _, x := range tallies {
		if only != "" && x.Language != only {
			continue
		}
		if _, err := time.Parse(isoDay, x.Day); err != nil {
			t.Undated += x.Documents
			continue
		}
		dated = append(dated, x)
	}
	if len(dated) == 0 {
		return
	}
	a := newAxis(dated[0].Day, dated[len(dated)-1].Day)
	t.Unit = a.unit
	rows := map[string][]bin{}
	total := map[string]int{}
	for _, x := range dated {
		if rows[x.Language] == nil {
			rows[x.Language] = make([]bin, len(a.starts))
		}
		i := a.bin(x.Day)
		rows[x.Language][i].documents += x.Documents
		rows[x.Language][i].statements += x.Statements
		total[x.Language] += x.Documents
	}
	order := make([]string, 0, len(rows))
	for language := range rows {
		order = append(order, language)
	}
	slices.SortFunc(order, func(x, y string) int {
		if total[x] != total[y] {
			return total[y] - total[x]
		}
		return strings.Compare(x, y)
	})
	t.Languages = order
	t.table(a, order, rows)
	t.SVG = a.svg(order, rows, t.Bars)
}

func (t *timeline) table(a *axis, order []string, rows map[string][]bin) {
	for i := range a.starts {
		for _, language := range order {
			if b := rows[language][i]; b.documents > 0 {
				t.Rows = append(t.Rows, timelineRow{a.label(i), languageName(language), b.documents, b.statements})
			}
		}
	}
}

type bin struct{ documents, statements int }

// axis cuts a stretch of time into equal parts.
type axis struct {
	unit   string
	starts []time.Time // of each part
	end    time.Time   // of the last part, excluded
}

func newAxis(first, last string) *axis {
	from, _ := time.Parse(isoDay, first)
	to, _ := time.Parse(isoDay, last)
	a := &axis{unit: "day"}
	days := int(to.Sub(from).Hours() / 24)
	switch {
	case days > 365*12:
		a.unit, from = "year", time.Date(from.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	case days > 700:
		a.unit, from = "month", time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	case days > 100:
		a.unit, from = "week", from.AddDate(0, 0, -(int(from.Weekday())+6)%7)
	}
	for at := from; !at.After(to) && len(a.starts) < 3000; at = a.next(at) {
		a.starts = append(a.starts, at)
	}
	a.end = a.next(a.starts[len(a.starts)-1])
	return a
}

func (a *axis) next(at time.Time) time.Time {
	switch a.unit {
	case "year":
		return at.AddDate(1, 0, 0)
	case "month":
		return at.AddDate(0, 1, 0)
	case "week":
		return at.AddDate(0, 0, 7)
	}
	return at.AddDate(0, 0, 1)
}

func (a *axis) bin(day string) int {
	at, _ := time.Parse(isoDay, day)
	i, found := slices.BinarySearchFunc(a.starts, at, time.Time.Compare)
	if !found {
		i--
	}
	return min(max(i, 0), len(a.starts)-1)
}

func (a *axis) stop(i int) time.Time {
	if i+1 < len(a.starts) {
		return a.starts[i+1]
	}
	return a.end
}

func (a *axis) label(i int) string {
	at := a.starts[i]
	switch a.unit {
	case "year":
		return at.Format("2006")
	case "month":
		return at.Format("January 2006")
	case "week":
		return "week of " + at.Format("2 January 2006")
	}
	return at.Format("2 January 2006")
}

// Heights in pixels of the parts of a row.
const (
	rowHeight = 30
	upHeight  = 17
	downMax   = 8
	axisSpace = 22
)

// svg draws with positions in per cent, so that it fits any width without its letters being stretched.
func (a *axis) svg(order []string, rows map[string][]bin, action string) template.HTML {
	mostDocs, mostSaid := 1, 1
	for _, bins := range rows {
		for _, b := range bins {
			mostDocs, mostSaid = max(mostDocs, b.documents), max(mostSaid, b.statements)
		}
	}
	var o strings.Builder
	height := len(order)*rowHeight + axisSpace
	fmt.Fprintf(&o, `<svg class="timeline" width="100%%" height="%d" role="group" aria-label="Documents and statements by %s and language, %s to %s" data-first="%s" data-end="%s">`,
		height, a.unit, a.starts[0].Format("2 January 2006"), a.end.AddDate(0, 0, -1).Format("2 January 2006"), a.starts[0].Format(isoDay), a.end.Format(isoDay))
	width := 100 / float64(len(a.starts))
	for row, language := range order {
		base := row*rowHeight + upHeight + 2
		fmt.Fprintf(&o, `<line class="base" x1="0" x2="100%%" y1="%d" y2="%d"/>`, base, base)
		for i, b := range rows[language] {
			if b.documents == 0 {
				continue
			}
			up := max(2, b.documents*upHeight/mostDocs)
			down := 0
			if b.statements > 0 {
				down = max(1, b.statements*downMax/mostSaid)
			}
			x := float64(i) * width
			to := address(action, "language", language, "from", a.starts[i].Format(isoDay), "to", a.stop(i).AddDate(0, 0, -1).Format(isoDay))
			fmt.Fprintf(&o, `<a href="%s" tabindex="-1" aria-label="%s, %s: %s"><title>%s, %s: %s, %s</title><rect class="hit" x="%.3f%%" width="%.3f%%" y="%d" height="%d"/><rect class="up" x="%.3f%%" width="%.3f%%" y="%d" height="%d"/><rect class="down" x="%.3f%%" width="%.3f%%" y="%d" height="%d"/></a>`,
				template.HTMLEscapeString(to), template.HTMLEscapeString(languageName(language)), a.label(i), count(b.documents, "document"),
				template.HTMLEscapeString(languageName(language)), a.label(i), count(b.documents, "document"), count(b.statements, "statement"),
				x, width, base-upHeight, upHeight+downMax,
				x+width*0.08, barWidth(width), base-up, up, x+width*0.08, barWidth(width), base+1, down)
		}
	}
	a.ticks(&o, height)
	o.WriteString(`<rect class="brush" x="0" y="0" width="0" height="100%"/></svg>`)
	return template.HTML(o.String())
}

// barWidth leaves a gap between bars and keeps few bars slim.
func barWidth(width float64) float64 { return min(width*0.84, 4) }

func (a *axis) ticks(o *strings.Builder, height int) {
	n := min(5, len(a.starts))
	for k := range n {
		i := k * len(a.starts) / n
		x := float64(i) / float64(len(a.starts)) * 100
		layout := map[string]string{"year": "2006", "month": "Jan 2006", "week": "2 Jan 2006", "day": "2 Jan 2006"}[a.unit]
		fmt.Fprintf(o, `<line class="tick" x1="%.3f%%" x2="%.3f%%" y1="%d" y2="%d"/><text class="date k%d" x="%.3f%%" y="%d">%s</text>`,
			x, x, height-axisSpace, height-axisSpace+5, k%2, x, height-4, a.starts[i].Format(layout))
	}
}
