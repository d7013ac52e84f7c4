package attribute

import (
	"slices"
	"sort"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

const (
	nearWords = 14 // between a cue and the quotation or clause that it reports
	tagWords  = 12 // behind a cue, in which its subject stands
	longTag   = 16 // in a reporting clause set off by commas: "…, the minister said on Monday"
)

// ruleScore is how often a rule is right, roughly; a model replaces it.
var ruleScore = map[rule]float64{
	byQuotation: 0.9, byThat: 0.85, byWhether: 0.7, byInfinitive: 0.75, byColon: 0.7, byClause: 0.6, byAside: 0.8, byObject: 0.5,
	byPreposition: 0.85, byHearsay: 0.7, byNoun: 0.6, byLayout: 0.8, byGoingOn: 0.6, byMood: 0.5, byBack: 0.8,
}

// byRules reads the whole document by rules alone.
func (v *view) byRules() []reading {
	var out []reading
	taken := v.assignQuotations()
	for i := range v.cues {
		m := v.cues[i]
		if m.Cue == nil {
			continue
		}
		if r, ok := v.read(m, taken.of[i]); ok {
			out = append(out, r)
		}
	}
	return out
}

// complete settles readings against one another and adds what quotation marks and layout tell
// beside them.
func (v *view) complete(readings []reading) []reading {
	turns := v.turns()
	out := v.passedOn(v.withoutRepeats(v.settle(v.chains(v.mend(withoutCrossing(readings, turns))))))
	out = append(out, turns...)
	out = append(out, v.layouts(out)...)
	out = append(out, v.continued(out)...)
	out = append(out, v.moods(out)...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].start() < out[j].start() })
	return out
}

// start is where a reading begins in the text, in tokens.
func (r *reading) start() int {
	at := -1
	if r.head >= 0 {
		at = r.head
	}
	for _, p := range r.content {
		if at < 0 || p.from < at {
			at = p.from
		}
	}
	return at
}

// read reads a cue by its part of speech.
func (v *view) read(m lexicon.Match, quotations []int) (reading, bool) {
	r := reading{cue: m.Cue, class: m.Cue.Class, kind: m.Cue.Kind, stance: m.Cue.Stance, head: m.First, quotations: quotations}
	r.cueTokens = []span{{m.First, m.Last}}
	b := v.bounds(m.First)
	if !b.has(m.First) {
		return r, false
	}
	ok := false
	switch m.Cue.POS {
	case "ADP":
		ok = v.readPreposition(&r, m, b)
	case "ADV":
		ok = v.readHearsay(&r, m, b)
	case "NOUN":
		ok = v.readNoun(&r, m, b)
	default:
		ok = v.readBack(&r, m, b) || v.readVerb(&r, m, b)
	}
	return r, ok && len(r.content) > 0
}

// readVerb reads verbs, predicative adjectives and verbal phrases.
func (v *view) readVerb(r *reading, m lexicon.Match, b span) bool {
	v.widenCue(r, b)
	if k, ok := v.particle[m.First]; ok {
		r.cueTokens = append(r.cueTokens, span{k, k + 1})
	}
	v.joinDenied(r, &m, b)
	tag := v.chunk(m.First, b)
	aside := v.aside(tag, b) && (v.words(tag) <= tagWords || m.First > tag.from)
	quoted := len(r.quotations) > 0
	if !quoted && v.compares(tag.from) && m.First <= tag.from+2 {
		return false
	}
	if quoted {
		for _, q := range r.quotations {
			r.content = append(r.content, piece{v.quoted[q], q})
		}
		r.score, r.rule = ruleScore[byQuotation], byQuotation
	}
	if clause, how := v.clauseAfter(m, v.clauseOf(m, b)); how != byNothing && (!quoted || v.holdsQuotations(clause, r.quotations)) {
		r.content, r.score, r.rule = []piece{{clause, -1}}, ruleScore[how], how
		aside = false
	} else if !quoted && aside && (m.Cue.Frame.Has(lexicon.That|lexicon.Quote) || v.role[tag.from].Has(lexicon.RoleAs)) {
		r.content, r.score, r.rule = v.around(tag, b), ruleScore[byAside], byAside
	} else if !quoted {
		object, ok := v.objectAfter(m, b)
		if !ok {
			return false
		}
		r.content, r.score, r.rule = []piece{{object, -1}}, ruleScore[byObject], byObject
	}
	r.source = v.whoOf(r, m, tag, b, quoted || aside)
	if r.source.empty() && !quoted && m.Cue.Class != "hearsay" {
		r.score *= 0.6
	}
	return true
}

// joinDenied takes into the cue a second one that is denied like it and shares its object: "n'a ni confirmé ni
// démenti la fuite", «не підтвердив і не спростував звіт».
func (v *view) joinDenied(r *reading, m *lexicon.Match, b span) {
	if !r.negated || len(r.cueTokens) > 1 {
		return
	}
	nor := false
	for k := m.Last; k < b.to && k < m.Last+4 && v.mark[k] == word; k++ {
		switch c := v.cues[k].Cue; {
		case v.role[k].Has(lexicon.RoleNegation):
			nor = true
		case c != nil && c.POS == "VERB" && nor:
			m.Last = v.cues[k].Last
			r.cueTokens[0].to = m.Last
			return
		case !v.role[k].Has(lexicon.RoleConjunction | lexicon.RoleAuxiliary):
			return
		}
	}
}

// whoOf is the source of a verb: where it is said of verbs that take no subject, else the subject.
func (v *view) whoOf(r *reading, m lexicon.Match, tag, b span, set bool) span {
	place := v.placeSource(m, b)
	if !v.canSpeak(place, r) {
		place = span{}
	}
	if m.Cue.Frame.Has(lexicon.SrcNone|lexicon.SrcObj) || endsReflexive(lexicon.Fold(v.toks[m.First].Form)) {
		if !place.empty() || m.Cue.Frame.Has(lexicon.SrcNone) {
			return place
		}
	}
	if s := v.sourceOf(r, m, tag, b, set); !s.empty() {
		return s
	}
	return place
}

// aside reports whether a reporting clause is set off from what it reports: "…, she said", «…, як
// повідомляє агентство», "As the paper writes, …".
func (v *view) aside(tag, b span) bool {
	if v.words(tag) > longTag || tag.from == b.from && tag.to == b.to {
		return false
	}
	if v.role[tag.from].Has(lexicon.RoleAs) {
		return true
	}
	if tag.from == b.from {
		return false
	}
	if v.role[tag.from].Has(lexicon.RoleRelative|lexicon.RoleThat|lexicon.RoleConjunction|lexicon.RoleWhether) || v.compares(tag.from) {
		return false
	}
	return true
}

// compares reports the word behind a comparative: «більше, ніж повідомляв штаб».
func (v *view) compares(i int) bool {
	switch lexicon.Fold(v.toks[i].Form) {
	case "ніж", "аніж", "чем", "нежели", "чым", "niż", "aniżeli":
		return true
	}
	return false
}

// around is the sentence without a reporting clause.
func (v *view) around(tag, b span) []piece {
	var out []piece
	for _, s := range []span{{b.from, tag.from}, {tag.to, b.to}} {
		if s = v.trim(s); v.words(s) > 0 {
			out = append(out, piece{s, -1})
		}
	}
	return out
}

// clauseOf is the part of the bounds up to the end of the relative clause in which a cue stands, where the clause around
// goes on behind it: "an official who asked not to be named said …".
func (v *view) clauseOf(m lexicon.Match, b span) span {
	if v.toks[m.First].Rel != "acl:relcl" && v.toks[m.First].Rel != "acl" {
		return b
	}
	noun, end := v.toks[m.First].Head, int(v.right[m.First])+1
	if noun < b.from || noun > m.First || end >= b.to {
		return b
	}
	if verb := v.toks[noun].Head; verb >= end && verb < b.to && v.toks[verb].UPOS == "VERB" {
		return span{b.from, max(end, m.Last)}
	}
	return b
}

func (v *view) holdsQuotations(s span, quotations []int) bool {
	for _, q := range quotations {
		if !s.has(v.quoted[q].from) {
			return false
		}
	}
	return true
}

// clauseAfter finds the clause that a cue introduces: after "that", a question word, an
// infinitive's mark, a colon, or, in English and German, directly.
func (v *view) clauseAfter(m lexicon.Match, b span) (span, rule) {
	f := m.Cue.Frame
	for k := m.Last; k < b.to && k < m.Last+nearWords; k++ {
		if !v.level(m.First, k) {
			if v.quotation[k] >= 0 {
				continue
			}
			break
		}
		role := v.role[k]
		opened := k == m.Last || v.mark[k-1] == comma || v.lang == "en" || v.lang == "fr" || v.lang == "es"
		switch {
		case role.Has(lexicon.RoleThat) && opened && f.Has(lexicon.That|lexicon.About|lexicon.Inf|lexicon.Whether):
			return v.clause(k+1, b, byThat)
		case v.mark[k] == colon && m.Cue.Class == "ask" && v.asked(m.First):
			return span{}, byNothing // another answers
		case v.mark[k] == colon && f.Has(lexicon.Quote|lexicon.That|lexicon.Obj):
			return v.clause(k+1, b, byColon)
		case v.mark[k] == semicolon || v.mark[k] == stop:
			return span{}, byNothing
		case role.Has(lexicon.RoleWhether) && f.Has(lexicon.Whether) && (k == m.Last || v.mark[k-1] == comma):
			return v.clause(k, b, byWhether)
		case f.Has(lexicon.Whether) && v.mark[k] == comma && k+2 < b.to && v.lang == "ru" && v.toks[k+2].Form == "ли":
			return v.clause(k+1, b, byWhether)
		case f.Has(lexicon.Inf) && v.infinitive(k) && k <= m.Last+8:
			for k > m.Last && v.role[k-1].Has(lexicon.RoleNegation) {
				k--
			}
			return v.clause(k, b, byInfinitive)
		case k > m.Last+1 && v.cues[k].Cue != nil && v.cues[k].Cue.POS == "VERB" && v.lang == "en":
			return v.bareClause(m, b)
		}
	}
	return v.bareClause(m, b)
}

// bareClause is a clause without a mark: "she said the bridge was closed", "er sagte, er gehe".
func (v *view) bareClause(m lexicon.Match, b span) (span, rule) {
	k := m.Last
	if !m.Cue.Frame.Has(lexicon.That) || k >= b.to || k == b.from+1 && m.First == b.from {
		return span{}, byNothing
	}
	switch v.lang {
	case "en":
		for k < b.to && k < m.Last+4 && v.adverbial(k) {
			k++
		}
		if k >= b.to || v.mark[k] != word || v.role[k].Has(lexicon.RolePreposition|lexicon.RoleConjunction|lexicon.RoleAs) || b.to-k < 3 {
			return span{}, byNothing
		}
		return v.clause(k, b, byClause)
	case "de":
		for k < b.to && v.mark[k] == word && k < m.Last+nearWords {
			k++
		}
		if k+3 < b.to && v.mark[k] == comma && !v.role[k+1].Has(lexicon.RoleConjunction) {
			return v.clause(k+1, b, byClause)
		}
	}
	return span{}, byNothing
}

// adverbial reports words such as "Monday", "yesterday", "also" between a verb and its clause.
func (v *view) adverbial(k int) bool {
	if v.toks[k].UPOS == "ADV" {
		return true
	}
	form := lexicon.Fold(v.toks[k].Form)
	return strings.HasSuffix(form, "day") || strings.HasSuffix(form, "ly") && v.toks[k].UPOS == ""
}

func (v *view) infinitive(k int) bool {
	if t := &v.toks[k]; t.UPOS != "" {
		if v.lang == "en" || v.lang == "de" {
			return v.role[k].Has(lexicon.RoleInfinitive) && k+1 < len(v.toks) && strings.Contains(v.toks[k+1].Feats, "VerbForm=Inf")
		}
		return strings.Contains(t.Feats, "VerbForm=Inf")
	}
	form := lexicon.Fold(v.toks[k].Form)
	if len(form) < 5 {
		return v.lang == "en" && v.role[k].Has(lexicon.RoleInfinitive) && k+1 < len(v.toks) && !v.role[k+1].Has(lexicon.RoleDeterminer) && !v.capital(k+1)
	}
	for _, end := range map[string][]string{
		"uk": {"ти", "тися"}, "ru": {"ать", "ить", "еть", "ять", "ться", "ти"}, "be": {"аць", "іць", "ыць", "цца", "ці"},
		"pl": {"ać", "ić", "yć", "eć", "ąć", "ść"}, "fr": {"er", "ir", "re"}, "es": {"ar", "er", "ir"},
	}[v.lang] {
		if strings.HasSuffix(form, end) {
			return true
		}
	}
	return false
}

// clause is what remains from token k on, if anything does.
func (v *view) clause(k int, b span, how rule) (span, rule) {
	s := v.rest(k, b)
	if s.empty() {
		return s, byNothing
	}
	return s, how
}

// rest is what remains of the bounds from token k on.
func (v *view) rest(k int, b span) span { return v.trim(span{k, b.to}) }

// objectAfter is the object of cues such as "deny", "praise", "demand".
func (v *view) objectAfter(m lexicon.Match, b span) (span, bool) {
	f := m.Cue.Frame
	if !f.Has(lexicon.Obj | lexicon.About | lexicon.As) {
		return span{}, false
	}
	if v.trees {
		for c := v.child[m.First]; c >= 0; c = v.sibling[c] {
			if rel := v.toks[c].Rel; rel == "obj" && f.Has(lexicon.Obj) || rel == "ccomp" {
				s := span{max(b.from, int(v.left[c])), min(b.to, int(v.right[c])+1)}
				if s.from >= m.Last {
					s.to = max(s.to, v.chunkEnd(s.to, b))
				}
				if p, ok := v.particle[m.First]; ok && p > s.from {
					s.to = min(s.to, p)
				}
				return v.trim(s), true
			}
		}
	}
	k := m.Last
	if k >= b.to || v.mark[k] != word {
		return span{}, false
	}
	about := v.role[k].Has(lexicon.RoleAbout) || v.governs(m, k)
	if v.role[k].Has(lexicon.RolePreposition) && !about || about && !f.Has(lexicon.About) {
		return span{}, false
	}
	end := v.chunkEnd(k, b)
	if p, ok := v.particle[m.First]; ok && p > k {
		end = min(end, p)
	}
	return v.trim(span{k, end}), end > k
}

// governs reports whether an attitude asks for the preposition at token k: «сумнівається в цифрах», "zweifelt an".
func (v *view) governs(m lexicon.Match, k int) bool {
	if m.Cue.Kind != hearsay.Attitude || v.toks[k].UPOS != "ADP" {
		return false
	}
	noun := v.toks[k].Head
	if noun < 0 || noun >= len(v.toks) || v.toks[noun].Head != m.First || v.temporal(noun) || v.role[noun].Has(lexicon.RoleTime) {
		return false
	}
	return m.Cue.Class == "think" && slices.Contains(governed[v.lang], lexicon.Fold(v.toks[k].Form))
}

// governed are the prepositions that verbs of belief and doubt ask for.
var governed = map[string][]string{"uk": {"в", "у"}, "ru": {"в"}, "be": {"ў", "у"}, "pl": {"w"}, "de": {"an"}, "fr": {"de"}, "es": {"de"}}

// chunkEnd is where the stretch from token k on meets a comma, semicolon or colon.
func (v *view) chunkEnd(k int, b span) int {
	for k < b.to && v.mark[k] != comma && v.mark[k] != semicolon && v.mark[k] != colon {
		k++
	}
	return k
}

// readPreposition reads "according to X, …": the source follows, the rest of the sentence is
// what is said.
func (v *view) readPreposition(r *reading, m lexicon.Match, b span) bool {
	if v.follows(m, b) {
		return v.readPostposition(r, m, b)
	}
	if k, ok := v.whose[m.First]; ok {
		return v.readWhose(r, m, k, b)
	}
	if v.selonLequel(m.First, b) > 0 {
		return false
	}
	if next := m.Last; next < b.to && v.cues[next].Cue != nil && v.cues[next].Cue.POS == "VERB" && strings.Contains(v.toks[next].Feats, "VerbForm=Fin") {
		return false // "según informó la policía"
	}
	src := span{m.Last, m.Last}
	for src.to < b.to && v.level(m.First, src.to) && v.mark[src.to] != comma && v.mark[src.to] != colon && v.mark[src.to] != dash && v.mark[src.to] != semicolon {
		src.to++
	}
	if start := v.clauseStart(m.First, b); m.First > start && src.to >= b.to {
		r.source = v.nounPhrase(src)
		r.content, r.score, r.rule = v.around(span{m.First, b.to}, span{start, b.to}), ruleScore[byPreposition], byPreposition
		return true
	}
	r.source = v.nounPhrase(src)
	whole := span{m.First, src.to}
	if src.to >= b.to && m.First == b.from || v.lang == "de" && m.First == b.from && src.to >= b.to {
		// No comma tells where the source ends: German puts the verb there.
		r.source = v.shortPhrase(src)
		whole.to = r.source.to
	} else if v.lang == "de" || v.lang == "pl" || v.lang == "es" || v.lang == "fr" || m.Cue.Frame.Has(lexicon.Cites) {
		r.source = v.shortPhrase(src)
		whole.to = r.source.to
	}
	from := v.clauseStart(m.First, b)
	if m.First > from && v.mark[m.First-1] != comma {
		from = v.chunk(m.First, b).from
	}
	r.content, r.score, r.rule = v.around(whole, span{from, b.to}), ruleScore[byPreposition], byPreposition
	return true
}

// readWhose reads "in her view, …": the possessive at token k is the source.
func (v *view) readWhose(r *reading, m lexicon.Match, k int, b span) bool {
	r.source, r.cueTokens = span{k, k + 1}, nil
	for _, s := range []span{{m.First, k}, {k + 1, m.Last}} {
		if !s.empty() {
			r.cueTokens = append(r.cueTokens, s)
		}
	}
	r.content, r.score, r.rule = v.around(span{m.First, m.Last}, span{v.clauseStart(m.First, b), b.to}), ruleScore[byPreposition], byPreposition
	return true
}

// clauseStart is where the reported clause begins that a preposition at token i opens: "that, according to X, …",
// the start of the bounds if it opens none.
func (v *view) clauseStart(i int, b span) int {
	k := i - 1
	if k > b.from && v.mark[k] == comma {
		k--
	}
	if k > b.from && v.role[k].Has(lexicon.RoleThat) && v.toks[k].UPOS == "SCONJ" {
		return k + 1
	}
	return b.from
}

// follows reports whether a preposition stands behind its noun: "einem Bericht zufolge", where a
// verb or a mark comes next.
func (v *view) follows(m lexicon.Match, b span) bool {
	if v.lang != "de" || m.First <= b.from || m.Last-m.First > 1 {
		return false
	}
	if m.Cue.Lemma == "zufolge" {
		return true
	}
	next := m.Last
	return m.Cue.Lemma == "gemäß" && (next >= b.to || v.mark[next] != word || v.toks[next].UPOS == "VERB" || v.toks[next].UPOS == "AUX")
}

func (v *view) readPostposition(r *reading, m lexicon.Match, b span) bool {
	tag := v.chunk(m.First, b)
	r.source = v.trim(span{tag.from, m.First})
	for i := m.First - 1; i > tag.from; i-- { // the phrase begins behind the verb of its clause
		if u := v.toks[i].UPOS; u == "VERB" || u == "AUX" {
			r.source.from = i + 1
			break
		}
	}
	if r.source.empty() {
		return false
	}
	r.content, r.score, r.rule = v.around(span{r.source.from, m.Last}, b), ruleScore[byPreposition], byPreposition
	return true
}

// nounPhrase cuts a relative clause off.
func (v *view) nounPhrase(s span) span {
	for i := s.from + 1; i < s.to; i++ {
		if v.role[i].Has(lexicon.RoleRelative) && v.mark[i-1] == comma {
			return v.trim(span{s.from, i})
		}
	}
	return v.trim(s)
}

// shortPhrase is a noun phrase of which only the beginning is known: up to a finite verb, or a
// mention's end.
func (v *view) shortPhrase(s span) span {
	for i := s.from; i < s.to; i++ {
		if i == s.from+1 && v.toks[s.from].UPOS == "PRON" && (v.toks[i].UPOS == "NOUN" || v.toks[i].UPOS == "PROPN") {
			return span{s.from, i}
		}
		if m := v.cues[i]; i > s.from && m.Cue != nil && m.Cue.POS == "VERB" && m.Cue.Kind == hearsay.Speech && v.mention[i] < 0 {
			return v.trim(span{s.from, i})
		}
		if u := v.toks[i].UPOS; i > s.from && (u == "VERB" || u == "AUX" || v.leavesPhrase(i, s)) {
			return v.trim(span{s.from, i})
		}
		if v.toks[i].UPOS == "" && v.mention[i] >= 0 && (i+1 == s.to || v.mention[i+1] != v.mention[i]) && i+1 < s.to && !v.role[i+1].Has(lexicon.RolePreposition|lexicon.RoleConjunction) {
			return v.trim(span{s.from, i + 1})
		}
	}
	return v.trim(s)
}

// leavesPhrase reports whether token i goes on with the sentence behind a noun phrase that begins in s: an adverb behind
// its noun, or a noun in the nominative behind one in another case.
func (v *view) leavesPhrase(i int, s span) bool {
	noun := -1
	for k := s.from; k < i && noun < 0; k++ {
		if u := v.toks[k].UPOS; u == "NOUN" || u == "PROPN" {
			noun = k
		}
	}
	if noun < 0 || v.mention[i] >= 0 && v.mention[i] == v.mention[i-1] {
		return false
	}
	t := &v.toks[i]
	if c := v.cues[i].Cue; t.UPOS == "ADV" || t.UPOS == "PART" || c != nil && c.POS == "ADV" {
		return i+1 < s.to
	}
	own := caseOf(v.toks[noun].Feats)
	return lexicon.Slavic(v.lang) && (t.UPOS == "NOUN" || t.UPOS == "ADJ") && caseOf(t.Feats) == "Nom" && own != "" && own != "Nom"
}

// readHearsay reads adverbs such as "reportedly": the clause in which they stand is what is said.
func (v *view) readHearsay(r *reading, m lexicon.Match, b span) bool {
	for _, s := range []span{{b.from, m.First}, {m.Last, b.to}} {
		if s = v.trim(s); v.words(s) > 0 {
			r.content = append(r.content, piece{s, -1})
		}
	}
	r.score, r.rule = ruleScore[byHearsay], byHearsay
	return len(r.content) > 0
}

// readNoun reads "his claim that …", "die Forderung, …": only with a clause or an infinitive.
func (v *view) readNoun(r *reading, m lexicon.Match, b span) bool {
	for _, q := range r.quotations {
		r.content = append(r.content, piece{v.quoted[q], q})
		r.score, r.rule = ruleScore[byNoun], byQuotation
	}
	if len(r.content) == 0 {
		clause, ok := v.nounClause(m, b)
		if !ok {
			return false
		}
		r.content, r.score, r.rule = []piece{{clause, -1}}, ruleScore[byNoun], byNoun
	}
	if k := m.First - 1; (v.lang == "fr" || v.lang == "es") && k >= b.from && v.role[k].Has(lexicon.RoleDeterminer) {
		r.cueTokens[0].from = k
	}
	if m.Cue.Frame.Has(lexicon.SrcNone) {
		return true
	}
	r.source = v.possessor(m, b)
	return true
}

func (v *view) nounClause(m lexicon.Match, b span) (span, bool) {
	for k := m.Last; k < b.to && k < m.Last+10; k++ {
		if v.role[k].Has(lexicon.RoleThat) && (k == m.Last || v.mark[k-1] == comma || v.lang == "en" || v.lang == "fr" || v.lang == "es") {
			return v.rest(k+1, b), k+1 < b.to
		}
		if n := v.selonLequel(k, b); n > 0 {
			return v.rest(k+n, b), k+n < b.to
		}
		if v.mark[k] == stop || v.mark[k] == semicolon {
			break
		}
		if m.Cue.Frame.Has(lexicon.Inf) && v.infinitive(k) && k <= m.Last+5 {
			return v.rest(k, b), true
		}
	}
	return span{}, false
}

// selonLequel is the number of words at token k that open the clause of a noun as a relative: "selon laquelle", "según
// la cual", "wonach"; 0 for none.
func (v *view) selonLequel(k int, b span) int {
	form := func(i int) string {
		if i >= b.to {
			return ""
		}
		return lexicon.Fold(v.toks[i].Form)
	}
	switch form(k) {
	case "selon":
		if strings.HasPrefix(form(k+1), "le") && strings.Contains(form(k+1), "quel") || strings.HasPrefix(form(k+1), "laquel") {
			return 2
		}
	case "según":
		if strings.HasPrefix(form(k+2), "cual") {
			return 3
		}
	case "wonach", "demzufolge", "derzufolge":
		return 1
	}
	return 0
}

// possessor is who holds a noun: a possessive before it, or a genitive after it.
func (v *view) possessor(m lexicon.Match, b span) span {
	if k := m.First - 1; k >= b.from {
		if v.role[k].Has(lexicon.RolePossessive) {
			return span{k, k + 1}
		}
		if form := v.toks[k].Form; k > b.from && (form == "'s" || form == "’s" || form == "'" || form == "’") {
			s := span{k - 1, k + 1}
			for s.from > b.from && v.mention[s.from-1] >= 0 && v.mention[s.from-1] == v.mention[k-1] {
				s.from--
			}
			return s
		}
	}
	s := span{m.Last, m.Last}
	for s.to < b.to && v.mark[s.to] == word && !v.role[s.to].Has(lexicon.RoleThat) && s.to < m.Last+6 && !v.infinitive(s.to) {
		s.to++
	}
	for i := s.from; i < s.to; i++ {
		if v.mention[i] >= 0 {
			return v.mentionSpan(i, b)
		}
	}
	return v.owner(m, s)
}

// owner is the common noun that owns a noun, in the genitive or behind "of", within a stretch behind it.
func (v *view) owner(m lexicon.Match, s span) span {
	if s.empty() || !v.role[s.from].Has(lexicon.RoleOf) && !(v.lang == "de" || lexicon.Slavic(v.lang)) {
		return span{}
	}
	for i := s.from; i < s.to; i++ {
		t := &v.toks[i]
		switch t.UPOS {
		case "NOUN", "PROPN":
			if c := caseOf(t.Feats); c != "" && c != "Gen" {
				return span{}
			}
			np := v.growNominal(i, s)
			for np.from < np.to && (v.role[np.from].Has(lexicon.RoleOf) || v.toks[np.from].UPOS == "ADP") {
				np.from++
			}
			if k := slices.IndexFunc(v.toks[np.from:np.to], func(t hearsay.Token) bool { return t.UPOS == "ADP" && v.lang != "de" }); k > 0 && v.role[np.from+k].Has(lexicon.RoleOf) && np.from+k+1 < np.to && v.role[np.from+k+1].Has(lexicon.RoleThat) {
				np.to = np.from + k
			}
			return v.trim(np)
		case "ADJ", "DET", "ADP":
		default:
			return span{}
		}
	}
	return span{}
}

// mentionSpan is the whole mention around token i, within bounds.
func (v *view) mentionSpan(i int, b span) span {
	s := span{i, i + 1}
	for s.from > b.from && v.mention[s.from-1] == v.mention[i] {
		s.from--
	}
	for s.to < b.to && v.mention[s.to] == v.mention[i] {
		s.to++
	}
	return s
}

// widenCue takes the auxiliaries and negations of a verb into the cue.
func (v *view) widenCue(r *reading, b span) {
	s := &r.cueTokens[0]
	for k := s.from - 1; k >= b.from && k >= s.from-4 && v.level(r.head, k) && v.mark[k] == word; k-- {
		switch role := v.role[k]; {
		case role.Has(lexicon.RoleNegation):
			r.negated = true
			s.from = k
		case role.Has(lexicon.RoleAuxiliary) && (v.toks[k].UPOS == "" || v.toks[k].UPOS == "AUX"):
			s.from = k
		case v.toks[k].UPOS == "ADV" || v.toks[k].UPOS == "" && strings.HasSuffix(v.toks[k].Form, "ly"):
		default:
			return
		}
	}
}
