package names

import (
	"strings"
	"sync"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/romanize"
)

// place is a country, capital, region or seat of government of the tables.
type place struct{ code, kind string }

var columns = []string{"en", "uk", "ru", "pl", "be", "de", "fr", "es"}

type placeKey struct{ language, name string }

var places = sync.OnceValue(func() map[placeKey]place {
	m := map[placeKey]place{}
	for _, t := range [...]string{"places", "byname"} {
		data.NameRows(t, func(f []string) {
			for i, l := range columns {
				list := f[i+2]
				if list == "-" {
					list = f[2]
				}
				for _, n := range strings.Split(list, "|") {
					k := placeKey{l, romanize.Fold(n)}
					if _, ok := m[k]; !ok && n != "-" {
						m[k] = place{f[0], f[1]}
					}
				}
			}
		})
	}
	return m
})

func placeOf(language, form string) (place, bool) {
	folded := romanize.Fold(form)
	p, ok := places()[placeKey{language, folded}]
	if ok || language != "de" {
		return p, ok
	}
	for _, f := range germanNominatives(folded) {
		if p, ok := places()[placeKey{language, f}]; ok {
			return p, true
		}
	}
	return place{}, false
}

// germanNominatives are what a German name of several words may be in the nominative and without an article: "Vereinigten
// Königreichs", "Vereinigtes Königreich".
func germanNominatives(folded string) []string {
	adjective, noun, several := strings.Cut(folded, " ")
	stem, weak := strings.CutSuffix(adjective, "en")
	if !several || !weak {
		return nil
	}
	var out []string
	for _, ending := range [...]string{"e ", "es ", "er "} {
		out = append(out, stem+ending+noun, stem+ending+strings.TrimSuffix(noun, "s"))
	}
	return out
}

// place is what an item's forms stand for in the tables, the fullest form first.
func (it *Item) place() (place, bool) {
	if it.Type == hearsay.Person {
		return place{}, false
	}
	for _, f := range it.Forms {
		if p, ok := placeOf(it.Language, f); ok {
			return p, true
		}
	}
	return place{}, false
}

var equivalents = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	data.NameRows("equivalents", func(f []string) {
		for _, n := range f {
			m[romanize.Fold(n)] = f[0]
		}
	})
	return m
})

// equivalent reports whether two given names are one name in different languages.
func equivalent(a, b string) bool {
	x, ok := equivalents()[a]
	return ok && x == equivalents()[b]
}
