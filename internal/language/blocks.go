package language

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"hearsay"
)

// A block is in another language than its document only where it is this long, in characters, and
// this surely in it.
const (
	leastBlock = 80
	sureBlock  = 0.95
)

// OfBlocks tells the language of each of a document's blocks: the document's own, or another one
// that the program reads where a block is clearly in it. Blocks too short to tell are in the language
// of those on both sides, if that is the same.
func OfBlocks(doc *hearsay.Document) []string {
	out := make([]string, len(doc.Blocks))
	m, err := loaded()
	others := false
	for i, b := range doc.Blocks {
		if err == nil {
			out[i] = m.clearly(b.In(doc.Text), doc.Language)
		}
		others = others || out[i] != "" && out[i] != doc.Language
	}
	for i, lang := range withNeighbours(out) {
		if lang == "" || !others {
			lang = doc.Language
		}
		out[i] = lang
	}
	return out
}

// clearly is the language of a block, "" where it is too short or might be another's.
func (m *model) clearly(text, main string) string {
	if utf8.RuneCountInString(text) < leastBlock {
		return ""
	}
	lang, confidence := m.identify(sample(text))
	if lang != main && (confidence < sureBlock || !slices.Contains(Supported(), lang)) {
		return ""
	}
	return lang
}

// withNeighbours gives what has no language that of the nearest before and after it which have one, where
// these agree or only one of them is there.
func withNeighbours(langs []string) []string {
	after := slices.Clone(langs)
	for i := len(after) - 2; i >= 0; i-- {
		after[i] = cmp.Or(after[i], after[i+1])
	}
	out, before := slices.Clone(langs), ""
	for i, lang := range langs {
		before = cmp.Or(lang, before)
		switch {
		case before == "" || before == after[i]:
			out[i] = after[i]
		case after[i] == "":
			out[i] = before
		}
	}
	return out
}
