package syntax

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/internal/linear"
)

// lemmatizer gives words their lemma: from the table of words seen, else the best of the
// candidates that the word's endings call for.
type lemmatizer struct {
	scripts []script
	table   linear.Index // by word, tag and features (or without features): a script
	endings sets         // by ending and tag: scripts, most frequent first
	lemmas  linear.Index // lemmas seen, by tag
	ranker  adder

	dictionary *dictionary
}

// script turns a form into a lemma: cut characters off both ends, add others, set the case.
type script struct {
	cutPrefix, cutSuffix int // characters
	addPrefix, addSuffix string
	letters              letterCase
}

type letterCase byte

const (
	lowerCase letterCase = iota // all small
	keepCase                    // as the form has them
	titleCase                   // the first one capital
	upperCase                   // all capitals
)

// apply returns the lemma, or "" where the script does not fit the form.
func (s script) apply(form string) string {
	if s.letters != keepCase {
		form = strings.ToLower(form)
	}
	for range s.cutPrefix {
		_, n := utf8.DecodeRuneInString(form)
		form = form[n:]
	}
	for range s.cutSuffix {
		_, n := utf8.DecodeLastRuneInString(form)
		form = form[:len(form)-n]
	}
	if form == "" && s.addPrefix == "" && s.addSuffix == "" {
		return ""
	}
	form = s.addPrefix + form + s.addSuffix
	switch s.letters {
	case titleCase:
		form = title(form)
	case upperCase:
		form = strings.ToUpper(form)
	}
	return form
}

// scriptOf finds the script from form to lemma around their longest common substring.
func scriptOf(form, lemma string) script {
	for _, letters := range []letterCase{lowerCase, keepCase, titleCase, upperCase} {
		from, to := form, lemma
		if letters != keepCase {
			from = strings.ToLower(form)
		}
		switch letters {
		case titleCase:
			to = strings.ToLower(lemma)
			if lemma == "" || title(to) != lemma {
				continue
			}
		case upperCase:
			to = strings.ToLower(lemma)
			if strings.ToUpper(to) != lemma {
				continue
			}
		case lowerCase:
			if strings.ToLower(lemma) != lemma {
				continue
			}
		case keepCase:
			if strings.ToLower(form) == form || !shareCapital(form, lemma) {
				continue
			}
		}
		s := cut(from, to)
		s.letters = letters
		if s.apply(form) == lemma {
			return s
		}
	}
	s := cut(form, lemma)
	s.letters = keepCase
	return s
}

// shareCapital says that the first letters agree, capitals included.
func shareCapital(form, lemma string) bool {
	a, _ := utf8.DecodeRuneInString(form)
	b, _ := utf8.DecodeRuneInString(lemma)
	return a == b || unicode.ToLower(a) != unicode.ToLower(b)
}

func cut(from, to string) script {
	a, b := []rune(from), []rune(to)
	i, j, n := longestCommon(a, b)
	return script{
		cutPrefix: i, addPrefix: string(b[:j]),
		cutSuffix: len(a) - i - n, addSuffix: string(b[j+n:]),
	}
}

// longestCommon finds the longest common substring, the first of equals.
func longestCommon(a, b []rune) (i, j, n int) {
	row := make([]int, len(b)+1)
	for x := range a {
		last := 0
		for y := range b {
			up := row[y+1]
			if a[x] == b[y] {
				row[y+1] = last + 1
				if row[y+1] > n {
					n = row[y+1]
					i, j = x-n+1, y-n+1
				}
			} else {
				row[y+1] = 0
			}
			last = up
		}
	}
	return i, j, n
}

const longestEnding = 6

// capitals is how a form is written: 0 small, 1 first letter, 2 all, 3 otherwise.
func capitals(form string) uint64 {
	lower := strings.ToLower(form)
	switch {
	case form == lower:
		return 0
	case title(lower) == form:
		return 1
	case strings.ToUpper(form) == form:
		return 2
	}
	return 3
}

func lemmaKey(form string, tag int, feats string) uint32 {
	return linear.Feature3(1003, linear.Hash(form), uint64(tag), linear.Hash(feats))
}

func scriptKey(ending string, n, tag int) uint32 {
	return linear.Feature3(1004, linear.Hash(ending), uint64(tag), uint64(n))
}

func knownKey(lemma string, tag int) uint32 {
	return linear.Feature2(1005, linear.Hash(lemma), uint64(tag))
}

// anyFeats stands for the features where only form and tag are asked.
const anyFeats = "*"

// lemma returns the lemma of a word. before are the features of the word before it where that is a
// name too: given names and surnames agree. names is what the rest of the document shows of names; nil
// where nothing is known of it.
func (l *lemmatizer) lemma(form string, tag int, feats, before string, names *names, s *scratch) string {
	if lemma, ok := l.seen(form, tag, feats); ok {
		return lemma
	}
	if capitals(form) == 2 && utf8.RuneCountInString(form) > 1 {
		return form // an abbreviation; sentences in capitals were brought to small letters
	}
	if tag == tagPROPN {
		return l.choose(form, tag, feats, before, names, s)
	}
	e := s.lemmas.entry(form, tag, feats, before)
	if e.lemma == "" {
		e.lemma = l.choose(e.form, tag, feats, before, nil, s)
	}
	return e.lemma
}

// choose takes the best of the lemmas that a word may have.
func (l *lemmatizer) choose(form string, tag int, feats, before string, names *names, s *scratch) string {
	s.candidates = l.candidates(form, tag, s.candidates)
	switch {
	case len(s.candidates) > 0:
		return l.best(form, tag, feats, before, names, s)
	case tag == tagPROPN:
		return form
	}
	return strings.ToLower(form)
}

// chosenLemmas remembers what was chosen for words that are no names: it depends on nothing but what an
// entry holds.
type chosenLemmas [1 << 11]chosenLemma

type chosenLemma struct {
	form, feats, before string
	tag                 int
	lemma               string // "" where nothing was chosen yet
}

// entry is the place of a word, emptied of any other's lemma.
func (c *chosenLemmas) entry(form string, tag int, feats, before string) *chosenLemma {
	e := &c[linear.Hash(form)%uint64(len(c))]
	if e.form != form || e.tag != tag || e.feats != feats || e.before != before {
		*e = chosenLemma{form: strings.Clone(form), feats: feats, before: before, tag: tag} // a clone holds no text fast
	}
	return e
}

// seen looks the word up in the table.
func (l *lemmatizer) seen(form string, tag int, feats string) (string, bool) {
	s, ok := l.table.Get(lemmaKey(form, tag, feats))
	if !ok {
		s, ok = l.table.Get(lemmaKey(form, tag, anyFeats))
	}
	if !ok {
		return "", false
	}
	return l.scripts[s].apply(form), true
}

// best ranks s.candidates.
func (l *lemmatizer) best(form string, tag int, feats, before string, names *names, s *scratch) string {
	if len(s.candidates) == 1 {
		return s.candidates[0].lemma
	}
	w := newLemmaWord(form, tag, feats, before)
	if tag != tagPROPN {
		names = nil
	}
	if names != nil {
		names.weigh(w.lower, s)
	}
	best, bestScore := 0, int32(-1<<31)
	for i := range s.candidates {
		if score := l.score(&w, i, names, s); score > bestScore {
			best, bestScore = i, score
		}
	}
	return s.candidates[best].lemma
}

func (l *lemmatizer) score(w *lemmaWord, i int, names *names, s *scratch) int32 {
	l.features(w, i, names, s)
	var score [1]int32
	l.ranker.Add(s.features.list, score[:])
	return score[0]
}

// lemmaCandidate is a lemma that some ending calls for.
type lemmaCandidate struct {
	script uint16
	ending int // length of the longest ending that has it
	rank   int // among the scripts of that ending
	lemma  string
}

const (
	mostCandidates = 10
	mostPerEnding  = 5
)

// candidates collects the lemmas that the endings of a form call for, longest first.
func (l *lemmatizer) candidates(form string, tag int, out []lemmaCandidate) []lemmaCandidate {
	out = out[:0]
	lower := strings.ToLower(form)
	starts := endings(lower)
	for n := len(starts) - 1; n >= 0 && len(out) < mostCandidates; n-- {
		list, _ := l.endings.get(scriptKey(lower[starts[n]:], n, tag))
		for rank, s := range list {
			lemma := l.scripts[s].apply(form)
			if lemma == "" || slices.ContainsFunc(out, func(c lemmaCandidate) bool { return c.lemma == lemma }) {
				continue
			}
			out = append(out, lemmaCandidate{script: s, ending: n, rank: rank, lemma: lemma})
		}
	}
	return out[:min(len(out), mostCandidates)]
}

// lemmaWord holds the atoms of a word to be lemmatised.
type lemmaWord struct {
	form, lower    string
	tag            uint64
	feats, caseOf  uint64
	gender, number uint64
	capital        uint64
	before         uint64 // case and gender of the name before, 0 where there is none
	suffix         [6]uint64
}

func newLemmaWord(form string, tag int, feats, before string) lemmaWord {
	w := lemmaWord{form: form, lower: strings.ToLower(form), tag: uint64(tag), feats: linear.Hash(feats), capital: capitals(form)}
	w.caseOf = linear.Hash(feature(feats, "Case"))
	w.gender = linear.Hash(feature(feats, "Gender"))
	w.number = linear.Hash(feature(feats, "Number"))
	if before != "" {
		w.before = linear.Hash(feature(before, "Case") + feature(before, "Gender"))
	}
	at := len(w.lower)
	for n := 1; n < len(w.suffix); n++ {
		if at > 0 {
			_, size := utf8.DecodeLastRuneInString(w.lower[:at])
			at -= size
		}
		w.suffix[n] = linear.Hash(w.lower[at:])
	}
	return w
}

// feature returns the value of a feature, "" where the bundle has it not.
func feature(feats, name string) string {
	for feats != "" {
		var pair string
		pair, feats, _ = strings.Cut(feats, "|")
		if n, v, _ := strings.Cut(pair, "="); n == name {
			return v
		}
	}
	return ""
}

// lemmaEnding is the atom of a lemma's last two characters.
func lemmaEnding(lemma string) uint64 {
	at := len(lemma)
	for range 2 {
		_, size := utf8.DecodeLastRuneInString(lemma[:at])
		at -= size
	}
	return linear.Hash(lemma[at:])
}

// features fills s.features with those of candidate i.
func (l *lemmatizer) features(w *lemmaWord, i int, names *names, s *scratch) {
	c := &s.candidates[i]
	f := &s.features
	f.reset(300)
	script := uint64(c.script) + 1
	agree := w.gender*31 + w.number
	f.add2(script, w.tag)
	f.add3(script, w.tag, w.feats)
	f.add3(script, w.tag, w.caseOf)
	f.add3(script, w.tag, agree)
	f.add3(script, w.tag, w.capital)
	for n := 1; n <= 5; n++ {
		f.add3(script, w.tag, w.suffix[n])
	}
	for n := 1; n <= 4; n++ {
		f.add3(script, w.feats, w.suffix[n])
	}
	for n := 1; n <= 3; n++ {
		f.add3(script, w.caseOf*31+agree, w.suffix[n])
	}
	at := len(c.lemma)
	for n := 1; n <= 4; n++ {
		if at > 0 {
			_, size := utf8.DecodeLastRuneInString(c.lemma[:at])
			at -= size
		}
		h := linear.Hash(strings.ToLower(c.lemma[at:]))
		f.add2(h, w.tag)
		f.add3(h, w.tag, w.gender)
		f.add3(h, w.tag, agree+w.caseOf)
	}
	known := uint64(1)
	if key := knownKey(c.lemma, int(w.tag)); key != s.withheld {
		if _, ok := l.lemmas.Get(key); ok {
			known = 2
		}
	}
	f.add2(known, w.tag)
	f.add3(known, w.tag, uint64(c.ending))
	f.add3(uint64(c.ending)+1, uint64(c.rank)+1, w.tag)
	f.add2(uint64(i)+1, w.tag)
	f.add3(uint64(min(utf8.RuneCountInString(c.lemma), 6)), w.tag, script)
	if names != nil {
		e := s.evidence[i]
		f.add2(e.inText, known)
		f.add3(e.inText, w.caseOf, w.tag)
		f.add2(e.support, known)
		f.add3(e.support, e.inText, w.capital)
		f.add2(e.atom(), w.tag)
		f.add3(e.atom(), w.tag, w.caseOf)
		f.add3(e.atom(), known, uint64(c.ending))
	}
	if w.before != 0 {
		f.n = 400
		f.add2(script, w.before)
		f.add3(script, w.before, w.suffix[2])
		f.add3(script, w.before, w.suffix[3])
		f.add3(script, w.before, w.feats)
		f.add2(lemmaEnding(c.lemma), w.before)
	}
	if l.dictionary != nil && l.dictionary.bases {
		k := uint64(l.dictionary.knows(strings.ToLower(c.lemma), w.lower))
		f.n = 420
		f.add2(k, w.tag)
		f.add3(k, w.tag, known)
		f.add3(k, w.tag, uint64(c.ending))
		f.add3(k, script, w.tag)
	}
}

// endings returns where the last 0, 1, 2, … longestEnding characters begin.
func endings(s string) []int {
	starts := []int{len(s)}
	at := len(s)
	for n := 1; n <= longestEnding && at > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
		starts = append(starts, at)
	}
	return starts
}

func (l *lemmatizer) encode() []byte {
	b := binary.AppendUvarint(nil, uint64(len(l.scripts)))
	for _, s := range l.scripts {
		b = append(b, byte(s.letters))
		b = binary.AppendUvarint(b, uint64(s.cutPrefix))
		b = binary.AppendUvarint(b, uint64(s.cutSuffix))
		b = linear.AppendString(b, s.addPrefix)
		b = linear.AppendString(b, s.addSuffix)
	}
	b = l.table.Append(b)
	return l.lemmas.Append(b)
}

func decodeLemmas(data []byte) (*lemmatizer, bool) {
	d := linear.NewDecoder(data)
	l := &lemmatizer{}
	n := d.Int()
	for i := 0; i < n && !d.Failed(); i++ {
		l.scripts = append(l.scripts, script{
			letters: letterCase(d.Uint()), cutPrefix: d.Int(), cutSuffix: d.Int(),
			addPrefix: d.String(), addSuffix: d.String(),
		})
	}
	l.table = d.Index(len(l.scripts))
	l.lemmas = d.Index(1)
	return l, !d.Failed()
}
