package attribute

import (
	"cmp"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

// assignment says which quotations belong to which cue.
type assignment struct {
	of    map[int][]int // by the cue's first token
	owner []int         // by quotation: the cue's first token, -1 for none
}

// assignQuotations gives each quotation of speech to the cue in the nearest clause of the same
// level: in front of it, behind it, or between its halves.
func (v *view) assignQuotations() assignment {
	a := assignment{map[int][]int{}, make([]int, len(v.quotes))}
	for q := range v.quotes {
		a.owner[q] = -1
		if !v.speech(q) || v.quoted[q].empty() {
			continue
		}
		if cue := v.cueOf(q); cue >= 0 {
			a.owner[q] = cue
			a.of[cue] = append(a.of[cue], q)
		}
	}
	return a
}

// cueOf finds the cue of a quotation, -1 for none. It looks from both ends of the quotation to
// the end of the sentence there.
func (v *view) cueOf(q int) int {
	in := v.quoted[q]
	best, bestCost := -1, 1000
	if first := in.to - 1; first >= 0 {
		end := v.a.Sentences[v.sentence[first]].Last
		cost := 0
		for k := in.to; k < end && k < in.to+25; k++ {
			if v.mark[k] == quoteMark && k == in.to {
				continue
			}
			if v.mark[k] == stop && k > in.to+1 || v.outside(q, k) {
				break
			}
			cost++
			if c := v.quoteCue(k, q); c >= 0 && cost < bestCost {
				best, bestCost = c, cost
				break
			}
		}
	}
	start := v.a.Sentences[v.sentence[in.from]].First
	if q := v.quotation[in.from]; q >= 0 && v.quotes[q].Parent >= 0 {
		start = max(start, v.quoted[v.quotes[q].Parent].from)
	}
	cost := 0
	for k := in.from - 1; k >= start && k > in.from-25; k-- {
		if v.mark[k] == quoteMark && k == in.from-1 {
			continue
		}
		if v.outside(q, k) || v.mark[k] == stop {
			break
		}
		if v.mark[k] != colon {
			cost++
		}
		if k == in.from-2 && v.mark[k] == colon {
			cost -= 10
		}
		if c := v.quoteCue(k, q); c >= 0 && cost < bestCost {
			best, bestCost = c, cost
			break
		}
	}
	return best
}

// outside reports whether token k stands on another level than the quotation's surroundings.
func (v *view) outside(q, k int) bool {
	return int(v.quotation[k]) != v.quotes[q].Parent && !(v.quotation[k] < 0 && !v.inSpeech(v.quotes[q].Parent))
}

func (v *view) inSpeech(q int) bool { return q >= 0 && v.speech(q) }

// quoteCue is k if a cue that may report a quotation begins there, else -1.
func (v *view) quoteCue(k, q int) int {
	c := v.cues[k].Cue
	if c == nil || c.Class == "ask" && v.asked(k) {
		return -1
	}
	if c.Frame.Has(lexicon.Quote) || c.Kind == hearsay.Speech && (c.POS == "VERB" || c.POS == "PHRASE" || c.POS == "NOUN") {
		return k
	}
	return -1
}

// asked reports whether a verb tells what the one who speaks was asked: "interrogé sur les lettres", «коли його запитали про листи».
func (v *view) asked(k int) bool {
	if v.lang == "en" || v.lang == "de" {
		return false
	}
	if (v.lang == "fr" || v.lang == "es") && k == v.a.Sentences[v.sentence[k]].First && v.toks[k].UPOS != "VERB" {
		return true
	}
	if strings.Contains(v.toks[k].Feats, "VerbForm=Part") {
		for c := v.child[k]; c >= 0; c = v.sibling[c] {
			if v.toks[c].UPOS == "AUX" {
				return false
			}
		}
		return true
	}
	b := v.bounds(k)
	from := v.chunk(k, b).from
	if from < b.from || !lexicon.Slavic(v.lang) {
		return false
	}
	switch lexicon.Fold(v.toks[from].Form) {
	case "коли", "когда", "калі", "gdy", "kiedy":
		return true
	}
	return false
}

// layouts reads quotations that no cue reports: `Name: "…"`, `"…" — Name`, a headline "'We will
// win': minister".
func (v *view) layouts(readings []reading) []reading {
	owner := owners(readings)
	var out []reading
	for q := range v.quotes {
		if _, owned := owner[q]; owned || !v.speech(q) || v.quoted[q].empty() || v.inSpeech(v.quotes[q].Parent) {
			continue
		}
		if r, ok := v.layout(q); ok {
			out = append(out, r)
		}
	}
	return append(out, v.headlines(readings)...)
}

// owners says to which reading each quotation belongs.
func owners(readings []reading) map[int]int {
	owner := map[int]int{}
	for i := range readings {
		for _, q := range readings[i].quotations {
			owner[q] = i
		}
	}
	return owner
}

func (v *view) layout(q int) (reading, bool) {
	in := v.quoted[q]
	r := reading{class: "say", kind: hearsay.Speech, head: -1, content: []piece{{in, q}}, quotations: []int{q}, score: ruleScore[byLayout], rule: byLayout}
	if s, mark, ok := v.nameBefore(in.from); ok {
		r.source, r.cueTokens, r.head = s, []span{mark}, mark.from
		return r, true
	}
	if s, mark, ok := v.nameAfter(in.to); ok {
		r.source, r.cueTokens, r.head = s, []span{mark}, mark.from
		return r, true
	}
	return r, false
}

const nameWords = 10

// nameBefore reads "Name:" in front of a quotation that begins at token k.
func (v *view) nameBefore(k int) (source, mark span, ok bool) {
	first := v.a.Sentences[v.sentence[k]].First
	k--
	if k >= first && v.mark[k] == quoteMark {
		k--
	}
	if k <= first || v.mark[k] != colon {
		return source, mark, false
	}
	source = v.trim(span{first, k})
	return source, span{k, k + 1}, v.words(source) > 0 && v.words(source) <= nameWords && v.nameLike(source)
}

// nameAfter reads "— Name" or ": Name" behind a quotation that ends before token k.
func (v *view) nameAfter(k int) (source, mark span, ok bool) {
	if k > 0 && k < len(v.toks) && v.mark[k] == quoteMark {
		k++
	}
	if k < len(v.toks) && v.mark[k] == comma {
		k++
	}
	if k >= len(v.toks) || v.mark[k] != dash && v.mark[k] != colon {
		return source, mark, false
	}
	end := v.a.Sentences[v.sentence[k]].Last
	source = v.trim(span{k + 1, end})
	return source, span{k, k + 1}, v.words(source) > 0 && v.words(source) <= nameWords && v.nameLike(source)
}

// nameLike reports whether a stretch may name a speaker: it holds a mention or a capital, and no
// verb where tags tell.
func (v *view) nameLike(s span) bool {
	named := false
	for i := s.from; i < s.to; i++ {
		if u := v.toks[i].UPOS; u == "VERB" || u == "AUX" {
			return false
		}
		named = named || v.mention[i] >= 0 || v.capital(i) || v.toks[i].UPOS == "NOUN"
	}
	return named
}

// headlines reads "Minister: we will win" and "We will win: minister" in titles.
func (v *view) headlines(readings []reading) []reading {
	covered := v.covered(readings)
	var titles []reading
	for s := range v.a.Sentences {
		sent := v.a.Sentences[s]
		if !v.opensBlock(s) || v.blockRole(sent.First) != 1 || (span{sent.First, sent.Last}).any(covered) {
			continue
		}
		r, ok := v.nameThenText(span{sent.First, sent.Last})
		if !ok {
			r, ok = v.textThenName(span{sent.First, sent.Last})
		}
		if ok && v.speaks(r.source, readings) {
			titles = append(titles, r)
		}
	}
	return titles
}

// opensBlock reports whether a sentence is the first of its block.
func (v *view) opensBlock(s int) bool {
	sent := v.a.Sentences[s]
	return sent.First < sent.Last && (s == 0 || v.a.Sentences[s-1].Block != sent.Block)
}

// turns reads what is said in an interview whose paragraphs begin with who speaks: "Anna Berg: We will win."
func (v *view) turns() []reading {
	var out []reading
	for s := range v.a.Sentences {
		sent := v.a.Sentences[s]
		if !v.opensBlock(s) || v.blockRole(sent.First) == 1 {
			continue
		}
		r, ok := v.nameThenText(span{sent.First, v.blockEnd(s)})
		if ok && v.words(r.source) <= turnWords && v.mark[r.head+1] != quoteMark {
			r.verbatim = true
			out = append(out, r)
		}
	}
	if len(out) < leastTurns {
		return nil
	}
	return out
}

// withoutCrossing drops readings that take the name before a turn for a part of what is said in it.
func withoutCrossing(readings, turns []reading) []reading {
	return slices.DeleteFunc(readings, func(r reading) bool {
		return slices.ContainsFunc(turns, func(turn reading) bool {
			crosses := func(p piece) bool { return p.from < turn.head && turn.source.from < p.to }
			return turn.content[0].has(r.head) && slices.ContainsFunc(r.content, crosses)
		})
	})
}

const (
	turnWords  = 4 // of the name before a turn of an interview
	leastTurns = 3
)

// blockEnd is the end of the last sentence in the block of sentence s, in tokens.
func (v *view) blockEnd(s int) int {
	for s+1 < len(v.a.Sentences) && v.a.Sentences[s+1].Block == v.a.Sentences[s].Block {
		s++
	}
	return v.a.Sentences[s].Last
}

// nameThenText reads a person's name, a colon, and what they say.
func (v *view) nameThenText(s span) (reading, bool) {
	for k := s.from + 1; k < s.to && k < s.from+nameWords; k++ {
		if v.mark[k] != colon {
			continue
		}
		return v.named(v.trim(span{s.from, k}), k, v.trim(span{k + 1, s.to}))
	}
	return reading{}, false
}

// textThenName reads what somebody says, a colon, and a person's name.
func (v *view) textThenName(s span) (reading, bool) {
	for k := s.to - 2; k > s.from && k > s.to-nameWords; k-- {
		if v.mark[k] != colon {
			continue
		}
		return v.named(v.trim(span{k + 1, s.to}), k, v.trim(span{s.from, k}))
	}
	return reading{}, false
}

func (v *view) named(source span, mark int, content span) (reading, bool) {
	const least = 3 // words said
	if source.empty() || v.words(content) < least || !v.nameLike(source) || !v.person(source) && !v.body(source) {
		return reading{}, false
	}
	return reading{
		rule: byLayout, class: "say", kind: hearsay.Speech, head: mark, cueTokens: []span{{mark, mark + 1}},
		source: source, content: []piece{{content, -1}}, score: ruleScore[byLayout],
	}, true
}

// person reports whether a stretch is the name of a person, with or without titles, and nothing
// else: "Road crash in Deptford: …" tells a topic.
func (v *view) person(s span) bool {
	m := v.mention[s.to-1]
	if m < 0 || v.a.Mentions[m].Type != hearsay.Person {
		return false
	}
	first := s.to - 1
	for first > s.from && v.mention[first-1] == m {
		first--
	}
	return v.words(span{s.from, first}) <= 3
}

// body reports whether a stretch is the name or description of an organisation in a headline: "Institute: …".
func (v *view) body(s span) bool {
	m := v.mention[s.to-1]
	if sent := v.a.Sentences[v.sentence[s.from]]; v.toks[sent.Last-1].Form == "?" {
		return false
	}
	return m >= 0 && v.blockRole(s.from) == 1 && v.a.Mentions[m].Type == hearsay.Organization && v.mention[s.from] == m
}

// speaks reports whether the person named at the end of a stretch is the source of a reading.
func (v *view) speaks(s span, readings []reading) bool {
	entity := v.a.Mentions[v.mention[s.to-1]].Entity
	for i := range readings {
		src := readings[i].source
		for k := src.from; k < src.to; k++ {
			if m := v.mention[k]; m >= 0 && v.a.Mentions[m].Entity == entity {
				return true
			}
		}
	}
	return false
}

// continued reads quotations that nothing reports but that fill their sentence, next to reported
// speech: the same speaker goes on. Behind a statement in the same or the next paragraph the
// quotation is a piece of it; elsewhere it is a statement of its own, without a cue.
func (v *view) continued(readings []reading) []reading {
	owner, covered := owners(readings), v.covered(readings)
	var out []reading
	last := -1 // the reading that last ended with a quotation
	lastEnd := 0
	for q := range v.quotes {
		if !v.speech(q) || v.quoted[q].empty() || v.inSpeech(v.quotes[q].Parent) {
			continue
		}
		in := v.quoted[q]
		if i, ok := owner[q]; ok {
			last, lastEnd = i, in.to
			continue
		}
		if in.all(covered) || !v.fillsSentence(q) {
			continue
		}
		if i := v.reportedBehind(q, owner); i >= 0 {
			last = i
			lastEnd = in.to
			readings[i].take(piece{in, q})
			continue
		}
		block := v.a.Sentences[v.sentence[in.from]].Block
		if last >= 0 && v.near(lastEnd, in.from, block) {
			readings[last].take(piece{in, q})
			lastEnd = in.to
			continue
		}
		if v.words(in) >= 4 {
			r := reading{class: "say", kind: hearsay.Speech, head: -1, content: []piece{{in, q}}, quotations: []int{q}, score: ruleScore[byGoingOn], rule: byGoingOn}
			if last >= 0 && v.sentence[in.from]-v.sentence[lastEnd-1] <= goingOnReach {
				r.source = readings[last].source
			}
			out = append(out, r)
		}
	}
	return out
}

// reportedBehind is the reading of the cue behind a quotation that opens here, goes on over paragraphs without a closing
// mark, and is reported where it closes; -1 for none.
func (v *view) reportedBehind(q int, owner map[int]int) int {
	if v.quotes[q].Continues || v.quotes[q].Dash {
		return -1
	}
	for part := q; v.quotes[part].Close == ""; {
		next := part + 1
		for next < len(v.quotes) && v.quotes[next].Parent != v.quotes[q].Parent {
			next++
		}
		if next == len(v.quotes) || !v.quotes[next].Continues {
			return -1
		}
		if i, ok := owner[next]; ok {
			return i
		}
		part = next
	}
	return -1
}

// take adds a quotation to the content of a reading, in the order of the text.
func (r *reading) take(p piece) {
	r.content = append(r.content, p)
	slices.SortStableFunc(r.content, func(a, b piece) int { return cmp.Compare(a.from, b.from) })
	r.quotations = append(r.quotations, p.quotation)
}

const goingOnReach = 4 // sentences over which a quotation without a cue has the last speaker

// near reports whether a quotation at token k goes on from one that ended at token end: in the
// same paragraph with only its reporting clause between, or in the paragraph after.
func (v *view) near(end, k, block int) bool {
	if end == 0 || end > k {
		return false
	}
	before := v.sentence[end-1]
	return v.sentence[k]-before <= 1 && block-v.a.Sentences[before].Block <= 1
}

// fillsSentence reports whether the sentence in which a quotation ends holds little else.
func (v *view) fillsSentence(q int) bool {
	in := v.quoted[q]
	first := v.a.Sentences[v.sentence[in.from]].First
	last := v.a.Sentences[v.sentence[in.to-1]].Last
	outside := v.words(span{first, in.from}) + v.words(span{in.to, last})
	return outside <= 2
}

// covered marks the tokens that are cue or content of some reading.
func (v *view) covered(readings []reading) []bool {
	out := make([]bool, len(v.toks))
	for i := range readings {
		for _, p := range readings[i].content {
			for k := p.from; k < p.to; k++ {
				out[k] = true
			}
		}
		if h := readings[i].head; h >= 0 {
			out[h] = true
		}
	}
	return out
}

// all reports whether every token of a range is marked, any whether one is.
func (s span) all(marked []bool) bool {
	for i := s.from; i < s.to; i++ {
		if !marked[i] {
			return false
		}
	}
	return true
}

func (s span) any(marked []bool) bool {
	for i := s.from; i < s.to; i++ {
		if marked[i] {
			return true
		}
	}
	return false
}
