// Package copies finds documents that share text. Two documents are compared by the passages that
// both hold, word for word, after case, typography and repaired letters are levelled. Boilerplate,
// bylines, credits and captions are no shared text, and words inside quotation marks do not count
// alone: two reporters who quote the same speech have not copied each other.
//
// Passages are found from fingerprints chosen by winnowing (Schleimer, Wilkerson & Aiken, SIGMOD
// 2003), which finds every run of at least gram+window-1 words that two documents share.
package copies

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/resolve/depends"
)

const (
	gram   = 5 // words in a fingerprint
	window = 4 // fingerprints of which the least is kept
	keys   = 48
)

// Profile is what comparing needs to know of a document. Offsets are bytes into its text.
type Profile struct {
	depends.Side
	Words  []Word
	Prints []Print
}

// Word is a word of the article: where it stands, and whether it stands in a quotation.
type Word struct {
	Start, End int
	Hash       uint32
	Quoted     bool
}

// Print is a fingerprint of gram words from Words[At] on.
type Print struct {
	Hash uint64
	At   int
}

// New takes the profile of a document.
func New(a *hearsay.Analysis) Profile {
	doc := a.Document
	p := Profile{Side: depends.NewSide(doc)}
	var hashes []uint64
	repaired := repairs(doc)
	for _, b := range doc.Blocks {
		if b.Role == hearsay.RoleLede || b.Role == hearsay.RoleBody || b.Role == hearsay.RoleHeading {
			hashes = p.block(doc.Text, b.Span, repaired, hashes)
		}
	}
	p.markQuoted(a.Quotations)
	p.Prints = winnow(hashes)
	return p
}

func repairs(doc *hearsay.Document) map[int]hearsay.Repair {
	out := make(map[int]hearsay.Repair, len(doc.Repairs))
	for _, r := range doc.Repairs {
		out[r.Start] = r
	}
	return out
}

// block adds the words of a block and their hashes.
func (p *Profile) block(text string, b hearsay.Span, repaired map[int]hearsay.Repair, hashes []uint64) []uint64 {
	for i := b.Start; i < b.End; {
		start := i
		if r, ok := repaired[i]; ok && r.End <= b.End && r.Len() > 0 {
			hashes = append(hashes, p.word(r.Span, r.To))
			i = r.End
			continue
		}
		for i < b.End {
			c, size := rune(text[i]), 1
			if c >= 0x80 {
				c, size = utf8.DecodeRuneInString(text[i:b.End])
			}
			if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.Is(unicode.Mn, c) {
				if i == start {
					i += size
				}
				break
			}
			i += size
		}
		if word := text[start:i]; isWord(word) {
			hashes = append(hashes, p.word(hearsay.Span{Start: start, End: i}, word))
		}
	}
	return hashes
}

func isWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// word adds a word and gives its hash.
func (p *Profile) word(at hearsay.Span, form string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(strings.ToLower(form)))
	sum := h.Sum64()
	p.Words = append(p.Words, Word{Start: at.Start, End: at.End, Hash: uint32(sum ^ sum>>32)})
	return sum
}

// markQuoted marks the words that stand inside quotations of some length.
func (p *Profile) markQuoted(quotations []hearsay.Quotation) {
	k := 0
	for _, q := range quotations {
		if q.Scare || q.Parent >= 0 || q.Dash {
			continue
		}
		for k < len(p.Words) && p.Words[k].Start < q.Start {
			k++
		}
		for ; k < len(p.Words) && p.Words[k].End <= q.End; k++ {
			p.Words[k].Quoted = true
		}
	}
}

// winnow hashes every run of gram words and keeps the least of each window, the rightmost of equals.
func winnow(words []uint64) []Print {
	if len(words) < gram {
		return nil
	}
	runs := make([]uint64, len(words)-gram+1)
	for i := range runs {
		h := uint64(14695981039346656037)
		for _, w := range words[i : i+gram] {
			h = (h ^ w) * 1099511628211
			h ^= h >> 29
		}
		runs[i] = h
	}
	var out []Print
	last := -1
	for i := 0; i+window <= len(runs) || i == 0; i++ {
		best := i
		for k := i; k < min(i+window, len(runs)); k++ {
			if runs[k] <= runs[best] {
				best = k
			}
		}
		if best != last {
			out = append(out, Print{Hash: runs[best], At: best})
			last = best
		}
	}
	return out
}

// Keys are the least fingerprints of the document (a bottom-k sketch: Broder 1997), by which others
// that share text with it find it. Fingerprints that lie wholly in quotations are passed over.
func (p *Profile) Keys() []uint64 {
	all := make([]uint64, 0, len(p.Prints))
	for _, f := range p.Prints {
		if !p.quoted(f.At) {
			all = append(all, f.Hash)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), keys)]
}

func (p *Profile) quoted(at int) bool {
	for _, w := range p.Words[at : at+gram] {
		if !w.Quoted {
			return false
		}
	}
	return true
}
