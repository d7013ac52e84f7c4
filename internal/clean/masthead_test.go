package clean

import (
	"strings"
	"testing"

	"hearsay"
)

const (
	enBody = "The island council met on Monday and spoke for three hours about the ferry. Nobody wrote down what was said."
	plBody = "Rada wyspy obradowała w poniedziałek przez trzy godziny. Nikt nie spisał tego, co powiedziano."
	ukBody = "Рада острова засідала в понеділок три години. Ніхто не записав того, що казали."
	ruBody = "Совет острова заседал в понедельник три часа. Никто не записал того, что говорили."
	beBody = "Рада вострава засядала ў панядзелак тры гадзіны. Ніхто не запісаў таго, што казалі."
	deBody = "Der Rat der Insel tagte am Montag drei Stunden lang. Niemand schrieb auf, was gesagt wurde."
	frBody = "Le conseil de l'île a siégé lundi pendant trois heures. Personne n'a noté ce qui a été dit."
	esBody = "El consejo de la isla se reunió el lunes durante tres horas. Nadie anotó lo que se dijo."
)

// The lines around the headline name outlet, day and author; the headline is the line that they lead to.
func TestMasthead(t *testing.T) {
	for _, c := range []struct {
		why, lang, text string
		want            hearsay.Document
	}{
		{
			"name and day in one line above the headline", "de", "Küstenzeitung vom 19. März 2024\n\nFähre der Insel bleibt im Hafen\n\n" + deBody,
			hearsay.Document{Title: "Fähre der Insel bleibt im Hafen", Outlet: "Küstenzeitung", Published: "2024-03-19"},
		},
		{
			"with the time of day", "pl", "Głos Wyspy, 19 marca 2024, 12:10\n\nProm zostaje w porcie\n\n" + plBody,
			hearsay.Document{Title: "Prom zostaje w porcie", Outlet: "Głos Wyspy", Published: "2024-03-19"},
		},
		{
			"a name of any two words, for the time of day tells that no place is meant", "pl", "Nasza Wyspa, 19 marca 2024, 12:10\n\nProm zostaje w porcie\n\n" + plBody,
			hearsay.Document{Title: "Prom zostaje w porcie", Outlet: "Nasza Wyspa", Published: "2024-03-19"},
		},
		{
			"name, section, author and day, each in a line", "en", "The Lowland Herald\nANALYSIS\nBy Anna Berg\n22 March 2024\n\nWhy nobody wants the ferry\n\n" + enBody,
			hearsay.Document{Title: "Why nobody wants the ferry", Outlet: "The Lowland Herald", Published: "2024-03-22", Byline: []string{"Anna Berg"}},
		},
		{
			"a lone word, then the day", "be", "Прыстань\n14 сакавіка 2024 г.\n\nПаром застаецца ў порце\n\n" + beBody,
			hearsay.Document{Title: "Паром застаецца ў порце", Outlet: "Прыстань", Published: "2024-03-14"},
		},
		{
			"two words, then the day with the time", "uk", "Нічний берег\n20 березня 2024, 11:35\n\nПором лишається в порту\n\n" + ukBody,
			hearsay.Document{Title: "Пором лишається в порту", Outlet: "Нічний берег", Published: "2024-03-20"},
		},
		{
			"below the headline, parted by a stroke", "uk", "Пором лишається в порту: рада чекає\n\nНічний берег | 13.03.2024 19:40\n\n" + ukBody + "\n\n" + ukBody,
			hearsay.Document{Title: "Пором лишається в порту: рада чекає", Outlet: "Нічний берег", Published: "2024-03-13"},
		},
		{
			"below the headline, a lone word that the text has nowhere else", "ru", "Паром остаётся в порту: совет ждёт\n\nПричал, 13 марта 2024\n\n" + ruBody + "\n\n" + ruBody,
			hearsay.Document{Title: "Паром остаётся в порту: совет ждёт", Outlet: "Причал", Published: "2024-03-13"},
		},
		{
			"the newsroom signs", "es", "El ferri se queda en el puerto\n\n16 de marzo de 2024. Redacción de Orilla Norte\n\n" + esBody + "\n\n" + esBody,
			hearsay.Document{Title: "El ferri se queda en el puerto", Outlet: "Orilla Norte", Published: "2024-03-16"},
		},
		{
			"the name alone, in a word that outlets have, above the headline", "fr", "Le Courrier de Valmont\n\nLe ferry reste à quai\n\n" + frBody,
			hearsay.Document{Title: "Le ferry reste à quai", Outlet: "Le Courrier de Valmont"},
		},
		{
			"a Markdown heading is the headline, and the sign is no part of it", "en", "# The ferry stays\n\nHarbour Office, 18 March 2024\n\n" + enBody + "\n\n## What comes next\n\n" + enBody,
			hearsay.Document{Title: "The ferry stays", Published: "2024-03-18"},
		},
		{
			"front matter, headline below", "es", "---\ntitle: \"El ferri se queda\"\nauthor: Ana Vidal\ndate: 2024-03-15\noutlet: La Orilla\n---\n\n# El ferri se queda\n\n" + esBody,
			hearsay.Document{Title: "El ferri se queda", Byline: []string{"Ana Vidal"}, Published: "2024-03-15", Outlet: "La Orilla"},
		},
		{
			"front matter that alone has the headline; a list of authors; the source is an address", "en",
			"---\ntitle: The ferry stays\nauthors:\n  - Anna Berg\n  - name: Tom Reed\npublished: 2024-03-15T08:00:00Z\nsource: https://www.lowland.test/ferry\ntags: [ferry, harbour]\n---\n" + enBody,
			hearsay.Document{Title: "The ferry stays", Byline: []string{"Anna Berg", "Tom Reed"}, Published: "2024-03-15T08:00:00Z", Outlet: "lowland.test"},
		},
	} {
		doc := hearsay.Document{Text: c.text, Language: c.lang}
		var said Meta
		doc.Blocks, said = Text(doc.Text, doc.Language)
		said.Fill(&doc)
		whole(t, doc.Text, doc.Blocks)
		Metadata(&doc)
		if doc.Title != c.want.Title || doc.Outlet != c.want.Outlet || doc.Published != c.want.Published || strings.Join(doc.Byline, "+") != strings.Join(c.want.Byline, "+") {
			t.Errorf("%s: title %q, outlet %q, published %q, byline %q; want %q, %q, %q, %q", c.why, doc.Title, doc.Outlet, doc.Published, doc.Byline,
				c.want.Title, c.want.Outlet, c.want.Published, c.want.Byline)
		}
		titled := 0
		for _, b := range doc.Blocks {
			if b.Role == hearsay.RoleTitle {
				titled++
				if b.In(doc.Text) != c.want.Title {
					t.Errorf("%s: the title's block is %q", c.why, b.In(doc.Text))
				}
			}
			if b.Role.Article() && (b.In(doc.Text) == c.want.Outlet || strings.HasPrefix(b.In(doc.Text), "#")) {
				t.Errorf("%s: %s: %q", c.why, b.Role, b.In(doc.Text))
			}
		}
		if titled != 1 {
			t.Errorf("%s: %d blocks are titles", c.why, titled)
		}
	}
}

// A headline of few words is no outlet, and a place or a person before a day is none either.
func TestNoMasthead(t *testing.T) {
	for _, c := range []struct{ why, lang, text, title string }{
		{"headline, day, article", "uk", "Порт Лундри працює\n\n12 серпня 2022\n\n" + ukBody + "\n\n" + ukBody, "Порт Лундри працює"},
		{"headline and day without blank line, then the article at once", "en", "Ferry stays\n12 August 2022\n\n" + enBody, "Ferry stays"},
		{"headline and a second headline", "en", "Ferry stays in harbour\n\nNobody knows until when\n\n" + enBody, "Ferry stays in harbour"},
		{"place and day, as in a press release", "de", "Fähre bleibt im Hafen\n\nNorderhafen, 12. August 2022\n\nIn Norderhafen blieb es still. " + deBody + "\n\n" + deBody, "Fähre bleibt im Hafen"},
		{"a capital and a day", "fr", "Le ferry reste à quai\n\nParis, 12 août 2022\n\n" + frBody + "\n\n" + frBody, "Le ferry reste à quai"},
		{"author and day", "en", "Ferry stays in harbour\n\nAnna Berg, 12 August 2022\n\n" + enBody + "\n\n" + enBody, "Ferry stays in harbour"},
		{"a headline with a day at its end", "en", "What we know of the flood of 12 March 2024\n\n" + enBody + "\n\n" + enBody, "What we know of the flood of 12 March 2024"},
		{"a rule of hyphens is no front matter", "en", "---\n\nFerry stays in harbour\n\n---\n\n" + enBody + "\n\n" + enBody, "Ferry stays in harbour"},
		{"weekday before the day", "ru", "Паром остаётся в порту\n\nПонедельник, 13 марта 2024\n\n" + ruBody + "\n\n" + ruBody, "Паром остаётся в порту"},
	} {
		doc := hearsay.Document{Text: c.text, Language: c.lang}
		var said Meta
		doc.Blocks, said = Text(doc.Text, doc.Language)
		said.Fill(&doc)
		whole(t, doc.Text, doc.Blocks)
		Metadata(&doc)
		if doc.Title != c.title || doc.Outlet != "" {
			t.Errorf("%s: title %q, outlet %q", c.why, doc.Title, doc.Outlet)
		}
	}
}
