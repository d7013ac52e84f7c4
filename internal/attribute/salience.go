package attribute

import (
	"sort"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

// want is what an expression asks of its antecedent.
type want struct {
	role      lexicon.Role // of a pronoun, 0 for a description
	entity    int          // the unnamed entity of a description, -1 for none
	statement *hearsay.Statement
}

// farthest is how many sentences back an antecedent is looked for.
const farthest = 8

// salient is the most prominent entity before a place that fits, -1 for none.
func (r *speakerResolver) salient(at int, w want) int {
	scores := map[int]float64{}
	sentence := r.sentenceAt(at)
	quotation := r.inQuotation(at)
	quoted := r.quotedSpeaker(w.statement, quotation)
	for _, k := range r.byStart {
		m := &r.a.Mentions[k]
		if m.Start >= at {
			break
		}
		if m.End > at || m.Entity < 0 || m.Entity == w.entity || !r.fits(m.Entity, w) || insideContent(w.statement, m.Span) {
			continue
		}
		back := sentence - r.sentenceAt(m.Start)
		if back > farthest || m.Entity == quoted {
			continue
		}
		scores[m.Entity] = max(scores[m.Entity], r.prominence(m, back, quotation))
	}
	if r.last >= 0 && quotation < 0 {
		if e := r.a.Statements[r.last].Speaker; e >= 0 && r.fits(e, w) && e != w.entity {
			back := sentence - r.sentenceAt(begin(&r.a.Statements[r.last]))
			scores[e] += 60 / float64(1+max(back, 0)/2)
		}
	}
	return r.best(scores)
}

// quotedSpeaker is the one whose quotation a source stands in: he calls himself "I", so no "he" in it
// is himself. -1 outside quotations.
func (r *speakerResolver) quotedSpeaker(st *hearsay.Statement, quotation int) int {
	switch {
	case quotation < 0:
		return -1
	case st.Holder >= 0:
		return r.a.Statements[st.Holder].Speaker
	case r.last >= 0:
		return r.a.Statements[r.last].Speaker
	}
	return -1
}

// prominence weighs a mention: subjects before objects, names before descriptions, the near before
// the far, what the writer says before what stands in a quotation.
func (r *speakerResolver) prominence(m *hearsay.Mention, back, quotation int) float64 {
	e := &r.a.Entities[m.Entity]
	p := 50.0
	if t := r.headOf(m.Head); t >= 0 {
		rel, _, _ := strings.Cut(r.a.Tokens[t].Rel, ":")
		switch rel {
		case "nsubj":
			p += 50
		case "nmod":
			p -= 25
		}
	}
	if e.Named {
		p += 25
	}
	if q := r.inQuotation(m.Start); q >= 0 && q != quotation {
		p -= 35
	}
	p += min(float64(len(e.Mentions)), 8) * 2
	for range back {
		p *= 0.65
	}
	return p
}

// best is the entity with the highest score; of equals the one that the document names first.
func (r *speakerResolver) best(scores map[int]float64) int {
	ids := make([]int, 0, len(scores))
	for e := range scores {
		ids = append(ids, e)
	}
	sort.Ints(ids)
	best := -1
	for _, e := range ids {
		if best < 0 || scores[e] > scores[best] {
			best = e
		}
	}
	return best
}

// fits reports whether an entity has the number, gender and sort that an expression asks for.
func (r *speakerResolver) fits(entity int, w want) bool {
	e := &r.a.Entities[entity]
	if e.Type == hearsay.Place {
		return false
	}
	role := w.role
	switch {
	case role == 0:
		return r.fitsDescription(e, w)
	case role.Has(lexicon.RolePlural) && !role.Has(lexicon.RoleFem|lexicon.RoleMasc):
		return e.Plural || e.Type == hearsay.Group || e.Type == hearsay.Organization
	case e.Plural:
		return role.Has(lexicon.RolePlural)
	case role.Has(lexicon.RoleMasc):
		return e.Type == hearsay.Person && e.Gender != "Fem" || e.Type != hearsay.Person && grammatical(r.a.Document.Language) && e.Gender == "Masc"
	case role.Has(lexicon.RoleFem):
		return e.Type == hearsay.Person && e.Gender != "Masc" || e.Type != hearsay.Person && grammatical(r.a.Document.Language) && e.Gender == "Fem"
	case role.Has(lexicon.RoleNeut):
		return e.Type != hearsay.Person
	}
	return false
}

// grammatical reports whether things have a gender in a language.
func grammatical(language string) bool { return language != "en" }

// fitsDescription reports whether a named entity can be what a description without a name means.
func (r *speakerResolver) fitsDescription(e *hearsay.Entity, w want) bool {
	if !e.Named || w.entity < 0 {
		return false
	}
	d := &r.a.Entities[w.entity]
	return e.Type == d.Type && e.Plural == d.Plural && (e.Gender == "" || d.Gender == "" || e.Gender == d.Gender)
}

// described looks for the name behind a definite description: "the company", «генерал». entity is
// what the mentions made of it, -1 for nothing.
func (r *speakerResolver) described(st *hearsay.Statement, source hearsay.Span, entity int) int {
	if entity < 0 || !r.definite(source) {
		return -1
	}
	d := &r.a.Entities[entity]
	if d.Plural || d.Type == hearsay.Group || d.Type == hearsay.Place || len(strings.Fields(source.In(r.text))) > 3 {
		return -1
	}
	return r.salient(source.Start, want{entity: entity, statement: st})
}

// definite reports whether a phrase speaks of something known: it opens with a definite
// article, or, in languages without articles, is one word alone.
func (r *speakerResolver) definite(s hearsay.Span) bool {
	words := strings.Fields(lexicon.Fold(s.In(r.text)))
	if len(words) == 0 {
		return false
	}
	switch r.a.Document.Language {
	case "en", "de", "fr", "es":
		return articles[words[0]] || strings.HasPrefix(words[0], "l'") || strings.HasPrefix(words[0], "l’")
	}
	return len(words) == 1
}

// articles are the definite articles of the languages that have some.
var articles = map[string]bool{"the": true, "der": true, "die": true, "das": true, "dem": true, "den": true, "le": true, "la": true, "el": true}

// before is the entity of the last mention that ends before a place in the same sentence: the
// antecedent of a relative pronoun. -1 for none.
func (r *speakerResolver) before(at int) int {
	best := -1
	sentence := r.sentenceAt(at)
	for _, k := range r.byStart {
		m := &r.a.Mentions[k]
		if m.Start >= at {
			break
		}
		if m.End <= at && m.Entity >= 0 && r.sentenceAt(m.Start) == sentence && r.a.Entities[m.Entity].Type != hearsay.Place {
			best = m.Entity
		}
	}
	return best
}

// sentenceAt is the index of the last sentence that begins at or before a place.
func (r *speakerResolver) sentenceAt(at int) int {
	s := r.a.Sentences
	return max(sort.Search(len(s), func(i int) bool { return s[i].Start > at })-1, 0)
}

// insideContent reports whether a span stands in what a statement says.
func insideContent(st *hearsay.Statement, s hearsay.Span) bool {
	for _, c := range st.Content {
		if c.Contains(s) {
			return true
		}
	}
	return false
}
