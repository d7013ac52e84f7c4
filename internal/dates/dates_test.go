package dates

import (
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"ISO with an offset keeps its time", "2025-11-20T10:30:00+02:00", "2025-11-20T10:30:00+02:00"},
		{"an offset without a colon", "2025-11-20T10:30:00+0200", "2025-11-20T10:30:00+02:00"},
		{"fractions of a second are dropped", "2025-11-20T10:30:00.123Z", "2025-11-20T10:30:00Z"},
		{"a time without a zone cannot be RFC 3339, so the date alone is kept", "2025-11-20 10:30:00", "2025-11-20"},
		{"Python's str() of an aware datetime", "2025-11-20 10:30:00+01:00", "2025-11-20T10:30:00+01:00"},
		{"minutes only", "2025-11-20T10:30Z", "2025-11-20T10:30:00Z"},
		{"a bare date", "2025-11-20", "2025-11-20"},
		{"compact", "20251120", "2025-11-20"},
		{"compact with time", "20251120T103000Z", "2025-11-20T10:30:00Z"},
		{"Unix seconds", "1763634600", "2025-11-20T10:30:00Z"},
		{"Unix milliseconds", "1763634600000", "2025-11-20T10:30:00Z"},
		{"RFC 822 as feeds write it", "Thu, 20 Nov 2025 10:30:00 GMT", "2025-11-20T10:30:00Z"},
		{"RFC 822 with a two-digit year", "Thu, 20 Nov 25 10:30:00 EST", "2025-11-20T10:30:00-05:00"},
		{"an unknown zone loses the time", "Thu, 20 Nov 2025 10:30:00 XYZ", "2025-11-20"},
		{"twelve-hour clock", "November 20, 2025 at 10:30 PM CET", "2025-11-20T22:30:00+01:00"},
		{"GMT with an offset", "20 November 2025 10:30 GMT+3", "2025-11-20T10:30:00+03:00"},
		{"Ukrainian feed", "Чт, 20 Лис 2025 12:00:00 +0200", "2025-11-20T12:00:00+02:00"},
		{"Ukrainian page", "20 листопада 2025, 12:00", "2025-11-20"},
		{"Russian", "20 ноября 2025 г.", "2025-11-20"},
		{"Polish", "20 listopada 2025", "2025-11-20"},
		{"Belarusian", "20 лістапада 2025", "2025-11-20"},
		{"German", "Donnerstag, 20. November 2025", "2025-11-20"},
		{"German umlaut", "3. März 2024", "2024-03-03"},
		{"French", "jeudi 20 novembre 2025", "2025-11-20"},
		{"French August", "1er août 2025", "2025-08-01"},
		{"Spanish", "20 de noviembre de 2025", "2025-11-20"},
		{"Spanish Tuesday is not March", "martes 18 de noviembre de 2025", "2025-11-18"},
		{"dots put the day first", "05.11.2025 09:00", "2025-11-05"},
		{"slashes with a telling day", "20/11/2025", "2025-11-20"},
		{"slashes with a telling day, American", "11/20/2025", "2025-11-20"},
		{"slashes that tell nothing are refused", "05/11/2025", ""},
		{"no such day", "2025-02-30", ""},
		{"leap day", "2024-02-29", "2024-02-29"},
		{"no year", "20 November", ""},
		{"relative words are refused", "yesterday", ""},
		{"a number is no date", "12345", ""},
		{"Python's None", "None", ""},
		{"empty", " ", ""},
	} {
		if got := Parse(c.in); got != c.want {
			t.Errorf("%s: Parse(%q) = %q, want %q", c.why, c.in, got, c.want)
		}
	}
}

func TestFromURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://outlet.example/2025/11/20/bridge":        "2025-11-20",
		"https://outlet.example/news/2025-11-20-bridge":   "2025-11-20",
		"https://outlet.example/20251120-bridge.html":     "2025-11-20",
		"https://outlet.example/2025/11/bridge":           "",
		"https://outlet.example/id/2025112033":            "",
		"https://outlet.example/a?d=/2025/11/20/":         "",
		"https://outlet.example/news/2025/13/20/strange/": "",
	} {
		if got := FromURL(in); got != want {
			t.Errorf("FromURL(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2025-11-20", "Thu, 20 Nov 2025 10:30:00 GMT", "20 листопада 2025", "05.11.2025 09:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Parse(s)
		if got == "" {
			return
		}
		if _, err := time.Parse(time.RFC3339, got); err != nil {
			if _, err := time.Parse(time.DateOnly, got); err != nil {
				t.Errorf("Parse(%q) = %q is not RFC 3339", s, got)
			}
		}
	})
}
