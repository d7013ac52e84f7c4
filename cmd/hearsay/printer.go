package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
	"strings"
	"text/tabwriter"

	"hearsay/internal/format"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

// printer writes lists and statements: source, cue and content are told apart by colour on a
// terminal and by marks elsewhere: {source} <cue> [content].
type printer struct {
	w     *bytes.Buffer
	out   io.Writer
	color bool
	limit int
}

func newPrinter(out io.Writer, limit int) *printer {
	f, ok := out.(*os.File)
	color := ok && isTerminal(f) && os.Getenv("NO_COLOR") == ""
	return &printer{w: new(bytes.Buffer), out: out, color: color, limit: limit}
}

// end writes what was gathered, unless err tells that it went wrong.
func (p *printer) end(err error) error {
	if err != nil {
		return err
	}
	_, err = p.w.WriteTo(p.out)
	return err
}

func (p *printer) heading(format string, args ...any) {
	fmt.Fprintf(p.w, "%s\n", p.paint("1", fmt.Sprintf(format, args...)))
}

func (p *printer) paint(code, text string) string {
	if !p.color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p *printer) table(rows func(t io.Writer)) {
	t := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', 0)
	rows(t)
	t.Flush()
}

func (p *printer) documents(docs []store.DocumentRow) {
	p.table(func(t io.Writer) {
		for _, d := range docs {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", d.ID, d.Language, dash(day(d.Published)), count(d.Statements, "statement"), dash(d.Outlet), title(d))
		}
	})
}

func title(d store.DocumentRow) string {
	if d.Title != "" {
		return d.Title
	}
	return d.Address
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func (p *printer) speakers(rows []store.ActorRow) {
	p.table(func(t io.Writer) {
		for _, a := range rows {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", a.Name, a.Type, count(a.Statements, "statement"), count(a.Documents, "document"), a.ID)
		}
	})
}

func (p *printer) speaker(a *format.Actor, related []pipeline.Related, views []store.StatementView) {
	forms := make([]string, 0, len(a.Names))
	for _, n := range a.Names {
		if !slices.Contains(forms, n.Form) { // one form may stand in several languages
			forms = append(forms, n.Form)
		}
	}
	p.heading("%s (%s)", a.Name, a.Type)
	fmt.Fprintf(p.w, "also: %s\n", strings.Join(forms, ", "))
	for _, r := range related {
		fmt.Fprintf(p.w, "%s: %s (%s)\n", r.Rule, r.Name, r.ID)
	}
	fmt.Fprintln(p.w)
	p.statements(views)
}

func (p *printer) statements(views []store.StatementView) {
	for i := range views {
		v := &views[i]
		who := dash(v.SpeakerName)
		if v.SpeakerName == "" {
			who = "somebody unnamed"
		}
		fmt.Fprintf(p.w, "%s  %s, %s\n", p.paint("1", who), dash(day(v.Doc.Published)), title(v.Doc))
		fmt.Fprintf(p.w, "  %s\n", p.spans(&v.Statement))
		if by := v.SpeakerBy; by != nil {
			fmt.Fprintf(p.w, "  %s: %s  %s\n", by.Rule, by.Span.Exact, by.Statement)
		}
		fmt.Fprintf(p.w, "  %s, %s%s  %s\n\n", v.Manner, v.Kind, certainty(&v.Statement), v.ID)
	}
}

func certainty(s *format.Statement) string {
	if s.Factuality == "" {
		return ""
	}
	return ", " + s.Factuality
}

// part is a span of a statement with its role.
type part struct {
	format.Span
	open, close, code string
}

// spans shows a statement's spans in the order of the text, " … " where text was left out.
func (p *printer) spans(s *format.Statement) string {
	var parts []part
	add := func(in []format.Span, open, close, code string) {
		for _, x := range in {
			parts = append(parts, part{x, open, close, code})
		}
	}
	add(s.Source, "{", "}", "36")
	add(s.Cue, "<", ">", "33")
	add(s.Content, "[", "]", "32")
	sort.SliceStable(parts, func(i, j int) bool { return parts[i].Start < parts[j].Start })
	var b strings.Builder
	for i, x := range parts {
		if i > 0 {
			b.WriteByte(' ')
			if x.Start > parts[i-1].End+3 {
				b.WriteString("… ")
			}
		}
		text := strings.Join(strings.Fields(x.Exact), " ")
		if p.color {
			b.WriteString(p.paint(x.code, text))
		} else {
			b.WriteString(x.open + text + x.close)
		}
	}
	return b.String()
}

func (p *printer) document(d *format.Document, views []store.StatementView) {
	p.heading("%s", d.Title)
	fmt.Fprintf(p.w, "%s  %s%s  %s  %s\n", d.ID, d.Path, d.URL, d.Language, dash(d.Published))
	for _, c := range d.Credits {
		fmt.Fprintf(p.w, "credit (%s): %s\n", c.Kind, strings.Join(strings.Fields(c.Exact), " "))
	}
	for _, n := range d.Notes {
		fmt.Fprintf(p.w, "note: %s\n", n)
	}
	fmt.Fprintln(p.w)
	p.statements(views)
}

// claim shows a claim in the words of its clearest statement, with its attribution.
func (p *printer) claim(c *format.Claim, views []store.StatementView) {
	p.heading("%s", strings.Join(strings.Fields(c.Text), " "))
	say, deny := sides(c, views)
	told := fmt.Sprintf("%s in %s, %s", count(len(c.Statements), "statement"), count(len(c.Documents), "document"), bounds(c))
	if len(say) == 0 {
		fmt.Fprintf(p.w, "  denied by %s; %s\n", voices(deny), told)
	} else {
		fmt.Fprintf(p.w, "  said by %s; %s\n", voices(say), told)
		if len(deny) > 0 {
			fmt.Fprintf(p.w, "  denied by %s in %s\n", voices(deny), count(len(deny), "statement"))
		}
	}
	if n := len(c.Candidates); n > 0 {
		fmt.Fprintf(p.w, "  %s more may say the same: counted in the upper bound alone\n", count(n, "statement"))
	}
	fmt.Fprintf(p.w, "  %s\n\n", c.ID)
}

// sides parts the statements of a claim into those that hold it, the one whose words it has first, and those that deny it.
func sides(c *format.Claim, views []store.StatementView) (say, deny []*store.StatementView) {
	for i := range views {
		v := &views[i]
		switch {
		case slices.Contains(c.Denials, v.ID):
			deny = append(deny, v)
		case len(say) > 0 && strings.Contains(contentOf(v.Content), firstWords(c.Text)):
			say = slices.Insert(say, 0, v)
		default:
			say = append(say, v)
		}
	}
	return say, deny
}

// voices names the first of those who say something, and counts the others.
func voices(views []*store.StatementView) string {
	var names []string
	for _, v := range views {
		if v.SpeakerName != "" && !slices.Contains(names, v.SpeakerName) {
			names = append(names, v.SpeakerName)
		}
	}
	switch len(names) {
	case 0:
		return "somebody unnamed"
	case 1:
		return names[0]
	}
	return names[0] + " and " + count(len(names)-1, "other")
}

func contentOf(spans []format.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, s.Exact)
	}
	return strings.Join(out, " … ")
}

// firstWords is the first part of a content that was put together from pieces.
func firstWords(text string) string {
	first, _, _ := strings.Cut(text, " … ")
	return first
}

// bounds tells the number of origins as what it is: a lower and an upper bound.
func bounds(c *format.Claim) string {
	switch {
	case c.AtMost == 1:
		return "1 origin"
	case c.AtLeast == c.AtMost:
		return count(c.AtLeast, "origin") + " between which no dependence was found"
	}
	return fmt.Sprintf("at least %d, at most %d origins between which no dependence was found", c.AtLeast, c.AtMost)
}

// origins shows the chain of every statement, and its words, under the origin in which it ends.
func (p *printer) origins(c *format.Claim, views []store.StatementView) {
	words := map[string]string{}
	for i := range views {
		words[views[i].ID] = excerpt(contentOf(views[i].Content))
	}
	for _, o := range c.Origins {
		name := dash(o.Name)
		if o.Nameless {
			name += " (nameless)"
		}
		fmt.Fprintf(p.w, "%s  %s\n", p.paint("1", name), o.Kind)
		fmt.Fprintf(p.w, "│ %s\n", o.Why)
		for i, chain := range o.Chains {
			branch, stem := "├─", "│ "
			if i == len(o.Chains)-1 {
				branch, stem = "└─", "  "
			}
			fmt.Fprintf(p.w, "%s %s\n", branch, strings.Join(chain, "  ←  "))
			fmt.Fprintf(p.w, "%s   “%s”\n", stem, words[o.Statements[i]])
		}
		fmt.Fprintln(p.w)
	}
}

// candidates lists what may say the same as a claim.
func (p *printer) candidates(views []store.StatementView) {
	if len(views) == 0 {
		return
	}
	p.heading("May say the same: compare the words")
	for i := range views {
		v := &views[i]
		who := v.SpeakerName
		if who == "" {
			who = "somebody unnamed"
		}
		fmt.Fprintf(p.w, "   %s, %s (%s): “%s”\n", who, title(v.Doc), dash(day(v.Doc.Published)), excerpt(contentOf(v.Content)))
	}
	fmt.Fprintln(p.w)
}

const excerptLength = 140 // characters of a statement in a tree

// excerpt shortens words for a line of a tree.
func excerpt(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= excerptLength {
		return string(r)
	}
	cut := string(r[:excerptLength])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " …"
}

func (p *printer) conflict(c *format.Conflict) {
	fmt.Fprintf(p.w, "%s  %s\n    %s\n", p.paint("1", c.Kind), c.Why, strings.Join(c.Between, "  "))
}
