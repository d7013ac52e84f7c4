package clean

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Every rule of the lexicons proves itself on its example: it holds, and names who is credited.
func TestLexiconExamples(t *testing.T) {
	for _, lang := range cleanLanguages() {
		rules, err := readRules(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rules {
			plain := strings.NewReplacer("{", "", "}", "").Replace(r.example)
			matches := r.find(plain, sameLength(plain))
			if !r.inside {
				matches = nil
				if m := r.match(plain, sameLength(plain), utf8.RuneCountInString(plain)); m != nil {
					matches = [][]int{m}
				}
			}
			if len(matches) == 0 {
				t.Errorf("%s: %s: no match for its example %q", lang, r.kind, plain)
				continue
			}
			_, after, ok := strings.Cut(r.example, "{")
			if !ok {
				continue
			}
			want, _, _ := strings.Cut(after, "}")
			start, end, _ := r.name(matches[0])
			if got := bareName(plain[start:end]); got != bareName(want) {
				t.Errorf("%s: %s: %q credits %q, want %q", lang, r.kind, plain, got, want)
			}
		}
	}
}
