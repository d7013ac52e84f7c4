package pipeline

import (
	"cmp"
	"slices"

	"hearsay"
	"hearsay/internal/language"
)

// part is what of a document is in one language: an analysis of its own over the same text.
type part struct {
	*hearsay.Analysis
	blocks []int // which of the document's blocks are in it
}

// EachLanguage runs stages that come after the blocks: on the analysis itself, or, where some of its
// blocks are clearly in another language than the document, on one analysis for each language, and
// puts together what these find.
func EachLanguage(a *hearsay.Analysis, run func(part *hearsay.Analysis)) {
	parts := byLanguage(a)
	for _, p := range parts {
		run(p.Analysis)
	}
	joinParts(a, parts)
}

// byLanguage parts a document where some of its blocks are clearly in another language than it is; else
// the only part is the analysis itself.
func byLanguage(a *hearsay.Analysis) []part {
	langs := language.OfBlocks(a.Document)
	if !slices.ContainsFunc(langs, func(lang string) bool { return lang != a.Document.Language }) {
		return []part{{Analysis: a}}
	}
	var parts []part
	for i, lang := range langs {
		at := slices.IndexFunc(parts, func(p part) bool { return p.Document.Language == lang })
		if at < 0 {
			doc := *a.Document
			doc.Language, doc.Blocks, doc.Notes = lang, nil, nil
			at, parts = len(parts), append(parts, part{Analysis: &hearsay.Analysis{Document: &doc}})
		}
		p := &parts[at]
		p.blocks = append(p.blocks, i)
		p.Document.Blocks = append(p.Document.Blocks, a.Document.Blocks[i])
	}
	return parts
}

// joinParts gives a the layers of its parts, in the order of the text.
func joinParts(a *hearsay.Analysis, parts []part) {
	if parts[0].Analysis == a {
		return
	}
	tokens := join(&a.Tokens, parts, func(p part) []hearsay.Token { return p.Tokens }, func(t hearsay.Token, _ part) int { return t.Start })
	sentences := join(&a.Sentences, parts, func(p part) []hearsay.Sentence { return p.Sentences }, func(s hearsay.Sentence, _ part) int { return s.Start })
	quotations := join(&a.Quotations, parts, func(p part) []hearsay.Quotation { return p.Quotations }, func(q hearsay.Quotation, _ part) int { return q.Start })
	mentions := join(&a.Mentions, parts, func(p part) []hearsay.Mention { return p.Mentions }, func(m hearsay.Mention, _ part) int { return m.Start })
	entities := join(&a.Entities, parts, func(p part) []hearsay.Entity { return p.Entities }, firstMention)
	statements := join(&a.Statements, parts, func(p part) []hearsay.Statement { return p.Statements }, firstWord)
	figures := join(&a.Figures, parts, func(p part) []hearsay.Figure { return p.Figures }, func(f hearsay.Figure, _ part) int { return f.Start })
	times := join(&a.Times, parts, func(p part) []hearsay.Time { return p.Times }, func(t hearsay.Time, _ part) int { return t.Start })

	for n := range parts {
		for _, i := range tokens[n] {
			a.Tokens[i].Head = tokens.of(n, a.Tokens[i].Head)
		}
		for _, i := range sentences[n] {
			s := &a.Sentences[i]
			s.Block = parts[n].blocks[s.Block]
			if s.First < s.Last {
				s.First, s.Last = tokens.of(n, s.First), tokens.of(n, s.Last-1)+1
			}
		}
		for _, i := range quotations[n] {
			a.Quotations[i].Parent = quotations.of(n, a.Quotations[i].Parent)
		}
		for _, i := range mentions[n] {
			a.Mentions[i].Entity = entities.of(n, a.Mentions[i].Entity)
		}
		for _, i := range entities[n] {
			a.Entities[i].Mentions = mentions.all(n, a.Entities[i].Mentions)
		}
		for _, i := range statements[n] {
			s := &a.Statements[i]
			s.Speaker, s.Addressee, s.Holder = entities.of(n, s.Speaker), entities.of(n, s.Addressee), statements.of(n, s.Holder)
			for v := range s.Via {
				s.Via[v].Entity = entities.of(n, s.Via[v].Entity)
			}
		}
		for _, i := range figures[n] {
			a.Figures[i].Statement = statements.of(n, a.Figures[i].Statement)
		}
		for _, i := range times[n] {
			a.Times[i].Statement = statements.of(n, a.Times[i].Statement)
		}
		a.Document.Notes = append(a.Document.Notes, parts[n].Document.Notes...)
		if parts[n].Document.Language == a.Document.Language {
			a.Document.Translated = parts[n].Document.Translated
		}
	}
}

// places tells, by part and index there, the index that something has now.
type places [][]int

func (p places) of(part, i int) int {
	if i < 0 {
		return i
	}
	return p[part][i]
}

func (p places) all(part int, list []int) []int {
	out := make([]int, len(list))
	for k, i := range list {
		out[k] = p.of(part, i)
	}
	return out
}

// join puts what the parts have of one layer into one list, by where each thing begins. What is of the
// same part keeps its order.
func join[T any](into *[]T, parts []part, layer func(part) []T, start func(T, part) int) places {
	type item struct{ at, part, index int }
	var items []item
	where := make(places, len(parts))
	for n, p := range parts {
		at := 0
		for i, t := range layer(p) {
			at = max(at, start(t, p))
			items = append(items, item{at, n, i})
		}
		where[n] = make([]int, len(layer(p)))
	}
	slices.SortStableFunc(items, func(x, y item) int { return cmp.Compare(x.at, y.at) })
	for i, it := range items {
		*into = append(*into, layer(parts[it.part])[it.index])
		where[it.part][it.index] = i
	}
	return where
}

func firstMention(e hearsay.Entity, p part) int {
	if len(e.Mentions) == 0 {
		return 0
	}
	return p.Mentions[e.Mentions[0]].Start
}

func firstWord(s hearsay.Statement, _ part) int {
	first := -1
	for _, spans := range [][]hearsay.Span{s.Source, s.Cue, s.Content} {
		for _, span := range spans {
			if first < 0 || span.Start < first {
				first = span.Start
			}
		}
	}
	return first
}
