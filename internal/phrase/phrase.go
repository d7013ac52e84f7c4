// Package phrase splits text into plain words and finds in them the words and phrases of a table
// (data/lexicon/<lang>/*.tsv with the columns kind, value, forms). It serves stages that must work
// before, or without, a tagger.
package phrase

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/data"
)

// Word is a run of letters, a run of digits, or one sign.
type Word struct {
	hearsay.Span
	Low   string // lower case, with straight apostrophes
	Sort  Sort
	Space bool // white space stands before it

	Entries []*Entry // of the table, that begin with this word
}

// Sort tells the sorts of words apart.
type Sort uint8

// The sorts of words.
const (
	Letters Sort = iota
	Digits
	Sign
)

// Words splits text[within.Start:within.End]. In French an elided word ends at its apostrophe
// (d', jusqu'); elsewhere apostrophes between letters belong to the word.
func Words(text string, within hearsay.Span, language string) []Word {
	var words []Word
	space := true
	for i := within.Start; i < within.End; {
		r, n := utf8.DecodeRuneInString(text[i:within.End])
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			space = true
			i += n
			continue
		}
		w := Word{Space: space, Sort: Sign}
		end := i + n
		switch {
		case unicode.IsLetter(r):
			w.Sort = Letters
			end = lettersEnd(text[:within.End], i, language == "fr")
		case '0' <= r && r <= '9':
			w.Sort = Digits
			for end < within.End && '0' <= text[end] && text[end] <= '9' {
				end++
			}
		}
		w.Span = hearsay.Span{Start: i, End: end}
		w.Low = low(text[i:end])
		words = append(words, w)
		space = false
		i = end
	}
	return words
}

func low(s string) string {
	s = strings.ToLower(s)
	if strings.ContainsAny(s, "’ʼ‘`´") {
		s = apostrophes.Replace(s)
	}
	return s
}

var apostrophes = strings.NewReplacer("’", "'", "ʼ", "'", "‘", "'", "`", "'", "´", "'")

func lettersEnd(text string, i int, elides bool) int {
	start := i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || r == '\u00ad':
			i += n
		case apostrophe(r) && letterAfter(text, i+n):
			i += n
			if elides && !strings.EqualFold(text[start:i-n], "aujourd") {
				return i
			}
		default:
			return i
		}
	}
	return i
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' || r == '‘' }

func letterAfter(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[min(i, len(text)):])
	return unicode.IsLetter(r)
}

// Entry is a word or phrase of a table.
type Entry struct {
	Kind, Value string
	Number      float64 // Value as a number, 0 if it is none
	Words       []string
	Example     string // fourth column, if there is one
	stem        bool
}

// Table is the entries of one or more files.
type Table struct {
	Language string
	first    map[string][]*Entry // by first word, longest first
	stems    map[string][]*Entry // single words that stand for all with up to four more letters
	shortest int                 // bytes of the shortest stem
}

const longestEnding = 4 // letters that a stem may be followed by

// Load reads data/lexicon/<language>/<file>.tsv of each file; files that are missing are left out.
func Load(language string, files ...string) (*Table, error) {
	t := &Table{Language: language, first: map[string][]*Entry{}, stems: map[string][]*Entry{}, shortest: 1 << 20}
	for _, file := range files {
		raw, err := data.Lexicon.ReadFile("lexicon/" + language + "/" + file + ".tsv")
		if err != nil {
			continue
		}
		if err := t.Add(string(raw)); err != nil {
			return nil, fmt.Errorf("lexicon %s/%s.tsv: %w", language, file, err)
		}
	}
	return t, nil
}

// Add reads rows of kind, value, forms and perhaps an example, parted by tabs. Forms are parted by
// '|'; one that ends in '*' is a stem. '#' begins a comment line.
func (t *Table) Add(rows string) error {
	for n, row := range strings.Split(rows, "\n") {
		row = strings.TrimSuffix(row, "\r")
		if row == "" || row[0] == '#' {
			continue
		}
		f := strings.Split(row, "\t")
		if len(f) != 3 && len(f) != 4 {
			return fmt.Errorf("line %d: %d columns, want 3 or 4", n+1, len(f))
		}
		for _, form := range strings.Split(f[2], "|") {
			e := &Entry{Kind: f[0], Value: f[1], Number: number(f[1])}
			if len(f) == 4 {
				e.Example = f[3]
			}
			if !t.add(e, form) {
				return fmt.Errorf("line %d: empty form", n+1)
			}
		}
	}
	return nil
}

func number(s string) float64 {
	over, under, ok := strings.Cut(s, "/")
	v, err := strconv.ParseFloat(over, 64)
	if err != nil {
		return 0
	}
	if !ok {
		return v
	}
	d, err := strconv.ParseFloat(under, 64)
	if err != nil || d == 0 {
		return 0
	}
	return v / d
}

func (t *Table) add(e *Entry, form string) bool {
	form, e.stem = strings.CutSuffix(form, "*")
	elided := strings.HasSuffix(form, "'")
	if elided {
		form += "x" // an apostrophe belongs to a word only before a letter
	}
	for _, w := range Words(form, hearsay.Span{End: len(form)}, t.Language) {
		e.Words = append(e.Words, w.Low)
	}
	if elided {
		e.Words = e.Words[:len(e.Words)-1]
	}
	if len(e.Words) == 0 {
		return false
	}
	first := e.Words[0]
	if e.stem && len(e.Words) == 1 {
		t.stems[first] = append(t.stems[first], e)
		t.shortest = min(t.shortest, len(first))
		return true
	}
	list := append(t.first[first], e)
	for i := len(list) - 1; i > 0 && len(list[i].Words) > len(list[i-1].Words); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	t.first[first] = list
	return true
}

// Mark fills the Entries of all words.
func (t *Table) Mark(words []Word) {
	for i := range words {
		words[i].Entries = t.lookup(words[i].Low)
	}
}

func (t *Table) lookup(w string) []*Entry {
	found := t.first[w]
	if len(t.stems) == 0 || len(w) < t.shortest {
		return found
	}
	stem := w
	for range longestEnding + 1 {
		if more := t.stems[stem]; more != nil {
			return append(found[:len(found):len(found)], more...)
		}
		_, n := utf8.DecodeLastRuneInString(stem)
		if stem = stem[:len(stem)-n]; len(stem) < t.shortest {
			break
		}
	}
	return found
}

// Find returns the longest entry of a kind that begins at word i, and its length in words; nil and 0
// if there is none.
func Find(words []Word, i int, kinds ...string) (*Entry, int) {
	if i < 0 || i >= len(words) {
		return nil, 0
	}
	for _, e := range words[i].Entries {
		if e.is(kinds) && e.at(words, i) {
			return e, len(e.Words)
		}
	}
	return nil, 0
}

func (e *Entry) is(kinds []string) bool {
	for _, k := range kinds {
		if e.Kind == k {
			return true
		}
	}
	return false
}

func (e *Entry) at(words []Word, i int) bool {
	if i+len(e.Words) > len(words) {
		return false
	}
	for k, w := range e.Words[1:] {
		if words[i+1+k].Low != w && !(e.stem && k == len(e.Words)-2 && strings.HasPrefix(words[i+1+k].Low, w)) {
			return false
		}
	}
	return true
}

// Value is the number of the single-word entry of a kind with exactly this form.
func (t *Table) Value(kind, form string) (float64, bool) {
	for _, e := range t.first[form] {
		if e.Kind == kind && len(e.Words) == 1 {
			return e.Number, true
		}
	}
	return 0, false
}

// Entries lists all entries, in no particular order.
func (t *Table) Entries() []*Entry {
	var all []*Entry
	for _, lists := range []map[string][]*Entry{t.first, t.stems} {
		for _, list := range lists {
			all = append(all, list...)
		}
	}
	return all
}

// Any reports whether an entry of any of the kinds begins at word i.
func Any(words []Word, i int, kinds map[string]bool) bool {
	for _, e := range words[i].Entries {
		if kinds[e.Kind] && e.at(words, i) {
			return true
		}
	}
	return false
}

// Each calls f with the entries that begin at word i, longest first, until it returns false.
func Each(words []Word, i int, f func(e *Entry, n int) bool) {
	for _, e := range words[i].Entries {
		if e.at(words, i) && !f(e, len(e.Words)) {
			return
		}
	}
}
