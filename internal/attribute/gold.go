package attribute

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay"
)

// Gold is a statement as an annotator marked it, in bytes of the text.
type Gold struct {
	Source, Cue, Content []hearsay.Span
}

// ReadBrat reads the statements of a brat standoff file (Stenetorp et al. 2012) as PolNeAR and
// the German quotation corpus write them: spans Source, Cue, Content and events that join them.
// Offsets in the file are code points of text. Events without content are left out.
func ReadBrat(text, ann string) ([]Gold, error) {
	bytesAt := byteOffsets(text)
	spans := map[string][]hearsay.Span{}
	lines := strings.Split(ann, "\n")
	for n, line := range lines {
		if !bratLine(line, 'T') { // the rest of a text that holds a line break
			continue
		}
		id, list, err := bratSpan(line, bytesAt)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		spans[id] = list
	}
	var out []Gold
	for _, line := range lines {
		if !bratLine(line, 'E') {
			continue
		}
		if g := bratEvent(line, spans); len(g.Content) > 0 {
			out = append(out, g)
		}
	}
	return out, nil
}

// bratLine reports whether a line defines something of a kind: "T12<TAB>…".
func bratLine(line string, kind byte) bool {
	id, _, tab := strings.Cut(line, "\t")
	return tab && len(id) > 1 && id[0] == kind && strings.Trim(id[1:], "0123456789") == ""
}

func byteOffsets(text string) []int {
	out := make([]int, 0, utf8.RuneCountInString(text)+1)
	for i := range text {
		out = append(out, i)
	}
	return append(out, len(text))
}

// bratSpan reads "T1<TAB>Cue 10 14;20 22<TAB>text".
func bratSpan(line string, bytesAt []int) (string, []hearsay.Span, error) {
	columns := strings.Split(line, "\t")
	if len(columns) < 2 {
		return "", nil, fmt.Errorf("no span in %q", line)
	}
	_, offsets, _ := strings.Cut(columns[1], " ")
	var list []hearsay.Span
	for _, pair := range strings.Split(offsets, ";") {
		from, to, _ := strings.Cut(pair, " ")
		a, err := strconv.Atoi(from)
		if err != nil {
			return "", nil, err
		}
		b, err := strconv.Atoi(to)
		if err != nil {
			return "", nil, err
		}
		if a < 0 || a >= b || b >= len(bytesAt) {
			return "", nil, fmt.Errorf("span %d-%d lies outside of the text", a, b)
		}
		list = append(list, hearsay.Span{Start: bytesAt[a], End: bytesAt[b]})
	}
	return columns[0], list, nil
}

// bratEvent reads "E1<TAB>Attribution:T4 Source:T1 Cue:T2 Content:T3 Content2:T5".
func bratEvent(line string, spans map[string][]hearsay.Span) Gold {
	var g Gold
	for _, field := range strings.Fields(line) {
		role, id, _ := strings.Cut(field, ":")
		switch strings.TrimRight(role, "0123456789") {
		case "Source":
			g.Source = append(g.Source, spans[id]...)
		case "Cue":
			g.Cue = append(g.Cue, spans[id]...)
		case "Content":
			g.Content = append(g.Content, spans[id]...)
		}
	}
	for _, list := range [][]hearsay.Span{g.Source, g.Cue, g.Content} {
		sort.Slice(list, func(i, j int) bool { return list[i].Start < list[j].Start })
	}
	return g
}

// goldTokens are the tokens of gold spans: those of which they cover at least half.
func (v *view) goldTokens(spans []hearsay.Span) []int {
	var out []int
	for _, s := range spans {
		i := sort.Search(len(v.toks), func(i int) bool { return v.toks[i].End > s.Start })
		for ; i < len(v.toks) && v.toks[i].Start < s.End; i++ {
			t := &v.toks[i]
			if 2*(min(t.End, s.End)-max(t.Start, s.Start)) >= t.End-t.Start {
				out = append(out, i)
			}
		}
	}
	return out
}
