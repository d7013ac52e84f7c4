package ingest

import (
	"bytes"
	"io"
	"strings"

	"github.com/mmcdole/gofeed"
	"hearsay/internal/dates"
)

// feed reads a saved or fetched feed: RSS, Atom or JSON Feed. Each entry is a document: the full
// text where the feed holds it, else its summary.
func (w *walker) feed(s *source, in io.Reader) error {
	if s.size > w.opt.MaxBytes {
		w.pass(s.where(), w.tooLarge())
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(in, w.opt.MaxBytes+1))
	switch {
	case err != nil:
		w.pass(s.where(), failure(err))
		return nil
	case int64(len(b)) > w.opt.MaxBytes:
		w.pass(s.where(), w.tooLarge())
		return nil
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(feedBytes(b)))
	if err != nil {
		w.pass(s.where(), "a feed, but broken or cut off ("+oneLine(err.Error())+"); fetch it again")
		return nil
	}
	var docs []Raw
	for i, item := range feed.Items {
		r := s.raw(i + 1)
		if entry(&r, feed, item) {
			docs = append(docs, r)
			continue
		}
		w.pass(s.member(i+1), "an entry without text")
	}
	if len(docs) == 0 {
		w.pass(s.where(), "a feed without entries that hold text")
		return nil
	}
	if s.cut.err == nil {
		docs[len(docs)-1].Fetched = s.fetched
	}
	for _, r := range docs {
		if err := w.emit(r); err != nil {
			return err
		}
	}
	return nil
}

// feedBytes turns UTF-16 into UTF-8, and leaves the encodings to the parser that can be declared
// in the XML itself.
func feedBytes(b []byte) []byte {
	enc, size := byteOrderMark(b)
	if size == 0 {
		enc = wide(b)
	}
	if enc == nil || isUTF8(enc) {
		return b[size:]
	}
	text, _ := decodeWith(enc, b[size:], "")
	if strings.HasPrefix(text, "<?xml") { // whose encoding is no longer that of the bytes
		if end := strings.Index(text, "?>"); end >= 0 {
			text = text[end+2:]
		}
	}
	return []byte(text)
}

// entry fills r from an entry and reports whether there is text in it.
func entry(r *Raw, feed *gofeed.Feed, item *gofeed.Item) bool {
	body := item.Content
	if strings.TrimSpace(body) == "" {
		body = item.Description
		r.Notes = append(r.Notes, "the feed holds only a summary of this article")
	}
	if strings.TrimSpace(body) == "" {
		return false
	}
	r.Text, r.Kind = body, KindArticle
	if strings.Contains(body, "</") || strings.Contains(body, "/>") || strings.Contains(body, "<br>") || strings.Contains(body, "<p>") || entity(body) {
		r.Kind = KindHTML
	}
	r.SHA256 = hash([]byte(item.Title + "\n" + body))
	r.Meta = Meta{
		Title:     oneLine(item.Title),
		Outlet:    oneLine(feed.Title),
		Published: dates.Parse(item.Published),
		Updated:   dates.Parse(item.Updated),
		Language:  Language(feed.Language),
	}
	if dc := item.DublinCoreExt; dc != nil && r.Meta.Published == "" && len(dc.Date) > 0 {
		r.Meta.Published = dates.Parse(dc.Date[0])
	}
	for _, a := range item.Authors {
		if a != nil && oneLine(a.Name) != "" {
			r.Meta.Byline = append(r.Meta.Byline, oneLine(a.Name))
		}
	}
	if link := strings.TrimSpace(item.Link); IsURL(link) {
		r.URL, r.Meta.URL = link, link
	}
	return true
}

// entity reports whether text holds a character reference, which only markup needs.
func entity(s string) bool {
	amp := strings.IndexByte(s, '&')
	return amp >= 0 && strings.IndexByte(s[amp:min(len(s), amp+10)], ';') > 1
}
