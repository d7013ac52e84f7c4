package claims

import (
	"strings"
	"sync"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/resolve/depends"
)

var columns = []string{"en", "uk", "ru", "pl", "be", "de", "fr", "es"}

type word struct{ language, form string }

// placeCodes gives the code of a country by its names, and that of its capital or government by
// theirs with the kind behind it.
var placeCodes = sync.OnceValue(func() map[word]string {
	m := map[word]string{}
	for _, table := range []string{"places", "byname"} {
		data.NameRows(table, func(f []string) {
			code := f[0]
			if f[1] != "country" {
				code += "/" + f[1]
			}
			for i, l := range columns {
				for _, n := range strings.Split(f[i+2], "|") {
					k := word{l, fold(n)}
					if _, ok := m[k]; !ok && n != "-" {
						m[k] = code
					}
				}
			}
		})
	}
	return m
})

func placeCode(language, form string) string { return placeCodes()[word{language, fold(form)}] }

// demonyms gives the country of an adjective or inhabitant by a prefix of the word.
var demonyms = sync.OnceValue(func() map[word]string {
	m := map[word]string{}
	data.NameRows("demonyms", func(f []string) {
		for i, l := range columns {
			if i+1 >= len(f) {
				break
			}
			for _, stem := range strings.Split(f[i+1], "|") {
				if stem != "-" && stem != "" {
					for _, s := range bothLetters(stem) {
						m[word{l, fold(s)}] = f[0]
					}
				}
			}
		}
	})
	return m
})

// bothLetters writes out the "[oa]" of a stem.
func bothLetters(stem string) []string {
	if !strings.Contains(stem, "[oa]") {
		return []string{stem}
	}
	return []string{strings.ReplaceAll(stem, "[oa]", "o"), strings.ReplaceAll(stem, "[oa]", "a")}
}

const (
	shortestStem = 4 // letters of a demonym's prefix
	longestTail  = 5 // letters that may follow it
)

func demonymCode(language, lemma string) string {
	r := []rune(lemma)
	for n := len(r); n >= shortestStem && n >= len(r)-longestTail; n-- {
		if code := demonyms()[word{language, string(r[:n])}]; code != "" {
			return code
		}
	}
	return ""
}

func outletKey(name string) string { return depends.OutletKey(name) }

// reportStems begin the words for written sources, in the eight languages.
var reportStems = []string{
	"report", "study", "survey", "document", "statement", "analysis", "assessment", "review", "letter", "memo",
	"звіт", "доповід", "дослідженн", "документ", "заяв", "опитуванн", "зведенн",
	"отчет", "отчёт", "доклад", "исследовани", "заявлени", "опрос", "сводк",
	"raport", "badani", "sprawozdani", "dokument", "oświadczeni", "sondaż", "analiz",
	"справаздач", "дакумент", "даследаванн", "апытанн", "даклад",
	"bericht", "studie", "umfrage", "untersuchung", "erklärung",
	"rapport", "étude", "enquête", "sondage", "communiqué",
	"informe", "estudio", "encuesta", "sondeo", "documento", "comunicado",
}

// documentOrNone tells whether a description stands for a written source.
func documentOrNone(text string) hearsay.MentionType {
	for _, w := range strings.Fields(strings.ToLower(text)) {
		for _, stem := range reportStems {
			if strings.HasPrefix(w, stem) {
				return hearsay.DocumentType
			}
		}
	}
	return ""
}
