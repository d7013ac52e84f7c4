package attribute

import (
	"slices"

	"hearsay"
)

// passedOn drops readings by which an outlet or agency only passes on what another one says, and notes it with that
// other: "Насосна станція зупинилася, повідомила мерка, передає Талінформ".
func (v *view) passedOn(readings []reading) []reading {
	drop := map[int]bool{} // by the cue
	opening := map[int][]int{}
	for k := range readings {
		if c := readings[k].content; len(c) > 0 {
			opening[c[0].from] = append(opening[c[0].from], k)
		}
	}
	for i := range readings {
		outer := &readings[i]
		if outer.rule != byAside || !v.organization(outer.source) || len(outer.content) != 1 || outer.content[0].to > outer.head {
			continue
		}
		for _, k := range opening[outer.content[0].from] {
			if inner := &readings[k]; i != k && v.isAllOf(inner, outer.content[0].span) {
				inner.via, inner.content = outer.source, inner.content[:1]
				drop[outer.head] = true
				break
			}
		}
	}
	return slices.DeleteFunc(readings, func(r reading) bool { return drop[r.head] })
}

func (v *view) organization(s span) bool {
	for i := s.from; i < s.to; i++ {
		if m := v.mention[i]; m >= 0 && v.a.Mentions[m].Type == hearsay.Organization {
			return true
		}
	}
	return false
}

// isAllOf reports whether a stretch is nothing but a statement: its content, and its source and cue behind it. What it
// may have taken of the text behind the stretch does not count.
func (v *view) isAllOf(r *reading, s span) bool {
	if !s.has(r.head) || r.source.empty() || len(r.content) == 0 || r.content[0].from != s.from || len(r.content) > 1 && r.content[1].from < s.to {
		return false
	}
	for i := r.content[0].to; i < s.to; i++ {
		in := slices.ContainsFunc(r.cueTokens, func(c span) bool { return c.has(i) })
		if v.mark[i] == word && !in && !r.source.has(i) {
			return false
		}
	}
	return r.head >= r.content[0].to
}

// entityIn is the entity named in a stretch, -1 for none.
func (v *view) entityIn(s span) int {
	for i := s.from; i < s.to; i++ {
		if m := v.mention[i]; m >= 0 {
			return v.a.Mentions[m].Entity
		}
	}
	return -1
}
