package clean

import (
	"strings"
	"testing"

	"hearsay"
)

// BenchmarkLexicon is what the first text of a language waits for.
func BenchmarkLexicon(b *testing.B) {
	for b.Loop() {
		for _, lang := range []string{"uk", "en"} {
			if _, err := readRules(lang); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkText cleans an article of ordinary length.
func BenchmarkText(b *testing.B) {
	text := strings.TrimSpace(strings.Repeat(articles[0].text, 3))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		doc := hearsay.Document{Text: text, Language: articles[0].lang}
		doc.Blocks, _ = Text(doc.Text, doc.Language)
		Metadata(&doc)
		Credits(&doc)
	}
}

// BenchmarkTextWithoutStop cleans a million words without a line break or a full stop.
func BenchmarkTextWithoutStop(b *testing.B) {
	text := strings.Repeat("water ", 1_000_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		doc := hearsay.Document{Text: text, Language: "en"}
		doc.Blocks, _ = Text(doc.Text, doc.Language)
		Metadata(&doc)
		Credits(&doc)
	}
}

// BenchmarkTextOfLines cleans a million short lines.
func BenchmarkTextOfLines(b *testing.B) {
	text := strings.Repeat("water under the bridge\n", 50_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		doc := hearsay.Document{Text: text, Language: "en"}
		doc.Blocks, _ = Text(doc.Text, doc.Language)
		Metadata(&doc)
		Credits(&doc)
	}
}
