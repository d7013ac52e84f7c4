package mention

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"hearsay/data"
	"hearsay/internal/romanize"
)

// languages are the columns of the tables of names, in their order.
var languages = []string{"en", "uk", "ru", "pl", "be", "de", "fr", "es"}

// gazetteer is what the tables of data/names say.
type gazetteer struct {
	given    map[string]string // folded given name -> genders "m", "f", "mf" or "-"
	sounds   map[string][]givenName
	places   map[string]map[string]place       // language -> folded name -> place
	oblique  map[string]map[string][]placeName // language -> first letters -> names
	demonyms map[string][]demonym
	kinds    map[string][]kind // language -> words that make an organisation
	roles    map[string][]role
	known    map[string]string // folded names of organisations -> kind
}

type givenName struct{ name, gender string }

type place struct {
	code string
	kind string // country, capital, region, seat, institution
}

// placeName is a name of a place in words, for finding oblique forms of it.
type placeName struct {
	words []string
	text  string
	place place
}

type demonym struct{ stem, code string }

type kind struct{ stem, class string }

type role struct {
	stem   string
	kind   string // title, person, group
	gender string
	words  int
	parts  []string
}

// names is read once, when the first document is.
var names = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{
		given:  map[string]string{},
		sounds: map[string][]givenName{},
		places: map[string]map[string]place{}, oblique: map[string]map[string][]placeName{}, demonyms: map[string][]demonym{},
		kinds: map[string][]kind{}, roles: map[string][]role{}, known: map[string]string{},
	}
	for _, l := range languages {
		g.places[l] = map[string]place{}
		g.oblique[l] = map[string][]placeName{}
	}
	table("places", func(f []string) { g.addPlace(f[0], f[1], f[2:]) })
	table("byname", func(f []string) { g.addPlace(f[0], f[1], f[2:]) })
	table("demonyms", func(f []string) {
		for i, l := range languages {
			for _, s := range alternatives(f[i+1]) {
				g.demonyms[l] = append(g.demonyms[l], demonym{s, f[0]})
			}
		}
	})
	table("given", func(f []string) {
		g.addGiven(f[0], f[1])
		if romanize.HasCyrillic(f[0]) { // as texts in Latin letters have them: Mikhail, Mykhailo
			g.addRomanized(f[0], f[1], f[2])
		}
	})
	table("given-more", func(f []string) { g.addGiven(f[0], f[1]) })
	table("equivalents", func(f []string) {
		for _, n := range f {
			if _, ok := g.given[romanize.Fold(n)]; !ok {
				g.addGiven(n, "-")
			}
		}
	})
	table("organizations", func(f []string) {
		for _, s := range strings.Split(f[2], "|") {
			g.kinds[f[0]] = append(g.kinds[f[0]], kind{romanize.Fold(s), f[1]})
		}
	})
	table("roles", func(f []string) {
		for _, s := range strings.Split(f[3], "|") {
			s = romanize.Fold(s)
			parts := strings.Fields(s)
			g.roles[f[0]] = append(g.roles[f[0]], role{s, f[1], f[2], len(parts), parts})
		}
	})
	table("known", func(f []string) {
		for _, n := range strings.Split(f[1], "|") {
			g.known[romanize.Fold(n)] = f[0]
		}
	})
	for _, l := range languages {
		g.addTitles(l)
	}
	return g
})

// addTitles adds the roles of data/lexicon/<lang>/titles.tsv that this package's own list lacks.
func (g *gazetteer) addTitles(lang string) {
	text, err := data.Lexicon.ReadFile("lexicon/" + lang + "/titles.tsv")
	if err != nil {
		return
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) < 4 || strings.HasPrefix(line, "#") || f[1] != "person" {
			continue
		}
		gender := map[string]string{"Masc": "m", "Fem": "f"}[f[2]]
		g.addRole(lang, f[0], gender)
		if f[3] != "-" {
			for _, v := range strings.Split(f[3], "|") {
				g.addRole(lang, v, "f")
			}
		}
	}
}

func (g *gazetteer) addRole(lang, lemma, gender string) {
	s := romanize.Fold(lemma)
	for _, r := range g.roles[lang] {
		if r.stem == s {
			return
		}
	}
	parts := strings.Fields(s)
	g.roles[lang] = append(g.roles[lang], role{s, "title", gender, len(parts), parts})
}

// table calls row with the fields of each row of data/names/<name>.tsv.
func table(name string, row func([]string)) {
	text, err := data.Names.ReadFile("names/" + name + ".tsv")
	if err != nil {
		return
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && line[0] != '#' {
			row(strings.Split(line, "\t"))
		}
	}
}

// alternatives expands "chin[oa]|turc" to its prefixes.
func alternatives(s string) []string {
	var out []string
	for _, stem := range strings.Split(s, "|") {
		stem = romanize.Fold(stem)
		before, rest, ok := strings.Cut(stem, "[")
		if !ok {
			out = append(out, stem)
			continue
		}
		letters, after, _ := strings.Cut(rest, "]")
		for _, r := range letters {
			out = append(out, before+string(r)+after)
		}
	}
	return out
}

func (g *gazetteer) addPlace(code, kind string, byLanguage []string) {
	for i, l := range languages {
		list := byLanguage[i]
		if list == "-" {
			list = byLanguage[0]
		}
		for _, n := range strings.Split(list, "|") {
			text := n
			n = romanize.Fold(n)
			if _, ok := g.places[l][n]; ok || n == "-" {
				continue
			}
			g.places[l][n] = place{code, kind}
			if k := firstLetters(n); k != "" && slavic(l) {
				g.oblique[l][k] = append(g.oblique[l][k], placeName{strings.Fields(n), text, place{code, kind}})
			}
		}
	}
}

// firstLetters is what the forms of a name share, "" for names too short to be told inflected.
func firstLetters(folded string) string {
	r := []rune(folded)
	if len(r) < 4 {
		return ""
	}
	return string(r[:3])
}

// notGiven are entries of the lists of given names that are far oftener something else.
var notGiven = map[string]bool{
	"april": true, "may": true, "june": true, "august": true, "will": true, "london": true, "chelsea": true,
	"sydney": true, "georgia": true, "israel": true, "virginia": true, "austin": true, "paris": true,
	"trinity": true, "summer": true, "america": true, "india": true, "china": true, "kenya": true, "mercedes": true,
	"hope": true, "asia": true, "europa": true, "italia": true, "germania": true, "west": true, "orlando": true,
	"houston": true, "dallas": true, "madison": true, "an": true, "do": true, "the": true, "can": true,
	"september": true, "октябрина": true, "савет": true, "мир": true, "воля": true, "надія": true, "віра": true,
	"carolina": true, "victoria": true, "florida": true, "dakota": true, "montana": true, "savannah": true,
	"brooklyn": true, "justice": true, "major": true, "bishop": true, "pope": true, "royal": true,
	"legend": true, "cash": true, "price": true, "general": true, "king": true, "prince": true, "princess": true,
	"baron": true, "deacon": true, "judge": true, "art": true, "sunday": true, "union": true, "star": true,
	"washington": true, "easter": true, "christmas": true, "south": true, "north": true, "east": true, "sea": true, "ocean": true,
}

func (g *gazetteer) addGiven(name, gender string) {
	f := romanize.Fold(name)
	if notGiven[f] {
		return
	}
	if old, ok := g.given[f]; ok && old != gender && old != "-" {
		if gender == "-" {
			gender = old
		} else {
			gender = "mf"
		}
	}
	g.given[f] = gender
	if s := romanize.Skeleton(f); len(s) >= 3 {
		g.sounds[s] = append(g.sounds[s], givenName{f, gender})
	}
}

// addRomanized adds a given name in the Latin letters of the languages whose lists have it.
func (g *gazetteer) addRomanized(name, gender, lists string) {
	for _, l := range [...]string{"uk", "ru"} {
		if strings.Contains(lists, l) {
			if latin := romanize.Latin(name, l); g.given[romanize.Fold(latin)] == "" {
				g.addGiven(latin, gender)
			}
		}
	}
}

// place finds a folded name among the places of a language.
func (g *gazetteer) place(lang, folded string) (place, bool) {
	p, ok := g.places[lang][folded]
	return p, ok
}

// demonymCode is the country of a folded adjective or name of inhabitants: "belarusian" -> BY.
func (g *gazetteer) demonymCode(lang, folded string) string {
	for _, d := range g.demonyms[lang] {
		rest, ok := strings.CutPrefix(folded, d.stem)
		if ok && len([]rune(rest)) <= longestEnding(lang) && (lang != "en" || rest == "" || rest == "s") {
			return d.code
		}
	}
	return ""
}

// kindOf is the kind of organisation that a folded word names, "" for none.
func (g *gazetteer) kindOf(lang, folded string) string {
	for _, k := range g.kinds[lang] {
		root := strings.TrimRight(k.stem, "аяьй")
		if inflects(lang, folded, k.stem) && (utf8.RuneCountInString(root) > shortStem || endsInflected(lang, folded, root)) {
			return k.class
		}
	}
	return ""
}

const shortStem = 3 // letters of a stem that begins so many words that only true endings may follow: «рад»

// endsInflected reports whether what follows a stem is an ending of its language, or nothing.
func endsInflected(lang, word, stem string) bool {
	rest, ok := strings.CutPrefix(word, stem)
	if !ok || !slavic(lang) || rest == "" {
		return true
	}
	return slices.ContainsFunc(endingsOf[lang], func(e string) bool { return romanize.Fold(e) == rest })
}

// inflects reports whether a folded word is a form of a stem; in German also a compound of it.
func inflects(lang, word, stem string) bool {
	if i := strings.LastIndex(word, stem); i == 0 || i > 3 && lang == "de" && len(stem) > 2 {
		ending := word[i+len(stem):]
		return len([]rune(ending)) <= longestEnding(lang) && !ofOffices[ending]
	}
	return lang != "en" && fleeting(word, stem)
}

// ofOffices are endings that make the office of the holder, which no case has: мэр, мэрия; кандидат, кандидатура.
var ofOffices = set("ия", "ии", "ию", "ией", "ія", "ії", "ію", "ією", "ыя", "ыі", "ыю", "ура", "уры", "ури", "уру", "уре", "урі")

// fleeting compares words whose last vowel goes in oblique cases: боєць, бійця; premier, premiera.
func fleeting(word, stem string) bool {
	for _, pair := range [...][2]string{{"ець", "ц"}, {"ец", "ц"}, {"ок", "к"}, {"єць", "йц"}, {"ь", ""}, {"й", ""}, {"а", ""}, {"я", ""}, {"яр", "яр"}} {
		if root, ok := strings.CutSuffix(stem, pair[0]); ok {
			if rest, ok := strings.CutPrefix(word, root+pair[1]); ok && len([]rune(rest)) <= 3 && len([]rune(root)) >= 3 {
				return true
			}
		}
	}
	return false
}

func longestEnding(lang string) int {
	switch lang {
	case "en":
		return 1
	case "de", "fr", "es":
		return 2
	}
	return 3
}

// givenGender says whether a folded word is a given name, and of which gender: "m", "f", "mf" or
// "-" where unknown. Foreign names in another script are known by their sound, without a gender.
func (g *gazetteer) givenGender(lang, folded string) (string, bool) {
	if gender, ok := g.given[folded]; ok {
		return gender, true
	}
	if !slavic(lang) || never["en"][folded] {
		return "", false
	}
	if name, ok := g.givenNominative(lang, folded, ""); ok {
		if gender := g.given[name]; gender == "f" || strings.HasPrefix(folded, name) {
			return gender, true
		}
		return "-", true
	}
	if !romanize.HasCyrillic(folded) {
		return "", false
	}
	skeleton := romanize.Skeleton(folded)
	if len(skeleton) < 3 {
		return "", false
	}
	for _, n := range g.sounds[skeleton] {
		if !romanize.SameScript(n.name, folded) && romanize.Similarity(n.name, folded) >= 0.9 {
			return "-", true
		}
	}
	return "", false
}

// listed reports whether a folded word is, or may be a form of, a given name in the lists; what only
// sounds like one is not.
func (g *gazetteer) listed(lang, folded string) bool {
	if _, ok := g.given[folded]; ok || !slavic(lang) {
		return ok
	}
	_, ok := g.givenNominative(lang, folded, "")
	return ok
}

// givenNominative finds the given name that a folded word is an oblique form of; gender is
// "Masc", "Fem" or "" where unknown.
func (g *gazetteer) givenNominative(lang, folded, gender string) (string, bool) {
	for _, stem := range stems(lang, folded) {
		if len([]rune(stem)) < 3 && stem != folded && len([]rune(folded)) < 5 {
			continue
		}
		for _, end := range [...]string{"", "й", "о", "ь", "а", "я", "ій", "a", "ia", "i", "y", "o"} {
			if have, ok := g.given[stem+end]; ok && len([]rune(stem+end)) >= 3 && fitsGender(have, gender) {
				return stem + end, true
			}
		}
	}
	return "", false
}

func fitsGender(have, want string) bool {
	switch want {
	case "Masc":
		return have != "f"
	case "Fem":
		return have != "m"
	}
	return true
}

// roleAt finds the role of one word, with 1, or 0 where it has none.
func (g *gazetteer) roleAt(lang string, words []string) (role, int) {
	var found role
	for _, r := range g.roles[lang] {
		switch {
		case r.words != 1:
		case r.stem == strings.TrimSuffix(words[0], "."):
			return r, 1
		case found.words == 0 && isRole(lang, words[0], r.stem):
			found = r
		}
	}
	return found, found.words
}

// longRoles are the roles of several words that begin with a folded word.
func (g *gazetteer) longRoles(lang, first string) (out []role) {
	for _, r := range g.roles[lang] {
		if r.words > 1 && isRole(lang, first, r.parts[0]) {
			out = append(out, r)
		}
	}
	return out
}

// longestRole finds the longest of some roles at the beginning of the folded words.
func longestRole(lang string, roles []role, words []string) (best role, n int) {
	for _, r := range roles {
		if r.words <= n || r.words > len(words) {
			continue
		}
		fits := true
		for i, p := range r.parts {
			fits = fits && isRole(lang, words[i], p)
		}
		if fits {
			best, n = r, r.words
		}
	}
	return best, n
}

var formerPrefixes = []string{"екс-", "экс-", "экс", "екс", "eks", "ex-", "віце-", "вице-", "віцэ-", "wice", "vice-", "vize", "co-"}

func isRole(lang, word, stem string) bool {
	word = strings.TrimSuffix(word, ".")
	if word == stem {
		return true
	}
	if len(stem) <= 3 {
		return false // "mr" is not in "mrs"
	}
	if inflects(lang, word, stem) {
		return true
	}
	for _, p := range formerPrefixes {
		if rest, ok := strings.CutPrefix(word, p); ok && inflects(lang, rest, stem) {
			return true
		}
	}
	return false
}

func slavic(lang string) bool {
	switch lang {
	case "uk", "ru", "be", "pl", "cs":
		return true
	}
	return false
}
