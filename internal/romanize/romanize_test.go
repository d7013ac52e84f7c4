package romanize

import (
	"testing"

	"pgregory.net/rapid"
)

func TestLatin(t *testing.T) {
	tests := []struct{ lang, in, want string }{
		{"uk", "Володимир Зеленський", "Volodymyr Zelenskyi"},
		{"uk", "Згурський, Єнакієве, Їжакевич, Короп'є", "Zghurskyi, Yenakiieve, Yizhakevych, Koropie"},
		{"uk", "ЩЕРБУХИ Щербухи", "SHCHERBUKHY Shcherbukhy"},
		{"uk", "Ґалаґан Сергій", "Galagan Serhii"},
		{"ru", "Ельцин Достоевский", "Yeltsin Dostoyevsky"},
		{"ru", "Михаил Ходорковский, Игорь", "Mikhail Khodorkovsky, Igor"},
		{"be", "Аляксандр Лукашэнка", "Alyaksandr Lukashenka"},
		{"be", "Гродна", "Hrodna"},
		{"pl", "Łukaszenka", "Łukaszenka"},
	}
	for _, test := range tests {
		if got := Latin(test.in, test.lang); got != test.want {
			t.Errorf("Latin(%q, %s) = %q, want %q", test.in, test.lang, got, test.want)
		}
	}
}

func TestOfficial(t *testing.T) {
	tests := []struct{ lang, in, want string }{
		{"be", "Магілёў Чачэрск Заслаўе Любань", "Mahilioŭ Čačersk Zaslaŭje Liubań"},
		{"ru", "Игорь Объедков", "Igor’ Ob”yedkov"},
	}
	for _, test := range tests {
		if got := Official(test.in, test.lang); got != test.want {
			t.Errorf("Official(%q, %s) = %q, want %q", test.in, test.lang, got, test.want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Wałęsa": "walesa", "Straße": "strasse", "Zárate": "zarate", "Кирилл": "кирилл",
		"Йосип Ї": "йосип ї", "д’Артаньян": "д'артаньян", "Ørsted": "orsted",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// Each line is one name as the press of eight languages writes and inflects it.
var spellings = [][]string{
	{"Lukashenko", "Lukashenka", "Лукашенко", "Лукашенка", "Лукашэнка", "Łukaszenka", "Loukachenko", "Lukaschenko", "Лукашенку", "Лукашенком", "Łukaszenki"},
	{"Zelensky", "Zelenskyy", "Zelenskiy", "Selenskyj", "Зеленський", "Зеленский", "Zełenski", "Зеленського", "Zełenskiego", "Зеленским"},
	{"Khodorkovsky", "Chodorkowski", "Jodorkovski", "Khodorkovski", "Ходорковский", "Ходорковський"},
	{"Johnson", "Джонсон", "Джонсан", "Джонсона", "Джонсоном", "Johnsona"},
	{"Macron", "Макрон", "Макрону", "Макроном"},
	{"Xi", "Сі", "Си"},
	{"Jinping", "Цзіньпін", "Цзиньпин"},
	{"Trump", "Трамп", "Трампа", "Trumpa", "Trumpem", "Trumpowi"},
	{"Merkel", "Меркель"},
	{"Putin", "Poutine", "Путін", "Путин", "Пуцін", "Путіним", "Путину"},
	{"Tsikhanouskaya", "Тихановская", "Ціханоўская", "Тихановської"},
	{"Kaczyński", "Качинський", "Качиньский", "Kaczyńskiego"},
	{"Schwartz", "Шварц"},
	{"Waters", "Вотерс", "Уотерс"},
}

func TestSkeletonAgreesAcrossSpellings(t *testing.T) {
	for _, names := range spellings {
		for _, n := range names[1:] {
			if a, b := Skeleton(names[0]), Skeleton(n); a != b {
				t.Errorf("Skeleton(%s) = %s, Skeleton(%s) = %s", names[0], a, n, b)
			}
		}
	}
}

func TestSkeletonTellsNamesApart(t *testing.T) {
	seen := map[string]string{}
	for _, names := range spellings {
		s := Skeleton(names[0])
		if other, ok := seen[s]; ok {
			t.Errorf("%s and %s have the same skeleton %s", other, names[0], s)
		}
		seen[s] = names[0]
	}
}

// Where letters can be read in more than one way, one reading is shared.
func TestSkeletonsShareAReading(t *testing.T) {
	for _, pair := range [][2]string{
		{"Janukowitsch", "Янукович"},
		{"Zuckerberg", "Цукерберг"},
		{"Andrew", "Ендрю"},
		{"Graham", "Грэм"},
		{"Cichanouska", "Тихановская"},
		{"Jelzin", "Ельцин"},
	} {
		if !share(Skeletons(pair[0]), Skeletons(pair[1])) {
			t.Errorf("%s %v and %s %v share no skeleton", pair[0], Skeletons(pair[0]), pair[1], Skeletons(pair[1]))
		}
	}
}

func share(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

func TestSimilarity(t *testing.T) {
	same := [][2]string{
		{"Kavanaugh", "Кавано"},
		{"Racine", "Рейсін"},
		{"Hale", "Гейл"},
		{"Cooke", "Кук"},
		{"Pelley", "Пеллі"},
		{"Hunter", "Гантер"},
		{"Schroeder", "Шродар"},
		{"Ramirez", "Рамірес"},
		{"Kennedy", "Кэнэдзі"},
		{"Zárate", "Заратэ"},
		{"Christie", "Крысці"},
		{"Jankel", "Янкел"},
		{"Willoughby", "Уілаўбі"},
		{"Veltzé", "Вельце"},
		{"Kennedy", "Кеннеди"},
		{"Tsouvallaris", "Цуваларис"},
	}
	for _, p := range same {
		if s := Similarity(p[0], p[1]); s < 0.7 {
			t.Errorf("Similarity(%s %s, %s %s) = %.2f, want at least 0.70", p[0], Sounds(p[0]), p[1], Sounds(p[1]), s)
		}
	}
	different := [][2]string{
		{"Johnson", "Томпсон"},
		{"Merkel", "Макрон"},
		{"Davis", "Дьюар"},
		{"Davis", "David"},
		{"Trump", "Турнер"},
		{"Simpson", "Симеон"},
	}
	for _, p := range different {
		if s := Similarity(p[0], p[1]); s > 0.7 {
			t.Errorf("Similarity(%s %s, %s %s) = %.2f, want less than 0.70", p[0], Sounds(p[0]), p[1], Sounds(p[1]), s)
		}
	}
}

func TestSimilarityIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringMatching(`[A-Za-zА-яіїєґўЁё]{0,12}`).Draw(t, "a")
		b := rapid.StringMatching(`[A-Za-zА-яіїєґўЁё]{0,12}`).Draw(t, "b")
		if x, y := Similarity(a, b), Similarity(b, a); x != y {
			t.Fatalf("%v and %v", x, y)
		}
	})
}

func FuzzSkeleton(f *testing.F) {
	f.Add("Łukaszenka")
	f.Add("д’Арк \xff")
	f.Fuzz(func(t *testing.T, s string) {
		if Fold(Fold(s)) != Fold(s) {
			t.Errorf("folding %q twice changes it", s)
		}
		_, _, _ = Skeleton(s), Skeletons(s), Similarity(s, "Trump")
		for _, lang := range []string{"uk", "ru", "be", "en"} {
			_, _ = Latin(s, lang), Official(s, lang)
		}
	})
}

func BenchmarkSkeleton(b *testing.B) {
	for b.Loop() {
		Skeleton("Володимир Зеленський")
	}
}

func BenchmarkSimilarity(b *testing.B) {
	for b.Loop() {
		Similarity("Зеленський", "Selenskyj")
	}
}
