package claims

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay"

	"pgregory.net/rapid"
)

// Names are looked up by what they may share, not compared each with each; both say the same.
func TestNamesAgreeByKey(t *testing.T) {
	words := []string{"Anna", "Petra", "Davor", "Berg", "Lenk", "Rehn", "Wójcik", "Hryhorovych"}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) Name {
			spoken := rapid.SliceOfNDistinct(rapid.SampledFrom(words), 1, 4, rapid.ID[string]).Draw(t, label)
			n := Name{}
			n.Keys, n.Full = nameKeys([]string{strings.Join(spoken, " ")}, hearsay.Person)
			return n
		}
		a, b := draw("a"), draw("b")
		share := slices.ContainsFunc(a.inFull(), func(k [3]string) bool { return slices.Contains(b.inFull(), k) })
		if want := len(a.Full) > 1 && len(b.Full) > 1 && a.agrees(&b); share != want {
			t.Fatalf("%v and %v: share a key %v, agree %v", a.Full, b.Full, share, want)
		}
	})
}

// manyVoices is one claim in one text that very many persons are said to have told, some of them twice.
func manyVoices(n int) (*world, []string) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	var ids []string
	for i := range n {
		id := fmt.Sprintf("s%06d", i)
		name := fmt.Sprintf("%s %s", invented(i%(n/2+1)), invented(i%97))
		switch i % 8 {
		case 6:
			name = "resident " + invented(i)
		case 7:
			name = invented(i % 97)
		}
		it := w.say(id, "d1", name, "the bridge of Vellin fell")
		it.Factuality = someFacts[i%2]
		ids = append(ids, id)
		if i > 0 {
			w.same(ids[i-1], id)
		}
	}
	w.say("t1", "d2", "own", "the bridge of Vellin fell")
	w.same("t1", ids[0])
	return w, append(ids, "t1")
}

// invented writes a number in syllables.
func invented(n int) string {
	const first, vowels = "BDGKLMNPRSTVZ", "aeiou"
	out := string(first[n%13])
	for n = n/13 + 1; n > 0; n /= 65 {
		out += string(vowels[n%5]) + string("bdgklmnprstvz"[n/5%13])
	}
	return out
}

// A text of a million words may say one thing in tens of thousands of statements: counting them is no work of pairs,
// or this test would not end.
func TestClaimOfVeryManyVoices(t *testing.T) {
	w, ids := manyVoices(64_000)
	c, _, _ := Build(ids, w.pairs, &w.World)
	if len(c.Statements) != len(ids) || c.AtLeast < 1 || c.AtLeast > c.AtMost {
		t.Errorf("%d of %d statements, at least %d, at most %d", len(c.Statements), len(ids), c.AtLeast, c.AtMost)
	}
}

// BenchmarkBuild counts the origins of one claim of so many statements.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1_000, 8_000, 64_000} {
		w, ids := manyVoices(n)
		b.Run(fmt.Sprintf("statements=%d", n), func(b *testing.B) {
			for b.Loop() {
				Build(ids, w.pairs, &w.World)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/statement")
		})
	}
}
