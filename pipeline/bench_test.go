package pipeline

import (
	"fmt"
	"os"
	"slices"
	"strconv"
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
	for _, s := range slices.Concat(an.document, an.text) {
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
	for _, name := range []string{
		"lake-herald-analysis.txt", "nova-richka.txt", "svodka-reki.txt", "glos-nadrzecza.txt", "prybiarezhzha.txt",
		"uferzeitung.txt", "le-canal.html", "orilla-hoy.txt",
	} {
		file, err := os.ReadFile("../examples/imra/articles/" + name)
		if err != nil {
			b.Fatal(err)
		}
		raw := ingest.Raw{Kind: ingest.KindText, Path: name, Text: string(file)}
		if strings.HasSuffix(name, ".html") {
			raw.Kind = ingest.KindHTML
		}
		a := &hearsay.Analysis{Document: &hearsay.Document{Text: strings.Repeat(newDocument(raw).Text+"\n\n", 4)}}
		for _, s := range slices.Concat(an.document, an.text) {
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

// BenchmarkWithoutStop reads texts without a full stop, full of names and reporting verbs, in words a second: the
// longer one must not be slower.
func BenchmarkWithoutStop(b *testing.B) {
	an, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, words := range []int{5_000, 20_000} {
		raw := ingest.Raw{Kind: ingest.KindText, Path: "a.txt", Text: withoutStop(words)}
		b.Run(strconv.Itoa(words), func(b *testing.B) {
			for b.Loop() {
				an.Entry(raw)
			}
			b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

func withoutStop(words int) string {
	given := []string{"Anna", "Peter", "Maria", "Karl", "Eva"}
	says := []string{"said", "denied", "claimed", "promised", "insisted"}
	var b strings.Builder
	for i := 0; i < words; i += 12 {
		fmt.Fprintf(&b, "%s B%sn %s that %s D%sk had said that %d ships left, ",
			given[i%5], strings.Repeat("ar", 1+i%3)+string(rune('a'+i%23)), says[i/5%5], given[i/7%5], strings.Repeat("el", 1+i/3%3)+string(rune('a'+i/23%23)), i)
	}
	return b.String()
}
