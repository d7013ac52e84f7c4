package hearsay

import "sort"

// Analysis is a document with the layers that the stages added. A stage adds its own layer and
// touches no earlier one. All cross references are indices into the slices of the same Analysis.
type Analysis struct {
	Document *Document

	Sentences  []Sentence  // segment
	Tokens     []Token     // segment (spans, forms), syntax (the rest)
	Quotations []Quotation // quote
	Mentions   []Mention   // mention
	Entities   []Entity    // mention
	Statements []Statement // attribute
	Figures    []Figure    // measure
	Times      []Time      // measure
}

// LastQuotation is the last of a.Quotations that begins at or before a byte, -1 for none. Those around the byte
// are among it and its parents.
func (a *Analysis) LastQuotation(at int) int {
	return sort.Search(len(a.Quotations), func(i int) bool { return a.Quotations[i].Start > at }) - 1
}

// Sentence is a sentence of one block; Tokens[First:Last] are its words.
type Sentence struct {
	Span
	First, Last int // token indices, Last excluded
	Block       int // index into Document.Blocks
	Parsed      bool
}

// Token is a syntactic word in the sense of Universal Dependencies. The words of a multiword
// token share its span and count Part from 1; other tokens have Part 0.
type Token struct {
	Span
	Form  string // as analysed: repaired where a Repair covers it
	Part  int
	Lemma string
	UPOS  string // universal part of speech: "NOUN", "VERB", …; "" without a model
	Feats string // "Case=Nom|Number=Sing", "" if none
	Head  int    // token index, or -1 for the root of a sentence
	Rel   string // universal relation with subtype: "nsubj:pass"; "" without a model
}

// Quotation is a stretch of text in quotation marks, or a turn of dialogue opened by a dash.
type Quotation struct {
	Span             // with its marks
	Inner       Span // without them
	Open, Close string
	Unclosed    bool // the closing mark is missing in the text; the end is a guess
	Continues   bool // goes on from the quotation before it (paragraph re-opened)
	Depth       int  // 0 outermost
	Parent      int  // index of the quotation around it, -1 for none
	Scare       bool // title, name or scare quotes rather than speech, judged by form alone
	Dash        bool // opened by a dialogue dash, not by marks
}

// MentionType is what kind of thing a name or description stands for.
type MentionType string

// The types of mentions and actors.
const (
	Person       MentionType = "person"
	Organization MentionType = "organization"
	Place        MentionType = "place"
	Group        MentionType = "group"
	DocumentType MentionType = "document"
)

// Mention is one naming of an entity in the text: a name, a description, a pronoun is none.
type Mention struct {
	Span
	Head   Span // the words that name: "Alexander Lukashenko" of "President Alexander Lukashenko"
	Type   MentionType
	Entity int // index into Analysis.Entities
}

// Entity is what the mentions of one document that belong together stand for.
type Entity struct {
	Type     MentionType
	Name     string   // fullest form in the nominative, as far as the text and the language allow
	Forms    []string // distinct normalised (nominative) forms, fullest first
	Titles   []string // roles in apposition: "president", "ексголова розвідки"
	Gender   string   // "Masc", "Fem", "" unknown
	Plural   bool
	Named    bool  // has a proper name; false for "two officials"
	Mentions []int // indices into Analysis.Mentions, in text order
}
