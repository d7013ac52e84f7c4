package store

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/format"
)

// newStore opens an empty dossier in a folder of the test's own.
func newStore(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "test.db"), ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// entry is a document of one sentence in which Anna Berg says that the bridge is open.
func entry(path, text string) *Entry {
	at := func(part string) hearsay.Span {
		i := strings.Index(text, part)
		return hearsay.Span{Start: i, End: i + len(part)}
	}
	doc := &hearsay.Document{
		ID: format.DocumentID(path, text), Path: path, SHA256: text, Language: "en", Title: "The bridge", Text: text,
		Published: "2031-05-02", Blocks: []hearsay.Block{{Span: hearsay.Span{End: len(text)}, Role: hearsay.RoleBody}},
	}
	return &Entry{
		Analysis: &hearsay.Analysis{
			Document: doc,
			Entities: []hearsay.Entity{{Type: hearsay.Person, Name: "Anna Berg", Named: true, Mentions: []int{0}}},
			Mentions: []hearsay.Mention{{Span: at("Anna Berg"), Head: at("Anna Berg"), Type: hearsay.Person}},
			Statements: []hearsay.Statement{{
				Source: []hearsay.Span{at("Anna Berg")}, Cue: []hearsay.Span{at("said")}, Content: []hearsay.Span{at("the bridge is open")},
				Speaker: 0, SpeakerText: "Anna Berg", Addressee: -1, Holder: -1, Manner: hearsay.Indirect, Kind: hearsay.Speech, Score: 0.9,
			}},
		},
		Names:      []NameIn{{Item: []byte(`{"name":"Anna Berg"}`), Spelling: "anna berg"}},
		Statements: []StatementIn{{Content: "the bridge is open", Index: Index{Lemmas: "the bridge be open", Names: "brk"}}},
		Text:       Index{Lemmas: "anna berg say that the bridge be open", Names: "brk"},
	}
}

func TestWhatWasPutComesBack(t *testing.T) {
	s := newStore(t)
	e := entry("a.txt", "Anna Berg said that the bridge is open.")
	if err := s.Put(e); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	if known, err := s.Has("a.txt", e.Analysis.Document.SHA256); err != nil || !known {
		t.Fatalf("Has = %v, %v; want the document to be known", known, err)
	}
	views, err := s.Statements(StatementQuery{})
	if err != nil || len(views) != 1 {
		t.Fatalf("Statements = %d, %v; want 1", len(views), err)
	}
	v := views[0]
	if v.Content[0].Exact != "the bridge is open" || v.SpeakerName != "Anna Berg" || v.Doc.Title != "The bridge" {
		t.Errorf("statement came back as %+v", v)
	}
}

// A statement is found by a word of it, by the beginning of one, by a lemma and by a name in any spelling.
func TestSearch(t *testing.T) {
	s := newStore(t)
	if err := s.Put(entry("a.txt", "Anna Berg said that the bridge is open.")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		term Term
		want int
	}{
		{Term{Word: "bridge"}, 1},
		{Term{Word: "bri"}, 1},
		{Term{Word: "be"}, 1},
		{Term{Word: "Бэрг", Skeleton: "brk"}, 1},
		{Term{Word: "tunnel"}, 0},
		{Term{Word: `"or"`}, 0},
	} {
		views, err := s.Statements(StatementQuery{Match: Match([]Term{c.term})})
		if err != nil || len(views) != c.want {
			t.Errorf("search for %+v: %d statements, %v; want %d", c.term, len(views), err, c.want)
		}
	}
}

// A changed text at the same address is a new version: the old one stays readable and counts no longer.
func TestVersions(t *testing.T) {
	s := newStore(t)
	old := entry("a.txt", "Anna Berg said that the bridge is open.")
	if err := s.Put(old); err != nil {
		t.Fatal(err)
	}
	changed := entry("a.txt", "Anna Berg said today that the bridge is open.")
	changed.Analysis.Document.Supersedes = old.Analysis.Document.ID
	if err := s.Put(changed); err != nil {
		t.Fatal(err)
	}
	docs, err := s.Documents(DocumentQuery{})
	if err != nil || len(docs) != 1 || docs[0].ID != changed.Analysis.Document.ID {
		t.Errorf("Documents = %+v, %v; want the new version alone", docs, err)
	}
	if _, err := s.Records(old.Analysis.Document.ID); err != nil {
		t.Errorf("the old version cannot be read any more: %v", err)
	}
}

func TestOneWriter(t *testing.T) {
	s := newStore(t)
	if _, err := Open(s.Path(), ReadWrite); !errors.Is(err, ErrBusy) {
		t.Errorf("a second writer got %v, want ErrBusy", err)
	}
	r, err := Open(s.Path(), ReadOnly)
	if err != nil {
		t.Fatalf("a reader beside the writer: %v", err)
	}
	r.Close()
}

func TestForeignFiles(t *testing.T) {
	text := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a dossier ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(text, ReadWrite); !errors.Is(err, ErrNotOne) {
		t.Errorf("a text file opened with %v, want ErrNotOne", err)
	}
	s := newStore(t)
	if _, err := s.w.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	path := s.Path()
	s.Close()
	if _, err := Open(path, ReadOnly); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer dossier opened with %v, want ErrNewer", err)
	}
}

// A full disk stops the read with a message that says so; what was committed before is kept.
func TestFullDisk(t *testing.T) {
	s := newStore(t)
	if err := s.Put(entry("a.txt", "Anna Berg said that the bridge is open.")); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := s.w.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.Exec("PRAGMA max_page_count = " + strconv.Itoa(pages+2)); err != nil {
		t.Fatal(err)
	}
	var err error
	for i := 0; i < 200 && err == nil; i++ {
		if err = s.Put(entry(strconv.Itoa(i), "Anna Berg said that the bridge is open, number "+strconv.Itoa(i)+strings.Repeat(" and on", 50))); err == nil {
			err = s.Commit()
		}
	}
	if !errors.Is(err, ErrFull) {
		t.Fatalf("a full disk gave %v, want ErrFull", err)
	}
	docs, err := s.Documents(DocumentQuery{})
	if err != nil || len(docs) == 0 {
		t.Errorf("after the disk was full: %d documents, %v", len(docs), err)
	}
}

func TestMissingDossier(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none.db"), ReadOnly); !os.IsNotExist(err) {
		t.Errorf("a missing dossier gave %v", err)
	}
}
