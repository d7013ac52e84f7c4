package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"hearsay/internal/resolve/translations"
)

// Of the parallel articles all pairs of translations are found and none that joins two articles,
// whether lines are kept or a third of the sentences is left out.
func TestTranslationsOfParallelArticles(t *testing.T) {
	docs := sharedDocuments(t)
	var dump *os.File
	if path := os.Getenv("HEARSAY_DUMP"); path != "" {
		dump, _ = os.Create(path)
		defer dump.Close()
	}
	var names []string
	for n := range docs {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, variant := range []string{"whole", "thinned"} {
		profiles := map[string]*translations.Profile{}
		keys := map[uint64][]string{}
		for i, n := range names {
			p := translations.New(docs[n])
			if variant == "thinned" {
				p.Sentences = thin(p.Sentences, i)
			}
			profiles[n] = &p
			for _, k := range p.Keys() {
				keys[k] = append(keys[k], n)
			}
		}
		var right, wrong, missed, unkeyed, candidates int
		for i, a := range names {
			near := map[string]int{}
			for _, k := range profiles[a].Keys() {
				for _, b := range keys[k] {
					near[b]++
				}
			}
			for _, n := range near {
				if n >= translations.Shared {
					candidates++
				}
			}
			for _, b := range names[i+1:] {
				same := filepath.Base(a) == filepath.Base(b)
				l, ok := translations.Compare(profiles[a], profiles[b])
				if dump != nil && a[:2] != b[:2] && (same || near[b] >= 1) {
					agree, covered, misfit, anchored := translations.Weigh(profiles[a], profiles[b])
					fmt.Fprintf(dump, "%s\t%v\t%d\t%.3f\t%.3f\t%.3f\t%d\t%s\t%s\n", variant, same, near[b], agree, covered, misfit, anchored, a, b)
				}
				switch {
				case ok && same:
					right++
				case ok:
					wrong++
					t.Logf("wrong: %s %s %.2f", a, b, l.Score)
				case same:
					missed++
					if missed < 20 {
						t.Logf("missed: %s %s", a, b)
					}
				}
				if same && near[b] < translations.Shared {
					unkeyed++
				}
			}
		}
		t.Logf("%s: right %d wrong %d missed %d; not candidates %d; candidates a document %.1f", variant, right, wrong, missed, unkeyed, float64(candidates)/float64(len(names)))
	}
}

// thin leaves out about a third of the sentences, another third in every document.
func thin(in []translations.Sentence, seed int) []translations.Sentence {
	var out []translations.Sentence
	x := uint32(seed*2654435761 + 1)
	for _, s := range in {
		x = x*1664525 + 1013904223
		if x>>16%3 != 0 {
			out = append(out, s)
		}
	}
	return out
}
