// Package measure finds figures (numbers with what they count) and times (dates and periods) in a
// text, and ties each to the statement in which it stands. Times are resolved against the date of
// publication where there is one, never against the clock.
package measure

import (
	"sort"
	"sync"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/phrase"
)

// Run fills a.Figures and a.Times. It reads Text, Blocks, Language and Published; tokens with their
// parts of speech and the statements are used where they are there already. A language without
// tables gives nothing.
func Run(a *hearsay.Analysis) {
	table := tableOf(a.Document.Language)
	if table == nil {
		return
	}
	r := reader{
		a: a, text: a.Document.Text, language: a.Document.Language, table: table,
		grammar:   grammarOf(a.Document.Language),
		published: parseDate(a.Document.Published),
	}
	for _, b := range articleBlocks(a.Document) {
		r.block(b)
	}
	a.Figures, a.Times = r.figures, r.times
	r.setAsOf()
	attach(a)
}

var tables sync.Map // language -> *phrase.Table, nil where there is none

func tableOf(language string) *phrase.Table {
	if t, ok := tables.Load(language); ok {
		return t.(*phrase.Table)
	}
	var t *phrase.Table
	if known[language] {
		t, _ = phrase.Load(language, "numbers", "times") // a test loads every table
	}
	tables.Store(language, t)
	return t
}

var known = map[string]bool{"en": true, "uk": true, "ru": true, "pl": true, "be": true, "de": true, "fr": true, "es": true}

// articleBlocks returns the spans in which figures are looked for.
func articleBlocks(doc *hearsay.Document) []hearsay.Span {
	if len(doc.Blocks) == 0 {
		return []hearsay.Span{{Start: 0, End: len(doc.Text)}}
	}
	var spans []hearsay.Span
	for _, b := range doc.Blocks {
		if b.Role.Article() {
			spans = append(spans, b.Span)
		}
	}
	return spans
}

// reader goes through the words of one block after the other.
type reader struct {
	a         *hearsay.Analysis
	text      string
	language  string
	table     *phrase.Table
	grammar   grammar
	published date

	looksAhead bool // the words around the date at hand speak of the future

	words   []phrase.Word
	figures []hearsay.Figure
	times   []hearsay.Time
	asOf    []hearsay.Time // times that figures are said to hold for
}

func (r *reader) block(b hearsay.Span) {
	r.words = phrase.Words(r.text, b, r.language)
	r.table.Mark(r.words)
	for i := 0; i < len(r.words); {
		i += max(1, r.take(i))
	}
}

// take reads what begins at word i and returns how many words it is, 0 for nothing.
func (r *reader) take(i int) int {
	if !r.begins(i) {
		return 0
	}
	if t, n := r.timeAt(i); n > 0 {
		r.times = append(r.times, t)
		if e, _ := r.endsIn(i, "asof"); e {
			r.asOf = append(r.asOf, t)
		}
		return n
	}
	if n := r.labelled(i); n > 0 {
		return n
	}
	if f, n := r.figureAt(i); n > 0 {
		if f.Len() > 0 {
			r.figures = append(r.figures, f)
		}
		return n
	}
	return 0
}

// beginnings are the kinds of words with which a figure or time can begin.
var beginnings = map[string]bool{
	"number": true, "one": true, "part": true, "scale": true, "vague": true, "fraction": true, "halfadj": true,
	"mod": true, "between": true, "from": true, "label": true, "month": true, "month?": true, "weekday": true,
	"day": true, "last": true, "this": true, "next": true, "year": true, "period": true, "once": true,
	"agobefore": true, "in": true,
}

// begins reports whether a figure or time can begin at word i, so that most words cost nothing.
func (r *reader) begins(i int) bool {
	w := &r.words[i]
	switch {
	case w.Sort == phrase.Digits:
		return true
	case w.Sort == phrase.Sign:
		return w.Len() > 1 || w.Low == "$" || w.Low == "#" || w.Low == "~" || w.Low == "<" || w.Low == ">"
	case len(w.Entries) > 0 && phrase.Any(r.words, i, beginnings):
		return true
	case r.language == "en" && (w.Low == "a" || w.Low == "an") && r.is(i+1, "period"):
		return true
	}
	return upperCode(r.text, *w) || r.grammar.compounds && w.Len() >= shortestCompound && (i == 0 || r.words[i-1].Sort == phrase.Sign || !upperAt(r.text, w.Start)) || w.Low == "n"
}

const shortestCompound = 8 // bytes of a German number word made of several

// endsIn reports whether an entry of a kind ends before word i.
func (r *reader) endsIn(i int, kind string) (bool, int) {
	for n := 1; n <= 4 && i-n >= 0; n++ {
		if _, length := phrase.Find(r.words, i-n, kind); length == n {
			return true, n
		}
	}
	return false, 0
}

// labelled reports the length of a label with its number ("article 5", "№ 12", "S-400"), which
// counts nothing.
func (r *reader) labelled(i int) int {
	w := r.words[i]
	n := 0
	if w.Low == "#" || w.Low == "№" || w.Low == "§" || w.Low == "n" && i+1 < len(r.words) && r.words[i+1].Low == "°" {
		n = 1
	} else if _, length := phrase.Find(r.words, i, "label"); length > 0 {
		n = length
	}
	if n == 0 {
		return 0
	}
	if w.Sort == phrase.Letters && n == 1 && utf8.RuneCountInString(w.Low) == 1 && !r.sign(i+1, ".", "°") {
		return 0 // one letter must be an abbreviation
	}
	j := i + n
	for j < len(r.words) && (r.words[j].Low == "." || r.words[j].Low == "°" || r.words[j].Low == ":") {
		j++
	}
	if j >= len(r.words) || r.words[j].Sort != phrase.Digits {
		return 0
	}
	for j = r.chainEnd(j); j < len(r.words) && r.words[j].Sort == phrase.Digits && len(r.words[j].Low) == 3; j++ {
	}
	return j - i
}

// chainEnd is the word after a chain of digits, letters and signs without white space that begins at i.
func (r *reader) chainEnd(i int) int {
	for i++; i < len(r.words) && !r.words[i].Space; i++ {
		if w := r.words[i]; w.Sort == phrase.Sign && (i+1 == len(r.words) || r.words[i+1].Space || !chains(w.Low)) {
			break
		}
	}
	return i
}

func chains(sign string) bool {
	switch sign {
	case ".", ",", "-", "–", "/", ":", "'", "’":
		return true
	}
	return false
}

// setAsOf gives each figure the date that its sentence says it holds for.
func (r *reader) setAsOf() {
	if len(r.asOf) == 0 {
		return
	}
	dates := map[int]string{}
	for _, t := range r.asOf {
		dates[r.sentenceAt(t.Start)] = t.From
	}
	for i := range r.a.Figures {
		r.a.Figures[i].AsOf = dates[r.sentenceAt(r.a.Figures[i].Start)]
	}
}

// sentenceAt is the index of the sentence, or without sentences of the block, that holds a byte.
func (r *reader) sentenceAt(at int) int {
	if s := r.a.Sentences; len(s) > 0 {
		return sort.Search(len(s), func(i int) bool { return s[i].End > at })
	}
	b := r.a.Document.Blocks
	return sort.Search(len(b), func(i int) bool { return b[i].End > at })
}

// tokenAt is the index of the token that begins at or holds a byte, -1 if none does.
func (r *reader) tokenAt(at int) int {
	t := r.a.Tokens
	i := sort.Search(len(t), func(i int) bool { return t[i].End > at })
	if i < len(t) && t[i].Start <= at {
		return i
	}
	return -1
}

// is reports whether the word at i begins an entry of a kind.
func (r *reader) is(i int, kinds ...string) bool {
	_, n := phrase.Find(r.words, i, kinds...)
	return n > 0
}

// sign reports whether word i is one of the given signs or words.
func (r *reader) sign(i int, any ...string) bool {
	if i < 0 || i >= len(r.words) {
		return false
	}
	for _, s := range any {
		if r.words[i].Low == s {
			return true
		}
	}
	return false
}

// gluedTo reports whether word i follows the one before it without white space.
func (r *reader) gluedTo(i int) bool {
	return i > 0 && i < len(r.words) && !r.words[i].Space
}

func (r *reader) span(i, n int) hearsay.Span {
	return hearsay.Span{Start: r.words[i].Start, End: r.words[i+n-1].End}
}
