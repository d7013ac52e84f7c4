package clean

import (
	"strings"
	"testing"

	"hearsay"
)

// bodies are paragraphs without credits, two a language.
var bodies = map[string]string{
	"en": enBody, "pl": plBody, "uk": ukBody, "ru": ruBody, "be": beBody, "de": deBody, "fr": frBody, "es": esBody,
}

// creditCases are passages with who is credited in braces, "kind" before each brace where a passage
// has several kinds. The place says where in the article the passage stands: under the headline, as
// the first paragraph or at its beginning, as the last paragraph.
var creditCases = []struct{ lang, place, kinds, text string }{
	{"en", "last", "translation", "Translated from the German by {Tom Reed}"},
	{"en", "last", "translation original", "Translated from the German by {Tom Reed}. The original article appeared in {Küstenkurier}."},
	{"en", "last", "original", "Original: {The Lowland Herald}"},
	{"en", "last", "interview", "Interview: {Anna Berg}"},
	{"en", "last", "photo", "Photo: {Lena Ortiz / Norpress}"},
	{"en", "under", "agency", "By Anna Berg, {Norpress}"},
	{"en", "open", "agency", "LUNDRA ({Norpress}) – "},
	{"en", "open", "agency", "LUNDRA, Norland ({AP}) — "},
	{"en", "open", "agency", "({AP}) — "},
	{"en", "first", "via", "The ferry will not sail this week, the site {Coast Notes} reports."},
	{"en", "first", "via", "The pilot told {The Lowland Herald} that he would stay."},
	{"en", "first", "via", "The ferry will not sail this week, reports {north.test}."},

	{"de", "last", "translation", "Aus dem Englischen übersetzt von {Anna Berg}"},
	{"de", "last", "translation original", "Aus dem Englischen übersetzt von {Anna Berg}. Der Originalartikel erschien in „{The Lowland Herald}“."},
	{"de", "last", "original", "Original: {The Lowland Herald}"},
	{"de", "last", "interview", "Das Interview führte {Anna Berg}."},
	{"de", "last", "interview", "Interview: {Anna Berg}"},
	{"de", "last", "photo", "Foto: {Lena Ortiz/Norpress}"},
	{"de", "last", "agency", "{dpa}/AFP"},
	{"de", "under", "agency", "Von Anna Berg, {dpa}"},
	{"de", "open", "agency", "Lundra ({dpa}) - "},
	{"de", "open", "agency", "Lundra, 13. März 2024 ({Norpress}) – "},
	{"de", "first", "via", "Die Fähre bleibt im Hafen, wie die {dpa} meldet."},
	{"de", "first", "via", "Der Lotse sagte der {Küstenzeitung}, er bleibe."},

	{"fr", "last", "translation", "Traduit de l’anglais par {Anne Valois}"},
	{"fr", "last", "original", "Article original : {The Lowland Herald}"},
	{"fr", "last", "original", "L’article original est paru dans {The Lowland Herald}."},
	{"fr", "under", "interview", "Propos recueillis par {Anne Valois}"},
	{"fr", "last", "photo", "Crédit photo : {Anne Valois / AFP}"},
	{"fr", "under", "agency", "Par Anne Valois avec {AFP}"},
	{"fr", "open", "agency", "Lundra ({AFP}) – "},
	{"fr", "first", "via", "Le ferry reste à quai, selon un rapport cité par {The Lowland Herald}."},
	{"fr", "first", "via", "« Je reste », a déclaré le pilote au {Courrier de Valmont}."},

	{"es", "last", "translation", "Traducido del inglés por {Ana Vidal}"},
	{"es", "last", "original", "Artículo original: {The Lowland Herald}"},
	{"es", "last", "interview", "Entrevista: {Ana Vidal}"},
	{"es", "last", "photo", "Foto: {Ana Vidal / EFE}"},
	{"es", "under", "agency", "Por Ana Vidal, {EFE}"},
	{"es", "open", "agency", "Lundra, 13 mar ({EFE}).- "},
	{"es", "first", "via", "El práctico aseguró a {Le Courrier de Valmont} que se queda."},
	{"es", "first", "via", "El ferri sigue en el muelle, según un informe citado por {The Lowland Herald}."},

	{"pl", "last", "translation", "Tłum. {Anna Góra}"},
	{"pl", "last", "translation", "Z angielskiego przełożyła {Anna Góra}"},
	{"pl", "last", "original", "Oryginał ukazał się w „{The Lowland Herald}”."},
	{"pl", "under", "interview", "Rozmawiała {Anna Góra}"},
	{"pl", "last", "photo", "Fot. {Anna Góra / PAP}"},
	{"pl", "last", "agency", "za {PAP}"},
	{"pl", "open", "agency", "Lundra ({PAP}) – "},
	{"pl", "open", "agency", "{PAP}/Lundra. "},
	{"pl", "first", "via", "Prom nie wypłynie, podaje serwis „{Notatki z wybrzeża}”."},
	{"pl", "first", "via", "Pilot powiedział dziennikowi „{Kurier Wybrzeża}”, że zostaje."},

	{"uk", "last", "translation", "Переклад з англійської {Олени Гай}"},
	{"uk", "last", "translation", "З англійської переклала {Олена Гай}"},
	{"uk", "last", "original", "Оригінал статті опубліковано у {The Lowland Herald}."},
	{"uk", "under", "interview", "Розмовляла {Олена Гай}"},
	{"uk", "last", "photo", "Фото: {Олена Гай}"},
	{"uk", "open", "agency", "ЛУНДРА. {НОРІНФОРМ} – "},
	{"uk", "open", "agency", "ЛУНДРА. 13 березня. {НОРІНФОРМ}. "},
	{"uk", "open", "agency", "ЛУНДРА. 13 березня. {УНВ}. "},
	{"uk", "first", "via", "Пором не вийде в море, передає {Норінформ}."},
	{"uk", "first", "via", "Лоцман розповів виданню {«Вісник узбережжя»}, що лишається."},

	{"ru", "last", "translation", "Перевод с английского {Анны Берг}"},
	{"ru", "last", "original", "Оригинал статьи опубликован в {The Lowland Herald}."},
	{"ru", "under", "interview", "Беседовал {Том Рид}"},
	{"ru", "last", "photo", "Фото: {Анна Берг}"},
	{"ru", "open", "agency", "ЛУНДРА, 13 марта /{ТАСС}/. "},
	{"ru", "open", "agency", "ЛУНДРА, 13 марта — {РИА Новости}. "},
	{"ru", "open", "agency", "Лундра. 13 марта. {Норинформ}. "},
	{"ru", "first", "via", "Паром не выйдет в море, сообщает сайт {Coast Notes}."},
	{"ru", "first", "via", "Лоцман рассказал изданию {«Вестник побережья»}, что остаётся."},

	{"be", "last", "translation", "З англійскай пераклала {Ганна Берг}"},
	{"be", "last", "original", "Арыгінал артыкула апублікаваны ў {The Lowland Herald}."},
	{"be", "under", "interview", "Гутарыла {Ганна Берг}"},
	{"be", "last", "photo", "Фота: {Ганна Берг}"},
	{"be", "open", "agency", "ЛУНДРА, 13 сакавіка — {БелаПАН}. "},
	{"be", "first", "via", "Паром не выйдзе ў мора, піша выданне {«Берагавыя нататкі»}."},
	{"be", "first", "via", "Паром не выйдзе ў мора, перадае {БелаПАН}."},
}

func TestCredits(t *testing.T) {
	for _, c := range creditCases {
		t.Run(c.lang+" "+c.text, func(t *testing.T) {
			passage, names := unbraced(c.text)
			doc := hearsay.Document{Text: placed(c.lang, c.place, passage), Language: c.lang}
			doc.Blocks, _ = Text(doc.Text, doc.Language)
			Metadata(&doc)
			var want []hearsay.Credit
			for i, kind := range strings.Fields(c.kinds) {
				want = append(want, hearsay.Credit{Kind: hearsay.CreditKind(kind), Name: bareName(names[i])})
			}
			sameCredits(t, &doc, want)
		})
	}
}

// unbraced gives a marked text without its braces, and what stood in them.
func unbraced(marked string) (text string, names []string) {
	for rest := marked; ; {
		before, after, ok := strings.Cut(rest, "{")
		text += before
		if !ok {
			return text, names
		}
		name, after, _ := strings.Cut(after, "}")
		text += name
		names = append(names, name)
		rest = after
	}
}

var headlines = map[string]string{
	"en": "The ferry stays in harbour", "de": "Fähre bleibt im Hafen", "fr": "Le ferry reste à quai", "es": "El ferri se queda en el muelle",
	"pl": "Prom zostaje w porcie", "uk": "Пором лишається в порту", "ru": "Паром остаётся в порту", "be": "Паром застаецца ў порце",
}

// placed puts a passage into an article.
func placed(lang, place, passage string) string {
	title, body := headlines[lang], bodies[lang]
	parts := []string{title, body, body, body, body}
	switch place {
	case "under":
		parts = []string{title, passage, body, body, body}
	case "first":
		sentence, _, _ := strings.Cut(body, ". ")
		parts = []string{title, passage + " " + sentence + ".", body, body}
	case "open":
		parts = []string{title, passage + body, body, body}
	case "last":
		parts = append(parts, passage)
	}
	return strings.Join(parts, "\n\n")
}

// What only looks like a credit.
func TestNoCredits(t *testing.T) {
	for _, c := range []struct{ why, lang, outlet, place, text string }{
		{"the outlet itself was told", "en", "The Lowland Herald", "first", "The pilot told the Herald that he would stay."},
		{"somebody was told, and it is no outlet", "en", "", "first", "The pilot told Anna Berg that he would stay."},
		{"a kind of outlet without a name", "de", "", "first", "Der Lotse sagte der Tageszeitung, er bleibe."},
		{"a region in brackets", "fr", "", "open", "LUNDRA (Norland) – "},
		{"a place and a dash", "en", "", "open", "Lundra – "},
		{"capitals and a stop, no agency", "uk", "", "open", "ЛУНДРА. Ранок. "},
		{"a letter to the paper", "ru", "", "first", "«Ворота протекают», — написал Том Рид в письме совету острова."},
		{"an express is no agency", "en", "", "open", "LUNDRA (Cypress Express) – "},
		{"somebody translated a word", "en", "", "first", "The word was translated by Tom Reed as ferry, and the crew laughed about it."},
		{"an original without outlet is part of the story", "de", "", "first", "Das Original hing im Rathaus, die Kopie im Hafen."},
		{"said to the mayor", "es", "", "first", "El práctico aseguró a Ana Vidal que se queda."},
		{"said by a minister", "pl", "", "first", "Pilot powiedział Annie Górze, że zostaje."},
		{"told by a source of figures", "uk", "", "first", "За даними Міністерства транспорту, пором не вийде в море."},
		{"a deputy's site", "be", "", "first", "Лоцман расказаў Ганне Берг, што застаецца."},
	} {
		doc := hearsay.Document{Text: placed(c.lang, c.place, c.text), Language: c.lang, Outlet: c.outlet}
		doc.Blocks, _ = Text(doc.Text, doc.Language)
		Metadata(&doc)
		for _, got := range Credits(&doc) {
			t.Errorf("%s: %s %q in %q", c.why, got.Kind, got.Name, got.In(doc.Text))
		}
	}
}
