package syntax

import (
	"cmp"
	"strings"

	"hearsay"
	"hearsay/internal/linear"
)

// Options are a recipe's options for training.
type Options struct {
	TagEpochs, FeatsEpochs, ParserEpochs, Beam int  // 0: the default
	TagRuns                                    int  // trainings of the tagger that are averaged, 0: the default
	GreedyEpochs                               int  // of the parser, before the beam's epochs
	ActionRows, RelRows, LeastWeight           int  // what the parser keeps, 0: the default
	TagRows, FeatsRows                         int  // what tagger and features keep, 0: the default
	CloseRelations, FitRelations               bool // see closeRelations and fitRelations
	NoParser                                   bool // leave the parser out
	Names                                      []NameDocument
	Cognates                                   []Tree       // of close languages
	CognateDictionaries                        []Dictionary // of close languages
	NamedThings                                []NamedThing // of this language and close ones
	cognates                                   *cognates
	Dictionaries                               []Dictionary
	dictionary                                 *dictionary
	Log                                        func(format string, args ...any)
}

const (
	defaultTagEpochs   = 10
	defaultFeatsEpochs = 8
	defaultTagRuns     = 4
	folds              = 3
	foldRuns           = 2 // trainings that are averaged for a fold
)

func (o *Options) defaults() {
	if o.TagEpochs == 0 {
		o.TagEpochs = defaultTagEpochs
	}
	if o.FeatsEpochs == 0 {
		o.FeatsEpochs = defaultFeatsEpochs
	}
	if o.TagRuns == 0 {
		o.TagRuns = defaultTagRuns
	}
	o.TagRows, o.FeatsRows = cmp.Or(o.TagRows, tagRows), cmp.Or(o.FeatsRows, featsRows)
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
}

// Train learns a language from its trees and returns the sections of its model file, all but
// the segmenter's. dev is only reported on. The same input gives the same bytes.
func Train(about About, corpora []Corpus, dev []Tree, o Options) ([]linear.Section, error) {
	o.defaults()
	harmonise(corpora)
	if o.CloseRelations {
		closeRelations(corpora)
	}
	if o.FitRelations {
		fitRelations(corpora)
	}
	o.cognates = learnCognates(o.Cognates, o.CognateDictionaries, o.NamedThings)
	o.dictionary = learnDictionary(o.Dictionaries, For("tags", corpora))
	m := trainMorphology(corpora, o)
	m.About = about
	sections, err := m.sections()
	if err != nil || o.NoParser {
		return sections, err
	}
	o.Log("%s: tagger trained; jackknifing", about.Language)
	parser, err := trainParser(jackknife(corpora, o), m.tagged(dev), parserOptions{
		Beam: o.Beam, Epochs: o.ParserEpochs, Greedy: o.GreedyEpochs, Log: o.Log, Sources: sources(For("parser", corpora)), Helpers: goldTokens(o.Cognates),
		Gold: goldTokens(For("parser", corpora)), ActionRows: o.ActionRows, RelRows: o.RelRows, LeastWeight: int32(o.LeastWeight),
	})
	return append(sections, parser...), err
}

// trainMorphology learns tags, features and lemmas.
func trainMorphology(corpora []Corpus, o Options) *Model {
	x := learnLexicon(For("tags", corpora))
	x.cognates = o.cognates
	x.dictionary = o.dictionary
	m := &Model{tagger: tagger{lexicon: x}}
	data := examples(For("tags", corpora), x)
	m.tagger.table = mixed(o.TagRuns, o.TagRows, func(run int) *linear.Trainer { return trainTagger(x, data, o.TagEpochs, run) })
	data = examples(For("feats", corpora), x)
	m.feats = learnBundles(data)
	m.feats.table = mixed(o.TagRuns, o.FeatsRows, func(run int) *linear.Trainer { return trainFeats(m.feats, x, data, o.FeatsEpochs, run) })
	m.trainLemmas(examples(For("lemmas", corpora), x), o.Names)
	return m
}

// What a model file keeps by default at most. More make it larger and slower to load and hardly better.
const (
	tagRows   = 200_000
	featsRows = 180_000
)

// mixed trains several times, in different order, and averages.
func mixed(runs, keep int, train func(run int) *linear.Trainer) *linear.Table {
	trainers := make([]*linear.Trainer, runs)
	for run := range trainers {
		trainers[run] = train(run)
	}
	return linear.Mix(trainers, keep)
}

func goldTokens(trees []Tree) [][]hearsay.Token {
	out := make([][]hearsay.Token, len(trees))
	for i, t := range trees {
		out[i] = t.Tokens
	}
	return out
}

// jackknife tags every third of the parser's trees with a model of the others, so that the
// parser learns from tags as wrong as those it will meet.
func jackknife(corpora []Corpus, o Options) [][]hearsay.Token {
	o.TagEpochs, o.FeatsEpochs, o.TagRuns, o.Names = (o.TagEpochs+1)/2, (o.FeatsEpochs+1)/2, foldRuns, nil
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

func sources(trees []Tree) []int {
	out := make([]int, len(trees))
	for i, t := range trees {
		out[i] = t.Source
	}
	return out
}

// harmonise numbers the corpora and fits the features of the later ones to the first: a pair
// that the first never has with a part of speech, though it has that often enough to show it,
// is dropped.
func harmonise(corpora []Corpus) {
	const often, never = 200, 0.002
	tags, pairs := map[string]int{}, map[string]int{}
	for _, t := range corpora[0].Trees {
		for _, tok := range t.Tokens {
			tags[tok.UPOS]++
			for _, p := range strings.Split(tok.Feats, "|") {
				pairs[tok.UPOS+" "+p]++
			}
		}
	}
	for i := range corpora {
		for j := range corpora[i].Trees {
			t := &corpora[i].Trees[j]
			t.Source = i
			if i == 0 {
				continue
			}
			for k := range t.Tokens {
				tok := &t.Tokens[k]
				tok.Feats = keepPairs(tok.Feats, func(p string) bool {
					return tags[tok.UPOS] < often || float64(pairs[tok.UPOS+" "+p]) >= never*float64(tags[tok.UPOS])
				})
			}
		}
	}
}

// closeRelations gives words whose relation was left open (dep) the one that nearly all of their
// part of speech have in the first corpus.
func closeRelations(corpora []Corpus) {
	const nearlyAll = 0.9
	byTag := map[string]map[string]int{}
	all := map[string]int{}
	for _, t := range corpora[0].Trees {
		for _, tok := range t.Tokens {
			if tok.Rel == "dep" {
				continue
			}
			if byTag[tok.UPOS] == nil {
				byTag[tok.UPOS] = map[string]int{}
			}
			byTag[tok.UPOS][universal(tok.Rel)]++
			all[tok.UPOS]++
		}
	}
	usual := map[string]string{}
	for tag, rels := range byTag {
		for rel, n := range rels {
			if float64(n) > nearlyAll*float64(all[tag]) {
				usual[tag] = rel
			}
		}
	}
	rewrite(corpora, func(tok *hearsay.Token) {
		if rel := usual[tok.UPOS]; tok.Rel == "dep" && rel != "" {
			tok.Rel = rel
		}
	})
}

// fitRelations leaves out subtypes in the later corpora that the first hardly uses.
func fitRelations(corpora []Corpus) {
	const never = 0.01
	counts := map[string]int{}
	rewrite(corpora[:1], func(tok *hearsay.Token) {
		counts[tok.Rel]++
		if universal(tok.Rel) != tok.Rel {
			counts[universal(tok.Rel)]++
		}
	})
	rewrite(corpora[1:], func(tok *hearsay.Token) {
		whole := universal(tok.Rel)
		if n := counts[tok.Rel]; n == 0 || float64(n) < never*float64(counts[whole]) {
			tok.Rel = whole
		}
	})
}

func rewrite(corpora []Corpus, word func(*hearsay.Token)) {
	for _, c := range corpora {
		for _, t := range c.Trees {
			for i := range t.Tokens {
				word(&t.Tokens[i])
			}
		}
	}
}

// keepPairs leaves the attribute=value pairs out that keep refuses.
func keepPairs(feats string, keep func(pair string) bool) string {
	if feats == "" {
		return ""
	}
	var kept []string
	for _, p := range strings.Split(feats, "|") {
		if keep(p) {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "|")
}
