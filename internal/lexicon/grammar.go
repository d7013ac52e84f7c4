package lexicon

import (
	"fmt"
	"strings"
	"sync"

	"hearsay/data"
)

// Role is a set of grammatical jobs that a word can do.
type Role uint32

// The roles of function words, as data/lexicon/<lang>/grammar.tsv names them.
const (
	RoleThat        Role = 1 << iota // opens a reported clause
	RoleWhether                      // opens a reported question
	RoleRelative                     // relative pronoun
	RoleAs                           // "as X said"
	RoleInfinitive                   // marks an infinitive
	RoleMasc                         // he
	RoleFem                          // she
	RoleNeut                         // it
	RolePlural                       // they
	RoleFirst                        // I, we
	RolePossessive                   // his, her, their
	RoleQuestion                     // who, what
	RoleNegation                     // not, never
	RoleAuxiliary                    // be, have, will
	RoleBy                           // marks an agent
	RoleAbout                        // about, on
	RoleTo                           // marks an addressee
	RoleConjunction                  // and, while
	RoleDeterminer                   // the, these
	RolePreposition                  // in, of
	RoleOf                           // joins a noun to its owner: of, de
	RoleTime                         // names of days, months, spans of time
	RoleDocument                     // nouns of what speaks for its author: report, study, post
	RoleBack                         // stands for the sentence before: this, das, це
	RoleHis                          // possessive of a man or thing
	RoleHers                         // possessive of a woman or thing
	RoleTheirs                       // possessive of several
	RoleComment                      // to say something on a matter: comment, äußern
)

// RoleApart is the roles that no learnt feature knows of.
const RoleApart = RoleDocument | RoleBack | RoleHis | RoleHers | RoleTheirs | RoleComment

// RolePronoun is every personal pronoun of the third person.
const RolePronoun = RoleMasc | RoleFem | RoleNeut | RolePlural

// Has reports whether r holds any role of s.
func (r Role) Has(s Role) bool { return r&s != 0 }

var roleNames = map[string]Role{
	"that": RoleThat, "whether": RoleWhether, "relative": RoleRelative, "as": RoleAs, "infinitive": RoleInfinitive,
	"pronoun.masc": RoleMasc, "pronoun.fem": RoleFem, "pronoun.neut": RoleNeut, "pronoun.plur": RolePlural, "pronoun.first": RoleFirst,
	"pronoun.possessive": RolePossessive, "question": RoleQuestion, "negation": RoleNegation, "auxiliary": RoleAuxiliary, "by": RoleBy,
	"about": RoleAbout, "to": RoleTo, "conjunction": RoleConjunction, "determiner": RoleDeterminer, "preposition": RolePreposition, "of": RoleOf,
	"document": RoleDocument, "back": RoleBack, "comment": RoleComment,
}

// Grammar says which roles the function words of a language can take.
type Grammar map[string]Role

// Of returns the roles of a word; its form is folded.
func (g Grammar) Of(form string) Role { return g[Fold(form)] }

var (
	grammarMu sync.Mutex
	grammars  = map[string]Grammar{}
)

// LoadGrammar returns the embedded function words of a language; where there are none, it is
// empty. It is read once and shared.
func LoadGrammar(language string) (Grammar, error) {
	grammarMu.Lock()
	defer grammarMu.Unlock()
	if g, ok := grammars[language]; ok {
		return g, nil
	}
	raw, err := data.Lexicon.ReadFile("lexicon/" + language + "/grammar.tsv")
	if err != nil {
		return Grammar{}, nil
	}
	g, err := parseGrammar(string(raw))
	if err != nil {
		return nil, fmt.Errorf("grammar %s: %w", language, err)
	}
	if raw, err := data.Lexicon.ReadFile("lexicon/" + language + "/times.tsv"); err == nil {
		g.addTimes(string(raw))
	}
	if raw, err := data.Lexicon.ReadFile("lexicon/" + language + "/pronouns.tsv"); err == nil {
		g.addOwners(string(raw))
	}
	grammars[language] = g
	return g, nil
}

// addOwners marks whose the possessives of a table of pronouns are: form, person, number, gender, role.
func (g Grammar) addOwners(table string) {
	for _, line := range strings.Split(table, "\n") {
		f := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if len(f) < 5 || line[0] == '#' || f[1] != "3" || f[4] != "poss" {
			continue
		}
		switch {
		case f[2] == "Plur":
			g[f[0]] |= RoleTheirs
		case f[3] == "Masc":
			g[f[0]] |= RoleHis
		case f[3] == "Fem":
			g[f[0]] |= RoleHers
		}
	}
}

// addTimes marks the single words of a table of times: kind, value, forms.
func (g Grammar) addTimes(table string) {
	for _, line := range strings.Split(table, "\n") {
		f := strings.Split(line, "\t")
		if len(f) < 3 || line[0] == '#' {
			continue
		}
		for _, w := range strings.Split(f[2], "|") {
			if w != "" && !strings.ContainsAny(w, " *") {
				g[w] |= RoleTime
			}
		}
	}
}

func parseGrammar(table string) (Grammar, error) {
	g := Grammar{}
	for n, line := range strings.Split(table, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		kind, words, _ := strings.Cut(line, "\t")
		role, ok := roleNames[kind]
		if !ok {
			return nil, fmt.Errorf("line %d: unknown kind %q", n+1, kind)
		}
		for _, w := range strings.Split(words, "|") {
			g[w] |= role
		}
	}
	return g, nil
}

// Slavic reports whether a language (ISO 639-1) is one of the Slavic ones of which there is a lexicon: no articles,
// cases, genders in the past tense.
func Slavic(language string) bool {
	switch language {
	case "uk", "ru", "be", "pl":
		return true
	}
	return false
}
