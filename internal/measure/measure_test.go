package measure

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/phrase"
)

// Figures stand in ⟦ ⟧, times in ⟪ ⟫. want gives them in text order: a figure as value{low..high}
// unit/what is counted, with ~ where it is rough and .. open where nothing bounds it; a time as from/to.
// Published is Wednesday, 18 May 2022.
type sentence struct{ marked, want string }

var sentences = map[string][]sentence{
	"en": {
		{`See [16] and http://x.org/a_-36069860, ISBN 2266106333, 5446 5038 2220.`, ``},
		{`A wedge between ⟦two⟧ towns, the ⟦six⟧-nation league, a 22nd match.`, `2/towns 6/nation`},
		{`Anna Berg, ⟦41⟧, spoke on Radio 4 in ⟪October last year⟫ and in ⟪Oct. 2017⟫.`, `41year 2021-10-01/2021-10-31 2017-10-01/2017-10-31`},
		{`The vote will be held on ⟪Sunday⟫ and the next on ⟪29 November⟫.`, `2022-05-22/2022-05-22 2022-11-29/2022-11-29`},
		{`He was there on ⟪29 November⟫, in ⟪January⟫ and in the ⟪last years⟫ of the Today programme.`, `2021-11-29/2021-11-29 2022-01-01/2022-01-31 /`},
		{`The quake had a force of ⟦7.1 degrees⟧; it was ⟦-5 °C⟧ then.`, `7.1° -5°C`},
		{`The first half of the match ended.`, ``},
		{"The army has ⟦about 60 thousand⟧ people.", "60000{54000..66000}~/people"},
		{"⟦Almost a third⟧ of the soldiers left.", "33.3333{30..33.3333}~%/soldiers"},
		{"They hold ⟦120 thousand⟧ people near the border.", "120000/people"},
		{"Sanctions cost ⟦$16 billion⟧ and ⟦about $18 billion⟧ was lost.", "16000000000USD 18000000000{16200000000..19800000000}~USD"},
		{"⟦Between 20 and 30⟧ houses burned, ⟦20–30⟧ cars too.", "25{20..30}/houses 25{20..30}/cars"},
		{"⟦More than 1,500⟧ people and ⟦at least 2.5 million euros⟧.", "1500{1500..}~/people 2500000{2500000..}~EUR"},
		{"⟦Two and a half million⟧ voters, ⟦twenty-five⟧ districts, ⟦one hundred and twenty⟧ judges.", "2500000/voters 25/districts 120/judges"},
		{"⟦Dozens⟧ of miners and ⟦tens of thousands⟧ of fans came.", "20{20..99}~/miners 20000{20000..99999}~/fans"},
		{"Turnout was ⟦47.5 per cent⟧, up ⟦3 percentage points⟧.", "47.5% 3pp"},
		{"⟦Two thirds⟧ of the grain, ⟦half a million tonnes⟧.", "66.6667%/grain 500000t"},
		{"The S-400, the F-16, Zapad-2017 and T72 are no figures, nor is 5G.", ""},
		{"See article 5, page 12 and No. 7 of Room 101 or call 555-12-34.", ""},
		{"It ended 3-1 at 18:30, the 43rd time on the 5th day.", ""},
		{"A road of ⟦12 km⟧ and a fence of ⟦up to 3.5 metres⟧.", "12km 3.5{0..3.5}~m"},
		{"In ⟪2014⟫ it began; ⟪2013-2014⟫ was worse, since ⟪May 2015⟫ less.", "2014-01-01/2014-12-31 2013-01-01/2014-12-31 2015-05-01/2015-05-31"},
		{"The gate fell on ⟪Friday⟫ night.", "2022-05-13/2022-05-14"},
		{"He spoke on ⟪Monday, May 16⟫ and ⟪16 May 2021⟫, not ⟪yesterday⟫.", "2022-05-16/2022-05-16 2021-05-16/2021-05-16 2022-05-17/2022-05-17"},
		{"It rose ⟪last month⟫, ⟪three years ago⟫ and ⟪a week ago⟫; she may march.", "2022-04-01/2022-04-30 2019-01-01/2019-12-31 2022-05-09/2022-05-15"},
		{"From ⟪2022-05-01⟫, in the ⟪1990s⟫, and at 5 p.m. on ⟪Friday⟫.", "2022-05-01/2022-05-01 1990-01-01/1999-12-31 2022-05-13/2022-05-13"},
		{"Prices rose from ⟦20⟧ to ⟦30 percent⟧.", "20 30%"},
		{"The number of soldiers is ⟦2000⟧.", "2000/soldiers"},
	},
	"uk": {
		{`Це ⟦900 км2⟧ землі, ⟦110 м⟧ стіни; тисячі й мільйони слів.`, `900km2/землі 110m`},
		{`У другій половині дня, у ⟪жовтні минулого року⟫, кілька років тому і ⟪рік тому⟫.`, `2021-10-01/2021-10-31 2021-01-01/2021-12-31`},
		{`Вибори відбудуться в ⟪неділю⟫, ціни зросли у ⟦два рази⟧ на ⟦90%⟧.`, `2022-05-22/2022-05-22 2times 90%`},
		{"Загинули ⟦близько 1 500⟧ осіб, ⟦понад півтора мільйона⟧ людей виїхали.", "1500{1350..1650}~/осіб 1500000{1500000..}~/людей"},
		{"⟦Майже третина⟧ війська й ⟦дві третини⟧ міста.", "33.3333{30..33.3333}~%/війська 66.6667%/міста"},
		{"Збитки склали ⟦16,5 млрд гривень⟧ та ⟦2 млн 300 тис. доларів⟧.", "16500000000UAH 2300000USD"},
		{"⟦П’ятсот двадцять⟧ солдатів і ⟦120 тисяч⟧ людей.", "520/солдатів 120000/людей"},
		{"⟦Від 20 до 30⟧ осіб, ⟦десятки тисяч⟧ біженців, ⟦15%⟧ виборців.", "25{20..30}/осіб 20000{20000..99999}~/біженців 15%/виборців"},
		{"Стаття 5, ракета С-300, Міг-31, 5-го дня о 18:30.", ""},
		{"У ⟪вівторок⟫ і ⟪минулого тижня⟫, а також ⟪торік⟫ та ⟪два роки тому⟫.", "2022-05-17/2022-05-17 2022-05-09/2022-05-15 2021-01-01/2021-12-31 2020-01-01/2020-12-31"},
		{"⟪16 травня 2022 року⟫ і ⟪12.05.2022⟫ було тихо.", "2022-05-16/2022-05-16 2022-05-12/2022-05-12"},
		{"⟦Пів години⟧ тривав напад, ⟦два з половиною мільйони тонн⟧.", "0.5h 2500000t"},
	},
	"ru": {
		{`Он помог своей семье и нашу семью, на ⟦14-процентном⟧ уровне.`, `14%/уровне`},
		{"Погибли ⟦не менее 1500⟧ человек, ⟦свыше 2,5 млн рублей⟧.", "1500{1500..}~/человек 2500000{2500000..}~RUB"},
		{"⟦Почти половина⟧ жителей, ⟦двести⟧ домов, ⟦до 40 километров⟧.", "50{45..50}~%/жителей 200/домов 40{0..40}~km"},
		{"В ⟪прошлом году⟫, во ⟪вторник⟫ и ⟪16-го мая⟫.", "2021-01-01/2021-12-31 2022-05-17/2022-05-17 2022-05-16/2022-05-16"},
		{"В ⟪1990-х⟫ и с ⟪2014 года⟫.", "1990-01-01/1999-12-31 2014-01-01/2014-12-31"},
		{"Танк Т-72, статья 12, 5-й полк.", ""},
		{"⟦Полтора миллиона рублей⟧ и ⟦5 тыс. рублей⟧.", "1500000RUB 5000RUB"},
	},
	"be": {
		{`Пачатак у 19.00, ня менш за… ⟦не менш за 10⟧ чалавек.`, `10{10..}~/чалавек`},
		{"Загінулі ⟦каля 1500⟧ чалавек, ⟦больш за паўтара мільёна⟧ людзей.", "1500{1350..1650}~/чалавек 1500000{1500000..}~/людзей"},
		{"⟦Амаль траціна⟧ войска, ⟦дваццаць пяць⟧ дамоў, ⟦12 кіламетраў⟧.", "33.3333{30..33.3333}~%/войска 25/дамоў 12km"},
		{"У ⟪панядзелак⟫, ⟪летась⟫ і ⟪16 мая 2022 года⟫.", "2022-05-16/2022-05-16 2021-01-01/2021-12-31 2022-05-16/2022-05-16"},
	},
	"pl": {
		{`W latach ⟪80.⟫ oraz kilka miesięcy temu; ⟪rok temu⟫.`, `1980-01-01/1989-12-31 2021-01-01/2021-12-31`},
		{"Zginęło ⟦około 1500⟧ osób, ⟦ponad dwa tysiące⟧ domów spłonęło.", "1500{1350..1650}~/osób 2000{2000..}~/domów"},
		{"⟦Prawie jedna trzecia⟧ wojska, ⟦półtora miliona⟧ ludzi, ⟦3,5 mld zł⟧.", "33.3333{30..33.3333}~%/wojska 1500000/ludzi 3500000000PLN"},
		{"⟦Kilkadziesiąt⟧ osób i ⟦co najmniej 12 kilometrów⟧.", "20{20..99}~/osób 12{12..}~km"},
		{"W ⟪zeszły wtorek⟫, ⟪wczoraj⟫, ⟪trzy dni temu⟫ i w ⟪2014 roku⟫.", "2022-05-17/2022-05-17 2022-05-17/2022-05-17 2022-05-15/2022-05-15 2014-01-01/2014-12-31"},
		{"Artykuł 5, w 5. dywizji, o godz. 18.", ""},
	},
	"de": {
		{`Im alten 12. Bezirk lebten im ⟪Oktober letzten Jahres⟫ ⟦14-prozentige⟧ Mehrheiten.`, `2021-10-01/2021-10-31 14%/mehrheiten`},
		{"⟦Rund 1.500⟧ Menschen, ⟦zweihundert⟧ Häuser, ⟦zweihundertfünfzigtausend⟧ Soldaten.", "1500{1350..1650}~/menschen 200/häuser 250000/soldaten"},
		{"⟦Fast ein Drittel⟧ der Wähler, ⟦eine halbe Million Euro⟧, ⟦2,5 Millionen Tonnen⟧.", "33.3333{30..33.3333}~%/wähler 500000EUR 2500000t"},
		{"⟦Mehr als 40 Prozent⟧ und ⟦zwischen 20 und 30⟧ alte Panzer.", "40{40..}~% 25{20..30}/panzer"},
		{"Am ⟪Montag, 16. Mai⟫, ⟪vor drei Jahren⟫ und ⟪letzte Woche⟫ um 18 Uhr.", "2022-05-16/2022-05-16 2019-01-01/2019-12-31 2022-05-09/2022-05-15"},
		{"Artikel 5, am 3. Verhandlungstag, auf der A7.", ""},
	},
	"fr": {
		{`À conserver ⟦entre 2 °C et 8 °C⟧ en boîtes de ⟦2⟧ et ⟦10⟧ flacons.`, `5{2..8}°C 2 10/flacons`},
		{`Dans les années ⟪80⟫, la première moitié du match.`, `1980-01-01/1989-12-31`},
		{"⟦Environ 1 500⟧ personnes, ⟦plus de 2,5 millions d’euros⟧, ⟦près d’un tiers⟧ des soldats.", "1500{1350..1650}~/personnes 2500000{2500000..}~EUR 33.3333{30..33.3333}~%/soldats"},
		{"⟦Quatre-vingt-dix-sept⟧ maisons, ⟦deux cents⟧ chars, ⟦une centaine⟧ de blessés.", "97/maisons 200/chars 100/blessés"},
		{"⟪Mardi dernier⟫, ⟪hier⟫, ⟪il y a trois ans⟫, en ⟪2014⟫ et le ⟪16 mai 2022⟫.", "2022-05-17/2022-05-17 2022-05-17/2022-05-17 2019-01-01/2019-12-31 2014-01-01/2014-12-31 2022-05-16/2022-05-16"},
		{"L’article 5 et la 3e fois à 18 h.", ""},
		{"⟦Entre 20 et 30⟧ maisons sur ⟦12 kilomètres⟧.", "25{20..30}/maisons 12km"},
	},
	"es": {
		{`En los años ⟪80⟫, en el nuevo ⟦17⟧ ha empezado y cuesta ⟦2000 millones de USD⟧.`, `1980-01-01/1989-12-31 17 2000000000USD`},
		{"⟦Unas 1.500⟧ personas, ⟦más de dos mil⟧ casas, ⟦casi un tercio⟧ del ejército.", "1500{1350..1650}~/personas 2000{2000..}~/casas 33.3333{30..33.3333}~%/ejército"},
		{"⟦Dos millones y medio de euros⟧, ⟦treinta y cinco⟧ jueces, ⟦3,5 %⟧.", "2500000EUR 35/jueces 3.5%"},
		{"El ⟪martes pasado⟫, ⟪ayer⟫, ⟪hace tres años⟫ y el ⟪16 de mayo de 2022⟫ por la mañana.", "2022-05-17/2022-05-17 2022-05-17/2022-05-17 2019-01-01/2019-12-31 2022-05-16/2022-05-16"},
		{"El artículo 5, la página 12.", ""},
	},
}

func TestRun(t *testing.T) {
	for language, list := range sentences {
		for _, c := range list {
			a := analysis(unmark(c.marked), language)
			Run(a)
			if got, want := markedText(a), c.marked; got != want {
				t.Errorf("%s\n got %s\nwant %s", language, got, want)
			} else if got := values(a); got != c.want {
				t.Errorf("%s %s\n got %s\nwant %s", language, c.marked, got, c.want)
			}
		}
	}
}

func analysis(text, language string) *hearsay.Analysis {
	return &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: language, Published: "2022-05-18T10:00:00Z"}}
}

var brackets = strings.NewReplacer("⟦", "", "⟧", "", "⟪", "", "⟫", "")

func unmark(s string) string { return brackets.Replace(s) }

func markedText(a *hearsay.Analysis) string {
	var b strings.Builder
	last, f, t := 0, a.Figures, a.Times
	for len(f) > 0 || len(t) > 0 {
		if len(t) == 0 || len(f) > 0 && f[0].Start < t[0].Start {
			b.WriteString(a.Document.Text[last:f[0].Start] + "⟦" + f[0].In(a.Document.Text) + "⟧")
			last, f = f[0].End, f[1:]
			continue
		}
		b.WriteString(a.Document.Text[last:t[0].Start] + "⟪" + t[0].In(a.Document.Text) + "⟫")
		last, t = t[0].End, t[1:]
	}
	return b.String() + a.Document.Text[last:]
}

func values(a *hearsay.Analysis) string {
	var out []string
	f, t := a.Figures, a.Times
	for len(f) > 0 || len(t) > 0 {
		if len(t) == 0 || len(f) > 0 && f[0].Start < t[0].Start {
			out = append(out, show(f[0]))
			f = f[1:]
			continue
		}
		out = append(out, t[0].From+"/"+t[0].To)
		t = t[1:]
	}
	return strings.Join(out, " ")
}

func show(f hearsay.Figure) string {
	s := amount(f.Value)
	switch {
	case f.High < f.Low:
		s += "{" + amount(f.Low) + "..}"
	case f.Low != f.Value || f.High != f.Value:
		s += "{" + amount(f.Low) + ".." + amount(f.High) + "}"
	}
	if f.Approx {
		s += "~"
	}
	s += f.Unit
	if f.Of != "" {
		s += "/" + f.Of
	}
	return s
}

func amount(v float64) string {
	if v == math.Trunc(v) {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.6g", v)
}

func TestOrdinalIsNoShare(t *testing.T) {
	a := analysis("A third bridge was closed.", "en")
	a.Tokens = []hearsay.Token{{Span: hearsay.Span{Start: 8, End: 14}, UPOS: "NOUN", Feats: "Number=Sing"}}
	Run(a)
	if len(a.Figures) > 0 {
		t.Errorf("found %q", a.Figures[0].In(a.Document.Text))
	}
}

func TestUnresolvedWithoutDateOfPublication(t *testing.T) {
	a := analysis("He came on Monday and on 16 May, in 2014 and on 2 June 2015.", "en")
	a.Document.Published = ""
	Run(a)
	if got, want := values(a), "/ / 2014-01-01/2014-12-31 2015-06-02/2015-06-02"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestInnermostStatement(t *testing.T) {
	text := "Danek said that Berg claims that 20 men left on Monday and 30 stayed."
	a := analysis(text, "en")
	span := func(s string) hearsay.Span {
		i := strings.Index(text, s)
		return hearsay.Span{Start: i, End: i + len(s)}
	}
	a.Statements = []hearsay.Statement{
		{Content: []hearsay.Span{span("Berg claims that 20 men left on Monday and 30 stayed")}, Holder: -1},
		{Content: []hearsay.Span{span("20 men left on Monday")}, Holder: 0},
	}
	Run(a)
	if len(a.Figures) != 2 || len(a.Times) != 1 || a.Figures[0].Statement != 1 || a.Figures[1].Statement != 0 || a.Times[0].Statement != 1 {
		t.Errorf("figures %+v, times %+v", a.Figures, a.Times)
	}
}

func TestAsOf(t *testing.T) {
	a := analysis("As of 1 May 2022, 120 people were missing.", "en")
	Run(a)
	if len(a.Figures) != 1 || a.Figures[0].AsOf != "2022-05-01" {
		t.Errorf("figures %+v", a.Figures)
	}
}

// The tables themselves must be well formed.
func TestTables(t *testing.T) {
	for language := range known {
		if _, err := phrase.Load(language, "numbers", "times"); err != nil {
			t.Error(err)
		}
	}
}

func FuzzRun(f *testing.F) {
	for language, list := range sentences {
		for _, c := range list {
			f.Add(unmark(c.marked), language)
		}
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		a := analysis(text, language)
		Run(a)
		for i, g := range a.Figures {
			if g.Start < 0 || g.End > len(text) || g.Start >= g.End || i > 0 && a.Figures[i-1].End > g.Start || g.OfSpan.End > len(text) {
				t.Fatalf("figure %+v", g)
			}
		}
		for i, g := range a.Times {
			if g.Start < 0 || g.End > len(text) || g.Start >= g.End || i > 0 && a.Times[i-1].End > g.Start || g.From > g.To {
				t.Fatalf("time %+v", g)
			}
		}
	})
}

func BenchmarkRun(b *testing.B) {
	var text strings.Builder
	for text.Len() < 1<<20 {
		for _, c := range sentences["en"] {
			text.WriteString(unmark(c.marked) + " Nobody who was there on that evening could say who had opened the gate or why the guards had left their post.\n")
		}
	}
	run(b, text.String())
}

// BenchmarkRunHostile is one block of numbers without an end.
func BenchmarkRunHostile(b *testing.B) {
	run(b, strings.Repeat("1 000 - 000.000-20 and two hundred-", 1<<15))
}

func run(b *testing.B, text string) {
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Run(analysis(text, "en"))
	}
}
