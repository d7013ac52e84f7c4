package certainty

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/lexicon"
	"hearsay/internal/phrase"
)

// clause is the main clause of a content, with what its words do to its certainty.
type clause struct {
	r     *reader
	words []phrase.Word // of the first sentence
	scope []bool        // which of them belong to the main clause
	token []int         // of each word, -1 for none
	event int           // token of the main predicate, -1 without a tree

	negated, possible, probable, impossible bool
	conditional, hypothetical, deontic      bool
	question                                bool
	future, past, present                   bool

	estimate *hearsay.Estimate
	polarity string // of the estimate in the main clause: "+", "-", "?"

	manner              hearsay.Manner
	class               string
	denied              bool
	cueNegated, doubted bool
	excludes, refuses   bool // the cue is "rule out", "refuse"
}

const longestClause = 250 // words of a sentence that are looked at

// clause reads the words of a content, but for what lies in skip.
func (r *reader) clause(content, skip []hearsay.Span) *clause {
	c := &clause{r: r, event: -1}
	sortSpans(skip)
	var rest []phrase.Word
	for _, span := range content {
		words := leaveOut(phrase.Words(r.text, span, r.language), skip)
		r.table.Mark(words)
		if len(c.words) > 0 || len(rest) > 0 {
			rest = append(rest, words...)
			continue
		}
		end := sentenceEnd(r.text, words)
		c.words, rest = words[:end], words[end:]
	}
	if len(c.words) > longestClause {
		c.words = c.words[:longestClause]
	}
	c.setScope(content)
	for i := 0; i < len(c.words); {
		i += max(1, c.take(i))
	}
	c.question = c.question || asks(r.text, content)
	c.readTense()
	if c.estimate == nil {
		c.estimate = r.firstEstimate(rest)
	}
	return c
}

// leaveOut drops the words that overlap any of the sorted spans.
func leaveOut(words []phrase.Word, skip []hearsay.Span) []phrase.Word {
	if len(skip) == 0 {
		return words
	}
	kept := words[:0]
	at, reach := 0, 0
	for _, w := range words {
		for at < len(skip) && skip[at].Start < w.End {
			reach = max(reach, skip[at].End)
			at++
		}
		if reach <= w.Start {
			kept = append(kept, w)
		}
	}
	return kept
}

// sentenceEnd is the number of words in the first sentence.
func sentenceEnd(text string, words []phrase.Word) int {
	for i, w := range words {
		if w.Low != "." && w.Low != "!" && w.Low != "?" || i+1 == len(words) || !words[i+1].Space || i == 0 {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(text[words[i+1].Start:]); !unicode.IsLower(r) && utf8.RuneCountInString(words[i-1].Low) > 2 {
			return i + 1
		}
	}
	return len(words)
}

const marksBehind = 12 // bytes of closing marks that may part a content from its question mark

// asks reports whether the content ends in a question mark, inside or right behind it.
func asks(text string, content []hearsay.Span) bool {
	if len(content) == 0 {
		return false
	}
	last := content[len(content)-1]
	s := strings.TrimRight(last.In(text), " \t\n\u00a0\u202f\"”»“’'")
	if strings.HasSuffix(s, "?") {
		return true
	}
	behind := text[last.End:min(len(text), last.End+marksBehind)]
	return strings.HasPrefix(strings.TrimLeft(behind, " \u00a0\u202f\"”»“’'"), "?")
}

// take notes the effect of the word or phrase at i and returns its length.
func (c *clause) take(i int) int {
	length := 0
	phrase.Each(c.words, i, func(e *phrase.Entry, n int) bool {
		if e.Kind == "sub" || !c.holds(e, i, n) {
			return true
		}
		length = n
		c.effect(e, i, n)
		return false
	})
	if length == 0 && c.scope[i] && c.r.language == "pl" && hasEnding(c.words[i].Low, "łby", "łaby", "łoby", "liby", "łyby") {
		c.hypothetical = true
	}
	return length
}

func (c *clause) effect(e *phrase.Entry, i, n int) {
	switch {
	case e.Kind == "estimate":
		c.setEstimate(e.Value, i, n)
	case e.Kind == "conditional":
		c.conditional = true
	case e.Kind == "question":
		c.question = c.question || i == 0
	case e.Kind == "open":
		c.question = c.question || c.scope[i] || i == 0
	case c.scope[i]:
		c.note(e)
	}
}

func (c *clause) note(e *phrase.Entry) {
	switch e.Kind {
	case "negation":
		c.negated = true
	case "impossible":
		c.impossible = true
	case "possible":
		c.possible = true
	case "probable", "hedge":
		c.probable = true
	case "mood":
		c.hypothetical = true
	case "deontic":
		c.deontic = true
	case "future":
		c.future = true
	case "past":
		c.past = true
	case "present":
		c.present = true
	}
}

// holds checks the conditions that an entry's value sets, and words that look like others.
func (c *clause) holds(e *phrase.Entry, i, n int) bool {
	w := c.words[i]
	switch {
	case e.Kind == "estimate":
		return true
	case e.Kind == "negation" && c.event < 0 && c.sparesMain(i, n):
		return false
	case (e.Kind == "possible" || e.Kind == "probable" || e.Kind == "impossible" || e.Kind == "open") && n == 1 && c.describesNoun(i):
		return false
	case e.Value == "inf":
		return c.infinitiveAfter(i + n)
	case e.Value == "start":
		return i == 0 || c.words[i-1].Sort == phrase.Sign
	case e.Value == "ne":
		return c.has("ne", "n'")
	case w.Low == "may" || w.Low == "will" || w.Low == "might":
		return i == 0 || !upper(c.r.text, w.Start)
	case (w.Low == "wird" || w.Low == "werden" || w.Low == "werde") && c.r.language == "de" && n == 1:
		return c.event >= 0 || c.endsInInfinitive()
	}
	return true
}

func (c *clause) has(any ...string) bool {
	for _, w := range c.words {
		for _, s := range any {
			if w.Low == s {
				return true
			}
		}
	}
	return false
}

// infinitiveAfter reports an infinitive of a Slavic language within the next words.
func (c *clause) infinitiveAfter(i int) bool {
	for k := i; k < len(c.words) && k < i+5; k++ {
		if c.words[k].Sort != phrase.Letters {
			return false
		}
		if hasEnding(c.words[k].Low, "ти", "тися", "тись", "ть", "ться", "чь", "ць", "цца", "чы", "ć", "c") {
			return true
		}
	}
	return false
}

// endsInInfinitive reports that the last word of a German clause looks like an infinitive.
func (c *clause) endsInInfinitive() bool {
	for i := len(c.words) - 1; i >= 0; i-- {
		if w := c.words[i]; w.Sort == phrase.Letters {
			if w.Low == "werden" { // "wird geöffnet werden"
				return c.has("wird", "werde")
			}
			return strings.HasSuffix(w.Low, "n") && !strings.HasPrefix(w.Low, "ge")
		}
	}
	return false
}

// opposite is what a term becomes under "not"; "" where no term of a scale says it.
var opposite = map[string]string{"likely": "unlikely", "very likely": "unlikely"}

// setEstimate notes the first term of likelihood, turned round where it is negated.
func (c *clause) setEstimate(term string, i, n int) {
	negated := c.negatedBefore(i)
	if negated {
		if term = opposite[term]; term == "" {
			c.possible = c.possible || c.scope[i]
			return
		}
	}
	if c.estimate == nil {
		c.estimate = c.r.estimate(term, c.words[i].Start, c.words[i+n-1].End)
	}
	if c.polarity != "" || !c.scope[i] && i > 0 {
		return
	}
	if negated {
		c.negated = false // it is spent on the term
	}
	switch term {
	case "almost no chance", "very unlikely", "unlikely":
		c.polarity = "-"
	case "roughly even chance", "realistic possibility":
		c.polarity = "?"
	default:
		c.polarity = "+"
	}
}

// negatedBefore reports a negation one or two words before word i.
func (c *clause) negatedBefore(i int) bool {
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		if c.words[k].Sort == phrase.Sign {
			return false
		}
		if _, n := phrase.Find(c.words, k, "negation"); n == 1 {
			return true
		}
	}
	return false
}

func (r *reader) estimate(term string, start, end int) *hearsay.Estimate {
	t := r.scale.term(term)
	if t == nil {
		return nil
	}
	return &hearsay.Estimate{Span: hearsay.Span{Start: start, End: end}, Term: t.Name, Low: t.Low, High: t.High, Scale: r.scale.Name}
}

// firstEstimate looks for a term of likelihood in the sentences after the first.
func (r *reader) firstEstimate(words []phrase.Word) *hearsay.Estimate {
	c := &clause{r: r, words: words, scope: make([]bool, len(words)), event: -1}
	for i := 0; i < len(words) && c.estimate == nil; {
		length := 1
		phrase.Each(words, i, func(e *phrase.Entry, n int) bool {
			if e.Kind == "estimate" {
				c.setEstimate(e.Value, i, n)
			}
			length = n
			return e.Kind == "sub"
		})
		i += length
	}
	return c.estimate
}

// hedged reports whether anything in the main clause takes away from certainty.
func (c *clause) hedged() bool {
	return c.possible || c.probable || c.polarity != ""
}

// factuality is the value of the main clause relative to the one who holds it.
func (c *clause) factuality() hearsay.Factuality {
	if c.cueNegated && c.excludes && !c.question {
		return [2]hearsay.Factuality{hearsay.PossiblePlus, hearsay.PossibleMinus}[index(c.negated)]
	}
	if c.uncommitted() {
		return hearsay.Unknown
	}
	degree := c.degree()
	negative := c.negated || c.impossible || c.polarity == "-"
	if c.impossible && c.possible {
		negative = c.negated
	}
	if c.denied && c.possible {
		return hearsay.CertainMinus // who denies the possibility denies the thing
	}
	if c.denied || c.doubted || c.refuses {
		negative = !negative
	}
	return [3][2]hearsay.Factuality{
		{hearsay.CertainPlus, hearsay.CertainMinus},
		{hearsay.ProbablePlus, hearsay.ProbableMinus},
		{hearsay.PossiblePlus, hearsay.PossibleMinus},
	}[degree][index(negative)]
}

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

// uncommitted reports that the holder does not say whether the event is the case: he asks, wants,
// sets a condition, or is said not to have said it.
func (c *clause) uncommitted() bool {
	switch c.class {
	case "ask", "want", "demand", "order", "support":
		return true
	case "oppose":
		return !c.refuses || c.cueNegated // who refuses to do a thing does not do it
	}
	backshifted := c.manner == hearsay.Indirect && !lexicon.Slavic(c.r.language) // "said he would" is "I will"
	switch {
	case c.question, c.conditional, c.deontic:
		return true
	case c.hypothetical && !backshifted:
		return true
	case c.cueNegated && c.class != "think" && c.class != "agree":
		return true
	}
	return false
}

// degree is 0 for certain, 1 for probable, 2 for possible: the least of what the reporting word and
// the clause allow (FactBank: "think" makes probable, "fear" possible).
func (c *clause) degree() int {
	d := 0
	switch c.class {
	case "think", "hint", "predict", "promise":
		d = 1
	case "fear":
		d = 2
	}
	if c.probable || c.polarity == "+" || c.polarity == "-" || c.doubted {
		d = max(d, 1)
	}
	if c.possible || c.polarity == "?" {
		d = 2
	}
	return d
}

func upper(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsUpper(r)
}

func hasEnding(w string, endings ...string) bool {
	for _, e := range endings {
		if len(w) > len(e)+2 && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

func sortSpans(spans []hearsay.Span) {
	sort.Slice(spans, func(i, j int) bool {
		if spans[i].Start != spans[j].Start {
			return spans[i].Start < spans[j].Start
		}
		return spans[i].End > spans[j].End
	})
}
