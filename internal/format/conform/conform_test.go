package conform

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/format"
)

const run = `{"run":{"format":1,"program":"hearsay","version":"1","languages":["en"],"models":[]}}`

var sha = strings.Repeat("0", 64)

func document(id, text string) string {
	return `{"document":{"id":"` + id + `","path":"a.txt","sha256":"` + sha + `","language":"en","language_confidence":1,"text":"` + text + `","blocks":[]}}`
}

// Streams that break a promise, and what the checker says of them.
func TestBroken(t *testing.T) {
	for _, tt := range []struct{ name, stream, want string }{
		{"no run", document("d1", "x"), "begins with its run"},
		{"two kinds in one line", run + "\n" + `{"run":{},"actor":{}}`, "maxProperties"},
		{"an unknown field", run + "\n" + strings.Replace(document("d1", "x"), `"path"`, `"mood":"bad","path"`, 1), "additional"},
		{"neither path nor address", run + "\n" + strings.Replace(document("d1", "x"), `"path":"a.txt",`, "", 1), "path"},
		{"a date that is none", run + "\n" + strings.Replace(document("d1", "x"), `"path"`, `"published":"yesterday","path"`, 1), "published"},
		{"the same document twice", run + "\n" + document("d1", "x") + "\n" + document("d1", "x"), "second time"},
		{"a span that reads otherwise", run + "\n" + document("d1", "Ann ran") + "\n" + `{"mention":{"id":"m","document":"d1","start":0,"end":3,"exact":"Bob","type":"person","head":"Bob"}}`, `reads "Ann"`},
		{"a span in bytes", run + "\n" + document("d1", "Мир") + "\n" + `{"mention":{"id":"m","document":"d1","start":0,"end":6,"exact":"Мир","type":"person","head":"Мир"}}`, "does not fit"},
		{"a speaker nobody knows", run + "\n" + document("d1", "Ann ran") + "\n" + `{"mention":{"id":"m","document":"d1","start":0,"end":3,"exact":"Ann","actor":"a9","type":"person","head":"Ann"}}`, "a9 is not in the stream"},
		{"a mention before its document", run + "\n" + `{"mention":{"id":"m","document":"d1","start":0,"end":3,"exact":"Ann","type":"person","head":"Ann"}}`, "belongs to document"},
		{"more origins at least than at most", run + "\n" + document("d1", "Ann ran") + "\n" + `{"statement":{"id":"s","document":"d1","source":[],"cue":[],"content":[{"start":0,"end":3,"exact":"Ann"}],"manner":"direct","kind":"speech","score":1}}` + "\n" +
			`{"claim":{"id":"c","text":"Ann","statements":["s"],"documents":["d1"],"origins":[],"at_least":2,"at_most":1}}`, "at least 2"},
	} {
		err := Stream(strings.NewReader(tt.stream))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}

// What the writer makes of a full analysis conforms.
func TestWritten(t *testing.T) {
	text := "«Міст відкрито», — каже Ганна Берг. Загинуло 12 людей."
	at := func(part string) hearsay.Span {
		i := strings.Index(text, part)
		return hearsay.Span{Start: i, End: i + len(part)}
	}
	a := &hearsay.Analysis{
		Document: &hearsay.Document{
			ID: "d1", Path: "a.txt", SHA256: sha, Language: "uk", LanguageConfidence: 0.99, Published: "2024-03-12", Text: text,
			Blocks:  []hearsay.Block{{Span: hearsay.Span{End: len(text)}, Role: hearsay.RoleBody}},
			Repairs: []hearsay.Repair{{Span: at("Міст"), To: "Міст", Why: "script"}},
			Credits: []hearsay.Credit{{Span: at("Ганна Берг"), Kind: hearsay.CreditVia, Name: "Ганна Берг"}},
		},
		Entities: []hearsay.Entity{{Type: hearsay.Person, Name: "Ганна Берг", Named: true, Mentions: []int{0}}},
		Mentions: []hearsay.Mention{{Span: at("Ганна Берг"), Head: at("Ганна Берг"), Type: hearsay.Person}},
		Statements: []hearsay.Statement{{
			Source: []hearsay.Span{at("Ганна Берг")}, Cue: []hearsay.Span{at("каже")}, Content: []hearsay.Span{at("Міст відкрито")},
			Speaker: 0, Addressee: -1, Holder: -1, Manner: hearsay.Direct, Kind: hearsay.Speech, Class: "say", Score: 0.9, Factuality: hearsay.CertainPlus,
		}},
		Figures: []hearsay.Figure{{Span: at("12"), Value: 12, Low: 12, High: 12, Of: "людина", Statement: -1}},
	}
	records, err := format.Records(a, func(int) string { return "a1" })
	if err != nil {
		t.Fatal(err)
	}
	actor := format.FromActor(hearsay.Actor{ID: "a1", Name: "Ганна Берг", Type: hearsay.Person, Names: []hearsay.Name{{Form: "Ганна Берг", Language: "uk", Count: 1}}})
	all := append([]format.Record{{Run: &format.Run{Format: 1, Program: "hearsay", Version: "1", Languages: []string{"uk"}, Models: []format.Model{}}}}, records...)
	all = append(all, format.Record{Actor: actor})
	var stream bytes.Buffer
	w := format.NewWriter(&stream)
	for _, r := range all {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := Stream(&stream); err != nil {
		t.Error(err)
	}
}

// A stream of one's own is checked with HEARSAY_STREAM=records.jsonl go test ./internal/format/conform.
func TestOwnStream(t *testing.T) {
	path := os.Getenv("HEARSAY_STREAM")
	if path == "" {
		t.Skip("HEARSAY_STREAM names no stream")
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := Stream(f); err != nil {
		t.Error(err)
	}
}
