package attribute

import (
	"slices"
	"sort"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

// newSpeakerResolver joins each statement's source with an entity of the document: by the name in it, or,
// for pronouns, descriptions and sources left out, by who was talked of most prominently before
// (after the salience factors of Lappin & Leass, Computational Linguistics 20(4), 1994). Unknown
// stays unknown.
func newSpeakerResolver(a *hearsay.Analysis, w weights) *speakerResolver {
	gram, err := lexicon.LoadGrammar(a.Document.Language)
	if err != nil {
		gram = lexicon.Grammar{}
	}
	r := &speakerResolver{
		a: a, text: a.Document.Text, gram: gram, nouns: lexicon.LoadSpeakers(a.Document.Language), weights: w, last: -1, previous: -1,
		written: map[string]writing{},
	}
	if w == nil {
		r.weights = make(weights, weightsTotal)
	}
	r.indexMentions()
	r.countSources()
	r.learnKnown()
	return r
}

func (r *speakerResolver) run() {
	for _, i := range inTextOrder(r.a.Statements) {
		r.resolve(i)
	}
	for i := range r.a.Statements {
		r.addressee(i)
	}
}

// inTextOrder gives the statements outermost first, and in the order in which their sources or
// contents begin.
func inTextOrder(all []hearsay.Statement) []int {
	order := make([]int, len(all))
	depth, above := depths(all)
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		x, y := order[i], order[j]
		if bx, by := begin(&all[above[x]]), begin(&all[above[y]]); bx != by {
			return bx < by
		}
		if depth[x] != depth[y] {
			return depth[x] < depth[y]
		}
		return begin(&all[x]) < begin(&all[y])
	})
	return order
}

// depths gives for each statement how many hold it and the outermost of them, itself where none does.
func depths(all []hearsay.Statement) (depth, above []int) {
	depth, above = make([]int, len(all)), make([]int, len(all))
	done := make([]bool, len(all))
	var way []int
	for i := range all {
		way = way[:0]
		for h := i; h >= 0 && !done[h]; h = all[h].Holder {
			done[h] = true
			way = append(way, h)
		}
		for _, s := range slices.Backward(way) {
			above[s] = s
			if holder := all[s].Holder; holder >= 0 {
				depth[s], above[s] = depth[holder]+1, above[holder]
			}
		}
	}
	return depth, above
}

// begin is where the first span of a statement begins.
func begin(s *hearsay.Statement) int {
	first := -1
	for _, spans := range [][]hearsay.Span{s.Source, s.Cue, s.Content} {
		if len(spans) > 0 && (first < 0 || spans[0].Start < first) {
			first = spans[0].Start
		}
	}
	return first
}

// speakerResolver goes through the statements of a document and remembers who spoke last.
type speakerResolver struct {
	a       *hearsay.Analysis
	text    string
	gram    lexicon.Grammar
	nouns   map[string]lexicon.Speaker
	byStart []int // mentions by start
	order   []int // place of entities by number of mentions, the most talked of first
	main    []int // the first of them
	speaks  []int // how often an entity is named as a source
	known   []known
	called  map[string]int // how many entities are called by a noun
	weights weights
	last    int // the statement before, -1 for none
	// previous is the last one before it that somebody else made.
	previous int
	written  map[string]writing // by the lemma of the document
	// decided takes the place of the weights, to learn them.
	decided func(*speakerResolver, want, []choice) int
}

func (r *speakerResolver) indexMentions() {
	r.byStart = make([]int, len(r.a.Mentions))
	for i := range r.byStart {
		r.byStart[i] = i
	}
	sort.SliceStable(r.byStart, func(i, j int) bool { return r.a.Mentions[r.byStart[i]].Start < r.a.Mentions[r.byStart[j]].Start })
	r.order = make([]int, len(r.a.Entities))
	byCount := make([]int, len(r.a.Entities))
	for e := range byCount {
		byCount[e] = e
	}
	sort.SliceStable(byCount, func(i, j int) bool {
		return len(r.a.Entities[byCount[i]].Mentions) > len(r.a.Entities[byCount[j]].Mentions)
	})
	for place, e := range byCount {
		r.order[e] = place
	}
	r.main = byCount[:min(mainActor, len(byCount))]
}

// countSources counts how often each entity is named as a source.
func (r *speakerResolver) countSources() {
	r.speaks = make([]int, len(r.a.Entities))
	for i := range r.a.Statements {
		if st := &r.a.Statements[i]; len(st.Source) > 0 {
			if e := r.entityOf(st.Source[0], r.headOf(st.Source[0])); e >= 0 && r.a.Entities[e].Named {
				r.speaks[e]++
			}
		}
	}
}

func (r *speakerResolver) resolve(i int) {
	st := &r.a.Statements[i]
	st.Speaker, st.SpeakerText = -1, ""
	switch {
	case len(st.Source) > 0:
		r.named(st)
	case len(st.Cue) == 0:
		r.goesOn(st)
	default:
		r.leftOut(st)
	}
	if st.Speaker >= 0 && (r.a.Entities[st.Speaker].Named || st.SpeakerText == "") {
		st.SpeakerText = r.a.Entities[st.Speaker].Name
	}
	r.writes(st)
	if st.Holder < 0 && (st.Kind == hearsay.Speech || len(st.Source) > 0) {
		if r.last >= 0 && r.speakerOf(r.last) != st.Speaker {
			r.previous = r.last
		}
		r.last = i
	}
}

// named resolves a source that the text gives.
func (r *speakerResolver) named(st *hearsay.Statement) {
	source := st.Source[0]
	st.SpeakerText = source.In(r.text)
	head := r.headOf(source)
	form := r.form(head, source)
	role := r.gram.Of(form)
	switch {
	case role.Has(lexicon.RoleFirst) && oneWord(st.SpeakerText):
		r.first(st)
	case role.Has(lexicon.RoleRelative) && oneWord(st.SpeakerText):
		st.Speaker = r.before(source.Start)
	case role.Has(lexicon.RolePronoun) && oneWord(st.SpeakerText):
		st.Speaker = r.pronoun(st, source, head, role)
	case role.Has(lexicon.RolePossessive) && oneWord(st.SpeakerText):
		st.Speaker = r.owner(st, role)
	default:
		m := r.mentionOf(source, head)
		if m >= 0 {
			st.Speaker = r.a.Mentions[m].Entity
		}
		if m < 0 || r.isDescription(m) {
			r.unnamed(st, head)
		}
	}
}

// unnamed resolves a source that no name covers: by who wrote it, by a name that no mention covers, or as a
// description.
func (r *speakerResolver) unnamed(st *hearsay.Statement, head int) {
	source := st.Source[0]
	if st.Speaker < 0 || !r.a.Entities[st.Speaker].Named {
		if e := r.author(st, head); e >= 0 {
			st.Speaker = e
			return
		}
	}
	if e := r.byWords(source, head); e >= 0 {
		st.Speaker = e
	} else if e := r.described(st, source, head, st.Speaker); e >= 0 {
		st.Speaker = e
	}
}

// pronoun is whom a pronoun of the third person stands for, -1 for nobody known.
func (r *speakerResolver) pronoun(st *hearsay.Statement, span hearsay.Span, head int, role lexicon.Role) int {
	k := pronounKind(role)
	return r.antecedent(want{kind: k, span: span, entity: -1, head: head, gender: pronounGenders[k], statement: st})
}

func oneWord(s string) bool { return len(strings.Fields(s)) == 1 }

// first resolves "I" and "we": the one in whose statement or quotation they stand.
func (r *speakerResolver) first(st *hearsay.Statement) {
	if h := st.Holder; h >= 0 {
		st.Speaker, st.SpeakerText = r.a.Statements[h].Speaker, r.a.Statements[h].SpeakerText
		return
	}
	if r.inQuotation(begin(st)) >= 0 {
		if r.last >= 0 {
			r.same(st, r.last)
		}
		return
	}
	st.Speaker = r.signatory()
}

func (r *speakerResolver) same(st *hearsay.Statement, as int) {
	st.Speaker, st.SpeakerText = r.a.Statements[as].Speaker, r.a.Statements[as].SpeakerText
}

// goesOn resolves a quotation without a cue: the one who spoke before goes on, a person rather than the body whose
// report stands between.
func (r *speakerResolver) goesOn(st *hearsay.Statement) {
	switch {
	case st.Holder >= 0:
		r.same(st, st.Holder)
	case r.isPerson(r.speakerOf(r.previous)) && r.isBody(r.speakerOf(r.last)):
		r.same(st, r.previous)
	case r.last >= 0:
		r.same(st, r.last)
	}
}

func (r *speakerResolver) isPerson(e int) bool {
	return e >= 0 && r.a.Entities[e].Named && r.a.Entities[e].Type == hearsay.Person
}

func (r *speakerResolver) isBody(e int) bool { return e >= 0 && r.a.Entities[e].Type != hearsay.Person }

// leftOut resolves a cue whose subject the text leaves out: «заявив також», "and added". Grammar
// must leave room for one: hearsay words, prepositions and passives have nobody.
func (r *speakerResolver) leftOut(st *hearsay.Statement) {
	cue := r.headOf(st.Cue[0])
	if cue < 0 || st.Class == "hearsay" {
		return
	}
	t := &r.a.Tokens[cue]
	if strings.Contains(t.Feats, "Person=1") {
		r.first(st)
		return
	}
	if t.UPOS != "VERB" || strings.Contains(t.Feats, "Person=2") || passive(t) || impersonal(r.a.Document.Language, t) {
		return
	}
	st.Speaker = r.antecedent(want{kind: anaphorLeftOut, span: st.Cue[0], entity: -1, head: cue, gender: genderIn(r.verbFeats(cue)), statement: st})
}

func passive(t *hearsay.Token) bool {
	return strings.Contains(t.Feats, "Voice=Pass") || strings.Contains(t.Feats, "VerbForm=Part") && !strings.Contains(t.Feats, "VerbForm=Fin") && !strings.Contains(t.Feats, "Tense=Past")
}

// impersonal verbs have no subject to look for: "mówi się", infinitives, plurals without a subject
// («говорять, що») and, where subjects are not dropped, all others.
func impersonal(language string, t *hearsay.Token) bool {
	switch language {
	case "en", "de", "fr":
		return t.Rel != "conj" && t.Rel != "parataxis" && t.Rel != "advcl"
	}
	return !strings.Contains(t.Feats, "VerbForm=Fin") || strings.Contains(t.Feats, "Number=Plur") || strings.Contains(t.Feats, "Person=0")
}

// headOf is the token in a span whose head lies outside it, the first word without trees; -1 for none.
func (r *speakerResolver) headOf(s hearsay.Span) int {
	toks := r.a.Tokens
	first := sort.Search(len(toks), func(i int) bool { return toks[i].End > s.Start })
	best := -1
	for i := first; i < len(toks) && toks[i].Start < s.End; i++ {
		h := toks[i].Head
		if toks[i].UPOS == "PUNCT" || toks[i].UPOS == "ADP" || toks[i].UPOS == "DET" {
			continue
		}
		if h < first || h >= len(toks) || toks[h].Start >= s.End {
			return i
		}
		if best < 0 {
			best = i
		}
	}
	return best
}

func (r *speakerResolver) form(head int, source hearsay.Span) string {
	if head >= 0 && oneWord(source.In(r.text)) {
		return r.a.Tokens[head].Form
	}
	return source.In(r.text)
}

// longestMention is how many bytes before a source a mention may begin that overlaps it.
const longestMention = 1000

// entityOf is the entity that a source names or describes, -1 for none.
func (r *speakerResolver) entityOf(source hearsay.Span, head int) int {
	if m := r.mentionOf(source, head); m >= 0 {
		return r.a.Mentions[m].Entity
	}
	return -1
}

// byWords is the one person or organisation whose name has the name in a source that no mention
// covers, -1 for none: "Mr Berg" after "Anna Berg".
func (r *speakerResolver) byWords(source hearsay.Span, head int) int {
	if head < 0 || !r.bearsName(source, head) {
		return -1
	}
	last := ""
	r.eachToken(source, func(i int) {
		if t := &r.a.Tokens[i]; t.UPOS == "PROPN" && r.capital(i) && (i == head || t.Head == head) {
			last = lexicon.Fold(t.Form)
		}
	})
	only := -1
	for _, e := range r.near(source) {
		if x := &r.a.Entities[e]; x.Named && x.Type != hearsay.Place && hasWord(x.Forms, last) {
			if only >= 0 {
				return -1
			}
			only = e
		}
	}
	return only
}

// hasWord reports whether some name has a word, but for its ending.
func hasWord(names []string, word string) bool {
	stem := []rune(word)
	stem = stem[:max(min(len(stem), 4), len(stem)-2)]
	for _, n := range names {
		for _, w := range strings.Fields(lexicon.Fold(n)) {
			if len(stem) > 2 && strings.HasPrefix(w, string(stem)) && len([]rune(w)) <= len(stem)+4 {
				return true
			}
		}
	}
	return false
}

// mentionOf is the mention that a source consists of, -1 for none: that of its head rather than one
// that only stands beside it ("Toyota's chief, Akio Berg").
func (r *speakerResolver) mentionOf(source hearsay.Span, head int) int {
	best, bestRank := -1, 0
	from := sort.Search(len(r.byStart), func(i int) bool { return r.a.Mentions[r.byStart[i]].Start >= source.Start-longestMention })
	for _, m := range r.byStart[from:] {
		x := &r.a.Mentions[m]
		if x.Start >= source.End {
			break
		}
		if !x.Overlaps(source) || x.Entity < 0 {
			continue
		}
		if rank := r.rank(x, source, head); rank > bestRank {
			best, bestRank = m, rank
		}
	}
	return best
}

// rank says how well a mention names a source, 0 for not at all.
func (r *speakerResolver) rank(m *hearsay.Mention, source hearsay.Span, head int) int {
	e := &r.a.Entities[m.Entity]
	if !r.standsFor(m, e, source, head) {
		return 0
	}
	rank := 1
	if head >= 0 && m.Overlaps(r.a.Tokens[head].Span) {
		rank += 6
	}
	if e.Named {
		rank += 2
		if r.inApposition(m, head) {
			rank += 6
		}
	}
	if e.Type == hearsay.Person {
		rank += 3
	}
	if r.possessor(m) {
		rank -= 5
	}
	if m.Start-source.Start <= 4 {
		rank++
	}
	return max(rank, 1)
}

// standsFor reports whether a mention in a source can be the source itself: it holds the head or
// lies in apposition, it is a person's name that nothing governs (trees often err beside titles), or
// the source is a document and the mention its author ("a report by the Institute").
func (r *speakerResolver) standsFor(m *hearsay.Mention, e *hearsay.Entity, source hearsay.Span, head int) bool {
	if head < 0 || r.a.Tokens[head].Head < 0 && r.a.Tokens[head].Rel == "" {
		return true
	}
	t := &r.a.Tokens[head]
	if m.Head.Overlaps(t.Span) || m.Overlaps(t.Span) && !e.Named || r.inApposition(m, head) {
		return true
	}
	if r.gram.Of(t.Lemma).Has(lexicon.RoleDocument) && e.Named && !r.carries(m, head) {
		return true
	}
	return e.Named && e.Type == hearsay.Person && !r.possessor(m) && !r.governed(m, source)
}

// governed reports whether a preposition stands right before a mention within a source.
func (r *speakerResolver) governed(m *hearsay.Mention, source hearsay.Span) bool {
	toks := r.a.Tokens
	i := sort.Search(len(toks), func(i int) bool { return toks[i].Start >= m.Start }) - 1
	for i >= 0 && toks[i].Start >= source.Start && (toks[i].UPOS == "DET" || toks[i].UPOS == "ADJ") {
		i--
	}
	return i >= 0 && toks[i].Start >= source.Start && toks[i].UPOS == "ADP"
}

// inApposition reports whether a name hangs on the head as its other name: "boss Jack Ross".
func (r *speakerResolver) inApposition(m *hearsay.Mention, head int) bool {
	if head < 0 {
		return false
	}
	t := r.headOf(m.Head)
	if t < 0 || r.a.Tokens[t].Head != head {
		return false
	}
	rel, _, _ := strings.Cut(r.a.Tokens[t].Rel, ":")
	return rel == "appos" || rel == "flat"
}

// possessor reports whether a mention only says whose the source is: "the company's", with a genitive.
func (r *speakerResolver) possessor(m *hearsay.Mention) bool {
	if rest := r.text[m.End:]; strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "’s") {
		return true
	}
	if t := r.headOf(m.Head); t >= 0 {
		rel, _, _ := strings.Cut(r.a.Tokens[t].Rel, ":")
		return rel == "nmod"
	}
	return false
}

// inQuotation is the innermost quotation around a place, -1 for none.
func (r *speakerResolver) inQuotation(at int) int {
	i := r.a.LastQuotation(at)
	for i >= 0 && (at >= r.a.Quotations[i].End || r.a.Quotations[i].Scare) {
		i = r.a.Quotations[i].Parent
	}
	return i
}
