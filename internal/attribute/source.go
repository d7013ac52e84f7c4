package attribute

import (
	"strings"

	"hearsay/internal/lexicon"
)

// sourceOf finds who is said to say it: the subject in the tree, else the noun phrase that
// stands where a subject would. set says that the clause is set off or tags a quotation, where
// the subject may follow the verb.
func (v *view) sourceOf(r *reading, m lexicon.Match, tag, b span, set bool) span {
	if v.trees {
		if s := v.subject(m.First, b); v.canSpeak(s, r) {
			return s
		}
	}
	before, after := v.before(r.cueTokens[0].from, b), v.after(m.Last, b)
	if s := v.nominal(before, !v.coordinated(before)); v.canSpeak(s, r) {
		return s
	}
	if set || v.inverts() {
		if s := v.nominal(after, false); v.canSpeak(s, r) {
			return s
		}
	}
	return span{}
}

// mendSource makes a source that labels cut short whole by the tree ("Mrs" of "Mrs May said"), and
// finds one where they give none though the verb has a subject. (German annotation leaves out
// subjects that a verb shares with another.)
func (v *view) mendSource(r *reading, c *candidate) {
	cue := r.cueTokens[0]
	if !v.trees || v.toks[c.head].UPOS != "VERB" || r.class == "hearsay" || len(r.content) == 0 {
		return
	}
	s := v.subject(c.head, v.bounds(c.head))
	if !v.canSpeak(s, r) || s.has(c.head) {
		return
	}
	cuts := s.from < cue.to && cue.from < s.to
	whole := cuts && s.from <= r.source.from && r.source.to <= s.to
	if !r.source.empty() && !whole || r.source.empty() && !(c.known && v.lang == "en") {
		return
	}
	r.source = s
	if cuts && s.to <= c.head {
		r.cueTokens[0].from = max(cue.from, s.to)
	} else if cuts && s.from > c.head {
		r.cueTokens[0].to = min(cue.to, s.from)
	}
}

// canSpeak reports whether a phrase can be the source of a reading: a noun phrase, and no part of
// what is said.
func (v *view) canSpeak(s span, r *reading) bool {
	if s.empty() {
		return false
	}
	for _, p := range r.content {
		if p.has(s.from) || p.has(s.to-1) {
			return false
		}
	}
	if v.opensClause(s) {
		return false
	}
	h := v.headIn(s)
	switch v.toks[h].UPOS {
	case "VERB", "AUX", "ADV", "SCONJ", "CCONJ", "ADP":
		return false
	case "PRON", "DET":
		return !v.objectPronoun(h)
	}
	return !v.temporal(h)
}

// opensClause reports whether a phrase is one that a clause fills, so an object: «сообщения о том» before «что».
func (v *view) opensClause(s span) bool {
	last := s.to - 1
	if last-1 <= s.from || !v.role[last-1].Has(lexicon.RoleAbout) {
		return false
	}
	return v.toks[last].UPOS == "PRON" || v.toks[last].UPOS == "DET"
}

// headIn is the token of a phrase whose head lies outside of it; its first token without trees.
func (v *view) headIn(s span) int {
	for i := s.from; i < s.to; i++ {
		if h := v.toks[i].Head; v.mark[i] == word && h >= 0 && !s.has(h) {
			return i
		}
	}
	return s.from
}

// objectPronoun reports a pronoun whose form shows that it is no subject: "him", "m'", «його».
func (v *view) objectPronoun(i int) bool {
	f := v.toks[i].Feats
	if strings.Contains(caseOf(f), "Nom") { // "Case=Acc,Nom": Spanish
		f = ""
	}
	for _, c := range []string{"Case=Acc", "Case=Dat", "Case=Gen", "Case=Ins", "Case=Loc"} {
		if strings.Contains(f, c) {
			return true
		}
	}
	switch rel, _, _ := strings.Cut(v.toks[i].Rel, ":"); rel {
	case "obj", "iobj":
		return true
	}
	return strings.HasPrefix(v.toks[i].Rel, "expl:p")
}

// coordinated reports whether a conjunction stands right before a verb, which then shares the
// subject of the verb before: "Berg took the stand on Monday and testified".
func (v *view) coordinated(before span) bool {
	for i := before.to - 1; i >= before.from; i-- {
		switch {
		case v.role[i].Has(lexicon.RoleConjunction):
			return true
		case v.toks[i].UPOS != "ADV" && !v.role[i].Has(lexicon.RoleAuxiliary):
			return false
		}
	}
	return false
}

// inverts reports whether subjects often follow the verb without more ado.
func (v *view) inverts() bool { return v.lang != "en" && v.lang != "fr" }

// before is the stretch of the clause in front of token i, after within the clause behind it.
func (v *view) before(i int, b span) span {
	s := span{i, i}
	for s.from > b.from && v.joins(i, s.from-1) && !v.role[s.from-1].Has(lexicon.RoleThat) {
		s.from--
	}
	// An apposition between commas belongs to the subject: "Anna Berg, the mayor, said".
	if s.empty() || v.words(s) == 0 {
		if k := i - 1; k > b.from && v.mark[k] == comma {
			return v.overApposition(k, b)
		}
	}
	return s
}

// overApposition steps back from the comma at k over an apposition or a relative clause.
func (v *view) overApposition(k int, b span) span {
	j := k - 1
	for j > b.from && v.level(k, j) && v.mark[j] != comma && k-j < 20 {
		j--
	}
	if v.mark[j] != comma {
		return span{k, k}
	}
	s := span{j, j}
	for s.from > b.from && v.joins(j, s.from-1) {
		s.from--
	}
	return s
}

func (v *view) after(i int, b span) span {
	s := span{i, i}
	for s.to < b.to && s.to < i+tagWords && (i == 0 || v.level(i-1, s.to)) && (v.mark[s.to] == word || v.mark[s.to] == symbol) && !v.role[s.to].Has(lexicon.RoleThat) {
		s.to++
	}
	return s
}

// nominal is the noun phrase in a stretch: the last one that no preposition governs in front of
// a verb, the first one behind it.
func (v *view) nominal(s span, last bool) span {
	best := span{}
	for i := s.from; i < s.to; i++ {
		if !v.nominalAt(i, s) {
			continue
		}
		np := v.growNominal(i, s)
		if !v.governed(np, s) {
			best = np
			if !last {
				return best
			}
		}
		i = np.to - 1
	}
	return best
}

// nominalAt reports whether a noun phrase can have its main word at token i.
func (v *view) nominalAt(i int, s span) bool {
	if v.mark[i] != word {
		return false
	}
	role := v.role[i]
	switch v.toks[i].UPOS {
	case "NOUN", "PROPN":
		return !v.temporal(i) && !v.oblique(i)
	case "PRON":
		return role.Has(lexicon.RolePronoun | lexicon.RoleFirst | lexicon.RoleRelative)
	case "":
		if role.Has(lexicon.RolePronoun|lexicon.RoleFirst) && !role.Has(lexicon.RoleDeterminer) {
			return true
		}
		if v.mention[i] >= 0 {
			return true
		}
		plain := role&^lexicon.RolePossessive == 0 && v.cues[i].Cue == nil
		return plain && (i > s.from && v.role[i-1].Has(lexicon.RoleDeterminer) || v.capital(i) && !v.temporal(i))
	}
	return false
}

// temporal reports names of days and months and the like, which are no speakers.
func (v *view) temporal(i int) bool {
	return v.mention[i] < 0 && v.role[i].Has(lexicon.RoleTime)
}

// oblique reports a noun whose case cannot be a subject's.
func (v *view) oblique(i int) bool {
	f := v.toks[i].Feats
	if v.lang == "de" || v.mention[i] >= 0 || !strings.Contains(f, "Case=") {
		return false
	}
	for _, c := range []string{"Case=Gen", "Case=Dat", "Case=Ins", "Case=Loc"} {
		if strings.Contains(f, c) {
			return true
		}
	}
	return false
}

// growNominal takes in the words around a noun.
func (v *view) growNominal(i int, s span) span {
	np := span{i, i + 1}
	if v.personal(i) {
		return np
	}
	if v.trees && v.toks[i].UPOS != "" {
		np.from, np.to = max(s.from, min(i, int(v.left[i]))), min(s.to, int(v.right[i])+1)
		return np
	}
	for np.from > s.from && (v.mention[i] >= 0 && v.mention[np.from-1] == v.mention[i] || v.role[np.from-1].Has(lexicon.RoleDeterminer|lexicon.RolePossessive) || v.capital(np.from-1) && v.role[np.from-1] == 0) {
		np.from--
	}
	for np.to < s.to && (v.mention[i] >= 0 && v.mention[np.to] == v.mention[i] || v.capital(np.to) && v.role[np.to] == 0 || v.modifies(np.to, s)) {
		np.to++
	}
	for np.from > s.from && v.toks[np.from-1].UPOS == "ADJ" {
		np.from--
	}
	if np.from > s.from && v.role[np.from-1].Has(lexicon.RoleDeterminer|lexicon.RolePossessive) {
		np.from--
	}
	return np
}

// modifies reports whether token k goes on with the noun phrase before it: an adjective, a
// genitive, "of" and what it joins.
func (v *view) modifies(k int, s span) bool {
	t := &v.toks[k]
	switch t.UPOS {
	case "ADJ", "PROPN":
		return true
	case "NOUN":
		return v.role[k-1].Has(lexicon.RoleOf) || v.toks[k-1].UPOS == "ADJ" && v.lang != "en" ||
			v.toks[k-1].UPOS == "DET" || v.lang == "en" && v.toks[k-1].UPOS != "PRON"
	case "ADP", "DET":
		return (v.role[k].Has(lexicon.RoleOf) || v.role[k-1].Has(lexicon.RoleOf)) && k+1 < s.to
	}
	return false
}

func (v *view) governed(np, s span) bool {
	return np.from > s.from && v.role[np.from-1].Has(lexicon.RolePreposition) || v.role[np.from].Has(lexicon.RolePreposition) && np.to-np.from > 1 && v.toks[np.from].UPOS != "DET"
}

// subject is the subject of the verb at token i, through coordination, control and relative
// clauses.
func (v *view) subject(i int, b span) span {
	for steps := 0; steps < 4; steps++ {
		for c := v.child[i]; c >= 0; c = v.sibling[c] {
			if rel := v.toks[c].Rel; rel == "nsubj" || rel == "nsubj:pass" && v.toks[i].UPOS != "VERB" {
				return v.sourcePhrase(int(c), b)
			}
		}
		h := v.toks[i].Head
		if h < b.from || h >= b.to {
			return span{}
		}
		switch rel := v.toks[i].Rel; {
		case rel == "acl" || rel == "acl:relcl":
			if v.toks[h].UPOS == "NOUN" || v.toks[h].UPOS == "PROPN" {
				return v.headPhrase(h, i, b)
			}
			return span{}
		case rel == "conj" || rel == "xcomp" || rel == "advcl":
			i = h
		default:
			return span{}
		}
	}
	return span{}
}

// sourcePhrase is the subtree of a source without its relative clauses and asides.
func (v *view) sourcePhrase(i int, b span) span {
	if v.personal(i) {
		return span{i, i + 1}
	}
	s := span{max(b.from, int(v.left[i])), min(b.to, int(v.right[i])+1)}
	for c := v.child[i]; c >= 0; c = v.sibling[c] {
		if int(c) < i {
			continue
		}
		rel, _, _ := strings.Cut(v.toks[c].Rel, ":")
		if rel == "acl" || rel == "advcl" || rel == "parataxis" || v.temporal(int(c)) {
			s.to = min(s.to, int(v.left[c]))
		}
	}
	return v.trim(s)
}

// personal reports a personal pronoun: whatever hangs on it is no part of its phrase.
func (v *view) personal(i int) bool {
	return v.toks[i].UPOS == "PRON" && v.role[i].Has(lexicon.RolePronoun|lexicon.RoleFirst) && !v.role[i].Has(lexicon.RoleRelative)
}

// headPhrase is the phrase of a noun up to the clause that modifies it.
func (v *view) headPhrase(h, clause int, b span) span {
	s := span{max(b.from, int(v.left[h])), min(b.to, int(v.left[clause]))}
	if s.empty() || h >= s.to {
		return span{h, h + 1}
	}
	return v.trim(s)
}
