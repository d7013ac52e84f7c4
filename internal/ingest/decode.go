package ingest

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	xunicode "golang.org/x/text/encoding/unicode"
)

// Decode turns bytes of any encoding met in the wild into UTF-8 and removes a byte order mark.
// declared is the name that the container gives (the charset of an HTTP header), or empty; for
// HTML the page's own declaration is read as well.
//
// In order: a byte order mark, UTF-16 without a mark, valid UTF-8 (whatever is declared: pages
// that were converted keep their old label), the declared encoding, the encoding under which the
// bytes read most like one of the languages of Hearsay, ICU's detector. note is empty unless
// bytes could not be decoded, or the encoding had to be guessed.
func Decode(b []byte, declared string, html bool) (text, note string) {
	if enc, size := byteOrderMark(b); size > 0 {
		return decodeWith(enc, b[size:], "")
	}
	if enc := wide(b); enc != nil {
		return decodeWith(enc, b, "")
	}
	if utf8.Valid(b) {
		return string(b), ""
	}
	if s, ok := nearlyUTF8(b); ok {
		return s, "a few bytes are not valid UTF-8 and are shown as \uFFFD"
	}
	if enc := lookup(declared); enc != nil {
		return decodeWith(enc, b, "")
	}
	if html {
		if m := declaration.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
			if enc := lookup(string(m[1])); enc != nil {
				return decodeWith(enc, b, "")
			}
		}
	}
	return detect(b)
}

// declaration is how pages name their encoding in their first bytes.
var declaration = regexp.MustCompile(`(?i)<(?:meta[^>]{1,200}charset|\?xml[^>]{1,100}encoding)\s*=\s*["']?\s*([\w:.-]+)`)

// byteOrderMark returns the encoding that the first bytes name, and the length of the mark.
func byteOrderMark(b []byte) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return xunicode.UTF8, 3
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM), 2
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM), 2
	}
	return nil, 0
}

// wide recognises UTF-16 without a mark: spaces, digits and line ends have a zero byte on one
// side, and letters of one alphabet share their high byte.
func wide(b []byte) encoding.Encoding {
	head := b[:min(len(b), 4096)&^1]
	if len(head) < 4 {
		return nil
	}
	var zero [2]int
	var high [2][256]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
		high[i&1][c]++
	}
	if zero[0]+zero[1] == 0 {
		return nil
	}
	pairs := len(head) / 2
	for side, order := range [2]xunicode.Endianness{xunicode.BigEndian, xunicode.LittleEndian} {
		alphabets := high[side][0] + high[side][1] + high[side][4] + high[side][0x20]
		if zero[side] > 0 && zero[1-side]*50 <= zero[side] && alphabets*10 >= pairs*9 {
			return xunicode.UTF16(order, xunicode.IgnoreBOM)
		}
	}
	return nil
}

// nearlyUTF8 accepts text in which at most one character in a hundred is broken, and of the
// characters that are not ASCII at most one in ten: a page cut in the middle of a letter, or two
// encodings pasted together.
func nearlyUTF8(b []byte) (string, bool) {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	if bad*10 > good || bad*100 > len(b) {
		return "", false
	}
	return strings.ToValidUTF8(string(b), "\uFFFD"), true
}

// lookup finds an encoding by its name; nil where the name is unknown or says UTF-8 or UTF-16,
// which the bytes were found not to be.
func lookup(name string) encoding.Encoding {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "koi8-r" { // KOI8-U is the same but for eight box-drawing signs
		name = "koi8-u"
	}
	enc, err := htmlindex.Get(name)
	if err != nil || isUTF8(enc) || strings.HasPrefix(name, "utf-16") {
		return nil
	}
	return enc
}

func isUTF8(enc encoding.Encoding) bool {
	name, err := htmlindex.Name(enc)
	return err == nil && name == "utf-8"
}

func decodeWith(enc encoding.Encoding, b []byte, note string) (string, string) {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil || !utf8.Valid(out) {
		out = bytes.ToValidUTF8(out, []byte("\uFFFD"))
	}
	if n := bytes.Count(out, []byte("\uFFFD")); n > 0 {
		return string(out), join(note, fmt.Sprintf("%d characters could not be decoded and are shown as \uFFFD", n))
	}
	return string(out), note
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// candidates are tried in this order; the first of equals wins, so an encoding comes before its
// rarer relatives.
var candidates = []struct {
	name string
	enc  *charmap.Charmap
}{
	{"windows-1251", charmap.Windows1251},
	{"koi8-u", charmap.KOI8U},
	{"iso-8859-5", charmap.ISO8859_5},
	{"ibm866", charmap.CodePage866},
	{"windows-1252", charmap.Windows1252},
	{"windows-1250", charmap.Windows1250},
	{"iso-8859-2", charmap.ISO8859_2},
}

// detect picks the encoding under which the bytes read most like running text.
func detect(b []byte) (string, string) {
	sample := b[:min(len(b), 64<<10)]
	name, best := "", 0
	var enc encoding.Encoding
	for _, c := range candidates {
		if score := likeness(c.enc, sample); score > best {
			name, best, enc = c.name, score, c.enc
		}
	}
	if enc == nil {
		name, enc = icu(sample)
	}
	if enc == nil {
		return strings.ToValidUTF8(string(b), "\uFFFD"), "the encoding was not recognised; unreadable bytes are shown as \uFFFD (convert the file to UTF-8)"
	}
	return decodeWith(enc, b, "encoding not declared, read as "+name)
}

// icu asks the port of ICU's detector, which knows Greek, Turkish, Arabic and East Asian text.
func icu(sample []byte) (string, encoding.Encoding) {
	best, err := chardet.NewTextDetector().DetectBest(sample)
	if err != nil || best.Confidence < 20 {
		return "", nil
	}
	return strings.ToLower(best.Charset), lookup(best.Charset)
}

// letters outside ASCII that the Latin-script languages of Hearsay and their neighbours use.
const latinLetters = "äöüßéèàùâêîôûëïçœæñáíóúąćęłńśźżÄÖÜÉÈÀÇÑÁÍÓÚĄĆĘŁŃŚŹŻčšžřěůýőű"

// commonCyrillic are the most frequent letters of Ukrainian, Russian and Belarusian.
const commonCyrillic = "оаиеінтрсвлкмдпуыя"

// likeness scores how much the bytes, read with m, look like words: expected letters count for
// it; signs and foreign letters inside words, control characters and capitals after small
// letters count against.
func likeness(m *charmap.Charmap, sample []byte) int {
	score := 0
	before := ' '
	for i, c := range sample {
		r := rune(c)
		if c >= utf8.RuneSelf {
			r = m.DecodeByte(c)
			next := ' '
			if i+1 < len(sample) {
				next = m.DecodeByte(sample[i+1])
			}
			score += weigh(before, r, next)
		}
		before = r
	}
	return score
}

func weigh(before, r, next rune) int {
	switch {
	case r == utf8.RuneError || unicode.IsControl(r):
		return -6
	case !unicode.IsLetter(r):
		if unicode.IsLetter(before) && unicode.IsLetter(next) && r != '’' && r != '–' && r != '\u00AD' {
			return -4
		}
		if strings.ContainsRune("«»„“”’–—…№§°\u00A0", r) {
			return 1
		}
		return -1
	case unicode.IsUpper(r) && unicode.IsLower(before):
		return -4
	case unicode.Is(unicode.Cyrillic, r):
		if unicode.Is(unicode.Latin, before) || unicode.Is(unicode.Latin, next) {
			return -2
		}
		if strings.ContainsRune(commonCyrillic, r) {
			return 3
		}
		if r >= 'а' && r <= 'я' || r >= 'А' && r <= 'Я' || strings.ContainsRune("ёіїєґўЁІЇЄҐЎ", r) {
			return 1
		}
		return -3
	case strings.ContainsRune(latinLetters, r):
		if unicode.IsLetter(before) && before >= utf8.RuneSelf && unicode.IsLetter(next) && next >= utf8.RuneSelf {
			return -2 // three accented letters on end: Cyrillic read as Latin
		}
		return 3
	}
	return -3
}
