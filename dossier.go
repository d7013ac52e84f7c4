package hearsay

// Actor is one person, organisation, place or group in the whole dossier.
type Actor struct {
	ID     string
	Name   string
	Type   MentionType
	Names  []Name
	Titles []string
	Merged []Merge
}

// Name is a form under which an actor goes in one language.
type Name struct {
	Form, Language string
	Count          int
}

// Merge says why two names were joined.
type Merge struct {
	A, B  string // the two spellings
	Rule  string
	Score float64
}

// LinkKind says how one document depends on another.
type LinkKind string

// The kinds of links. From depends on To, as far as the direction is known.
const (
	Copy        LinkKind = "copy"
	Translation LinkKind = "translation"
	Cites       LinkKind = "cites"
	Republishes LinkKind = "republishes"
)

// Link joins two documents, or a document and an outlet or report outside the dossier.
type Link struct {
	From, To    string // document ids; To is empty where External is set
	External    string
	Kind        LinkKind
	Score       float64
	Evidence    []Evidence
	DirectionBy string // date credit text unknown
}

// Evidence is a pair of passages; To is empty for an external link.
type Evidence struct {
	From, To Span
}

// OriginKind is what a chain of reports ends in.
type OriginKind string

// The kinds of origins.
const (
	OriginSpeaker  OriginKind = "speaker"
	OriginDocument OriginKind = "document"
	OriginOutlet   OriginKind = "outlet"
)

// Claim is a set of statements that say the same, or deny it.
type Claim struct {
	ID         string
	Text       string   // the words of its clearest statement
	Statements []string // statement ids
	Documents  []string
	Denials    []string // those of Statements that hold the opposite
	Candidates []string // statements that may belong here; counted in AtMost alone
	Origins    []Origin
	AtLeast    int // origins of which no dependence on one another was found
	AtMost     int
}

// Origin is the end of a chain: who or what stands behind some statements of a claim.
type Origin struct {
	ID         string
	Kind       OriginKind
	Name       string
	Nameless   bool // "a number of insiders": the first hop without a name
	Statements []string
	Chains     [][]string // per statement, the hops from the statement to the origin, as shown
	Why        string
}

// ConflictKind says how statements clash.
type ConflictKind string

// The kinds of conflicts.
const (
	Denial    ConflictKind = "denial"
	FigureGap ConflictKind = "figure"
	Reversal  ConflictKind = "reversal"
	Hardening ConflictKind = "hardening"
	Circular  ConflictKind = "circular"
)

// Conflict is two or more things that do not go together, shown and never settled.
type Conflict struct {
	Kind    ConflictKind
	Between []string // ids of statements, figures or, for circular, documents
	Why     string
	Since   string
}

// Judgement is one decision about two things, by the program or by a person. Clusters are a pure
// function of judgements; a person's outranks the program's; a judgement is superseded, never edited.
type Judgement struct {
	Kind   string // name link claim source information
	A, B   string
	Rule   string // "same", "different", "wrong", a grade, or the program's rule
	Score  float64
	Author string // "" is the program
	Time   string // RFC 3339; "" for the program's
}
