package mention_test

import (
	"os"

	"hearsay"
	"hearsay/internal/segment"
	"hearsay/internal/syntax"
)

// TREES=1 measures with the models that are embedded.
func init() {
	if os.Getenv("TREES") == "" {
		return
	}
	segments, trees := map[string]*segment.Model{}, map[string]*syntax.Model{}
	parse = func(a *hearsay.Analysis, lang string) {
		if _, ok := segments[lang]; !ok {
			var err error
			if segments[lang], err = segment.Open(lang); err != nil {
				panic(err)
			}
			if trees[lang], err = syntax.Open(lang); err != nil {
				panic(err)
			}
		}
		segment.Segment(a, segments[lang])
		if trees[lang] != nil {
			trees[lang].Analyze(a)
		}
	}
}
