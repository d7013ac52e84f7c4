package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/romanize"
)

// word is a token with what names are told by.
type word struct {
	hearsay.Span
	form, fold string
	lemma      string
	upos       string
	cas        string // value of Case
	gender     string // value of Gender
	nameType   string // value of NameType: Geo, Giv, Sur, Oth
	plural     bool

	letters bool // begins with a letter
	upper   bool // begins with a capital
	caps    bool // two capitals or more and no small letter
	initial bool // begins a sentence or what stands like one
	shouted bool // in a stretch where capitals say nothing
	glued   bool // no white space before it
	name    bool // may be part of a name
}

// reader holds a document while its names are found.
type reader struct {
	a     *hearsay.Analysis
	g     *gazetteer
	model *Model // nil for rules alone
	lang  string
	text  string

	words  []word
	lower  map[string]int // how often a folded form stands in small letters
	middle map[string]int // how often with a capital where a small letter could stand

	names    []name
	starting map[int]int  // first token -> name
	ending   map[int]int  // last token -> name of several words
	borne    map[int]bool // tokens of roles that a name has

	namesakes map[string]bool   // words for days and months that are somebody's name in the document
	kinds     map[string]string // memo of kindOf
	roles     map[string]role   // memo of roles of one word

	demonyms map[string]string // memo of demonymCode
	long     map[string][]role // memo of the roles of several words by their first
}

func newReader(a *hearsay.Analysis) *reader {
	r := &reader{
		a: a, g: names(), model: embedded(), lang: a.Document.Language, text: a.Document.Text,
		words: make([]word, len(a.Tokens)), lower: map[string]int{}, middle: map[string]int{},
		kinds: map[string]string{}, roles: map[string]role{}, demonyms: map[string]string{}, long: map[string][]role{},
		borne: map[int]bool{}, namesakes: map[string]bool{},
	}
	for i := range a.Tokens {
		r.words[i] = newWord(&a.Tokens[i])
		r.words[i].glued = i > 0 && a.Tokens[i-1].End == a.Tokens[i].Start
	}
	for s := range a.Sentences {
		r.markInitial(&a.Sentences[s])
	}
	for i := range r.words {
		switch w := &r.words[i]; {
		case !w.letters || w.shouted:
		case !w.upper:
			r.lower[w.fold]++
		case !w.initial:
			r.middle[w.fold]++
		}
	}
	for i := range r.words {
		if w := &r.words[i]; calendar[r.lang][w.fold] && r.afterPersonal(i) {
			r.namesakes[w.fold] = true
		}
	}
	return r
}

// afterPersonal reports whether a capitalised word follows a given name or a form of address.
func (r *reader) afterPersonal(i int) bool {
	if i == 0 || !r.words[i].upper || r.words[i].glued || !r.words[i-1].upper {
		return false
	}
	b := strings.TrimSuffix(r.words[i-1].fold, ".")
	if b == "" && i > 1 {
		b = r.words[i-2].fold // "Mrs."
	}
	_, given := r.g.given[b]
	return given || courtesies[b]
}

// courtesies are forms of address that stand before a surname.
var courtesies = set("mr", "mrs", "ms", "miss", "sir", "dr", "herr", "frau", "mme", "monsieur", "madame", "señora", "señor", "sra", "sr",
	"пан", "пані", "містер", "міс", "місіс", "господин", "госпожа", "мистер", "мисс", "миссис", "г-н", "г-жа", "спадар", "спадарыня", "містэр", "pan", "pani", "panna")

func newWord(t *hearsay.Token) word {
	w := word{Span: t.Span, form: t.Form, fold: unpossessed("en", romanize.Fold(t.Form)), upos: t.UPOS, lemma: t.Lemma}
	first, _ := utf8.DecodeRuneInString(t.Form)
	w.letters = unicode.IsLetter(first)
	w.upper = unicode.IsUpper(first) || arabicArticle(t.Form)
	capitals, small := 0, 0
	for _, c := range t.Form {
		switch {
		case unicode.IsUpper(c):
			capitals++
		case unicode.IsLower(c):
			small++
		}
	}
	w.caps = capitals >= 2 && small == 0
	for f := range strings.SplitSeq(t.Feats, "|") {
		switch k, v, _ := strings.Cut(f, "="); k {
		case "Case":
			w.cas = v
		case "Gender":
			w.gender = v
		case "NameType":
			w.nameType = v
		case "Number":
			w.plural = v == "Plur"
		}
	}
	return w
}

// arabicArticle reports whether a word is a name behind an article that is written small: al-Bahri.
func arabicArticle(form string) bool {
	article, rest, ok := strings.Cut(form, "-")
	first, _ := utf8.DecodeRuneInString(rest)
	return ok && unicode.IsUpper(first) && articleOf[article]
}

var articleOf = set("al", "el", "ad", "ar", "as", "at", "az", "ash", "аль", "ель", "эль", "ад", "ар", "ас", "ат", "аш")

// markInitial marks the words of a sentence whose capital may be due to their place, and
// headlines where all words have one.
func (r *reader) markInitial(s *hearsay.Sentence) {
	start := true
	long, capital, shouting := 0, 0, 0
	for i := s.First; i < s.Last; i++ {
		w := &r.words[i]
		if w.letters {
			w.initial = start
			start = false
			if len(w.fold) > 3 {
				long++
				if w.upper {
					capital++
				}
				if w.caps {
					shouting++
				}
			}
			continue
		}
		switch w.form {
		case "“", "„", "«", "»", "”", "\"", "‘", "'", ":", "–", "—", "-", "(", "•", "…", "..", "...", "|", "›", "‹":
			start = start || w.form == ":" || !isDash(w.form) && !w.glued || isDash(w.form) && i == s.First
		case ".", "?", "!":
			start = true
		}
	}
	// A headline in title case has no full stop.
	titled := long >= 4 && capital*10 >= long*8 && r.words[s.Last-1].form != "."
	if titled || long >= 3 && shouting*10 >= long*7 {
		for i := s.First; i < s.Last; i++ {
			r.words[i].shouted = true
		}
	}
}

func isDash(s string) bool { return s == "-" || s == "–" || s == "—" }

// isName says whether a word may be part of a name, judged alone.
func (r *reader) isName(i int) bool {
	w := &r.words[i]
	if !w.letters || !w.upper || everNever[w.fold] || elided(w.form) {
		return false
	}
	if never[r.lang][w.fold] {
		return r.namesake(i)
	}
	_, given := r.g.given[w.fold]
	if r.demonymCode(w.fold) != "" && r.lang != "fr" && (!given || w.upos != "PROPN" && w.upos != "") {
		if _, isPlace := r.g.place(r.lang, w.fold); !isPlace {
			return r.insideName(i)
		}
	}
	if utf8.RuneCountInString(w.form) == 1 {
		return i+1 < len(r.words) && r.words[i+1].form == "."
	}
	switch {
	case r.bracketed(i):
		return true
	case w.upos == "PROPN":
		return !w.shouted || r.known(w)
	case w.upos != "" && r.lang == "de":
		return r.middleName(w)
	case w.shouted:
		return r.known(w)
	case w.upos == "":
		return r.isNameByForm(w)
	case w.upos == "PRON" || w.upos == "DET" || w.upos == "ADP" || w.upos == "AUX" || w.upos == "CCONJ" || w.upos == "SCONJ" || w.upos == "NUM" || w.upos == "INTJ" || w.upos == "PART":
		return false
	case w.initial:
		if r.strong(w) {
			return true
		}
		return r.known(w) && (w.upos == "NOUN" || w.upos == "X" || w.upos == "ADJ" || r.middle[w.fold] > 0)
	}
	return w.upos != "VERB" && w.upos != "ADV" || r.middle[w.fold] > 1 || r.lower[w.fold] == 0
}

const bracketReach = 6 // words from an institution to its acronym

// bracketed reports an acronym in brackets behind the name of an institution, whatever its tag: «Інститут доріг (ІД)».
func (r *reader) bracketed(i int) bool {
	if w := &r.words[i]; !w.caps || i == 0 || i+1 >= len(r.words) || r.words[i-1].form != "(" || r.words[i+1].form != ")" {
		return false
	}
	for k := i - 2; k >= 0 && k >= i-1-bracketReach && r.words[k].letters; k-- {
		if r.words[k].upper && r.kindOf(r.words[k].fold) != "" {
			return true
		}
	}
	return false
}

// namesake reports whether a word that usually is none stands as a name or in one: "Theresa May",
// "the Sunday Times", "New Harvo".
func (r *reader) namesake(i int) bool {
	w := &r.words[i]
	switch {
	case calendar[r.lang][w.fold] && r.afterPersonal(i):
		return true
	case r.namesakes[w.fold]:
		return r.actsAsName(i)
	case r.lang != "en" || w.shouted || !calendar["en"][w.fold] && !openers[w.fold]:
		return false
	}
	head := r.a.Tokens[i].Head
	if head <= i || head > i+3 || !joinedRelation(r.a.Tokens[i].Rel) {
		return false
	}
	if months[w.fold] && r.kindOf(r.words[head].fold) == "" {
		return false // "in November Karla said"
	}
	for k := i + 1; k <= head; k++ {
		v := &r.words[k]
		if _, n := r.roleAt([]string{v.fold}); n > 0 || !v.upper || v.upos != "PROPN" || r.demonymCode(v.fold) != "" || r.g.listed("en", v.fold) {
			return false
		}
	}
	return true
}

// actsAsName reports whether a day or month that is also somebody's surname in the document is the
// surname here: it has a verb behind it and no preposition before it.
func (r *reader) actsAsName(i int) bool {
	w := &r.words[i]
	if i > 0 && (r.words[i-1].upos == "ADP" || r.words[i-1].upos == "NUM") || i+1 >= len(r.words) {
		return false
	}
	next := &r.words[i+1]
	return w.upos == "PROPN" && next.upos != "NUM" || w.initial && (next.upos == "VERB" || next.upos == "AUX")
}

func joinedRelation(rel string) bool {
	return rel == "compound" || rel == "amod" || rel == "nmod" || strings.HasPrefix(rel, "flat")
}

var months = set(strings.Fields("january february march april may june july august september october november december")...)

// openers are adjectives that are parts of names: "New Harvo", "the First Bank".
var openers = set("new", "old", "first", "second", "western")

// elided reports whether a form is a French function word before an apostrophe, with what follows it:
// "C'", "Lorsqu'elle"; but "L'Écho" may be a name.
func elided(form string) bool {
	i := strings.IndexAny(form, "'’")
	if i < 1 {
		return false
	}
	rest := strings.TrimLeft(form[i:], "'’")
	first, _ := utf8.DecodeRuneInString(rest)
	return elisions[romanize.Fold(form[:i])] && !unicode.IsUpper(first)
}

var elisions = set("c", "d", "j", "l", "m", "n", "s", "t", "qu", "lorsqu", "puisqu", "quoiqu", "jusqu", "quelqu", "presqu", "aujourd")

// middleName tells a name from a German noun.
func (r *reader) middleName(w *word) bool {
	if _, ok := r.g.place(r.lang, w.fold); ok {
		return true
	}
	_, given := r.g.given[w.fold]
	return w.caps || w.upos == "X" || given && !w.initial && r.lower[w.fold] == 0 && w.upos == "NOUN"
}

func (r *reader) isNameByForm(w *word) bool {
	if r.lang == "de" {
		_, given := r.g.given[w.fold]
		return given && !w.initial || w.caps || r.middleName(w)
	}
	if !w.initial {
		return true
	}
	return r.known(w) || w.caps && len(w.form) > 1
}

// insideName reports whether the words around make a demonym part of a longer name: "American
// Civil Liberties Union".
func (r *reader) insideName(i int) bool {
	if r.lang != "en" || i+1 >= len(r.words) {
		return false
	}
	for k := i + 1; k < len(r.words) && k < i+6; k++ {
		w := &r.words[k]
		if !w.letters || !w.upper || w.shouted {
			return false
		}
		if _, n := r.roleAt([]string{w.fold}); n > 0 {
			return false
		}
		if r.kindOf(w.fold) != "" {
			return true
		}
	}
	return false
}

// strong reports whether a word is a name whatever its tag: it stands in the tables or inside
// sentences with a capital, and nowhere without.
func (r *reader) strong(w *word) bool {
	if r.lower[w.fold] > 0 || r.lang == "de" {
		return false
	}
	if r.middle[w.fold] > 0 {
		return true
	}
	_, given := r.g.given[w.fold]
	return given
}

// known reports whether a word is a name by what else the document or the tables say.
func (r *reader) known(w *word) bool {
	if r.middle[w.fold] > 0 && r.lower[w.fold] == 0 {
		return true
	}
	if r.lower[w.fold] > 0 {
		return false
	}
	if _, ok := r.g.place(r.lang, w.fold); ok {
		return true
	}
	if w.upos == "" || w.upos == "PROPN" {
		if _, ok := r.g.givenGender(r.lang, w.fold); ok {
			return true
		}
	} else if r.g.listed(r.lang, w.fold) {
		return true
	}
	for f := range r.variants(w.fold) {
		if r.middle[f] > 0 {
			return true
		}
	}
	return false
}

// variants are forms in the document's middle that may be the same inflected name.
func (r *reader) variants(fold string) map[string]bool {
	if !slavic(r.lang) {
		return nil
	}
	out := map[string]bool{}
	for _, s := range stems(r.lang, fold) {
		if len([]rune(s)) < 3 {
			continue
		}
		for _, e := range append(endingsOf[r.lang], "") {
			if _, ok := r.middle[s+e]; ok {
				out[s+e] = true
			}
		}
	}
	return out
}

// calendar are the words for days and months that never have.
var calendar = map[string]map[string]bool{
	"en": set(strings.Fields(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
		september october november december`)...),
	"de": set(strings.Fields(`montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august
		september oktober november dezember`)...),
	"fr": set("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
	"es": set("domingo", "abril", "mayo", "julio", "agosto"),
}

// everNever are words with a capital that are no names in any language.
var everNever = set("i", "ok", "covid", "vip", "pr", "tv", "dna", "gps", "suv", "dvd", "hiv", "am", "ams", "pm", "gmt", "est", "edt")

// never are words with a capital that are no names: days, months, and what often opens a sentence.
var never = map[string]map[string]bool{
	"en": set(strings.Fields(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
		september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec
		the a an and but or if when while as in on at by for with from to of that this these those it he she they we you his her their
		our my your its there here what who why how where which after before since because although though however meanwhile also
		both all some many most more no not yes so then now still yet even just only according following despite during until
		one two three four five six seven eight nine ten first second another other each every such last next than i'm it's he's she's
		english internet christmas easter new old former late then-  earlier later instead perhaps maybe once under over into about
		asked speaking recall thank thanks please see read watch photo image related christian muslim muslims christians jewish jews catholic islam western`)...),
	"uk": set(strings.Fields(`в у на з із зі до від за про по при через для без над під між та і й але а що це як якщо коли де хто він вона вони ми ви я
		його її їх наш ваш мій свій цей ця ці той та те такий так ні не також тим тому проте однак втім водночас раніше нагадаємо
		за після перед серед щодо згідно відповідно крім окрім зокрема фото відео джерело читайте понеділок січень один два три`)...),
	"ru": set(strings.Fields(`в во на с со из к ко от до за о об по при через для без над под между и но а что это как если когда где кто он она они мы вы я
		его её ее их наш ваш мой свой этот эта эти тот та те такой так нет не также тем поэтому однако впрочем ранее напомним
		после перед среди согласно кроме фото видео источник читайте все всё один два три`)...),
	"be": set(strings.Fields(`у ў на з са да ад за аб пра па пры праз для без над пад паміж і й але а што гэта як калі дзе хто ён яна яны мы вы я
		яго яе іх наш ваш мой свой гэты гэтая гэтыя той тая так не таксама таму аднак раней пасля перад сярод паводле акрамя фота адзін два тры`)...),
	"pl": set(strings.Fields(`w we na z ze do od za o po przy przez dla bez nad pod między i a ale lub że to jak jeśli kiedy gdy gdzie kto on ona oni my wy ja
		jego jej ich nasz wasz mój swój ten ta te tak nie także też jednak natomiast tymczasem wcześniej zdaniem według po przed wśród oprócz fot
		poniedziałek jeden dwa trzy`)...),
	"de": set(strings.Fields(`der die das den dem des ein eine einer eines einem einen und aber oder wenn als wie in im an am auf aus bei mit nach von vom zu zum zur
		für über unter vor durch ohne um er sie es wir ihr ich sein seine ihre unser mein dein dieser diese dieses jener auch nur noch schon
		so dann nun jetzt doch jedoch während nachdem bevor weil da dass laut montag dienstag mittwoch donnerstag freitag samstag sonntag
		januar februar märz april mai juni juli august september oktober november dezember herr frau uhr foto`)...),
	"fr": set(strings.Fields(`le la les l un une des du de d et mais ou si quand comme dans en au aux à par pour avec sans sur sous il elle ils elles nous vous je on
		son sa ses leur leurs notre votre mon ce cet cette ces qui que quoi où après avant depuis selon pendant cependant toutefois ainsi
		lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre`)...),
	"es": set(strings.Fields(`el la los las lo un una unos unas y e pero o si cuando como en a al de del por para con sin sobre bajo él ella ellos ellas nosotros
		yo su sus nuestro mi este esta estos estas ese esa aquel que quien donde después antes desde según durante sin embargo así también
		lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre`)...),
}

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[romanize.Fold(w)] = true
	}
	return m
}

// kindOf is the kind of organisation that a folded word names, in the document's language or, in
// Latin letters, in English.
func (r *reader) kindOf(fold string) string {
	k, ok := r.kinds[fold]
	if !ok {
		k = r.g.kindOf(r.lang, fold)
		if rest, short := strings.CutPrefix(fold, "ў"); k == "" && short {
			k = r.g.kindOf(r.lang, "у"+rest)
		}
		if k == "" && r.lang != "en" && !romanize.HasCyrillic(fold) && len(fold) > 3 {
			k = r.g.kindOf("en", fold)
		}
		r.kinds[fold] = k
	}
	return k
}

// roleAt finds the longest role that begins at the folded words, and how many words it has.
func (r *reader) roleAt(words []string) (role, int) {
	if len(words) == 0 {
		return role{}, 0
	}
	one, ok := r.roles[words[0]]
	if !ok {
		one, _ = r.g.roleAt(r.lang, words[:1])
		r.roles[words[0]] = one
	}
	if len(words) > 1 {
		long, ok := r.long[words[0]]
		if !ok {
			long = r.g.longRoles(r.lang, words[0])
			r.long[words[0]] = long
		}
		if many, n := longestRole(r.lang, long, words); n > 0 {
			return many, n
		}
	}
	return one, one.words
}

func (r *reader) demonymCode(fold string) string {
	c, ok := r.demonyms[fold]
	if !ok {
		c = r.g.demonymCode(r.lang, fold)
		r.demonyms[fold] = c
	}
	return c
}
