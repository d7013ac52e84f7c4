package measure

import (
	"strings"
	"unicode"

	"hearsay"
	"hearsay/internal/phrase"
)

// modifier is what words around a number make of it.
type modifier string

const (
	about   modifier = "about"
	almost  modifier = "almost"
	over    modifier = "over"
	atLeast modifier = "atleast"
	under   modifier = "under"
	upTo    modifier = "upto"
)

// Share of the number by which "about" and "almost" may miss.
const (
	roughly = 0.1
	nearly  = 0.1
)

// apply widens a number. A High below Low stands for "no upper bound".
func (m modifier) apply(x number) number {
	switch m {
	case about:
		x.low, x.high = x.low*(1-roughly), x.high*(1+roughly)
	case almost:
		x.low = x.low * (1 - nearly)
	case over, atLeast:
		x.high = 0
	case under, upTo:
		x.low = 0
	}
	return x
}

// figureAt reads the figure that begins at word i. A number that counts nothing gives an empty
// figure with the length to skip.
func (r *reader) figureAt(i int) (hearsay.Figure, int) {
	j, mods := r.modifiersAt(i)
	j, ranged := r.rangeOpens(j)
	if ranged {
		var more []modifier
		j, more = r.modifiersAt(j)
		mods = append(mods, more...)
	}
	unit, before := r.moneyBefore(j)
	x, n, skip := r.numberAt(j + before)
	if skip > 0 {
		return hearsay.Figure{}, j + before + skip - i
	}
	if n == 0 || j > i && r.isTime(j) {
		return hearsay.Figure{}, 0
	}
	end := j + before + n
	if y, stop, ok := r.rangeAt(j+before, end, x, ranged || r.is(i, "between", "from")); ok {
		x, end = y, stop
	}
	if r.sign(end, "-", "–", ":") && r.gluedTo(end) && r.gluedTo(end+1) && r.words[end+1].Sort == phrase.Digits {
		return hearsay.Figure{}, r.chainEnd(end) - i // a result
	}
	if unit == "" {
		unit, end = r.unitAt(end, x)
	}
	if x.unit != "" {
		unit = x.unit
	}
	return r.finish(i, end, x, unit, mods)
}

// finish puts the figure together from words i to end.
func (r *reader) finish(i, end int, x number, unit string, mods []modifier) (hearsay.Figure, int) {
	if strings.HasPrefix(unit, "¢") {
		unit, x = unit[2:], x.times(0.01)
	}
	if after, n := phrase.Find(r.words, end, "after"); n > 0 {
		mods = append(mods, modifier(after.Value))
		end += n
	}
	f := hearsay.Figure{Span: r.span(i, end-i), Unit: unit, Statement: -1, Approx: x.vague || len(mods) > 0}
	if unit == "" && x.plain && r.yearLike(x) && !r.counts(end) && !r.tollBefore(i) {
		return hearsay.Figure{}, end - i
	}
	if r.clock(i, end, unit) || unit == "" && x.plain && r.channel(i, end) {
		return hearsay.Figure{}, end - i
	}
	if unit == "" && x.plain && x.value < 120 && r.age(i, end) {
		f.Unit, unit = "year", "year"
	}
	f.Of, f.OfSpan = r.counted(i, end, unit)
	if strings.HasPrefix(unit, "°") && r.sign(i-1, "-", "−", "–") && r.gluedTo(i) && r.words[i-1].Space {
		f.Start, x = r.words[i-1].Start, x.times(-1)
	}
	for _, m := range mods {
		x = m.apply(x)
	}
	f.Value, f.Low, f.High = x.value, x.low, x.high
	return f, end - i
}

// channel reports a number that belongs to the name before it and counts nothing: Radio 4, Euro 2.
func (r *reader) channel(i, end int) bool {
	if i == 0 || end != i+1 || r.words[i-1].Sort != phrase.Letters || !r.words[i].Space || len(r.words[i].Low) > 2 || r.counts(end) && r.words[i].Low != "1" {
		return false
	}
	named := upperAt(r.text, r.words[i-1].Start) && i > 1 && r.words[i-2].Sort == phrase.Letters
	return named && r.language != "de" && !r.is(i-1, "weekday", "month", "stop")
}

// age reports a bare number between commas after a name: "Anna Berg, 41, said".
func (r *reader) age(i, end int) bool {
	if end != i+1 || !r.sign(i-1, ",") || !r.sign(end, ",") || i < 3 || r.gluedTo(i) {
		return false
	}
	name := r.words[i-2]
	return name.Sort == phrase.Letters && upperAt(r.text, name.Start) && r.words[i-3].Sort == phrase.Letters || name.Low == "”"
}

// modifiersAt reads the words before a number that make it rough: "at least some".
func (r *reader) modifiersAt(i int) (int, []modifier) {
	var mods []modifier
	for len(mods) < 2 {
		e, n := phrase.Find(r.words, i, "mod")
		if n == 0 {
			break
		}
		mods = append(mods, modifier(e.Value))
		i += n
		for r.sign(i, "a", "an", "the", "eine", "einem", "einer", "les", "los", "las", "der", "die") && !r.is(i, "number", "scale", "fraction", "halfadj") {
			i++
		}
	}
	if r.sign(i, "~", "≈", ">", "<", "≥", "≤") {
		mods = append(mods, map[string]modifier{"~": about, "≈": about, ">": over, "<": under, "≥": atLeast, "≤": upTo}[r.words[i].Low])
		i++
	}
	return i, mods
}

// rangeOpens skips the word that opens a range: between, from.
func (r *reader) rangeOpens(i int) (int, bool) {
	if _, n := phrase.Find(r.words, i, "between", "from"); n > 0 && r.rangeFrom(i, i+n) {
		return i + n, true
	}
	return i, false
}

// rangeFrom reports whether "from 20 to 30" names a range: not so after "rose" or where the numbers fall.
func (r *reader) rangeFrom(i, j int) bool {
	for k := max(0, i-3); k < i; k++ {
		if r.is(k, "change") {
			return false
		}
	}
	j, _ = r.modifiersAt(j)
	if _, before := r.moneyBefore(j); before > 0 {
		j += before
	}
	x, n, _ := r.numberAt(j)
	if n == 0 || r.isTime(j) {
		return false
	}
	_, _, ok := r.rangeAt(j, j+n, x, true)
	return ok
}

// rangeAt reads the second number of a range after the first, which stands from word i to end:
// "20–30 thousand", "20 to 30", and after an opening word "20 and 30".
func (r *reader) rangeAt(i, end int, x number, opened bool) (number, int, bool) {
	j := end
	if r.is(j, "percent", "unit", "money") && opened {
		_, n := phrase.Find(r.words, j, "percent", "unit", "money")
		j += n
	} else if opened && r.sign(j, "%", "°") {
		j++
		if r.sign(j, "c", "с", "f") && r.gluedTo(j) {
			j++
		}
	}
	dashed := r.sign(j, "-", "–", "—", "‑", "÷")
	switch {
	case dashed && (r.gluedTo(j) == r.gluedTo(j+1)):
		j++
	case r.is(j, "to") && (opened || !r.is(i-1, "from")), opened && r.is(j, "and") && r.betweenBefore(i):
		j++
	default:
		return x, end, false
	}
	unit, before := r.moneyBefore(j)
	if before > 0 && i > 0 && unit == "" {
		return x, end, false
	}
	j += before
	y, n, ok := r.secondAt(j, dashed)
	if !ok || y.unit != x.unit || y.vague || x.vague {
		return x, end, false
	}
	if y.scale > 0 && x.scale == 0 && x.value*y.scale < y.value {
		x = x.times(y.scale)
	}
	if x.value >= y.value || dashed && y.scale == 0 && r.score(y, j+n) {
		return x, end, false
	}
	return number{value: (x.value + y.value) / 2, low: x.value, high: y.value, scale: y.scale, digits: true, unit: y.unit}, j + n, true
}

// betweenBefore reports that a range whose first number is at word i opens with "between".
func (r *reader) betweenBefore(i int) bool {
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if r.is(k, "between") {
			return true
		}
	}
	return false
}

// secondAt reads the number at j even where it is glued to a dash.
func (r *reader) secondAt(j int, dashed bool) (number, int, bool) {
	if !dashed || j >= len(r.words) || r.words[j].Sort != phrase.Digits {
		y, n, _ := r.numberAt(j)
		return y, n, n > 0
	}
	value, n, ok := r.groupsAt(j)
	if !ok || r.ordinalAfter(j+n) || r.partOfChain(j+n) {
		return number{}, 0, false
	}
	y, more := r.scalesAt(exactly(value), j+n)
	return y, n + more, true
}

// score reports whether two small numbers with a dash between them are rather a result than a range.
func (r *reader) score(y number, j int) bool {
	if y.value >= 20 || r.is(j, "unit", "percent", "money", "scale") || j < len(r.words) && symbolUnit(r.words[j].Low) != "" {
		return false
	}
	return !r.counts(j)
}

// isTime reports whether a date or period begins at word i.
func (r *reader) isTime(i int) bool {
	_, n := r.timeAt(i)
	return n > 0
}

// unitAt reads the unit after a number and returns where it ends.
func (r *reader) unitAt(i int, x number) (string, int) {
	j := i
	if r.sign(j, "-", "‑") && r.gluedTo(j) && r.gluedTo(j+1) && r.is(j+1, "unit", "percent", "money") {
		j++
	}
	if j >= len(r.words) {
		return "", i
	}
	w := r.words[j]
	if e, n := phrase.Find(r.words, j, "percent", "money", "cent", "unit"); n > 0 {
		if e.Kind == "unit" && !r.unitFits(e, j, n, x) {
			return "", i
		}
		end := j + n
		if r.sign(end, ".") && r.gluedTo(end) && len([]rune(w.Low)) <= 4 && end+1 < len(r.words) && lowerAt(r.text, r.words[end+1].Start) {
			end++
		}
		if raised := r.raised(e.Value, end); raised != "" {
			return raised, end + 1
		}
		if e.Kind == "cent" {
			return "¢" + e.Value, end
		}
		return e.Value, end
	}
	if u := symbolUnit(w.In(r.text)); u != "" && !(u == "ha" && r.language == "es") && (x.digits || w.Sort == phrase.Sign) {
		if w.Low == "°" && r.sign(j+1, "c", "с") && r.gluedTo(j+1) {
			return "°C", j + 2
		}
		if w.Low == "°" && r.sign(j+1, "f") && r.gluedTo(j+1) {
			return "°F", j + 2
		}
		return u, j + 1
	}
	for k := j; k <= j+1 && k < len(r.words) && (k == j || r.is(j, "of")); k++ {
		if code, ok := currencyCode(r.words[k].In(r.text)); ok {
			return code, k + 1
		}
	}
	if e, n := phrase.Find(r.words, j+1, "money"); n > 0 && w.Sort == phrase.Letters && (r.is(j, "of") && x.scale > 1000 || !r.is(j, "stop", "of", "and", "to")) {
		return e.Value, j + 1 + n // 16 billion US dollars, 2 millions d'euros
	}
	return "", i
}

// raised reads a unit of area or volume that is written with a digit: km2, м3.
func (r *reader) raised(unit string, j int) string {
	if unit != "km" && unit != "m" || !r.gluedTo(j) || !r.sign(j, "2", "3", "²", "³") {
		return ""
	}
	if r.sign(j, "2", "²") {
		return unit + "2"
	}
	return unit + "3"
}

// unitFits keeps one-letter units from matching words: they must follow digits.
func (r *reader) unitFits(e *phrase.Entry, j, n int, x number) bool {
	if n == 1 && len([]rune(e.Words[0])) <= 2 {
		return x.digits && (r.words[j].Sort == phrase.Letters)
	}
	return true
}

// moneyBefore reads a sign or code of money before a number: $, US$, €, USD.
func (r *reader) moneyBefore(i int) (string, int) {
	if i+1 >= len(r.words) {
		return "", 0
	}
	w := r.words[i]
	if u := currencySign(w.Low); u != "" && r.words[i+1].Sort == phrase.Digits {
		return u, 1
	}
	if currencySign(r.words[i+1].Low) != "" && r.gluedTo(i+1) && w.Sort == phrase.Letters && len(w.Low) <= 3 && i+2 < len(r.words) && r.words[i+2].Sort == phrase.Digits {
		return dollarOf(w.Low), 2
	}
	if code, ok := currencyCode(r.text[w.Start:w.End]); ok && r.words[i+1].Sort == phrase.Digits {
		return code, 1
	}
	return "", 0
}

// yearLike reports a bare number that is a year unless something shows what it counts.
func (r *reader) yearLike(x number) bool {
	return x.value >= 1900 && x.value < 2100 && x.value == float64(int(x.value))
}

// counts reports whether the word at j looks like something that a number before it counts.
func (r *reader) counts(j int) bool {
	if j >= len(r.words) || r.words[j].Sort != phrase.Letters || r.is(j, "stop", "to", "and") {
		return false
	}
	if t := r.tokenAt(r.words[j].Start); t >= 0 && r.a.Tokens[t].UPOS != "" {
		u := r.a.Tokens[t].UPOS
		return u == "NOUN" || u == "ADJ" || u == "PROPN"
	}
	return true
}

// clock reports an hour of the day: "о 18 годині", "um 18 Uhr", "at 5 p.m.", "à 18 heures".
func (r *reader) clock(i, end int, unit string) bool {
	if r.is(end, "clock") {
		return true
	}
	if r.is(i-1, "clockword") || r.sign(i-1, ".") && r.is(i-2, "clockword") {
		return true
	}
	if word, n := r.endsIn(i, "clockword"); word && n > 1 {
		return true
	}
	if unit != "h" {
		return r.is(end-1, "clock")
	}
	ends, _ := r.endsIn(i, "clockprep")
	return ends
}

// counted finds what a figure in words i to end counts: the noun after it, else the noun whose
// number it is ("the number of soldiers is 60 thousand").
func (r *reader) counted(i, end int, unit string) (string, hearsay.Span) {
	j := end
	ofs := false
	for j < len(r.words) && r.is(j, "of") && !ofs {
		_, n := phrase.Find(r.words, j, "of")
		j += n
		ofs = true
	}
	bare := r.grammar.genitive && (r.tagged(j) || weighs(unit)) || r.language == "de" && weighs(unit)
	if end < len(r.words) && r.sign(end, "-") && r.gluedTo(end) && r.compoundAt(end+1) && unit == "" {
		return r.words[end+1].Low, r.words[end+1].Span
	}
	switch {
	case unit != "" && unit != "%" && !weighs(unit) && !r.money(unit):
		return "", hearsay.Span{}
	case unit == "" || ofs || bare || unit == "%" && (r.grammar.genitive || r.language == "de"):
		if of, span := r.nounAt(j); of != "" {
			return of, span
		}
	}
	if unit != "" && unit != "%" {
		return "", hearsay.Span{}
	}
	return r.tolled(i)
}

func (r *reader) compoundAt(j int) bool {
	return j < len(r.words) && !r.words[j].Space && r.compoundNoun(j)
}

func (r *reader) money(unit string) bool { return codes[unit] }

func (r *reader) tagged(j int) bool {
	if j >= len(r.words) {
		return false
	}
	t := r.tokenAt(r.words[j].Start)
	return t >= 0 && r.a.Tokens[t].UPOS != ""
}

// weighs reports the units in which stuff is measured.
func weighs(unit string) bool {
	switch unit {
	case "t", "kg", "g", "l", "bbl", "m3", "km2", "ha", "times":
		return true
	}
	return false
}

// nounAt reads the noun phrase at word j: by parts of speech, else by the looks of the words.
func (r *reader) nounAt(j int) (string, hearsay.Span) {
	if j >= len(r.words) {
		return "", hearsay.Span{}
	}
	if r.tagged(j) {
		return r.taggedNoun(r.tokenAt(r.words[j].Start))
	}
	return r.plainNoun(j)
}

const nounWithin = 5 // words between a figure and the noun that it counts

// taggedNoun is the first noun from token t on, past adjectives; in English with its compound.
func (r *reader) taggedNoun(t int) (string, hearsay.Span) {
	toks := r.a.Tokens
	for k := t; k < len(toks) && k < t+nounWithin; k++ {
		switch toks[k].UPOS {
		case "NOUN", "PROPN":
			last := k
			for r.language == "en" && last+1 < len(toks) && toks[last+1].UPOS == "NOUN" && last < k+2 {
				last++
			}
			if toks[k].UPOS == "PROPN" && last == k && r.language == "en" && last+1 < len(toks) && toks[last+1].UPOS == "PROPN" {
				return "", hearsay.Span{}
			}
			return r.lemmas(k, last), hearsay.Span{Start: toks[k].Start, End: toks[last].End}
		case "ADJ", "DET", "ADV", "NUM":
		case "ADP":
			if !strings.HasPrefix(toks[k].Form, "d") { // de, des, d'
				return "", hearsay.Span{}
			}
		default:
			return "", hearsay.Span{}
		}
	}
	return "", hearsay.Span{}
}

func (r *reader) lemmas(first, last int) string {
	var parts []string
	for _, t := range r.a.Tokens[first : last+1] {
		if t.Lemma != "" && t.Lemma != "_" {
			parts = append(parts, strings.ToLower(t.Lemma))
		} else {
			parts = append(parts, strings.ToLower(t.Form))
		}
	}
	return strings.Join(parts, " ")
}

// plainNoun guesses the noun without a tagger: the next word, or in languages where adjectives come
// first and show it by their ending the one after.
func (r *reader) plainNoun(j int) (string, hearsay.Span) {
	for k := j; k < len(r.words) && k < j+nounWithin; k++ {
		w := r.words[k]
		if w.Sort != phrase.Letters || r.is(k, "stop", "to", "and", "change", "mod", "last", "this", "next") || k > j && !w.Space {
			return "", hearsay.Span{}
		}
		if !r.grammar.nounFirst && r.adjective(k) && r.plainWord(k+1) {
			continue
		}
		return w.Low, w.Span
	}
	return "", hearsay.Span{}
}

func (r *reader) plainWord(k int) bool {
	return k < len(r.words) && r.words[k].Sort == phrase.Letters && r.words[k].Space && !r.is(k, "stop", "to", "and", "change", "of")
}

// adjective tells an adjective by its looks: in German by its small letter, elsewhere by its ending.
func (r *reader) adjective(k int) bool {
	w := r.words[k]
	switch r.language {
	case "de":
		return lowerAt(r.text, w.Start)
	case "en":
		return upperAt(r.text, w.Start) || hasEnding(w.Low, "an", "ish", "ed", "ous", "al", "ic", "ive", "ary", "ful", "less", "ese", "ing")
	case "pl":
		return hasEnding(w.Low, "ych", "ich", "ymi", "imi")
	}
	return hasEnding(w.Low, "их", "ых", "іх", "ими", "ыми", "імі", "ымі", "ні", "ські")
}

func hasEnding(w string, endings ...string) bool {
	for _, e := range endings {
		if len(w) > len(e)+2 && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

const tollWithin = 9 // words between "the number of …" and its figure

// tolled finds the noun of "the number of soldiers" before a figure at word i.
func (r *reader) tolled(i int) (string, hearsay.Span) {
	for k := i - 1; k >= 0 && k >= i-tollWithin; k-- {
		if r.sign(k, ".", "!", "?", ";") {
			break
		}
		_, n := phrase.Find(r.words, k, "toll")
		if n == 0 {
			continue
		}
		j := k + n
		for r.is(j, "of") {
			_, n := phrase.Find(r.words, j, "of")
			j += n
		}
		for r.sign(j, "the", "der", "des", "les", "los") {
			j++
		}
		if j < i {
			return r.nounAt(j)
		}
	}
	return "", hearsay.Span{}
}

func upperAt(text string, i int) bool {
	for _, c := range text[i:] {
		return unicode.IsUpper(c)
	}
	return false
}
