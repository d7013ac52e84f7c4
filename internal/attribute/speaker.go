package attribute

import (
	"hearsay"
	"hearsay/internal/lexicon"
)

// resolveSpeakers joins each statement's source with an entity of the document.
func resolveSpeakers(a *hearsay.Analysis) {
	gram, err := lexicon.LoadGrammar(a.Document.Language)
	if err != nil {
		gram = lexicon.Grammar{}
	}
	last := -1
	for i := range a.Statements {
		st := &a.Statements[i]
		if len(st.Source) == 0 {
			if len(st.Cue) == 0 && last >= 0 {
				st.Speaker, st.SpeakerText = a.Statements[last].Speaker, a.Statements[last].SpeakerText
			}
			continue
		}
		source := st.Source[0]
		st.SpeakerText = source.In(a.Document.Text)
		st.Speaker = entityIn(a, source)
		if role := gram.Of(st.SpeakerText); st.Speaker < 0 && role.Has(lexicon.RolePronoun) {
			st.Speaker = antecedent(a, source.Start, role)
		}
		if st.Speaker >= 0 {
			st.SpeakerText = a.Entities[st.Speaker].Name
		}
		if st.Kind == hearsay.Speech {
			last = i
		}
	}
}

// entityIn is the entity of the first mention that overlaps a source, -1 for none.
func entityIn(a *hearsay.Analysis, source hearsay.Span) int {
	best := -1
	for m := range a.Mentions {
		if !a.Mentions[m].Overlaps(source) {
			continue
		}
		e := a.Mentions[m].Entity
		if a.Mentions[m].Type == hearsay.Person {
			return e
		}
		if best < 0 {
			best = e
		}
	}
	return best
}

// antecedent is the nearest entity before a place that fits a pronoun.
func antecedent(a *hearsay.Analysis, before int, role lexicon.Role) int {
	for i := len(a.Mentions) - 1; i >= 0; i-- {
		m := &a.Mentions[i]
		if m.End > before {
			continue
		}
		if m.Entity >= 0 && fitsPronoun(&a.Entities[m.Entity], role) {
			return m.Entity
		}
	}
	return -1
}

func fitsPronoun(e *hearsay.Entity, role lexicon.Role) bool {
	switch {
	case role.Has(lexicon.RolePlural) && !role.Has(lexicon.RoleFem):
		return e.Plural || e.Type == hearsay.Group || e.Type == hearsay.Organization
	case e.Type != hearsay.Person:
		return false
	case role.Has(lexicon.RoleMasc):
		return e.Gender != "Fem"
	case role.Has(lexicon.RoleFem):
		return e.Gender != "Masc"
	}
	return false
}
