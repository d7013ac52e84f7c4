package aligned

import (
	"cmp"

	"hearsay"
)

// Witness is a statement that gives a speaker for a sentence: the statement itself, or one that says the same in a
// translation or copy.
type Witness struct {
	Document  string
	Statement string
	Actor     string
	Weight    int     // see Page.Testimony
	Score     float64 // how well the places of the two statements agree
	Own       Grade   // of the statement itself: how its text gives the speaker
}

// The reasons for which a statement has a speaker whom its own text does not name, or names otherwise.
const (
	NamedElsewhere = "named in another version of this sentence"
	MostAgree      = "told so by other versions of this sentence"
	NamedOtherwise = "told otherwise by other versions of this sentence"
)

// Rule is the reason that a voice gives for another speaker than a text that gives one so.
func (v *Voice) Rule(own Grade) string {
	switch {
	case own == Named:
		return NamedOtherwise
	case v.Grade == Named:
		return NamedElsewhere
	}
	return MostAgree
}

// Weights of witnesses, about the odds that a speaker found so is the right one. A description that stands for itself
// speaks against nobody, nor does a body for which a pronoun was taken.
const (
	weightName     = 8 // of a person, where the statement is made
	weightGoesOn   = 7
	weightResolved = 5
	weightBody     = 3 // of a body: its name may stand for somebody else in the source
	weightLeftOut  = 2

	enough = 3 // weight from which on others tell another speaker than a statement's own text
	agree  = 2 // documents that it takes to tell another speaker than the text names
)

// Weight is how much the speaker of a voice weighs, 0 for one who tells nothing of others.
func (p *Page) Weight(v *Voice) int {
	if v.Speaker < 0 || p.Entities[v.Speaker].Unnamed {
		return 0
	}
	person := p.Entities[v.Speaker].Type == hearsay.Person
	switch {
	case v.Grade == Named && person:
		return weightName
	case v.Grade == Named:
		return weightBody
	case !person:
		return 0
	case v.Grade == LeftOut && v.goesOn:
		return weightGoesOn
	case v.Grade == Resolved:
		return weightResolved
	}
	return weightLeftOut
}

// Testimony is how much a voice weighs as a witness for a statement on another page, 0 where it tells nothing. One who hardly can be what the words of the statement mean weighs a third: a man for
// "she", a person for "the authorities", whoever is taken for "a spokesman" without being named.
func (p *Page) Testimony(v *Voice, other *Page, of *Voice) int {
	n := p.Weight(v)
	if of.Grade == Named || n == 0 {
		return n
	}
	if of.indefinite && v.Grade < Named || of.Speaker >= 0 && of.Grade != LeftOut && !of.mayMean(&other.Entities[of.Speaker], &p.Entities[v.Speaker]) {
		return n / 3
	}
	return n
}

// mayMean reports whether the words that were taken to mean or describe one entity can mean another.
func (v *Voice) mayMean(taken, e *Entity) bool {
	if class(taken.Type) != class(e.Type) || taken.Plural && e.Type == hearsay.Person {
		return false
	}
	gendered := v.Grade == Described || v.pronoun
	return !gendered || taken.Gender == "" || e.Gender == "" || taken.Gender == e.Gender
}

// Speaker decides who makes a statement, by the weight of its witnesses, of which each document has one. It gives the
// witness to show for another speaker than the statement's own, and fails where that weighs as much as anybody. Whom
// the text names only several documents can overrule.
func Speaker(statement string, all []Witness) (Witness, bool) {
	weights, documents, best := map[string]int{}, map[string]int{}, map[string]Witness{}
	own, needed := "", 1
	for _, w := range onePerDocument(all) {
		weights[w.Actor] += w.Weight
		documents[w.Actor]++
		if have, ok := best[w.Actor]; !ok || better(w, have) {
			best[w.Actor] = w
		}
		if w.Statement == statement {
			own = w.Actor
			if w.Own == Named {
				needed = agree
			}
		}
	}
	most := heaviest(weights, own)
	if most == own || weights[most] < enough || documents[most] < needed {
		return Witness{}, false
	}
	return best[most], true
}

// heaviest is the actor who weighs more than all others together, a statement's own where there is none.
func heaviest(weights map[string]int, own string) string {
	total, most := 0, own
	for actor, n := range weights {
		total += n
		if n > weights[most] {
			most = actor
		}
	}
	if 2*weights[most] <= total {
		return own
	}
	return most
}

// onePerDocument keeps the best witness of each document.
func onePerDocument(all []Witness) map[string]Witness {
	out := map[string]Witness{}
	for _, w := range all {
		if have, ok := out[w.Document]; !ok || better(w, have) {
			out[w.Document] = w
		}
	}
	return out
}

// better orders the witnesses of one document, or of one actor.
func better(a, b Witness) bool {
	return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Document, b.Document), cmp.Compare(a.Statement, b.Statement)) < 0
}
