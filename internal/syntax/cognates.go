package syntax

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay/internal/linear"
)

// cognates are stems of close languages and of lists of names, in a spelling that Slavic
// languages share, with what is known of them: part of speech, gender, animacy, aspect, kind of
// name. A stem that its own treebank has not is often known from a neighbour's.
type cognates struct {
	stems sets // by skeleton: the number of a fact
}

// NamedThing is a name in the nominative and what it is a name of: "PER", "LOC", "ORG".
type NamedThing struct{ Name, Kind string }

// skeletons maps letters to the sounds that the Slavic languages have in common; what is not
// here stays as it is. Vowels that alternate fall together.
var skeletons = strings.NewReplacer(
	"щ", "шч", "sz", "ш", "cz", "ч", "rz", "r", "ch", "х", "ж", "ш", "ż", "ш", "ź", "з", "dź", "д", "дз", "д", "дж", "ш",
	"szcz", "шч", "і", "и", "ї", "и", "ы", "и", "й", "и", "y", "и", "i", "и", "j", "и",
	"є", "е", "э", "е", "ё", "е", "e", "е", "ę", "е", "я", "а", "ю", "у", "o", "а", "о", "а", "a", "а", "ą", "а", "ó", "а",
	"u", "у", "ў", "в", "w", "в", "v", "в", "ł", "л", "l", "л", "ґ", "г", "h", "г", "g", "г", "х", "г",
	"b", "б", "d", "д", "z", "з", "k", "к", "m", "м", "n", "н", "ń", "н", "p", "п", "r", "р", "s", "с", "ś", "с", "t", "т", "c", "ц", "ć", "т",
	"f", "ф", "ь", "", "ъ", "", "'", "", "’", "", "ʼ", "",
)

// skeleton is the common spelling of a stem in small letters, double letters once.
func skeleton(lower string) string {
	s := skeletons.Replace(lower)
	var b strings.Builder
	var last rune
	for _, r := range s {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// stemOf cuts the vowels off the end of a skeleton.
func stemOf(skeleton string) string { return strings.TrimRight(skeleton, "аеиу") }

const (
	shortestCognate = 3 // characters of a stem
	longestCut      = 4 // characters cut off a form in search of a stem
)

func cognateKey(stem string) uint32 { return linear.Feature(1006, linear.Hash(stem)) }

// atom is what is known of the longest stem of a word, or noAtom.
func (c *cognates) atom(lower string) uint64 {
	if c == nil {
		return noAtom
	}
	s := stemOf(skeleton(lower))
	for range longestCut {
		if utf8.RuneCountInString(s) < shortestCognate {
			break
		}
		if l, n := c.stems.get(cognateKey(s)); l != nil {
			return uint64(n) + firstSet
		}
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return noAtom
}

// cognatePairs are the features that go with a stem rather than with an ending.
var cognatePairs = []string{"Gender", "Animacy", "Aspect"}

// learnCognates collects stems from the lemmas of other languages' trees and dictionaries and from
// names; nil where there are none.
func learnCognates(trees []Tree, dictionaries []Dictionary, named []NamedThing) *cognates {
	if len(trees)+len(dictionaries)+len(named) == 0 {
		return nil
	}
	counts := map[string]map[string]int{}
	add := func(word, fact string) {
		stem := stemOf(skeleton(strings.ToLower(word)))
		if utf8.RuneCountInString(stem) < shortestCognate {
			return
		}
		if counts[stem] == nil {
			counts[stem] = map[string]int{}
		}
		counts[stem][fact]++
	}
	for _, t := range trees {
		for _, tok := range t.Tokens {
			switch tok.UPOS {
			case "NOUN", "PROPN", "VERB", "ADJ", "ADV":
				fact := tok.UPOS
				for _, name := range cognatePairs {
					if v := feature(tok.Feats, name); v != "" && tok.UPOS != "ADJ" && (tok.UPOS != "VERB" || name == "Aspect") {
						fact += " " + v
					}
				}
				add(verbStem(tok.Lemma, tok.UPOS), fact)
			}
		}
	}
	for _, d := range dictionaries {
		for l := range d.Lexemes {
			if len(l) == 0 {
				continue
			}
			if fact := cognateFact(l[0].Tag); fact != "" {
				tag, _, _ := strings.Cut(fact, " ")
				add(verbStem(l[0].Form, tag), fact)
			}
		}
	}
	for _, n := range named {
		add(n.Name, "name "+n.Kind)
	}
	return newCognates(counts)
}

var cognateTags = map[string]string{"NOUN": "NOUN", "INFN": "VERB", "ADJF": "ADJ", "ADVB": "ADV"}

var cognateValues = map[string]string{
	"masc": "Masc", "femn": "Fem", "neut": "Neut", "anim": "Anim", "inan": "Inan", "perf": "Perf", "impf": "Imp",
}

// cognateFact says of a dictionary's lemma what learnCognates says of a tree's; "" of other parts
// of speech.
func cognateFact(tag string) string {
	parts := strings.Fields(tag)
	fact := cognateTags[parts[0]]
	if fact == "NOUN" && slices.ContainsFunc(parts, func(p string) bool { return nameGrammemes[p] }) {
		fact = "PROPN"
	}
	var gender, animacy, aspect string
	for _, p := range parts[1:] {
		switch p {
		case "masc", "femn", "neut":
			gender = " " + cognateValues[p]
		case "anim", "inan":
			animacy = " " + cognateValues[p]
		case "perf", "impf":
			aspect = " " + cognateValues[p]
		}
	}
	switch fact {
	case "NOUN", "PROPN":
		return fact + gender + animacy
	case "VERB":
		return fact + aspect
	}
	return fact
}

var nameGrammemes = map[string]bool{"Name": true, "Surn": true, "Patr": true, "Geox": true, "Orgn": true}

// verbStem is an infinitive without its ending.
func verbStem(lemma, tag string) string {
	if tag != "VERB" {
		return lemma
	}
	for _, ending := range []string{"тися", "ться", "ться", "цца", "ти", "ть", "ць", "ć"} {
		if s, ok := strings.CutSuffix(strings.ToLower(lemma), ending); ok {
			return s
		}
	}
	return lemma
}

func newCognates(counts map[string]map[string]int) *cognates {
	c := &cognates{}
	numbers := map[string]uint16{}
	stems := make([]string, 0, len(counts))
	for s := range counts {
		stems = append(stems, s)
	}
	slices.Sort(stems)
	lists := map[uint32][]uint16{}
	for _, s := range stems {
		fact := mostFrequent(counts[s])
		n, ok := numbers[fact]
		if !ok {
			n = uint16(len(numbers))
			numbers[fact] = n
		}
		lists[cognateKey(s)] = []uint16{n}
	}
	c.stems = newSets(lists)
	return c
}

func mostFrequent(counts map[string]int) string {
	best := ""
	for s, n := range counts {
		if best == "" || n > counts[best] || n == counts[best] && s < best {
			best = s
		}
	}
	return best
}
