package language

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// Limits of the search for readings.
const (
	beamWidth   = 48
	longestWord = 40   // letters; longer words are left alone
	poorFit     = -3.1 // mean log probability of a letter below which no unknown reading is believed
)

// Repairs finds the words of text that are written with letters of another script and gives what
// they stand for. Where a letter may stand for several (n for п, r for г, u for и), the spelling of
// lang decides. known, which may be nil, tells words of the language that the model has not seen.
// Honest mixtures (brand names with endings, acronyms, units, model numbers) are left alone.
// Spans are byte offsets into text, in order.
func Repairs(text, lang string, known func(word string) bool) []hearsay.Repair {
	if pure(text, alphabets[lang] != "") {
		return nil
	}
	r := newRepairer(lang, known)
	words := splitWords(text)
	var out []hearsay.Repair
	hand := 0
	for i := range words {
		w := &words[i]
		if !w.mixed() && w.invisible == 0 {
			continue
		}
		to, how := r.mendOnce(w)
		if to == "" || to == w.text {
			continue
		}
		w.mended = true
		if how["hand"] {
			hand++
		}
		out = append(out, hearsay.Repair{Span: w.span, To: to, Why: why(w.text, to)})
	}
	whole := len(out)
	for i := range words {
		if to := r.replaceWhole(words, i, whole > 0, hand > 1); to != "" {
			out = append(out, hearsay.Repair{Span: words[i].span, To: to, Why: why(words[i].text, to)})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// pure reports whether a text has nothing that could be repaired: letters of its language's script
// alone, no digit in a Cyrillic text, nothing invisible.
func pure(text string, cyrillic bool) bool {
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if cyrillic && wordRune(r) {
				return false
			}
		case isInvisible(r), unicode.Is(unicode.Greek, r), unicode.Is(unicode.Cyrillic, r) != cyrillic && unicode.IsLetter(r):
			return false
		}
	}
	return true
}

// word is a run of letters, marks and digits.
type word struct {
	span                          hearsay.Span
	text                          string
	latin, cyrillic, greek, digit int
	invisible                     int
	address                       bool // inside a web or mail address
	loose                         bool // white space or a quotation mark on both sides
	mended                        bool
}

func (w *word) mixed() bool {
	n := 0
	for _, count := range []int{w.latin, w.cyrillic, w.greek} {
		if count > 0 {
			n++
		}
	}
	return !w.address && (n > 1 || w.cyrillic > 1 && w.digit > 0)
}

// splitWords gives the words of text that hold a letter.
func splitWords(text string) []word {
	var out []word
	address, chunk := false, 0
	for i := 0; i < len(text); {
		if i >= chunk {
			chunk = i + strings.IndexFunc(text[i:], unicode.IsSpace)
			if chunk < i {
				chunk = len(text)
			}
			address = isAddress(text[i:chunk])
			if chunk == i {
				chunk++
			}
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if !wordRune(r) {
			i += n
			continue
		}
		w := word{address: address}
		start := i
		for i < len(text) {
			r, n = utf8.DecodeRuneInString(text[i:])
			if !wordRune(r) && !isInvisible(r) && !(isApostrophe(r) && letterAfter(text[i+n:])) {
				break
			}
			w.add(r)
			i += n
		}
		for text[start:i] != "" {
			r, n = utf8.DecodeLastRuneInString(text[start:i])
			if !isInvisible(r) {
				break
			}
			w.invisible--
			i -= n
		}
		if w.latin+w.cyrillic+w.greek > 0 {
			w.span, w.text = hearsay.Span{Start: start, End: i}, text[start:i]
			w.loose = looseBefore(text[:start]) && looseAfter(text[i:])
			out = append(out, w)
		}
	}
	return out
}

func (w *word) add(r rune) {
	switch {
	case isInvisible(r):
		w.invisible++
	case unicode.IsDigit(r):
		w.digit++
	case unicode.Is(unicode.Latin, r):
		w.latin++
	case unicode.Is(unicode.Cyrillic, r):
		w.cyrillic++
	case unicode.Is(unicode.Greek, r):
		w.greek++
	}
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || unicode.IsDigit(r)
}

func letterAfter(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLetter(r)
}

func isAddress(chunk string) bool {
	return strings.Contains(chunk, "://") || strings.ContainsAny(chunk, "@_") || strings.HasPrefix(chunk, "www.")
}

func looseBefore(before string) bool {
	r, n := utf8.DecodeLastRuneInString(before)
	return n == 0 || unicode.IsSpace(r) || strings.ContainsRune(`«»„“”"(‘—–`, r)
}

func looseAfter(after string) bool {
	r, n := utf8.DecodeRuneInString(after)
	return n == 0 || unicode.IsSpace(r) || strings.ContainsRune(`«»„“”".,;:!?’—–…`, r)
}

// repairer reads words under one language.
type repairer struct {
	lang     string
	alphabet string // "" for languages in Latin script
	speller  *speller
	known    func(string) bool
	seen     map[string]mended // words mended before
}

type mended struct {
	to  string
	how map[string]bool
}

// mendOnce is mend with a memory: a text says the same words again.
func (r *repairer) mendOnce(w *word) (string, map[string]bool) {
	if w.address {
		return "", nil
	}
	m, ok := r.seen[w.text]
	if !ok {
		m.to, m.how = r.mend(w)
		r.seen[w.text] = m
	}
	return m.to, m.how
}

func newRepairer(lang string, known func(string) bool) *repairer {
	r := &repairer{lang: lang, alphabet: alphabets[lang], known: known, seen: map[string]mended{}}
	if m, err := loaded(); err == nil {
		r.speller = m.speller(lang)
	}
	return r
}

func (r *repairer) knows(word string) bool {
	return r.speller != nil && r.speller.knows(word) || r.known != nil && r.known(word)
}

// mend gives the reading of a word that mixes scripts, "" to leave it.
func (r *repairer) mend(w *word) (string, map[string]bool) {
	text := strings.Map(dropInvisible, w.text)
	if !w.mixed() {
		return text, nil
	}
	if utf8.RuneCountInString(text) > longestWord {
		return "", nil
	}
	if r.alphabet == "" {
		return r.mendLatin(w, text)
	}
	if w.latin+w.greek == 0 {
		return r.mendDigits(text)
	}
	if w.digit > 0 && !digitsInside(text) {
		return "", nil
	}
	best, ok := r.read(text)
	if ok && r.believes(text, best) {
		return best.text(), best.how
	}
	if w.latin > 2*w.cyrillic && !honest(text) {
		return toLatin(text), map[string]bool{"print": true}
	}
	return "", nil
}

func dropInvisible(r rune) rune {
	if isInvisible(r) {
		return -1
	}
	return r
}

// mendLatin reads a mixed word in a text of a language written in Latin letters.
func (r *repairer) mendLatin(w *word, text string) (string, map[string]bool) {
	if w.latin == 0 && w.greek == 0 || w.digit > 0 {
		return "", nil
	}
	how := map[string]bool{"print": true}
	if to := toLatin(text); to != "" {
		return to, how
	}
	if w.cyrillic <= w.latin {
		return "", nil
	}
	return toCyrillic(text), how
}

// mendDigits reads digits inside a Cyrillic word as letters, where only that makes a known word.
func (r *repairer) mendDigits(text string) (string, map[string]bool) {
	if !digitsInside(text) {
		return "", nil
	}
	best, ok := r.read(text)
	if !ok || !best.known {
		return "", nil
	}
	return best.text(), best.how
}

// digitsInside reports whether digits stand alone among letters and not at the word's start ("3-й",
// "2023й"), but for a three before lower-case letters.
func digitsInside(text string) bool {
	rs := []rune(text)
	for i, c := range rs {
		if !unicode.IsDigit(c) {
			continue
		}
		if i+1 >= len(rs) || unicode.IsDigit(rs[i+1]) || i == 0 && (c != '3' && c != '0') {
			return false
		}
	}
	return true
}

// candidate is a reading in the making.
type candidate struct {
	runes []rune
	score float64
	how   map[string]bool
	known bool
	fit   float64
}

func (c candidate) text() string { return string(c.runes) }

// read finds the reading of text in r's alphabet that the spelling of the language supports most,
// words that are known before others.
func (r *repairer) read(text string) (candidate, bool) {
	beam := []candidate{{}}
	for _, c := range text {
		options := r.options(c)
		if len(options) == 0 {
			return candidate{}, false
		}
		var next []candidate
		for _, b := range beam {
			for _, o := range options {
				next = append(next, r.extend(b, o))
			}
		}
		sort.SliceStable(next, func(i, j int) bool { return next[i].score > next[j].score })
		beam = next[:min(len(next), beamWidth)]
	}
	for i := range beam {
		beam[i].score += r.next(beam[i].runes, ' ')
	}
	sort.SliceStable(beam, func(i, j int) bool { return beam[i].score > beam[j].score })
	best := beam[0]
	for _, b := range beam {
		if r.knows(b.text()) {
			best, best.known = b, true
			break
		}
	}
	if r.speller != nil {
		best.fit = r.speller.fit(best.text())
	}
	return best, true
}

func (r *repairer) extend(b candidate, o reading) candidate {
	c := candidate{
		runes: append(append(make([]rune, 0, len(b.runes)+1), b.runes...), o.to),
		score: b.score + r.next(b.runes, o.to) - o.cost,
		how:   b.how,
	}
	if o.how != "" && !b.how[o.how] {
		c.how = map[string]bool{o.how: true}
		for k := range b.how {
			c.how[k] = true
		}
	}
	return c
}

func (r *repairer) next(before []rune, to rune) float64 {
	if r.speller == nil {
		return 0
	}
	history := append([]rune{' '}, lower(before)...)
	return r.speller.next(history[max(0, len(history)-spellOrder+1):], unicode.ToLower(to))
}

// options are what a letter may stand for in r's alphabet; a letter of it stands for itself.
func (r *repairer) options(c rune) []reading {
	if unicode.Is(unicode.Cyrillic, c) || isApostrophe(c) || unicode.Is(unicode.Mn, c) {
		return []reading{{to: c}}
	}
	var out []reading
	for _, o := range lookalikes()[c] {
		if strings.ContainsRune(r.alphabet, unicode.ToLower(o.to)) {
			out = append(out, o)
		}
	}
	return out
}

// believes decides whether a reading is likelier than an honest mixture.
func (r *repairer) believes(text string, c candidate) bool {
	switch {
	case c.known:
		return true
	case honest(text):
		return disguised(text, c)
	case !c.how["hand"] && !c.how["digit"] && !c.how["accent"] && utf8.RuneCountInString(text) > 2:
		return true
	}
	return c.fit >= poorFit
}

// honest reports whether a word looks like a foreign name or acronym with an ending of the
// language ("SMSками", "COVIDом"), or a prefix before one ("антиNATO").
func honest(text string) bool {
	var runs []int // letters in each run of one script, negative for Cyrillic
	last := rune(0)
	for _, c := range text {
		script := 'l'
		if unicode.Is(unicode.Cyrillic, c) {
			script = 'c'
		}
		if script != last {
			runs = append(runs, 0)
			last = script
		}
		if script == 'c' {
			runs[len(runs)-1]--
		} else {
			runs[len(runs)-1]++
		}
	}
	if len(runs) != 2 {
		return false
	}
	return runs[0] >= 2 && runs[1] < 0 && -runs[1] <= 4 || runs[0] <= -3 && runs[1] >= 3
}

// caseEndings are what foreign names take on in Cyrillic text, and words made of them.
var caseEndings = map[string]bool{
	"а": true, "у": true, "ю": true, "я": true, "е": true, "і": true, "и": true, "ы": true, "о": true, "ом": true, "ем": true, "ою": true, "єю": true, "ой": true,
	"ей": true, "ам": true, "ями": true, "ами": true, "ах": true, "ях": true, "ів": true, "ов": true, "аў": true, "оў": true, "ові": true, "еві": true,
	"ик": true, "ник": true, "чик": true, "щик": true, "ка": true, "ки": true, "ку": true, "ши": true, "ша": true,
}

// disguised reports a foreign beginning that is no name with an ending of the language: not in
// capitals, each letter a double in print, and what follows no ending ("Ceлім").
func disguised(text string, c candidate) bool {
	if c.how["hand"] || c.how["digit"] || c.how["accent"] {
		return false
	}
	at := strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	return at > 0 && text[:at] != strings.ToUpper(text[:at]) && !caseEndings[text[at:]]
}

// toLatin reads a word in Latin letters by print look-alikes alone; "" where a letter has none.
func toLatin(text string) string { return convert(text, unicode.Latin) }

// toCyrillic reads a word in Cyrillic letters by print look-alikes alone.
func toCyrillic(text string) string { return convert(text, unicode.Cyrillic) }

func convert(text string, script *unicode.RangeTable) string {
	var b strings.Builder
	for _, c := range text {
		if unicode.Is(script, c) || !unicode.IsLetter(c) {
			b.WriteRune(c)
			continue
		}
		to := rune(0)
		for _, o := range lookalikes()[c] {
			if unicode.Is(script, o.to) && (o.how == "print" || o.how == "greek") {
				to = o.to
				break
			}
		}
		if to == 0 {
			return ""
		}
		b.WriteRune(to)
	}
	return b.String()
}

// replaceWhole reads a word wholly of another script that stands among words of the text's own
// script. obfuscated and handwriting say what else was found in the text.
func (r *repairer) replaceWhole(words []word, i int, obfuscated, handwriting bool) string {
	w := &words[i]
	if w.address || w.mended || w.digit > 0 || !w.loose || w.greek > 0 || w.latin > 0 == (w.cyrillic > 0) {
		return ""
	}
	if r.alphabet == "" {
		if w.cyrillic == 0 || !among(words, i, func(n *word) bool { return n.latin > 0 }) {
			return ""
		}
		to := toLatin(w.text)
		if to != "" && (r.known != nil && r.known(to) || singleLetter[r.lang+to]) {
			return to
		}
		return ""
	}
	if w.latin == 0 || !among(words, i, func(n *word) bool { return n.cyrillic > 0 }) {
		return ""
	}
	return r.readWhole(w, obfuscated, handwriting)
}

// among reports whether the words before and after, as far as there are any, are all own.
func among(words []word, i int, own func(*word) bool) bool {
	before := i == 0 || own(&words[i-1])
	after := i+1 == len(words) || own(&words[i+1])
	return before && after && len(words) > 1
}

// singleLetter are words of one letter, behind their language.
var singleLetter = map[string]bool{
	"ena": true, "enI": true, "pli": true, "plo": true, "pla": true, "esy": true, "esa": true, "eso": true, "ese": true, "fra": true,
	"uki": true, "uka": true, "uky": true, "uko": true, "rua": true, "ruc": true, "ruo": true, "ruy": true,
	"bei": true, "bea": true, "bey": true, "beo": true,
}

func (r *repairer) readWhole(w *word, obfuscated, handwriting bool) string {
	if w.latin == 1 {
		if !singleLetter[r.lang+w.text] {
			return ""
		}
		return toCyrillic(w.text)
	}
	capitals := strings.ToUpper(w.text) == w.text
	if isNumeralOrUnit(w.text) || capitals && !obfuscated {
		return ""
	}
	c, ok := r.read(w.text)
	switch {
	case !ok || !c.known:
		return ""
	case c.how["hand"] || c.how["digit"] || c.how["accent"]:
		if !handwriting || w.latin < 3 {
			return ""
		}
	}
	return c.text()
}

func isNumeralOrUnit(s string) bool {
	if strings.Trim(s, "IVXLCDM") == "" {
		return true
	}
	switch s {
	case "cm", "km", "mm", "pc", "px", "kcal", "oz", "ac", "hm", "am", "pm", "ex", "op", "et", "co":
		return true
	}
	return false
}

// why names the letters that were read.
func why(from, to string) string {
	a, b := []rune(strings.Map(dropInvisible, from)), []rune(to)
	var pairs []string
	for i := range min(len(a), len(b)) {
		pair := fmt.Sprintf("%s %c for %s %c", scriptName(a[i]), a[i], scriptName(b[i]), b[i])
		if a[i] != b[i] && !contains(pairs, pair) {
			pairs = append(pairs, pair)
		}
	}
	if len(pairs) == 0 {
		return "invisible characters inside the word"
	}
	return strings.Join(pairs, ", ")
}

func scriptName(r rune) string {
	switch {
	case unicode.Is(unicode.Latin, r):
		return "Latin"
	case unicode.Is(unicode.Cyrillic, r):
		return "Cyrillic"
	case unicode.Is(unicode.Greek, r):
		return "Greek"
	}
	return "digit"
}
