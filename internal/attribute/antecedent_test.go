package attribute

import (
	"fmt"
	"strings"
	"testing"

	"hearsay"
)

// whoSpeaks is a text of one sentence that names n people, the last of whom «he» stands for.
func whoSpeaks(n int) *hearsay.Analysis {
	a := &hearsay.Analysis{Document: &hearsay.Document{Language: "en"}}
	var b strings.Builder
	for i := range n {
		name := fmt.Sprintf("Anna Berg%d", i)
		at := hearsay.Span{Start: b.Len(), End: b.Len() + len(name)}
		b.WriteString(name + " came, ")
		a.Mentions = append(a.Mentions, hearsay.Mention{Span: at, Head: at, Type: hearsay.Person, Entity: i})
		a.Entities = append(a.Entities, hearsay.Entity{Type: hearsay.Person, Name: name, Named: true, Mentions: []int{i}})
	}
	source := hearsay.Span{Start: b.Len(), End: b.Len() + 2}
	b.WriteString("he said")
	a.Document.Text = b.String()
	a.Document.Blocks = []hearsay.Block{{Span: hearsay.Span{End: b.Len()}, Role: hearsay.RoleBody}}
	a.Sentences = []hearsay.Sentence{{Span: hearsay.Span{End: b.Len()}}}
	a.Statements = []hearsay.Statement{{Source: []hearsay.Span{source}, Speaker: -1, Holder: -1}}
	return a
}

// Whom "he" stands for is looked for near it: of twice as many people in a text without a full stop no more
// are weighed.
func TestAntecedentsAreLookedForNearby(t *testing.T) {
	weighed := func(people int) int {
		r := newSpeakerResolver(whoSpeaks(people), nil)
		st := &r.a.Statements[0]
		return len(r.choices(want{kind: anaphorHe, span: st.Source[0], entity: -1, head: -1, statement: st}))
	}
	few, many := weighed(2000), weighed(4000)
	if few < 2 || many > few+mainActor {
		t.Errorf("of 2000 people %d are weighed, of 4000 %d", few, many)
	}
}
