package claims

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/marked"
)

// told is one marked sentence as a document of its own. Names are given as a list; figures as "12 of ships".
type told struct {
	day, lang, text string
	names           []string // the first that stands in a source is its speaker
	counts          []Figure
	deny            bool
}

var wordsIn = regexp.MustCompile(`[\p{L}\p{N}’'-]+`)

// item makes an item of the first statement.
func (x told) item(t *testing.T, id string) *Item {
	t.Helper()
	a := x.analysis(t)
	a.Document.ID = "d" + id
	var ids []string
	for i := range a.Statements {
		ids = append(ids, fmt.Sprintf("%s-s%d", id, i))
	}
	return &Profile(a, ids)[0]
}

// analysis is what the stages before would make, without trees, of a text whose words are their own lemmas.
func (x told) analysis(t *testing.T) *hearsay.Analysis {
	t.Helper()
	m, err := marked.Parse(x.text)
	if err != nil {
		t.Fatal(err)
	}
	a := &hearsay.Analysis{Document: &hearsay.Document{Language: x.lang, Published: x.day, Text: m.Text}}
	a.Document.Blocks = []hearsay.Block{{Span: hearsay.Span{End: len(m.Text)}, Role: hearsay.RoleBody}}
	for _, at := range wordsIn.FindAllStringIndex(m.Text, -1) {
		w := m.Text[at[0]:at[1]]
		a.Tokens = append(a.Tokens, hearsay.Token{Span: hearsay.Span{Start: at[0], End: at[1]}, Form: w, Lemma: strings.ToLower(w), Head: -1})
	}
	a.Sentences = sentences(m.Text, a.Tokens)
	for i, name := range x.names {
		a.Entities = append(a.Entities, hearsay.Entity{Type: hearsay.Person, Name: name, Forms: []string{name}, Named: true})
		for at := 0; ; {
			k := strings.Index(m.Text[at:], name)
			if k < 0 {
				break
			}
			s := hearsay.Span{Start: at + k, End: at + k + len(name)}
			a.Mentions = append(a.Mentions, hearsay.Mention{Span: s, Head: s, Type: hearsay.Person, Entity: i})
			at = s.End
		}
	}
	slices.SortFunc(a.Mentions, func(p, q hearsay.Mention) int { return p.Start - q.Start })
	for _, f := range x.counts {
		k := strings.Index(m.Text, f.Text)
		if k < 0 {
			continue
		}
		a.Figures = append(a.Figures, hearsay.Figure{Span: hearsay.Span{Start: k, End: k + len(f.Text)}, Low: f.Low, High: f.High, Of: f.Of, Unit: f.Unit, AsOf: f.AsOf})
	}
	for _, s := range m.Statements {
		st := hearsay.Statement{Source: s.Source, Cue: s.Cue, Content: s.Content, Speaker: -1, Addressee: -1, Holder: -1, Class: "say", Manner: hearsay.Indirect, Kind: hearsay.Speech, Factuality: hearsay.CertainPlus, Score: 1}
		if x.deny {
			st.Class, st.Denied, st.Factuality = "deny", true, hearsay.CertainMinus
		}
		for k, name := range x.names {
			if len(s.Source) > 0 && st.Speaker < 0 && strings.Contains(s.Source[0].In(m.Text), name) {
				st.Speaker = k
			}
		}
		a.Statements = append(a.Statements, st)
	}
	return a
}

// sentences parts a text at its full stops.
func sentences(text string, tokens []hearsay.Token) []hearsay.Sentence {
	var out []hearsay.Sentence
	start, first := 0, 0
	for i, t := range tokens {
		if end := t.End; i == len(tokens)-1 || text[end] == '.' {
			out = append(out, hearsay.Sentence{Span: hearsay.Span{Start: start, End: end + strings.IndexByte(text[end:]+" ", ' ')}, First: first, Last: i + 1})
			start, first = min(len(text), out[len(out)-1].End+1), i+1
		}
	}
	return out
}

func TestCompare(t *testing.T) {
	ships := func(text string, n float64) []Figure { return []Figure{{Text: text, Low: n, High: n, Of: "ships"}} }
	berg := []string{"Anna Berg", "Vellin"}
	for _, c := range []struct {
		reason string
		a, b   told
		want   string // same, opposite, candidate, clash or none
	}{
		{
			"one speaker, the same words a day later",
			told{day: "2024-03-01", lang: "en", text: "{Anna Berg} <said> that [the port of Vellin will be sold in autumn].", names: berg},
			told{day: "2024-03-02", lang: "en", text: "{Anna Berg} <said> [the port of Vellin will be sold in autumn].", names: berg},
			"same",
		},
		{
			"the same of another year is another claim",
			told{day: "2022-05-01", lang: "en", text: "{Anna Berg} <said> that [Oderland sends troops to the border of Vellin].", names: berg},
			told{day: "2024-08-01", lang: "en", text: "{Tomas Rehn} <said> that [Oderland sends troops to the border of Vellin].", names: []string{"Tomas Rehn", "Vellin"}},
			"none",
		},
		{
			"nobody knows when: a candidate",
			told{lang: "en", text: "{Anna Berg} <said> that [Oderland sends troops to the border of Vellin].", names: berg},
			told{day: "2024-08-01", lang: "en", text: "{Tomas Rehn} <said> that [Oderland sends more troops to the border of Vellin].", names: []string{"Tomas Rehn", "Vellin"}},
			"candidate",
		},
		{
			"denied by another",
			told{day: "2024-03-01", lang: "en", text: "{Anna Berg} <said> that [Oderland closed the strait of Vellin].", names: berg},
			told{day: "2024-03-01", lang: "en", text: "{Tomas Rehn} <denied> that [Oderland had closed the strait of Vellin].", names: []string{"Tomas Rehn", "Vellin"}, deny: true},
			"opposite",
		},
		{
			"the price rose, the price fell",
			told{day: "2024-03-01", lang: "en", text: "{Anna Berg} <said> that [the price of bread in Vellin increased since last winter].", names: berg},
			told{day: "2024-03-01", lang: "en", text: "{Tomas Rehn} <said> that [the price of bread in Vellin dropped since last winter].", names: []string{"Tomas Rehn", "Vellin"}},
			"none",
		},
		{
			"two counts of one thing on one day",
			told{day: "2024-03-01", lang: "en", text: "{Anna Berg} <said> that [40 ships wait before the harbour of Vellin].", names: berg, counts: ships("40", 40)},
			told{day: "2024-03-01", lang: "en", text: "{Tomas Rehn} <said> that [25 ships wait before the harbour of Vellin].", names: []string{"Tomas Rehn", "Vellin"}, counts: ships("25", 25)},
			"clash",
		},
		{
			"one count of another place is another scope",
			told{day: "2024-03-01", lang: "en", text: "{Anna Berg} <said> that [40 ships wait before the harbour of Vellin].", names: berg, counts: ships("40", 40)},
			told{day: "2024-03-01", lang: "en", text: "{Anna Berg} <said> that [25 ships wait before the harbour of Marn].", names: []string{"Anna Berg", "Marn"}, counts: ships("25", 25)},
			"none",
		},
		{
			"across scripts: one speaker, one predicate, one thing, one name",
			told{day: "2024-03-01", lang: "uk", text: "{Анна Берг} <сказала>, що [порт Веллін закриють, бо школи й лікарні стоять].", names: []string{"Анна Берг", "Веллін"}},
			told{day: "2024-03-02", lang: "en", text: "{Anna Berg} <said> that [the port of Vellin will be closed, as schools and hospitals stand].", names: berg},
			"same",
		},
		{
			"across scripts: the same names alone say little",
			told{day: "2024-03-01", lang: "uk", text: "{Анна Берг} <сказала>, що [порт Веллін закриють].", names: []string{"Анна Берг", "Веллін"}},
			told{day: "2024-03-02", lang: "en", text: "{Anna Berg} <said> that [the market of Vellin was sold].", names: berg},
			"none",
		},
		{
			"one speaker denies a week later what he said",
			told{day: "2024-03-01", lang: "en", text: "{Anna Berg} <said> that [Oderland sends troops to the border of Vellin].", names: berg},
			told{day: "2024-03-08", lang: "en", text: "{Anna Berg} <denied> that [Oderland sends more troops to Vellin].", names: berg, deny: true},
			"clash",
		},
		{
			"one speaker denies two weeks later, in another language, what he said",
			told{day: "2024-03-01", lang: "en", text: "{Anna Berg} <said> that [Oderland sends troops to the border of Vellin].", names: berg},
			told{day: "2024-03-15", lang: "uk", text: "{Анна Берг} <заперечила>, що [Одерланд відправить солдатів на кордон Веллін].", names: []string{"Анна Берг", "Веллін"}, deny: true},
			"clash",
		},
		{
			"one speaker turns round in another language",
			told{day: "2024-03-01", lang: "fr", text: "{Anna Berg} <a dit> que [le pont de Vellin sera fermé].", names: berg},
			told{day: "2024-03-06", lang: "pl", text: "{Anna Berg} <powiedziała>, że [most w Vellin otworzą].", names: berg},
			"clash",
		},
	} {
		a, b := c.a.item(t, "1"), c.b.item(t, "2")
		p, ok := Compare(a, b)
		got := "none"
		switch {
		case !ok:
		case p.isClash():
			got = "clash"
		case !p.Sure:
			got = "candidate"
		case p.Sign < 0:
			got = "opposite"
		default:
			got = "same"
		}
		if got != c.want {
			t.Errorf("%s: %s (%+v), want %s\n%+v\n%+v", c.reason, got, p, c.want, a, b)
		}
		if c.want != "none" && !slices.ContainsFunc(a.Keys(), func(k uint64) bool { return slices.Contains(b.Keys(), k) }) {
			t.Errorf("%s: no key in common", c.reason)
		}
	}
}

// Statements in passages that correspond are one, others of the same documents are not.
func TestCompareLinked(t *testing.T) {
	a := told{lang: "en", text: "{Anna Berg} <said> that [the port of Vellin will be closed].", names: []string{"Anna Berg", "Vellin"}}.item(t, "1")
	b := told{lang: "uk", text: "{Анна Берг} <сказала>, що [порт Веллін буде закрито].", names: []string{"Анна Берг", "Веллін"}}.item(t, "2")
	link := hearsay.Link{From: "d2", To: "d1", Kind: hearsay.Translation, Score: 0.9, Evidence: []hearsay.Evidence{{From: hearsay.Span{End: 200}, To: hearsay.Span{End: 200}}}}
	link.Evidence[0].From.End, link.Evidence[0].To.End = b.Content[0].End+1, a.Content[0].End+1
	p, ok := CompareLinked(a, b, link)
	if !ok || !p.Sure || p.Sign != 1 {
		t.Errorf("%+v %v", p, ok)
	}
	if q, _ := CompareLinked(b, a, link); q != p {
		t.Errorf("the other way round: %+v", q)
	}
	link.Score = 0.6
	if p, _ := CompareLinked(a, b, link); p.Sure {
		t.Error("an uncertain link makes nothing sure")
	}
	link.Evidence[0].To = hearsay.Span{}
	if _, ok := CompareLinked(a, b, link); ok {
		t.Error("passages that do not correspond")
	}
}

// A document names where it comes from in its credits and in its statements.
func TestCites(t *testing.T) {
	text := "The ministry knew, harbour.test wrote. Translation: Vellin Courier."
	a := &hearsay.Analysis{Document: &hearsay.Document{ID: "d1", Language: "en", Text: text, Outlet: "Marn Post"}}
	a.Document.Credits = []hearsay.Credit{
		{Span: hearsay.Span{Start: 39, End: 66}, Kind: hearsay.CreditTranslation, Name: "Marn Post"},
		{Span: hearsay.Span{Start: 39, End: 66}, Kind: hearsay.CreditOriginal, Name: "Vellin Courier"},
		{Span: hearsay.Span{Start: 39, End: 66}, Kind: hearsay.CreditPhoto, Name: "Somebody Else"},
	}
	a.Entities = []hearsay.Entity{{Type: hearsay.Organization, Name: "harbour.test", Named: true}}
	a.Statements = []hearsay.Statement{{Source: []hearsay.Span{{Start: 19, End: 31}}, Cue: []hearsay.Span{{Start: 32, End: 37}}, Content: []hearsay.Span{{End: 17}}, Speaker: 0, Holder: -1, Class: "say"}}
	got := Cites(a)
	if len(got) != 2 || got[0].External != "Vellin Courier" || got[0].Kind != hearsay.Translation || got[1].External != "harbour.test" || got[1].Kind != hearsay.Cites {
		t.Errorf("%+v", got)
	}
}

// across compares two statements in two languages.
func across(t *testing.T, a, b told) (Pair, bool) {
	t.Helper()
	return Compare(a.item(t, "1"), b.item(t, "2"))
}

// A retelling may leave out how few of something there are; what is another number is another claim.
func TestRetellingsLeaveSmallCountsOut(t *testing.T) {
	cm := Figure{Text: "12", Low: 12, High: 12, Unit: "cm"}
	en := told{
		day: "2031-05-01", lang: "en", text: "{Anna Berg} <said> [the two sluices explain 12 of it]", names: []string{"Anna Berg"},
		counts: []Figure{{Text: "two", Low: 2, High: 2, Of: "sluices"}, cm},
	}
	de := told{day: "2031-05-02", lang: "de", text: "{Anna Berg} <sagte>, [die Schleusen erklären 12 davon]", names: []string{"Anna Berg"}, counts: []Figure{cm}}
	if p, ok := across(t, en, de); !ok || !p.Sure {
		t.Errorf("%+v %v", p, ok)
	}
	de.text, de.counts = "{Anna Berg} <sagte>, [drei Schleusen erklären 12 davon]", []Figure{{Text: "drei", Low: 3, High: 3, Of: "schleusen"}, cm}
	if p, ok := across(t, en, de); ok && p.Sure {
		t.Errorf("two and three: %+v", p)
	}
}

// What one speaker promises, another paper retells as what he said; who says it of somebody else does not promise.
func TestPromisesRetold(t *testing.T) {
	promise := told{day: "2031-05-01", lang: "en", text: "{Anna Berg} <promised> [to open the sluices on Monday at Vellin]", names: []string{"Anna Berg", "Vellin"}}.item(t, "1")
	promise.Class = "promise"
	same := told{day: "2031-05-01", lang: "en", text: "{Anna Berg} <said> [to open the sluices on Monday at Vellin]", names: []string{"Anna Berg", "Vellin"}}
	if p, ok := Compare(promise, same.item(t, "2")); !ok || !p.Sure {
		t.Errorf("%+v %v", p, ok)
	}
	same.text, same.names = "{Tomas Rehn} <said> [to open the sluices on Monday at Vellin]", []string{"Tomas Rehn", "Vellin"}
	if p, ok := Compare(promise, same.item(t, "2")); ok {
		t.Errorf("%+v", p)
	}
}

// What a text holds in its own words is a sentence in which nobody but the text can be speaking.
func TestNarrated(t *testing.T) {
	for why, c := range map[string]struct {
		text string
		want int
	}{
		"flat":                           {"Vellin closed 12 bridges at night", 1},
		"a reporting word":               {"Vellin closed 12 bridges at night, residents said", 0},
		"a heading with a colon":         {"Minister: Vellin closed 12 bridges", 0},
		"a question":                     {"Has Vellin closed 12 bridges at night?", 0},
		"too little":                     {"Vellin slept", 0},
		"names nobody, counts nothing":   {"the closed bridges shook at night", 0},
		"a statement that goes on":       {"{Anna Berg} <said> [it was late]. Vellin closed 12 bridges at night", 0},
		"after a statement and one more": {"{Anna Berg} <said> [it was late]. Night fell early. Vellin closed 12 bridges at night", 1},
	} {
		a := (&told{day: "2031-05-01", lang: "en", text: c.text, names: []string{"Vellin", "Anna Berg"}, counts: []Figure{{Text: "12", Low: 12, High: 12, Of: "bridges"}}}).analysis(t)
		items := Narrated(a, func(s hearsay.Span) string { return fmt.Sprint(s.Start) })
		if len(items) != c.want {
			t.Errorf("%s: %d sentences of its own in %q, want %d", why, len(items), c.text, c.want)
		}
		for _, it := range items {
			if !it.Narrated || it.Source.Form != Own || it.Content[0].In(a.Document.Text) != it.Text {
				t.Errorf("%s: %+v", why, it)
			}
		}
	}
}

// "I never promised a date", from one who is said to have promised it for a day: shown as a denial, joins nothing.
func TestDisownedPromise(t *testing.T) {
	promise := told{day: "2031-05-01", lang: "en", text: "{Anna Berg} <promised> [to open the strait on Monday]", names: []string{"Anna Berg"}}.item(t, "1")
	promise.Class, promise.Times = "promise", []Period{{"2031-05-05", "2031-05-05"}}
	denial := told{day: "2031-05-07", lang: "de", text: "{Anna Berg} <sagte>: [Ich habe nie ein Datum versprochen]", names: []string{"Anna Berg"}}.item(t, "2")
	denial.Disowns, denial.Sign = true, -1
	p, ok := Compare(promise, denial)
	if !ok || p.Sure || !p.isClash() || p.Sign > 0 {
		t.Fatalf("%+v %v", p, ok)
	}
	w := newWorld()
	w.Items = map[string]*Item{promise.Statement: promise, denial.Statement: denial}
	w.pairs = []PairRecord{{A: promise.Statement, B: denial.Statement, Pair: p}}
	_, conflicts, _ := Build([]string{promise.Statement}, w.pairs, &w.World)
	wantConflict(t, conflicts, hearsay.Denial, promise.Statement, denial.Statement)
	promise.Published = "2031-05-09"
	if p, ok := Compare(promise, denial); ok && p.Sign < 0 {
		t.Errorf("promised after the denial: %+v", p)
	}
	promise.Published, promise.Times = "2031-05-01", nil
	if p, ok := Compare(promise, denial); ok && p.Sign < 0 {
		t.Errorf("no date was promised: %+v", p)
	}
}
