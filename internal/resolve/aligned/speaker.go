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
}

// The reasons for which a statement has a speaker whom its own text does not name.
const (
	NamedElsewhere = "named in another version of this sentence"
	MostAgree      = "told so by other versions of this sentence"
)

// Rule is the reason that a witness gives.
func (v *Voice) Rule() string {
	if v.Grade == Named {
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

// Testimony is how much a voice weighs as a witness for a statement on another page, 0 where it tells nothing or the
// text of that names the speaker. One who hardly can be what the words of the statement mean weighs a third: a man for
// "she", a person for "the authorities", whoever is taken for "a spokesman" without being named.
func (p *Page) Testimony(v *Voice, other *Page, of *Voice) int {
	n := p.Weight(v)
	if of.Grade == Named || n == 0 {
		return 0
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

// Speaker decides who makes a statement whose text does not name the speaker, by the weight of its witnesses, of
// which each document has one. It gives the witness to show for him, and fails where the statement's own speaker
// weighs as much as anybody.
func Speaker(statement string, all []Witness) (Witness, bool) {
	weights, best := map[string]int{}, map[string]Witness{}
	own := ""
	for _, w := range onePerDocument(all) {
		weights[w.Actor] += w.Weight
		if have, ok := best[w.Actor]; !ok || better(w, have) {
			best[w.Actor] = w
		}
		if w.Statement == statement {
			own = w.Actor
		}
	}
	total, most := 0, own
	for actor, n := range weights {
		total += n
		if m := weights[most]; n > m || n == m && most != own && actor < most {
			most = actor
		}
	}
	if most == own || 2*weights[most] <= total || weights[most] < enough {
		return Witness{}, false
	}
	return best[most], true
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
