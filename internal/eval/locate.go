package eval

import (
	"fmt"
	"slices"
	"unicode"

	"hearsay/internal/format"
)

// span is a stretch of a text in code points.
type span struct{ start, end int }

// placed is a gold statement with the places of its quotations.
type placed struct {
	*Statement
	source, cue, content []span
	match                *format.Statement // what the program found there
}

// locate finds the place of a statement: that at which its parts stand closest together.
func locate(text []rune, s *Statement) (*placed, error) {
	var best *placed
	lowest := 0
	for _, at := range occurrences(text, s.Content[0]) {
		p := &placed{Statement: s, content: []span{at}}
		cost := 0
		last := at
		for _, q := range s.Content[1:] {
			next, ok := after(text, q, last.end)
			if !ok {
				cost = len(text)
				break
			}
			cost += next.start - last.end
			last = next
			p.content = append(p.content, next)
		}
		var far int
		p.cue, far = nearest(text, s.Cue, p.content)
		cost += far
		beside := p.cue
		if len(beside) == 0 {
			beside = p.content
		}
		p.source, far = nearest(text, s.Source, beside)
		cost += far
		if best == nil || cost < lowest {
			best, lowest = p, cost
		}
		if s.Headline {
			break
		}
	}
	if best == nil || len(best.content) != len(s.Content) || len(best.cue) != len(s.Cue) || len(best.source) != len(s.Source) {
		return nil, fmt.Errorf("%s: the text does not hold {%v} <%v> [%v]", s.Document, s.Source, s.Cue, s.Content)
	}
	return best, nil
}

// nearest finds each quotation as close to some places as it stands, and how far away they are together.
func nearest(text []rune, quotes []string, to []span) ([]span, int) {
	var out []span
	far := 0
	for _, q := range quotes {
		places := occurrences(text, q)
		if len(places) == 0 {
			return nil, len(text)
		}
		best := slices.MinFunc(places, func(a, b span) int { return least(a, to) - least(b, to) })
		out = append(out, best)
		far += least(best, to)
	}
	return out, far
}

func after(text []rune, quote string, from int) (span, bool) {
	for _, at := range occurrences(text, quote) {
		if at.start >= from {
			return at, true
		}
	}
	return span{}, false
}

// least is the distance of a span to the closest of several.
func least(a span, to []span) int {
	n := gap(a, to[0])
	for _, b := range to[1:] {
		n = min(n, gap(a, b))
	}
	return n
}

// gap is the distance of two spans; it is small and not nothing where one lies in the other.
func gap(a, b span) int {
	switch {
	case a.end <= b.start:
		return b.start - a.end
	case b.end <= a.start:
		return a.start - b.end
	}
	return 2
}

// occurrences finds a quotation wherever it does not begin or end within a word.
func occurrences(text []rune, quote string) []span {
	q := []rune(quote)
	var out []span
	if len(q) == 0 {
		return out
	}
	for i := 0; i+len(q) <= len(text); i++ {
		if text[i] != q[0] || !slices.Equal(text[i:i+len(q)], q) {
			continue
		}
		if i > 0 && letter(text[i-1]) && letter(q[0]) {
			continue
		}
		if end := i + len(q); end < len(text) && letter(text[end]) && letter(q[len(q)-1]) {
			continue
		}
		out = append(out, span{i, i + len(q)})
	}
	return out
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func spansOf(in []format.Span) []span {
	out := make([]span, 0, len(in))
	for _, s := range in {
		out = append(out, span{s.Start, s.End})
	}
	return out
}

func length(spans []span) int {
	n := 0
	for _, s := range spans {
		n += s.end - s.start
	}
	return n
}

func overlap(a, b []span) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x.end, y.end)-max(x.start, y.start))
		}
	}
	return n
}

// dice is twice the shared characters by all characters of two contents (Dice 1945).
func dice(a, b []span) float64 {
	if total := length(a) + length(b); total > 0 {
		return 2 * float64(overlap(a, b)) / float64(total)
	}
	return 0
}
