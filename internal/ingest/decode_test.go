package ingest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var samples = map[string]string{
	"uk": "Міністерка сказала, що міст відчинять навесні. «Ґрунт уже під'їхав», — додала вона.",
	"ru": "Министр сказал, что мост откроют весной. «Объезд уже готов», — добавил он.",
	"be": "Міністр сказаў, што мост адкрыюць вясной. «Аб’езд ужо ёсць», — дадаў ён.",
	"pl": "Minister powiedziała, że most zostanie otwarty wiosną. „Objazd już jest, łączy obie części”, dodała.",
	"de": "Die Ministerin sagte, die Brücke werde im Frühjahr geöffnet. „Die Umleitung schließt die Lücke“, fügte sie hinzu.",
	"fr": "La ministre a déclaré que le pont serait ouvert à l’été. « La déviation est prête », a-t-elle ajouté à Besançon.",
	"es": "La ministra dijo que el puente abrirá mañana. «El desvío está listo», añadió según la oficina.",
}

// What was written in one of the encodings met in the wild is read again as it was.
func TestDecode(t *testing.T) {
	cyrillic := map[string]encoding.Encoding{
		"windows-1251": charmap.Windows1251, "koi8-u": charmap.KOI8U, "iso-8859-5": charmap.ISO8859_5, "ibm866": charmap.CodePage866,
	}
	for name, enc := range cyrillic {
		for _, lang := range []string{"uk", "ru", "be"} {
			roundTrip(t, name, enc, samples[lang])
		}
	}
	for _, name := range []string{"windows-1250", "iso-8859-2"} {
		roundTrip(t, name, map[string]encoding.Encoding{"windows-1250": charmap.Windows1250, "iso-8859-2": charmap.ISO8859_2}[name], samples["pl"])
	}
	for _, lang := range []string{"de", "fr", "es"} {
		roundTrip(t, "windows-1252", charmap.Windows1252, samples[lang])
	}
	for _, text := range samples {
		roundTrip(t, "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), text)
		roundTrip(t, "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), text)
		roundTrip(t, "utf-16 with a mark", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text)
		roundTrip(t, "utf-8 with a mark", unicode.UTF8BOM, text)
		roundTrip(t, "utf-8", encoding.Nop, text)
	}
}

// roundTrip encodes what the encoding has letters for, and decodes it without being told.
func roundTrip(t *testing.T, name string, enc encoding.Encoding, text string) {
	t.Helper()
	if _, single := enc.(*charmap.Charmap); single {
		text = encodable(enc, text)
	}
	b, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if got, note := Decode(b, "", false); got != text {
		t.Errorf("%s: %q became %q (%s)", name, text, got, note)
	}
}

func encodable(enc encoding.Encoding, text string) string {
	var out strings.Builder
	for _, r := range text {
		if _, err := enc.NewEncoder().String(string(r)); err == nil {
			out.WriteRune(r)
		}
	}
	return out.String()
}

func TestDecodeDeclared(t *testing.T) {
	latin := "<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xb3\xf2"
	for _, c := range []struct {
		why, in, declared string
		html              bool
		want, note        string
	}{
		{"the page's own declaration", latin, "", true, "<meta charset=windows-1251><p>Привіт", ""},
		{"the transport's goes before the page's", "<meta charset=koi8-r>\xcf\xf0\xe8\xe2\xb3\xf2", "windows-1251", true, "<meta charset=koi8-r>Привіт", ""},
		{"valid UTF-8 goes before any declaration", "<meta charset=windows-1251>Привіт", "koi8-r", true, "<meta charset=windows-1251>Привіт", ""},
		{"an unknown name is passed over", "\xcf\xf0\xe8\xe2\xb3\xf2, \xf1\xe2\xb3\xf2", "x-unknown", false, "Привіт, світ", "read as windows-1251"},
		{"a text declared as UTF-8 that is not", "\xcf\xf0\xe8\xe2\xb3\xf2, \xf1\xe2\xb3\xf2", "utf-8", false, "Привіт, світ", "read as windows-1251"},
		{"KOI8-R holds Ukrainian letters in practice", "\xd0\xd2\xc9\xd7\xa6\xd4", "koi8-r", false, "привіт", ""},
		{"a byte broken in long UTF-8 text", strings.Repeat("Привіт, світе. ", 20) + "\xd0", "", false, strings.Repeat("Привіт, світе. ", 20) + "\uFFFD", "not valid UTF-8"},
		{"line ends stay as they are", "a\r\nb\rc\n", "", false, "a\r\nb\rc\n", ""},
	} {
		got, note := Decode([]byte(c.in), c.declared, c.html)
		if got != c.want || !strings.Contains(note, c.note) || c.note == "" && note != "" {
			t.Errorf("%s: got %q, note %q", c.why, got, note)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\xff\xfea\x00b\x00"), "", false)
	f.Add([]byte("\xcf\xf0\xe8\xe2\xb3\xf2"), "windows-1251", true)
	f.Add([]byte("<meta charset=utf-16>\x80"), "iso-2022-jp", true)
	f.Fuzz(func(t *testing.T, b []byte, declared string, html bool) {
		got, _ := Decode(b, declared, html)
		if !utf8.ValidString(got) {
			t.Errorf("Decode(%q, %q) is not UTF-8: %q", b, declared, got)
		}
		if utf8.Valid(b) && !strings.HasPrefix(string(b), "\uFEFF") && !strings.Contains(string(b), "\x00") && got != string(b) {
			t.Errorf("valid UTF-8 was changed: %q to %q", b, got)
		}
	})
}
