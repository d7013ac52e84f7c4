// Package translated tells texts that themselves read as (machine-)translated, by what translation
// leaves behind and native writers hardly ever write: calques of the other language's idioms and syntax,
// its punctuation, words left in its letters (interference and "translationese": Toury 1995; Baker 1996).
// No original is needed, and none is looked for. One sign alone never marks a text.
package translated

import (
	"math"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
	"hearsay/internal/phrase"
)

// What makes a text read as translated.
const (
	fewestSigns = 2    // different ones
	threshold   = 2.0  // sum of their weights
	perWord     = 1e-3 // what each word of the text adds to the threshold: chance finds more in long texts
	again       = 0.25 // worth of a sign that comes again, of its weight
	mostAgain   = 4
	weightless  = 0.5 // weight of what natives write too, now and then
)

// sign is one kind of evidence.
type sign struct {
	name   string
	from   string // ISO 639-1 of the language that it betrays, "" where several would
	weight float64
}

// finding is a place at which a sign stands.
type finding struct {
	sign
	at hearsay.Span
}

// Run sets Document.Translated where a text reads as translated, with every place that shows it. It
// reads tokens, trees and quotations. The score grows with the number and weight of the signs and stays below 1; it is
// no probability.
func Run(a *hearsay.Analysis) {
	a.Document.Translated = nil
	r, ok := newReader(a)
	if !ok {
		return
	}
	for i := range a.Sentences {
		if a.Document.Blocks[a.Sentences[i].Block].Role.Article() {
			r.sentence(&a.Sentences[i])
		}
	}
	r.judge()
}

type reader struct {
	a     *hearsay.Analysis
	lang  string
	cues  *lexicon.Lexicon
	table *phrase.Table
	words int
	found []finding
}

var latin = map[string]bool{"en": true, "de": true, "fr": true, "es": true, "pl": true}

func newReader(a *hearsay.Analysis) (*reader, bool) {
	lang := a.Document.Language
	if _, cyrillic := foreign[lang]; !latin[lang] && !cyrillic {
		return nil, false
	}
	r := &reader{a: a, lang: lang}
	if r.cues, _ = lexicon.Load(lang); r.cues == nil {
		return nil, false
	}
	r.table, _ = phrase.Load(lang, "translated") // a language without such a table has none of its calques
	return r, true
}

func (r *reader) note(s sign, at hearsay.Span) {
	for _, f := range r.found {
		if f.at == at {
			return
		}
	}
	r.found = append(r.found, finding{s, at})
}

func (r *reader) sentence(s *hearsay.Sentence) {
	r.words += s.Last - s.First
	r.phrases(s)
	r.letters(s)
	if latin[r.lang] && r.lang != "pl" {
		r.dialogue(s)
	}
	switch r.lang {
	case "en":
		r.english(s)
	case "fr", "es":
		r.commaBeforeThat(s)
	}
}

// phrases finds the calques of the table.
func (r *reader) phrases(s *hearsay.Sentence) {
	if r.table == nil {
		return
	}
	words := phrase.Words(r.a.Document.Text, s.Span, r.lang)
	r.table.Mark(words)
	for i := 0; i < len(words); i++ {
		e, n := phrase.Find(words, i, "calque", "weak", "opening")
		if e == nil || e.Kind == "opening" && i > 0 {
			continue
		}
		weight := 1.0
		if e.Kind != "calque" {
			weight = weightless
		}
		from := e.Value
		if from == "-" {
			from = ""
		}
		at := hearsay.Span{Start: words[i].Start, End: words[i+n-1].End}
		if r.quoted(at) && !latin[r.lang] {
			continue // how somebody speaks
		}
		r.note(sign{"phrase " + strings.Join(e.Words, " "), from, weight}, at)
		i += n - 1
	}
}

// judge weighs the signs.
func (r *reader) judge() {
	sum, signs, from := r.weigh()
	if signs < fewestSigns || sum < threshold+perWord*float64(r.words) {
		return
	}
	t := &hearsay.Translated{From: from, Score: 1 - math.Exp(-sum/2)}
	for _, f := range r.found {
		t.Evidence = append(t.Evidence, f.at)
	}
	slices.SortFunc(t.Evidence, func(x, y hearsay.Span) int { return x.Start - y.Start })
	r.a.Document.Translated = t
}

// weigh sums up the signs, each in full once, and names the language that they betray: "und" unless
// all that betray one betray the same.
func (r *reader) weigh() (sum float64, signs int, from string) {
	times := map[string]int{}
	for _, f := range r.found {
		n := times[f.name]
		times[f.name]++
		switch {
		case n == 0:
			sum += f.weight
		case n <= mostAgain:
			sum += again * f.weight
		}
		if f.from != "" && from == "" {
			from = f.from
		}
		if f.from != "" && f.from != from {
			from = "und"
		}
	}
	if from == "" {
		from = "und"
	}
	return sum, len(times), from
}
