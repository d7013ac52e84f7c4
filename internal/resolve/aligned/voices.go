package aligned

import (
	"cmp"
	"slices"

	"hearsay"
)

// Match is a pair of voices, indices into those of two pages, that say the same in places that correspond.
type Match struct {
	A, B  int
	Score float64 // 0 to 1: how well the places agree
}

// How well places must agree.
const (
	sole      = 0.2 // where each passage holds one statement alone
	several   = 0.4 // where they hold several
	sameWords = 0.8 // in one language, whose words stand in one order
)

// piece is the part of a statement, with its source and cue, that lies in a passage, from 0 to 1 along it: what is said
// may be cut otherwise in each language, and yet the statement has one place.
type piece struct {
	voice  int
	lo, hi float64
}

// Matches pairs the statements of two documents that stand in the same place of passages that correspond, each with
// the one that fits it best. A statement over several passages is paired by the one where it fits best.
func Matches(a, b *Page, link *hearsay.Link) []Match {
	best := map[[2]int]float64{}
	for _, e := range evidence(a, link) {
		for _, m := range within(a, b, e) {
			k := [2]int{m.A, m.B}
			best[k] = max(best[k], m.Score)
		}
	}
	out := make([]Match, 0, len(best))
	for k, s := range best {
		out = append(out, Match{k[0], k[1], s})
	}
	slices.SortFunc(out, func(x, y Match) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return out
}

// evidence gives the passages of a link with those of page a as From.
func evidence(a *Page, link *hearsay.Link) []hearsay.Evidence {
	if link.From == a.Document {
		return link.Evidence
	}
	out := make([]hearsay.Evidence, len(link.Evidence))
	for i, e := range link.Evidence {
		out[i] = hearsay.Evidence{From: e.To, To: e.From}
	}
	return out
}

// within pairs the statements of one pair of passages, those that agree best first.
func within(a, b *Page, e hearsay.Evidence) []Match {
	x, y := a.pieces(e.From), b.pieces(e.To)
	least := several
	if len(x) == 1 && len(y) == 1 {
		least = sole
	}
	if a.Language == b.Language {
		least = sameWords
	}
	var all []Match
	for _, p := range x {
		for _, q := range y {
			s := p.agreement(q)
			if s < least || a.Voices[p.voice].depth != b.Voices[q.voice].depth && least != sole {
				continue
			}
			all = append(all, Match{p.voice, q.voice, s})
		}
	}
	slices.SortStableFunc(all, func(m, n Match) int { return cmp.Compare(n.Score, m.Score) })
	var out []Match
	taken := map[[2]int]bool{}
	for _, m := range all {
		if one, two := [2]int{0, m.A}, [2]int{1, m.B}; !taken[one] && !taken[two] {
			taken[one], taken[two] = true, true
			out = append(out, m)
		}
	}
	return out
}

// pieces are the parts of statements that lie in a passage, in the order of the statements. Of each some content must.
func (p *Page) pieces(passage hearsay.Span) []piece {
	var out []piece
	for i := range p.Voices {
		v := &p.Voices[i]
		content := covered(passage, v.Content)
		if content.Len() <= 0 {
			continue
		}
		all := covered(passage, v.Content, v.cue, []hearsay.Span{v.Source})
		n := float64(passage.Len())
		out = append(out, piece{i, float64(all.Start-passage.Start) / n, float64(all.End-passage.Start) / n})
	}
	return out
}

// covered is what spans cover of a passage, from the first to the last of them; of no length where they lie outside.
func covered(passage hearsay.Span, lists ...[]hearsay.Span) hearsay.Span {
	out := hearsay.Span{Start: passage.End, End: passage.Start}
	for _, spans := range lists {
		for _, s := range spans {
			if s.Len() > 0 && s.Overlaps(passage) {
				out.Start, out.End = min(out.Start, max(s.Start, passage.Start)), max(out.End, min(s.End, passage.End))
			}
		}
	}
	return out
}

// agreement is the share of what either of two pieces covers that both cover.
func (p piece) agreement(q piece) float64 {
	both := min(p.hi, q.hi) - max(p.lo, q.lo)
	if both <= 0 {
		return 0
	}
	return both / (max(p.hi, q.hi) - min(p.lo, q.lo))
}
