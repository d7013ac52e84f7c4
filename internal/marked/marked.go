// Package marked reads texts whose statements are marked in place, the form in which tests and
// the examples of lexicons are written:
//
//	{The minister} <denied> that [the bridge was closed].
//
// {source} <cue> [content]. A digit and a colon after the opening mark tell statements apart and
// may nest; a mark without them belongs to statement 1:
//
//	{1:Danek} <1:said> that [1:<2:according to> {2:the guards}, [2:nobody had left]].
//
// A role that is marked twice is one span in two pieces. A backslash takes a mark literally.
package marked

import (
	"fmt"
	"sort"
	"strings"

	"hearsay"
)

// Text is a text without its marks, and what they marked.
type Text struct {
	Text       string
	Statements []Statement // by label
}

// Statement is what the marks of one label span, in bytes of Text.Text, in text order.
type Statement struct {
	Label                int // 1 to 9
	Source, Cue, Content []hearsay.Span
	Attributes           map[string]string // of the case's @ line, nil where there is none
}

// Case is an entry of a file of marked texts.
type Case struct {
	Text
	Reason string // the comment above it, without '#'
	Line   int    // on which the entry begins, from 1
}

// Statement returns the statement of a label, or nil.
func (t *Text) Statement(label int) *Statement {
	for i := range t.Statements {
		if t.Statements[i].Label == label {
			return &t.Statements[i]
		}
	}
	return nil
}

// Parse reads one marked text.
func Parse(s string) (*Text, error) {
	p := parser{in: s}
	if err := p.parse(); err != nil {
		return nil, fmt.Errorf("%w in %q", err, s)
	}
	return p.text(), nil
}

// MustParse is Parse for texts that a test holds itself; it panics on a slip.
func MustParse(s string) *Text {
	t, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return t
}

type mark struct {
	role  byte // its opening character
	label int
	start int // in the output
}

type parser struct {
	in         string
	out        strings.Builder
	open       []mark
	statements map[int]*Statement
}

const (
	openMarks  = "{<["
	closeMarks = "}>]"
)

func (p *parser) parse() error {
	p.statements = map[int]*Statement{}
	for i := 0; i < len(p.in); i++ {
		c := p.in[i]
		switch {
		case c == '\\' && i+1 < len(p.in) && strings.IndexByte(openMarks+closeMarks+`\`, p.in[i+1]) >= 0:
			i++
			p.out.WriteByte(p.in[i])
		case strings.IndexByte(openMarks, c) >= 0:
			label, n := p.label(i + 1)
			p.open = append(p.open, mark{c, label, p.out.Len()})
			i += n
		case strings.IndexByte(closeMarks, c) >= 0:
			if err := p.close(c, i); err != nil {
				return err
			}
		default:
			p.out.WriteByte(c)
		}
	}
	if n := len(p.open); n > 0 {
		return fmt.Errorf("marked: %q is not closed", p.open[n-1].role)
	}
	return nil
}

// label reads "2:" at byte i, and how long it is; without one the label is 1.
func (p *parser) label(i int) (label, length int) {
	if i+1 < len(p.in) && p.in[i] >= '1' && p.in[i] <= '9' && p.in[i+1] == ':' {
		return int(p.in[i] - '0'), 2
	}
	return 1, 0
}

func (p *parser) close(c byte, at int) error {
	if len(p.open) == 0 {
		return fmt.Errorf("marked: %q at byte %d closes nothing", c, at)
	}
	m := p.open[len(p.open)-1]
	if strings.IndexByte(openMarks, m.role) != strings.IndexByte(closeMarks, c) {
		return fmt.Errorf("marked: %q at byte %d where %q is open", c, at, m.role)
	}
	p.open = p.open[:len(p.open)-1]
	span := hearsay.Span{Start: m.start, End: p.out.Len()}
	if span.Len() == 0 {
		return fmt.Errorf("marked: nothing between the marks at byte %d", at)
	}
	s := p.statements[m.label]
	if s == nil {
		s = &Statement{Label: m.label}
		p.statements[m.label] = s
	}
	switch m.role {
	case '{':
		s.Source = append(s.Source, span)
	case '<':
		s.Cue = append(s.Cue, span)
	case '[':
		s.Content = append(s.Content, span)
	}
	return nil
}

func (p *parser) text() *Text {
	t := &Text{Text: p.out.String()}
	for label := 1; label <= 9; label++ {
		s := p.statements[label]
		if s == nil {
			continue
		}
		for _, spans := range [][]hearsay.Span{s.Source, s.Cue, s.Content} {
			sort.Slice(spans, func(i, j int) bool { return spans[i].Start < spans[j].Start })
		}
		t.Statements = append(t.Statements, *s)
	}
	return t
}
