package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/cobra"

	"hearsay"
	"hearsay/internal/attribute"
	"hearsay/internal/clean"
	"hearsay/internal/linear"
	"hearsay/internal/mention"
	"hearsay/internal/quote"
	"hearsay/internal/segment"
	"hearsay/internal/syntax"
)

// attributionRecipe says how the attribution model is made; its fields are those of every recipe.
type attributionRecipe struct {
	Name    string `toml:"name"`
	Out     string `toml:"out"`
	Version string `toml:"version"`
	Date    string `toml:"date"`
	Options struct {
		PartEpochs int  `toml:"part_epochs"`
		Shared     bool `toml:"shared"` // make a model for the languages without annotation
	} `toml:"options"`
	Data []struct {
		Path      string `toml:"path"`   // a folder with text/ and attributions/
		SHA256    string `toml:"sha256"` // of its files, see folderSum
		Licence   string `toml:"licence"`
		Language  string `toml:"language"`
		Folds     int    `toml:"folds"`     // parts that take turns in being held out
		Outermost bool   `toml:"outermost"` // statements inside the content of others are not annotated
	} `toml:"data"`
	Lines []struct {
		Path      string   `toml:"path"` // a folder a language, each with NAME.txt, one sentence a line
		SHA256    string   `toml:"sha256"`
		Gold      string   `toml:"gold"` // which lines hold speech, and whose, as JSON Lines
		GoldSum   string   `toml:"gold_sha256"`
		Names     string   `toml:"names"` // speaker, language, stems of the name joined by |
		NamesSum  string   `toml:"names_sha256"`
		Licence   string   `toml:"licence"`
		Languages []string `toml:"languages"`
	} `toml:"lines"`
}

func newTrainAttributionCommand() *cobra.Command {
	var recipe, data, out, from string
	var open bool
	cmd := &cobra.Command{
		Use:   "attribution",
		Short: "Train the model that finds who said what",
		Long: `Train the attribution model from articles with annotated sources, cues and contents
(brat standoff). The articles are first taken through the stages that attribution stands on, so
train syntax before. The same data and models give the same bytes.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := trainAttribution(recipe, data, out, from, open, cmd.ErrOrStderr()); err != nil {
				return &exitError{exitFailed, err}
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&recipe, "recipe", "training/attribution.recipe", "recipe that names data, checksums and options")
	f.StringVar(&data, "data", "../shared/data", "folder that the recipe's paths start from")
	f.StringVar(&out, "out", "", "model file (default: the recipe's)")
	f.StringVar(&from, "from", "", "take all from this model file but whom pronouns and descriptions stand for")
	f.BoolVar(&open, "open", false, "use data under CC BY and CC BY-SA alone")
	return cmd
}

func trainAttribution(path, data, out, from string, open bool, log io.Writer) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var r attributionRecipe
	if err := toml.Unmarshal(raw, &r); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	about := attribute.About{Version: r.Version, Date: r.Date}
	lines, err := r.readLines(data, open, &about)
	if err != nil {
		return err
	}
	options := attribute.TrainOptions{PartEpochs: r.Options.PartEpochs, NoShared: !r.Options.Shared, Log: func(format string, args ...any) { fmt.Fprintf(log, format+"\n", args...) }}
	var sections []linear.Section
	if from != "" {
		sections, err = antecedentsAlone(from, lines, options)
	} else {
		sections, err = r.train(data, open, about, lines, options)
	}
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := linear.Write(&buf, &linear.File{Sections: sections}); err != nil {
		return err
	}
	if out == "" {
		out = r.Out
	}
	if err := os.WriteFile(out, buf.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(log, "%s: %d bytes, sha256 %s\n", out, buf.Len(), linear.Sum(buf.Bytes()))
	return nil
}

// antecedentsAlone learns one part of a model file anew.
func antecedentsAlone(path string, lines []attribute.Lines, options attribute.TrainOptions) ([]linear.Section, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := linear.Read(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return attribute.TrainAntecedents(f.Sections, lines, options)
}

// train reads the annotated articles and makes the whole model.
func (r *attributionRecipe) train(data string, open bool, about attribute.About, lines []attribute.Lines, options attribute.TrainOptions) ([]linear.Section, error) {
	var corpora []attribute.Corpus
	var sources []attribute.DataSource
	for _, d := range r.Data {
		if open && !openLicence(d.Licence) {
			continue
		}
		folder := filepath.Join(data, filepath.FromSlash(d.Path))
		if err := sameSum(folder, d.SHA256, folderSum); err != nil {
			return nil, err
		}
		c, err := readAttributions(folder, d.Language)
		if err != nil {
			return nil, err
		}
		c.Outermost, c.Folds = d.Outermost, d.Folds
		corpora = append(corpora, c)
		sources = append(sources, attribute.DataSource{Path: d.Path, SHA256: d.SHA256, Licence: d.Licence})
	}
	if len(corpora) == 0 {
		return nil, errors.New("no data of an open licence: attribution works by rules alone")
	}
	about.Data = append(sources, about.Data...)
	return attribute.Train(about, corpora, lines, options)
}

// readLines reads the articles of which the lines are annotated.
func (r *attributionRecipe) readLines(data string, open bool, about *attribute.About) ([]attribute.Lines, error) {
	var lines []attribute.Lines
	for _, d := range r.Lines {
		if open && !openLicence(d.Licence) {
			continue
		}
		folder, gold, names := filepath.Join(data, filepath.FromSlash(d.Path)), filepath.Join(data, filepath.FromSlash(d.Gold)), filepath.Join(data, filepath.FromSlash(d.Names))
		if err := errors.Join(sameSum(folder, d.SHA256, folderSum), sameSum(gold, d.GoldSum, fileSum), sameSum(names, d.NamesSum, fileSum)); err != nil {
			return nil, err
		}
		list, err := readLines(folder, d.Languages, gold, names)
		if err != nil {
			return nil, err
		}
		lines = append(lines, list...)
		about.Data = append(about.Data, attribute.DataSource{Path: d.Path, SHA256: d.SHA256, Licence: d.Licence})
	}
	return lines, nil
}

// sameSum refuses data other than those of the recipe.
func sameSum(path, want string, sum func(string) (string, error)) error {
	got, err := sum(path)
	if err == nil && got != want {
		err = fmt.Errorf("%s: sha256 %s, the recipe says %s", path, got, want)
	}
	return err
}

func fileSum(path string) (string, error) {
	raw, err := os.ReadFile(path)
	return linear.Sum(raw), err
}

// openLicence reports licences under which anybody may use what is made of the data.
func openLicence(licence string) bool { return syntax.RecipeFile{Licence: licence}.Open() }

// folderSum is the SHA-256 of the names and contents of all files in a folder, in name order.
func folderSum(folder string) (string, error) {
	h := sha256.New()
	err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%s\x00%d\x00", filepath.ToSlash(name), len(content))
		h.Write(content)
		return nil
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

// readAttributions reads text/NAME.txt and attributions/NAME.ann or NAME_xxxx.ann, where xxxx is
// an annotator; of several annotators the first in name order counts.
func readAttributions(folder, lang string) (attribute.Corpus, error) {
	c := attribute.Corpus{Language: lang}
	annotations, err := annotationFiles(filepath.Join(folder, "attributions"))
	if err != nil {
		return c, err
	}
	texts, err := filepath.Glob(filepath.Join(folder, "text", "*.txt"))
	if err != nil {
		return c, err
	}
	sort.Strings(texts)
	for _, path := range texts {
		ann, ok := annotations[strings.TrimSuffix(filepath.Base(path), ".txt")]
		if !ok {
			continue
		}
		d, err := readAttribution(path, ann, lang)
		if err != nil {
			return c, err
		}
		c.Documents = append(c.Documents, d)
	}
	return c, nil
}

// annotationFiles lists a folder's annotations by the name of their text.
func annotationFiles(folder string) (map[string]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	const annotator = len("_xxxx")
	out := map[string]string{}
	for _, e := range entries {
		stem, found := strings.CutSuffix(e.Name(), ".ann")
		if !found {
			continue
		}
		names := []string{stem}
		if at := len(stem) - annotator; at > 0 && stem[at] == '_' {
			names = append(names, stem[:at])
		}
		for _, name := range names {
			if _, known := out[name]; !known {
				out[name] = filepath.Join(folder, e.Name())
			}
		}
	}
	return out, nil
}

func readAttribution(path, annotation, lang string) (attribute.Document, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return attribute.Document{}, err
	}
	ann, err := os.ReadFile(annotation)
	if err != nil {
		return attribute.Document{}, err
	}
	gold, err := attribute.ReadBrat(string(text), string(ann))
	if err != nil {
		return attribute.Document{}, fmt.Errorf("%s: %w", annotation, err)
	}
	a, err := analyzed(string(text), lang)
	return attribute.Document{Analysis: a, Gold: gold}, err
}

// analyzed takes a text through the stages that attribution stands on.
func analyzed(text, lang string) (*hearsay.Analysis, error) {
	doc := &hearsay.Document{Text: text, Language: lang}
	var said clean.Meta
	doc.Blocks, said = clean.Text(doc.Text, lang)
	said.Fill(doc)
	a := &hearsay.Analysis{Document: doc}
	cuts, err := segment.Open(lang)
	if err != nil {
		return nil, err
	}
	segment.Segment(a, cuts)
	trees, err := syntax.Open(lang)
	if err != nil {
		return nil, err
	}
	trees.Analyze(a)
	quote.Scan(a)
	new(mention.Stage).Run(a)
	return a, nil
}

// annotatedLine is a row of a gold file: who says something in a line of an article.
type annotatedLine struct {
	Doc      string   `json:"doc"`
	Sent     int      `json:"sent"`
	Speakers []string `json:"speakers"`
	Named    bool     `json:"named"`
	Kind     string   `json:"kind"`
	Agreed   bool     `json:"agreed"`
}

// sure reports whether annotators agree that somebody speaks.
func (g *annotatedLine) sure() bool { return g.Agreed && g.Kind == string(hearsay.Speech) }

// readLines reads articles in several languages and what a gold file says of their lines.
func readLines(folder string, languages []string, goldFile, namesFile string) ([]attribute.Lines, error) {
	articles, err := readGoldLines(goldFile)
	if err != nil {
		return nil, err
	}
	stems, err := readStems(namesFile)
	if err != nil {
		return nil, err
	}
	var names []string
	for name := range articles {
		names = append(names, name)
	}
	sort.Strings(names)
	var out []attribute.Lines
	for _, name := range names {
		for _, lang := range languages {
			text, err := os.ReadFile(filepath.Join(folder, lang, name+".txt"))
			if err != nil {
				return nil, err
			}
			a, err := analyzed(string(text), lang)
			if err != nil {
				return nil, err
			}
			l := attribute.Lines{Article: name, Analysis: a, Speakers: soleSpeakers(articles[name], stems[lang])}
			l.Said = lineLabels(articles[name], bytes.Count(text, []byte("\n"))+1)
			out = append(out, l)
		}
	}
	return out, nil
}

// readGoldLines reads a gold file by article.
func readGoldLines(path string) (map[string][]annotatedLine, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	out := map[string][]annotatedLine{}
	for n, row := range bytes.Split(raw, []byte("\n")) {
		if len(row) == 0 {
			continue
		}
		var g annotatedLine
		if err := json.Unmarshal(row, &g); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", path, n+1, err)
		}
		out[g.Doc] = append(out[g.Doc], g)
	}
	return out, nil
}

// readStems reads the stems of speakers' names, by language and speaker; none for those whom the
// texts of a language do not name.
func readStems(path string) (map[string]map[string][]string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	out := map[string]map[string][]string{}
	for _, row := range strings.Split(string(raw), "\n") {
		columns := strings.Split(row, "\t")
		if len(columns) != 3 || columns[2] == "-" {
			continue
		}
		if out[columns[1]] == nil {
			out[columns[1]] = map[string][]string{}
		}
		out[columns[1]][columns[0]] = strings.Split(columns[2], "|")
	}
	return out, nil
}

// lineLabels says which lines hold speech. Lines on which the annotators disagree, or which hold an
// attitude alone, are not known.
func lineLabels(article []annotatedLine, lines int) []attribute.LineLabel {
	out := make([]attribute.LineLabel, lines)
	for i := range article {
		g := &article[i]
		switch {
		case g.Sent >= lines:
		case g.sure():
			out[g.Sent] = attribute.LineSpeech
		case out[g.Sent] != attribute.LineSpeech:
			out[g.Sent] = attribute.LineUnknown
		}
	}
	return out
}

// soleSpeakers gives the stems of the names of those who alone speak in a line.
func soleSpeakers(article []annotatedLine, stems map[string][]string) map[int][]string {
	out, speakers := map[int][]string{}, map[int]string{}
	for i := range article {
		g := &article[i]
		who := strings.Join(g.Speakers, "|")
		if first, twice := speakers[g.Sent]; twice && (first != who || !g.sure()) {
			delete(out, g.Sent)
			continue
		}
		speakers[g.Sent] = who
		if !g.sure() {
			continue
		}
		out[g.Sent] = nil
		for _, s := range g.Speakers {
			if g.Named {
				out[g.Sent] = append(out[g.Sent], stems[s]...)
			}
		}
	}
	return out
}
