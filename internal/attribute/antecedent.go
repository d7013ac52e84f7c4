package attribute

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"

	"hearsay"
	"hearsay/internal/lexicon"
)

// A speaker who is not named where he speaks is looked for among the entities around: a log-linear
// choice among them and "none of these" (after Denis & Baldridge 2007, ranking instead of deciding
// pair by pair). No feature knows a word, so that what is learnt in some languages holds in others.
// Each feature has a weight for its kind of expression and one that all kinds share (Daumé 2007).

// anaphor is a kind of expression that needs an antecedent.
type anaphor uint8

const (
	anaphorHe anaphor = iota
	anaphorShe
	anaphorIt
	anaphorThey
	anaphorDescription // "the minister"
	anaphorLeftOut     // «заявив також»
	anaphors
)

// want is what an expression asks of its antecedent.
type want struct {
	kind   anaphor
	span   hearsay.Span        // the expression, or the cue whose subject is left out
	entity int                 // that the mentions made of a description, -1 for none
	head   int                 // token of a description's noun or of the cue, -1 for none
	sort   hearsay.MentionType // of a description, "" if its noun does not tell
	common bool                // of a description: its noun speaks of somebody named before
	// institution is a description that need not have been named before.
	institution bool
	gender      string // that the expression or its verb asks for, "" for either
	statement   *hearsay.Statement
}

// pronounKind is the kind of a pronoun of the third person.
func pronounKind(role lexicon.Role) anaphor {
	switch {
	case role.Has(lexicon.RolePlural) && !role.Has(lexicon.RoleFem|lexicon.RoleMasc):
		return anaphorThey
	case role.Has(lexicon.RoleFem):
		return anaphorShe
	case role.Has(lexicon.RoleMasc):
		return anaphorHe
	}
	return anaphorIt
}

// weights are those of all features: for each kind of expression, then what all share.
type weights []float64

const weightsSection = "antecedents"

var weightsTotal = (int(anaphors) + 1) * traitTotal

// readWeights reads a section of a model file; an empty one gives no weights.
func readWeights(section []byte) (weights, error) {
	if len(section) == 0 {
		return nil, nil
	}
	var w weights
	if err := json.Unmarshal(section, &w); err != nil {
		return nil, fmt.Errorf("weights of antecedents: %w", err)
	}
	if len(w) != weightsTotal {
		return nil, fmt.Errorf("weights of antecedents: %d instead of %d", len(w), weightsTotal)
	}
	return w, nil
}

// choice is a candidate with its features: indices into the weights. Entity -1 is "none of these".
type choice struct {
	entity   int
	features []int
}

func (c *choice) add(k anaphor, t trait, value int) {
	at := traitStarts[t] + max(0, min(value, traitSizes[t]-1))
	c.features = append(c.features, int(k)*traitTotal+at, int(anaphors)*traitTotal+at)
}

func (w weights) of(c *choice) float64 {
	sum := 0.0
	for _, f := range c.features {
		sum += w[f]
	}
	return sum
}

// best is the entity of the choice that weighs most, -1 for none.
func (w weights) best(choices []choice) int {
	best, most := -1, 0.0
	for i := range choices {
		if s := w.of(&choices[i]); i == 0 || s > most {
			best, most = choices[i].entity, s
		}
	}
	return best
}

// farthest is how many sentences back an antecedent is looked for, unless it is one of the
// entities of which the document speaks most.
const (
	farthest      = 8
	farthestBytes = 10_000 // nor farther than this: a text without full stops is one sentence
	mainActor     = 3
)

// antecedent finds whom an expression stands for, -1 for nobody known.
func (r *speakerResolver) antecedent(w want) int {
	choices := r.choices(w)
	if r.decided != nil {
		return r.decided(r, w, choices)
	}
	return r.weights.best(choices)
}

// choices are the entities that an expression can stand for, and none.
func (r *speakerResolver) choices(w want) []choice {
	at := w.span.Start
	quotation := r.inQuotation(at)
	barred := r.quotedSpeaker(w.statement, quotation)
	var fitting []seen
	for _, e := range r.near(w.span) {
		if e == barred || !r.fits(e, w) {
			continue
		}
		if s, ok := r.lastSeen(e, w); ok && (s.mention.Start >= r.from(at) || r.order[e] < mainActor || r.spokeLast(e)) {
			fitting = append(fitting, s)
		}
	}
	slices.SortStableFunc(fitting, func(a, b seen) int { return b.total - a.total })
	out := []choice{r.none(w, fitting)}
	f := r.field(fitting)
	for i := range fitting {
		f.order = i
		out = append(out, r.choice(&fitting[i], &f, w, quotation >= 0))
	}
	return out
}

// from is where the text begins in which an antecedent is looked for.
func (r *speakerResolver) from(at int) int {
	first := max(r.sentenceAt(at)-farthest, 0)
	return max(r.a.Sentences[first].Start, at-farthestBytes)
}

// near are the entities that may be an antecedent, in order of their number: those that are named not far
// before an expression or right behind it, those of which the document speaks most, and those who spoke last.
func (r *speakerResolver) near(s hearsay.Span) []int {
	out := append([]int{}, r.main...)
	for _, e := range []int{r.speakerOf(r.last), r.speakerOf(r.previous)} {
		if e >= 0 {
			out = append(out, e)
		}
	}
	for _, m := range r.byStart[r.mentionsBefore(r.from(s.Start)):r.mentionsBefore(s.End+besideBytes)] {
		if e := r.a.Mentions[m].Entity; e >= 0 {
			out = append(out, e)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// seen is an entity as it was last mentioned before an expression, or right behind it.
type seen struct {
	entity  int
	mention *hearsay.Mention
	back    int // sentences
	count   int // mentions before
	total   int // in the document
	beside  beside
}

// lastSeen is the last mention of an entity before an expression and outside of what is said there;
// one that stands beside it counts wherever it is.
func (r *speakerResolver) lastSeen(e int, w want) (seen, bool) {
	mentions := r.a.Entities[e].Mentions
	at := w.span.Start
	s := seen{entity: e, total: len(mentions)}
	s.count = sort.Search(len(mentions), func(i int) bool { return r.a.Mentions[mentions[i]].End > at })
	for i := s.count; i < len(mentions) && r.a.Mentions[mentions[i]].Start <= w.span.End+besideBytes; i++ {
		m := &r.a.Mentions[mentions[i]]
		if b := r.besideOf(m, w); b != apart && !insideContent(w.statement, m.Span) {
			s.mention, s.beside = m, b
			break
		}
	}
	for i := s.count - 1; i >= 0 && s.mention == nil; i-- {
		if m := &r.a.Mentions[mentions[i]]; !insideContent(w.statement, m.Span) {
			s.mention, s.beside = m, r.besideOf(m, w)
		}
	}
	if s.mention == nil {
		return s, false
	}
	s.back = max(0, r.sentenceAt(at)-r.sentenceAt(s.mention.Start))
	return s, true
}

func (r *speakerResolver) spokeLast(e int) bool {
	return e == r.speakerOf(r.last) || e == r.speakerOf(r.previous)
}

// speakerOf is the entity that made a statement, -1 for none.
func (r *speakerResolver) speakerOf(statement int) int {
	if statement < 0 {
		return -1
	}
	return r.a.Statements[statement].Speaker
}
