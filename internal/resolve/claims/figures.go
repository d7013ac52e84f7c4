package claims

import (
	"math"
	"unicode"

	"hearsay/internal/romanize"
)

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// gap is two figures of one thing whose ranges do not meet.
type gap struct{ a, b Figure }

func (f *Figure) bounds() (low, high float64) {
	if f.High < f.Low {
		return f.Low, math.Inf(1)
	}
	return f.Low, f.High
}

// meets reports whether two ranges have a value in common.
func (f *Figure) meets(o *Figure) bool {
	l1, h1 := f.bounds()
	l2, h2 := o.bounds()
	return l1 <= h2 && l2 <= h1
}

// counts reports whether two figures count the same thing.
func (f *Figure) counts(o *Figure) bool {
	if f.Unit != o.Unit || f.AsOf != "" && o.AsOf != "" && f.AsOf != o.AsOf {
		return false
	}
	if f.Of == o.Of {
		return f.Of != "" || f.Unit != ""
	}
	x, y := romanize.Skeleton(f.Of), romanize.Skeleton(o.Of)
	return len(x) >= 4 && x == y || sharesConcept(f.Of, o.Of)
}

// compareFigures pairs the figures that agree, then those that clash.
func (l *likeness) compareFigures(a, b *Item) {
	used := make([]bool, len(b.Figures))
	left := []int{}
	for i := range a.Figures {
		if !l.pairFigure(&a.Figures[i], b.Figures, used) {
			left = append(left, i)
		}
	}
	for _, i := range left {
		found := false
		for j := range b.Figures {
			if !used[j] && a.Figures[i].counts(&b.Figures[j]) {
				used[j], found = true, true
				l.gaps = append(l.gaps, gap{a.Figures[i], b.Figures[j]})
				break
			}
		}
		l.odd = l.odd || !found && a.Figures[i].Unit+a.Figures[i].Of != ""
	}
	for j := range b.Figures {
		l.odd = l.odd || !used[j] && b.Figures[j].Unit+b.Figures[j].Of != ""
	}
	l.odd = l.odd && len(a.Figures) > 0 && len(b.Figures) > 0
}

func (l *likeness) pairFigure(f *Figure, in []Figure, used []bool) bool {
	for j := range in {
		if !used[j] && f.Unit == in[j].Unit && f.meets(&in[j]) {
			used[j] = true
			l.figures++
			return true
		}
	}
	return false
}
