package server

import (
	"net/http"
	"slices"
	"strings"

	"hearsay/internal/store"
	"hearsay/pipeline"
)

type searchPage struct {
	Query, Speaker, Outlet, Language, Manner, Kind, Factuality, From, To string

	SpeakerName string
	Statements  []said
	Documents   []store.DocumentRow
	Speakers    []store.ActorRow
	Choices     choices
	Asked       bool
	Unknown     bool // nobody goes by the name of the speaker asked for
	pager
}

// documentsFound is how many documents a search shows beside the statements.
const documentsFound = 10

// search finds statements, documents and speakers in all languages; the address holds the whole state.
func (s *Server) search(r *http.Request) (*view, error) {
	q := r.URL.Query()
	p := &searchPage{
		Query: strings.TrimSpace(q.Get("q")), Speaker: strings.TrimSpace(q.Get("speaker")), Outlet: q.Get("outlet"), Language: q.Get("language"),
		Manner: q.Get("manner"), Kind: q.Get("kind"), Factuality: q.Get("certainty"), From: validDay(q.Get("from")), To: validDay(q.Get("to")),
	}
	p.Asked = p.Query+p.Speaker+p.Outlet+p.Language+p.Manner+p.Kind+p.Factuality+p.From+p.To != "" || q.Get("all") != ""
	var err error
	if p.Choices, err = s.choices(); err != nil {
		return nil, err
	}
	v := &view{Page: "search", Title: "Search", Main: p, Query: p.Query}
	if !p.Asked {
		return v, nil
	}
	if p.Query != "" {
		v.Title = p.Query + " – search"
	}
	return v, s.found(r, p)
}

func (s *Server) found(r *http.Request, p *searchPage) error {
	actor, err := s.speakerAsked(p)
	if err != nil || p.Unknown {
		return err
	}
	match := store.Match(pipeline.Terms(p.Query))
	views, err := s.st.SearchStatements(store.StatementQuery{
		Actor: actor, Language: p.Language, Outlet: p.Outlet, From: p.From, To: p.To, Manner: p.Manner, Kind: p.Kind, Factuality: p.Factuality,
		Match: match, After: cursor(r), Limit: pageSize + 1,
	})
	if err != nil {
		return err
	}
	shown, more := some(views)
	if len(shown) > 0 {
		last := shown[len(shown)-1]
		p.pager = cursorPager(r, more, store.Cursor{Published: last.Doc.Published, ID: last.ID})
	}
	if p.Statements, err = s.saids(shown); err != nil || match == "" || p.First != "" {
		return err
	}
	if p.Speaker+p.Manner+p.Kind+p.Factuality == "" {
		p.Documents, err = s.st.SearchDocumentsSoon(match, store.DocumentQuery{Language: p.Language, Outlet: p.Outlet, From: p.From, To: p.To, Limit: documentsFound})
		if err != nil {
			return err
		}
	}
	actors, err := s.named(p.Query, 5)
	if err != nil {
		return err
	}
	for _, a := range actors {
		row, err := s.st.ActorRow(a.ID)
		if err != nil {
			return err
		}
		p.Speakers = append(p.Speakers, row)
	}
	return nil
}

// speakerAsked finds whom the filter names: an id, or a name in any spelling.
func (s *Server) speakerAsked(p *searchPage) (string, error) {
	if p.Speaker == "" {
		return "", nil
	}
	if a, err := s.st.Actor(p.Speaker); err == nil {
		p.SpeakerName = a.Name
		return a.ID, nil
	}
	actors, err := s.named(p.Speaker, 1)
	if err != nil {
		return "", err
	}
	if len(actors) == 0 {
		p.Unknown = true
		return "", nil
	}
	p.SpeakerName = actors[0].Name
	return actors[0].ID, nil
}

// option is one choice of a filter.
type option struct {
	Value, Label string
	On           bool
}

func options(current string, pairs ...string) []option {
	var out []option
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, option{pairs[i], pairs[i+1], pairs[i] == current})
	}
	return out
}

// Manners are the choices of the filter by manner.
func (p *searchPage) Manners() []option {
	return options(p.Manner, "", "any", "direct", "direct speech", "indirect", "indirect speech", "mixed", "mixed")
}

// Kinds are the choices of the filter by kind.
func (p *searchPage) Kinds() []option {
	return options(p.Kind, "", "any", "speech", "said", "attitude", "thought, hoped, feared")
}

// Certainties are the choices of the filter by certainty.
func (p *searchPage) Certainties() []option {
	out := options(p.Factuality, "", "any")
	for _, f := range []string{"CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"} {
		out = append(out, option{f, certainty(f), f == p.Factuality})
	}
	return out
}

// LanguageChoices are the languages of the dossier.
func (p *searchPage) LanguageChoices() []option {
	return languageChoices(p.Language, p.Choices.Languages)
}

// LanguageChoices are the languages of the dossier.
func (p *documentsPage) LanguageChoices() []option {
	return languageChoices(p.Language, p.Choices.Languages)
}

func languageChoices(current string, of []store.Count) []option {
	out := options(current, "", "any")
	for _, c := range of {
		out = append(out, option{c.Value, languageName(c.Value), c.Value == current})
	}
	if current != "" && !slices.ContainsFunc(out, func(o option) bool { return o.On }) {
		out = append(out, option{current, languageName(current), true})
	}
	return out
}
