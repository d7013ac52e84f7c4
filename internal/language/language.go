// Package language tells in which language a text is, and repairs words that are written with
// letters of another script. It identifies by logistic regression over hashed character n-grams
// (Cavnar & Trenkle 1994 for the features, Joulin et al. 2016 for the hashing).
package language

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// Unknown is the language of a text that is in none that the program knows (ISO 639-2).
const Unknown = "und"

// sampled is how much of a long text is looked at, in bytes, in equal slices over its length.
const (
	sampled = 16 << 10
	cuts    = 8
)

// reject is the probability below which no language is named.
const reject = 0.35

// Supported lists the languages that the program reads, as ISO 639-1 codes.
func Supported() []string { return []string{"en", "uk", "ru", "pl", "be", "de", "fr", "es"} }

// Identify gives the ISO 639-1 code of the language of text, or "und", and how probable it is (0
// to 1). Languages that the program does not read keep their code where it is known, with a
// confidence of at most one half.
func Identify(text string) (lang string, confidence float64) {
	m, err := loaded()
	if err != nil {
		return Unknown, 0
	}
	return m.identify(sample(text))
}

func (m *model) identify(text string) (string, float64) {
	lang, total, share := scriptOf(text)
	switch {
	case total == 0:
		return Unknown, 0
	case lang != "":
		return lang, 0.5 * share
	}
	f := features{mask: 1<<m.Bits - 1}
	p := make([]float64, len(m.Classes))
	m.scores(f.of(text), p)
	m.weighLetters(text, p)
	best := 0
	for k := range p {
		if p[k] > p[best] {
			best = k
		}
	}
	confidence := p[best] * share
	switch {
	case confidence < reject:
		return Unknown, confidence
	case best >= m.Supported:
		return m.Classes[best], confidence / 2
	}
	return m.Classes[best], confidence
}

// letters are the letters beyond a to z that a language writes its own words with.
var letters = map[string]string{
	"en": "éèïöêç", "pl": "ąćęłńóśźż", "de": "äöüßéàè", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúü",
	"uk": alphabets["uk"], "ru": alphabets["ru"], "be": alphabets["be"],
}

// weighLetters lowers the probability of languages in whose alphabet many of the text's words
// cannot be written: at most by the factor that 20 hundredths of such words bring.
func (m *model) weighLetters(text string, p []float64) {
	words, foreign := 0, make([]int, m.Supported)
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		for k, lang := range m.Classes[:m.Supported] {
			if strings.IndexFunc(w, func(r rune) bool { return !writes(lang, unicode.ToLower(r)) }) >= 0 {
				foreign[k]++
			}
		}
	}
	sum := 0.0
	for k := range p {
		if k < m.Supported {
			p[k] *= math.Exp(-4 * min(1, 5*float64(foreign[k])/float64(max(words, 1))))
		}
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
}

// writes reports whether a letter belongs to a language's alphabet. Letters of the other script
// say nothing here, for names and look-alikes use them.
func writes(lang string, r rune) bool {
	if r < 0x80 {
		return true
	}
	if cyrillic := alphabets[lang] != ""; cyrillic != unicode.Is(unicode.Cyrillic, r) {
		return true
	}
	return strings.ContainsRune(letters[lang], r)
}

// sample takes equal slices of a long text, cut between characters.
func sample(text string) string {
	if len(text) <= sampled {
		return text
	}
	var b strings.Builder
	for i := range cuts {
		from := (len(text) - sampled/cuts) / (cuts - 1) * i
		to := from + sampled/cuts
		for from < to && !utf8.RuneStart(text[from]) {
			from++
		}
		for to < len(text) && !utf8.RuneStart(text[to]) {
			to++
		}
		b.WriteString(text[from:to])
		b.WriteByte('\n')
	}
	return b.String()
}

// byScript names the language of scripts that (nearly) one language uses; "und" where several do.
var byScript = []struct {
	script *unicode.RangeTable
	lang   string
}{
	{unicode.Greek, "el"},
	{unicode.Georgian, "ka"},
	{unicode.Armenian, "hy"},
	{unicode.Hebrew, "he"},
	{unicode.Hangul, "ko"},
	{unicode.Hiragana, "ja"},
	{unicode.Katakana, "ja"},
	{unicode.Han, "zh"},
	{unicode.Thai, "th"},
	{unicode.Arabic, Unknown},
	{unicode.Devanagari, Unknown},
}

// scriptOf counts letters. lang is empty where most letters are Latin or Cyrillic, else what the
// script alone tells; share is the part of the letters that speaks for it.
func scriptOf(text string) (lang string, total int, share float64) {
	var own, other int
	counts := make([]int, len(byScript))
	for _, r := range text {
		if r < utf8.RuneSelf {
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				own++
			}
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		if unicode.Is(unicode.Latin, r) || unicode.Is(unicode.Cyrillic, r) {
			own++
			continue
		}
		other++
		for i, s := range byScript {
			if unicode.Is(s.script, r) {
				counts[i]++
				break
			}
		}
	}
	total = own + other
	if total == 0 {
		return "", 0, 0
	}
	if own >= other {
		return "", total, float64(own) / float64(total)
	}
	best := 0
	for i := range counts {
		if counts[i] > counts[best] {
			best = i
		}
	}
	// Japanese mixes syllables with Chinese characters.
	if byScript[best].lang == "zh" && counts[5]+counts[6] > 0 {
		best = 5
	}
	if counts[best] == 0 {
		return Unknown, total, 0
	}
	return byScript[best].lang, total, float64(counts[best]) / float64(total)
}

// Detect fills Language and LanguageConfidence of a document. Every block (or paragraph, before
// the blocks are known) votes with its length; boilerplate has no vote. A second language that
// holds a good part of the text is noted.
func Detect(doc *hearsay.Document) {
	m, err := loaded()
	if err != nil {
		doc.Language = Unknown
		doc.Notes = append(doc.Notes, err.Error())
		return
	}
	whole, confidence := m.identify(sample(doc.Text))
	tally := m.vote(doc)
	main, total := "", 0.0
	for _, v := range tally {
		total += v.weight
		if v.lang != Unknown && (main == "" || v.weight > tally.of(main)) {
			main = v.lang
		}
	}
	switch {
	case main == "" || total == 0:
		main = whole
	case main != whole:
		confidence = min(confidence, tally.of(main)/total)
	}
	doc.Language, doc.LanguageConfidence = main, math.Round(confidence*1000)/1000
	for _, v := range tally {
		if v.lang != main && v.lang != Unknown && v.weight >= total/6 && v.weight >= 80 {
			doc.Notes = append(doc.Notes, fmt.Sprintf("parts of the text are in another language: %s", v.lang))
		}
	}
}

type ballot struct {
	lang   string
	weight float64
}

type ballots []ballot

func (b ballots) of(lang string) float64 {
	for _, v := range b {
		if v.lang == lang {
			return v.weight
		}
	}
	return 0
}

// vote sums, per language in order of first appearance, letters times confidence of the blocks.
func (m *model) vote(doc *hearsay.Document) ballots {
	var out ballots
	for _, part := range parts(doc) {
		lang, confidence := m.identify(sample(part))
		if lang == Unknown {
			continue
		}
		weight := confidence * float64(utf8.RuneCountInString(part))
		at := -1
		for i := range out {
			if out[i].lang == lang {
				at = i
			}
		}
		if at < 0 {
			out = append(out, ballot{lang, weight})
			continue
		}
		out[at].weight += weight
	}
	return out
}

// parts are the stretches that vote: at most 200 of at least a few words.
func parts(doc *hearsay.Document) []string {
	var all []string
	if len(doc.Blocks) > 0 {
		for _, b := range doc.Blocks {
			if b.Role.Article() {
				all = append(all, b.In(doc.Text))
			}
		}
	} else {
		all = strings.FieldsFunc(doc.Text, func(r rune) bool { return r == '\n' || r == '\r' })
	}
	var out []string
	step := len(all)/200 + 1
	for i := 0; i < len(all); i += step {
		if utf8.RuneCountInString(all[i]) >= 20 {
			out = append(out, all[i])
		}
	}
	return out
}
