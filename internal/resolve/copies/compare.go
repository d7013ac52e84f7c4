package copies

import (
	"sort"

	"hearsay"
	"hearsay/internal/resolve/depends"
)

// The shares above which documents are linked. A share is the part of a document's words outside
// quotations that stands in passages shared with the other.
const (
	mostOf    = 0.5  // most of one document is in the other: a copy
	longest   = 40   // words: a passage this long is an excerpt, however long the documents
	slack     = 12   // words that may differ between two matches of one passage
	leastRun  = 8    // words in a passage, less is chance
	leastCopy = 15   // words outside quotations that a copy shares at least
	excerptAt = 0.49 // the highest score of an excerpt
)

// Passage is a stretch that two documents share; offsets count words of the profiles, ends excluded.
type passage struct{ fromA, toA, fromB, toB int }

// Shares says how much of each document outside quotations is shared, 0 to 1.
type Shares struct{ A, B float64 }

// Compare links two documents that share text, and gives the same whichever comes first. Most of
// one in the other is a copy, or republishes where one credits the other's outlet; its score is the
// larger share. A single passage of 40 words or more is an excerpt: a copy that scores below 0.5.
// The later document depends on the earlier; without dates the one that credits the other does, else
// the direction is unknown and follows the ids.
func Compare(a, b *Profile) (hearsay.Link, bool) {
	if a.Document > b.Document {
		a, b = b, a
	}
	passages := align(a, b)
	shares, long := measure(a, b, passages)
	score := max(shares.A, shares.B)
	switch {
	case score >= mostOf:
	case long >= longest:
		score = min(excerptAt, score+0.2)
	default:
		return hearsay.Link{}, false
	}
	return link(a, b, passages, score), true
}

// link builds the link from the document that depends to the one it depends on.
func link(a, b *Profile, passages []passage, score float64) hearsay.Link {
	pairs := make([]hearsay.Evidence, 0, len(passages))
	for _, p := range passages {
		pairs = append(pairs, hearsay.Evidence{
			From: hearsay.Span{Start: a.Words[p.fromA].Start, End: a.Words[p.toA-1].End},
			To:   hearsay.Span{Start: b.Words[p.fromB].Start, End: b.Words[p.toB-1].End},
		})
	}
	l := depends.Link(hearsay.Copy, score, &a.Side, &b.Side, (*depends.Side).Credits, pairs)
	if l.DirectionBy == "credit" && score >= mostOf {
		l.Kind = hearsay.Republishes
	}
	return l
}

// align finds the passages that two documents share: fingerprints that match, joined to chains that
// run through both texts in the same order with little between.
func align(a, b *Profile) []passage {
	places := map[uint64][]int{}
	for _, f := range b.Prints {
		places[f.Hash] = append(places[f.Hash], f.At)
	}
	var open []passage
	for _, f := range a.Prints {
		for _, at := range places[f.Hash] {
			open = extend(open, f.At, at)
		}
	}
	for i := range open {
		widen(&open[i], a.Words, b.Words)
	}
	return distinct(open)
}

// widen takes in the equal words on both sides of a passage, which no fingerprint was kept of.
func widen(p *passage, a, b []Word) {
	for p.fromA > 0 && p.fromB > 0 && a[p.fromA-1].Hash == b[p.fromB-1].Hash {
		p.fromA, p.fromB = p.fromA-1, p.fromB-1
	}
	for p.toA < len(a) && p.toB < len(b) && a[p.toA].Hash == b[p.toB].Hash {
		p.toA, p.toB = p.toA+1, p.toB+1
	}
}

// extend adds a match to the passage that it continues, or begins a new one.
func extend(open []passage, atA, atB int) []passage {
	for i := len(open) - 1; i >= max(0, len(open)-32); i-- {
		p := &open[i]
		gapA, gapB := atA-p.toA, atB-p.toB
		if gapA <= slack && gapB <= slack && gapB >= -gram && atB >= p.fromB && atA >= p.fromA && abs(gapA-gapB) <= slack/2 {
			p.toA, p.toB = max(p.toA, atA+gram), max(p.toB, atB+gram)
			return open
		}
	}
	return append(open, passage{atA, atA + gram, atB, atB + gram})
}

func abs(n int) int { return max(n, -n) }

// distinct keeps the longest of the passages that overlap in either text and drops chance matches.
func distinct(in []passage) []passage {
	sort.Slice(in, func(i, j int) bool {
		if li, lj := in[i].toA-in[i].fromA, in[j].toA-in[j].fromA; li != lj {
			return li > lj
		}
		if in[i].fromA != in[j].fromA {
			return in[i].fromA < in[j].fromA
		}
		return in[i].fromB < in[j].fromB
	})
	var out []passage
	for _, p := range in {
		if p.toA-p.fromA >= leastRun && !clashes(out, p) {
			out = append(out, p)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].fromA < out[j].fromA })
	return out
}

func clashes(taken []passage, p passage) bool {
	for _, t := range taken {
		if p.fromA < t.toA && t.fromA < p.toA || p.fromB < t.toB && t.fromB < p.toB {
			return true
		}
	}
	return false
}

// measure counts the words outside quotations that the passages hold, and the longest such passage.
func measure(a, b *Profile, passages []passage) (Shares, int) {
	var inA, inB, long int
	for _, p := range passages {
		own := unquoted(a.Words[p.fromA:p.toA])
		inA += own
		inB += unquoted(b.Words[p.fromB:p.toB])
		long = max(long, own)
	}
	if inA < leastCopy || inB < leastCopy {
		return Shares{}, long
	}
	return Shares{A: share(inA, unquoted(a.Words)), B: share(inB, unquoted(b.Words))}, long
}

func unquoted(words []Word) int {
	n := 0
	for _, w := range words {
		if !w.Quoted {
			n++
		}
	}
	return n
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return min(1, float64(part)/float64(whole))
}

// SharesOf says how much of two documents outside quotations is shared.
func SharesOf(a, b *Profile) Shares {
	s, _ := measure(a, b, align(a, b))
	return s
}
