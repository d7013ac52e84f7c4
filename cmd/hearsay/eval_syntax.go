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
	given := want
	given.Tokens = slices.Clone(want.Tokens)
	at := 0
	for _, t := range trees {
		toks := given.Tokens[at : at+len(t.Tokens)]
		for i := range toks {
			toks[i].UPOS, toks[i].Feats, toks[i].Lemma, toks[i].Rel, toks[i].Head = "", "", "", "", -1
		}
		m.syntax.Tag(toks)
		m.syntax.Parse(toks)
		for i := range toks {
			if toks[i].Head >= 0 {
				toks[i].Head += at
			}
		}
		at += len(t.Tokens)
	}
	a := analysisOf(m.syntax.About.Language, want.Text, paragraphs)
	m.analyze(a)
	system := syntax.Passage{Text: want.Text, Tokens: a.Tokens}
	for _, s := range a.Sentences {
		system.Sentences = append(system.Sentences, s.Span)
	}
	return syntax.Score(want, given), syntax.Score(want, system)
}

func writeScores(w io.Writer, title string, s syntax.Scores, relations bool) {
	fmt.Fprintf(w, "%s\n\n| Tokens | Sentences | Words | UPOS | UFeats | Lemmas | UAS | LAS | Lemmas of PROPN |\n|---|---|---|---|---|---|---|---|---|\n|", title)
	for _, c := range []syntax.Count{s.Tokens, s.Sentences, s.Words, s.UPOS, s.Feats, s.Lemmas, s.UAS, s.LAS, s.ProperNames} {
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
	var headlines bool
	cmd := &cobra.Command{
		Use:   "sentences --lang xx DIR",
		Short: "Join the lines of each text by spaces and count how many lines come back as sentences",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := openSyntax(lang, model)
			if err != nil {
				return &exitError{exitFailed, err}
			}
			paths, err := filepath.Glob(filepath.Join(args[0], "*.txt"))
			if err != nil {
				return &exitError{exitFailed, err}
			}
			var all syntax.Count
			for _, path := range paths {
				content, err := os.ReadFile(path)
				if err != nil {
					return &exitError{exitFailed, err}
				}
				c := m.sentences(string(content), headlines)
				all.Right += c.Right
				all.Gold += c.Gold
				all.System += c.System
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: sentence F1 %.2f (%d lines, %d sentences, %d agree)\n", lang, all.F1(), all.Gold, all.System, all.Right)
			return nil
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language of the embedded model")
	cmd.Flags().StringVar(&model, "model", "", "a model file instead")
	cmd.Flags().BoolVar(&headlines, "join-headline", false, "join the first line too, instead of leaving it a block")
	return cmd
}

// sentences joins the lines of a text and counts which come back.
func (m *languageModel) sentences(content string, joinHeadline bool) syntax.Count {
	var text strings.Builder
	var lines, blocks []hearsay.Span
	for _, line := range strings.Split(content, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		start := text.Len()
		text.WriteString(line)
		lines = append(lines, hearsay.Span{Start: start, End: text.Len()})
		if len(lines) == 1 && !joinHeadline {
			blocks = append(blocks, lines[0])
		}
	}
	if len(lines) == 0 {
		return syntax.Count{}
	}
	start := lines[0].Start
	if !joinHeadline && len(lines) > 1 {
		start = lines[1].Start
	}
	if joinHeadline || len(lines) > 1 {
		blocks = append(blocks, hearsay.Span{Start: start, End: text.Len()})
	}
	a := analysisOf(m.syntax.About.Language, text.String(), blocks)
	segment.Segment(a, m.segment)
	c := syntax.Count{Gold: len(lines), System: len(a.Sentences)}
	found := map[hearsay.Span]bool{}
	for _, s := range a.Sentences {
		found[s.Span] = true
	}
	for _, l := range lines {
		if found[l] {
			c.Right++
		} else if os.Getenv("HEARSAY_SHOW") != "" {
			for _, s := range a.Sentences {
				if s.Overlaps(l) {
					fmt.Fprintf(os.Stderr, "%q\n", s.In(text.String()))
				}
			}
			fmt.Fprintf(os.Stderr, "    WANT %q\n", l.In(text.String()))
		}
	}
	return c
}

// namedText is a line of a file of names: a text whose names have their lemma.
type namedText struct {
	Text     string
	Mentions []struct {
		Start, End  int // code points
		Form, Lemma string
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
			fmt.Fprintf(w, "%s\tnames %d\twhole name %.2f\tlast word %.2f\tform kept as it is %.2f\tone word: %.2f of %d\tinflected: %.2f of %d\n", lang, t.all,
				percent(t.right, t.all), percent(t.words, t.allWords), percent(t.unchanged, t.all), percent(t.single, t.allSingle), t.allSingle, percent(t.inflected, t.allInflected), t.allInflected)
			return w.Flush()
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language of the embedded model")
	cmd.Flags().StringVar(&model, "model", "", "a model file instead")
	cmd.Flags().BoolVar(&show, "show", false, "print the names that went wrong")
	return cmd
}

func percent(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

type nameTally struct {
	all, right, unchanged, words, allWords, single, allSingle, inflected, allInflected int
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
	segment.Segment(a, m.segment)
	for _, s := range a.Sentences {
		m.syntax.Tag(a.Tokens[s.First:s.Last])
	}
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
		var words []hearsay.Token
		for ; k < len(a.Tokens) && a.Tokens[k].Start < span.End; k++ {
			if a.Tokens[k].End > span.Start {
				words = append(words, a.Tokens[k])
			}
		}
		t.count(mention.Form, mention.Lemma, words, show)
	}
}

func (t *nameTally) count(form, lemma string, words []hearsay.Token, show bool) {
	gold := strings.Fields(strings.ToLower(lemma))
	var got []string
	var tags []string
	for i, w := range words {
		l := strings.ToLower(w.Lemma)
		if i > 0 && w.Start == words[i-1].End {
			got[len(got)-1] += l
		} else {
			got = append(got, l)
		}
		tags = append(tags, w.UPOS+" "+w.Feats)
	}
	t.all++
	if len(gold) == len(got) {
		for i := range gold {
			t.allWords++
			if gold[i] == got[i] {
				t.words++
			}
		}
	}
	right := slices.Equal(gold, got)
	if right {
		t.right++
	} else if show {
		fmt.Printf("%s\t%s\t%s\t%s\n", form, lemma, strings.Join(got, " "), strings.Join(tags, " / "))
	}
	same := strings.EqualFold(form, lemma)
	if same {
		t.unchanged++
	} else {
		t.allInflected++
		if right {
			t.inflected++
		}
	}
	if len(gold) == 1 && len(got) == 1 {
		t.allSingle++
		if right {
			t.single++
		}
	}
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
