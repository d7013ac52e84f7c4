package attribute

import (
	"slices"
	"sort"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

// settle drops readings that cannot stand beside better ones: a cue that is part of another cue,
// and two cues with the same content.
func (v *view) settle(readings []reading) []reading {
	sort.SliceStable(readings, func(i, j int) bool { return readings[i].score > readings[j].score })
	taken := make([]bool, len(v.toks))
	contents := map[[3]int]bool{}
	attributed := map[int]reading{} // those of the kept ones that have a source, by their cue
	var kept []reading
	for i := range readings {
		r := &readings[i]
		if r.clashes(taken, contents) || r.swallows(attributed) {
			continue
		}
		for _, s := range r.cueTokens {
			for k := s.from; k < s.to; k++ {
				taken[k] = true
			}
		}
		if r.inside == 0 {
			contents[r.contentKey()] = true
		}
		if !r.source.empty() {
			attributed[r.head] = *r
		}
		kept = append(kept, *r)
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].start() < kept[j].start() })
	return kept
}

func (r *reading) clashes(taken []bool, contents map[[3]int]bool) bool {
	for _, s := range r.cueTokens {
		for k := s.from; k < s.to; k++ {
			if taken[k] {
				return true
			}
		}
	}
	return len(r.content) > 0 && r.inside == 0 && contents[r.contentKey()]
}

// swallows reports whether a weak reading takes the cue of a better one, which has a source, for what is said though
// it stands itself in what that one says: "explains" in "The rain explains it, they said". kept is by cue.
func (r *reading) swallows(kept map[int]reading) bool {
	if r.rule != byClause && (r.rule != byAside || !r.source.empty()) {
		return false
	}
	for _, p := range r.content {
		for i := p.from; i < p.to; i++ {
			if better, ok := kept[i]; ok && slices.ContainsFunc(better.content, func(p piece) bool { return p.has(r.head) }) {
				return true
			}
		}
	}
	return false
}

func (r *reading) contentKey() [3]int {
	if len(r.content) == 0 {
		return [3]int{-1, -1, r.head}
	}
	return [3]int{r.content[0].from, r.content[0].to, len(r.content)}
}

// statement turns a reading into spans of text.
func (v *view) statement(r reading) (hearsay.Statement, bool) {
	st := hearsay.Statement{Speaker: -1, Addressee: -1, Holder: -1, Class: r.class, Kind: r.kind, Stance: r.stance, Score: r.score}
	for _, c := range r.cueTokens {
		st.Cue = append(st.Cue, v.bytes(c))
	}
	if !r.source.empty() {
		st.Source = []hearsay.Span{v.withoutHyphens(v.bytes(v.evenMarks(v.closed(v.withoutTime(v.withoutVerb(v.withoutPlace(r)))))))}
	}
	sort.SliceStable(r.content, func(i, j int) bool { return r.content[i].from < r.content[j].from })
	for _, p := range r.content {
		st.Content = append(st.Content, v.pieces(p)...)
	}
	if len(st.Content) == 0 {
		return st, false
	}
	if !r.via.empty() {
		s := v.bytes(r.via)
		st.Via = append(st.Via, hearsay.Via{Span: s, Name: s.In(v.text), Entity: v.entityIn(r.via)})
	}
	st.Manner = v.manner(st.Content)
	if r.verbatim {
		st.Manner = hearsay.Direct
	}
	st.Denied = r.class == "deny" && !r.negated || r.negated && (r.class == "confirm" || r.class == "agree" || r.class == "support")
	return st, true
}

// withoutPlace cuts off the preposition before where it is said: "im Bericht heißt es".
func (v *view) withoutPlace(r reading) span {
	s := r.source
	if r.cue != nil && r.cue.Frame.Has(lexicon.SrcNone) && s.to-s.from > 1 && v.opensPlace(s.from) {
		s.from++
	}
	return s
}

// withoutTime cuts off when a source spoke: "the Post on Friday", «er Ende August».
func (v *view) withoutTime(s span) span {
	end, timed := s.to, false
	for i := s.to - 1; i > s.from; i-- {
		switch {
		case v.temporal(i):
			end, timed = i, true
		case timed && (v.role[i].Has(lexicon.RolePreposition|lexicon.RoleDeterminer) || v.toks[i].UPOS == "ADP" || v.toks[i].UPOS == "DET"):
			end = i
		case v.toks[i].UPOS == "ADJ" || v.toks[i].UPOS == "NUM":
		default:
			i = s.from
		}
	}
	if !timed {
		return s
	}
	return v.trim(span{s.from, end})
}

// closed takes in the bracket that closes one inside: "the Institute for Roads (IR)".
func (v *view) closed(s span) span {
	if s.to >= len(v.toks) || v.toks[s.to].Form != ")" {
		return s
	}
	for i := s.from; i < s.to; i++ {
		if v.toks[i].Form == "(" {
			s.to++
			break
		}
	}
	return s
}

// evenMarks takes in the quotation mark that closes or opens one inside, or leaves the lone one out.
func (v *view) evenMarks(s span) span {
	marks := 0
	for i := s.from; i < s.to; i++ {
		if markOf(v.toks[i].Form) == quoteMark {
			marks++
		}
	}
	quoted := func(i int) bool { return i >= 0 && i < len(v.toks) && markOf(v.toks[i].Form) == quoteMark }
	switch {
	case marks%2 == 0:
	case quoted(s.to) && !quoted(s.to-1):
		s.to++
	case quoted(s.from-1) && !quoted(s.from):
		s.from--
	case quoted(s.from) && s.to-s.from > 1:
		s.from++
	case quoted(s.to-1) && s.to-s.from > 1:
		s.to--
	}
	return s
}

// withoutVerb cuts off the verb behind a name that taggers took for a part of it: «Гадан абверг».
func (v *view) withoutVerb(s span) span {
	last := s.to - 1
	if !lexicon.Slavic(v.lang) || last <= s.from || v.capital(last) || !v.capital(last-1) || v.toks[last].UPOS == "VERB" {
		return s
	}
	if v.lex.Verb(v.toks[last].Form) != nil {
		s.to = last
	}
	return s
}

// withoutHyphens leaves out what ties a French subject to its verb: "il" of "dit-il", "a-t-il".
func (v *view) withoutHyphens(s hearsay.Span) hearsay.Span {
	for _, tie := range []string{"-t-", "-"} {
		if strings.HasPrefix(s.In(v.text), tie) && s.Len() > len(tie) {
			s.Start += len(tie)
			break
		}
	}
	return s
}

func (v *view) bytes(s span) hearsay.Span {
	return hearsay.Span{Start: v.toks[s.from].Start, End: v.toks[s.to-1].End}
}

// pieces are the spans of a stretch of content: one a paragraph, quotation marks at its ends
// left out.
func (v *view) pieces(p piece) []hearsay.Span {
	if p.quotation >= 0 {
		q := &v.quotes[p.quotation]
		if v.quoted[p.quotation] == p.span {
			return []hearsay.Span{q.Inner}
		}
	}
	var out []hearsay.Span
	s := p.span
	for s.from < s.to {
		block := v.a.Sentences[v.sentence[s.from]].Block
		end := s.from
		for end < s.to && v.a.Sentences[v.sentence[end]].Block == block {
			end++
		}
		if t := v.trimContent(span{s.from, end}); !t.empty() {
			out = append(out, v.unquoted(v.bytes(t)))
		}
		s.from = end
	}
	return out
}

// unquoted is the inside of a quotation where a stretch is one and nothing else.
func (v *view) unquoted(s hearsay.Span) hearsay.Span {
	for q := v.quoteFrom(s.Start); q < len(v.quotes) && v.quotes[q].Start == s.Start; q++ {
		if v.quotes[q].End == s.End && v.speech(q) {
			return v.quotes[q].Inner
		}
	}
	return s
}

// withoutOpener leaves out the word that only opens a reported clause: "that", "whether". Right
// behind a quotation mark it is the speaker's own: "If we go, …".
func (v *view) withoutOpener(s span) span {
	for s.to-s.from > 1 && (v.toks[s.from].UPOS == "SCONJ" && v.role[s.from].Has(lexicon.RoleThat|lexicon.RoleWhether) || v.whetherAt(s.from)) {
		if s.from > 0 && v.mark[s.from-1] == quoteMark {
			break
		}
		s = v.trim(span{s.from + 1, s.to})
	}
	return s
}

// whetherAt reports a Slavic particle that opens a question: «чи», «ці», „czy”.
func (v *view) whetherAt(i int) bool {
	if v.toks[i].UPOS != "PART" {
		return false
	}
	switch lexicon.Fold(v.toks[i].Form) {
	case "чи", "ці", "czy":
		return i > 0 && v.mark[i-1] == comma
	}
	return false
}

// trimContent drops marks at the ends, but for brackets and quotation marks whose other half is
// inside.
func (v *view) trimContent(s span) span {
	t := v.withoutOpener(v.trim(s))
	t = v.withClosing(t, s.to)
	if t.from > s.from && v.mark[t.from-1] == quoteMark && v.closesInside(t) {
		t.from--
	}
	if t.from > s.from && v.mark[t.from-1] == bracket && v.balanced(span{t.from - 1, t.to}) {
		t.from--
	}
	return t
}

// withClosing takes in the marks behind s, up to a limit, that close what opens inside: "(R-Iowa)".
func (v *view) withClosing(s span, limit int) span {
	if s.empty() {
		return s
	}
	for k := s.to; k < limit && v.mark[k] != word; k++ {
		if v.mark[k] == quoteMark && !v.opensAt(k) && v.holdsOpening(span{s.from, k}) || v.mark[k] == bracket && v.balanced(span{s.from, k + 1}) {
			s.to = k + 1
		}
	}
	return s
}

// balanced reports whether every bracket in s has its other half there.
func (v *view) balanced(s span) bool {
	depth := 0
	for i := s.from; i < s.to && depth >= 0; i++ {
		switch v.toks[i].Form {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		}
	}
	return depth == 0
}

func (v *view) opensAt(i int) bool {
	q := v.quoteFrom(v.toks[i].Start)
	return q < len(v.quotes) && v.quotes[q].Start == v.toks[i].Start
}

// quoteFrom is the first quotation that begins at a byte or behind it.
func (v *view) quoteFrom(offset int) int {
	return sort.Search(len(v.quotes), func(q int) bool { return v.quotes[q].Start >= offset })
}

// holdsOpening reports whether a quotation that begins inside s ends right behind it.
func (v *view) holdsOpening(s span) bool {
	start, end := v.toks[s.from].Start, v.toks[s.to].End
	for q := v.quoteFrom(start); q < len(v.quotes) && v.quotes[q].Start < end; q++ {
		if v.quotes[q].End == end {
			return true
		}
	}
	return false
}

// closesInside reports whether the quotation that begins right before s ends inside it.
func (v *view) closesInside(s span) bool {
	start, end := v.toks[s.from-1].Start, v.toks[s.to-1].End
	for q := v.quoteFrom(start); q < len(v.quotes) && v.quotes[q].Start == start; q++ {
		if v.quotes[q].End <= end {
			return true
		}
	}
	return false
}

// manner says how much of the content stands in quotation marks.
func (v *view) manner(content []hearsay.Span) hearsay.Manner {
	inside, outside := false, false
	for _, c := range content {
		at := c.Start
		for q := v.quoteAround(c.Start); q < len(v.quotes) && v.quotes[q].Start < c.End; q++ {
			o := v.quotes[q].Span
			if v.quotes[q].Depth > 0 || o.End <= at {
				continue
			}
			inside = true
			outside = outside || v.wordsBetween(at, o.Start)
			at = max(at, o.End)
		}
		outside = outside || v.wordsBetween(at, c.End)
	}
	switch {
	case inside && outside:
		return hearsay.Mixed
	case inside:
		return hearsay.Direct
	}
	return hearsay.Indirect
}

// quoteAround is the outermost quotation around a byte, or the first behind it.
func (v *view) quoteAround(offset int) int {
	q := v.quoteFrom(offset + 1)
	if q == 0 {
		return 0
	}
	p := q - 1
	for v.quotes[p].Parent >= 0 && v.quotes[p].Parent < p {
		p = v.quotes[p].Parent
	}
	if v.quotes[p].End > offset {
		return p
	}
	return q
}

// wordsBetween reports whether a word stands between two places.
func (v *view) wordsBetween(start, end int) bool {
	i := sort.Search(len(v.toks), func(i int) bool { return v.toks[i].Start >= start })
	for ; i < len(v.toks) && v.toks[i].End <= end; i++ {
		if v.mark[i] == word {
			return true
		}
	}
	return false
}

// citedBy gives for each reading the one that cites it, -1 for none.
func citedBy(readings []reading) []int {
	heads, out := map[int]int{}, make([]int, len(readings))
	for i := range readings {
		if readings[i].head >= 0 {
			heads[readings[i].head] = i
		}
	}
	for i := range readings {
		out[i] = -1
		if k, ok := heads[readings[i].inside-1]; ok && readings[i].inside > 0 {
			out[i] = k
		}
	}
	return out
}

// nest sets each statement's holder: the one that cites it, else the innermost statement whose content holds its cue, or
// its content where it has no cue. Of a report and whom it cites, who say the same, the cited are the inner.
func nest(a *hearsay.Analysis, cited []int) {
	type stretch struct {
		hearsay.Span
		statement int
	}
	var contents []stretch
	for i := range a.Statements {
		a.Statements[i].Holder = cited[i]
		for _, c := range a.Statements[i].Content {
			contents = append(contents, stretch{c, i})
		}
	}
	sort.SliceStable(contents, func(i, j int) bool { return contents[i].Start < contents[j].Start })
	roots := newRoots(len(a.Statements))
	for i, by := range cited {
		if by >= 0 {
			roots[i] = by
		}
	}
	for i := range a.Statements {
		st := &a.Statements[i]
		if st.Holder >= 0 {
			continue
		}
		anchor := st.Content[0]
		if len(st.Cue) > 0 {
			anchor = st.Cue[0]
		}
		from := sort.Search(len(contents), func(k int) bool { return contents[k].Start > anchor.Start })
		size := 0
		for k := from - 1; k >= 0 && k >= from-nestReach; k-- {
			c := contents[k]
			if c.statement != i && c.Contains(anchor) && (st.Holder < 0 || c.Len() < size || c.Len() == size && cited[c.statement] == st.Holder) && roots.of(c.statement) != i {
				st.Holder, size = c.statement, c.Len()
			}
		}
		if st.Holder >= 0 {
			roots[i] = st.Holder
		}
	}
}

const nestReach = 200 // contents that begin before a cue and are tried as its holder's

// roots leads from each statement to one above it, or to itself where none is.
type roots []int

func newRoots(n int) roots {
	r := make(roots, n)
	for i := range r {
		r[i] = i
	}
	return r
}

// of is the statement above all others above i; the ways that were gone are shortened by half.
func (r roots) of(i int) int {
	for r[i] != i {
		r[i] = r[r[i]]
		i = r[i]
	}
	return i
}
