package claims

import (
	"math"

	"hearsay"
)

// CompareLinked judges two statements of documents of which one is a copy or translation of the
// other: those that stand in passages that correspond, in the same place of them and built alike, say
// the same.
func CompareLinked(a, b *Item, link hearsay.Link) (Pair, bool) {
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
	p := Pair{Score: at * link.Score, Sign: 1, Why: "the same passage of a " + string(link.Kind)}
	if a.Language == b.Language {
		run, words := copiedRun(a.Text, b.Text)
		if 10*run < 7*words || words < 2 {
			return Pair{}, false
		}
		p.Score = max(p.Score, 0.9*link.Score)
		at = 1
	}
	if !alike(a, b) {
		return Pair{}, false
	}
	p.Sure = at >= placedWell && link.Score >= sureLink && a.Sign == b.Sign && len(a.Holders) == len(b.Holders)
	if a.Sign != b.Sign {
		p.Sign = -1
		return p, false // what one language denies another only seems to assert
	}
	return p, at >= placedWell
}

const (
	placedWell = 0.8 // agreement of the places of two contents in passages that correspond
	sureLink   = 0.7 // score of a link from which on it is no longer counted as uncertain
)

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

// alike reports whether two statements are built alike, as far as both tell: the speaker, who is
// named and what is counted.
func alike(a, b *Item) bool {
	if sameSpeaker(a, b) == differ || a.Source.Form == Named && b.Source.Form == NoOne || b.Source.Form == Named && a.Source.Form == NoOne {
		return false
	}
	if mood(a) != mood(b) || a.Narrated != b.Narrated {
		return false
	}
	names := sharedNames(a.Names, b.Names)
	if least := min(len(a.Names), len(b.Names)); 2*names < least {
		return false
	}
	l := &likeness{}
	l.compareFigures(a, b)
	return len(l.gaps) == 0
}
