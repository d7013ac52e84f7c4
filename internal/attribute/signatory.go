package attribute

import (
	"strings"
	"unicode/utf8"

	"hearsay"
)

// signatory is the institution that signs a text which no outlet published, for which its "we" stands; -1 for none.
func (r *speakerResolver) signatory() int {
	if r.a.Document.Outlet != "" {
		return -1
	}
	for _, b := range r.a.Document.Blocks {
		if b.Role != hearsay.RoleByline {
			continue
		}
		line := b.In(r.text)
		for i := range r.a.Entities {
			if e := &r.a.Entities[i]; e.Named && e.Type == hearsay.Organization && signs(e, line) {
				return i
			}
		}
	}
	return -1
}

const shortestSignature = 4 // letters of a name that is looked for in a byline

func signs(e *hearsay.Entity, byline string) bool {
	for _, form := range e.Forms {
		if utf8.RuneCountInString(form) >= shortestSignature && strings.Contains(byline, form) {
			return true
		}
	}
	return false
}
