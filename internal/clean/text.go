package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// Text splits the text of an article into blocks with roles and gives what it says of itself by its
// layout: headline, and outlet, day and byline where front matter or the lines around the headline
// state them. Nothing is cut: the blocks cover every character that is not white space, in order.
// lang (ISO 639-1, or "und") chooses the patterns of credits and boilerplate; those of English are
// always tried, for pages keep their English frame.
func Text(text, lang string) (blocks []hearsay.Block, said Meta) {
	f := frontMatter(text)
	p := &page{text: text, paragraphs: markdown(text, paragraphs(text, f.End), &f), lexicon: lexiconFor(lang), said: f.Meta}
	p.judge()
	for _, para := range p.paragraphs {
		blocks = append(blocks, hearsay.Block{Span: para.Span, Role: para.role})
	}
	p.said.Title = firstOf(p.said.Title, p.title)
	return blocks, p.said
}

// Fill puts what was said into the fields of a document that are empty.
func (m *Meta) Fill(doc *hearsay.Document) {
	for _, f := range []struct {
		to   *string
		from string
	}{{&doc.Title, m.Title}, {&doc.Outlet, m.Outlet}, {&doc.Published, m.Published}, {&doc.Updated, m.Updated}} {
		if *f.to == "" {
			*f.to = f.from
		}
	}
	if len(doc.Byline) == 0 {
		doc.Byline = m.Byline
	}
}

// Refine judges the body paragraphs of a document that did not come from Text, such as a page's,
// by the lexicon of its language: teasers, credits and captions that the markup left among them.
func Refine(doc *hearsay.Document) {
	l := lexiconFor(doc.Language)
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.Role != hearsay.RoleBody && b.Role != hearsay.RoleHeading || b.Len() > 4*longestPattern {
			continue
		}
		s := tidy(b.In(doc.Text))
		r, _ := l.line(s)
		middle := i >= topOfPage && i < len(doc.Blocks)-bottomOfPage
		switch {
		case r != nil && !(r.kind == "byline" && middle):
			b.Role = roleOf(r.kind)
		case r == nil && frameByForm(s):
			b.Role = hearsay.RoleBoilerplate
		case r == nil && !middle && l.onlyCredits(doc.Text, b.Span):
			b.Role = hearsay.RoleCredit
		}
	}
}

// line is a line that is not blank, without the white space around it.
type line struct {
	hearsay.Span
	gap   int // blank lines before it
	width int // in characters
}

// paragraph is a block in the making.
type paragraph struct {
	hearsay.Span
	gap   int // blank lines before it
	level int // of a Markdown heading, 0 for none
	role  hearsay.Role
	kind  string // pattern that it matched, "" for none
}

// linesOf gives the lines of text from a place on, whatever ends them.
func linesOf(text string, from int) []line {
	var out []line
	gap := 0
	for start := from; start <= len(text); {
		end, next := lineEnd(text, start)
		s := trim(text, hearsay.Span{Start: start, End: end})
		switch {
		case s.Len() > 0:
			out = append(out, line{s, gap, utf8.RuneCountInString(s.In(text))})
			gap = 0
		case start < len(text):
			gap++
		}
		start = next
	}
	return out
}

// lineEnd gives where the line from start ends and the next one begins.
func lineEnd(text string, start int) (end, next int) {
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\r' && i+1 < len(text) && text[i+1] == '\n':
			return i, i + 2
		case c == '\n' || c == '\r' || c == '\f' || c == '\v':
			return i, i + 1
		case c == 0xE2 && strings.HasPrefix(text[i:], "\u2028"), c == 0xE2 && strings.HasPrefix(text[i:], "\u2029"):
			return i, i + 3
		case c == 0xC2 && i+1 < len(text) && text[i+1] == 0x85:
			return i, i + 2
		}
	}
	return len(text), len(text) + 1
}

// trim takes white space off both ends of a span.
func trim(text string, s hearsay.Span) hearsay.Span {
	in := s.In(text)
	s.Start += len(in) - len(strings.TrimLeftFunc(in, unicode.IsSpace))
	if s.Start > s.End {
		s.Start = s.End
	}
	s.End -= len(s.In(text)) - len(strings.TrimRightFunc(s.In(text), unicode.IsSpace))
	return s
}

// paragraphs joins the lines of hard-wrapped text; elsewhere every line is a paragraph.
func paragraphs(text string, from int) []paragraph {
	lines := linesOf(text, from)
	width := wrapWidth(text, lines)
	var out []paragraph
	for i, l := range lines {
		if width > 0 && i > 0 && goesOn(text, lines[i-1], l, width) {
			out[len(out)-1].End = l.End
			continue
		}
		out = append(out, paragraph{Span: l.Span, gap: l.gap, role: hearsay.RoleBody})
	}
	return out
}

// Widths in characters at which text is wrapped by mail programs and agencies' wires.
const (
	narrowestWrap = 45
	widestWrap    = 100
)

// wrapWidth gives the column at which the lines were broken, 0 where they are paragraphs.
func wrapWidth(text string, lines []line) int {
	width := 0
	for _, l := range lines {
		width = max(width, l.width)
	}
	if len(lines) < 4 || width < narrowestWrap || width > widestWrap {
		return 0
	}
	inner, full, broken := 0, 0, 0
	for i, l := range lines[:len(lines)-1] {
		if lines[i+1].gap > 0 {
			continue
		}
		inner++
		if l.width >= width*3/4 {
			full++
		}
		if !endsSentence(l.In(text)) {
			broken++
		}
	}
	if inner < 3 || full*10 < inner*6 || broken*10 < inner*5 {
		return 0
	}
	return width
}

// goesOn reports whether l continues the paragraph of the line before it.
func goesOn(text string, before, l line, width int) bool {
	if l.gap > 0 || markdownHead.MatchString(before.In(text)) || markdownHead.MatchString(l.In(text)) {
		return false
	}
	first, _, _ := strings.Cut(l.In(text), " ")
	fits := before.width+1+utf8.RuneCountInString(first) <= width
	return !(fits && (endsSentence(before.In(text)) || before.width < width*3/4))
}

// endsSentence reports whether s closes with the mark of a sentence's end, quotation marks and
// brackets after it aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'»”“’)] \u00a0")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…", r)
}

// normal is a text in lower case with its letters and digits alone, to compare headlines.
func normal(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
