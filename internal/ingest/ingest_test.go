package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"
)

// haul is what a Walk brought in: documents as "path kind: text", skips as "path: why".
type haul struct {
	raws  []Raw
	docs  []string
	skips []string
	err   error
}

func walk(opt Options, args ...string) haul {
	var h haul
	h.err = Walk(context.Background(), args, opt, func(r Raw) error {
		if r.Records != nil {
			b, _ := io.ReadAll(r.Records)
			r.Text = string(b)
		}
		h.raws = append(h.raws, r)
		h.docs = append(h.docs, fmt.Sprintf("%s %s: %s", r.Path, r.Kind, strings.TrimSpace(r.Text)))
		return nil
	}, func(s Skip) { h.skips = append(h.skips, s.Path+": "+s.Why) })
	return h
}

// tree writes files into a new folder and goes there.
func tree(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// expect compares documents exactly and skips by how they begin.
func expect(t *testing.T, h haul, docs, skips []string) {
	t.Helper()
	if h.err != nil {
		t.Error(h.err)
	}
	if diff := cmp.Diff(docs, h.docs); diff != "" {
		t.Errorf("documents: %s", diff)
	}
	if len(skips) != len(h.skips) {
		t.Errorf("%d skips, want %d: %q", len(h.skips), len(skips), h.skips)
		return
	}
	for i := range skips {
		if !strings.Contains(h.skips[i], skips[i]) {
			t.Errorf("skip %q, want %q", h.skips[i], skips[i])
		}
	}
}

func zipped(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

// A folder is read in the order of names, hidden things left alone, and everything that is no
// text named with what to do.
func TestFolder(t *testing.T) {
	tree(t, map[string]string{
		"f/b.txt":        "Second.",
		"f/a.md":         "# First\n\n*kept* as it is",
		"f/a/deep.html":  "<p>Third",
		"f/c.txt.gz":     zipped("Packed."),
		"f/.hidden.txt":  "no",
		"f/.git/x.txt":   "no",
		"f/empty.txt":    "",
		"f/blank.txt":    " \n\t",
		"f/photo.jpg":    "\xFF\xD8\xFF\xE0\x00\x10JFIF",
		"f/report.pdf":   "%PDF-1.7",
		"f/old.txt":      "word\x00\x01\x02word and more words",
		"f/style.css":    "p { color: red }",
		"f/dossier.db":   "SQLite format 3\x00rest",
		"f/letter.docx":  "PK\x03\x04rest",
		"f/settings.xml": "<?xml version='1.0'?><settings/>",
	})
	if err := os.Symlink("..", "f/loop"); err != nil {
		t.Fatal(err)
	}
	os.Symlink("nowhere.txt", "f/dangling.txt")
	expect(t, walk(Options{}, "./f/"), []string{
		"f/a/deep.html html: <p>Third",
		"f/a.md text: # First\n\n*kept* as it is",
		"f/b.txt text: Second.",
		"f/c.txt.gz text: Packed.",
	}, []string{
		"f/blank.txt: it holds no text", "f/dangling.txt: no such file", "f/dossier.db: a database", "f/empty.txt: the file is empty",
		"f/letter.docx: a zip archive or office document", "f/loop/f: a link to a folder that was read already",
		"f/old.txt: not text (it holds zero bytes)", "f/photo.jpg: an image", "f/report.pdf: a PDF",
		"f/settings.xml: XML, but neither a feed", "f/style.css: not a kind of file",
	})
}

func TestArguments(t *testing.T) {
	tree(t, map[string]string{"notes": "Plain words.", "empty/x.css": "p{}", "none/.keep": ""})
	h := walk(Options{}, "notes", "missing.txt", "none", "empty")
	expect(t, h, []string{"notes text: Plain words."}, []string{
		"missing.txt: no such file", "none: no articles in this folder", "empty/x.css: not a kind of file", "empty: no articles in this folder",
	})
	if os.Geteuid() != 0 {
		os.Chmod("notes", 0)
		expect(t, walk(Options{}, "notes"), nil, []string{"notes: no permission"})
	}
}

// Standard input is told apart by how it begins.
func TestStdin(t *testing.T) {
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(`{"text":"Мова"}` + "\n")
	for _, c := range []struct {
		why, in string
		docs    []string
		skips   []string
	}{
		{"text", "Just words.", []string{"- text: Just words."}, nil},
		{"text that begins with a bracket", "[Photo] Words.", []string{"- text: [Photo] Words."}, nil},
		{"a page", "<!DOCTYPE html><p>Words", []string{"- html: <!DOCTYPE html><p>Words"}, nil},
		{"JSON Lines", "{\"text\":\"One\"}\n{\"text\":\"Two\"}", []string{"-#1 article: One", "-#2 article: Two"}, nil},
		{"JSON Lines in UTF-16", utf16, []string{"-#1 article: Мова"}, nil},
		{"JSON over several lines", "{\n \"text\":\n \"One\"}\n{\"text\":\"Two\"}", []string{"-#1 article: One", "-#2 article: Two"}, nil},
		{"a list of articles", `[{"text":"One"}, {"text":"Two"}]`, []string{"-#1 article: One", "-#2 article: Two"}, nil},
		{"a list that breaks off", `[{"text":"One"}, {"text":`, []string{"-#1 article: One"}, []string{"-#2: not valid JSON"}},
		{"a record stream to replay", "{\"run\":{\"format\":1}}\n{\"document\":{}}", []string{"- records: {\"run\":{\"format\":1}}\n{\"document\":{}}"}, nil},
		{"the same, packed", zipped("{\"run\":{\"format\":1}}\n"), []string{"- records: {\"run\":{\"format\":1}}"}, nil},
		{"nothing", "", nil, []string{"-: it is empty"}},
		{"a packed nothing", zipped(""), nil, []string{"-: it is empty"}},
		{"a broken gzip header", "\x1f\x8b\x00\x00", nil, []string{"-: looks like gzip"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			expect(t, walk(Options{Stdin: strings.NewReader(c.in)}, "-"), c.docs, c.skips)
		})
	}
}

// What three extractors write, with one line that is broken, one without text and one too long.
func TestJSONLines(t *testing.T) {
	tree(t, map[string]string{"a.jsonl": "\uFEFF" + strings.Join([]string{
		`{"authors": ["Ilka Roos", "Jan Brandt"], "date_publish": "2025-11-20 10:00:00", "date_modify": "None", "maintext": "From news-please.", "source_domain": "harbour.example", "title": "A", "title_page": null, "url": "https://harbour.example/a", "language": "en"}`,
		`{"title": "B", "authors": [], "plaintext": null, "body": {"summary": ["Sum."], "sections": [{"headline": ["Head"], "paragraphs": ["One.", "Two."]}]}, "publishing_date": "2025-11-20 10:00:00+01:00", "lang": "de", "html": {"requested_url": "https://b.example/x"}}`,
		``,
		`{"title": "C", "author": "Ilka Roos; Jan Brandt", "hostname": "c.example", "date": "2025-11-20", "source": "https://c.example/x", "source-hostname": "The C", "text": "From trafilatura.", "language": "uk-UA"}`,
		`{"title": "D", "text": "  "}`,
		`{"text": "` + strings.Repeat("long ", 400) + `"}`,
		`{"title": "broken`,
		`[1, 2]`,
		`{"headline": "E", "content": "<p>From a page.</p><p>It is markup.</p>", "author": {"name": "Ilka Roos"}, "publisher": {"name": "Wire"}}`,
		`{"text": "The last, without a line feed.", "date": null}`,
	}, "\n")})
	h := walk(Options{MaxBytes: 1000}, "a.jsonl")
	expect(t, h, []string{
		"a.jsonl#1 article: From news-please.",
		"a.jsonl#2 article: Sum.\n\nHead\n\nOne.\n\nTwo.",
		"a.jsonl#4 article: From trafilatura.",
		"a.jsonl#9 html: <p>From a page.</p><p>It is markup.</p>",
		"a.jsonl#10 article: The last, without a line feed.",
	}, []string{
		"a.jsonl:5: no text in this article", "a.jsonl:6: larger than", "a.jsonl:7: not a valid JSON object", "a.jsonl:8: not a valid JSON object",
	})
	want := []Meta{
		{"A", []string{"Ilka Roos", "Jan Brandt"}, "harbour.example", "2025-11-20", "", "en", "https://harbour.example/a"},
		{"B", nil, "b.example", "2025-11-20T10:00:00+01:00", "", "de", "https://b.example/x"},
		{"C", []string{"Ilka Roos", "Jan Brandt"}, "The C", "2025-11-20", "", "uk", "https://c.example/x"},
		{"E", []string{"Ilka Roos"}, "Wire", "", "", "", ""},
		{},
	}
	for i, r := range h.raws {
		if diff := cmp.Diff(want[i], r.Meta); diff != "" {
			t.Errorf("%s: %s", r.Path, diff)
		}
	}
}

const rss = `<?xml version="1.0" encoding="windows-1251"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title><language>uk-UA</language>
<item><title>` + "\xcc\xb3\xf1\xf2" + `</title><link>https://harbour.example/a</link><pubDate>` + "\xd7\xf2, 20 \xcb\xe8\xf1 2025 12:00:00 +0200" + `</pubDate><dc:creator>Ilka Roos</dc:creator><description>Short.</description><content:encoded><![CDATA[<p>` + "\xcc\xb3\xf1\xf2" + `.</p>]]></content:encoded></item>
<item><title>Two</title><description>Only a summary.</description></item>
<item><title>Three</title></item>
</channel></rss>`

const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>A</title><link href="https://wire.example/a"/><published>2025-11-20T10:00:00Z</published><updated>2025-11-21T10:00:00Z</updated><author><name>Jan Brandt</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>From Atom.</p></div></content></entry></feed>`

const jsonFeed = `{"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [{"id": "1", "url": "https://wire.example/1", "title": "J", "content_text": "From JSON Feed.", "date_published": "2025-11-20T10:00:00Z"}]}`

func TestFeeds(t *testing.T) {
	tree(t, map[string]string{"1.rss": rss, "2.xml": atom, "3.json": jsonFeed, "4.xml": rss[:len(rss)/2], "5.xml.gz": zipped(atom)})
	h := walk(Options{}, ".")
	expect(t, h, []string{
		"1.rss#1 html: <p>Міст.</p>",
		"1.rss#2 article: Only a summary.",
		"2.xml#1 html: <p>From Atom.</p>",
		"3.json#1 article: From JSON Feed.",
		"5.xml.gz#1 html: <p>From Atom.</p>",
	}, []string{"1.rss#3: an entry without text", "4.xml: a feed, but broken or cut off"})
	want := []Meta{
		{"Міст", []string{"Ilka Roos"}, "Harbour Post", "2025-11-20T12:00:00+02:00", "", "uk", "https://harbour.example/a"},
		{"Two", nil, "Harbour Post", "", "", "uk", ""},
		{"A", []string{"Jan Brandt"}, "Wire", "2025-11-20T10:00:00Z", "2025-11-21T10:00:00Z", "", "https://wire.example/a"},
		{"J", nil, "Wire", "2025-11-20T10:00:00Z", "", "", "https://wire.example/1"},
	}
	for i := range want {
		if diff := cmp.Diff(want[i], h.raws[i].Meta); diff != "" {
			t.Errorf("%s: %s", h.raws[i].Path, diff)
		}
	}
	if h.raws[1].Notes == nil {
		t.Error("no note that the feed holds only a summary")
	}
}

// warcRecord writes one record; header lines are those of the archived response.
func warcRecord(kind, uri string, header []string, body string) string {
	block := body
	if header != nil {
		block = strings.Join(header, "\r\n") + "\r\n\r\n" + body
	}
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, len(block), block)
}

func webArchive() string {
	page := []string{"HTTP/1.1 200 OK", "Content-Type: text/html; charset=windows-1251"}
	with := func(extra string) []string { return append(append([]string{}, page...), extra) }
	return strings.Join([]string{
		warcRecord("warcinfo", "", nil, "software: x"),
		warcRecord("request", "https://a.example/", nil, "GET / HTTP/1.1\r\n\r\n"),
		warcRecord("response", "https://a.example/", page, "<p>\xcc\xb3\xf1\xf2"),
		warcRecord("response", "https://a.example/gz", with("Content-Encoding: gzip"), zipped("<p>packed")),
		warcRecord("response", "https://a.example/chunks", with("Transfer-Encoding: chunked"), "4\r\n<p>c\r\n5\r\nhunks\r\n0\r\n\r\n"),
		warcRecord("response", "https://a.example/stale", with("Transfer-Encoding: chunked"), "<p>header kept, body decoded"),
		warcRecord("response", "https://a.example/moved", []string{"HTTP/1.1 301 Moved", "Location: /"}, ""),
		warcRecord("response", "https://a.example/i.png", []string{"HTTP/1.1 200 OK", "Content-Type: image/png"}, "\x89PNG"),
		warcRecord("response", "https://a.example/br", with("Content-Encoding: br"), "\x00\x01\x02\x03"),
		warcRecord("conversion", "https://a.example/wet", nil, "plain") + "",
	}, "")
}

func TestWARC(t *testing.T) {
	archive := webArchive()
	wet := "WARC/1.0\nWARC-Type: conversion\nWARC-Target-URI: <https://w.example/>\nContent-Type: text/plain\nContent-Length: 5\n\nPlain\n\n"
	members := ""
	for _, r := range strings.SplitAfter(archive, "\r\n\r\nWARC/") { // one gzip member a record, as Common Crawl does
		members += zipped(r)
	}
	docs := func(name string) []string {
		return []string{
			name + "#3 html: <p>Міст", name + "#4 html: <p>packed", name + "#5 html: <p>chunks", name + "#6 html: <p>header kept, body decoded",
		}
	}
	tree(t, map[string]string{"a.warc": archive, "b.warc.gz": zipped(archive), "c.warc.gz": members, "d.warc": wet, "e.warc": archive + "garbage\n", "f.warc": "no archive"})
	skips := func(name string) []string {
		return []string{name + "#9: its compression is damaged", name + ": 5 of its records are not pages"}
	}
	expect(t, walk(Options{}, "a.warc"), docs("a.warc"), skips("a.warc"))
	expect(t, walk(Options{}, "b.warc.gz"), docs("b.warc.gz"), skips("b.warc.gz"))
	expect(t, walk(Options{}, "c.warc.gz"), docs("c.warc.gz"), skips("c.warc.gz"))
	h := walk(Options{}, "d.warc")
	expect(t, h, []string{"d.warc#1 text: Plain"}, nil)
	if h.raws[0].URL != "https://w.example/" {
		t.Errorf("address %q", h.raws[0].URL)
	}
	expect(t, walk(Options{}, "e.warc"), docs("e.warc"), []string{"e.warc#9", "e.warc#11: no WARC record where one should begin", "e.warc: 5 of"})
	expect(t, walk(Options{}, "f.warc"), nil, []string{"f.warc: called a WARC file"})
}

// Bodies in brotli and zstd are read, within the limit for one document; a body that was unpacked
// before it was archived is read although its header still names its encoding.
func TestWARCEncodings(t *testing.T) {
	page := func(encoding, body string) string {
		return warcRecord("response", "https://a.example/"+encoding, []string{"HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Encoding: " + encoding}, body)
	}
	long := "<p>" + strings.Repeat("word ", 1<<19)
	tree(t, map[string]string{
		"a.warc": page("br", brotlied("<p>One")) + page("zstd", zstded("<p>Two")) + page("br", "<p>Three, unpacked") + page("zstd", "<p>Four, unpacked") +
			page("br", brotlied(long)) + page("zstd", zstded(long)) + page("br", brotlied("<p>" + strings.Repeat("cut ", 99))[:20]) + page("zstd", zstded("<p>cut")[:9]),
		"b.jsonl.zst":  zstded("{\"text\": \"Five.\"}\n{\"text\": \"Six.\"}\n"),
		"bomb.txt.zst": zstded(strings.Repeat("word ", 1<<19)),
		"cut.txt.zst":  zstded(strings.Repeat("many different words 1 2 3 4 ", 9))[:30],
	})
	opt := Options{MaxBytes: 1 << 20}
	h := walk(opt, "a.warc")
	if last := h.raws[len(h.raws)-1]; len(last.Notes) != 1 || !strings.Contains(last.Notes[0], "before the damage") {
		t.Errorf("notes of a damaged page: %q", last.Notes)
	}
	expect(t, h,
		[]string{"a.warc#1 html: <p>One", "a.warc#2 html: <p>Two", "a.warc#3 html: <p>Three, unpacked", "a.warc#4 html: <p>Four, unpacked", "a.warc#7 html: <p>cu"},
		[]string{"a.warc#5: larger than 1 MiB", "a.warc#6: larger than 1 MiB", "a.warc#8: its compression is damaged"})
	expect(t, walk(opt, "b.jsonl.zst"), []string{"b.jsonl.zst#1 article: Five.", "b.jsonl.zst#2 article: Six."}, nil)
	expect(t, walk(opt, "bomb.txt.zst"), nil, []string{"bomb.txt.zst: larger than 1 MiB"})
	expect(t, walk(opt, "cut.txt.zst"), nil, []string{"cut.txt.zst: cut off after"})
}

func brotlied(s string) string {
	var b bytes.Buffer
	z := brotli.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

func zstded(s string) string {
	z, _ := zstd.NewWriter(nil)
	defer z.Close()
	return string(z.EncodeAll([]byte(s), nil))
}

// What comes before the cut is read; the cut is told once.
func TestTruncated(t *testing.T) {
	var lines strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&lines, "{\"text\": \"Article %d of many, with a number %d.\"}\n", i, i*i*7919)
	}
	whole := zipped(lines.String())
	tree(t, map[string]string{
		"a.jsonl.gz": whole[:len(whole)/2],
		"b.txt.gz":   whole[:len(whole)/2],
		"c.warc":     webArchive()[:700],
		"d.jsonl.gz": whole[:len(whole)-4], // only the checksum is missing
	})
	h := walk(Options{}, "a.jsonl.gz")
	if len(h.docs) < 500 || len(h.skips) != 1 || !strings.Contains(h.skips[0], "a.jsonl.gz: cut off after") {
		t.Errorf("%d documents, %q", len(h.docs), h.skips)
	}
	h = walk(Options{}, "b.txt.gz")
	if len(h.docs) != 1 || len(h.skips) != 1 || !strings.Contains(h.raws[0].Notes[0], "cut off") {
		t.Errorf("%d documents, %q", len(h.docs), h.skips)
	}
	h = walk(Options{}, "c.warc")
	if len(h.docs) == 0 || len(h.skips) != 2 || !strings.Contains(h.skips[0], "c.warc#5:") {
		t.Errorf("%q, %q", h.docs, h.skips)
	}
	h = walk(Options{}, "d.jsonl.gz")
	if len(h.docs) != 2000 || len(h.skips) != 1 {
		t.Errorf("%d documents, %q", len(h.docs), h.skips)
	}
}

// A file beyond the limit is named and not read.
func TestHugeFile(t *testing.T) {
	tree(t, nil)
	f, err := os.Create("huge.txt")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(f, "Some words.")
	if err := f.Truncate(2 << 30); err != nil { // a hole takes no room on disk
		t.Skip(err)
	}
	f.Close()
	bomb := zipped(strings.Repeat("word ", 1<<20))
	os.WriteFile("bomb.txt.gz", []byte(bomb), 0o644)
	h := walk(Options{MaxBytes: 1 << 20}, "bomb.txt.gz")
	expect(t, h, nil, []string{"bomb.txt.gz: larger than 1 MiB"})

	text, _ := os.Create("huge2.txt")
	for range 1 << 14 {
		io.WriteString(text, "Some words. ")
	}
	text.Truncate(2 << 30)
	text.Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	expect(t, walk(Options{}, "huge2.txt"), nil, []string{"huge2.txt: larger than 64 MiB"})
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 {
		t.Errorf("%d bytes were allocated for a file that is not read", used)
	}
	expect(t, walk(Options{}, "huge.txt"), nil, []string{"huge.txt: not text"})
}

// The work can be called off between documents, and an error of the receiver ends it.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	in := strings.Repeat("{\"text\":\"x y z\"}\n", 100)
	err := Walk(ctx, []string{"-"}, Options{Stdin: strings.NewReader(in)}, func(Raw) error {
		if n++; n == 3 {
			cancel()
		}
		return nil
	}, func(Skip) {})
	if !errors.Is(err, context.Canceled) || n != 3 {
		t.Errorf("%v after %d documents", err, n)
	}
	full := errors.New("disk full")
	err = Walk(context.Background(), []string{"-"}, Options{Stdin: strings.NewReader(in)}, func(Raw) error { return full }, func(Skip) {})
	if !errors.Is(err, full) {
		t.Error(err)
	}
}

// A hundred times as many articles take no more memory.
func TestStreamMemory(t *testing.T) {
	line := "{\"title\": \"T\", \"text\": \"" + strings.Repeat("A sentence of an article. ", 40) + "\"}\n"
	peak := func(n int) uint64 {
		var m runtime.MemStats
		most, seen := uint64(0), 0
		in := io.MultiReader(readers(line, n)...)
		Walk(context.Background(), []string{"-"}, Options{Stdin: in}, func(Raw) error {
			if seen++; seen%(n/10) == 0 {
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
			return nil
		}, func(Skip) {})
		if seen != n {
			t.Fatalf("%d of %d articles", seen, n)
		}
		return most
	}
	small, large := peak(100), peak(10_000)
	if large > small+2<<20 {
		t.Errorf("heap grew from %d to %d bytes", small, large)
	}
}

func readers(s string, n int) []io.Reader {
	out := make([]io.Reader, n)
	for i := range out {
		out[i] = strings.NewReader(s)
	}
	return out
}

func TestCount(t *testing.T) {
	tree(t, map[string]string{"f/a.txt": "12345", "f/.hidden": "no", "f/.h/b.txt": "no", "f/g/b.jsonl": strings.Repeat("x", 20_000)})
	if diff := cmp.Diff(Estimate{Files: 3, Documents: 6, Bytes: 20_005}, Count([]string{"f", "-", "missing"})); diff != "" {
		t.Error(diff)
	}
	h := walk(Options{}, "f/a.txt")
	if h.raws[0].Done != 5 {
		t.Errorf("done %d of 5 bytes", h.raws[0].Done)
	}
}

func fuzzWalk(t *testing.T, name string, b []byte) {
	w := &walker{ctx: t.Context(), opt: Options{MaxBytes: 1 << 16}.withDefaults(), skip: func(s Skip) {
		if s.Path == "" || s.Why == "" || strings.Contains(s.Why, "\n") {
			t.Errorf("skip %q", s)
		}
	}}
	w.give = func(r Raw) error {
		if r.Kind != KindRecords && (r.SHA256 == "" || strings.TrimSpace(r.Text) == "") {
			t.Errorf("document %+v", r)
		}
		return nil
	}
	if err := w.stream(&source{path: name, name: name, in: bytes.NewReader(b), named: true}); err != nil {
		t.Error(err)
	}
}

func FuzzWARC(f *testing.F) {
	f.Add([]byte(webArchive()))
	f.Add([]byte(zipped(webArchive())))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzWalk(t, "a.warc", b) })
}

func FuzzJSONL(f *testing.F) {
	f.Add([]byte(`{"text":"a","authors":["b"],"date":1763634600}`+"\n"), true)
	f.Add([]byte(`[{"body":{"summary":["a"],"sections":[{"headline":"b"}]},"author":{"name":"c"}}]`), false)
	f.Fuzz(func(t *testing.T, b []byte, lines bool) {
		name := "a.json"
		if lines {
			name = "a.jsonl"
		}
		fuzzWalk(t, name, b)
	})
}

func FuzzFeed(f *testing.F) {
	for _, s := range []string{rss, atom, jsonFeed} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { fuzzWalk(t, "a.xml", b) })
}

func BenchmarkWARC(b *testing.B) {
	page := warcRecord("response", "https://a.example/", []string{"HTTP/1.1 200 OK", "Content-Type: text/html"}, strings.Repeat("<p>Some words of a page.</p>\n", 2000))
	archive := zipped(strings.Repeat(page, 50))
	b.SetBytes(int64(50 * len(page)))
	for b.Loop() {
		walk(Options{Stdin: strings.NewReader(archive)}, "-")
	}
}

func BenchmarkJSONL(b *testing.B) {
	in := strings.Repeat("{\"title\": \"T\", \"date\": \"2025-11-20\", \"text\": \""+strings.Repeat("A sentence of an article. ", 200)+"\"}\n", 200)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		walk(Options{Stdin: strings.NewReader(in)}, "-")
	}
}
