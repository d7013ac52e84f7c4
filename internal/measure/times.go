package measure

import (
	"hearsay"
	"hearsay/internal/phrase"
)

// timeAt reads the date or period that begins at word i and its length in words.
func (r *reader) timeAt(i int) (hearsay.Time, int) {
	for _, read := range []func(*reader, int) (period, int){
		(*reader).numericDate, (*reader).dayMonth, (*reader).monthDay, (*reader).weekdayAt,
		(*reader).relativeDay, (*reader).relativePeriod, (*reader).agoAt, (*reader).decadeAt, (*reader).yearAt,
	} {
		if p, n := read(r, i); n > 0 {
			t := hearsay.Time{Span: r.span(i, n), Statement: -1}
			t.From, t.To = p.strings()
			return t, n
		}
	}
	return hearsay.Time{}, 0
}

func (r *reader) digits(i int) (int, bool) {
	if i < 0 || i >= len(r.words) || r.words[i].Sort != phrase.Digits || len(r.words[i].Low) > 4 {
		return 0, false
	}
	return atoi(r.words[i].Low), true
}

// numericDate reads 2022-05-16, 16.05.2022, 16/05/22, 16.05.
func (r *reader) numericDate(i int) (period, int) {
	a, ok := r.digits(i)
	if !ok || r.gluedTo(i) && i > 0 && r.words[i-1].Sort != phrase.Sign || i+2 >= len(r.words) {
		return period{}, 0
	}
	sep := r.words[i+1].Low
	b, ok := r.digits(i + 2)
	if !ok || sep != "." && sep != "/" && sep != "-" || r.words[i+1].Space || r.words[i+2].Space {
		return period{}, 0
	}
	c, full := 0, false
	if r.sign(i+3, sep) && r.gluedTo(i+3) && r.gluedTo(i+4) {
		c, full = r.digits(i + 4)
	}
	switch {
	case full && len(r.words[i].Low) == 4 && validDay(b, c):
		return dayOf(a, b, c), 5
	case full && len(r.words[i].Low) <= 2 && (len(r.words[i+4].Low) == 4 || len(r.words[i+4].Low) == 2) && !r.gluedDigits(i+5):
		return r.shortDate(a, b, c), 5
	case !full && sep == "." && len(r.words[i+2].Low) == 2 && r.grammar.dayFirst && r.dayAndMonth(i) && !r.is(i+3, "unit", "money", "percent", "scale") && !r.sign(i+3, "%"):
		n := 3
		if r.sign(i+3, ".") && r.gluedTo(i+3) {
			n++
		}
		return r.nearestYear(b, a), n
	}
	return period{}, 0
}

func (r *reader) gluedDigits(i int) bool {
	return r.sign(i, ".", "-", "/") && r.gluedTo(i) && i+1 < len(r.words) && r.words[i+1].Sort == phrase.Digits && !r.words[i+1].Space
}

// shortDate reads day, month, year; a date that English readers may take either way stays unresolved.
func (r *reader) shortDate(a, b, year int) period {
	if year < 100 {
		year += 2000
	}
	day, month := a, b
	if !r.grammar.dayFirst && a <= 12 && b > 12 {
		day, month = b, a
	} else if !r.grammar.dayFirst && a <= 12 && a != b {
		return period{}
	}
	if !validDay(month, day) {
		return period{}
	}
	return dayOf(year, month, day)
}

// dayMonth reads "16 May 2022", "16-го мая", "16. Mai", "16–18 May", "16 de mayo de 2022".
func (r *reader) dayMonth(i int) (period, int) {
	first, ok := r.digits(i)
	if !ok || first < 1 || first > 31 {
		return period{}, 0
	}
	j := r.afterOrdinal(i + 1)
	last := first
	if k := r.secondDay(j); k > 0 {
		last, _ = r.digits(k)
		j = r.afterOrdinal(k + 1)
	}
	for r.sign(j, "of", "de", "of the", "day") {
		j++
	}
	month, n := phrase.Find(r.words, j, "month", "month?")
	if n == 0 {
		return period{}, 0
	}
	j += n
	if r.sign(j, ".") && r.gluedTo(j) && abbreviated[r.words[j-1].Low] {
		j++
	}
	year, j := r.yearAfter(j)
	m := int(month.Number)
	if last < first || last > 31 {
		last = first
	}
	return r.daysNear(i, year, m, first, last), j - i
}

// daysNear is days; where no year is given it lies behind unless words near word i look ahead.
func (r *reader) daysNear(i, year, m, first, last int) period {
	if year == 0 {
		r.looksAhead = r.ahead(i) > 0
	}
	return r.days(year, m, first, last)
}

// days is a day or a row of days in one month.
func (r *reader) days(year, month, first, last int) period {
	a, b := r.nearestYear(month, first), r.nearestYear(month, last)
	if year > 0 {
		a, b = dayOf(year, month, first), dayOf(year, month, last)
	}
	return period{a.from, b.to}
}

// secondDay is the word of the last day in "16–18 May", "16 and 18 May"; 0 if there is none.
func (r *reader) secondDay(j int) int {
	if !r.sign(j, "-", "–", "—") && !r.is(j, "and", "to") {
		return 0
	}
	d, ok := r.digits(j + 1)
	if !ok || d < 1 || d > 31 {
		return 0
	}
	k := r.afterOrdinal(j + 2)
	for r.sign(k, "of", "de") {
		k++
	}
	if !r.is(k, "month", "month?") {
		return 0
	}
	return j + 1
}

// afterOrdinal skips an ordinal's ending: 16th, 16-го, 1er, 16., and the weekday's full stop.
func (r *reader) afterOrdinal(j int) int {
	switch {
	case r.gluedTo(j) && r.is(j, "ordinal"):
		return j + 1
	case r.sign(j, "-", "‑") && r.gluedTo(j) && r.gluedTo(j+1) && r.is(j+1, "ordinal"):
		return j + 2
	case r.sign(j, ".", "º", "°") && r.gluedTo(j):
		return j + 1
	}
	return j
}

// yearAfter reads the year after a month: "2022", ", 2022", "de 2022", "2022 року".
func (r *reader) yearAfter(j int) (year, end int) {
	k := j
	if r.sign(k, ",", "de", "del") {
		k++
	}
	y, ok := r.digits(k)
	if !ok || y < 1000 || y > 2199 || len(r.words[k].Low) != 4 {
		return 0, j
	}
	if k+1 < len(r.words) && !r.words[k+1].Space && r.words[k+1].Sort != phrase.Sign {
		return 0, j
	}
	return y, r.yearWord(k + 1)
}

// yearWord skips "року", "г." after a year.
func (r *reader) yearWord(k int) int {
	if _, n := phrase.Find(r.words, k, "yearword"); n > 0 {
		k += n
		if r.sign(k, ".") && r.gluedTo(k) && len([]rune(r.words[k-1].Low)) <= 2 {
			k++
		}
	}
	return k
}

// monthDay reads "May 16, 2022", "May 2022", "in May", "last May".
func (r *reader) monthDay(i int) (period, int) {
	j, relative, shifted := r.relation(i)
	month, n := phrase.Find(r.words, j, "month", "month?")
	if n == 0 {
		return period{}, 0
	}
	m := int(month.Number)
	beside := month.Kind == "month" && (r.language != "en" && r.language != "de" || upperAt(r.text, r.words[j].Start))
	j += n
	if r.sign(j, ".") && r.gluedTo(j) && n == 1 && abbreviated[r.words[j-1].Low] {
		j++
	}
	if d, ok := r.digits(j); ok && d >= 1 && d <= 31 && len(r.words[j].Low) <= 2 && r.language == "en" && !shifted {
		end := r.afterOrdinalEnglish(j + 1)
		if !r.is(end, "unit", "percent", "scale") && !r.sign(end, "%") {
			year, end := r.yearAfter(end)
			return r.daysNear(i, year, m, d, d), end - i
		}
	}
	if year, end := r.yearAfter(j); year > 0 {
		return monthOf(year, m), end - i
	}
	if year, end := r.yearRelation(j); year > 0 {
		return monthOf(year, m), end - i
	}
	if !beside && !r.properMonth(i, j) {
		return period{}, 0
	}
	if _, after, ok := r.relationAfter(j); ok && !shifted {
		return r.monthNear(m, after), j + 1 - i
	}
	if shifted && relative != 0 {
		return r.monthNear(m, relative), j - i
	}
	return r.monthNear(m, r.ahead(i)), j - i
}

var abbreviated = map[string]bool{
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true,
	"sept": true, "oct": true, "nov": true, "dec": true, "okt": true, "dez": true,
}

// yearRelation reads the year that "last year" behind a month gives: "October last year", "im Oktober
// letzten Jahres".
func (r *reader) yearRelation(j int) (year, end int) {
	k := j
	for r.sign(k, "of", "de", "del", "des", "l'") && k < j+2 {
		k++
	}
	if m, shift, ok := r.relation(k); ok && r.yearUnit(m) {
		return r.published.year + shift, m + 1
	}
	if r.yearUnit(k) {
		if n, shift, ok := r.relationAfter(k + 1); ok {
			return r.published.year + shift, k + 1 + n
		}
	}
	return 0, j
}

func (r *reader) yearUnit(i int) bool {
	e, n := phrase.Find(r.words, i, "period")
	return n > 0 && e.Value == "year" && r.published.known()
}

func (r *reader) afterOrdinalEnglish(j int) int {
	if r.gluedTo(j) && r.is(j, "ordinal") {
		return j + 1
	}
	return j
}

// properMonth reports whether a month's name that is also another word stands for the month: "in May".
func (r *reader) properMonth(i, j int) bool {
	name := r.words[j-1]
	switch r.language {
	case "en":
		return upperAt(r.text, name.Start) && i > 0 && (r.is(i-1, "yearprep") || r.is(i, "last", "next", "this"))
	case "fr":
		return i > 0 && r.sign(i-1, "en", "de", "depuis", "début", "fin", "mi") || r.sign(i-1, "-") || r.is(j, "last")
	case "be":
		return i > 0 && r.sign(i-1, "у", "ў", "з", "да", "ў")
	}
	return false
}

// relation reads "last", "this", "next" before word j.
func (r *reader) relation(i int) (j, shift int, ok bool) {
	e, n := phrase.Find(r.words, i, "last", "this", "next")
	if n == 0 {
		return i, 0, false
	}
	return i + n, int(e.Number), true
}

// relationAfter reads it after a noun: "mardi dernier", "el mes pasado".
func (r *reader) relationAfter(i int) (n, shift int, ok bool) {
	if !r.grammar.nounFirst {
		return 0, 0, false
	}
	e, n := phrase.Find(r.words, i, "last", "next")
	if n == 0 {
		return 0, 0, false
	}
	return n, int(e.Number), true
}

// weekdayAt reads "Monday", "last Monday", "lundi dernier", and "Monday, May 16".
func (r *reader) weekdayAt(i int) (period, int) {
	j, shift, relative := r.relation(i)
	day, n := phrase.Find(r.words, j, "weekday")
	if n == 0 {
		return period{}, 0
	}
	j += n
	if m, shift2, ok := r.relationAfter(j); ok {
		shift, relative, j = shift2, true, j+m
	}
	k := j
	for r.sign(k, ",", "the", "den", "le", "el", "dem", "em") && k < j+2 {
		k++
	}
	for _, read := range []func(*reader, int) (period, int){(*reader).numericDate, (*reader).dayMonth, (*reader).monthDay} {
		if p, n := read(r, k); n > 0 && r.words[k+n-1].Sort != phrase.Letters || n > 1 {
			return p, k + n - i
		}
	}
	if !relative && r.ahead(i) > 0 {
		return r.weekdayAhead(int(day.Number)), j - i
	}
	return r.overnight(r.weekday(int(day.Number), shift, relative), i, j), j - i
}

// overnight lets a night that is named by one of its days have both: "Friday night", "in der Nacht zum Samstag",
// «в ночь на субботу». The words for the day stand from i to j.
func (r *reader) overnight(p period, i, j int) period {
	switch {
	case !p.from.known() || p.from != p.to:
	case r.sign(j, "night"):
		p.to = p.to.addDays(1)
	case r.sign(i-1, "to", "zum", "auf", "na", "на") && r.sign(i-2, "night", "nacht", "nocy", "ночь", "ніч", "ноч"):
		p.from = p.from.addDays(-1)
	}
	return p
}

// relativeDay reads yesterday, today, tomorrow, and words for years: торік.
func (r *reader) relativeDay(i int) (period, int) {
	if e, n := phrase.Find(r.words, i, "year"); n > 0 {
		return r.yearShift(int(e.Number)), n
	}
	e, n := phrase.Find(r.words, i, "day")
	if n == 0 || n == 1 && (r.morning(i) || r.titled(i)) {
		return period{}, 0
	}
	return r.dayShift(int(e.Number)), n
}

// morning reports that the word for tomorrow means the morning: "am Morgen", "la mañana".
func (r *reader) morning(i int) bool {
	switch r.words[i].Low {
	case "morgen":
		return upperAt(r.text, r.words[i].Start) && i > 0 || r.is(i-1, "weekday")
	case "mañana":
		return r.sign(i-1, "la", "esta", "una", "de", "cada", "aquella")
	}
	return false
}

// titled reports a capital letter in the middle of a sentence: the Today programme.
func (r *reader) titled(i int) bool {
	return i > 0 && upperAt(r.text, r.words[i].Start) && r.words[i-1].Sort == phrase.Letters
}

// aheadWithin is how many words around a time may show that it lies ahead.
const aheadWithin = 10

// ahead is 1 where words for the future stand in the same sentence as the time at word i, else 0.
func (r *reader) ahead(i int) int {
	for k := i - 1; k >= 0 && k >= i-aheadWithin && !r.sentenceSign(k); k-- {
		if r.is(k, "future") {
			return 1
		}
	}
	for k := i; k < len(r.words) && k < i+aheadWithin && !r.sentenceSign(k); k++ {
		if r.is(k, "future") {
			return 1
		}
	}
	return 0
}

func (r *reader) sentenceSign(k int) bool {
	return r.sign(k, ".", "!", "?", ";") && (k+1 >= len(r.words) || r.words[k+1].Space)
}

// relativePeriod reads "last week", "минулого тижня", "l'année dernière".
func (r *reader) relativePeriod(i int) (period, int) {
	j, shift, ok := r.relation(i)
	if ok && r.is(j, "periods") && !(r.language == "pl" && r.sign(j, "lata")) {
		_, n := phrase.Find(r.words, j, "periods")
		return period{}, j + n - i // the last years
	}
	if ok && r.relativeUnit(j) {
		e, n := phrase.Find(r.words, j, "period")
		if p, fine := r.periodShift(e.Value, shift); fine {
			return p, j + n - i
		}
		return period{}, 0
	}
	if r.language == "en" && r.sign(i, "a", "an") {
		e, n := phrase.Find(r.words, i+1, "period")
		if _, m := phrase.Find(r.words, i+1+n, "ago"); n > 0 && m > 0 {
			return r.shift(e.Value, -1), 1 + n + m
		}
	}
	e, n := phrase.Find(r.words, i, "period")
	if n == 0 {
		return period{}, 0
	}
	if m, shift, ok := r.relationAfter(i + n); ok {
		if p, fine := r.periodShift(e.Value, shift); fine {
			return p, n + m
		}
	}
	if _, m := phrase.Find(r.words, i+n, "ago"); m > 0 && r.is(i, "once") {
		return r.shift(e.Value, -1), n + m // рік тому
	}
	return period{}, 0
}

func (r *reader) relativeUnit(j int) bool { return r.is(j, "period") }

// agoAt reads "three years ago", "vor drei Jahren", "il y a trois ans", "in drei Tagen".
func (r *reader) agoAt(i int) (period, int) {
	sign, j := 0, i
	if _, n := phrase.Find(r.words, i, "agobefore"); n > 0 {
		sign, j = -1, i+n
	} else if _, n := phrase.Find(r.words, i, "in"); n > 0 && r.language != "en" {
		sign, j = 1, i+n
	}
	j, _ = r.modifiersAt(j)
	count, n, _ := r.numberAt(j)
	if n == 0 {
		if _, m := phrase.Find(r.words, j, "part"); m > 0 && sign != 0 {
			count, n = exactly(1), m
		}
	}
	unit, m := phrase.Find(r.words, j+n, "period", "periods")
	if n == 0 || m == 0 || count.unit != "" || count.value > 1e4 {
		return period{}, 0
	}
	end := j + n + m
	if sign == 0 {
		_, k := phrase.Find(r.words, end, "ago")
		if k == 0 {
			return period{}, 0
		}
		sign, end = -1, end+k
	}
	if count.value != float64(int(count.value)) || count.vague {
		return period{}, end - i
	}
	return r.shift(unit.Value, sign*int(count.value)), end - i
}

// decadeAt reads 1990s, 1990-х, 1990er.
func (r *reader) decadeAt(i int) (period, int) {
	y, ok := r.digits(i)
	if ok && y%10 == 0 && len(r.words[i].Low) == 2 && y >= 20 && r.sign(i-1, "années", "años", "lat", "latach", "lata") {
		n := 1
		if r.sign(i+1, ".") && r.gluedTo(i+1) && r.language == "pl" {
			n = 2
		}
		return period{date{1900 + y, 1, 1}, date{1909 + y, 12, 31}}, n
	}
	if !ok || y%10 != 0 || len(r.words[i].Low) != 4 || y < 1000 || y > 2190 {
		return period{}, 0
	}
	j := i + 1
	if r.sign(j, "-", "‑", "'", "’") && r.gluedTo(j) {
		j++
	}
	if !r.gluedTo(j) || !r.is(j, "decade") {
		return period{}, 0
	}
	return period{date{y, 1, 1}, date{y + 9, 12, 31}}, r.yearWord(j+1) - i
}

// yearAt reads a year: 2014 after a word that leads to one, before "року", in brackets, or 2013–2014.
func (r *reader) yearAt(i int) (period, int) {
	y, ok := r.bareYear(i)
	if !ok {
		return period{}, 0
	}
	last, j := y, i+1
	if r.sign(j, "-", "–", "—", "/") {
		if z, ok := r.bareYear2(j + 1); ok && z > y {
			last, j = z, j+2
		} else if z, ok := r.digits(j + 1); ok && len(r.words[j+1].Low) == 2 && z == (y+1)%100 && r.gluedTo(j) {
			last, j = y+1, j+2
		}
	}
	end := r.yearWord(j)
	ranged := last > y
	if !ranged && end == j && !r.leadsToYear(i) && !r.enclosed(i, j) && !r.looksLikeYear(y, i, j) {
		return period{}, 0
	}
	if !ranged && end == j && (r.countsThings(y, j) || y%100 == 0 && r.tollBefore(i)) {
		return period{}, 0
	}
	return period{date{y, 1, 1}, date{last, 12, 31}}, end - i
}

func (r *reader) bareYear(i int) (int, bool) {
	y, ok := r.bareYear2(i)
	return y, ok && (!r.gluedTo(i) || r.sign(i-1, "(", "[", "«", "\"", "“", "„", "/", "'", "’"))
}

func (r *reader) bareYear2(i int) (int, bool) {
	y, ok := r.digits(i)
	if !ok || len(r.words[i].Low) != 4 || y < 1000 || y > 2199 {
		return 0, false
	}
	j := i + 1
	if j < len(r.words) && !r.words[j].Space {
		next := r.words[j]
		if next.Sort != phrase.Sign || next.Low == "%" || currencySign(next.Low) != "" {
			return 0, false
		}
		joined := j+1 < len(r.words) && !r.words[j+1].Space && r.words[j+1].Sort == phrase.Digits
		if joined && next.Low != "-" && next.Low != "–" && next.Low != "/" {
			return 0, false
		}
	}
	return y, true
}

// leadsToYear reports a preposition or noun before a year: "in 2014", "the year 2014".
func (r *reader) leadsToYear(i int) bool {
	if i == 0 {
		return false
	}
	for n := 1; n <= 2 && i-n >= 0; n++ {
		if _, length := phrase.Find(r.words, i-n, "yearprep", "yearword"); length == n {
			return true
		}
	}
	return false
}

func (r *reader) enclosed(i, j int) bool {
	return r.sign(i-1, "(") && r.sign(j, ")", ",", "–", "-")
}

// looksLikeYear reports a number of these days that stands before no word that it could count.
func (r *reader) looksLikeYear(y, i, j int) bool {
	return y >= 1900 && y < 2100 && !r.is(j, "unit", "scale", "percent", "money", "of") && !r.sign(j, "%") && !r.countsThings(y, j) &&
		!r.modified(i) && (y%100 != 0 || !r.counts(j))
}

func (r *reader) modified(i int) bool {
	ends, _ := r.endsIn(i, "mod")
	return ends
}

// countsThings reports whether a round number is a count after all: "2000 people".
func (r *reader) countsThings(y, j int) bool {
	if r.is(j, "unit", "scale", "percent", "money") || r.sign(j, "%") {
		return true
	}
	if y%100 != 0 || !r.counts(j) || !lowerAt(r.text, r.words[j].Start) && r.language != "de" {
		return false
	}
	t := r.tokenAt(r.words[j].Start)
	return t >= 0 && r.a.Tokens[t].UPOS == "NOUN" || t < 0 && r.language != "en"
}

func (r *reader) tollBefore(i int) bool {
	of, _ := r.tolled(i)
	return of != ""
}
