package segment

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/internal/linear"
)

// multiwords splits tokens that are several syntactic words: "du", "don't", "zum".
type multiwords struct {
	known    map[string][]string // lower-case token to its words; nil words: never split
	suffixes map[string]int      // lower-case ending to the bytes of it that are the second word
	open     map[string]bool     // tokens of known that are one word at times: the context decides
}

const (
	longestSuffix  = 7 // characters
	shortestSuffix = 2
	rarest         = 50 // the rarer reading of an open token is at least every 50th
)

// splitFeatures are those of the decision whether a token that is sometimes one word and
// sometimes several is split: the two tokens before it and the one after.
func (f *features) split(lower string, around [3]string) {
	f.list, f.n = f.list[:0], 500
	form := linear.Hash(lower)
	before2, before, after := strings.ToLower(around[0]), strings.ToLower(around[1]), strings.ToLower(around[2])
	f.add(form, 0, 0)
	f.add(form, linear.Hash(before), 0)
	f.add(form, linear.Hash(after), 0)
	f.add(form, linear.Hash(before), linear.Hash(after))
	f.add(form, linear.Hash(before2), linear.Hash(before))
	for _, w := range []string{before, after, before2} {
		for _, at := range tail(w, 4) {
			f.add(form, linear.Hash(w[at:]), 1)
		}
		for n := len(tail(w, 4)); n < 3; n++ {
			f.n++
		}
	}
}

// words returns the words of a token in its context, or nil where it is one word.
func (m *Model) words(form string, around [3]string) []string {
	parts := m.multi.splitWritten(form)
	if parts == nil || m.splits == nil {
		return parts
	}
	lower := strings.ToLower(form)
	if !m.multi.open[lower] {
		return parts
	}
	var f features
	f.split(lower, around)
	if m.splits.Score(f.list, 1) >= m.splits.Score(f.list, 0) {
		return parts
	}
	return nil
}

// splitWritten splits a token whose apostrophes may be typographic; those of the treebanks are plain.
func (m *multiwords) splitWritten(form string) []string {
	plain := strings.ReplaceAll(form, "’", "'")
	parts := m.split(plain)
	if plain == form || parts == nil {
		return parts
	}
	parts = slices.Clone(parts)
	for i := range parts {
		parts[i] = strings.ReplaceAll(parts[i], "'", "’")
	}
	return parts
}

// split returns the words of a token, or nil.
func (m *multiwords) split(form string) []string {
	if len(m.known) == 0 {
		return nil
	}
	lower := strings.ToLower(form)
	if parts, ok := m.known[lower]; ok {
		return recased(form, parts)
	}
	if len(m.suffixes) == 0 {
		return nil
	}
	starts := tail(lower, longestSuffix)
	for _, at := range starts {
		cut, ok := m.suffixes[lower[at:]]
		if !ok {
			continue
		}
		if cut == 0 || cut >= len(lower) || len(lower) != len(form) {
			return nil
		}
		return []string{form[:len(form)-cut], form[len(form)-cut:]}
	}
	return nil
}

// recased gives the words of the dictionary the capitals of the token.
func recased(form string, parts []string) []string {
	if len(parts) == 0 {
		return nil
	}
	if strings.EqualFold(strings.Join(parts, ""), form) {
		out, at := make([]string, len(parts)), 0
		for i, p := range parts {
			if at+len(p) > len(form) || !strings.EqualFold(form[at:at+len(p)], p) {
				return parts
			}
			out[i] = form[at : at+len(p)]
			at += len(p)
		}
		return out
	}
	out := slices.Clone(parts)
	first, n := utf8.DecodeRuneInString(form)
	if !unicode.IsUpper(first) {
		return out
	}
	if len(form) > n && strings.ToUpper(form) == form {
		for i := range out {
			out[i] = strings.ToUpper(out[i])
		}
		return out
	}
	r, size := utf8.DecodeRuneInString(out[0])
	out[0] = string(unicode.ToUpper(r)) + out[0][size:]
	return out
}

// tail returns the byte offsets at which the last k..shortestSuffix characters begin, longest first.
func tail(s string, k int) []int {
	var starts []int
	at := len(s)
	for n := 1; at > 0 && n <= k; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
		if n >= shortestSuffix {
			starts = append(starts, at)
		}
	}
	slices.Reverse(starts)
	return starts
}

// countWords is what training sees of a token's type.
type countWords struct {
	whole int            // how often it is one word
	split map[string]int // joined words, by "\x00"
}

// learnMultiwords makes the dictionary and the endings from counted tokens.
func learnMultiwords(counts map[string]*countWords) multiwords {
	m := multiwords{known: map[string][]string{}, suffixes: map[string]int{}, open: map[string]bool{}}
	type tally struct {
		whole, split int // types
		cuts         map[int]int
	}
	endings := map[string]*tally{}
	forms := make([]string, 0, len(counts))
	for form := range counts {
		forms = append(forms, form)
	}
	slices.Sort(forms)
	any := false
	for _, form := range forms {
		c := counts[form]
		parts, n := majority(c.split)
		cut := 0
		isOpen := min(n, c.whole)*rarest >= n+c.whole
		if n > c.whole || isOpen {
			any = true
			m.known[form] = parts
			if isOpen {
				m.open[form] = true
			}
			if len(parts) == 2 && parts[0]+parts[1] == form {
				cut = len(parts[1])
			}
		} else if n > 0 {
			m.known[form] = nil
		}
		for _, at := range tail(form, longestSuffix) {
			t := endings[form[at:]]
			if t == nil {
				t = &tally{cuts: map[int]int{}}
				endings[form[at:]] = t
			}
			if cut > 0 {
				t.split++
				t.cuts[cut]++
			} else {
				t.whole++
			}
		}
	}
	if !any {
		return multiwords{}
	}
	for ending, t := range endings {
		if t.split < 3 || t.split*10 < (t.split+t.whole)*7 {
			continue
		}
		best := 0
		for cut, n := range t.cuts {
			if n > t.cuts[best] || n == t.cuts[best] && cut < best {
				best = cut
			}
		}
		m.suffixes[ending] = best
	}
	m.block(forms)
	return m
}

// block notes words of the treebank that an ending would split wrongly.
func (m *multiwords) block(forms []string) {
	for _, form := range forms {
		if _, known := m.known[form]; !known && m.split(form) != nil {
			m.known[form] = nil
		}
	}
}

func majority(split map[string]int) ([]string, int) {
	best, total := "", 0
	for joined, n := range split {
		total += n
		if best == "" || n > split[best] || n == split[best] && joined < best {
			best = joined
		}
	}
	if best == "" {
		return nil, 0
	}
	return strings.Split(best, "\x00"), total
}

func (m *multiwords) encode() []byte {
	var b []byte
	known := make([]string, 0, len(m.known))
	for form := range m.known {
		known = append(known, form)
	}
	slices.Sort(known)
	b = linear.AppendStrings(b, known)
	for _, form := range known {
		b = linear.AppendStrings(b, m.known[form])
	}
	endings := make([]string, 0, len(m.suffixes))
	for e := range m.suffixes {
		endings = append(endings, e)
	}
	slices.Sort(endings)
	b = linear.AppendStrings(b, endings)
	for _, e := range endings {
		b = append(b, byte(m.suffixes[e]))
	}
	open := make([]string, 0, len(m.open))
	for form := range m.open {
		open = append(open, form)
	}
	slices.Sort(open)
	return linear.AppendStrings(b, open)
}

func decodeMultiwords(data []byte) (multiwords, bool) {
	d := linear.NewDecoder(data)
	m := multiwords{known: map[string][]string{}, suffixes: map[string]int{}, open: map[string]bool{}}
	for _, form := range d.Strings() {
		m.known[form] = nil
		if parts := d.Strings(); len(parts) > 0 {
			m.known[form] = parts
		}
	}
	for _, e := range d.Strings() {
		m.suffixes[e] = int(d.Uint())
	}
	if !d.More() {
		return m, !d.Failed()
	}
	for _, form := range d.Strings() {
		m.open[form] = true
	}
	return m, !d.Failed()
}
