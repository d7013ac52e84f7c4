package store

import (
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"hash/fnv"
	"math"
)

// NoDay is the day of what has no date: it stands behind everything else.
const NoDay = math.MaxInt32

// Place is where an item stands in the rows of its keys.
type Place struct {
	Kind string
	Item string
	Day  int
	Keys []uint64
}

// Neighbour is an item that stands beside another.
type Neighbour struct {
	Item string `json:"i"`
	Day  int    `json:"d"`
}

// Row is what stands beside an item under one key, the nearest first.
type Row struct{ Before, After []Neighbour }

func packKeys(keys []uint64) []byte {
	out := make([]byte, 0, 8*len(keys))
	for _, k := range keys {
		out = binary.LittleEndian.AppendUint64(out, k)
	}
	return out
}

// posted are the keys of a kind as they stand in the rows: equal keys of two kinds are two.
func (p *Place) posted() []int64 {
	h := fnv.New64a()
	h.Write([]byte(p.Kind))
	kind := h.Sum64()
	out := make([]int64, len(p.Keys))
	for i, k := range p.Keys {
		out[i] = int64(k ^ kind)
	}
	return out
}

// Place gives the place of an item; it is posted there only once Post was called.
func (s *Store) Place(kind, item string) (Place, error) {
	p := Place{Kind: kind, Item: item}
	var packed []byte
	err := s.q().QueryRow("SELECT day, keys FROM profile WHERE kind = ? AND item = ?", kind, item).Scan(&p.Day, &packed)
	for ; len(packed) >= 8; packed = packed[8:] {
		p.Keys = append(p.Keys, binary.LittleEndian.Uint64(packed))
	}
	return p, s.explain(err)
}

// beside gathers neighbours to a JSON list, the nearest first.
const beside = `SELECT json_group_array(json_object('i', item, 'd', day)) FROM (SELECT item, day FROM posting WHERE key = k.value `

// Beside gives for each key of a place up to reach items that stand before it and behind it. An item
// that was posted is not its own neighbour.
func (s *Store) Beside(p Place, reach int) ([]Row, error) {
	keys, err := json.Marshal(p.posted())
	if err != nil {
		return nil, err
	}
	query := "SELECT (" + beside + "AND (day, item) < (?2, ?3) ORDER BY day DESC, item DESC" + limit(reach) + ")), (" +
		beside + "AND (day, item) > (?2, ?3) ORDER BY day, item" + limit(reach) + ")) FROM json_each(?1) k"
	return collect(s, scanRow, query, string(keys), p.Day, p.Item)
}

func scanRow(rows *sql.Rows) (r Row, err error) {
	var before, after []byte
	if err := rows.Scan(&before, &after); err != nil {
		return r, err
	}
	if string(before) != "[]" {
		if err := json.Unmarshal(before, &r.Before); err != nil {
			return r, err
		}
	}
	if string(after) != "[]" {
		err = json.Unmarshal(after, &r.After)
	}
	return r, err
}

// Near reports whether two places of a kind share so many keys under which no more than reach-1 items
// stand between them.
func (s *Store) Near(a, b Place, shared, reach int) (bool, error) {
	if a.Day > b.Day || a.Day == b.Day && a.Item > b.Item {
		a, b = b, a
	}
	theirs := map[int64]bool{}
	for _, k := range b.posted() {
		theirs[k] = true
	}
	for _, k := range a.posted() {
		if !theirs[k] {
			continue
		}
		var between int
		err := s.q().QueryRow("SELECT count(*) FROM (SELECT 1 FROM posting WHERE key = ? AND (day, item) > (?, ?) AND (day, item) < (?, ?)"+limit(reach)+")",
			k, a.Day, a.Item, b.Day, b.Item).Scan(&between)
		if err != nil {
			return false, s.explain(err)
		}
		if between < reach {
			shared--
		}
		if shared == 0 {
			return true, nil
		}
	}
	return false, nil
}

// Post puts an item into the rows of its keys.
func (s *Store) Post(p Place) error {
	return s.write(func(tx *transaction) error {
		for _, k := range p.posted() {
			if _, err := tx.Exec("INSERT OR IGNORE INTO posting (key, day, item) VALUES (?, ?, ?)", k, p.Day, p.Item); err != nil {
				return err
			}
		}
		return nil
	})
}

// Unpost takes an item out of the rows of its keys, and forgets its profile.
func (s *Store) Unpost(p Place) error {
	return s.write(func(tx *transaction) error {
		for _, k := range p.posted() {
			if _, err := tx.Exec("DELETE FROM posting WHERE key = ? AND day = ? AND item = ?", k, p.Day, p.Item); err != nil {
				return err
			}
		}
		_, err := tx.Exec("DELETE FROM profile WHERE kind = ? AND item = ?", p.Kind, p.Item)
		return err
	})
}
