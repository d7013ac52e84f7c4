package claims

import (
	"strings"
	"testing"

	"hearsay"
)

// world is a small invented dossier.
type world struct {
	World
	pairs []PairRecord
}

func newWorld() *world {
	w := &world{World: World{Items: map[string]*Item{}, Documents: map[string]DocInfo{}}}
	return w
}

func (w *world) doc(id, outlet, published string, credits ...hearsay.Credit) {
	w.Documents[id] = DocInfo{ID: id, Outlet: outlet, Published: published, Language: "en", Credits: credits}
}

// say adds a statement of a speaker; "" is nobody, a name in lower case has no name, "own" the text.
func (w *world) say(id, doc, speaker, text string) *Item {
	it := &Item{
		Statement: id, Document: doc, Language: "en", Published: w.Documents[doc].Published, Text: text, Sign: 1, Sentences: 1,
		Factuality: hearsay.CertainPlus, Class: "say", Kind: hearsay.Speech, Content: []hearsay.Span{{Start: len(w.Items) * 100, End: len(w.Items)*100 + len(text)}},
	}
	it.Source = speakerSource(speaker)
	it.Narrated = speaker == "own"
	w.Items[id] = it
	return it
}

func speakerSource(name string) Source {
	switch {
	case name == "":
		return Source{Form: NoOne}
	case name == "own":
		return Source{Form: Own}
	case strings.ToLower(name) == name:
		return Source{Form: Unnamed, Name: name}
	}
	keys, full := nameKeys([]string{name}, hearsay.Person)
	return Source{Form: Named, Name: name, Type: hearsay.Person, Key: Name{Type: hearsay.Person, Keys: keys, Full: full}}
}

func (w *world) same(a, b string)     { w.pair(a, b, Pair{Score: 0.9, Sign: 1, Sure: true}) }
func (w *world) opposite(a, b string) { w.pair(a, b, Pair{Score: 0.9, Sign: -1, Sure: true}) }
func (w *world) perhaps(a, b string)  { w.pair(a, b, Pair{Score: 0.6, Sign: 1}) }

func (w *world) pair(a, b string, p Pair) {
	w.pairs = append(w.pairs, PairRecord{A: min(a, b), B: max(a, b), Pair: p})
}

func (w *world) link(from, to string, kind hearsay.LinkKind, score float64) {
	w.Links = append(w.Links, hearsay.Link{From: from, To: to, Kind: kind, Score: score, DirectionBy: "date"})
}

func (w *world) build() (hearsay.Claim, []hearsay.Conflict) {
	inside := map[string]bool{}
	for _, p := range w.pairs {
		if p.Sure {
			inside[p.A], inside[p.B] = true, true
		}
	}
	if len(inside) == 0 {
		inside = map[string]bool{}
		for id := range w.Items {
			inside[id] = true
		}
	}
	return Build(sortedKeys(inside), w.pairs, &w.World)
}

func wantCount(t *testing.T, c hearsay.Claim, least, most int) {
	t.Helper()
	if c.AtLeast != least || c.AtMost != most {
		t.Errorf("origins: at least %d, at most %d; want %d and %d\n%+v", c.AtLeast, c.AtMost, least, most, c.Origins)
	}
}

// Ten articles that rest on one official have one origin.
func TestTenArticlesOneOfficial(t *testing.T) {
	w := newWorld()
	ids := []string{}
	for i := range 10 {
		doc := "d" + string(rune('0'+i))
		w.doc(doc, "Outlet "+doc, "2024-03-0"+string(rune('1'+i%5)))
		w.say("s"+doc, doc, "Anna Berg", "the bridge will be closed for two weeks")
		ids = append(ids, "s"+doc)
	}
	for _, id := range ids[1:] {
		w.same(ids[0], id)
	}
	c, _ := w.build()
	wantCount(t, c, 1, 1)
	if c.Origins[0].Name != "Anna Berg" || len(c.Origins[0].Statements) != 10 {
		t.Errorf("origin: %+v", c.Origins[0])
	}
}

// Insiders without a name may be the same persons: once in at least, apart in at most.
func TestNamelessInsiders(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-01")
	w.say("s1", "d1", "a number of insiders", "the minister will leave")
	w.say("s2", "d2", "two people close to the ministry", "the minister will leave")
	w.same("s1", "s2")
	c, _ := w.build()
	wantCount(t, c, 1, 2)
	if !c.Origins[0].Nameless {
		t.Error("an origin without a name should be marked")
	}
}
