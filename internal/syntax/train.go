package syntax

import (
	"hearsay"
	"hearsay/internal/linear"
)

// Options are a recipe's options for training.
type Options struct {
	TagEpochs, FeatsEpochs, ParserEpochs, Beam int // 0: the default
	NoParser                                   bool
	Log                                        func(format string, args ...any)
}

const (
	defaultTagEpochs   = 10
	defaultFeatsEpochs = 8
	folds              = 5
)

func (o *Options) defaults() {
	if o.TagEpochs == 0 {
		o.TagEpochs = defaultTagEpochs
	}
	if o.FeatsEpochs == 0 {
		o.FeatsEpochs = defaultFeatsEpochs
	}
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
}

// Train learns a language from its trees and returns the sections of its model file, all but
// the segmenter's. dev is only reported on. The same input gives the same bytes.
func Train(about About, corpora []Corpus, dev []Tree, o Options) ([]linear.Section, error) {
	o.defaults()
	m := trainMorphology(corpora, o)
	m.About = about
	sections, err := m.sections()
	if err != nil || o.NoParser {
		return sections, err
	}
	o.Log("%s: tagger trained; jackknifing", about.Language)
	parser, err := trainParser(jackknife(corpora, o), m.tagged(dev), parserOptions{Beam: o.Beam, Epochs: o.ParserEpochs, Log: o.Log})
	return append(sections, parser...), err
}

// trainMorphology learns tags, features and lemmas.
func trainMorphology(corpora []Corpus, o Options) *Model {
	x := learnLexicon(For("tags", corpora))
	m := &Model{tagger: tagger{lexicon: x, table: trainTagger(examples(For("tags", corpora), x), o.TagEpochs)}}
	data := examples(For("feats", corpora), x)
	m.feats = learnBundles(data)
	trainFeats(m.feats, data, o.FeatsEpochs)
	m.lemmas = trainLemmas(examples(For("lemmas", corpora), x))
	m.compress()
	return m
}

// compress turns the trainers into run-time tables.
func (m *Model) compress() {
	if t, ok := m.tagger.table.(*linear.Trainer); ok {
		m.tagger.table = t.Table(0)
	}
	if t, ok := m.feats.table.(*linear.Trainer); ok {
		m.feats.table = t.Table(0)
	}
}

// jackknife tags every fifth of the parser's trees with a model of the other four, so that the
// parser learns from tags as wrong as those it will meet.
func jackknife(corpora []Corpus, o Options) [][]hearsay.Token {
	trees := For("parser", corpora)
	out := make([][]hearsay.Token, len(trees))
	for fold := range folds {
		m := trainMorphology(without(corpora, fold), o)
		at := 0
		for _, c := range corpora {
			if len(For("parser", []Corpus{c})) == 0 {
				continue
			}
			for i, t := range c.Trees {
				if i%folds == fold {
					out[at+i] = m.taggedTree(t)
				}
			}
			at += len(c.Trees)
		}
		o.Log("fold %d of %d", fold+1, folds)
	}
	return out
}

// without leaves every tree of one fold out.
func without(corpora []Corpus, fold int) []Corpus {
	out := make([]Corpus, len(corpora))
	for i, c := range corpora {
		out[i].But = c.But
		for j, t := range c.Trees {
			if j%folds != fold {
				out[i].Trees = append(out[i].Trees, t)
			}
		}
	}
	return out
}

func (m *Model) tagged(trees []Tree) [][]hearsay.Token {
	out := make([][]hearsay.Token, len(trees))
	for i, t := range trees {
		out[i] = m.taggedTree(t)
	}
	return out
}

// taggedTree keeps the gold tree and predicts the rest.
func (m *Model) taggedTree(t Tree) []hearsay.Token {
	toks := append([]hearsay.Token(nil), t.Tokens...)
	m.Tag(toks)
	return toks
}
