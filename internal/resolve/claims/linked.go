package claims

import (
	"math"

	"hearsay"
)

// CompareLinked judges two statements of documents of which one is a copy or translation of the
// other: those that stand in passages that correspond, in the same place of them and built alike, say
// the same.
func CompareLinked(a, b *Item, link hearsay.Link) (Pair, bool) {
	if a.Narrated && b.Narrated {
		return Pair{}, false
	}
	if a.Document == link.To && b.Document == link.From {
		a, b = b, a
	}
	if a.Document != link.From || b.Document != link.To || len(a.Content) == 0 || len(b.Content) == 0 {
		return Pair{}, false
	}
	at, ok := placed(a, b, link.Evidence)
	if !ok {
		return Pair{}, false
	}
	p := Pair{Score: at * link.Score, Sign: 1, Why: whyPassage + string(link.Kind)}
	fits := false
	if a.Language == b.Language {
		run, words := copiedRun(a.plain(), b.plain())
		fits = 10*run >= 7*words && words > 1
		p.Score, at = max(p.Score, 0.9*link.Score), 1
	} else {
		fits = at >= placedWell && corresponds(a, b, at)
	}
	if !fits || !alike(a, b) || a.Sign != b.Sign && !oneQuotation(a, b, at) {
		return Pair{}, false // what one language denies another only seems to assert
	}
	p.Sure = (a.Language == b.Language || surelyLinked(&link)) && len(a.Holders) == len(b.Holders)
	return p, true
}

// oneQuotation reports whether two contents are the words of one speaker between quotation marks in the very
// same place: a "nothing more" in one language is then no denial of what the other says.
func oneQuotation(a, b *Item, at float64) bool {
	return at >= placedBest && a.Language != b.Language && a.Manner == hearsay.Direct && b.Manner == hearsay.Direct &&
		sameSpeaker(a, b) == agree && !a.Denies && !b.Denies && !a.Rebuts && !b.Rebuts
}

// corresponds reports whether two contents in two languages tell of the same, or, where there is
// nothing to compare, stand in the very same place.
func corresponds(a, b *Item, at float64) bool {
	l := likenessAcross(a, b)
	switch {
	case len(l.gaps) > 0 || l.odd || l.when == farTime:
		return false
	case l.shared > 0:
		return l.dice >= 0.4 || at >= placedBest && l.root != differ
	}
	return at >= placedBest && l.speaker == agree && l.onlyA == 0 && l.onlyB == 0
}

const whyPassage = "the same passage of a "

const (
	placedWell = 0.8 // agreement of the places of two contents in passages that correspond
	placedBest = 0.9 // the same where the contents share little that can be compared
	sureLink   = 0.7 // score of a translation from which on it is no longer counted as uncertain
	sureCopy   = 0.5 // the same of a copy: what scores less is an excerpt
)

// surelyLinked reports whether a link is beyond doubt.
func surelyLinked(l *hearsay.Link) bool {
	if l.Kind == hearsay.Translation {
		return l.Score >= sureLink
	}
	return l.Score >= sureCopy
}

// placed says how well the places of two contents in passages that correspond agree, from 0 to 1.
func placed(a, b *Item, evidence []hearsay.Evidence) (float64, bool) {
	x, y := whole(a.Content), whole(b.Content)
	one, two, ok := passage(x, y, evidence)
	if !ok {
		return 0, false
	}
	start := math.Abs(part(x.Start, one) - part(y.Start, two))
	end := math.Abs(part(x.End, one) - part(y.End, two))
	return 1 - min(1, 1.5*max(start, end)), true
}

// passage joins the passages that both contents touch; it fails where one of the contents touches a
// passage whose counterpart the other does not.
func passage(x, y hearsay.Span, evidence []hearsay.Evidence) (one, two hearsay.Span, ok bool) {
	for _, e := range evidence {
		inX, inY := e.From.Overlaps(x), e.To.Overlaps(y)
		if inX != inY {
			return one, two, false
		}
		if inX {
			one, two, ok = join(one, e.From), join(two, e.To), true
		}
	}
	return one, two, ok
}

func join(a, b hearsay.Span) hearsay.Span {
	if a.Len() == 0 {
		return b
	}
	return hearsay.Span{Start: min(a.Start, b.Start), End: max(a.End, b.End)}
}

func whole(spans []hearsay.Span) hearsay.Span {
	var out hearsay.Span
	for _, s := range spans {
		out = join(out, s)
	}
	return out
}

func part(at int, of hearsay.Span) float64 {
	return float64(at-of.Start) / float64(max(1, of.Len()))
}

// alike reports whether two statements are built alike, as far as names and figures tell in both
// languages: persons keep theirs, institutions and reporting words are translated.
func alike(a, b *Item) bool {
	if a.Source.Type == hearsay.Person && b.Source.Type == hearsay.Person && sameSpeaker(a, b) == differ {
		return false
	}
	if a.Language == b.Language && mood(a) != mood(b) {
		return false
	}
	x, y := persons(a.Names), persons(b.Names)
	return 2*sharedNames(x, y) >= min(len(x), len(y))
}

func persons(names []Name) []Name {
	var out []Name
	for _, n := range names {
		if n.Type == hearsay.Person {
			out = append(out, n)
		}
	}
	return out
}
