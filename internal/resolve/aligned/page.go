// Package aligned reads what two documents tell of one another of which one is a translation or a copy of the
// other: who says a sentence in one says it in the other, so that a name in one script stands for a name in the
// other that no rule of spelling could join, and a name for a pronoun or a description. Everything here is a pure
// function of two documents and the passages in which they correspond.
package aligned

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/resolve/names"
	"hearsay/internal/romanize"
)

// Page is what a document shows to its translations and copies. Offsets are bytes into its text.
type Page struct {
	Document string
	Language string
	Entities []Entity
	Voices   []Voice

	mentions []mention       // in the order of the text
	words    map[string]bool // skeletons of the words that begin with a capital
}

// Entity is an entity of a document as names are joined.
type Entity struct {
	names.Item
	keys  []uint64
	words []string // skeletons of the words of its name
}

type mention struct{ at, entity int }

// Grade says how the speaker of a statement was found, the surest last.
type Grade int

// The grades of speakers.
const (
	Nobody    Grade = iota // nobody is known to have said it
	LeftOut                // the text leaves the subject out
	Resolved               // a pronoun, or a description taken to be somebody
	Described              // a description that stands for itself: "a spokesman"
	Named                  // by name, where the statement is made
)

// Voice is a statement with the one who makes it.
type Voice struct {
	Statement string
	Source    hearsay.Span // empty where the text gives none
	Content   []hearsay.Span
	Speaker   int // index into Page.Entities, -1 unknown
	Grade     Grade
	cue       []hearsay.Span
	depth     int  // of nesting
	goesOn    bool // a quotation without words that report it

	indefinite bool // "a spokesman": somebody of whom nobody has spoken
	pronoun    bool // one word: "she"
}

// NewPage takes from an analysis what its translations and copies are compared by. ids are those of its statements.
func NewPage(a *hearsay.Analysis, ids []string) *Page {
	p := &Page{Document: a.Document.ID, Language: a.Document.Language}
	for _, it := range names.Profile(a) {
		e := Entity{Item: it}
		for _, row := range names.Narrowings(it) {
			e.keys = append(e.keys, row.Keys[0])
		}
		if len(it.Forms) > 0 && !it.Unnamed {
			e.words = skeletons(it.Forms[0])
		}
		p.Entities = append(p.Entities, e)
	}
	p.words = map[string]bool{}
	for _, w := range strings.FieldsFunc(a.Document.Text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			for _, s := range skeletons(w) {
				p.words[s] = true
			}
		}
	}
	for i := range a.Mentions {
		if m := &a.Mentions[i]; m.Entity >= 0 && m.Entity < len(a.Entities) {
			p.mentions = append(p.mentions, mention{m.Head.Start, m.Entity})
		}
	}
	sort.SliceStable(p.mentions, func(i, j int) bool { return p.mentions[i].at < p.mentions[j].at })
	for i := range min(len(a.Statements), len(ids)) {
		p.Voices = append(p.Voices, voice(a, i, ids[i]))
	}
	return p
}

func voice(a *hearsay.Analysis, i int, id string) Voice {
	s := &a.Statements[i]
	v := Voice{Statement: id, Content: s.Content, cue: s.Cue, Speaker: -1}
	if len(s.Source) > 0 {
		v.Source = s.Source[0]
		first, _, more := strings.Cut(v.Source.In(a.Document.Text), " ")
		v.indefinite, v.pronoun = indefinite[strings.ToLower(first)], !more
	}
	for h := s.Holder; h >= 0 && h < len(a.Statements) && v.depth < deepest; h = a.Statements[h].Holder {
		v.depth++
	}
	if s.Speaker < 0 || s.Speaker >= len(a.Entities) {
		return v
	}
	v.Speaker, v.Grade, v.goesOn = s.Speaker, LeftOut, len(s.Cue) == 0
	if v.Source.Len() > 0 {
		v.Grade = grade(a, s.Speaker, v.Source)
	}
	return v
}

// Place is where a statement names its speaker, or else what he says.
func (v *Voice) Place() hearsay.Span {
	if v.Source.Len() > 0 || len(v.Content) == 0 {
		return v.Source
	}
	return v.Content[0]
}

const deepest = 8 // statements nested in one another

// indefinite are the articles before what was not spoken of, in the languages that have some.
var indefinite = map[string]bool{"a": true, "an": true, "ein": true, "eine": true, "einer": true, "un": true, "une": true, "una": true}

// grade tells how a source gives its entity: by its name, by a description, or by a word that was taken to mean it.
func grade(a *hearsay.Analysis, entity int, source hearsay.Span) Grade {
	e := &a.Entities[entity]
	for _, m := range e.Mentions {
		if m < 0 || m >= len(a.Mentions) || !a.Mentions[m].Overlaps(source) {
			continue
		}
		if !e.Named {
			return Described
		}
		if names.OneOf(a.Mentions[m].Head.In(a.Document.Text), e.Forms) {
			return Named
		}
	}
	return Resolved
}

// skeletons are the sounds of the words of a name.
func skeletons(name string) []string {
	var out []string
	for _, w := range romanize.Words(name) {
		if s := romanize.Skeleton(w); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// writes reports whether the text of p writes the name of entity j of another page, though not as that of entity i:
// then the two are not one. Persons' names are too much alike to tell.
func (p *Page) writes(other *Page, i, j int) bool {
	x, y := p.Entities[i].words, other.Entities[j].words
	if len(y) == 0 || other.Entities[j].Type == hearsay.Person {
		return false
	}
	own := 0
	for _, s := range y {
		if !p.words[s] {
			return false
		}
		if slices.Contains(x, s) {
			own++
		}
	}
	return 2*own < max(len(x), len(y))
}
