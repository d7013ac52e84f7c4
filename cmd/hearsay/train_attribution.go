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
		Outermost bool   `toml:"outermost"` // statements inside the content of others are not annotated
	} `toml:"data"`
	Lines []struct {
		Path      string   `toml:"path"` // a folder a language, each with NAME.txt, one sentence a line
		SHA256    string   `toml:"sha256"`
		Gold      string   `toml:"gold"` // which lines hold speech, as JSON Lines
		GoldSum   string   `toml:"gold_sha256"`
		Licence   string   `toml:"licence"`
		Languages []string `toml:"languages"`
	} `toml:"lines"`
}

func newTrainAttributionCommand() *cobra.Command {
	var recipe, data, out string
	var open bool
	cmd := &cobra.Command{
		Use:   "attribution",
		Short: "Train the model that finds who said what",
		Long: `Train the attribution model from articles with annotated sources, cues and contents
(brat standoff). The articles are first taken through the stages that attribution stands on, so
train syntax before. The same data and models give the same bytes.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := trainAttribution(recipe, data, out, open, cmd.ErrOrStderr()); err != nil {
				return &exitError{exitFailed, err}
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&recipe, "recipe", "training/attribution.recipe", "recipe that names data, checksums and options")
	f.StringVar(&data, "data", "../shared/data", "folder that the recipe's paths start from")
	f.StringVar(&out, "out", "", "model file (default: the recipe's)")
	f.BoolVar(&open, "open", false, "use data under CC BY and CC BY-SA alone")
	return cmd
}

func trainAttribution(path, data, out string, open bool, log io.Writer) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var r attributionRecipe
	if err := toml.Unmarshal(raw, &r); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	about := attribute.About{Version: r.Version, Date: r.Date}
	var corpora []attribute.Corpus
	for _, d := range r.Data {
		if open && !openLicence(d.Licence) {
			continue
		}
		folder := filepath.Join(data, filepath.FromSlash(d.Path))
		sum, err := folderSum(folder)
		if err != nil {
			return err
		}
		if sum != d.SHA256 {
			return fmt.Errorf("%s: sha256 %s, the recipe says %s", folder, sum, d.SHA256)
		}
		c, err := readAttributions(folder, d.Language)
		if err != nil {
			return err
		}
		c.Outermost = d.Outermost
		corpora = append(corpora, c)
		about.Data = append(about.Data, attribute.DataSource{Path: d.Path, SHA256: sum, Licence: d.Licence})
	}
	if len(corpora) == 0 {
		return errors.New("no data of an open licence: attribution works by rules alone")
	}
	var lines []attribute.Lines
	for _, d := range r.Lines {
		folder := filepath.Join(data, filepath.FromSlash(d.Path))
		sum, err := folderSum(folder)
		if err != nil {
			return err
		}
		if sum != d.SHA256 {
			return fmt.Errorf("%s: sha256 %s, the recipe says %s", folder, sum, d.SHA256)
		}
		raw, err := os.ReadFile(filepath.Join(data, filepath.FromSlash(d.Gold)))
		if err != nil {
			return err
		}
		if got := linear.Sum(raw); got != d.GoldSum {
			return fmt.Errorf("%s: sha256 %s, the recipe says %s", d.Gold, got, d.GoldSum)
		}
		list, err := readLines(folder, d.Languages, raw)
		if err != nil {
			return err
		}
		lines = append(lines, list...)
		about.Data = append(about.Data, attribute.DataSource{Path: d.Path, SHA256: sum, Licence: d.Licence})
	}
	options := attribute.TrainOptions{PartEpochs: r.Options.PartEpochs, NoShared: !r.Options.Shared, Log: func(format string, args ...any) { fmt.Fprintf(log, format+"\n", args...) }}
	sections, err := attribute.Train(about, corpora, lines, options)
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

// readLines reads articles in several languages and what a gold file says of their lines.
func readLines(folder string, languages []string, gold []byte) ([]attribute.Lines, error) {
	labels, err := lineLabels(gold)
	if err != nil {
		return nil, err
	}
	var names []string
	for name := range labels {
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
			said := make([]attribute.LineLabel, bytes.Count(text, []byte("\n"))+1)
			for line, label := range labels[name] {
				if line < len(said) {
					said[line] = label
				}
			}
			out = append(out, attribute.Lines{Article: name, Analysis: a, Said: said})
		}
	}
	return out, nil
}

// lineLabels reads which lines of which article hold speech. Lines on which the annotators
// disagree, or which hold an attitude alone, are not known.
func lineLabels(gold []byte) (map[string]map[int]attribute.LineLabel, error) {
	out := map[string]map[int]attribute.LineLabel{}
	for n, row := range bytes.Split(gold, []byte("\n")) {
		if len(row) == 0 {
			continue
		}
		var g struct {
			Doc    string `json:"doc"`
			Sent   int    `json:"sent"`
			Kind   string `json:"kind"`
			Agreed bool   `json:"agreed"`
		}
		if err := json.Unmarshal(row, &g); err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		if out[g.Doc] == nil {
			out[g.Doc] = map[int]attribute.LineLabel{}
		}
		switch {
		case g.Agreed && g.Kind == string(hearsay.Speech):
			out[g.Doc][g.Sent] = attribute.LineSpeech
		case out[g.Doc][g.Sent] != attribute.LineSpeech:
			out[g.Doc][g.Sent] = attribute.LineUnknown
		}
	}
	return out, nil
}
