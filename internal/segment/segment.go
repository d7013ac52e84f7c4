// Package segment cuts the blocks of a document into sentences and words: a learnt classifier
// of the gaps between characters, with hard constraints on top.
package segment

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay"
)

// Segment fills a.Sentences and a.Tokens: spans, forms (with repairs applied) and, for words of
// multiword tokens, Part. The end of a block ends a sentence. m may be nil, then plain rules
// for any language decide and the document gets a note.
func Segment(a *hearsay.Analysis, m *Model) {
	doc := a.Document
	if m == nil {
		doc.Notes = append(doc.Notes, "no syntax model for language "+languageName(doc.Language))
	}
	a.Sentences, a.Tokens = a.Sentences[:0], a.Tokens[:0]
	s := segmenter{analysis: a, model: m}
	s.text.language = doc.Language
	for i, b := range doc.Blocks {
		s.block(i, b.Span)
	}
}

func languageName(code string) string {
	if code == "" {
		return "und"
	}
	return code
}

type segmenter struct {
	analysis *hearsay.Analysis
	model    *Model
	text     text
	labels   []label
	pieces   []piece
}

// block segments one block.
func (s *segmenter) block(index int, span hearsay.Span) {
	s.text.read(s.analysis.Document.Text, span)
	s.keepRepairs()
	s.labels = s.text.gaps(s.labels[:0], s.model)
	s.pieces = s.text.pieces(s.pieces[:0], s.labels)
	if s.text.language == "fr" {
		s.pieces = withoutEnclitics(s.pieces, s.text.source)
	}
	first := len(s.analysis.Tokens)
	for i := range s.pieces {
		s.token(i)
		if s.pieces[i].endsSentence {
			s.sentence(index, first)
			first = len(s.analysis.Tokens)
		}
	}
	s.sentence(index, first)
}

// piece is a token of a block, not yet split into words.
type piece struct {
	hearsay.Span
	endsSentence bool
}

// pieces cuts the text at the labelled gaps.
func (t *text) pieces(out []piece, labels []label) []piece {
	start := -1
	for i, c := range t.chars {
		if c.space {
			continue
		}
		if start < 0 {
			start = c.start
		}
		if labels[i] != inside {
			out = append(out, piece{hearsay.Span{Start: start, End: c.end}, labels[i] == sentenceEnd})
			start = -1
		}
	}
	return out
}

func (s *segmenter) sentence(block, first int) {
	toks := s.analysis.Tokens
	if first == len(toks) {
		return
	}
	s.analysis.Sentences = append(s.analysis.Sentences, hearsay.Sentence{
		Span:  hearsay.Span{Start: toks[first].Start, End: toks[len(toks)-1].End},
		First: first, Last: len(toks), Block: block,
	})
}

// token appends the word or words of a piece.
func (s *segmenter) token(i int) {
	span := s.pieces[i].Span
	form := s.repaired(span)
	t := hearsay.Token{Span: span, Form: form, Head: -1}
	var parts []string
	if s.model != nil {
		parts = s.model.words(form, s.around(i))
	}
	if parts == nil {
		s.analysis.Tokens = append(s.analysis.Tokens, t)
		return
	}
	for i, p := range parts {
		t.Form, t.Part = p, i+1
		s.analysis.Tokens = append(s.analysis.Tokens, t)
	}
}

// around gives the text of the pieces before and after a piece, "" beyond the block.
func (s *segmenter) around(i int) (c [3]string) {
	for k, j := range [3]int{i - 2, i - 1, i + 1} {
		if j >= 0 && j < len(s.pieces) {
			c[k] = s.pieces[j].In(s.text.source)
		}
	}
	return c
}

// repaired is the text of span with the readings of repairs inside it.
func (s *segmenter) repaired(span hearsay.Span) string {
	doc := s.analysis.Document
	from, _ := slices.BinarySearchFunc(doc.Repairs, span.Start, func(r hearsay.Repair, at int) int { return r.Start - at })
	var b strings.Builder
	at := span.Start
	for _, r := range doc.Repairs[from:] {
		if r.End > span.End {
			break
		}
		if r.Start < at || r.To == "" {
			continue
		}
		b.WriteString(doc.Text[at:r.Start])
		b.WriteString(r.To)
		at = r.End
	}
	if at == span.Start {
		return span.In(doc.Text)
	}
	b.WriteString(doc.Text[at:span.End])
	return b.String()
}

// keepRepairs forbids boundaries inside words that a repair reads as one.
func (s *segmenter) keepRepairs() {
	if len(s.text.chars) == 0 {
		return
	}
	whole := hearsay.Span{Start: s.text.chars[0].start, End: s.text.chars[len(s.text.chars)-1].end}
	for _, r := range s.analysis.Document.Repairs {
		if whole.Contains(r.Span) && !strings.ContainsRune(r.To, ' ') {
			s.text.keep(r.Start, r.End)
		}
	}
}

// text is a block as characters with what the classifier asks of them.
type text struct {
	source   string
	language string // ISO 639-1, "" where it is unknown
	chars    []char
}

type char struct {
	r          rune
	lower      rune
	class      class
	space      bool
	kept       bool // no boundary between this character and the next
	start, end int  // bytes
	next       int  // index of the next character that is not white space, or -1
	depth      int8 // quotation marks open after this character
}

func (t *text) read(source string, span hearsay.Span) {
	t.source = source
	t.chars = t.chars[:0]
	for at := span.Start; at < span.End; {
		r, n := utf8.DecodeRuneInString(source[at:span.End])
		t.chars = append(t.chars, newChar(r, at, at+n))
		at += n
	}
	next := -1
	for i := len(t.chars) - 1; i >= 0; i-- {
		t.chars[i].next = next
		if !t.chars[i].space {
			next = i
		}
	}
	t.countQuotes()
	t.keepWhole()
}

// keep forbids boundaries between the characters of a byte range.
func (t *text) keep(start, end int) {
	i, _ := slices.BinarySearchFunc(t.chars, start, func(c char, at int) int { return c.start - at })
	for ; i < len(t.chars) && t.chars[i].end < end; i++ {
		t.chars[i].kept = true
	}
}
