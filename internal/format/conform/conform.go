// Package conform holds record streams against their JSON Schema, their order and their texts.
// It is for tests: whatever prints records is tested with it.
package conform

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"hearsay/internal/format"
)

// schema compiles the schema of a line, once.
var schema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(format.Schema))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("records.schema.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("records.schema.json")
})

// Stream reads a whole record stream and returns everything that is wrong with it, each with the
// number of its line; nil where all is well.
func Stream(r io.Reader) error {
	s, err := schema()
	if err != nil {
		return err
	}
	c := &checker{schema: s, texts: map[string][]rune{}, known: map[string]bool{}}
	in := bufio.NewScanner(r)
	in.Buffer(nil, 64<<20)
	for c.line = 1; in.Scan(); c.line++ {
		c.record(in.Bytes())
	}
	if err := in.Err(); err != nil {
		return err
	}
	c.end()
	return errors.Join(c.errs...)
}

type checker struct {
	schema *jsonschema.Schema
	line   int
	errs   []error
	stage  int               // how far the order of kinds has come
	doc    string            // the document under way
	texts  map[string][]rune // of all documents
	known  map[string]bool   // ids of documents, statements, figures and actors
	wanted []reference
}

// reference is an id that must be known when the stream has ended.
type reference struct {
	line     int
	what, id string
}

func (c *checker) fail(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("line %d: %w", c.line, fmt.Errorf(format, args...)))
}

func (c *checker) record(line []byte) {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
	if err != nil {
		c.fail("%v", err)
		return
	}
	if err := c.schema.Validate(value); err != nil {
		c.fail("%v", err)
		return
	}
	var r format.Record
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		c.fail("%v", err)
		return
	}
	c.order(&r)
	c.content(&r)
}

// order wants the run first, then each document before its own, then what needs all documents.
func (c *checker) order(r *format.Record) {
	stage, kind := stageOf(r)
	switch {
	case c.line == 1 && r.Run == nil:
		c.fail("a stream begins with its run")
	case c.line > 1 && r.Run != nil:
		c.fail("a second run")
	case stage < c.stage && stage != 1:
		c.fail("%s after later kinds", kind)
	case stage == 1 && c.stage > 5:
		c.fail("document after later kinds")
	}
	c.stage = stage
}

func stageOf(r *format.Record) (int, string) {
	for i, k := range []struct {
		is   bool
		name string
	}{
		{r.Run != nil, "run"},
		{r.Document != nil, "document"},
		{r.Mention != nil, "mention"},
		{r.Statement != nil, "statement"},
		{r.Figure != nil, "figure"},
		{r.Assertion != nil, "assertion"},
		{r.Actor != nil, "actor"},
		{r.Link != nil, "link"},
		{r.Claim != nil, "claim"},
		{r.Conflict != nil, "conflict"},
		{r.Judgement != nil, "judgement"},
	} {
		if k.is {
			return i, k.name
		}
	}
	return 0, "nothing"
}

func (c *checker) content(r *format.Record) {
	switch {
	case r.Document != nil:
		c.document(r.Document)
	case r.Mention != nil:
		c.inside(r.Mention.Document, r.Mention.Span)
		c.want("actor", r.Mention.Actor)
	case r.Statement != nil:
		c.statement(r.Statement)
	case r.Figure != nil:
		c.inside(r.Figure.Document, r.Figure.Span)
		c.define(r.Figure.ID)
		c.want("statement", r.Figure.Statement)
	case r.Assertion != nil:
		c.define(r.Assertion.ID)
		c.inside(r.Assertion.Document, r.Assertion.Content...)
		if e := r.Assertion.Estimate; e != nil {
			c.inside(r.Assertion.Document, e.Span)
		}
	case r.Actor != nil:
		c.define(r.Actor.ID)
	case r.Link != nil:
		c.link(r.Link)
	case r.Claim != nil:
		c.claim(r.Claim)
	case r.Conflict != nil:
		c.want("part of the conflict", r.Conflict.Between...)
	}
}

func (c *checker) document(d *format.Document) {
	c.doc = d.ID
	c.define(d.ID)
	text := []rune(d.Text)
	c.texts[d.ID] = text
	before := 0
	for _, b := range d.Blocks {
		if b.Start < before || b.End > len(text) || b.Start >= b.End {
			c.fail("block %d-%d is out of order or does not fit the text", b.Start, b.End)
			return
		}
		before = b.End
	}
	for _, r := range d.Repairs {
		c.inside(d.ID, r.Span)
	}
	for _, r := range d.Credits {
		c.inside(d.ID, r.Span)
	}
	if d.Translated != nil {
		c.inside(d.ID, d.Translated.Evidence...)
	}
}

func (c *checker) statement(s *format.Statement) {
	c.define(s.ID)
	c.inside(s.Document, s.Source...)
	c.inside(s.Document, s.Cue...)
	c.inside(s.Document, s.Content...)
	if s.Estimate != nil {
		c.inside(s.Document, s.Estimate.Span)
	}
	c.want("speaker", s.Speaker)
	c.want("addressee", s.Addressee)
	c.want("holder", s.Holder)
	if s.Holder == s.ID {
		c.fail("statement %s is nested in itself", s.ID)
	}
}

func (c *checker) link(l *format.Link) {
	c.want("document", l.From)
	to, inside := l.To.(string)
	if inside {
		c.want("document", to)
	}
	for _, e := range l.Evidence {
		if e.From != nil {
			c.passage(l.From, *e.From)
		}
		if e.To != nil && inside {
			c.passage(to, *e.To)
		}
	}
}

func (c *checker) claim(claim *format.Claim) {
	c.want("statement", claim.Statements...)
	c.want("denial", claim.Denials...)
	c.want("candidate", claim.Candidates...)
	c.want("document", claim.Documents...)
	if claim.AtLeast > claim.AtMost {
		c.fail("claim %s: at least %d origins, at most %d", claim.ID, claim.AtLeast, claim.AtMost)
	}
	for _, o := range claim.Origins {
		c.want("statement of an origin", o.Statements...)
	}
}

// inside wants spans of the document under way.
func (c *checker) inside(document string, spans ...format.Span) {
	if document != c.doc {
		c.fail("belongs to document %s, but stands after %s", document, c.doc)
		return
	}
	for _, s := range spans {
		c.passage(document, s)
	}
}

// passage wants a span to hold what it says.
func (c *checker) passage(document string, s format.Span) {
	text := c.texts[document]
	if s.Start >= s.End || s.End > len(text) {
		c.fail("span %d-%d does not fit document %s of %d characters", s.Start, s.End, document, len(text))
		return
	}
	if got := string(text[s.Start:s.End]); got != s.Exact {
		c.fail("span %d-%d of document %s reads %q, not %q", s.Start, s.End, document, got, s.Exact)
	}
}

func (c *checker) define(id string) {
	if c.known[id] {
		c.fail("id %s a second time", id)
	}
	c.known[id] = true
}

func (c *checker) want(what string, ids ...string) {
	for _, id := range ids {
		if id != "" {
			c.wanted = append(c.wanted, reference{c.line, what, id})
		}
	}
}

func (c *checker) end() {
	for _, w := range c.wanted {
		if !c.known[w.id] {
			c.line = w.line
			c.fail("%s %s is not in the stream", w.what, w.id)
		}
	}
}
