package clean

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// Where credits inside paragraphs are looked for, counted in article paragraphs from both ends,
// and how much of a paragraph's beginning and end is looked at, in bytes.
const (
	creditsFirst = 5
	creditsLast  = 2
	creditReach  = 900
)

// creditKinds are the kinds of rules that make credits.
var creditKinds = map[string]hearsay.CreditKind{
	"original":    hearsay.CreditOriginal,
	"translation": hearsay.CreditTranslation,
	"republished": hearsay.CreditRepublished,
	"agency":      hearsay.CreditAgency,
	"photo":       hearsay.CreditPhoto,
	"interview":   hearsay.CreditInterview,
	"via":         hearsay.CreditVia,
}

// Credits finds where the text itself says whose work it is: whole lines, brackets at the end,
// datelines, and the clauses of the first and last paragraphs. Blocks must be known. Names are as
// written; a credit that names nobody ("Translation") has none. Credits are in order of the text.
func Credits(doc *hearsay.Document) []hearsay.Credit {
	l := lexiconFor(doc.Language)
	var out []hearsay.Credit
	body := articleBlocks(doc.Blocks)
	for i, b := range doc.Blocks {
		if b.Role == hearsay.RoleBoilerplate && !nearEnd(i, len(doc.Blocks)) {
			continue
		}
		if b.Len() <= 4*longestPattern {
			out = append(out, l.ofLine(doc.Text, b)...)
		}
		if b.Role == hearsay.RoleCaption {
			out = append(out, pictureCredits(doc.Text, b)...)
		}
	}
	for n, i := range body {
		b := doc.Blocks[i]
		if b.Role == hearsay.RoleTitle {
			continue
		}
		if n <= creditsFirst || n >= len(body)-creditsLast {
			out = append(out, l.within(doc.Text, b)...)
		}
		if n <= creditsFirst {
			out = append(out, datelineCredit(doc.Text, b)...)
		}
	}
	return distinct(out)
}

// nearEnd keeps the frame between article and teasers, where copyright lines name the source.
func nearEnd(i, n int) bool { return i*10 >= n*4 }

func articleBlocks(blocks []hearsay.Block) []int {
	var out []int
	for i, b := range blocks {
		if b.Role.Article() {
			out = append(out, i)
		}
	}
	return out
}

// ofLine gives the credit that a whole line is, if any: the first rule that holds decides, as it
// does for the role.
func (l *lexicon) ofLine(text string, b hearsay.Block) []hearsay.Credit {
	s, at := squeeze(text, b.Span)
	r, m := l.line(s)
	if r == nil {
		return nil
	}
	kind, ok := creditKinds[r.kind]
	if !ok {
		return nil
	}
	c := hearsay.Credit{Span: b.Span, Kind: kind}
	if start, end, ok := r.name(m); ok {
		c.Name = bareName(text[at[start]:at[end]])
	}
	if kind == hearsay.CreditOriginal && knownAgency(c.Name) {
		c.Kind = hearsay.CreditAgency
	}
	return []hearsay.Credit{c}
}

// squeeze makes every run of white space one space; at maps bytes back into text.
func squeeze(text string, span hearsay.Span) (s string, at []int) {
	var b strings.Builder
	space := false
	for i, r := range span.In(text) {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			at = append(at, span.Start+i)
			space = false
		}
		for k := range utf8.RuneLen(r) {
			at = append(at, span.Start+i+k)
		}
		b.WriteRune(r)
	}
	return b.String(), append(at, span.End)
}

// within gives the credits inside a paragraph.
func (l *lexicon) within(text string, b hearsay.Block) []hearsay.Credit {
	var out []hearsay.Credit
	for _, s := range ends(text, b.Span) {
		lower := sameLength(s.In(text))
		for _, r := range l.inside {
			kind, ok := creditKinds[r.kind]
			if !ok {
				continue
			}
			for _, m := range r.find(s.In(text), lower) {
				c := hearsay.Credit{Kind: kind}
				c.Span = trim(text, hearsay.Span{Start: s.Start + m[0], End: s.Start + m[1]})
				if start, end, ok := r.name(m); ok {
					if cutsWord(text, s.Start+end) {
						continue
					}
					c.Name = bareName(text[s.Start+start : s.Start+end])
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// cutsWord reports whether a place in the text is inside a word.
func cutsWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsLetter(before) && unicode.IsLetter(after)
}

// ends gives the beginning and the end of a long paragraph, cut between characters, else all of it.
func ends(text string, s hearsay.Span) []hearsay.Span {
	if s.Len() <= 2*creditReach {
		return []hearsay.Span{s}
	}
	a, b := s.Start+creditReach, s.End-creditReach
	for !utf8.RuneStart(text[a]) {
		a--
	}
	for !utf8.RuneStart(text[b]) {
		b++
	}
	return []hearsay.Span{{Start: s.Start, End: a}, {Start: b, End: s.End}}
}

// bareName takes quotation marks, brackets and closing punctuation off a name.
func bareName(s string) string {
	s = strings.TrimSpace(s)
	s = strings.Trim(s, "\"«»„“”‘’'()[] ,;:–—-")
	if strings.Count(s, ".") == 1 && strings.HasSuffix(s, ".") || strings.HasSuffix(s, "..") {
		s = strings.TrimRight(s, ".")
	}
	return strings.TrimRight(s, "\"»“”’ ,;:")
}

var (
	pictureTail  = regexp.MustCompile(`\p{Ll}\s?([\p{Lu}]{2,}(?:\s?/\s?[\p{Lu}][\p{L} .'’-]*)+)$`)
	pictureSite  = regexp.MustCompile(`\s(` + siteForm + `)$`)
	pictureParen = regexp.MustCompile(`(?i)\((?:image|photo|picture|foto|фото|bild|zdj\.?|fot\.?|imagen)[:.]? ([^()]{2,60})\)$`)
)

// pictureCredits finds whose picture a caption shows.
func pictureCredits(text string, b hearsay.Block) []hearsay.Credit {
	s := b.In(text)
	if len(s) > 4*longestPattern {
		return nil
	}
	for _, re := range []*regexp.Regexp{pictureParen, pictureTail, pictureSite} {
		if m := re.FindStringSubmatchIndex(s); m != nil {
			at := hearsay.Span{Start: b.Start + m[2], End: b.Start + m[3]}
			return []hearsay.Credit{{Span: at, Kind: hearsay.CreditPhoto, Name: bareName(at.In(text))}}
		}
	}
	return nil
}

// distinct sorts credits and drops those inside another of the same name or kind.
func distinct(credits []hearsay.Credit) []hearsay.Credit {
	sort.SliceStable(credits, func(i, j int) bool {
		a, b := credits[i], credits[j]
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		return a.End > b.End
	})
	var out []hearsay.Credit
	for _, c := range credits {
		again := false
		for _, o := range out {
			if o.Overlaps(c.Span) && (o.Name == c.Name || o.Kind == c.Kind) {
				again = true
			}
		}
		if !again {
			out = append(out, c)
		}
	}
	return out
}
