package names

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/romanize"
)

// Relations of a country's names that Linked reports.
const (
	CapitalOf    = "capital of"
	SeatOf       = "seat of the government of"
	GovernmentOf = "government of"
)

// Linked relates a country with its government, its capital and the seat for which both are
// used, without merging them: A and B of each pair are actors' ids, A being the capital, seat or
// government of the country B. The pairs are in the order of their ids.
func Linked(clusters []Cluster) []hearsay.Judgement {
	countries := map[string][]string{}
	for i := range clusters {
		if code, kind := standsFor(&clusters[i].Actor); kind == "country" {
			countries[code] = append(countries[code], clusters[i].Actor.ID)
		}
	}
	var out []hearsay.Judgement
	for i := range clusters {
		code, kind := standsFor(&clusters[i].Actor)
		rule := map[string]string{"capital": CapitalOf, "seat": SeatOf, "government": GovernmentOf}[kind]
		if rule == "" {
			continue
		}
		for _, id := range countries[code] {
			out = append(out, hearsay.Judgement{Kind: "name", A: clusters[i].Actor.ID, B: id, Rule: rule, Score: 1})
		}
	}
	slices.SortFunc(out, func(a, b hearsay.Judgement) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B), cmp.Compare(a.Rule, b.Rule))
	})
	return out
}

// standsFor is the country of an actor's name, and what of it the actor is: country, capital,
// seat or government; empty where it is none of these.
func standsFor(a *hearsay.Actor) (code, kind string) {
	if a.Type == hearsay.Person {
		return "", ""
	}
	for _, n := range a.Names {
		if p, ok := placeOf(n.Language, n.Form); ok {
			return p.code, p.kind
		}
	}
	for _, n := range a.Names {
		if code := governmentOf(n); code != "" {
			return code, "government"
		}
	}
	return "", ""
}

var governments = map[string][]string{
	"en": {"government", "cabinet", "administration"}, "uk": {"уряд", "кабмін"}, "ru": {"правительств", "кабмин"}, "be": {"урад", "ўрад"},
	"pl": {"rząd"}, "de": {"regierung", "bundesregierung"}, "fr": {"gouvernement"}, "es": {"gobierno"},
}

// governmentOf is the country whose government a name is, by a word for a government beside the
// country's name or adjective.
func governmentOf(n hearsay.Name) string {
	code, _ := governs(n)
	return code
}

// government is the country whose government an item's fullest form says that it is, with no other words.
func (it *Item) government() string {
	if it.Type == hearsay.Person || it.Unnamed || len(it.Forms) == 0 {
		return ""
	}
	if code, more := governs(hearsay.Name{Form: it.Forms[0], Language: it.Language}); !more {
		return code
	}
	return ""
}

// governs reads the name of a government: the country, and whether there are other words that tell anything.
func governs(n hearsay.Name) (code string, more bool) {
	is := false
	for _, w := range strings.Fields(romanize.Fold(n.Form)) {
		switch c := countryIn(n.Language, w); {
		case hasPrefix(w, governments[n.Language]):
			is = true
		case c != "" && (code == "" || code == c):
			code = c
		case len([]rune(w)) > longestArticle:
			more = true
		}
	}
	if !is {
		return "", more
	}
	return code, more
}

// longestArticle is how many letters a word has at most that tells nothing.
const longestArticle = 3

func hasPrefix(word string, stems []string) bool {
	for _, s := range stems {
		if strings.HasPrefix(word, romanize.Fold(s)) {
			return true
		}
	}
	return false
}

// countryIn is the country that a word names, or of which it is an adjective.
func countryIn(language, word string) string {
	word = strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
	if p, ok := placeOf(language, word); ok && p.kind == "country" {
		return p.code
	}
	for _, d := range demonyms()[language] {
		if strings.HasPrefix(word, d.stem) {
			return d.code
		}
	}
	return ""
}

type demonym struct{ stem, code string }

var demonyms = sync.OnceValue(func() map[string][]demonym {
	m := map[string][]demonym{}
	data.NameRows("demonyms", func(f []string) {
		for i, l := range columns {
			for _, s := range strings.Split(f[i+1], "|") {
				s, _, _ = strings.Cut(romanize.Fold(s), "[")
				m[l] = append(m[l], demonym{s, f[0]})
			}
		}
	})
	return m
})
