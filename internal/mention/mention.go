// Package mention finds who and what a document names: persons, organisations, places and
// groups, in eight languages, and joins the names of one document that stand for the same. It
// works from trees where there are some and from the form of the words where there are none.
package mention

import (
	"slices"
	"strings"
	"unicode"

	"hearsay"
	"hearsay/internal/romanize"
)

// Stage finds mentions. The zero value is ready; it uses the embedded model.
type Stage struct {
	Model *Model // instead of the embedded one
}

// Run fills a.Mentions and a.Entities.
func (s *Stage) Run(a *hearsay.Analysis) {
	a.Mentions, a.Entities = nil, nil
	r := newReader(a)
	if s.Model != nil {
		r.model = s.Model
	}
	r.findNames()
	r.indexNames()
	r.defineAcronyms()
	for i := range r.names {
		r.findTitles(&r.names[i])
		r.judge(&r.names[i])
	}
	r.write(r.join().list)
	r.describe()
	r.order()
}

// write makes entities and mentions of the clusters.
func (r *reader) write(list []*cluster) {
	for _, k := range list {
		if k.class == other {
			continue
		}
		e := hearsay.Entity{Type: k.class.mentionType(), Gender: k.gender, Named: true, Titles: k.titles, Plural: k.class == group}
		if k.class != person {
			e.Gender = ""
		}
		e.Forms = r.forms(k)
		e.Name = e.Forms[0]
		id := len(r.a.Entities)
		for _, i := range k.names {
			n := &r.names[i]
			n.entity = id
			head := r.span(n)
			span := head
			if start := n.first - 2; k.class == organization && start >= 0 && possessive(r.words[n.first-1].form) && r.words[start].upper {
				span.Start = r.words[start].Start // "Australia's ABC News"
			}
			if k.class == person {
				span.Start = r.words[r.leftOfName(n)].Start
			}
			r.a.Mentions = append(r.a.Mentions, hearsay.Mention{Span: span, Head: head, Type: e.Type, Entity: id})
		}
		r.a.Entities = append(r.a.Entities, e)
	}
}

// leftOfName is where the noun phrase begins that a person's name with its titles closes: "the
// former Business Secretary Greg Clark".
func (r *reader) leftOfName(n *name) int {
	first := n.first
	for _, t := range n.titles {
		if t.last < n.first && t.first >= n.first-titleReach {
			first = min(first, t.first)
		}
	}
	if first == n.first || slavic(r.lang) {
		return first
	}
	sent := &r.a.Sentences[n.sentence]
	for k := first - 1; k >= sent.First && k >= first-6; k-- {
		w := &r.words[k]
		if other := r.nameEndingAt(k); other != nil && (r.lang == "en" || r.lang == "de") {
			k = other.first
			first = k
			continue
		}
		switch {
		case !w.letters && w.form != "-" && w.form != "." || w.form == "-" && k > sent.First && !r.words[k-1].letters:
			return first
		case determiner(r.lang, w.fold):
			return k
		case r.lang != "en" && r.lang != "de", w.upos != "NOUN" && w.upos != "ADJ" && w.upos != "PROPN" && !w.name && w.letters:
			return first
		}
		first = k
	}
	return first
}

// nameEndingAt is the name of several words whose last is at k, nil for none.
func (r *reader) nameEndingAt(k int) *name {
	if i, ok := r.ending[k]; ok {
		return &r.names[i]
	}
	return nil
}

// forms are the distinct nominative forms of a cluster, fullest first.
func (r *reader) forms(k *cluster) []string {
	var out []string
	seen := map[string]bool{}
	for _, i := range k.names {
		form := r.nominative(k, &r.names[i])
		if f := romanize.Fold(form); !seen[f] {
			seen[f] = true
			out = append(out, form)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int {
		if d := len(strings.Fields(b)) - len(strings.Fields(a)); d != 0 {
			return d
		}
		return 0
	})
	// An acronym does not name better than what it stands for, nor capitals than a name.
	return out
}

// nominative is a name as a nominative, with its particles.
func (r *reader) nominative(k *cluster, n *name) string {
	span := r.span(n)
	text := strings.Join(strings.Fields(span.In(r.text)), " ")
	if n.place.code != "" {
		if p, ok := r.nominativePlace(romanize.Fold(text)); ok && p.place == n.place && slavic(r.lang) && !r.words[n.parts[0]].caps {
			return p.text
		}
	}
	if !slavic(r.lang) {
		return text
	}
	if n.body {
		return r.nominativeBody(n)
	}
	var b strings.Builder
	at := span.Start
	for _, i := range n.parts {
		w := &r.words[i]
		if w.Start < at {
			continue
		}
		b.WriteString(r.text[at:w.Start])
		b.WriteString(r.nominativeWord(k, n, i))
		at = w.End
		if k.class == organization {
			break // the head alone changes, the rest is genitive anyway
		}
	}
	if at < span.End {
		b.WriteString(r.text[at:span.End])
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// nominativeBody puts the noun of a public body and the adjectives before it in the nominative; the
// rest is genitive anyway.
func (r *reader) nominativeBody(n *name) string {
	var out []string
	noun := n.first
	for noun < n.last && r.words[noun].upos == "ADJ" {
		noun++
	}
	for i := n.first; i <= noun; i++ {
		form := r.nominativeOf(&r.words[i], &r.words[noun])
		if r.words[i].upper {
			form = capitalised(form)
		}
		out = append(out, form)
	}
	if noun < n.last {
		out = append(out, strings.Fields(hearsay.Span{Start: r.words[noun+1].Start, End: r.words[n.last].End}.In(r.text))...)
	}
	return strings.Join(out, " ")
}

// nominativeOf is the lemma of a noun, or of an adjective as it goes with a noun.
func (r *reader) nominativeOf(w, noun *word) string {
	if w.cas == "Nom" || w.cas == "" || w.lemma == "" {
		return w.form
	}
	if w == noun {
		return w.lemma
	}
	for _, e := range feminineAdjectives[r.lang] {
		stem, ok := strings.CutSuffix(w.lemma, e.masculine)
		switch {
		case ok && noun.gender == "Fem":
			return stem + e.feminine
		case ok && noun.gender == "Neut":
			return stem + e.neuter
		}
	}
	return w.lemma
}

type adjective struct{ masculine, feminine, neuter string }

var feminineAdjectives = map[string][]adjective{
	"uk": {{"ий", "а", "е"}, {"ій", "я", "є"}},
	"ru": {{"ый", "ая", "ое"}, {"ий", "ая", "ое"}, {"ой", "ая", "ое"}},
	"be": {{"ы", "ая", "ае"}, {"і", "ая", "ае"}},
	"pl": {{"ki", "ka", "kie"}, {"gi", "ga", "gie"}, {"y", "a", "e"}, {"i", "ia", "ie"}},
}

// nominativeWord picks the nominative of one word: a form that the document has in the
// nominative, a given name of the lists, the lemma, or what the paradigms say.
func (r *reader) nominativeWord(k *cluster, n *name, i int) string {
	w := &r.words[i]
	if bare := apostrophised(r.lang, w.fold); bare != w.fold {
		return string([]rune(w.form)[:len([]rune(bare))])
	}
	if w.caps || strings.IndexFunc(w.form[1:], unicode.IsUpper) > 0 && !strings.Contains(w.form, "-") || w.cas == "Nom" || len([]rune(w.fold)) < 3 || r.indeclinable(k, w) {
		return w.form
	}
	if r.words[n.parts[0]].cas == "Nom" && len(n.parts) > 1 {
		return w.form // the parser may miss the case of a foreign surname
	}
	if k.class == person && i != n.parts[len(n.parts)-1] && r.standsNominative(n, w) {
		return w.form
	}
	lower := strings.ToLower(w.form)
	if i == n.parts[0] && k.class == person {
		if _, listed := r.g.given[w.fold]; !listed || w.cas != "" {
			gender := k.gender
			if gender == "" {
				gender = w.gender
			}
			if g, ok := r.g.givenNominative(r.lang, w.fold, gender); ok {
				return r.spelled(lower, g)
			}
		}
	}
	best, bestScore := w.form, 0.5
	if w.cas != "" {
		bestScore = -0.5
	}
	bestScore += r.nominativeScore(k, lower)
	for _, o := range nominatives(r.lang, lower, k.gender)[1:] {
		if s := r.nominativeScore(k, o) + r.lemmaScore(w, o); s > bestScore {
			best, bestScore = capitalised(o), s
		}
	}
	if w.lemma != "" && sameWord(r.lang, w.fold, romanize.Fold(w.lemma)) && fitsGender(r.g.given[romanize.Fold(w.lemma)], k.gender) && !r.undeclined(k, w) {
		if s := r.nominativeScore(k, strings.ToLower(w.lemma)) + r.lemmaScore(w, strings.ToLower(w.lemma)); s > bestScore {
			best = capitalised(w.lemma)
		}
	}
	return best
}

// undeclined reports whether a word is the surname of a woman that ends in a consonant, which does
// not change: «міс Стайнем» has no «Стайнь».
func (r *reader) undeclined(k *cluster, w *word) bool {
	return k.class == person && k.gender == "Fem" && !strings.ContainsAny(w.lemma[len(w.lemma)-2:], "аяaіїиyeеоoуiі") && !strings.HasSuffix(w.lemma, "a") && strings.IndexFunc("аяaуюоеиіїьй", func(c rune) bool { return strings.HasSuffix(w.fold, string(c)) }) < 0
}

// standsNominative reports whether a given name in a vowel goes with a surname that shows no case where a
// man's would: «Джеремі Корбін», «Петра Ленк»; but not where it is a woman's in another case: «Маргарити Тетчер».
func (r *reader) standsNominative(n *name, w *word) bool {
	if _, listed := r.g.given[w.fold]; listed {
		return false
	}
	if _, hers := r.g.givenNominative(r.lang, w.fold, "Fem"); hers {
		return false
	}
	last := []rune(r.words[n.parts[len(n.parts)-1]].fold)
	end := []rune(w.fold)
	return strings.ContainsRune("аяіиуоеэю", end[len(end)-1]) && !strings.ContainsRune("аяуюоеэыйьмўї", last[len(last)-1]) && r.lang != "pl"
}

// indeclinable reports whether a name does not change: a Latin name in a Cyrillic text, or one
// that stands in a single form wherever the document has it.
func (r *reader) indeclinable(k *cluster, w *word) bool {
	if r.lang != "pl" && r.lang != "cs" && !romanize.HasCyrillic(w.form) {
		return true
	}
	for fold := range k.spelt {
		if fold != w.fold && sameWord(r.lang, fold, w.fold) {
			return false
		}
	}
	return k.spelt[w.fold].all >= 3
}

// spelled writes a folded nominative with the diacritics that the form has.
func (r *reader) spelled(form, folded string) string {
	if romanize.Fold(form) == folded {
		return capitalised(form)
	}
	a, b := []rune(form), []rune(folded)
	for i := 0; i < len(a) && i < len(b); i++ {
		if romanize.Fold(string(a[i])) == string(b[i]) {
			b[i] = a[i]
		}
	}
	return capitalised(string(b))
}

func (r *reader) lemmaScore(w *word, option string) float64 {
	if w.lemma == "" || option != strings.ToLower(w.lemma) {
		return 0
	}
	return 2
}

// nominativeScore says how much speaks for a word as the nominative of a cluster's name.
func (r *reader) nominativeScore(k *cluster, option string) float64 {
	folded := romanize.Fold(option)
	have := k.spelt[folded]
	s := 3 * float64(have.nominative)
	if have.all > 0 {
		s++
	}
	if k.class == location {
		if _, ok := r.g.place(r.lang, folded); ok {
			s += 4
		}
		return s
	}
	if k.class == person {
		if obl, oblique := looksOblique(r.lang, option, k.gender); !oblique {
			s += 0.5
		} else if obl != option {
			s -= 0.4
		}
	}
	return s
}

func capitalised(s string) string {
	if s == "" {
		return s
	}
	parts := strings.Split(s, "-")
	for i, p := range parts {
		rs := []rune(p)
		if len(rs) > 0 {
			parts[i] = strings.ToUpper(string(rs[0])) + string(rs[1:])
		}
	}
	return strings.Join(parts, "-")
}

// order sorts the mentions by place and points the entities at them.
func (r *reader) order() {
	a := r.a
	slices.SortStableFunc(a.Mentions, func(x, y hearsay.Mention) int {
		if d := x.Start - y.Start; d != 0 {
			return d
		}
		return y.End - x.End
	})
	for i := range a.Entities {
		a.Entities[i].Mentions = nil
	}
	for i := range a.Mentions {
		e := &a.Entities[a.Mentions[i].Entity]
		e.Mentions = append(e.Mentions, i)
	}
}
