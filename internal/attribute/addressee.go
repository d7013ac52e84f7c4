package attribute

import (
	"sort"
	"strings"
	"sync"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/lexicon"
)

// addressee finds to whom a statement was said, and the outlet through which it came: who hangs on
// the cue as its indirect object, or with a preposition of address ("told Anna Berg", "in an
// interview with the Vellin Post").
func (r *speakerResolver) addressee(i int) {
	st := &r.a.Statements[i]
	if len(st.Cue) == 0 {
		return
	}
	cue := r.headOf(st.Cue[0])
	if cue < 0 {
		return
	}
	around := r.around(st.Cue[0])
	first := sort.Search(len(r.byStart), func(i int) bool { return r.a.Mentions[r.byStart[i]].Start >= around.Start })
	for _, k := range r.byStart[first:] {
		m := &r.a.Mentions[k]
		if m.Start >= around.End {
			break
		}
		if m.Entity == st.Speaker || insideContent(st, m.Span) || insideSpans(st.Source, m.Span) || !r.a.Entities[m.Entity].Named {
			continue
		}
		r.address(st, m, cue)
	}
}

// farFromCue is how many bytes away from a cue somebody may be addressed, in a sentence that does not end.
const farFromCue = 2000

// around is the part of its sentence around a cue.
func (r *speakerResolver) around(cue hearsay.Span) hearsay.Span {
	out := hearsay.Span{Start: cue.Start - farFromCue, End: cue.End + farFromCue}
	if i := r.sentenceAt(cue.Start); i >= 0 && i < len(r.a.Sentences) {
		out.Start, out.End = max(out.Start, r.a.Sentences[i].Start), min(out.End, r.a.Sentences[i].End)
	}
	return out
}

func insideSpans(spans []hearsay.Span, s hearsay.Span) bool {
	for _, x := range spans {
		if x.Overlaps(s) {
			return true
		}
	}
	return false
}

// address decides whether a mention beside a cue is addressed by it.
func (r *speakerResolver) address(st *hearsay.Statement, m *hearsay.Mention, cue int) {
	t := r.headOf(m.Head)
	if t < 0 || !r.hangsOn(t, cue) {
		return
	}
	tok := &r.a.Tokens[t]
	rel, _, _ := strings.Cut(tok.Rel, ":")
	lang := r.a.Document.Language
	direct := rel == "iobj" || strings.Contains(tok.Feats, "Case=Dat") && r.caseOf(t) == "" || rel == "obj" && (lang == "en" || lang == "pl") && r.a.Tokens[cue].UPOS == "VERB"
	toward := r.gram.Of(r.caseOf(t)).Has(lexicon.RoleTo)
	switch e := &r.a.Entities[m.Entity]; {
	case e.Type == hearsay.Place:
	case e.Type == hearsay.Organization && (direct || toward || r.talking(t, cue)):
		st.Via = append(st.Via, hearsay.Via{Span: m.Head, Name: m.Head.In(r.text), Entity: m.Entity})
	case direct || e.Type == hearsay.Person && toward:
		if st.Addressee < 0 {
			st.Addressee = m.Entity
		}
	}
}

// hangsOn reports whether a token depends on the cue, straight or through one noun ("in an interview with").
func (r *speakerResolver) hangsOn(t, cue int) bool {
	for range 3 {
		t = r.a.Tokens[t].Head
		if t == cue {
			return true
		}
		if t < 0 {
			return false
		}
	}
	return false
}

// caseOf is the preposition of a token, "" for none.
func (r *speakerResolver) caseOf(t int) string {
	for i := t - 1; i >= 0 && i >= t-6; i-- {
		if x := &r.a.Tokens[i]; x.Head == t && x.Rel == "case" {
			return lexicon.Fold(x.Form)
		}
	}
	return ""
}

// talking reports whether a token hangs on a noun for a talk with a journalist, which hangs on the cue.
func (r *speakerResolver) talking(t, cue int) bool {
	for t = r.a.Tokens[t].Head; t >= 0 && t != cue; t = r.a.Tokens[t].Head {
		lemma := lexicon.Fold(r.a.Tokens[t].Lemma)
		for _, stem := range mediaNouns()[r.a.Document.Language] {
			if strings.HasPrefix(lemma, stem) {
				return true
			}
		}
	}
	return false
}

// mediaNouns are the stems of nouns for talks with journalists by language.
var mediaNouns = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	table, err := data.Lexicon.ReadFile("lexicon/media.tsv")
	if err != nil {
		return out
	}
	for line := range strings.Lines(string(table)) {
		if fields := strings.Split(strings.TrimSpace(line), "\t"); len(fields) == 2 && !strings.HasPrefix(line, "#") {
			out[fields[0]] = append(out[fields[0]], fields[1])
		}
	}
	return out
})
