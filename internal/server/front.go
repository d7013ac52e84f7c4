package server

import (
	"net/http"

	"hearsay/internal/store"
)

type frontPage struct {
	store.Summary
	Timeline timeline
	Days     stretch // from which the claims are
	Groups   []claimGroup
	Top      []store.ActorRow // those who are said to have said most
	Outlets  []store.Count
	Kinds    []store.Count // conflicts
	Running  bool          // a reading is under way
}

// claimGroup is a few claims with the reason why they are shown.
type claimGroup struct {
	Title, About, More string
	Claims             []claimLine
}

// front shows what was read and the claims that matter most.
func (s *Server) front(r *http.Request) (*view, error) {
	sum, err := s.st.Overview()
	if err != nil {
		return nil, err
	}
	p := &frontPage{Summary: sum, Days: daysAsked(r), Running: s.jobs.running()}
	if p.Timeline, err = s.timeline(r, "/documents", "/"); err != nil {
		return nil, err
	}
	if p.Groups, err = s.groups(p.Days.Days); err != nil {
		return nil, err
	}
	if p.Top, err = s.st.Speakers(0, 12); err != nil {
		return nil, err
	}
	if p.Outlets, err = s.st.Outlets(10); err != nil {
		return nil, err
	}
	p.Kinds, err = s.st.ConflictKinds()
	return &view{Page: "front", Title: "Dossier", Main: p}, err
}

// groups picks claims under each heading that has any; a claim is shown once.
func (s *Server) groups(days store.Days) ([]claimGroup, error) {
	var out []claimGroup
	seen := map[string]bool{}
	for _, o := range claimOrders {
		claims, err := o.load(s, days, 0, 5)
		if err != nil {
			return nil, err
		}
		fresh := claims[:0]
		for _, c := range claims {
			if !seen[c.ID] && (len(c.Documents) > 1 || o.Key != "repeated") && len(fresh) < 3 {
				seen[c.ID] = true
				fresh = append(fresh, c)
			}
		}
		lines, err := s.claimLines(fresh)
		if err != nil {
			return nil, err
		}
		if len(lines) > 0 {
			out = append(out, claimGroup{o.Title, o.About, o.address(days), lines})
		}
	}
	return out, nil
}

type skippedPage struct {
	Skips []store.Skip
	pager
}

// skipped lists what could not be read and why.
func (s *Server) skipped(r *http.Request) (*view, error) {
	skips, err := s.st.Skips(r.URL.Query().Get("after"), pageSize+1)
	if err != nil {
		return nil, err
	}
	shown, more := some(skips)
	p := &skippedPage{Skips: shown}
	if r.URL.Query().Get("after") != "" {
		p.First = "/skipped"
	}
	if more {
		p.Next = with(r, "after", shown[len(shown)-1].Path)
	}
	return &view{Page: "skipped", Title: "Not read", Main: p}, nil
}

func (s *Server) help(*http.Request) (*view, error) {
	return &view{Page: "help", Title: "How to read these pages"}, nil
}
