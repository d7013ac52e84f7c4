package language

import (
	"encoding/binary"
	"math"
	"sort"
	"unicode"
)

// spellOrder is the length of the longest character n-gram of a speller.
const spellOrder = 4

// speller says how well a word fits the spelling of one language: an interpolated character
// n-gram model (Witten & Bell 1991 in its simplest form) and the words of its training text.
type speller struct {
	grams []entry // sorted by hash
	words []entry
	total float64 // characters seen
}

// entry is a hashed string with its count; words have none.
type entry struct {
	hash  uint32
	count uint32
}

func newSpeller(grams, words []entry) *speller {
	s := &speller{grams: grams, words: words}
	s.total = max(s.count(hashRunes(nil)), 1)
	return s
}

func hashRunes(rs []rune) uint32 {
	h := uint32(2166136261)
	for _, r := range rs {
		h = mix(h, r)
	}
	return finish(h)
}

func find(table []entry, h uint32) (entry, bool) {
	i := sort.Search(len(table), func(i int) bool { return table[i].hash >= h })
	if i < len(table) && table[i].hash == h {
		return table[i], true
	}
	return entry{}, false
}

func (s *speller) count(h uint32) float64 {
	e, _ := find(s.grams, h)
	return float64(e.count)
}

// knows reports whether the training text had the word.
func (s *speller) knows(word string) bool {
	_, ok := find(s.words, hashRunes(lower([]rune(word))))
	return ok
}

// prior is how many unseen events an n-gram's history is credited with.
const prior = 4

// next is the natural logarithm of the probability of r after history (lower case, padded).
func (s *speller) next(history []rune, r rune) float64 {
	p := 1.0 / 60
	var buf [spellOrder]rune
	for n := 0; n < spellOrder && n <= len(history); n++ {
		h := history[len(history)-n:]
		seen := s.total
		if n > 0 {
			seen = s.count(hashRunes(h))
		}
		copy(buf[:], h)
		buf[n] = r
		p = (s.count(hashRunes(buf[:n+1])) + prior*p) / (seen + prior)
	}
	return math.Log(min(p, 1))
}

// fit is the mean log probability of a character of word, its end included.
func (s *speller) fit(word string) float64 {
	rs := lower([]rune(word))
	padded := append([]rune{' '}, rs...)
	sum := 0.0
	for i := 1; i < len(padded); i++ {
		sum += s.next(padded[max(0, i-spellOrder+1):i], padded[i])
	}
	sum += s.next(padded[max(0, len(padded)-spellOrder+1):], ' ')
	return sum / float64(len(rs)+1)
}

func lower(rs []rune) []rune {
	out := make([]rune, len(rs))
	for i, r := range rs {
		out[i] = unicode.ToLower(r)
		if isApostrophe(r) {
			out[i] = '\''
		}
	}
	return out
}

// pack writes entries sorted by hash: the distance to the hash before, and the count in eighths
// of its binary logarithm.
func pack(table []entry, counts bool) []byte {
	var out []byte
	last := uint32(0)
	for _, e := range table {
		out = binary.AppendUvarint(out, uint64(e.hash-last))
		last = e.hash
		if counts {
			out = append(out, byte(math.Round(8*math.Log2(float64(e.count)))))
		}
	}
	return out
}

// unpack reads what pack wrote, as far as it goes.
func unpack(raw []byte, n int, counts bool) []entry {
	out := make([]entry, 0, min(n, len(raw)))
	last := uint32(0)
	for len(raw) > 0 && len(out) < n {
		d, k := binary.Uvarint(raw)
		if k <= 0 {
			break
		}
		raw = raw[k:]
		last += uint32(d)
		e := entry{hash: last, count: 1}
		if counts {
			if len(raw) == 0 {
				break
			}
			e.count = eighths[raw[0]]
			raw = raw[1:]
		}
		out = append(out, e)
	}
	return out
}

var eighths = func() (t [256]uint32) {
	for i := range t {
		t[i] = uint32(math.Round(math.Exp2(float64(i) / 8)))
	}
	return t
}()
