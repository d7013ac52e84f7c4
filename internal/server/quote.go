package server

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/store"
)

// around is how many runes of prefix and suffix a permanent link carries.
const around = 32

// quoteLink is a link to a passage that survives re-reading: the words themselves with what stands
// before and after them (W3C Web Annotation, TextQuoteSelector), and where the text was found.
func quoteLink(doc *hearsay.Document, s hearsay.Span) string {
	q := url.Values{}
	q.Set("in", doc.Address())
	q.Set("exact", s.In(doc.Text))
	q.Set("prefix", lastRunes(doc.Text[:s.Start], around))
	q.Set("suffix", firstRunes(doc.Text[s.End:], around))
	return "/quote?" + q.Encode()
}

func lastRunes(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

func firstRunes(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[:i]
}

// target is a passage that a permanent link asks for.
type target struct {
	Exact string
	Spans []hearsay.Span // every place that matches: the standard lets none of them win
	Older string         // id of the older version in which it still stands, where the current one lost it
}

// find gives every place at which the words stand between their prefix and suffix.
func find(text, prefix, exact, suffix string) []hearsay.Span {
	if exact == "" {
		return nil
	}
	var out []hearsay.Span
	whole := prefix + exact + suffix
	for at := 0; ; {
		i := strings.Index(text[at:], whole)
		if i < 0 {
			return out
		}
		start := at + i + len(prefix)
		out = append(out, hearsay.Span{Start: start, End: start + len(exact)})
		at = start + 1
		for at < len(text) && !utf8.RuneStart(text[at]) {
			at++
		}
	}
}

// anchor finds the words with what stood on both sides of them or, where the text around them was
// changed, on one side.
func anchor(text, prefix, exact, suffix string) []hearsay.Span {
	for _, sides := range [][2]string{{prefix, suffix}, {prefix, ""}, {"", suffix}} {
		if sides[0]+sides[1] == "" && prefix+suffix != "" {
			continue
		}
		if spans := find(text, sides[0], exact, sides[1]); len(spans) > 0 {
			return spans
		}
	}
	return nil
}

// quote follows a permanent link into the newest version of a text. A passage that is gone is said to
// be gone: a look-alike would be worse.
func (s *Server) quote(r *http.Request) (*view, error) {
	q := r.URL.Query()
	versions, err := s.st.VersionsAt(q.Get("in"))
	if err != nil {
		return nil, err
	}
	if len(versions) == 0 || q.Get("exact") == "" {
		return nil, store.ErrNotFound
	}
	for i, v := range versions {
		a, err := s.st.Analysis(v.ID)
		if err != nil {
			return nil, err
		}
		spans := anchor(a.Document.Text, q.Get("prefix"), q.Get("exact"), q.Get("suffix"))
		if len(spans) == 0 {
			continue
		}
		t := &target{Exact: q.Get("exact"), Spans: spans}
		if i > 0 {
			t.Older = v.ID
		}
		return s.documentView(r, v.ID, t)
	}
	return nil, refuse("These words do not stand in %s any more, nor in an older version of it: “%s”", q.Get("in"), cut(200, q.Get("exact")))
}
