package format

import (
	"fmt"
	"sort"
	"unicode/utf8"

	"hearsay"
)

// Offsets turns byte offsets of one text into code points and back, in time that does not grow
// with the text.
type Offsets struct {
	text   string
	points []int // code points before byte i*stride
}

const stride = 128

// NewOffsets prepares a text for look-ups.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text, points: make([]int, 0, len(text)/stride+2)}
	n := 0
	for i := range len(text) {
		if i%stride == 0 {
			o.points = append(o.points, n)
		}
		if startsRune(text[i]) {
			n++
		}
	}
	if len(text)%stride == 0 {
		o.points = append(o.points, n)
	}
	return o
}

func startsRune(b byte) bool { return b&0xC0 != 0x80 }

// Point is the number of code points before byte offset b.
func (o *Offsets) Point(b int) int {
	block := b / stride
	n := o.points[block]
	for i := block * stride; i < b; i++ {
		if startsRune(o.text[i]) {
			n++
		}
	}
	return n
}

// Byte is the byte offset of the code point p.
func (o *Offsets) Byte(p int) int {
	block := max(sort.SearchInts(o.points, p+1)-1, 0)
	i, n := block*stride, o.points[block]
	for i < len(o.text) && (n < p || !startsRune(o.text[i])) {
		if startsRune(o.text[i]) {
			n++
		}
		i++
	}
	return i
}

// Span turns a span in bytes into one in code points with its text. A span that is not inside the
// text, is empty, or cuts a character is a bug of the stage that made it.
func (o *Offsets) Span(s hearsay.Span) (Span, error) {
	if s.Start < 0 || s.End > len(o.text) || s.Start >= s.End {
		return Span{}, fmt.Errorf("span %d-%d does not fit a text of %d bytes", s.Start, s.End, len(o.text))
	}
	if !startsRune(o.text[s.Start]) || (s.End < len(o.text) && !startsRune(o.text[s.End])) {
		return Span{}, fmt.Errorf("span %d-%d cuts a character", s.Start, s.End)
	}
	start := o.Point(s.Start)
	exact := o.text[s.Start:s.End]
	return Span{Start: start, End: start + utf8.RuneCountInString(exact), Exact: exact}, nil
}
