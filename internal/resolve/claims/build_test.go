package claims

import (
	"fmt"
	"strings"
	"testing"

	"hearsay"
)

// world is a small invented dossier.
type world struct {
	World
	pairs []PairRecord
	cited []hearsay.Link
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
	c, conflicts, cited := Build(sortedKeys(inside), w.pairs, &w.World)
	w.cited = cited
	return c, conflicts
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

// A story of an agency, credited in one article and copied without credit in another, is one origin.
func TestAgencyStory(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Northern Press", "2024-03-01")
	w.doc("d2", "Vellin Courier", "2024-03-01", hearsay.Credit{Kind: hearsay.CreditAgency, Name: "Northern Press"})
	w.doc("d3", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "own", "the ferry sank off Vellin")
	w.say("s2", "d2", "own", "the ferry sank off Vellin")
	w.say("s3", "d3", "", "the ferry sank off Vellin")
	w.same("s1", "s3")
	w.same("s2", "s3")
	w.link("d3", "d1", hearsay.Copy, 0.9)
	c, _ := w.build()
	wantCount(t, c, 1, 1)
	if c.Origins[0].Name != "Northern Press" || c.Origins[0].Kind != hearsay.OriginOutlet {
		t.Errorf("origin %+v", c.Origins[0])
	}
}

// Without the link nothing shows that the third article depends on the others, yet it names nobody.
func TestUnlinkedNameless(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-01")
	w.doc("d3", "Osthafen Blatt", "2024-03-01")
	w.say("s1", "d1", "Anna Berg", "the strait is closed")
	w.say("s2", "d2", "Tomas Rehn", "the strait is closed")
	w.say("s3", "d3", "sources in the port", "the strait is closed")
	w.same("s1", "s2")
	w.same("s2", "s3")
	c, _ := w.build()
	wantCount(t, c, 2, 3)
}

// Two speakers are two origins; father and daughter share a surname alone.
func TestFatherAndDaughter(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-01")
	w.say("s1", "d1", "Davor Lenk", "the works will be sold in autumn")
	w.say("s2", "d2", "Petra Lenk", "the works will be sold in autumn")
	w.same("s1", "s2")
	c, _ := w.build()
	wantCount(t, c, 2, 2)
}

// A surname alone may be either of two.
func TestSurnameAlone(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-01")
	w.say("s1", "d1", "Davor Lenk", "the works will be sold in autumn")
	w.say("s2", "d2", "Lenk", "the works will be sold in autumn")
	w.same("s1", "s2")
	c, _ := w.build()
	wantCount(t, c, 1, 2)
	w.say("s3", "d2", "Petra Lenk", "the works will be sold in autumn")
	w.same("s1", "s3")
	c, _ = w.build()
	wantCount(t, c, 2, 3)
}

// The actor of the dossier joins spellings that do not look alike.
func TestActorJoinsSpellings(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Голос Марна", "2024-03-01")
	w.say("s1", "d1", "Institute for Coasts", "the dyke holds")
	w.say("s2", "d2", "Інститут Узбережжя", "дамба стоїть")
	w.same("s1", "s2")
	w.Actor = func(string) (string, string) { return "a1", "Institute for Coasts" }
	c, _ := w.build()
	wantCount(t, c, 1, 1)
}

// Through translation and copy the chain leads to the first article and its speaker.
func TestChainOfTranslations(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Марнська газета", "2024-03-02")
	w.doc("d3", "Nowiny Marnu", "2024-03-03")
	w.say("s1", "d1", "Anna Berg", "the bridge may fall")
	w.say("s2", "d2", "міністерка", "міст може впасти")
	w.say("s3", "d3", "", "most może się zawalić")
	w.pair("s1", "s2", Pair{Score: 0.9, Sign: 1, Sure: true, Why: whyPassage + "translation"})
	w.pair("s2", "s3", Pair{Score: 0.9, Sign: 1, Sure: true, Why: whyPassage + "translation"})
	w.link("d2", "d1", hearsay.Translation, 0.95)
	w.link("d3", "d2", hearsay.Translation, 0.95)
	c, _ := w.build()
	wantCount(t, c, 1, 1)
	if c.Origins[0].Name != "Anna Berg" {
		t.Errorf("origin %q", c.Origins[0].Name)
	}
	want := []string{"Nowiny Marnu (2024-03-03)", "translation of Марнська газета (2024-03-02)", "translation of Vellin Courier (2024-03-01)"}
	for i, hop := range want {
		if got := c.Origins[0].Chains[2]; i >= len(got) || got[i] != hop {
			t.Fatalf("chain %q, want it to begin %q", got, want)
		}
	}
}

// An uncertain translation joins nothing in at most, yet counts as one in at least.
func TestUncertainLink(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Gazeta Marnu", "2024-03-02")
	w.say("s1", "d1", "own", "the bridge fell")
	w.say("s2", "d2", "own", "most runął")
	w.same("s1", "s2")
	w.link("d2", "d1", hearsay.Translation, 0.55)
	c, _ := w.build()
	wantCount(t, c, 1, 2)
}

// Two outlets that tell it in their own words, with no sign of dependence.
func TestTwoOutlets(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	w.doc("d3", "", "2024-03-02")
	w.say("s1", "d1", "own", "the bridge fell")
	w.say("s2", "d2", "own", "the bridge fell")
	w.say("s3", "d3", "own", "the bridge fell")
	w.same("s1", "s2")
	c, _ := w.build()
	wantCount(t, c, 2, 2)
	w.same("s2", "s3") // an unknown outlet is no further proof
	c, _ = w.build()
	wantCount(t, c, 2, 3)
}

// Candidates count in at most alone.
func TestCandidates(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-01")
	w.doc("d3", "Osthafen Blatt", "2024-03-01")
	w.say("s1", "d1", "Anna Berg", "the strait is closed")
	w.say("s2", "d2", "Anna Berg", "the strait is closed")
	w.say("s3", "d3", "Tomas Rehn", "the strait was closed for ships")
	w.same("s1", "s2")
	w.perhaps("s2", "s3")
	c, _ := w.build()
	wantCount(t, c, 1, 2)
	if len(c.Candidates) != 1 || c.Candidates[0] != "s3" {
		t.Errorf("candidates %q", c.Candidates)
	}
}

// What insiders told one outlet rests on that outlet, wherever it is cited.
func TestInsidersThroughOneOutlet(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "a number of insiders", "the minister will leave").Via = []string{"harbour.test"}
	w.say("s2", "d2", "two people in the ministry", "the minister will leave").Via = []string{"Harbour.test"}
	w.same("s1", "s2")
	c, _ := w.build()
	wantCount(t, c, 1, 1)
	if o := c.Origins[0]; !o.Nameless || o.Name != "harbour.test" {
		t.Errorf("origin %+v", o)
	}
}

// An article that cites an outlet rests on the speaker of that outlet's article.
func TestCitedOutletLeadsToItsSpeaker(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Harbour Watch", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "Anna Berg", "the minister will leave")
	w.say("s2", "d2", "", "the minister will leave").Via = []string{"Harbour Watch"}
	w.same("s1", "s2")
	c, _ := w.build()
	wantCount(t, c, 1, 1)
	if c.Origins[0].Name != "Anna Berg" {
		t.Errorf("origin %q", c.Origins[0].Name)
	}
}

func wantConflict(t *testing.T, got []hearsay.Conflict, kind hearsay.ConflictKind, between ...string) hearsay.Conflict {
	t.Helper()
	for _, c := range got {
		if c.Kind == kind && strings.Join(c.Between, " ") == strings.Join(between, " ") {
			return c
		}
	}
	t.Errorf("no %s between %q in %+v", kind, between, got)
	return hearsay.Conflict{}
}

// Each of two sites names the other: a circle, and one origin.
func TestCircular(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Harbour Watch", "2024-03-01", hearsay.Credit{Kind: hearsay.CreditVia, Name: "River Digest"})
	w.doc("d2", "River Digest", "2024-03-01")
	w.doc("d3", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "", "a third gate was closed")
	w.say("s2", "d2", "", "a third gate was closed").Via = []string{"Harbour Watch"}
	w.say("s3", "d3", "", "a third gate was closed").Via = []string{"Harbour Watch"}
	w.same("s1", "s2")
	w.same("s1", "s3")
	c, conflicts := w.build()
	wantCount(t, c, 1, 1)
	if len(conflicts) != 1 {
		t.Errorf("conflicts %+v", conflicts)
	}
	wantConflict(t, conflicts, hearsay.Circular, "d1", "d2")
}

// An article offered as confirmation of the one that it was copied from.
func TestConfirmedByItsOwnCopy(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Harbour Watch", "2024-03-01")
	w.doc("d2", "River Digest", "2024-03-02")
	w.say("s1", "d1", "", "a third gate was closed").Via = []string{"River Digest"}
	w.say("s2", "d2", "own", "a third gate was closed")
	w.same("s1", "s2")
	w.link("d2", "d1", hearsay.Copy, 0.9)
	_, conflicts := w.build()
	wantConflict(t, conflicts, hearsay.Circular, "d1", "d2")
}

// The reserve of the source is gone in the translation.
func TestHardening(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Gazeta Marnu", "2024-03-02")
	w.say("s1", "d1", "Anna Berg", "the bridge may fall").Factuality = hearsay.PossiblePlus
	w.say("s2", "d2", "Anna Berg", "most runie")
	w.same("s1", "s2")
	_, conflicts := w.build()
	c := wantConflict(t, conflicts, hearsay.Hardening, "s1", "s2")
	for _, words := range []string{"the bridge may fall", "most runie"} {
		if !strings.Contains(c.Why, words) {
			t.Errorf("%q lacks %q", c.Why, words)
		}
	}
	w.Items["s2"].Factuality = hearsay.PossiblePlus
	if _, conflicts = w.build(); len(conflicts) > 0 {
		t.Errorf("no certainty was gained: %+v", conflicts)
	}
}

// Who denies is not counted among those who say it.
func TestDenial(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-01")
	w.doc("d3", "Osthafen Blatt", "2024-03-01")
	w.say("s1", "d1", "Anna Berg", "Marn closed the strait")
	w.say("s2", "d2", "Anna Berg", "Marn closed the strait")
	d := w.say("s3", "d3", "Tomas Rehn", "his country had closed the strait")
	d.Sign, d.Denies, d.Factuality, d.Class = -1, true, hearsay.CertainMinus, "deny"
	w.same("s1", "s2")
	w.opposite("s1", "s3")
	w.opposite("s2", "s3")
	c, conflicts := w.build()
	wantCount(t, c, 1, 1)
	if len(c.Denials) != 1 || c.Denials[0] != "s3" || c.Text != "Marn closed the strait" {
		t.Errorf("claim %+v", c)
	}
	if len(conflicts) != 1 {
		t.Errorf("one denial of one origin, got %+v", conflicts)
	}
	x := wantConflict(t, conflicts, hearsay.Denial, "s1", "s3")
	for _, never := range []string{"true", "false", "independent", "right", "wrong", "lie"} {
		if strings.Contains(x.Why, never) {
			t.Errorf("%q takes a side", x.Why)
		}
	}
}

// What all deny and nobody asserts has the origins of the denial.
func TestDeniedAlone(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-01")
	for _, id := range []string{"1", "2"} {
		d := w.say("s"+id, "d"+id, "Tomas Rehn", "his country had closed the strait")
		d.Sign, d.Denies = -1, true
	}
	w.same("s1", "s2")
	c, _ := w.build()
	if len(c.Denials) != 2 || c.AtLeast != 1 || c.AtMost != 1 || len(c.Origins) != 1 {
		t.Errorf("%+v", c)
	}
}

// One speaker, one thing, two days, opposite signs.
func TestReversal(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-05-01")
	w.say("s1", "d1", "Anna Berg", "the port will be sold")
	w.say("s2", "d2", "Anna Berg", "the port will not be sold").Sign = -1
	w.pairs = append(w.pairs, PairRecord{A: "s1", B: "s2", Pair: Pair{Score: 0.8, Sign: -1, Why: whyReversed}})
	if !Listed([]string{"s1"}, w.pairs) || Listed([]string{"s2"}, w.pairs) {
		t.Error("a reversal is listed once")
	}
	_, conflicts, _ := Build([]string{"s1"}, w.pairs, &w.World)
	wantConflict(t, conflicts, hearsay.Reversal, "s1", "s2")
}

// An outlet that tells in its own words what a minister was said to have said may have it from her: it is
// one more origin at most.
func TestOwnWordsMayRetell(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "Anna Berg", "Marn closed the strait")
	w.say("s2", "d2", "own", "Marn closed the strait")
	w.same("s1", "s2")
	c, _ := w.build()
	wantCount(t, c, 1, 2)
}

// "May" at the origin, and flat three copies later in a paper's own words.
func TestHardeningInOwnWords(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "Anna Berg", "Marn may have closed the strait").Factuality = hearsay.PossiblePlus
	w.say("s2", "d2", "own", "Marn closed the strait")
	w.same("s1", "s2")
	w.link("d2", "d1", hearsay.Copy, 0.9)
	_, conflicts := w.build()
	wantConflict(t, conflicts, hearsay.Hardening, "s1", "s2")
}

// A headline without the reserve, over a text that has it, has not lost it.
func TestReserveUnderTheHeadline(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "Anna Berg", "Marn may have closed the strait").Factuality = hearsay.PossiblePlus
	w.say("s2", "d2", "own", "Marn closed the strait")
	w.say("s3", "d2", "Anna Berg", "Marn may have closed the strait").Factuality = hearsay.PossiblePlus
	w.same("s1", "s2")
	w.same("s1", "s3")
	w.link("d2", "d1", hearsay.Copy, 0.9)
	c, conflicts := w.build()
	if len(conflicts) > 0 {
		t.Errorf("%+v", conflicts)
	}
	if c.Text != "Marn may have closed the strait" {
		t.Errorf("the claim has lost its reserve: %s", c.Text)
	}
}

// What an article has over its text in its own words comes from whom the text names, be it sure that both say the
// same or not; where the text names two, it comes from one of them.
func TestHeadlineIsNoSecondOrigin(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "own", "the strait is closed")
	w.say("s2", "d1", "Anna Berg", "Marn closed the strait")
	w.say("s3", "d2", "Anna Berg", "Marn closed the strait")
	w.say("s4", "d2", "own", "a strait in Marn is closed")
	w.same("s1", "s2")
	w.same("s2", "s3")
	w.perhaps("s3", "s4")
	c, _ := w.build()
	wantCount(t, c, 1, 1)

	w.say("s5", "d1", "Tomas Rehn", "Marn closed the strait")
	w.same("s1", "s5")
	c, _ = w.build()
	wantCount(t, c, 2, 2)
}

// "The site Harbour Watch reports" names its source, though the name is only a part of the words.
func TestSiteIsNamed(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "the site harbour watch", "Marn closed the strait").Via = []string{"Harbour Watch"}
	w.say("s2", "d2", "the site harbour watch", "Marn closed the strait").Via = []string{"Harbour Watch"}
	w.same("s1", "s2")
	c, _ := w.build()
	wantCount(t, c, 1, 1)
	if o := c.Origins[0]; o.Nameless || o.Name != "Harbour Watch" || len(o.Chains[0]) != 2 {
		t.Errorf("%+v", o)
	}
}

// To whom somebody spoke is no hop where it is the paper itself or who signs it.
func TestSpokeToThePaperItself(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01", hearsay.Credit{Kind: hearsay.CreditInterview, Name: "Ida Holm"})
	d := w.Documents["d1"]
	d.Byline = []string{"Ida Holm"}
	w.Documents["d1"] = d
	w.doc("d2", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "Anna Berg", "Marn closed the strait").Via = []string{"the Courier"}
	w.say("s2", "d2", "Anna Berg", "Marn closed the strait").Via = []string{"the Courier"}
	w.same("s1", "s2")
	c, _ := w.build()
	if got := fmt.Sprint(c.Origins[0].Chains); got != "[[Vellin Courier (2024-03-01) Anna Berg] [Marn Post (2024-03-02) through the Courier Anna Berg]]" {
		t.Error(got)
	}
}

// The claim's id and words do not change with the order in which statements come.
func TestEmptyComponent(t *testing.T) {
	c, conflicts, _ := Build(nil, nil, &World{})
	if c.ID != "" || conflicts != nil {
		t.Errorf("%+v %+v", c, conflicts)
	}
}
