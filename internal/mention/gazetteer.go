package mention

import (
	"strings"
	"sync"

	"hearsay/data"
	"hearsay/internal/romanize"
)

// languages are the columns of the tables of names, in their order.
var languages = []string{"en", "uk", "ru", "pl", "be", "de", "fr", "es"}

// gazetteer is what the tables of data/names say.
type gazetteer struct {
	given    map[string]string // folded given name -> genders "m", "f", "mf" or "-"
	sounds   map[string][]givenName
	places   map[string]map[string]place // language -> folded name -> place
	demonyms map[string][]demonym
	kinds    map[string][]kind // language -> words that make an organisation
	roles    map[string][]role
}

type givenName struct{ name, gender string }

type place struct {
	code string
	kind string // country, capital, region, seat
}

type demonym struct{ stem, code string }

type kind struct{ stem, class string }

type role struct {
	stem   string
	kind   string // title, person, group
	gender string
	words  int
}

// names is read once, when the first document is.
var names = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{
		given:  map[string]string{},
		sounds: map[string][]givenName{},
		places: map[string]map[string]place{}, demonyms: map[string][]demonym{},
		kinds: map[string][]kind{}, roles: map[string][]role{},
	}
	for _, l := range languages {
		g.places[l] = map[string]place{}
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
	table("given", func(f []string) { g.addGiven(f[0], f[1]) })
	table("organizations", func(f []string) {
		for _, s := range strings.Split(f[2], "|") {
			g.kinds[f[0]] = append(g.kinds[f[0]], kind{romanize.Fold(s), f[1]})
		}
	})
	table("roles", func(f []string) {
		for _, s := range strings.Split(f[3], "|") {
			s = romanize.Fold(s)
			g.roles[f[0]] = append(g.roles[f[0]], role{s, f[1], f[2], len(strings.Fields(s))})
		}
	})
	return g
})

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
			n = romanize.Fold(n)
			if _, ok := g.places[l][n]; !ok && n != "-" {
				g.places[l][n] = place{code, kind}
			}
		}
	}
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
	"easter": true, "christmas": true, "south": true, "north": true, "east": true, "sea": true, "ocean": true,
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

// place finds a folded name among the places of a language.
func (g *gazetteer) place(lang, folded string) (place, bool) {
	p, ok := g.places[lang][folded]
	return p, ok
}

// demonymCode is the country of a folded adjective or name of inhabitants: "belarusian" -> BY.
func (g *gazetteer) demonymCode(lang, folded string) string {
	for _, d := range g.demonyms[lang] {
		if rest, ok := strings.CutPrefix(folded, d.stem); ok && len([]rune(rest)) <= longestEnding(lang) {
			return d.code
		}
	}
	return ""
}

// kindOf is the kind of organisation that a folded word names, "" for none.
func (g *gazetteer) kindOf(lang, folded string) string {
	for _, k := range g.kinds[lang] {
		if inflects(lang, folded, k.stem) {
			return k.class
		}
	}
	return ""
}

// inflects reports whether a folded word is a form of a stem; in German also a compound of it.
func inflects(lang, word, stem string) bool {
	if i := strings.LastIndex(word, stem); i == 0 || i > 3 && lang == "de" && len(stem) > 2 {
		return len([]rune(word[i+len(stem):])) <= longestEnding(lang)
	}
	return lang != "en" && fleeting(word, stem)
}

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
// "-" where unknown. Foreign names in another script are known by their sound.
func (g *gazetteer) givenGender(lang, folded string) (string, bool) {
	if gender, ok := g.given[folded]; ok {
		return gender, true
	}
	if !slavic(lang) {
		return "", false
	}
	for _, stem := range stems(lang, folded) {
		for _, end := range [...]string{"", "а", "о", "й", "ь", "я", "a", "ій"} {
			if gender, ok := g.given[stem+end]; ok && len([]rune(stem)) >= 3 {
				return gender, true
			}
		}
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
			return n.gender, true
		}
	}
	return "", false
}

// roleAt finds the longest role that begins at the folded words, and how many words it has.
func (g *gazetteer) roleAt(lang string, words []string) (role, int) {
	var best role
	n := 0
	for _, r := range g.roles[lang] {
		if r.words <= n || r.words > len(words) {
			continue
		}
		parts := strings.Fields(r.stem)
		fits := true
		for i, p := range parts {
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
	if inflects(lang, word, stem) {
		return len(stem) > 3 || len(word)-len(stem) <= 1
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
