// Package depends holds what the finders of copies, translations and citations share: whose work a
// document says it is, which of two documents rests on the other, and how a link between them is
// written down.
package depends

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/romanize"
)

// Side is what telling the direction of a link needs to know of a document.
type Side struct {
	Document   string
	Published  string   // RFC 3339 date or time, "" unknown
	Outlet     string   // key, see OutletKey
	Credited   []string // keys of those whose work the text says that it is
	Translates bool     // a credit says that it is a translation
}

// NewSide reads the credits of a document.
func NewSide(d *hearsay.Document) Side {
	s := Side{Document: d.ID, Published: d.Published, Outlet: OutletKey(d.Outlet)}
	for _, c := range d.Credits {
		switch c.Kind {
		case hearsay.CreditPhoto, hearsay.CreditInterview:
			continue
		case hearsay.CreditTranslation:
			s.Translates = true
		}
		if key := OutletKey(c.Name); key != "" && key != s.Outlet && !slices.Contains(s.Credited, key) {
			s.Credited = append(s.Credited, key)
		}
	}
	return s
}

// Credits reports whether a document names the outlet of another as where its text is from.
func (s *Side) Credits(o *Side) bool {
	return o.Outlet != "" && slices.Contains(s.Credited, o.Outlet)
}

// TranslationCredits reports whether a document says that it is a translation, of another's outlet or
// of one that it does not name.
func (s *Side) TranslationCredits(o *Side) bool {
	return s.Translates && (s.Credits(o) || len(s.Credited) == 0 || o.Outlet == "")
}

// Link joins two documents that share passages: pairs hold those of a as From and those of b as To. The one
// whose credit alone names the other depends on it, else the later one; without dates the direction is
// "unknown" and follows the ids.
func Link(kind hearsay.LinkKind, score float64, a, b *Side, credits func(s, o *Side) bool, pairs []hearsay.Evidence) hearsay.Link {
	from, to, by := direction(a, b, credits)
	l := hearsay.Link{From: from.Document, To: to.Document, Kind: kind, Score: score, DirectionBy: by}
	for _, e := range pairs {
		if from == b {
			e.From, e.To = e.To, e.From
		}
		l.Evidence = append(l.Evidence, e)
	}
	return l
}

func direction(a, b *Side, credits func(s, o *Side) bool) (from, to *Side, by string) {
	one, two := credits(a, b), credits(b, a)
	switch {
	case one && !two:
		return a, b, "credit"
	case two && !one:
		return b, a, "credit"
	case Before(a.Published, b.Published):
		return b, a, "date"
	case Before(b.Published, a.Published):
		return a, b, "date"
	case a.Document < b.Document:
		return b, a, "unknown"
	}
	return a, b, "unknown"
}

// Before reports whether a date or time lies before another, as far as both tell.
func Before(a, b string) bool {
	n := min(len(a), len(b))
	return n >= len("2006-01-02") && a[:n] < b[:n]
}

// OutletKey is the same for the spellings of one outlet: an agency's name, else its letters in Latin
// script without article, "www." and top-level domain.
func OutletKey(name string) string {
	f := strings.TrimPrefix(romanize.Fold(strings.TrimSpace(name)), "the ")
	if key, ok := agencies()[f]; ok {
		return key
	}
	for _, prefix := range []string{"www.", "http://", "https://"} {
		f = strings.TrimPrefix(f, prefix)
	}
	if host, _, ok := strings.Cut(f, "."); ok && !strings.Contains(f, " ") {
		f = host
	}
	return strings.ReplaceAll(romanize.Latin(f, ""), " ", "")
}

// IsAgency reports whether a name is a news agency's.
func IsAgency(name string) bool {
	_, ok := agencies()[OutletKey(name)]
	return ok
}

// agencies gives one key for all spellings of a news agency.
var agencies = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	text, err := data.Lexicon.ReadFile("lexicon/agencies.tsv")
	if err != nil {
		return m
	}
	for line := range bytes.Lines(text) {
		f := strings.Split(strings.TrimRight(string(line), "\r\n"), "\t")
		if len(f) < 2 || strings.HasPrefix(f[0], "#") {
			continue
		}
		key := romanize.Fold(f[0])
		m[key] = key
		for _, n := range strings.Split(f[1], "|") {
			if n != "-" {
				m[romanize.Fold(n)] = key
			}
		}
	}
	return m
})
