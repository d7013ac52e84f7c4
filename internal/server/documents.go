package server

import (
	"net/http"
	"slices"
	"strconv"

	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/store"
)

type documentsPage struct {
	Documents        []store.DocumentRow
	Timeline         timeline
	Language, Outlet string
	Choices          choices
	pager
}

// choices are what filters offer.
type choices struct {
	Languages, Outlets []store.Count
}

func (s *Server) choices() (c choices, err error) {
	sum, err := s.st.Overview()
	if err != nil {
		return c, err
	}
	c.Languages = sum.Languages
	c.Outlets, err = s.st.Outlets(300)
	return c, err
}

// documents lists the documents by date.
func (s *Server) documents(r *http.Request) (*view, error) {
	q := r.URL.Query()
	p := &documentsPage{Language: q.Get("language"), Outlet: q.Get("outlet")}
	var err error
	if p.Timeline, err = s.timeline(r, "/documents", "/documents"); err != nil {
		return nil, err
	}
	if p.Choices, err = s.choices(); err != nil {
		return nil, err
	}
	rows, err := s.st.Documents(store.DocumentQuery{Language: p.Language, Outlet: p.Outlet, From: p.Timeline.From, To: p.Timeline.To, After: cursor(r), Limit: pageSize + 1})
	if err != nil {
		return nil, err
	}
	shown, more := some(rows)
	p.Documents = shown
	if len(shown) > 0 {
		last := shown[len(shown)-1]
		p.pager = cursorPager(r, more, store.Cursor{Published: last.Published, ID: last.ID})
	}
	return &view{Page: "documents", Title: "Documents", Main: p}, nil
}

type documentPage struct {
	Doc      *hearsay.Document
	Row      store.DocumentRow
	Blocks   []block
	Notes    []string
	Parts    []partLink // where the text is shown in parts
	Links    []linkLine
	Versions []store.DocumentRow // others at the same address, newest first
	Target   *target             // the passage that was asked for
	Beside   *beside
	Counts   struct{ Statements, Repairs, Credits int }
	Signs    []string // words by which the text reads as translated, each once
	Grade    *store.Judged
}

type partLink struct {
	N    int
	To   string
	Here bool
}

// linkLine is a link of a document as the other end sees it.
type linkLine struct {
	*format.Link
	Other    store.DocumentRow // the other end
	External string            // its name where it is outside the dossier
	Forward  bool              // this document depends on the other
	Wrong    *store.Judged     // a person's judgement against it
	From, To string            // document ids
}

// document shows a text as it was found, with what was found in it.
func (s *Server) document(r *http.Request) (*view, error) {
	id, err := s.st.FindDocument(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if id != r.PathValue("id") {
		return nil, redirect{"/documents/" + id}
	}
	return s.documentView(r, id, nil)
}

func (s *Server) documentView(r *http.Request, id string, at *target) (*view, error) {
	a, err := s.st.Analysis(id)
	if err != nil {
		return nil, err
	}
	p := &documentPage{Doc: a.Document, Notes: a.Document.Notes, Signs: signs(a.Document), Target: at}
	if p.Row, err = s.st.Document(id); err != nil {
		return nil, err
	}
	places, err := s.st.StatementPlaces(id)
	if err != nil {
		return nil, err
	}
	if p.Links, err = s.links(id); err != nil {
		return nil, err
	}
	p.Counts.Statements, p.Counts.Repairs, p.Counts.Credits = len(a.Statements), len(a.Document.Repairs), len(a.Document.Credits)
	if p.Versions, err = s.st.VersionsAt(p.Row.Address); err != nil {
		return nil, err
	}
	p.Versions = slices.DeleteFunc(p.Versions, func(d store.DocumentRow) bool { return d.ID == id })
	if p.Grade, err = s.grade("source", p.Row.Outlet, "outlet"); err != nil {
		return nil, err
	}
	if other := r.URL.Query().Get("beside"); other != "" {
		p.Beside, err = s.beside(a.Document, other, p.Links)
		return &view{Page: "document", Title: headline(p.Row), Main: p}, err
	}
	t := newText(a, places, p.Links)
	if at != nil {
		t.targets = at.Spans
	}
	part := s.part(r, t, at)
	p.Blocks = t.blocks(part)
	for n := range t.parts() {
		if t.parts() > 1 {
			p.Parts = append(p.Parts, partLink{n + 1, with(r, "part", strconv.Itoa(n+1)), n == part})
		}
	}
	return &view{Page: "document", Title: headline(p.Row), Main: p}, nil
}

// shownSigns is how many of the words by which a text reads as translated stand above it; all are
// marked in it.
const shownSigns = 8

// signs are words by which a text reads as translated, each once.
func signs(d *hearsay.Document) []string {
	if d.Translated == nil {
		return nil
	}
	var out []string
	for _, s := range d.Translated.Evidence {
		if words := s.In(d.Text); !slices.Contains(out, words) && len(out) < shownSigns {
			out = append(out, words)
		}
	}
	return out
}

// part is the part of a long text that is asked for, or in which the passage asked for stands.
func (s *Server) part(r *http.Request, t *text, at *target) int {
	if at != nil && len(at.Spans) > 0 {
		return t.partOf(at.Spans[0].Start)
	}
	n, err := strconv.Atoi(r.URL.Query().Get("part"))
	if err != nil {
		return 0
	}
	return min(max(n-1, 0), t.parts()-1)
}

// statement leads to a statement in its document.
func (s *Server) statement(r *http.Request) (*view, error) {
	v, err := s.st.StatementByID(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	a, err := s.st.Analysis(v.Doc.ID)
	if err != nil {
		return nil, err
	}
	part := ""
	t := newText(a, nil, nil)
	if v.Narrated { // it has no number in the text
		at := v.Content[0]
		return nil, redirect{quoteLink(a.Document, hearsay.Span{Start: t.off.Byte(at.Start), End: t.off.Byte(at.End)})}
	}
	if t.parts() > 1 && len(v.Content) > 0 {
		part = strconv.Itoa(t.partOf(t.off.Byte(v.Content[0].Start)) + 1)
	}
	return nil, redirect{address("/documents/"+v.Doc.ID, "part", part) + "#s-" + v.ID}
}

// links gives what a document depends on and what depends on it.
func (s *Server) links(id string) ([]linkLine, error) {
	records, err := s.st.LinksOf(id)
	if err != nil {
		return nil, err
	}
	wrong, err := s.wrongLinks()
	if err != nil {
		return nil, err
	}
	var out []linkLine
	for _, l := range records {
		line := linkLine{Link: l, Forward: l.From == id, From: l.From}
		other := l.From
		line.To, line.External = linkTo(l)
		if line.Forward {
			other = line.To
		}
		if other != "" {
			if line.Other, err = s.st.Document(other); err != nil {
				continue // an older version that went away
			}
		}
		line.Wrong = wrong[pair(line.From, line.To+line.External)]
		out = append(out, line)
	}
	return out, nil
}

func linkTo(l *format.Link) (document, external string) {
	switch v := l.To.(type) {
	case string:
		return v, ""
	case map[string]any:
		name, _ := v["external"].(string)
		return "", name
	case format.External:
		return "", v.External
	}
	return "", ""
}

// pair names two things in a fixed order.
func pair(a, b string) string { return min(a, b) + "\x00" + max(a, b) }

// wrongLinks gives the links that a person judged wrong.
func (s *Server) wrongLinks() (map[string]*store.Judged, error) {
	list, err := s.st.JudgementList("link")
	out := map[string]*store.Judged{}
	for _, j := range list {
		if j.Undone == 0 && j.Rule == "wrong" {
			out[pair(j.A, j.B)] = &j
		}
	}
	return out, err
}

// grade gives the last grade that holds for a thing, nil where nobody graded it.
func (s *Server) grade(kind, of, what string) (*store.Judged, error) {
	list, err := s.st.JudgementList(kind)
	if err != nil || of == "" {
		return nil, err
	}
	for _, j := range slices.Backward(list) {
		if j.Undone == 0 && j.A == of && (what == "" || j.B == what) {
			return &j, nil
		}
	}
	return nil, nil
}
