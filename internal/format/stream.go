package format

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"hearsay"
)

// Writer writes a record stream.
type Writer struct {
	enc *json.Encoder
}

// NewWriter writes records to w, one a line.
func NewWriter(w io.Writer) *Writer {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &Writer{enc: enc}
}

// Write writes one record.
func (w *Writer) Write(r Record) error { return w.enc.Encode(r) }

// maxLine is the longest record that Read accepts, in bytes.
const maxLine = 256 << 20

// Read calls each for every record of a stream, in order. An error names the line.
func Read(r io.Reader, each func(Record) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 64<<10), maxLine)
	for line := 1; sc.Scan(); line++ {
		text := bytes.TrimSpace(sc.Bytes())
		if len(text) == 0 {
			continue
		}
		var rec Record
		if err := json.Unmarshal(text, &rec); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if err := each(rec); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
	return sc.Err()
}

// Restore turns a document record back into a document: text, blocks, credits and what else was
// known before analysis. It fails where a span does not hold what it says.
func Restore(d *Document) (*hearsay.Document, error) {
	out := &hearsay.Document{
		ID: d.ID, Path: d.Path, URL: d.URL, SHA256: d.SHA256, Supersedes: d.Supersedes,
		Language: d.Language, LanguageConfidence: d.LanguageConfidence, Title: d.Title, Byline: d.Byline,
		Outlet: d.Outlet, Dateline: d.Dateline, Published: d.Published, Updated: d.Updated, Text: d.Text, Notes: d.Notes,
	}
	off := NewOffsets(d.Text)
	points := len([]rune(d.Text))
	bytesOf := func(start, end int) (hearsay.Span, error) {
		if start < 0 || start >= end || end > points {
			return hearsay.Span{}, fmt.Errorf("document %s: span %d-%d does not fit its text", d.ID, start, end)
		}
		return hearsay.Span{Start: off.Byte(start), End: off.Byte(end)}, nil
	}
	checked := func(s Span) (hearsay.Span, error) {
		b, err := bytesOf(s.Start, s.End)
		if err == nil && b.In(d.Text) != s.Exact {
			err = fmt.Errorf("document %s: span %d-%d reads %q, not %q", d.ID, s.Start, s.End, b.In(d.Text), s.Exact)
		}
		return b, err
	}
	for _, b := range d.Blocks {
		s, err := bytesOf(b.Start, b.End)
		if err != nil {
			return nil, err
		}
		out.Blocks = append(out.Blocks, hearsay.Block{Span: s, Role: hearsay.Role(b.Role)})
	}
	for _, c := range d.Credits {
		s, err := checked(c.Span)
		if err != nil {
			return nil, err
		}
		out.Credits = append(out.Credits, hearsay.Credit{Span: s, Kind: hearsay.CreditKind(c.Kind), Name: c.Name})
	}
	for _, r := range d.Repairs {
		s, err := checked(r.Span)
		if err != nil {
			return nil, err
		}
		out.Repairs = append(out.Repairs, hearsay.Repair{Span: s, To: r.To, Why: r.Why})
	}
	return out, nil
}
