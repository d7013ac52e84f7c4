package claims

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"hearsay"

	"pgregory.net/rapid"
)

var (
	someSpeakers = []string{"", "own", "insiders", "Anna Berg", "Tomas Rehn", "Davor Lenk", "Petra Lenk", "Lenk"}
	someOutlets  = []string{"", "Vellin Courier", "Marn Post", "Harbour Watch"}
	someKinds    = []hearsay.LinkKind{hearsay.Copy, hearsay.Translation, hearsay.Republishes, hearsay.Cites}
	someFacts    = []hearsay.Factuality{hearsay.CertainPlus, hearsay.PossiblePlus, hearsay.CertainMinus, hearsay.Unknown}
)

func drawWorld(t *rapid.T) *world {
	w := newWorld()
	n := rapid.IntRange(1, 9).Draw(t, "statements")
	for i := range n {
		doc := fmt.Sprintf("d%d", rapid.IntRange(0, i).Draw(t, "document"))
		if _, ok := w.Documents[doc]; !ok {
			w.doc(doc, rapid.SampledFrom(someOutlets).Draw(t, "outlet"), rapid.SampledFrom([]string{"", "2024-03-01", "2024-03-02"}).Draw(t, "day"))
		}
		it := w.say(fmt.Sprintf("s%d", i), doc, rapid.SampledFrom(someSpeakers).Draw(t, "speaker"), fmt.Sprintf("the bridge of Vellin fell %d", i))
		it.Factuality = rapid.SampledFrom(someFacts).Draw(t, "factuality")
		if rapid.Bool().Draw(t, "through") {
			it.Via = []string{rapid.SampledFrom(someOutlets[1:]).Draw(t, "via")}
		}
		if it.Denies = rapid.IntRange(0, 3).Draw(t, "denies") == 0; it.Denies {
			it.Sign = -1
		}
		if i > 0 {
			other := fmt.Sprintf("s%d", rapid.IntRange(0, i-1).Draw(t, "with"))
			p := Pair{Score: float64(rapid.IntRange(1, 9).Draw(t, "score")) / 10, Sign: rapid.SampledFrom([]int{1, 1, -1}).Draw(t, "sign"), Sure: rapid.IntRange(0, 4).Draw(t, "sure") > 0}
			w.pair(other, it.Statement, p)
		}
	}
	docs := sortedKeys(w.Documents)
	for range rapid.IntRange(0, 4).Draw(t, "links") {
		from, to := rapid.SampledFrom(docs).Draw(t, "from"), rapid.SampledFrom(docs).Draw(t, "to")
		if from != to {
			w.link(from, to, rapid.SampledFrom(someKinds).Draw(t, "kind"), float64(rapid.IntRange(4, 10).Draw(t, "certain"))/10)
		}
	}
	return w
}

// In whatever order statements, pairs and links come, the claim is the same to the byte; no bound is
// crossed; every statement has one origin and one chain.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		ids := sortedKeys(w.Items)
		c, conflicts, cited := Build(ids, w.pairs, &w.World)
		other := w.World
		other.Links = rapid.Permutation(w.Links).Draw(t, "order of links")
		c2, conflicts2, cited2 := Build(rapid.Permutation(ids).Draw(t, "order"), rapid.Permutation(w.pairs).Draw(t, "order of pairs"), &other)
		one, two := encoded(t, c, conflicts, cited), encoded(t, c2, conflicts2, cited2)
		if one != two {
			t.Fatalf("\n%s\n%s", one, two)
		}
		if c.AtLeast > c.AtMost || c.AtLeast < 1 {
			t.Fatalf("at least %d, at most %d", c.AtLeast, c.AtMost)
		}
		told := 0
		for _, o := range c.Origins {
			told += len(o.Statements)
			if len(o.Chains) != len(o.Statements) || o.Why == "" || o.Name == "" {
				t.Fatalf("%+v", o)
			}
		}
		if told != len(ids) {
			t.Fatalf("%d of %d statements have an origin", told, len(ids))
		}
	})
}

func encoded(t *rapid.T, c hearsay.Claim, conflicts []hearsay.Conflict, cited []hearsay.Link) string {
	b, err := json.Marshal(struct {
		C hearsay.Claim
		X []hearsay.Conflict
		L []hearsay.Link
	}{c, conflicts, cited})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Comparing is the same both ways, and an item survives being written and read.
func TestCompareIsSymmetric(t *testing.T) {
	words := []string{"bridge", "fall", "minister", "close", "strait", "sell", "port", "harbour"}
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawItem(t, "a", words), drawItem(t, "b", words)
		p, ok := Compare(a, b)
		q, ok2 := Compare(b, a)
		if p != q || ok != ok2 {
			t.Fatalf("%+v %v, %+v %v", p, ok, q, ok2)
		}
		raw, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var c Item
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatal(err)
		}
		if r, ok3 := Compare(&c, b); r != p || ok3 != ok {
			t.Fatalf("read again: %+v %v, %+v %v", p, ok, r, ok3)
		}
		if n := len(a.Keys()); n > wordKeys+2*anchorKeys+topicKeys+2 {
			t.Fatalf("%d keys", n)
		}
	})
}

func drawItem(t *rapid.T, id string, words []string) *Item {
	it := &Item{
		Statement: id, Document: "d" + rapid.SampledFrom([]string{"1", "2"}).Draw(t, "document"), Sentences: 1,
		Language: rapid.SampledFrom([]string{"en", "uk"}).Draw(t, "language"), Published: rapid.SampledFrom([]string{"", "2024-03-01", "2024-03-09", "2025-01-01"}).Draw(t, "day"),
		Source: speakerSource(rapid.SampledFrom(someSpeakers).Draw(t, "speaker")), Sign: rapid.SampledFrom([]int{1, -1}).Draw(t, "sign"),
		Factuality: hearsay.CertainPlus, Text: "the bridge fell into the strait", Order: rapid.IntRange(0, 3).Draw(t, "place"), Rebuts: rapid.Bool().Draw(t, "rebuts"),
	}
	it.Lemmas = rapid.SliceOfNDistinct(rapid.SampledFrom(words), 1, 6, rapid.ID[string]).Draw(t, "words")
	slices.Sort(it.Lemmas)
	for range rapid.IntRange(0, 2).Draw(t, "figures") {
		v := float64(rapid.IntRange(1, 3).Draw(t, "value"))
		it.Figures = append(it.Figures, Figure{Low: v, High: v, Of: rapid.SampledFrom(words).Draw(t, "of"), Text: fmt.Sprint(v)})
	}
	return it
}
