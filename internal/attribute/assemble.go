package attribute

import (
	"sort"

	"hearsay"
)

// settle drops readings that cannot stand beside better ones: two cues with the same content,
// a cue that is part of another cue.
func (v *view) settle(readings []reading) []reading {
	sort.SliceStable(readings, func(i, j int) bool { return readings[i].score > readings[j].score })
	var kept []reading
	for _, r := range readings {
		clash := false
		for i := range kept {
			if v.clash(&kept[i], &r) {
				clash = true
				break
			}
		}
		if !clash {
			kept = append(kept, r)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].start() < kept[j].start() })
	return kept
}

func (v *view) clash(a, b *reading) bool {
	for _, x := range a.cueTokens {
		for _, y := range b.cueTokens {
			if x.overlaps(y) {
				return true
			}
		}
	}
	return len(a.content) > 0 && len(b.content) > 0 && a.content[0].span == b.content[0].span && len(a.content) == len(b.content)
}

// statement turns a reading into spans of text.
func (v *view) statement(r reading) (hearsay.Statement, bool) {
	st := hearsay.Statement{Speaker: -1, Addressee: -1, Holder: -1, Class: r.class, Kind: r.kind, Stance: r.stance, Score: r.score}
	for _, c := range r.cueTokens {
		st.Cue = append(st.Cue, v.bytes(c))
	}
	if !r.source.empty() {
		st.Source = []hearsay.Span{v.bytes(r.source)}
	}
	sort.SliceStable(r.content, func(i, j int) bool { return r.content[i].from < r.content[j].from })
	for _, p := range r.content {
		st.Content = append(st.Content, v.pieces(p)...)
	}
	if len(st.Content) == 0 {
		return st, false
	}
	st.Manner = v.manner(st.Content)
	st.Denied = r.class == "deny" && !r.negated || r.negated && (r.class == "confirm" || r.class == "agree" || r.class == "support")
	return st, true
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
			out = append(out, v.bytes(t))
		}
		s.from = end
	}
	return out
}

// trimContent drops marks at the ends, but for an end mark inside of quotation marks and for
// brackets and quotation marks whose other half is inside.
func (v *view) trimContent(s span) span {
	t := v.trim(s)
	if t.to < s.to && v.mark[t.to] == quoteMark && !v.opensAt(t.to) && v.holdsOpening(t) {
		t.to++
	}
	if t.from > s.from && v.mark[t.from-1] == quoteMark && v.closesInside(t) {
		t.from--
	}
	return t
}

func (v *view) opensAt(i int) bool {
	for q := range v.quotes {
		if v.quotes[q].Start == v.toks[i].Start {
			return true
		}
	}
	return false
}

// holdsOpening reports whether a quotation that begins inside s ends right behind it.
func (v *view) holdsOpening(s span) bool {
	start, end := v.toks[s.from].Start, v.toks[s.to].End
	for q := range v.quotes {
		if o := v.quotes[q].Span; o.End == end && o.Start >= start {
			return true
		}
	}
	return false
}

// closesInside reports whether the quotation that begins right before s ends inside it, and not
// at its end.
func (v *view) closesInside(s span) bool {
	start, end := v.toks[s.from-1].Start, v.toks[s.to-1].End
	for q := range v.quotes {
		if o := v.quotes[q].Span; o.Start == start && o.End <= end {
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
		for q := range v.quotes {
			o := v.quotes[q].Span
			if v.quotes[q].Depth > 0 || o.End <= at || o.Start >= c.End {
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

// nest sets each statement's holder: the innermost statement whose content holds its cue, or its
// content where it has no cue.
func nest(a *hearsay.Analysis) {
	for i := range a.Statements {
		st := &a.Statements[i]
		anchor := st.Content[0]
		if len(st.Cue) > 0 {
			anchor = st.Cue[0]
		}
		st.Holder = -1
		size := 0
		for j := range a.Statements {
			if j == i {
				continue
			}
			for _, c := range a.Statements[j].Content {
				if c.Contains(anchor) && !holds(a, i, j) && (st.Holder < 0 || c.Len() < size) {
					st.Holder, size = j, c.Len()
				}
			}
		}
	}
}

// holds reports whether statement i already stands above statement j.
func holds(a *hearsay.Analysis, i, j int) bool {
	for steps := 0; j >= 0 && steps <= len(a.Statements); steps++ {
		if j == i {
			return true
		}
		j = a.Statements[j].Holder
	}
	return false
}
