package segment

import (
	"strings"
)

// titles are abbreviations that stand before a name or a number and so never end a sentence,
// in small letters and without their full stop. They are few and shared by all languages
// unless two of them clash; other abbreviations are learnt from the treebanks.
var titles = func() map[string]bool {
	set := map[string]bool{}
	for _, list := range []string{
		// English
		"mr mrs ms messrs dr prof sen sens rep reps gov govs gen col lt sgt capt cpt maj cmdr adm brig rev hon supt insp det st vs v nos",
		// German
		"hrn fr nr bzw dipl ing",
		// French and Spanish
		"mm mme mmes mlle mgr vve sr sra srta sres dra dn dña gral cap cnel tte",
		// Polish
		"im ul al pl św ks bp abp gen płk ppłk mjr kpt por sierż inż mgr dr hab prof red śp tzw tzn np",
		// Ukrainian, Russian, Belarusian
		"ім вул пр просп бул пл м с смт д-р проф акад доц ген полк кап лейт о св напр т.зв",
		"им ул пр-т бульв г ген-м ген-л д-ра напр т.н о-в",
		"імя вул праф дац акад ген напр",
	} {
		for _, w := range strings.Fields(list) {
			set[w] = true
		}
	}
	return set
}()

// ambiguousTitles are words too; they count as titles only with a small letter at the start or
// where a capital and a full stop make the abbreviation plain.
var ambiguousTitles = map[string]bool{"о": true, "с": true, "м": true, "г": true, "пл": true, "al": true, "por": true, "v": true, "fr": true, "cap": true, "np": true}

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
	if !titles[lower] {
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
