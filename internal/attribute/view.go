package attribute

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/lexicon"
	"hearsay/internal/linear"
)

// mark is what a token is to the eye.
type mark uint8

const (
	word mark = iota
	comma
	colon
	semicolon
	stop // ends a sentence
	dash
	quoteMark
	bracket
	symbol
)

// view is a document as the rules and the features see it: facts of each token in arrays.
type view struct {
	a    *hearsay.Analysis
	text string
	lang string
	lex  *lexicon.Lexicon
	gram lexicon.Grammar
	toks []hearsay.Token

	role      []lexicon.Role
	mark      []mark
	sentence  []int32
	quotation []int32 // innermost quotation of speech around the token, -1 for none
	mention   []int32 // -1 for none
	left      []int32 // first and last token of the subtree
	right     []int32
	child     []int32 // first child, and next sibling
	sibling   []int32
	cues      []lexicon.Match // by first token: Cue nil for none
	particle  map[int]int     // of separable verbs: from the verb to its particle
	whose     map[int]int     // of phrases around a possessive ("in her view"): from the first token to it
	atoms     []atoms
	quotes    []hearsay.Quotation
	quoted    []span  // tokens inside each quotation
	trees     bool    // words have heads
	chance    []uint8 // how likely the model takes a token for a cue, see chanceOf
}

// newView looks at a document with its trees, or as if it had none.
func newView(a *hearsay.Analysis, trees bool) (*view, error) {
	v := &view{a: a, text: a.Document.Text, lang: a.Document.Language, toks: a.Tokens}
	if !trees {
		v.toks = withoutTrees(a.Tokens)
	}
	var err error
	if v.lex, err = lexicon.Load(v.lang); err == nil {
		v.gram, err = lexicon.LoadGrammar(v.lang)
	}
	n := len(v.toks)
	v.role, v.mark, v.chance = make([]lexicon.Role, n), make([]mark, n), make([]uint8, n)
	ints := make([]int32, 7*n)
	for i, p := range []*[]int32{&v.sentence, &v.quotation, &v.mention, &v.left, &v.right, &v.child, &v.sibling} {
		*p = ints[i*n : (i+1)*n]
	}
	for i := range v.toks {
		v.mark[i] = markOf(v.toks[i].Form)
		v.role[i] = v.gram.Of(v.toks[i].Form) &^ lexicon.RoleApart
		v.sentence[i], v.quotation[i], v.mention[i], v.child[i], v.sibling[i] = -1, -1, -1, -1, -1
		v.left[i], v.right[i] = int32(i), int32(i)
	}
	for s, sent := range a.Sentences {
		for i := sent.First; i < sent.Last && i < n; i++ {
			v.sentence[i] = int32(s)
		}
	}
	v.quotes = bridged(a)
	v.findQuoted()
	v.findMentions()
	v.growTrees()
	v.findCues()
	v.findAtoms()
	return v, err
}

func withoutTrees(toks []hearsay.Token) []hearsay.Token {
	flat := slices.Clone(toks)
	for i := range flat {
		flat[i].Head, flat[i].Rel = -1, ""
	}
	return flat
}

// atoms are the hashes of what a token is, from which features are made.
type atoms struct {
	form, lemma, rel uint64
	upos             uint64
}

func (v *view) findAtoms() {
	v.atoms = make([]atoms, len(v.toks))
	for i := range v.toks {
		t := &v.toks[i]
		form := lexicon.Fold(t.Form)
		x := &v.atoms[i]
		x.form = linear.Hash(form)
		x.lemma = x.form
		if t.Lemma != "" && t.Lemma != form {
			x.lemma = linear.Hash(t.Lemma)
		}
		x.rel, x.upos = linear.Hash(t.Rel), linear.Hash(t.UPOS)
	}
}

func markOf(form string) mark {
	r, n := utf8.DecodeRuneInString(form)
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return word
	}
	switch r {
	case ',':
		if n < len(form) {
			return quoteMark
		}
		return comma
	case ':':
		return colon
	case ';':
		return semicolon
	case '.', '!', '?', '…':
		return stop
	case '—', '–', '-', '―':
		if strings.ContainsFunc(form, unicode.IsLetter) {
			return word // "-t-il"
		}
		return dash
	case '"', '“', '”', '„', '«', '»', '‹', '›', '‘', '‚':
		return quoteMark
	case '\'', '’', '`':
		if next, _ := utf8.DecodeRuneInString(form[n:]); unicode.IsLetter(next) {
			return word // 's
		}
		return quoteMark
	case '(', ')', '[', ']', '{', '}':
		return bracket
	}
	return symbol
}

const bridgeBlocks = 10 // over which a quotation may go on without marks

// bridged are the quotations of a document, with one more for each paragraph through which a
// quotation goes on that opens in one paragraph and closes in a later one, without new marks at
// the paragraphs between.
func bridged(a *hearsay.Analysis) []hearsay.Quotation {
	var more []hearsay.Quotation
	for i := range a.Quotations {
		if q := &a.Quotations[i]; q.Unclosed && q.Depth == 0 && !q.Dash {
			more = append(more, bridge(a, q)...)
		}
	}
	if len(more) == 0 {
		return a.Quotations
	}
	all := append(append([]hearsay.Quotation{}, a.Quotations...), more...)
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].Start != all[j].Start {
			return all[i].Start < all[j].Start
		}
		return all[i].End > all[j].End
	})
	return adopted(all)
}

// bridge looks for the mark that closes q in the paragraphs after it, and returns a quotation
// for each paragraph up to there.
func bridge(a *hearsay.Analysis, q *hearsay.Quotation) []hearsay.Quotation {
	blocks := a.Document.Blocks
	from := blockAt(blocks, q.Start)
	if from >= len(blocks) || q.End != blocks[from].End {
		return nil
	}
	var out []hearsay.Quotation
	for b := from + 1; b < len(blocks) && b <= from+bridgeBlocks && blocks[b].Role.Article(); b++ {
		if opensAnew(a, blocks[b].Span) {
			return nil
		}
		piece := hearsay.Quotation{Span: blocks[b].Span, Inner: blocks[b].Span, Continues: true, Parent: -1}
		if at, length := strayClosing(a, blocks[b].Span); length > 0 {
			piece.Inner.End, piece.End = at, at+length
			return append(out, piece)
		}
		out = append(out, piece)
	}
	return nil
}

// opensAnew reports whether a paragraph begins with a quotation of its own.
func opensAnew(a *hearsay.Analysis, block hearsay.Span) bool {
	i := sort.Search(len(a.Quotations), func(i int) bool { return a.Quotations[i].Start >= block.Start })
	return i < len(a.Quotations) && a.Quotations[i].Start <= block.Start+3 && a.Quotations[i].Open != ""
}

// strayClosing finds a quotation mark at the end of a word, or of a sentence, that no quotation
// claims as its own.
func strayClosing(a *hearsay.Analysis, block hearsay.Span) (at, length int) {
	text := a.Document.Text
	for i, r := range text[block.Start:block.End] {
		at := block.Start + i
		switch r {
		case '"', '”', '“', '»', '›':
		default:
			continue
		}
		length := utf8.RuneLen(r)
		before, _ := utf8.DecodeLastRuneInString(text[block.Start:at])
		after, _ := utf8.DecodeRuneInString(text[at+length : block.End])
		free := at+length == block.End || !unicode.IsLetter(after) && !unicode.IsDigit(after)
		if i > 0 && !unicode.IsSpace(before) && free && !claimed(a, at) {
			return at, length
		}
	}
	return 0, 0
}

// claimed reports whether the mark at a byte begins or ends a quotation that is whole.
func claimed(a *hearsay.Analysis, at int) bool {
	const back = 16 // quotations that may lie inside of the one that ends here
	first := sort.Search(len(a.Quotations), func(i int) bool { return a.Quotations[i].Start > at })
	for i := first - 1; i >= 0 && i >= first-back; i-- {
		q := &a.Quotations[i]
		if q.Start <= at && at < q.End && (at < q.Inner.Start && q.Open != "" || at >= q.Inner.End && q.Open != "" && q.Close != "") {
			return true
		}
	}
	return false
}

// adopted fills parent and depth of quotations in text order from which lies in which, and drops
// those that a bridge took the place of.
func adopted(all []hearsay.Quotation) []hearsay.Quotation {
	var out []hearsay.Quotation
	var around []int
	for _, q := range all {
		for len(around) > 0 && out[around[len(around)-1]].End <= q.Start {
			around = around[:len(around)-1]
		}
		if len(around) > 0 && q.Open == "" && !q.Dash && out[around[len(around)-1]].Continues {
			continue
		}
		q.Parent, q.Depth = -1, len(around)
		if len(around) > 0 {
			q.Parent = around[len(around)-1]
			q.End = min(q.End, out[q.Parent].End)
			q.Inner.End = min(q.Inner.End, q.End)
		}
		around = append(around, len(out))
		out = append(out, q)
	}
	return out
}

func blockAt(blocks []hearsay.Block, offset int) int {
	return sort.Search(len(blocks), func(i int) bool { return blocks[i].End > offset })
}

// speech reports whether a quotation may hold what somebody said.
func (v *view) speech(q int) bool {
	return !v.quotes[q].Scare && v.quotes[q].Inner.Len() > 0
}

// findQuoted notes which tokens stand in which quotation; quotations come in text order, the
// outer before the inner.
func (v *view) findQuoted() {
	v.quoted = make([]span, len(v.quotes))
	at := 0
	for q := range v.quotes {
		inner := v.quotes[q].Inner
		for at > 0 && v.toks[at-1].End > inner.Start {
			at--
		}
		for at < len(v.toks) && v.toks[at].End <= inner.Start {
			at++
		}
		to := at // a word may be glued to its mark
		for to < len(v.toks) && v.toks[to].Start < inner.End {
			to++
		}
		v.quoted[q] = span{at, to}
		if !v.speech(q) {
			v.plain(at - 1)
			v.plain(to)
			continue
		}
		for i := at; i < to; i++ {
			v.quotation[i] = int32(q)
		}
	}
}

// plain makes the mark of a title or of scare quotes part of the clause.
func (v *view) plain(i int) {
	if i >= 0 && i < len(v.mark) && v.mark[i] == quoteMark {
		v.mark[i] = symbol
	}
}

func (v *view) findMentions() {
	at := 0
	for m := range v.a.Mentions {
		sp := v.a.Mentions[m].Span
		for at > 0 && v.toks[at-1].Start >= sp.Start {
			at--
		}
		for at < len(v.toks) && v.toks[at].Start < sp.Start {
			at++
		}
		for i := at; i < len(v.toks) && v.toks[i].End <= sp.End; i++ {
			v.mention[i] = int32(m)
		}
	}
}

func (v *view) growTrees() {
	for s := range v.a.Sentences {
		sent := v.a.Sentences[s]
		for i := sent.Last - 1; i >= sent.First; i-- {
			h := v.toks[i].Head
			if h < sent.First || h >= sent.Last || h == i {
				continue
			}
			v.trees = true
			v.sibling[i] = v.child[h]
			v.child[h] = int32(i)
		}
		for i := sent.First; i < sent.Last; i++ {
			h := v.toks[i].Head
			for steps := 0; h >= sent.First && h < sent.Last && steps < 100; steps++ {
				v.left[h] = min(v.left[h], int32(i))
				v.right[h] = max(v.right[h], int32(i))
				h = v.toks[h].Head
			}
		}
	}
}

func (v *view) findCues() {
	v.cues, v.particle, v.whose = make([]lexicon.Match, len(v.toks)), map[int]int{}, map[int]int{}
	if v.lex == nil {
		return
	}
	for s := range v.a.Sentences {
		sent := v.a.Sentences[s]
		for i := sent.First; i < sent.Last; i++ {
			if v.mark[i] != word {
				continue
			}
			m := v.lex.At(v.toks, i, sent.Last)
			if c, k := v.lex.Apart(v.toks, i, sent.Last); c != nil {
				m = lexicon.Match{Cue: c, First: i, Last: i + 1}
				v.particle[i] = k
			}
			if m.Cue != nil && m.Cue.POS == "NOUN" && v.closesClause(i, sent) {
				if verb := v.lex.Verb(v.toks[i].Form); verb != nil {
					m = lexicon.Match{Cue: verb, First: i, Last: i + 1}
				}
			}
			if verb := v.misread(i, sent, m.Cue); verb != nil {
				m = lexicon.Match{Cue: verb, First: i, Last: i + 1}
			}
			v.cues[i] = m
			if m.Cue != nil && m.Last > i+1 {
				i = m.Last - 1
			}
		}
		v.findWhose(sent)
	}
}

// misread is the verb that a noun or adjective by its tag must be, for it stands between a noun and a reported clause: «рада
// спытала, ці …», "le conseil doute que …". Only where rules read; nil for none.
func (v *view) misread(i int, sent hearsay.Sentence, found *lexicon.Cue) *lexicon.Cue {
	u := v.toks[i].UPOS
	if v.lang == "en" || v.lang == "de" || i == sent.First || u != "NOUN" && u != "ADJ" && u != "PROPN" || found != nil && found.POS == "VERB" {
		return nil
	}
	switch v.toks[i-1].UPOS {
	case "NOUN", "PROPN", "PRON":
	default:
		return nil
	}
	verb := v.lex.Verb(v.toks[i].Form)
	if verb == nil {
		return nil
	}
	k := i + 1
	if k < sent.Last && (v.mark[k] == comma && lexicon.Slavic(v.lang) || v.lang == "es" && v.role[k].Has(lexicon.RoleOf)) {
		k++
	}
	if k > i && k < sent.Last && (k > i+1 || !lexicon.Slavic(v.lang)) &&
		(v.role[k].Has(lexicon.RoleThat) && verb.Frame.Has(lexicon.That) || v.role[k].Has(lexicon.RoleWhether) && verb.Frame.Has(lexicon.Whether)) {
		return verb
	}
	return nil
}

// closesClause reports an English noun in -s that ends a sentence behind a comma and a name or noun, where taggers
// mistake verbs for nouns: "the bridge is shut, the daily reports."
func (v *view) closesClause(i int, sent hearsay.Sentence) bool {
	if v.lang != "en" || v.toks[i].UPOS != "NOUN" || !strings.HasSuffix(v.toks[i].Form, "s") {
		return false
	}
	if i+1 < sent.Last && v.mark[i+1] != stop {
		return false
	}
	from := i
	for from > sent.First && v.mark[from-1] == word {
		from--
	}
	if from == sent.First || from > i-2 || i-from > asideWords || v.mark[from-1] != comma && v.mark[from-1] != quoteMark {
		return false
	}
	switch v.toks[from].UPOS {
	case "DET", "PROPN":
	default:
		return false
	}
	return v.toks[i-1].UPOS == "PROPN" || v.toks[i-1].UPOS == "NOUN"
}

const asideWords = 6 // before the verb of a reporting clause at the end

// findWhose finds phrases that stand around a possessive, in place of what else begins in them.
func (v *view) findWhose(sent hearsay.Sentence) {
	for i := sent.First; i < sent.Last; i++ {
		if !v.role[i].Has(lexicon.RolePossessive) {
			continue
		}
		m := v.lex.Around(v.toks, i, sent.First, sent.Last)
		if m.Cue == nil {
			continue
		}
		for k := m.First; k < m.Last; k++ {
			v.cues[k] = lexicon.Match{}
		}
		v.cues[m.First], v.whose[m.First] = m, i
	}
}

// How many tokens on either side of a cue its parts are looked for. Longer sentences are none: where full
// stops are lost it is the words near the cue that count.
const (
	reach      = 200
	reachRunOn = 100
)

func reachIn(sent *hearsay.Sentence) int {
	if sent.Last-sent.First > 2*reach {
		return reachRunOn
	}
	return reach
}

// bounds is the range of tokens among which the parts of a cue at token i are looked for: its
// sentence, or the part of it inside the quotation in which the cue stands. Final marks are
// left out.
func (v *view) bounds(i int) span {
	sent := v.a.Sentences[v.sentence[i]]
	b := span{sent.First, sent.Last}
	if q := v.quotation[i]; q >= 0 {
		b.from, b.to = max(b.from, v.quoted[q].from), min(b.to, v.quoted[q].to)
	}
	return v.trim(b.near(i, reachIn(&sent)))
}

// trim drops marks at both ends of a range.
func (v *view) trim(s span) span {
	for s.from < s.to && v.mark[s.from] != word && v.mark[s.from] != symbol {
		s.from++
	}
	for s.to > s.from && v.mark[s.to-1] != word && v.mark[s.to-1] != symbol {
		s.to--
	}
	return s
}

// level reports whether token j stands in the same quotation as token i.
func (v *view) level(i, j int) bool { return v.quotation[i] == v.quotation[j] }

// words counts the words in a range.
func (v *view) words(s span) int {
	n := 0
	for i := s.from; i < s.to; i++ {
		if v.mark[i] == word {
			n++
		}
	}
	return n
}

// capital reports whether a token begins with a capital letter.
func (v *view) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(v.toks[i].Form)
	return unicode.IsUpper(r)
}

// chunk is the stretch around token i between commas, dashes, colons and quotation marks of the
// same level.
func (v *view) chunk(i int, b span) span {
	c := span{i, i + 1}
	for c.from > b.from && v.joins(i, c.from-1) {
		c.from--
	}
	for c.to < b.to && v.joins(i, c.to) {
		c.to++
	}
	return c
}

func (v *view) joins(i, j int) bool {
	return v.level(i, j) && (v.mark[j] == word || v.mark[j] == symbol || v.mark[j] == bracket)
}
