package names

import (
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/romanize"
)

// Spelling is a distinct name: all items of one kind whose fullest form folds alike. Spellings are what is
// compared, once for all documents in which they stand. The zero value is a spelling of no items yet.
type Spelling struct {
	Key        string              `json:"key"` // the same for all its items, and for no others
	Type       hearsay.MentionType `json:"type"`
	Name       string              `json:"name"` // folded, without an article in front
	Gender     string              `json:"gender,omitempty"`
	Patronymic string              `json:"patronymic,omitempty"`
	Place      string              `json:"place,omitempty"`      // of the tables: code and kind
	Government string              `json:"government,omitempty"` // code of the country whose it is
	Body       string              `json:"body,omitempty"`       // state body that it means, see bodies.Of
	Languages  []string            `json:"languages"`
	Forms      []string            `json:"forms"` // folded
	Rows       []Narrowing         `json:"rows"`

	node *node
}

// SpellingKey is the key of the spelling to which an item belongs, "" for an item without a name.
func SpellingKey(it Item) string {
	if it.Unnamed || len(it.Forms) == 0 {
		return ""
	}
	if p, ok := it.place(); ok {
		return "place\x00" + p.code + "\x00" + p.kind
	}
	return string(it.Type) + "\x00" + bare(it.Type, it.Forms[0]) + "\x00" + it.Gender + "\x00"
}

// Add takes an item in. The order of items changes nothing, nor does an item that is there already.
func (s *Spelling) Add(it Item) {
	if s.Key == "" {
		s.Key, s.Type = SpellingKey(it), it.Type
	}
	s.node = nil
	s.Type = min(s.Type, it.Type)
	s.Gender = least(s.Gender, it.Gender)
	s.Languages = with(s.Languages, it.Language)
	if len(it.Forms) == 0 {
		return
	}
	s.Name = least(s.Name, bare(it.Type, it.Forms[0]))
	if p, ok := it.place(); ok {
		s.Place = p.code + "/" + p.kind
	}
	s.Government = least(s.Government, it.government())
	s.Body = least(s.Body, it.body(false))
	for i, f := range it.Forms {
		s.Forms = with(s.Forms, romanize.Fold(f))
		if i > 0 && it.Type == hearsay.Person {
			s.Patronymic = least(s.Patronymic, parsePerson(f).patronymic)
		}
	}
	s.Rows = sortedRows(append(s.Rows, Narrowings(it)...))
}

// Clone is a copy that can grow by itself.
func (s *Spelling) Clone() Spelling {
	c := *s
	c.Languages, c.Forms, c.Rows, c.node = slices.Clone(s.Languages), slices.Clone(s.Forms), slices.Clone(s.Rows), nil
	return c
}

// Near is the same for spellings of which many share a key.
func (s *Spelling) Near() uint64 {
	var near uint64
	for _, row := range s.Rows {
		if row.Full > 0 || near == 0 {
			near = row.Keys[0]
		}
	}
	return near
}

// least is the lesser of two strings that are not empty.
func least(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// with is a sorted list that holds a string.
func with(list []string, s string) []string {
	i, have := slices.BinarySearch(list, s)
	if have {
		return list
	}
	return slices.Insert(list, i, s)
}

// Short reports whether a spelling is a person's without a given name in full.
func (s *Spelling) Short() bool { return s.asNode().short() }

// GoesBy reports whether a name in full is this spelling.
func (s *Spelling) GoesBy(name string) bool { return s.asNode().goesBy(romanize.Fold(name)) }

// Names are what Spelling.Name can be where it goes by a name in full.
func Names(name string) []string {
	folded := romanize.Fold(name)
	return []string{folded, bare(hearsay.Organization, folded)}
}

// Related reports whether two spellings bear on one another's actors.
func Related(a, b *Spelling) bool {
	x, y := a.asNode(), b.asNode()
	if x.key == y.key {
		return false
	}
	if score, _ := compare(x, y); score > 0 {
		return true
	}
	return fits(x, y) > 0 || fits(y, x) > 0 || bothShort(x, y) > 0
}

// Lost reports whether a spelling is a surname, or an initial and a surname, that full names cannot be told to
// fit because too many bear it. counts says which keys count.
func (s *Spelling) Lost(counts func(key uint64) bool) bool {
	if !s.Short() {
		return false
	}
	for _, row := range s.Rows {
		if row.Full > 0 && row.first(counts) >= row.Full {
			return true
		}
	}
	return false
}

// Under gives the keys under which a spelling is compared with all others that bear them.
func (s *Spelling) Under(counts func(key uint64) bool) []uint64 {
	var out []uint64
	for _, row := range s.Rows {
		if i := row.first(counts); i < len(row.Keys) && !slices.Contains(out, row.Keys[i]) {
			out = append(out, row.Keys[i])
		}
	}
	return out
}

// first is the place of the key that counts, the length of the row where there is none.
func (n *Narrowing) first(counts func(key uint64) bool) int {
	for i, k := range n.Keys {
		if counts(k) {
			return i
		}
	}
	return len(n.Keys)
}

// Keys are all keys that a spelling bears, each once, in order.
func (s *Spelling) Keys() []uint64 {
	var out []uint64
	for _, row := range s.Rows {
		out = append(out, row.Keys...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// asNode is a spelling ready to be compared.
func (s *Spelling) asNode() *node {
	if s.node != nil {
		return s.node
	}
	n := &node{key: s.Key, name: s.Name, kind: s.Type, gender: s.Gender, languages: set(s.Languages), forms: set(s.Forms)}
	n.place.code, n.place.kind, _ = strings.Cut(s.Place, "/")
	n.government, n.body = s.Government, s.Body
	n.single = len(strings.Fields(n.name)) == 1
	if n.kind == hearsay.Person && n.name != "" {
		n.person = parsePerson(n.name)
		if n.person.patronymic == "" {
			n.person.patronymic = s.Patronymic
		}
	}
	s.node = n
	return n
}

func set(list []string) map[string]bool {
	out := make(map[string]bool, len(list))
	for _, s := range list {
		out[s] = true
	}
	return out
}
