package ingest

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"
	"unicode"

	"github.com/andybalholm/brotli"
)

// warc reads a web archive (ISO 28500), as Common Crawl News publishes them: responses that are
// pages, and the plain text of WET files. Other records are counted and named in one line.
func (w *walker) warc(s *source, in *bufio.Reader) error {
	others := 0
	for n := 1; ; n++ {
		rec, err := nextRecord(in)
		switch {
		case err == io.EOF:
			w.others(s, others)
			return nil
		case err != nil && s.cut.err != nil:
			w.others(s, others)
			return nil // the cut is reported once, by name of the file
		case err != nil:
			w.pass(s.member(n), err.Error()+"; the rest of the archive was not read, fetch it again")
			w.others(s, others)
			return nil
		}
		page, err := w.record(s, n, rec)
		if err != nil {
			return err
		}
		if !page {
			others++
		}
		if err := rec.discard(); err != nil {
			if s.cut.err == nil {
				w.pass(s.member(n), "the archive ends within this record; fetch it again")
			}
			w.others(s, others)
			return nil
		}
	}
}

func (w *walker) others(s *source, n int) {
	if n > 0 {
		w.pass(s.where(), fmt.Sprintf("%d of its records are not pages (requests, redirects, images, notes); nothing to do", n))
	}
}

// record is one WARC record; its block is read from body.
type record struct {
	header textproto.MIMEHeader
	body   *io.LimitedReader
}

func (r *record) discard() error {
	_, err := io.Copy(io.Discard, r.body)
	if err == nil && r.body.N > 0 {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// maxHeader bounds the header of a record or response.
const maxHeader = 1 << 20

// nextRecord reads a record's header. io.EOF means that the archive ends where a record could begin.
func nextRecord(in *bufio.Reader) (*record, error) {
	version := ""
	for version == "" {
		line, err := readLine(in, maxHeader)
		version = strings.TrimSpace(string(line))
		if err != nil && version == "" {
			return nil, err
		}
	}
	if !strings.HasPrefix(version, "WARC/") {
		return nil, errors.New("no WARC record where one should begin")
	}
	header, err := readHeader(in)
	if err != nil {
		return nil, err
	}
	length, err := strconv.ParseInt(strings.TrimSpace(header.Get("Content-Length")), 10, 64)
	if err != nil || length < 0 {
		return nil, errors.New("a WARC record without its length")
	}
	return &record{header: header, body: &io.LimitedReader{R: in, N: length}}, nil
}

// readHeader reads "Name: value" lines up to an empty line. Lines of other forms are passed over.
func readHeader(in *bufio.Reader) (textproto.MIMEHeader, error) {
	h := textproto.MIMEHeader{}
	for total := 0; ; {
		line, err := readLine(in, maxHeader)
		if err != nil {
			return nil, fmt.Errorf("a header that does not end")
		}
		if total += len(line); total > maxHeader {
			return nil, errors.New("a header without end")
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			return h, nil
		}
		if name, value, ok := strings.Cut(text, ":"); ok {
			h.Add(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
}

// record hands out one record if it is a page, and reports whether it was.
func (w *walker) record(s *source, n int, rec *record) (bool, error) {
	kind := strings.ToLower(rec.header.Get("WARC-Type"))
	if kind != "response" && kind != "resource" && kind != "conversion" {
		return false, nil
	}
	if rec.body.N > w.opt.MaxBytes+maxHeader {
		w.pass(s.member(n), w.tooLarge())
		return true, nil
	}
	block := bufio.NewReader(rec.body)
	header := rec.header
	if kind == "response" {
		status, h, err := responseHeader(block)
		if err != nil || status != "200" {
			return false, nil
		}
		header = h
	}
	format, charset := mediaFormat(header.Get("Content-Type"))
	if format != KindText && format != KindHTML {
		return false, nil
	}
	body, damage, why := w.payload(block, header)
	if why == "" && rec.body.N > 0 {
		why = "cut off"
	}
	if why != "" {
		if s.cut.err == nil {
			w.pass(s.member(n), why)
		}
		return true, nil
	}
	r := s.raw(n)
	r.URL = strings.Trim(rec.header.Get("WARC-Target-URI"), "<>")
	r.Meta.URL, r.Kind, r.SHA256 = r.URL, format, hash(body)
	text, note := Decode(body, charset, format == KindHTML)
	r.Text, r.Notes = text, notes(note, damage)
	if strings.TrimSpace(text) == "" {
		return false, nil
	}
	return true, w.emit(r)
}

// responseHeader reads the status line and header of an archived HTTP response.
func responseHeader(in *bufio.Reader) (status string, h textproto.MIMEHeader, err error) {
	line, err := readLine(in, maxHeader)
	if err != nil {
		return "", nil, err
	}
	part := strings.Fields(string(line))
	if len(part) < 2 || !strings.HasPrefix(part[0], "HTTP/") {
		return "", nil, errors.New("not an HTTP response")
	}
	h, err = readHeader(in)
	return part[1], h, err
}

// mediaFormat tells from a Content-Type how a body is read; empty for what is no document.
func mediaFormat(contentType string) (format, charset string) {
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(contentType, ";")
		media = strings.ToLower(strings.TrimSpace(media))
	}
	charset = params["charset"]
	switch {
	case media == "text/html", media == "application/xhtml+xml":
		return KindHTML, charset
	case media == "text/plain", media == "text/markdown":
		return KindText, charset
	case strings.HasSuffix(media, "+xml"), media == "text/xml", media == "application/xml", media == "application/feed+json":
		return formatFeed, charset
	case strings.HasSuffix(media, "json"), media == "application/x-ndjson", media == "application/jsonl", media == "application/json-seq":
		return formatJSON, charset
	case media == "application/warc":
		return formatWARC, charset
	}
	return "", charset
}

// payload reads a response's body without its transfer and content encodings. Archives that were
// written after decoding often keep the old headers, so the bytes decide, not the header alone.
func (w *walker) payload(in io.Reader, h textproto.MIMEHeader) (body []byte, note, why string) {
	body, err := io.ReadAll(io.LimitReader(in, w.opt.MaxBytes+maxHeader))
	if err != nil {
		return nil, "", failure(err)
	}
	if strings.EqualFold(h.Get("Transfer-Encoding"), "chunked") {
		body = dechunk(body)
	}
	body, note, why = w.decoded(body, strings.ToLower(strings.TrimSpace(h.Get("Content-Encoding"))))
	switch {
	case why != "":
		return nil, "", why
	case int64(len(body)) > w.opt.MaxBytes:
		return nil, "", w.tooLarge()
	case binary(body[:min(len(body), peek)]) != "":
		return nil, "", "not text, or compressed in a way that is not read (" + h.Get("Content-Encoding") + "); convert it to text"
	}
	return body, note, ""
}

// decoded undoes the content encoding that bytes and header agree on. Brotli has no signature: a body
// that is no brotli stream is taken for one that was decoded before it was archived.
func (w *walker) decoded(body []byte, encoding string) (out []byte, note, why string) {
	in := bytes.NewReader(body)
	switch {
	case bytes.HasPrefix(body, gzipMagic):
		return w.inflate(gzip.NewReader(in))
	case bytes.HasPrefix(body, zstdMagic):
		z, err := newZstd(in)
		if err == nil {
			defer z.Close()
		}
		return w.inflate(z, err)
	case encoding == "br":
		out, note, why := w.inflate(brotli.NewReader(in), nil)
		if why != "" && bytes.IndexFunc(body[:min(len(body), peek)], func(r rune) bool { return r < ' ' && !unicode.IsSpace(r) }) < 0 {
			return body, "", ""
		}
		return out, note, why
	case encoding == "deflate" && len(body) > 0 && body[0] == 0x78:
		return w.inflate(zlib.NewReader(in))
	case encoding == "deflate" && binary(body) != "":
		return w.inflate(flate.NewReader(in), nil)
	}
	return body, "", ""
}

// dechunk undoes chunked transfer; a body that is not in chunks, or cut off within them, comes
// back as far as it can be read.
func dechunk(b []byte) []byte {
	size, _, ok := bytes.Cut(b[:min(len(b), 64)], []byte("\n"))
	if !ok {
		return b
	}
	size, _, _ = bytes.Cut(bytes.TrimSpace(size), []byte(";"))
	if _, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 32); err != nil {
		return b
	}
	out, _ := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(b)))
	return out
}

// inflate reads what was compressed, as far as it can be read; the note says that there was more.
func (w *walker) inflate(r io.Reader, err error) (body []byte, note, why string) {
	if err == nil {
		body, err = io.ReadAll(io.LimitReader(r, w.opt.MaxBytes+1))
	}
	switch {
	case err != nil && len(body) == 0:
		return nil, "", "its compression is damaged; fetch it again"
	case err != nil:
		return body, "its compression is damaged; this is what came before the damage", ""
	}
	return body, "", ""
}
