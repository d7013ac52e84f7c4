package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/linear"
	"hearsay/internal/segment"
	"hearsay/internal/syntax"
)

// languageModel is all that one model file holds.
type languageModel struct {
	segment *segment.Model
	syntax  *syntax.Model
}

func loadSyntax(f *linear.File) (*languageModel, error) {
	s, err := segment.Load(f)
	if err != nil {
		return nil, err
	}
	m, err := syntax.Load(f)
	return &languageModel{segment: s, syntax: m}, err
}

// openSyntax reads a model file, or the embedded model of a language.
func openSyntax(lang, path string) (*languageModel, error) {
	var content []byte
	var err error
	if path != "" {
		content, err = os.ReadFile(path)
	} else {
		content, err = data.Models.ReadFile("models/" + lang + "/syntax.model")
	}
	if err != nil {
		return nil, err
	}
	f, err := linear.Read(content)
	if err != nil {
		return nil, err
	}
	return loadSyntax(f)
}

func (m *languageModel) analyze(a *hearsay.Analysis) {
	segment.Segment(a, m.segment)
	m.syntax.Analyze(a)
}

// analysisOf makes an analysis of a text whose paragraphs are known.
func analysisOf(lang, text string, paragraphs []hearsay.Span) *hearsay.Analysis {
	doc := &hearsay.Document{Text: text, Language: lang}
	for _, p := range paragraphs {
		doc.Blocks = append(doc.Blocks, hearsay.Block{Span: p, Role: hearsay.RoleBody})
	}
	return &hearsay.Analysis{Document: doc}
}

// evaluate scores a model from gold tokens and from raw text.
func (m *languageModel) evaluate(trees []syntax.Tree) (gold, raw syntax.Scores) {
	want, paragraphs := syntax.GoldPassage(trees)
	a := analysisOf(m.syntax.About.Language, want.Text, paragraphs)
	for _, tok := range want.Tokens {
		a.Tokens = append(a.Tokens, hearsay.Token{Span: tok.Span, Form: tok.Form, Part: tok.Part, Head: -1})
	}
	for i, t := range trees {
		first := 0
		if i > 0 {
			first = a.Sentences[i-1].Last
		}
		a.Sentences = append(a.Sentences, hearsay.Sentence{Span: want.Sentences[i], First: first, Last: first + len(t.Tokens)})
	}
	m.syntax.Analyze(a)
	given := want
	given.Tokens = a.Tokens

	a = analysisOf(m.syntax.About.Language, want.Text, paragraphs)
	m.analyze(a)
	system := syntax.Passage{Text: want.Text, Tokens: a.Tokens}
	for _, s := range a.Sentences {
		system.Sentences = append(system.Sentences, s.Span)
	}
	return syntax.Score(want, given), syntax.Score(want, system)
}

func writeScores(w io.Writer, title string, s syntax.Scores, relations bool) {
	fmt.Fprintf(w, "%s\n\n| Tokens | Sentences | Words | UPOS | UFeats | Lemmas | UAS | LAS | CLAS | MLAS | BLEX | Lemmas of PROPN |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n|", title)
	for _, c := range []syntax.Count{s.Tokens, s.Sentences, s.Words, s.UPOS, s.Feats, s.Lemmas, s.UAS, s.LAS, s.CLAS, s.MLAS, s.BLEX, s.ProperNames} {
		fmt.Fprintf(w, " %.2f |", c.F1())
	}
	fmt.Fprint(w, "\n\n")
	if !relations {
		return
	}
	fmt.Fprint(w, "Head and relation, F1: ")
	for i, rel := range []string{"root", "nsubj", "obj", "obl", "nmod", "ccomp", "xcomp", "parataxis", "advcl", "acl", "appos", "flat", "conj", "mark", "case", "punct"} {
		if c := s.Relations[rel]; c != nil {
			if i > 0 {
				fmt.Fprint(w, ", ")
			}
			fmt.Fprintf(w, "%s %.1f", rel, c.F1())
		}
	}
	fmt.Fprint(w, ".\n\n")
}

func newEvalSyntaxCommand() *cobra.Command {
	var lang, model string
	cmd := &cobra.Command{
		Use:   "syntax --lang xx FILE…",
		Short: "Print the measures of the CoNLL 2018 shared task, from gold tokens and from raw text",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := openSyntax(lang, model)
			if err != nil {
				return &exitError{exitFailed, err}
			}
			var trees []syntax.Tree
			for _, path := range args {
				t, err := syntax.ReadTreebank(path)
				if err != nil {
					return &exitError{exitFailed, err}
				}
				trees = append(trees, t...)
			}
			gold, raw := m.evaluate(trees)
			writeScores(cmd.OutOrStdout(), "gold tokens", gold, true)
			writeScores(cmd.OutOrStdout(), "raw text", raw, false)
			return nil
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language of the embedded model")
	cmd.Flags().StringVar(&model, "model", "", "a model file instead")
	return cmd
}

func newEvalSentencesCommand() *cobra.Command {
	var lang, model string
	cmd := &cobra.Command{
		Use:   "sentences --lang xx DIR",
		Short: "Join the lines of each text by spaces and count how many lines come back as sentences",
		Long: `Each line of the texts counts as a sentence. Lines are joined by spaces, but for those
without a full stop or the like at their end, which are headlines and end a block.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := openSyntax(lang, model)
			if err != nil {
				return &exitError{exitFailed, err}
			}
			paths, err := filepath.Glob(filepath.Join(args[0], "*.txt"))
			if err != nil {
				return &exitError{exitFailed, err}
			}
			var all, ends syntax.Count
			for _, path := range paths {
				content, err := os.ReadFile(path)
				if err != nil {
					return &exitError{exitFailed, err}
				}
				lines, e := m.sentences(string(content))
				add(&all, lines)
				add(&ends, e)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: sentence F1 %.2f; of the line ends %.2f%% found (%d lines, %d sentences, %d agree)\n",
				lang, all.F1(), percent(ends.Right, ends.Gold), all.Gold, all.System, all.Right)
			return nil
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language of the embedded model")
	cmd.Flags().StringVar(&model, "model", "", "a model file instead")
	return cmd
}

// sentences joins the lines of a text and counts which come back whole, and which line ends
// are sentence ends.
func (m *languageModel) sentences(content string) (whole, ends syntax.Count) {
	var text strings.Builder
	var lines, blocks []hearsay.Span
	start := 0
	for _, line := range strings.Split(content, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		if len(blocks) > 0 && start == blocks[len(blocks)-1].End {
			start = text.Len()
		}
		lines = append(lines, hearsay.Span{Start: text.Len(), End: text.Len() + len(line)})
		text.WriteString(line)
		if !strings.ContainsAny(line[max(0, len(line)-6):], ".!?…") {
			blocks = append(blocks, hearsay.Span{Start: start, End: text.Len()})
			start = text.Len()
		}
	}
	if start < text.Len() {
		blocks = append(blocks, hearsay.Span{Start: start, End: text.Len()})
	}
	a := analysisOf(m.syntax.About.Language, text.String(), blocks)
	segment.Segment(a, m.segment)
	whole = syntax.Count{Gold: len(lines), System: len(a.Sentences)}
	ends.Gold = len(lines)
	found, ending := map[hearsay.Span]bool{}, map[int]bool{}
	for _, s := range a.Sentences {
		found[s.Span], ending[s.End] = true, true
	}
	for _, l := range lines {
		if found[l] {
			whole.Right++
		}
		if ending[l.End] {
			ends.Right++
		}
	}
	return whole, ends
}

func add(to *syntax.Count, c syntax.Count) {
	to.Right += c.Right
	to.Gold += c.Gold
	to.System += c.System
}

func percent(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

// namedText is a line of a file of names: a text whose names have their lemma.
type namedText struct {
	Text     string
	Mentions []struct {
		Start, End  int // code points
		Form, Lemma string
		Type        string
	}
}

func newEvalLemmasCommand() *cobra.Command {
	var lang, model string
	var show bool
	cmd := &cobra.Command{
		Use:   "lemmas --lang xx FILE…",
		Short: "Count how many names of a SlavicNER file (JSON Lines, also .gz) get their lemma, as a whole",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := openSyntax(lang, model)
			if err != nil {
				return &exitError{exitFailed, err}
			}
			t := nameTally{}
			for _, path := range args {
				texts, err := readNamed(path)
				if err != nil {
					return &exitError{exitFailed, err}
				}
				for _, n := range texts {
					m.names(n, &t, show)
				}
			}
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintf(w, "%s\tproper names, word by word\t%.2f\tof %d\n", lang, t.proper.percent(), t.proper.Gold)
			fmt.Fprintf(w, "\tof these, not in the nominative\t%.2f\tof %d\n", t.inflected.percent(), t.inflected.Gold)
			fmt.Fprintf(w, "\twhole names of any kind\t%.2f\tof %d\n", t.whole.percent(), t.whole.Gold)
			fmt.Fprintf(w, "\tforms that are their lemma\t%.2f\tof %d\n", t.unchanged.percent(), t.unchanged.Gold)
			return w.Flush()
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language of the embedded model")
	cmd.Flags().StringVar(&model, "model", "", "a model file instead")
	cmd.Flags().BoolVar(&show, "show", false, "print the names that went wrong")
	return cmd
}

// nameTally counts names: the proper names among them are those of one word, and the words of the names of
// persons, because there the gold lemma is the word's own and not that of a phrase.
type nameTally struct {
	proper, inflected, whole, unchanged share
}

// share counts how many of the gold items are right.
type share struct{ Right, Gold int }

func (s *share) add(right bool) {
	s.Gold++
	if right {
		s.Right++
	}
}

func (s share) percent() float64 {
	if s.Gold == 0 {
		return 0
	}
	return 100 * float64(s.Right) / float64(s.Gold)
}

func readNamed(path string) ([]namedText, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	var out []namedText
	dec := json.NewDecoder(bufio.NewReader(r))
	for dec.More() {
		var n namedText
		if err := dec.Decode(&n); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, n)
	}
	return out, nil
}

// names counts the names of one text. A name of several words is right where each word that is
// inflected in the gold lemma has it; words are compared in small letters.
func (m *languageModel) names(n namedText, t *nameTally, show bool) {
	a := analysisOf(m.syntax.About.Language, n.Text, paragraphsOf(n.Text))
	m.analyze(a)
	n.each(a, func(kind, form, lemma string, words []hearsay.Token) { t.count(kind, form, lemma, words, show) })
}

// each calls f for every name of a text with the words that it covers.
func (n namedText) each(a *hearsay.Analysis, f func(kind, form, lemma string, words []hearsay.Token)) {
	points := byteOffsets(n.Text)
	k := 0
	for _, mention := range n.Mentions {
		if mention.Start < 0 || mention.End >= len(points) || mention.Start >= mention.End {
			continue
		}
		span := hearsay.Span{Start: points[mention.Start], End: points[mention.End]}
		for k > 0 && a.Tokens[k-1].End > span.Start {
			k--
		}
		for k < len(a.Tokens) && a.Tokens[k].End <= span.Start {
			k++
		}
		first := k
		for k < len(a.Tokens) && a.Tokens[k].Start < span.End {
			k++
		}
		f(mention.Type, mention.Form, mention.Lemma, a.Tokens[first:k])
	}
}

// document cuts a text and gives the words of its names their lemma. Names of several words
// count where form and lemma have as many words.
func (n namedText) document(m *segment.Model) syntax.NameDocument {
	a := analysisOf("", n.Text, paragraphsOf(n.Text))
	segment.Segment(a, m)
	lemmas := map[int]string{} // by the token's start
	n.each(a, func(_, _, lemma string, words []hearsay.Token) {
		gold := strings.Fields(lemma)
		if len(gold) != len(words) {
			return
		}
		for i, w := range words {
			lemmas[w.Start] = gold[i]
		}
	})
	var d syntax.NameDocument
	for _, s := range a.Sentences {
		toks := a.Tokens[s.First:s.Last]
		row := make([]string, len(toks))
		for i, tok := range toks {
			row[i] = lemmas[tok.Start]
		}
		d.Sentences = append(d.Sentences, toks)
		d.Lemmas = append(d.Lemmas, row)
	}
	return d
}

func (t *nameTally) count(kind, form, lemma string, words []hearsay.Token, show bool) {
	gold, forms := strings.Fields(strings.ToLower(lemma)), strings.Fields(strings.ToLower(form))
	got := lemmasOf(words)
	t.whole.add(slices.Equal(gold, got))
	if len(gold) != len(got) || len(forms) != len(got) || len(got) > 1 && kind != "PER" {
		return
	}
	for i := range gold {
		right := gold[i] == got[i]
		t.proper.add(right)
		t.unchanged.add(gold[i] == forms[i])
		if gold[i] != forms[i] {
			t.inflected.add(right)
		}
		if show && !right {
			var tags []string
			for _, w := range words {
				tags = append(tags, w.UPOS+" "+w.Feats)
			}
			fmt.Printf("%s\t%s\t%s\t%s\n", forms[i], gold[i], got[i], strings.Join(tags, " / "))
		}
	}
}

// lemmasOf gives the lemmas in small letters, those of words without white space between them
// as one.
func lemmasOf(words []hearsay.Token) []string {
	var out []string
	for i, w := range words {
		l := strings.ToLower(w.Lemma)
		if i > 0 && w.Start == words[i-1].End {
			out[len(out)-1] += l
		} else {
			out = append(out, l)
		}
	}
	return out
}

// byteOffsets gives the byte offset of every code point, and of the end.
func byteOffsets(s string) []int {
	out := make([]int, 0, utf8.RuneCountInString(s)+1)
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}

// paragraphsOf are the lines of a plain text that are not empty, without white space around.
func paragraphsOf(text string) []hearsay.Span {
	var out []hearsay.Span
	at := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed != "" {
			start := at + strings.Index(line, trimmed)
			out = append(out, hearsay.Span{Start: start, End: start + len(trimmed)})
		}
		at += len(line)
	}
	return out
}
