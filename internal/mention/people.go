package mention

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// cluster is an entity in the making.
type cluster struct {
	names    []int // indices into reader.names, in text order once done
	words    []string
	class    class
	gender   string
	titles   []string
	place    place
	score    [5]float64 // by class
	full     int        // name with the most words
	acronyms map[string]bool
	spelt    map[string]spelling // folded words of its names, once done
	keys     []string            // under which its neighbours find it
	order    int                 // place in the list of clusters
	last     int                 // name that the sweep met last, -1 for none
}

// spelling is how often a folded word stands in the names of a cluster, and how often in the nominative.
type spelling struct{ all, nominative int }

type clusters struct {
	r    *reader
	list []*cluster
	of   []*cluster // by name
	near neighbours
}

// join makes clusters of the names: full names first, then what abbreviates them.
func (r *reader) join() *clusters {
	c := &clusters{r: r, of: make([]*cluster, len(r.names)), near: newNeighbours(r.lang)}
	// Longer names first, so that a surname finds its full name wherever that stands.
	// Then acronyms where they are defined, so that the others find them.
	for pass := range 3 {
		c.near.rewind(c.list)
		for i := range r.names {
			switch at := r.names[i].pass(); {
			case at == pass:
				c.add(i)
			case at < pass:
				c.near.meet(c.of[i], i)
			}
		}
	}
	c.settle()
	return c
}

// pass says when a name is joined: the long ones first, then defined acronyms, then the rest.
func (n *name) pass() int {
	switch {
	case len(n.parts) > 1 || n.shortened:
		return 0
	case n.shortFor >= 0:
		return 1
	}
	return 2
}

func (c *clusters) add(i int) {
	n := &c.r.names[i]
	words := c.r.folded(n)
	n.gender = c.r.genderOf(n)
	best := c.find(n, words)
	if best == nil {
		best = &cluster{words: words, full: i, order: len(c.list), last: -1}
		c.list = append(c.list, best)
		c.near.enter(best, best.words)
	}
	c.of[i] = best
	best.names = append(best.names, i)
	c.merge(best, n, words, i)
	c.near.meet(best, i)
}

// merge adds to a cluster what a name of it says.
func (c *clusters) merge(best *cluster, n *name, words []string, i int) {
	if n.shortFor >= 0 {
		c.near.enterAcronym(best, c.r.words[n.parts[0]].fold)
	}
	if n.gender != "" && best.gender == "" {
		best.gender = n.gender
	}
	if len(best.words) > 1 && len(words) == 1 && best.place.code == "" && (c.surnameOf(best, n, words) || c.givenOf(best, n, words)) {
		best.score[person]++
		return // what else the word may mean is beside the point
	}
	for k := range n.score {
		best.score[k] += n.score[k]
	}
	if len(words) > len(best.words) {
		best.words, best.full = words, i
		c.near.enter(best, words)
	}
	if n.place.code != "" && best.place.code == "" {
		best.place = n.place
		c.near.enterPlace(best)
	}
}

// folded are the words of a name, folded; initials keep their full stop off.
func (r *reader) folded(n *name) []string {
	out := make([]string, 0, len(n.parts))
	for _, i := range n.parts {
		out = append(out, strings.TrimSuffix(r.words[i].fold, "."))
	}
	return out
}

// find is the cluster that a name belongs to, nil for a new one. Where two people share the
// surname the one named last is meant.
func (c *clusters) find(n *name, words []string) *cluster {
	fits := func(k *cluster) bool { return c.fits(k, n, words) }
	var defined *cluster
	if n.shortFor >= 0 && fits(c.of[n.shortFor]) {
		defined = c.of[n.shortFor]
	}
	return c.near.find(n, words, defined, fits)
}

// fits reports whether a name may stand for the entity of a cluster.
func (c *clusters) fits(k *cluster, n *name, words []string) bool {
	r := c.r
	if n.place.code != "" && k.place.code != "" {
		return n.place == k.place
	}
	if n.shortFor >= 0 && c.of[n.shortFor] == k || len(words) == 1 && k.acronyms[words[0]] {
		return true
	}
	if len(words) == 1 && len(k.words) == 1 {
		if r.words[n.parts[0]].caps != r.words[r.names[k.full].parts[0]].caps && !r.words[n.parts[0]].shouted && !r.words[r.names[k.full].parts[0]].shouted {
			return false
		}
		if (n.place.code == "") != (k.place.code == "") {
			return words[0] == k.words[0] // «Кіта» is not China, whatever the endings
		}
		return sameWord(r.lang, words[0], k.words[0])
	}
	if len(words) == len(k.words) && r.sameAll(words, k.words) {
		return true
	}
	if k.place.code == "" && (c.surnameOf(k, n, words) || n.place.code == "" && c.givenOf(k, n, words)) {
		return true
	}
	if n.place.code != "" || k.place.code != "" {
		return false
	}
	if k.score[organization] > k.score[person]+2.5*float64(len(k.names)) || n.score[organization] > n.score[person]+2.5 {
		return c.acronymOf(k, words) || c.withCountry(k.words, words) || c.withCountry(words, k.words)
	}
	if k.score[location] > k.score[person]+2*float64(len(k.names)) {
		return false
	}
	if n.gender != "" && k.gender != "" && n.gender != k.gender {
		return false
	}
	return r.samePerson(words, k.words)
}

// surnameOf reports whether a word alone is the surname of a person named in full before, whatever
// else the word may mean: "West" after "Karla West".
func (c *clusters) surnameOf(k *cluster, n *name, words []string) bool {
	r := c.r
	if len(words) != 1 || len(k.words) < 2 || r.words[n.parts[0]].caps || k.score[person] <= max(k.score[organization], k.score[location]) {
		return false
	}
	if !sameWord(r.lang, words[0], k.words[len(k.words)-1]) {
		return false
	}
	if n.gender != "" && k.gender != "" && n.gender != k.gender {
		return false
	}
	if n.first == 0 {
		return true
	}
	before := r.words[n.first-1].fold
	if n.place.code != "" {
		return !placePrepositions[r.lang][before] && !determiner(r.lang, before)
	}
	return !determiner(r.lang, before) || r.lang == "es" || r.lang == "fr"
}

// givenOf reports whether a word alone is the first name of a person named in full before, in the
// lists or not: "Kit" after "Kit Salo".
func (c *clusters) givenOf(k *cluster, n *name, words []string) bool {
	r := c.r
	if len(words) != 1 || len(k.words) < 2 || len(k.words) > 3 || r.words[n.parts[0]].caps || k.score[person] <= max(k.score[organization], k.score[location]) {
		return false
	}
	if len([]rune(words[0])) < 3 || !sameWord(r.lang, words[0], k.words[0]) || r.kindOf(words[0]) != "" {
		return false
	}
	return n.first == 0 || !determiner(r.lang, r.words[n.first-1].fold)
}

func (r *reader) sameAll(a, b []string) bool {
	for i := range a {
		if !sameWord(r.lang, a[i], b[i]) {
			return false
		}
	}
	return true
}

// acronymOf reports whether a single word in capitals has the initials of a longer name.
func (c *clusters) acronymOf(k *cluster, words []string) bool {
	if len(words) != 1 || len(k.words) < 3 || utf8.RuneCountInString(words[0]) != len(k.words) {
		return false
	}
	i := 0
	for _, letter := range words[0] {
		first, _ := utf8.DecodeRuneInString(k.words[i])
		if first != letter {
			return false
		}
		i++
	}
	return true
}

// withCountry reports whether a long name is a short one behind the adjective of a country:
// "the American Institute for …".
func (c *clusters) withCountry(long, short []string) bool {
	r := c.r
	if len(short) < 2 || len(long) != len(short)+1 || r.demonymCode(long[0]) == "" {
		return false
	}
	return r.sameAll(long[1:], short)
}

// samePerson compares the parts of two names of which at least one has several: given name
// alone, surname alone, initial and surname, given name with patronymic, with and without a
// middle name.
func (r *reader) samePerson(short, long []string) bool {
	if len(short) > len(long) {
		short, long = long, short
	}
	first, last := long[0], long[len(long)-1]
	if len(short) == 1 {
		w := short[0]
		if r.sameSurname(w, last) {
			return true
		}
		_, given := r.g.givenGender(r.lang, first)
		return given && sameWord(r.lang, w, first)
	}
	if len(short) < len(long) && r.sameAll(short, long[len(long)-len(short):]) {
		return true // both surnames without the given name
	}
	sf, sl := short[0], short[len(short)-1]
	if isPatronymic(sl) && len(short) == 2 {
		if len(long) == 2 && !isPatronymic(last) {
			return sameWord(r.lang, sf, first)
		}
		return sameWord(r.lang, sf, first) && len(long) > 2 && sameWord(r.lang, sl, long[1])
	}
	if !r.sameSurname(sl, last) {
		return false
	}
	return sameWord(r.lang, sf, first) || isInitialOf(sf, first) || isInitialOf(first, sf)
}

// sameSurname allows for the hyphen of a double name: "Plasco" is not "Plasco-Flaxman", but the
// forms of both agree.
func (r *reader) sameSurname(a, b string) bool {
	return sameWord(r.lang, a, b) || sameWord(r.lang, withoutArticle(a), withoutArticle(b))
}

// withoutArticle takes an Arabic article off a surname: al-Bahri, Bahri.
func withoutArticle(surname string) string {
	if article, rest, ok := strings.Cut(surname, "-"); ok && articleOf[article] {
		return rest
	}
	return surname
}

func isInitialOf(a, b string) bool {
	return utf8.RuneCountInString(a) == 1 && strings.HasPrefix(b, a)
}

// genderOf is what a name says about the gender of a person: "Masc", "Fem" or "".
func (r *reader) genderOf(n *name) string {
	for _, t := range n.titles {
		switch {
		case t.gender == "f":
			return "Fem"
		case t.gender == "m" && (t.head == "mr" || t.head == "sir" || t.head == "lord" || t.head == "herr" || t.head == "pan" || t.head == "monsieur" || t.head == "señor"):
			return "Masc"
		}
	}
	if len(n.parts) > 1 {
		first := &r.words[n.parts[0]]
		gender, ok := r.g.givenGender(r.lang, first.fold)
		if slavic(r.lang) && first.cas != "" && first.cas != "Nom" && first.gender != "" && givenGenders[gender] != first.gender {
			ok = false // «Donalda» is also a woman's name
		}
		if ok && slavic(r.lang) && r.standsNominative(n, first) {
			ok = false // «Петра Ленк» is no Петр
		}
		switch {
		case ok && gender == "m":
			return "Masc"
		case ok && gender == "f":
			return "Fem"
		}
	}
	last := r.words[n.parts[len(n.parts)-1]].fold
	for _, e := range feminineSurnames[r.lang] {
		if strings.HasSuffix(last, e) {
			return "Fem"
		}
	}
	for _, e := range masculineSurnames[r.lang] {
		if strings.HasSuffix(last, e) {
			return "Masc"
		}
	}
	return ""
}

// givenGenders are the genders of given names as entities have them.
var givenGenders = map[string]string{"m": "Masc", "f": "Fem"}

var masculineSurnames = map[string][]string{
	"uk": {"ський", "ського", "ському", "цький", "цького", "цькому"},
	"ru": {"ский", "ского", "скому", "цкий", "цкого", "цкому"},
	"be": {"скі", "скага", "скаму", "цкі", "цкага", "цкаму"},
	"pl": {"ski", "skiego", "skiemu", "cki", "ckiego", "ckiemu"},
}

var feminineSurnames = map[string][]string{
	"uk": {"ська", "ської", "ською", "ській", "цька", "цької", "цькою"},
	"ru": {"ская", "ской", "скую", "цкая", "цкой"},
	"be": {"ская", "скай", "скую", "цкая", "цкай"},
	"pl": {"ska", "skiej", "ską", "cka", "ckiej", "cką"},
}

// defineAcronyms finds "Institute for the Study of War (ISW)" and «… (МАГАТЕ)».
func (r *reader) defineAcronyms() {
	for i := 1; i < len(r.names); i++ {
		n, long := &r.names[i], &r.names[i-1]
		if len(n.parts) != 1 || !r.words[n.parts[0]].caps || long.first == long.last || long.sentence != n.sentence {
			continue
		}
		if n.first != long.last+2 || r.words[n.first-1].form != "(" {
			continue
		}
		n.shortFor, long.shortened = i-1, true
		long.score[organization] += 3
		n.score[organization] += 3
	}
}

// settle decides the class of each cluster from all its names.
func (c *clusters) settle() {
	for _, k := range c.list {
		slices.Sort(k.names)
		k.spelt = c.r.spellings(k.names)
		if c.surnameAlone(k) {
			k.score[person] += 3 * float64(len(k.names))
		}
		all := name{score: k.score}
		all.decide()
		k.class = all.class
		if k.class == person && k.gender == "" && len(k.words) == 1 {
			k.gender = givenGenders[c.r.g.given[k.words[0]]]
		}
		for _, i := range k.names {
			for _, t := range c.r.names[i].titles {
				k.addTitle(t.text)
			}
		}
	}
}

// surnameAlone reports whether the document goes on by the last word of a longer name, as it
// does with people: "Dyteon Simpson", then "Simpson".
func (c *clusters) surnameAlone(k *cluster) bool {
	if len(k.words) < 2 || len(k.words) > 3 || k.place.code != "" {
		return false
	}
	for _, w := range k.words {
		if c.r.kindOf(w) != "" {
			return false
		}
	}
	for _, i := range k.names {
		if w := c.r.folded(&c.r.names[i]); len(w) == 1 && sameWord(c.r.lang, w[0], k.words[len(k.words)-1]) {
			return true
		}
	}
	return false
}

// spellings counts the words of some names.
func (r *reader) spellings(names []int) map[string]spelling {
	out := map[string]spelling{}
	for _, i := range names {
		for _, j := range r.names[i].parts {
			w := &r.words[j]
			s := out[w.fold]
			s.all++
			if w.cas == "Nom" {
				s.nominative++
			}
			out[w.fold] = s
		}
	}
	return out
}

func (k *cluster) addTitle(t string) {
	for _, have := range k.titles {
		if have == t {
			return
		}
	}
	k.titles = append(k.titles, t)
}
