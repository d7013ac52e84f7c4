package server

import (
	"net/http"
	"strconv"
	"strings"
	"sync"

	"hearsay/internal/format"
	"hearsay/internal/store"
)

// said is a statement as a page shows it: its words with who is said to have said them, and where.
type said struct {
	store.StatementView
	Within  string // who is said to have told it: the speaker of the statement around this one
	AtClaim bool   // it stands on the page of its own claim
}

// Words are the stretches of the content.
func (s said) Words() []string { return exacts(s.Content) }

// Direct reports whether the words stand in quotation marks.
func (s said) Direct() bool { return s.Manner == "direct" }

// Who is the speaker as a reader would name him.
func (s said) Who() string {
	if s.SpeakerName != "" {
		return s.SpeakerName
	}
	if source := strings.Join(exacts(s.Source), " … "); source != "" {
		return source
	}
	return "nobody named"
}

// How is the manner of speech, or that the text says so in its own words.
func (s said) How() string {
	if s.Narrated {
		return "own words"
	}
	return s.Manner
}

// CueWords are the reporting words.
func (s said) CueWords() string {
	return strings.Join(exacts(s.Cue), " … ")
}

// SourceWords are how the text names the speaker, "" where that is the name itself.
func (s said) SourceWords() string {
	words := strings.Join(exacts(s.Source), " … ")
	if words == s.Who() {
		return ""
	}
	return words
}

// Where is the outlet, or the address where the outlet is unknown.
func (s said) Where() string { return where(s.Doc) }

func where(d store.DocumentRow) string {
	if d.Outlet != "" {
		return d.Outlet
	}
	return shortAddress(d.Address)
}

// shortAddress keeps the host of an address, or the last part of a path.
func shortAddress(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		host, _, _ := strings.Cut(rest, "/")
		return strings.TrimPrefix(host, "www.")
	}
	if i := strings.LastIndexByte(address, '/'); i >= 0 && i < len(address)-1 {
		return address[i+1:]
	}
	return address
}

// headline is the title of a document, or its address where it has none.
func headline(d store.DocumentRow) string {
	if strings.TrimSpace(d.Title) != "" {
		return d.Title
	}
	return shortAddress(d.Address)
}

func exacts(spans []format.Span) []string {
	out := make([]string, len(spans))
	for i, s := range spans {
		out[i] = s.Exact
	}
	return out
}

// saids completes statements with those who tell of them.
func (s *Server) saids(views []store.StatementView) ([]said, error) {
	have := make(map[string]string, len(views))
	for _, v := range views {
		have[v.ID] = v.SpeakerName
	}
	var holders []string
	for _, v := range views {
		if v.Holder != "" {
			if _, ok := have[v.Holder]; !ok {
				holders = append(holders, v.Holder)
			}
		}
	}
	more, err := s.st.StatementsByID(holders)
	if err != nil {
		return nil, err
	}
	for _, v := range more {
		have[v.ID] = v.SpeakerName
	}
	out := make([]said, len(views))
	for i, v := range views {
		out[i] = said{StatementView: v}
		if v.Holder != "" {
			out[i].Within = firstOf(have[v.Holder], "somebody not named")
			if out[i].Within == out[i].Who() {
				out[i].Within = "" // told by the speaker about himself
			}
		}
	}
	return out, nil
}

func (s *Server) saidsByID(ids []string) ([]said, error) {
	views, err := s.st.StatementsByID(ids)
	if err != nil {
		return nil, err
	}
	return s.saids(views)
}

// claimLine is a claim in a list: the words of its clearest statement with their attribution.
type claimLine struct {
	*format.Claim
	Said *said // nil where no statement of the claim is left
}

// clearest is how many statements of a claim are looked at for the one whose words name it.
const clearest = 24

func (s *Server) claimLines(claims []*format.Claim) ([]claimLine, error) {
	out := make([]claimLine, 0, len(claims))
	for _, c := range claims {
		st, err := s.clearest(c)
		if err != nil {
			return nil, err
		}
		if st != nil {
			out = append(out, claimLine{c, st})
		}
	}
	return out, nil
}

// clearest finds the statement whose words stand for a claim.
func (s *Server) clearest(c *format.Claim) (*said, error) {
	if id, ok := s.clear.get(c.ID + c.Text); ok {
		if list, err := s.saidsByID([]string{id}); err == nil && len(list) == 1 {
			return &list[0], nil
		}
	}
	var best *store.StatementView
	for ids := c.Statements[:min(len(c.Statements), clearest)]; len(ids) > 0; {
		n := min(len(ids), 4)
		views, err := s.st.StatementsByID(ids[:n])
		if err != nil {
			return nil, err
		}
		ids = ids[n:]
		for i, v := range views {
			fits := strings.Join(exacts(v.Content), " ") == c.Text || len(v.Content) > 0 && v.Content[0].Exact == c.Text
			if best == nil || fits {
				best = &views[i]
			}
			if fits {
				ids = nil
				break
			}
		}
	}
	if best == nil {
		return nil, nil
	}
	s.clear.put(c.ID+c.Text, best.ID)
	all, err := s.saids([]store.StatementView{*best})
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// memo remembers which statement's words stand for a claim. What is forgotten is looked up again.
type memo struct {
	mu sync.Mutex
	of map[string]string
}

func (m *memo) get(key string) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	id, ok := m.of[key]
	return id, ok
}

func (m *memo) put(key, id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.of == nil || len(m.of) > 20_000 {
		m.of = map[string]string{}
	}
	m.of[key] = id
}

// pageSize is how many rows a list shows at once.
const pageSize = 30

// offset reads the place in a list that is paged by number.
func offset(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("offset"))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, 1_000_000)
}

// cursor reads the place in a list that is paged by the last row seen.
func cursor(r *http.Request) store.Cursor {
	published, id, _ := strings.Cut(r.URL.Query().Get("after"), "|")
	return store.Cursor{Published: published, ID: id}
}

// pager holds the addresses of the pages around a list.
type pager struct{ First, Next string }

func offsetPager(r *http.Request, more bool) pager {
	var p pager
	at := offset(r)
	if at > 0 {
		p.First = with(r, "offset", "")
	}
	if more {
		p.Next = with(r, "offset", strconv.Itoa(at+pageSize))
	}
	return p
}

func cursorPager(r *http.Request, more bool, last store.Cursor) pager {
	var p pager
	if r.URL.Query().Get("after") != "" {
		p.First = with(r, "after", "")
	}
	if more {
		p.Next = with(r, "after", last.Published+"|"+last.ID)
	}
	return p
}

// some cuts a list that was asked for with one row more than shown, and says whether there was one.
func some[T any](rows []T) ([]T, bool) {
	if len(rows) > pageSize {
		return rows[:pageSize], true
	}
	return rows, false
}
