package attribute

import (
	"sort"
	"strings"
	"unicode"

	"hearsay"
	"hearsay/internal/lexicon"
)

// known is what a document tells of an entity beside its name.
type known struct {
	gender string          // by the verbs that it is the subject of
	roles  map[string]bool // lemmas of what it is called: in titles, appositions and "is a …"
	ages   map[string]bool // numbers that stand beside its name
}

// learnKnown collects what the document tells of its named entities.
func (r *speakerResolver) learnKnown() {
	r.known, r.called = make([]known, len(r.a.Entities)), map[string]int{}
	genders := make([]map[string]int, len(r.a.Entities))
	for i := range r.a.Mentions {
		m := &r.a.Mentions[i]
		if m.Entity < 0 || !r.a.Entities[m.Entity].Named {
			continue
		}
		k := &r.known[m.Entity]
		if k.roles == nil {
			k.roles, k.ages, genders[m.Entity] = map[string]bool{}, map[string]bool{}, map[string]int{}
		}
		r.rolesAround(m, k)
		if g := r.verbGender(m); g != "" {
			genders[m.Entity][g]++
		}
	}
	for e := range r.known {
		k := &r.known[e]
		if g := genders[e]; g["Fem"] != g["Masc"] {
			k.gender = "Masc"
			if g["Fem"] > g["Masc"] {
				k.gender = "Fem"
			}
		}
		for _, title := range r.a.Entities[e].Titles {
			for _, w := range strings.Fields(lexicon.Fold(title)) {
				k.roles[w] = true
			}
		}
		for role := range k.roles {
			r.called[role]++
		}
	}
}

// genderOf is the gender of an entity, by its name or else by its verbs; "" if not known.
func (r *speakerResolver) genderOf(e int) string {
	if g := r.a.Entities[e].Gender; g != "" {
		return g
	}
	if r.a.Entities[e].Type == hearsay.Person {
		return r.known[e].gender
	}
	return ""
}

// verbGender is the gender of the past tense whose subject a mention is, in languages that mark it.
func (r *speakerResolver) verbGender(m *hearsay.Mention) string {
	t := r.headOf(m.Head)
	if t < 0 || partOf(r.a.Tokens[t].Rel) != partSubject {
		return ""
	}
	return genderIn(r.verbFeats(r.a.Tokens[t].Head))
}

// verbFeats are the features of a token if it is a verb of the past in a Slavic language, whose
// gender is its subject's.
func (r *speakerResolver) verbFeats(i int) string {
	if i < 0 || r.a.Tokens[i].UPOS != "VERB" || !lexicon.Slavic(r.a.Document.Language) || strings.Contains(r.a.Tokens[i].Feats, "Number=Plur") {
		return ""
	}
	return r.a.Tokens[i].Feats
}

// genderIn is the gender of persons that features name, "" for none.
func genderIn(feats string) string {
	switch {
	case strings.Contains(feats, "Gender=Fem"):
		return "Fem"
	case strings.Contains(feats, "Gender=Masc"):
		return "Masc"
	}
	return ""
}

// roleReach is how many words a role may stand from a name.
const roleReach = 25

// rolesAround collects the nouns that a mention is said to be, and numbers beside it.
func (r *speakerResolver) rolesAround(m *hearsay.Mention, k *known) {
	r.eachToken(m.Span, func(i int) {
		if t := &r.a.Tokens[i]; t.UPOS == "NOUN" {
			k.roles[lemmaOf(t)] = true
		}
	})
	h := r.headOf(m.Head)
	if h < 0 {
		return
	}
	head := &r.a.Tokens[h]
	for i := max(0, h-roleReach); i < min(len(r.a.Tokens), h+roleReach); i++ {
		t := &r.a.Tokens[i]
		if t.UPOS != "NOUN" {
			continue
		}
		rel, _, _ := strings.Cut(t.Rel, ":")
		hangs := t.Head == h && (rel == "appos" || rel == "compound" || rel == "flat")
		governs := head.Head == i && (partOf(head.Rel) == partApposition || partOf(head.Rel) == partSubject)
		if hangs || governs {
			k.roles[lemmaOf(t)] = true
		}
	}
	last := sort.Search(len(r.a.Tokens), func(i int) bool { return r.a.Tokens[i].Start >= m.End })
	for i := last; i < len(r.a.Tokens) && i < last+4; i++ {
		if n := number(r.a.Tokens[i].Form); n != "" {
			k.ages[n] = true
		}
	}
	for i := last - 1; i >= 0 && i > last-6; i-- {
		if n := number(r.a.Tokens[i].Form); n != "" {
			k.ages[n] = true
		}
	}
}

func lemmaOf(t *hearsay.Token) string {
	if t.Lemma == "" {
		return lexicon.Fold(t.Form)
	}
	return lexicon.Fold(t.Lemma)
}

// number is the first number of two digits in a word, "" for none: ages.
func number(s string) string {
	i := strings.IndexFunc(s, unicode.IsDigit)
	if i < 0 {
		return ""
	}
	s = s[i:]
	if j := strings.IndexFunc(s, func(c rune) bool { return !unicode.IsDigit(c) }); j >= 0 {
		s = s[:j]
	}
	if len(s) != 2 {
		return ""
	}
	return s
}

// likeness compares a description with what the document says that an entity is.
type likeness uint8

const (
	likeUnknown   likeness = iota // the document does not say what the entity is
	likeOther                     // something else
	likeSame                      // the same noun
	likeAge                       // the same age
	likeSomeone                   // something else, and somebody else is called that
	likeUnknownSo                 // nothing, and somebody else is called that
	likenesses
)

func (r *speakerResolver) likeness(e int, w want) likeness {
	age := number(w.span.In(r.text))
	if age != "" && r.known[e].ages[age] {
		return likeAge
	}
	if w.head < 0 {
		return likeUnknown
	}
	noun := lemmaOf(&r.a.Tokens[w.head])
	if r.isCalled(e, noun) {
		return likeSame
	}
	another := r.called[noun] > 0
	switch none := len(r.known[e].roles) == 0; {
	case none && another:
		return likeUnknownSo
	case none:
		return likeUnknown
	case another:
		return likeSomeone
	}
	return likeOther
}

// isCalled reports whether a noun is among an entity's roles, or ends or begins one of them: German
// compounds, feminine forms.
func (r *speakerResolver) isCalled(e int, noun string) bool {
	if len(noun) < 3 {
		return false
	}
	roles := r.known[e].roles
	if roles[noun] {
		return true
	}
	for role := range roles {
		if r.a.Document.Language == "de" && len(noun) > 4 && strings.HasSuffix(role, noun) {
			return true
		}
	}
	return false
}

// eachToken calls f for the tokens of a span.
func (r *speakerResolver) eachToken(s hearsay.Span, f func(i int)) {
	toks := r.a.Tokens
	i := sort.Search(len(toks), func(i int) bool { return toks[i].End > s.Start })
	for ; i < len(toks) && toks[i].Start < s.End; i++ {
		f(i)
	}
}
