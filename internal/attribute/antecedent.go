package attribute

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

// A speaker who is not named where he speaks is looked for among the entities before: a log-linear
// choice among them and "none of these" (after Denis & Baldridge 2007, ranking instead of deciding
// pair by pair). No feature knows a word, so that what is learnt in some languages holds in others.

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
	kind      anaphor
	entity    int    // the unnamed entity of a description, -1 for none
	words     int    // of a description
	feats     string // of the verb whose subject is left out
	statement *hearsay.Statement
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

// trait is a group of features of which a candidate has exactly one.
type trait uint8

const (
	traitFit    trait = iota // type, gender known or not, named or not
	traitNear                // sentences back to the last mention, and its part in that sentence
	traitBlock               // paragraphs back
	traitCount               // mentions before
	traitRank                // among the fitting by number of mentions in the document
	traitLast                // sentences since he spoke, if he was the last to speak
	traitChain               // he was the last to speak, and the same pronoun stood for him
	traitSecond              // he spoke last but one
	traitQuoted              // his last mention stands in a quotation, the expression too
	traitLead                // he is named in the first sentences
	traitSpeaks              // how often the document gives his name as a source
	traitFirst               // his last mention opens its sentence
	traitTitle               // the description is one of his titles
	traitNone                // for "none of these": what kind of description it is
	traits
)

// traitSizes are the numbers of features in each group, for one kind of expression.
var traitSizes = [traits]int{
	traitFit: 20, traitNear: 7 * int(parts), traitBlock: 4, traitCount: 4, traitRank: 4, traitLast: 5, traitChain: 2, traitSecond: 2,
	traitQuoted: 4, traitLead: 2, traitSpeaks: 4, traitFirst: 2, traitTitle: 2, traitNone: 20,
}

// traitStarts are where the groups begin, and how many features one kind of expression has.
var traitStarts, traitTotal = func() (starts [traits]int, total int) {
	for t, n := range traitSizes {
		starts[t] = total
		total += n
	}
	return starts, total
}()

// part is what a mention is in its sentence.
type part uint8

const (
	partSubject part = iota
	partObject
	partOblique
	partModifier
	partApposition
	partOther
	parts
)

func partOf(rel string) part {
	rel, _, _ = strings.Cut(rel, ":")
	switch rel {
	case "nsubj", "csubj":
		return partSubject
	case "obj", "iobj":
		return partObject
	case "obl":
		return partOblique
	case "nmod":
		return partModifier
	case "appos", "flat":
		return partApposition
	}
	return partOther
}

// weights are those of all features of all kinds of expressions.
type weights []float64

const weightsSection = "antecedents"

// readWeights reads a section of a model file; an empty one gives no weights.
func readWeights(section []byte) (weights, error) {
	if len(section) == 0 {
		return nil, nil
	}
	var w weights
	if err := json.Unmarshal(section, &w); err != nil {
		return nil, fmt.Errorf("weights of antecedents: %w", err)
	}
	if len(w) != int(anaphors)*traitTotal {
		return nil, fmt.Errorf("weights of antecedents: %d instead of %d", len(w), int(anaphors)*traitTotal)
	}
	return w, nil
}

// choice is a candidate with its features: indices into the weights. Entity -1 is "none of these".
type choice struct {
	entity   int
	features []int
}

func (c *choice) add(k anaphor, t trait, value int) {
	value = max(0, min(value, traitSizes[t]-1))
	c.features = append(c.features, int(k)*traitTotal+traitStarts[t]+value)
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

// antecedent finds whom an expression at a place stands for, -1 for nobody known.
func (r *speakerResolver) antecedent(at int, w want) int {
	choices := r.choices(at, w)
	if r.decided != nil {
		return r.decided(r, w, choices)
	}
	return r.weights.best(choices)
}

// choices are the entities that an expression can stand for, in order of their number, and none.
func (r *speakerResolver) choices(at int, w want) []choice {
	quotation := r.inQuotation(at)
	barred := r.quotedSpeaker(w.statement, quotation)
	var fitting []seen
	for _, e := range r.near(at) {
		if e == w.entity || e == barred || !r.fits(e, w) {
			continue
		}
		if s, ok := r.lastSeen(e, at, w.statement); ok && (s.mention.Start >= r.from(at) || r.order[e] < mainActor || r.spokeLast(e)) {
			fitting = append(fitting, s)
		}
	}
	slices.SortStableFunc(fitting, func(a, b seen) int { return b.total - a.total })
	none := choice{entity: -1}
	none.add(w.kind, traitNone, r.noneKind(w))
	out := []choice{none}
	for i := range fitting {
		out = append(out, r.choice(&fitting[i], i, at, w, quotation >= 0))
	}
	return out
}

// from is where the text begins in which an antecedent is looked for.
func (r *speakerResolver) from(at int) int {
	first := max(r.sentenceAt(at)-farthest, 0)
	return max(r.a.Sentences[first].Start, at-farthestBytes)
}

// near are the entities that may be an antecedent, in order of their number: those that are named not far
// before a place, those of which the document speaks most, and those who spoke last.
func (r *speakerResolver) near(at int) []int {
	out := append([]int{}, r.main...)
	for _, e := range []int{r.speakerOf(r.last), r.speakerOf(r.previous)} {
		if e >= 0 {
			out = append(out, e)
		}
	}
	for _, m := range r.byStart[r.mentionsBefore(r.from(at)):r.mentionsBefore(at)] {
		if e := r.a.Mentions[m].Entity; e >= 0 {
			out = append(out, e)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// seen is an entity as it was last mentioned before a place.
type seen struct {
	entity   int
	mention  *hearsay.Mention
	sentence int
	count    int // mentions before
	total    int // in the document
}

// lastSeen is the last mention of an entity before a place and outside of what is said there.
func (r *speakerResolver) lastSeen(e, at int, st *hearsay.Statement) (seen, bool) {
	mentions := r.a.Entities[e].Mentions
	s := seen{entity: e, total: len(mentions)}
	s.count = sort.Search(len(mentions), func(i int) bool { return r.a.Mentions[mentions[i]].End > at })
	for i := s.count - 1; i >= 0 && s.mention == nil; i-- {
		if m := &r.a.Mentions[mentions[i]]; !insideContent(st, m.Span) {
			s.mention = m
		}
	}
	if s.mention == nil {
		return s, false
	}
	s.sentence = r.sentenceAt(s.mention.Start)
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

// choice describes a candidate; order is its place among the fitting by mentions.
func (r *speakerResolver) choice(s *seen, order, at int, w want, quoted bool) choice {
	e := &r.a.Entities[s.entity]
	c := choice{entity: s.entity}
	k := w.kind
	back := r.sentenceAt(at) - s.sentence
	c.add(k, traitFit, typeIndex(e.Type)*4+indicator(e.Gender != "")*2+indicator(e.Named))
	c.add(k, traitNear, distance(back)*int(parts)+int(r.partAt(s.mention)))
	c.add(k, traitBlock, r.blockAt(at)-r.blockAt(s.mention.Start))
	c.add(k, traitCount, counted(s.count)-1)
	c.add(k, traitRank, order)
	c.add(k, traitLast, r.sinceLast(s.entity, at))
	c.add(k, traitChain, indicator(s.entity == r.speakerOf(r.last) && r.sameExpression(w)))
	c.add(k, traitSecond, indicator(s.entity == r.speakerOf(r.previous)))
	c.add(k, traitQuoted, indicator(r.inQuotation(s.mention.Start) >= 0)*2+indicator(quoted))
	c.add(k, traitLead, indicator(r.sentenceAt(r.a.Mentions[e.Mentions[0]].Start) < 2))
	c.add(k, traitSpeaks, counted(r.speaks[s.entity]))
	c.add(k, traitFirst, indicator(s.mention.Start <= r.sentenceStart(s.mention.Start)))
	c.add(k, traitTitle, indicator(k == anaphorDescription && r.entitled(e, w)))
	return c
}

// indicator is 1 for what is true.
func indicator(b bool) int { return int(bit(b)) }

// typeIndex numbers the types of entities from 0.
func typeIndex(t hearsay.MentionType) int { return int(typeNumber(t)) - 1 }

// distance puts a number of sentences into one of seven steps.
func distance(n int) int {
	switch {
	case n <= 3:
		return max(n, 0)
	case n <= 5:
		return 4
	case n <= farthest:
		return 5
	}
	return 6
}

// counted puts a number into one of four steps: 0, 1, 2 and more, 5 and more.
func counted(n int) int {
	switch {
	case n >= 5:
		return 3
	case n >= 2:
		return 2
	}
	return n
}

func (r *speakerResolver) partAt(m *hearsay.Mention) part {
	if t := r.headOf(m.Head); t >= 0 {
		return partOf(r.a.Tokens[t].Rel)
	}
	return partOther
}

func (r *speakerResolver) blockAt(at int) int { return blockAt(r.a.Document.Blocks, at) }

func (r *speakerResolver) sentenceStart(at int) int { return r.a.Sentences[r.sentenceAt(at)].Start }

// sinceLast is how far back the last statement lies if an entity made it: 0 for the sentence
// before or the same one, then further, 4 if it did not.
func (r *speakerResolver) sinceLast(e, at int) int {
	if e != r.speakerOf(r.last) {
		return 4
	}
	back := r.sentenceAt(at) - r.sentenceAt(begin(&r.a.Statements[r.last]))
	switch {
	case back <= 1:
		return 0
	case back <= 3:
		return 1
	case back <= 6:
		return 2
	}
	return 3
}

// sameExpression reports whether the last statement had the same pronoun for a source.
func (r *speakerResolver) sameExpression(w want) bool {
	last := &r.a.Statements[r.last]
	if w.kind == anaphorLeftOut {
		return len(last.Source) == 0
	}
	return len(last.Source) > 0 && len(w.statement.Source) > 0 &&
		lexicon.Fold(last.Source[0].In(r.text)) == lexicon.Fold(w.statement.Source[0].In(r.text))
}

// entitled reports whether a description's words are among an entity's titles.
func (r *speakerResolver) entitled(e *hearsay.Entity, w want) bool {
	if w.entity < 0 {
		return false
	}
	d := strings.Fields(lexicon.Fold(r.a.Entities[w.entity].Name))
	if len(d) == 0 {
		return false
	}
	for _, title := range e.Titles {
		for _, word := range strings.Fields(lexicon.Fold(title)) {
			if word == d[len(d)-1] || word == d[0] && len(d) == 1 {
				return true
			}
		}
	}
	return false
}

// noneKind tells descriptions apart that may stand for themselves.
func (r *speakerResolver) noneKind(w want) int {
	if w.kind != anaphorDescription {
		return 0
	}
	sort := typeIndex("")
	if w.entity >= 0 {
		sort = typeIndex(r.a.Entities[w.entity].Type)
	}
	return sort*4 + min(w.words, 4) - 1
}
