package certainty

import (
	"sort"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
	"hearsay/internal/phrase"
)

// setScope marks the words of the main clause: by the tree where there is one, else up to words that
// open a clause inside it.
func (c *clause) setScope(content []hearsay.Span) {
	c.scope = make([]bool, len(c.words))
	if len(c.words) == 0 {
		return
	}
	first, last := c.tokens()
	c.setTokens(first, last)
	if first < last && c.r.a.Tokens[first].Rel != "" {
		if c.event = c.predicate(first, last, content); c.event >= 0 {
			c.scopeByTree(first, last)
			return
		}
	}
	c.scopeByWords()
}

// tokens is the range of tokens that the clause's words span.
func (c *clause) tokens() (first, last int) {
	t := c.r.a.Tokens
	start, end := c.words[0].Start, c.words[len(c.words)-1].End
	first = sort.Search(len(t), func(i int) bool { return t[i].End > start })
	for last = first; last < len(t) && t[last].Start < end && last < first+2*longestClause; last++ {
	}
	return first, last
}

// predicate is the token on which the clause hangs: the first whose head lies outside the content. A
// word of likelihood passes the part on to the clause that it judges: "it is likely that he left".
func (c *clause) predicate(first, last int, content []hearsay.Span) int {
	t := c.r.a.Tokens
	best := -1
	for i := first; i < last; i++ {
		inside := t[i].Head >= first && t[i].Head < last && within(t[t[i].Head].Span, content)
		if inside || t[i].UPOS == "PUNCT" || t[i].UPOS == "SCONJ" || t[i].UPOS == "CCONJ" || !within(t[i].Span, content) {
			continue
		}
		if best < 0 || t[best].UPOS != "VERB" && t[i].UPOS == "VERB" {
			best = i
		}
	}
	if verb := c.cutOff(best, last); verb >= 0 {
		return verb
	}
	return best
}

// cutOff is the finite verb that a tree hangs on a noun as a relative clause though no word opens one and nothing else
// is its subject, -1 for none: marks around a word thrown in between the two mislead it, "the winter, perhaps, caused it".
func (c *clause) cutOff(noun, last int) int {
	t := c.r.a.Tokens
	if noun < 0 || t[noun].UPOS != "NOUN" && t[noun].UPOS != "PROPN" {
		return -1
	}
	verb := -1
	for i := noun + 1; i < last && verb < 0; i++ {
		if t[i].Head == noun && strings.HasPrefix(t[i].Rel, "acl") && feature(t[i].Feats, "VerbForm") == "Fin" {
			verb = i
		}
	}
	if verb < 0 {
		return -1
	}
	for i := noun + 1; i < last; i++ {
		if t[i].Head == verb && (strings.HasPrefix(t[i].Rel, "nsubj") || t[i].Rel == "mark") || i < verb && strings.Contains(t[i].Feats, "PronType=Rel") {
			return -1
		}
	}
	return verb
}

const deepestPath = 30 // arcs from a word up to the predicate

// scopeByTree marks the words whose path up to the predicate stays within what it says.
func (c *clause) scopeByTree(first, last int) {
	for i, at := range c.token {
		c.scope[i] = at >= 0 && c.reaches(at) && !c.describes(at)
	}
}

// setTokens finds the token of each word.
func (c *clause) setTokens(first, last int) {
	c.token = make([]int, len(c.words))
	t, at := c.r.a.Tokens, first
	for i, w := range c.words {
		for at < last && t[at].End <= w.Start {
			at++
		}
		c.token[i] = -1
		if at < last && t[at].Start < w.End {
			c.token[i] = at
		}
	}
}

// tag is the token of word i, or an empty one.
func (c *clause) tag(i int) hearsay.Token {
	if i < 0 || i >= len(c.token) || c.token[i] < 0 {
		return hearsay.Token{}
	}
	return c.r.a.Tokens[c.token[i]]
}

// sparesMain reports that the negation in words i to i+n stands before something else than the main
// predicate: in Slavic languages and Spanish it stands before what it negates.
func (c *clause) sparesMain(i, n int) bool {
	w := c.words[i].Low
	if w != "не" && w != "ня" && w != "nie" && w != "no" || c.r.language == "en" || c.possible || c.deontic {
		return false
	}
	next := c.tag(i + n)
	switch next.UPOS {
	case "NOUN", "PROPN", "NUM", "ADP":
		return true
	case "VERB", "AUX":
		form := feature(next.Feats, "VerbForm")
		return form == "Inf" || form == "Conv" || form == "Ger"
	}
	return false
}

// describesNoun reports an adjective of likelihood inside a noun phrase: "a possible strike".
func (c *clause) describesNoun(i int) bool {
	if c.event >= 0 || c.tag(i).UPOS != "ADJ" {
		return false
	}
	switch c.tag(i + 1).UPOS {
	case "NOUN", "PROPN":
		return true
	case "ADJ":
		return c.tag(i+2).UPOS == "NOUN"
	}
	return false
}

func (c *clause) reaches(i int) bool {
	t := c.r.a.Tokens
	from := i
	for range deepestPath {
		if i == c.event {
			return true
		}
		if i < 0 || i >= len(t) || leaves(t[i].Rel, i == from, t[i].Head == c.event && c.judges()) {
			return false
		}
		i = t[i].Head
	}
	return false
}

// describes reports a determiner of a noun that is neither subject nor object: "with no deal".
func (c *clause) describes(i int) bool {
	t := c.r.a.Tokens
	if !strings.HasPrefix(t[i].Rel, "det") || t[i].Head < 0 || t[i].Head >= len(t) || t[i].Head == c.event {
		return false
	}
	rel := t[t[i].Head].Rel
	return !strings.HasPrefix(rel, "nsubj") && rel != "obj"
}

// judging are the kinds of words that judge the clause which hangs on them.
var judging = []string{"estimate", "possible", "probable", "impossible", "hedge", "open", "sure"}

// judges reports whether the predicate is itself a word of likelihood or modality.
func (c *clause) judges() bool {
	span := c.r.a.Tokens[c.event].Span
	i := sort.Search(len(c.words), func(i int) bool { return c.words[i].End > span.Start })
	_, n := phrase.Find(c.words, i, judging...)
	return n > 0
}

// leaves reports relations that lead out of what the main predicate says: into another clause, or to
// what only describes a noun ("a possible strike", "a no-deal exit"). The complement of a judging
// predicate is the clause that counts; a word thrown in ("кажется") counts itself.
func leaves(rel string, first, judged bool) bool {
	base, _, _ := strings.Cut(rel, ":")
	switch base {
	case "ccomp", "csubj":
		return !judged
	case "parataxis":
		return !first
	case "advcl", "acl", "appos", "conj", "amod", "nmod", "compound":
		return true
	}
	return false
}

// scopeByWords takes all words but those from a word that opens a clause up to the next comma.
func (c *clause) scopeByWords() {
	in, judged := true, false
	for i, w := range c.words {
		if _, n := phrase.Find(c.words, i, judging...); n > 0 {
			judged = true
		}
		_, sub := phrase.Find(c.words, i, "sub")
		switch {
		case w.Low == ",":
			in = true
		case sub > 0 && i > 0 && !judged:
			in = false
		}
		c.scope[i] = in
	}
}

// tense is the time of the event: past, present, future, or none where the words do not tell.
func (c *clause) tense(class string) string {
	backshifted := c.hypothetical && !c.compound() && c.manner == hearsay.Indirect && !lexicon.Slavic(c.r.language)
	switch {
	case c.future || backshifted:
		return "future"
	case c.past || c.hypothetical && c.compound():
		return "past"
	case c.present:
		return "present"
	}
	switch class {
	case "promise", "want", "demand", "order", "predict":
		return "future"
	}
	return "none"
}

// compound reports a conditional of the past, as rumours are told in: "aurait cédé", "habría cedido".
func (c *clause) compound() bool {
	for i := range c.words {
		switch c.words[i].Low {
		case "aurait", "auraient", "habría", "habrían":
			if c.scope[i] && (c.event < 0 || c.hasForm(i+1, "Part")) {
				return true
			}
		}
	}
	return false
}

// readTense sets the tense from the predicate and its auxiliaries, or guesses it from endings.
func (c *clause) readTense() {
	if c.event >= 0 {
		c.future, c.past, c.present = c.tagged()
		return
	}
	if future, past, present := c.finite(); future || past || present {
		c.future, c.past, c.present = future, past, present
		return
	}
	if c.future || c.past || c.present {
		return
	}
	for i, w := range c.words {
		if c.scope[i] && w.Sort == phrase.Letters && pastForm(c.r.language, w.Low) {
			c.past = true
			return
		}
	}
}

// finite reads the tense of the first finite verb of the main clause from its features.
func (c *clause) finite() (future, past, present bool) {
	for i := range c.words {
		t := c.tag(i)
		if !c.scope[i] || t.UPOS != "VERB" && t.UPOS != "AUX" {
			continue
		}
		lemma, tense := strings.ToLower(t.Lemma), feature(t.Feats, "Tense")
		switch {
		case lemma == "will" || lemma == "shall" || tense == "Fut":
			return true, false, false
		case lemma == "werden" && tense == "Pres" && c.hasForm(i+1, "Inf") && !c.hasForm(i+1, "Part"):
			return true, false, false
		case t.UPOS == "AUX" && perfect[lemma] && c.hasForm(i+1, "Part"):
			return false, true, false
		case feature(t.Feats, "VerbForm") == "Fin" && tense != "":
			return false, tense == "Past" || tense == "Imp" || tense == "Pqp", tense == "Pres"
		}
	}
	return false, false, false
}

// perfect are the auxiliaries that make a past with a participle.
var perfect = map[string]bool{"have": true, "haben": true, "avoir": true, "haber": true}

// hasForm reports a verb of the given form from word i on.
func (c *clause) hasForm(i int, form string) bool {
	for ; i < len(c.words); i++ {
		if t := c.tag(i); c.scope[i] && (t.UPOS == "VERB" || t.UPOS == "AUX") && feature(t.Feats, "VerbForm") == form {
			return true
		}
	}
	return false
}

// pastForm guesses a past form by its ending, in the languages whose endings tell.
func pastForm(language, w string) bool {
	switch language {
	case "en":
		return hasEnding(w, "ed")
	case "uk":
		return hasEnding(w, "ив", "ла", "ли", "ло", "ав", "ів", "ов", "вся", "лася", "лися", "лося", "лись", "лась", "ено", "ано", "ито", "ято")
	case "ru":
		return hasEnding(w, "ил", "ла", "ли", "ло", "ал", "ел", "лся", "лась", "лись", "лось")
	case "be":
		return hasEnding(w, "аў", "іў", "ыў", "ла", "лі", "ло", "ўся", "лася", "ліся")
	case "pl":
		return hasEnding(w, "ał", "ił", "ył", "ła", "li", "ły", "ło", "ął")
	}
	return false
}

// tagged reads the tense from Universal Dependencies features: the finite auxiliary's, or the verb's own.
func (c *clause) tagged() (future, past, present bool) {
	t := c.r.a.Tokens
	tense := feature(t[c.event].Feats, "Tense")
	lo, hi := max(0, c.event-12), min(len(t), c.event+13)
	for i := lo; i < hi; i++ {
		base, _, _ := strings.Cut(t[i].Rel, ":")
		if t[i].Head != c.event || base != "aux" && base != "cop" {
			continue
		}
		switch lemma := strings.ToLower(t[i].Lemma); {
		case lemma == "will" || lemma == "shall" || lemma == "going" || feature(t[i].Feats, "Tense") == "Fut":
			return true, false, false
		case c.r.language == "de" && lemma == "werden" && feature(t[c.event].Feats, "VerbForm") == "Inf":
			return true, false, false
		case base == "aux" && !strings.Contains(t[i].Rel, "pass") && (perfect[lemma] || lemma == "être" || lemma == "sein"):
			return false, true, false
		case feature(t[i].Feats, "Tense") != "":
			tense = feature(t[i].Feats, "Tense")
		}
	}
	return tense == "Fut", tense == "Past" || tense == "Imp" || tense == "Pqp", tense == "Pres"
}

// feature reads one feature of a UD feature string, "" if it is not there.
func feature(feats, name string) string {
	for len(feats) > 0 {
		var f string
		f, feats, _ = strings.Cut(feats, "|")
		if key, value, ok := strings.Cut(f, "="); ok && key == name {
			return value
		}
	}
	return ""
}
