package romanize

import (
	"strings"
	"unicode"
)

// A sound is one letter: the vowels a e i o u; b p d t g k f v s z l m n r; h (х, kh, German
// ch); c (ц, ts), C (ч, ch), S (ш, sh), Z (ж, zh), J (дж, Latin j), y (й).

// Sounds writes one word as it is roughly spoken, from either script, without knowing the
// language: digraphs of the great orthographies are read, doubled letters are one.
func Sounds(word string) string {
	w := []rune(strings.ToLower(word))
	var b strings.Builder
	var last byte
	put := func(s string) {
		for i := range len(s) {
			if s[i] != last || isVowel(s[i]) {
				b.WriteByte(s[i])
			}
			last = s[i]
		}
	}
	for i := 0; i < len(w); {
		s, n := soundAt(w, i)
		put(s)
		i += n
	}
	return b.String()
}

type rule struct{ letters, sound string }

// cyrillicRules are tried in order, the longer ones first.
var cyrillicRules = []rule{
	{"дж", "J"}, {"цз", "J"}, {"дз", "d"}, {"зг", "zg"}, {"ьо", "o"}, {"йо", "o"}, {"сч", "S"},
}

var cyrillicSounds = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'є': "e", 'ё': "o",
	'ж': "Z", 'з': "z", 'и': "i", 'і': "i", 'ї': "i", 'й': "y", 'к': "k", 'л': "l", 'м': "m",
	'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ў': "v", 'ф': "f",
	'х': "h", 'ц': "c", 'ч': "C", 'ш': "S", 'щ': "SC", 'ы': "i", 'э': "e", 'ю': "u", 'я': "a",
}

var latinRules = []rule{
	{"schtsch", "SC"},
	{"szcz", "SC"},
	{"shch", "SC"},
	{"tsch", "C"},
	{"dsch", "J"},
	{"ough", "o"},
	{"augh", "o"},
	{"eigh", "e"},
	{"tch", "C"},
	{"sch", "S"},
	{"eau", "o"},
	{"oux", "u"},
	{"igh", "i"},
	{"dzh", "J"},
	{"cci", "C"},
	{"sh", "S"},
	{"sz", "S"},
	{"cz", "C"},
	{"zh", "Z"},
	{"kh", "h"},
	{"dj", "J"},
	{"dż", "J"},
	{"dž", "J"},
	{"ch", "C"},
	{"ck", "k"},
	{"ph", "f"},
	{"th", "t"},
	{"rh", "r"},
	{"wh", "v"},
	{"gh", "g"},
	{"qu", "kv"},
	{"ts", "c"},
	{"tz", "c"},
	{"ou", "u"},
	{"oo", "u"},
	{"ee", "i"},
	{"ea", "i"},
	{"au", "au"},
	{"ä", "e"},
	{"ö", "o"},
	{"ü", "u"},
	{"č", "C"},
	{"ć", "C"},
	{"š", "S"},
	{"ș", "S"},
	{"ş", "S"},
	{"ž", "Z"},
	{"ż", "Z"},
	{"ź", "z"},
	{"ś", "s"},
	{"ř", "r"},
	{"ñ", "n"},
	{"ń", "n"},
	{"ň", "n"},
	{"ą", "a"},
	{"ę", "e"},
	{"ğ", "g"},
	{"ç", "s"},
	{"ß", "s"},
}

var latinSounds = map[byte]string{
	'a': "a", 'b': "b", 'c': "k", 'd': "d", 'e': "e", 'f': "f", 'g': "g", 'h': "h", 'i': "i",
	'j': "J", 'k': "k", 'l': "l", 'm': "m", 'n': "n", 'o': "o", 'p': "p", 'q': "k", 'r': "r",
	's': "s", 't': "t", 'u': "u", 'v': "v", 'w': "v", 'x': "ks", 'y': "i", 'z': "z",
}

// soundAt gives the sound of the letter or letters at i and how many they are.
func soundAt(w []rune, i int) (string, int) {
	if isCyrillic(w[i]) {
		return cyrillicAt(w, i)
	}
	for _, r := range latinRules {
		if matches(w, i, r.letters) {
			return r.sound, len([]rune(r.letters))
		}
	}
	return latinAt(w, i), 1
}

func cyrillicAt(w []rune, i int) (string, int) {
	for _, r := range cyrillicRules {
		if matches(w, i, r.letters) {
			return r.sound, len([]rune(r.letters))
		}
	}
	// Waters is Уотерс, Вотерс; Uladzimir is Уладзімір.
	if w[i] == 'у' && i == 0 && len(w) > 1 && (isCyrillicVowel(w[1]) || w[1] == 'л') {
		return "v", 1
	}
	if i == 0 && strings.ContainsRune("яюєёї", w[0]) {
		return "y" + cyrillicSounds[w[i]], 1
	}
	return cyrillicSounds[w[i]], 1
}

func latinAt(w []rune, i int) string {
	folded := foldLatin(w[i])
	if folded == "" || folded[0] >= 0x80 {
		return ""
	}
	var next byte
	if i+1 < len(w) {
		next = foldLatin(w[i+1])[0]
	}
	switch c := folded[0]; {
	case c == 'c' && (next == 'e' || next == 'i' || next == 'y'):
		return "s"
	case c == 'h' && i > 0 && !isLatinVowel(next):
		return "" // Johnson, Sarah
	case c == 'x' && i == 0:
		return "s"
	case c == 'k' && i == 0 && next == 'n', c == 'w' && i == 0 && next == 'r':
		return ""
	case c == 'e' && i == len(w)-1 && i > 2 && !isLatinVowel(foldLatin(w[i-1])[0]):
		return "" // Racine
	case c == 'y' && isLatinVowel(next), c == 'j' && i > 0 && !isLatinVowel(next):
		return "y"
	default:
		return latinSounds[c]
	}
}

func matches(w []rune, i int, letters string) bool {
	for _, r := range letters {
		if i >= len(w) || w[i] != r {
			return false
		}
		i++
	}
	return true
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

func isLatinVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

func isCyrillicVowel(r rune) bool { return strings.ContainsRune("аеёиоуыэюяіїє", r) }

// Skeleton is the skeleton of consonants of a name, the same for its spellings in both scripts
// and for most of its inflected forms: sounds that the orthographies confuse fall together,
// vowels other than the first go, Slavic case endings go. Words are separated by one space.
// It is meant for finding candidates; Similarity tells how well two of them agree.
func Skeleton(name string) string {
	words := split(name)
	out := make([]string, 0, len(words))
	for _, w := range words {
		out = append(out, class(Sounds(uninflected(w))))
	}
	return strings.Join(out, " ")
}

// Skeletons gives the skeleton of one word under each reading of its ambiguous letters (j in
// Janukowitsch and Johnson, z in Zuckerberg, w in Andrew, …), the likeliest first, at most
// eight. Two spellings of one name share at least one.
func Skeletons(word string) []string {
	first := Skeleton(word)
	out := []string{first}
	add := func(s string) {
		for _, have := range out {
			if have == s {
				return
			}
		}
		if s != "" && len(out) < 8 {
			out = append(out, s)
		}
	}
	for _, w := range []string{uninflected(strings.ToLower(word)), strings.ToLower(word)} {
		add(class(Sounds(w)))
		for _, v := range readings(w) {
			add(class(v))
		}
	}
	return out
}

// readings are other ways to speak a word than the first.
func readings(word string) []string {
	s := Sounds(word)
	var out []string
	if strings.HasPrefix(s, "J") {
		out = append(out, "y"+s[1:])
	}
	if strings.Contains(s, "c") { // Zuckerberg, Цукерберг
		out = append(out, strings.ReplaceAll(s, "c", "s"))
	}
	if strings.Contains(word, "ci") || strings.Contains(word, "ce") { // Cichanouska
		out = append(out, Sounds(strings.NewReplacer("ci", "tsi", "ce", "tse").Replace(word)))
	}
	if strings.Contains(s, "z") {
		out = append(out, strings.ReplaceAll(s, "z", "c"))
	}
	if !HasCyrillic(word) && (strings.Contains(word, "st") || strings.Contains(word, "sp")) { // Rosenstein, Розенштейн
		out = append(out, strings.NewReplacer("st", "St", "sp", "Sp").Replace(s))
	}
	if strings.Contains(word, "ssi") || strings.Contains(word, "tio") { // Sessions, Сешнс
		out = append(out, Sounds(strings.NewReplacer("ssi", "sh", "tio", "sho").Replace(word)))
	}
	if strings.HasSuffix(word, "w") { // Andrew
		out = append(out, s[:len(s)-1])
	}
	if strings.Contains(s, "h") || strings.Contains(s, "g") { // Graham, Грэм; Hughes, Хьюз
		out = append(out, s[:1]+strings.NewReplacer("h", "", "g", "").Replace(s[1:]))
	}
	return out
}

func split(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !isApostrophe(r) && !unicode.Is(unicode.Mn, r)
	})
}

// class maps sounds to classes and drops vowels.
func class(s string) string {
	var b strings.Builder
	var last byte
	for i := range len(s) {
		c := s[i]
		switch {
		case isVowel(c) || c == 'y':
			if i == 0 {
				b.WriteByte('a')
			}
			last = 0
			continue
		case strings.IndexByte("kghCSZJ", c) >= 0:
			if c == 'g' && i == len(s)-1 && i > 0 && s[i-1] == 'n' {
				continue // Jinping, Цзиньпин
			}
			c = 'k'
		case c == 'z':
			c = 's'
		case c == 'c':
			c = 't'
		case c == 'v' && i > 0 && i+1 < len(s) && isVowel(s[i-1]) && !isVowel(s[i+1]) && s[i+1] != 'y':
			continue // Tsikhanouskaya, Тихановская
		}
		if c != last {
			b.WriteByte(c)
		}
		last = c
	}
	return b.String()
}

// endings of oblique cases that hold a consonant, with how many consonants must stay.
var caseEndings = []struct {
	letters string
	stay    int
}{
	{"iego", 2},
	{"iemu", 2},
	{"ого", 2},
	{"его", 2},
	{"ому", 2},
	{"ему", 2},
	{"ага", 3},
	{"аму", 2},
	{"ego", 2},
	{"emu", 2},
	{"oho", 2},
	{"omu", 2},
	{"ові", 3},
	{"еві", 3},
	{"єві", 3},
	{"owi", 3},
	{"iem", 3},
	{"ом", 3},
	{"ем", 3},
	{"єм", 3},
	{"ём", 3},
	{"им", 3},
	{"ім", 3},
	{"ым", 3},
	{"эм", 3},
	{"em", 3},
	{"om", 3},
	{"im", 3},
	{"ym", 3},
}

// uninflected takes a case ending off a lower-case word, in the same manner in both scripts so
// that names that merely end alike (Ibrahim, Ібрагім) still agree.
func uninflected(word string) string {
	for _, e := range caseEndings {
		if stem, ok := strings.CutSuffix(word, e.letters); ok && consonants(stem) >= e.stay {
			return stem
		}
	}
	return word
}

func consonants(word string) int {
	n := 0
	for _, c := range []byte(Sounds(word)) {
		if !isVowel(c) && c != 'y' {
			n++
		}
	}
	return n
}

// Contour is the skeleton of one word with its vowels in their places, of which only open, front and close
// ones are told apart; vowels at the end go. Among many names with one skeleton it tells those that merely share
// consonants from spellings of one name.
func Contour(word string) string {
	return strings.TrimRight(contour(Sounds(uninflected(strings.ToLower(word)))), "aiu")
}

var vowelClass = map[byte]byte{'a': 'a', 'o': 'a', 'e': 'i', 'i': 'i', 'y': 'i', 'u': 'u'}

// contour writes the classes of consonants between vowels, and of each run of vowels the first.
func contour(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && vowelClass[s[j]] == 0 {
			j++
		}
		b.WriteString(class(s[i:j]))
		if j < len(s) {
			b.WriteByte(vowelClass[s[j]])
		}
		for j < len(s) && vowelClass[s[j]] != 0 {
			j++
		}
		i = j
	}
	return b.String()
}
