// Package format reads and writes the record stream: UTF-8 JSON Lines, one object a line with
// exactly one key that names the record's kind. Offsets in records are Unicode code points, as
// the W3C Web Annotation Data Model asks of a TextPositionSelector.
package format

// Version is the version of the record stream, written in its run record.
const Version = 1

// Record is one line of the stream: exactly one field is set.
type Record struct {
	Run       *Run       `json:"run,omitempty"`
	Document  *Document  `json:"document,omitempty"`
	Mention   *Mention   `json:"mention,omitempty"`
	Statement *Statement `json:"statement,omitempty"`
	Figure    *Figure    `json:"figure,omitempty"`
	Assertion *Assertion `json:"assertion,omitempty"`
	Actor     *Actor     `json:"actor,omitempty"`
	Link      *Link      `json:"link,omitempty"`
	Claim     *Claim     `json:"claim,omitempty"`
	Conflict  *Conflict  `json:"conflict,omitempty"`
	Judgement *Judgement `json:"judgement,omitempty"`
}

// Run says which program and models made the stream.
type Run struct {
	Format    int      `json:"format"`
	Program   string   `json:"program"`
	Version   string   `json:"version"`
	Languages []string `json:"languages"`
	Models    []Model  `json:"models"`
}

// Model names a model file that was at hand.
type Model struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
}

// Span is a stretch of a document's text in code points, with the text it covers.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Exact string `json:"exact"`
}

// Document is a text with what it says of itself.
type Document struct {
	ID                 string      `json:"id"`
	Path               string      `json:"path,omitempty"`
	URL                string      `json:"url,omitempty"`
	SHA256             string      `json:"sha256"`
	Supersedes         string      `json:"supersedes,omitempty"`
	Language           string      `json:"language"`
	LanguageConfidence float64     `json:"language_confidence"`
	Title              string      `json:"title,omitempty"`
	Byline             []string    `json:"byline,omitempty"`
	Outlet             string      `json:"outlet,omitempty"`
	Dateline           string      `json:"dateline,omitempty"`
	Published          string      `json:"published,omitempty"`
	Updated            string      `json:"updated,omitempty"`
	Text               string      `json:"text"`
	Blocks             []Block     `json:"blocks"`
	Repairs            []Repair    `json:"repairs,omitempty"`
	Translated         *Translated `json:"translated,omitempty"`
	Credits            []Credit    `json:"credits,omitempty"`
	Notes              []string    `json:"notes,omitempty"`
}

// Block is a stretch of text with one role.
type Block struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Role  string `json:"role"`
}

// Repair is a word in mixed scripts and its reading.
type Repair struct {
	Span
	To  string `json:"to"`
	Why string `json:"why"`
}

// Translated marks a text that reads as translated.
type Translated struct {
	From     string  `json:"from"`
	Score    float64 `json:"score"`
	Evidence []Span  `json:"evidence"`
}

// Credit says whose work a text is.
type Credit struct {
	Span
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// Mention is one naming of an actor.
type Mention struct {
	ID       string `json:"id"`
	Document string `json:"document"`
	Span
	Actor string `json:"actor,omitempty"`
	Type  string `json:"type"`
	Head  string `json:"head"`
}

// Statement is one attribution.
type Statement struct {
	ID          string     `json:"id"`
	Document    string     `json:"document"`
	Source      []Span     `json:"source"`
	Cue         []Span     `json:"cue"`
	Content     []Span     `json:"content"`
	Speaker     string     `json:"speaker,omitempty"`
	SpeakerText string     `json:"speaker_text,omitempty"`
	SpeakerBy   *SpeakerBy `json:"speaker_by,omitempty"`
	Manner      string     `json:"manner"`
	Kind        string     `json:"kind"`
	Class       string     `json:"class,omitempty"`
	Stance      string     `json:"stance,omitempty"`
	Holder      string     `json:"holder,omitempty"`
	Addressee   string     `json:"addressee,omitempty"`
	Score       float64    `json:"score"`
	Via         []string   `json:"via,omitempty"`
	Factuality  string     `json:"factuality,omitempty"`
	Denied      bool       `json:"denied,omitempty"`
	Estimate    *Estimate  `json:"estimate,omitempty"`
	Tense       string     `json:"tense_of_event,omitempty"`
}

// SpeakerBy says why a statement has a speaker whom its text does not name, or names otherwise: another document gives
// him for the same sentence, at a span of its text.
type SpeakerBy struct {
	Rule      string `json:"rule"`
	Document  string `json:"document"`
	Statement string `json:"statement"`
	Span      Span   `json:"span"`
}

// Assertion is a sentence that a text holds in its own words, without naming anybody. Only those stand
// in the stream that say what statements say.
type Assertion struct {
	ID         string    `json:"id"`
	Document   string    `json:"document"`
	Content    []Span    `json:"content"`
	Factuality string    `json:"factuality"`
	Estimate   *Estimate `json:"estimate,omitempty"`
}

// Estimate is a word of estimative probability with its range in per cent.
type Estimate struct {
	Span
	Term  string  `json:"term"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Scale string  `json:"scale"`
}

// Figure is a number with what it counts.
type Figure struct {
	ID       string `json:"id"`
	Document string `json:"document"`
	Span
	Value     float64 `json:"value"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Unit      string  `json:"unit,omitempty"`
	Of        string  `json:"of,omitempty"`
	Approx    bool    `json:"approx,omitempty"`
	Statement string  `json:"statement,omitempty"`
	AsOf      string  `json:"as_of,omitempty"`
}

// Actor is one person, organisation, place or group in all documents.
type Actor struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Type   string   `json:"type"`
	Names  []Name   `json:"names"`
	Titles []string `json:"titles,omitempty"`
	Merged []Merge  `json:"merged,omitempty"`
}

// Name is a form of an actor's name.
type Name struct {
	Form     string `json:"form"`
	Language string `json:"language"`
	Count    int    `json:"count"`
}

// Merge says why two names are one actor's.
type Merge struct {
	A     string  `json:"a"`
	B     string  `json:"b"`
	Rule  string  `json:"rule"`
	Score float64 `json:"score"`
}

// External names a document or outlet outside the dossier.
type External struct {
	External string `json:"external"`
}

// Link joins two documents; To is a document id or an External.
type Link struct {
	From        string     `json:"from"`
	To          any        `json:"to"`
	Kind        string     `json:"kind"`
	Score       float64    `json:"score"`
	Evidence    []Evidence `json:"evidence"`
	DirectionBy string     `json:"direction_by"`
}

// Evidence is a pair of passages.
type Evidence struct {
	From *Span `json:"from,omitempty"`
	To   *Span `json:"to,omitempty"`
}

// Claim is a set of statements that say the same or deny it.
type Claim struct {
	ID         string   `json:"id"`
	Text       string   `json:"text"`
	Statements []string `json:"statements"`
	Documents  []string `json:"documents"`
	Denials    []string `json:"denials,omitempty"`
	Candidates []string `json:"candidates,omitempty"`
	Origins    []Origin `json:"origins"`
	AtLeast    int      `json:"at_least"`
	AtMost     int      `json:"at_most"`
}

// Origin is the end of a chain of reports.
type Origin struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind"`
	Name       string     `json:"name"`
	Nameless   bool       `json:"nameless,omitempty"`
	Statements []string   `json:"statements"`
	Chains     [][]string `json:"chains,omitempty"`
	Why        string     `json:"why"`
}

// Conflict is two or more things that do not go together.
type Conflict struct {
	Kind    string   `json:"kind"`
	Between []string `json:"between"`
	Why     string   `json:"why"`
	Since   string   `json:"since,omitempty"`
}

// Judgement is a person's decision about two things, exported with the dossier.
type Judgement struct {
	Kind   string  `json:"kind"`
	A      string  `json:"a"`
	B      string  `json:"b"`
	Rule   string  `json:"rule"`
	Score  float64 `json:"score"`
	Author string  `json:"author"`
	Time   string  `json:"time"`
}
