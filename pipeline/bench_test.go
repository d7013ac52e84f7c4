package pipeline

import (
	"os"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/ingest"
)

const article = `Harbour talks in Vellin end without a result
The talks between Oderland and Marn over the harbour of Vellin ended on Tuesday without a result.
"We have not moved an inch," said Anna Berg, the minister of trade of Oderland, after six hours at the table. "But we shall meet again in June."
Marn's envoy Tomas Rehn denied that his government had threatened to close the strait. According to two officials, about 40 ships are waiting.
The Institute for Coastal Studies (ICS) said in a report that the closure would probably cost both sides 12 million crowns a week.
Berg told the Vellin Courier that she did not believe the report. Rehn said that Berg had promised to withdraw the patrol boats, which she denied.
`

// BenchmarkAnalyze is the whole chain from raw text to entry, in MB of text a second on one core.
func BenchmarkAnalyze(b *testing.B) {
	an, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat(article, 4)
	an.Entry(ingest.Raw{Kind: ingest.KindText, Path: "a.txt", Text: text})
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		an.Entry(ingest.Raw{Kind: ingest.KindText, Path: "a.txt", Text: text})
	}
}

// BenchmarkStages times each stage alone.
func BenchmarkStages(b *testing.B) {
	an, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: strings.Repeat(article, 4)}}
	for _, s := range an.stages {
		b.Run(s.Name, func(b *testing.B) {
			for b.Loop() {
				s.Run(a)
			}
		})
	}
}

// BenchmarkSyntax is tagging, lemmas and trees of an article a language, in words a second.
func BenchmarkSyntax(b *testing.B) {
	an, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"lake-herald-analysis", "nova-richka", "svodka-reki", "glos-nadrzecza", "uferzeitung"} {
		text, err := os.ReadFile("../examples/imra/articles/" + name + ".txt")
		if err != nil {
			b.Fatal(err)
		}
		a := &hearsay.Analysis{Document: &hearsay.Document{Text: strings.Repeat(string(text)+"\n\n", 4)}}
		for _, s := range an.stages {
			s.Run(a)
			if s.Name != "syntax" {
				continue
			}
			b.Run(a.Document.Language, func(b *testing.B) {
				for b.Loop() {
					s.Run(a)
				}
				b.ReportMetric(float64(len(a.Tokens)*b.N)/b.Elapsed().Seconds(), "words/s")
			})
			break
		}
	}
}
