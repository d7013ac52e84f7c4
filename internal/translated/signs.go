package translated

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// foreign gives, for the languages in Cyrillic script, the letters that they do not have and whose they are.
var foreign = map[string]map[rune]string{
	"uk": {'ы': "ru", 'э': "ru", 'ъ': "ru", 'ё': "ru"},
	"ru": {'і': "uk", 'ї': "uk", 'є': "uk", 'ґ': "uk", 'ў': "be"},
	"be": {'и': "ru", 'щ': "ru", 'ъ': "ru", 'ї': "uk", 'є': "uk"},
}

// letters finds words in lower case that were left in the other language's letters, outside of
// quotations and brackets, where writers quote it.
func (r *reader) letters(s *hearsay.Sentence) {
	if strings.ContainsAny(s.In(r.a.Document.Text), "([") {
		return
	}
	for i := s.First; i < s.Last; i++ {
		t := &r.a.Tokens[i]
		word := t.In(r.a.Document.Text)
		first, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsLower(first) || utf8.RuneCountInString(word) < 3 || r.repaired(t.Span) || r.quoted(t.Span) {
			continue
		}
		if from, ok := r.leftOver(word); ok {
			r.note(sign{"untranslated word", from, 1}, t.Span)
		}
	}
}

// leftOver reports whether a word stands in letters that the language does not have.
func (r *reader) leftOver(word string) (from string, ok bool) {
	cyrillic := 0
	for _, c := range word {
		if unicode.Is(unicode.Cyrillic, c) {
			cyrillic++
		}
		if other, has := foreign[r.lang][c]; has {
			from, ok = other, true
		}
	}
	all := cyrillic == utf8.RuneCountInString(word)
	if latin[r.lang] {
		return "", all
	}
	return from, ok && all
}

func (r *reader) repaired(s hearsay.Span) bool {
	repairs := r.a.Document.Repairs
	i := sort.Search(len(repairs), func(i int) bool { return repairs[i].End > s.Start })
	return i < len(repairs) && repairs[i].Overlaps(s)
}

func (r *reader) quoted(s hearsay.Span) bool {
	i := r.a.LastQuotation(s.Start)
	for i >= 0 && !r.a.Quotations[i].Contains(s) {
		i = r.a.Quotations[i].Parent
	}
	return i >= 0
}

// dashed is a quotation that the writer parts from who says it by comma and dash, as the languages of
// eastern Europe do: “…”, - said the minister.
var dashed = regexp.MustCompile(`(?:[”“"»],? ?|,[”“"»] ?)[-–—]+ ?\p{L}+`)

func (r *reader) dialogue(s *hearsay.Sentence) {
	text := s.In(r.a.Document.Text)
	for _, at := range dashed.FindAllStringIndex(text, -1) {
		if strings.ContainsRune(text[at[0]:at[1]], ',') {
			r.note(sign{"comma and dash behind a quotation", "", 1}, hearsay.Span{Start: s.Start + at[0], End: s.Start + at[1]})
		}
	}
	if r.lang != "en" {
		return
	}
	if i := strings.IndexAny(text, "«»"); i >= 0 {
		r.note(sign{"angle quotation mark", "", 1}, hearsay.Span{Start: s.Start + i, End: s.Start + i + len("«")})
	}
}

// english finds what English syntax does not have.
func (r *reader) english(s *hearsay.Sentence) {
	r.commaBeforeThat(s)
	for i := s.First; i < s.Last; i++ {
		r.datedPerfect(s, i)
		r.finiteAfterBe(s, i)
		r.twiceNegated(s, i)
		r.bareTown(s, i)
		r.articleAlone(s, i)
	}
}

func (r *reader) form(i int) string { return strings.ToLower(r.a.Tokens[i].Form) }

func (r *reader) span(first, last int) hearsay.Span {
	return hearsay.Span{Start: r.a.Tokens[first].Start, End: r.a.Tokens[last].End}
}

// commaBeforeThat: "has told, that". German, Polish and the East Slavic languages have that comma.
func (r *reader) commaBeforeThat(s *hearsay.Sentence) {
	that := map[string]string{"en": "that", "fr": "que", "es": "que"}[r.lang]
	for i := s.First; i+2 < s.Last; i++ {
		if r.form(i+1) != "," || r.form(i+2) != that || r.a.Tokens[i].UPOS != "VERB" {
			continue
		}
		if c := r.cues.At(r.a.Tokens, i, i+1).Cue; c != nil && (c.Class == "say" || c.Class == "think" || c.Class == "report" || c.Class == "announce") && !r.inserted(i+2, s.Last) {
			r.note(sign{"comma before that", "", 1}, r.span(i, i+2))
		}
	}
}

// inserted reports whether a clause set off by commas begins here: "he said, that day at least, nothing".
func (r *reader) inserted(i, end int) bool {
	for k := i + 1; k < min(end, i+6); k++ {
		if r.form(k) == "," {
			return true
		}
	}
	return false
}

var days = map[string]bool{
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true, "yesterday": true,
}

const reach = 5 // words between a perfect and its date

// datedPerfect: "has informed on Thursday". The perfect of German, French and others tells the past, that of
// English does not go with a day that is over.
func (r *reader) datedPerfect(s *hearsay.Sentence, i int) {
	t := &r.a.Tokens[i]
	if f := r.form(i); f != "has" && f != "have" || t.UPOS != "AUX" || t.Head != i+1 || r.a.Tokens[i+1].UPOS != "VERB" {
		return
	}
	for k := i + 2; k < min(s.Last, i+2+reach); k++ {
		switch f := r.form(k); {
		case f == "," || f == "since" || f == "from" || f == "that" || f == "by" || f == "until" || r.a.Tokens[k].UPOS == "VERB":
			return
		case days[f] && (f == "yesterday" || r.form(k-1) == "on"):
			r.note(sign{"perfect with a day that is over", "", 1}, r.span(i, k))
			return
		}
	}
}

// pasts are forms of verbs that are past tense alone, never participles.
var pasts = wordSet("wrote went began took gave knew broke spoke chose flew grew rode rose shook stole threw wore drank drove ate froze forgot sang")

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// finiteAfterBe: "I'm already wrote".
func (r *reader) finiteAfterBe(s *hearsay.Sentence, i int) {
	switch r.form(i) {
	case "am", "is", "are", "was", "were", "'m", "’m", "'re", "’re":
	default:
		return
	}
	k := i + 1
	for ; k < min(s.Last, i+3) && r.a.Tokens[k].UPOS == "ADV"; k++ {
	}
	if k < s.Last && pasts[r.form(k)] {
		r.note(sign{"finite verb behind to be", "", 1}, r.span(i, k))
	}
}

// twiceNegated: "to nobody do not advise". All Slavic languages negate twice.
func (r *reader) twiceNegated(s *hearsay.Sentence, i int) {
	switch r.form(i) {
	case "nobody", "nothing", "never", "nowhere":
	default:
		return
	}
	for k := i + 1; k < min(s.Last, i+4); k++ {
		switch f := r.form(k); {
		case f == "," || f == "that" || f == "who" || f == "which" || f == "but":
			return
		case (f == "not" || f == "n't" || f == "n’t") && r.a.Tokens[k-1].UPOS == "AUX":
			r.note(sign{"negated twice", "", 1}, r.span(i, k))
			return
		}
	}
}

var towns = wordSet("city town village settlement region")

// bareTown: "in city Harvo". English says "in the city of Harvo".
func (r *reader) bareTown(s *hearsay.Sentence, i int) {
	if i == s.First || i+1 >= s.Last || !towns[r.a.Tokens[i].Form] || r.a.Tokens[i+1].UPOS != "PROPN" || r.a.Tokens[i-1].UPOS != "ADP" {
		return
	}
	r.note(sign{"town without an article", "", 1}, r.span(i-1, i+1))
}

// articleAlone: "became a muddy". An article in front of an adjective that stands alone.
func (r *reader) articleAlone(s *hearsay.Sentence, i int) {
	if f := r.form(i); f != "a" && f != "an" || i+2 >= s.Last {
		return
	}
	adjective, next := &r.a.Tokens[i+1], &r.a.Tokens[i+2]
	if adjective.UPOS == "ADJ" && r.a.Tokens[i].Head == i+1 && (next.Form == "." || next.Form == "!") {
		r.note(sign{"article without a noun", "", weightless}, r.span(i, i+1))
	}
}
