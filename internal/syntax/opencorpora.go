package syntax

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// openCorpora is the Russian dictionary of opencorpora.org as the npm package "az" has it: a
// double-array automaton of all forms in Windows-1251, each with paradigm and place in it.
type openCorpora struct {
	units     []uint32
	suffixes  []string
	tags      []string
	paradigms [][]uint16
}

// readOpenCorpora reads the files of the package.
func readOpenCorpora(files map[string][]byte) (iter.Seq[Lexeme], error) {
	o := &openCorpora{}
	if err := errors.Join(
		json.Unmarshal(files["suffixes.json"], &o.suffixes),
		json.Unmarshal(files["gramtab-opencorpora-int.json"], &o.tags),
	); err != nil {
		return nil, err
	}
	for i, t := range o.tags {
		o.tags[i] = openTag(t)
	}
	words := files["words.dawg"]
	if len(words) < 4 {
		return nil, errors.New("words.dawg is cut short")
	}
	o.units = make([]uint32, binary.LittleEndian.Uint32(words))
	if _, err := binary.Decode(words[4:], binary.LittleEndian, o.units); err != nil {
		return nil, fmt.Errorf("words.dawg: %w", err)
	}
	array := make([]uint16, len(files["paradigms.array"])/2)
	if _, err := binary.Decode(files["paradigms.array"], binary.LittleEndian, array); err != nil {
		return nil, fmt.Errorf("paradigms.array: %w", err)
	}
	for at := 1; at < len(array); {
		end := at + 1 + int(array[at])
		if end > len(array) {
			return nil, errors.New("paradigms.array is cut short")
		}
		o.paradigms = append(o.paradigms, array[at+1:end])
		at = end
	}
	return o.lexemes, nil
}

// openGrammemes are those that matter for Universal Dependencies, some under one name.
var openGrammemes = map[string]string{
	"anim": "anim", "inan": "inan", "masc": "masc", "femn": "femn", "neut": "neut", "ms-f": "masc", "sing": "sing", "plur": "plur",
	"nomn": "nomn", "gent": "gent", "datv": "datv", "accs": "accs", "ablt": "ablt", "loct": "loct", "voct": "voct", "gen1": "gent", "gen2": "gent",
	"acc2": "accs", "loc1": "loct", "loc2": "loct", "1per": "1per", "2per": "2per", "3per": "3per", "pres": "pres", "past": "past", "futr": "futr",
	"impr": "impr", "perf": "perf", "impf": "impf", "Name": "Name", "Surn": "Surn", "Patr": "Patr", "Geox": "Geox", "Orgn": "Orgn", "Trad": "Orgn",
	"pssv": "pssv", "actv": "actv", "Abbr": "Abbr",
}

// openTag reduces a tag; pronouns that are adjectives count as a part of speech of their own.
func openTag(tag string) string {
	parts := strings.FieldsFunc(tag, func(r rune) bool { return r == ',' || r == ' ' })
	pos := parts[0]
	if pos == "ADJF" && slices.Contains(parts, "Apro") {
		pos = "APRO"
	}
	out := []string{pos}
	for _, p := range parts[1:] {
		if g := openGrammemes[p]; g != "" {
			out = append(out, g)
		}
	}
	return strings.Join(out, " ")
}

func (o *openCorpora) follow(at uint32, label byte) (uint32, bool) {
	u := o.units[at]
	next := at ^ (u>>10)<<((u>>6)&8) ^ uint32(label)
	return next, int(next) < len(o.units) && o.units[next]&(1<<31|0xff) == uint32(label)
}

// lexemes walks the automaton and yields the lexeme of every form that is the first of its paradigm.
func (o *openCorpora) lexemes(yield func(Lexeme) bool) {
	var word []byte
	var walk func(at uint32) bool
	walk = func(at uint32) bool {
		if next, ok := o.follow(at, 1); ok {
			for _, v := range o.values(next) {
				if v[1] == 0 && !yield(o.lexeme(string(decode1251(word)), v[0])) {
					return false
				}
			}
		}
		for label := 2; label < 256; label++ {
			if next, ok := o.follow(at, byte(label)); ok {
				word = append(word, byte(label))
				if !walk(next) {
					return false
				}
				word = word[:len(word)-1]
			}
		}
		return true
	}
	walk(0)
}

// values reads the four bytes that follow a form: paradigm and place, seven bits a byte.
func (o *openCorpora) values(at uint32) (out [][2]uint16) {
	var key [4]byte
	var walk func(at uint32, n int)
	walk = func(at uint32, n int) {
		if n == len(key) {
			out = append(out, [2]uint16{(uint16(key[0])^1)<<6 + uint16(key[1])>>1, (uint16(key[2])^1)<<6 + uint16(key[3])>>1})
			return
		}
		for label := 1; label < 256; label++ {
			if next, ok := o.follow(at, byte(label)); ok {
				key[n] = byte(label)
				walk(next, n+1)
			}
		}
	}
	walk(at, 0)
	return out
}

func (o *openCorpora) lexeme(word string, paradigm uint16) Lexeme {
	p := o.paradigms[paradigm]
	n := len(p) / 3
	stem, ok := strings.CutSuffix(word, o.suffixes[p[0]])
	if !ok || p[2*n] != 0 {
		return nil
	}
	var l Lexeme
	for i := range n {
		if p[2*n+i] == 0 { // no prefix
			l = append(l, LexemeForm{stem + o.suffixes[p[i]], o.tags[p[n+i]]})
		}
	}
	return l
}

func decode1251(b []byte) []rune {
	out := make([]rune, len(b))
	for i, c := range b {
		switch {
		case c >= 0xc0:
			out[i] = rune(c) - 0xc0 + 'А'
		case c == 0xb8:
			out[i] = 'ё'
		default:
			out[i] = rune(c)
		}
	}
	return out
}
