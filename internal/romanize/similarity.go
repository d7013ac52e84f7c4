package romanize

import "strings"

// Similarity says how well two spellings of one word may be the same name, from 0 to 1, by a
// weighted edit distance over their sounds: what orthographies and ears confuse costs little,
// vowels cost less than consonants. From about 0.75 on two words are likely one name.
func Similarity(a, b string) float64 {
	if Fold(a) == Fold(b) {
		return 1
	}
	x, y := Sounds(a), Sounds(b)
	if x == "" || y == "" {
		return 0
	}
	total := max(weight(x), weight(y))
	return max(0, 1-distance(x, y)/total)
}

func weight(s string) float64 {
	w := 0.0
	for i := range len(s) {
		if isVowel(s[i]) || s[i] == 'y' {
			w += 0.4
		} else {
			w++
		}
	}
	return w
}

// distance is the weighted edit distance (Wagner & Fischer 1974) of two sound strings.
func distance(x, y string) float64 {
	row := make([]float64, len(y)+1)
	for j := range len(y) {
		row[j+1] = row[j] + gap(y, j)
	}
	for i := range len(x) {
		diagonal := row[0]
		row[0] += gap(x, i)
		for j := range len(y) {
			best := min(diagonal+substitute(x[i], y[j]), row[j+1]+gap(x, i), row[j]+gap(y, j))
			diagonal, row[j+1] = row[j+1], best
		}
	}
	return row[len(y)]
}

// gap is the cost of a sound that only one of the two has.
func gap(s string, i int) float64 {
	switch c := s[i]; {
	case isVowel(c):
		if i == 0 {
			return 0.5
		}
		return 0.2
	case c == 'y':
		return 0.15
	case c == 'h' || c == 'v' && i > 0:
		return 0.45
	case c == 'g' && i > 0 && s[i-1] == 'n':
		return 0.3
	case (c == 'c' || c == 's' || c == 't') && i == len(s)-1:
		return 0.7
	default:
		return 1
	}
}

// near lists pairs of sounds that spellings confuse, by cost.
var near = []struct {
	cost  float64
	pairs []string
}{
	{0.1, []string{"gh", "sz", "Jy", "SC", "hC", "kC", "ZJ", "cz", "cs", "tc", "ai", "eo", "ao", "ae", "ei", "ou"}},
	{0.25, []string{"kh", "kg", "SZ", "CJ", "Jh", "vu", "iy", "fv", "Ss", "Zz", "Cc", "au", "io", "eu", "iu", "dt", "Sh", "gJ", "gZ", "sk"}},
	{0.5, []string{"bp", "JS", "sC", "zS", "zC", "cC", "cd", "cJ", "bv", "ft", "mn", "cS"}},
}

var substitution = func() (t [128][128]float64) {
	for i := range t {
		for j := range t[i] {
			if i != j {
				t[i][j] = 1.2
			}
		}
	}
	for _, a := range "aeiou" {
		for _, b := range "aeiou" {
			if a != b {
				t[a][b] = 0.2
			}
		}
	}
	for _, n := range near {
		for _, p := range n.pairs {
			t[p[0]][p[1]], t[p[1]][p[0]] = n.cost, n.cost
		}
	}
	return t
}()

func substitute(a, b byte) float64 { return substitution[a&127][b&127] }

// SameScript reports whether a and b are both written in Cyrillic letters or both without any.
func SameScript(a, b string) bool { return HasCyrillic(a) == HasCyrillic(b) }

// Words splits a name into lower-case words, hyphens apart.
func Words(name string) []string { return split(strings.ReplaceAll(name, "-", " ")) }
