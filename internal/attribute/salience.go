package attribute

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

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

// pronounGenders are what pronouns ask of a person.
var pronounGenders = map[anaphor]string{anaphorHe: "Masc", anaphorShe: "Fem"}

// fits reports whether an entity has the number, gender and sort that an expression asks for.
func (r *speakerResolver) fits(entity int, w want) bool {
	e := &r.a.Entities[entity]
	if e.Type == hearsay.Place {
		return false
	}
	things := e.Type != hearsay.Person && grammatical(r.a.Document.Language)
	switch w.kind {
	case anaphorDescription:
		return r.fitsDescription(entity, w)
	case anaphorLeftOut:
		return e.Type == hearsay.Person && agreement(w.gender, r.genderOf(entity)) < 2
	case anaphorThey:
		return e.Plural || e.Type == hearsay.Group || e.Type == hearsay.Organization
	case anaphorHe, anaphorShe:
		return !e.Plural && (e.Type == hearsay.Person || things && e.Gender == w.gender) && agreement(w.gender, r.genderOf(entity)) < 2
	}
	return !e.Plural && e.Type != hearsay.Person
}

// grammatical reports whether things have a gender in a language.
func grammatical(language string) bool { return language != "en" }

// fitsDescription reports whether a named entity can be what a description without a name means: one
// of its type, of which an unknown noun says nothing, and of its gender.
func (r *speakerResolver) fitsDescription(entity int, w want) bool {
	e := &r.a.Entities[entity]
	if !e.Named || e.Plural || e.Type == hearsay.Group || e.Type == hearsay.DocumentType {
		return false
	}
	if w.institution && !r.isNamed(entity, w.head) {
		return false
	}
	return (w.sort == "" || e.Type == w.sort) && (e.Type != hearsay.Person || agreement(w.gender, r.genderOf(entity)) < 2)
}

// isNamed reports whether a noun is in an entity's name or among its roles: "the court" and "Supreme Court".
func (r *speakerResolver) isNamed(entity, noun int) bool {
	lemma := lemmaOf(&r.a.Tokens[noun])
	stem := string([]rune(lemma)[:min(utf8.RuneCountInString(lemma), 5)])
	return r.isCalled(entity, lemma) || slices.ContainsFunc(r.a.Entities[entity].Forms, func(form string) bool {
		return strings.Contains(lexicon.Fold(form), stem)
	})
}

// longestDescription is how many words a description has at most.
const longestDescription = 8

// described looks for the name behind a description: "the company", «генерал», "the 31-year-old".
// entity is what the mentions made of it, -1 for nothing.
func (r *speakerResolver) described(st *hearsay.Statement, source hearsay.Span, head, entity int) int {
	if head < 0 || len(strings.Fields(source.In(r.text))) > longestDescription || !lexicon.Slavic(r.a.Document.Language) && !r.definite(source) {
		return -1
	}
	t := &r.a.Tokens[head]
	if r.bearsName(source, head) {
		return -1
	}
	if t.UPOS != "NOUN" && t.UPOS != "ADJ" && t.UPOS != "PROPN" && t.UPOS != "NUM" || entity < 0 && strings.Contains(t.Feats, "Number=Plur") {
		return -1
	}
	if entity >= 0 {
		if d := &r.a.Entities[entity]; d.Plural || d.Type == hearsay.Group || d.Type == hearsay.Place {
			return -1
		}
	}
	w := want{kind: anaphorDescription, span: source, entity: entity, head: head, gender: r.describedGender(st, head), statement: st}
	noun := r.noun(head)
	if noun.Type == hearsay.DocumentType || noun.Nameless {
		return -1
	}
	w.sort = noun.Type
	w.common, w.institution = noun.Common, noun.Institution
	switch {
	case w.sort != "":
	case r.phraseOf(w) == phraseAged:
		w.sort = hearsay.Person
	case entity >= 0:
		w.sort = r.a.Entities[entity].Type
	}
	return r.antecedent(w)
}

// describedGender is the gender of whom a description means: that of the verb of the past in Slavic
// languages, where a minister of either gender is masculine, else that of its noun.
func (r *speakerResolver) describedGender(st *hearsay.Statement, head int) string {
	if len(st.Cue) > 0 {
		if g := genderIn(r.verbFeats(r.headOf(st.Cue[0]))); g != "" {
			return g
		}
	}
	if g := r.noun(head).Gender; g != "" {
		return g
	}
	if g := genderIn(r.a.Tokens[head].Feats); g == "Fem" || !lexicon.Slavic(r.a.Document.Language) {
		return g
	}
	return ""
}

// bearsName reports whether a source is or has in apposition a name of its own: "lawyer Anna Berg".
func (r *speakerResolver) bearsName(source hearsay.Span, head int) bool {
	found := r.a.Tokens[head].UPOS == "PROPN" && r.capital(head)
	r.eachToken(source, func(i int) {
		t := &r.a.Tokens[i]
		found = found || t.Head == head && t.UPOS == "PROPN" && partOf(t.Rel) == partApposition && r.capital(i)
	})
	return found
}

func (r *speakerResolver) capital(i int) bool {
	c, _ := utf8.DecodeRuneInString(r.a.Tokens[i].Form)
	return unicode.IsUpper(c)
}

// noun is what the lexicon knows of a token as a word for somebody.
func (r *speakerResolver) noun(i int) lexicon.Speaker {
	t := &r.a.Tokens[i]
	if n, ok := r.nouns[lemmaOf(t)]; ok {
		return n
	}
	return r.nouns[lexicon.Fold(t.Form)]
}

// isDescription reports whether a mention names nobody itself: "the company".
func (r *speakerResolver) isDescription(m int) bool {
	x := &r.a.Mentions[m]
	e := &r.a.Entities[x.Entity]
	if !e.Named {
		return true
	}
	head := lexicon.Fold(x.Head.In(r.text))
	opens := x.Start <= r.sentenceStart(x.Start)+len("«")
	if c, _ := utf8.DecodeRuneInString(x.Head.In(r.text)); unicode.IsUpper(c) && !opens && r.a.Document.Language != "de" {
		return false
	}
	stem := []rune(head)
	stem = stem[:min(len(stem), 4)]
	for _, form := range e.Forms {
		if strings.Contains(lexicon.Fold(form), string(stem)) {
			return false
		}
	}
	return true
}

// definite reports whether a phrase speaks of something known: it opens with a definite
// article, or, in languages without articles, is one word alone.
func (r *speakerResolver) definite(s hearsay.Span) bool {
	words := strings.Fields(lexicon.Fold(s.In(r.text)))
	if len(words) == 0 {
		return false
	}
	if lexicon.Slavic(r.a.Document.Language) {
		return len(words) == 1
	}
	return articles[words[0]] || strings.HasPrefix(words[0], "l'") || strings.HasPrefix(words[0], "l’")
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
