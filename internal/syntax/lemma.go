package syntax

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/internal/linear"
)

// lemmatizer gives words their lemma: from the table of words seen, else by the edit script
// that the longest known ending calls for.
type lemmatizer struct {
	scripts []script
	table   map[uint32]uint16 // by word, tag and features (or without features): a script
	endings map[uint32]uint16 // by ending, tag, features and capitals: a script
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

const longestEnding = 7

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

func ruleKey(ending string, n, tag int, feats uint64, capital uint64) uint32 {
	return linear.Feature3(1004, linear.Hash(ending), uint64(tag)<<16|uint64(n)<<8|capital, feats)
}

// anyFeats stands for the features where only form and tag are asked.
const anyFeats = "*"

// lemma returns the lemma of a word.
func (l *lemmatizer) lemma(form string, tag int, feats string) string {
	if s, ok := l.table[lemmaKey(form, tag, feats)]; ok {
		return l.scripts[s].apply(form)
	}
	if s, ok := l.table[lemmaKey(form, tag, anyFeats)]; ok {
		return l.scripts[s].apply(form)
	}
	starts := endings(strings.ToLower(form))
	lower := strings.ToLower(form)
	f, c := linear.Hash(feats), capitals(form)
	for n := len(starts) - 1; n >= 0; n-- {
		s, ok := l.endings[ruleKey(lower[starts[n]:], n, tag, f, c)]
		if !ok {
			continue
		}
		if lemma := l.scripts[s].apply(form); lemma != "" {
			return lemma
		}
	}
	if tag == tagPROPN {
		return form
	}
	return lower
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

// lemmaCounter gathers what training sees.
type lemmaCounter struct {
	scripts map[script]uint16
	list    []script
	table   map[uint32]map[uint16]int
	endings map[uint32]map[uint16]int
}

func (c *lemmaCounter) count(m map[uint32]map[uint16]int, key uint32, s uint16, n int) {
	if m[key] == nil {
		m[key] = map[uint16]int{}
	}
	m[key][s] += n
}

func (c *lemmaCounter) add(form, lemma string, tag int, feats string) {
	if lemma == "" {
		return
	}
	sc := scriptOf(form, lemma)
	s, ok := c.scripts[sc]
	if !ok {
		s = uint16(len(c.list))
		c.scripts[sc] = s
		c.list = append(c.list, sc)
	}
	c.count(c.table, lemmaKey(form, tag, feats), s, 1)
	c.count(c.table, lemmaKey(form, tag, anyFeats), s, 1)
	lower := strings.ToLower(form)
	f, capital := linear.Hash(feats), capitals(form)
	for n, at := range endings(lower) {
		c.count(c.endings, ruleKey(lower[at:], n, tag, f, capital), s, 1)
	}
}

// trainLemmas learns lemmas from the examples.
func trainLemmas(data []example) *lemmatizer {
	c := lemmaCounter{scripts: map[script]uint16{}, table: map[uint32]map[uint16]int{}, endings: map[uint32]map[uint16]int{}}
	for _, e := range data {
		for i, t := range e.toks {
			c.add(t.Form, t.Lemma, e.tags[i], t.Feats)
		}
	}
	l := &lemmatizer{scripts: c.list, table: map[uint32]uint16{}, endings: map[uint32]uint16{}}
	for k, m := range c.table {
		l.table[k] = byCount(m)[0]
	}
	for k, m := range c.endings {
		l.endings[k] = byCount(m)[0]
	}
	return l
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
	b = appendMap(b, l.table)
	return appendMap(b, l.endings)
}

func appendMap(b []byte, m map[uint32]uint16) []byte {
	keys := make([]uint32, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	b = binary.AppendUvarint(b, uint64(len(keys)))
	var last uint32
	for _, k := range keys {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	for _, k := range keys {
		b = binary.AppendUvarint(b, uint64(m[k]))
	}
	return b
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
	l.table = decodeMap(d, len(l.scripts))
	l.endings = decodeMap(d, len(l.scripts))
	return l, !d.Failed() && l.table != nil && l.endings != nil
}

func decodeMap(d *linear.Decoder, limit int) map[uint32]uint16 {
	n := d.Int()
	var keys []uint32
	var last uint32
	for i := 0; i < n && !d.Failed(); i++ {
		last += uint32(d.Uint())
		keys = append(keys, last)
	}
	m := make(map[uint32]uint16, len(keys))
	for _, k := range keys {
		v := d.Uint()
		if v >= uint64(limit) {
			return nil
		}
		m[k] = uint16(v)
	}
	return m
}
