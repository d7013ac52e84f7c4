package attribute

import (
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

// mend repairs what is wrong with readings whatever found them: a relative clause behind a source taken for what it says,
// a clause cut off from the judgement before it, the question for the answer.
func (v *view) mend(readings []reading) []reading {
	readings = v.withoutPassives(readings)
	for i := range readings {
		r := &readings[i]
		v.describeSource(r)
		v.timeIsNoContent(r)
		v.subjectIsNoContent(r)
		v.wholeClause(r)
		v.wholeJudgement(r)
		v.answer(r)
		v.askedOnly(r)
		v.upToContrast(r)
		v.inverted(r)
	}
	return slices.DeleteFunc(readings, func(r reading) bool { return len(r.content) == 0 })
}

// describeSource takes the relative clause behind the source of a preposition into it: "according to a source, who asked not
// to be named, the talks have failed".
func (v *view) describeSource(r *reading) {
	if r.cue == nil || r.cue.POS != "ADP" || r.source.empty() || r.source.from < r.head || !v.trees {
		return
	}
	k := r.source.to
	if b := v.bounds(r.head); k+2 >= b.to || v.mark[k] != comma || !v.relativeAt(k+1) {
		return
	}
	for i := r.source.from; i < r.source.to; i++ {
		for c := v.child[i]; c >= 0; c = v.sibling[c] {
			if rel := v.toks[c].Rel; int(c) > k && (rel == "acl:relcl" || rel == "acl") {
				end := int(v.right[c]) + 1
				if v.lang == "de" { // the verb ends the clause
					end = v.chunkEnd(int(c), v.bounds(r.head))
				}
				if s := v.trim(span{k, end}); v.comesAfter(s.to) {
					r.leaveOut(span{k, s.to}, v)
					r.source.to = s.to
				}
				return
			}
		}
	}
}

// relativeAt reports whether a relative clause may open at token i, with a preposition or without.
func (v *view) relativeAt(i int) bool {
	if v.lang == "de" && v.toks[i].UPOS != "PRON" && (i+1 >= len(v.toks) || v.toks[i+1].UPOS != "PRON") {
		return false
	}
	return v.role[i].Has(lexicon.RoleRelative) || v.role[i].Has(lexicon.RolePreposition) && i+1 < len(v.toks) && v.role[i+1].Has(lexicon.RoleRelative)
}

// comesAfter reports whether a clause ends at token i: a mark follows.
func (v *view) comesAfter(i int) bool {
	return i >= len(v.toks) || v.mark[i] != word && v.mark[i] != symbol
}

// timeIsNoContent takes the clause before a cue for what is said where only a day behind it was: "…, engineers warned on Monday".
func (v *view) timeIsNoContent(r *reading) {
	if len(r.content) != 1 || r.head < 0 || r.cue == nil || r.cue.POS != "VERB" || r.content[0].from < r.head {
		return
	}
	for i := r.content[0].from; i < r.content[0].to; i++ {
		if v.mark[i] == word && !v.temporal(i) {
			return
		}
	}
	cue := &r.cueTokens[len(r.cueTokens)-1]
	for cue.to-1 > r.head && v.role[cue.to-1].Has(lexicon.RolePreposition) {
		cue.to--
	}
	b := v.bounds(r.head)
	if tag := v.chunk(r.head, b); v.aside(tag, b) {
		r.content, r.rule = v.around(tag, b), byAside
		return
	}
	r.content = nil
}

// subjectIsNoContent drops what is only who speaks: "the governor of the province answered our questions".
func (v *view) subjectIsNoContent(r *reading) {
	if len(r.content) != 1 || r.head < 0 || r.source.from < r.source.to {
		return
	}
	for i := r.content[0].from; i < r.content[0].to; i++ {
		if t := &v.toks[i]; t.Head == r.head && t.Rel == "nsubj" && t.UPOS != "VERB" && int(v.left[i]) <= r.content[0].from && r.content[0].to <= int(v.right[i])+1 {
			r.content = nil
			return
		}
	}
}

// wholeClause takes what follows a preposition and its source into what is said where only the subject before them was:
// "The move, according to a report, was an attempt".
func (v *view) wholeClause(r *reading) {
	if len(r.content) != 1 || r.cue == nil || r.cue.POS != "ADP" || r.content[0].quotation >= 0 || r.source.from < r.head {
		return
	}
	before, b := r.content[0].span, v.bounds(r.head)
	for i := before.from; i < before.to; i++ {
		if pos := v.toks[i].UPOS; pos == "VERB" || pos == "AUX" {
			return
		}
	}
	aside := span{r.cueTokens[0].from, r.source.to}
	if before.to > aside.from || v.trim(span{b.from, aside.from}) != before {
		return
	}
	if all := v.around(aside, b); len(all) == 2 && v.comesAfter(r.source.to) {
		r.content = all
	}
}

const judgementWords = 7 // of "It is highly unlikely that"

// wholeJudgement takes the judgement in front of a clause into what is said before its cue: "It is unlikely that it will hold,
// engineers warned".
func (v *view) wholeJudgement(r *reading) {
	if len(r.content) == 0 || r.head < 0 {
		return
	}
	p := &r.content[0]
	sent := v.a.Sentences[v.sentence[p.from]]
	first := v.trim(span{sent.First, p.from + 1}).from
	if p.from > r.head {
		first = v.trim(span{r.cueTokens[len(r.cueTokens)-1].to, p.from + 1}).from
	}
	if p.from-first < 3 || p.from-first > judgementWords || p.quotation >= 0 || !v.role[p.from-1].Has(lexicon.RoleThat) && !v.role[p.from].Has(lexicon.RoleThat) || r.source.from >= first && r.source.from < p.from {
		return
	}
	if !v.role[first].Has(lexicon.RoleNeut) || v.toks[first+1].UPOS != "AUX" && v.toks[first+1].UPOS != "VERB" {
		return
	}
	if v.quotation[first] == v.quotation[p.from] {
		p.from = first
	}
}

// answer keeps what somebody was asked out of what he answered: "Asked whether he would resign, Berg said no."
func (v *view) answer(r *reading) {
	if r.head < 0 || r.source.empty() {
		return
	}
	for _, p := range r.content {
		if q := v.askedIn(p.span); !q.empty() && q.to <= r.source.to && q.from < r.head {
			r.leaveOut(q, v)
		}
	}
	if k := v.yesOrNo(r); k >= 0 && (len(r.content) == 0 || r.content[0].to <= r.head) {
		r.content, r.rule = append(r.content, piece{span{k, k + 1}, -1}), byObject
		for i := range r.cueTokens {
			if r.cueTokens[i].has(k) && r.cueTokens[i].from < k {
				r.cueTokens[i].to = k
			}
		}
	}
}

var adversative = map[string][]string{
	"uk": {"але", "однак", "проте"}, "ru": {"но", "однако"}, "be": {"але", "аднак"}, "pl": {"ale", "jednak", "lecz"},
	"fr": {"mais"}, "es": {"pero"}, "de": {"aber", "doch", "jedoch"}, "en": {"but", "however"},
}

// upToContrast ends what somebody is said to say before a clause in which another speaks: "by her account it leaked, but the
// service denied it".
func (v *view) upToContrast(r *reading) {
	if r.rule != byPreposition && r.rule != byHearsay || len(r.content) == 0 {
		return
	}
	last := &r.content[len(r.content)-1]
	for k := last.from + 1; k+1 < last.to; k++ {
		if v.mark[k] != comma || !v.level(k, last.from) || !slices.Contains(adversative[v.lang], lexicon.Fold(v.toks[k+1].Form)) {
			continue
		}
		for i := k + 2; i < last.to; i++ {
			if c := v.cues[i].Cue; c != nil && c.POS == "VERB" && c.Kind == hearsay.Speech {
				last.to, last.quotation = k, -1
				return
			}
		}
	}
}

// askedIn is the participle with what somebody was asked at the start of a stretch, up to its comma; empty for none.
func (v *view) askedIn(s span) span {
	if s.empty() || v.sentence[s.from] < 0 || s.from != v.trim(span{v.a.Sentences[v.sentence[s.from]].First, s.to}).from {
		return span{}
	}
	if c := v.cues[s.from].Cue; c == nil || c.Class != "ask" || !v.participial(s.from) {
		return span{}
	}
	return s
}

// participial reports a verb that opens a clause without a subject beside the main one.
func (v *view) participial(i int) bool {
	return !v.ownSubject(i) && v.toks[i].Rel != "root" && (strings.Contains(v.toks[i].Feats, "VerbForm=Part") || v.lang == "en")
}

// askedOnly cuts what somebody was asked off from the main clause behind it.
func (v *view) askedOnly(r *reading) {
	if r.class != "ask" || r.head < 0 || !r.source.empty() || len(r.content) == 0 || !v.participial(r.head) {
		return
	}
	p := &r.content[len(r.content)-1]
	if end := int(v.right[r.head]) + 1; end < p.to && v.words(v.trim(span{p.from, end})) > 0 {
		p.to = v.trim(span{p.from, end}).to
	}
}

var yesNo = map[string][]string{
	"en": {"yes", "no"}, "de": {"ja", "nein"}, "fr": {"oui", "non"}, "es": {"sí", "no"}, "pl": {"tak", "nie"},
	"uk": {"так", "ні"}, "ru": {"да", "нет"}, "be": {"так", "не"},
}

// yesOrNo is the token of a bare yes or no right behind a cue that ends its clause, -1 for none.
func (v *view) yesOrNo(r *reading) int {
	b := v.bounds(r.head)
	for k := r.head + 1; k < b.to && k <= r.head+2; k++ {
		if slices.Contains(yesNo[v.lang], lexicon.Fold(v.toks[k].Form)) {
			if v.comesAfter(k + 1) {
				return k
			}
			return -1
		}
		if v.mark[k] == word && !v.role[k].Has(lexicon.RoleThat) {
			return -1
		}
	}
	return -1
}

// inverted takes the auxiliary before a French subject into the cue: "a-t-il affirmé".
func (v *view) inverted(r *reading) {
	if v.lang != "fr" || len(r.cueTokens) != 1 || r.source.empty() || r.source.to > r.cueTokens[0].from {
		return
	}
	aux := r.source.from - 1
	if aux < 0 || v.toks[aux].UPOS != "AUX" || !strings.HasPrefix(v.toks[r.source.from].Form, "-") || !strings.Contains(v.toks[r.head].Feats, "VerbForm=Part") {
		return
	}
	r.cueTokens = []span{{aux, aux + 1}, r.cueTokens[0]}
}

// withoutPassives drops German participles without a source in a sentence of the first subjunctive, which goes on with what
// was said before: "Er sei schon 2021 gewarnt worden."
func (v *view) withoutPassives(readings []reading) []reading {
	if v.lang != "de" {
		return readings
	}
	said := map[int32]bool{}
	for i := range readings {
		if r := &readings[i]; r.head >= 0 && r.kind == hearsay.Speech && !r.source.empty() {
			said[v.sentence[r.head]] = true
		}
	}
	return slices.DeleteFunc(readings, func(r reading) bool {
		if r.head < 0 || !r.source.empty() || !said[v.sentence[r.head]-1] || !strings.Contains(v.toks[r.head].Feats, "VerbForm=Part") {
			return false
		}
		sent := v.a.Sentences[v.sentence[r.head]]
		verb, first := v.subjunctive(span{sent.First, sent.Last})
		return first && v.toks[verb].Head == r.head
	})
}
