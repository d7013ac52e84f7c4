package names

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay"
)

func p(language string, forms ...string) Item {
	it := Item{Language: language, Type: hearsay.Person, Forms: forms}
	if !strings.Contains(forms[0], " ") {
		it.Document = "doc " + language
	}
	return it
}

func of(kind hearsay.MentionType, language string, forms ...string) Item {
	return Item{Language: language, Type: kind, Forms: forms}
}

// groups gives the clusters as sorted lists of "lang:form".
func groups(items []Item, judged ...hearsay.Judgement) [][]string {
	return listed(items, Resolve(items, judged))
}

// inGroups resolves items of which no more than crowd may share a key.
func inGroups(items []Item, crowd int) [][]string { return listed(items, resolve(items, nil, crowd)) }

func listed(items []Item, clusters []Cluster) [][]string {
	var out [][]string
	for _, c := range clusters {
		var g []string
		for _, i := range c.Items {
			g = append(g, items[i].Language+":"+items[i].Forms[0])
		}
		slices.Sort(g)
		out = append(out, g)
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

func TestResolve(t *testing.T) {
	tests := []struct {
		why  string
		in   []Item
		want string
	}{
		{
			"one person in eight languages and two scripts",
			[]Item{
				p("en", "Alexander Lukashenko", "Lukashenko"), p("uk", "Олександр Лукашенко"), p("ru", "Александр Лукашенко"), p("be", "Аляксандр Лукашэнка"),
				p("pl", "Aleksander Łukaszenka"), p("de", "Alexander Lukaschenko"), p("fr", "Alexandre Loukachenko"), p("es", "Alexander Lukashenko"),
			},
			"[[be:Аляксандр Лукашэнка de:Alexander Lukaschenko en:Alexander Lukashenko es:Alexander Lukashenko fr:Alexandre Loukachenko pl:Aleksander Łukaszenka ru:Александр Лукашенко uk:Олександр Лукашенко]]",
		},
		{
			"a ministry by its state and field, in three languages; that of another state",
			[]Item{
				of(hearsay.Organization, "en", "Korvian Water Ministry"), of(hearsay.Organization, "uk", "Міністерство води Корвії"),
				of(hearsay.Organization, "fr", "Ministère de l'Eau de Korvie"), of(hearsay.Organization, "en", "Ministry of Water of Talmar"),
			},
			"[[en:Korvian Water Ministry fr:Ministère de l'Eau de Korvie uk:Міністерство води Корвії] [en:Ministry of Water of Talmar]]",
		},
		{
			"a country in a German case",
			[]Item{of(hearsay.Organization, "de", "Vereinigten Staaten"), of(hearsay.Organization, "en", "United States"), of(hearsay.Organization, "de", "Vereinigten Königreichs"), of(hearsay.Organization, "fr", "Royaume-Uni")},
			"[[de:Vereinigten Königreichs fr:Royaume-Uni] [de:Vereinigten Staaten en:United States]]",
		},
		{
			"given names that differ between neighbours",
			[]Item{p("en", "Volodymyr Zelensky"), p("ru", "Владимир Зеленский"), p("de", "Wolodymyr Selenskyj"), p("uk", "Володимир Зеленський")},
			"[[de:Wolodymyr Selenskyj en:Volodymyr Zelensky ru:Владимир Зеленский uk:Володимир Зеленський]]",
		},
		{
			"the letters of another script stand for sounds, not letters",
			[]Item{p("en", "Brett Kavanaugh"), p("uk", "Бретт Кавано"), p("en", "Grant Reeher"), p("ru", "Грант Риер"), p("en", "Xi Jinping"), p("uk", "Сі Цзіньпін"), p("ru", "Си Цзиньпин")},
			"[[en:Brett Kavanaugh uk:Бретт Кавано] [en:Grant Reeher ru:Грант Риер] [en:Xi Jinping ru:Си Цзиньпин uk:Сі Цзіньпін]]",
		},
		{
			"husband and wife, two namesakes",
			[]Item{p("en", "Donald Trump"), p("en", "Melania Trump"), p("uk", "Меланія Трамп"), p("en", "Boris Johnson"), p("en", "Michael Johnson"), p("pl", "Boris Johnson")},
			"[[en:Boris Johnson pl:Boris Johnson] [en:Donald Trump] [en:Melania Trump uk:Меланія Трамп] [en:Michael Johnson]]",
		},
		{
			"a surname alone joins where only one person bears it",
			[]Item{p("en", "Anna Berg"), p("de", "Berg"), p("en", "Ann Holm"), p("en", "Peter Holm"), p("de", "Holm")},
			"[[de:Berg en:Anna Berg] [de:Holm] [en:Ann Holm] [en:Peter Holm]]",
		},
		{
			"given name and patronymic where one text equates them with the surname",
			[]Item{p("en", "Alexander Lukashenko", "Alexander Grigorievich"), p("ru", "Александр Григорьевич Лукашенко")},
			"[[en:Alexander Lukashenko ru:Александр Григорьевич Лукашенко]]",
		},
		{
			"a country in many languages; its capital stays apart",
			[]Item{of(hearsay.Place, "en", "Ukraine"), of(hearsay.Place, "ru", "Украина"), of(hearsay.Place, "fr", "Ukraine"), of(hearsay.Place, "en", "Kyiv"), of(hearsay.Place, "ru", "Киев")},
			"[[en:Kyiv ru:Киев] [en:Ukraine fr:Ukraine ru:Украина]]",
		},
		{
			"an acronym that one language has from another",
			[]Item{
				of(hearsay.Organization, "de", "Institut für Flussforschung", "IRS"), of(hearsay.Organization, "pl", "Instytut Badań Rzecznych", "IRS"),
			},
			"[[de:Institut für Flussforschung pl:Instytut Badań Rzecznych]]",
		},
		{
			"two bodies whose own initials meet",
			[]Item{
				of(hearsay.Organization, "en", "Institute of Social Work", "ISW"), of(hearsay.Organization, "de", "Institut Südlicher Wälder", "ISW"),
			},
			"[[de:Institut Südlicher Wälder] [en:Institute of Social Work]]",
		},
		{
			"one government in many languages; the country and what only belongs to it stay apart",
			[]Item{
				of(hearsay.Organization, "en", "Chinese government"), of(hearsay.Organization, "de", "chinesische Regierung"), of(hearsay.Organization, "es", "gobierno de China"),
				of(hearsay.Place, "en", "China"), of(hearsay.Organization, "fr", "Conseil du gouvernement chinois"), of(hearsay.Organization, "pl", "Rząd Polski"),
			},
			"[[de:chinesische Regierung en:Chinese government es:gobierno de China] [en:China] [fr:Conseil du gouvernement chinois] [pl:Rząd Polski]]",
		},
		{
			"a person whom one text takes for a body",
			[]Item{p("en", "Bob Blemmings"), of(hearsay.Organization, "ru", "Боб Блеммингс")},
			"[[en:Bob Blemmings ru:Боб Блеммингс]]",
		},
		{
			"an acronym that one text defines",
			[]Item{of(hearsay.Organization, "en", "Institute for the Study of War", "ISW"), of(hearsay.Organization, "en", "ISW")},
			"[[en:ISW en:Institute for the Study of War]]",
		},
	}
	for _, test := range tests {
		if got := fmt.Sprint(groups(test.in)); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.why, got, test.want)
		}
	}
}

func TestJudgementsOutrankTheProgram(t *testing.T) {
	in := []Item{p("en", "Anna Berg"), p("de", "Anna Berg"), p("en", "Anne Holm")}
	same := hearsay.Judgement{Kind: "name", Rule: "same", A: "Anna Berg", B: "Anne Holm", Author: "m"}
	if got := len(Resolve(in, []hearsay.Judgement{same})); got != 1 {
		t.Errorf("%d actors after a merge, want 1", got)
	}
	in = []Item{p("en", "Alexander Holm"), p("ru", "Александр Хольм")}
	apart := hearsay.Judgement{Kind: "name", Rule: "different", A: "Alexander Holm", B: "Александр Хольм", Author: "m"}
	if got := len(Resolve(in, []hearsay.Judgement{apart})); got != 2 {
		t.Errorf("%d actors after a split, want 2", got)
	}
	if got := len(Resolve(in, nil)); got != 1 {
		t.Errorf("%d actors without one, want 1", got)
	}
}

// Joining two actors joins all names of both, and the last judgement on a pair is the one that holds.
func TestJudgementsTakeAllNamesAlong(t *testing.T) {
	in := []Item{p("en", "Anna Berg"), p("ru", "Анна Берг"), p("en", "Grey Owl"), p("ru", "Берг")}
	same := hearsay.Judgement{Kind: "name", Rule: "same", A: "Grey Owl", B: "Anna Berg", Author: "m"}
	if got := fmt.Sprint(groups(in, same)); got != "[[en:Anna Berg en:Grey Owl ru:Анна Берг ru:Берг]]" {
		t.Errorf("after a merge %s", got)
	}
	apart := hearsay.Judgement{Kind: "name", Rule: "different", A: "Anna Berg", B: "Grey Owl", Author: "m"}
	if got := fmt.Sprint(groups(in, same, apart)); got != "[[en:Anna Berg ru:Анна Берг ru:Берг] [en:Grey Owl]]" {
		t.Errorf("after a merge that a later split supersedes %s", got)
	}
}

func TestMergesAreExplained(t *testing.T) {
	c := Resolve([]Item{p("en", "Anna Berg"), p("uk", "Анна Берг")}, nil)
	if len(c) != 1 || len(c[0].Actor.Merged) != 1 {
		t.Fatalf("got %+v", c)
	}
	m := c[0].Actor.Merged[0]
	if m.A != "Anna Berg" || m.B != "Анна Берг" || m.Rule != "other script" || m.Score < 0.8 {
		t.Errorf("got %+v", m)
	}
}

var pool = []Item{
	p("en", "Anna Berg", "Berg"), p("uk", "Анна Берг"), p("de", "Berg"), p("en", "Peter Berg"), p("ru", "Петр Берг"), p("en", "P. Berg"),
	p("en", "Alexander Lukashenko"), p("be", "Аляксандр Лукашэнка"), p("ru", "Лукашенко"), of(hearsay.Place, "en", "Kyiv"), of(hearsay.Place, "uk", "Київ"),
	of(hearsay.Organization, "en", "Reuters"), of(hearsay.Organization, "ru", "Рейтерс"), of(hearsay.Place, "en", "Holm"),
	of(hearsay.Organization, "en", "The Ledger"), of(hearsay.Organization, "de", "Ledger"), of(hearsay.Organization, "de", "The Ledger"),
	of(hearsay.Organization, "en", "24/7"), of(hearsay.Organization, "de", "24/7"), p("en", "Eva Holm"),
	{Language: "en", Type: hearsay.Group, Forms: []string{"two officials"}, Unnamed: true, Document: "a", Index: 3, Plural: true},
}

// The order in which items come changes nothing but their indices.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "n")
		items := make([]Item, n)
		for i := range items {
			items[i] = pool[rapid.IntRange(0, len(pool)-1).Draw(t, "item")]
			if items[i].Document != "" && !items[i].Unnamed {
				items[i].Document = rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "document")
			}
		}
		perm := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))).Perm(n)
		shuffled := make([]Item, n)
		for i, j := range perm {
			shuffled[i] = items[j]
		}
		a, b := Resolve(items, nil), Resolve(shuffled, nil)
		if len(a) != len(b) {
			t.Fatalf("%d and %d clusters", len(a), len(b))
		}
		for i := range a {
			if !reflect.DeepEqual(a[i].Actor, b[i].Actor) {
				t.Fatalf("%+v\nand\n%+v", a[i].Actor, b[i].Actor)
			}
			var back []int
			for _, k := range b[i].Items {
				back = append(back, perm[k])
			}
			slices.Sort(back)
			if !slices.Equal(a[i].Items, back) {
				t.Fatalf("items %v and %v", a[i].Items, back)
			}
		}
	})
}

// Joining the items of related spellings gives the same as resolving all, however few may share a key.
func TestComponentsAreEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		items := make([]Item, n)
		for i := range items {
			items[i] = pool[rapid.IntRange(0, len(pool)-1).Draw(t, "item")]
		}
		crowd := rapid.IntRange(1, 8).Draw(t, "crowd")
		var whole, parts []hearsay.Actor
		for _, c := range resolve(items, nil, crowd) {
			whole = append(whole, c.Actor)
		}
		known := relationsOf(items, crowd)
		for _, comp := range components(items, known) {
			for _, c := range Join(comp.items, nil, comp.known) {
				parts = append(parts, c.Actor)
			}
		}
		slices.SortFunc(parts, func(a, b hearsay.Actor) int { return strings.Compare(a.ID, b.ID) })
		if !reflect.DeepEqual(whole, parts) {
			t.Fatalf("%+v\nand\n%+v", whole, parts)
		}
	})
}

// relationsOf compares all spellings that share a key that counts.
func relationsOf(items []Item, crowd int) Relations {
	spellings, bearers := map[string]*Spelling{}, map[uint64]int{}
	for _, it := range items {
		if key := SpellingKey(it); key != "" {
			if spellings[key] == nil {
				spellings[key] = &Spelling{}
			}
			spellings[key].Add(it)
		}
	}
	for _, s := range spellings {
		for _, k := range s.Keys() {
			bearers[k]++
		}
	}
	counts := func(k uint64) bool { return bearers[k] <= crowd }
	known := Relations{Lost: map[string]bool{}}
	for _, a := range spellings {
		known.Lost[a.Key] = a.Lost(counts)
		for _, b := range spellings {
			if slices.ContainsFunc(a.Under(counts), func(k uint64) bool { return slices.Contains(b.Under(counts), k) }) && Related(a, b) {
				known.Related = append(known.Related, [2]string{a.Key, b.Key})
			}
		}
	}
	return known
}

type component struct {
	items []Item
	known Relations
}

// components cuts items into those that relations connect.
func components(items []Item, known Relations) []component {
	left := slices.Clone(items)
	var out []component
	for len(left) > 0 {
		inside := map[string]bool{nodeKey(&left[0]): true}
		for again := true; again; {
			again = false
			for _, p := range known.Related {
				if inside[p[0]] != inside[p[1]] {
					inside[p[0]], inside[p[1]], again = true, true, true
				}
			}
		}
		c := component{known: Relations{Lost: map[string]bool{}}}
		var rest []Item
		for _, it := range left {
			if key := nodeKey(&it); inside[key] {
				c.items = append(c.items, it)
				if known.Lost[key] {
					c.known.Lost[key] = true
				}
			} else {
				rest = append(rest, it)
			}
		}
		for _, p := range known.Related {
			if inside[p[0]] {
				c.known.Related = append(c.known.Related, p)
			}
		}
		out, left = append(out, c), rest
	}
	return out
}

// Among many names of one skeleton narrower keys take its place: spellings of one name still meet, and a surname
// that too many may bear is nobody's.
func TestCrowdedKeysAreNarrowed(t *testing.T) {
	in := []Item{
		p("en", "Anna Berg"), p("ru", "Анна Берг"), p("en", "Nora Borg"), p("en", "Petra Berk"), p("en", "Ines Brook"), p("en", "Karl Burke"),
		p("de", "Berg"), p("en", "Borg"),
	}
	if got, want := fmt.Sprint(inGroups(in, 3)), "[[de:Berg en:Anna Berg ru:Анна Берг] [en:Borg en:Nora Borg] [en:Ines Brook] [en:Karl Burke] [en:Petra Berk]]"; got != want {
		t.Errorf("few sound just so:\n got %s\nwant %s", got, want)
	}
	in = append(in, p("en", "Eva Berg"), p("en", "Lena Berg"), p("fr", "Berg"))
	if got, want := fmt.Sprint(inGroups(in, 3)), "[[de:Berg] [en:Anna Berg ru:Анна Берг] [en:Borg en:Nora Borg] [en:Eva Berg] [en:Ines Brook] [en:Karl Burke] [en:Lena Berg] [en:Petra Berk] [fr:Berg]]"; got != want {
		t.Errorf("many sound just so:\n got %s\nwant %s", got, want)
	}
}

func BenchmarkResolve(b *testing.B) {
	given := []string{"Anna", "Peter", "Maria", "Ivan", "Olena", "Pavel", "Karl", "Eva", "Tomas", "Nina"}
	syllables := []string{"ber", "hol", "kov", "lan", "mir", "nov", "pet", "ros", "ser", "tal", "vik", "zan", "dor", "fen", "gul", "jar"}
	rng := rand.New(rand.NewSource(1))
	items := make([]Item, 100_000)
	for i := range items {
		// A few people are named often, most seldom.
		k := int(float64(20_000) * rng.Float64() * rng.Float64() * rng.Float64())
		name := given[k%10] + " " + strings.ToUpper(syllables[k/10%16][:1]) + syllables[k/10%16][1:] + syllables[k/160%16] + syllables[k/2560%16]
		items[i] = Item{Language: []string{"en", "de", "fr"}[k%3], Type: hearsay.Person, Forms: []string{name}}
	}
	b.ResetTimer()
	for b.Loop() {
		Resolve(items, nil)
	}
}

// A country, its government and its capital are three actors, and related.
func TestLinked(t *testing.T) {
	c := Resolve([]Item{
		of(hearsay.Place, "en", "Ukraine"), of(hearsay.Place, "pl", "Ukraina"), of(hearsay.Place, "en", "Kyiv"),
		of(hearsay.Organization, "en", "Ukrainian government"), of(hearsay.Organization, "en", "Kremlin"), of(hearsay.Place, "en", "Russia"),
	}, nil)
	if len(c) != 5 {
		t.Fatalf("%d actors, want 5", len(c))
	}
	name := map[string]string{}
	for _, x := range c {
		name[x.Actor.ID] = x.Actor.Name
	}
	var got []string
	for _, l := range Linked(c) {
		got = append(got, name[l.A]+" "+l.Rule+" "+name[l.B])
	}
	slices.Sort(got)
	want := []string{"Kremlin seat of the government of Russia", "Kyiv capital of Ukraine", "Ukrainian government government of Ukraine"}
	for i := range got {
		got[i] = strings.Replace(got[i], "Ukraina", "Ukraine", 1)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func FuzzResolve(f *testing.F) {
	f.Add("Anna Berg", "Анна Берг", "en", "uk")
	f.Add("J.", "-", "pl", "")
	f.Fuzz(func(t *testing.T, a, b, la, lb string) {
		items := []Item{{Language: la, Type: hearsay.Person, Forms: []string{a, b}}, {Language: lb, Type: hearsay.Organization, Forms: []string{b}}, {Language: lb, Type: hearsay.Person, Forms: []string{b}}}
		n := 0
		for _, c := range Resolve(items, nil) {
			if c.Actor.ID == "" {
				t.Error("an actor without id")
			}
			n += len(c.Items)
		}
		if n != len(items) {
			t.Errorf("%d items of %d", n, len(items))
		}
	})
}
