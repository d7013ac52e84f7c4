package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"

	"hearsay/internal/dates"
)

// The names under which article extractors write what is needed, the first that is filled wins:
// news-please (maintext, date_publish, source_domain), fundus (plaintext, body, publishing_date),
// trafilatura (text, source, source-hostname) and their relatives.
var (
	textFields      = []string{"maintext", "plaintext", "body", "text", "article_text", "articleBody", "content_text", "content", "article", "raw_text"}
	htmlFields      = []string{"html", "raw_html", "content_html", "page_html"}
	titleFields     = []string{"title", "headline", "title_page", "title_rss"}
	bylineFields    = []string{"authors", "author", "byline", "creator"}
	publishedFields = []string{"date_publish", "publishing_date", "date_published", "datePublished", "published", "published_at", "publish_date", "pubDate", "date"}
	updatedFields   = []string{"date_modify", "date_modified", "dateModified", "updated", "modified", "updated_at"}
	outletFields    = []string{"source-hostname", "sitename", "site_name", "publisher", "outlet", "source_name", "source_domain", "hostname", "domain", "source"}
	urlFields       = []string{"url", "link", "canonical_url", "requested_url", "source", "uri"}
	languageFields  = []string{"language", "lang"}
)

// lines reads JSON Lines: one article a line. A line that is no article is skipped by its number.
func (w *walker) lines(s *source, in *bufio.Reader) error {
	for n := 1; ; n++ {
		line, err := readLine(in, w.opt.MaxBytes)
		at := fmt.Sprintf("%s:%d", s.where(), n)
		switch {
		case errors.Is(err, errLong):
			w.pass(at, w.tooLarge())
			continue
		case err != nil && err != io.EOF:
			w.pass(at, failure(err))
			return nil
		}
		if err == io.EOF && s.cut.err != nil {
			return nil // the cut is reported once, by name of the file
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := w.article(s, n, at, line); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

var errLong = errors.New("line too long")

// readLine reads up to and with the next line feed. A line longer than limit is read to its end,
// not kept, and reported as errLong.
func readLine(in *bufio.Reader, limit int64) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if long = long || int64(len(line)+len(part)) > limit; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case long && (err == nil || err == io.EOF && len(part) == 0):
			return nil, errLong
		case long && err == io.EOF:
			return nil, errLong // the next read finds the end again
		}
		return line, err
	}
}

// values reads JSON that is not in lines: one article, several one after the other, or a list.
func (w *walker) values(s *source, in *bufio.Reader) error {
	budget := &budget{r: in, left: w.opt.MaxBytes, limit: w.opt.MaxBytes}
	dec := json.NewDecoder(budget)
	inList := false
	if first, _ := in.Peek(512); list.Match(first) {
		inList = true
		dec.Token()
	}
	for n := 1; ; n++ {
		if inList && !dec.More() {
			return nil
		}
		budget.left = budget.limit
		var v json.RawMessage
		err := dec.Decode(&v)
		switch {
		case err == io.EOF, err != nil && s.cut.err != nil:
			return nil
		case errors.Is(err, errLong):
			w.pass(s.member(n), w.tooLarge())
			return nil
		case err != nil:
			w.pass(s.member(n), "not valid JSON ("+err.Error()+"); the rest of the file was not read, mend it or write one article a line")
			return nil
		}
		if err := w.article(s, n, s.member(n), v); err != nil {
			return err
		}
	}
}

// budget fails once more than its limit was read since it was last filled up.
type budget struct {
	r           io.Reader
	left, limit int64
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errLong
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

// article hands out one JSON object. at names it in messages.
func (w *walker) article(s *source, n int, at string, b []byte) error {
	text, note := Decode(b, "", false)
	var f fields
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		w.pass(at, "not a valid JSON object ("+err.Error()+"); mend or remove it")
		return nil
	}
	r := s.raw(n)
	r.SHA256, r.Notes = hash(b), notes(note)
	r.Meta = f.meta()
	if r.Meta.URL != "" {
		r.URL = r.Meta.URL
	}
	r.Kind, r.Text = KindArticle, f.text()
	if page := f.first(htmlFields); r.Text == "" && page != "" {
		r.Kind, r.Text = KindHTML, page
	}
	if markup.MatchString(r.Text) && strings.Count(r.Text, "</") > 1 {
		r.Kind = KindHTML
	}
	if strings.TrimSpace(r.Text) == "" {
		w.pass(at, "no text in this article (looked for the fields maintext, plaintext, body, text, content, html)")
		return nil
	}
	return w.emit(r)
}

var markup = regexp.MustCompile(`(?i)</(p|div|br|h[1-6]|li|a|b|i|em|strong|span|body|html)>`)

// fields are the members of an article's object.
type fields map[string]json.RawMessage

// first returns the first of the named fields that holds a string which says something.
func (f fields) first(names []string) string {
	for _, name := range names {
		if s := str(f[name]); s != "" {
			return s
		}
	}
	return ""
}

// str reads a string or a number; "None" and "null" are what Python's str() makes of nothing.
func str(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil {
		switch strings.TrimSpace(s) {
		case "", "None", "null", "NaN", "nan":
			return ""
		}
		return s
	}
	var number json.Number
	if json.Unmarshal(v, &number) == nil {
		return number.String()
	}
	var o struct{ Name string } // schema.org writes {"@type": "Organization", "name": …}
	if json.Unmarshal(v, &o) == nil {
		return strings.TrimSpace(o.Name)
	}
	return ""
}

func (f fields) text() string {
	for _, name := range textFields {
		if s := sections(f[name]); s != "" {
			return s
		}
		if s := str(f[name]); s != "" {
			return s
		}
	}
	return ""
}

// sections joins a body that fundus wrote as an object: summary, then headline and paragraphs
// of each section, with a blank line between.
func sections(v json.RawMessage) string {
	var body struct {
		Summary  many
		Sections []struct{ Headline, Paragraphs many }
	}
	if len(v) == 0 || v[0] != '{' || json.Unmarshal(v, &body) != nil {
		return ""
	}
	parts := body.Summary
	for _, s := range body.Sections {
		parts = append(parts, s.Headline...)
		parts = append(parts, s.Paragraphs...)
	}
	return strings.Join(parts, "\n\n")
}

// many is a list of strings, or one string in place of a list.
type many []string

func (m *many) UnmarshalJSON(b []byte) error {
	var list []json.RawMessage
	if json.Unmarshal(b, &list) != nil {
		list = []json.RawMessage{b}
	}
	for _, v := range list {
		if s := strings.TrimSpace(str(v)); s != "" {
			*m = append(*m, s)
		}
	}
	return nil
}

func (f fields) meta() Meta {
	m := Meta{
		Title:     oneLine(f.first(titleFields)),
		Byline:    f.byline(),
		Published: firstDate(f, publishedFields),
		Updated:   firstDate(f, updatedFields),
		Language:  Language(f.first(languageFields)),
	}
	for _, name := range urlFields {
		if s := strings.TrimSpace(str(f[name])); m.URL == "" && IsURL(s) {
			m.URL = s
		}
	}
	var page struct { // fundus keeps the address with the page
		Requested string `json:"requested_url"`
		Responded string `json:"responded_url"`
	}
	if m.URL == "" && json.Unmarshal(f["html"], &page) == nil {
		m.URL = page.Requested
		if IsURL(page.Responded) {
			m.URL = page.Responded
		}
	}
	for _, name := range outletFields {
		if s := oneLine(str(f[name])); m.Outlet == "" && !IsURL(s) {
			m.Outlet = s
		}
	}
	if m.Outlet == "" {
		m.Outlet = host(m.URL)
	}
	return m
}

func firstDate(f fields, names []string) string {
	for _, name := range names {
		if d := dates.Parse(str(f[name])); d != "" {
			return d
		}
	}
	return ""
}

// byline reads a list of names, or one string with names between semicolons.
func (f fields) byline() []string {
	for _, name := range bylineFields {
		var names many
		if len(f[name]) == 0 || names.UnmarshalJSON(f[name]) != nil {
			continue
		}
		if len(names) == 1 && f[name][0] != '[' {
			names = strings.Split(names[0], ";")
		}
		var out []string
		for _, n := range names {
			if n = oneLine(n); n != "" {
				out = append(out, n)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// host is the name of the site at an address, without "www."; empty where there is none.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

var languageTag = regexp.MustCompile(`^[a-zA-Z]{2}(?:[-_].*)?$`)

// Language cuts a language tag ("uk-UA") down to ISO 639-1 ("uk"); empty where it is none.
func Language(tag string) string {
	if tag = strings.TrimSpace(tag); !languageTag.MatchString(tag) {
		return ""
	}
	return strings.ToLower(tag[:2])
}
