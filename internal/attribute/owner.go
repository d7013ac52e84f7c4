package attribute

import (
	"hearsay"
	"hearsay/internal/lexicon"
)

// owner is the entity for which a possessive stands as a source: "her claim", «за її словами». -1 for none.
func (r *speakerResolver) owner(st *hearsay.Statement, role lexicon.Role) int {
	for _, k := range ownerKinds(role) {
		if e := r.antecedent(want{kind: k, span: st.Source[0], entity: -1, head: -1, gender: pronounGenders[k], statement: st}); e >= 0 {
			return e
		}
	}
	return -1
}

// ownerKinds are the pronouns that a possessive may stand for; one that tells neither gender nor number (su, son)
// stands for a person.
func ownerKinds(role lexicon.Role) []anaphor {
	var out []anaphor
	if role.Has(lexicon.RoleHers) {
		out = append(out, anaphorShe)
	}
	if role.Has(lexicon.RoleHis) {
		out = append(out, anaphorHe)
	}
	if role.Has(lexicon.RoleTheirs) {
		out = append(out, anaphorThey)
	}
	if len(out) == 0 {
		out = append(out, anaphorLeftOut)
	}
	return out
}
