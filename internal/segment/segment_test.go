package segment

import (
	"strings"
	"testing"

	"hearsay"
)

func analysis(lang, text string) *hearsay.Analysis {
	doc := &hearsay.Document{Text: text, Language: lang}
	at := 0
	for _, p := range strings.SplitAfter(text, "\n\n") {
		if body := strings.TrimSpace(p); body != "" {
			start := at + strings.Index(p, body)
			doc.Blocks = append(doc.Blocks, hearsay.Block{Span: hearsay.Span{Start: start, End: start + len(body)}, Role: hearsay.RoleBody})
		}
		at += len(p)
	}
	return &hearsay.Analysis{Document: doc}
}

func sentencesOf(a *hearsay.Analysis) []string {
	var out []string
	for _, s := range a.Sentences {
		var words []string
		for _, t := range a.Tokens[s.First:s.Last] {
			words = append(words, t.Form)
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

// cases are cut by the rules alone, for a language without a model. Words are shown with a
// space between them.
var cases = []struct{ reason, text, want string }{
	{"two sentences", "The bridge is closed. Nobody knows why.", "The bridge is closed . | Nobody knows why ."},
	{"a headline has no full stop", "Bridge closed\n\nIt was closed on Monday.", "Bridge closed | It was closed on Monday ."},
	{"an initial", "J. Danek left.", "J. Danek left ."},
	{"a title", "He met Sen. Berg in town.", "He met Sen . Berg in town ."},
	{"a quotation goes on", "“We won! We won!” he said.", "“ We won ! We won ! ” he said ."},
	{"a decimal number", "It fell by 3.5 per cent.", "It fell by 3.5 per cent ."},
	{"an address", "See https://example.org/a?b=c. It is new.", "See https://example.org/a?b=c . | It is new ."},
	{"an e-mail address in brackets", "Write (anna@example.org)!", "Write ( anna@example.org ) !"},
	{"joined emoji", "Fine 👩‍🚒 then", "Fine 👩‍🚒 then"},
	{"nothing but white space", " \n\n ", ""},
}

func TestRulesWithoutModel(t *testing.T) {
	for _, c := range cases {
		a := analysis("xx", c.text)
		Segment(a, nil)
		if got := strings.Join(sentencesOf(a), " | "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.reason, got, c.want)
		}
		if len(a.Document.Notes) != 1 || !strings.Contains(a.Document.Notes[0], "no syntax model for language xx") {
			t.Errorf("%s: notes %q", c.reason, a.Document.Notes)
		}
	}
}

// ends are ends of sentences that the classifier is not asked about; | marks them.
var ends = []struct{ lang, reason, text string }{
	{"de", "a question in quotation marks, then a new sentence: else a comma would follow", "Er rief: „Wer zahlt das?“| Berg schwieg."},
	{"de", "the comma is there", "„Wer zahlt das?“, fragte Berg."},
	{"en", "English has no comma after a question", "“Who pays?” Berg asked."},
	{"en", "two quotations in a row", "She asked: “Who pays?”| “Nobody does.”"},
	{"pl", "an acronym before a quotation", "Relację nadała stacja KTV.| „Stoję tutaj i pytam”."},
	{"fr", "the verb would follow a question", "Elle demande : « Qui paie ? »| Berg se tait."},
	{"fr", "the verb follows", "« Qui paie ? » demande Berg."},
	{"es", "the full stop after the mark", "Dijo que era “atroz”.| “Nadie lo sabía”."},
	{"es", "a Polish title is a Spanish word", "Tiraron de la red.| Berg se fue."},
	{"pl", "the same word before a name", "Tak mówi red. Berg."},
	{"pl", "a number before a quotation", "Zapłacili tylko 250.| „To mało”."},
	{"pl", "an ordinal before a name in quotation marks", "W numerze 12. „Kuriera” napisano o tym."},
	{"pl", "ds. stands before what it shortens", "Komisja ds. Zatrudnienia zbierze się jutro."},
	{"pl", "tj. stands before a number", "Poparł go wysoki odsetek, tj. 15% głosujących."},
	{"uk", "whose dollars they are", "Заплатили 300 дол. США за тишу."},
	{"uk", "dollars may end a sentence", "Заплатили 300 дол.| Він мовчав."},
}

func TestCertainEnds(t *testing.T) {
	m, err := Load(fileOf(Train(tiny())))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range ends {
		text := strings.ReplaceAll(e.text, "|", "")
		a := analysis(e.lang, text)
		Segment(a, m)
		var got []string
		for _, s := range a.Sentences {
			got = append(got, s.In(text))
		}
		if want := strings.ReplaceAll(e.text, "| ", "|"); strings.Join(got, "|") != want {
			t.Errorf("%s:\n got %s\nwant %s", e.reason, strings.Join(got, "|"), want)
		}
	}
}

// A word in mixed scripts keeps its span in the text and is analysed as repaired.
func TestRepairsAreRead(t *testing.T) {
	text := "The pre$ident left."
	a := analysis("xx", text)
	a.Document.Repairs = []hearsay.Repair{{Span: hearsay.Span{Start: 4, End: 13}, To: "president"}}
	Segment(a, nil)
	if got := strings.Join(sentencesOf(a), " | "); got != "The president left ." {
		t.Errorf("got %s", got)
	}
	if got := a.Tokens[1].In(text); got != "pre$ident" {
		t.Errorf("span covers %q", got)
	}
}

// tiny is a treebank of a made-up style: "don't" is two words, "cf." never ends a sentence.
func tiny() []Example {
	var out []Example
	for _, noun := range []string{"dog", "cat", "hen", "ox", "cow", "goat", "pig", "bee"} {
		text := "I don't see the " + noun + ". It barks, cf. Berg. The " + noun + " doesn't eat."
		e := Example{Text: text}
		at := 0
		for _, w := range strings.Fields("I don't see the " + noun + " .| It barks , cf. Berg .| The " + noun + " doesn't eat .|") {
			form := strings.TrimSuffix(w, "|")
			at += strings.Index(text[at:], form)
			g := Gold{Span: hearsay.Span{Start: at, End: at + len(form)}, EndsSentence: form != w}
			if strings.HasSuffix(form, "n't") {
				g.Words = []string{strings.TrimSuffix(form, "n't"), "n't"}
			}
			e.Tokens = append(e.Tokens, g)
			at += len(form)
		}
		out = append(out, e)
	}
	return out
}

func TestTrainedModel(t *testing.T) {
	m, err := Load(fileOf(Train(tiny())))
	if err != nil {
		t.Fatal(err)
	}
	a := analysis("en", "I don't see the wolf. It barks, cf. Berg. Don't eat.")
	Segment(a, m)
	want := "I do n't see the wolf . | It barks , cf. Berg . | Do n't eat ."
	if got := strings.Join(sentencesOf(a), " | "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if a.Tokens[1].Part != 1 || a.Tokens[2].Part != 2 || a.Tokens[1].Span != a.Tokens[2].Span {
		t.Errorf("parts of a multiword token: %+v", a.Tokens[1:3])
	}
}

func check(t *testing.T, a *hearsay.Analysis) {
	t.Helper()
	at, first := 0, 0
	for _, s := range a.Sentences {
		if s.First != first || s.Last <= s.First || s.Last > len(a.Tokens) {
			t.Fatalf("sentence %+v after token %d", s, first)
		}
		first = s.Last
	}
	if first != len(a.Tokens) {
		t.Fatalf("%d tokens, sentences end at %d", len(a.Tokens), first)
	}
	for _, tok := range a.Tokens {
		if tok.Part > 1 {
			continue
		}
		if tok.Start < at || tok.End <= tok.Start || tok.End > len(a.Document.Text) {
			t.Fatalf("token %+v after byte %d", tok, at)
		}
		at = tok.End
	}
}

func FuzzSegment(f *testing.F) {
	m, err := Load(fileOf(Train(tiny())))
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range cases {
		f.Add(c.text)
	}
	f.Add("\"\"«»„“ 1 000 000 \xff\xfe .")
	f.Fuzz(func(t *testing.T, text string) {
		for _, model := range []*Model{nil, m} {
			a := analysis("en", text)
			Segment(a, model)
			check(t, a)
		}
	})
}

func BenchmarkSegment(b *testing.B) {
	m, err := Load(fileOf(Train(tiny())))
	if err != nil {
		b.Fatal(err)
	}
	a := analysis("en", strings.Repeat("I don't see the wolf that Anna Berg saw. It barks, cf. Berg, at 3.5 metres. ", 100))
	b.SetBytes(int64(len(a.Document.Text)))
	for b.Loop() {
		Segment(a, m)
	}
}

// A French subject behind its verb is a word of its own; nouns that only look so stay whole.
func TestEnclitics(t *testing.T) {
	for text, want := range map[string]string{
		"« Non », déclare-t-il.":          "« Non » , déclare -t-il .",
		"« Oui », a-t-elle dit.":          "« Oui » , a -t-elle dit .",
		"Peut-être, explique-t-on.":       "Peut-être , explique -t-on .",
		"Prenez rendez-vous à Saint-Elle": "Prenez rendez-vous à Saint-Elle",
	} {
		a := analysis("fr", text)
		Segment(a, nil)
		if got := strings.Join(sentencesOf(a), " | "); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// A new compound is not cut on one side of its hyphen alone.
func TestHyphensStayWhole(t *testing.T) {
	m, err := Open("ru")
	if err != nil {
		t.Fatal(err)
	}
	a := analysis("ru", "Об этом в своём телеграм-канале заявил губернатор.")
	Segment(a, m)
	if got, want := strings.Join(sentencesOf(a), " | "), "Об этом в своём телеграм-канале заявил губернатор ."; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
