package certainty

import "fmt"

// Scale is a standard that ties words of estimative probability to ranges.
type Scale struct {
	Name  string // icd203, phia
	Terms []Term
}

// Term is a word of a scale with its range in per cent, both ends included unless Below is set.
type Term struct {
	Name      string
	Also      []string // words of the same row that the standard gives the same range
	Low, High float64
	Below     bool // High itself is left out
}

// ICD203 is the table of the US Intelligence Community Directive 203, Analytic Standards (2015, annex:
// expressions of likelihood). Neighbouring ranges touch, so a range never decides which term was
// meant. The second words are the table's second row, which is not to be mixed with the first; Term
// names the first.
var ICD203 = &Scale{"icd203", []Term{
	{Name: "almost no chance", Also: []string{"remote"}, Low: 1, High: 5},
	{Name: "very unlikely", Also: []string{"highly improbable"}, Low: 5, High: 20},
	{Name: "unlikely", Also: []string{"improbable", "improbably"}, Low: 20, High: 45},
	{Name: "roughly even chance", Also: []string{"roughly even odds"}, Low: 45, High: 55},
	{Name: "likely", Also: []string{"probable", "probably"}, Low: 55, High: 80},
	{Name: "very likely", Also: []string{"highly probable"}, Low: 80, High: 95},
	{Name: "almost certain", Also: []string{"almost certainly", "nearly certain"}, Low: 95, High: 99},
}}

// PHIA is the Probability Yardstick of the UK's Professional Head of Intelligence Assessment (gov.uk,
// 2025). The gaps between its ranges (5-10, 20-25, 35-40, 50-55, 75-80, 90-95) are deliberate.
var PHIA = &Scale{"phia", []Term{
	{Name: "remote chance", Low: 0, High: 5},
	{Name: "highly unlikely", Low: 10, High: 20},
	{Name: "unlikely", Low: 25, High: 35},
	{Name: "realistic possibility", Low: 40, High: 50, Below: true},
	{Name: "likely", Also: []string{"probable"}, Low: 55, High: 75},
	{Name: "highly likely", Low: 80, High: 90},
	{Name: "almost certain", Low: 95, High: 100},
}}

// yardstick is what the terms of the lexicons, which are those of ICD 203, are called by PHIA.
var yardstick = map[string]string{
	"almost no chance": "remote chance", "very unlikely": "highly unlikely", "very likely": "highly likely",
}

// term finds what the scale calls a term of the lexicons. It gives nil where the scale has no such
// term: PHIA none for an even chance, ICD 203 none for a realistic possibility.
func (s *Scale) term(name string) *Term {
	if s == PHIA && yardstick[name] != "" {
		name = yardstick[name]
	}
	for i := range s.Terms {
		if s.Terms[i].Name == name {
			return &s.Terms[i]
		}
	}
	return nil
}

// String shows the term with its range.
func (t Term) String() string {
	below := ""
	if t.Below {
		below = "<"
	}
	return fmt.Sprintf("%s %g-%s%g", t.Name, t.Low, below, t.High)
}
