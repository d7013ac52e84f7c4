package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/romanize"
)

// name is a candidate: the words of one naming, in text order.
type name struct {
	first, last int // tokens, last included
	sentence    int
	parts       []int // tokens that are words of the name, without particles and marks
	titles      []title
	score       [5]float64 // by class
	class       class
	gender      string // what it says about the gender of a person: "Masc", "Fem" or ""
	place       place
	quoted      bool
	body        bool // a public body or institution, all of whose words count
	entity      int
	shortFor    int  // index of the name that defines this acronym, or -1
	shortened   bool // an acronym is defined for it
}

// title is a role that stands beside a name.
type title struct {
	first, last int
	head        string // folded head word
	gender      string
	text        string
}

// particles join the parts of a person's name.
var particles = set("de", "da", "do", "dos", "du", "di", "del", "della", "la", "le", "van", "von", "der", "den", "ter", "zu", "al", "el", "bin", "ibn", "ben", "abu", "y", "e", "af",
	"де", "да", "ді", "ван", "фон", "дер", "аль", "ель", "эль", "бін", "бин", "ібн", "ибн", "ла", "ле", "ди")

// connectors join the parts of an organisation's name where it has a word for one.
var connectors = map[string]map[string]bool{
	"en": set("of", "for", "and", "the", "on", "in", "to", "&"),
	"fr": set("de", "du", "des", "la", "le", "les", "d'", "l'", "d’", "l’", "et", "pour", "à", "aux", "en"),
	"es": set("de", "del", "la", "las", "los", "el", "y", "para", "e"),
	"de": set("für", "der", "des", "und", "von", "zur"),
}

// findNames finds the candidates of each sentence of the article.
func (r *reader) findNames() {
	for i := range r.words {
		r.words[i].name = r.isName(i)
	}
	for s := range r.a.Sentences {
		sent := &r.a.Sentences[s]
		if b := sent.Block; b >= 0 && b < len(r.a.Document.Blocks) && !r.a.Document.Blocks[b].Role.Article() {
			continue
		}
		for i := sent.First; i < sent.Last; {
			if end := r.phrase(i, sent.Last); end > i {
				r.addName(i, end-1, s, nil)
				i = end
				continue
			}
			if end := r.publicBody(i, sent.Last); end > i {
				r.addBody(r.leftOfBody(i, sent.First), end-1, s)
				i = end
				continue
			}
			if end := r.westernInstitution(i, sent.Last); end > i {
				r.addName(i, end-1, s, nil)
				r.names[len(r.names)-1].score[organization] += 8
				i = end
				continue
			}
			if end := r.institution(i, sent.Last); end > i {
				r.addBody(i, end-1, s)
				i = end
				continue
			}
			end := r.run(i, sent.Last)
			if end == i {
				i++
				continue
			}
			r.cut(i, end, s)
			i = end
		}
	}
}

// run is the end of the longest stretch from i that may be one name or several in a row.
func (r *reader) run(i, end int) int {
	if !r.startsName(i) {
		return i
	}
	organization := false
	last := i
	for k := i; k < end; {
		w := &r.words[k]
		organization = organization || r.kindOf(w.fold) != "" || w.caps && len(w.form) > 1 || w.fold == "secretary" || r.lang == "en" && territories[w.fold]
		last = k
		next := k + 1
		for next < end && r.joins(next) {
			next++
		}
		if next < end && next == k+1 && r.startsName(next) && !r.parted(k, next) {
			k = next
			continue
		}
		if next < end && next > k+1 && r.words[next].glued && (r.words[next].upper || r.startsName(next)) {
			k = next // Jean-Pierre in three tokens
			continue
		}
		if next = r.overPossessive(k, end); next > 0 {
			k = next
			continue
		}
		if next = r.overConnectors(k+1, end, organization); next > 0 {
			k = next
			continue
		}
		break
	}
	return last + 1
}

// territories are words whose names go on by "of": "District of Lunna".
var territories = set("district", "state", "city", "county", "republic", "isle", "kingdom", "duchy", "province")

// overPossessive is the token after a possessive inside the name of an office, or 0: "the Harvo
// Coroner's Office".
func (r *reader) overPossessive(k, end int) int {
	if r.lang != "en" || k+2 >= end || !possessive(r.words[k+1].form) || !r.startsName(k+2) || r.kindOf(r.words[k+2].fold) == "" {
		return 0
	}
	if ro, n := r.roleAt([]string{r.words[k].fold}); n == 0 || ro.kind == "" {
		return 0
	}
	return k + 2
}

// phrase is the end of a name of the tables that has small letters in it, «Білий дім», or i.
func (r *reader) phrase(i, end int) int {
	if !r.words[i].upper || r.lang == "en" || r.lang == "de" {
		return i
	}
	for n := 3; n >= 2; n-- {
		if i+n > end || !r.words[i+n-1].letters || r.words[i+n-1].upper {
			continue
		}
		if r.placeIn(i, i+n) {
			return i + n
		}
	}
	return i
}

// institution is the end of a Slavic name of an institution that begins at i, or i: a capitalised
// word for one, or a capitalised adjective before one, with the genitives that follow: «Верховний
// суд», «Міністерство охорони здоров'я України».
func (r *reader) institution(i, end int) int {
	w := &r.words[i]
	if !slavic(r.lang) || !w.letters || !w.upper || w.shouted || never[r.lang][w.fold] {
		return i
	}
	head := i
	if r.kindOf(w.fold) == "" || w.upos == "ADJ" {
		if !adjectival(r.lang, w.fold) || w.upos == "NOUN" || w.upos == "VERB" || r.demonymCode(w.fold) != "" && w.initial {
			return i
		}
		for head = i + 1; head < end && head < i+3 && r.words[head].letters && adjectival(r.lang, r.words[head].fold) && r.kindOf(r.words[head].fold) == ""; head++ {
		}
		if head >= end || !r.words[head].letters || r.kindOf(r.words[head].fold) == "" || r.words[head].upos == "ADJ" {
			return i
		}
	} else if w.initial && !r.known(w) && !r.genitive(i+1, end) {
		return i
	}
	if w.caps || r.words[head].glued && head > i {
		return i
	}
	last := head
	for k := head + 1; k < end && k <= head+7; k++ {
		if r.genitive(k, end) {
			last = k
			continue
		}
		if (r.words[k].fold == "і" || r.words[k].fold == "та" || r.words[k].fold == "и" || r.words[k].fold == "i") && r.genitive(k+1, end) && last > head && r.words[k+1].upos != "" && !r.words[k+1].upper {
			continue
		}
		break
	}
	if last == i && i == head && !r.words[i].initial && r.words[i].upos != "" {
		return i // one word: an ordinary name
	}
	if last == i {
		return i
	}
	return last + 1
}

// westernInstitution is the end of a German, French or Spanish name of an institution that begins
// at i, or i: "Oberster Gerichtshof", "Cour suprême de Lunna", "Consejo de Ministros".
func (r *reader) westernInstitution(i, end int) int {
	w := &r.words[i]
	if !w.upper || w.caps || w.shouted || w.glued && r.lang == "de" || never[r.lang][w.fold] {
		return i
	}
	switch r.lang {
	case "de":
		return r.germanInstitution(i, end)
	case "fr", "es":
		return r.romanceInstitution(i, end)
	}
	return i
}

// germanInstitution takes a capitalised adjective with its noun for a name.
func (r *reader) germanInstitution(i, end int) int {
	w := &r.words[i]
	if last := r.forWhat(i, end); last > i {
		return last + 1
	}
	if w.initial || strings.HasSuffix(w.fold, "er") || i+1 >= end || !r.words[i+1].upper {
		return i
	}
	noun := &r.words[i+1]
	if w.upos == "ADJ" && (noun.upos == "NOUN" || noun.upos == "PROPN") {
		return i + 2
	}
	_, given := r.g.given[w.fold]
	if !given && (strings.HasSuffix(w.fold, "e") || strings.HasSuffix(w.fold, "en")) && r.kindOf(noun.fold) != "" && r.kindOf(w.fold) == "" && !noun.glued {
		return i + 2
	}
	return i
}

// forWhat is the last word of a German institution that says what it is for, or i: "Institut für
// Flussforschung", "Amt für Deiche und Wehre".
func (r *reader) forWhat(i, end int) int {
	if r.kindOf(r.words[i].fold) == "" || i+2 >= end || r.words[i+1].fold != "für" && r.words[i+1].fold != romanize.Fold("für") {
		return i
	}
	last := i
	for k := i + 2; k < end && k < i+9; k++ {
		w := &r.words[k]
		switch {
		case w.upper && w.upos != "VERB":
			last = k
		case w.upos == "ADJ" && last == i, w.upos == "DET" && k == i+2, w.fold == "und" && last == k-1 && k+1 < end && r.words[k+1].upper && r.words[k+1].upos == "NOUN":
		default:
			return last
		}
	}
	return last
}

// romanceInstitution takes a capitalised word for an institution with the adjectives and genitives
// behind it for a name.
func (r *reader) romanceInstitution(i, end int) int {
	w := &r.words[i]
	if r.kindOf(w.fold) == "" || w.upos != "NOUN" && w.upos != "PROPN" || w.initial && (i+1 >= end || r.words[i+1].upos == "VERB" || r.words[i+1].upos == "AUX") {
		return i
	}
	if ro, n := r.roleAt([]string{w.fold}); n > 0 && ro.stem == w.fold {
		return i
	}
	last, linked := i, false
	for k := i + 1; k < end && k < i+12; k++ {
		switch v := &r.words[k]; {
		case v.upos == "ADJ" || v.upos == "PROPN" && (v.upper && (linked || k == i+1)):
			last, linked = k, false
		case (v.upos == "NOUN" || v.upos == "PROPN") && linked:
			if _, n := r.roleAt([]string{v.fold}); n > 0 && !v.upper {
				return r.endOfInstitution(i, last)
			}
			last, linked = k, false
		case v.fold == "de" || v.fold == "del" || v.fold == "du" || v.fold == "des" || v.fold == "d" || v.fold == "d’":
			linked = true
		case linked && (v.upos == "DET" || v.fold == "l" || v.fold == "l’"):
		default:
			return r.endOfInstitution(i, last)
		}
	}
	return r.endOfInstitution(i, last)
}

// endOfInstitution leaves names of one word to the ordinary search.
func (r *reader) endOfInstitution(i, last int) int {
	if last == i {
		return i
	}
	return last + 1
}

// publicKinds are kinds of bodies that go by what they are and whose: "the rescue service of Talmar".
var publicKinds = set("ministry", "agency", "police", "court", "parliament", "government", "army", "council", "embassy")

// publicBody is the end of a phrase with a body in small letters at i that says which place it
// belongs to, or i: "the government of Talmar", «міністерство води Корвії», "le gouvernement chinois".
func (r *reader) publicBody(i, end int) int {
	w := &r.words[i]
	if w.upos != "NOUN" || w.plural || w.upper && !w.initial && r.lang != "de" || !publicKinds[r.kindOf(w.fold)] {
		return i
	}
	if ro, n := r.roleAt([]string{w.fold}); n > 0 && ro.stem == w.fold {
		return i
	}
	if i+1 < end && (r.lang == "fr" || r.lang == "es") && r.words[i+1].upos == "ADJ" && r.demonymCode(r.words[i+1].fold) != "" {
		return i + 2
	}
	if last := r.owner(i, end); last > i {
		return last + 1
	}
	if i > 0 && r.words[i-1].upos == "ADJ" && r.demonymCode(r.words[i-1].fold) != "" && !r.nameFollows(i, end) {
		return i + 1
	}
	return i
}

// nameFollows reports whether a body at i is named right behind: "the Talmarian agency Talinform".
func (r *reader) nameFollows(i, end int) bool {
	return i+1 < end && !r.words[i+1].glued && (r.words[i+1].upper || isQuote(r.words[i+1].form))
}

// owner is the last word of the place that the tree hangs on a body at i or on what the body is for, or i.
func (r *reader) owner(i, end int) int {
	department := i // of a ministry in small letters: "le ministère de la Justice"
	for k := i + 1; k < end && k <= i+6; k++ {
		w := &r.words[k]
		if w.upos == "PROPN" && w.upper {
			if last := r.ownerAt(i, k, end); last > i {
				return last
			}
		}
		if w.upper && (r.lang == "fr" || r.lang == "es") && r.kindOf(r.words[i].fold) == "ministry" && (w.upos == "NOUN" || w.upos == "PROPN") || department == k-1 && department > i && w.upos == "ADJ" {
			department = k
			continue
		}
		of := w.fold == "of" || w.fold == "de" || w.fold == "du" || w.fold == "del" || w.fold == "des" || w.fold == "von" || w.fold == "der"
		complement := (w.upos == "NOUN" || w.upos == "ADJ") && (w.cas == "Gen" || !slavic(r.lang)) && r.lang != "de"
		if !of && !complement && w.upos != "DET" {
			break
		}
		if _, n := r.roleAt([]string{w.fold}); n > 0 && w.upos == "NOUN" {
			break
		}
	}
	return department
}

// ownerAt is the last word of a place's name that begins at k and belongs to a body at i, or i.
func (r *reader) ownerAt(i, k, end int) int {
	if head := r.a.Tokens[k].Head; head < i || head >= k || !strings.HasPrefix(r.a.Tokens[k].Rel, "nmod") {
		return i
	}
	if k == i+1 && !slavic(r.lang) && r.words[k].cas != "Gen" && !(r.lang == "de" && strings.HasSuffix(r.words[k].fold, "s")) {
		return i
	}
	last := k
	for last+1 < end && r.words[last+1].upper && r.words[last+1].letters && !r.words[last+1].glued && r.a.Tokens[last+1].Head >= k && r.a.Tokens[last+1].Head <= last+1 {
		if _, given := r.g.givenGender(r.lang, r.words[last+1].fold); given {
			break
		}
		last++
	}
	if _, given := r.g.givenGender(r.lang, r.words[k].fold); given || last > k+2 || last > k && slavic(r.lang) {
		if _, place := r.placeOf(k, last+1); !place {
			return i
		}
	}
	if slavic(r.lang) && r.words[k].cas != "Gen" {
		return i
	}
	return last
}

// leftOfBody is where the adjectives and nouns before a body begin that belong to its name.
func (r *reader) leftOfBody(i, first int) int {
	for i > first {
		w := &r.words[i-1]
		if w.glued && i-1 > first || !w.letters || w.upos != "ADJ" && !(w.upos == "NOUN" && r.lang == "en") || r.lang == "fr" || r.lang == "es" {
			break
		}
		if w.upper && r.demonymCode(w.fold) == "" {
			break
		}
		i--
	}
	return i
}

// addBody records a public body: all its nouns and adjectives tell it from others.
func (r *reader) addBody(first, last, sentence int) {
	n := name{first: first, last: last, sentence: sentence, entity: -1, shortFor: -1, body: true}
	for i := first; i <= last; i++ {
		if w := &r.words[i]; w.letters && w.upos != "ADP" && w.upos != "DET" {
			n.parts = append(n.parts, i)
		}
	}
	n.score[organization] = 12
	r.names = append(r.names, n)
}

// genitive reports whether the word at k may go on the name of an institution.
func (r *reader) genitive(k, end int) bool {
	if k >= end || !r.words[k].letters || r.words[k].glued {
		return false
	}
	w := &r.words[k]
	if w.upper {
		if _, given := r.g.given[w.fold]; given {
			return false
		}
		if _, n := r.roleAt([]string{w.fold}); n > 0 {
			return false
		}
		if w.upos == "PROPN" && w.cas == "Gen" && !(k+1 < end && r.words[k+1].upper && !r.words[k+1].glued) && r.a.Tokens[k].Head < k && strings.HasPrefix(r.a.Tokens[k].Rel, "nmod") {
			_, given := r.g.givenGender(r.lang, w.fold)
			return !given
		}
		p, ok := r.placeOf(k, k+1)
		return ok && p.kind == "country" && (w.cas == "" || w.cas == "Gen" || w.caps) || w.cas == "Gen" && w.gender == "" && k == end-1
	}
	if _, n := r.roleAt([]string{w.fold}); n > 0 && w.upos != "ADJ" {
		return false
	}
	return w.cas == "Gen" && (w.upos == "NOUN" || w.upos == "ADJ")
}

// adjectival reports whether a folded word has the ending of an adjective.
func adjectival(lang, fold string) bool {
	if len([]rune(fold)) < 5 {
		return false
	}
	for _, e := range adjectives[lang] {
		if strings.HasSuffix(fold, e) {
			return true
		}
	}
	return false
}

var adjectives = map[string][]string{
	"uk": {"ий", "ого", "ому", "им", "а", "ої", "ій", "ою", "у", "е", "і", "их"},
	"ru": {"ый", "ий", "ой", "ого", "его", "ому", "ему", "ым", "им", "ом", "ая", "яя", "ую", "ое", "ее", "ые", "ие", "ых", "их"},
	"be": {"ы", "і", "ага", "яга", "аму", "ым", "ім", "ая", "яя", "ай", "ую", "ае", "ыя", "ія", "ых", "іх"},
	"pl": {"y", "i", "ego", "emu", "ym", "im", "a", "ej", "a", "e", "ych"},
}

// startsName reports whether a name can begin, or go on, at a word.
func (r *reader) startsName(i int) bool {
	return r.words[i].name || r.nounAfterGiven(i)
}

// nounAfterGiven takes a German noun for a surname where a given name, an initial or a
// particle stands before it.
func (r *reader) nounAfterGiven(i int) bool {
	w := &r.words[i]
	if r.lang != "de" || !w.upper || i == 0 || w.glued || never["de"][w.fold] || r.words[i-1].initial && !r.words[i-1].name {
		return r.lang == "de" && w.upper && w.upos == "" && r.middle[w.fold] > 0 && r.afterGiven(w.fold)
	}
	b := &r.words[i-1]
	_, given := r.g.given[b.fold]
	if t := &r.a.Tokens[i]; w.upos == "NOUN" && t.Rel != "" && !strings.HasPrefix(t.Rel, "flat") && !(r.a.Tokens[i-1].Head == i && strings.HasPrefix(r.a.Tokens[i-1].Rel, "flat")) {
		return false // "Ross' Vorgänger", "Davis Sohn"
	}
	if ro, n := r.roleAt([]string{w.fold}); n > 0 && ro.stem == w.fold && w.upos == "NOUN" {
		return false
	}
	return given && b.name || r.afterGiven(w.fold) && w.upos == ""
}

// afterGiven reports whether the form follows a given name somewhere in the document.
func (r *reader) afterGiven(fold string) bool {
	for i := 1; i < len(r.words); i++ {
		if r.words[i].fold != fold {
			continue
		}
		if _, given := r.g.given[r.words[i-1].fold]; given && r.words[i-1].upper && !r.words[i].glued {
			return true
		}
	}
	return false
}

// joins reports whether a token joins two words without being one: hyphen, apostrophe, full
// stop of an initial.
func (r *reader) joins(i int) bool {
	w := &r.words[i]
	if !w.glued {
		return false
	}
	switch w.form {
	case "-", "‑", "–":
		return i+1 < len(r.words) && r.words[i+1].glued
	case ".":
		return utf8.RuneCountInString(r.words[i-1].form) == 1 && r.words[i-1].upper
	}
	return false
}

// parted reports whether two neighbouring capitalised words belong to different names.
func (r *reader) parted(a, b int) bool {
	x, y := &r.words[a], &r.words[b]
	if y.glued && !strings.HasSuffix(x.form, ".") && !strings.HasSuffix(x.form, "-") {
		return true
	}
	return strings.HasSuffix(x.form, "'s") || strings.HasSuffix(x.form, "’s")
}

// overConnectors is the token after particles and connectors where a name goes on, or 0.
func (r *reader) overConnectors(i, end int, organization bool) int {
	from := i
	for i < end && i < from+4 {
		w := &r.words[i]
		small := w.letters && !w.upper || w.form == "&"
		if w.fold == "der" || w.fold == "den" {
			if i == from {
				break // von der Leyen, but China der …
			}
		}
		if r.words[from-1].caps || r.placeIn(from-1, from) && !organization {
			break
		}
		if w.fold == "and" && i == from && r.lang == "en" && r.oneOrganization(from, end) {
			i++
			continue
		}
		if r.lang == "es" && w.fold == "a" && i+3 < end && r.words[i+1].fold == "el" && r.words[i+2].form == "-" && r.words[i+2].glued && r.words[i+3].glued {
			i += 3 // al-Bahri, its article taken for a contraction
			continue
		}
		if w.form == "-" && w.glued && i > from && i+1 < end && r.words[i+1].glued {
			i++ // al-Bahri in three tokens
			continue
		}
		if !small || !r.particle(w.fold) && !(organization && connectors[r.lang][w.fold]) && w.form != "&" {
			break
		}
		i++
	}
	if i == from || i >= end {
		return 0
	}
	if from > 1 && r.lang == "de" && r.words[from].fold == "von" && r.words[from-1].name && r.words[from-2].name {
		return 0 // "Robyn Lind von der Schule": not of her name
	}
	if (r.lang == "fr" || r.lang == "es") && r.knownSurname(i) && !r.g.listed(r.lang, r.words[from-1].fold) {
		return 0 // "le projet Solid de Holm": whose it is
	}
	noble := r.lang == "de" && (r.words[from].fold == "von" || r.words[from].fold == "zu" || r.words[from].fold == "van") && r.words[i].upper
	if !r.startsName(i) && !noble && !(r.words[i].upper && r.words[i].glued) {
		return 0
	}
	// "Bill and Hillary", "Paris and the …" are two names.
	if w := r.words[from].fold; (w == "and" || w == "y" || w == "e" || w == "et" || w == "und" || w == "on" || w == "in" || w == "to") && !r.oneOrganization(from, end) {
		return 0
	}
	if slavic(r.lang) && !r.particle(r.words[from].fold) {
		return 0
	}
	return i
}

// knownSurname reports whether the document has the word at i behind a given name.
func (r *reader) knownSurname(i int) bool {
	for k := 1; k < len(r.words); k++ {
		if r.words[k].fold == r.words[i].fold && r.words[k-1].upper && !r.words[k].glued {
			if _, given := r.g.given[r.words[k-1].fold]; given {
				return true
			}
		}
	}
	return false
}

// particle reports whether a folded word joins the parts of a person's name in the document's
// language.
func (r *reader) particle(fold string) bool {
	if r.lang == "pl" && (fold == "do" || fold == "da" || fold == "e" || fold == "y" || fold == "af" || fold == "zu") {
		return false
	}
	return particles[strings.TrimSuffix(fold, "-")]
}

// oneOrganization reports whether the capitalised words after a connector end in a word for an
// organisation: "Immigration and Customs Enforcement", "Fish and Wildlife Commission".
func (r *reader) oneOrganization(from, end int) bool {
	if r.words[from].fold != "and" {
		return false
	}
	if b, next := &r.words[from-1], &r.words[from+1]; from > 2 && connectors["en"][r.words[from-2].fold] && b.upos == "NOUN" && next.upos == "NOUN" && next.upper {
		return true // "the Commission for Rivers and Lakes"
	}
	after := from + 1
	for after < end && r.words[after].letters && r.words[after].upper {
		if k := r.kindOf(r.words[after].fold); k != "" {
			return true
		}
		after++
	}
	return false
}

// cut divides a run into names and titles.
func (r *reader) cut(first, end, sentence int) {
	start := first
	var titles []title
	flush := func(to int) {
		for start < to && (!r.words[start].letters || !r.words[start].upper && !r.words[start].glued) {
			start++
		}
		last := to - 1
		for last >= start && !r.words[last].letters {
			last--
		}
		for last > start && (!r.words[last].letters || !r.words[last].upper && !r.words[last].glued) {
			last--
		}
		if last >= start && !(post[r.words[start].fold] && r.words[start].caps && start == last) {
			r.addName(start, last, sentence, titles)
			titles = nil
		}
		start = to
	}
	for i := first; i < end; {
		t, n := r.titleAt(i, end)
		if n == 0 && r.lang == "de" && i == first && i+1 < end {
			t, n = r.roleOf(i, end, "person") // "Ehemann Joel Holm"
		}
		if n > 0 && !r.partOfOrganization(i, n, first, end) {
			flush(i)
			titles = append(titles, t)
			i += n
			start = i
			continue
		}
		if i > start && r.splitsBefore(start, i, end) {
			if r.ownerBefore(start, i, end) { // the office is not the owner's
				office := titles
				titles = nil
				flush(i)
				titles = office
			} else {
				flush(i)
			}
		}
		i++
	}
	flush(end)
	if len(titles) > 0 && titles[len(titles)-1].last == end-1 {
		return // a title without a name: a description finds it
	}
}

// titleAt reads an office from the words at i.
func (r *reader) titleAt(i, end int) (title, int) { return r.roleOf(i, end, "title") }

// roleOf reads a role of one of some kinds from the words at i.
func (r *reader) roleOf(i, end int, kinds ...string) (title, int) {
	var words [4]string
	n := 0
	for k := i; k < len(r.words) && n < 4 && (k < end || n > 0); k++ {
		if !r.words[k].letters {
			break
		}
		words[n] = r.words[k].fold
		n++
	}
	ro, taken := r.roleAt(words[:n])
	if taken == 0 || !slices.Contains(kinds, ro.kind) {
		return title{}, 0
	}
	last := i + taken - 1
	if last+1 < end && r.words[last+1].form == "." && r.words[last+1].glued {
		taken++
	}
	// "Secretary of State": the role goes on.
	if r.lang == "en" && last+2 < end && r.words[last+1].fold == "of" && r.words[last+2].upper {
		if f := r.words[last+2].fold; f == "state" || f == "defense" || f == "defence" {
			taken += 2
			last += 2
		}
	}
	t := title{first: i, last: last, head: ro.stem, gender: ro.gender}
	t.text = strings.ToLower(hearsay.Span{Start: r.words[i].Start, End: r.words[last].End}.In(r.text))
	return t, taken
}

// partOfOrganization keeps "Justice" in "Department of Justice" and "Director" in nothing.
func (r *reader) partOfOrganization(i, n, first, end int) bool {
	if i > first && connectors[r.lang][r.words[i-1].fold] && r.words[i-1].fold != "and" {
		return true
	}
	if i+n < end {
		w := &r.words[i+n]
		if possessive(w.form) {
			return true // "Coroner's Office"
		}
		k := r.kindOf(w.fold)
		return k != "" && !slavic(r.lang)
	}
	if i > first && i+n == end {
		if _, given := r.g.givenGender(r.lang, r.words[i-1].fold); given && r.lang != "de" {
			return true // "Stephen King", "Karen Hunter"
		}
		w := &r.words[i]
		return r.lang == "en" && n == 1 && r.words[i-1].upper && (w.fold == "king" || w.fold == "prince" || w.fold == "pope" || w.fold == "bishop" || w.fold == "judge" || w.fold == "star" || w.fold == "justice" || w.fold == "major" || w.fold == "head" || w.fold == "host")
	}
	return false
}

// splitsBefore reports whether a new name begins at i within a run that began at start.
func (r *reader) splitsBefore(start, i, end int) bool {
	w := &r.words[i]
	if !w.letters || r.words[i-1].glued && !r.words[i-1].letters || w.glued {
		return false
	}
	if !w.upper {
		return false
	}
	span := romanize.Fold(hearsay.Span{Start: r.words[start].Start, End: r.words[i-1].End}.In(r.text))
	if _, ok := r.g.place(r.lang, span); ok {
		whole := romanize.Fold(hearsay.Span{Start: r.words[start].Start, End: w.End}.In(r.text))
		_, longer := r.g.place(r.lang, whole)
		return !longer && !r.organizationAhead(i, end)
	}
	if !romanize.SameScript(w.form, r.words[i-1].form) && r.words[i-1].letters {
		return true
	}
	if strings.HasSuffix(r.words[i-1].form, "'") || strings.HasSuffix(r.words[i-1].form, "’") {
		return true
	}
	if post[w.fold] && w.caps {
		return true
	}
	for from := start + 1; from < i; from++ { // «Stanów Zjednoczonych Donald»
		if r.placeIn(from, i) && r.words[from].upper {
			return !r.organizationAhead(i, end)
		}
	}
	if b := &r.words[i-1]; slavic(r.lang) && b.caps && len([]rune(b.form)) > 1 && !w.caps && r.kindOf(w.fold) == "" {
		return true // «ДНК Симпсона»
	}
	if r.ownerBefore(start, i, end) {
		return true // «дачка Бонда Карэн Янкель»
	}
	if _, given := r.g.givenGender(r.lang, w.fold); given && i+1 < end && r.words[i-1].upper {
		b := &r.words[i-1]
		if _, before := r.g.givenGender(r.lang, b.fold); !before && b.cas == "Gen" && w.cas != "Gen" && w.cas != "" {
			return true // «Аризони Джефф Флейк»
		}
		if r.treeParts(i) {
			return true
		}
		if _, first := r.g.givenGender(r.lang, r.words[start].fold); !first && i > start && !particles[r.words[i-1].fold] && r.words[i-1].form != "." {
			return r.kindOf(r.words[start].fold) != "" || r.placeIn(start, i) || r.words[i-1].caps
		}
	}
	// Names in different cases in a row: «президента України Зеленського» is split by the table of
	// places, «у Москві Путін» by case.
	if slavic(r.lang) && r.placeIn(start, i) {
		return true
	}
	return false
}

// ownerBefore reports whether the one word of a run before a given name at i is a genitive that
// belongs to the noun before it: «прессекретарка Тальмару Мірела Тоск».
func (r *reader) ownerBefore(start, i, end int) bool {
	if !slavic(r.lang) || start != i-1 || start == 0 {
		return false
	}
	noun, owner := &r.words[start-1], &r.words[start]
	_, given := r.g.givenGender(r.lang, r.words[i].fold)
	if courtesies[strings.TrimSuffix(noun.fold, ".")] && !r.g.listed(r.lang, owner.fold) && given {
		return true // «сину міс Девіс Тайлеру»
	}
	if t, o := &r.a.Tokens[i], &r.a.Tokens[start]; noun.upos == "NOUN" && owner.cas == "Gen" && t.Head == start-1 && o.Head == start-1 && strings.HasPrefix(t.Rel, "appos") {
		return true
	}
	if i+1 >= end || !r.words[i+1].upper {
		return false
	}
	if given && r.seatOf(noun, owner) {
		return true // «мэр Гарво Петра Ленк»
	}
	if noun.upper && !noun.initial || noun.upos != "NOUN" || noun.glued && start > 1 || owner.cas != "Gen" && owner.cas != "Dat" || owner.gender == "" {
		return false
	}
	if !given && r.officeOf(noun, owner, &r.words[i]) {
		return true
	}
	return given && !r.g.listed(r.lang, owner.fold)
}

// seatOf reports whether a word between an office and a given name is the town of which it is the office.
func (r *reader) seatOf(office, town *word) bool {
	ro, n := r.roleAt([]string{office.fold})
	return n > 0 && ofTowns[ro.stem] && !r.g.listed(r.lang, town.fold)
}

// ofTowns are offices that are named with their town.
var ofTowns = set("мэр", "мер", "мерка", "мэрка", "губернатор", "burmistrz", "burmistrzyni", "gubernator", "mayor", "governor", "bürgermeister",
	"bürgermeisterin", "oberbürgermeister", "oberbürgermeisterin", "maire", "alcalde", "alcaldesa", "gobernador", "gobernadora")

// officeOf reports whether a word in an oblique case says whose the office before it is, and no part of the
// holder's name, which stands in the nominative with the office: «президент Норланду Одо Брік».
func (r *reader) officeOf(office, owner, next *word) bool {
	ro, n := r.roleAt([]string{office.fold})
	if _, given := r.g.givenGender(r.lang, owner.fold); n == 0 || ro.kind != "title" || given {
		return false
	}
	return office.cas == "Nom" && owner.cas != "Nom" && next.cas == "Nom"
}

// post are letters behind a name that are no part of it.
var post = set("mp", "msp", "mep", "am", "ms", "td", "obe", "cbe", "mbe", "qc", "kc", "phd", "md", "jd", "ud")

// treeParts reports whether the tree holds a word and the one before it apart.
func (r *reader) treeParts(i int) bool {
	t, b := &r.a.Tokens[i], &r.a.Tokens[i-1]
	if t.Rel == "" {
		return false
	}
	if _, given := r.g.givenGender(r.lang, r.words[i-1].fold); given {
		return false
	}
	joined := strings.HasPrefix(t.Rel, "flat") || strings.HasPrefix(t.Rel, "compound") ||
		b.Head == i && (strings.HasPrefix(b.Rel, "flat") || b.Rel == "compound") && r.lang != "en"
	return !joined
}

// organizationAhead keeps the place in "Scotland Yard" and "Florida Fish and Wildlife Commission".
func (r *reader) organizationAhead(i, end int) bool {
	for ; i < end; i++ {
		if _, n := r.titleAt(i, end); n > 0 {
			return false
		}
		if r.kindOf(r.words[i].fold) != "" {
			return true
		}
		if _, given := r.g.givenGender(r.lang, r.words[i].fold); given {
			return false
		}
	}
	return false
}

// placeIn reports whether the words from start to end are forms of the name of a country or capital.
func (r *reader) placeIn(start, end int) bool {
	_, ok := r.placeOf(start, end)
	return ok
}

func (r *reader) placeOf(start, end int) (place, bool) {
	folded := romanize.Fold(hearsay.Span{Start: r.words[start].Start, End: r.words[end-1].End}.In(r.text))
	folded = unpossessed("en", folded)
	if p, ok := r.g.place(r.lang, folded); ok {
		return p, true
	}
	if !slavic(r.lang) || r.words[end-1].caps {
		return place{}, false
	}
	return r.inflectedPlace(folded)
}

// inflectedPlace finds a place by an oblique form of its name: the table holds nominatives.
func (r *reader) inflectedPlace(folded string) (place, bool) {
	n, ok := r.nominativePlace(folded)
	return n.place, ok
}

func (r *reader) nominativePlace(folded string) (placeName, bool) {
	words := strings.Fields(folded)
	for _, n := range r.g.oblique[r.lang][firstLetters(folded)] {
		if len(n.words) != len(words) {
			continue
		}
		same := true
		for i := range words {
			same = same && sameInflected(r.lang, words[i], n.words[i])
		}
		if same {
			return n, true
		}
	}
	return placeName{}, false
}

// sameInflected compares a form with a nominative, the hyphened parts of it apart.
func sameInflected(lang, form, nominative string) bool {
	a, b := []rune(form), []rune(nominative)
	if len(b) < 4 || len(a) < 4 {
		return form == nominative
	}
	if !keepsStem(form, nominative) {
		return false
	}
	if sameWord(lang, form, nominative) {
		return true
	}
	// Adjectives: stems alone must agree.
	x, y := shortest(stems(lang, form)), shortest(stems(lang, nominative))
	return x == y && len([]rune(x)) >= 4
}

// keepsStem reports whether a form keeps what the nominative has before its last letter where that
// is a vowel or a soft sign of the stem: «Росс» is no form of «Россия», nor «Кіт» of «Кітай».
func keepsStem(form, nominative string) bool {
	for _, e := range [...]string{"ия", "ія", "ыя", "ея", "эя", "ай", "ей", "эй", "уй", "ja", "ia"} {
		if stem, ok := strings.CutSuffix(nominative, e); ok {
			first, _ := utf8.DecodeRuneInString(e)
			rest, has := strings.CutPrefix(form, stem)
			return has && utf8.RuneCountInString(rest) > 1 && (strings.HasPrefix(rest, string(first)) || strings.HasSuffix(e, "a"))
		}
	}
	return true
}

func shortest(words []string) string {
	best := words[0]
	for _, w := range words {
		if len(w) < len(best) {
			best = w
		}
	}
	return best
}

// addName records a candidate.
func (r *reader) addName(first, last, sentence int, titles []title) {
	n := name{first: first, last: last, sentence: sentence, titles: titles, entity: -1, shortFor: -1}
	for i := first; i <= last; i++ {
		w := &r.words[i]
		if w.letters && w.upper {
			n.parts = append(n.parts, i)
		}
	}
	if len(n.parts) == 0 {
		return
	}
	if n.first > 0 && n.last+1 < len(r.words) {
		n.quoted = isQuote(r.words[n.first-1].form) && isQuote(r.words[n.last+1].form)
	}
	r.names = append(r.names, n)
}

func isQuote(s string) bool {
	switch s {
	case "\"", "“", "”", "„", "«", "»", "'", "‘", "’", "``", "''":
		return true
	}
	return false
}

// span is what a name covers, without a possessive ending.
func (r *reader) span(n *name) hearsay.Span {
	s := hearsay.Span{Start: r.words[n.first].Start, End: r.words[n.last].End}
	t := s.In(r.text)
	for _, p := range [...]string{"'s", "’s"} {
		if strings.HasSuffix(t, p) && len(t) > len(p) {
			s.End -= len(p)
			break
		}
	}
	return s
}
