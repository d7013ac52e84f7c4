package attribute

import (
	"sort"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

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

// fits reports whether an entity has the number, gender and sort that an expression asks for.
func (r *speakerResolver) fits(entity int, w want) bool {
	e := &r.a.Entities[entity]
	if e.Type == hearsay.Place {
		return false
	}
	things := e.Type != hearsay.Person && grammatical(r.a.Document.Language)
	switch w.kind {
	case anaphorDescription:
		return r.fitsDescription(e, w)
	case anaphorLeftOut:
		return e.Type == hearsay.Person && agrees(e, w.feats)
	case anaphorThey:
		return e.Plural || e.Type == hearsay.Group || e.Type == hearsay.Organization
	case anaphorHe:
		return !e.Plural && (e.Type == hearsay.Person && e.Gender != "Fem" || things && e.Gender == "Masc")
	case anaphorShe:
		return !e.Plural && (e.Type == hearsay.Person && e.Gender != "Masc" || things && e.Gender == "Fem")
	}
	return !e.Plural && e.Type != hearsay.Person
}

// grammatical reports whether things have a gender in a language.
func grammatical(language string) bool { return language != "en" }

// fitsDescription reports whether a named entity can be what a description without a name means; of
// one that mentions know nothing of, a person.
func (r *speakerResolver) fitsDescription(e *hearsay.Entity, w want) bool {
	if !e.Named {
		return false
	}
	if w.entity < 0 {
		return e.Type == hearsay.Person
	}
	d := &r.a.Entities[w.entity]
	return e.Type == d.Type && e.Plural == d.Plural && (e.Gender == "" || d.Gender == "" || e.Gender == d.Gender)
}

// longestDescription is how many words a description has at most.
const longestDescription = 6

// described looks for the name behind a definite description: "the company", «генерал», "the
// 31-year-old". entity is what the mentions made of it, -1 for nothing.
func (r *speakerResolver) described(st *hearsay.Statement, source hearsay.Span, head, entity int) int {
	words := len(strings.Fields(source.In(r.text)))
	if head < 0 || words > longestDescription || !r.definite(source) {
		return -1
	}
	if entity < 0 && strings.Contains(r.a.Tokens[head].Feats, "Number=Plur") {
		return -1
	}
	if entity >= 0 {
		if d := &r.a.Entities[entity]; d.Plural || d.Type == hearsay.Group || d.Type == hearsay.Place {
			return -1
		}
	}
	return r.antecedent(source.Start, want{kind: anaphorDescription, entity: entity, words: words, statement: st})
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
	from := r.sentenceStart(at)
	for i := r.mentionsBefore(at) - 1; i >= 0; i-- {
		m := &r.a.Mentions[r.byStart[i]]
		if m.Start < from {
			break
		}
		if m.End <= at && m.Entity >= 0 && r.a.Entities[m.Entity].Type != hearsay.Place {
			return m.Entity
		}
	}
	return -1
}

// mentionsBefore is how many mentions begin before a place.
func (r *speakerResolver) mentionsBefore(at int) int {
	return sort.Search(len(r.byStart), func(i int) bool { return r.a.Mentions[r.byStart[i]].Start >= at })
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
