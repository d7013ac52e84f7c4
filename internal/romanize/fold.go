package romanize

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold lowers s and takes the diacritics off its Latin letters: "Wałęsa" and "walesa" fold
// alike, so do "Straße" and "strasse". Cyrillic letters are lowered and lose stress marks
// only, since й and ї are letters of their own; all apostrophes become '.
func Fold(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFC.String(s) {
		r = unicode.ToLower(r)
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case isApostrophe(r):
			b.WriteByte('\'')
		case unicode.Is(unicode.Mn, r):
		case isCyrillic(r):
			b.WriteRune(r)
		default:
			b.WriteString(foldLatin(r))
		}
	}
	return b.String()
}

// isPlain reports whether folding would change nothing: lower-case ASCII.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

var ligatures = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i",
	'ħ': "h", 'ĳ': "ij", 'ŀ': "l", 'ŋ': "n", 'ə': "a",
}

// foldLatin is the plain letter under a lower-case letter with diacritics.
func foldLatin(r rune) string {
	if s, ok := ligatures[r]; ok {
		return s
	}
	if base := norm.NFD.String(string(r))[0]; base < 0x80 && unicode.IsLetter(rune(base)) {
		return string(rune(base))
	}
	return string(r)
}
