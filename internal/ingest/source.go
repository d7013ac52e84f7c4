package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// source is one file, stream or response that is about to be read.
type source struct {
	path    string // in the form of Raw.Path; empty for an address
	url     string
	name    string // whose ending tells the format; empty where there is none to trust
	in      io.Reader
	size    int64  // in bytes where known, else 0
	named   bool   // read it even if its name says nothing
	charset string // as declared by the transport
	fetched *Fetched
	cut     *cut // remembers why the input ended early
}

// where names the source in messages.
func (s *source) where() string {
	if s.path == "" {
		return s.url
	}
	return s.path
}

// member is the path of the n-th document in the source, counted from 1.
func (s *source) member(n int) string { return fmt.Sprintf("%s#%d", s.where(), n) }

// raw begins a document of this source; n is 0 where the source is that document.
func (s *source) raw(n int) Raw {
	r := Raw{Path: s.path, URL: s.url}
	switch {
	case n > 0 && s.path != "":
		r.Path = s.member(n)
	case n > 0:
		r.URL = s.member(n)
	}
	return r
}

const peek = 64 << 10

// cut passes on what can be read and turns any failure into an end of input, remembered in err.
type cut struct {
	r   io.Reader
	n   int64
	err error
}

func (c *cut) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, io.EOF
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err, err = err, io.EOF
	}
	return n, err
}

// why words the reason of the cut; empty where the input ended where it should.
func (c *cut) why() string {
	var slow interface{ Timeout() bool }
	switch {
	case c.err == nil:
		return ""
	case errors.As(c.err, &slow) && slow.Timeout():
		return fmt.Sprintf("it took too long and broke off after %d bytes; try later", c.n)
	case errors.Is(c.err, io.ErrUnexpectedEOF):
		return fmt.Sprintf("cut off after %d bytes of content; what came before was read (fetch or copy the file again)", c.n)
	}
	return fmt.Sprintf("damaged after %d bytes of content (%v); what came before was read (fetch or copy the file again)", c.n, c.err)
}

// stream finds out what a source is and reads it.
func (w *walker) stream(s *source) error {
	s.cut = &cut{r: s.in}
	err := w.unpack(s, bufio.NewReaderSize(s.cut, peek))
	if why := s.cut.why(); why != "" && err == nil {
		w.pass(s.where(), why)
	}
	return err
}

// unpack removes compression.
func (w *walker) unpack(s *source, in *bufio.Reader) error {
	head, _ := in.Peek(len(zstdMagic))
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		gz, err := gzip.NewReader(in)
		if err != nil {
			w.pass(s.where(), "looks like gzip but is damaged at the beginning; fetch or copy the file again")
			return nil
		}
		return w.unpacked(s, gz)
	case bytes.HasPrefix(head, zstdMagic):
		z, err := newZstd(in)
		if err != nil {
			w.pass(s.where(), "looks like zstd but is damaged at the beginning; fetch or copy the file again")
			return nil
		}
		defer z.Close()
		return w.unpacked(s, z)
	}
	return w.dispatch(s, in)
}

// unpacked reads what was compressed. Where it breaks off, the source does.
func (w *walker) unpacked(s *source, in io.Reader) error {
	inner := *s
	inner.size = 0
	inner.cut = &cut{r: in}
	err := w.dispatch(&inner, bufio.NewReaderSize(inner.cut, peek))
	if s.cut.err == nil {
		s.cut.err, s.cut.n = inner.cut.err, inner.cut.n
	}
	return err
}

// The beginnings of compressed data (RFC 1952, RFC 8878).
var (
	gzipMagic = []byte{0x1f, 0x8b}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

// widestWindow is the most memory that zstd may ask for to look back into what it has unpacked; 8 MiB
// is what every decoder must grant (RFC 8878), the highest levels of compression ask for more.
const widestWindow = 32 << 20

func newZstd(in io.Reader) (*zstd.Decoder, error) {
	return zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(widestWindow))
}

// dispatch hands the source to the reader of its format.
func (w *walker) dispatch(s *source, in *bufio.Reader) error {
	head, _ := in.Peek(peek)
	if len(head) == 0 {
		if s.cut.err == nil {
			w.pass(s.where(), "it is empty")
		}
		return nil
	}
	if what := binary(head); what != "" && !bytes.HasPrefix(head, []byte("WARC/")) {
		w.pass(s.where(), what)
		return nil
	}
	format, why := s.format(plain(head))
	switch format {
	case "":
		w.pass(s.where(), why)
		return nil
	case KindText, KindHTML:
		return w.document(s, in, format)
	case formatFeed:
		return w.feed(s, in)
	case formatWARC:
		return w.warc(s, in)
	}
	lines := bufio.NewReaderSize(utf8Reader(head, in), peek)
	switch format {
	case KindRecords:
		r := s.raw(0)
		r.Kind, r.Records = KindRecords, lines
		return w.emit(r)
	case formatLines:
		return w.lines(s, lines)
	}
	return w.values(s, lines)
}

// plain is the head of a file as far as telling formats needs it: ASCII, without a byte order mark.
func plain(head []byte) []byte {
	enc, size := byteOrderMark(head)
	if size == 0 {
		enc = wide(head)
	}
	if enc == nil || isUTF8(enc) {
		return head[size:]
	}
	units := make([]uint16, 0, len(head)/2)
	little := size == 2 && head[0] == 0xFF || size == 0 && head[1] == 0
	for i := size; i+1 < len(head); i += 2 {
		a, b := uint16(head[i]), uint16(head[i+1])
		if little {
			a, b = b, a
		}
		units = append(units, a<<8|b)
	}
	return []byte(string(utf16.Decode(units)))
}

// utf8Reader removes a byte order mark and decodes UTF-16 while reading.
func utf8Reader(head []byte, in io.Reader) io.Reader {
	enc, size := byteOrderMark(head)
	if size == 0 {
		enc = wide(head)
	}
	if size > 0 {
		io.CopyN(io.Discard, in, int64(size))
	}
	if enc == nil || isUTF8(enc) {
		return in
	}
	return transform.NewReader(in, encoding.Encoding(enc).NewDecoder())
}

var (
	feedRoot = regexp.MustCompile(`(?i)<(rss|feed|rdf:RDF)[\s>]`)
	htmlRoot = regexp.MustCompile(`(?i)<(!doctype html|html|head|body|title|article|div|p|h1)[\s>]`)
	xmlStart = regexp.MustCompile(`^\s*<(\?xml|[a-zA-Z!])`)
	records  = regexp.MustCompile(`^\s*\{\s*"run"\s*:\s*\{`)
	object   = regexp.MustCompile(`^\s*\{\s*"`)
	list     = regexp.MustCompile(`^\s*\[\s*\{`)
)

// format tells how to read a source from its name and its first bytes; where it is not to be
// read, the second result says why.
func (s *source) format(head []byte) (format, why string) {
	switch {
	case bytes.HasPrefix(head, []byte("WARC/")):
		return formatWARC, ""
	case records.Match(head):
		return KindRecords, ""
	}
	format = formatOf(s.name)
	switch {
	case format == formatJSON, format == "" && s.named && (object.Match(head) || list.Match(head)):
		return jsonFormat(head), ""
	case format == formatFeed, format == "" && s.named && xmlStart.Match(head):
		return markupFormat(head, s.named && format == "")
	case format == formatWARC:
		return "", "called a WARC file but does not begin with a WARC record; fetch it again"
	case format != "":
		return format, ""
	case s.named:
		return KindText, ""
	}
	return "", "not a kind of file that Hearsay reads; name it on the command line to read it as text"
}

// jsonFormat tells JSON Lines from a single JSON value and from a JSON Feed.
func jsonFormat(head []byte) string {
	if bytes.Contains(head, []byte("jsonfeed.org/version/")) {
		return formatFeed
	}
	head = bytes.TrimSpace(head)
	if !object.Match(head) {
		return formatJSON
	}
	line, _, whole := bytes.Cut(head, []byte("\n"))
	if !whole || json.Valid(line) {
		return formatLines
	}
	return formatJSON
}

func markupFormat(head []byte, textToo bool) (format, why string) {
	feed, page := feedRoot.FindIndex(head), htmlRoot.FindIndex(head)
	switch {
	case feed != nil && (page == nil || feed[0] < page[0]), object.Match(head):
		return formatFeed, ""
	case page != nil:
		return KindHTML, ""
	case textToo:
		return KindText, ""
	}
	return "", "XML, but neither a feed (RSS, Atom) nor a page; convert it to text or JSON Lines"
}

// magics are the beginnings of files that hold no text, and what to tell of them.
var magics = []struct{ start, what string }{
	{"%PDF-", "a PDF; save its text as .txt first"},
	{"PK\x03\x04", "a zip archive or office document; unpack it or save it as text first"},
	{"\xD0\xCF\x11\xE0", "an old office document; save it as text first"},
	{"{\\rtf", "an RTF document; save it as text first"},
	{"SQLite format 3\x00", "a database, perhaps a dossier; open it with hearsay show or hearsay serve"},
	{"\x89PNG", "an image"},
	{"\xFF\xD8\xFF", "an image"},
	{"GIF8", "an image"},
	{"II*\x00", "an image"},
	{"MM\x00*", "an image"},
	{"\x00\x00\x00\x1cftyp", "a video"},
	{"\x00\x00\x00\x20ftyp", "a video"},
	{"ID3", "a sound recording"},
	{"OggS", "a sound recording or video"},
	{"\x7FELF", "a program"},
	{"MZ\x90", "a program"},
	{"7z\xBC\xAF", "a 7z archive; unpack it first"},
	{"Rar!", "a rar archive; unpack it first"},
	{"BZh", "compressed with bzip2; unpack it first"},
	{"\xFD7zXZ", "compressed with xz; unpack it first"},
}

// binary says what a file without text is; empty for text.
func binary(head []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.start)) {
			return m.what
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("RIFF")) && len(head) > 12 && head[8] < 0x80 && bytes.IndexByte(head[:min(len(head), 64)], 0) >= 0:
		return "an image or a recording"
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return "a tar archive; unpack it first"
	case bytes.IndexByte(head, 0) < 0:
		return ""
	}
	if _, size := byteOrderMark(head); size == 2 || wide(head) != nil {
		return ""
	}
	return "not text (it holds zero bytes); convert it to UTF-8 text first"
}

// document reads a source that is a single document.
func (w *walker) document(s *source, in io.Reader, kind string) error {
	if s.size > w.opt.MaxBytes {
		w.pass(s.where(), w.tooLarge())
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(in, w.opt.MaxBytes+1))
	if err != nil {
		w.pass(s.where(), failure(err))
		return nil
	}
	if int64(len(b)) > w.opt.MaxBytes {
		w.pass(s.where(), w.tooLarge())
		return nil
	}
	r := s.raw(0)
	r.Kind, r.SHA256 = kind, hash(b)
	text, note := Decode(b, s.charset, kind == KindHTML)
	r.Text, r.Notes = text, notes(note)
	r.Meta.URL = s.url
	if s.cut.err == nil {
		r.Fetched = s.fetched
	} else {
		r.Notes = append(r.Notes, "cut off in the source; this is what came before the cut")
	}
	switch {
	case strings.TrimSpace(r.Text) == "":
		w.pass(s.where(), "it holds no text, only white space")
	case strings.Trim(r.Text, "\uFFFD \t\r\n\v\f\u00a0") == "":
		w.pass(s.where(), "none of its bytes can be read as text; save it anew as UTF-8")
	default:
		return w.emit(r)
	}
	return nil
}

func (w *walker) tooLarge() string {
	return fmt.Sprintf("larger than %s, the limit for one document; split it into articles or raise the limit", size(w.opt.MaxBytes))
}

// size words a number of bytes.
func size(n int64) string {
	for _, u := range []struct {
		unit string
		n    int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if n >= u.n {
			return fmt.Sprintf("%d %s", n/u.n, u.unit)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
