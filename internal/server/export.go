package server

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"hearsay/internal/format"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

// export writes a claim, or the whole dossier, as a file: html, md, csv or jsonl.
func (s *Server) export(w http.ResponseWriter, r *http.Request) {
	id, kind := r.URL.Query().Get("claim"), r.URL.Query().Get("format")
	types := map[string]string{"html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
	if types[kind] == "" {
		s.write(w, r, failure(refuse("Choose html, md, csv or jsonl as the format.")))
		return
	}
	name := "dossier"
	if id != "" {
		if _, err := s.st.Claim(id); err != nil {
			s.write(w, r, failure(err))
			return
		}
		name = "claim-" + id
	}
	w.Header().Set("Content-Type", types[kind])
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name+"."+kind))
	w.Header().Set("Cache-Control", "no-store")
	out := bufio.NewWriterSize(w, 1<<16)
	e := exporter{s, out}
	err := map[string]func(string) error{"html": e.html, "md": e.markdown, "csv": e.csv, "jsonl": e.jsonl}[kind](id)
	if err != nil {
		panic(http.ErrAbortHandler) // a file that is cut off must not look whole
	}
	out.Flush()
}

type exporter struct {
	*Server
	out io.Writer
}

func (e exporter) jsonl(id string) error {
	run := pipeline.Run(e.cfg.Version)
	if id == "" {
		return pipeline.Export(e.st, e.out, run)
	}
	c, err := e.st.Claim(id)
	if err != nil {
		return err
	}
	w := format.NewWriter(e.out)
	if err := w.Write(format.Record{Run: &run}); err != nil {
		return err
	}
	for _, doc := range c.Documents {
		if err := e.documentRecords(w, doc); err != nil {
			return err
		}
	}
	return e.claimRecords(w, c)
}

func (e exporter) documentRecords(w *format.Writer, id string) error {
	records, err := e.st.Records(id)
	if err != nil {
		return err
	}
	for _, r := range records {
		if err := w.Write(r); err != nil {
			return err
		}
	}
	return nil
}

// claimRecords writes a claim with the actors, links, conflicts and judgements that belong to it.
func (e exporter) claimRecords(w *format.Writer, c *format.Claim) error {
	speakers, err := e.st.SpeakersOf(c.Statements)
	if err != nil {
		return err
	}
	written := map[string]bool{}
	for _, id := range c.Statements {
		row, ok := speakers[id]
		if !ok || written[row.ID] {
			continue
		}
		written[row.ID] = true
		a, err := e.st.Actor(row.ID)
		if err != nil {
			return err
		}
		if err := w.Write(format.Record{Actor: a}); err != nil {
			return err
		}
	}
	in := map[string]bool{}
	for _, d := range c.Documents {
		in[d] = true
	}
	for _, d := range c.Documents {
		links, err := e.st.LinksOf(d)
		if err != nil {
			return err
		}
		for _, l := range links {
			if to, external := linkTo(l); l.From == d && (in[to] || external != "") {
				if err := w.Write(format.Record{Link: l}); err != nil {
					return err
				}
			}
		}
	}
	if err := w.Write(format.Record{Claim: c}); err != nil {
		return err
	}
	conflicts, err := e.st.ConflictsOf(c.ID)
	if err != nil {
		return err
	}
	for _, x := range conflicts {
		if err := w.Write(format.Record{Conflict: x}); err != nil {
			return err
		}
	}
	return e.claimJudgements(w, c)
}

// claimJudgements writes what people decided about the statements and texts of a claim.
func (e exporter) claimJudgements(w *format.Writer, c *format.Claim) error {
	about := map[string]bool{}
	for _, id := range append(append([]string{}, c.Statements...), c.Documents...) {
		about[id] = true
	}
	list, err := e.st.JudgementList("")
	if err != nil {
		return err
	}
	for _, j := range list {
		if j.Undone != 0 || j.Kind == "undo" || !about[j.A] && !about[j.B] {
			continue
		}
		rec := format.Judgement{Kind: j.Kind, A: j.A, B: j.B, Rule: j.Rule, Score: j.Score, Author: j.Author, Time: j.Time}
		if err := w.Write(format.Record{Judgement: &rec}); err != nil {
			return err
		}
	}
	return nil
}

// eachStatement calls each with the statements of a claim, or of the whole dossier by date.
func (e exporter) eachStatement(id string, each func(said) error) error {
	var after store.Cursor
	for {
		views, err := e.st.Statements(store.StatementQuery{Claim: id, After: after, Limit: 200})
		if err != nil || len(views) == 0 {
			return err
		}
		list, err := e.saids(views)
		if err != nil {
			return err
		}
		for _, st := range list {
			if err := each(st); err != nil {
				return err
			}
		}
		last := views[len(views)-1]
		after = store.Cursor{Published: last.Doc.Published, ID: last.ID}
	}
}

func (e exporter) csv(id string) error {
	w := csv.NewWriter(e.out)
	err := w.Write([]string{
		"statement", "speaker", "source", "cue", "content", "manner", "kind", "certainty", "denied", "told_by", "via", "score",
		"claim", "document", "title", "outlet", "published", "language", "address", "start", "end",
	})
	if err != nil {
		return err
	}
	err = e.eachStatement(id, func(s said) error {
		start, end := "", ""
		if len(s.Content) > 0 {
			start, end = strconv.Itoa(s.Content[0].Start), strconv.Itoa(s.Content[len(s.Content)-1].End)
		}
		row := []string{
			s.ID, s.Who(), strings.Join(exacts(s.Source), " … "), s.CueWords(), strings.Join(s.Words(), " … "), s.How(), s.Kind, s.Factuality,
			strconv.FormatBool(s.Denied), s.Within, strings.Join(s.Via, "; "), strconv.FormatFloat(s.Score, 'f', -1, 64), s.ClaimID, s.Doc.ID, s.Doc.Title,
			s.Doc.Outlet, s.Doc.Published, s.Doc.Language, s.Doc.Address, start, end,
		}
		for i := range row {
			row[i] = harmless(row[i])
		}
		return w.Write(row)
	})
	w.Flush()
	if err != nil {
		return err
	}
	return w.Error()
}

// harmless keeps a spreadsheet from taking a text for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// eachClaim calls each with one claim, or with all that are told in the dossier, most told first.
func (e exporter) eachClaim(id string, each func(*claimPage) error) error {
	if id != "" {
		c, err := e.st.Claim(id)
		if err != nil {
			return err
		}
		return e.wholeClaim(c, each)
	}
	for at := 0; ; at += 100 {
		claims, err := e.st.TopClaims(store.MostRepeated, store.Days{}, at, 100)
		if err != nil || len(claims) == 0 {
			return err
		}
		for _, c := range claims {
			if err := e.wholeClaim(c, each); err != nil {
				return err
			}
		}
	}
}

func (e exporter) wholeClaim(c *format.Claim, each func(*claimPage) error) error {
	p := &claimPage{Claim: c}
	var err error
	if p.Said, err = e.clearest(c); err != nil || p.Said == nil {
		return err
	}
	if p.Statements, err = e.saidsByID(c.Statements[:min(len(c.Statements), 2000)]); err != nil {
		return err
	}
	for _, step := range []func(*claimPage) error{e.claimOrigins, e.claimDenials, e.claimConflicts, e.claimChain, e.claimJudged} {
		if err := step(p); err != nil {
			return err
		}
	}
	return each(p)
}

func (e exporter) html(id string) error {
	sum, err := e.st.Overview()
	if err != nil {
		return err
	}
	t := e.pages.templates["export"]
	head := struct {
		Style                 template.CSS
		Title, Dossier, Claim string
		Version               string
		Documents, Statements int
	}{template.CSS(e.pages.assets["page.css"].body) + template.CSS(e.pages.assets["claim.css"].body), "Dossier", e.cfg.Dossier, id, e.cfg.Version, sum.Documents, sum.Statements}
	if err := t.ExecuteTemplate(e.out, "export-head", head); err != nil {
		return err
	}
	err = e.eachClaim(id, func(p *claimPage) error { return t.ExecuteTemplate(e.out, "export-claim", p) })
	if err != nil {
		return err
	}
	return t.ExecuteTemplate(e.out, "export-foot", head)
}

func (e exporter) markdown(id string) error {
	fmt.Fprintf(e.out, "# Dossier\n\nWho is said to have said what. Origins are counted as those of which no dependence on one another was found; nothing here says what is true.\n")
	note := 0
	return e.eachClaim(id, func(p *claimPage) error {
		var notes strings.Builder
		cite := func(s said) string {
			note++
			fmt.Fprintf(&notes, "[^%d]: %s, “%s”, %s, %s, <%s>\n", note, mdText(s.Where()), mdText(headline(s.Doc)), day(s.Doc.Published), languageName(s.Doc.Language), mdLink(s.Doc.Address))
			return fmt.Sprintf("[^%d]", note)
		}
		fmt.Fprintf(e.out, "\n## %s\n\n%s; %s, %s\n", mdText(cut(120, strings.Join(p.Said.Words(), " … "))), originCount(p.AtLeast, p.AtMost), count(len(p.Documents), "document"), count(len(p.Claim.Statements), "statement"))
		for _, o := range p.Origins {
			fmt.Fprintf(e.out, "\n### Origin: %s\n\n%s\n\n", mdText(o.Name), mdText(o.Why))
			for _, s := range o.Said {
				fmt.Fprintf(e.out, "- %s%s\n", mdSaid(s), cite(s))
			}
		}
		mdSection(e.out, "Denied", p.Denials, cite)
		for _, list := range [][]sideBySide{p.Hardening, p.Figures, p.Circular, p.Contradicts} {
			for _, c := range list {
				fmt.Fprintf(e.out, "\n%s: %s\n", conflictName(c.Kind), mdText(c.Why))
			}
		}
		fmt.Fprintf(e.out, "\n%s", notes.String())
		return nil
	})
}

func mdSection(w io.Writer, head string, list []said, cite func(said) string) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n### %s\n\n", head)
	for _, s := range list {
		fmt.Fprintf(w, "- %s%s\n", mdSaid(s), cite(s))
	}
}

func mdSaid(s said) string {
	words := mdText(strings.Join(s.Words(), " … "))
	if s.Direct() {
		words = "“" + words + "”"
	}
	who := mdText(s.Who())
	if s.Within != "" {
		who += ", as told by " + mdText(s.Within)
	}
	return "**" + who + "**: " + words
}

func conflictName(kind string) string {
	switch kind {
	case "denial":
		return "Denial"
	case "figure":
		return "Figures that clash"
	case "reversal":
		return "Reversal"
	case "hardening":
		return "Hardened on the way"
	case "circular":
		return "Goes round in a circle"
	}
	return kind
}

var mdEscaper = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "\n", " ", "\r", " ", "\x00", "")

func mdText(s string) string { return mdEscaper.Replace(s) }

func mdLink(s string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "%0A", " ", "%20").Replace(s)
}
