package syntax

import (
	"strings"

	"hearsay"
)

// names is what a document shows of the forms of its names: a lemma that stands somewhere in
// the text as it is, or that several forms call for, is the likelier one.
type names struct {
	forms   map[string]int // capitalised words in small letters: occurrences
	support map[string]int // lemmas in small letters: distinct forms that have it as a candidate
}

// namesIn collects the proper names of tagged sentences.
func (l *lemmatizer) namesIn(toks []hearsay.Token, s *scratch) *names {
	n := &names{forms: map[string]int{}, support: map[string]int{}}
	for _, t := range toks {
		if t.UPOS != "PROPN" {
			continue
		}
		lower := strings.ToLower(t.Form)
		n.forms[lower]++
		if n.forms[lower] > 1 {
			continue
		}
		s.candidates = l.candidates(t.Form, tagPROPN, s.candidates)
		for _, c := range s.candidates {
			n.support[strings.ToLower(c.lemma)]++
		}
	}
	return n
}

// evidence grades how a lemma stands in the text, and how many other forms call for it.
func (n *names) evidence(w *lemmaWord, lemma string) (inText, support uint64) {
	lower := strings.ToLower(lemma)
	inText = 1
	seen := n.forms[lower]
	if lower == w.lower {
		inText = 2
		if seen > 1 {
			inText = 3
		}
		seen = 0
	}
	if seen > 0 {
		inText = 4
		if seen > 2 {
			inText = 5
		}
	}
	return inText, uint64(min(n.support[lower], 4)) + 1
}
