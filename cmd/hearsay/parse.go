package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"hearsay"
	"hearsay/internal/clean"
	"hearsay/internal/language"
	"hearsay/internal/segment"
	"hearsay/internal/syntax"
	"hearsay/pipeline"
)

func newParseCommand() *cobra.Command {
	var lang, format string
	cmd := &cobra.Command{
		Use:   "parse [--lang xx] [FILE…]",
		Short: "Print sentences, words, lemmas and trees in CoNLL-U",
		Long: `Print the sentences of plain-text files (or of standard input) in CoNLL-U, with
the place of every token (TokenRange, in Unicode code points of the text) in the last column.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "conllu" {
				return &exitError{exitUsage, fmt.Errorf("unknown format %q: conllu", format)}
			}
			if len(args) == 0 {
				args = []string{"-"}
			}
			for _, path := range args {
				if err := parseFile(cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr(), lang, path); err != nil {
					return &exitError{exitFailed, err}
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language (ISO 639-1); found from the text where it is not given")
	cmd.Flags().StringVar(&format, "format", "conllu", "output format: conllu")
	return cmd
}

func parseFile(in io.Reader, out, warn io.Writer, lang, path string) error {
	var content []byte
	var err error
	if path == "-" {
		content, err = io.ReadAll(in)
	} else {
		content, err = os.ReadFile(path)
	}
	if err != nil {
		return err
	}
	a := plainDocument(lang, path, strings.ToValidUTF8(string(content), "\ufffd"))
	parse := func(part *hearsay.Analysis) { err = errors.Join(err, segmentAndParse(part)) }
	if lang != "" {
		parse(a)
	} else {
		pipeline.EachLanguage(a, parse)
	}
	if err != nil {
		return err
	}
	for _, note := range a.Document.Notes {
		fmt.Fprintf(warn, "%s: %s\n", path, note)
	}
	return syntax.WriteConllu(out, a)
}

// plainDocument makes a document of a plain text, up to the stage before segmentation.
func plainDocument(lang, path, text string) *hearsay.Analysis {
	doc := &hearsay.Document{ID: path, Path: path, Text: strings.TrimPrefix(text, "\ufeff"), Language: lang}
	if lang == "" {
		language.Detect(doc)
	}
	doc.Blocks, _ = clean.Text(doc.Text, doc.Language)
	doc.Repairs = language.Repairs(doc.Text, doc.Language, nil)
	return &hearsay.Analysis{Document: doc}
}

// segmentAndParse runs the two stages with the embedded model of the document's language.
func segmentAndParse(a *hearsay.Analysis) error {
	cutter, err := segment.Open(a.Document.Language)
	if err != nil {
		return err
	}
	model, err := syntax.Open(a.Document.Language)
	if err != nil {
		return err
	}
	segment.Segment(a, cutter)
	model.Analyze(a)
	return nil
}
