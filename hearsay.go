// Package hearsay holds the vocabulary: the nouns that every stage, printer and page shares.
// It knows no models and does no I/O.
//
// Inside the program every offset is a byte offset into Document.Text, start included, end
// excluded. The record stream (internal/format) speaks of Unicode code points instead.
package hearsay

// Span is a stretch of Document.Text in bytes, start included, end excluded.
type Span struct {
	Start, End int
}

// Len is the length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// In returns the text that the span covers.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }
