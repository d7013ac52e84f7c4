// Package claims joins statements that say the same to claims, follows each of them back to where
// it comes from, counts how many origins are left, and finds what does not go together. Nothing here
// concludes that something is the case: it joins, counts and shows.
//
// All of it is pure: the same items give the same bytes in whatever order they come. A wrong join
// misleads more than a missed one, so what is uncertain is offered as a candidate and counted in the
// upper bound alone.
package claims

import (
	"strings"

	"hearsay"
	"hearsay/internal/romanize"
)

// Form says how a text names the source of a statement.
type Form string

// The forms of sources.
const (
	Named   Form = "named"   // "Anna Berg"
	Unnamed Form = "unnamed" // "a number of insiders", "he" whom the text does not tell
	NoOne   Form = "none"    // "allegedly"
	Own     Form = "own"     // the text's own words
)

// Source is who is said to say something.
type Source struct {
	Form Form                `json:"f"`
	Name string              `json:"n,omitempty"` // as a reader would name it
	Type hearsay.MentionType `json:"t,omitempty"`
	Key  Name                `json:"k,omitzero"`
	Text string              `json:"w,omitempty"` // words of the source in the text
}

// Item is what joining and tracing need to know of one statement, or of one sentence that a text
// asserts in its own words. Offsets are bytes into the document's text.
type Item struct {
	Statement string `json:"id"`
	Document  string `json:"doc"`
	Language  string `json:"lang"`
	Published string `json:"pub,omitempty"` // RFC 3339 date or time
	Narrated  bool   `json:"own,omitempty"` // asserted by the text itself

	Source  Source   `json:"src"`
	Holders []Source `json:"in,omitempty"` // of the statements it is nested in, the innermost first
	Via     []string `json:"via,omitempty"`

	Class  string         `json:"class,omitempty"` // of the cue
	Kind   hearsay.Kind   `json:"kind,omitempty"`
	Manner hearsay.Manner `json:"manner,omitempty"`
	Score  float64        `json:"score,omitempty"`

	Text    string         `json:"text"`            // the words of the content; parts are joined by " … "
	Plain   string         `json:"plain,omitempty"` // the same with words of mixed scripts repaired, where there are any
	Cue     string         `json:"cue,omitempty"`
	Content []hearsay.Span `json:"content"`
	Start   int            `json:"start"` // of the whole statement

	Sign       int                `json:"sign"` // -1 where the content is denied or negated
	Denies     bool               `json:"denies,omitempty"`
	Rebuts     bool               `json:"rebuts,omitempty"`  // a quotation by which the speaker denies what was said before
	Disowns    bool               `json:"disowns,omitempty"` // the speaker says in his own words that he promised nothing of a kind
	Order      int                `json:"order"`             // of the statement in its document
	Factuality hearsay.Factuality `json:"fact,omitempty"`
	Estimate   *hearsay.Estimate  `json:"est,omitempty"`
	Sentences  int                `json:"n"` // that the content spans

	Names   []Name   `json:"names,omitempty"`
	Figures []Figure `json:"figures,omitempty"`
	Times   []Period `json:"times,omitempty"`
	Lemmas  []string `json:"lemmas,omitempty"` // content words without names, sorted
	Sounds  []string `json:"sounds,omitempty"` // skeletons of long words, which other languages may share
	Deeds   []string `json:"deeds,omitempty"`  // concepts of what happens, nouns left out, sorted
	Root    string   `json:"root,omitempty"`   // lemma of the main predicate
	Agent   string   `json:"agent,omitempty"`  // first key of the name that acts
}

// Name is a name in a content, under the keys by which other spellings are found.
type Name struct {
	Type hearsay.MentionType `json:"t,omitempty"`
	Keys []string            `json:"k,omitempty"` // "=BY" for a country of the tables, else skeletons of the last word
	Full []string            `json:"w,omitempty"` // skeletons of all words
}

// Figure is a figure of a content.
type Figure struct {
	Low  float64 `json:"l"`
	High float64 `json:"h"` // below Low: no upper bound
	Unit string  `json:"u,omitempty"`
	Of   string  `json:"of,omitempty"`
	AsOf string  `json:"as,omitempty"`
	Text string  `json:"w"`
	ID   string  `json:"-"`
}

// Period is a time named in a content, in RFC 3339 dates, both ends included.
type Period struct {
	From string `json:"f"`
	To   string `json:"t"`
}

// Profile makes one item for each of a.Statements, whose ids are given in the same order.
func Profile(a *hearsay.Analysis, statementIDs []string) []Item {
	p := newProfiler(a)
	out := make([]Item, 0, len(a.Statements))
	for i := range a.Statements {
		if i < len(statementIDs) {
			out = append(out, p.statement(i, statementIDs[i]))
		}
	}
	return out
}

// Narrated makes one item for each sentence of the article that asserts something in the text's own
// words: no statement, quotation or reporting word stands in it, none stands right before it in its paragraph,
// so that it may go on with what somebody said, the next sentence does not tell who says it ("That is what the
// institute writes"), and it names somebody or counts something. Their ids are made by id from the span of the
// sentence.
func Narrated(a *hearsay.Analysis, id func(hearsay.Span) string) []Item {
	p := newProfiler(a)
	var out []Item
	for i := range a.Sentences {
		s := &a.Sentences[i]
		if !a.Document.Blocks[s.Block].Role.Article() || p.reported(i) || strings.HasSuffix(s.In(a.Document.Text), "?") {
			continue
		}
		if i > 0 && a.Sentences[i-1].Block == s.Block && p.reported(i-1) || p.resumed(i) {
			continue
		}
		it := p.narrated(s, id(s.Span))
		if len(it.Names)+len(it.Figures) > 0 && it.size() >= fewestTerms && (it.Root != "" || !s.Parsed) {
			out = append(out, it)
		}
	}
	return out
}

func (p *profiler) statement(i int, id string) Item {
	s := &p.a.Statements[i]
	it := Item{
		Statement: id, Document: p.a.Document.ID, Language: p.a.Document.Language, Published: p.a.Document.Published,
		Source: p.source(s), Holders: p.holders(s), Class: s.Class, Kind: s.Kind, Manner: s.Manner, Score: s.Score,
		Text: p.words(s.Content), Cue: p.words(s.Cue), Content: s.Content, Start: first(s), Denies: s.Denied || s.Class == "deny",
		Factuality: s.Factuality, Estimate: s.Estimate, Order: i,
	}
	if s.Class == "deny" && s.Manner == hearsay.Direct {
		it.Rebuts, it.Denies = true, false
	}
	for _, v := range s.Via {
		if v.Name != "" {
			it.Via = append(it.Via, v.Name)
		}
	}
	p.content(&it)
	it.Sign = p.sign(s, &it)
	it.Disowns = s.Manner == hearsay.Direct && it.Source.Form == Named && p.disowns(&it)
	return it
}

func (p *profiler) narrated(s *hearsay.Sentence, id string) Item {
	it := Item{
		Statement: id, Document: p.a.Document.ID, Language: p.a.Document.Language, Published: p.a.Document.Published, Narrated: true,
		Source: Source{Form: Own}, Kind: hearsay.Speech, Manner: hearsay.Indirect, Class: "say", Score: 1,
		Text: p.words([]hearsay.Span{s.Span}), Content: []hearsay.Span{s.Span}, Start: s.Start, Factuality: hearsay.CertainPlus, Sign: 1, Order: nowhere,
	}
	p.content(&it)
	if p.negated(&it) {
		it.Sign, it.Factuality = -1, hearsay.CertainMinus
	}
	return it
}

// nowhere is the order of what is no statement: nothing comes before or after it.
const nowhere = -2

// first is where the first span of a statement begins.
func first(s *hearsay.Statement) int {
	at := -1
	for _, spans := range [][]hearsay.Span{s.Source, s.Cue, s.Content} {
		for _, x := range spans {
			if at < 0 || x.Start < at {
				at = x.Start
			}
		}
	}
	return max(at, 0)
}

// sign is -1 where the statement holds that its content is not so. A statement nested in a denial
// ("she denied that he had promised it") is denied with it.
func (p *profiler) sign(s *hearsay.Statement, it *Item) int {
	sign := 1
	switch {
	case it.Rebuts:
		if p.negated(it) {
			sign = -1
		}
	case strings.HasSuffix(string(s.Factuality), "-"):
		sign = -1
	case strings.HasSuffix(string(s.Factuality), "+"):
	default:
		if it.Denies != p.negated(it) {
			sign = -1
		}
	}
	for n, h := 0, s.Holder; h >= 0 && h < len(p.a.Statements) && n < deepest; n, h = n+1, p.a.Statements[h].Holder {
		if around := &p.a.Statements[h]; around.Denied || around.Class == "deny" {
			sign, it.Denies = -1, true
		}
	}
	return sign
}

// source tells who is said to say a statement.
func (p *profiler) source(s *hearsay.Statement) Source {
	words := p.words(s.Source)
	if s.Speaker >= 0 && s.Speaker < len(p.a.Entities) {
		e := &p.a.Entities[s.Speaker]
		out := Source{Form: Unnamed, Name: firstOf(s.SpeakerText, e.Name, words), Type: e.Type, Text: words}
		if e.Named || len(p.names[s.Speaker].Keys) > 0 { // "the Korvian water ministry" is no name, and leaves no doubt
			out.Form, out.Name, out.Key = Named, firstOf(e.Name, s.SpeakerText), p.names[s.Speaker]
		}
		return out
	}
	text := firstOf(s.SpeakerText, words)
	if text == "" {
		return Source{Form: NoOne}
	}
	return Source{Form: Unnamed, Name: text, Text: words, Type: documentOrNone(text)}
}

func (p *profiler) holders(s *hearsay.Statement) []Source {
	var out []Source
	for h := s.Holder; h >= 0 && h < len(p.a.Statements) && len(out) < deepest; h = p.a.Statements[h].Holder {
		out = append(out, p.source(&p.a.Statements[h]))
	}
	return out
}

const deepest = 8 // statements nested in one another

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// words joins the words of some spans, white space folded.
func (p *profiler) words(spans []hearsay.Span) string {
	parts := make([]string, 0, len(spans))
	for _, s := range spans {
		parts = append(parts, strings.Join(strings.Fields(s.In(p.a.Document.Text)), " "))
	}
	return strings.Join(parts, " … ")
}

// repaired joins the words of some spans as they were meant, "" where nothing was repaired.
func (p *profiler) repaired(spans []hearsay.Span) string {
	var b strings.Builder
	found := false
	for _, s := range spans {
		at := s.Start
		repairs := p.a.Document.Repairs
		for _, i := range inside([]hearsay.Span{s}, len(repairs), func(i int) hearsay.Span { return repairs[i].Span }) {
			r := &repairs[i]
			b.WriteString(p.a.Document.Text[at:r.Start])
			b.WriteString(r.To)
			at, found = r.End, true
		}
		b.WriteString(p.a.Document.Text[at:s.End])
		b.WriteByte(' ')
	}
	if !found {
		return ""
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// plain is the text of a content in one script.
func (it *Item) plain() string { return firstOf(it.Plain, it.Text) }

func fold(s string) string { return romanize.Fold(s) }
