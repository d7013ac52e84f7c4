package mention

import (
	"strings"

	"hearsay"
	"hearsay/internal/romanize"
)

// findTitles adds the roles that stand before a name in small letters and after it in apposition:
// «ексголова розвідки Микола Маломуж», "Anna Berg, secretary of the council,".
func (r *reader) findTitles(n *name) {
	if r.placeIn(n.first, n.last+1) || r.kindOf(r.words[n.parts[0]].fold) != "" || r.words[n.parts[0]].caps {
		return
	}
	if len(n.titles) == 0 && !n.quoted {
		r.titleBefore(n)
	}
	r.titleAfter(n)
}

// titleReach is how many words may stand between a role and the name of who has it: "the spokeswoman
// of the government of Talmar, Mirela Tosk,".
const titleReach = 12

// titleBefore finds the role whose phrase ends in the name, over the genitives and places that belong
// to the role.
func (r *reader) titleBefore(n *name) {
	sent := &r.a.Sentences[n.sentence]
	if r.ownsNext(n) {
		return
	}
	i := n.first - 1
	if i >= sent.First && r.words[i].form == "," && r.closed(n, sent) {
		i--
	}
	if i < sent.First || r.binds(i) {
		return
	}
	for ; i >= sent.First && i >= n.first-titleReach; i-- {
		if at := r.appositionBefore(i); at >= sent.First {
			i = at
			continue
		}
		if !r.insidePhrase(i) {
			return
		}
		if t, k := r.personRoleAt(i, n.first); k > 0 && i+k <= n.first && !r.borne[i] && r.bearsRole(n, i) {
			r.borne[i] = true
			t.text = strings.TrimSuffix(strings.ToLower(hearsay.Span{Start: r.words[i].Start, End: r.words[n.first-1].End}.In(r.text)), ",")
			n.titles = append(n.titles, t)
			return
		}
	}
}

// ownsNext reports whether a name without a given name is followed by one that has it: in "director of
// Torvia John Holm" the role is the second's.
func (r *reader) ownsNext(n *name) bool {
	next := n.last + 1
	if len(n.parts) > 1 || next+1 >= len(r.words) || !r.words[next].name || !r.words[next+1].name || r.words[next].glued {
		return false
	}
	_, given := r.g.givenGender(r.lang, r.words[next].fold)
	return given && !r.g.listed(r.lang, r.words[n.first].fold)
}

// appositionBefore is where the role begins whose name stands behind the comma at i, -1 for none:
// in "daughter of the author, Michael Holm, Karen Holm" the author is passed over.
func (r *reader) appositionBefore(i int) int {
	if r.words[i].form != "," {
		return -1
	}
	k, ok := r.starting[i+1]
	if titles := r.names[k].titles; ok && len(titles) > 0 && titles[0].last < i {
		return titles[0].first
	}
	return -1
}

// closed reports whether a name behind a comma ends there as an apposition does.
func (r *reader) closed(n *name, sent *hearsay.Sentence) bool {
	if n.last+1 >= sent.Last {
		return true
	}
	switch r.words[n.last+1].form {
	case ",", ".", ":", "–", "—", ")", "”", "»", "“", "\"":
		return true
	}
	return false
}

// binds reports whether a word before a name makes it the object of a preposition or one of a list:
// "the son of Anna Berg" has no title.
func (r *reader) binds(i int) bool {
	switch w := &r.words[i]; w.upos {
	case "ADP", "CCONJ", "SCONJ":
		return true
	case "DET":
		return w.cas == "Gen" || i > 0 && r.words[i-1].upos == "ADP" // "el gerente del Torvia"
	case "":
		return stopsTitle[r.lang][w.fold] || !slavic(r.lang) && (placePrepositions[r.lang][w.fold] || connectors[r.lang][w.fold])
	}
	return false
}

// insidePhrase reports whether a word may stand between a role and a name.
func (r *reader) insidePhrase(i int) bool {
	w := &r.words[i]
	switch w.upos {
	case "NOUN", "PROPN", "ADJ", "ADP", "DET", "NUM", "PART", "CCONJ", "X":
		return w.upos != "PART" || possessive(w.form)
	case "PUNCT":
		return w.form == "-" || w.form == "«" || w.form == "»" || w.form == "“" || w.form == "”" || w.form == "\"" || w.form == "„"
	case "":
		return w.letters && (slavic(r.lang) || i == len(r.words)-1 || r.words[i+1].upper) && !stopsTitle[r.lang][w.fold]
	}
	return false
}

// personRoleAt reads the role of one person from the words at i: an office or a relation to somebody.
func (r *reader) personRoleAt(i, end int) (title, int) {
	if courtesies[strings.TrimSuffix(r.words[i].fold, ".")] {
		return r.roleOf(i, end, "title")
	}
	if r.words[i].plural || r.words[i].upos == "ADJ" || r.words[i].upos == "ADP" {
		return title{}, 0
	}
	return r.roleOf(i, end, "title", "person")
}

// bearsRole reports whether a name can be of the one whose role stands at i: «брат Анни Берг» is
// not Anna Berg.
func (r *reader) bearsRole(n *name, i int) bool {
	if !slavic(r.lang) || i != n.first-1 {
		return i == n.first-1 || len(n.parts) > 1
	}
	w, first := &r.words[i], &r.words[n.parts[0]]
	if w.cas == "" || first.cas != "Gen" || w.cas == "Gen" {
		return true
	}
	if _, listed := r.g.given[first.fold]; listed {
		return true // a nominative, whatever its tag
	}
	return !strings.HasPrefix(r.a.Tokens[n.parts[0]].Rel, "nmod")
}

// stopsTitle are words that no title goes over, for texts without tags.
var stopsTitle = map[string]map[string]bool{
	"uk": set("і", "й", "та", "а", "але", "що", "як", "у", "в", "на", "про", "від", "до", "сказав", "заявив", "є", "був", "не"),
	"ru": set("и", "а", "но", "что", "как", "в", "на", "о", "об", "от", "до", "сказал", "заявил", "был", "не"),
	"be": set("і", "й", "а", "але", "што", "як", "у", "ў", "на", "пра", "ад", "да", "быў", "не"),
	"pl": set("i", "a", "ale", "że", "jak", "w", "na", "o", "od", "do", "jest", "był", "nie", "powiedział"),
}

func (r *reader) titleAfter(n *name) {
	i := n.last + 1
	if i+1 >= len(r.words) || r.words[i].form != "," {
		return
	}
	sent := &r.a.Sentences[n.sentence]
	i++
	for skip := 0; skip < 4 && i < sent.Last; skip++ {
		w := &r.words[i]
		if !w.letters {
			return
		}
		if t, k := r.titleAt(i, sent.Last); k > 0 {
			end := i + k
			for end < sent.Last && end < i+10 && r.words[end].letters && r.words[end].upos != "VERB" && r.words[end].upos != "AUX" {
				end++
			}
			if end < sent.Last && r.words[end].form != "," && r.words[end].form != "." {
				end = i + k
			}
			t.text = strings.ToLower(hearsay.Span{Start: r.words[i].Start, End: r.words[end-1].End}.In(r.text))
			n.titles = append(n.titles, t)
			return
		}
		if !w.upper && !determiner(r.lang, w.fold) && w.upos != "ADJ" && w.upos != "NOUN" && w.upos != "" {
			return
		}
		i++
	}
}

var determiners = map[string]map[string]bool{
	"en": set("the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "former", "two", "three", "four", "five", "several", "some", "many", "local", "senior", "other", "unnamed"),
	"de": set("der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "eines", "zwei", "drei", "mehrere", "einige", "viele", "ehemalige", "ehemaliger", "frühere", "früherer", "örtliche", "örtlichen"),
	"fr": set("le", "la", "les", "l'", "l’", "un", "une", "des", "deux", "trois", "plusieurs", "certains", "ancien", "ancienne", "cet", "cette", "ce", "ces"),
	"es": set("el", "la", "los", "las", "un", "una", "unos", "dos", "tres", "varios", "algunos", "este", "esta", "ex"),
	"uk": set("колишній", "колишня", "цей", "ця", "ці", "два", "двоє", "три", "троє", "кілька", "деякі", "місцева", "місцеві"),
	"ru": set("бывший", "бывшая", "этот", "эта", "эти", "два", "двое", "три", "трое", "несколько", "некоторые", "местные"),
	"be": set("былы", "былая", "гэты", "гэтая", "гэтыя", "два", "двое", "тры", "некалькі", "некаторыя"),
	"pl": set("były", "była", "ten", "ta", "ci", "dwa", "dwóch", "dwaj", "trzej", "kilku", "niektórzy", "lokalne"),
}

var indefinites = set("a", "an", "ein", "eine", "einer", "un", "une", "una", "two", "three", "several", "some", "many", "один", "одна", "two", "jeden", "адзін")

func determiner(lang, w string) bool { return determiners[lang][w] }

// describe adds descriptions: those of a named entity join it, others that may speak become
// entities without a name.
func (r *reader) describe() {
	taken := make([]bool, len(r.words))
	for i := range r.names {
		n := &r.names[i]
		for k := n.first; k <= n.last; k++ {
			taken[k] = true
		}
		for _, t := range n.titles {
			for k := t.first; k <= t.last; k++ {
				taken[k] = true
			}
		}
	}
	unnamed := map[string]int{}
	named := r.newBearers()
	for s := range r.a.Sentences {
		sent := &r.a.Sentences[s]
		if b := sent.Block; b >= 0 && b < len(r.a.Document.Blocks) && !r.a.Document.Blocks[b].Role.Article() {
			continue
		}
		for i := sent.First; i < sent.Last; i++ {
			if taken[i] || !r.words[i].letters {
				continue
			}
			if n := r.describeAt(i, sent, taken, unnamed, named); n > 1 {
				i += n - 1
			}
		}
	}
}

// description is a role or a kind of organisation used without a name.
type description struct {
	head  string
	kind  string // title, person, group, or organization
	class string // kind of organisation
	words int
}

func (r *reader) descriptionAt(i, end int) (description, bool) {
	w := &r.words[i]
	if courtesies[strings.TrimSuffix(w.fold, ".")] && w.upper {
		return description{}, false
	}
	if w.upos != "" && w.upos != "NOUN" && w.upos != "PROPN" && w.upos != "X" {
		return description{}, false
	}
	if w.upos == "" && (r.lang == "de" || r.lang == "fr" || r.lang == "es") && !r.afterDeterminer(i) {
		return description{}, false
	}
	var words [3]string
	n := 0
	for k := i; k < end && n < 3 && r.words[k].letters; k++ {
		words[n] = r.words[k].fold
		n++
	}
	if ro, k := r.roleAt(words[:n]); k > 0 && !r.thingRatherThan(ro, i, end) {
		return description{head: ro.stem, kind: ro.kind, words: k}, true
	}
	if class := r.kindOf(w.fold); class != "" && speakingKinds[class] {
		return description{head: class, kind: "organization", class: class, words: 1}, true
	}
	return description{}, false
}

// thingRatherThan reports whether a word that can be a role is something else where it stands: "the
// electric chair", "a wound to the head", «la fiscalía».
func (r *reader) thingRatherThan(ro role, i, end int) bool {
	w := &r.words[i]
	switch {
	case r.lang == "en" && ro.words == 1 && things[ro.stem]:
		next := i + 1
		return (next >= end || r.words[next].fold != "of" && r.words[next].fold != "for" && !possessive(r.words[next].form)) && !strings.HasPrefix(r.a.Tokens[i].Rel, "nsubj")
	case r.lang == "es" || r.lang == "fr":
		return r.kindOf(w.fold) != "" && (ro.stem != w.fold || i > 0 && r.words[i-1].fold == "la" && w.fold == "policía")
	}
	return false
}

// things are English roles that are oftener something else without a complement.
var things = set("chair", "head", "host", "star", "justice", "leader", "fellow", "major", "minor", "general", "guard", "defense", "defence")

// speakingKinds are kinds of organisations that the news lets speak without a name.
var speakingKinds = set("ministry", "agency", "police", "court", "party", "institute", "company", "union", "council", "parliament", "government", "army", "newspaper", "club", "embassy", "hospital", "university", "church")

func (r *reader) afterDeterminer(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if determiner(r.lang, r.words[k].fold) {
			return true
		}
		if !r.words[k].letters {
			return false
		}
	}
	return false
}

func (r *reader) describeAt(i int, sent *hearsay.Sentence, taken []bool, unnamed map[string]int, named *bearers) int {
	d, ok := r.descriptionAt(i, sent.Last)
	if !ok || d.kind != "organization" && r.predicative(i) {
		return 0
	}
	last := i + d.words - 1
	if d.kind == "organization" && last+1 < sent.Last && taken[last+1] && r.words[last+1].upper && !r.words[last+1].glued && slavic(r.lang) {
		return 0 // «компанія Nielsen» names it
	}
	first, definite := r.leftOf(i, sent, taken)
	if r.lang == "en" && d.kind == "title" && (first == i || r.words[first].upper && !determiner("en", r.words[first].fold)) {
		definite = true // headlines leave the article out
	}
	bare := d.kind == "organization" && first == i && !slavic(r.lang) && r.inTitle(sent)
	definite = definite || bare
	span := hearsay.Span{Start: r.words[first].Start, End: r.words[last].End}
	head := hearsay.Span{Start: r.words[i].Start, End: r.words[last].End}
	plural := r.words[i].plural || d.kind == "group" || r.lang == "en" && strings.HasSuffix(r.words[i].fold, "s") && !strings.HasSuffix(d.head, "s") && d.kind != "organization"
	known := definite && !plural && (d.kind != "organization" || !r.complemented(i, last, sent))
	e := named.find(d, known, first, i)
	if e < 0 && bare && known {
		e = named.onlyOfKind(d.class)
	}
	if e >= 0 {
		r.addMention(span, head, e)
		return d.words
	}
	key := d.kind + " " + romanize.Fold(d.head)
	if plural {
		key += "+"
	}
	if !definite || d.kind == "organization" && !known {
		key += " " + span.In(r.text)
	}
	e, seen := unnamed[key]
	if !seen {
		e = len(r.a.Entities)
		unnamed[key] = e
		r.a.Entities = append(r.a.Entities, hearsay.Entity{
			Type: describedType(d, plural), Name: span.In(r.text), Forms: []string{span.In(r.text)}, Plural: plural,
		})
	}
	r.addMention(span, head, e)
	return d.words
}

func (r *reader) addMention(span, head hearsay.Span, e int) {
	r.a.Mentions = append(r.a.Mentions, hearsay.Mention{Span: span, Head: head, Type: r.a.Entities[e].Type, Entity: e})
}

func describedType(d description, plural bool) hearsay.MentionType {
	switch {
	case d.kind == "organization":
		return hearsay.Organization
	case plural:
		return hearsay.Group
	}
	return hearsay.Person
}

// leftOf is where the noun phrase of a description begins, and whether it is definite.
func (r *reader) leftOf(i int, sent *hearsay.Sentence, taken []bool) (int, bool) {
	first, definite := i, slavic(r.lang)
	for k := i - 1; k >= sent.First && k >= i-5; k-- {
		w := &r.words[k]
		if possessive(w.form) && k > sent.First && r.words[k-1].upper {
			first, definite = k-1, true // "Trump's campaign"
			k--
			continue
		}
		if !w.letters || w.glued {
			break
		}
		switch {
		case determiner(r.lang, w.fold) || w.upos == "DET" || w.upos == "NUM":
			first = k
			definite = !indefinites[w.fold] && w.upos != "NUM"
			if w.upos == "DET" && !slavic(r.lang) {
				return first, definite
			}
			continue
		case taken[k] && w.upper && (r.lang == "en" || r.lang == "de"):
			first = k // "the former Alloa Athletic boss", "U.S. officials"
			continue
		case taken[k]:
		case w.upos == "ADJ", r.demonymCode(w.fold) != "":
			first = k
			continue
		case w.upos == "NOUN" && r.lang == "en":
			first = k
			continue
		}
		break
	}
	return first, definite
}

func possessive(form string) bool { return form == "'s" || form == "’s" }

func (r *reader) inTitle(sent *hearsay.Sentence) bool {
	return sent.Block >= 0 && sent.Block < len(r.a.Document.Blocks) && r.a.Document.Blocks[sent.Block].Role == hearsay.RoleTitle
}

// saysAll reports whether a name has the adjectives and nouns of a description: "the state police" is
// not the "Harvo Police", and of a German compound the end: "die Behörde" may be the "Hafenbehörde".
func (r *reader) saysAll(n *name, first, head int) bool {
	for i := first; i < head; i++ {
		w := &r.words[i]
		if !w.letters || determiner(r.lang, w.fold) || w.upos == "DET" || w.upos == "PRON" || w.upos == "PART" || w.upos == "NUM" || w.upper && w.upos == "PROPN" {
			continue
		}
		if !r.hasPart(n, func(part string) bool { return sameInflected(r.lang, w.fold, part) }) {
			return false
		}
	}
	return r.lang != "de" || r.hasPart(n, func(part string) bool {
		return strings.HasSuffix(part, r.words[head].fold) || r.kindOf(part) != "" && r.kindOf(r.words[head].fold) == r.kindOf(part) && len(part) < len(r.words[head].fold)
	})
}

func (r *reader) hasPart(n *name, is func(part string) bool) bool {
	for k := n.first; k <= n.last; k++ {
		if is(r.words[k].fold) {
			return true
		}
	}
	return false
}

// complemented reports whether a description goes on: "the office of the coroner" is not the office
// named before.
func (r *reader) complemented(i, last int, sent *hearsay.Sentence) bool {
	if last+1 >= sent.Last || r.words[i].upos == "" {
		return false
	}
	for k := last + 1; k < sent.Last && k <= last+4; k++ {
		t := &r.a.Tokens[k]
		if t.Head == i && strings.HasPrefix(t.Rel, "nmod") {
			return true
		}
	}
	return false
}

// predicative reports whether a noun only says what somebody is: «працює заступником», "was a carpenter".
func (r *reader) predicative(i int) bool {
	t := &r.a.Tokens[i]
	if strings.HasPrefix(t.Rel, "xcomp") {
		return true
	}
	for k := i - 1; k >= 0 && k >= i-8; k-- {
		if c := &r.a.Tokens[k]; c.Head == i && c.Rel == "cop" {
			return true
		}
	}
	return false
}

// offices are roles that texts exchange for one another.
var offices = map[string][]map[string]bool{
	"uk": {set("керівник", "екскерівник", "голова", "ексголова", "очільник", "глава", "директор", "шеф"), set("прем'єр", "прем'єр-міністр"), set("речник", "прессекретар", "представник")},
	"ru": {set("руководитель", "глава", "директор", "председатель"), set("премьер", "премьер-министр"), set("пресс-секретарь", "представитель")},
	"be": {set("кіраўнік", "старшыня", "дырэктар"), set("прэм'ер", "прэм'ер-міністр"), set("прэс-сакратар", "прадстаўнік")},
	"pl": {set("szef", "dyrektor", "prezes", "przewodniczący")},
	"en": {set("head", "chief", "director", "leader", "chairman", "chair", "boss"), set("premier", "prime minister"), set("spokesman", "spokesperson", "spokeswoman")},
	"de": {set("chef", "leiter", "direktor", "vorsitzender", "führer"), set("premier", "premierminister")},
	"fr": {set("chef", "directeur", "dirigeant", "leader")},
	"es": {set("jefe", "director", "líder", "dirigente")},
}
