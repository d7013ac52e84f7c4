package format

import (
	"bytes"
	"strings"
	"testing"

	"hearsay"
)

// Offsets agree with counting runes one by one, in every script, at every place.
func TestOffsets(t *testing.T) {
	for _, text := range []string{"", "a", "Міст відкрито", strings.Repeat("«Ні», сказав він. 😀 ", 40), strings.Repeat("x", 300)} {
		o := NewOffsets(text)
		point := 0
		for i := range text {
			if got := o.Point(i); got != point {
				t.Fatalf("Point(%d) in %.20q = %d, want %d", i, text, got, point)
			}
			if got := o.Byte(point); got != i {
				t.Fatalf("Byte(%d) in %.20q = %d, want %d", point, text, got, i)
			}
			point++
		}
		if got := o.Point(len(text)); got != point {
			t.Errorf("Point at the end = %d, want %d", got, point)
		}
	}
}

// A span that does not fit its text is a bug, and stops the run.
func TestBadSpans(t *testing.T) {
	o := NewOffsets("Міст")
	for _, s := range []hearsay.Span{{Start: 0, End: 99}, {Start: 1, End: 4}, {Start: 0, End: 3}, {Start: 2, End: 2}, {Start: -1, End: 2}} {
		if got, err := o.Span(s); err == nil {
			t.Errorf("Span(%v) = %+v, want an error", s, got)
		}
	}
}

func analysis() *hearsay.Analysis {
	text := "Ганна Берг каже: «Міст відкрито»."
	at := func(part string) hearsay.Span {
		i := strings.Index(text, part)
		return hearsay.Span{Start: i, End: i + len(part)}
	}
	return &hearsay.Analysis{
		Document: &hearsay.Document{ID: "d1", Path: "a.txt", Language: "uk", Text: text, Blocks: []hearsay.Block{{Span: hearsay.Span{End: len(text)}, Role: hearsay.RoleBody}}},
		Statements: []hearsay.Statement{{
			Source: []hearsay.Span{at("Ганна Берг")}, Cue: []hearsay.Span{at("каже")}, Content: []hearsay.Span{at("Міст відкрито")},
			Speaker: 0, Holder: -1, Addressee: -1, Manner: hearsay.Direct, Kind: hearsay.Speech,
		}},
	}
}

func TestRecordsAreInCodePoints(t *testing.T) {
	records, err := Records(analysis(), func(int) string { return "a1" })
	if err != nil {
		t.Fatal(err)
	}
	s := records[1].Statement
	if got := s.Content[0]; got.Start != 18 || got.End != 31 || got.Exact != "Міст відкрито" {
		t.Errorf("content = %+v, want 18-31", got)
	}
	if s.Speaker != "a1" {
		t.Errorf("speaker = %q", s.Speaker)
	}
}

// What is written can be read again, and the document restored is the one that was written.
func TestStreamRoundTrip(t *testing.T) {
	a := analysis()
	records, err := Records(a, nil)
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	w := NewWriter(&buf)
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	var doc *hearsay.Document
	err = Read(&buf, func(r Record) error {
		if r.Document == nil {
			return nil
		}
		var err error
		doc, err = Restore(r.Document)
		return err
	})
	if err != nil || doc == nil || doc.Text != a.Document.Text || doc.Blocks[0] != a.Document.Blocks[0] {
		t.Errorf("restored %+v, %v", doc, err)
	}
}

// A stream whose spans do not hold what they say is refused, with the line.
func TestTamperedStream(t *testing.T) {
	line := `{"document":{"id":"d1","path":"a","sha256":"","language":"en","language_confidence":1,"text":"short","blocks":[{"start":0,"end":9,"role":"body"}]}}`
	err := Read(strings.NewReader("\n"+line), func(r Record) error {
		_, err := Restore(r.Document)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("error = %v, want one that names line 2", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"run":{"format":1}}` + "\n" + `{"document":{"id":"d","text":"abc","blocks":[{"start":0,"end":3,"role":"body"}]}}`)
	f.Fuzz(func(_ *testing.T, stream string) {
		_ = Read(strings.NewReader(stream), func(r Record) error {
			if r.Document == nil {
				return nil
			}
			_, err := Restore(r.Document)
			return err
		})
	})
}
