package syntax

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Recipe says from what and how a model is trained. It is a text of lines "key: value";
// "#" begins a comment. Keys: language, version, date, and for each file
//
//	train: ud/uk/train.iu.conllu.gz | CC BY-NC-SA 4.0 | <sha256> | but=feats,lemmas
//	dev: ud/uk/dev.iu.conllu.gz | CC BY-NC-SA 4.0 | <sha256>
//	names: slavicner/brexit.uk.jsonl.gz | … | <sha256>
//	cognates: ud/ru/train.gsd.conllu.gz | … (trees of a close language, or its names)
//	dictionary: az-0.2.3.tgz | … (a morphological dictionary, see ReadDictionary)
//
// The last column of train names the parts that do not learn from the file. Options:
// tag-epochs, feats-epochs, tag-runs, greedy-epochs, parser-epochs, beam; what the parser
// keeps: action-rows, relation-rows, least-weight (in sixteenths of an update); and what tagger
// and features keep: tag-rows, feats-rows.
// "relations: close" gives words whose relation was left open the usual one of their part of
// speech; with "relations: fit" the later treebanks moreover use the first one's subtypes alone.
type Recipe struct {
	Language, Version, Date string
	Train, Dev              []RecipeFile
	Names, Cognates         []RecipeFile
	Dictionaries            []RecipeFile
	Options                 Options
}

// RecipeFile is a data file of a recipe.
type RecipeFile struct {
	Path, Licence, SHA256 string
	But                   []string // parts that leave the file out: segment tags feats lemmas parser
}

// Open says that the licence is CC BY or CC BY-SA, or that the text is in the public domain.
func (f RecipeFile) Open() bool {
	l := strings.ToUpper(f.Licence)
	return strings.HasPrefix(l, "CC BY-SA") || strings.HasPrefix(l, "CC BY ") || l == "CC BY" || strings.HasPrefix(l, "CC0") || strings.Contains(l, "PUBLIC DOMAIN")
}

// ReadRecipe reads a recipe.
func ReadRecipe(r io.Reader) (*Recipe, error) {
	recipe := &Recipe{}
	in := bufio.NewScanner(r)
	for number := 1; in.Scan(); number++ {
		line, _, _ := strings.Cut(in.Text(), "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("line %d: no colon", number)
		}
		if err := recipe.set(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	if recipe.Language == "" || len(recipe.Train) == 0 {
		return nil, fmt.Errorf("a recipe needs a language and a train file")
	}
	return recipe, nil
}

func (r *Recipe) set(key, value string) error {
	switch key {
	case "language":
		r.Language = value
	case "version":
		r.Version = value
	case "date":
		r.Date = value
	case "train":
		return appendFile(&r.Train, value)
	case "dev":
		return appendFile(&r.Dev, value)
	case "names":
		return appendFile(&r.Names, value)
	case "cognates":
		return appendFile(&r.Cognates, value)
	case "dictionary":
		return appendFile(&r.Dictionaries, value)
	case "tag-epochs":
		return setNumber(&r.Options.TagEpochs, value)
	case "feats-epochs":
		return setNumber(&r.Options.FeatsEpochs, value)
	case "parser-epochs":
		return setNumber(&r.Options.ParserEpochs, value)
	case "greedy-epochs":
		return setNumber(&r.Options.GreedyEpochs, value)
	case "tag-runs":
		return setNumber(&r.Options.TagRuns, value)
	case "tag-rows":
		return setNumber(&r.Options.TagRows, value)
	case "feats-rows":
		return setNumber(&r.Options.FeatsRows, value)
	case "relations":
		switch value {
		case "fit":
			r.Options.CloseRelations, r.Options.FitRelations = true, true
		case "close":
			r.Options.CloseRelations = true
		default:
			return fmt.Errorf("relations is close or fit, not %q", value)
		}
	case "action-rows":
		return setNumber(&r.Options.ActionRows, value)
	case "relation-rows":
		return setNumber(&r.Options.RelRows, value)
	case "least-weight":
		return setNumber(&r.Options.LeastWeight, value)
	case "beam":
		return setNumber(&r.Options.Beam, value)
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

func setNumber(to *int, value string) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > 10_000_000 {
		return fmt.Errorf("%q is no number from 1 to 10 million", value)
	}
	*to = n
	return nil
}

func appendFile(to *[]RecipeFile, value string) error {
	columns := strings.Split(value, "|")
	for i := range columns {
		columns[i] = strings.TrimSpace(columns[i])
	}
	f := RecipeFile{Path: columns[0]}
	if f.Path == "" || len(columns) > 4 {
		return fmt.Errorf("a file is: path | licence | sha256 | but=parts")
	}
	if len(columns) > 1 {
		f.Licence = columns[1]
	}
	if len(columns) > 2 {
		f.SHA256 = columns[2]
	}
	if len(columns) > 3 {
		parts, ok := strings.CutPrefix(columns[3], "but=")
		if !ok {
			return fmt.Errorf("%q instead of but=parts", columns[3])
		}
		f.But = strings.Split(parts, ",")
	}
	*to = append(*to, f)
	return nil
}

// Corpus is a treebank file read for training.
type Corpus struct {
	Trees []Tree
	But   []string // parts that leave it out
}

// For joins the trees of the corpora that a part learns from.
func For(part string, corpora []Corpus) []Tree {
	var out []Tree
	for _, c := range corpora {
		skip := false
		for _, b := range c.But {
			skip = skip || b == part
		}
		if !skip {
			out = append(out, c.Trees...)
		}
	}
	return out
}
