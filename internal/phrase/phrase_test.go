package phrase

import (
	"strings"
	"testing"

	"hearsay"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, language, want string }{
		{"Don't pay $16bn!", "en", "don't pay $ 16 bn !"},
		{"Jusqu’à aujourd’hui, l’homme", "fr", "jusqu' à aujourd'hui , l' homme"},
		{"п’ять об'єктів", "uk", "п'ять об'єктів"},
		{"two-thirds", "en", "two - thirds"},
		{"'quoted'", "en", "' quoted '"},
	} {
		var got []string
		for _, w := range Words(c.text, hearsay.Span{End: len(c.text)}, c.language) {
			got = append(got, w.Low)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: got %q, want %q", c.text, s, c.want)
		}
	}
}

func TestFind(t *testing.T) {
	table := &Table{first: map[string][]*Entry{}, stems: map[string][]*Entry{}, shortest: 99}
	if err := table.Add("# comment\nmod\tabout\tabout|close to\nmod\tover\tclose to over\nunit\tkm\tкілометр*\n"); err != nil {
		t.Fatal(err)
	}
	text := "close to two кілометрів"
	words := Words(text, hearsay.Span{End: len(text)}, "uk")
	table.Mark(words)
	if e, n := Find(words, 0, "mod"); e == nil || n != 2 || e.Value != "about" {
		t.Errorf("close to: got %v, %d words", e, n)
	}
	if e, n := Find(words, 3, "unit"); e == nil || n != 1 || e.Value != "km" {
		t.Errorf("stem: got %v, %d words", e, n)
	}
	if e, _ := Find(words, 3, "mod"); e != nil {
		t.Errorf("another kind: got %v", e)
	}
	for _, bad := range []string{"mod\tabout", "mod\tabout\ta||b"} {
		if table.Add(bad) == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("l'homme qu'on 1.500 «п’ять»", "fr")
	f.Fuzz(func(t *testing.T, text, language string) {
		last := 0
		for _, w := range Words(text, hearsay.Span{End: len(text)}, language) {
			if w.Start < last || w.End <= w.Start || w.End > len(text) {
				t.Fatalf("word %+v after %d", w, last)
			}
			last = w.End
		}
	})
}
