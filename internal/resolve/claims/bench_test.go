package claims

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"hearsay"
)

// crowd makes so many items of invented words, of which each tenth repeats an earlier one with a word
// changed.
func crowd(n int) []Item {
	r := rand.New(rand.NewPCG(1, 2))
	items := make([]Item, n)
	for i := range items {
		it := &items[i]
		if i%10 == 9 {
			*it = items[r.IntN(i)]
			it.Lemmas = append([]string{"changed"}, it.Lemmas[1:]...)
		} else {
			for range 4 + r.IntN(12) {
				it.Lemmas = append(it.Lemmas, fmt.Sprintf("w%d", int(8000*r.Float64()*r.Float64()*r.Float64())))
			}
			for range r.IntN(3) {
				key := fmt.Sprintf("n%d", int(900*r.Float64()*r.Float64()))
				it.Names = append(it.Names, Name{Keys: []string{key}, Full: []string{key}})
			}
			it.Language = columns[r.IntN(len(columns))]
		}
		key := fmt.Sprintf("p%d", r.IntN(400))
		it.Source = Source{Form: Named, Key: Name{Keys: []string{key}, Full: []string{key}}}
		it.Statement, it.Document, it.Order = fmt.Sprintf("s%07d", i), fmt.Sprintf("d%06d", i/15), i%15
		it.Published = fmt.Sprintf("2024-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28))
		it.Sign, it.Sentences, it.Factuality = 1, 1, hearsay.CertainPlus
	}
	return items
}

// BenchmarkJoin finds the partners of the 15 statements of one more document among so many others.
func BenchmarkJoin(b *testing.B) {
	for _, documents := range []int{1_000, 10_000, 100_000} {
		if documents > 10_000 && testing.Short() {
			continue
		}
		items := crowd(15 * documents)
		postings := map[uint64][]int32{}
		for i := range items {
			for _, k := range items[i].Keys() {
				postings[k] = append(postings[k], int32(i))
			}
		}
		b.Run(fmt.Sprintf("documents=%d", documents), func(b *testing.B) {
			compared, n := 0, 0
			for b.Loop() {
				for i := range 15 {
					it := &items[(n*15+i)%len(items)]
					seen := map[int32]bool{}
					for _, k := range it.Keys() {
						for _, j := range postings[k] {
							if !seen[j] {
								seen[j] = true
								Compare(it, &items[j])
								compared++
							}
						}
					}
				}
				n++
			}
			b.ReportMetric(float64(compared)/float64(n), "compared/document")
		})
	}
}
