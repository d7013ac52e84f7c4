package server

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/romanize"
	"hearsay/internal/store"
)

// BenchmarkPages is the time and size of each page of a dossier of HEARSAY_BENCH_DOCUMENTS documents
// (2,000 where it is not set; 100,000 is the size the pages are made for). With HEARSAY_BENCH_DOSSIER
// the made dossier is kept in that file for the next time.
func BenchmarkPages(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("HEARSAY_BENCH_DOCUMENTS"))
	if err != nil {
		n = 2000
	}
	path := os.Getenv("HEARSAY_BENCH_DOSSIER")
	if path == "" {
		path = filepath.Join(b.TempDir(), "big.db")
	}
	if _, err := os.Stat(path); err != nil {
		if err := makeBig(path, n); err != nil {
			b.Fatal(err)
		}
	}
	s := open(b, path)
	speakers, err := s.st.Speakers(0, 1)
	if err != nil || len(speakers) == 0 {
		b.Fatal(err)
	}
	claims, err := s.st.TopClaims(store.MostRepeated, store.Days{}, 0, 1)
	if err != nil || len(claims) == 0 {
		b.Fatal(err)
	}
	doc := documentOf(b, s, "made/1000.txt")
	for _, page := range []struct{ name, target string }{
		{"front", "/"},
		{"claims", "/claims"},
		{"claim", "/claims/" + claims[0].ID},
		{"speakers", "/speakers"},
		{"speaker", "/speakers/" + speakers[0].ID},
		{"name", "/speakers?name=" + strings.Fields(personName(7))[1]},
		{"documents", "/documents"},
		{"filtered", "/documents?language=uk&from=2031-06-01"},
		{"document", "/documents/" + doc},
		{"rare word", "/search?q=w12345"},
		{"common word", "/search?q=harbour"},
		{"common in one language", "/search?q=harbour&language=pl"},
		{"by speaker", "/search?speaker=" + speakers[0].ID},
		{"judgements", "/judgements"},
	} {
		b.Run(page.name, func(b *testing.B) {
			size := 0
			for b.Loop() {
				w := ask(s, http.MethodGet, page.target, "")
				if w.Code != http.StatusOK {
					b.Fatalf("%d %s", w.Code, w.Body)
				}
				size = w.Body.Len()
			}
			b.ReportMetric(float64(size), "page-bytes")
		})
	}
}

func personName(i int) string {
	syllables := []string{"ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "ze", "go", "fi", "hu", "ja"}
	word := func(x int) string {
		w := syllables[x%16] + syllables[x/16%16] + syllables[x/256%16] + "n"
		return strings.ToUpper(w[:1]) + w[1:]
	}
	return word(i*7+3) + " " + word(i*13+5)
}

// makeBig writes a dossier of n invented documents with four statements each, by a few thousand
// speakers of whom some say most, and a claim for every fifth document.
func makeBig(path string, n int) error {
	st, err := store.Open(path, store.ReadWrite)
	if err != nil {
		return err
	}
	people := min(4000, n)
	for i := range n {
		if err := st.Put(madeEntry(i, people)); err != nil {
			return err
		}
	}
	if err := st.Commit(); err != nil {
		return err
	}
	if err := st.Begin(); err != nil {
		return err
	}
	if err := putPeople(st); err != nil {
		return err
	}
	for i := 0; i+4 < n; i += 5 {
		if err := st.PutClaim(madeClaim(i, n, people), nil, nil); err != nil {
			return err
		}
	}
	return st.Close()
}

var madeLanguages = []string{"en", "uk", "ru", "pl", "de", "be", "fr", "es"}

func speakerNumber(doc, k, people int) int {
	x := (doc*31 + k*17) % people
	return x * x / people // some say most
}

func madeEntry(i, people int) *store.Entry {
	var text strings.Builder
	a := &hearsay.Analysis{}
	e := &store.Entry{Analysis: a}
	for k := range 4 {
		name := personName(speakerNumber(i, k, people))
		start := text.Len()
		fmt.Fprintf(&text, "%s said that the harbour w%d and the strait w%d were open. %s\n", name, i*4+k, i, strings.Repeat("More was written about the weather of the coast on that day. ", 4))
		content := fmt.Sprintf("that the harbour w%d and the strait w%d were open", i*4+k, i)
		who, cue := hearsay.Span{Start: start, End: start + len(name)}, hearsay.Span{Start: start + len(name) + 1, End: start + len(name) + 5}
		a.Mentions = append(a.Mentions, hearsay.Mention{Span: who, Head: who, Type: hearsay.Person, Entity: k})
		a.Entities = append(a.Entities, hearsay.Entity{Type: hearsay.Person, Name: name, Named: true, Mentions: []int{k}})
		a.Statements = append(a.Statements, hearsay.Statement{
			Source: []hearsay.Span{who}, Cue: []hearsay.Span{cue}, Content: []hearsay.Span{{Start: cue.End + 1, End: cue.End + 1 + len(content)}},
			Speaker: k, SpeakerText: name, Addressee: -1, Holder: -1, Manner: hearsay.Indirect, Kind: hearsay.Speech, Factuality: hearsay.CertainPlus, Score: 0.9,
		})
		var sounds []string
		for _, w := range romanize.Words(name) {
			sounds = append(sounds, romanize.Skeleton(w))
		}
		e.Names = append(e.Names, store.NameIn{Item: []byte(`{"name":"` + name + `"}`), Spelling: name})
		e.Statements = append(e.Statements, store.StatementIn{Content: content, Index: store.Index{Names: strings.Join(sounds, " ")}})
	}
	a.Document = &hearsay.Document{
		ID: format.DocumentID(fmt.Sprintf("made/%d.txt", i), "x"), Path: fmt.Sprintf("made/%d.txt", i), SHA256: strconv.Itoa(i), Language: madeLanguages[i%8],
		Title: fmt.Sprintf("What was said on day %d", i), Outlet: fmt.Sprintf("Paper %d", i%97), Text: text.String(),
		Published: fmt.Sprintf("203%d-%02d-%02d", i%3, i%12+1, i%28+1), Blocks: []hearsay.Block{{Span: hearsay.Span{End: text.Len() - 1}, Role: hearsay.RoleBody}},
	}
	return e
}

// putPeople gives every name its actor.
func putPeople(st *store.Store) error {
	for {
		rows, err := st.StaleNames(store.StaleName, 1000)
		if err != nil || len(rows) == 0 {
			return err
		}
		var done []string
		for _, row := range rows {
			name := strings.TrimSuffix(strings.TrimPrefix(string(row.Item), `{"name":"`), `"}`)
			actor := hearsay.Actor{ID: fmt.Sprintf("a%d", row.N), Name: name, Type: hearsay.Person, Names: []hearsay.Name{{Form: name, Language: "en", Count: row.Documents}}}
			if err := st.PutActors([]store.NameRow{row}, []hearsay.Actor{actor}, [][]int64{{row.N}}); err != nil {
				return err
			}
			done = append(done, strconv.FormatInt(row.N, 10))
		}
		if err := st.Unstale(store.StaleName, done...); err != nil {
			return err
		}
	}
}

// madeClaim joins the first statements of some documents in a row; every thousandth claim is told in many.
func madeClaim(i, n, people int) format.Claim {
	size := 2 + i/5%4
	if i%5000 == 0 {
		size = min(60, n-i)
	}
	c := format.Claim{ID: fmt.Sprintf("c%07d", i), AtLeast: 1, AtMost: 1 + i%3}
	for k := i; k < min(i+size, n); k++ {
		e := madeEntry(k, people)
		c.Statements = append(c.Statements, format.StatementIDs(e.Analysis)[0])
		c.Documents = append(c.Documents, e.Analysis.Document.ID)
	}
	c.Text = "that the harbour was open"
	c.Origins = []format.Origin{{ID: "o", Kind: "speaker", Name: personName(speakerNumber(i, 0, people)), Statements: c.Statements, Why: "named as who said it"}}
	return c
}
