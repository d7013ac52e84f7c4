package marked

import (
	"fmt"
	"strings"
)

// ParseFile reads entries parted by blank lines: comment lines that begin with '#' and say why
// the case is there; the marked text, in which a line that begins with '|' opens a new paragraph
// and any other further line goes on with a space; and lines of attributes:
//
//	@1 speaker=Anna Berg; kind=speech; manner=direct
//
// Entries of comments alone are left out.
func ParseFile(data string) ([]Case, error) {
	var cases []Case
	var e entry
	flush := func() error {
		c, err := e.parse()
		if err != nil {
			return fmt.Errorf("line %d: %w", e.line, err)
		}
		if c != nil {
			cases = append(cases, *c)
		}
		e = entry{}
		return nil
	}
	for n, line := range strings.Split(data, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) == "" {
			if err := flush(); err != nil {
				return nil, err
			}
			continue
		}
		e.add(line, n+1)
	}
	if err := flush(); err != nil {
		return nil, err
	}
	return cases, nil
}

// entry is the lines of a case.
type entry struct {
	line       int
	reason     []string
	text       strings.Builder
	attributes []string
}

func (e *entry) add(line string, number int) {
	if e.line == 0 {
		e.line = number
	}
	switch {
	case line[0] == '#':
		e.reason = append(e.reason, strings.TrimSpace(line[1:]))
	case line[0] == '@':
		e.attributes = append(e.attributes, line[1:])
	case line[0] == '|':
		e.text.WriteString("\n\n" + strings.TrimSpace(line[1:]))
	case e.text.Len() > 0:
		e.text.WriteString(" " + line)
	default:
		e.text.WriteString(line)
	}
}

func (e *entry) parse() (*Case, error) {
	if e.text.Len() == 0 {
		return nil, nil
	}
	t, err := Parse(e.text.String())
	if err != nil {
		return nil, err
	}
	for _, line := range e.attributes {
		if err := addAttributes(t, line); err != nil {
			return nil, err
		}
	}
	return &Case{Text: *t, Reason: strings.Join(e.reason, " "), Line: e.line}, nil
}

// addAttributes reads "1 key=value; key=value".
func addAttributes(t *Text, line string) error {
	number, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	if len(number) != 1 {
		return fmt.Errorf("marked: attributes of %q, which is no label", number)
	}
	s := t.Statement(int(number[0] - '0'))
	if s == nil {
		return fmt.Errorf("marked: attributes of statement %s, which is not marked", number)
	}
	if s.Attributes == nil {
		s.Attributes = map[string]string{}
	}
	for _, pair := range strings.Split(rest, ";") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		key, value, found := strings.Cut(pair, "=")
		if !found {
			return fmt.Errorf("marked: attribute %q has no value", strings.TrimSpace(pair))
		}
		s.Attributes[strings.TrimSpace(key)] = strings.TrimSpace(value)
	}
	return nil
}
