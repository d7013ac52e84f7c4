package names

import (
	"hash/fnv"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/romanize"
)

// Crowd is how many spellings may share a key before a narrower one takes its place.
const Crowd = 64

// Narrowing is a row of blocking keys, each narrower than the one before: whatever bears a later key bears
// the earlier ones too. Of a row that key counts which is the first that no more than Crowd spellings share;
// under it all are compared. Where even the last is crowded, none is.
type Narrowing struct {
	Keys []uint64 `json:"k"`
	Full int      `json:"f,omitempty"` // of a surname: how many of the keys full names bear too
}

// Narrowings are the rows of keys of an item: items that share no key that counts are never compared. An item
// without a name has none.
func Narrowings(it Item) []Narrowing {
	if it.Unnamed {
		return nil
	}
	var out []Narrowing
	for _, form := range it.Forms {
		if p, ok := placeOf(it.Language, form); ok && it.Type != hearsay.Person {
			out = append(out, narrowing(0, "="+p.code+"/"+p.kind))
			continue
		}
		out = append(out, formKeys(it.Type, form)...)
	}
	if code := it.government(); code != "" {
		out = append(out, narrowing(0, "government of "+code))
	}
	if body := it.body(false); body != "" {
		out = append(out, narrowing(0, "body "+body))
	}
	if len(out) == 0 && len(it.Forms) > 0 {
		out = append(out, narrowing(0, "x "+bare(it.Type, it.Forms[0]))) // no letters: only the very same joins
	}
	return sortedRows(out)
}

// narrowing makes a row of keys, of which each is told apart by all before it.
func narrowing(full int, steps ...string) Narrowing {
	n := Narrowing{Full: full}
	h := fnv.New64a()
	for _, s := range steps {
		h.Write([]byte(s))
		h.Write([]byte{0})
		n.Keys = append(n.Keys, h.Sum64())
	}
	return n
}

// sortedRows sorts rows of keys and drops those that are there twice.
func sortedRows(rows []Narrowing) []Narrowing {
	slices.SortFunc(rows, func(a, b Narrowing) int { return slices.Compare(a.Keys, b.Keys) })
	return slices.CompactFunc(rows, func(a, b Narrowing) bool { return slices.Equal(a.Keys, b.Keys) })
}

// formKeys are the keys of one form: of a person the sounds of the surname, with those of the
// given name where the surname is too short to tell much; of others the sounds of all words.
func formKeys(t hearsay.MentionType, form string) []Narrowing {
	form = bare(t, form)
	words := romanize.Words(form)
	switch {
	case len(words) == 0:
		return nil
	case len(words) == 1:
		return wordKeys(words[0])
	case t != hearsay.Person:
		return []Narrowing{wholeKeys(form)}
	}
	p := parsePerson(form)
	out := []Narrowing{wholeKeys(form)} // its type may be mistaken
	if p.surname == "" {
		return out
	}
	if strings.Contains(p.surname, "-") {
		out = append(out, wholeKeys(p.surname))
	}
	return append(out, surnameKeys(p)...)
}

// wholeKeys are the keys of several words together.
func wholeKeys(form string) Narrowing {
	var contours, sounds []string
	for _, w := range romanize.Words(form) {
		contours, sounds = append(contours, romanize.Contour(w)), append(sounds, romanize.Sounds(w))
	}
	return narrowing(0, "o "+romanize.Skeleton(form), strings.Join(contours, " "), strings.Join(sounds, " "))
}

const tooShort = 2 // sounds of a skeleton that tells much

// wordKeys are the keys of a word that stands alone. Last it meets only what stands alone too.
func wordKeys(word string) []Narrowing {
	var out []Narrowing
	sounds := romanize.Sounds(word)
	for _, s := range romanize.Skeletons(word) {
		if len(s) < tooShort {
			out = append(out, narrowing(1, "n "+s+"="+sounds, "alone"))
		} else {
			out = append(out, narrowing(3, "n "+s, romanize.Contour(word), sounds, "alone"))
		}
	}
	return out
}

// surnameKeys are the keys by which a full name meets its surname alone, and other full names.
func surnameKeys(p personName) []Narrowing {
	surname, given := lastPart(p.surname), p.given
	if e, ok := equivalents()[given]; ok {
		given = e
	}
	sounds, heard := romanize.Sounds(surname), romanize.Skeleton(given)
	var out []Narrowing
	for _, s := range romanize.Skeletons(surname) {
		if len(s) < tooShort {
			out = append(out, narrowing(1, "n "+s+"="+sounds), narrowing(0, "n "+s+" "+romanize.Skeleton(p.given), "given "+given))
			continue
		}
		c := romanize.Contour(surname)
		out = append(out, narrowing(3, "n "+s, c, sounds), narrowing(0, "n "+s, c, "given "+firstSound(heard), "given "+heard, sounds))
	}
	return out
}

// firstSound is the first consonant of a skeleton.
func firstSound(skeleton string) string {
	if rest := strings.TrimPrefix(skeleton, "a"); rest != "" {
		return rest[:1]
	}
	return skeleton
}

// lastPart is the last word of a double surname.
func lastPart(surname string) string {
	words := romanize.Words(surname)
	if len(words) == 0 {
		return surname
	}
	return words[len(words)-1]
}
