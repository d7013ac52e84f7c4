package clean

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/dates"
)

// datelineParts is a dateline as agencies write it: "KYIV, Aug 12 (Agency) — ".
type datelineParts struct {
	whole, place, agency hearsay.Span // place and agency empty where none is named
	date                 string
}

const (
	datelinePlace = `(?P<place>\p{Lu}[\p{L}.'’-]*(?:[ /]\p{Lu}[\p{L}.'’-]*){0,3}(?:, \p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*)?)?)`
	datelineDate  = `(?P<date>(?:\pL+\.? )?\d{1,2}(?:\.\d{1,2}\.\d{4}|\.?(?: (?:de )?\pL+\.?)?(?:,? (?:de )?\d{4})?)|\pL{3,10}\.? \d{1,2}(?:, \d{4})?)(?: г\.| року| р\.| r\.)?`
	datelineDash  = `(?:—|–|--|-)`
)

// datelineForms match datelines by their order and marks: a place in capitals, or any place with
// an agency in brackets or a date behind it, closed by a dash; the agency behind the dash; place,
// date and agency closed by full stops; an agency between strokes; an agency alone.
var datelineForms = sync.OnceValue(func() []*regexp.Regexp {
	agency := agencyForms()
	bare := `(?P<agency>` + agency + `(?: ?/ ?` + agency + `)?)`
	boxed := `[(/](?P<agency>[^()/\n]{2,40}(?:/[^()/\n]{2,20})?)[)/]`
	comma := `(?:[,.] ?` + datelineDate + `)`
	var out []*regexp.Regexp
	for _, form := range []string{
		datelinePlace + comma + `?,?\.? ?` + boxed + `[.:]? ?` + datelineDash + ` `,
		datelinePlace + comma + `?[.,]? ` + bare + `\.? ?` + datelineDash + ` `,
		datelinePlace + comma + `? ?` + datelineDash + ` ` + bare + `[.:] `,
		datelinePlace + comma + `[.,]? ` + boxed + `[.:]? `,
		datelinePlace + `\. ` + datelineDate + `\. (?P<agency>` + agency + `|\p{Lu}{3,12})\. `,
		datelinePlace + comma + `?\.? ?` + datelineDash + ` `,
		boxed + ` ?` + datelineDash + ` `,
		`(?P<place>` + agency + `)/\p{Lu}[\p{L}-]+\. `,
	} {
		out = append(out, regexp.MustCompile(`^`+form))
	}
	return out
})

// longestDateline is how much of a paragraph is looked at, in bytes.
const longestDateline = 160

// readDateline reads the dateline at the beginning of a paragraph.
func readDateline(text string, s hearsay.Span) (datelineParts, bool) {
	head := s
	for head.Len() > longestDateline {
		head.End = head.Start + longestDateline
		for !utf8.RuneStart(text[head.End]) {
			head.End--
		}
	}
	in := head.In(text)
	if !maybeDateline(in) {
		return datelineParts{}, false
	}
	for _, form := range datelineForms() {
		m := form.FindStringSubmatchIndex(in)
		if m == nil {
			continue
		}
		d := partsOf(form, m, text, s.Start)
		if d.holds(text) {
			return d, true
		}
	}
	return datelineParts{}, false
}

// maybeDateline is a quick look at what every dateline has.
func maybeDateline(in string) bool {
	r, _ := utf8.DecodeRuneInString(in)
	return (unicode.IsUpper(r) || r == '(' || r == '/') && (strings.ContainsAny(in, "—–/(") || strings.Contains(in, "- ") || strings.Contains(in, ". "))
}

func partsOf(form *regexp.Regexp, m []int, text string, base int) datelineParts {
	span := func(name string) hearsay.Span {
		g := form.SubexpIndex(name)
		if g < 0 || m[2*g] < 0 {
			return hearsay.Span{}
		}
		return trim(text, hearsay.Span{Start: base + m[2*g], End: base + m[2*g+1]})
	}
	d := datelineParts{whole: trim(text, hearsay.Span{Start: base, End: base + m[1]}), place: span("place"), agency: span("agency")}
	if date := span("date"); date.Len() > 0 {
		d.date = date.In(text)
	}
	if knownAgency(d.place.In(text)) { // "PAP/Harvo."
		d.agency, d.place = d.place, hearsay.Span{}
	}
	return d
}

// holds reports whether the parts make a dateline. What stands in brackets and is no agency may be
// a region.
func (d *datelineParts) holds(text string) bool {
	named := d.agency.Len() > 0
	if named && !knownAgency(d.agency.In(text)) && !(d.date != "" && d.closedByStop(text)) {
		d.agency, named = hearsay.Span{}, false
	}
	switch {
	case d.place.Len() == 0:
		return named
	case named, capitals(d.place.In(text)):
		return true
	}
	return d.date != "" && strings.ContainsFunc(d.date, unicode.IsDigit)
}

// closedByStop reports a dateline in the form "PLACE. date. AGENCY.", in which any name in capitals
// is an agency's.
func (d *datelineParts) closedByStop(text string) bool {
	return strings.ToUpper(d.agency.In(text)) == d.agency.In(text) && d.agency.End < len(text) && text[d.agency.End] == '.' && d.whole.End == d.agency.End+1
}

// hasDateline reports whether a text begins with a dateline.
func hasDateline(s string) bool {
	_, ok := readDateline(s, hearsay.Span{End: len(s)})
	return ok
}

// knownAgency reports whether a name is an agency of the table or shows by its form that it is one;
// of several joined by a stroke one suffices.
func knownAgency(s string) bool {
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '/' || r == ',' }) {
		if isAgency(strings.TrimSpace(part)) {
			return true
		}
	}
	return false
}

var agencyShape = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^` + agencyShapes + `$`) })

func isAgency(s string) bool {
	for _, a := range agencies() {
		if strings.EqualFold(s, a) {
			return true
		}
	}
	return agencyShape().MatchString(s)
}

// capitals reports whether the letters of a place's name, four or more, are capitals.
func capitals(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 4
}

// dateline fills Dateline, and Published where the dateline has a whole date.
func dateline(doc *hearsay.Document, b hearsay.Block) {
	d, ok := readDateline(doc.Text, b.Span)
	if !ok || doc.Dateline != "" {
		return
	}
	doc.Dateline = strings.TrimRight(tidy(d.whole.In(doc.Text)), " —–-")
	if doc.Published == "" && d.date != "" {
		doc.Published = dates.Parse(d.date)
	}
}

// datelineCredit gives the agency named in a dateline.
func datelineCredit(text string, b hearsay.Block) []hearsay.Credit {
	d, ok := readDateline(text, b.Span)
	if !ok || d.agency.Len() == 0 {
		return nil
	}
	return []hearsay.Credit{{Span: d.agency, Kind: hearsay.CreditAgency, Name: d.agency.In(text)}}
}
