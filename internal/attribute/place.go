package attribute

import (
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

// within are the prepositions behind which stands where something is said: «в інституті», "im Bericht".
var within = map[string]string{
	"uk": "у в в", "ru": "в во", "be": "у ў ва", "pl": "w we", "de": "in im", "fr": "dans", "es": "en",
}

// placeSource is the institution or document in which something is said to be said, where the verb has no
// subject: «зазначають в інституті», „czytamy w raporcie”, "heißt es in dem Brief". Empty for none.
func (v *view) placeSource(m lexicon.Match, b span) span {
	if !v.impersonal(m, b) {
		return span{}
	}
	for _, s := range []span{v.after(m.Last, b), v.before(m.First, b)} {
		for i := s.from; i+1 < s.to; i++ {
			if !v.opensPlace(i) {
				continue
			}
			if p := v.speakingPlace(span{i + 1, s.to}, m); !p.empty() {
				return p
			}
		}
	}
	return span{}
}

// impersonal reports a verb that may have nobody as its subject: a plural, a reflexive, "es heißt".
func (v *view) impersonal(m lexicon.Match, b span) bool {
	if m.Cue.Frame.Has(lexicon.SrcNone | lexicon.SrcObj) {
		return true
	}
	t := &v.toks[m.First]
	if t.UPOS != "VERB" {
		return false
	}
	for c := v.child[m.First]; c >= 0; c = v.sibling[c] {
		if strings.HasPrefix(v.toks[c].Rel, "nsubj") && v.nominalAt(int(c), span{int(c), int(c) + 1}) && !v.opensClause(span{int(c), min(int(c)+3, b.to)}) {
			return false
		}
	}
	return lexicon.Slavic(v.lang) && (strings.Contains(t.Feats, "Number=Plur") || strings.Contains(t.Feats, "Person=0") || endsReflexive(lexicon.Fold(t.Form)))
}

func endsReflexive(form string) bool {
	for _, end := range []string{"ся", "сь", "цца"} {
		if strings.HasSuffix(form, end) {
			return true
		}
	}
	return false
}

func (v *view) opensPlace(i int) bool {
	form := lexicon.Fold(v.toks[i].Form)
	for _, w := range strings.Fields(within[v.lang]) {
		if form == w {
			return true
		}
	}
	return false
}

// speakingPlace is the noun phrase at the start of a stretch if it can speak: a report, an institution.
func (v *view) speakingPlace(s span, m lexicon.Match) span {
	for i := s.from; i < s.to && i < s.from+4; i++ {
		t := &v.toks[i]
		if t.UPOS != "NOUN" && t.UPOS != "PROPN" && v.mention[i] < 0 {
			if t.UPOS == "ADJ" || t.UPOS == "DET" || t.UPOS == "" {
				continue
			}
			return span{}
		}
		if !v.gram.Of(t.Lemma).Has(lexicon.RoleDocument) && !v.institution(i) {
			return span{}
		}
		p := v.growNominal(i, span{s.from, s.to})
		if p.has(m.First) {
			p.to = i + 1
		}
		p = v.trim(span{s.from, p.to})
		if p.to+2 < len(v.toks) && v.toks[p.to].Form == "(" && v.toks[p.to+2].Form == ")" {
			p.to += 3 // the acronym of the name
		}
		return p
	}
	return span{}
}

func (v *view) institution(i int) bool {
	if k := v.mention[i]; k >= 0 && v.a.Mentions[k].Type == hearsay.Organization {
		return true
	}
	return lexicon.LoadSpeakers(v.lang)[lexicon.Fold(v.toks[i].Lemma)].Institution
}
