package names

import (
	"fmt"
	"slices"
	"testing"

	"hearsay"
)

func inPlaces(items []Item, p Places, judged ...hearsay.Judgement) []Cluster {
	r := newResolver(items, judged)
	pairs, lost := r.relations(Crowd)
	return r.join(pairs, lost, p)
}

// together gives the clusters of items, of which each stands in the documents in, joined by pairs.
func together(items []Item, p Places, judged ...hearsay.Judgement) string {
	var out [][]string
	for _, c := range inPlaces(items, p, judged...) {
		var g []string
		for _, i := range c.Items {
			g = append(g, items[i].Language+":"+items[i].Forms[0])
		}
		slices.Sort(g)
		out = append(out, g)
	}
	slices.SortFunc(out, slices.Compare)
	return fmt.Sprint(out)
}

// Names that no spelling joins are one where they have the same places in translations.
func TestSamePlaces(t *testing.T) {
	office, centre := of(hearsay.Organization, "en", "Rivers Office"), of(hearsay.Organization, "uk", "Науковий центр")
	tests := []struct {
		why    string
		in     []Item
		places Places
		want   string
	}{
		{
			"a body that is called otherwise in each language",
			[]Item{office, centre},
			Places{Pairs: []Pair{{A: 0, B: 1, Times: 1, Says: 1}}, Documents: [][]int{{0}, {1}}},
			"[[en:Rivers Office uk:Науковий центр]]",
		},
		{
			"one place alone is chance",
			[]Item{office, centre},
			Places{Pairs: []Pair{{A: 0, B: 1, Times: 1}}, Documents: [][]int{{0}, {1}}},
			"[[en:Rivers Office] [uk:Науковий центр]]",
		},
		{
			"what a third document tells apart stays apart",
			[]Item{office, centre, of(hearsay.Organization, "pl", "Rivers Office"), of(hearsay.Organization, "pl", "Port")},
			Places{
				Pairs:     []Pair{{A: 0, B: 1, Times: 2, Says: 2}, {A: 1, B: 3, Times: 1, Says: 1}},
				Documents: [][]int{{0}, {1}, {2, 3}},
			},
			"[[en:Rivers Office pl:Rivers Office uk:Науковий центр] [pl:Port]]",
		},
		{
			"a person whose name two languages write too differently",
			[]Item{p("es", "Roberto Calzadilla"), p("uk", "Роберто Кальсадія")},
			Places{Pairs: []Pair{{A: 0, B: 1, Times: 1}}, Documents: [][]int{{0}, {1}}},
			"[[es:Roberto Calzadilla uk:Роберто Кальсадія]]",
		},
		{
			"two persons are not one because one place misleads",
			[]Item{p("en", "Anna Berg"), p("uk", "Томас Рен")},
			Places{Pairs: []Pair{{A: 0, B: 1, Times: 1, Says: 1}}, Documents: [][]int{{0}, {1}}},
			"[[en:Anna Berg] [uk:Томас Рен]]",
		},
		{
			"two persons of one family are not one either",
			[]Item{p("en", "Anna Berg"), p("de", "Peter Berg")},
			Places{Pairs: []Pair{{A: 0, B: 1, Times: 1, Says: 1}}, Documents: [][]int{{0}, {1}}},
			"[[de:Peter Berg] [en:Anna Berg]]",
		},
		{
			"a name into which another word was drawn",
			[]Item{p("en", "Tim Berg-Lee"), p("pl", "Inrupt Berg-Lee")},
			Places{Pairs: []Pair{{A: 0, B: 1, Times: 2, Says: 2}}, Documents: [][]int{{0}, {1}}},
			"[[en:Tim Berg-Lee pl:Inrupt Berg-Lee]]",
		},
		{
			"a country and its government",
			[]Item{of(hearsay.Place, "en", "Ukraine"), of(hearsay.Organization, "ru", "правительство Украины")},
			Places{Pairs: []Pair{{A: 0, B: 1, Times: 9, Says: 9}}, Documents: [][]int{{0}, {1}}},
			"[[en:Ukraine] [ru:правительство Украины]]",
		},
	}
	for _, test := range tests {
		if got := together(test.in, test.places); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.why, got, test.want)
		}
	}
	apart := hearsay.Judgement{Kind: "name", Rule: "different", A: "Rivers Office", B: "Науковий центр", Author: "m"}
	if got := together(tests[0].in, tests[0].places, apart); got != "[[en:Rivers Office] [uk:Науковий центр]]" {
		t.Errorf("a person told them apart, and got %s", got)
	}
}

// A surname that two persons bear is in one document the one's, in another the other's.
func TestSurnamesInTheirPlaces(t *testing.T) {
	first, second := p("ru", "Хольм"), p("ru", "Хольм")
	first.Document, second.Document = "one", "two"
	in := []Item{p("en", "Ann Holm"), p("en", "Peter Holm"), first, second}
	places := Places{Pairs: []Pair{{A: 0, B: 2, Times: 1}, {A: 1, B: 3, Says: 1, Times: 1}}}
	if got := together(in, places); got != "[[en:Ann Holm ru:Хольм] [en:Peter Holm ru:Хольм]]" {
		t.Errorf("got %s", got)
	}
	places.Pairs = append(places.Pairs, Pair{A: 1, B: 2, Times: 1})
	if got := together(in, places); got != "[[en:Ann Holm] [en:Peter Holm ru:Хольм] [ru:Хольм]]" {
		t.Errorf("where it is told to be both %s", got)
	}
}

// A surname that many bear is one person's where translations have it in the same place.
func TestSurnamesThatManyBear(t *testing.T) {
	here, there, elsewhere := p("en", "Holm"), p("ru", "Хольм"), p("en", "Holm")
	here.Document, there.Document, elsewhere.Document = "one", "two", "three"
	in := []Item{p("en", "Ann Holm"), p("en", "Peter Holm"), here, there, elsewhere}
	if got := together(in, Places{Pairs: []Pair{{A: 2, B: 3, Times: 1, Says: 1}}}); got != "[[en:Ann Holm] [en:Holm] [en:Holm ru:Хольм] [en:Peter Holm]]" {
		t.Errorf("got %s", got)
	}
}

// A merge by places keeps the two spellings and the rule.
func TestSamePlacesAreExplained(t *testing.T) {
	c := inPlaces([]Item{p("es", "Roberto Calzadilla"), p("uk", "Роберто Кальсадія")}, Places{Pairs: []Pair{{A: 1, B: 0, Times: 2}}})
	want := hearsay.Merge{A: "Roberto Calzadilla", B: "Роберто Кальсадія", Rule: "same place in a translation", Score: 0.7}
	if len(c) != 1 || len(c[0].Actor.Merged) != 1 || c[0].Actor.Merged[0] != want {
		t.Errorf("got %+v", c)
	}
}
