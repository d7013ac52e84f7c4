// Package attribute finds who said what: for each statement its source, cue and content, how
// they nest, and how sure the finding is.
//
// Rules over the lexicon, the quotation marks and, where a model gave one, the tree propose
// readings of each cue; a linear model, where there is one for the language, decides (after
// Pareti et al. 2013 and Newell et al. 2018, who call the parts source, cue and content).
package attribute

import (
	"slices"

	"hearsay"
	"hearsay/internal/lexicon"
	"hearsay/internal/linear"
)

// Options of a Stage.
type Options struct {
	MinScore float64 // leave out statements that score less; 0 is the model's own threshold
}

// Stage finds the statements of a document. It is safe for use by several goroutines.
type Stage struct {
	opt     Options
	trained trained
}

// New makes a stage with the embedded models; without them rules alone decide.
func New(opt Options) (*Stage, error) {
	t, err := embedded()
	return &Stage{opt, t}, err
}

// NewFrom makes a stage with the models of a file.
func NewFrom(f *linear.File, opt Options) (*Stage, error) {
	t, err := load(f)
	return &Stage{opt, t}, err
}

// modelFor is the model for a document, nil where rules alone decide: a model wants the layers it
// was trained on, tags or trees.
func (s *Stage) modelFor(a *hearsay.Analysis) *model {
	m := s.trained.models[a.Document.Language]
	if m == nil {
		m = s.trained.models[anyName]
	}
	if m == nil || m.trees && !hasTrees(a) || !hasTags(a) {
		return nil
	}
	return m
}

func hasTags(a *hearsay.Analysis) bool {
	return slices.ContainsFunc(a.Tokens, func(t hearsay.Token) bool { return t.UPOS != "" })
}

func hasTrees(a *hearsay.Analysis) bool {
	return slices.ContainsFunc(a.Tokens, func(t hearsay.Token) bool { return t.Head >= 0 })
}

// Run fills a.Statements. It reads Document, Sentences, Tokens (with trees or without),
// Quotations, Mentions and Entities. A language without a lexicon gets what quotation marks
// and layout alone can tell, and a note.
func (s *Stage) Run(a *hearsay.Analysis) {
	s.find(a)
	newSpeakerResolver(a, s.trained.antecedents).run()
}

// find fills all of a.Statements but who speaks.
func (s *Stage) find(a *hearsay.Analysis) {
	a.Statements = nil
	if len(a.Tokens) == 0 {
		return
	}
	m := s.modelFor(a)
	v, err := newView(a, m == nil || m.trees)
	if err != nil {
		a.Document.Notes = append(a.Document.Notes, "attribution: "+err.Error())
	}
	if v.lex == nil {
		a.Document.Notes = append(a.Document.Notes, "attribution: no reporting words for language "+a.Document.Language)
	}
	least := s.opt.MinScore
	var readings []reading
	if m != nil && v.lex != nil {
		readings = m.read(v)
		if least == 0 {
			least = m.threshold
		}
	} else {
		readings = v.byRules()
	}
	unlikely := func(r reading) bool { return r.score < least || v.outsideArticle(&r) || v.silent(&r) }
	readings = slices.DeleteFunc(readings, unlikely) // they would hide what mood and layout tell
	var kept []reading
	had := map[outline]bool{}
	for _, r := range slices.DeleteFunc(v.complete(readings), unlikely) {
		if st, ok := v.statement(r); ok && !had[outlineOf(&st)] { // two rules may find the same
			had[outlineOf(&st)] = true
			a.Statements, kept = append(a.Statements, st), append(kept, r)
		}
	}
	nest(a, citedBy(kept))
}

// outline is where the parts of a statement begin, and where its content ends.
type outline struct{ source, cue, content, end int }

func outlineOf(st *hearsay.Statement) outline {
	o := outline{source: -1, cue: -1, content: st.Content[0].Start, end: st.Content[len(st.Content)-1].End}
	if len(st.Source) > 0 {
		o.source = st.Source[0].Start
	}
	if len(st.Cue) > 0 {
		o.cue = st.Cue[0].Start
	}
	return o
}

// outsideArticle reports whether a reading stands in a line around the article: a breadcrumb, a notice.
func (v *view) outsideArticle(r *reading) bool {
	i := r.start()
	if i < 0 || v.sentence[i] < 0 {
		return false
	}
	b := v.a.Sentences[v.sentence[i]].Block
	return b >= 0 && b < len(v.a.Document.Blocks) && v.a.Document.Blocks[b].Role == hearsay.RoleBoilerplate
}

// reading is a way to read one cue: ranges of tokens that may become a statement.
type reading struct {
	cue        *lexicon.Cue // nil for layout and for quotations that go on
	rule       rule         // that found the content
	class      string
	kind       hearsay.Kind
	stance     hearsay.Stance
	head       int     // the cue's main token, -1 without a cue
	cueTokens  []span  // of tokens
	source     span    // of tokens, empty for none
	content    []piece // in text order
	negated    bool
	score      float64
	quotations []int // that the content is made of
	inside     int   // one more than the head of the reading that cites this one, 0 for none
	via        span  // who passed it on, empty for nobody
	verbatim   bool  // what is said stands there word for word though no marks tell
}

// rule is how the content of a cue was found.
type rule uint8

const (
	byNothing rule = iota
	byQuotation
	byThat
	byWhether
	byInfinitive
	byColon
	byClause // without a mark
	byAside
	byObject
	byPreposition
	byHearsay
	byNoun
	byLayout
	byGoingOn
	byMood
	byBack
)

// span is a range of tokens, To excluded.
type span struct{ from, to int }

func (s span) empty() bool    { return s.to <= s.from }
func (s span) has(i int) bool { return s.from <= i && i < s.to }

// near is the part of s that lies within some tokens of token i.
func (s span) near(i, far int) span { return span{max(s.from, i-far), min(s.to, i+far)} }

// piece is a stretch of content: a range of tokens, or the inside of a quotation.
type piece struct {
	span
	quotation int // index into Analysis.Quotations, -1 for plain tokens
}
