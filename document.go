package hearsay

import "strings"

// Document is one text as it was found. Text never changes after it was cleaned: every
// annotation is a span into it.
type Document struct {
	ID         string // from where it was found and its content, see NewDocumentID
	Path       string // as given on the command line, with slashes; empty for a URL
	URL        string
	SHA256     string // of the raw bytes, in hex
	Supersedes string // id of an earlier version at the same address

	Language           string // ISO 639-1, "und" where unknown
	LanguageConfidence float64

	Title     string
	Byline    []string
	Outlet    string
	Dateline  string
	Published string // RFC 3339 date or time, empty where unknown: never guessed from the clock
	Updated   string

	Text       string
	Blocks     []Block
	Repairs    []Repair
	Translated *Translated
	Credits    []Credit
	Notes      []string // what analysis could not do
}

// Role says what a block of text is for.
type Role string

// The roles of blocks. Boilerplate is everything around the article: menus, breadcrumbs,
// cookie lines, comment forms, teasers of other stories.
const (
	RoleTitle       Role = "title"
	RoleLede        Role = "lede"
	RoleBody        Role = "body"
	RoleHeading     Role = "heading"
	RoleCaption     Role = "caption"
	RoleByline      Role = "byline"
	RoleCredit      Role = "credit"
	RoleBoilerplate Role = "boilerplate"
)

// Article reports whether blocks of this role are the article's own words, in which
// statements and names are looked for.
func (r Role) Article() bool {
	switch r {
	case RoleTitle, RoleLede, RoleBody, RoleHeading, RoleCaption:
		return true
	}
	return false
}

// Block is a paragraph, a headline, a caption: a stretch of text with one role. Blocks are in
// order, do not overlap, hold no leading or trailing white space, and cover every character
// that is not white space.
type Block struct {
	Span
	Role Role
}

// Repair is a word written with letters of another script and what it stands for.
type Repair struct {
	Span
	To  string // the reading that the language supports
	Why string
}

// Translated says that a text reads as (machine-)translated from another language.
type Translated struct {
	From     string // ISO 639-1, or "und"
	Score    float64
	Evidence []Span
}

// CreditKind says what a credit line claims.
type CreditKind string

// The kinds of credits.
const (
	CreditOriginal    CreditKind = "original"
	CreditTranslation CreditKind = "translation"
	CreditRepublished CreditKind = "republished"
	CreditAgency      CreditKind = "agency"
	CreditPhoto       CreditKind = "photo"
	CreditInterview   CreditKind = "interview"
	CreditVia         CreditKind = "via"
)

// Credit is a passage in which the text itself says whose work it is.
type Credit struct {
	Span
	Kind CreditKind
	Name string // who is credited, as written in the text, "" where nobody is named
}

// Address is where the document was found: its path, or its URL where it came from the network or
// from a feed or archive, in which its place may change from one day to the next.
func (d *Document) Address() string { return Address(d.Path, d.URL) }

// Address is the address of something found at a path, at a URL or both. A "#" in the path parts
// an archive from the number of its member.
func Address(path, url string) string {
	if path == "" || url != "" && strings.Contains(path, "#") {
		return url
	}
	return path
}
