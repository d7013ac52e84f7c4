package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"hearsay/internal/format"
	"hearsay/internal/store"
)

// claimOrder is a way to list claims.
type claimOrder struct {
	Key, Title, About string
	load              func(s *Server, days store.Days, offset, n int) ([]*format.Claim, error)
}

func stored(order store.ClaimOrder) func(*Server, store.Days, int, int) ([]*format.Claim, error) {
	return func(s *Server, days store.Days, offset, n int) ([]*format.Claim, error) {
		return s.st.TopClaims(order, days, offset, n)
	}
}

func holding(kind string) func(*Server, store.Days, int, int) ([]*format.Claim, error) {
	return func(s *Server, days store.Days, offset, n int) ([]*format.Claim, error) {
		return s.st.ClaimsWith(kind, days, offset, n)
	}
}

// stretch is the part of time to which a page is narrowed.
type stretch struct {
	store.Days
	All, Documents string // addresses: the page without it, the documents published in it
}

// daysAsked reads a stretch of time from the address of a page.
func daysAsked(r *http.Request) stretch {
	q := r.URL.Query()
	d := store.Days{From: validDay(q.Get("from")), To: validDay(q.Get("to"))}
	all := q
	all.Del("from")
	all.Del("to")
	all.Del("offset")
	return stretch{d, (&url.URL{Path: r.URL.Path, RawQuery: all.Encode()}).String(), address("/documents", "from", d.From, "to", d.To)}
}

// Narrow reports whether the page is narrowed at all.
func (s stretch) Narrow() bool { return s.Days != store.Days{} }

// String names the stretch: "12 March 2024 to 14 March 2024".
func (s stretch) String() string {
	switch {
	case s.From == s.To:
		return "on " + day(s.From)
	case s.From == "":
		return "up to " + day(s.To)
	case s.To == "":
		return "from " + day(s.From) + " on"
	}
	return "from " + day(s.From) + " to " + day(s.To)
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
	Tabs   []claimTab
	Order  claimOrder
	Days   stretch
	Claims []claimLine
	pager
}

// claimTab leads to the claims in another order.
type claimTab struct {
	claimOrder
	To string
}

// address is where all claims in the order stand.
func (o claimOrder) address(d store.Days) string {
	return address("/claims", "order", o.Key, "from", d.From, "to", d.To)
}

// claims lists claims.
func (s *Server) claims(r *http.Request) (*view, error) {
	p := &claimsPage{Order: claimOrders[len(claimOrders)-1], Days: daysAsked(r)}
	for _, o := range claimOrders {
		p.Tabs = append(p.Tabs, claimTab{o, o.address(p.Days.Days)})
		if o.Key == r.URL.Query().Get("order") {
			p.Order = o
		}
	}
	claims, err := p.Order.load(s, p.Days.Days, offset(r), pageSize+1)
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
	p.atClaim()
	return &view{Page: "claim", Title: cut(70, strings.Join(p.Said.Words(), " … ")), Main: p}, nil
}

// atClaim marks the statements of the claim, which need no link to it on its page.
func (p *claimPage) atClaim() {
	lists := [][]said{p.Statements, p.Denials}
	for _, o := range p.Origins {
		lists = append(lists, o.Said)
	}
	for _, sides := range [][]sideBySide{p.Hardening, p.Figures, p.Circular, p.Contradicts} {
		for _, x := range sides {
			lists = append(lists, x.Said)
		}
	}
	for _, list := range lists {
		for i := range list {
			list[i].AtClaim = list[i].ClaimID == p.ID
		}
	}
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
