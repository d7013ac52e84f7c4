// Command crowd writes short articles as JSON Lines, made of the articles in some files and folders, to
// measure how the program bears many:
//
//	go run ./training/crowd -n 100000 ../shared/data/ntrex/dev examples/imra/articles > crowd.jsonl
//
// The same articles and number give the same bytes.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"hearsay"
	"hearsay/internal/crowd"
	"hearsay/internal/ingest"
	"hearsay/pipeline"
)

func main() {
	n := flag.Int("n", 1000, "how many")
	flag.Parse()
	if err := run(flag.Args(), *n); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(paths []string, n int) error {
	an, err := pipeline.New(pipeline.Options{})
	if err != nil {
		return err
	}
	var material []*hearsay.Analysis
	err = ingest.Walk(context.Background(), paths, ingest.Options{}, func(raw ingest.Raw) error {
		material = append(material, an.Document(raw))
		return nil
	}, func(ingest.Skip) {})
	if err != nil {
		return err
	}
	c := crowd.New(material)
	out := bufio.NewWriter(os.Stdout)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for i := range n {
		a := c.Article(i)
		record := map[string]string{
			"title": a.Title, "maintext": a.Text, "date_publish": a.Published, "source_domain": a.Outlet, "url": a.URL, "language": a.Language,
		}
		if err := lines.Encode(record); err != nil {
			return err
		}
	}
	return out.Flush()
}
