package mention

import (
	"strings"

	"hearsay/internal/romanize"
)

// endingsOf are case endings of names, the longer before the shorter.
var endingsOf = map[string][]string{
	"uk": {"ового", "ському", "ового", "ою", "ею", "єю", "ого", "ому", "ові", "еві", "єві", "ими", "ами", "ями", "их", "ах", "ях", "ої", "ій", "им", "ім", "ом", "ем", "єм", "ам", "ям", "ів", "ий", "а", "я", "у", "ю", "і", "ї", "и", "е", "є", "о", "й", "ь"},
	"ru": {"ого", "его", "ому", "ему", "ыми", "ими", "ами", "ями", "ых", "их", "ах", "ях", "ой", "ей", "ою", "ею", "ым", "им", "ом", "ем", "ём", "ам", "ям", "ую", "юю", "ая", "яя", "ый", "ий", "ии", "ию", "ия", "а", "я", "у", "ю", "ы", "и", "е", "о", "й", "ь"},
	"be": {"ага", "яга", "аму", "яму", "ымі", "імі", "амі", "ямі", "ых", "іх", "ах", "ях", "ой", "ай", "ей", "аю", "ею", "ою", "ым", "ім", "ам", "ем", "эм", "ям", "ом", "ую", "ая", "яя", "аў", "ыі", "ы", "а", "я", "у", "ю", "і", "э", "е", "о", "й", "ь"},
	"pl": {"iego", "iemu", "ego", "emu", "owie", "owi", "iej", "iem", "ych", "ich", "ymi", "imi", "ami", "ach", "ej", "em", "ym", "im", "om", "ów", "ie", "ia", "ią", "iu", "a", "e", "y", "i", "o", "u", "ą", "ę"},
	"cs": {"ého", "ému", "ovi", "ové", "ech", "ích", "ými", "ami", "em", "ou", "ou", "ům", "ým", "ím", "ej", "ém", "a", "e", "y", "i", "o", "u", "á", "é", "í", "ý", "ě", "ů"},
}

var foldedEndings = func() map[string][]string {
	out := map[string][]string{}
	for lang, endings := range endingsOf {
		for _, e := range endings {
			out[lang] = append(out[lang], romanize.Fold(e))
		}
	}
	return out
}()

// stems are the stems that a folded word may be a form of: the word itself and what stays when a
// case ending goes. Two forms of one name share one.
func stems(lang, word string) []string {
	out := []string{word}
	if !slavic(lang) {
		return out
	}
	length := len([]rune(word))
	for _, e := range foldedEndings[lang] {
		if rest, ok := strings.CutSuffix(word, e); ok && length-len([]rune(e)) >= 2 && (length-len([]rune(e)) >= 3 || len([]rune(e)) == 1) {
			out = append(out, rest)
		}
	}
	return out
}

// sameWord reports whether two folded words may be forms of one name.
func sameWord(lang, a, b string) bool {
	if a == b {
		return true
	}
	if !slavic(lang) {
		a, b = unpossessed(lang, a), unpossessed(lang, b)
		return a == b || lang == "de" && len(a) > 4 && len(b) > 4 && (a == b+"s" || b == a+"s") || sameRomanized(a, b)
	}
	a, b = apostrophised(lang, a), apostrophised(lang, b)
	if len(a) < 3 || len(b) < 3 {
		return false
	}
	if strings.Contains(a, "-") && strings.Contains(b, "-") {
		return samePartByPart(lang, a, b)
	}
	for _, x := range stems(lang, a) {
		for _, y := range stems(lang, b) {
			if x == y && (len([]rune(x)) >= 3 || len([]rune(a))-len([]rune(x)) <= 1) {
				return true
			}
		}
	}
	return alternates(lang, a, b)
}

// samePartByPart compares double names, of which either part may be inflected: «Берга-Лі».
func samePartByPart(lang, a, b string) bool {
	x, y := strings.Split(a, "-"), strings.Split(b, "-")
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] == "" || y[i] == "" || !sameWord(lang, x[i], y[i]) {
			return false
		}
	}
	return true
}

// sameRomanized reports whether two long words are romanisations of one name: texts mix
// "Lukashenko" and "Lukashenka".
func sameRomanized(a, b string) bool {
	if len(a) < 7 || len(b) < 7 || a[:3] != b[:3] {
		return false
	}
	return romanize.Similarity(a, b) >= 0.95 && romanize.Skeleton(a) == romanize.Skeleton(b)
}

// apostrophised takes a Polish ending off a foreign name: Flake'a, Jeremy'ego.
func apostrophised(lang, w string) string {
	if lang == "pl" {
		if i := strings.IndexByte(w, '\''); i > 2 && len(w)-i <= 4 {
			return w[:i]
		}
	}
	return w
}

// alternates compares stems whose last consonant changes: Duda, Dudzie; Ольга, Ользі; Павел, Павла.
func alternates(lang, a, b string) bool {
	for _, p := range alternations[lang] {
		if x, ok := strings.CutSuffix(a, p[0]); ok && len([]rune(x)) >= 2 {
			if y, ok := strings.CutSuffix(b, p[1]); ok && x == y {
				return true
			}
		}
		if x, ok := strings.CutSuffix(b, p[0]); ok && len([]rune(x)) >= 2 {
			if y, ok := strings.CutSuffix(a, p[1]); ok && x == y {
				return true
			}
		}
	}
	return false
}

var alternations = map[string][][2]string{
	"pl": {{"da", "dzie"}, {"ta", "cie"}, {"ka", "ce"}, {"ga", "dze"}, {"ra", "rze"}, {"la", "le"}, {"ek", "ka"}, {"ek", "kiem"}, {"ek", "kowi"}, {"ec", "ca"}, {"el", "la"}, {"el", "lem"}, {"t", "cie"}, {"d", "dzie"}, {"r", "rze"}},
	"uk": {{"га", "зі"}, {"ка", "ці"}, {"ха", "сі"}, {"ець", "ця"}, {"ець", "цю"}, {"ець", "цем"}, {"ок", "ка"}, {"ко", "ці"}, {"лів", "лева"}, {"їв", "єва"}, {"ів", "ова"}, {"ів", "ову"}, {"ів", "овим"}},
	"ru": {{"ец", "ца"}, {"ец", "цу"}, {"ец", "цом"}, {"ок", "ка"}, {"вел", "вла"}, {"вел", "влу"}, {"вел", "влом"}, {"лев", "льва"}},
	"be": {{"ка", "цы"}, {"га", "зе"}, {"аў", "ава"}, {"аў", "аву"}, {"аў", "авым"}, {"оў", "ова"}, {"еў", "ева"}, {"ў", "ва"}, {"ў", "ву"}, {"ў", "вым"}, {"ка", "ку"}},
}

// unpossessed takes the English possessive off.
func unpossessed(lang, w string) string {
	if lang == "en" || lang == "de" {
		w = strings.TrimSuffix(w, "'s")
		w = strings.TrimSuffix(w, "'")
	}
	return w
}

type paradigm struct{ ending, nominative string }

// adjectival and nominal surnames by gender: oblique ending, nominative ending.
var masculine = map[string][]paradigm{
	"uk": {
		{"ського", "ський"},
		{"ському", "ський"},
		{"ським", "ський"},
		{"цького", "цький"},
		{"цькому", "цький"},
		{"цьким", "цький"},
		{"зького", "зький"},
		{"зькому", "зький"},
		{"зьким", "зький"},
		{"енка", "енко"},
		{"енку", "енко"},
		{"енком", "енко"},
		{"енкові", "енко"},
		{"єнка", "єнко"},
		{"єнку", "єнко"},
		{"єнком", "єнко"},
		{"ова", "ов"},
		{"ову", "ов"},
		{"овим", "ов"},
		{"єва", "єв"},
		{"єву", "єв"},
		{"євим", "єв"},
		{"ева", "ев"},
		{"еву", "ев"},
		{"евим", "ев"},
		{"іна", "ін"},
		{"іну", "ін"},
		{"іним", "ін"},
		{"їна", "їн"},
		{"їну", "їн"},
		{"їним", "їн"},
		{"ового", "овий"},
		{"овому", "овий"},
		{"ого", "ий"},
		{"ому", "ий"},
		{"ові", ""},
		{"еві", "ь"},
		{"єві", "й"},
		{"ом", ""},
		{"ем", ""},
		{"єм", "й"},
		{"ія", "ій"},
		{"ію", "ій"},
		{"ея", "ей"},
		{"ею", "ей"},
		{"ая", "ай"},
		{"аю", "ай"},
		{"ля", "ль"},
		{"лю", "ль"},
		{"лем", "ль"},
		{"ря", "р"},
		{"рю", "р"},
		{"а", ""},
		{"у", ""},
	},
	"ru": {
		{"ского", "ский"},
		{"скому", "ский"},
		{"ским", "ский"},
		{"ском", "ский"},
		{"цкого", "цкий"},
		{"цкому", "цкий"},
		{"цким", "цкий"},
		{"ова", "ов"},
		{"ову", "ов"},
		{"овым", "ов"},
		{"ове", "ов"},
		{"ева", "ев"},
		{"еву", "ев"},
		{"евым", "ев"},
		{"еве", "ев"},
		{"ина", "ин"},
		{"ину", "ин"},
		{"иным", "ин"},
		{"ине", "ин"},
		{"ого", "ый"},
		{"ому", "ый"},
		{"ом", ""},
		{"ем", ""},
		{"ия", "ий"},
		{"ию", "ий"},
		{"ием", "ий"},
		{"ея", "ей"},
		{"ею", "ей"},
		{"еем", "ей"},
		{"ая", "ай"},
		{"аю", "ай"},
		{"аем", "ай"},
		{"ля", "ль"},
		{"лю", "ль"},
		{"лем", "ль"},
		{"ря", "рь"},
		{"рю", "рь"},
		{"рем", "рь"},
		{"а", ""},
		{"у", ""},
		{"е", ""},
	},
	"be": {
		{"скага", "скі"},
		{"скаму", "скі"},
		{"скім", "скі"},
		{"цкага", "цкі"},
		{"цкаму", "цкі"},
		{"цкім", "цкі"},
		{"энкі", "энка"},
		{"энку", "энка"},
		{"энкам", "энка"},
		{"энкам", "энка"},
		{"енкі", "енка"},
		{"енку", "енка"},
		{"енкам", "енка"},
		{"ова", "оў"},
		{"ову", "оў"},
		{"овым", "оў"},
		{"ава", "аў"},
		{"аву", "аў"},
		{"авым", "аў"},
		{"ева", "еў"},
		{"еву", "еў"},
		{"евым", "еў"},
		{"іна", "ін"},
		{"іну", "ін"},
		{"іным", "ін"},
		{"ага", "ы"},
		{"аму", "ы"},
		{"ам", ""},
		{"ом", ""},
		{"ем", ""},
		{"эм", ""},
		{"а", ""},
		{"у", ""},
	},
	"pl": {
		{"skiego", "ski"},
		{"skiemu", "ski"},
		{"skim", "ski"},
		{"ckiego", "cki"},
		{"ckiemu", "cki"},
		{"ckim", "cki"},
		{"dzkiego", "dzki"},
		{"dzkiemu", "dzki"},
		{"dzkim", "dzki"},
		{"kowi", "k"},
		{"kiem", "k"},
		{"giem", "g"},
		{"ego", "y"},
		{"emu", "y"},
		{"owi", ""},
		{"em", ""},
		{"ym", "y"},
		{"a", ""},
	},
}

var feminine = map[string][]paradigm{
	"uk": {
		{"ською", "ська"},
		{"ської", "ська"},
		{"ській", "ська"},
		{"ську", "ська"},
		{"цькою", "цька"},
		{"цької", "цька"},
		{"цькій", "цька"},
		{"цьку", "цька"},
		{"ової", "ова"},
		{"овій", "ова"},
		{"овою", "ова"},
		{"ову", "ова"},
		{"євої", "єва"},
		{"євою", "єва"},
		{"євій", "єва"},
		{"єву", "єва"},
		{"іної", "іна"},
		{"іній", "іна"},
		{"іною", "іна"},
		{"іну", "іна"},
		{"ії", "ія"},
		{"ію", "ія"},
		{"ією", "ія"},
		{"ою", "а"},
		{"ею", "я"},
		{"єю", "я"},
		{"у", "а"},
		{"и", "а"},
		{"ю", "я"},
		{"зі", "га"},
		{"ці", "ка"},
		{"і", "а"},
		{"ї", "я"},
	},
	"ru": {
		{"ской", "ская"}, {"скую", "ская"}, {"цкой", "цкая"}, {"цкую", "цкая"}, {"овой", "ова"}, {"ову", "ова"}, {"евой", "ева"}, {"еву", "ева"}, {"иной", "ина"}, {"ину", "ина"}, {"ии", "ия"}, {"ию", "ия"}, {"ией", "ия"}, {"ой", "а"}, {"ей", "я"}, {"у", "а"}, {"ы", "а"}, {"ю", "я"}, {"и", "а"}, {"е", "а"},
	},
	"be": {
		{"скай", "ская"}, {"скую", "ская"}, {"цкай", "цкая"}, {"цкую", "цкая"}, {"овай", "ова"}, {"авай", "ава"}, {"ову", "ова"}, {"ай", "а"}, {"ой", "а"}, {"яй", "я"}, {"у", "а"}, {"ы", "а"}, {"ю", "я"}, {"і", "а"},
	},
	"pl": {
		{"skiej", "ska"}, {"ską", "ska"}, {"ckiej", "cka"}, {"cką", "cka"}, {"iej", "a"}, {"ej", "a"}, {"ii", "ia"}, {"ię", "ia"}, {"ią", "ia"}, {"dzie", "da"}, {"cie", "ta"}, {"ce", "ka"}, {"dze", "ga"}, {"rze", "ra"}, {"ą", "a"}, {"ę", "a"}, {"y", "a"}, {"i", "a"}, {"o", "a"},
	},
}

// nominatives lists what a word's nominative may be, by paradigm, the word itself first. gender
// is "Masc", "Fem" or "".
func nominatives(lang, word, gender string) []string {
	out := []string{word}
	if !slavic(lang) {
		return out
	}
	tables := [][]paradigm{masculine[lang], feminine[lang]}
	switch gender {
	case "Fem":
		tables = tables[1:]
	case "Masc":
		// Men's names in -a go by the feminine paradigm: Duda, Микола.
	}
	for _, t := range tables {
		for _, p := range t {
			if stem, ok := strings.CutSuffix(word, p.ending); ok && len([]rune(stem)) >= 2 {
				out = append(out, stem+p.nominative)
			}
		}
	}
	return out
}

func endsInM(s string) bool { return strings.HasSuffix(s, "м") || strings.HasSuffix(s, "m") }

// looksOblique reports whether a form alone shows an oblique case, and gives its nominative by
// the surest paradigms.
func looksOblique(lang, word, gender string) (string, bool) {
	t := masculine[lang]
	if gender == "Fem" {
		t = feminine[lang]
	}
	for _, p := range t {
		if n := len([]rune(p.ending)); n < 2 || n == 2 && !endsInM(p.ending) {
			continue
		}
		if stem, ok := strings.CutSuffix(word, p.ending); ok && len([]rune(stem)) >= 2 {
			return stem + p.nominative, true
		}
	}
	if gender == "Fem" {
		return word, false
	}
	for _, p := range feminine[lang] {
		if len([]rune(p.ending)) < 4 {
			continue
		}
		if stem, ok := strings.CutSuffix(word, p.ending); ok && len([]rune(stem)) >= 2 {
			return stem + p.nominative, true
		}
	}
	return word, false
}
