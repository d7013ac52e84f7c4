package attribute

import (
	"math"

	"hearsay/internal/linear"
)

// learnChoice trains the choice among readings on documents from which the other tables have not learnt.
// It is stopped early: there are many features to few cues.
func learnChoice(cases []linear.Choice) *linear.Table {
	return linear.TrainChoice(cases, linear.LogisticOptions{Epochs: 3, Rate: 0.05, MinCount: 5, Decay: 1e-3})
}

// choices are the options of the gold cues of a document.
func (m *model) choices(l *lesson) []linear.Choice {
	gold := map[int]goldStatement{}
	_, parts := m.lessonsIn(l, 0)
	for _, p := range parts {
		gold[p.c.head] = p.gold
	}
	var out []linear.Choice
	m.eachOptions(l.v, func(_ *decoder, c *candidate, _ float64, options []option) {
		g, ok := gold[c.head]
		if !ok {
			return
		}
		if choice, ok := m.decision(l, c, g, options); ok {
			out = append(out, choice)
		}
	})
	return out
}

// decision is the choice among the options of a gold cue: their features, and how good each is.
func (m *model) decision(l *lesson, c *candidate, g goldStatement, options []option) (linear.Choice, bool) {
	f := features{lexical: m.partWords()}
	want, source := l.goldContent(g)
	worth, most, least := make([]float64, len(options)), 0.0, math.Inf(1)
	var out linear.Choice
	for i := range options {
		f.list = nil
		l.v.optionFeatures(&options[i], &options[0], c, m.parts.unit, &f)
		out.Options = append(out.Options, f.list)
		worth[i] = l.v.worth(&options[i], want, source)
		most, least = max(most, worth[i]), min(least, worth[i])
	}
	for i := range worth {
		out.Right = append(out.Right, worth[i] > most-1e-9)
	}
	return out, len(options) > 1 && most > least && most > 0.5
}

// worth weighs exact content and source, and how far they agree.
func (v *view) worth(o *option, want map[int]bool, source span) float64 {
	common, size := 0, 0
	for _, s := range o.bare {
		for i := s.from; i < s.to; i++ {
			if v.mark[i] == word {
				size++
				common += int(bit(want[i]))
			}
		}
	}
	w := float64(2*common) / float64(max(1, size+len(want)))
	if common == size && size == len(want) {
		w++
	}
	if o.source == source || v.trim(o.source) == v.trim(source) {
		w += 0.6
	} else if overlap(o.source, source) == 4 {
		w += 0.3
	}
	return w
}

// goldContent are the words of a gold content without its opening word, and the source.
func (l *lesson) goldContent(g goldStatement) (map[int]bool, span) {
	var pieces []piece
	for _, i := range g.content {
		if n := len(pieces); n > 0 && pieces[n-1].to == i {
			pieces[n-1].to++
		} else {
			pieces = append(pieces, piece{span{i, i + 1}, -1})
		}
	}
	for i, p := range pieces {
		pieces[i].span = l.v.withoutOpener(l.v.trim(p.span))
	}
	var source span
	if len(g.source) > 0 {
		source = span{g.source[0], g.source[len(g.source)-1] + 1}
	}
	return l.v.wordSet(pieces), source
}
