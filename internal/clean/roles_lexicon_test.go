package clean

import (
	"strings"
	"testing"
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
			m := r.re.FindStringSubmatch(plain)
			if m == nil {
				t.Errorf("%s: %s: no match for its example %q", lang, r.kind, plain)
				continue
			}
			_, after, ok := strings.Cut(r.example, "{")
			if !ok {
				continue
			}
			want, _, _ := strings.Cut(after, "}")
			if got := bareName(m[r.name]); r.name == 0 || got != bareName(want) {
				t.Errorf("%s: %s: %q credits %q, want %q", lang, r.kind, plain, got, want)
			}
		}
	}
}
