package server

import (
	"net/http"
	"slices"
	"strings"

	"hearsay/internal/format"
	"hearsay/internal/romanize"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

type speakersPage struct {
	Speakers []store.ActorRow
	Find     string
	pager
}

// speakers lists those of whom most is told that they said something, or those who go by a name.
func (s *Server) speakers(r *http.Request) (*view, error) {
	p := &speakersPage{Find: strings.TrimSpace(r.URL.Query().Get("name"))}
	if p.Find != "" {
		actors, err := s.named(p.Find, pageSize)
		if err != nil {
			return nil, err
		}
		for _, a := range actors {
			row, err := s.st.ActorRow(a.ID)
			if err != nil {
				return nil, err
			}
			p.Speakers = append(p.Speakers, row)
		}
		return &view{Page: "speakers", Title: "Speakers", Main: p}, nil
	}
	rows, err := s.st.Speakers(offset(r), pageSize+1)
	if err != nil {
		return nil, err
	}
	more := false
	p.Speakers, more = some(rows)
	p.pager = offsetPager(r, more)
	return &view{Page: "speakers", Title: "Speakers", Main: p}, nil
}

// named finds the speakers who go by a name in any spelling, those who said most first.
func (s *Server) named(name string, n int) ([]*format.Actor, error) {
	terms := pipeline.Terms(name)
	var sounds []string
	for _, t := range terms {
		if t.Skeleton != "" {
			sounds = append(sounds, t.Skeleton)
		}
	}
	if len(sounds) == 0 {
		return nil, nil
	}
	found, err := s.st.SpeakersMatching(store.MatchNames(sounds), 4*n)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(a *format.Actor) bool { return !goesBy(a, sounds) })
	return found[:min(n, len(found))], nil
}

// goesBy reports whether one of an actor's names has all the sounds.
func goesBy(a *format.Actor, sounds []string) bool {
	for _, name := range append([]format.Name{{Form: a.Name}}, a.Names...) {
		have := map[string]bool{}
		for _, word := range romanize.Words(name.Form) {
			have[romanize.Skeleton(word)] = true
		}
		all := true
		for _, sound := range sounds {
			all = all && have[sound]
		}
		if all {
			return true
		}
	}
	return false
}

type speakerPage struct {
	*format.Actor
	Forms                      []nameForms
	Said                       []saidUnder
	ByClaim                    bool
	Reversals                  []sideBySide
	Outlets, Languages         []store.Count
	Grade                      *store.Judged
	Judged                     []store.Judged
	ToggleOrder, ToggleByClaim string
	pager
}

// nameForms are the forms of a name in one language.
type nameForms struct {
	Language string
	Forms    []format.Name
}

// saidUnder is statements under the claim they were put to, or alone.
type saidUnder struct {
	Claim string
	Said  []said
}

// sideBySide is a conflict with the statements between which it stands.
type sideBySide struct {
	*format.Conflict
	Said    []said
	Figures []figureSaid
}

// speaker shows all names of a person or body, and everything that it is said to have said.
func (s *Server) speaker(r *http.Request) (*view, error) {
	a, err := s.st.Actor(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	p := &speakerPage{Actor: a, Forms: byLanguage(a.Names), ByClaim: r.URL.Query().Get("by") == "claim"}
	views, err := s.st.Statements(store.StatementQuery{Actor: a.ID, After: cursor(r), Limit: pageSize + 1})
	if err != nil {
		return nil, err
	}
	shown, more := some(views)
	if len(shown) > 0 {
		last := shown[len(shown)-1]
		p.pager = cursorPager(r, more, store.Cursor{Published: last.Doc.Published, ID: last.ID})
	}
	list, err := s.saids(shown)
	if err != nil {
		return nil, err
	}
	p.Said = under(list, p.ByClaim)
	p.ToggleOrder, p.ToggleByClaim = with(r, "by", ""), with(r, "by", "claim")
	if err := s.aboutSpeaker(p); err != nil {
		return nil, err
	}
	return &view{Page: "speaker", Title: a.Name, Main: p}, nil
}

func (s *Server) aboutSpeaker(p *speakerPage) error {
	conflicts, err := s.st.ConflictsOfActor(p.ID, "reversal", 20)
	if err != nil {
		return err
	}
	if p.Reversals, err = s.sides(conflicts, nil); err != nil {
		return err
	}
	if p.Outlets, p.Languages, err = s.st.QuotedBy(p.ID); err != nil {
		return err
	}
	names := map[string]bool{p.Name: true, p.ID: true}
	for _, n := range p.Names {
		names[n.Form] = true
	}
	for _, kind := range []string{"name", "source"} {
		judged, err := s.st.JudgementList(kind)
		if err != nil {
			return err
		}
		for _, j := range judged {
			if j.Undone != 0 || !names[j.A] && (kind == "source" || !names[j.B]) || kind == "source" && j.B != "speaker" {
				continue
			}
			if kind == "source" {
				p.Grade = &j
			}
			p.Judged = append(p.Judged, j)
		}
	}
	return nil
}

func byLanguage(names []format.Name) []nameForms {
	var out []nameForms
	for _, n := range names {
		i := slices.IndexFunc(out, func(f nameForms) bool { return f.Language == n.Language })
		if i < 0 {
			out = append(out, nameForms{Language: n.Language})
			i = len(out) - 1
		}
		out[i].Forms = append(out[i].Forms, n)
	}
	return out
}

// under groups statements by claim where that is asked for, in the order of the first of each.
func under(list []said, byClaim bool) []saidUnder {
	if !byClaim {
		return []saidUnder{{Said: list}}
	}
	var out []saidUnder
	place := map[string]int{}
	for _, st := range list {
		i, ok := place[st.ClaimID]
		if !ok || st.ClaimID == "" {
			i = len(out)
			place[st.ClaimID] = i
			out = append(out, saidUnder{Claim: st.ClaimID})
		}
		out[i].Said = append(out[i].Said, st)
	}
	return out
}
