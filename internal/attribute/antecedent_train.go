package attribute

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// decision is one choice of an antecedent and which choices would have been right.
type decision struct {
	article string
	choices []choice
	right   []bool
}

const (
	antecedentRounds = 3    // choices depend on earlier ones, which better weights make better
	antecedentSteps  = 300  // of gradient ascent
	antecedentRate   = 0.5  // of a step, before it is scaled by what a weight has seen
	ownPrior         = 0.03 // pull towards zero, for each decision: of weights for one kind of expression
	sharedPrior      = 0.01 // of those that all kinds share
)

// learnAntecedents learns whom pronouns, descriptions and subjects left out stand for, from articles
// of which the named speakers of each line are known and the statements found.
func learnAntecedents(lines []Lines, opt TrainOptions) weights {
	w := make(weights, weightsTotal)
	for round := range antecedentRounds {
		list := decisions(lines, w)
		opt.Log("antecedents, round %d: %d choices, %.1f %% right; in articles held out %.1f %%",
			round+1, len(list), 100*w.accuracy(list), 100*crossValidated(list))
		w = fitWeights(list)
	}
	return w
}

// decisions runs over the articles and collects the choices of which the right one is known.
func decisions(lines []Lines, w weights) []decision {
	var out []decision
	for i := range lines {
		l := &lines[i]
		if l.Speakers == nil {
			continue
		}
		lineOf := lineFinder(l.Analysis.Document.Text)
		r := newSpeakerResolver(l.Analysis, w)
		r.decided = func(r *speakerResolver, want want, choices []choice) int {
			if right, known := l.rightChoices(r, lineOf, want, choices); known {
				out = append(out, decision{l.Article, choices, right})
			}
			return w.best(choices)
		}
		r.run()
	}
	return out
}

// rightChoices marks the choices that bear the name of the line's speaker. It is not known where
// nobody, or more than one, speaks in the line, or where no choice bears the name of a speaker whom
// a pronoun stands for.
func (l *Lines) rightChoices(r *speakerResolver, lineOf func(int) int, w want, choices []choice) ([]bool, bool) {
	if len(w.statement.Content) == 0 {
		return nil, false
	}
	speaker, ok := l.Speakers[lineOf(w.statement.Content[0].Start)]
	if !ok || len(choices) < 2 || w.kind == anaphorDescription && w.statement.Holder >= 0 {
		return nil, false
	}
	right := make([]bool, len(choices))
	found := false
	for i, c := range choices {
		if c.entity >= 0 && named(&r.a.Entities[c.entity], speaker) {
			right[i], found = true, true
		}
	}
	if !found && w.kind == anaphorDescription {
		right[0], found = true, true
	}
	return right, found
}

// named reports whether a name of an entity has a word that begins with one of some stems.
func named(e *hearsay.Entity, stems []string) bool {
	for _, form := range e.Forms {
		for _, stem := range stems {
			if beginsWord(strings.ToLower(form), strings.ToLower(stem)) {
				return true
			}
		}
	}
	return false
}

func beginsWord(text, stem string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], stem)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at+i])
		if at+i == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			return true
		}
		at += i + 1
		for at < len(text) && !utf8.RuneStart(text[at]) {
			at++
		}
	}
}

// fitWeights maximises the likelihood of the right choices with a Gaussian prior, by gradient ascent
// with a rate of its own for each weight (Duchi, Hazan & Singer 2011).
func fitWeights(list []decision) weights {
	w, seen := make(weights, weightsTotal), make([]float64, weightsTotal)
	for range antecedentSteps {
		g := make([]float64, len(w))
		for i := range list {
			list[i].gradient(w, g)
		}
		for f := range w {
			d := g[f] - prior(f)*float64(len(list))*w[f]
			if d == 0 {
				continue
			}
			seen[f] += d * d
			w[f] += antecedentRate * d / math.Sqrt(seen[f])
		}
	}
	for f := range w {
		w[f] = math.Round(w[f]*1000) / 1000
	}
	return w
}

// prior is how strongly a weight is pulled towards zero.
func prior(feature int) float64 {
	if feature < int(anaphors)*traitTotal {
		return ownPrior
	}
	return sharedPrior
}

// gradient adds the decision's part: what the right choices have more than is expected.
func (d *decision) gradient(w weights, g []float64) {
	p := make([]float64, len(d.choices))
	most := math.Inf(-1)
	for i := range d.choices {
		p[i] = w.of(&d.choices[i])
		most = max(most, p[i])
	}
	all, right := 0.0, 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - most)
		all += p[i]
		if d.right[i] {
			right += p[i]
		}
	}
	for i := range p {
		delta := -p[i] / all
		if d.right[i] {
			delta += p[i] / right
		}
		for _, f := range d.choices[i].features {
			g[f] += delta
		}
	}
}

// accuracy is the share of decisions of which the best choice is right.
func (w weights) accuracy(list []decision) float64 {
	hits := 0
	for i := range list {
		best := 0
		for k := range list[i].choices {
			if w.of(&list[i].choices[k]) > w.of(&list[i].choices[best]) {
				best = k
			}
		}
		if list[i].right[best] {
			hits++
		}
	}
	return float64(hits) / float64(max(1, len(list)))
}

// crossValidated is the accuracy on articles that the weights have not seen, in five parts.
func crossValidated(list []decision) float64 {
	const folds = 5
	number := map[string]int{}
	for i := range list {
		if _, ok := number[list[i].article]; !ok {
			number[list[i].article] = len(number)
		}
	}
	sum := 0.0
	for fold := range folds {
		var learn, held []decision
		for i := range list {
			if number[list[i].article]%folds == fold {
				held = append(held, list[i])
			} else {
				learn = append(learn, list[i])
			}
		}
		sum += fitWeights(learn).accuracy(held) * float64(len(held))
	}
	return sum / float64(max(1, len(list)))
}
