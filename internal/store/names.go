package store

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"hearsay"
	"hearsay/internal/format"
)

// NameRow is a distinct name with the number of documents in which it stands.
type NameRow struct {
	N         int64
	Item      []byte
	Documents int
	Actor     string
}

// CountPending is the number of documents that the links and claims do not take into account yet.
func (s *Store) CountPending() (int, error) {
	var n int
	err := s.q().QueryRow("SELECT (SELECT count(*) FROM document WHERE resolved = 0) + (SELECT count(*) FROM stale)").Scan(&n)
	return n, s.explain(err)
}

// Pending gives up to n ids of documents that were not resolved yet, in the order in which they are
// posted: the earliest published first.
func (s *Store) Pending(n int) ([]string, error) {
	return collect(s, scanString, "SELECT id FROM document WHERE resolved = 0 ORDER BY published = '', substr(published, 1, 10), id LIMIT ?", n)
}

// MarkResolved ends the resolution of some documents.
func (s *Store) MarkResolved(ids []string) error {
	return s.write(func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := tx.Exec("UPDATE document SET resolved = 1 WHERE id = ?", id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Stale gives up to n of what must be looked at again of one kind, in the order of keys.
func (s *Store) Stale(kind string, n int) ([]string, error) {
	return collect(s, scanString, "SELECT key FROM stale WHERE kind = ? ORDER BY key"+limit(n), kind)
}

// MarkStale notes things of a kind that must be looked at again.
func (s *Store) MarkStale(kind string, keys ...string) error {
	return s.write(func(tx *sql.Tx) error {
		for _, key := range keys {
			if _, err := tx.Exec("INSERT OR IGNORE INTO stale (kind, key) VALUES (?, ?)", kind, key); err != nil {
				return err
			}
		}
		return nil
	})
}

// Unstale forgets that some things of a kind must be looked at again.
func (s *Store) Unstale(kind string, keys ...string) error {
	return s.write(func(tx *sql.Tx) error {
		for _, key := range keys {
			if _, err := tx.Exec("DELETE FROM stale WHERE kind = ? AND key = ?", kind, key); err != nil {
				return err
			}
		}
		return nil
	})
}

// ClearStale forgets what was to be looked at again of one kind.
func (s *Store) ClearStale(kind string) error {
	return s.write(func(tx *sql.Tx) error {
		_, err := tx.Exec("DELETE FROM stale WHERE kind = ?", kind)
		return err
	})
}

// PendingNames gives the names of documents that were not resolved yet, and those that have to be
// looked at again.
func (s *Store) PendingNames() ([]int64, error) {
	return collect(s, scanInt, `SELECT name FROM entity WHERE document IN (SELECT n FROM document WHERE resolved = 0)
		UNION SELECT CAST(key AS INTEGER) FROM stale WHERE kind = 'name' ORDER BY 1`)
}

func scanInt(rows *sql.Rows) (v int64, err error) { return v, rows.Scan(&v) }

// NameComponent gives all names that are reached from one over shared keys, itself included, in a
// fixed order that does not depend on when they came.
func (s *Store) NameComponent(start int64) ([]NameRow, error) {
	const query = `WITH RECURSIVE reach (n) AS (
			VALUES (?)
			UNION SELECT b.name FROM reach JOIN name_key a ON a.name = reach.n JOIN name_key b ON b.key = a.key)
		SELECT name.n, name.item, name.documents, name.actor FROM reach JOIN name ON name.n = reach.n ORDER BY name.hash`
	return collect(s, func(rows *sql.Rows) (r NameRow, err error) {
		return r, rows.Scan(&r.N, &r.Item, &r.Documents, &r.Actor)
	}, query, start)
}

// PutActors replaces the actors of a component of names: actors[i] is who members[i] stand for.
func (s *Store) PutActors(component []NameRow, actors []hearsay.Actor, members [][]int64) error {
	return s.write(func(tx *sql.Tx) error {
		before := map[int64]string{}
		held := map[string]int{}
		for _, row := range component {
			before[row.N] = row.Actor
			if row.Actor != "" {
				held[row.Actor]++
			}
		}
		for _, a := range actors {
			delete(held, a.ID) // it is replaced, where anything has changed
		}
		for actor, names := range held { // one that names of another component hold too is theirs to replace
			if _, err := tx.Exec("DELETE FROM actor WHERE id = ?1 AND (SELECT count(*) FROM name WHERE actor = ?1) <= ?2", actor, names); err != nil {
				return err
			}
		}
		for i, a := range actors {
			if err := putActor(tx, a, members[i], before); err != nil {
				return err
			}
		}
		return nil
	})
}

func putActor(tx *sql.Tx, a hearsay.Actor, names []int64, before map[int64]string) error {
	for _, n := range names {
		if before[n] != a.ID {
			if err := moveName(tx, n, a.ID); err != nil {
				return err
			}
		}
	}
	var statements, documents int
	err := tx.QueryRow(`SELECT (SELECT count(*) FROM statement WHERE actor = ?1),
		(SELECT count(DISTINCT e.document) FROM name n CROSS JOIN entity e ON e.name = n.n WHERE n.actor = ?1)`, a.ID).Scan(&statements, &documents)
	if err != nil {
		return err
	}
	body, err := json.Marshal(format.FromActor(a))
	if err != nil {
		return err
	}
	if documents == 0 { // only older versions of documents name it
		_, err := tx.Exec("DELETE FROM actor WHERE id = ?", a.ID)
		return err
	}
	var same bool
	err = tx.QueryRow("SELECT count(*) FROM actor WHERE id = ? AND statements = ? AND documents = ? AND record = ?", a.ID, statements, documents, body).Scan(&same)
	if err != nil || same {
		return err
	}
	_, err = tx.Exec("INSERT OR REPLACE INTO actor (id, name, type, statements, documents, record) VALUES (?, ?, ?, ?, ?, ?)", a.ID, a.Name, string(a.Type), statements, documents, body)
	if err != nil {
		return fmt.Errorf("actor %s (%s): %w", a.ID, a.Name, err)
	}
	return nil
}

// moveName gives a name to an actor. Claims that rest on what was said under it have to be looked at again.
func moveName(tx *sql.Tx, name int64, actor string) error {
	if _, err := tx.Exec("INSERT OR IGNORE INTO stale SELECT 'claim', claim FROM statement WHERE speaker = ? AND claim > ''", name); err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE name SET actor = ? WHERE n = ?", actor, name); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE statement SET actor = ? WHERE speaker = ?", actor, name)
	return err
}

// ActorsNamed finds up to n actors that have a form of name for which fits holds, those who said
// most first. An actor's id or an exact name is looked up without asking fits.
func (s *Store) ActorsNamed(name string, fits func(form string) bool, n int) ([]*format.Actor, error) {
	if a, err := s.Actor(name); err == nil {
		return []*format.Actor{a}, nil
	}
	var out []*format.Actor
	stop := fmt.Errorf("enough")
	err := eachRecord(s, func(a *format.Actor) error {
		for _, f := range a.Names {
			if f.Form == name || fits(f.Form) {
				out = append(out, a)
				break
			}
		}
		if len(out) == n {
			return stop
		}
		return nil
	}, "SELECT record FROM actor ORDER BY statements DESC, id")
	if err == stop {
		err = nil
	}
	return out, err
}
