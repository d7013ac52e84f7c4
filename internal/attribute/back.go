package attribute

import (
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

// readBack reads a cue whose object stands for the sentence before: "Das teilte die Polizei mit.", «Об этом сообщил
// мэр.», "Así lo anunció el alcalde." That sentence is the content.
func (v *view) readBack(r *reading, m lexicon.Match, b span) bool {
	if len(r.quotations) > 0 || v.quotation[m.First] >= 0 {
		return false
	}
	if v.readTag(r, m, b) {
		return true
	}
	if !v.mayPointBack(m) {
		return false
	}
	before, ok := v.sentenceBefore(m.First)
	if !ok || v.saysMore(m, b) {
		return false
	}
	back := v.backWord(m, b)
	if back < 0 || v.lang == "en" && v.agent(m, b).empty() {
		return false
	}
	v.widenCue(r, b)
	if k, ok := v.particle[m.First]; ok {
		r.cueTokens = append(r.cueTokens, span{k, k + 1})
	}
	r.content, r.score, r.rule = []piece{{before, -1}}, ruleScore[byBack], byBack
	r.source = v.sourceBeside(r, m, back, b)
	if r.source.empty() {
		r.score *= 0.6
	}
	return true
}

const tagOfQuestion = 4 // words of a sentence that only says who asked

// readTag reads a sentence that is nothing but the reporting clause of the question before it, where sentences are cut
// at the question mark: "Why now? she asked."
func (v *view) readTag(r *reading, m lexicon.Match, b span) bool {
	if m.Cue.Class != "ask" || m.Cue.POS != "VERB" || v.words(b) > tagOfQuestion || b.to > m.Last && m.First > b.from {
		return false
	}
	before, ok := v.sentenceBefore(m.First)
	s := int(v.sentence[m.First])
	if !ok || v.a.Sentences[s].Block != v.a.Sentences[s-1].Block || v.toks[v.a.Sentences[s-1].Last-1].Form != "?" {
		return false
	}
	source := span{b.from, m.First}
	if source.empty() {
		source = span{m.Last, b.to}
	}
	if source = v.nominal(source, false); source.empty() {
		return false
	}
	r.source, r.content, r.score, r.rule = source, []piece{{before, -1}}, ruleScore[byBack], byBack
	return true
}

// mayPointBack reports whether a cue is the main verb of its sentence and tells that somebody said something.
func (v *view) mayPointBack(m lexicon.Match) bool {
	f, t := m.Cue.Frame, &v.toks[m.First]
	if m.Cue == anyVerb || m.Cue.Kind != hearsay.Speech || !f.Has(lexicon.SrcSubj|lexicon.SrcNone) || !f.Has(lexicon.That) || f.Has(lexicon.As) {
		return false
	}
	if strings.Contains(t.Feats, "VerbForm=Inf") {
		return false
	}
	return t.Rel == "" || t.Rel == "root" || v.lang == "fr"
}

// sentenceBefore is the sentence of the article before that of token i, of the same paragraph or the one before it.
func (v *view) sentenceBefore(i int) (span, bool) {
	s := int(v.sentence[i])
	if s < 1 {
		return span{}, false
	}
	here, before := v.a.Sentences[s], v.a.Sentences[s-1]
	if here.Block-before.Block > 1 || !v.a.Document.Blocks[before.Block].Role.Article() {
		return span{}, false
	}
	out := v.trim(span{before.First, before.Last})
	return out, v.words(out) > 1
}

// saysMore reports whether a clause, a colon or a quotation behind a cue tells what is said.
func (v *view) saysMore(m lexicon.Match, b span) bool {
	for k := m.Last; k < b.to; k++ {
		if v.mark[k] == colon || v.quotation[k] >= 0 || v.role[k].Has(lexicon.RoleThat) && (v.mark[k-1] == comma || v.lang == "fr" || v.lang == "es" || v.lang == "en") {
			return true
		}
	}
	return false
}

const backWords = 3 // of a sentence, among which the word that points back stands if it stands before the verb

// backWord is the word before or right behind a cue that stands for the sentence before, -1 for none.
func (v *view) backWord(m lexicon.Match, b span) int {
	for i := b.from; i < m.First && i < b.from+backWords; i++ {
		if v.gram.Of(v.toks[i].Form).Has(lexicon.RoleBack) && v.leadsTo(i+1, m.First) {
			return i
		}
	}
	// articles look like words that point back
	for i := m.Last; lexicon.Slavic(v.lang) && i < b.to && i < m.Last+2; i++ {
		if v.gram.Of(v.toks[i].Form).Has(lexicon.RoleBack) && (i == m.Last || v.role[i-1].Has(lexicon.RoleAbout)) && !v.determines(i, b) {
			return i
		}
	}
	return -1
}

// leadsTo reports whether only auxiliaries, pronouns and particles stand between two tokens and, in Slavic languages,
// what a preposition opens: «Про це в інтерв’ю газеті розповів мер».
func (v *view) leadsTo(from, to int) bool {
	opened := false
	for i := from; i < to; i++ {
		switch v.toks[i].UPOS {
		case "AUX", "PRON", "ADV", "PART", "SCONJ":
		case "ADP":
			opened = true
		case "VERB", "CCONJ":
			return false
		default:
			if !opened || !lexicon.Slavic(v.lang) || v.mark[i] == comma {
				return false
			}
		}
	}
	return true
}

// determines reports whether a word goes with the noun behind it: "o tym wypadku" and not "o tym wójt".
func (v *view) determines(i int, b span) bool {
	next := i + 1
	if next >= b.to || v.mark[next] != word {
		return false
	}
	switch v.toks[next].UPOS {
	case "NOUN", "ADJ", "PROPN":
		own := caseOf(v.toks[i].Feats)
		return v.toks[i].UPOS == "DET" && (own == "" || own == caseOf(v.toks[next].Feats))
	}
	return false
}

func caseOf(feats string) string {
	for _, f := range strings.Split(feats, "|") {
		if c, ok := strings.CutPrefix(f, "Case="); ok {
			return c
		}
	}
	return ""
}

// sourceBeside is who is said to say it in a sentence that points back.
func (v *view) sourceBeside(r *reading, m lexicon.Match, back int, b span) span {
	if s := v.agent(m, b); !s.empty() {
		return s
	}
	if s := v.placeSource(m, b); !s.empty() {
		return s
	}
	for c := v.child[m.First]; v.trees && c >= 0; c = v.sibling[c] {
		if rel := v.toks[c].Rel; int(c) != back && strings.HasPrefix(rel, "nsubj") {
			if s := v.sourcePhrase(int(c), b); !s.has(back) && v.canSpeak(s, r) {
				return s
			}
		}
	}
	if s := v.nominal(v.after(max(m.Last, back+1), b), false); v.canSpeak(s, r) && !s.has(back) {
		return s
	}
	return span{}
}

// agent is whom a passive names behind "by", empty for none.
func (v *view) agent(m lexicon.Match, b span) span {
	for k := m.Last; k < b.to && k < m.Last+3; k++ {
		if v.lang == "en" && lexicon.Fold(v.toks[k].Form) == "by" {
			s := v.nominal(v.after(k+1, b), false)
			for !s.empty() && s.to < b.to && v.toks[s.to].UPOS == "PROPN" && !v.temporal(s.to) {
				s.to++
			}
			return s
		}
	}
	return span{}
}

const likely = 0.5 // score of a reading that takes a sentence from one that points back at it

// withoutRepeats drops readings that point back at a sentence of which another reading tells who says it.
func (v *view) withoutRepeats(readings []reading) []reading {
	attributed := map[int32]bool{}
	for i := range readings {
		if r := &readings[i]; r.rule != byBack && r.head >= 0 && r.score >= likely && !r.source.empty() {
			attributed[v.sentence[r.head]] = true
		}
	}
	return slices.DeleteFunc(readings, func(r reading) bool {
		return r.rule == byBack && attributed[v.sentence[r.content[0].from]]
	})
}
