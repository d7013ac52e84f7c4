package server

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hearsay"
	"hearsay/internal/ingest"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

// Every page is whole, holds no inline script or style, and comes with a policy that would stop one.
func TestPages(t *testing.T) {
	s := open(t, dossier(t))
	for _, page := range everyPage(t, s) {
		t.Run(page, func(t *testing.T) {
			w := ask(s, http.MethodGet, page, "")
			if w.Code != http.StatusOK {
				t.Fatalf("%d: %s", w.Code, w.Body)
			}
			if got := w.Header().Get("Content-Security-Policy"); got != policy {
				t.Errorf("Content-Security-Policy is %q", got)
			}
			safe(t, w.Body.String())
			attributed(t, w.Body.String())
		})
	}
}

// safe looks for anything that would run or load what is not the server's own.
func safe(t *testing.T, page string) {
	t.Helper()
	if strings.Contains(page, "\x00") {
		t.Error("the page holds a NUL")
	}
	walk(t, page, func(n *html.Node) {
		if n.Data == "script" && (n.FirstChild != nil || !strings.HasPrefix(attr(n, "src"), "/ui/")) || n.Data == "style" || n.Data == "iframe" || n.Data == "img" {
			t.Errorf("unexpected <%s>: %v", n.Data, n.Attr)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			}
			if (a.Key == "href" || a.Key == "src" || a.Key == "action") && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "?") {
				t.Errorf("<%s> leads outside: %s", n.Data, a.Val)
			}
		}
	})
}

// attributed checks that nothing quoted stands without who is said to have said it, and where.
func attributed(t *testing.T, page string) {
	t.Helper()
	walk(t, page, func(n *html.Node) {
		class := strings.Fields(attr(n, "class"))
		if !slices.Contains(class, "said") && !slices.Contains(class, "claimline") && !slices.Contains(class, "note") {
			return
		}
		who := ""
		each(n, func(c *html.Node) {
			if slices.Contains(strings.Fields(attr(c, "class")), "speaker") {
				who += words(c)
			}
		})
		if strings.TrimSpace(who) == "" {
			t.Errorf("no speaker in: %s", words(n))
		}
	})
	walk(t, page, func(n *html.Node) {
		if n.Data != "blockquote" {
			return
		}
		for p := n.Parent; p != nil; p = p.Parent {
			if slices.Contains(strings.Fields(attr(p, "class")), "said") {
				return
			}
		}
		t.Errorf("a quotation stands alone: %s", words(n))
	})
}

func walk(t *testing.T, page string, f func(*html.Node)) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	each(doc, func(n *html.Node) {
		if n.Type == html.ElementNode {
			f(n)
		}
	})
}

func each(n *html.Node, f func(*html.Node)) {
	f(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, f)
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func words(n *html.Node) string {
	var b strings.Builder
	each(n, func(c *html.Node) {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	})
	return b.String()
}

// The text of a document stands on its page exactly as it was found, but for a NUL, which HTML cannot hold.
func TestTextAsItWas(t *testing.T) {
	s := open(t, dossier(t))
	for _, a := range articles {
		id := documentOf(t, s, a.path)
		doc, err := s.st.Analysis(id)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		walk(t, fetch(t, s, "/documents/"+id), func(n *html.Node) {
			if slices.Contains(strings.Fields(attr(n, "class")), "block") {
				for c := n.FirstChild; c != nil; {
					next := c.NextSibling
					if c.Data == "sup" {
						n.RemoveChild(c)
					}
					c = next
				}
				got = append(got, words(n))
			}
		})
		var want []string
		for _, b := range doc.Document.Blocks {
			want = append(want, strings.ReplaceAll(b.In(doc.Document.Text), "\x00", "\ufffd"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", a.path, got, want)
		}
	}
}

func TestEmptyDossier(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "new.db"))
	for _, page := range []string{"/", "/claims", "/speakers", "/documents", "/search?q=x", "/judgements", "/conflicts", "/skipped", "/read", "/help"} {
		safe(t, fetch(t, s, page))
	}
	if front := fetch(t, s, "/"); !strings.Contains(front, "Nothing has been read yet") {
		t.Error("the front page does not say that nothing was read")
	}
	for _, page := range []string{"/claims/none", "/speakers/none", "/documents/none", "/statements/none", "/quote?in=x&exact=y", "/nowhere"} {
		if w := ask(s, http.MethodGet, page, ""); w.Code != http.StatusNotFound {
			t.Errorf("GET %s: %d, want 404", page, w.Code)
		}
	}
}

// Only this machine's names are answered, a token is asked for where there is one, and changes come
// from the server's own pages.
func TestGuard(t *testing.T) {
	path := dossier(t)
	s := open(t, path)
	try := func(s *Server, change func(*http.Request)) int {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = "localhost"
		change(r)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w.Code
	}
	guarded, err := New(Config{Dossier: path, Token: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	defer guarded.Close()
	for _, c := range []struct {
		why    string
		server *Server
		change func(*http.Request)
		want   int
	}{
		{"this machine", s, func(*http.Request) {}, 200},
		{"IPv6", s, func(r *http.Request) { r.Host = "[::1]:8080" }, 200},
		{"a foreign name that leads here", s, func(r *http.Request) { r.Host = "evil.example" }, 421},
		{"no token", guarded, func(*http.Request) {}, 401},
		{"a wrong token", guarded, func(r *http.Request) { r.Header.Set("Authorization", "Bearer guess") }, 401},
		{"the token", guarded, func(r *http.Request) { r.Header.Set("Authorization", "Bearer secret") }, 200},
		{"the token in the address", guarded, func(r *http.Request) { r.URL.RawQuery = "token=secret" }, 303},
		{"the token in a cookie", guarded, func(r *http.Request) { r.AddCookie(&http.Cookie{Name: tokenCookie, Value: "secret"}) }, 200},
		{"a change from another site", s, func(r *http.Request) { r.Method = "POST"; r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"a change from another origin", s, func(r *http.Request) { r.Method = "POST"; r.Header.Set("Origin", "http://evil.example") }, 403},
	} {
		if got := try(c.server, c.change); got != c.want {
			t.Errorf("%s: %d, want %d", c.why, got, c.want)
		}
	}
}

func TestJudge(t *testing.T) {
	s := open(t, dossier(t))
	views, err := s.st.Statements(store.StatementQuery{Limit: 2})
	if err != nil || len(views) < 2 {
		t.Fatal(err, len(views))
	}
	courier, daily := documentOf(t, s, "courier.txt"), documentOf(t, s, "daily.txt")
	for _, c := range []struct {
		kind, a, b, rule string
		want             int
	}{
		{"name", "Anna Berg", "Tomas Rehn", "same", 303},
		{"name", "Anna Berg", "Nobody Atall", "same", 400},
		{"name", "Anna Berg", "Anna Berg", "different", 400},
		{"claim", views[0].ID, "/documents/x#s-" + views[1].ID, "different", 303},
		{"claim", views[0].ID, "s-unknown", "same", 400},
		{"link", daily, courier, "wrong", 303},
		{"link", daily, courier, "right", 400},
		{"source", "Vellin Courier", "outlet", "B", 303},
		{"source", "Vellin Courier", "outlet", "1", 400},
		{"information", views[0].ID, "", "3", 303},
		{"information", views[0].ID, "", "A", 400},
		{"undo", "1", "2", "3", 400},
	} {
		form := url.Values{"kind": {c.kind}, "a": {c.a}, "b": {c.b}, "rule": {c.rule}, "author": {"Desk"}, "back": {"//evil.example"}}
		w := ask(s, http.MethodPost, "/judgements", form.Encode())
		if w.Code != c.want {
			t.Errorf("%s %s: %d, want %d: %s", c.kind, c.rule, w.Code, c.want, w.Body)
		}
		if to := w.Header().Get("Location"); to != "" && to != "/judgements" {
			t.Errorf("a form sends the browser to %s", to)
		}
	}
	if a, b := speakerOf(t, s, "Anna Berg"), speakerOf(t, s, "Tomas Rehn"); a != b {
		t.Error("two who were joined are not one")
	}
	list, err := s.st.JudgementList("link")
	if err != nil || len(list) != 1 || list[0].Author != "Desk" || list[0].Time != "2031-06-01T12:00:00Z" {
		t.Fatalf("judgements on links: %+v, %v", list, err)
	}
	if w := ask(s, http.MethodPost, "/judgements/1/undo", "author=Desk"); w.Code != http.StatusSeeOther {
		t.Fatalf("undo: %d %s", w.Code, w.Body)
	}
	if a, b := speakerOf(t, s, "Anna Berg"), speakerOf(t, s, "Tomas Rehn"); a == b {
		t.Error("two who were joined and parted again are still one")
	}
	if page := fetch(t, s, "/judgements"); !strings.Contains(page, "Desk") || !strings.Contains(page, "is no dependence") {
		t.Error("the list of judgements does not show who judged what")
	}
	if page := fetch(t, s, "/documents/"+daily); !strings.Contains(page, "judged wrong by Desk") {
		t.Error("the document does not show that its link was judged wrong")
	}
	if out := fetch(t, s, "/export?format=jsonl"); !strings.Contains(out, `{"judgement":{"kind":"link"`) || !strings.Contains(out, `"author":"Desk"`) {
		t.Error("the export of the dossier lacks its judgements")
	}
	if w := ask(s, http.MethodPost, "/judgements/"+number(int(list[0].N))+"/undo", "back=%2Fjudgements"); w.Code != 303 {
		t.Fatalf("undo: %d %s", w.Code, w.Body)
	}
	if list, _ := s.st.JudgementList("link"); list[0].Undone == 0 {
		t.Error("the judgement was not taken back")
	}
}

// A permanent link finds its words in a changed text, shows them in the older version where they are
// gone, and says so where they never were.
func TestLinkSurvivesReading(t *testing.T) {
	path := dossier(t)
	s := open(t, path)
	a, err := s.st.Analysis(documentOf(t, s, changedAddress))
	if err != nil {
		t.Fatal(err)
	}
	link := func(words string) string {
		i := strings.Index(a.Document.Text, words)
		return quoteLink(a.Document, hearsay.Span{Start: i, End: i + len(words)})
	}
	kept, gone := link("the harbour of Vellin was closed on Monday"), link("We counted 40 ships")
	changed := strings.ReplaceAll(strings.Replace(articles[0].text, "quiet on Tuesday", "loud on Tuesday evening", 1), "We counted 40 ships", "We counted 41 ships")
	rewrite(t, path, changed)
	newest := documentOf(t, s, changedAddress)
	if page := fetch(t, s, kept); !strings.Contains(page, "<mark>the harbour of Vellin was closed on Monday</mark>") || !strings.Contains(page, "loud on Tuesday") || newest == a.Document.ID {
		t.Error("the words are not marked in the newest version")
	}
	if page := fetch(t, s, gone); !strings.Contains(page, "older version alone") || !strings.Contains(page, "<mark>We counted 40 ships</mark>") {
		t.Error("the words that were taken out are not shown in the older version")
	}
	if w := ask(s, http.MethodGet, strings.Replace(gone, "40", "99", 1), ""); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "do not stand in") {
		t.Errorf("words that never stood there: %d %s", w.Code, w.Body)
	}
}

// A text that reads as translated says by which words, each once, and marks every place.
func TestReadsAsTranslated(t *testing.T) {
	s := open(t, dossier(t))
	page := fetch(t, s, "/documents/"+documentOf(t, s, "tides.txt"))
	if n := strings.Count(page, `“<bdi lang="en">already on the nose</bdi>”`); n != 1 || !strings.Contains(page, "Reads as translated") {
		t.Errorf("the notice names “already on the nose” %d times, want 1", n)
	}
	if n := strings.Count(page, `>already on the nose</span>`); n != 2 {
		t.Errorf("“already on the nose” is marked %d times, want 2", n)
	}
	if page := fetch(t, s, "/documents/"+documentOf(t, s, "coast.txt")); strings.Contains(page, "calque") {
		t.Error("a text that does not read as translated has its words marked as if it did")
	}
}

// A stretch of days narrows the claims of the front page, of the list and of the API to those told then.
func TestClaimsOfDays(t *testing.T) {
	s := open(t, dossier(t))
	for _, page := range []string{"/?", "/claims?order=disputed&", "/api/v1/claims?order=disputed&"} {
		for days, want := range map[string]bool{"": true, "from=2031-05-06&to=2031-05-06": true, "to=2031-05-02": true, "from=2031-05-07": false, "to=2031-05-01": false} {
			if got := strings.Contains(fetch(t, s, page+days), testClaim); got != want {
				t.Errorf("%s%s: the claim stands there: %v", page, days, got)
			}
		}
	}
	if page := fetch(t, s, "/?from=2031-05-06&to=2031-05-06"); !strings.Contains(page, "Claims told on 6 May 2031 alone") || !strings.Contains(page, `href="/claims?from=2031-05-06&amp;order=disputed&amp;to=2031-05-06"`) {
		t.Error("the front page does not say to which days it is narrowed, or forgets them")
	}
}

// What a text holds in its own words has no number in it: the address leads to the words themselves,
// nobody is shown as having said them, and the API says whose words they are.
func TestOwnWords(t *testing.T) {
	s := open(t, dossier(t))
	items, err := s.st.ProfilesOf("claim", documentOf(t, s, "courier.txt"))
	if err != nil {
		t.Fatal(err)
	}
	own := ""
	for _, id := range items {
		if v, err := s.st.StatementByID(id); err == nil && v.Narrated {
			own = id
		}
	}
	if own == "" {
		t.Fatal("the article asserts nothing in its own words")
	}
	to := ask(s, http.MethodGet, "/statements/"+own, "").Header().Get("Location")
	if page := fetch(t, s, to); !strings.Contains(page, "<mark>") {
		t.Errorf("%s marks nothing", to)
	}
	if out := fetch(t, s, "/api/v1/statements/"+own); !strings.Contains(out, `"narrated":true`) {
		t.Errorf("the API does not say that these are the text's own words: %s", out)
	}
	views, err := s.saidsByID([]string{own})
	if err != nil || len(views) != 1 || views[0].CueWords() != "" || views[0].How() != "own words" {
		t.Errorf("%+v, %v", views, err)
	}
}

// Who says what a text leaves to "the engineer" is shown with where the translation names him.
func TestSpeakerOfATranslation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bridge.db")
	if err := read(path, []ingest.Raw{
		raw("en.txt", "Bridge closed", "Courier", "2031-04-14", `The bridge over the Orla in Vellin stays closed until June 2031, Anna Berg said.
Anna Berg met 14 experts from Talmar at the harbour of Marn on 12 April.
"The piers are worse than we thought in 2029," the engineer said.
Tomas Rehn said that 320 ships had to wait at Marn in April.`),
		raw("de.txt", "Brücke gesperrt", "Kurier", "2031-04-14", `Die Brücke über die Orla in Vellin bleibt bis Juni 2031 gesperrt, sagte Anna Berg.
Anna Berg traf am 12. April 14 Fachleute aus Talmar im Hafen von Marn.
„Die Pfeiler sind schlechter, als wir 2029 dachten“, sagte Davor Lenk.
Tomas Rehn sagte, dass im April 320 Schiffe in Marn warten mussten.`),
	}); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	actors, err := pipeline.FindActors(s.st, "Davor Lenk", 1)
	if err != nil || len(actors) != 1 {
		t.Fatalf("%v, %v", actors, err)
	}
	const why = "named in another version of this sentence: <bdi>Davor Lenk</bdi>"
	for _, page := range []string{"/documents/" + documentOf(t, s, "en.txt"), "/speakers/" + actors[0].ID} {
		if !strings.Contains(fetch(t, s, page), why) {
			t.Errorf("%s does not tell why the engineer is Davor Lenk", page)
		}
	}
}

func rewrite(t *testing.T, path, content string) {
	t.Helper()
	st, err := store.Open(path, store.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	an, err := pipeline.New(pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := articles[0]
	e := an.Entry(raw(changedAddress, a.title, a.outlet, a.published, content))
	if e.Analysis.Document.Supersedes, err = st.Current(changedAddress); err != nil {
		t.Fatal(err)
	}
	if err := st.Put(e); err != nil {
		t.Fatal(err)
	}
}

// All places that match are found; none wins (W3C Web Annotation, TextQuoteSelector).
func TestFind(t *testing.T) {
	const doc = "Це так. Це ні. Це так."
	for _, c := range []struct {
		prefix, exact, suffix string
		want                  int
	}{{"", "Це", "", 3}, {"", "Це", " так", 2}, {"ні. ", "Це", " так", 1}, {"", "", "", 0}, {"", "не", "", 0}} {
		if got := find(doc, c.prefix, c.exact, c.suffix); len(got) != c.want {
			t.Errorf("%q between %q and %q: %d places, want %d", c.exact, c.prefix, c.suffix, len(got), c.want)
		}
	}
}

func FuzzQuote(f *testing.F) {
	f.Add("Це так. Це ні.", 0, 4)
	f.Add("a\x00\xff", 1, 2)
	f.Fuzz(func(t *testing.T, doc string, start, end int) {
		if start < 0 || end > len(doc) || start >= end {
			return
		}
		d := &hearsay.Document{Text: doc, Path: "x"}
		u, err := url.Parse(quoteLink(d, hearsay.Span{Start: start, End: end}))
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		spans := anchor(doc, q.Get("prefix"), q.Get("exact"), q.Get("suffix"))
		if !slices.Contains(spans, hearsay.Span{Start: start, End: end}) && strings.ToValidUTF8(doc, "") == doc {
			t.Errorf("%d-%d of %q is not among %v", start, end, doc, spans)
		}
	})
}

func TestSearch(t *testing.T) {
	s := open(t, dossier(t))
	for _, c := range []struct{ query, want string }{
		{"q=harbour", "closed on Monday"},
		{"q=" + url.QueryEscape("гавань"), "закрили"},
		{"q=" + url.QueryEscape("Бэрг"), "Anna Berg"}, // Belarusian spelling finds the English text
		{"speaker=Rehn&manner=direct", "There were 25 ships"},
		{"outlet=Coast+Post", "There were 25 ships"},
		{"q=harbour&language=uk", "No statement"},
		{"q=harbour&from=2031-05-06", "Coast Post"},
		{"speaker=Xanthippe", "Nobody in this dossier"},
		{"q=" + url.QueryEscape(`"unbalanced OR ( NEAR`), "No statement"},
	} {
		if page := fetch(t, s, "/search?"+c.query); !strings.Contains(page, c.want) {
			t.Errorf("search for %s does not show %q", c.query, c.want)
		}
	}
}

func TestExport(t *testing.T) {
	s := open(t, dossier(t))
	for _, scope := range []string{"", "&claim=" + testClaim} {
		for _, kind := range []string{"html", "md", "csv", "jsonl"} {
			w := ask(s, http.MethodGet, "/export?format="+kind+scope, "")
			body := w.Body.String()
			if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") || !strings.Contains(body, "Anna Berg") || !strings.Contains(body, "closed on Monday") {
				t.Errorf("%s%s: %d, %d bytes", kind, scope, w.Code, len(body))
			}
			if kind == "html" && (strings.Contains(body, "<script") || strings.Contains(body, "http://") && strings.Contains(body, "src=")) {
				t.Errorf("%s%s runs or loads something", kind, scope)
			}
		}
	}
	rows, err := csv.NewReader(strings.NewReader(fetch(t, s, "/export?format=csv"))).ReadAll()
	if err != nil || len(rows) < 8 {
		t.Fatalf("CSV: %d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		if row[1] == "" || row[18] == "" {
			t.Errorf("a row without speaker or address: %v", row)
		}
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
				t.Errorf("a spreadsheet would take %q for a formula", cell)
			}
		}
	}
	if harmless("=1+1") != "'=1+1" || harmless("plain") != "plain" {
		t.Error("harmless")
	}
	for _, line := range strings.Split(strings.TrimSpace(fetch(t, s, "/export?format=jsonl&claim="+testClaim)), "\n") {
		var rec map[string]any
		if err := json.Unmarshal([]byte(line), &rec); err != nil || len(rec) != 1 {
			t.Errorf("not a record: %s", line)
		}
	}
}

// A text that is pasted and a file that is dropped are read, and found at once.
func TestReadingFromThePage(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "new.db"))
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, _ := w.CreateFormFile("files", "../../etc/bridge.txt")
	part.Write([]byte("The bridge\n\nAnna Berg said on Monday that the bridge over the Lenn was open again for cars.\n"))
	w.WriteField("text", "Tunnel\n\nTomas Rehn said on Tuesday that the tunnel under the strait would stay closed until May.\n")
	w.Close()
	r := httptest.NewRequest(http.MethodPost, "/read", &form)
	r.Host = "localhost"
	r.Header.Set("Content-Type", w.FormDataContentType())
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, r)
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	page := rec.Header().Get("Location")
	s.jobs.work.Wait()
	if got := fetch(t, s, page); !strings.Contains(got, "2 new documents") || !strings.Contains(got, "Done") {
		t.Errorf("the reading shows: %s", got)
	}
	if got := fetch(t, s, "/search?q=tunnel"); !strings.Contains(got, "stay closed until May") {
		t.Error("the pasted text is not found")
	}
	if id := documentOf(t, s, "dropped/bridge.txt"); !strings.Contains(fetch(t, s, "/documents/"+id), "bridge over the Lenn") {
		t.Error("the dropped file cannot be read")
	}
	for _, form := range []string{"text=+", "links=ftp%3A%2F%2Fx"} {
		if w := ask(s, http.MethodPost, "/read", form); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d, want 400", form, w.Code)
		}
	}
}

// A dossier that another process writes to can be read and judged; reading into it says why it waits.
func TestHeldDossier(t *testing.T) {
	path := dossier(t)
	s := open(t, path)
	other, err := store.Open(path, store.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if w := ask(s, http.MethodPost, "/judgements", "kind=source&a=Vellin+Courier&b=outlet&rule=C"); w.Code != http.StatusSeeOther {
		t.Errorf("judging: %d %s", w.Code, w.Body)
	}
	w := ask(s, http.MethodPost, "/read", "text=Anna+Berg+said+that+it+rains.")
	s.jobs.work.Wait()
	if got := fetch(t, s, w.Header().Get("Location")); !strings.Contains(got, "another process is writing") {
		t.Errorf("the reading shows: %s", got)
	}
}

// A text of a million words is shown in parts, and every statement leads into its own.
func TestLongText(t *testing.T) {
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: strings.Repeat("слово ", 1_000_000)}}
	end := len(a.Document.Text) - 1
	a.Document.Blocks = []hearsay.Block{{Span: hearsay.Span{End: end}, Role: hearsay.RoleBody}}
	x := newText(a, nil, nil)
	var got strings.Builder
	for part := range x.parts() {
		size := 0
		for _, b := range x.blocks(part) {
			for _, r := range b.Runs {
				size += len(r.Text)
				got.WriteString(r.Text)
			}
		}
		if size > partBytes+pieceBytes {
			t.Fatalf("part %d has %d bytes", part, size)
		}
	}
	if got.String() != a.Document.Text[:end] {
		t.Error("the parts together are not the text")
	}
	if x.partOf(end-1) != x.parts()-1 || x.partOf(0) != 0 {
		t.Error("partOf")
	}
}

func TestAlign(t *testing.T) {
	left, right := "One. Two. Three.", "Uno. Due. Tre."
	rows := align(left, right, []passage{{hearsay.Span{Start: 5, End: 9}, hearsay.Span{Start: 5, End: 9}}})
	want := []besideRow{{"One.", "Uno.", false}, {"Two.", "Due.", true}, {"Three.", "Tre.", false}}
	if !slices.Equal(rows, want) {
		t.Errorf("got %v, want %v", rows, want)
	}
}

func TestTimelineUnits(t *testing.T) {
	for _, c := range []struct{ first, last, unit string }{
		{"2031-01-01", "2031-01-01", "day"},
		{"2031-01-01", "2031-03-01", "day"},
		{"2031-01-01", "2031-12-31", "week"},
		{"2020-02-29", "2024-03-01", "month"},
		{"1900-01-01", "2031-01-01", "year"},
	} {
		a := newAxis(c.first, c.last)
		if a.unit != c.unit || a.bin(c.first) != 0 || a.bin(c.last) != len(a.starts)-1 {
			t.Errorf("%s to %s: %s, %d parts, bins %d and %d", c.first, c.last, a.unit, len(a.starts), a.bin(c.first), a.bin(c.last))
		}
	}
	var x timeline
	x.draw([]store.Tally{{Day: "", Language: "en", Documents: 2}, {Day: "2031-05-02", Language: "en", Documents: 3, Statements: 9}}, "")
	if x.Undated != 2 || !strings.Contains(string(x.SVG), "3 documents, 9 statements") {
		t.Errorf("timeline: %+v", x)
	}
}

// Whatever the links, no two boxes share a place, and a document stands right of what it comes from.
func TestChainPlaces(t *testing.T) {
	s := open(t, dossier(t))
	c, err := s.st.Claim(testClaim)
	if err != nil {
		t.Fatal(err)
	}
	ch, err := s.chain(c)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[[2]int]bool{}
	for _, n := range ch.Nodes {
		if at := [2]int{n.Column, n.Row}; seen[at] {
			t.Errorf("two boxes at %v", at)
		} else {
			seen[at] = true
		}
	}
	for _, e := range ch.Edges {
		if ch.Nodes[e.From].Column >= ch.Nodes[e.To].Column {
			t.Errorf("%s does not stand right of %s", ch.Nodes[e.To].Label, ch.Nodes[e.From].Label)
		}
	}
	page := fetch(t, s, "/claims/"+testClaim)
	for _, want := range []string{"link copy", "link translation", "link cites uncertain", "at least 1, at most 2 origins", "No dependence found does not mean"} {
		if !strings.Contains(page, want) {
			t.Errorf("the claim's page lacks %q", want)
		}
	}
	for _, never := range []string{"independent", "Independent"} {
		if strings.Contains(page, never) {
			t.Errorf("the page says %q", never)
		}
	}
}
