package syntax

import (
	"encoding/binary"
	"slices"

	"hearsay/internal/linear"
)

// upos are the universal parts of speech (universaldependencies.org/u/pos); a tag's number is
// its index.
var upos = []string{
	"ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
}

const (
	tagPROPN = 11
	tagX     = 16
)

func tagNumber(tag string) int {
	if i, ok := slices.BinarySearch(upos, tag); ok {
		return i
	}
	return tagX
}

// sets maps features to lists of numbers, equal lists stored once.
type sets struct {
	index linear.Index
	lists [][]uint16
}

// sure marks the only number of a list that was seen often enough to need no decision.
const (
	sure     = 1 << 15
	sureSeen = 20 // occurrences, all alike
)

// get returns the list of a key and its number, or nil.
func (s *sets) get(key uint32) ([]uint16, uint32) {
	i, ok := s.index.Get(key)
	if !ok {
		return nil, 0
	}
	return s.lists[i], i
}

// newSets builds sets from lists in a fixed order of keys.
func newSets(lists map[uint32][]uint16) sets {
	keys := make([]uint32, 0, len(lists))
	for k := range lists {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var s sets
	index, numbers := make(map[uint32]uint32, len(keys)), map[string]uint32{}
	for _, k := range keys {
		var name []byte
		for _, x := range lists[k] {
			name = binary.LittleEndian.AppendUint16(name, x)
		}
		n, ok := numbers[string(name)]
		if !ok {
			n = uint32(len(s.lists))
			numbers[string(name)] = n
			s.lists = append(s.lists, lists[k])
		}
		index[k] = n
	}
	s.index = linear.NewIndex(index)
	return s
}

func (s *sets) encode() []byte {
	b := binary.AppendUvarint(nil, uint64(len(s.lists)))
	for _, l := range s.lists {
		b = binary.AppendUvarint(b, uint64(len(l)))
		for _, x := range l {
			b = binary.AppendUvarint(b, uint64(x))
		}
	}
	return s.index.Append(b)
}

func decodeSets(data []byte) (sets, bool) {
	d := linear.NewDecoder(data)
	s := sets{}
	n := d.Int()
	for i := 0; i < n && !d.Failed(); i++ {
		m := d.Int()
		l := make([]uint16, 0, min(m, 1<<12))
		for j := 0; j < m && !d.Failed(); j++ {
			l = append(l, uint16(d.Uint()))
		}
		s.lists = append(s.lists, l)
	}
	s.index = d.Index(len(s.lists))
	return s, !d.Failed()
}

// below says that all numbers are below a limit.
func (s *sets) below(limit int) bool {
	for _, l := range s.lists {
		for _, x := range l {
			if int(x&^sure) >= limit {
				return false
			}
		}
	}
	return true
}

// lexicon is what was seen of words: the tags of a word, the bundles of features of a word or
// ending with a tag.
type lexicon struct {
	tags       sets // by word: tags, most frequent first
	cognates   *cognates
	dictionary *dictionary
	seen       map[uint64]int // occurrences of each word, in training alone
}

const minSeen = 3 // occurrences below which a word's tags are not taken as all its tags

func wordKey(low uint64) uint32 { return linear.Feature(1000, low) }

// sureTag is the only tag of a word seen often, or -1.
func (x *lexicon) sureTag(w *word) int {
	if w.amb == noAtom {
		return -1
	}
	if l := x.tags.lists[w.amb-firstSet]; l[0]&sure != 0 {
		return int(l[0] &^ sure)
	}
	return -1
}

// firstSet is added to the number of a set to make an atom of it.
const firstSet = 10

// ambiguity is the atom of a word's set of tags.
func (x *lexicon) ambiguity(low uint64) uint64 {
	l, n := x.tags.get(wordKey(low))
	if l == nil {
		return noAtom
	}
	return uint64(n) + firstSet
}

// isName says that a word (in lower case) is most often a proper name.
func (x *lexicon) isName(lower string) bool {
	l, _ := x.tags.get(wordKey(linear.Hash(lower)))
	return len(l) > 0 && l[0]&^sure == tagPROPN
}

// learnLexicon counts the words of the trees.
func learnLexicon(trees []Tree) *lexicon {
	counts := map[string]map[uint16]int{}
	for _, t := range trees {
		for _, tok := range t.Tokens {
			low := newLower(tok.Form)
			if counts[low] == nil {
				counts[low] = map[uint16]int{}
			}
			counts[low][uint16(tagNumber(tok.UPOS))]++
		}
	}
	lists, seen := map[uint32][]uint16{}, map[uint64]int{}
	for low, c := range counts {
		total := 0
		for _, n := range c {
			total += n
		}
		seen[linear.Hash(low)] = total
		if total >= minSeen {
			l := byCount(c)
			if len(l) == 1 && total >= sureSeen {
				l[0] |= sure
			}
			lists[wordKey(linear.Hash(low))] = l
		}
	}
	return &lexicon{tags: newSets(lists), seen: seen}
}

// byCount lists numbers, most frequent first, equal ones by number.
func byCount(c map[uint16]int) []uint16 {
	l := make([]uint16, 0, len(c))
	for x := range c {
		l = append(l, x)
	}
	slices.SortFunc(l, func(a, b uint16) int {
		if c[a] != c[b] {
			return c[b] - c[a]
		}
		return int(a) - int(b)
	})
	return l
}
