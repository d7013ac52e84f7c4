// Package translations finds documents that are translations of one another, without a dictionary:
// by what survives translation. Names (as sound skeletons, the same in both scripts), numbers,
// quotations, the lengths of sentences and their order are aligned by dynamic programming in the
// manner of Gale & Church (Computational Linguistics 19(1), 1993), with names and numbers as anchors
// in the manner of Simard, Foster & Isabelle (TMI 1992).
package translations

import (
	"hash/fnv"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/resolve/depends"
	"hearsay/internal/romanize"
)

const (
	keys       = 64
	longestDoc = 600 // sentences compared; a longer document is cut there
)

// Profile is what comparing needs to know of a document. Offsets are bytes into its text.
type Profile struct {
	depends.Side
	Language  string
	Sentences []Sentence
}

// Sentence is a sentence of the article with what survives its translation.
type Sentence struct {
	Start, End int
	Letters    int
	Quotes     int
	Numbers    []uint64
	Names      [][]uint64 // for each name word the skeletons that it may have
}

// New takes the profile of a document.
func New(a *hearsay.Analysis) Profile {
	doc := a.Document
	p := Profile{Side: depends.NewSide(doc), Language: doc.Language}
	names := newNameFinder(a)
	for i := range a.Sentences {
		s := &a.Sentences[i]
		if len(p.Sentences) == longestDoc {
			break
		}
		if role := doc.Blocks[s.Block].Role; role == hearsay.RoleLede || role == hearsay.RoleBody || role == hearsay.RoleTitle || role == hearsay.RoleHeading {
			p.Sentences = append(p.Sentences, sentence(a, s, names))
		}
	}
	return p
}

func sentence(a *hearsay.Analysis, s *hearsay.Sentence, names *nameFinder) Sentence {
	text := s.In(a.Document.Text)
	out := Sentence{Start: s.Start, End: s.End, Quotes: quotes(a.Quotations, s.Span)}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out.Letters++
		}
	}
	out.Numbers = numbers(text)
	out.Names = names.within(s)
	return out
}

func quotes(all []hearsay.Quotation, in hearsay.Span) int {
	i := sort.Search(len(all), func(i int) bool { return all[i].End > in.Start })
	n := 0
	for ; i < len(all) && all[i].Start < in.End; i++ {
		if !all[i].Dash {
			n++
		}
	}
	return n
}

// numbers gives the numbers of a sentence by their digits: "1,500", "1.500" and "1 500" are one.
// Single digits say too little, and languages write them out.
func numbers(text string) []uint64 {
	var out []uint64
	digits := ""
	flush := func() {
		if len(digits) > 1 {
			out = append(out, hashOf("#"+strings.TrimLeft(digits, "0")))
		}
		digits = ""
	}
	for i, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits += string(r)
		case digits != "" && strings.ContainsRune(",. \u00a0\u202f\u2009", r) && groupFollows(text[i+utf8.RuneLen(r):]):
		default:
			flush()
		}
	}
	flush()
	return out
}

// groupFollows reports whether exactly three digits come next, as after a thousands separator.
func groupFollows(s string) bool {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n == 3
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// nameFinder gives the skeletons of the names in a sentence: of the words of named mentions and,
// where only names have capitals, of every word that begins with one inside a sentence.
type nameFinder struct {
	a        *hearsay.Analysis
	next     int
	byForm   map[string][]uint64
	capitals bool
}

func newNameFinder(a *hearsay.Analysis) *nameFinder {
	return &nameFinder{a: a, byForm: map[string][]uint64{}, capitals: a.Document.Language != "de"}
}

func (f *nameFinder) within(s *hearsay.Sentence) [][]uint64 {
	named := f.named(s)
	var out [][]uint64
	text := f.a.Document.Text
	for first, at := true, s.Start; at < s.End; {
		end := wordEnd(text, at, s.End)
		if end == at {
			_, size := utf8.DecodeRuneInString(text[at:s.End])
			at += size
			continue
		}
		word := text[at:end]
		if capital(word) && (f.capitals && !first || covered(named, at)) {
			if sk := f.skeletons(word); len(sk) > 0 {
				out = append(out, sk)
			}
		}
		first, at = false, end
	}
	return out
}

// named gives the spans of the named mentions in a sentence.
func (f *nameFinder) named(s *hearsay.Sentence) []hearsay.Span {
	var out []hearsay.Span
	for f.next < len(f.a.Mentions) && f.a.Mentions[f.next].Start < s.End {
		m := &f.a.Mentions[f.next]
		f.next++
		if m.Start >= s.Start && f.a.Entities[m.Entity].Named {
			out = append(out, m.Head)
		}
	}
	return out
}

func covered(spans []hearsay.Span, at int) bool {
	for _, s := range spans {
		if s.Start <= at && at < s.End {
			return true
		}
	}
	return false
}

// wordEnd is where the run of letters and apostrophes from at ends.
func wordEnd(text string, at, end int) int {
	for i, r := range text[at:end] {
		if !unicode.IsLetter(r) && (r != '\'' && r != '’' || i == 0) {
			return at + i
		}
	}
	return end
}

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && utf8.RuneCountInString(word) > 1
}

func (f *nameFinder) skeletons(word string) []uint64 {
	if have, ok := f.byForm[word]; ok {
		return have
	}
	var out []uint64
	for _, sk := range romanize.Skeletons(word) {
		if len(sk) > 1 {
			out = append(out, hashOf(sk))
		}
	}
	f.byForm[word] = out
	return out
}

// Keys are pairs of names or numbers that stand in one sentence, the least hashes of them (a
// bottom-k sketch), so that a translation shares many of them. A caller should compare documents
// that share Shared keys or more.
func (p *Profile) Keys() []uint64 {
	seen := map[uint64]bool{}
	for i := range p.Sentences {
		combine(p.Sentences[i].anchors(), seen)
	}
	out := make([]uint64, 0, len(seen))
	for k := range seen {
		out = append(out, k)
	}
	slices.Sort(out)
	return out[:min(len(out), keys)]
}

// Shared is the least number of keys that two documents worth comparing share.
const Shared = 2

// anchors are the numbers and the first skeletons of the names, without repeats.
func (s *Sentence) anchors() []uint64 {
	out := slices.Clone(s.Numbers)
	for _, n := range s.Names {
		out = append(out, n[0])
	}
	return out
}

func combine(anchors []uint64, into map[uint64]bool) {
	slices.Sort(anchors)
	anchors = slices.Compact(anchors)
	for i := range anchors {
		for _, other := range anchors[i+1:] {
			h := anchors[i]*0x9E3779B97F4A7C15 ^ other*0xC2B2AE3D27D4EB4F
			h ^= h >> 31
			into[h*0x9E3779B97F4A7C15] = true
		}
	}
}
