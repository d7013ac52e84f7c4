package syntax

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// hunspell is a spelling dictionary (hunspell(5)): words with flags, and for each flag the affixes
// that make forms of a word. Affixes on affixes, compounds and aliases of flags are passed over.
type hunspell struct {
	flags   string // how flags are written: "" one byte or character each, "long" two, "num" numbers
	affixes map[string][]affix
	endings map[string]bool // what is added where little is cut off
	words   []byte
}

// affix is one rule of a flag: with a word that meets the conditions, what is cut off and what put there.
type affix struct {
	prefix     bool
	strip, add string
	conditions []condition // one for each character at the affix's end of the word
	ending     string      // what tells forms apart, see hunspell.ending
}

// condition is a set of characters, or all but those.
type condition struct {
	chars string
	not   bool
}

func (c condition) meets(r rune) bool { return strings.ContainsRune(c.chars, r) != c.not }

// readHunspell reads the .aff and the .dic file of a package.
func readHunspell(files map[string][]byte) (iter.Seq[Lexeme], error) {
	for _, name := range sorted(files) {
		stem, ok := strings.CutSuffix(name, ".aff")
		if !ok || files[stem+".dic"] == nil {
			continue
		}
		h := &hunspell{affixes: map[string][]affix{}, endings: map[string]bool{}, words: files[stem+".dic"]}
		if err := h.readAffixes(files[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", path.Base(name), err)
		}
		return h.lexemes, nil
	}
	return nil, errors.New("no .dic file beside the .aff file")
}

func (h *hunspell) readAffixes(text []byte) error {
	if !utf8.Valid(text) {
		return errors.New("not in UTF-8")
	}
	for number, line := range strings.Split(string(text), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		switch fields[0] {
		case "SET":
			if fields[1] != "UTF-8" {
				return fmt.Errorf("line %d: %s instead of UTF-8", number+1, fields[1])
			}
		case "FLAG":
			h.flags = strings.ToLower(fields[1])
		case "SFX", "PFX":
			if len(fields) < 5 {
				continue // the head of a group: how many rules it has
			}
			a, err := readAffix(fields)
			if err != nil {
				return fmt.Errorf("line %d: %w", number+1, err)
			}
			h.affixes[fields[1]] = append(h.affixes[fields[1]], a)
		}
	}
	h.findEndings()
	return nil
}

// findEndings gives every suffix its ending.
func (h *hunspell) findEndings() {
	for _, rules := range h.affixes {
		for _, a := range rules {
			if strip, add := apart(a.strip, a.add); utf8.RuneCountInString(strip) <= mostEndingStrip {
				h.endings[foldVowels.Replace(add)] = true
			}
		}
	}
	for _, rules := range h.affixes {
		for i := range rules {
			rules[i].ending = h.ending(&rules[i])
		}
	}
}

func readAffix(fields []string) (affix, error) {
	a := affix{prefix: fields[0] == "PFX"}
	if fields[2] != "0" {
		a.strip = fields[2]
	}
	if add, _, _ := strings.Cut(fields[3], "/"); add != "0" {
		a.add = add
	}
	if fields[4] == "." {
		return a, nil
	}
	var err error
	a.conditions, err = readConditions(fields[4])
	return a, err
}

// readConditions reads characters, "[sets]" and "[^sets]".
func readConditions(text string) (out []condition, err error) {
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		c := condition{chars: text[:size]}
		text = text[size:]
		switch r {
		case '.':
			c = condition{not: true}
		case '[':
			inside, after, ok := strings.Cut(text, "]")
			if !ok {
				return nil, fmt.Errorf("[%s has no closing bracket", text)
			}
			c.chars, c.not = strings.CutPrefix(inside, "^")
			text = after
		}
		out = append(out, c)
	}
	return out, nil
}

// mostEndingStrip is how many characters a suffix replaces at most to count as an ending; longer ones
// change the stem too.
const mostEndingStrip = 2

var foldVowels = strings.NewReplacer("я", "а", "ю", "у", "є", "е", "ї", "і", "ё", "о", "э", "е")

// apart leaves out what strip and add have in common at their beginning, but for vowels: those of
// вода and водами belong to the endings.
func apart(strip, add string) (string, string) {
	n := 0
	for i, r := range strip {
		if !strings.HasPrefix(add[min(i, len(add)):], string(r)) {
			break
		}
		if !strings.ContainsRune(vowels, r) {
			n = i + utf8.RuneLen(r)
		}
	}
	return strip[n:], add[n:]
}

// ending is the longest end of what a suffix adds that others add as a whole; vowels after a
// hard and a soft consonant are one.
func (h *hunspell) ending(a *affix) string {
	_, add := apart(a.strip, a.add)
	add = foldVowels.Replace(add)
	for at := range add {
		if h.endings[add[at:]] {
			return add[at:]
		}
	}
	return add
}

// apply returns the form that an affix makes of a word; ok is false where it makes none.
func (a *affix) apply(word string) (form string, ok bool) {
	if a.prefix {
		rest, ok := strings.CutPrefix(word, a.strip)
		return a.add + rest, ok && a.meets(word)
	}
	stem, ok := strings.CutSuffix(word, a.strip)
	return stem + a.add, ok && a.meets(word)
}

func (a *affix) meets(word string) bool {
	for i := range a.conditions {
		var r rune
		var size int
		c := &a.conditions[i]
		if a.prefix {
			r, size = utf8.DecodeRuneInString(word)
			word = word[size:]
		} else {
			c = &a.conditions[len(a.conditions)-1-i]
			r, size = utf8.DecodeLastRuneInString(word)
			word = word[:len(word)-size]
		}
		if size == 0 || !c.meets(r) {
			return false
		}
	}
	return true
}

// split takes the flags of a word apart.
func (h *hunspell) split(flags string) []string {
	switch h.flags {
	case "num":
		return strings.Split(flags, ",")
	case "long":
		var out []string
		for c := range slices.Chunk([]byte(flags), 2) {
			out = append(out, string(c))
		}
		return out
	}
	return strings.Split(flags, "")
}

// lexemes yields each word with its forms.
func (h *hunspell) lexemes(yield func(Lexeme) bool) {
	in := bufio.NewScanner(bytes.NewReader(h.words))
	for in.Scan() {
		entry := strings.Fields(in.Text()) // morphological fields may follow the word
		if len(entry) == 0 {
			continue
		}
		if _, err := strconv.Atoi(entry[0]); err == nil {
			continue // how many words there are
		}
		word, flags, _ := strings.Cut(entry[0], "/")
		if word != "" && !yield(h.lexeme(word, flags)) {
			return
		}
	}
}

// lexeme is the word and what the suffixes of its flags make of it, each without and with the prefixes.
func (h *hunspell) lexeme(word, flags string) Lexeme {
	list := h.split(flags)
	flags = strings.Join(list, " ")
	l := Lexeme{{word, affixTag(flags, "", "", word)}}
	for _, f := range list {
		for _, a := range h.affixes[f] {
			if form, ok := a.apply(word); ok && !a.prefix {
				l = append(l, LexemeForm{form, affixTag(flags, f, a.ending, word)})
			}
		}
	}
	bare := l
	for _, f := range list {
		for i := range h.affixes[f] {
			l = h.affixes[f][i].prefixed(l, bare)
		}
	}
	return l
}

// prefixed adds what a prefix makes of bare forms.
func (a *affix) prefixed(l, bare Lexeme) Lexeme {
	if !a.prefix {
		return l
	}
	for _, x := range bare {
		if form, ok := a.apply(x.Form); ok {
			l = append(l, LexemeForm{form, x.Tag})
		}
	}
	return l
}
