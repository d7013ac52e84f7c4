package measure

import (
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/internal/phrase"
)

// grammar is how a language writes numbers.
type grammar struct {
	decimal   string // sign before decimals
	thousands string // sign that may group digits by three, besides white space and the apostrophe
	compounds bool   // number words are written in one: zweihundert
	nounFirst bool   // adjectives follow their noun
	genitive  bool   // what is counted may follow a unit without a preposition
	dayFirst  bool   // 5/12 is the fifth of December
}

func grammarOf(language string) grammar {
	switch language {
	case "en":
		return grammar{decimal: ".", thousands: ","}
	case "de":
		return grammar{decimal: ",", thousands: ".", compounds: true, dayFirst: true}
	case "fr":
		return grammar{decimal: ",", thousands: ".", nounFirst: true, dayFirst: true}
	case "es":
		return grammar{decimal: ",", thousands: ".", nounFirst: true, dayFirst: true}
	}
	return grammar{decimal: ",", thousands: ".", genitive: true, dayFirst: true}
}

// number is a number as read: where it is exact, low and high are the value.
type number struct {
	value, low, high float64
	scale            float64 // of its last scale word, 0 if none
	unit             string  // "%" for a share
	vague            bool    // "hundreds": low and high are rough
	digits           bool    // begins with digits
	plain            bool    // digits alone, ungrouped: may be a year
}

func exactly(v float64) number { return number{value: v, low: v, high: v} }

func (x number) times(f float64) number {
	x.value, x.low, x.high = x.value*f, x.low*f, x.high*f
	return x
}

// numberAt reads the number that begins at word i, with its scale words; n is its length in words.
// A number that counts nothing (S-400, 18:30, a telephone number) has skip as length instead.
func (r *reader) numberAt(i int) (x number, n, skip int) {
	if i >= len(r.words) {
		return number{}, 0, 0
	}
	if r.words[i].Sort == phrase.Digits {
		return r.digitsAt(i)
	}
	if x, n = r.vagueAt(i); n > 0 {
		return x, n, 0
	}
	if x, n = r.fractionAt(i); n > 0 {
		return x, n, 0
	}
	x, n = r.numeralAt(i)
	if n > 0 && (n == 1 && x.scale == 0 && r.otherWord(i) || r.ordinalWord(i+n)) {
		return number{}, 0, n
	}
	if n > 0 {
		x, n = r.share(i, x, n)
	}
	return x, n, 0
}

// ordinalWord reports that the number goes on as an ordinal: «сорок третій».
func (r *reader) ordinalWord(j int) bool {
	if j >= len(r.words) {
		return false
	}
	t := r.tokenAt(r.words[j].Start)
	return t >= 0 && strings.Contains(r.a.Tokens[t].Feats, "NumType=Ord")
}

// otherWord reports that the tagger took a single number word for something else: French neuf
// (new), Russian семью (a family).
func (r *reader) otherWord(i int) bool {
	t := r.tokenAt(r.words[i].Start)
	if t < 0 {
		return false
	}
	switch r.a.Tokens[t].UPOS {
	case "VERB", "AUX", "ADV", "PRON", "PROPN", "ADJ", "INTJ", "PART", "ADP":
		return true
	}
	return false
}

// digitsAt reads a number that begins with digits.
func (r *reader) digitsAt(i int) (x number, n, skip int) {
	value, n, ok := r.groupsAt(i)
	if !ok || r.partOfName(i) || r.listItem(i, n) || r.hour(i, n) {
		return number{}, 0, r.chainEnd(i) - i
	}
	if r.reference(i, n) {
		return number{}, 0, r.rowEnd(i) - i
	}
	x = exactly(value)
	x.digits, x.plain = true, n == 1
	j := i + n
	if r.ordinalAfter(j) || r.partOfChain(j) {
		return number{}, 0, r.chainEnd(i) - i
	}
	x, more := r.scalesAt(x, j)
	if more > 0 {
		x.plain = false
	}
	x, n = r.share(i, x, n+more)
	return x, n, 0
}

// reference reports digits that only point to something: "[16]", a number of ten digits, a row of groups.
func (r *reader) reference(i, n int) bool {
	if n > 1 {
		return false
	}
	next := i + 1
	row := next < len(r.words) && r.words[next].Sort == phrase.Digits && len(r.words[next].Low) >= 3
	return len(r.words[i].Low) >= 10 || row || r.sign(i-1, "[") && r.sign(next, "]", ",", "–", "-")
}

// hour reports a time of day that is written with a full stop: 19.00.
func (r *reader) hour(i, n int) bool {
	if n != 3 || r.words[i+1].Low == r.grammar.decimal || len(r.words[i+2].Low) != 2 || len(r.words[i].Low) > 2 {
		return false
	}
	j := i + n
	free := !r.is(j, "unit", "percent", "money", "scale", "cent") && !r.sign(j, "%") && !r.counts(j)
	return free && atoi(r.words[i].Low) <= 24 && atoi(r.words[i+2].Low) < 60
}

// rowEnd is the word after a row of digits in groups.
func (r *reader) rowEnd(i int) int {
	for i = r.chainEnd(i); i < len(r.words) && r.words[i].Sort == phrase.Digits && len(r.words[i].Low) >= 3; i++ {
	}
	return i
}

// listItem reports the number of a list's item at a paragraph's start: "2. The road".
func (r *reader) listItem(i, n int) bool {
	return i == 0 && n == 1 && r.sign(1, ".", ")") && r.gluedTo(1) && (len(r.words) == 2 || r.words[2].Space)
}

// groupsAt reads digits with the signs that group them and part the decimals.
func (r *reader) groupsAt(i int) (value float64, n int, ok bool) {
	digits := r.words[i].Low
	n = 1
	grouped, first := "", len(digits)
	for first <= 3 {
		sep := r.separatorAt(i + n)
		if sep == "" || !r.threeDigits(i+n+sepWords(sep)) || grouped != "" && sep != grouped {
			break
		}
		if sep == r.grammar.decimal && !r.separates(i+n, sep) {
			break
		}
		digits += r.words[i+n+sepWords(sep)].Low
		n += 1 + sepWords(sep)
		grouped = sep
	}
	if r.decimalAt(i+n, grouped) {
		digits += "." + r.words[i+n+1].Low
		n += 2
	}
	v, err := strconv.ParseFloat(digits, 64)
	return v, n, err == nil && len(digits) < 16
}

// sepWords is how many words a separator is: white space is none.
func sepWords(sep string) int {
	if sep == " " {
		return 0
	}
	return 1
}

// separatorAt is the sign before word i+1, or a space before word i, that may group digits; "" if none.
func (r *reader) separatorAt(i int) string {
	if i >= len(r.words) {
		return ""
	}
	w := r.words[i]
	switch {
	case w.Sort == phrase.Digits && w.Space && r.oneSpaceBefore(w.Start):
		return " "
	case !w.Space && (w.Low == "," || w.Low == "." || w.Low == "'") && i+1 < len(r.words) && !r.words[i+1].Space:
		return w.Low
	}
	return ""
}

// oneSpaceBefore reports a single space, breaking or not, before a byte of the text.
func (r *reader) oneSpaceBefore(at int) bool {
	last, n := utf8.DecodeLastRuneInString(r.text[:at])
	before, _ := utf8.DecodeLastRuneInString(r.text[:at-n])
	return (last == ' ' || last == '\u00a0' || last == '\u202f' || last == '\u2009') && unicode.IsDigit(before)
}

func (r *reader) threeDigits(i int) bool {
	return i < len(r.words) && r.words[i].Sort == phrase.Digits && len(r.words[i].Low) == 3
}

// separates reports whether the language's decimal sign groups thousands after all, because it
// stands more than once.
func (r *reader) separates(i int, sep string) bool {
	return r.threeDigits(i+1) && r.sign(i+2, sep) && r.gluedTo(i+2) && r.threeDigits(i+3)
}

// decimalAt reports whether word i is the sign before decimals.
func (r *reader) decimalAt(i int, grouped string) bool {
	if i+1 >= len(r.words) || r.words[i].Space || r.words[i+1].Space || r.words[i+1].Sort != phrase.Digits {
		return false
	}
	sign, decimals := r.words[i].Low, len(r.words[i+1].Low)
	if sign != "." && sign != "," || sign == grouped {
		return false
	}
	if r.sign(i+2, ".", ",", ":", "-") && r.gluedTo(i+2) && i+3 < len(r.words) && !r.words[i+3].Space {
		return false // 12.05.2018, 1.2.3
	}
	return sign == r.grammar.decimal || decimals != 3 && !(sign == "." && r.dayAndMonth(i-1))
}

// dayAndMonth reports "16.05" in a language that writes dates so.
func (r *reader) dayAndMonth(i int) bool {
	day, month := r.words[i].Low, r.words[i+2].Low
	return r.grammar.dayFirst && len(day) <= 2 && len(month) == 2 && atoi(day) <= 31 && atoi(month) <= 12 && month[0] <= '1' && atoi(month) > 0
}

// joint are the signs that join the parts of a name, number or address.
var joint = map[string]bool{"-": true, "–": true, "‑": true, "/": true, ".": true, ":": true, "_": true, "=": true, "%": true, "&": true}

// partOfName reports digits that belong to what stands before them: S-400, T72, Zapad-2017, v.2.
func (r *reader) partOfName(i int) bool {
	if !r.gluedTo(i) {
		return false
	}
	before := r.words[i-1]
	switch {
	case before.Sort == phrase.Letters:
		_, money := currencyCode(r.text[before.Start:before.End])
		return !money
	case before.Low == "+" || before.Low == "#" || before.Low == "@":
		return true
	}
	return joint[before.Low] && !before.Space && i > 1 && (r.words[i-2].Sort != phrase.Sign || joint[r.words[i-2].Low] || before.Low == "/")
}

// ordinalAfter reports an ordinal's ending after the digits: 16th, 5-й, 5e, and in German and
// Polish a full stop before a small letter.
func (r *reader) ordinalAfter(j int) bool {
	if j >= len(r.words) || r.words[j].Space {
		return false
	}
	if r.words[j].Sort == phrase.Letters {
		return r.is(j, "ordinal") && !r.is(j, "scale", "unit", "percent")
	}
	if r.sign(j, "-", "‑", "–") && r.gluedTo(j+1) {
		return r.is(j+1, "ordinal") && !r.is(j+1, "scale", "unit", "after") || r.is(j+1, "decade")
	}
	if r.words[j].Low == "º" || r.words[j].Low == "ª" {
		return true
	}
	next := j + 1
	return r.words[j].Low == "." && (r.language == "de" || r.language == "pl") && next < len(r.words) &&
		r.words[next].Space && r.words[next].Sort == phrase.Letters && lowerAt(r.text, r.words[next].Start) || r.germanOrdinal(j)
}

// germanOrdinal reports "am 5. Treffen": an article before, a noun after the full stop.
func (r *reader) germanOrdinal(j int) bool {
	if r.language != "de" || r.words[j].Low != "." || j < 2 || j+1 >= len(r.words) || r.words[j+1].Sort != phrase.Letters {
		return false
	}
	if t := r.tokenAt(r.words[j-1].Start); t >= 0 {
		return r.a.Tokens[t].End > r.words[j-1].End
	}
	before := r.words[j-2]
	declined := lowerAt(r.text, before.Start) && hasEnding(before.Low, "en", "em", "es", "er", "te", "ue")
	return r.sign(j-2, "der", "die", "das", "dem", "den", "des", "am", "im", "zum", "zur", "vom", "beim") || declined && !r.is(j+1, "stop")
}

// partOfChain reports digits that go on without white space into what is neither a unit nor a scale:
// 5G, 12.05.2018, 18:30, 555-12-34.
func (r *reader) partOfChain(j int) bool {
	if j >= len(r.words) || r.words[j].Space {
		return false
	}
	w := r.words[j]
	if w.Sort == phrase.Letters {
		return !r.is(j, "scale", "unit", "money", "percent", "after", "cent") && symbolUnit(w.In(r.text)) == ""
	}
	if j+1 >= len(r.words) || r.words[j+1].Space {
		return false
	}
	next := r.words[j+1]
	switch w.Low {
	case "-", "‑", "–", "—":
		if next.Sort == phrase.Digits {
			return r.sign(j+2, "-", "–") && r.gluedTo(j+2) && j+3 < len(r.words) && r.words[j+3].Sort == phrase.Digits
		}
		return !r.is(j+1, "scale", "unit", "after", "percent", "money") && !r.compoundNoun(j+1)
	case ".", ",", ":", "/", "_":
		return next.Sort == phrase.Digits || w.Low == "/" || w.Low == "_"
	}
	return false
}

// compoundNoun reports what is counted behind a hyphen: the nation of "six-nation", the count of "22-count".
func (r *reader) compoundNoun(j int) bool {
	return r.language == "en" && r.words[j].Sort == phrase.Letters && lowerAt(r.text, r.words[j].Start) && r.words[j].Len() > 3 && !r.is(j, "stop")
}

// scalesAt multiplies by the scale words from word j on: "120 thousand", "2 млн 300 тыс."
func (r *reader) scalesAt(x number, j int) (number, int) {
	n := 0
	if r.sign(j, "-", "‑") && r.gluedTo(j+1) && r.is(j+1, "scale") {
		n = 1
	}
	e, length := phrase.Find(r.words, j+n, "scale")
	if length == 0 || singleLetter(e) && r.words[j+n].Space {
		return x, 0
	}
	n += length
	x = x.times(e.Number)
	x.scale = e.Number
	for e, length = phrase.Find(r.words, j+n, "scale"); length > 0 && !r.abbreviationEnds(j+n); e, length = phrase.Find(r.words, j+n, "scale") {
		x = x.times(e.Number) // hundred thousand
		x.scale *= e.Number
		n += length
	}
	if r.abbreviationEnds(j + n) {
		n++
	}
	if half, length := phrase.Find(r.words, j+n, "half"); length > 0 { // dos millones y medio
		x = x.plus(half.Number * x.scale)
		n += length
	}
	if more, length := r.smallerAt(j+n, x.scale); length > 0 {
		x = x.plus(more.value)
		n += length
	}
	return x, n
}

func (x number) plus(v float64) number {
	x.value, x.low, x.high = x.value+v, x.low+v, x.high+v
	return x
}

// smallerAt reads a second number with a smaller scale: the 300 тыс. of "2 млн 300 тыс."
func (r *reader) smallerAt(i int, scale float64) (number, int) {
	if i >= len(r.words) || r.words[i].Sort != phrase.Digits || scale <= 1000 {
		return number{}, 0
	}
	value, n, ok := r.groupsAt(i)
	e, length := phrase.Find(r.words, i+n, "scale")
	if !ok || length == 0 || e.Number >= scale {
		return number{}, 0
	}
	n += length
	if r.abbreviationEnds(i + n) {
		n++
	}
	return exactly(value * e.Number), n
}

// abbreviationEnds reports the full stop of an abbreviated scale word inside a sentence: "5 млн. осіб".
func (r *reader) abbreviationEnds(j int) bool {
	if !r.sign(j, ".") || !r.gluedTo(j) || j+1 >= len(r.words) {
		return false
	}
	next := r.words[j+1]
	return utf8.RuneCountInString(r.words[j-1].Low) <= 5 && (next.Sort == phrase.Digits || next.Sort == phrase.Letters && lowerAt(r.text, next.Start))
}

func singleLetter(e *phrase.Entry) bool { return len(e.Words) == 1 && len(e.Words[0]) == 1 }

// numeralAt reads a number in words: "twenty-five", "dwa tysiące trzysta", "zweihundert".
func (r *reader) numeralAt(i int) (number, int) {
	total, current := 0.0, 0.0
	seen, n, last := false, 0, 1e18
	scale := 0.0
	for {
		j := i + n
		if seen && r.sign(j, "-") && r.gluedTo(j) && r.gluedTo(j+1) {
			j++
		}
		if seen && r.is(j, "joint") && r.joins(j, current) {
			j++
		}
		if v, length := r.partAt(j, seen); length > 0 && fits(current, v) {
			current += v
			seen, n = true, j+length-i
			continue
		}
		e, length := phrase.Find(r.words, j, "scale")
		if length == 0 || singleLetter(e) || !seen && !startsScale(e, r, j) {
			break
		}
		if e.Number == 100 && current < 100 {
			current = max(current, 1) * 100
		} else if e.Number < last {
			total += max(current, 1) * e.Number
			current, last, scale = 0, e.Number, e.Number
		} else {
			break
		}
		seen, n = true, j+length-i
	}
	if !seen {
		return number{}, 0
	}
	x := exactly(total + current)
	x.scale = scale
	return r.halfAfter(i, x, n)
}

// startsScale reports whether a scale word can be a number alone: "a thousand", «тисяча», mille.
func startsScale(e *phrase.Entry, r *reader, i int) bool {
	return len(e.Words) > 1 || r.is(i, "lone")
}

// joins reports whether "and" may stand inside a number: hundred and twenty, treinta y cinco.
func (r *reader) joins(j int, current float64) bool {
	v, length := r.partAt(j+1, true)
	if length == 0 {
		return false
	}
	if r.language == "es" {
		return v < 10 && int(current)%10 == 0 && int(current)%100 >= 30
	}
	return v < 100 && (current == 0 || int(current)%100 == 0)
}

// fits reports whether v may be added to the tens and hundreds read so far.
func fits(current, v float64) bool {
	c := int(current)
	switch {
	case current != float64(c):
		return false
	case c == 0:
		return true
	case v < 1 || v != float64(int(v)):
		return false
	case v < 10:
		return c%10 == 0 && c%100 != 10
	case v < 100:
		return c%100 == 0
	}
	return false
}

// partAt reads one word of a number; "one" is such only inside of a number or before a scale word,
// for elsewhere it is mostly an article or a pronoun.
func (r *reader) partAt(i int, seen bool) (float64, int) {
	if v, n := r.cardinalAt(i); n > 0 {
		return v, n
	}
	e, n := phrase.Find(r.words, i, "one", "part")
	if n == 0 || !seen && !r.is(i+n, "scale") && !r.countsOne(i, e) {
		return 0, 0
	}
	return e.Number, n
}

// countsOne reports whether the tagger took "one" for a number before its noun.
func (r *reader) countsOne(i int, e *phrase.Entry) bool {
	t := r.tokenAt(r.words[i].Start)
	return e.Kind == "one" && t >= 0 && r.a.Tokens[t].UPOS == "NUM" && strings.HasPrefix(r.a.Tokens[t].Rel, "nummod") && r.counts(i+1)
}

// cardinalAt reads one number word below a thousand, or a German compound of any size.
func (r *reader) cardinalAt(i int) (float64, int) {
	if i >= len(r.words) || r.words[i].Sort != phrase.Letters {
		return 0, 0
	}
	if e, n := phrase.Find(r.words, i, "number"); n > 0 {
		return e.Number, n
	}
	if r.grammar.compounds {
		if v, ok := r.compound(r.words[i].Low); ok {
			return v, 1
		}
	}
	return 0, 0
}

// halfAfter adds "and a half" and the scale that may follow it: "two and a half million".
func (r *reader) halfAfter(i int, x number, n int) (number, int) {
	if e, length := phrase.Find(r.words, i+n, "half"); length > 0 {
		x = x.plus(e.Number * max(1, x.scale))
		n += length
	}
	if x.scale > 0 {
		return x, n
	}
	y, more := r.scalesAt(x, i+n)
	return y, n + more
}

// compound reads a German number word by its parts: zweihundertfünfzigtausend.
func (r *reader) compound(w string) (float64, bool) {
	if len(w) < shortestCompound {
		return 0, false
	}
	total, current, last := 0.0, 0.0, 0.0
	for w != "" {
		part, v := r.longestPart(w)
		switch {
		case part == "":
			return 0, false
		case part == "und":
		case v == 1000:
			total += max(current, 1) * 1000
			current = 0
		case v == 100:
			current = max(current, 1) * 100
		default:
			current += v
		}
		last = v
		w = w[len(part):]
	}
	return total + current, last > 0
}

// longestPart is the longest number word with which w begins.
func (r *reader) longestPart(w string) (string, float64) {
	for n := min(len(w), 13); n >= 3; n-- {
		switch part := w[:n]; part {
		case "und":
			return part, 0
		case "ein":
			return part, 1
		case "hundert":
			return part, 100
		case "tausend":
			return part, 1000
		default:
			if v, ok := r.table.Value("number", part); ok && v == float64(int(v)) {
				return part, v
			}
		}
	}
	return "", 0
}

// vagueAt reads "dozens", "tens of thousands", «кілька сотень».
func (r *reader) vagueAt(i int) (number, int) {
	e, n := phrase.Find(r.words, i, "vague")
	if n == 0 {
		return number{}, 0
	}
	if _, m := phrase.Find(r.words, i, "number", "scale"); m > n {
		return number{}, 0
	}
	low, high, _ := strings.Cut(e.Value, "-")
	x := number{vague: true}
	x.low, _ = strconv.ParseFloat(low, 64)
	x.high, _ = strconv.ParseFloat(high, 64)
	x.value = x.low
	last := e.Words[len(e.Words)-1]
	if n > 1 && (last == "людей" || last == "osób" || last == "ludzi" || last == "personas" || last == "of") {
		n-- // what is counted stays outside
	}
	return x, n
}

// fractionAt reads a share ("a third of"), or a part of a scale or unit ("half a million", "пів години").
func (r *reader) fractionAt(i int) (number, int) {
	e, n := phrase.Find(r.words, i, "fraction", "halfadj")
	if n == 0 || r.partOfTwo(i) {
		return number{}, 0
	}
	j := i + n
	for r.sign(j, "a", "an", "of", "-") {
		j++
	}
	if scale, length := phrase.Find(r.words, j, "scale"); length > 0 {
		x := exactly(e.Number * scale.Number)
		x.scale = scale.Number
		return x, j + length - i
	}
	if r.is(j, "unit", "money") && !(e.Kind == "fraction" && r.language == "en") && !r.is(j, "of") {
		return exactly(e.Number), j - i
	}
	if e.Kind == "halfadj" {
		return number{}, 0
	}
	if last := e.Words[len(e.Words)-1]; n > 1 && r.language == "en" && (last == "of" || last == "the" || last == "its" || last == "their") {
		n--
	}
	if r.ordinal(i, n) {
		return number{}, 0
	}
	x := exactly(100 * e.Number)
	x.unit = "%"
	return x, n
}

// partOfTwo reports "the first half", «у другій половині», which is no share.
func (r *reader) partOfTwo(i int) bool {
	if i == 0 {
		return false
	}
	for _, stem := range []string{"first", "second", "other", "перш", "друг", "перв", "втор", "pierwsz", "drug", "erste", "zweite", "premi", "second", "primer", "segund"} {
		if strings.HasPrefix(r.words[i-1].Low, stem) {
			return true
		}
	}
	return false
}

// ordinal reports whether an English fraction of n words at i counts off what stands right behind it: "a third bridge".
func (r *reader) ordinal(i, n int) bool {
	if r.language != "en" || n != 2 || !r.sign(i, "a") || i+n >= len(r.words) {
		return false
	}
	at := r.words[i+n].Start
	t := sort.Search(len(r.a.Tokens), func(t int) bool { return r.a.Tokens[t].Start >= at })
	return t < len(r.a.Tokens) && r.a.Tokens[t].Start == at && r.a.Tokens[t].UPOS == "NOUN" && strings.Contains(r.a.Tokens[t].Feats, "Number=Sing")
}

// share makes "two thirds" of a small number before a fraction.
func (r *reader) share(i int, x number, n int) (number, int) {
	if x.scale > 0 || x.value > 9 || x.value < 1 {
		return x, n
	}
	e, length := phrase.Find(r.words, i+n, "fraction")
	if length == 0 || e.Number >= 0.5 {
		return x, n
	}
	x = exactly(x.value * 100 * e.Number)
	x.unit = "%"
	return x, n + length
}

func atoi(s string) int {
	v, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return v
}

func lowerAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLower(r)
}
