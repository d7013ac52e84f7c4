package pipeline

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/attribute"
	"hearsay/internal/clean"
	"hearsay/internal/format"
	"hearsay/internal/ingest"
)

// Options steer the analysis.
type Options struct {
	MinScore float64 // statements that score less are left out; 0 is the model's own threshold
	Scale    string  // icd203 or phia
}

// Analyzer takes a document through all stages. It may be used from several goroutines.
type Analyzer struct {
	document []Stage // of the document as a whole
	text     []Stage // of its text, or of each part of it that is in one language
}

// New puts the stages in order. It fails where an order does not give what a stage needs.
func New(opt Options) (*Analyzer, error) {
	attribution, err := attribute.New(attribute.Options{MinScore: opt.MinScore})
	if err != nil {
		return nil, err
	}
	an := &Analyzer{document: ofDocument(), text: ofText(opt, attribution)}
	return an, check(slices.Concat(an.document, an.text))
}

// Document makes a document of what was found, with its text final, and analyses it.
func (an *Analyzer) Document(raw ingest.Raw) *hearsay.Analysis {
	a := &hearsay.Analysis{Document: newDocument(raw)}
	an.Run(a)
	return a
}

// Run takes a document whose text is final through all stages.
func (an *Analyzer) Run(a *hearsay.Analysis) {
	run(an.document, a)
	EachLanguage(a, func(part *hearsay.Analysis) { run(an.text, part) })
	tidyNotes(a.Document)
}

func run(stages []Stage, a *hearsay.Analysis) {
	for _, s := range stages {
		s.Run(a)
	}
}

// tidyNotes keeps a replayed document, or one in parts, from carrying a note twice.
func tidyNotes(doc *hearsay.Document) {
	var out []string
	for _, n := range doc.Notes {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	doc.Notes = out
}

// Address is where a raw document was found, as it stands in the dossier.
func Address(raw ingest.Raw) string { return hearsay.Address(raw.Path, raw.URL) }

func newDocument(raw ingest.Raw) *hearsay.Document {
	if raw.Kind == ingest.KindRecords {
		return replayed(raw)
	}
	meta := raw.Meta
	doc := &hearsay.Document{Text: raw.Text}
	switch raw.Kind {
	case ingest.KindArticle:
		doc.Text = withTitle(meta.Title, raw.Text)
	case ingest.KindHTML:
		hint := clean.Meta(meta)
		hint.URL = first(raw.URL, meta.URL)
		page := clean.HTML(raw.Text, hint)
		page.Language = "" // what a page declares is for language identification to judge
		doc = &page
	}
	doc.Path, doc.URL, doc.SHA256 = raw.Path, first(raw.URL, doc.URL, meta.URL), raw.SHA256
	doc.ID = format.DocumentID(Address(raw), raw.SHA256)
	doc.Title = first(doc.Title, meta.Title)
	doc.Outlet = first(doc.Outlet, meta.Outlet)
	doc.Published = first(doc.Published, meta.Published)
	doc.Updated = first(doc.Updated, meta.Updated)
	if len(doc.Byline) == 0 {
		doc.Byline = meta.Byline
	}
	doc.Notes = append(append([]string{}, raw.Notes...), doc.Notes...)
	return doc
}

// withTitle puts the title that a stream keeps apart back before the article: headlines say who said what.
func withTitle(title, text string) string {
	if title == "" || strings.HasPrefix(strings.TrimSpace(text), title) {
		return text
	}
	return title + "\n\n" + text
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// replayed restores a document from a record stream that was written earlier.
func replayed(raw ingest.Raw) *hearsay.Document {
	var rec format.Document
	err := json.Unmarshal([]byte(raw.Text), &rec)
	if err == nil {
		var doc *hearsay.Document
		if doc, err = format.Restore(&rec); err == nil {
			return doc
		}
	}
	return &hearsay.Document{
		ID: format.DocumentID(Address(raw), raw.SHA256), Path: raw.Path, SHA256: raw.SHA256,
		Notes: []string{fmt.Sprintf("the record could not be replayed: %v", err)},
	}
}

// Replay hands on every document of a record stream as a raw document of its own.
func Replay(stream ingest.Raw, emit func(ingest.Raw) error) error {
	return format.Read(stream.Records, func(rec format.Record) error {
		d := rec.Document
		if d == nil {
			return nil
		}
		if _, err := format.Restore(d); err != nil {
			return err
		}
		text, err := json.Marshal(d)
		if err != nil {
			return err
		}
		return emit(ingest.Raw{Kind: ingest.KindRecords, Path: d.Path, URL: d.URL, SHA256: d.SHA256, Text: string(text)})
	})
}
