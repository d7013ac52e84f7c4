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

// Metadata fills Title, Byline, Dateline, Published, Updated and Outlet of a document from its
// text, where they are empty and the text states them plainly. Blocks must be known.
func Metadata(doc *hearsay.Document) {
	l := lexiconFor(doc.Language)
	body := 0
	for i, b := range doc.Blocks {
		switch b.Role {
		case hearsay.RoleTitle:
			if doc.Title == "" {
				doc.Title = tidy(b.In(doc.Text))
			}
		case hearsay.RoleByline, hearsay.RoleCredit, hearsay.RoleBoilerplate:
			if b.Len() <= 4*longestPattern {
				l.fill(doc, tidy(b.In(doc.Text)), i)
			}
		case hearsay.RoleBody, hearsay.RoleLede:
			if body < 3 {
				dateline(doc, b)
			}
			if body <= creditsFirst {
				l.fillInside(doc, b)
			}
			body++
		}
	}
}

// fill reads one line of the frame. Only what stands near the top dates the article.
func (l *lexicon) fill(doc *hearsay.Document, s string, i int) {
	if doc.Published == "" && i < topOfPage {
		doc.Published = dates.Parse(s)
	}
	r, m := l.line(s)
	if r != nil {
		if start, end, ok := r.name(m); ok {
			assign(doc, r.kind, bareName(s[start:end]))
		}
	}
	// "Anna Berg (According to …)": who stands before the credit wrote it.
	if m := authorBefore.FindStringSubmatch(s); m != nil && len(doc.Byline) == 0 && doc.Blocks[i].Role == hearsay.RoleCredit {
		doc.Byline = splitNames(m[1])
	}
}

// assign puts what a line says into the field of its kind, if that is empty.
func assign(doc *hearsay.Document, kind, name string) {
	switch {
	case kind == "byline" && len(doc.Byline) == 0:
		doc.Byline = splitNames(name)
	case kind == kindPublished && doc.Published == "":
		doc.Published = dates.Parse(name)
	case kind == kindUpdated && doc.Updated == "":
		doc.Updated = dates.Parse(name)
	case kind == kindOutlet && doc.Outlet == "":
		doc.Outlet = name
	}
}

var authorBefore = regexp.MustCompile(`^(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,3}) \(`)

func (l *lexicon) fillInside(doc *hearsay.Document, b hearsay.Block) {
	if doc.Outlet != "" {
		return
	}
	for _, r := range l.inside {
		if r.kind != kindOutlet {
			continue
		}
		for _, s := range ends(doc.Text, b.Span) {
			in := s.In(doc.Text)
			for _, m := range r.find(in, sameLength(in)) {
				if start, end, ok := r.name(m); ok {
					doc.Outlet = bareName(in[start:end])
					return
				}
			}
		}
	}
}

var nameJoint = regexp.MustCompile(`\s*(?:,|;|&|/)\s*|\s+(?:and|und|et|y|e|и|і|та|й|i|oraz|ды)\s+`)

// splitNames parts the names of a byline.
func splitNames(s string) []string {
	var out []string
	for _, one := range nameJoint.Split(s, -1) {
		if one = bareName(one); utf8.RuneCountInString(one) > 1 {
			out = append(out, one)
		}
	}
	return out
}

// datelineParts is a dateline as agencies write it: "KYIV, Aug 12 (Agency) — ".
type datelineParts struct {
	whole, place, agency hearsay.Span // agency empty where none is named
	date                 string
}

// datelineForm matches datelines: a place in capitals, or any place with an agency in brackets or
// a date behind it, closed by a dash or by an agency's full stop and dash.
var datelineForm = sync.OnceValue(func() *regexp.Regexp {
	place := `(\p{Lu}[\p{L}.'’-]*(?:[ /]\p{Lu}[\p{L}.'’-]*){0,3}(?:, \p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*)?)?)`
	date := `(?:[,.] ((?:\pL+\.? )?\d{1,2}\.?(?: (?:de )?\pL+\.?)?(?:,? (?:de )?\d{4})?|\pL{3,10}\.? \d{1,2}(?:, \d{4})?))?`
	agency := `(?:(?:,|\.)? ?[(/]([^()/\n]{2,40})[)/]|\. (` + agencyForms() + `)|, (` + agencyForms() + `))?`
	return regexp.MustCompile(`^` + place + date + agency + `\.? ?(?:—|–|--|-) `)
})

// readDateline reads the dateline at the beginning of a paragraph.
func readDateline(text string, s hearsay.Span) (datelineParts, bool) {
	head := s
	for head.Len() > 160 {
		head.End = head.Start + 160
		for !utf8.RuneStart(text[head.End]) {
			head.End--
		}
	}
	m := datelineForm().FindStringSubmatchIndex(head.In(text))
	if m == nil {
		return datelineParts{}, false
	}
	span := func(g int) hearsay.Span {
		if m[2*g] < 0 {
			return hearsay.Span{}
		}
		return hearsay.Span{Start: s.Start + m[2*g], End: s.Start + m[2*g+1]}
	}
	d := datelineParts{whole: trim(text, hearsay.Span{Start: s.Start, End: s.Start + m[1]}), place: span(1)}
	if m[4] >= 0 {
		d.date = span(2).In(text)
	}
	for g := 3; g <= 5; g++ {
		if m[2*g] >= 0 {
			d.agency = trim(text, span(g))
		}
	}
	if d.agency.Len() > 0 && !knownAgency(d.agency.In(text)) {
		d.agency = hearsay.Span{}
		if d.date == "" && !capitals(d.place.In(text)) {
			return datelineParts{}, false
		}
	}
	if d.agency.Len() == 0 && d.date == "" && !capitals(d.place.In(text)) {
		return datelineParts{}, false
	}
	return d, true
}

// knownAgency reports whether a name is an agency of the table, or two joined by a stroke.
func knownAgency(s string) bool {
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '/' || r == ',' }) {
		for _, a := range agencies() {
			if strings.EqualFold(strings.TrimSpace(part), a) {
				return true
			}
		}
	}
	return false
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
