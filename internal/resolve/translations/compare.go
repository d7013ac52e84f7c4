package translations

import (
	"math"

	"hearsay"
	"hearsay/internal/resolve/depends"
)

// What makes a pair of documents a translation.
const (
	fewest    = 3    // beads with anchors on both sides
	plenty    = 9    // shared anchors; with fewer, nearly all must agree
	fewAgree  = 0.75 // share of anchors that must agree then
	several   = 5    // beads with anchors; with fewer, lengths must agree: retellings of one report keep its names alone
	fewMisfit = 0.9  // standard deviations by which they may differ then
	threshold = 0.5  // of the score
	wholeText = 0.2  // share of the shorter text that must be aligned
	oneToOne  = 0.7  // share of the paired beads that must join one sentence with one: retellings regroup
)

// evidence is what an alignment tells of a pair.
type evidence struct {
	beads    []bead
	agree    float64 // share of the anchors of the document with fewer that have a partner in their bead
	anchored int     // beads whose anchors agree
	shared   int     // anchors that have a partner in their bead
	single   float64 // share of the paired beads that join one sentence with one
	covered  float64 // share of the shorter text's letters in beads that agree or fit in length
	lengths  float64 // mean misfit of lengths in aligned beads, in standard deviations
}

// Compare links two documents in different languages of which one is, as far as names, numbers,
// lengths and order tell, a translation of the other, and gives the same whichever comes first. The
// evidence of the link is the aligned sentences. The one whose credit calls it a translation depends
// on the other, else the later one; without dates the direction is unknown and follows the ids.
func Compare(a, b *Profile) (hearsay.Link, bool) {
	if a.Language == b.Language || len(a.Sentences) == 0 || len(b.Sentences) == 0 {
		return hearsay.Link{}, false
	}
	if a.Document > b.Document {
		a, b = b, a
	}
	e := weigh(a, b)
	score := e.score()
	if a.TranslationCredits(&b.Side) || b.TranslationCredits(&a.Side) {
		score = math.Sqrt(score)
	}
	if e.shared < plenty && e.agree < fewAgree || e.anchored < several && e.lengths > fewMisfit {
		return hearsay.Link{}, false
	}
	if e.anchored < fewest || e.covered < wholeText || e.single < oneToOne || score < threshold {
		return hearsay.Link{}, false
	}
	return link(a, b, e.beads, score), true
}

// weigh aligns two documents and measures how well it went.
func weigh(a, b *Profile) evidence {
	e := evidence{beads: align(a, b)}
	ratio := float64(letters(b.Sentences)+1) / float64(letters(a.Sentences)+1)
	var fitted, singles int
	var misfit float64
	pairs := 0
	for _, x := range e.beads {
		sa, sb := a.Sentences[x.fromA:x.toA], b.Sentences[x.fromB:x.toB]
		total := count(sa) + count(sb)
		if len(sa) == 0 || len(sb) == 0 {
			continue
		}
		m := matches(sa, sb)
		e.shared += m
		if len(sa) == 1 && len(sb) == 1 {
			singles++
		}
		la, lb := float64(letters(sa)), float64(letters(sb))
		d := math.Abs(lb-la*ratio) / math.Sqrt(lengthVariance*((la+lb/ratio)/2+1))
		misfit += min(d, 5)
		pairs++
		if m > 0 {
			e.anchored++
		}
		if m > 0 && 2*m >= total/2 || total == 0 && d < 2 {
			fitted += min(letters(sa), int(lb/ratio))
		}
	}
	if least := min(count(a.Sentences), count(b.Sentences)); least > 0 {
		e.agree = float64(e.shared) / float64(least)
	}
	if pairs > 0 {
		e.lengths = misfit / float64(pairs)
		e.single = float64(singles) / float64(pairs)
	}
	e.covered = float64(fitted) / math.Max(1, math.Min(float64(letters(a.Sentences)), float64(letters(b.Sentences))/ratio))
	return e
}

// score weighs the evidence to a number between 0 and 1. The weights are those of a logistic
// regression over pairs of parallel news articles, whole and with a third of the sentences left out,
// moved towards precision, the more the fewer anchors there are: retellings of one event share a few
// names in one order too, and a wrong link misleads more than a missed one.
func (e evidence) score() float64 {
	x := 14*e.agree + 11*e.covered - 1.5*e.lengths + 0.35*float64(min(e.shared, 12)-8) - 9
	return 1 / (1 + math.Exp(-x))
}

func link(a, b *Profile, beads []bead, score float64) hearsay.Link {
	var pairs []hearsay.Evidence
	for _, x := range beads {
		if x.fromA == x.toA || x.fromB == x.toB {
			continue
		}
		pairs = append(pairs, hearsay.Evidence{
			From: hearsay.Span{Start: a.Sentences[x.fromA].Start, End: a.Sentences[x.toA-1].End},
			To:   hearsay.Span{Start: b.Sentences[x.fromB].Start, End: b.Sentences[x.toB-1].End},
		})
	}
	return depends.Link(hearsay.Translation, score, &a.Side, &b.Side, translates, pairs)
}

// translates reports whether a document calls itself a translation.
func translates(s, _ *depends.Side) bool { return s.Translates }

// Weigh exposes the evidence for tuning and for explaining: the share of anchors that agree, the
// share of the text that is aligned, the misfit of lengths and the beads with agreeing anchors.
func Weigh(a, b *Profile) (agree, covered, misfit float64, anchored int) {
	e := weigh(a, b)
	return e.agree, e.covered, e.lengths, e.anchored
}
