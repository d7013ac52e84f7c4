package server

import (
	"net/http"
	"slices"
	"strings"

	"hearsay/internal/format"
	"hearsay/internal/store"
)

// claimOrder is a way to list claims.
type claimOrder struct {
	Key, Title, About string
	load              func(s *Server, offset, n int) ([]*format.Claim, error)
}

func stored(order store.ClaimOrder) func(*Server, int, int) ([]*format.Claim, error) {
	return func(s *Server, offset, n int) ([]*format.Claim, error) { return s.st.TopClaims(order, offset, n) }
}

func holding(kind string) func(*Server, int, int) ([]*format.Claim, error) {
	return func(s *Server, offset, n int) ([]*format.Claim, error) { return s.st.ClaimsWith(kind, offset, n) }
}

var claimOrders = []claimOrder{
	{"one-origin", "Many articles, one origin", "Told in several articles, all of which lead back to one origin.", stored(store.OneOrigin)},
	{"disputed", "Disputed", "Somebody is said to hold the opposite.", stored(store.MostDisputed)},
	{"hardened", "Hardened on the way", "Put forward as possible at first, as certain later.", holding("hardening")},
	{"figures", "Figures that clash", "The numbers that are told do not go together.", holding("figure")},
	{"circular", "Going round in circles", "Articles that rest on one another.", holding("circular")},
	{"repeated", "Told most", "In the most documents.", stored(store.MostRepeated)},
}

type claimsPage struct {
	Orders []claimOrder
	Order  claimOrder
	Claims []claimLine
	pager
}

// claims lists claims.
func (s *Server) claims(r *http.Request) (*view, error) {
	p := &claimsPage{Orders: claimOrders, Order: claimOrders[len(claimOrders)-1]}
	for _, o := range claimOrders {
		if o.Key == r.URL.Query().Get("order") {
			p.Order = o
		}
	}
	claims, err := p.Order.load(s, offset(r), pageSize+1)
	if err != nil {
		return nil, err
	}
	shown, more := some(claims)
	p.pager = offsetPager(r, more)
	p.Claims, err = s.claimLines(shown)
	return &view{Page: "claims", Title: "Claims", Main: p}, err
}

type claimPage struct {
	*format.Claim
	Said                                      *said
	Statements                                []said
	More                                      int // statements that are not shown
	All                                       string
	Origins                                   []originView
	Denials                                   []said
	Hardening, Figures, Circular, Contradicts []sideBySide
	Chain                                     *chain
	Languages                                 []string
	Outlets                                   int
	Candidates                                []said
	Judged                                    []store.Judged
	Grade                                     *store.Judged
}

type originView struct {
	format.Origin
	Said   []said
	Chains []string // hops, readable, each once
	More   int
	Actor  string // id, where the origin is a speaker of the dossier
	Grade  *store.Judged
}

// shownStatements is how many statements of a claim its page shows at once.
const shownStatements = 60

// claim shows one claim: who says it, through whom it came, who denies it, what clashes.
func (s *Server) claim(r *http.Request) (*view, error) {
	c, err := s.st.Claim(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	p := &claimPage{Claim: c}
	if p.Said, err = s.clearest(c); err != nil || p.Said == nil {
		return nil, store.ErrNotFound
	}
	ids := c.Statements
	if len(ids) > shownStatements && r.URL.Query().Get("all") == "" {
		p.More, p.All = len(ids)-shownStatements, with(r, "all", "1")
		ids = ids[:shownStatements]
	}
	if p.Statements, err = s.saidsByID(ids[:min(len(ids), 2000)]); err != nil {
		return nil, err
	}
	slices.SortStableFunc(p.Statements, func(a, b said) int {
		return strings.Compare(a.Doc.Published+a.ID, b.Doc.Published+b.ID)
	})
	for _, step := range []func(*claimPage) error{s.claimOrigins, s.claimDenials, s.claimConflicts, s.claimChain, s.claimJudged} {
		if err := step(p); err != nil {
			return nil, err
		}
	}
	return &view{Page: "claim", Title: cut(70, strings.Join(p.Said.Words(), " … ")), Main: p}, nil
}

func (s *Server) claimOrigins(p *claimPage) error {
	for _, o := range p.Claim.Origins {
		v := originView{Origin: o}
		for _, hops := range o.Chains {
			if line := strings.Join(hops, " ← "); line != "" && !slices.Contains(v.Chains, line) && len(v.Chains) < 40 {
				v.Chains = append(v.Chains, line)
			}
		}
		ids := o.Statements
		if len(ids) > 40 {
			v.More = len(ids) - 40
			ids = ids[:40]
		}
		var err error
		if v.Said, err = s.saidsByID(ids); err != nil {
			return err
		}
		if _, err := s.st.Actor(o.ID); err == nil {
			v.Actor = o.ID
		}
		what := "outlet"
		if o.Kind == "speaker" {
			what = "speaker"
		}
		if v.Grade, err = s.grade("source", o.Name, what); err != nil {
			return err
		}
		p.Origins = append(p.Origins, v)
	}
	return nil
}

func (s *Server) claimDenials(p *claimPage) error {
	var err error
	if p.Denials, err = s.saidsByID(p.Claim.Denials[:min(len(p.Claim.Denials), 40)]); err != nil {
		return err
	}
	p.Candidates, err = s.saidsByID(p.Claim.Candidates[:min(len(p.Claim.Candidates), 20)])
	languages, outlets := map[string]bool{}, map[string]bool{}
	for _, st := range p.Statements {
		languages[st.Doc.Language], outlets[st.Where()] = true, true
	}
	for l := range languages {
		p.Languages = append(p.Languages, languageName(l))
	}
	slices.Sort(p.Languages)
	p.Outlets = len(outlets)
	return err
}

func (s *Server) claimConflicts(p *claimPage) error {
	conflicts, err := s.st.ConflictsOf(p.ID)
	if err != nil {
		return err
	}
	all, err := s.sides(conflicts, p.Documents)
	if err != nil {
		return err
	}
	for _, c := range all {
		switch c.Kind {
		case "hardening":
			p.Hardening = append(p.Hardening, c)
		case "figure":
			p.Figures = append(p.Figures, c)
		case "circular":
			p.Circular = append(p.Circular, c)
		default:
			p.Contradicts = append(p.Contradicts, c)
		}
	}
	return nil
}

// figureSaid is a figure with the statement, or at least the document, in which it stands.
type figureSaid struct {
	*format.Figure
	Said *said
	Doc  store.DocumentRow
}

// sides loads what conflicts stand between, so that both sides can be seen next to one another.
func (s *Server) sides(conflicts []*format.Conflict, documents []string) ([]sideBySide, error) {
	out := make([]sideBySide, 0, len(conflicts))
	for _, c := range conflicts {
		v := sideBySide{Conflict: c}
		var err error
		if v.Said, err = s.saidsByID(c.Between[:min(len(c.Between), 12)]); err != nil {
			return nil, err
		}
		if c.Kind == "figure" && len(v.Said) < len(c.Between) {
			if v.Figures, err = s.figures(c.Between, documents); err != nil {
				return nil, err
			}
		}
		out = append(out, v)
	}
	return out, nil
}

func (s *Server) figures(ids, documents []string) ([]figureSaid, error) {
	found, err := s.st.Figures(documents[:min(len(documents), 60)], ids)
	if err != nil {
		return nil, err
	}
	var out []figureSaid
	for _, id := range ids {
		f := found[id]
		if f == nil {
			continue
		}
		v := figureSaid{Figure: f}
		if v.Doc, err = s.st.Document(f.Document); err != nil {
			return nil, err
		}
		if f.Statement != "" {
			list, err := s.saidsByID([]string{f.Statement})
			if err != nil {
				return nil, err
			}
			if len(list) > 0 {
				v.Said = &list[0]
			}
		}
		out = append(out, v)
	}
	return out, nil
}

func (s *Server) claimJudged(p *claimPage) error {
	for _, kind := range []string{"claim", "information"} {
		list, err := s.st.JudgementList(kind)
		if err != nil {
			return err
		}
		for _, j := range list {
			if j.Undone != 0 || !slices.Contains(p.Claim.Statements, j.A) && !slices.Contains(p.Claim.Statements, j.B) {
				continue
			}
			if kind == "information" {
				p.Grade = &j
			}
			p.Judged = append(p.Judged, j)
		}
	}
	return nil
}

type conflictsPage struct {
	Kind  string
	Kinds []store.Count
	List  []sideBySide
	pager
}

// conflicts lists what does not go together, by kind.
func (s *Server) conflicts(r *http.Request) (*view, error) {
	p := &conflictsPage{Kind: r.URL.Query().Get("kind")}
	var err error
	if p.Kinds, err = s.st.ConflictKinds(); err != nil {
		return nil, err
	}
	if p.Kind == "" && len(p.Kinds) > 0 {
		p.Kind = p.Kinds[0].Value
	}
	rows, err := s.st.ConflictsOfKind(p.Kind, offset(r), pageSize+1)
	if err != nil {
		return nil, err
	}
	shown, more := some(rows)
	p.pager = offsetPager(r, more)
	documents, err := s.st.ConflictDocuments(shown)
	if err != nil {
		return nil, err
	}
	p.List, err = s.sides(shown, documents)
	return &view{Page: "conflicts", Title: "What does not go together", Main: p}, err
}
