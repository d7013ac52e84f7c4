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

// nameBefore are the features of the word before a proper name where that is one too, else "".
func nameBefore(toks []hearsay.Token, i int) string {
	if i > 0 && toks[i].UPOS == "PROPN" && toks[i-1].UPOS == "PROPN" {
		return toks[i-1].Feats
	}
	return ""
}

// NameDocument is a text whose names have their lemma, for training.
type NameDocument struct {
	Sentences [][]hearsay.Token
	Lemmas    [][]string // by sentence and token; "" where the token is no name
}

// namesIn collects the proper names of tagged words.
func (l *lemmatizer) namesIn(toks []hearsay.Token, s *scratch) *names {
	n := &names{}
	l.collect(n, toks, s)
	return n
}

// collect adds the proper names of tagged words to n.
func (l *lemmatizer) collect(n *names, toks []hearsay.Token, s *scratch) {
	if n.forms == nil {
		n.forms, n.support = map[string]int{}, map[string]int{}
	}
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
}

// evidence is what the document says of a candidate lemma.
type evidence struct {
	inText  uint64 // how the lemma stands in the text: see attested
	support uint64 // how many distinct forms call for it, up to 4
	best    bool   // no other candidate has more support
	alone   bool   // no other candidate stands in the text
}

// attested grades: 1 the lemma stands nowhere; 2 it is this word itself, standing once; 3 the same,
// standing more often; 4 another word; 5 another word, standing often.
func (n *names) attested(form, lemma string) uint64 {
	seen := n.forms[lemma]
	switch {
	case lemma == form && seen > 1:
		return 3
	case lemma == form:
		return 2
	case seen > 2:
		return 5
	case seen > 0:
		return 4
	}
	return 1
}

// weigh fills the evidence of all candidates for a form.
func (n *names) weigh(form string, s *scratch) {
	s.evidence = s.evidence[:0]
	most, standing := uint64(0), 0
	for _, c := range s.candidates {
		lower := strings.ToLower(c.lemma)
		e := evidence{inText: n.attested(form, lower), support: uint64(min(n.support[lower], 4))}
		most = max(most, e.support)
		if e.inText >= 3 {
			standing++
		}
		s.evidence = append(s.evidence, e)
	}
	for i := range s.evidence {
		e := &s.evidence[i]
		e.best = e.support == most
		e.alone = e.inText >= 3 && standing == 1
	}
}

// atom packs the evidence.
func (e evidence) atom() uint64 {
	a := e.inText<<8 | e.support<<4
	if e.best {
		a |= 1
	}
	if e.alone {
		a |= 2
	}
	return a
}
