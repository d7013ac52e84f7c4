package segment

import (
	"errors"
	"strings"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/linear"
)

// Model cuts the text of one language.
type Model struct {
	table  *linear.Table
	multi  multiwords
	splits *linear.Table // whether a token is split, for those where it depends; nil where there are none
}

const (
	tableSection = "segment.gaps"
	multiSection = "segment.multiwords"
	splitSection = "segment.splits"
)

var embedded = linear.Opener[Model]{Files: data.Models, Dir: "models", Name: "syntax.model", Load: Load}

// Open returns the embedded model of a language (ISO 639-1), or nil where there is none. It is
// read when the language is first met.
func Open(lang string) (*Model, error) { return embedded.Open(lang) }

// Load reads the segmenter's sections of a model file.
func Load(f *linear.File) (*Model, error) {
	table, err := f.Table(tableSection)
	if err != nil {
		return nil, err
	}
	if table.Classes() != int(labelCount) {
		return nil, errors.New("segment: table of another shape")
	}
	multi, ok := decodeMultiwords(f.Section(multiSection))
	if !ok {
		return nil, errors.New("segment: damaged multiword dictionary")
	}
	m := &Model{table: table, multi: multi}
	if f.Section(splitSection) != nil {
		if m.splits, err = f.Table(splitSection); err != nil {
			return nil, err
		}
		if m.splits.Classes() != 2 {
			return nil, errors.New("segment: table of another shape")
		}
	}
	return m, nil
}

// Example is a text with gold boundaries.
type Example struct {
	Text   string
	Tokens []Gold
}

// Gold is a token of an example; Words holds its syntactic words where there are several.
type Gold struct {
	hearsay.Span
	Words        []string
	EndsSentence bool
}

const (
	epochs     = 8
	minUpdates = 2
)

// Train learns the boundaries and the multiword tokens of a language.
func Train(examples []Example) []linear.Section {
	trainer := linear.NewTrainer(int(labelCount), minUpdates)
	counts := map[string]*countWords{}
	texts := make([]text, len(examples))
	golds := make([][]label, len(examples))
	for i, e := range examples {
		texts[i].read(e.Text, hearsay.Span{Start: 0, End: len(e.Text)})
		golds[i] = goldLabels(&texts[i], e.Tokens)
		count(counts, e)
	}
	var f features
	for range epochs {
		for i := range texts {
			t, gold := &texts[i], golds[i]
			for j, c := range t.chars {
				if c.space || c.next < 0 || t.settled(j) || c.kept {
					continue
				}
				f.extract(t, j, gold)
				var scores [labelCount]int32
				trainer.Add(f.list, scores[:])
				trainer.Learn(f.list, int(gold[j]), int(t.best(j, &scores, true)))
			}
		}
	}
	multi := learnMultiwords(counts)
	sections := []linear.Section{
		{Name: tableSection, Data: trainer.Table(0).Encode()},
		{Name: multiSection, Data: multi.encode()},
	}
	if len(multi.open) > 0 {
		sections = append(sections, linear.Section{Name: splitSection, Data: trainSplits(examples, &multi).Encode()})
	}
	return sections
}

// trainSplits learns which tokens are split where it depends on the context.
func trainSplits(examples []Example, multi *multiwords) *linear.Table {
	trainer := linear.NewTrainer(2, 1)
	var f features
	for range epochs {
		for _, e := range examples {
			for i, g := range e.Tokens {
				lower := strings.ToLower(g.In(e.Text))
				if !multi.open[lower] {
					continue
				}
				var around [3]string
				for k, j := range [3]int{i - 2, i - 1, i + 1} {
					if j >= 0 && j < len(e.Tokens) {
						around[k] = e.Tokens[j].In(e.Text)
					}
				}
				gold := 0
				if len(g.Words) > 1 {
					gold = 1
				}
				f.split(lower, around)
				guess := 0
				if trainer.Score(f.list, 1) >= trainer.Score(f.list, 0) {
					guess = 1
				}
				trainer.Learn(f.list, gold, guess)
			}
		}
	}
	return trainer.Table(0)
}

// goldLabels aligns gold tokens with characters.
func goldLabels(t *text, tokens []Gold) []label {
	labels := make([]label, len(t.chars))
	k := 0
	for i, c := range t.chars {
		for k < len(tokens) && tokens[k].End < c.end {
			k++
		}
		if k < len(tokens) && tokens[k].End == c.end {
			labels[i] = tokenEnd
			if tokens[k].EndsSentence {
				labels[i] = sentenceEnd
			}
		}
	}
	return labels
}

func count(counts map[string]*countWords, e Example) {
	for _, g := range e.Tokens {
		form := strings.ToLower(g.In(e.Text))
		c := counts[form]
		if c == nil {
			c = &countWords{split: map[string]int{}}
			counts[form] = c
		}
		if len(g.Words) > 1 {
			c.split[strings.ToLower(strings.Join(g.Words, "\x00"))]++
		} else {
			c.whole++
		}
	}
}
