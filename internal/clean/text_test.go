package clean

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// articles are invented pages as a scraper leaves them. Every line opens with the role that it
// must get; a line that opens with a stroke continues the paragraph above (hard-wrapped).
var articles = []struct {
	why, lang, page string
	text            string // filled from page
	credits         []hearsay.Credit
	want            hearsay.Document
}{
	{
		why: "breadcrumbs, repeated headline, translation credit, subscription lines, comment form", lang: "en",
		page: `
boilerplate: Home » Region » Will the Lundra ferry sail again before winter?
title: Will the Lundra ferry sail again before winter?

title: Will the Lundra ferry sail again before winter?

boilerplate: This material is also available in Polish – – –

byline: By Anna Berg, Harbour correspondent
byline: Published: 12 August 2022

lede: The island has been without a ferry for eleven days, and the council wants an answer.

caption: In the photo: the ferry Selma at its pier (Image: AP / Reuters)

body: “We have asked the ministry three times,” said Tom Reed, who chairs the island council. “Nobody has written back.”

heading: No answer from the ministry

body: The ministry told reporters that the ship would be repaired by September. It gave no reason for the delay.

boilerplate: Read also: Fishermen of Lundra block the road

body: According to the harbour master, two of the engines need new parts.

credit: Translation LK

credit: LK has the exclusive right to translate and publish the Northern Council columns. Republishing the full text is prohibited.

credit: Original

boilerplate: Join our telegram channel Views of LK

boilerplate: Subscribe to our daily newsletter
boilerplate: materials section Essays

boilerplate: What our authors think about the week, every Friday – – –

boilerplate: Follow us on Facebook and Telegram.

boilerplate: Leave a Comment

boilerplate: This site uses Akismet to reduce spam. Learn how your data is processed.
`,
		credits: []hearsay.Credit{
			{Kind: "photo", Name: "AP / Reuters"},
			{Kind: "translation", Name: "LK"},
			{Kind: "original", Name: "Northern Council"},
			{Kind: "original"},
		},
		want: hearsay.Document{Title: "Will the Lundra ferry sail again before winter?", Byline: []string{"Anna Berg"}, Published: "2022-08-12"},
	},
	{
		why: "a picture credit stuck to the caption, a link with arrows, teasers of other stories to the end", lang: "en",
		page: `
title: Norland. Ostmark. What the two presidents said about the dam

body: The presidents of Norland and Ostmark met on Monday and spoke for three hours about the dam on the upper river, officials of both countries said. Neither side showed the paper that they had signed. Observers had expected a longer meeting and a statement to the press afterwards, but the visitors left before the evening.

boilerplate: A short meeting, long faces. Three pictures from the palace >>>

caption: Mila Horvat and Jan DresslerEPA / AFP / LENA ORTIZ

heading: Water for the ‘lower valleys’

body: “We shall open the gates in spring,” Mila Horvat said on Tuesday.

caption: Mila Horvat at the dam palace.test

body: – Nobody has shown us a plan, Jan Dressler replied. – We are waiting for it.

credit: Main image source: EPA / AFP / LENA ORTIZ

boilerplate: Leave a Reply

boilerplate: Your email address will not be published. Required fields are marked *

boilerplate: You May Also Like

boilerplate: “The plan works.” An engineer warns and remembers the flood

boilerplate: Dana Ruiz is an engineer and the author of…

boilerplate: One sign of tiredness that most people do not know

boilerplate: What a lack of sleep does to the heart A group of doctors from the…
`,
		credits: []hearsay.Credit{
			{Kind: "photo", Name: "EPA / AFP / LENA ORTIZ"},
			{Kind: "photo", Name: "palace.test"},
			{Kind: "photo", Name: "EPA / AFP / LENA ORTIZ"},
		},
		want: hearsay.Document{Title: "Norland. Ostmark. What the two presidents said about the dam"},
	},
	{
		why: "one sentence a line and no blank lines: the first line is the headline, all others stay", lang: "uk",
		page: `
title: Пором не вийде в море: рада острова чекає на відповідь
body: Рада острова Лундра три тижні чекає на відповідь міністерства.
body: Про це в ексклюзивному інтерв’ю Берег.ua розповів капітан Олесь Гай.
body: “Ми писали тричі”, – зазначив він.
body: За його словами, два двигуни потребують ремонту.
body: Про це повідомляє Укрінформ із посиланням на пресслужбу порту.
`,
		credits: []hearsay.Credit{
			{Kind: "interview", Name: "Берег.ua"},
			{Kind: "via", Name: "Укрінформ"},
		},
		want: hearsay.Document{Title: "Пором не вийде в море: рада острова чекає на відповідь"},
	},
	{
		why: "author and source in brackets under the text, then a lone full stop and a heading of teasers", lang: "en",
		page: `
title: The dam divides the valley

title: The dam divides the valley

caption: A view over the dam and the old bridge
caption: In the photo: the dam of Ostmark (Image: Reuters)

lede: The valley has talked of nothing else since March.

body: The engineers see no danger. The farmers do.

body: Nobody wants to say so aloud, and the ministry keeps silent about it, as it did last year.

credit: Minh Tran (According to “Coast Review” Norland)

boilerplate: .

boilerplate: Related Posts
`,
		credits: []hearsay.Credit{
			{Kind: "photo", Name: "Reuters"},
			{Kind: "original", Name: "Coast Review"},
		},
		want: hearsay.Document{Title: "The dam divides the valley", Byline: []string{"Minh Tran"}},
	},
	{
		why: "an agency's wire, hard-wrapped", lang: "en",
		page: `
title: Ferry strike in Norland ends after eleven days

body: LUNDRA, Aug 12 2022 (Reuters) - The crews of the island ferry returned to
| work on Friday after the council and the ministry had agreed on higher pay,
| a union official said on the pier of the old harbour in the morning.

body: The ministry did not answer questions about the agreement, which both of
| the sides had wanted to keep to themselves until the end of the month,
| when the council meets.
`,
		credits: []hearsay.Credit{{Kind: "agency", Name: "Reuters"}},
		want:    hearsay.Document{Title: "Ferry strike in Norland ends after eleven days", Dateline: "LUNDRA, Aug 12 2022 (Reuters)", Published: "2022-08-12"},
	},
	{
		why: "Ukrainian frame around the article", lang: "uk",
		page: `
boilerplate: Головна » Новини » Порт Лундри знову працює
title: Порт Лундри знову працює

byline: Автор: Олена Гай
byline: Опубліковано: 12 серпня 2022

body: Порт відкрили в понеділок. «Працюємо як завжди», — сказала очільниця порту Мар’яна Ковт. Перше судно прийшло вранці, друге чекають до вечора, а розклад на тиждень іще складають.

boilerplate: Читайте також: Рибалки перекрили дорогу

body: У міністерстві підтвердили, що ремонт триватиме до осені.

body: Пором вийде в море у вівторок, передає Укрінформ.

credit: Джерело: Вісник узбережжя

credit: Фото: Олена Гай

boilerplate: Якщо ви помітили помилку, виділіть її та натисніть Ctrl+Enter

boilerplate: Підписуйтесь на наш канал у Telegram

boilerplate: Залишити коментар
`,
		credits: []hearsay.Credit{
			{Kind: "via", Name: "Укрінформ"},
			{Kind: "original", Name: "Вісник узбережжя"},
			{Kind: "photo", Name: "Олена Гай"},
		},
		want: hearsay.Document{Title: "Порт Лундри знову працює", Byline: []string{"Олена Гай"}, Published: "2022-08-12"},
	},
	{
		why: "Russian frame around the article", lang: "ru",
		page: `
title: Порт Лундры снова работает

byline: 12 августа 2022, 14:30

body: ЛУНДРА, 12 августа (Интерфакс) — Порт открыли в понедельник. «Работаем как обычно», — сказала глава порта Марьяна Ковт.

body: В министерстве подтвердили, что ремонт продлится до осени, пишет газета со ссылкой на «Вестник побережья».

credit: Перевод: Анна Берг

boilerplate: Материалы по теме

boilerplate: Рыбаки перекрыли дорогу

boilerplate: Почему молчит министерство

boilerplate: © 2024 Вестник побережья. Все права защищены.
`,
		credits: []hearsay.Credit{
			{Kind: "agency", Name: "Интерфакс"},
			{Kind: "via", Name: "Вестник побережья"},
			{Kind: "translation", Name: "Анна Берг"},
		},
		want: hearsay.Document{Title: "Порт Лундры снова работает", Published: "2022-08-12", Dateline: "ЛУНДРА, 12 августа (Интерфакс)"},
	},
	{
		why: "Belarusian frame around the article", lang: "be",
		page: `
title: Порт Лундры зноў працуе

caption: На фота: стары паром каля прычала

body: Порт адкрылі ў панядзелак. «Працуем як звычайна», — сказала кіраўніца порта Мар’яна Коўт. Першае судна прыйшло раніцай, другое чакаюць да вечара, расклад на тыдзень яшчэ складаюць.

body: Паром выйдзе ў мора ў аўторак, паведамляе БелаПАН.

credit: Крыніца: Веснік узбярэжжа

boilerplate: Чытайце таксама: Рыбакі перакрылі дарогу

boilerplate: Падпісвайцеся на наш канал у Telegram
`,
		credits: []hearsay.Credit{
			{Kind: "via", Name: "БелаПАН"},
			{Kind: "original", Name: "Веснік узбярэжжа"},
		},
		want: hearsay.Document{Title: "Порт Лундры зноў працуе"},
	},
	{
		why: "Polish frame around the article", lang: "pl",
		page: `
boilerplate: Strona główna » Świat » Port w Lundrze znów działa
title: Port w Lundrze znów działa

byline: Autor: Anna Góra

lede: Port otwarto w poniedziałek, pierwszy statek przypłynął rano.

body: – Pracujemy jak zwykle – powiedziała szefowa portu Marianna Kowt. – Rozkład będzie gotowy do końca tygodnia, a drugi statek ma przypłynąć dziś wieczorem, jeśli pozwoli na to pogoda.

body: Prom wypłynie we wtorek (za PAP).

credit: Źródło: Kurier Wybrzeża

credit: Fot. Anna Góra / PAP

boilerplate: Czytaj też: Rybacy zablokowali drogę

boilerplate: Dodaj komentarz
`,
		credits: []hearsay.Credit{
			{Kind: "agency", Name: "PAP"},
			{Kind: "original", Name: "Kurier Wybrzeża"},
			{Kind: "photo", Name: "Anna Góra / PAP"},
		},
		want: hearsay.Document{Title: "Port w Lundrze znów działa", Byline: []string{"Anna Góra"}},
	},
	{
		why: "German frame around the article", lang: "de",
		page: `
title: Hafen von Lundra wieder offen

byline: Von Anna Berg und Tom Reed, Norderhafen

lede: Seit Montag legen wieder Schiffe an, das erste kam am Morgen.

caption: Im Bild: die alte Fähre am Kai

body: „Wir arbeiten wie immer“, sagte Hafenchefin Marianne Kowt. Der Fahrplan für die Woche soll bald fertig sein, das zweite Schiff wird am Abend erwartet, wenn das Wetter hält.

boilerplate: Lesen Sie auch: Fischer sperren die Straße

body: Die Fähre fährt am Dienstag. (abc/dpa)

credit: Quelle: dpa

boilerplate: Das könnte Sie auch interessieren

boilerplate: Warum das Ministerium schweigt
`,
		credits: []hearsay.Credit{
			{Kind: "agency", Name: "dpa"},
			{Kind: "agency", Name: "dpa"},
		},
		want: hearsay.Document{Title: "Hafen von Lundra wieder offen", Byline: []string{"Anna Berg", "Tom Reed"}},
	},
	{
		why: "French frame around the article", lang: "fr",
		page: `
title: Le port de Lundra rouvre

byline: Par Anne Valois, à Norderhafen
byline: Publié le 12 août 2022

lede: Le port a rouvert lundi, un premier navire est arrivé le matin.

body: « Nous travaillons comme toujours », a déclaré la directrice du port, Marianne Kovt. Le calendrier de la semaine est presque prêt, et un second navire est attendu dans la soirée si le temps le permet.

boilerplate: À lire aussi : Les pêcheurs bloquent la route

body: Le ferry partira mardi (avec AFP).

credit: Crédit photo : Anne Valois / AFP

boilerplate: Laisser un commentaire

boilerplate: Votre adresse e-mail ne sera pas publiée.
`,
		credits: []hearsay.Credit{
			{Kind: "agency", Name: "AFP"},
			{Kind: "photo", Name: "Anne Valois / AFP"},
		},
		want: hearsay.Document{Title: "Le port de Lundra rouvre", Byline: []string{"Anne Valois"}, Published: "2022-08-12"},
	},
	{
		why: "Spanish frame around the article", lang: "es",
		page: `
boilerplate: Inicio » Mundo » El puerto de Lundra reabre
title: El puerto de Lundra reabre

byline: Por Ana Vidal
byline: Publicado el 12 de agosto de 2022

lede: El puerto reabrió el lunes y el primer barco llegó por la mañana.

body: «Trabajamos como siempre», dijo la directora del puerto, Mariana Kovt. El horario de la semana está casi listo y se espera un segundo barco por la tarde si el tiempo lo permite.

body: El ferri saldrá el martes, con información de EFE.

credit: Fuente: El Correo de la Costa

boilerplate: Te puede interesar

boilerplate: Por qué calla el ministerio

boilerplate: © 2024 El Correo. Todos los derechos reservados.
`,
		credits: []hearsay.Credit{
			{Kind: "agency", Name: "EFE"},
			{Kind: "original", Name: "El Correo de la Costa"},
		},
		want: hearsay.Document{Title: "El puerto de Lundra reabre", Byline: []string{"Ana Vidal"}, Published: "2022-08-12"},
	},
}

func init() {
	for i := range articles {
		var b strings.Builder
		for l := range strings.Lines(strings.TrimPrefix(articles[i].page, "\n")) {
			if _, rest, ok := strings.Cut(l, ": "); ok {
				l = rest
			}
			b.WriteString(strings.TrimPrefix(l, "| "))
		}
		articles[i].text = b.String()
	}
}

// rolesOf gives the roles that an article's page demands, one a paragraph.
func rolesOf(page string) (roles []string) {
	for l := range strings.Lines(page) {
		if role, _, ok := strings.Cut(l, ": "); ok && !strings.HasPrefix(l, "|") {
			roles = append(roles, role)
		}
	}
	return roles
}

func TestText(t *testing.T) {
	for _, a := range articles {
		t.Run(a.lang+" "+a.why, func(t *testing.T) {
			doc := hearsay.Document{Text: a.text, Language: a.lang}
			doc.Blocks, _ = Text(doc.Text, doc.Language)
			whole(t, doc.Text, doc.Blocks)
			want := rolesOf(a.page)
			if len(doc.Blocks) != len(want) {
				t.Fatalf("%d blocks, want %d", len(doc.Blocks), len(want))
			}
			for i, b := range doc.Blocks {
				if string(b.Role) != want[i] {
					t.Errorf("%s, want %s: %q", b.Role, want[i], b.In(doc.Text))
				}
			}
			Metadata(&doc)
			if doc.Title != a.want.Title || strings.Join(doc.Byline, "+") != strings.Join(a.want.Byline, "+") ||
				doc.Published != a.want.Published || doc.Dateline != a.want.Dateline {
				t.Errorf("title %q, byline %q, published %q, dateline %q; want %q, %q, %q, %q", doc.Title, doc.Byline, doc.Published,
					doc.Dateline, a.want.Title, a.want.Byline, a.want.Published, a.want.Dateline)
			}
			sameCredits(t, &doc, a.credits)
		})
	}
}

func sameCredits(t *testing.T, doc *hearsay.Document, want []hearsay.Credit) {
	t.Helper()
	got := Credits(doc)
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("no credit %s %q", want[i].Kind, want[i].Name)
		case i >= len(want):
			t.Errorf("credit %s %q in %q is not wanted", got[i].Kind, got[i].Name, got[i].In(doc.Text))
		case got[i].Kind != want[i].Kind || got[i].Name != want[i].Name:
			t.Errorf("credit %s %q in %q, want %s %q", got[i].Kind, got[i].Name, got[i].In(doc.Text), want[i].Kind, want[i].Name)
		case !strings.Contains(doc.Text, got[i].Name):
			t.Errorf("credit's name %q is not in the text", got[i].Name)
		}
	}
}

// whole holds blocks against what the vocabulary promises of them.
func whole(t *testing.T, text string, blocks []hearsay.Block) {
	t.Helper()
	at := 0
	for _, b := range blocks {
		if b.Start < at || b.End <= b.Start || b.End > len(text) {
			t.Fatalf("block %d-%d after %d in a text of %d bytes", b.Start, b.End, at, len(text))
		}
		if strings.TrimSpace(b.In(text)) != b.In(text) {
			t.Fatalf("block has white space around it: %q", b.In(text))
		}
		if strings.TrimSpace(text[at:b.Start]) != "" {
			t.Fatalf("no block covers %q", text[at:b.Start])
		}
		if utf8.ValidString(text) && !utf8.ValidString(b.In(text)) {
			t.Fatalf("block cuts a character: %q", b.In(text))
		}
		at = b.End
	}
	if strings.TrimFunc(text[at:], unicode.IsSpace) != "" {
		t.Fatalf("no block covers %q", text[at:])
	}
}

// What must stay body although it looks like frame.
func TestTextKeepsSpeech(t *testing.T) {
	for _, c := range []struct{ why, lang, text, line string }{
		{"a sentence that opens like a subscription line", "en", "Ferry\n\nThe council met.\n\nShare prices fell by a third in a day, the bank said, and nobody knows why.\n\nThe end came on Monday.", "Share prices fell by a third in a day, the bank said, and nobody knows why."},
		{"a sentence about comments", "en", "Ferry\n\nThe council met.\n\nComments by the minister angered the crew, who left the room.\n\nThe end came on Monday.", "Comments by the minister angered the crew, who left the room."},
		{"related used in a sentence", "en", "Ferry\n\nThe council met.\n\nRelated talks in Norland failed last week.\n\nThe end came on Monday.", "Related talks in Norland failed last week."},
		{"a turn of dialogue", "pl", "Prom\n\nRada obradowała.\n\n– Nie zgadzamy się\n\nKoniec nadszedł w poniedziałek, kiedy wszyscy wyjechali z wyspy.", "– Nie zgadzamy się"},
		{"a source that spoke", "uk", "Пором\n\nРада засідала.\n\nДжерело повідомило, що пором не вийде.\n\nНа цьому все скінчилося.", "Джерело повідомило, що пором не вийде."},
		{"from somebody, in German", "de", "Fähre\n\nDer Rat tagte.\n\nVon Montag an fährt sie wieder.\n\nSo endete es.", "Von Montag an fährt sie wieder."},
		{"a paragraph after an inline teaser", "en", "Ferry\n\nThe council met.\n\nRead also: Fish\n\n“No,” said Tom Reed.\n\nThe end came on Monday.", "“No,” said Tom Reed."},
	} {
		blocks, _ := Text(c.text, c.lang)
		for _, b := range blocks {
			if b.In(c.text) == c.line && !b.Role.Article() {
				t.Errorf("%s: %s: %q", c.why, b.Role, c.line)
			}
		}
	}
}

func TestTextWithoutTitle(t *testing.T) {
	for _, c := range []struct{ why, text string }{
		{"a lone sentence is no headline", "Anna Berg said that nobody had left."},
		{"a text that opens with a dateline", "LUNDRA (Reuters) - The ferry sails.\n\nNobody knows more.\n\nIt is late."},
		{"a long first paragraph", strings.Repeat("The ferry sails and sails. ", 20) + "\n\nIt is late."},
		{"nothing", " \n\t\n"},
	} {
		if _, said := Text(c.text, "en"); said.Title != "" {
			t.Errorf("%s: title %q", c.why, said.Title)
		}
	}
}

func TestLineEnds(t *testing.T) {
	text := "Ferry\r\n\r\nOne.\rTwo.\u2028Three.\u0085Four.\v\fFive."
	blocks, said := Text(text, "en")
	whole(t, text, blocks)
	if said.Title != "Ferry" || len(blocks) != 6 {
		t.Errorf("title %q and %d blocks, want Ferry and 6", said.Title, len(blocks))
	}
}

func TestRefine(t *testing.T) {
	text := "Порт працює\n\nПорт відкрили.\n\nЧитайте також: Рибалки\n\nФото: Олена Гай"
	doc := hearsay.Document{Text: text, Language: "uk"}
	doc.Blocks, _ = Text(text, "uk")
	for i := range doc.Blocks[1:] {
		doc.Blocks[i+1].Role = hearsay.RoleBody
	}
	Refine(&doc)
	for i, want := range []hearsay.Role{"title", "body", "boilerplate", "credit"} {
		if doc.Blocks[i].Role != want {
			t.Errorf("%q is %s, want %s", doc.Blocks[i].In(text), doc.Blocks[i].Role, want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, a := range articles {
		f.Add(a.text, a.lang)
	}
	f.Add("\xff\xfe\n\x00 »»» >>>", "und")
	f.Fuzz(func(t *testing.T, text, lang string) {
		doc := hearsay.Document{Text: text, Language: lang}
		doc.Blocks, _ = Text(text, lang)
		whole(t, text, doc.Blocks)
		Metadata(&doc)
		for _, c := range Credits(&doc) {
			if c.Start < 0 || c.End > len(text) || c.Start >= c.End || !strings.Contains(c.In(text), c.Name) {
				t.Fatalf("credit %+v does not fit the text", c)
			}
			if utf8.ValidString(text) && !utf8.ValidString(c.In(text)) {
				t.Fatalf("credit cuts a character: %q", c.In(text))
			}
		}
	})
}
