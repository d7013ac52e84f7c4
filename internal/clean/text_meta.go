package clean

import (
	"regexp"
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
	case (kind == "byline" || kind == "interview") && len(doc.Byline) == 0:
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
