package claims

import (
	"slices"
	"strings"
	"sync"

	"hearsay/data"
	"hearsay/internal/romanize"
)

// predicates gives for each language the stems of the words for what news tell of most often, so that
// predicates can be compared across languages.
var predicates = sync.OnceValue(func() map[string]map[string]string {
	m := map[string]map[string]string{}
	text, err := data.Lexicon.ReadFile("lexicon/predicates.tsv")
	if err != nil {
		return m
	}
	lines(text, func(f []string) {
		for i, l := range columns {
			if m[l] == nil {
				m[l] = map[string]string{}
			}
			for _, s := range strings.Split(f[i+1], "|") {
				if s != "-" {
					m[l][fold(s)] = f[0]
				}
			}
		}
	})
	return m
})

const shortest = 3 // letters of a stem; behind so short a one no more may follow

// conceptOf gives the concept of a lemma by the longest stem that it begins with, "" for none.
func conceptOf(language, lemma string) string {
	r := []rune(lemma)
	stems := predicates()[language]
	for n := len(r); n >= shortest; n-- {
		if c, ok := stems[string(r[:n])]; ok && (n > shortest || len(r)-n <= shortest) {
			return c
		}
	}
	return ""
}

// concepts are those of the words of a content, sorted.
func (it *Item) concepts() []string {
	var out []string
	for _, l := range it.Lemmas {
		if c := conceptOf(it.Language, l); c != "" {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sharesConcept reports whether two words stand for one concept in whatever language.
func sharesConcept(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	for _, l := range columns {
		c := conceptOf(l, a)
		if c == "" {
			continue
		}
		for _, m := range columns {
			if conceptOf(m, b) == c {
				return true
			}
		}
	}
	return false
}

func soundAlike(a, b string) bool {
	x, y := romanize.Skeleton(a), romanize.Skeleton(b)
	return len(x) >= 4 && x == y
}
