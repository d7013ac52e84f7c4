package hearsay

import "math"

// Manner says how a content is rendered.
type Manner string

// Kind tells what was uttered from what was only thought.
type Kind string

// Manners and kinds of statements.
const (
	Direct   Manner = "direct"
	Indirect Manner = "indirect"
	Mixed    Manner = "mixed"

	Speech   Kind = "speech"
	Attitude Kind = "attitude"
)

// Factuality is how a holder presents an event: certain, probable, possible, positive or
// negative (FactBank, Saurí & Pustejovsky 2009).
type Factuality string

// The FactBank values.
const (
	CertainPlus   Factuality = "CT+"
	ProbablePlus  Factuality = "PR+"
	PossiblePlus  Factuality = "PS+"
	CertainMinus  Factuality = "CT-"
	ProbableMinus Factuality = "PR-"
	PossibleMinus Factuality = "PS-"
	CertainU      Factuality = "CTu"
	Unknown       Factuality = "Uu"
)

// Stance is what the writer's choice of a reporting word says about his own belief.
type Stance string

// Stances: "claims", "allegedly" keep a distance; "admits", "reveals" endorse.
const (
	Neutral   Stance = ""
	Distance  Stance = "distance"
	Endorsing Stance = "endorsement"
)

// Statement is one attribution: somebody (source) is said by a reporting word (cue) to hold
// something (content).
type Statement struct {
	Source  []Span // who is said to say it; empty where the text names nobody
	Cue     []Span // the reporting words; empty in a quotation that goes on
	Content []Span // what is said, without quotation marks and without the opening "that"

	Speaker     int    // index into Analysis.Entities, -1 unknown
	SpeakerText string // as a reader would name the speaker
	Addressee   int    // index into Analysis.Entities, -1 none
	Holder      int    // index into Analysis.Statements of the statement this one is nested in, -1 none

	Manner Manner
	Kind   Kind
	Class  string // class of the cue: say deny ask promise demand warn accuse think …
	Stance Stance
	Score  float64 // 0 to 1, calibrated
	Via    []Via   // through whom it came
	Denied bool    // the cue or its negation denies the content

	Factuality Factuality
	Estimate   *Estimate
	Tense      string // of the event: past present future none
}

// Via is an outlet or document through which a statement came: "told TSN.ua".
type Via struct {
	Span
	Name   string
	Entity int // index into Analysis.Entities, -1 none
}

// Estimate is a word of estimative probability and its range in per cent.
type Estimate struct {
	Span
	Term      string // the English term of the scale
	Low, High float64
	Scale     string // icd203 or phia
}

// Figure is a number with what it counts. A share ("a third") is a number of per cent.
type Figure struct {
	Span                     // with the words that make it rough and its unit: "almost a third", "more than 12 km"
	Value, Low, High float64 // Low and High are the least and most that the words allow; High below Low: no upper bound
	Unit             string  // "USD", "%", "km", "" for a plain count
	Of               string  // lemma(s) of what is counted
	OfSpan           Span    // where that stands, empty if nowhere
	Approx           bool
	Statement        int    // innermost statement it stands in, -1 none
	AsOf             string // RFC 3339 date, "" unknown
}

// Bounds returns Low and High, with +Inf where the words set no upper bound ("at least 20").
func (f Figure) Bounds() (low, high float64) {
	if f.High < f.Low {
		return f.Low, math.Inf(1)
	}
	return f.Low, f.High
}

// Time is a date or period named in the text.
type Time struct {
	Span
	From, To  string // RFC 3339 dates, To included; "" where it cannot be resolved
	Statement int    // -1 none
}
