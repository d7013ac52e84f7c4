package names

import (
	"strings"
	"unicode/utf8"

	"hearsay/internal/romanize"
)

// personName is a person's name in its parts, folded.
type personName struct {
	given, middle, patronymic, surname string
}

var patronymicEndings = []string{"ович", "евич", "йович", "овна", "евна", "івна", "ївна", "авіч", "евіч", "овіч", "аўна", "еўна", "ўна", "ovich", "evich", "ovych", "ovna", "evna", "ivna", "avich", "owicz", "ewicz"}

// IsPatronymic reports whether a folded word has the ending of a father's name.
func isPatronymic(word string) bool {
	if utf8.RuneCountInString(word) < 7 {
		return false
	}
	for _, e := range patronymicEndings {
		if strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}

// suffixes follow a surname.
var suffixes = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true, "мл": true, "ст": true}

// parsePerson reads "Alexander Grigorievich Lukashenko", "Lukashenko", "J. K. Rowling". A
// single word is a surname; a given name and a patronymic have none.
func parsePerson(form string) personName {
	var words []string
	for _, w := range strings.Fields(romanize.Fold(form)) {
		w = strings.Trim(w, ".,")
		if w != "" && !suffixes[w] {
			words = append(words, w)
		}
	}
	switch n := len(words); {
	case n == 0:
		return personName{}
	case n == 1:
		return personName{surname: words[0]}
	case n == 2 && isPatronymic(words[1]) && !latinSurname(words[1]):
		return personName{given: words[0], patronymic: words[1]}
	case n == 2:
		return personName{given: words[0], surname: words[1]}
	default:
		p := personName{given: words[0], surname: words[n-1]}
		if isPatronymic(words[1]) {
			p.patronymic = words[1]
		} else {
			p.middle = strings.Join(words[1:n-1], " ")
		}
		return p
	}
}

// latinSurname keeps surnames that look like patronymics: "Mateusz Morowicz", "Gabriel Milinkovich".
func latinSurname(w string) bool {
	return strings.HasSuffix(w, "owicz") || strings.HasSuffix(w, "ewicz") || !romanize.HasCyrillic(w) && !strings.HasSuffix(w, "rievich") && !strings.HasSuffix(w, "vna") && !strings.HasSuffix(w, "imirovich") && !strings.HasSuffix(w, "androvich") && !strings.HasSuffix(w, "aevich") && !strings.HasSuffix(w, "eevich") && !strings.HasSuffix(w, "ikolayovych")
}

func isInitial(w string) bool { return utf8.RuneCountInString(w) == 1 }

// thresholds say how alike surname, given name and both together must sound.
type thresholds struct{ surname, given, mean float64 }

func thresholdsFor(a, b *node) thresholds {
	switch {
	case !romanize.SameScript(a.name, b.name):
		return thresholds{0.70, 0.62, 0.78}
	case a.sharesLanguage(b):
		return thresholds{0.93, 0.85, 0.93}
	default:
		return thresholds{0.84, 0.75, 0.86}
	}
}

// comparePersons scores two full names, 0 where they are not one person's, and names the rule.
func comparePersons(a, b *node) (float64, string) {
	x, y := a.person, b.person
	t := thresholdsFor(a, b)
	if x.surname == "" || y.surname == "" {
		if x.patronymic == "" || y.patronymic == "" {
			return 0, ""
		}
		g, p := romanize.Similarity(x.given, y.given), romanize.Similarity(x.patronymic, y.patronymic)
		if g >= t.given && p >= t.surname {
			return (g + p) / 2, "given name and patronymic"
		}
		return 0, ""
	}
	if x.patronymic != "" && y.patronymic != "" && romanize.Similarity(x.patronymic, y.patronymic) < t.given {
		return 0, ""
	}
	s := romanize.Similarity(x.surname, y.surname)
	if s < t.surname {
		return 0, ""
	}
	g := closestGiven(x, y)
	if g < t.given || 0.6*s+0.4*g < t.mean {
		return 0, ""
	}
	rule := "spelling"
	if !romanize.SameScript(a.name, b.name) {
		rule = "other script"
	}
	return 0.6*s + 0.4*g, rule
}

// closestGiven compares the given names of two persons, one of whom may go by the second of his.
func closestGiven(x, y personName) float64 {
	g := similarGiven(x.given, y.given)
	for _, m := range [...]float64{similarGiven(x.middle, y.given), similarGiven(x.given, y.middle)} {
		if m > g {
			g = m * 0.98
		}
	}
	return g
}

// similarGiven compares given names, among them the same name in neighbouring languages.
func similarGiven(a, b string) float64 {
	if a == "" || b == "" {
		return 0
	}
	s := romanize.Similarity(a, b)
	if s < 0.9 && equivalent(a, b) {
		return 0.9
	}
	return s
}
