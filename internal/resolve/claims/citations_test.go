package claims

import (
	"strings"
	"testing"

	"hearsay"
)

func (w *world) body(id, doc, name, text string) *Item {
	it := w.say(id, doc, name, text)
	it.Source.Type = hearsay.Organization
	return it
}

func wantCited(t *testing.T, w *world, pairs ...[2]string) {
	t.Helper()
	w.build()
	var got [][2]string
	for _, l := range w.cited {
		if l.Kind != hearsay.Cites || len(l.Evidence) == 0 {
			t.Errorf("%+v", l)
		}
		got = append(got, [2]string{l.From, l.To})
	}
	if len(got) != len(pairs) {
		t.Fatalf("cited %v, want %v", got, pairs)
	}
	for i := range got {
		if got[i] != pairs[i] {
			t.Errorf("cited %v, want %v", got, pairs)
		}
	}
}

// "He told the Courier that …": the Courier's article that tells it is meant, the last one that was out.
func TestCitedOutletLeadsToItsDocument(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	w.doc("d3", "Vellin Courier", "2024-03-09")
	w.say("s1", "d1", "Anna Berg", "the strait will be closed")
	w.say("s2", "d2", "Anna Berg", "the strait will be closed").Via = []string{"The Vellin Courier"}
	w.say("s3", "d3", "Anna Berg", "the strait will be closed")
	w.same("s1", "s2")
	w.same("s2", "s3")
	w.Links = []hearsay.Link{{From: "d2", External: "Vellin Courier", Kind: hearsay.Cites, Score: 0.8, DirectionBy: "text"}}
	wantCited(t, w, [2]string{"d2", "d1"})
	if w.cited[0].External != "Vellin Courier" {
		t.Errorf("cited as %q", w.cited[0].External)
	}
}

// An institute's report that names it as its author is meant where the institute is the source, by any
// spelling that the dossier knows. A person who writes an article is no publisher of what he is quoted with.
func TestCitedInstituteLeadsToItsReport(t *testing.T) {
	w := newWorld()
	w.Documents["d1"] = DocInfo{ID: "d1", Signed: []string{"Institute for Tides", "Anna Berg"}, Published: "2024-03-01", Language: "en"}
	w.doc("d2", "Küstenblatt", "2024-03-02")
	w.doc("d3", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "we", "the tide rose by a foot")
	w.body("s2", "d2", "Institut für Gezeiten", "die Flut stieg um einen Fuß")
	w.say("s3", "d3", "Anna Berg", "the tide rose by a foot")
	w.Spellings = func(statement string) []string {
		return map[string][]string{"s2": {"Institut für Gezeiten", "Institute for Tides"}, "s3": {"Anna Berg"}}[statement]
	}
	w.same("s1", "s2")
	w.same("s1", "s3")
	wantCited(t, w, [2]string{"d2", "d1"})
}

// What was taken from a document as a whole does not cite it beside.
func TestCopiesDoNotCite(t *testing.T) {
	w := newWorld()
	w.doc("d1", "Vellin Courier", "2024-03-01")
	w.doc("d2", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "Anna Berg", "the strait will be closed")
	w.say("s2", "d2", "Anna Berg", "the strait will be closed").Via = []string{"Vellin Courier"}
	w.same("s1", "s2")
	w.link("d2", "d1", hearsay.Copy, 0.9)
	wantCited(t, w)
}

// A citation names something that publishes: not the text's own outlet in short, not a country, and not
// a ministry that informs.
func TestCitesPublications(t *testing.T) {
	text := "“It is dry,” she told the Herald. The water ministry reported a leak. The Institute for Tides wrote of rain. The newspaper Marn Post says so."
	at := func(s string) hearsay.Span {
		i := strings.Index(text, s)
		return hearsay.Span{Start: i, End: i + len(s)}
	}
	a := &hearsay.Analysis{Document: &hearsay.Document{ID: "d1", Outlet: "The Lake Herald", Text: text, Language: "en"}}
	add := func(source, cue, class string) {
		a.Entities = append(a.Entities, hearsay.Entity{Name: source, Type: hearsay.Organization, Named: true})
		s := hearsay.Statement{Source: []hearsay.Span{at(source)}, Cue: []hearsay.Span{at(cue)}, Speaker: len(a.Entities) - 1, Holder: -1, Class: class, Kind: hearsay.Speech}
		a.Statements = append(a.Statements, s)
	}
	add("The water ministry", "reported", "report")
	add("The Institute for Tides", "wrote", "say")
	add("The newspaper Marn Post", "says", "say")
	a.Statements[0].Via = []hearsay.Via{{Span: at("the Herald"), Name: "Herald", Entity: -1}}
	var got []string
	for _, l := range Cites(a) {
		got = append(got, l.External)
	}
	if len(got) != 2 || got[0] != "The Institute for Tides" || got[1] != "The newspaper Marn Post" {
		t.Errorf("cites %q", got)
	}
}

// A report names its institute where articles name their authors; with an outlet the byline is a person's.
func TestSignatures(t *testing.T) {
	text := "Institute for Tides (IFT), 3 May 2031"
	d := &hearsay.Document{Text: text, Blocks: []hearsay.Block{{Span: hearsay.Span{End: len(text)}, Role: hearsay.RoleByline}}}
	if got := signatures(d); len(got) != 2 || got[0] != "Institute for Tides" || got[1] != "IFT" {
		t.Errorf("%q", got)
	}
	d.Outlet = "Vellin Courier"
	if got := signatures(d); got != nil {
		t.Errorf("%q", got)
	}
}

// A report that only thinks something possible, cited as if it had found it: whoever each text names.
func TestHardeningOnTheWayFromAReport(t *testing.T) {
	w := newWorld()
	w.Documents["d1"] = DocInfo{ID: "d1", Signed: []string{"Institute for Tides"}, Published: "2024-03-01", Language: "en"}
	w.doc("d2", "Marn Post", "2024-03-02")
	w.say("s1", "d1", "we", "the wind may have raised the tide").Factuality = hearsay.PossiblePlus
	w.body("s2", "d2", "Institute for Tides", "the wind raised the tide")
	w.same("s1", "s2")
	c, conflicts := w.build()
	wantConflict(t, conflicts, hearsay.Hardening, "s1", "s2")
	wantCount(t, c, 1, 1)
}
