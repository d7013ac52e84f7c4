package syntax

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A dictionary for spelling has no parts of speech, only flags that say which affixes a word takes.
// What kind of word takes them is learnt from the words of a treebank.

// What ends a tag of the word itself, and of a name.
const (
	baseTag = " word"
	nameTag = " Name"
)

// affixTag says of a form the flags of its word, set apart by blanks, the flag that made it ("" for
// the word itself), the ending, and whether the word is a name.
func affixTag(flags, flag, ending, word string) string {
	name := ""
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(r) {
		name = nameTag
	}
	return strings.Join([]string{flags, flag, ending, name}, "\t")
}

// kinds knows what kind of word takes which flags.
type kinds struct {
	words classes           // by all flags of a word
	flags classes           // by the flag that made a form
	names map[string]string // by what affixTag says: the tag in the terms of other dictionaries
}

// wordClass counts what the words of a treebank are that share their flags.
type wordClass struct {
	words    int
	kinds    map[string]int
	features map[string]map[string]int // by kind and name: values
}

// classes holds a class for each key.
type classes map[string]*wordClass

const (
	fewestWords = 6    // that say something of their flags
	mostOf      = 0.65 // of the words agree in a feature
)

// flagKinds are parts of speech in the terms of other dictionaries.
var flagKinds = map[string]string{
	"NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJF", "DET": "NPRO", "PRON": "NPRO", "NUM": "NUMR", "VERB": "VERB", "AUX": "VERB", "ADV": "ADVB",
}

const otherKind = "PREP"

// kindFeatures are those that go with the word, and Number, which may go with the flag.
var kindFeatures = []string{"Gender", "Animacy", "Aspect", "Number"}

func (c classes) count(key string, w wordType) {
	if c[key] == nil {
		c[key] = &wordClass{kinds: map[string]int{}, features: map[string]map[string]int{}}
	}
	x := c[key]
	kind := cmp.Or(flagKinds[w.upos], otherKind)
	x.words++
	x.kinds[kind]++
	for _, name := range kindFeatures {
		if x.features[kind+name] == nil {
			x.features[kind+name] = map[string]int{}
		}
		x.features[kind+name][feature(w.feats, name)]++
	}
}

// known returns a class that words enough have, or nil.
func (c classes) known(key string) *wordClass {
	if x := c[key]; x != nil && x.words >= fewestWords {
		return x
	}
	return nil
}

// value is what most words of a kind have, " " before it; "" where they differ.
func (c *wordClass) value(kind, name string) string {
	values := c.features[kind+name]
	best, total := mostFrequent(values), 0
	for _, n := range values {
		total += n
	}
	if best == "" || float64(values[best]) < mostOf*float64(total) {
		return ""
	}
	return " " + best
}

// wordType is a word of a treebank.
type wordType struct{ lemma, upos, feats string }

// withKinds gives the forms of lexemes tags that say what kind of word they are.
func withKinds(lexemes iter.Seq[Lexeme], trees []Tree) iter.Seq[Lexeme] {
	k := learnKinds(lexemes, trees)
	return func(yield func(Lexeme) bool) {
		for l := range lexemes {
			for i := range l {
				l[i].Tag = k.name(l[i].Tag)
			}
			if !yield(l) {
				return
			}
		}
	}
}

func learnKinds(lexemes iter.Seq[Lexeme], trees []Tree) *kinds {
	types := wordTypes(trees)
	k := &kinds{words: classes{}, flags: classes{}, names: map[string]string{}}
	for l := range lexemes {
		made := map[string]int{}
		for _, f := range l {
			made[f.Form]++
		}
		lemma := spellings.Replace(strings.ToLower(l[0].Form))
		for _, f := range l {
			if made[f.Form] > 1 {
				continue // which of its flags made it cannot be told
			}
			flags, rest, _ := strings.Cut(f.Tag, "\t")
			flag, _, _ := strings.Cut(rest, "\t")
			for w := range types[spellings.Replace(strings.ToLower(f.Form))] {
				if w.lemma == lemma || w.upos == "VERB" { // whose infinitive may be an entry of its own
					k.words.count(flags, w)
					k.flags.count(flag, w)
				}
			}
		}
	}
	return k
}

// wordTypes collects the words of trees by form.
func wordTypes(trees []Tree) map[string]map[wordType]bool {
	types := map[string]map[wordType]bool{}
	for _, t := range trees {
		for _, tok := range t.Tokens {
			form := spellings.Replace(strings.ToLower(tok.Form))
			if types[form] == nil {
				types[form] = map[wordType]bool{}
			}
			types[form][wordType{spellings.Replace(strings.ToLower(tok.Lemma)), tok.UPOS, tok.Feats}] = true
		}
	}
	return types
}

// name turns what affixTag says into kind of word, gender and so on, number, ending.
func (k *kinds) name(tag string) string {
	if n, ok := k.names[tag]; ok {
		return n
	}
	parts := strings.Split(tag, "\t")
	n := k.describe(parts[0], parts[1], parts[2]) + parts[3]
	k.names[tag] = n
	return n
}

func (k *kinds) describe(flags, flag, ending string) string {
	if flags == "" {
		return otherKind
	}
	class := k.class(flags)
	if class == nil {
		return otherKind + " " + flag + ending
	}
	kind := mostFrequent(class.kinds)
	n := kind
	switch kind {
	case "NOUN":
		n += class.value(kind, "Gender") + class.value(kind, "Animacy")
		ending = strings.TrimLeftFunc(ending, func(r rune) bool { return !strings.ContainsRune(vowels, r) })
	case "ADJF", "NPRO":
		ending = softAdjectives.Replace(ending)
	case "VERB":
		n += class.value(kind, "Aspect")
	}
	if flag == "" {
		return n + baseTag
	}
	if f := k.flags.known(flag); f != nil && kind == "NOUN" {
		n += f.value(kind, "Number")
	}
	return n + " -" + ending
}

// softAdjectives makes one of the endings after hard and soft consonants.
var softAdjectives = strings.NewReplacer("и", "і", "ы", "і")

const vowels = "аеиіоуяєїюыэё"

// class is that of words with the same flags, else of those that have the first flag that is known.
func (k *kinds) class(flags string) *wordClass {
	if c := k.words.known(flags); c != nil {
		return c
	}
	list := strings.Fields(flags)
	if i := slices.IndexFunc(list, func(f string) bool { return k.flags.known(f) != nil }); i >= 0 {
		return k.flags.known(list[i])
	}
	return nil
}
