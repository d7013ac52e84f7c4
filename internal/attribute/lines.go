package attribute

import (
	"sort"
	"strings"

	"hearsay"
	"hearsay/internal/linear"
)

const lineWeight = 2 // of an example from annotated lines, against one from annotated words

// teach adds what the lines of an article say about candidates: in a silent line none is a cue; in
// a line of speech the reporting words that the rules can read are.
func (l Lines) teach(examples []linear.Example, words wordUse) []linear.Example {
	v, err := newView(l.Analysis, true)
	if err != nil {
		return examples
	}
	lineOf := lineFinder(l.Analysis.Document.Text)
	candidates := v.candidates(nil)
	for k := range candidates {
		c := &candidates[k]
		line := lineOf(v.toks[c.head].Start)
		if line >= len(l.Said) || l.Said[line] == LineUnknown {
			continue
		}
		speech := l.Said[line] == LineSpeech
		if speech && (!c.known || !c.ok || c.match.Cue.Kind != hearsay.Speech) {
			continue
		}
		f := features{lexical: words}
		v.cueFeatures(c, &f)
		examples = append(examples, linear.Example{Features: f.list, Yes: speech, Weight: lineWeight})
	}
	return examples
}

// lineFinder finds the line of a byte offset, from 0.
func lineFinder(text string) func(offset int) int {
	var starts []int
	for i := 0; i >= 0 && i < len(text); {
		next := strings.IndexByte(text[i:], '\n')
		if next < 0 {
			break
		}
		i += next + 1
		starts = append(starts, i)
	}
	return func(offset int) int { return sort.SearchInts(starts, offset+1) }
}

// tune finds the threshold at which speech is best found in held-out lines.
func (m *model) tune(held []Lines, opt TrainOptions) float64 {
	type article struct {
		best []float64 // by line: the best score of a statement of speech that touches it
		said []LineLabel
	}
	var articles []article
	for _, l := range held {
		v, err := newView(l.Analysis, true)
		if err != nil {
			continue
		}
		a := article{make([]float64, len(l.Said)), l.Said}
		lineOf := lineFinder(l.Analysis.Document.Text)
		for _, r := range v.complete(m.read(v)) {
			st, ok := v.statement(r)
			if !ok || st.Kind != hearsay.Speech {
				continue
			}
			for _, c := range st.Content {
				for line := lineOf(c.Start); line <= lineOf(c.End-1) && line < len(a.best); line++ {
					a.best[line] = max(a.best[line], r.score)
				}
			}
		}
		articles = append(articles, a)
	}
	bestF, threshold := 0.0, m.threshold
	for step := range 40 {
		at := float64(step) / 40
		hit, found, all := 0, 0, 0
		for _, a := range articles {
			for line, said := range a.said {
				if said == LineUnknown {
					continue
				}
				if a.best[line] > at {
					found++
					if said == LineSpeech {
						hit++
					}
				}
				if said == LineSpeech {
					all++
				}
			}
		}
		if f := 2 * float64(hit) / float64(max(1, found+all)); f > bestF {
			bestF, threshold = f, at
		}
	}
	opt.Log("  held-out lines: F1 %.1f at score %.2f", 100*bestF, threshold)
	return threshold
}
