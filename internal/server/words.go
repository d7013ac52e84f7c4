package server

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"hearsay/internal/format"
)

// functions are what templates may call.
var functions = template.FuncMap{
	"day":       day,
	"datetime":  datetime,
	"language":  languageName,
	"certainty": certainty,
	"number":    number,
	"count":     count,
	"origins":   originCount,
	"percent":   func(x float64) string { return strconv.Itoa(int(x*100+0.5)) + " %" },
	"cut":       cut,
	"rule":      ruleName,
	"link":      linkName,
	"linked":    linkedName,
	"either":    linkedEither,
	"join":      strings.Join,
	"add":       func(a, b int) int { return a + b },
	"list":      func(v ...any) []any { return v },
	"grades":    func() []grade { return sourceGrades },
	"numbers":   func() []grade { return informationGrades },
	"direction": directionName,
	"figure":    figureText,
	"conflict":  conflictName,
	"where":     where,
	"headline":  headline,
}

// day writes a date as people read it; what is no date comes back as it is.
func day(date string) string {
	if date == "" {
		return "no date"
	}
	t, err := time.Parse("2006-01-02", date[:min(10, len(date))])
	if err != nil {
		return date
	}
	return t.Format("2 January 2006")
}

func datetime(v string) string {
	t, err := time.Parse(time.RFC3339, v)
	if err != nil {
		return day(v)
	}
	return t.Format("2 January 2006, 15:04")
}

var languages = map[string]string{
	"en": "English", "uk": "Ukrainian", "ru": "Russian", "be": "Belarusian", "pl": "Polish", "de": "German", "fr": "French", "es": "Spanish",
	"cs": "Czech", "sk": "Slovak", "bg": "Bulgarian", "sr": "Serbian", "it": "Italian", "pt": "Portuguese", "ro": "Romanian", "nl": "Dutch",
	"tr": "Turkish", "ar": "Arabic", "he": "Hebrew", "mk": "Macedonian", "und": "unknown language", "": "unknown language",
}

func languageName(code string) string {
	if name, ok := languages[code]; ok {
		return name
	}
	return code
}

// certainty says in words how a speaker holds a content (the FactBank values).
func certainty(factuality string) string {
	switch factuality {
	case "CT+":
		return "as certain"
	case "PR+":
		return "as probable"
	case "PS+":
		return "as possible"
	case "CT-":
		return "as certain, in the negative"
	case "PR-":
		return "as probable, in the negative"
	case "PS-":
		return "as possible, in the negative"
	case "CTu":
		return "as known, without saying which"
	}
	return "left open"
}

// number sets thin spaces between thousands.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && len(s) > 4; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// count writes a number with its noun: 1 claim, 2 claims.
func count(n int, one string, more ...string) string {
	if n == 1 {
		return "1 " + one
	}
	if len(more) > 0 {
		return number(n) + " " + more[0]
	}
	return number(n) + " " + one + "s"
}

// originCount says how many origins there are: "1 origin", "at least 1, at most 3 origins".
func originCount(least, most int) string {
	if most == 0 {
		return "told by those alone who deny it"
	}
	if least == most {
		return count(least, "origin")
	}
	return fmt.Sprintf("at least %d, at most %s", least, count(most, "origin"))
}

// cut shortens a text for a list to so many runes, at the end of a word.
func cut(n int, text string) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	short := string(runes[:n])
	if i := strings.LastIndexAny(short, " \u00a0"); i > len(short)*2/3 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:") + "…"
}

func linkName(kind string) string {
	switch kind {
	case "copy":
		return "copies"
	case "translation":
		return "translates"
	case "cites":
		return "cites"
	case "republishes":
		return "republishes"
	case "says":
		return "reports"
	}
	return kind
}

// linkedName names a link from the side of the document that others depend on.
func linkedName(kind string) string {
	switch kind {
	case "copy":
		return "copied by"
	case "translation":
		return "translated by"
	case "cites":
		return "cited by"
	case "republishes":
		return "republished by"
	}
	return kind
}

// linkedEither names a link of which it is not known who depends on whom.
func linkedEither(kind string) string {
	switch kind {
	case "copy":
		return "copies or is copied by"
	case "translation":
		return "translates or is translated by"
	}
	return linkName(kind) + " or the other way round"
}

// directionName says how it was decided which of two documents came first.
func directionName(by string) string {
	switch by {
	case "date":
		return "direction by the dates"
	case "credit":
		return "direction by a credit line"
	case "text":
		return "direction by the text"
	}
	return "direction unknown"
}

func ruleName(kind, rule string) string {
	switch kind + " " + rule {
	case "name same":
		return "are one"
	case "name different":
		return "are not the same"
	case "claim same":
		return "say the same"
	case "claim different":
		return "do not say the same"
	case "link wrong":
		return "is no dependence"
	}
	switch kind {
	case "source":
		return "source graded " + rule
	case "information":
		return "information graded " + rule
	}
	return rule
}

// grade is a letter or number of the Admiralty code with its meaning.
type grade struct{ Value, Meaning string }

// The two axes of the Admiralty code (NATO AJP-2.1) are judged apart; F and 6 mean that nothing is known.
var (
	sourceGrades = []grade{
		{"A", "completely reliable"},
		{"B", "usually reliable"},
		{"C", "fairly reliable"},
		{"D", "not usually reliable"},
		{"E", "unreliable"},
		{"F", "cannot be judged"},
	}
	informationGrades = []grade{
		{"1", "confirmed by other sources"},
		{"2", "probably true"},
		{"3", "possibly true"},
		{"4", "doubtful"},
		{"5", "improbable"},
		{"6", "cannot be judged"},
	}
)

// figureText writes the range that the words of a figure allow.
func figureText(f *format.Figure) string {
	trim := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	unit := ""
	if f.Unit != "" {
		unit = " " + f.Unit
	}
	switch {
	case f.High < f.Low:
		return "at least " + trim(f.Low) + unit
	case f.High > f.Low:
		return trim(f.Low) + " to " + trim(f.High) + unit
	}
	return trim(f.Value) + unit
}
