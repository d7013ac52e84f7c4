// Package certainty says how the one who says something holds it: as certain, probable or possible,
// positive or negative (FactBank, Saurí and Pustejovsky 2009), and with which word of estimative
// probability. Likelihood is read from the words for it alone; words for confidence in one's basis
// ("with high confidence") are never turned into it.
package certainty

import (
	"slices"
	"strings"
	"sync"

	"hearsay"
	"hearsay/internal/phrase"
)

// Run fills Factuality, Estimate, Tense and Denied of all statements, on the scale of ICD 203. It
// reads the text, the tokens where there are any, and Class, Manner, Cue, Content and Holder of the
// statements.
func Run(a *hearsay.Analysis) { Stage{ICD203}.Run(a) }

// Stage is Run on a scale of choice.
type Stage struct{ Scale *Scale }

// Run fills Factuality, Estimate, Tense and Denied of all statements.
func (s Stage) Run(a *hearsay.Analysis) {
	r := s.reader(a)
	inner := nested(a.Statements)
	for i := range a.Statements {
		r.statement(i, inner[i])
	}
}

// Assertion is what a sentence of the writer's own says with less than certainty.
type Assertion struct {
	hearsay.Span
	Factuality hearsay.Factuality
	Estimate   *hearsay.Estimate
	Tense      string
}

// Assess judges stretches of text as their writer's own words and returns those that he holds as less
// than certain, in the order given. Estimates are on the scale of ICD 203.
func Assess(a *hearsay.Analysis, spans []hearsay.Span) []Assertion {
	return Stage{ICD203}.Assess(a, spans)
}

// Assess is the function Assess on the stage's scale.
func (s Stage) Assess(a *hearsay.Analysis, spans []hearsay.Span) []Assertion {
	r := s.reader(a)
	var found []Assertion
	for _, span := range spans {
		c := r.clause([]hearsay.Span{span}, nil)
		f := c.factuality()
		if c.estimate == nil && !c.hedged() {
			continue
		}
		found = append(found, Assertion{span, f, c.estimate, c.tense("")})
	}
	return found
}

// Narrated lists the sentences that no statement's content touches: the writer's own words.
func Narrated(a *hearsay.Analysis) []hearsay.Span {
	var said []hearsay.Span
	for _, s := range a.Statements {
		said = append(said, s.Content...)
	}
	sortSpans(said)
	var own []hearsay.Span
	at, reach := 0, 0
	for _, s := range a.Sentences {
		for at < len(said) && said[at].Start < s.End {
			reach = max(reach, said[at].End)
			at++
		}
		if reach <= s.Start {
			own = append(own, s.Span)
		}
	}
	return own
}

var tables sync.Map // language -> *phrase.Table

func tableOf(language string) *phrase.Table {
	if t, ok := tables.Load(language); ok {
		return t.(*phrase.Table)
	}
	t, err := phrase.Load(language, "certainty")
	if err != nil || !known[language] {
		t, _ = phrase.Load("", "certainty")
	}
	if known[language] {
		tables.Store(language, t)
	}
	return t
}

var known = map[string]bool{"en": true, "uk": true, "ru": true, "pl": true, "be": true, "de": true, "fr": true, "es": true}

// nested lists for each statement those whose holder it is.
func nested(statements []hearsay.Statement) [][]int {
	inner := make([][]int, len(statements))
	for i, s := range statements {
		if s.Holder >= 0 && s.Holder < len(statements) && s.Holder != i {
			inner[s.Holder] = append(inner[s.Holder], i)
		}
	}
	return inner
}

// reader knows the document, its language's words and the scale.
type reader struct {
	a        *hearsay.Analysis
	text     string
	language string
	table    *phrase.Table
	scale    *Scale
}

func (s Stage) reader(a *hearsay.Analysis) *reader {
	scale := s.Scale
	if scale == nil {
		scale = ICD203
	}
	lang := a.Document.Language
	return &reader{a: a, text: a.Document.Text, language: lang, table: tableOf(lang), scale: scale}
}

// statement judges statement i; inner are those that are nested in it.
func (r *reader) statement(i int, inner []int) {
	s := &r.a.Statements[i]
	var skip []hearsay.Span
	for _, k := range inner {
		if k := &r.a.Statements[k]; k.Class != "hearsay" && !slices.Equal(k.Content, s.Content) { // these judge what is said, or tell it too
			skip = append(skip, k.Content...)
		}
	}
	c := r.clause(s.Content, skip)
	c.manner, c.class = s.Manner, s.Class
	r.cue(c, s)
	if s.Stance == hearsay.Neutral && r.unvouched(c, s) {
		s.Stance = hearsay.Distance
	}
	s.Denied = s.Class == "deny" && !c.cueNegated || c.cueNegated && (s.Class == "think" || s.Class == "agree")
	c.denied = s.Denied
	s.Factuality = c.factuality()
	s.Estimate = c.estimate
	s.Tense = c.tense(s.Class)
}

// unvouched reports the French and Spanish conditional of hearsay: in "selon l'institut, la digue aurait cédé" the institute
// is certain, the writer keeps his distance. Behind a verb of saying the same form is only that verb's past.
func (r *reader) unvouched(c *clause, s *hearsay.Statement) bool {
	if len(s.Cue) == 0 {
		return false
	}
	cue := strings.ToLower(strings.ReplaceAll(s.Cue[0].In(r.text), "’", "'"))
	switch r.language + " " + strings.Fields(cue)[0] {
	case "fr selon", "fr d'après", "es según":
	default:
		return false
	}
	return c.hypothetical || c.event >= 0 && strings.Contains(r.a.Tokens[c.event].Feats, "Mood=Cnd")
}

const beside = 3 // words before a cue in which its negation may stand

// cue looks for a negation of the reporting words, or doubt in them, and whether they rule something out or refuse it.
func (r *reader) cue(c *clause, s *hearsay.Statement) {
	if len(s.Cue) == 0 {
		return
	}
	first, last := s.Cue[0], s.Cue[len(s.Cue)-1]
	window := hearsay.Span{Start: r.before(first.Start), End: r.after(last.End)}
	words := phrase.Words(r.text, window, r.language)
	r.table.Mark(words)
	for k := range words {
		w := words[k]
		if within(w.Span, s.Content) || r.parted(words, k, first, last) {
			continue
		}
		if e, n := phrase.Find(words, k, "negation", "impossible"); n > 0 && e.Value != "ne" && r.negates(e, words[k].Low) {
			c.cueNegated = true
		}
		if w.Start < first.Start || w.End > last.End {
			continue
		}
		for kind, found := range map[string]*bool{"doubt": &c.doubted, "exclude": &c.excludes, "refuse": &c.refuses} {
			if _, n := phrase.Find(words, k, kind); n > 0 {
				*found = true
			}
		}
	}
	c.excludes, c.refuses = c.excludes && s.Class == "deny", c.refuses && s.Class == "oppose"
}

// negates reports whether an entry negates a cue: a negation, or "cannot", «не може».
func (r *reader) negates(e *phrase.Entry, word string) bool {
	return e.Kind == "negation" || len(e.Words) > 1 || r.language == "en" && (word == "cannot" || word == "can't" || word == "couldn't")
}

// parted reports whether word k lies outside the cue and a punctuation mark, or too many words, between.
func (r *reader) parted(words []phrase.Word, k int, first, last hearsay.Span) bool {
	n := 0
	if words[k].End <= first.Start {
		for _, w := range words[k+1:] {
			if w.Start >= first.Start {
				return n >= beside
			}
			if w.Sort == phrase.Sign {
				return true
			}
			n++
		}
	}
	if words[k].Start >= last.End {
		for j := k - 1; j >= 0 && words[j].Start >= last.End; j-- {
			if words[j].Sort == phrase.Sign {
				return true
			}
			n++
		}
		return n >= 1
	}
	return false
}

const window = 60 // bytes beside a cue in which its negation is looked for

func (r *reader) before(at int) int {
	i := max(0, at-window)
	for i > 0 && i < at && r.text[i]&0xC0 == 0x80 {
		i++
	}
	if nl := strings.LastIndexByte(r.text[i:at], '\n'); nl >= 0 {
		i += nl + 1
	}
	return i
}

func (r *reader) after(at int) int {
	i := min(len(r.text), at+window)
	for i < len(r.text) && r.text[i]&0xC0 == 0x80 {
		i++
	}
	if nl := strings.IndexByte(r.text[at:i], '\n'); nl >= 0 {
		i = at + nl
	}
	return i
}

func within(s hearsay.Span, spans []hearsay.Span) bool {
	for _, o := range spans {
		if o.Overlaps(s) {
			return true
		}
	}
	return false
}
