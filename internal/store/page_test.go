package store

import (
	"reflect"
	"testing"
)

// The tally of a day follows documents that come and versions that go.
func TestTally(t *testing.T) {
	s := newStore(t)
	old := entry("a.txt", "Anna Berg said that the bridge is open.")
	changed := entry("a.txt", "Anna Berg said today that the bridge is open.")
	changed.Analysis.Document.Supersedes = old.Analysis.Document.ID
	for _, e := range []*Entry{old, changed, entry("b.txt", "Anna Berg said that the bridge is open now.")} {
		if err := s.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Tallies("2031-05-02", "2031-05-02")
	if want := []Tally{{"2031-05-02", "en", 2, 2}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Tallies = %v, %v; want %v", got, err, want)
	}
	if none, err := s.Tallies("2031-05-03", ""); err != nil || len(none) > 0 {
		t.Errorf("Tallies after the day = %v, %v", none, err)
	}
	slow, err := s.Summary()
	if err != nil {
		t.Fatal(err)
	}
	quick, err := s.Overview()
	slow.First, slow.Last = slow.First[:10], slow.Last[:10]
	if err != nil || !reflect.DeepEqual(slow, quick) {
		t.Errorf("Overview = %+v, %v; Summary = %+v", quick, err, slow)
	}
}

// The way that searches for common words take finds what the other one finds.
func TestMatchesByDate(t *testing.T) {
	s := newStore(t)
	for _, path := range []string{"a.txt", "b.txt", "c.txt"} {
		if err := s.Put(entry(path, "Anna Berg said that the bridge is open in "+path+".")); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range []StatementQuery{
		{Match: Match([]Term{{Word: "bridge"}})},
		{Match: Match([]Term{{Word: "tunnel"}})},
		{Match: Match([]Term{{Word: "bridge"}}), Language: "uk"},
		{Match: Match([]Term{{Word: "bridge"}}), Limit: 2, From: "2031-05-02", To: "2031-05-02"},
	} {
		want, err := s.Statements(q)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.matchesByDate(q)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v: %d statements, %v; want %d", q, len(got), err, len(want))
		}
	}
}
