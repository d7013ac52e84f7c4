package eval

import (
	"fmt"
	"slices"
	"strings"

	"hearsay/internal/format"
)

// Figure counts, for one thing that is looked for, how much of the gold was found and what was found beside it.
type Figure struct {
	Name                 string
	Found, Wanted, Extra int
}

// F1 is the harmonic mean of precision and recall, 1 where nothing was wanted and nothing found.
func (f Figure) F1() float64 {
	if f.Wanted+f.Found+f.Extra == 0 {
		return 1
	}
	return 2 * float64(f.Found) / float64(f.Wanted+f.Found+f.Extra)
}

// Report is the figures, and one line for each thing that was missed, wrong or too much.
type Report struct {
	Figures []Figure
	Notes   []string
}

// Compare holds the records of a corpus against its gold. It fails where the gold quotes what the texts do not hold.
func Compare(g *Gold, records []format.Record) (*Report, error) {
	c := &comparison{gold: g, found: index(records), report: new(Report)}
	if err := c.statements(); err != nil {
		return nil, err
	}
	c.documents()
	c.actors()
	c.links()
	c.claims()
	c.conflicts()
	return c.report, nil
}

type comparison struct {
	gold   *Gold
	found  *found
	placed []*placed
	report *Report
}

func (c *comparison) note(format string, args ...any) {
	c.report.Notes = append(c.report.Notes, fmt.Sprintf(format, args...))
}

// String writes the report as it is kept beside the gold.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-24s %5s %6s %5s %6s\n", "", "found", "wanted", "extra", "F1")
	for _, f := range r.Figures {
		fmt.Fprintf(&b, "%-24s %5d %6d %5d %6.3f\n", f.Name, f.Found, f.Wanted, f.Extra, f.F1())
	}
	b.WriteByte('\n')
	for _, n := range r.Notes {
		b.WriteString(n)
		b.WriteByte('\n')
	}
	return b.String()
}

// Parse reads the figures of a report that was written earlier.
func Parse(text string) ([]Figure, error) {
	var out []Figure
	lines := strings.Split(text, "\n")
	for _, line := range lines[1:] {
		words := strings.Fields(line)
		if len(words) < 5 {
			break
		}
		f := Figure{Name: strings.Join(words[:len(words)-4], " ")}
		numbers := strings.Join(words[len(words)-4:len(words)-1], " ")
		if _, err := fmt.Sscan(numbers, &f.Found, &f.Wanted, &f.Extra); err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
		out = append(out, f)
	}
	return out, nil
}

// documents compares what is said of each document.
func (c *comparison) documents() {
	kinds := []string{"languages", "titles", "days of publication", "outlets"}
	figures := make([]Figure, len(kinds))
	credits := Figure{Name: "credits"}
	for i, k := range kinds {
		figures[i].Name = k
	}
	for _, g := range c.gold.Documents {
		d := c.found.docs[g.Document]
		if d == nil {
			c.note("missing document  %s", g.Document)
			d = &format.Document{}
		}
		for i, pair := range [][2]string{{g.Language, d.Language}, {g.Title, d.Title}, {g.Published, d.Published[:min(len(d.Published), 10)]}, {g.Outlet, d.Outlet}} {
			if pair[0] == "" {
				continue
			}
			figures[i].Wanted++
			if pair[0] == pair[1] {
				figures[i].Found++
				continue
			}
			c.note("%-18s %s: %q instead of %q", "wrong "+strings.TrimSuffix(kinds[i], "s"), g.Document, pair[1], pair[0])
			if pair[1] != "" {
				figures[i].Extra++
			}
		}
		c.credits(&credits, g, d)
	}
	c.report.Figures = append(c.report.Figures, append(figures, credits)...)
}

// credits compares credits; one that a text gives twice, as in byline and dateline, is found once.
func (c *comparison) credits(f *Figure, g Document, d *format.Document) {
	var left []format.Credit
	for _, have := range d.Credits {
		if !slices.ContainsFunc(left, func(l format.Credit) bool { return l.Kind == have.Kind && l.Name == have.Name }) {
			left = append(left, have)
		}
	}
	for _, want := range g.Credits {
		f.Wanted++
		i := slices.IndexFunc(left, func(have format.Credit) bool {
			return have.Kind == want.Kind && (strings.Contains(have.Name, want.Name) || strings.Contains(want.Name, have.Name) && have.Name != "")
		})
		if i < 0 {
			c.note("missing credit     %s: %s %s", g.Document, want.Kind, want.Name)
			continue
		}
		f.Found++
		left = slices.Delete(left, i, i+1)
	}
	for _, have := range left {
		f.Extra++
		c.note("extra credit       %s: %s %s", g.Document, have.Kind, have.Name)
	}
}
