package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/linear"
)

// word holds the atoms of a token from which the templates make features.
type word struct {
	text   string // as analysed: an all-caps headline reads as a plain sentence
	lower  string
	form   uint64
	low    uint64
	suffix [6]uint64 // of 1 to 5 characters of lower, by length
	prefix [4]uint64
	shape  uint64
	kin    uint64    // what close languages know of the stem
	amb    uint64    // ambiguity class: the set of tags seen with the word
	stems  [4]uint64 // lower without its last 0 to 3 characters; 0 where fewer than 3 stay
	known  knowledge // what a morphological dictionary knows
	runes  int
	source uint64 // of the sentence, see Corpus; 0 when running
}

const (
	noAtom   = 1
	minStem  = 3 // characters
	startTag = 97
)

var edge = func() word {
	w := word{form: 2, low: 2, shape: 2, amb: 2}
	for i := range w.suffix {
		w.suffix[i] = 2
	}
	return w
}()

func newWord(text string) word {
	w := word{text: text, lower: strings.ToLower(text)}
	w.form = linear.Hash(w.text)
	w.low = linear.Hash(w.lower)
	w.shape = shape(text)
	w.runes = utf8.RuneCountInString(w.lower)
	at := len(w.lower)
	for n := 1; n < len(w.suffix); n++ {
		if at > 0 {
			_, size := utf8.DecodeLastRuneInString(w.lower[:at])
			at -= size
		}
		w.suffix[n] = linear.Hash(w.lower[at:])
		if n < len(w.stems) && w.runes-n >= minStem {
			w.stems[n] = linear.Hash(w.lower[:at])
		}
	}
	if w.runes >= minStem {
		w.stems[0] = w.low
	}
	at = 0
	for n := 1; n < len(w.prefix); n++ {
		if at < len(w.lower) {
			_, size := utf8.DecodeRuneInString(w.lower[at:])
			at += size
		}
		w.prefix[n] = linear.Hash(w.lower[:at])
	}
	return w
}

// shape is the word's pattern of capitals, small letters, digits and other characters, runs
// taken together.
func shape(s string) uint64 {
	h := uint64(3)
	var last uint64
	run := uint64(0)
	for _, r := range s {
		c := uint64(r)
		switch {
		case unicode.IsUpper(r):
			c = 1
		case unicode.IsLetter(r), unicode.IsMark(r):
			c = 2
		case unicode.IsDigit(r):
			c = 3
		}
		run++
		if c != last || c == 1 && run == 2 {
			h = linear.Combine(h, c)
			if c != last {
				run = 1
			}
			last = c
		}
	}
	return h
}

// words fills the atoms of a sentence.
func (x *lexicon) words(toks []hearsay.Token, ws []word, known *knownWords) []word {
	ws = ws[:0]
	shouting := allCaps(toks)
	for _, t := range toks {
		text := t.Form
		if shouting {
			text = x.quieten(text)
		}
		w := newWord(text)
		w.amb = x.ambiguity(w.low)
		w.kin = x.cognates.atom(w.lower)
		w.known = known.look(x.dictionary, &w)
		ws = append(ws, w)
	}
	return ws
}

// allCaps says that a sentence is written in capitals throughout: at least three words of
// three letters, none with a small letter.
func allCaps(toks []hearsay.Token) bool {
	n := 0
	for _, t := range toks {
		letters := 0
		for _, r := range t.Form {
			if unicode.IsLower(r) {
				return false
			}
			if unicode.IsUpper(r) {
				letters++
			}
		}
		if letters >= 3 {
			n++
		}
	}
	return n >= 3
}

// quieten gives a word in capitals the case it usually has.
func (x *lexicon) quieten(s string) string {
	lower := strings.ToLower(s)
	if lower == s {
		return s
	}
	if x.ambiguity(linear.Hash(lower)) != noAtom && !x.isName(lower) {
		return lower
	}
	if utf8.RuneCountInString(s) <= 3 && !x.isName(lower) {
		return s
	}
	return title(lower)
}

func title(lower string) string {
	r, n := utf8.DecodeRuneInString(lower)
	return string(unicode.ToUpper(r)) + lower[n:]
}
