package language

import (
	"strings"
	"testing"
	"unicode/utf8"

	"hearsay/data"
)

// Words in scripts that do not belong together, and what a reader of the language reads.
func TestRepairs(t *testing.T) {
	for _, c := range []struct{ why, lang, text, want string }{
		{
			"print look-alikes in a headline made to slip past filters", "uk",
			"Oт і кінець! Кaпiтaн зaявив, щo пopoм нe вийдe",
			"Oт=От Кaпiтaн=Капітан зaявив=заявив щo=що пopoм=пором нe=не вийдe=вийде",
		},
		{
			"handwritten shapes: n for п, r for г, u for и, m for т", "uk",
			"Жодноrо насmуnу не буде, nоліmuк rотується до nереrоворiв",
			"Жодноrо=Жодного насmуnу=наступу nоліmuк=політик rотується=готується nереrоворiв=переговорів",
		},
		{
			"the same in Russian", "ru",
			"Прeзuдeнm заявuл, что neреrоворы нe cocтoятcя",
			"Прeзuдeнm=Президент заявuл=заявил neреrоворы=переговоры нe=не cocтoятcя=состоятся",
		},
		{
			"the same in Belarusian, where i is a letter of the alphabet", "be",
			"Улaды aбверглi чуткi пpa мiнiстpa",
			"Улaды=Улады aбверглi=абверглі чуткi=чуткі пpa=пра мiнiстpa=міністра",
		},
		{"a word of one letter between Cyrillic words", "uk", "Він прийшов i пішов", "i=і"},
		{"a word wholly in Latin letters that only reads as Cyrillic", "ru", "Он живёт в этом городе мнoго лет, ho никто его не знает", "мнoго=много"},
		{"capitals count where the text is mixed elsewhere", "ru", "Глава MВД говорил о HATO", "MВД=МВД HATO=НАТО"},
		{"Cyrillic letters in a Latin word of an English text", "en", "The minister of Nоrland met Mila Ноrvat in Оstmark", "Nоrland=Norland Ноrvat=Horvat Оstmark=Ostmark"},
		{"a name that begins with doubles in print", "uk", "Президент Радко Ceлім і речник Cepгій Гадан", "Ceлім=Селім Cepгій=Сергій"},
		{"the same in Russian", "ru", "Мэр Вepaника Гopaк и сын её Apcений", "Вepaника=Вераника Гopaк=Горак Apcений=Арсений"},
		{"a Greek letter in a Latin name", "en", "The Αgency said so", "Αgency=Agency"},
		{"invisible characters inside words", "en", "a hid\u00adden sepa\u200brate word", "hid\u00adden=hidden sepa\u200brate=separate"},
		{"digits among letters, where a known word comes out", "uk", "Того р0ку презид3нт мовчав", "р0ку=року"},
	} {
		var got []string
		for _, r := range Repairs(c.text, c.lang, nil) {
			got = append(got, r.In(c.text)+"="+r.To)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.why, c.text, strings.Join(got, " "), c.want)
		}
	}
}

// Honest mixtures stay as they are.
func TestRepairsLeaves(t *testing.T) {
	for _, c := range []struct{ lang, text string }{
		{"uk", "IT-армія, ТСН.ua, YouTube-канал, 5G-мережа, Wi-Fi у школі"},
		{"uk", "Хворів на COVIDом названу недугу, писав SMSки й купив iPhoneи"},
		{"uk", "Працював за Macом, ціни Opecу, PRщик та HRи"},
		{"uk", "Літаки Міг-31 та ракети Х-22 і X-22, 3-й день, 24-го, 10річний, 2023й"},
		{"ru", "PR-служба, IT-сектор, USB-порт, VIPам, XX век, глава XIV, 5 km и 30 cm"},
		{"ru", "Об этом пишут The Times и Apple, а также Reuters"},
		{"be", "Старонка onliner.by і канал Nexta, e-mail: пошта@harbour.test"},
		{"en", "Москва, Kyiv and Мінск are cities; the α-particles and ΔT too"},
		{"de", "Das Wort Правда heißt Wahrheit"},
		{"uk", "Адреса https://прикладhost.test/шлях і www.прикладx.test"},
	} {
		for _, r := range Repairs(c.text, c.lang, nil) {
			t.Errorf("%q: %q became %q (%s)", c.text, r.In(c.text), r.To, r.Why)
		}
	}
}

// The caller's lexicon decides what the model has not seen.
func TestRepairsKnown(t *testing.T) {
	text := "Той cop давно лежить"
	known := func(w string) bool { return w == "сор" }
	if got := Repairs(text, "uk", known); len(got) != 1 || got[0].To != "сор" {
		t.Errorf("got %v", got)
	}
	if got := Repairs(text, "uk", nil); len(got) != 0 {
		t.Errorf("without a lexicon: %v", got)
	}
}

// The table is data: every row has one letter on each side and a cost.
func TestLookalikesTable(t *testing.T) {
	raw, err := data.Lexicon.ReadFile(lookalikesFile)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 5 || utf8.RuneCountInString(f[0]) != 1 || utf8.RuneCountInString(f[1]) != 1 || f[0] == f[1] {
			t.Errorf("row %q", line)
		}
		rows++
	}
	if rows < 60 {
		t.Errorf("%d rows", rows)
	}
}

func FuzzRepairs(f *testing.F) {
	f.Add("Oт і все! rотується до nорaзкu", "uk")
	f.Add("Рutin а\u00ad\u200b 0а3", "en")
	f.Fuzz(func(t *testing.T, text, lang string) {
		at := 0
		for _, r := range Repairs(text, lang, nil) {
			if r.Start < at || r.End <= r.Start || r.End > len(text) || r.To == "" || r.To == r.In(text) {
				t.Fatalf("repair %+v after %d", r, at)
			}
			at = r.End
		}
	})
}

func BenchmarkRepairs(b *testing.B) {
	for _, c := range []struct{ name, lang, text string }{
		{"clean", "uk", strings.Repeat("Рада острова три тижні чекає на відповідь міністерства. ", 200)},
		{"obfuscated", "uk", strings.Repeat("Рaдa oстрoвa три mижнi чeкaє на вiдnовідь мінісmерсmва. ", 200)},
		{"million words", "en", strings.Repeat("water ", 1_000_000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				Repairs(c.text, c.lang, nil)
			}
		})
	}
}
