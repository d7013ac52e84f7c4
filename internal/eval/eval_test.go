package eval

import (
	"strings"
	"testing"
	"testing/fstest"

	"hearsay/internal/format"
)

// A quotation stands where the parts of its statement stand closest together, and never within a word.
func TestLocate(t *testing.T) {
	text := "The sheep sleep, Ann said. She was sure: the bridge is open. The bridge is open, she said later, and Tom said so too."
	for _, tt := range []struct {
		s      Statement
		source string // the text before it
		ok     bool
	}{
		{Statement{Source: []string{"she"}, Cue: []string{"said"}, Content: []string{"he bridge is open"}}, "", false}, // within a word
		{Statement{Source: []string{"she"}, Cue: []string{"said"}, Content: []string{"The bridge is open"}}, "The bridge is open, ", true},
		{Statement{Source: []string{"Ann"}, Cue: []string{"said"}, Content: []string{"The sheep sleep"}}, "The sheep sleep, ", true},
		{Statement{Source: []string{"Tom"}, Cue: []string{"said"}, Content: []string{"so"}}, "later, and ", true},
		{Statement{Source: []string{"Bob"}, Cue: []string{"said"}, Content: []string{"so"}}, "", false},
	} {
		p, err := locate([]rune(text), &tt.s)
		if (err == nil) != tt.ok {
			t.Errorf("%v: error %v", tt.s, err)
			continue
		}
		if tt.ok && !strings.HasSuffix(text[:p.source[0].start], tt.source) {
			t.Errorf("%v: the source is looked for at %q", tt.s, text[p.source[0].start:])
		}
	}
}

const sample = "Ann said that the bridge is open. Tom denied it."

func records() []format.Record {
	at := func(part string) []format.Span {
		i := strings.Index(sample, part)
		return []format.Span{{Start: i, End: i + len(part), Exact: part}}
	}
	return []format.Record{
		{Document: &format.Document{ID: "d1", Path: "in/a.txt", Language: "en", Title: "Bridge", Text: sample}},
		{Statement: &format.Statement{ID: "s1", Document: "d1", Source: at("Ann"), Cue: at("said"), Content: at("the bridge is open"), Speaker: "a1", Manner: "indirect"}},
		{Statement: &format.Statement{ID: "s2", Document: "d1", Source: at("Ann"), Cue: at("denied"), Content: at("it"), Manner: "indirect"}},
		{Actor: &format.Actor{ID: "a1", Name: "Ann", Names: []format.Name{{Form: "Ann"}}}},
		{Link: &format.Link{From: "d1", To: map[string]any{"external": "The Herald"}, Kind: "cites"}},
	}
}

func gold(t *testing.T) *Gold {
	t.Helper()
	file := func(lines ...string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))} }
	g, err := Load(fstest.MapFS{
		"documents.jsonl":  file(`{"document": "a.txt", "language": "en", "title": "Bridge", "credits": [{"kind": "agency", "name": "INA"}]}`),
		"statements.jsonl": file(`{"document": "a.txt", "source": ["Ann"], "cue": ["said"], "content": ["the bridge is open"], "speaker": "Ann", "manner": "indirect"}`, `{"document": "a.txt", "source": ["Tom"], "cue": ["denied"], "content": ["it"], "speaker": "Tom", "manner": "indirect"}`),
		"actors.jsonl":     file(`{"actor": "Ann", "names": ["Ann"]}`, `{"actor": "Tom", "names": ["Tom"]}`),
		"links.jsonl":      file(`{"from": "a.txt", "kind": "cites", "external": "Herald"}`),
		"claims.jsonl":     file(`{"claim": "bridge", "statements": [["a.txt", "the bridge"], ["a.txt", "it"]], "at_least": 1, "at_most": 2}`),
		"conflicts.jsonl":  file(`{"kind": "denial", "between": [["a.txt", "the bridge"], ["a.txt", "it"]]}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// What is found, missed, wrong and too much is counted and named; the figures can be read again.
func TestCompare(t *testing.T) {
	report, err := Compare(gold(t), records())
	if err != nil {
		t.Fatal(err)
	}
	text := report.String()
	for _, want := range []string{
		"wrong source       a.txt: {Ann} <denied> [it] instead of {Tom} <denied> [it]",
		"no speaker         a.txt: {Tom} <denied> [it]",
		"missing credit     a.txt: agency INA",
		"actor in parts     Tom: 0 of 1",
		"missing claim      bridge",
		"missing conflict   denial",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	figures, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]Figure{}
	for _, f := range figures {
		by[f.Name] = f
	}
	for _, want := range []Figure{
		{"statements", 2, 2, 0},
		{"who said what", 1, 2, 1},
		{"links", 1, 1, 0},
		{"titles", 1, 1, 0},
		{"statements in one claim", 0, 1, 0},
	} {
		if by[want.Name] != want {
			t.Errorf("%+v, want %+v", by[want.Name], want)
		}
	}
}

// Gold that quotes what the text does not hold, and gold with unknown fields, are refused.
func TestBadGold(t *testing.T) {
	g := gold(t)
	g.Statements[0].Content = []string{"the tunnel is open"}
	if _, err := Compare(g, records()); err == nil {
		t.Error("a quotation that stands nowhere is accepted")
	}
	if _, err := Load(fstest.MapFS{"documents.jsonl": {Data: []byte(`{"document": "a.txt", "mood": "bad"}`)}}); err == nil || !strings.Contains(err.Error(), "documents.jsonl:1") {
		t.Errorf("error %v, want one that names file and line", err)
	}
}
