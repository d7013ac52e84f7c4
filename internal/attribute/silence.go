package attribute

import (
	"slices"
	"strings"

	"hearsay/internal/lexicon"
)

// silent reports a reading that tells of somebody who says nothing: "declined to comment", "has not commented on the
// report", «не прокоментував». What it would have as content is what nothing is said about.
func (v *view) silent(r *reading) bool {
	if r.head < 0 || len(r.quotations) > 0 || len(r.content) == 0 {
		return false
	}
	if v.comments(r.head) {
		return v.unsaid(r.head)
	}
	for i := r.content[0].from; i < r.content[0].to && i < r.content[0].from+3; i++ {
		if v.comments(i) {
			return v.unsaid(i)
		}
	}
	return false
}

func (v *view) comments(i int) bool {
	return v.toks[i].UPOS == "VERB" && v.gram.Of(v.toks[i].Lemma).Has(lexicon.RoleComment)
}

// unsaid reports a verb that is denied, or that hangs from one that is denied or refuses.
func (v *view) unsaid(i int) bool {
	for range 3 {
		if v.denied(i) || v.cues[i].Cue != nil && v.cues[i].Cue.Class == "oppose" {
			return true
		}
		rel, _, _ := strings.Cut(v.toks[i].Rel, ":")
		h := v.toks[i].Head
		if h < 0 || h >= len(v.toks) || !slices.Contains([]string{"xcomp", "ccomp", "obj"}, rel) {
			return false
		}
		i = h
	}
	return false
}

// denied reports whether a negation hangs from token i.
func (v *view) denied(i int) bool {
	for c := v.child[i]; c >= 0; c = v.sibling[c] {
		if v.role[c].Has(lexicon.RoleNegation) {
			return true
		}
	}
	return false
}
