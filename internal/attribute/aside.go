package attribute

import (
	"strings"
)

// subjectAlone reports whether the labels left of the clause before a reporting clause its subject alone: "[A third gate]
// was closed, the paper reports".
func (v *view) subjectAlone(r *reading, c *candidate) bool {
	if !c.ok || c.read.rule != byAside || len(r.content) != 1 || len(c.read.content) != 1 || len(r.quotations) > 0 {
		return false
	}
	cut, whole := r.content[0].span, c.read.content[0].span
	if cut.from < whole.from || cut.to > whole.to || whole.to > c.head {
		return false
	}
	h := v.headIn(cut)
	if h < 0 || !strings.HasPrefix(v.toks[h].Rel, "nsubj") {
		return false
	}
	verb := v.toks[h].Head
	return whole.has(verb) && !cut.has(verb)
}

// invertedAside reads a reporting clause that ends its sentence with its source, nothing but helping words between the
// comma and its verb: "Three gates leak, has informed on Monday the rescue service". English writes so only in
// translations by machines, which no annotated article is.
func (v *view) invertedAside(c *candidate) (reading, bool) {
	r := c.read
	if v.lang != "en" || !c.ok || r.rule != byAside || c.match.Cue.POS != "VERB" || len(r.content) != 1 || r.source.from < c.match.Last {
		return r, false
	}
	first := c.head
	for first > 0 && v.toks[first-1].UPOS == "AUX" {
		first--
	}
	if first == c.head || first == 0 || v.mark[first-1] != comma || r.content[0].to > first {
		return r, false
	}
	r.cueTokens = []span{{first, c.match.Last}}
	r.source = v.trim(span{r.source.from, v.bounds(c.head).to})
	return r, v.words(r.source) <= tagWords && v.mark[r.source.to-1] == word && !v.parted(r.source)
}

// parted reports whether a mark stands in a stretch of words.
func (v *view) parted(s span) bool {
	for i := s.from; i < s.to; i++ {
		if v.mark[i] != word {
			return true
		}
	}
	return false
}
