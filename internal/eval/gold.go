// Package eval compares what the program finds in a corpus with what a careful reader found in it.
//
// The reader's findings quote the texts instead of counting characters, so that they can be read
// and corrected by hand; examples/imra/gold/README.md describes them.
package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"

	"hearsay/internal/format"
)

// Gold is what a careful reader found in a corpus.
type Gold struct {
	Documents  []Document
	Statements []Statement
	Actors     []Actor
	Links      []Link
	Claims     []Claim
	Conflicts  []Conflict
}

// Document is what the text and its page say of themselves.
type Document struct {
	Document   string   `json:"document"` // name of the file, "#n" for the n-th member of a stream or feed
	Language   string   `json:"language"`
	Outlet     string   `json:"outlet"`
	Published  string   `json:"published"`
	Title      string   `json:"title"`
	Translated string   `json:"translated"`
	Credits    []Credit `json:"credits"`
}

// Credit names whose work a text is.
type Credit struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// Statement is who said what, in quotations from the text.
type Statement struct {
	Document   string   `json:"document"`
	Source     []string `json:"source"`
	Cue        []string `json:"cue"`
	Content    []string `json:"content"`
	Speaker    string   `json:"speaker"`
	Manner     string   `json:"manner"`
	Kind       string   `json:"kind"`
	Factuality string   `json:"factuality"`
	Addressee  string   `json:"addressee"`
	Via        []string `json:"via"`
	Holder     string   `json:"holder"`
	Nameless   bool     `json:"nameless"`
	Headline   bool     `json:"headline"` // stands in the headline: the first place where it is found is meant
	Optional   bool     `json:"optional"`
}

// Actor is one person or organisation with its spellings.
type Actor struct {
	Actor     string   `json:"actor"`
	Type      string   `json:"type"`
	Names     []string `json:"names"`
	Languages []string `json:"languages"`
	Not       []string `json:"not"`
}

// Link says which document depends on which.
type Link struct {
	From     string `json:"from"`
	To       string `json:"to"`
	External string `json:"external"`
	Kind     string `json:"kind"`
	Why      string `json:"why"`
	Optional bool   `json:"optional"`
}

// Place is a document and the beginning of a quotation from it.
type Place [2]string

// Claim is statements that say the same, with those who stand behind them.
type Claim struct {
	Claim      string   `json:"claim"`
	Statements []Place  `json:"statements"`
	Origins    []string `json:"origins"`
	AtLeast    int      `json:"at_least"`
	AtMost     int      `json:"at_most"`
	Why        string   `json:"why"`
}

// Conflict is two things that do not go together; kind "none" is a pair that only seems to.
type Conflict struct {
	Kind     string  `json:"kind"`
	Between  []Place `json:"between"`
	Why      string  `json:"why"`
	Optional bool    `json:"optional"`
}

// Load reads the gold of a corpus from its folder.
func Load(dir fs.FS) (*Gold, error) {
	g := new(Gold)
	for _, err := range []error{
		load(dir, "documents.jsonl", &g.Documents),
		load(dir, "statements.jsonl", &g.Statements),
		load(dir, "actors.jsonl", &g.Actors),
		load(dir, "links.jsonl", &g.Links),
		load(dir, "claims.jsonl", &g.Claims),
		load(dir, "conflicts.jsonl", &g.Conflicts),
	} {
		if err != nil {
			return nil, err
		}
	}
	return g, nil
}

func load[T any](dir fs.FS, name string, out *[]T) error {
	content, err := fs.ReadFile(dir, name)
	if err != nil {
		return err
	}
	in := bufio.NewScanner(bytes.NewReader(content))
	in.Buffer(nil, 1<<20)
	for line := 1; in.Scan(); line++ {
		dec := json.NewDecoder(bytes.NewReader(in.Bytes()))
		dec.DisallowUnknownFields()
		var v T
		if err := dec.Decode(&v); err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
		*out = append(*out, v)
	}
	return in.Err()
}

// found is what the program found, by document.
type found struct {
	docs      map[string]*format.Document // by name, as in the gold
	names     map[string]string           // of documents, by id
	byDoc     map[string][]*format.Statement
	byID      map[string]*format.Statement
	figures   map[string]*format.Figure
	actors    []*format.Actor
	actorByID map[string]*format.Actor
	links     []*format.Link
	claims    []*format.Claim
	conflicts []*format.Conflict
}

func index(records []format.Record) *found {
	f := &found{
		docs: map[string]*format.Document{}, names: map[string]string{}, byDoc: map[string][]*format.Statement{},
		byID: map[string]*format.Statement{}, figures: map[string]*format.Figure{}, actorByID: map[string]*format.Actor{},
	}
	for _, r := range records {
		switch {
		case r.Document != nil:
			name := path.Base(r.Document.Path)
			f.docs[name] = r.Document
			f.names[r.Document.ID] = name
		case r.Statement != nil:
			name := f.names[r.Statement.Document]
			f.byDoc[name] = append(f.byDoc[name], r.Statement)
			f.byID[r.Statement.ID] = r.Statement
		case r.Figure != nil:
			f.figures[r.Figure.ID] = r.Figure
		case r.Actor != nil:
			f.actors = append(f.actors, r.Actor)
			f.actorByID[r.Actor.ID] = r.Actor
		case r.Link != nil:
			f.links = append(f.links, r.Link)
		case r.Claim != nil:
			f.claims = append(f.claims, r.Claim)
		case r.Conflict != nil:
			f.conflicts = append(f.conflicts, r.Conflict)
		}
	}
	return f
}
