package claims

import (
	"hash/fnv"
	"slices"
	"strconv"
)

// Shared is the least number of keys that two items worth comparing share.
const Shared = 1

// How many keys an item has at most: those of one language, those for all languages, of which each is
// written for two weeks, as those of its figures are, and those of a speaker's topics.
const (
	wordKeys   = 12
	anchorKeys = 8
	topicKeys  = 6
	countKeys  = 4
)

// Keys are triples of what an item names, counts and says, the least hashes of them (a bottom-k
// sketch), so that two items that say the same share some, and others hardly ever do. Triples of
// words serve one language; triples of names, figures, dates and words that sound alike serve all
// languages, for items published in the same days.
func (it *Item) Keys() []uint64 {
	words := it.anchors()
	for _, l := range it.Lemmas {
		words = append(words, "w"+l)
	}
	out := triples("1"+it.Language, words, wordKeys)
	if day, ok := dayOf(it.Published); ok {
		anchors := it.anchors()
		for _, c := range it.concepts() {
			anchors = append(anchors, "c"+axis(c))
		}
		if len(anchors) < 6 {
			for _, s := range it.Sounds {
				anchors = append(anchors, "s"+s)
			}
		}
		week := day / 7
		for _, w := range []int{week, week + 1} {
			out = append(out, triples("2"+strconv.Itoa(w), anchors, anchorKeys)...)
			out = append(out, it.counts(w)...)
		}
	}
	out = append(out, it.topics()...)
	if it.Class == "promise" || it.Disowns {
		if it.Source.Form == Named && len(it.Source.Key.Keys) > 0 {
			out = append(out, hashOf("5"+it.Source.Key.Keys[0]))
		}
	}
	if !it.Narrated && len(it.Holders) == 0 {
		out = append(out, it.replyKey(it.Order))
	}
	if it.Rebuts {
		out = append(out, it.replyKey(it.Order-1))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// counts stand for a figure with what happens, in one week, so that two texts that give it in different words and
// languages are compared whatever else they name.
func (it *Item) counts(week int) []uint64 {
	var out []uint64
	for _, f := range it.Figures {
		if f.Unit == "" && f.Low < 10 {
			continue // three of something are in every text
		}
		for _, c := range happens(it.concepts()) {
			out = append(out, hashOf("6"+strconv.Itoa(week)+"\x00"+f.Unit+strconv.FormatFloat(f.Low, 'g', 6, 64)+"\x00"+axis(c)))
		}
	}
	slices.Sort(out)
	return out[:min(len(out), countKeys)]
}

// topics stand for a speaker with what happens to what in the statement, the opposite included, so that
// what one person says of one thing is found at any time and in any language.
func (it *Item) topics() []uint64 {
	if it.Source.Form != Named || len(it.Source.Key.Keys) == 0 {
		return nil
	}
	var things []string
	concepts := it.concepts()
	for _, c := range concepts {
		if c[0] == '=' {
			things = append(things, c)
		}
	}
	for _, n := range it.Names {
		things = append(things, n.Keys[0])
	}
	var out []uint64
	for _, c := range happens(concepts) {
		for _, t := range things {
			out = append(out, hashOf("4"+it.Source.Key.Keys[0]+"\x00"+axis(c)+"\x00"+t))
		}
	}
	slices.Sort(out)
	return out[:min(len(out), topicKeys)]
}

// replyKey stands for a statement that the next one may deny.
func (it *Item) replyKey(order int) uint64 {
	return hashOf("3" + it.Document + "\x00" + strconv.Itoa(order))
}

// anchors are what survives translation, the speaker among them.
func (it *Item) anchors() []string {
	var out []string
	if it.Source.Form == Named && len(it.Source.Key.Keys) > 0 {
		out = append(out, "p"+it.Source.Key.Keys[0])
	}
	for _, n := range it.Names {
		out = append(out, "n"+n.Keys[0])
	}
	for _, f := range it.Figures {
		out = append(out, "f"+f.Unit+strconv.FormatFloat(f.Low, 'g', 6, 64))
	}
	for _, t := range it.Times {
		out = append(out, "t"+t.From)
	}
	return out
}

// triples hashes all sets of three and keeps the k least.
func triples(tag string, elements []string, k int) []uint64 {
	h := make([]uint64, 0, len(elements))
	for _, e := range elements {
		h = append(h, hashOf(tag+"\x00"+e))
	}
	slices.Sort(h)
	h = slices.Compact(h)
	h = h[:min(len(h), mostElements)]
	var out []uint64
	for i := range h {
		for j := i + 1; j < len(h); j++ {
			for l := j + 1; l < len(h); l++ {
				out = append(out, mix(h[i], h[j], h[l]))
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.Clone(out[:min(len(out), k)])
}

const mostElements = 24

func mix(values ...uint64) uint64 {
	h := uint64(0x9E3779B97F4A7C15)
	for _, v := range values {
		h = (h ^ v) * 0xC2B2AE3D27D4EB4F
		h ^= h >> 29
	}
	return h
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}
