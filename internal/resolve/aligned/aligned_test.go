package aligned

import (
	"fmt"
	"strings"
	"testing"

	"hearsay"
)

// text makes the analysis of an article: one sentence a line, of which each is "source: content". named are the
// entities with a name, in the order of their first mention; other sources are descriptions.
func text(id, language string, named map[string]hearsay.MentionType, lines ...string) *hearsay.Analysis {
	a := &hearsay.Analysis{Document: &hearsay.Document{ID: id, Language: language, Text: strings.Join(lines, "\n")}}
	entities := map[string]int{}
	at := 0
	for _, line := range lines {
		source, content, said := strings.Cut(line, ": ")
		if said {
			st := hearsay.Statement{Speaker: -1, Holder: -1, Content: []hearsay.Span{{Start: at + len(source) + 2, End: at + len(line)}}}
			if source != "" {
				st.Source = []hearsay.Span{{Start: at, End: at + len(source)}}
				st.Speaker = entity(a, entities, named, source, at)
			}
			st.Cue = []hearsay.Span{{Start: at + len(source), End: at + len(source) + 1}}
			a.Statements = append(a.Statements, st)
		}
		for name := range named {
			if i := strings.Index(content, name); i >= 0 {
				entity(a, entities, named, name, at+len(source)+2+i)
			}
		}
		at += len(line) + 1
	}
	return a
}

func entity(a *hearsay.Analysis, seen map[string]int, named map[string]hearsay.MentionType, name string, at int) int {
	e, ok := seen[name]
	if !ok {
		kind, isNamed := named[name]
		if !isNamed {
			kind = hearsay.Person
		}
		e = len(a.Entities)
		seen[name] = e
		a.Entities = append(a.Entities, hearsay.Entity{Type: kind, Name: name, Forms: []string{name}, Named: isNamed})
	}
	span := hearsay.Span{Start: at, End: at + len(name)}
	a.Entities[e].Mentions = append(a.Entities[e].Mentions, len(a.Mentions))
	a.Mentions = append(a.Mentions, hearsay.Mention{Span: span, Head: span, Type: a.Entities[e].Type, Entity: e})
	return e
}

// pages makes the pages of two articles that correspond line by line.
func pages(a, b *hearsay.Analysis) (x, y *Page, link *hearsay.Link) {
	link = &hearsay.Link{From: a.Document.ID, To: b.Document.ID, Kind: hearsay.Translation}
	one, two := lines(a.Document.Text), lines(b.Document.Text)
	for i := range one {
		link.Evidence = append(link.Evidence, hearsay.Evidence{From: one[i], To: two[i]})
	}
	return NewPage(a, ids(a)), NewPage(b, ids(b)), link
}

func lines(text string) []hearsay.Span {
	var out []hearsay.Span
	at := 0
	for line := range strings.SplitSeq(text, "\n") {
		out = append(out, hearsay.Span{Start: at, End: at + len(line)})
		at += len(line) + 1
	}
	return out
}

func ids(a *hearsay.Analysis) []string {
	var out []string
	for i := range a.Statements {
		out = append(out, fmt.Sprintf("%s-s%d", a.Document.ID, i))
	}
	return out
}

var (
	english   = map[string]hearsay.MentionType{"Anna Berg": hearsay.Person, "Office of Rivers": hearsay.Organization, "Courier": hearsay.Organization}
	ukrainian = map[string]hearsay.MentionType{"Анна Берг": hearsay.Person, "Науковий центр": hearsay.Organization, "Кур'єр": hearsay.Organization}
)

// Statements correspond by their places, in whichever direction the link leads, and those between which one language
// puts another are not mixed up.
func TestMatches(t *testing.T) {
	a := text("a", "en", english, "Anna Berg: the bridge stays closed", "nobody says a thing here", "Office of Rivers: the Orla is high")
	b := text("b", "uk", ukrainian, "Анна Берг: міст закритий", "Кур'єр: тут хтось щось каже", "Науковий центр: вода в Орлі висока")
	x, y, link := pages(a, b)
	var got [][2]int
	for _, m := range Matches(x, y, link) {
		got = append(got, [2]int{m.A, m.B})
	}
	if fmt.Sprint(got) != "[[0 0] [1 2]]" {
		t.Errorf("got %v", got)
	}
	back := Matches(y, x, link)
	if len(back) != 2 || back[1].A != 2 || back[1].B != 1 {
		t.Errorf("the other way round %v", back)
	}
}

// A statement has its place where languages take different parts of it for what is said.
func TestMatchesWhereContentIsCutOtherwise(t *testing.T) {
	a := text("a", "en", english, "Anna Berg: the bridge stays closed until June", "Office of Rivers: the Orla is high")
	b := text("b", "uk", ukrainian, "Анна Берг: міст закритий до червня", "Науковий центр: вода в Орлі висока")
	first := &a.Statements[0]
	first.Content = []hearsay.Span{{Start: 0, End: len("Anna Berg")}}
	first.Source = []hearsay.Span{{Start: len("Anna Berg: "), End: len("Anna Berg: the bridge stays closed until June")}}
	x, y, link := pages(a, b)
	if got := Matches(x, y, link); len(got) != 2 || got[0].A != 0 || got[0].B != 0 {
		t.Errorf("got %v", got)
	}
}

// Entities pair where each is the only one that is left over: one whose name stands in the other text too is no
// counterpart of another.
func TestPairs(t *testing.T) {
	a := text("a", "en", english, "Office of Rivers: the Orla is high", "Office of Rivers: it will rise", "Courier: it will rain")
	b := text("b", "uk", ukrainian, "Науковий центр: вода в Орлі висока", "Науковий центр: вона підніметься", "Анна Берг: буде дощ, каже Кур'єр")
	x, y, link := pages(a, b)
	got := Pairs(x, y, link, Matches(x, y, link))
	if len(got) != 1 || x.Entities[got[0].A].Forms[0] != "Office of Rivers" || y.Entities[got[0].B].Forms[0] != "Науковий центр" || got[0].Says != 2 || got[0].Times != 2 {
		t.Errorf("got %+v", got)
	}
}

// An entity that has two counterparts has none.
func TestPairsContradict(t *testing.T) {
	a := text("a", "en", english, "Office of Rivers: the Orla is high", "Office of Rivers: it will rise")
	b := text("b", "uk", map[string]hearsay.MentionType{"Науковий центр": hearsay.Organization, "Уряд Марна": hearsay.Organization},
		"Науковий центр: вода в Орлі висока", "Уряд Марна: вона підніметься")
	x, y, link := pages(a, b)
	if got := Pairs(x, y, link, Matches(x, y, link)); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}

// How a speaker was found tells how much he weighs elsewhere.
func TestGrades(t *testing.T) {
	a := text("a", "en", english, "Anna Berg: one", "a spokesman: two", ": three", "She: four")
	a.Statements[2].Speaker = 0
	a.Statements[3].Speaker = 0
	p := NewPage(a, ids(a))
	var got []Grade
	for i := range p.Voices {
		got = append(got, p.Voices[i].Grade)
	}
	if fmt.Sprint(got) != fmt.Sprint([]Grade{Named, Described, LeftOut, Resolved}) {
		t.Errorf("got %v", got)
	}
	if p.Weight(&p.Voices[1]) != 0 || p.Weight(&p.Voices[0]) <= p.Weight(&p.Voices[3]) || p.Weight(&p.Voices[3]) <= p.Weight(&p.Voices[2]) {
		t.Error("a name weighs more than a pronoun, that more than nothing, a description tells of nobody")
	}
}

func TestSpeaker(t *testing.T) {
	own := Witness{Document: "own", Statement: "own", Actor: "berg", Weight: weightResolved, Score: 1, Own: Resolved}
	named := Witness{Document: "own", Statement: "own", Actor: "berg", Weight: weightName, Score: 1, Own: Named}
	body := Witness{Document: "own", Statement: "own", Actor: "courier", Weight: weightBody, Score: 1, Own: Named}
	from := func(document, actor string, weight int) Witness {
		return Witness{Document: document, Statement: document + "-s", Actor: actor, Weight: weight, Score: 0.5}
	}
	tests := []struct {
		why   string
		in    []Witness
		actor string
	}{
		{"nobody tells another", []Witness{own, from("b", "berg", weightName)}, ""},
		{"a translation names him", []Witness{own, from("b", "lenk", weightName)}, "lenk"},
		{"the text knows nobody", []Witness{from("b", "lenk", weightResolved)}, "lenk"},
		{"one pronoun against another", []Witness{own, from("b", "lenk", weightResolved)}, ""},
		{"two translations agree where the text is weak", []Witness{own, from("b", "lenk", weightResolved), from("c", "lenk", weightResolved)}, "lenk"},
		{"they name two", []Witness{own, from("b", "lenk", weightName), from("c", "rehn", weightName)}, ""},
		{"a majority names one", []Witness{own, from("b", "lenk", weightName), from("c", "rehn", weightName), from("d", "lenk", weightName)}, "lenk"},
		{"one document has one vote", []Witness{own, from("b", "lenk", weightResolved), {Document: "b", Statement: "b-t", Actor: "lenk", Weight: weightResolved}}, ""},
		{"a body's name weighs less than a pronoun of the text", []Witness{own, from("b", "courier", weightBody)}, ""},
		{"one translation does not overrule a name", []Witness{body, from("b", "lenk", weightName)}, ""},
		{"two overrule a body that the text names: \"Lenk told Courier\"", []Witness{body, from("b", "lenk", weightName), from("c", "lenk", weightName)}, "lenk"},
		{"two names against one", []Witness{named, from("b", "lenk", weightName), from("c", "lenk", weightName)}, "lenk"},
		{"one version that names him too keeps a name", []Witness{named, from("b", "lenk", weightName), from("c", "lenk", weightName), from("d", "berg", weightName)}, ""},
		{"a pronoun and a subject left out do not overrule a name", []Witness{named, from("b", "lenk", weightResolved), from("c", "lenk", weightLeftOut)}, ""},
		{"a subject left out elsewhere is too little", []Witness{from("b", "lenk", weightLeftOut)}, ""},
	}
	for _, test := range tests {
		if w, ok := Speaker("own", test.in); w.Actor != test.actor || ok != (test.actor != "") {
			t.Errorf("%s: got %q", test.why, w.Actor)
		}
	}
}

// A woman is no "he", and a person hardly what "the authorities" means.
func TestTestimony(t *testing.T) {
	a := text("a", "en", english, "He: one", "the authorities: two", ": three", "Anna Berg: four")
	b := text("b", "uk", ukrainian, "Анна Берг: раз", "Анна Берг: два", "Анна Берг: три", "Анна Берг: чотири")
	a.Statements[0].Speaker = len(a.Entities)
	a.Entities = append(a.Entities, hearsay.Entity{Type: hearsay.Person, Name: "Davor Lenk", Forms: []string{"Davor Lenk"}, Named: true, Gender: "Masc"})
	for i := range a.Entities {
		if a.Entities[i].Name == "the authorities" {
			a.Entities[i].Type = hearsay.Group
		}
	}
	b.Entities[0].Gender = "Fem"
	x, y := NewPage(a, ids(a)), NewPage(b, ids(b))
	var got []int
	for i := range x.Voices {
		got = append(got, y.Testimony(&y.Voices[i], x, &x.Voices[i]))
	}
	if want := []int{weightName / 3, weightName / 3, weightName, weightName}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
