package mention

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay"
	"hearsay/internal/segment"
)

// document is the analysis of a text whose lines are blocks, without trees or tags.
func document(text, lang string) *hearsay.Analysis {
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: lang}}
	at := 0
	for line := range strings.Lines(text) {
		if trimmed := strings.TrimSpace(line); trimmed != "" {
			start := at + strings.Index(line, trimmed)
			span := hearsay.Span{Start: start, End: start + len(trimmed)}
			a.Document.Blocks = append(a.Document.Blocks, hearsay.Block{Span: span, Role: hearsay.RoleBody})
		}
		at += len(line)
	}
	segment.Segment(a, nil)
	return a
}

// read gives the named entities of a text as "type: form = form".
func read(text, lang string) []string {
	a := document(text, lang)
	(&Stage{}).Run(a)
	var out []string
	for _, e := range a.Entities {
		if e.Named {
			out = append(out, string(e.Type)+": "+strings.Join(e.Forms, " = "))
		}
	}
	slices.Sort(out)
	return out
}

func TestNames(t *testing.T) {
	tests := []struct{ why, lang, text, want string }{
		{
			"a title and a country before the name", "en", "The country's President Anna Berg met the press. Berg left early.",
			"person: Anna Berg = Berg",
		},
		{
			"an acronym is defined in brackets", "en", "The Institute for the Study of Rivers (ISR) published it. Later ISR withdrew the map.",
			"organization: Institute for the Study of Rivers = ISR",
		},
		{
			"father and daughter stay apart", "en", "Peter Holm spoke first. Then Eva Holm spoke, and Peter listened.",
			"person: Eva Holm; person: Peter Holm = Peter",
		},
		{
			"an initial stands for the given name", "en", "The letter was signed by Maria Lind. A second one by M. Lind followed.",
			"person: Maria Lind = M. Lind",
		},
		{
			"either part of a double name is inflected", "uk", "Степан Берг-Лі прийшов першим. Журналісти чекали на Берга-Лі.",
			"person: Степан Берг-Лі = Берга-Лі",
		},
		{
			"an age behind an article makes a person", "en", "Outside waited Tolla Korsa, a 35-year-old mother.",
			"person: Tolla Korsa",
		},
		{
			"the first word of a sentence is no name", "en", "Bridges were closed. Nobody asked Anna Berg.",
			"person: Anna Berg",
		},
		{
			"two romanisations of one name", "en", "President Alexander Danchenko spoke. Nobody asked Danchenka why.",
			"person: Alexander Danchenko = Danchenka",
		},
		{
			"country and capital stay apart", "en", "Talks began in Poland. They ended in Warsaw.",
			"place: Poland; place: Warsaw",
		},
		{
			"surnames in -enko and -skyi decline", "uk", "Про це сказав Іван Петренко. З Петренком розмовляли двічі. Раніше Петренка бачили в Україні.",
			"person: Іван Петренко = Петренко; place: Україна",
		},
		{
			"a role in small letters with genitives", "uk", "Про це розповів екскерівник служби розвідки України Андрій Лісовий. Лісовий не уточнив.",
			"person: Андрій Лісовий = Лісовий; place: Україна",
		},
		{
			"husband and wife differ in the ending", "ru", "Выступил Павел Невский. Потом Анна Невская ответила Невскому.",
			"person: Анна Невская; person: Павел Невский = Невский",
		},
		{
			"given name and patronymic", "ru", "Сергей Петрович Орлов приехал утром. Сергей Петрович устал.",
			"person: Сергей Петрович Орлов = Сергей Петрович",
		},
		{
			"adjectival surnames decline", "pl", "Minister Jan Zielewski odmówił. Pytano Zielewskiego dwa razy.",
			"person: Jan Zielewski = Zielewski",
		},
		{
			"foreign names take an apostrophe", "pl", "Przyjechał Jeremy Lake. Ludzie słuchali Jeremy'ego Lake'a.",
			"person: Jeremy Lake",
		},
		{
			"surnames in -enka", "be", "Выступіў Алесь Раманенка. З Раманенкам гутарылі.",
			"person: Алесь Раманенка = Раманенка",
		},
		{
			"nouns have capitals, names follow given names", "de", "Der Minister traf am Montag Anna Berg in Berlin. Die Brücke blieb zu.",
			"person: Anna Berg; place: Berlin",
		},
		{
			"particles belong to the name", "de", "Das sagte Karl von der Heide. Der Rat schwieg.",
			"person: Karl von der Heide",
		},
		{
			"articles and prepositions are no names", "fr", "Le ministre Jean Moreau a parlé à Paris. Il a quitté la France.",
			"person: Jean Moreau; place: France; place: Paris",
		},
		{
			"two surnames", "es", "Lo dijo la ministra Ana López Vega en Madrid. López Vega viaja a España.",
			"person: Ana López Vega = López Vega; place: España; place: Madrid",
		},
	}
	for _, test := range tests {
		if got := strings.Join(read(test.text, test.lang), "; "); got != test.want {
			t.Errorf("%s (%s):\n got %s\nwant %s", test.why, test.lang, got, test.want)
		}
	}
}

func TestDescriptionsOfNamedEntities(t *testing.T) {
	tests := []struct{ why, lang, text, entity, description string }{
		{"a role that was named", "en", "The governor Maria Lind opened the bridge. The governor said it was safe.", "Maria Lind", "The governor"},
		{"an organisation of that kind", "en", "The River Institute warned of floods. The institute asked for help.", "River Institute", "The institute"},
		{"offices that texts exchange", "uk", "Про це розповів керівник служби Андрій Лісовий. Ексголова не уточнив деталей.", "Андрій Лісовий", "Ексголова"},
	}
	for _, test := range tests {
		a := document(test.text, test.lang)
		(&Stage{}).Run(a)
		found := false
		for _, m := range a.Mentions {
			found = found || a.Entities[m.Entity].Name == test.entity && m.In(test.text) == test.description
		}
		if !found {
			t.Errorf("%s: %q does not stand for %s", test.why, test.description, test.entity)
		}
	}
}

func TestTypesAndGender(t *testing.T) {
	a := document("Mrs Lind thanked the Ministry of Rivers. Anna Berg and Peter Holm agreed.", "en")
	(&Stage{}).Run(a)
	want := map[string]string{"Lind": "person Fem", "Ministry of Rivers": "organization ", "Anna Berg": "person Fem", "Peter Holm": "person Masc"}
	for _, e := range a.Entities {
		if w, ok := want[e.Name]; ok {
			if got := string(e.Type) + " " + e.Gender; got != w {
				t.Errorf("%s is %s, want %s", e.Name, got, w)
			}
			delete(want, e.Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}

// Only the article's own blocks have mentions.
func TestBoilerplateIsLeftOut(t *testing.T) {
	a := document("Anna Berg spoke.\nMore by Peter Holm", "en")
	a.Document.Blocks[1].Role = hearsay.RoleBoilerplate
	(&Stage{}).Run(a)
	for _, m := range a.Mentions {
		if m.Start > a.Document.Blocks[0].End {
			t.Errorf("a mention in boilerplate: %s", m.In(a.Document.Text))
		}
	}
}

// check holds mentions and entities to what later stages rely on.
func check(a *hearsay.Analysis) error {
	for i, m := range a.Mentions {
		switch {
		case m.Start < 0 || m.End > len(a.Document.Text) || m.Start >= m.End:
			return fmt.Errorf("mention %d spans %v", i, m.Span)
		case !m.Contains(m.Head):
			return fmt.Errorf("mention %v does not contain its head %v", m.Span, m.Head)
		case m.Entity < 0 || m.Entity >= len(a.Entities):
			return fmt.Errorf("mention %d of entity %d", i, m.Entity)
		case i > 0 && m.Start < a.Mentions[i-1].Start:
			return fmt.Errorf("mention %d out of order", i)
		}
	}
	for i, e := range a.Entities {
		if e.Name == "" || len(e.Forms) == 0 || len(e.Mentions) == 0 {
			return fmt.Errorf("entity %d is %+v", i, e)
		}
	}
	return nil
}

func TestAnyTextGivesSoundMentions(t *testing.T) {
	words := []string{"Anna", "Berg", "Holm", "the", "minister", "of", "Kyiv", "Київ", "сказав", "Петренком", "«", "»", "(", ")", "ISR", ",", ".", "-", "'s", "von", "de", "J.", "\n", "Україна", "уряд"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(t, "words"), " ")
		a := document(text, rapid.SampledFrom(append(languages, "und", "cs")).Draw(t, "language"))
		(&Stage{}).Run(a)
		if err := check(a); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

func FuzzRun(f *testing.F) {
	f.Add("The minister Anna Berg (ISR) said.", "en")
	f.Add("Міністр Іван Петренко — з Києва.", "uk")
	f.Add("J.-P. de l’Eau\xff", "fr")
	f.Fuzz(func(t *testing.T, text, lang string) {
		a := document(text, lang)
		(&Stage{}).Run(a)
		if err := check(a); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzLoadModel(f *testing.F) {
	f.Add([]byte("HEARSAY\x01"))
	f.Fuzz(func(_ *testing.T, b []byte) { _, _ = LoadModel(b) })
}

func BenchmarkRun(b *testing.B) {
	text := strings.Repeat("The country's President Anna Berg met Peter Holm in Warsaw. Berg said the Ministry of Rivers (MR) had asked for help. The minister left.\n", 40)
	a := document(text, "en")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		(&Stage{}).Run(a)
	}
}
