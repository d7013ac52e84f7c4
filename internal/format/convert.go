package format

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"

	"hearsay"
)

// DocumentID derives a document's id from where it was found and its content.
func DocumentID(address, sha256Hex string) string {
	return "d" + shortHash(address, sha256Hex)
}

func shortHash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p))))
		h.Write([]byte{':'})
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// converter turns the layers of one analysis into records. The first span that does not fit its
// text stops it.
type converter struct {
	a       *hearsay.Analysis
	off     *Offsets
	err     error
	actorOf func(entity int) string
	ids     []string // of the statements
}

// Records turns an analysis into its records: the document, then its mentions, statements and
// figures. actorOf gives the actor of a document's entity, "" where there is none (nil: none at all).
func Records(a *hearsay.Analysis, actorOf func(entity int) string) ([]Record, error) {
	c := newConverter(a, actorOf)
	out := []Record{{Document: c.document()}}
	for i := range a.Mentions {
		out = append(out, Record{Mention: c.mention(&a.Mentions[i])})
	}
	for i := range a.Statements {
		out = append(out, Record{Statement: c.statement(i)})
	}
	for i := range a.Figures {
		out = append(out, Record{Figure: c.figure(&a.Figures[i])})
	}
	if c.err != nil {
		return nil, fmt.Errorf("document %s (%s%s): %w", a.Document.ID, a.Document.Path, a.Document.URL, c.err)
	}
	return out, nil
}

func newConverter(a *hearsay.Analysis, actorOf func(int) string) *converter {
	if actorOf == nil {
		actorOf = func(int) string { return "" }
	}
	c := &converter{a: a, off: NewOffsets(a.Document.Text), actorOf: actorOf}
	c.ids = statementIDs(a, c.off)
	return c
}

// StatementIDs gives the id of each statement of an analysis: it depends on the document and the
// statement's own spans alone, so it survives a second reading and new neighbours, and sorts in the
// order of the text.
func StatementIDs(a *hearsay.Analysis) []string {
	return statementIDs(a, NewOffsets(a.Document.Text))
}

func statementIDs(a *hearsay.Analysis, off *Offsets) []string {
	ids := make([]string, len(a.Statements))
	seen := map[string]int{}
	for i := range a.Statements {
		s := &a.Statements[i]
		hash := shortHash(spansKey(off, s.Source), spansKey(off, s.Cue), spansKey(off, s.Content))
		id := fmt.Sprintf("%s-s%06d-%s", a.Document.ID, off.Point(start(s)), hash[:6])
		seen[id]++
		if n := seen[id]; n > 1 {
			id += "-" + strconv.Itoa(n)
		}
		ids[i] = id
	}
	return ids
}

// AssertionID gives the id of a sentence of a text's own, as StatementIDs does for statements.
func AssertionID(a *hearsay.Analysis, off *Offsets, s hearsay.Span) string {
	return fmt.Sprintf("%s-a%06d-%s", a.Document.ID, off.Point(s.Start), shortHash(spansKey(off, []hearsay.Span{s}))[:6])
}

// FromAssertion makes the record of a sentence of a text's own.
func FromAssertion(id, document string, content []hearsay.Span, f hearsay.Factuality, e *hearsay.Estimate, off *Offsets) (Assertion, error) {
	out := Assertion{ID: id, Document: document, Factuality: string(f)}
	for _, s := range content {
		span, err := off.Span(s)
		if err != nil {
			return out, fmt.Errorf("assertion %s: %w", id, err)
		}
		out.Content = append(out.Content, span)
	}
	if e == nil {
		return out, nil
	}
	span, err := off.Span(e.Span)
	out.Estimate = &Estimate{Span: span, Term: e.Term, Low: e.Low, High: e.High, Scale: e.Scale}
	return out, err
}

// start is where the first span of a statement begins.
func start(s *hearsay.Statement) int {
	first := math.MaxInt
	for _, spans := range [][]hearsay.Span{s.Source, s.Cue, s.Content} {
		for _, x := range spans {
			first = min(first, x.Start)
		}
	}
	if first == math.MaxInt {
		return 0
	}
	return first
}

func spansKey(off *Offsets, spans []hearsay.Span) string {
	key := ""
	for _, s := range spans {
		key += strconv.Itoa(off.Point(s.Start)) + "-" + strconv.Itoa(off.Point(s.End)) + ";"
	}
	return key
}

// FigureID is the id of a figure of a document.
func FigureID(document string, start, end int) string {
	return fmt.Sprintf("%s-f%d-%d", document, start, end)
}

func (c *converter) span(s hearsay.Span) Span {
	out, err := c.off.Span(s)
	if err != nil && c.err == nil {
		c.err = err
	}
	return out
}

func (c *converter) spans(in []hearsay.Span) []Span {
	out := make([]Span, 0, len(in))
	for _, s := range in {
		out = append(out, c.span(s))
	}
	return out
}

func (c *converter) actor(entity int) string {
	if entity < 0 {
		return ""
	}
	return c.actorOf(entity)
}

func (c *converter) statementID(i int) string {
	if i < 0 {
		return ""
	}
	return c.ids[i]
}

func round(x float64) float64 { return math.Round(x*1000) / 1000 }

func (c *converter) document() *Document {
	d := c.a.Document
	out := &Document{
		ID: d.ID, Path: d.Path, URL: d.URL, SHA256: d.SHA256, Supersedes: d.Supersedes,
		Language: d.Language, LanguageConfidence: round(d.LanguageConfidence),
		Title: d.Title, Byline: d.Byline, Outlet: d.Outlet, Dateline: d.Dateline,
		Published: d.Published, Updated: d.Updated, Text: d.Text, Notes: d.Notes,
		Blocks: make([]Block, 0, len(d.Blocks)),
	}
	for _, b := range d.Blocks {
		s := c.span(b.Span)
		out.Blocks = append(out.Blocks, Block{Start: s.Start, End: s.End, Role: string(b.Role)})
	}
	for _, r := range d.Repairs {
		out.Repairs = append(out.Repairs, Repair{Span: c.span(r.Span), To: r.To, Why: r.Why})
	}
	for _, r := range d.Credits {
		out.Credits = append(out.Credits, Credit{Span: c.span(r.Span), Kind: string(r.Kind), Name: r.Name})
	}
	if t := d.Translated; t != nil {
		out.Translated = &Translated{From: t.From, Score: round(t.Score), Evidence: c.spans(t.Evidence)}
	}
	return out
}

func (c *converter) mention(m *hearsay.Mention) *Mention {
	s := c.span(m.Span)
	return &Mention{
		ID: fmt.Sprintf("%s-m%d-%d", c.a.Document.ID, s.Start, s.End), Document: c.a.Document.ID, Span: s,
		Actor: c.actor(m.Entity), Type: string(m.Type), Head: c.span(m.Head).Exact,
	}
}

func (c *converter) statement(i int) *Statement {
	s := &c.a.Statements[i]
	out := &Statement{
		ID: c.ids[i], Document: c.a.Document.ID,
		Source: c.spans(s.Source), Cue: c.spans(s.Cue), Content: c.spans(s.Content),
		Speaker: c.actor(s.Speaker), SpeakerText: s.SpeakerText, Manner: string(s.Manner), Kind: string(s.Kind),
		Class: s.Class, Stance: string(s.Stance), Holder: c.statementID(s.Holder), Addressee: c.actor(s.Addressee),
		Score: round(s.Score), Factuality: string(s.Factuality), Denied: s.Denied, Tense: s.Tense,
	}
	for _, v := range s.Via {
		out.Via = append(out.Via, v.Name)
	}
	if e := s.Estimate; e != nil {
		out.Estimate = &Estimate{Span: c.span(e.Span), Term: e.Term, Low: e.Low, High: e.High, Scale: e.Scale}
	}
	return out
}

func (c *converter) figure(f *hearsay.Figure) *Figure {
	s := c.span(f.Span)
	return &Figure{
		ID: FigureID(c.a.Document.ID, s.Start, s.End), Document: c.a.Document.ID, Span: s,
		Value: f.Value, Low: f.Low, High: f.High, Unit: f.Unit, Of: f.Of, Approx: f.Approx,
		Statement: c.statementID(f.Statement), AsOf: f.AsOf,
	}
}

// FromActor turns an actor into its record.
func FromActor(a hearsay.Actor) *Actor {
	out := &Actor{ID: a.ID, Name: a.Name, Type: string(a.Type), Titles: a.Titles, Names: make([]Name, 0, len(a.Names))}
	for _, n := range a.Names {
		out.Names = append(out.Names, Name(n))
	}
	for _, m := range a.Merged {
		out.Merged = append(out.Merged, Merge{A: m.A, B: m.B, Rule: m.Rule, Score: round(m.Score)})
	}
	return out
}

// FromLink turns a link into its record; from and to count the code points of the two texts.
func FromLink(l hearsay.Link, from, to *Offsets) (Link, error) {
	out := Link{From: l.From, To: l.To, Kind: string(l.Kind), Score: round(l.Score), DirectionBy: l.DirectionBy, Evidence: make([]Evidence, 0, len(l.Evidence))}
	if l.To == "" {
		out.To = External{External: l.External}
	}
	for _, e := range l.Evidence {
		var rec Evidence
		var err error
		if rec.From, err = optional(from, e.From); err != nil {
			return out, fmt.Errorf("link %s to %v: %w", l.From, out.To, err)
		}
		if l.To != "" {
			if rec.To, err = optional(to, e.To); err != nil {
				return out, fmt.Errorf("link %s to %v: %w", l.From, out.To, err)
			}
		}
		out.Evidence = append(out.Evidence, rec)
	}
	return out, nil
}

func optional(o *Offsets, s hearsay.Span) (*Span, error) {
	if s.Len() == 0 {
		return nil, nil
	}
	out, err := o.Span(s)
	return &out, err
}

// ToLink turns a record back into a link, without its evidence.
func ToLink(l *Link) hearsay.Link {
	out := hearsay.Link{From: l.From, Kind: hearsay.LinkKind(l.Kind), Score: l.Score, DirectionBy: l.DirectionBy}
	switch to := l.To.(type) {
	case string:
		out.To = to
	case External:
		out.External = to.External
	case map[string]any:
		out.External, _ = to["external"].(string)
	}
	return out
}

// FromClaim turns a claim into its record.
func FromClaim(c hearsay.Claim) Claim {
	out := Claim{
		ID: c.ID, Text: c.Text, Statements: list(c.Statements), Documents: list(c.Documents), Denials: c.Denials,
		Candidates: c.Candidates, AtLeast: c.AtLeast, AtMost: c.AtMost, Origins: make([]Origin, 0, len(c.Origins)),
	}
	for _, o := range c.Origins {
		out.Origins = append(out.Origins, Origin{ID: o.ID, Kind: string(o.Kind), Name: o.Name, Nameless: o.Nameless, Statements: list(o.Statements), Chains: o.Chains, Why: o.Why})
	}
	return out
}

// list keeps an empty list from being written as null.
func list(in []string) []string {
	if in == nil {
		return []string{}
	}
	return in
}

// FromConflict turns a conflict into its record.
func FromConflict(c hearsay.Conflict) Conflict {
	return Conflict{Kind: string(c.Kind), Between: list(c.Between), Why: c.Why, Since: c.Since}
}
