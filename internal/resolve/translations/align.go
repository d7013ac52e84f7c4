package translations

import (
	"math"
	"slices"
)

// bead is a pair of runs of sentences that say the same.
type bead struct{ fromA, toA, fromB, toB int }

// The shapes of beads and what each costs, in nats: minus the logarithm of how often translators
// merge, split or leave out sentences (Gale & Church 1993, table 5).
var shapes = []struct {
	a, b int
	cost float64
}{
	{1, 1, 0.12}, {1, 0, 4.6}, {0, 1, 4.6}, {2, 1, 2.4}, {1, 2, 2.4}, {2, 2, 4.5}, {3, 1, 5}, {1, 3, 5},
}

// Costs of the alignment.
const (
	lengthVariance = 6.8 // of the length of a translation, per letter (Gale & Church 1993)
	anchorWorth    = 1.6 // nats that an anchor on both sides is worth
	anchorMissed   = 0.5 // nats that an anchor on one side costs
	band           = 0.25
)

// align finds the cheapest sequence of beads that covers both documents.
func align(a, b *Profile) []bead {
	n, m := len(a.Sentences), len(b.Sentences)
	ratio := float64(letters(b.Sentences)+1) / float64(letters(a.Sentences)+1)
	width := m + 1
	best := make([]float64, (n+1)*width)
	back := make([]int8, (n+1)*width)
	for i := range best {
		best[i] = math.Inf(1)
	}
	best[0] = 0
	reach := max(12, int(band*float64(max(n, m))))
	for i := 0; i <= n; i++ {
		middle := i * m / max(n, 1)
		for j := max(0, middle-reach); j <= min(m, middle+reach); j++ {
			if math.IsInf(best[i*width+j], 1) {
				continue
			}
			for k, s := range shapes {
				if i+s.a > n || j+s.b > m {
					continue
				}
				c := best[i*width+j] + s.cost + cost(a.Sentences[i:i+s.a], b.Sentences[j:j+s.b], ratio)
				if at := (i+s.a)*width + j + s.b; c < best[at] {
					best[at], back[at] = c, int8(k)
				}
			}
		}
	}
	if math.IsInf(best[n*width+m], 1) {
		return nil
	}
	return trace(back, n, m)
}

func trace(back []int8, n, m int) []bead {
	var out []bead
	width := m + 1
	for i, j := n, m; i > 0 || j > 0; {
		s := shapes[back[i*width+j]]
		out = append(out, bead{i - s.a, i, j - s.b, j})
		i, j = i-s.a, j-s.b
	}
	slices.Reverse(out)
	return out
}

func letters(in []Sentence) int {
	n := 0
	for i := range in {
		n += in[i].Letters
	}
	return n
}

// cost says how ill two runs of sentences go together, beyond their shape.
func cost(a, b []Sentence, ratio float64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return anchorMissed * float64(count(a)+count(b))
	}
	la, lb := float64(letters(a)), float64(letters(b))
	mean := (la + lb/ratio) / 2
	delta := (lb - la*ratio) / math.Sqrt(lengthVariance*(mean+1))
	length := min(delta*delta/2, 12)
	shared := matches(a, b)
	return length - anchorWorth*float64(shared) + anchorMissed*float64(count(a)+count(b)-2*shared)
}

// count is the number of anchors of some sentences.
func count(in []Sentence) int {
	n := 0
	for i := range in {
		n += len(in[i].Numbers) + len(in[i].Names)
	}
	return n
}

// matches counts the anchors that stand on both sides, each at most once.
func matches(a, b []Sentence) int {
	n := 0
	var used [64]bool
	for i := range a {
		for _, x := range a[i].Numbers {
			n += take(b, used[:], func(s *Sentence, k int) bool { return k < len(s.Numbers) && s.Numbers[k] == x })
		}
		for _, x := range a[i].Names {
			n += take(b, used[:], func(s *Sentence, k int) bool {
				k -= len(s.Numbers)
				return k >= 0 && intersect(x, s.Names[k])
			})
		}
	}
	return n
}

// take marks the first unused anchor that fits and returns how many it marked.
func take(in []Sentence, used []bool, fits func(s *Sentence, k int) bool) int {
	at := 0
	for i := range in {
		s := &in[i]
		for k := range len(s.Numbers) + len(s.Names) {
			if at < len(used) && !used[at] && fits(s, k) {
				used[at] = true
				return 1
			}
			at++
		}
	}
	return 0
}

func intersect(a, b []uint64) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}
