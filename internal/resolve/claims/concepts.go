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
	data.Rows(text, func(f []string) {
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

// opposites are predicates that cannot both hold of one thing at one time.
var opposites = map[string]string{
	"close": "open", "cut": "raise", "lose": "win", "ban": "allow", "release": "arrest", "oppose": "support",
	"dismiss": "appoint", "leave": "join", "withdraw": "send",
}

// axis names a predicate and its opposite alike.
func axis(concept string) string { return firstOf(opposites[concept], concept) }

// turned reports whether one of two contents tells the opposite of what the other tells of one thing:
// it opens, it stays closed.
func turned(a, b *Item) bool {
	x, y := a.concepts(), b.concepts()
	things := sharedSorted(x, y) - sharedSorted(happens(x), happens(y)) + sharedNames(a.Names, b.Names)
	if things == 0 || a.Sign != b.Sign {
		return false
	}
	for _, c := range a.Deeds {
		for _, d := range b.Deeds {
			if c != d && axis(c) == axis(d) {
				return !slices.Contains(x, d) && !slices.Contains(y, c)
			}
		}
	}
	return false
}

// happens gives the concepts of what happens, without those of things.
func happens(concepts []string) []string {
	return slices.DeleteFunc(slices.Clone(concepts), func(c string) bool { return c[0] == '=' })
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
