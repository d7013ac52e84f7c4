package attribute

import (
	"slices"

	"hearsay"
	"hearsay/internal/lexicon"
)

// chains puts the readings of a sentence in order of who reports whom: what an outlet writes "citing" others is told by
// these as well, a reporting clause at the end of a sentence is around all that stands before it, hearsay adverbs judge
// their own clause, and nouns keep their clause inside of what denies or affirms them.
func (v *view) chains(readings []reading) []reading {
	readings = v.foldHearsay(readings)
	readings = v.cite(readings)
	v.orderAsides(readings)
	readings = v.coordinatedToo(readings)
	v.partSubjects(readings)
	readings = append(readings, v.deniedNouns(readings)...)
	v.widenDenials(readings)
	for i := range readings {
		r := &readings[i]
		switch {
		case r.rule == byHearsay && r.cue.POS == "ADV":
			r.content = v.hearsayClause(r, i, readings)
		case r.rule == byInfinitive && r.class == "hearsay" && r.cue.POS == "VERB":
			v.withSubject(r)
		}
	}
	return slices.DeleteFunc(readings, func(r reading) bool { return len(r.content) == 0 })
}

// withSubject makes the subject of a verb that tells hearsay ("Berg ma wiedzieć") a part of what is told.
func (v *view) withSubject(r *reading) {
	s := v.subject(r.head, v.bounds(r.head))
	if s.empty() || s.to > r.cueTokens[0].from || len(r.content) == 0 || s.to > r.content[0].from {
		return
	}
	r.content = append([]piece{{s, -1}}, r.content...)
}

// bySentence lists the readings with a cue by the sentence of the cue.
func (v *view) bySentence(readings []reading) map[int32][]int {
	out := map[int32][]int{}
	for i := range readings {
		if h := readings[i].head; h >= 0 {
			out[v.sentence[h]] = append(out[v.sentence[h]], i)
		}
	}
	return out
}

// foldHearsay makes a hearsay adverb beside a verb of speech part of its cue: "allegedly told", «нібито заявила». One
// that only opens a clause ("zaprzeczył, jakoby …") is no cue.
func (v *view) foldHearsay(readings []reading) []reading {
	sentences := v.bySentence(readings)
	return slices.DeleteFunc(readings, func(h reading) bool {
		if h.rule != byHearsay || h.cue.POS != "ADV" {
			return false
		}
		for _, i := range sentences[v.sentence[h.head]] {
			r := &readings[i]
			if r.head == h.head || r.rule == byHearsay || len(r.cueTokens) == 0 {
				continue
			}
			if v.opens(&h, r) {
				return true
			}
			if r.cue != nil && r.kind == hearsay.Speech && (r.cue.POS == "VERB" || r.cue.POS == "PHRASE") && v.besideCue(&h, r) {
				r.stance = h.stance
				return true
			}
		}
		return false
	})
}

// opens reports whether an adverb is the conjunction of what another cue reports.
func (v *view) opens(h, r *reading) bool {
	at := h.cueTokens[0]
	if len(r.content) == 0 || !v.role[at.from].Has(lexicon.RoleThat) || r.head > at.from {
		return false
	}
	return at.from > 0 && v.mark[at.from-1] == comma && r.content[0].from <= at.to && at.to <= r.content[0].to
}

// besideCue reports whether an adverb stands in a cue or right beside it, and takes it in.
func (v *view) besideCue(h, r *reading) bool {
	at, cue := h.cueTokens[0], &r.cueTokens[0]
	switch {
	case cue.from <= at.from && at.to <= cue.to:
	case at.to == cue.from:
		cue.from = at.from
	case v.lang == "de" && at.from == cue.to && len(r.content) > 0 && !r.content[0].has(at.from):
		cue.to = at.to
	default:
		return false
	}
	if r.source.has(at.from) {
		r.source.to = at.from
	}
	return true
}

// cite gives whom a report cites the content of the report, and puts them inside of it.
func (v *view) cite(readings []reading) []reading {
	readings = append(readings, v.citations(readings)...)
	byHead := map[int][]int{}
	for i := range readings {
		byHead[readings[i].head] = append(byHead[readings[i].head], i)
	}
	for y := 0; y < len(readings); y++ {
		if c := readings[y].cue; c == nil || !c.Frame.Has(lexicon.Cites) || !v.citedBehind(&readings[y]) {
			continue
		}
		r := v.citing(readings, byHead, y)
		if r < 0 {
			made, ok := v.reportBeside(readings[y].head)
			if !ok {
				continue
			}
			readings = append(readings, made)
			r = len(readings) - 1
			byHead[made.head] = append(byHead[made.head], r)
		}
		v.join(&readings[r], &readings[y])
	}
	return readings
}

// citations reads by rules who is cited right behind a verb of speech where no reading has it.
func (v *view) citations(readings []reading) []reading {
	read := headsOf(readings)
	var out []reading
	for i := range v.cues {
		m := v.cues[i]
		if m.Cue == nil || !m.Cue.Frame.Has(lexicon.Cites) || read[i] || v.verbBeside(i) < 0 {
			continue
		}
		if r, ok := v.read(m, nil); ok && v.speakers(r.source) {
			out = append(out, r)
		}
	}
	return out
}

// speakers reports whether a phrase names or describes somebody, or a document.
func (v *view) speakers(s span) bool {
	nouns := lexicon.LoadSpeakers(v.lang)
	for i := s.from; i < s.to; i++ {
		lemma := lexicon.Fold(v.toks[i].Lemma)
		if _, ok := nouns[lemma]; ok || v.mention[i] >= 0 || v.gram.Of(lemma).Has(lexicon.RoleDocument) {
			return true
		}
	}
	return false
}

// citedBehind makes sure that whom a reading cites stands behind its cue, and reports whether anybody does.
func (v *view) citedBehind(r *reading) bool {
	if r.source.from >= r.head && !r.source.empty() {
		return true
	}
	m := v.cues[r.head]
	if m.Cue != r.cue {
		return false
	}
	byRule, ok := v.read(m, nil)
	r.source = byRule.source
	return ok && !r.source.empty()
}

const citeReach = 25 // tokens between a report and whom it cites

// citing is the report that cites at reading y: the nearest one of the same sentence, -1 for none.
func (v *view) citing(readings []reading, byHead map[int][]int, y int) int {
	cited := &readings[y]
	at, best, far := cited.head, -1, citeReach
	var near []int
	for head := at - citeReach + 1; head < at+citeReach; head++ {
		near = append(near, byHead[head]...)
	}
	slices.Sort(near)
	for _, i := range near {
		r := &readings[i]
		if i == y || r.head < 0 || r.cue == nil || r.kind != hearsay.Speech || r.cue.POS != "VERB" && r.cue.POS != "PHRASE" {
			continue
		}
		if v.sentence[r.head] != v.sentence[at] || !v.level(r.head, at) || r.head >= cited.source.from && r.head < cited.source.to {
			continue
		}
		if d := abs(r.head - at); d < far {
			best, far = i, d
		}
	}
	if verb := v.verbBeside(at); verb >= 0 && best >= 0 && readings[best].head != verb && abs(verb-at) < far {
		return -1
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// reportBeside reads by rules the verb that cites at token i, where no reading has it.
func (v *view) reportBeside(i int) (reading, bool) {
	verb := v.verbBeside(i)
	if verb < 0 {
		return reading{}, false
	}
	m := v.cues[verb]
	if m.Cue.POS == "NOUN" {
		if m.Cue = v.lex.Verb(v.toks[verb].Form); m.Cue == nil {
			return reading{}, false
		}
	}
	r := reading{cue: m.Cue, class: m.Cue.Class, kind: m.Cue.Kind, stance: m.Cue.Stance, head: verb, cueTokens: []span{{m.First, m.Last}}}
	b := v.bounds(verb)
	tag := v.chunk(verb, b)
	if !v.aside(tag, b) {
		whole, ok := v.read(m, nil)
		return whole, ok && !whole.source.empty()
	}
	r.content, r.score, r.rule = v.around(tag, b), ruleScore[byAside], byAside
	if r.source = v.whoOf(&r, m, tag, b, true); r.source.from > tag.from && v.role[r.source.from-1].Has(lexicon.RoleDeterminer) {
		r.source.from--
	}
	return r, !r.source.empty()
}

// verbBeside is the verb of speech right before token i, over a comma and at most a noun phrase; -1 for none.
func (v *view) verbBeside(i int) int {
	b := v.bounds(i)
	for k := i - 1; k >= b.from && k > i-tagWords; k-- {
		if m := v.cues[k]; m.Cue != nil && m.First == k && m.Cue.Kind == hearsay.Speech && m.Cue.Frame.Has(lexicon.That) &&
			(m.Cue.POS == "VERB" || m.Cue.POS == "NOUN" && v.lex.Verb(v.toks[k].Form) != nil && k == i-1) {
			return k
		}
		if v.mark[k] == comma && k < i-1 || v.mark[k] == stop || v.mark[k] == colon || !v.level(i, k) {
			return -1
		}
	}
	return -1
}

// join makes one content of a report and of whom it cites.
func (v *view) join(report, cited *reading) {
	region := span{cited.head, max(cited.source.to, cited.cueTokens[0].to)}
	if k, ok := v.particle[report.head]; ok && k == cited.source.to-1 && k > cited.source.from {
		cited.source.to--
	}
	report.leaveOut(region, v)
	if report.source.from < region.from && region.from < report.source.to {
		report.source = v.trim(span{report.source.from, region.from})
	}
	if len(report.content) == 0 {
		return
	}
	cited.content, cited.quotations = slices.Clone(report.content), nil
	cited.inside = report.head + 1
}

// leaveOut takes a stretch out of what is said.
func (r *reading) leaveOut(s span, v *view) {
	var out []piece
	for _, p := range r.content {
		if s.to <= p.from || p.to <= s.from || s.empty() {
			out = append(out, p)
			continue
		}
		for _, rest := range []span{{p.from, s.from}, {s.to, p.to}} {
			if rest = v.trim(rest); v.words(rest) > 0 {
				out = append(out, piece{rest, -1})
			}
		}
	}
	r.content = out
}

func (r *reading) says(i int) bool {
	return slices.ContainsFunc(r.content, func(p piece) bool { return p.has(i) })
}

// orderAsides settles which of two readings is around the other where each has the other's cue in what it reports: one
// whose reporting clause ends the sentence is the outer one, any other the inner.
func (v *view) orderAsides(readings []reading) {
	for _, list := range v.bySentence(readings) {
		for _, o := range list {
			outer := &readings[o]
			if outer.rule != byAside && outer.rule != byPreposition {
				continue
			}
			for _, i := range list {
				if inner := &readings[i]; i != o && inner.rule != byHearsay && outer.says(inner.head) && inner.says(outer.head) {
					v.order(outer, inner)
				}
			}
		}
	}
}

func (v *view) order(outer, inner *reading) {
	if inner.rule == byAside && inner.source.empty() || outer.rule == byAside && outer.source.empty() {
		return
	}
	b := v.bounds(outer.head)
	tag := v.chunk(outer.head, b)
	if outer.rule == byPreposition {
		tag = span{outer.head, max(outer.source.to, outer.cueTokens[len(outer.cueTokens)-1].to)}
	}
	trailing := tag.from > inner.head && v.nothingBut(v.trim(span{tag.to, b.to}))
	if trailing && tag.from > b.from && (v.mark[tag.from-1] == comma || v.mark[tag.from-1] == dash || outer.rule == byPreposition) {
		whole := inner.content
		if inner.leaveOut(span{tag.from, b.to}, v); len(inner.content) == 0 {
			inner.content = whole
		}
		return
	}
	switch inner.rule { // only what a clause of its own says can hold the aside
	case byThat, byWhether, byInfinitive, byColon, byQuotation:
	default:
		return
	}
	var rest []piece
	for _, p := range outer.content {
		for _, q := range inner.content {
			if s := v.trim(span{max(p.from, q.from), min(p.to, q.to)}); v.words(s) > 0 {
				rest = append(rest, piece{s, -1})
			}
		}
	}
	if len(rest) > 0 {
		outer.content = rest
	}
}

// nothingBut reports a stretch that is empty or tells whom a report cites.
func (v *view) nothingBut(s span) bool {
	return s.empty() || v.cues[s.from].Cue != nil && v.cues[s.from].Cue.Frame.Has(lexicon.Cites)
}

// partSubjects ends what a verb reports before a second verb that shares its subject: "said that it leaked, and promised to
// repair it".
func (v *view) partSubjects(readings []reading) {
	for _, list := range v.bySentence(readings) {
		for _, i := range list {
			r := &readings[i]
			if r.rule != byThat || r.source.empty() || len(r.content) != 1 || r.content[0].quotation >= 0 {
				continue
			}
			for _, k := range list {
				if second := &readings[k]; second.source == r.source && r.content[0].has(second.head) && v.toks[second.head].Rel == "conj" && v.toks[second.head].Head == r.head {
					v.endBefore(r, second)
				}
			}
		}
	}
}

// endBefore ends the content of a reading before the conjunction of a verb beside its own.
func (v *view) endBefore(r, second *reading) {
	p := &r.content[0]
	for k := second.cueTokens[0].from - 1; k > p.from && k > second.head-4; k-- {
		if v.toks[k].UPOS == "CCONJ" {
			if s := v.trim(span{p.from, k}); v.words(s) > 0 {
				p.span = s
			}
			return
		}
		if v.mark[k] != word {
			return
		}
	}
}

// widenDenials takes the noun with its owner into what is denied, confirmed or doubted: "denied Berg's claim that it
// leaked" denies the claim, and Berg's claim is that it leaked.
func (v *view) widenDenials(readings []reading) {
	for _, list := range v.bySentence(readings) {
		for _, n := range list {
			noun := &readings[n]
			if noun.rule != byNoun || noun.source.empty() || noun.cue.POS != "NOUN" {
				continue
			}
			for _, i := range list {
				if verb := &readings[i]; verb.cue != nil && verb.cue.POS == "VERB" && verb.cue.Frame.Has(lexicon.Obj) && verb.head < noun.head {
					v.widen(verb, noun)
				}
			}
		}
	}
}

func (v *view) widen(verb, noun *reading) {
	if len(verb.content) != 1 {
		return
	}
	if p := &verb.content[0]; p.has(noun.head) && p.to <= noun.content[0].from {
		if _, parted := v.particle[verb.head]; parted {
			verb.content = append(verb.content, noun.content...)
			return
		}
		p.to, p.quotation = noun.content[0].to, -1
		return
	}
	if verb.content[0].from != noun.content[0].from {
		return
	}
	end := verb.cueTokens[0].to
	if verb.source.from >= end && verb.source.from < noun.head {
		end = verb.source.to
	}
	if from := v.trim(span{end, noun.content[0].to}); from.from <= noun.head && v.words(span{from.from, noun.head}) <= nounWords {
		verb.content[0].from, verb.rule = from.from, byObject
	}
}

// deniedNouns reads by rules what nouns with an owner say that another denies, where no reading has them.
func (v *view) deniedNouns(readings []reading) []reading {
	read := headsOf(readings)
	var out []reading
	for i := range readings {
		r := &readings[i]
		if r.class != "deny" || r.cue == nil || r.cue.POS != "VERB" || len(r.content) == 0 {
			continue
		}
		b := v.bounds(r.head)
		for k := r.cueTokens[0].to; k < b.to && k <= r.head+nearWords; k++ {
			m := v.cues[k]
			if m.Cue == nil || m.Cue.POS != "NOUN" || m.Cue.Kind != hearsay.Speech || read[m.First] || !v.level(k, r.head) {
				continue
			}
			if n, ok := v.read(m, nil); ok && n.rule == byNoun && !n.source.empty() {
				if at := &n.cueTokens[0]; v.toks[at.from-1].UPOS == "DET" && !v.role[at.from-1].Has(lexicon.RolePossessive) {
					at.from--
				}
				out, read[m.First] = append(out, n), true
			}
		}
	}
	return out
}

func headsOf(readings []reading) map[int]bool {
	out := map[int]bool{}
	for i := range readings {
		out[readings[i].head] = true
	}
	return out
}

// coordinatedToo reads by rules the German verbs of speech that share their subject with one that was found: "wies die
// Vorwürfe zurück und nannte sie absurd".
func (v *view) coordinatedToo(readings []reading) []reading {
	if v.lang != "de" || !v.trees {
		return readings
	}
	read := headsOf(readings)
	for i := range readings {
		r := readings[i]
		if r.head < 0 || r.kind != hearsay.Speech || r.source.empty() {
			continue
		}
		for c := v.child[r.head]; c >= 0; c = v.sibling[c] {
			m := v.cues[c]
			if v.toks[c].Rel != "conj" || m.Cue == nil || m.Cue.POS != "VERB" || m.Cue.Kind != hearsay.Speech || read[int(c)] || r.says(int(c)) || v.ownSubject(int(c)) {
				continue
			}
			if also, ok := v.read(m, nil); ok && (also.rule == byObject || also.rule == byThat) {
				also.source = r.source
				readings = append(readings, also)
			}
		}
	}
	return readings
}

const nounWords = 5 // between a verb and the noun that it denies

// hearsayClause is the clause of a hearsay adverb, within the innermost report that holds it.
func (v *view) hearsayClause(h *reading, own int, readings []reading) []piece {
	within := v.ownClause(h)
	smallest := len(v.toks) + 1
	around := span{}
	for i := range readings {
		r := &readings[i]
		if i == own || r.rule == byHearsay || !r.says(h.head) {
			continue
		}
		for _, p := range r.content {
			if p.has(h.head) && p.to-p.from < smallest {
				around, smallest = p.span, p.to-p.from
			}
		}
	}
	if !around.empty() {
		within = span{max(within.from, around.from), min(within.to, around.to)}
	}
	var out []piece
	at := h.cueTokens[0]
	for _, s := range []span{{within.from, at.from}, {at.to, within.to}} {
		if s = v.trim(s); v.words(s) > 0 {
			out = append(out, piece{s, -1})
		}
	}
	return out
}

// ownClause is the clause in which an adverb stands: a subordinate or coordinated one with a subject of its own where the
// tree has one, else what the adverb's reading found.
func (v *view) ownClause(h *reading) span {
	whole := span{h.content[0].from, h.content[len(h.content)-1].to}
	whole.from, whole.to = min(whole.from, h.head), max(whole.to, h.cueTokens[0].to)
	if !v.trees {
		return whole
	}
	b := v.bounds(h.head)
	verb := v.toks[h.head].Head
	for verb >= b.from && verb < b.to && v.toks[verb].UPOS != "VERB" && v.toks[verb].UPOS != "AUX" {
		next := v.toks[verb].Head
		if next == verb {
			return whole
		}
		verb = next
	}
	if verb < b.from || verb >= b.to {
		return whole
	}
	whole = v.withoutConjuncts(whole, verb, h.head)
	switch rel := v.toks[verb].Rel; rel {
	case "acl:relcl", "ccomp", "csubj":
	case "conj":
		if !v.ownSubject(verb) {
			return whole
		}
	default:
		return whole
	}
	s := span{max(whole.from, int(v.left[verb])), min(whole.to, int(v.right[verb])+1)}
	if !s.has(h.head) {
		return whole
	}
	return v.trim(v.withoutOpening(s))
}

// withoutOpening cuts off the conjunction before a clause.
func (v *view) withoutOpening(s span) span {
	s = v.trim(s)
	for s.to-s.from > 1 && (v.toks[s.from].UPOS == "CCONJ" || v.toks[s.from].UPOS == "SCONJ" && v.role[s.from].Has(lexicon.RoleThat)) {
		s = v.trim(span{s.from + 1, s.to})
	}
	return s
}

// withoutConjuncts cuts clauses with subjects of their own off that stand beside a verb's, before or behind an adverb.
func (v *view) withoutConjuncts(s span, verb, adverb int) span {
	for c := v.child[verb]; c >= 0; c = v.sibling[c] {
		if from := int(v.left[c]); v.toks[c].Rel == "conj" && v.ownSubject(int(c)) && from > adverb && from < s.to {
			s.to = from
		}
	}
	return v.trim(s)
}

func (v *view) ownSubject(verb int) bool {
	for c := v.child[verb]; c >= 0; c = v.sibling[c] {
		if rel := v.toks[c].Rel; rel == "nsubj" || rel == "nsubj:pass" {
			return true
		}
	}
	return false
}
