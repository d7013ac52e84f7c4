package segment

import (
	"strings"
)

// titles are abbreviations that stand before a name or a number and so never end a sentence,
// in small letters and without their full stop, by the languages that have them ("" is all). They
// are few; other abbreviations are learnt from the treebanks.
var titles = func() map[string]map[string]bool {
	byLanguage := map[string]map[string]bool{}
	for _, list := range []struct{ languages, words string }{
		{"", "mr mrs ms messrs dr prof sen sens rep reps gov govs gen col lt sgt capt cpt maj cmdr adm brig rev hon supt insp det st vs v nos"},
		{"", "hrn fr nr bzw dipl ing"},
		{"", "mm mme mmes mlle mgr vve sr sra srta sres dra dn dña gral cap cnel tte"},
		{"pl", "im ul al pl św ks bp abp gen płk ppłk mjr kpt por sierż inż mgr dr hab prof red śp tzw tzn tj np ds ang niem łac"},
		{"uk ru be", "ім вул пр просп бул пл м с смт д-р проф акад доц ген полк кап лейт о св напр т.зв"},
		{"uk ru be", "им ул пр-т бульв г ген-м ген-л д-ра напр т.н о-в"},
		{"uk ru be", "імя вул праф дац акад ген напр"},
	} {
		for _, language := range append(strings.Fields(list.languages), list.languages) {
			if byLanguage[language] == nil {
				byLanguage[language] = map[string]bool{}
			}
			for _, w := range strings.Fields(list.words) {
				byLanguage[language][w] = true
			}
		}
	}
	return byLanguage
}()

// ambiguousTitles are words too; they count as titles only with a small letter at the start or
// where a capital and a full stop make the abbreviation plain.
var ambiguousTitles = map[string]bool{"о": true, "с": true, "м": true, "г": true, "пл": true, "al": true, "por": true, "v": true, "fr": true, "cap": true, "np": true}

// dollars are abbreviations that may end a sentence, but not before the country whose money it is.
var dollars = map[string]string{"дол": "США", "долл": "США", "даляр": "ЗША", "дал": "ЗША", "dol": "USA"}

// abbreviation says that the full stop at i ends a title or an initial before more text.
func (t *text) abbreviation(i int) bool {
	if t.chars[i].class != fullStop {
		return false
	}
	start := i
	for start > 0 && i-start < 8 && (t.chars[start-1].class.letter() || t.chars[start-1].class == hyphen) {
		start--
	}
	if start == i || start > 0 && !t.chars[start-1].space && !boundaryBefore(t.chars[start-1].class) {
		return false
	}
	word := t.source[t.chars[start].start:t.chars[i].start]
	lower := strings.ToLower(word)
	if country := dollars[lower]; country != "" && t.chars[i].next >= 0 {
		return strings.HasPrefix(t.source[t.chars[t.chars[i].next].start:], country)
	}
	if !titles[""][lower] && !titles[t.language][lower] {
		return false
	}
	return !ambiguousTitles[lower] || word == lower && start > 0
}

func boundaryBefore(c class) bool {
	switch c {
	case openQuote, straightQuote, openBracket, dash, closeQuote:
		return true
	}
	return false
}
