package attribute

import (
	"strings"

	"hearsay"
	"hearsay/internal/lexicon"
)

const (
	authorReach = 6  // sentences from what somebody wrote in a report to what "the report" says
	writtenNear = 30 // words on either side of a cue among which the report is named
)

// writing is who was said last to have written a document of a sort, and in which sentence.
type writing struct{ author, sentence int }

// writes notes the documents that a sentence names in which somebody said something: "wrote in a report".
func (r *speakerResolver) writes(st *hearsay.Statement) {
	if st.Speaker < 0 || !r.a.Entities[st.Speaker].Named || len(st.Cue) == 0 {
		return
	}
	cue := r.headOf(st.Cue[0])
	if cue < 0 {
		return
	}
	sentence := r.sentenceAt(st.Cue[0].Start)
	sent := &r.a.Sentences[sentence]
	for i := max(sent.First, cue-writtenNear); i < min(sent.Last, cue+writtenNear); i++ {
		t := &r.a.Tokens[i]
		if t.UPOS == "NOUN" && r.gram.Of(t.Lemma).Has(lexicon.RoleDocument) && !strings.HasPrefix(t.Rel, "nsubj") { // a subject speaks for itself
			r.written[t.Lemma] = writing{st.Speaker, sentence}
		}
	}
}

// author is who wrote a document that a source speaks of as known: "the report" after "the institute wrote in a
// report". -1 for none.
func (r *speakerResolver) author(st *hearsay.Statement, head int) int {
	if head < 0 || !r.definite(st.Source[0]) {
		return -1
	}
	w, ok := r.written[r.a.Tokens[head].Lemma]
	if !ok || r.sentenceAt(st.Source[0].Start)-w.sentence > authorReach {
		return -1
	}
	return w.author
}

// carries reports whether a mention only passes on a document that another wrote: its name depends on a participle of
// the document ("a report of the institute cited by the Herald").
func (r *speakerResolver) carries(m *hearsay.Mention, head int) bool {
	for i, n := r.headOf(m.Head), 0; i >= 0 && i != head && n < len(r.a.Tokens); n++ {
		t := &r.a.Tokens[i]
		if rel, _, _ := strings.Cut(t.Rel, ":"); t.Head == head && rel == "acl" {
			return true
		}
		i = t.Head
	}
	return false
}
