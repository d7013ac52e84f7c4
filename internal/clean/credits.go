package clean

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// Where credits inside paragraphs are looked for, counted in article paragraphs from both ends,
// and how much of a paragraph's beginning and end is looked at, in bytes.
const (
	creditsFirst   = 5
	creditsLast    = 2
	creditReach    = 900
	leadParagraphs = 2 // below the headline
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

// Credits finds where the text itself says whose work it is: whole lines and sentences, brackets at
// the end, bylines, datelines, and the clauses of the first and last paragraphs. Blocks must be known.
// Names are as written; a credit that names nobody ("Translation") has none. An outlet that reports
// what it was told itself is no credit. Credits are in order of the text.
func Credits(doc *hearsay.Document) []hearsay.Credit {
	l := lexiconFor(doc.Language)
	var out []hearsay.Credit
	for i, b := range doc.Blocks {
		if b.Role == hearsay.RoleBoilerplate && !nearEnd(i, len(doc.Blocks)) {
			continue
		}
		out = append(out, l.ofBlock(doc.Text, b.Span)...)
		switch b.Role {
		case hearsay.RoleCaption:
			out = append(out, pictureCredits(doc.Text, b)...)
		case hearsay.RoleByline:
			out = append(out, bylineAgencies(doc.Text, b)...)
		}
	}
	body := articleBlocks(doc.Blocks)
	for n, i := range body {
		out = append(out, l.ofParagraph(doc.Text, doc.Blocks[i], n, len(body))...)
	}
	return distinct(slices.DeleteFunc(out, func(c hearsay.Credit) bool { return own(c, doc.Outlet) }))
}

// ofParagraph gives the credits inside the n-th of the article's paragraphs.
func (l *lexicon) ofParagraph(text string, b hearsay.Block, n, all int) []hearsay.Credit {
	if b.Role == hearsay.RoleTitle || n > creditsFirst && n < all-creditsLast {
		return nil
	}
	out := l.within(text, b, n <= leadParagraphs)
	if n <= creditsFirst {
		out = append(out, datelineCredit(text, b)...)
	}
	return out
}

// own reports a credit by which an outlet names itself, in full or by some of its words, as the one
// that was told something.
func own(c hearsay.Credit, outlet string) bool {
	if outlet == "" || c.Name == "" || c.Kind != hearsay.CreditVia && c.Kind != hearsay.CreditInterview {
		return false
	}
	return strings.Contains(" "+strings.ToLower(outlet)+" ", " "+strings.TrimPrefix(strings.ToLower(c.Name), "the ")+" ")
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

// ofBlock gives the credit that a whole line is, or else those that its sentences are.
func (l *lexicon) ofBlock(text string, span hearsay.Span) []hearsay.Credit {
	if span.Len() > 4*longestPattern {
		return nil
	}
	if c, ok := l.ofLine(text, span); ok {
		return []hearsay.Credit{c}
	}
	var out []hearsay.Credit
	for _, s := range sentences(text, span) {
		if c, ok := l.ofLine(text, s); ok {
			out = append(out, c)
		}
	}
	return out
}

// onlyCredits reports whether a paragraph of several sentences holds credits alone.
func (l *lexicon) onlyCredits(text string, span hearsay.Span) bool {
	if span.Len() > 4*longestPattern {
		return false
	}
	list := sentences(text, span)
	for _, s := range list {
		if _, ok := l.ofLine(text, s); !ok {
			return false
		}
	}
	return len(list) > 0
}

var (
	sentenceCut = regexp.MustCompile(`[.!?…]["»”“]?\s+["«„“]?\p{Lu}`)
	shortened   = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:\p{L}|tłum|fot|zdj|oprac|red|ред|пер|перев|фот|trad|übers|англ|рос|нем|нім|фр|польск|польс|dr|st|mr|mrs|ms|prof|проф)$`)
)

// sentences cuts a paragraph where a capital follows a stop that closes no abbreviation or initial;
// none where there is only one.
func sentences(text string, span hearsay.Span) []hearsay.Span {
	var out []hearsay.Span
	in, from := span.In(text), 0
	for _, m := range sentenceCut.FindAllStringIndex(in, -1) {
		if in[m[0]] == '.' && shortened.MatchString(in[from:m[0]]) {
			continue
		}
		cut := m[0] + strings.IndexFunc(in[m[0]:], unicode.IsSpace)
		out = append(out, trim(text, hearsay.Span{Start: span.Start + from, End: span.Start + cut}))
		from = cut
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, trim(text, hearsay.Span{Start: span.Start + from, End: span.End}))
}

// ofLine gives the credit that a line is, if any: the first rule that holds decides, as it does for
// the role.
func (l *lexicon) ofLine(text string, span hearsay.Span) (hearsay.Credit, bool) {
	s, at := squeeze(text, span)
	r, m := l.line(s)
	if r == nil {
		return hearsay.Credit{}, false
	}
	kind, ok := creditKinds[r.kind]
	if !ok {
		return hearsay.Credit{}, false
	}
	c := hearsay.Credit{Span: span, Kind: kind}
	if start, end, ok := r.name(m); ok {
		c.Name = bareName(text[at[start]:at[end]])
	}
	if kind == hearsay.CreditOriginal && knownAgency(c.Name) {
		c.Kind = hearsay.CreditAgency
	}
	return c, true
}

var bylineJoint = regexp.MustCompile(`\s*[,/|()]\s*|\s+(?:with|and|mit|und|avec|et|con|y|z|i|oraz|з|та|і|с|и|ды)\s+`)

// bylineAgencies gives the agencies that a byline names beside or instead of an author.
func bylineAgencies(text string, b hearsay.Block) []hearsay.Credit {
	var out []hearsay.Credit
	in, from := b.In(text), 0
	for _, m := range append(bylineJoint.FindAllStringIndex(in, -1), []int{len(in), len(in)}) {
		part := trim(text, hearsay.Span{Start: b.Start + from, End: b.Start + m[0]})
		if from > 0 && part.Len() > 0 && isAgency(part.In(text)) {
			out = append(out, hearsay.Credit{Span: part, Kind: hearsay.CreditAgency, Name: part.In(text)})
		}
		from = m[1]
	}
	return out
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

// within gives the credits inside a paragraph; lead says that it is one of the first.
func (l *lexicon) within(text string, b hearsay.Block, lead bool) []hearsay.Credit {
	var out []hearsay.Credit
	for _, s := range ends(text, b.Span) {
		lower := sameLength(s.In(text))
		for _, r := range l.inside {
			kind, ok := creditKinds[r.kind]
			if !ok || r.lead && !lead {
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
					if commonOutlets[strings.ToLower(c.Name)] {
						continue
					}
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
