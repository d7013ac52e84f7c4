package pipeline

import (
	"encoding/json"
	"sort"

	"hearsay"
	"hearsay/internal/resolve/claims"
	"hearsay/internal/resolve/copies"
	"hearsay/internal/resolve/translations"
	"hearsay/internal/store"
)

// nearness says which items of a kind are worth comparing: those that stand near one another under
// enough keys they share. Under a key all items stand in a row, by day and id, so that each has no more than
// 2·reach neighbours, however many bear the key, and who is near whom depends on the documents alone
// (the sorted neighbourhood of Hernández & Stolfo, SIGMOD 1995, with blocking keys in place of sorting
// keys). A newcomer can only move others apart.
type nearness struct {
	kind   string
	shared int // keys under which two must be near
	reach  int // how far apart in a row is near
	kinds  []hearsay.LinkKind
	link   func(r *resolver, a, b string) (hearsay.Link, bool, error)
}

var (
	copying     = nearness{profileCopy, 1, 12, []hearsay.LinkKind{hearsay.Copy, hearsay.Republishes}, compareDocuments(profileCopy, copies.Compare)}
	translating = nearness{profileTranslation, translations.Shared, 12, []hearsay.LinkKind{hearsay.Translation}, compareDocuments(profileTranslation, translations.Compare)}
	sameness    = nearness{kind: profileClaim, shared: claims.Shared, reach: 8}
)

func compareDocuments[P any](kind string, compare func(a, b *P) (hearsay.Link, bool)) func(r *resolver, a, b string) (hearsay.Link, bool, error) {
	return func(r *resolver, a, b string) (hearsay.Link, bool, error) {
		one, err := load[P](r, kind, a)
		if err != nil {
			return hearsay.Link{}, false, err
		}
		two, err := load[P](r, kind, b)
		if err != nil {
			return hearsay.Link{}, false, err
		}
		l, ok := compare(one, two)
		return l, ok, nil
	}
}

// settle posts an item. It gives the items that are near it, in the order of their ids, and the pairs that
// are no longer near one another under some key because it stands between them.
func (r *resolver) settle(m nearness, item string) (near []string, parted [][2]string, err error) {
	place, err := r.st.Place(m.kind, item)
	if err != nil {
		return nil, nil, err
	}
	rows, err := r.st.Beside(place, m.reach)
	if err != nil {
		return nil, nil, err
	}
	shared := map[string]int{}
	for _, row := range rows {
		for _, n := range row.Before {
			shared[n.Item]++
		}
		for _, n := range row.After {
			shared[n.Item]++
		}
	}
	for other, n := range shared {
		if n >= m.shared && other != item {
			near = append(near, other)
		}
	}
	sort.Strings(near)
	return near, across(rows, m.reach), r.st.Post(place)
}

// across gives the pairs that stand so far apart in rows without what is between them, each pair once.
func across(rows []store.Row, apart int) [][2]string {
	var out [][2]string
	seen := map[[2]string]bool{}
	for _, row := range rows {
		for i, b := range row.Before {
			j := apart - i - 1
			if j < 0 || j >= len(row.After) {
				continue
			}
			pair := pairKey(b.Item, row.After[j].Item)
			if !seen[pair] {
				seen[pair] = true
				out = append(out, pair)
			}
		}
	}
	return out
}

// near reports whether two items that were posted are worth comparing.
func (r *resolver) near(m nearness, a, b string) (bool, error) {
	one, err := r.st.Place(m.kind, a)
	if err != nil {
		return false, err
	}
	two, err := r.st.Place(m.kind, b)
	if err != nil {
		return false, err
	}
	return r.st.Near(one, two, m.shared, m.reach)
}

// profiles keeps the profiles that were loaded last: two generations, of which the older is dropped
// when the younger is full.
type profiles struct{ young, old map[string]any }

const generation = 1024 // profiles

func (p *profiles) get(key string) any {
	if v, ok := p.young[key]; ok {
		return v
	}
	v, ok := p.old[key]
	if ok {
		p.put(key, v)
	}
	return v
}

func (p *profiles) put(key string, v any) {
	if len(p.young) >= generation {
		p.young, p.old = nil, p.young
	}
	if p.young == nil {
		p.young = make(map[string]any, generation)
	}
	p.young[key] = v
}

// load gives what is kept of an item. Profiles do not change, and nobody may change what is handed out.
func load[P any](r *resolver, kind, item string) (*P, error) {
	key := kind + " " + item
	if p, ok := r.loaded.get(key).(*P); ok {
		return p, nil
	}
	body, err := r.st.Profile(kind, item)
	if err != nil {
		return nil, err
	}
	p := new(P)
	if err := json.Unmarshal(body, p); err != nil {
		return nil, err
	}
	r.loaded.put(key, p)
	return p, nil
}
