// Package romanize writes Cyrillic names in Latin letters and compares how names sound, whatever
// their spelling: Лукашенка, Lukashenko, Łukaszenka and Loukachenko are one name.
package romanize

import (
	"strings"
	"unicode"
)

// Latin writes s in plain Latin letters as newspapers do: Ukrainian by the resolution of the
// Cabinet of Ministers no. 55 of 2010 (KMU-55), Russian and Belarusian by BGN/PCGN without its
// marks for the soft and the hard sign. lang is an ISO 639-1 code; Cyrillic text in any other
// language is read as Russian. Latin letters stay as they are, with their diacritics.
func Latin(s, lang string) string {
	return transliterate(s, pressTable(lang))
}

// Official writes s as the state's own or the standard system has it: KMU-55 for Ukrainian, the
// 2007 instruction for geographical names for Belarusian, full BGN/PCGN 1947 for Russian.
func Official(s, lang string) string {
	switch lang {
	case "be":
		return transliterate(s, belarusianOfficial)
	case "uk":
		return transliterate(s, ukrainian)
	}
	return transliterate(s, russianFull)
}

func pressTable(lang string) *table {
	switch lang {
	case "uk":
		return ukrainian
	case "be":
		return belarusianPress
	}
	return russianPress
}

// table is a romanisation: letters, with other values at the beginning of a word and, where
// afterVowel is set, after a vowel or a sign.
type table struct {
	letter     map[rune]string
	initial    map[rune]string
	afterVowel bool               // initial values hold after vowels, ь and ъ too
	pairs      map[[2]rune]string // two letters that give something of their own
	endings    []ending
	acute      bool // ь puts an acute on the letter before it
}

type ending struct{ cyrillic, latin string }

var common = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'д': "d", 'ж': "zh", 'з': "z", 'к': "k", 'л': "l", 'м': "m",
	'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh",
	'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ь': "", 'ъ': "", '’': "’", 'і': "i", 'ы': "y",
	'э': "e", 'ґ': "g", 'ў': "w", 'є': "ye", 'ї': "yi", 'ё': "yo", 'й': "y", 'ю': "yu", 'я': "ya",
}

func with(changes map[rune]string) map[rune]string {
	t := make(map[rune]string, len(common)+len(changes))
	for r, s := range common {
		t[r] = s
	}
	for r, s := range changes {
		t[r] = s
	}
	return t
}

var ukrainian = &table{
	letter: with(map[rune]string{
		'г': "h", 'е': "e", 'є': "ie", 'и': "y", 'ї': "i", 'й': "i", 'ю': "iu", 'я': "ia",
	}),
	initial: map[rune]string{'є': "ye", 'ї': "yi", 'й': "y", 'ю': "yu", 'я': "ya"},
	pairs:   map[[2]rune]string{{'з', 'г'}: "zgh"},
}

var russianPress = &table{
	letter:     with(map[rune]string{'г': "g", 'е': "e", 'и': "i"}),
	initial:    map[rune]string{'е': "ye"},
	afterVowel: true,
	endings:    []ending{{"ий", "y"}, {"ый", "y"}},
}

var russianFull = &table{
	letter:     with(map[rune]string{'г': "g", 'е': "e", 'и': "i", 'ё': "ë", 'ь': "’", 'ъ': "”"}),
	initial:    map[rune]string{'е': "ye", 'ё': "yë"},
	afterVowel: true,
}

var belarusianPress = &table{
	letter:     with(map[rune]string{'г': "h", 'е': "e", 'и': "i"}),
	initial:    map[rune]string{'е': "ye"},
	afterVowel: true,
}

var belarusianOfficial = &table{
	letter: with(map[rune]string{
		'г': "h", 'е': "ie", 'ё': "io", 'ж': "ž", 'и': "i", 'й': "j", 'ў': "ŭ", 'х': "ch",
		'ц': "c", 'ч': "č", 'ш': "š", 'ю': "iu", 'я': "ia", '’': "",
	}),
	initial:    map[rune]string{'е': "je", 'ё': "jo", 'ю': "ju", 'я': "ja"},
	afterVowel: true,
	acute:      true,
}

func transliterate(s string, t *table) string {
	if !HasCyrillic(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	runes := []rune(s)
	for i := 0; i < len(runes); {
		out, n := t.at(runes, i)
		b.WriteString(cased(out, runes, i))
		i += n
	}
	return b.String()
}

// at romanises the letter at i and says how many letters it took.
func (t *table) at(runes []rune, i int) (string, int) {
	r := unicode.ToLower(runes[i])
	if isApostrophe(r) && i > 0 && isCyrillic(runes[i-1]) && i+1 < len(runes) && isCyrillic(runes[i+1]) {
		return "", 1
	}
	for _, e := range t.endings {
		if end := []rune(e.cyrillic); hasWord(runes, i, end) {
			return e.latin, len(end)
		}
	}
	if i+1 < len(runes) {
		if out, ok := t.pairs[[2]rune{r, unicode.ToLower(runes[i+1])}]; ok {
			return out, 2
		}
		if t.acute && unicode.ToLower(runes[i+1]) == 'ь' {
			if out, ok := acute[t.letter[r]]; ok {
				return out, 2
			}
		}
	}
	if out, ok := t.initial[r]; ok && t.atBeginning(runes, i) {
		return out, 1
	}
	if out, ok := t.letter[r]; ok {
		return out, 1
	}
	return string(runes[i]), 1
}

var acute = map[string]string{"c": "ć", "l": "ĺ", "n": "ń", "s": "ś", "z": "ź"}

// hasWord reports whether the word of the rune at i ends in end, which starts at i.
func hasWord(runes []rune, i int, end []rune) bool {
	if i == 0 || i+len(end) > len(runes) || !unicode.IsLetter(runes[i-1]) {
		return false
	}
	for k, r := range end {
		if unicode.ToLower(runes[i+k]) != r {
			return false
		}
	}
	return i+len(end) == len(runes) || !unicode.IsLetter(runes[i+len(end)])
}

func (t *table) atBeginning(runes []rune, i int) bool {
	if i == 0 {
		return true
	}
	before := unicode.ToLower(runes[i-1])
	if !unicode.IsLetter(before) {
		return !isApostrophe(before) || t.afterVowel
	}
	return t.afterVowel && strings.ContainsRune("аеёиоуыэюяіїєўьъ", before)
}

// cased gives out the case of the letter at i: "Shch" for Щ, "SHCH" where the whole word is in
// capitals.
func cased(out string, runes []rune, i int) string {
	if out == "" || !unicode.IsUpper(runes[i]) {
		return out
	}
	if (i+1 < len(runes) && unicode.IsUpper(runes[i+1])) ||
		(i > 0 && unicode.IsUpper(runes[i-1]) && (i+1 == len(runes) || !unicode.IsLetter(runes[i+1]))) {
		return strings.ToUpper(out)
	}
	first := []rune(out)
	return string(unicode.ToUpper(first[0])) + string(first[1:])
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' }

func isCyrillic(r rune) bool { return r >= 0x400 && r <= 0x52f }

// HasCyrillic reports whether s holds a Cyrillic letter.
func HasCyrillic(s string) bool { return strings.IndexFunc(s, isCyrillic) >= 0 }
