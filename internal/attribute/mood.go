package attribute

import (
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

// moods reads statements that grammar alone marks: German sentences in the subjunctive of
// reported speech go on with what the statement before them said; a French conditional perfect
// without "si" tells hearsay.
func (v *view) moods(readings []reading) []reading {
	switch v.lang {
	case "de":
		return append(v.subjunctives(readings), v.hearsays(readings)...)
	case "fr":
		return v.conditionals(readings)
	}
	return nil
}

const moodReach = 2 // sentences from the statement that a subjunctive goes on from

// subjunctives reads "Die Brücke sei gesperrt." behind a statement.
func (v *view) subjunctives(readings []reading) []reading {
	last, lastSentence := lastSaid(v, readings)
	covered := v.covered(readings)
	var out []reading
	from, source, reached := -1, span{}, -10 // what a subjunctive may go on from
	chain := -10                             // the sentence of the subjunctive before
	for s := range v.a.Sentences {
		sent := v.a.Sentences[s]
		if last[s] >= 0 {
			from, source, reached = last[s], readings[last[s]].source, lastSentence[s]
		}
		whole := v.trim(span{sent.First, sent.Last})
		if whole.empty() || from < 0 || s-reached > moodReach || whole.any(covered) {
			continue
		}
		verb, first := v.subjunctive(whole)
		if verb < 0 || !first && s-reached > 1 {
			continue
		}
		if n := len(out); n > 0 && chain == s-1 && v.a.Sentences[s-1].Block == sent.Block {
			out[n-1].content = append(out[n-1].content, piece{whole, -1})
		} else {
			out = append(out, reading{
				rule: byMood, class: "say", kind: hearsay.Speech, stance: hearsay.Distance, head: verb, cueTokens: []span{{verb, verb + 1}},
				source: source, content: []piece{{whole, -1}}, score: ruleScore[byMood],
			})
		}
		reached, chain = s, s
	}
	return out
}

// lastSaid gives for each sentence the statement of speech that touches it last, and where its
// content ends; -1 for none.
func lastSaid(v *view, readings []reading) (last, ends []int) {
	last, ends = make([]int, len(v.a.Sentences)), make([]int, len(v.a.Sentences))
	for s := range last {
		last[s] = -1
	}
	for i := range readings {
		r := &readings[i]
		if r.kind != hearsay.Speech || len(r.content) == 0 || r.source.empty() {
			continue
		}
		end := r.content[len(r.content)-1].to - 1
		if r.head > end {
			end = r.head
		}
		s := int(v.sentence[end])
		last[s], ends[s] = i, s
	}
	return last, ends
}

// subjunctive finds a verb in the subjunctive in the main clause; first says that its form is of
// the first subjunctive, which hardly ever means anything but reported speech.
func (v *view) subjunctive(s span) (verb int, first bool) {
	verb = -1
	for i := s.from; i < s.to; i++ {
		form := lexicon.Fold(v.toks[i].Form)
		if slices.Contains(firstSubjunctive, form) || v.firstByTag(i, form) || v.firstByForm(i, form) {
			return i, true
		}
		if verb < 0 && slices.Contains(secondSubjunctive, form) {
			verb = i
		}
	}
	return verb, false
}

var (
	firstSubjunctive  = []string{"sei", "seien", "werde", "habe", "könne", "müsse", "solle", "wolle", "dürfe", "möge", "gebe", "gehe", "stehe", "komme", "liege", "bleibe"}
	secondSubjunctive = []string{"würde", "würden", "hätte", "hätten", "wäre", "wären", "könnte", "könnten", "müsste", "müssten", "sollte", "sollten"}
)

func (v *view) firstByTag(i int, form string) bool {
	f := v.toks[i].Feats
	return strings.Contains(f, "Mood=Sub") && strings.Contains(f, "Person=3") && strings.HasSuffix(form, "e") && strings.Contains(f, "Number=Sing") &&
		!slices.Contains(secondSubjunctive, form) && !strings.HasSuffix(form, "te")
}

// firstByForm reports a verb that ends as its infinitive does but for the "n", with a subject of the
// third person: "Er halte das für richtig." Taggers take most of them for the indicative.
func (v *view) firstByForm(i int, form string) bool {
	if t := &v.toks[i]; t.UPOS != "VERB" && t.UPOS != "AUX" || form+"n" != lexicon.Fold(t.Lemma) {
		return false
	}
	for c := v.child[i]; c >= 0; c = v.sibling[c] {
		if v.toks[c].Rel == "nsubj" || v.toks[c].Rel == "nsubj:pass" {
			return !v.role[c].Has(lexicon.RoleFirst)
		}
	}
	return false
}

// hearsays reads "Der See soll 64 Zentimeter verloren haben.": somebody says that it has.
func (v *view) hearsays(readings []reading) []reading {
	return v.unsourced(readings, v.saidToHave, func(verb int, whole span) []piece { return v.around(span{verb, verb + 1}, whole) })
}

// unsourced reads whole sentences that no reading covers, in which the form of a verb tells hearsay of nobody.
func (v *view) unsourced(readings []reading, verbIn func(span) int, content func(verb int, whole span) []piece) []reading {
	covered := v.covered(readings)
	var out []reading
	for _, sent := range v.a.Sentences {
		whole := v.trim(span{sent.First, sent.Last})
		if whole.empty() || whole.any(covered) {
			continue
		}
		verb := verbIn(whole)
		if verb < 0 {
			continue
		}
		out = append(out, reading{
			rule: byMood, class: "hearsay", kind: hearsay.Speech, stance: hearsay.Distance, head: verb, cueTokens: []span{{verb, verb + 1}},
			content: content(verb, whole), score: ruleScore[byMood],
		})
	}
	return out
}

// saidToHave finds "soll" or "sollen" with a perfect infinitive in its clause in a sentence that asks nothing; -1 for none.
func (v *view) saidToHave(s span) int {
	if last := v.a.Sentences[v.sentence[s.from]].Last - 1; v.toks[last].Form == "?" {
		return -1
	}
	for i := s.from; i < s.to; i++ {
		if form := lexicon.Fold(v.toks[i].Form); form != "soll" && form != "sollen" || v.quotation[i] >= 0 {
			continue
		}
		for k := i + 2; k < s.to && v.mark[k] != comma && v.mark[k] != semicolon; k++ {
			form := lexicon.Fold(v.toks[k].Form)
			if (form == "haben" || form == "sein") && strings.Contains(v.toks[k-1].Feats, "VerbForm=Part") {
				return i
			}
		}
	}
	return -1
}

// conditionals reads "Le ministre aurait démissionné."
func (v *view) conditionals(readings []reading) []reading {
	return v.unsourced(readings, v.conditionalPerfect, func(_ int, whole span) []piece { return []piece{{whole, -1}} })
}

// conditionalPerfect finds "aurait" or "serait" with a participle behind it in a sentence that
// sets no condition and is no quotation; -1 for none.
func (v *view) conditionalPerfect(s span) int {
	verb := -1
	for i := s.from; i < s.to; i++ {
		switch lexicon.Fold(v.toks[i].Form) {
		case "si", "s'", "sans", "sinon":
			return -1
		case "aurait", "auraient", "serait", "seraient":
			if verb < 0 && v.quotation[i] < 0 && v.participle(i+1, s) {
				verb = i
			}
		}
	}
	return verb
}

func (v *view) participle(i int, s span) bool {
	for ; i < s.to && v.toks[i].UPOS == "ADV"; i++ {
	}
	if i >= s.to {
		return false
	}
	return strings.Contains(v.toks[i].Feats, "VerbForm=Part") && !strings.Contains(v.toks[i].Feats, "Tense=Pres")
}
