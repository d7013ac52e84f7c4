package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hearsay/internal/linear"
	"hearsay/internal/segment"
	"hearsay/internal/syntax"
)

// trainSyntax holds the flags of "train syntax".
type trainSyntax struct {
	lang, recipe, out string
	train, dev, data  []string
	open, noParser    bool
	log               io.Writer
}

func newTrainSyntaxCommand() *cobra.Command {
	var t trainSyntax
	cmd := &cobra.Command{
		Use:   "syntax (--recipe FILE | --lang xx --train FILE… [--dev FILE…])",
		Short: "Train the model that segments, tags, lemmatises and parses a language",
		Long: `Train the model of a language from Universal Dependencies treebanks in CoNLL-U
(also .gz). The same data and options give the same bytes.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			t.log = cmd.ErrOrStderr()
			if err := t.run(); err != nil {
				return &exitError{exitFailed, err}
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&t.lang, "lang", "", "language (ISO 639-1)")
	f.StringVar(&t.recipe, "recipe", "", "recipe that names data, checksums and options")
	f.StringSliceVar(&t.data, "data", []string{"../shared/data", "bin"}, "folders that the recipe's paths start from")
	f.StringSliceVar(&t.train, "train", nil, "treebanks to learn from")
	f.StringSliceVar(&t.dev, "dev", nil, "treebanks to measure on")
	f.StringVar(&t.out, "out", "", "model file (default data/models/<lang>/syntax.model)")
	f.BoolVar(&t.open, "open", false, "use data under CC BY and CC BY-SA alone")
	f.BoolVar(&t.noParser, "no-parser", false, "leave the parser out")
	return cmd
}

func (t *trainSyntax) run() error {
	recipe, err := t.readRecipe()
	if err != nil {
		return err
	}
	about := syntax.About{Language: recipe.Language, Version: recipe.Version, Date: recipe.Date}
	var corpora []syntax.Corpus
	for _, f := range recipe.Train {
		if t.open && !f.Open() {
			continue
		}
		trees, source, err := t.treebank(f)
		if err != nil {
			return err
		}
		corpora = append(corpora, syntax.Corpus{Trees: trees, But: f.But})
		about.Data = append(about.Data, source)
	}
	if len(corpora) == 0 {
		return errors.New("no data of an open licence")
	}
	var dev []syntax.Tree
	for _, f := range recipe.Dev {
		trees, _, err := t.treebank(f)
		if err != nil {
			return err
		}
		dev = append(dev, trees...)
	}
	cut := segment.Train(segmentExamples(corpora))
	for _, f := range recipe.Names {
		if t.open && !f.Open() {
			continue
		}
		documents, source, err := t.names(f, cut)
		if err != nil {
			return err
		}
		recipe.Options.Names = append(recipe.Options.Names, documents...)
		about.Data = append(about.Data, source)
	}
	for _, f := range slices.Concat(recipe.Cognates, recipe.Names) {
		if t.open && !f.Open() {
			continue
		}
		source, err := t.cognates(f, &recipe.Options)
		if err != nil {
			return err
		}
		if !slices.Contains(about.Data, source) {
			about.Data = append(about.Data, source)
		}
	}
	for _, f := range recipe.Dictionaries {
		if t.open && !f.Open() {
			continue
		}
		source, err := t.dictionary(f, &recipe.Options.Dictionaries)
		if err != nil {
			return err
		}
		about.Data = append(about.Data, source)
	}
	about.Licence = strictest(about.Data)
	return t.write(about, corpora, cut, dev, recipe.Options)
}

// cognates reads trees of a close language, its dictionary, or the names of a file of names: those
// of one word and the words of persons.
func (t *trainSyntax) cognates(f syntax.RecipeFile, o *syntax.Options) (syntax.DataSource, error) {
	if strings.Contains(f.Path, ".conllu") {
		trees, source, err := t.treebank(f)
		o.Cognates = append(o.Cognates, trees...)
		return source, err
	}
	if strings.HasSuffix(f.Path, ".tgz") {
		return t.dictionary(f, &o.CognateDictionaries)
	}
	source, err := t.source(f)
	if err != nil {
		return source, err
	}
	texts, err := readNamed(t.find(f.Path))
	seen := map[syntax.NamedThing]bool{}
	for _, n := range texts {
		for _, m := range n.Mentions {
			words := strings.Fields(m.Lemma)
			if len(words) > 1 && m.Type != "PER" {
				continue
			}
			for _, w := range words {
				thing := syntax.NamedThing{Name: w, Kind: m.Type}
				if !seen[thing] {
					seen[thing] = true
					o.NamedThings = append(o.NamedThings, thing)
				}
			}
		}
	}
	return source, err
}

func (t *trainSyntax) dictionary(f syntax.RecipeFile, to *[]syntax.Dictionary) (syntax.DataSource, error) {
	source, err := t.source(f)
	if err != nil {
		return source, err
	}
	archive, err := os.ReadFile(t.find(f.Path))
	if err != nil {
		return source, err
	}
	d, err := syntax.ReadDictionary(archive)
	*to = append(*to, d)
	return source, err
}

// names reads a file of names and cuts its texts with the sections of a segmenter.
func (t *trainSyntax) names(f syntax.RecipeFile, cut []linear.Section) ([]syntax.NameDocument, syntax.DataSource, error) {
	path := t.find(f.Path)
	source, err := t.source(f)
	if err != nil {
		return nil, source, err
	}
	texts, err := readNamed(path)
	if err != nil {
		return nil, source, err
	}
	cutter, err := segment.Load(&linear.File{Sections: cut})
	if err != nil {
		return nil, source, err
	}
	var out []syntax.NameDocument
	for _, n := range texts {
		out = append(out, n.document(cutter))
	}
	return out, source, nil
}

func (t *trainSyntax) write(about syntax.About, corpora []syntax.Corpus, cut []linear.Section, dev []syntax.Tree, o syntax.Options) error {
	o.NoParser = t.noParser
	o.Log = func(format string, args ...any) { fmt.Fprintf(t.log, format+"\n", args...) }
	file := &linear.File{}
	sections, err := syntax.Train(about, corpora, dev, o)
	if err != nil {
		return err
	}
	file.Sections = append(file.Sections, sections...)
	file.Sections = append(file.Sections, cut...)
	var buf bytes.Buffer
	if err := linear.Write(&buf, file); err != nil {
		return err
	}
	out := t.out
	if out == "" {
		out = filepath.Join("data", "models", about.Language, "syntax.model")
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(out, buf.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(t.log, "%s: %d bytes, sha256 %s\n", out, buf.Len(), linear.Sum(buf.Bytes()))
	return t.card(out, buf.Bytes(), dev)
}

func (t *trainSyntax) readRecipe() (*syntax.Recipe, error) {
	if t.recipe != "" {
		f, err := os.Open(t.recipe)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		recipe, err := syntax.ReadRecipe(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.recipe, err)
		}
		return recipe, nil
	}
	if t.lang == "" || len(t.train) == 0 {
		return nil, errors.New("give --recipe, or --lang and --train")
	}
	t.data = nil
	recipe := &syntax.Recipe{Language: t.lang, Version: "1"}
	for _, path := range t.train {
		recipe.Train = append(recipe.Train, syntax.RecipeFile{Path: path, Licence: unstated})
	}
	for _, path := range t.dev {
		recipe.Dev = append(recipe.Dev, syntax.RecipeFile{Path: path})
	}
	return recipe, nil
}

// treebank reads a file of a recipe and checks its sum.
func (t *trainSyntax) treebank(f syntax.RecipeFile) ([]syntax.Tree, syntax.DataSource, error) {
	source, err := t.source(f)
	if err != nil {
		return nil, source, err
	}
	trees, err := syntax.ReadTreebank(t.find(f.Path))
	return trees, source, err
}

// find is the path of a file in the first data folder that has it.
func (t *trainSyntax) find(file string) string {
	for _, folder := range t.data {
		path := filepath.Join(folder, file)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return file
}

// source checks the sum of a file.
func (t *trainSyntax) source(f syntax.RecipeFile) (syntax.DataSource, error) {
	path := t.find(f.Path)
	source := syntax.DataSource{File: f.Path, Licence: f.Licence}
	content, err := os.ReadFile(path)
	if err != nil {
		return source, err
	}
	sum := sha256.Sum256(content)
	source.SHA256 = hex.EncodeToString(sum[:])
	if f.SHA256 != "" && f.SHA256 != source.SHA256 {
		return source, fmt.Errorf("%s is another file than the recipe's: sha256 %s", path, source.SHA256)
	}
	return source, nil
}

// unstated is what a recipe says of data without a licence.
const unstated = "unstated"

// strictest is the licence that binds a model of all the data: one that forbids commercial use
// before one that only asks for sharing alike. Data that states none is mentioned beside it.
func strictest(data []syntax.DataSource) string {
	var licences []string
	silent := false
	for _, d := range data {
		if d.Licence == unstated {
			silent = true
			continue
		}
		licences = append(licences, d.Licence)
	}
	if len(licences) == 0 {
		return unstated
	}
	rank := func(l string) int {
		switch {
		case strings.Contains(l, "NC"):
			return 0
		case !strings.HasPrefix(l, "CC"):
			return 1
		case strings.Contains(l, "SA"):
			return 2
		}
		return 3
	}
	slices.SortStableFunc(licences, func(a, b string) int { return rank(a) - rank(b) })
	if silent {
		return licences[0] + "; some of the data states none"
	}
	return licences[0]
}

// segmentExamples makes texts of treebanks: a paragraph an example.
func segmentExamples(corpora []syntax.Corpus) []segment.Example {
	var out []segment.Example
	for _, c := range corpora {
		if slices.Contains(c.But, "segment") {
			continue
		}
		passage, paragraphs := syntax.GoldPassage(c.Trees)
		ends := map[int]bool{}
		for _, s := range passage.Sentences {
			ends[s.End] = true
		}
		k := 0
		for _, p := range paragraphs {
			e := segment.Example{Text: p.In(passage.Text)}
			for k < len(passage.Tokens) && passage.Tokens[k].Start < p.End {
				tok := passage.Tokens[k]
				g := segment.Gold{Span: tok.Span, EndsSentence: ends[tok.End]}
				g.Start -= p.Start
				g.End -= p.Start
				k++
				if tok.Part == 1 {
					g.Words = append(g.Words, tok.Form)
					for k < len(passage.Tokens) && passage.Tokens[k].Part > 1 {
						g.Words = append(g.Words, passage.Tokens[k].Form)
						k++
					}
				}
				e.Tokens = append(e.Tokens, g)
			}
			out = append(out, e)
		}
	}
	return out
}

// card writes the model's card beside it.
func (t *trainSyntax) card(out string, model []byte, dev []syntax.Tree) error {
	file, err := linear.Read(model)
	if err != nil {
		return err
	}
	m, err := loadSyntax(file)
	if err != nil {
		return err
	}
	about := m.syntax.About
	var b strings.Builder
	fmt.Fprintf(&b, "# Syntax model: %s\n\nSegmenter, tagger, features, lemmas and parser in the sense of Universal Dependencies; averaged perceptrons, eight-bit weights.\n\n", about.Language)
	fmt.Fprintf(&b, "| | |\n|---|---|\n| version | %s |\n| date | %s |\n| licence of the data | %s |\n| size | %d bytes |\n| sha256 | %s |\n", about.Version, about.Date, about.Licence, len(model), linear.Sum(model))
	b.WriteString("\n## Data\n\n| file | licence | sha256 |\n|---|---|---|\n")
	for _, d := range about.Data {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", d.File, d.Licence, d.SHA256)
	}
	if len(dev) > 0 {
		b.WriteString("\n## Scores on dev (CoNLL 2018 measures)\n\n")
		gold, raw := m.evaluate(dev)
		writeScores(&b, "gold tokens", gold, true)
		writeScores(&b, "raw text", raw, false)
		fmt.Fprint(t.log, b.String()[strings.Index(b.String(), "## Scores"):])
	}
	b.WriteString(weaknesses)
	return os.WriteFile(filepath.Join(filepath.Dir(out), "MODEL.md"), []byte(b.String()), 0o644)
}

const weaknesses = `
## Known weaknesses

Trained on a few ten thousand words: rare words and names get wrong features more often than
the scores on dev suggest for other genres. Clause relations (ccomp, parataxis, advcl) are much less
dependable than the local ones (nsubj, case, mark, flat). Non-projective trees are not produced.
`
