package mention

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// crowd is a text of one sentence that names n people in full and as many by one name alone.
func crowd(n int) string {
	given := []string{"Anna", "Peter", "Maria", "Karl"}
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s %s met %s, ", given[i%len(given)], surname(i), given[(i+1)%len(given)])
	}
	return b.String() + "and left."
}

// surname is a made-up surname of four syllables for each number below ten thousand.
func surname(i int) string {
	const vowels, consonants = "aeiou", "bdklmnprst"
	var b strings.Builder
	for range 4 {
		b.WriteByte(consonants[i%10])
		b.WriteByte(vowels[i%3])
		i /= 10
	}
	return strings.ToUpper(b.String()[:1]) + b.String()[1:] + "k"
}

// A name is compared with the clusters that share a word with it, those named last first: four times as
// many names take four times as many comparisons, not sixteen times.
func TestNamesAreNotComparedWithAll(t *testing.T) {
	tried := func(people int) int {
		r := newReader(document(crowd(people), "en"))
		r.findNames()
		r.indexNames()
		return r.join().near.tried
	}
	few, many := tried(500), tried(2000)
	if few == 0 || many > 5*few {
		t.Errorf("500 people take %d comparisons, 2000 take %d", few, many)
	}
}

// Two words that are taken for forms of one name stand under a common key, or they would never be compared.
func TestWordsOfOneNameShareAKey(t *testing.T) {
	letters := map[string]string{
		"en": "abehiklnorstuyw'-", "de": "aehilnorstu", "uk": "авгезіїйклнорстуцьєю", "ru": "авегилоцкмнорсуый",
		"be": "аўвегзцыкоамуўэй", "pl": "acdegiklmoprtuwyz'",
	}
	for lang, of := range letters {
		nb := newNeighbours(lang)
		alphabet := []rune(of)
		rapid.Check(t, func(t *rapid.T) {
			stem := rapid.StringOfN(rapid.RuneFrom(alphabet), 2, 7, -1).Draw(t, "stem")
			end := rapid.StringOfN(rapid.RuneFrom(alphabet), 0, 3, -1)
			a, b := stem+end.Draw(t, "a"), stem+end.Draw(t, "b")
			if !sameWord(lang, a, b) {
				return
			}
			for _, x := range nb.wordKeys(a) {
				for _, y := range nb.wordKeys(b) {
					if x == y {
						return
					}
				}
			}
			t.Fatalf("%s: %q and %q are one name but share no key", lang, a, b)
		})
	}
}

// An office stands for the person who was said to hold it last, and a bearer who comes later does not count.
func TestBearers(t *testing.T) {
	a := document("The minister Anna Berg came. The director Peter Holm spoke. The minister left. The minister Maria Lind stayed. The minister slept.", "en")
	(&Stage{}).Run(a)
	var got []string
	for _, m := range a.Mentions {
		got = append(got, m.In(a.Document.Text)+" = "+a.Entities[m.Entity].Name)
	}
	want := "The minister = Anna Berg The minister = Maria Lind"
	var roles []string
	for _, g := range got {
		if strings.HasPrefix(g, "The minister = ") {
			roles = append(roles, g)
		}
	}
	if have := strings.Join(roles, " "); have != want {
		t.Errorf("got %q, want %q (all: %q)", have, want, got)
	}
}
