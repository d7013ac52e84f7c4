package names

import (
	"slices"

	"hearsay"
	"hearsay/internal/romanize"
)

// Place is how often names of another spelling, in one language, have the same places in linked documents as those of
// one, a statement counting for two.
type Place struct {
	Other    int64
	Language string
	Weight   int
}

// Placed reports whether what linked documents tell of two spellings can bear on their actors: ofA and ofB are all
// places of the two, whose numbers are a and b. Each must be the counterpart of the other more often than all else is in
// its language, or they are persons whose surnames sound somewhat alike, one without a given name in full.
func Placed(x, y *Spelling, a, b int64, ofA, ofB []Place) bool {
	m, n := x.asNode(), y.asNode()
	if m.place.code != "" || n.place.code != "" || !sameClass(m.kind, n.kind) {
		return false
	}
	similar := m.kind == hearsay.Person && romanize.Similarity(lastPart(m.person.surname), lastPart(n.person.surname)) >= somewhat
	short := m.short() || n.short()
	if similar && short {
		return true
	}
	weight := mostly(ofA, b)
	if weight == 0 || mostly(ofB, a) == 0 {
		return false
	}
	switch {
	case similar || short:
		return true
	case m.kind == hearsay.Person:
		return weight >= manyPlaces
	}
	return weight >= fewPlaces
}

// mostly is how often a spelling has the places of another, 0 where all else in its languages has them as often.
func mostly(places []Place, other int64) int {
	var languages []string
	own, all := 0, 0
	for _, p := range places {
		if p.Other == other {
			languages = append(languages, p.Language)
			own += p.Weight
		}
	}
	for _, p := range places {
		if slices.Contains(languages, p.Language) {
			all += p.Weight
		}
	}
	if 2*own <= all {
		return 0
	}
	return own
}

// PlacedUnnamed reports whether two who have no names have the same places often enough to be one.
func PlacedUnnamed(weight int) bool { return weight >= fewPlaces }
