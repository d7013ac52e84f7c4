// Package ingest finds raw documents: in files and folders, on standard input, in JSON Lines,
// saved feeds and web archives, and at web addresses. It is the only stage that uses the network.
//
// Nothing is held in memory but the document at hand: archives and streams are read one document
// at a time. What cannot be read is skipped with one line that names it and says what to do.
package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

// The kinds of raw documents.
const (
	KindText    = "text"    // plain text or Markdown, as it is written
	KindHTML    = "html"    // a page or a fragment of one: Text is its source
	KindArticle = "article" // plain text whose metadata the container knows
	KindRecords = "records" // a record stream to replay: Records holds it, Text is empty
)

// Raw is a document as it was found, decoded to UTF-8.
type Raw struct {
	// Path is where it was found: as given, cleaned, with slashes, and "#n" for the n-th member
	// of an archive or feed; for JSON Lines n is the line. "-" is standard input. Empty for a page
	// fetched from an address.
	Path   string
	URL    string // the page's address, where known; with "#n" for a member of a fetched stream without its own
	Kind   string
	SHA256 string // of the raw bytes of this document, in hex
	Text   string
	Meta   Meta
	Notes  []string // what could not be decoded, what was cut

	// Records is the whole stream, for KindRecords only. It is valid until emit returns.
	Records io.Reader
	// Fetched holds what makes the next request for this address conditional. It is set on the
	// last document of a response; store it once that document is stored.
	Fetched *Fetched
	// Done is how many bytes of input (as stored, compressed or not) were read so far in this
	// Walk, in the measure of Estimate.Bytes.
	Done int64
}

// Meta is what the container (JSON, feed, archive, page address) says of a document. Dates are
// RFC 3339 or empty.
type Meta struct {
	Title     string
	Byline    []string
	Outlet    string
	Published string
	Updated   string
	Language  string // ISO 639-1 where the container says so
	URL       string
}

// Skip says in one line why something was not read and what to do about it. Path is in the form
// of Raw.Path, for JSON Lines with ":line", or the address.
type Skip struct {
	Path string
	Why  string
}

// Fetched is what a server said about the version of a page that was read.
type Fetched struct {
	URL          string // as asked for, before redirects
	ETag         string
	LastModified string
}

// Cache knows which version of a page was read before. The store implements it.
type Cache interface {
	// Fetched returns what was stored for an address; the zero value where it is new.
	Fetched(ctx context.Context, url string) Fetched
}

// Options are the limits of a Walk. The zero value is usable.
type Options struct {
	MaxBytes     int64         // of one document after decompression; default 64 MiB
	AllowPrivate bool          // fetch from loopback, private and link-local addresses too
	Timeout      time.Duration // of one request with its body; default 30 s
	Delay        time.Duration // between two requests to one host; default 1 s, or what robots.txt asks for if longer
	MaxWait      time.Duration // longest Retry-After or Crawl-delay that is honoured by waiting; default 1 min
	UserAgent    string        // default "Hearsay/1"
	Client       *http.Client  // its Transport is used as it is, without the check of addresses at dialling; for tests
	Cache        Cache         // nil: every request is unconditional
	Stdin        io.Reader     // what "-" reads; default os.Stdin
	Unchanged    func(url string)

	allowed func(address) bool // tests: replaces the judgement on addresses
}

func (o Options) withDefaults() Options {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 64 << 20
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Delay <= 0 {
		o.Delay = time.Second
	}
	if o.MaxWait <= 0 {
		o.MaxWait = time.Minute
	}
	if o.UserAgent == "" {
		o.UserAgent = "Hearsay/1"
	}
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	return o
}

// Walk reads every argument (a file, a folder, an http or https address, or "-") in the order
// given, folders in the order of their names, and hands each document to emit. What it does not
// read it hands to skip. It returns the error of emit, or that of the context, which is looked at
// between documents; trouble with the input is never an error.
func Walk(ctx context.Context, args []string, opt Options, emit func(Raw) error, skip func(Skip)) error {
	w := &walker{ctx: ctx, opt: opt.withDefaults(), give: emit, skip: skip}
	for _, arg := range args {
		if err := w.argument(arg); err != nil {
			return err
		}
	}
	return ctx.Err()
}

type walker struct {
	ctx     context.Context
	opt     Options
	give    func(Raw) error
	skip    func(Skip)
	done    int64
	fetcher *fetcher
}

func (w *walker) argument(arg string) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	switch {
	case arg == "-":
		return w.stream(&source{path: "-", in: w.count(w.opt.Stdin), named: true})
	case IsURL(arg):
		return w.fetch(arg)
	}
	return w.path(arg)
}

// IsURL reports whether an argument is read from the network.
func IsURL(arg string) bool {
	low := strings.ToLower(arg)
	return strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://")
}

// emit completes a document and hands it on, unless the work was called off.
func (w *walker) emit(r Raw) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	r.Done = w.done
	return w.give(r)
}

func (w *walker) pass(path, why string) { w.skip(Skip{Path: path, Why: why}) }

// count lets the walker know how much of the input was read.
func (w *walker) count(r io.Reader) io.Reader { return &counted{r: r, n: &w.done} }

type counted struct {
	r io.Reader
	n *int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	*c.n += int64(n)
	return n, err
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func notes(ss ...string) []string {
	var out []string
	for _, s := range ss {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
