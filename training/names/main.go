// Command names trains data/models/names.model, which tells the types of names, from SlavicNER
// (Piskorski et al. 2024):
//
//	go run ./training/names --shared ../shared --out data/models/names.model
//
// It reads the topics in the order of their file names and takes each document twice, with tags
// and without, so that the model serves languages that have no syntax model. The same data and
// the same syntax models give the same bytes.
package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hearsay"
	"hearsay/internal/mention"
	"hearsay/internal/segment"
	"hearsay/internal/syntax"
)

func main() {
	shared := flag.String("shared", "../shared", "folder of the data")
	out := flag.String("out", "data/models/names.model", "file to write")
	flag.Parse()
	if err := run(*shared, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(shared, out string) error {
	files, err := filepath.Glob(filepath.Join(shared, "data/slavicner/*.jsonl.gz"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no SlavicNER files beneath %s", shared)
	}
	var docs []mention.Labelled
	for _, f := range files {
		_, lang, _ := strings.Cut(strings.TrimSuffix(filepath.Base(f), ".jsonl.gz"), ".")
		if lang == "cs" {
			continue
		}
		more, err := read(f, lang)
		if err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		docs = append(docs, more...)
	}
	file, err := mention.Train(docs)
	if err != nil {
		return err
	}
	return os.WriteFile(out, file, 0o644)
}

type document struct {
	Text     string
	Mentions []struct {
		Start, End int // code points
		Type       string
	}
}

var types = map[string]hearsay.MentionType{"PER": hearsay.Person, "LOC": hearsay.Place, "ORG": hearsay.Organization}

func read(path, lang string) ([]mention.Labelled, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var out []mention.Labelled
	for dec := json.NewDecoder(z); ; {
		var d document
		if err := dec.Decode(&d); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		l := labels(&d)
		for _, tagged := range [...]bool{true, false} {
			l.Analysis = blocks(d.Text, lang)
			if err := parse(l.Analysis, tagged); err != nil {
				return nil, err
			}
			out = append(out, l)
		}
	}
}

// labels turns the code points of the names into bytes and leaves their quotation marks out.
func labels(d *document) mention.Labelled {
	var offsets []int
	for i := range d.Text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(d.Text))
	var l mention.Labelled
	for _, m := range d.Mentions {
		start, text := offsets[m.Start], d.Text[offsets[m.Start]:offsets[m.End]]
		const marks = "\"„”“«»'"
		start += len(text) - len(strings.TrimLeft(text, marks))
		l.Spans = append(l.Spans, hearsay.Span{Start: start, End: start + len(strings.Trim(text, marks))})
		l.Types = append(l.Types, types[m.Type])
	}
	return l
}

// blocks makes a block of each line.
func blocks(text, lang string) *hearsay.Analysis {
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: lang}}
	at := 0
	for line := range strings.Lines(text) {
		if trimmed := strings.TrimSpace(line); trimmed != "" {
			start := at + strings.Index(line, trimmed)
			span := hearsay.Span{Start: start, End: start + len(trimmed)}
			a.Document.Blocks = append(a.Document.Blocks, hearsay.Block{Span: span, Role: hearsay.RoleBody})
		}
		at += len(line)
	}
	return a
}

func parse(a *hearsay.Analysis, tagged bool) error {
	if !tagged {
		segment.Segment(a, nil)
		return nil
	}
	seg, err := segment.Open(a.Document.Language)
	if err != nil {
		return err
	}
	segment.Segment(a, seg)
	m, err := syntax.Open(a.Document.Language)
	if err != nil || m == nil {
		return err
	}
	m.Analyze(a)
	return nil
}
