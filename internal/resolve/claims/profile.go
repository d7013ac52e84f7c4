package claims

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/bodies"
	"hearsay/internal/lexicon"
	"hearsay/internal/romanize"
)

// profiler reads what items need from the layers of one analysis.
type profiler struct {
	a       *hearsay.Analysis
	grammar lexicon.Grammar
	cues    *lexicon.Lexicon
	names   []Name            // of the entities
	said    []hearsay.Span    // what statements cover, in text order without overlaps
	folded  map[string]string // memo of fold
}

func newProfiler(a *hearsay.Analysis) *profiler {
	g, err := lexicon.LoadGrammar(a.Document.Language)
	if err != nil {
		g = lexicon.Grammar{}
	}
	cues, err := lexicon.Load(a.Document.Language)
	if err != nil {
		cues = nil // a language without cues: At finds none
	}
	p := &profiler{a: a, grammar: g, cues: cues, names: make([]Name, len(a.Entities)), said: covered(a.Statements), folded: map[string]string{}}
	for i := range a.Entities {
		p.names[i] = nameOf(&a.Entities[i], a.Document.Language)
	}
	return p
}

// covered joins the sources, cues and contents of statements where they touch.
func covered(statements []hearsay.Statement) []hearsay.Span {
	var all []hearsay.Span
	for i := range statements {
		st := &statements[i]
		all = append(append(append(all, st.Source...), st.Cue...), st.Content...)
	}
	slices.SortFunc(all, func(a, b hearsay.Span) int { return a.Start - b.Start })
	var out []hearsay.Span
	for _, s := range all {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// nameOf gives the keys of an entity's name.
func nameOf(e *hearsay.Entity, language string) Name {
	n := Name{Type: e.Type}
	if body := bodyOf(e, language); body != "" {
		n.Keys, n.Full = []string{"=" + body}, []string{"=" + body}
		return n
	}
	if !e.Named {
		return n
	}
	forms := append([]string{e.Name}, e.Forms...)
	if e.Type != hearsay.Person {
		for _, f := range forms {
			if code := placeCode(language, f); code != "" {
				n.Keys, n.Full = []string{"=" + code}, []string{"=" + code}
				return n
			}
		}
	}
	n.Keys, n.Full = nameKeys(forms, e.Type)
	if e.Type == hearsay.Place && len(n.Full) == 1 && bodies.Adjective(language, fold(e.Name)) {
		n.Keys = distinct(n.Keys, bodies.Sounds(language, e.Name)) // «Луннинская плотина» is the dam of Lunna
	}
	return n
}

// bodyOf is the state body that an entity's name or description means, "" for none.
func bodyOf(e *hearsay.Entity, language string) string {
	if e.Type == hearsay.Person || e.Type == hearsay.Place {
		return ""
	}
	return bodies.Of(language, e.Name, !e.Named)
}

// nameKeys gives the skeletons of the word that tells most (a person's last name, the longest word
// of other names) under each reading, and those of all words.
func nameKeys(forms []string, t hearsay.MentionType) (keys, full []string) {
	for i, f := range forms {
		words := romanize.Words(f)
		if len(words) == 0 {
			continue
		}
		if i == 0 {
			main := words[len(words)-1]
			if t != hearsay.Person {
				main = longest(words)
			}
			keys = distinct(keys, romanize.Skeletons(main)...)
			for _, w := range words {
				if sk := strings.Join(romanize.Skeletons(w), "|"); sk != "" {
					full = append(full, sk)
				}
			}
		}
		if acronym(f) {
			keys = distinct(keys, romanize.Skeleton(f))
		}
	}
	keys = slices.DeleteFunc(keys, func(k string) bool { return len(k) < 2 })
	return keys, full
}

func acronym(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 6 && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsUpper(r) && !unicode.IsDigit(r) }) < 0
}

func longest(words []string) string {
	best := words[0]
	for _, w := range words[1:] {
		if utf8.RuneCountInString(w) > utf8.RuneCountInString(best) {
			best = w
		}
	}
	return best
}

func distinct(to []string, more ...string) []string {
	for _, m := range more {
		if m != "" && !slices.Contains(to, m) {
			to = append(to, m)
		}
	}
	return to
}

// content fills in what the words of an item's content tell.
func (p *profiler) content(it *Item) {
	taken := p.contentNames(it)
	p.figures(it)
	p.times(it)
	head := p.root(it.Content)
	for _, s := range it.Content {
		p.lemmas(it, s, taken)
	}
	slices.Sort(it.Lemmas)
	it.Lemmas = slices.Compact(it.Lemmas)
	slices.Sort(it.Deeds)
	it.Deeds = slices.Compact(it.Deeds)
	slices.Sort(it.Sounds)
	it.Sounds = slices.Compact(it.Sounds)
	if head >= 0 {
		it.Root = p.lemma(head)
		it.Agent = p.agent(head)
	}
	it.Sentences = p.sentences(it.Content)
	it.Plain = p.repaired(it.Content)
}

// contentNames adds the names in the content and returns their spans.
func (p *profiler) contentNames(it *Item) []hearsay.Span {
	var taken []hearsay.Span
	seen := map[int]bool{}
	for _, s := range it.Content {
		i := sort.Search(len(p.a.Mentions), func(i int) bool { return p.a.Mentions[i].Start >= s.Start })
		for ; i < len(p.a.Mentions) && p.a.Mentions[i].Start < s.End; i++ {
			m := &p.a.Mentions[i]
			if m.Entity < 0 || m.Entity >= len(p.names) || len(p.names[m.Entity].Keys) == 0 || m.Head.End > s.End {
				continue
			}
			taken = append(taken, m.Head)
			if !seen[m.Entity] && len(it.Names) < mostNames {
				seen[m.Entity] = true
				it.Names = append(it.Names, p.names[m.Entity])
			}
		}
	}
	return taken
}

const (
	mostNames  = 16
	mostLemmas = 96
)

func (p *profiler) figures(it *Item) {
	for _, i := range inside(it.Content, len(p.a.Figures), func(i int) hearsay.Span { return p.a.Figures[i].Span }) {
		f := &p.a.Figures[i]
		if !p.negates(f.Start) {
			it.Figures = append(it.Figures, Figure{
				Low: f.Low, High: f.High, Unit: f.Unit, Of: fold(f.Of), AsOf: f.AsOf, Text: strings.Join(strings.Fields(f.In(p.a.Document.Text)), " "),
			})
		}
	}
}

// negates reports whether a negation stands right before a place, as in "1,200, not 3,000".
func (p *profiler) negates(at int) bool {
	i := p.tokenAt(at) - 1
	return i >= 0 && p.grammar.Of(p.a.Tokens[i].Form).Has(lexicon.RoleNegation)
}

func (p *profiler) times(it *Item) {
	for _, i := range inside(it.Content, len(p.a.Times), func(i int) hearsay.Span { return p.a.Times[i].Span }) {
		t := &p.a.Times[i]
		if t.From != "" && t.To != "" {
			it.Times = append(it.Times, Period{t.From, t.To})
		}
	}
}

// inside are those of n things in text order that lie wholly in some spans.
func inside(spans []hearsay.Span, n int, at func(int) hearsay.Span) []int {
	var out []int
	for _, s := range spans {
		for i := sort.Search(n, func(i int) bool { return at(i).Start >= s.Start }); i < n && at(i).Start < s.End; i++ {
			if s.Contains(at(i)) {
				out = append(out, i)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func within(spans []hearsay.Span, s hearsay.Span) bool {
	for _, x := range spans {
		if x.Contains(s) {
			return true
		}
	}
	return false
}

// lemmas adds the content words of a span that are neither names, figures, times nor function words.
func (p *profiler) lemmas(it *Item, s hearsay.Span, names []hearsay.Span) {
	for i := p.tokenAt(s.Start); i < len(p.a.Tokens) && p.a.Tokens[i].Start < s.End && len(it.Lemmas) < mostLemmas; i++ {
		t := &p.a.Tokens[i]
		l := p.lemma(i)
		if t.End > s.End || within(names, t.Span) || !p.tells(t, l) {
			continue
		}
		if code := demonymCode(it.Language, l); code != "" {
			it.addPlace(code)
			continue
		}
		it.Lemmas = append(it.Lemmas, l)
		if c := conceptOf(it.Language, l); c != "" && c[0] != '=' && t.UPOS != "NOUN" {
			it.Deeds = append(it.Deeds, c)
		}
		if sk := romanize.Skeleton(l); len(sk) >= 4 && !strings.Contains(sk, " ") {
			it.Sounds = append(it.Sounds, sk)
		}
	}
}

// addPlace counts "Belarusian" as naming Belarus.
func (it *Item) addPlace(code string) {
	key := "=" + code
	for _, n := range it.Names {
		if slices.Contains(n.Keys, key) {
			return
		}
	}
	if len(it.Names) < mostNames {
		it.Names = append(it.Names, Name{Type: hearsay.Place, Keys: []string{key}, Full: []string{key}})
	}
}

// tells reports whether a word says something by itself. Words for times do where they stand for a thing
// that news tell of ("the dry winter") or for what happens ("the fall of the lake").
func (p *profiler) tells(t *hearsay.Token, lemma string) bool {
	switch t.UPOS {
	case "PUNCT", "SYM", "DET", "ADP", "AUX", "CCONJ", "SCONJ", "PART", "PRON", "INTJ", "NUM":
		return false
	}
	form := t.Form
	if utf8.RuneCountInString(form) < 2 || strings.IndexFunc(form, unicode.IsLetter) < 0 {
		return false
	}
	role := p.grammar.Of(form)
	return role == 0 || role == lexicon.RoleTime && conceptOf(p.a.Document.Language, lemma) != ""
}

// lemma is the lemma of a word, or the word itself where the table of predicates knows that alone: lemmas
// of rare words are guesses.
func (p *profiler) lemma(i int) string {
	t := &p.a.Tokens[i]
	lemma, form := p.fold(firstOf(t.Lemma, t.Form)), p.fold(t.Form)
	if language := p.a.Document.Language; conceptOf(language, lemma) == "" && conceptOf(language, form) != "" {
		return form
	}
	return lemma
}

func (p *profiler) fold(s string) string {
	f, ok := p.folded[s]
	if !ok {
		f = fold(s)
		p.folded[s] = f
	}
	return f
}

func (p *profiler) tokenAt(start int) int {
	return sort.Search(len(p.a.Tokens), func(i int) bool { return p.a.Tokens[i].Start >= start })
}

// root is the word of a content that depends on none within it, a verb before others; -1 for none.
func (p *profiler) root(content []hearsay.Span) int {
	best := -1
	for _, s := range content {
		for i := p.tokenAt(s.Start); i < len(p.a.Tokens) && p.a.Tokens[i].Start < s.End; i++ {
			t := &p.a.Tokens[i]
			if t.Rel == "" || t.UPOS == "PUNCT" || t.Head >= 0 && t.Head < len(p.a.Tokens) && within(content, p.a.Tokens[t.Head].Span) {
				continue
			}
			if best < 0 || t.UPOS == "VERB" && p.a.Tokens[best].UPOS != "VERB" {
				best = i
			}
		}
	}
	return best
}

// agent is the first key of the name that acts: the subject, of a passive the agent.
func (p *profiler) agent(head int) string {
	passive := ""
	for i := max(0, head-reach); i < min(len(p.a.Tokens), head+reach); i++ {
		t := &p.a.Tokens[i]
		if t.Head != head {
			continue
		}
		switch t.Rel {
		case "nsubj":
			return p.keyAt(t.Span)
		case "obl:agent":
			passive = p.keyAt(t.Span)
		}
	}
	return passive
}

const reach = 40 // words between a verb and its subject

func (p *profiler) keyAt(s hearsay.Span) string {
	i := sort.Search(len(p.a.Mentions), func(i int) bool { return p.a.Mentions[i].End >= s.End })
	for ; i < len(p.a.Mentions) && p.a.Mentions[i].Start <= s.Start; i++ {
		if m := &p.a.Mentions[i]; m.Head.Contains(s) && m.Entity >= 0 && m.Entity < len(p.names) && len(p.names[m.Entity].Keys) > 0 {
			return p.names[m.Entity].Keys[0]
		}
	}
	return ""
}

// negated reports whether the main predicate of a content has a negation of its own.
func (p *profiler) negated(it *Item) bool {
	head := p.root(it.Content)
	if head < 0 {
		return false
	}
	for i := max(0, head-reach); i < min(len(p.a.Tokens), head+reach); i++ {
		t := &p.a.Tokens[i]
		if t.Head == head && p.grammar.Of(t.Form).Has(lexicon.RoleNegation) && within(it.Content, t.Span) {
			return true
		}
	}
	return false
}

// disowns reports whether a content says that nothing was promised: "I never promised a date".
func (p *profiler) disowns(it *Item) bool {
	head := p.root(it.Content)
	if head < 0 || !p.negated(it) {
		return false
	}
	cue := p.cues.At(p.a.Tokens, head, len(p.a.Tokens)).Cue
	return cue != nil && cue.Class == "promise"
}

// sentences counts the sentences that a content touches.
func (p *profiler) sentences(content []hearsay.Span) int {
	n := 0
	for _, s := range content {
		i := sort.Search(len(p.a.Sentences), func(i int) bool { return p.a.Sentences[i].End > s.Start })
		for ; i < len(p.a.Sentences) && p.a.Sentences[i].Start < s.End; i++ {
			n++
		}
	}
	if len(content) > 1 && n == len(content) {
		return 1
	}
	return n
}

// reported reports whether anybody but the text itself may be speaking in a sentence.
func (p *profiler) reported(sentence int) bool {
	s := &p.a.Sentences[sentence]
	if p.attributed(s.Span) || strings.Contains(s.In(p.a.Document.Text), ": ") { // "The minister: we shall win"
		return true
	}
	if p.quoted(s.Span) {
		return true
	}
	for i := s.First; i < s.Last; i++ {
		if m := p.cues.At(p.a.Tokens, i, s.Last); m.Cue != nil {
			return true
		}
	}
	return false
}

// quoted reports whether a quotation of speech overlaps with a sentence.
func (p *profiler) quoted(s hearsay.Span) bool {
	all := p.a.Quotations
	last := p.a.LastQuotation(s.Start)
	for i := last + 1; i < len(all) && all[i].Start < s.End; i++ {
		if !all[i].Scare {
			return true
		}
	}
	for i := last; i >= 0; i = all[i].Parent {
		if !all[i].Scare && all[i].Overlaps(s) {
			return true
		}
	}
	return false
}

// resumed reports whether the next sentence of the paragraph tells who says what a sentence says: "That is
// what the institute writes".
func (p *profiler) resumed(sentence int) bool {
	next := sentence + 1
	if next >= len(p.a.Sentences) || p.a.Sentences[next].Block != p.a.Sentences[sentence].Block || !p.reported(next) {
		return false
	}
	s := &p.a.Sentences[next]
	for i := s.First; i < min(s.Last, s.First+2); i++ {
		t := &p.a.Tokens[i]
		alone := t.Rel == "obj" || strings.HasPrefix(t.Rel, "nsubj") || strings.HasPrefix(t.Rel, "obl")
		if t.UPOS == "PRON" && strings.Contains(t.Feats, "PronType=Dem") || t.UPOS == "DET" && alone {
			return true
		}
	}
	return false
}

// attributed reports whether a sentence overlaps with a statement.
func (p *profiler) attributed(s hearsay.Span) bool {
	i := sort.Search(len(p.said), func(i int) bool { return p.said[i].End > s.Start })
	return i < len(p.said) && p.said[i].Overlaps(s)
}
