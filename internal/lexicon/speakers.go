package lexicon

import (
	"strings"
	"sync"

	"hearsay"
	"hearsay/data"
)

// Speaker is what a noun says of whom it means: "actress" a person, a woman.
type Speaker struct {
	Type   hearsay.MentionType
	Gender string // "Masc", "Fem", "" for either
	// Institution is what news speaks of without having named it: "the army".
	Institution bool
	// Nameless is whom news does not name: "the source".
	Nameless bool
	Common   bool // news calls somebody so whom it has named: "the singer"; "the president" may stand alone
}

var (
	speakersMu sync.Mutex
	speakers   = map[string]map[string]Speaker{}
)

// LoadSpeakers returns the nouns of a language, folded, for persons and organisations that can speak:
// those of titles.tsv and of speakers.tsv. It is read once and shared.
func LoadSpeakers(language string) map[string]Speaker {
	speakersMu.Lock()
	defer speakersMu.Unlock()
	if s, ok := speakers[language]; ok {
		return s
	}
	s := map[string]Speaker{}
	for _, file := range []string{"titles.tsv", "speakers.tsv"} {
		if raw, err := data.Lexicon.ReadFile("lexicon/" + language + "/" + file); err == nil {
			addSpeakers(s, string(raw), file == "speakers.tsv")
		}
	}
	speakers[language] = s
	return s
}

// addSpeakers reads lines of lemma, type, gender and variants; a variant can be of another gender.
func addSpeakers(s map[string]Speaker, table string, common bool) {
	for _, line := range strings.Split(table, "\n") {
		f := strings.Split(line, "\t")
		if len(f) < 3 || line[0] == '#' {
			continue
		}
		one := Speaker{Type: hearsay.MentionType(f[1]), Common: common}
		switch f[1] {
		case "institution":
			one = Speaker{Type: hearsay.Organization, Institution: true}
		case "nameless":
			one = Speaker{Type: hearsay.Person, Nameless: true}
		}
		if f[2] == "Masc" || f[2] == "Fem" {
			one.Gender = f[2]
		}
		if have := s[Fold(f[0])]; one.Gender == "" {
			one.Gender = have.Gender
		}
		s[Fold(f[0])] = one
		if len(f) > 3 && f[3] != "-" {
			for _, v := range strings.Split(f[3], "|") {
				s[Fold(v)] = Speaker{Type: one.Type}
			}
		}
	}
}
