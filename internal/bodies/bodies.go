// Package bodies tells by which state body a name or description means, in whatever language and order of words: "the
// Korvian water ministry", „das korvische Wasserministerium“ and «министерство воды Корвии» are one, since a state has
// one ministry of a field, one police, one central bank. It knows words, and no bodies: no list says which exist.
package bodies

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"hearsay/data"
	"hearsay/internal/romanize"
)

var columns = []string{"en", "uk", "ru", "pl", "be", "de", "fr", "es"}

// Of gives the same key for the names of one body of one state, "" for what is no such name: one that says
// anything beyond the kind of body, its field and its state, or not all of these. A name that no text gives
// in capitals is taken for a description: its first word is then no state's only because it is written with a capital.
func Of(language, name string, description bool) string {
	t := tables()[language]
	if t == nil {
		return ""
	}
	r := reader{t: t, language: language, description: description}
	words := strings.FieldsFunc(name, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.Is(unicode.Mn, c) })
	for i, w := range words {
		if !r.take(i, w) {
			return ""
		}
	}
	return r.key()
}

type reader struct {
	t           *table
	language    string
	description bool
	kind, state string
	before      string // the word before
	alone       bool   // the kind needs no field
	small       bool   // the state is known by an adjective without a capital
	fields      []string
}

// take reads one word; false for one that tells of something else.
func (r *reader) take(i int, word string) bool {
	w := romanize.Fold(word)
	if r.words(w) {
		return true
	}
	before := r.before
	r.before = w
	if r.t.nothing.has(w) {
		return true
	}
	state := r.t.states.of(w, longestTail)
	if state == "" {
		state = r.unknown(i, word, before)
	}
	if state == "" || r.state != "" && r.state != state {
		return false
	}
	r.state = state
	return true
}

// words reads a kind, a field, or a German compound of both.
func (r *reader) words(w string) bool {
	if k := r.t.kinds.of(w, longestEnding); k != "" {
		return r.setKind(k)
	}
	if f := r.t.fields.of(w, longestTail); f != "" && !(r.language == "de" && r.compound(w, false)) {
		r.fields = append(r.fields, f)
		return true
	}
	return r.language == "de" && r.compound(w, true)
}

// compound reads "wasserministerium": the kind at the end, its field before it.
func (r *reader) compound(w string, apply bool) bool {
	for at := range w {
		if at < 3 {
			continue
		}
		kind := r.t.kinds.of(w[at:], longestEnding)
		field := r.t.fields.of(w[:at], 2)
		if kind == "" || field == "" {
			continue
		}
		if apply {
			r.fields = append(r.fields, field)
			return r.setKind(kind)
		}
		return true
	}
	return false
}

func (r *reader) setKind(k string) bool {
	k, field, _ := strings.Cut(k, ":")
	if field != "" {
		r.fields = append(r.fields, field)
	}
	k, alone := strings.CutSuffix(k, "*")
	if r.kind != "" && r.kind != k {
		return false
	}
	r.kind, r.alone = k, alone
	return true
}

// unknown is a state of which no table tells, by the sounds that its name shares with its adjectives. In German all nouns
// have capitals; in most languages adjectives have none.
func (r *reader) unknown(i int, word, before string) string {
	first, _ := utf8.DecodeRuneInString(word)
	adjective := Adjective(r.language, romanize.Fold(word))
	switch {
	case !unicode.IsUpper(first) && adjective:
		r.small = true
	case !unicode.IsUpper(first), r.description && i == 0, r.language == "de" && before != "von" && !adjective:
		return ""
	}
	if s := Sounds(r.language, word); len(s) >= 2 {
		return "~" + s
	}
	return ""
}

// Adjective reports whether a word, folded, may be an adjective made of the name of a place by its ending.
func Adjective(language, w string) bool {
	for _, e := range adjectives[language] {
		if i := strings.LastIndex(w, e); i > 2 && utf8.RuneCountInString(w[i+len(e):]) <= 3 {
			return true
		}
	}
	return false
}

var adjectives = map[string][]string{
	"de": {"isch"}, "fr": {"ien", "ais", "ois", "ain"}, "pl": {"sk", "ck"}, "uk": {"ськ", "цьк"}, "ru": {"ск", "цк"}, "be": {"ск", "цк"},
}

// key is the key of what was read. An adjective without a capital tells of a state only beside a ministry: "the
// municipal police" has none.
func (r *reader) key() string {
	if r.kind == "" || r.state == "" || len(r.fields) == 0 && !r.alone || r.small && r.kind != "ministry" {
		return ""
	}
	slices.Sort(r.fields)
	return r.kind + " " + strings.Join(slices.Compact(r.fields), "+") + " " + r.state
}

// Sounds are the consonants that the name of a place and the adjectives made of it have in common: "Korvia",
// "Korvian", "korvisch", «корвийский».
func Sounds(language, word string) string {
	w := romanize.Fold(word)
	if language == "de" {
		if i := strings.LastIndex(w, "isch"); i > 2 {
			w = w[:i]
		}
	}
	s := strings.TrimSuffix(romanize.Skeleton(w), "sk")
	if short := strings.TrimSuffix(s, "n"); len(short) >= 2 {
		return short
	}
	return s
}

const (
	longestEnding = 4 // letters that may follow the stem of a noun
	longestTail   = 5 // the same of an adjective
)

// table is what one language has words for.
type table struct{ kinds, fields, nothing, states stems }

// stems give a name by the beginning of a word.
type stems map[string]string

// of finds the longest stem with which a word begins and behind which no more than so many letters follow.
func (s stems) of(w string, tail int) string {
	for end := len(w); end > 0; end-- {
		if name, ok := s[w[:end]]; ok {
			if rest := utf8.RuneCountInString(w[end:]); rest <= tail && (utf8.RuneCountInString(w[:end]) > 2 || rest == 0) {
				return name
			}
		}
	}
	return ""
}

// has reports whether a word is one of the short ones, or begins with one of the long ones.
func (s stems) has(w string) bool {
	if _, is := s[w]; is || utf8.RuneCountInString(w) < longStem {
		return is
	}
	for end := len(w); end > 0; end-- {
		if _, ok := s[w[:end]]; ok && utf8.RuneCountInString(w[:end]) >= longStem {
			return true
		}
	}
	return false
}

const longStem = 6 // letters of a stem that nothing else begins with

var tables = sync.OnceValue(func() map[string]*table {
	m := map[string]*table{}
	for _, l := range columns {
		m[l] = &table{stems{}, stems{}, stems{}, stems{}}
	}
	data.NameRows("bodies", func(f []string) {
		for i, l := range columns {
			t := m[l]
			into := map[string]stems{"kind": t.kinds, "field": t.fields, "none": t.nothing}[f[0]]
			into.add(f[i+2], f[1])
		}
	})
	data.NameRows("demonyms", func(f []string) {
		for i, l := range columns {
			stem := strings.NewReplacer("[oa]", "", "[aá]", "a", "[eé]", "e").Replace(f[i+1])
			m[l].states.add(stem, f[0])
		}
	})
	for _, t := range []string{"places", "byname"} {
		data.NameRows(t, func(f []string) {
			for i, l := range columns {
				if f[1] == "country" {
					m[l].states.addNames(f[i+2], f[0])
				}
			}
		})
	}
	return m
})

// add enters stems that bars part.
func (s stems) add(list, name string) {
	for _, x := range strings.Split(list, "|") {
		if _, have := s[romanize.Fold(x)]; !have && x != "-" && x != "" {
			s[romanize.Fold(x)] = name
		}
	}
}

// addNames enters names of one word, without the vowel in which some cases differ.
func (s stems) addNames(list, name string) {
	for _, x := range strings.Split(list, "|") {
		if f := romanize.Fold(x); x != "-" && len(romanize.Words(x)) == 1 && utf8.RuneCountInString(f) > 3 {
			s.add(strings.TrimRight(f, "aeiouyаеиіоуыэюяьйї"), name)
			s.add(f, name)
		}
	}
}
