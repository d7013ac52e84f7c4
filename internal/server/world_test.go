package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hearsay/internal/format"
	"hearsay/internal/ingest"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

// The articles of the tests: a report, its copy, a translation, a denial with another figure, a text
// that tries everything to be taken for markup, and one that reads as translated. The first
// is changed later.
var articles = []struct{ path, title, outlet, published, text string }{
	{"courier.txt", "Harbour of Vellin closed", "Vellin Courier", "2031-05-02", `The harbour of Vellin was quiet on Tuesday.
Anna Berg, the minister of trade of Oderland, said that the harbour of Vellin was closed on Monday. "We counted 40 ships," Berg said.
According to two officials, the harbour could open again in June. Tomas Rehn told the Vellin Courier that Berg had promised new tugs.`},
	{"daily.txt", "No way into Vellin", "Marn Daily", "2031-05-03", `Nobody knows when it will open.
Anna Berg, the minister of trade of Oderland, said that the harbour of Vellin was closed on Monday. "We counted 40 ships," Berg said.
According to two officials, the harbour could open again in June.`},
	{"visnyk.txt", "Гавань Велліна закрита", "Вісник", "2031-05-03", `Міністерка торгівлі Анна Берг заявила, що гавань Велліна закрили в понеділок. «Ми нарахували 40 суден», – сказала Берг.
За словами двох посадовців, гавань можуть відкрити в червні.`},
	{"coast.txt", "Marn denies", "Coast Post", "2031-05-06T09:30:00Z", `Tomas Rehn, the envoy of Marn, denied that the harbour of Vellin was closed on Monday. "There were 25 ships," Rehn said.
The harbour will open again in June, said the Coast Post's reporter.`},
	{"<script>alert(1)</script>.txt", `<script>alert("title")</script><b>Bold</b>`, `"><img src=x onerror=alert(2)>`, "2031-05-07", "Anna Berg said that <script>alert(3)</script> was \x00 the word of the day \"onmouseover=alert(4)\".\n" +
		"אמר דובר הממשלה כי הנמל נפתח \u202e מחדש.\nBerg said that " + strings.Repeat("Donaudampfschifffahrtsgesellschaft", 12) + " had opened.\n" +
		"</p></main><style>*{display:none}</style> Rehn said that {{.Dossier}} ${7*7} 'x' & y."},
	{"tides.txt", "Tides of Marn", "Tide Table", "2031-05-07", `Rehn is a shot sparrow, writes the paper in the material of the correspondent. The vote is already on the nose.
Rehn said that he for today keeps silent. "The vote is already on the nose," he said.`},
}

const changedAddress = "courier.txt"

var base struct {
	once sync.Once
	dir  string
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if chrome.stop != nil {
		chrome.stop()
	}
	if base.dir != "" {
		os.RemoveAll(base.dir)
	}
	os.Exit(code)
}

// dossier is a copy, of the test's own, of a dossier with all articles read and a claim with every
// kind of conflict.
func dossier(t testing.TB) string {
	t.Helper()
	base.once.Do(func() {
		if base.dir, base.err = os.MkdirTemp("", "hearsay-server-test"); base.err == nil {
			base.err = build(filepath.Join(base.dir, "base.db"))
		}
	})
	if base.err != nil {
		t.Fatal(base.err)
	}
	content, err := os.ReadFile(filepath.Join(base.dir, "base.db"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func raw(path, title, outlet, published, text string) ingest.Raw {
	sum := sha256.Sum256([]byte(title + text))
	return ingest.Raw{
		Kind: ingest.KindArticle, Path: path, SHA256: hex.EncodeToString(sum[:]), Text: text,
		Meta: ingest.Meta{Title: title, Outlet: outlet, Published: published},
	}
}

func build(path string) error {
	var raws []ingest.Raw
	for _, a := range articles {
		raws = append(raws, raw(a.path, a.title, a.outlet, a.published, a.text))
	}
	if err := read(path, raws); err != nil {
		return err
	}
	st, err := store.Open(path, store.ReadWrite)
	if err != nil {
		return err
	}
	if err := st.PutSkip("photo.jpg", "not text"); err != nil {
		return err
	}
	if err := addClaim(st); err != nil {
		return err
	}
	return st.Close()
}

// read makes a dossier of articles.
func read(path string, raws []ingest.Raw) error {
	st, err := store.Open(path, store.ReadWrite)
	if err != nil {
		return err
	}
	an, err := pipeline.New(pipeline.Options{})
	if err != nil {
		return err
	}
	for _, raw := range raws {
		if err := st.Put(an.Entry(raw)); err != nil {
			return err
		}
	}
	if err := st.Commit(); err != nil {
		return err
	}
	if err := pipeline.Resolve(context.Background(), st, func(pipeline.Step) {}); err != nil {
		return err
	}
	return st.Close()
}

// addClaim puts a claim with every kind of conflict beside those that were found.
func addClaim(st *store.Store) error {
	views, err := st.Statements(store.StatementQuery{Limit: 200})
	if err != nil {
		return err
	}
	ids, denials := []string{}, []string{}
	docs := map[string]string{}
	for _, v := range views {
		content := v.Content[0].Exact
		if !strings.Contains(content, "closed on Monday") && !strings.Contains(content, "закрили в понеділок") {
			continue
		}
		ids = append(ids, v.ID)
		docs[v.Doc.Outlet] = v.Doc.ID
		if v.Doc.Outlet == "Coast Post" {
			denials = append(denials, v.ID)
		}
	}
	if len(ids) < 3 {
		return fmt.Errorf("the articles of the test give %d statements of the claim", len(ids))
	}
	first, _ := st.StatementByID(ids[0])
	c := format.Claim{
		ID: testClaim, Text: first.Content[0].Exact, Statements: ids, Denials: denials, AtLeast: 1, AtMost: 2,
		Origins: []format.Origin{
			{ID: "o1", Kind: "speaker", Name: "Anna Berg", Statements: ids[:1], Why: "named as who said it", Chains: [][]string{{"Vellin Courier", "Anna Berg"}}},
			{ID: "o2", Kind: "speaker", Name: "two officials", Nameless: true, Statements: ids[1:2], Why: "nobody is named; may be the same as in other texts"},
		},
	}
	for _, d := range docs {
		c.Documents = append(c.Documents, d)
	}
	var conflicts []format.Conflict
	for _, kind := range []string{"denial", "figure", "reversal", "hardening", "circular"} {
		conflicts = append(conflicts, format.Conflict{Kind: kind, Between: []string{ids[0], ids[len(ids)-1]}, Why: "A is told one way here and another way there (" + kind + ").", Since: "2031-05-06"})
	}
	if old, err := st.ClaimOf(ids[0]); err == nil && old != "" {
		if err := st.DropClaim(old); err != nil {
			return err
		}
	}
	if err := st.PutClaim(c, conflicts, nil); err != nil {
		return err
	}
	var links []format.Link
	for i, kind := range []string{"copy", "cites", "republishes", "translation"} {
		to := []string{"Marn Daily", "Coast Post", "Marn Daily", "Вісник"}[i]
		links = append(links, format.Link{From: docs[to], To: docs["Vellin Courier"], Kind: kind, Score: []float64{0.97, 0.6, 0.9, 0.93}[i], DirectionBy: "date", Evidence: evidence(st, docs[to], docs["Vellin Courier"])})
	}
	return st.PutLinks(links)
}

const testClaim = "c0123456789ab"

// evidence pairs the first statements of two documents.
func evidence(st *store.Store, from, to string) []format.Evidence {
	a, _ := st.Statements(store.StatementQuery{Document: from})
	b, _ := st.Statements(store.StatementQuery{Document: to})
	if len(a) == 0 || len(b) == 0 {
		return []format.Evidence{}
	}
	return []format.Evidence{{From: &a[0].Content[0], To: &b[0].Content[0]}}
}

// open starts a server on a dossier.
func open(t testing.TB, path string) *Server {
	t.Helper()
	s, err := New(Config{Dossier: path, Local: true, Author: "Reader", Version: "test", Now: func() time.Time { return time.Date(2031, 6, 1, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// ask sends a request as a browser on this machine would.
func ask(s http.Handler, method, target, form string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(form))
	r.Host = "localhost:8080"
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func fetch(t testing.TB, s http.Handler, target string) string {
	t.Helper()
	w := ask(s, http.MethodGet, target, "")
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s: %d %s", target, w.Code, w.Body)
	}
	return w.Body.String()
}

// documentOf gives the id of the newest document at an address.
func documentOf(t testing.TB, s *Server, address string) string {
	t.Helper()
	id, err := s.st.FindDocument(address)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// speakerOf gives the id of somebody by name.
func speakerOf(t testing.TB, s *Server, name string) string {
	t.Helper()
	actors, err := s.named(name, 1)
	if err != nil || len(actors) == 0 {
		t.Fatalf("nobody is called %s: %v", name, err)
	}
	return actors[0].ID
}

// everyPage is the address of each page of the test's dossier.
func everyPage(t testing.TB, s *Server) []string {
	courier, daily := documentOf(t, s, "courier.txt"), documentOf(t, s, "daily.txt")
	return []string{
		"/", "/claims", "/claims?order=disputed", "/claims/" + testClaim, "/conflicts?kind=hardening", "/speakers", "/speakers?name=Бэрг",
		"/speakers/" + speakerOf(t, s, "Anna Berg"), "/documents", "/documents?language=uk", "/documents/" + courier, "/documents/" + courier + "?beside=" + daily,
		"/documents/" + documentOf(t, s, articles[4].path), "/documents/" + documentOf(t, s, "tides.txt"), "/search", "/search?q=harbour", "/judgements", "/read", "/skipped", "/help",
	}
}
