package mention

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/segment"
)

// TestShow prints what is found in the files that SHOW names, with the language before a colon.
func TestShow(t *testing.T) {
	show := os.Getenv("SHOW")
	if show == "" {
		t.Skip("SHOW is not set")
	}
	lang, pattern, _ := strings.Cut(show, ":")
	files, _ := filepath.Glob(pattern)
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		a := plain(string(b), lang)
		(&Stage{}).Run(a)
		fmt.Println("##", f)
		for _, e := range a.Entities {
			fmt.Printf("%-13s %-5v %-4s %q", e.Type, e.Named, e.Gender, e.Forms)
			if len(e.Titles) > 0 {
				fmt.Printf(" titles %q", e.Titles)
			}
			fmt.Print(" <-")
			for _, m := range e.Mentions {
				fmt.Printf(" [%s]", a.Mentions[m].In(a.Document.Text))
			}
			fmt.Println()
		}
	}
}

// plain is the analysis of a text whose lines are blocks, without trees.
func plain(text, lang string) *hearsay.Analysis {
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: lang}}
	at := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed != "" {
			start := at + strings.Index(line, trimmed)
			a.Document.Blocks = append(a.Document.Blocks, hearsay.Block{Span: hearsay.Span{Start: start, End: start + len(trimmed)}, Role: hearsay.RoleBody})
		}
		at += len(line)
	}
	segment.Segment(a, nil)
	return a
}
