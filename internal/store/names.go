package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"hearsay"
	"hearsay/internal/format"
)

// NameRow is a distinct name with the number of documents in which it stands.
type NameRow struct {
	N         int64
	Item      []byte
	Documents int
	Spelling  int64 // 0 for somebody who has no name
	Actor     string
}

// Spelling is all names that fold alike.
type Spelling struct {
	N    int64
	Key  string
	Name string // folded
	Near int64  // those that have it in common are compared in a row
	Body []byte // what its names tell of it; empty before they were looked at
	Lost bool   // a surname alone that too many bear
}

// CountPending is the number of documents that the links and claims do not take into account yet.
func (s *Store) CountPending() (int, error) {
	return s.count("SELECT count(*) FROM document WHERE resolved = 0")
}

// CountStale is the number of what must be looked at again of one kind, "" of all.
func (s *Store) CountStale(kind string) (int, error) {
	return s.count("SELECT count(*) FROM stale WHERE ?1 = '' OR kind = ?1", kind)
}

// CountTodo is the number of spellings with which something is to be done.
func (s *Store) CountTodo(what int) (int, error) {
	return s.count("SELECT count(*) FROM spelling WHERE todo = ? AND todo > 0", what)
}

func (s *Store) count(query string, args ...any) (n int, err error) {
	err = s.q().QueryRow(query, args...).Scan(&n)
	return n, s.explain(err)
}

// Pending gives up to n ids of documents that were not resolved yet, in the order in which they are
// posted: the earliest published first.
func (s *Store) Pending(n int) ([]string, error) {
	return collect(s, scanString, "SELECT id FROM document WHERE resolved = 0 ORDER BY published = '', substr(published, 1, 10), id LIMIT ?", n)
}

// MarkResolved ends the resolution of some documents.
func (s *Store) MarkResolved(ids []string) error {
	return s.write(func(tx *transaction) error {
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
	return s.write(func(tx *transaction) error {
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
	return s.write(func(tx *transaction) error {
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
	return s.write(func(tx *transaction) error {
		_, err := tx.Exec("DELETE FROM stale WHERE kind = ?", kind)
		return err
	})
}

func scanInt(rows *sql.Rows) (v int64, err error) { return v, rows.Scan(&v) }

const nameColumns = "n, item, documents, coalesce(spelling, 0), actor"

func scanName(rows *sql.Rows) (r NameRow, err error) {
	return r, rows.Scan(&r.N, &r.Item, &r.Documents, &r.Spelling, &r.Actor)
}

// Kinds of names that must be looked at again.
const (
	StaleName  = "name"   // documents with it have come or gone
	JudgedName = "judged" // by a person
	PlacedName = "placed" // what linked documents tell of it has changed
)

// StaleNames gives up to n names of a kind that must be looked at again.
func (s *Store) StaleNames(kind string, n int) ([]NameRow, error) {
	return collect(s, scanName, "SELECT "+nameColumns+" FROM name WHERE n IN (SELECT CAST(key AS INTEGER) FROM stale WHERE kind = ? ORDER BY key"+limit(n)+") ORDER BY spelling, n", kind)
}

// Names gives names that stand in documents by their numbers.
func (s *Store) Names(ids []int64) ([]NameRow, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	return collect(s, scanName, "SELECT "+nameColumns+" FROM name WHERE n IN (SELECT value FROM json_each(?)) AND documents > 0 ORDER BY hash", string(list))
}

// NamesSpelled gives the names of a spelling that stand in documents.
func (s *Store) NamesSpelled(spelling int64) ([]NameRow, error) {
	return collect(s, scanName, "SELECT "+nameColumns+" FROM name WHERE spelling = ? AND documents > 0 ORDER BY hash", spelling)
}

// Spelling loads a spelling.
func (s *Store) Spelling(n int64) (sp Spelling, err error) {
	err = s.q().QueryRow("SELECT n, key, name, place, body, lost FROM spelling WHERE n = ?", n).Scan(&sp.N, &sp.Key, &sp.Name, &sp.Near, &sp.Body, &sp.Lost)
	return sp, s.explain(err)
}

// SpellingsNamed gives the spellings of a folded name.
func (s *Store) SpellingsNamed(name string) ([]int64, error) {
	return collect(s, scanInt, "SELECT n FROM spelling WHERE name = ?", name)
}

// PutSpelling keeps what names tell of a spelling.
func (s *Store) PutSpelling(sp Spelling) error {
	return s.write(func(tx *transaction) error {
		_, err := tx.Exec("UPDATE spelling SET name = ?, place = ?, body = ?, lost = ? WHERE n = ?", sp.Name, sp.Near, sp.Body, sp.Lost, sp.N)
		return err
	})
}

// Bearers gives up to n spellings that bear a key.
func (s *Store) Bearers(key uint64, n int) ([]int64, error) {
	return collect(s, scanInt, "SELECT spelling FROM spelling_key WHERE key = ?"+limit(n), int64(key))
}

// Bear gives a spelling a key, or takes it away.
func (s *Store) Bear(spelling int64, key uint64, bears bool) error {
	query := "DELETE FROM spelling_key WHERE key = ? AND spelling = ?"
	if bears {
		query = "INSERT OR IGNORE INTO spelling_key (key, spelling) VALUES (?, ?)"
	}
	return s.write(func(tx *transaction) error {
		_, err := tx.Exec(query, int64(key), spelling)
		return err
	})
}

// Relate notes that two spellings bear on one another's actors.
func (s *Store) Relate(a, b int64) error {
	return s.write(func(tx *transaction) error {
		_, err := tx.Exec("INSERT OR IGNORE INTO related (a, b) VALUES (?1, ?2), (?2, ?1)", a, b)
		return err
	})
}

// RelatedTo gives the spellings that a spelling is related to.
func (s *Store) RelatedTo(spelling int64) ([]int64, error) {
	return collect(s, scanInt, "SELECT b FROM related WHERE a = ?", spelling)
}

// Part forgets to what a spelling is related, and has it compared again.
func (s *Store) Part(spelling int64) error {
	return s.write(func(tx *transaction) error {
		for _, query := range []string{
			"UPDATE spelling SET todo = 2 WHERE n = ?1",
			"UPDATE spelling SET todo = 1 WHERE todo = 0 AND n IN (SELECT b FROM related WHERE a = ?1)",
			"DELETE FROM related WHERE b = ?1 AND a IN (SELECT b FROM related WHERE a = ?1)",
			"DELETE FROM related WHERE a = ?1",
		} {
			if _, err := tx.Exec(query, spelling); err != nil {
				return err
			}
		}
		return nil
	})
}

// What is to be done with a spelling.
const (
	Done = iota
	ToJoin
	ToCompare
)

// Todo gives up to n spellings with which something is to be done.
func (s *Store) Todo(what, n int) ([]int64, error) {
	return collect(s, scanInt, "SELECT n FROM spelling WHERE todo = ? AND todo > 0 ORDER BY place, n"+limit(n), what)
}

// Waiting gives all spellings that are to be compared.
func (s *Store) Waiting() ([]int64, error) {
	return collect(s, scanInt, "SELECT n FROM spelling WHERE todo = ? AND todo > 0", ToCompare)
}

// SetTodoAtLeast says what is to be done with a spelling, unless more is.
func (s *Store) SetTodoAtLeast(spelling int64, what int) error {
	return s.write(func(tx *transaction) error {
		_, err := tx.Exec("UPDATE spelling SET todo = max(todo, ?) WHERE n = ?", what, spelling)
		return err
	})
}

// SetTodo says what is to be done with a spelling.
func (s *Store) SetTodo(spelling int64, what int) error {
	return s.write(func(tx *transaction) error {
		_, err := tx.Exec("UPDATE spelling SET todo = ? WHERE n = ?", what, spelling)
		return err
	})
}

// PutActors replaces the actors of related names: actors[i] is who members[i] stand for.
func (s *Store) PutActors(related []NameRow, actors []hearsay.Actor, members [][]int64) error {
	return s.write(func(tx *transaction) error {
		before := map[int64]string{}
		left := map[string]bool{}
		for _, row := range related {
			before[row.N] = row.Actor
			left[row.Actor] = true
		}
		for i, a := range actors {
			delete(left, a.ID)
			for _, n := range members[i] {
				if before[n] == a.ID {
					continue
				}
				if err := moveName(tx, n, a.ID); err != nil {
					return err
				}
			}
		}
		for _, a := range actors {
			if err := putActor(tx, a); err != nil {
				return err
			}
		}
		delete(left, "")
		for actor := range left {
			if err := recount(tx, actor); err != nil {
				return err
			}
		}
		return nil
	})
}

func putActor(tx *transaction, a hearsay.Actor) error {
	statements, documents, err := heard(tx, a.ID)
	if err != nil {
		return err
	}
	body, err := json.Marshal(format.FromActor(a))
	if err != nil {
		return err
	}
	var same bool
	err = tx.QueryRow("SELECT count(*) FROM actor WHERE id = ? AND statements = ? AND documents = ? AND record = ?", a.ID, statements, documents, body).Scan(&same)
	if err != nil || same {
		return err
	}
	if err := touchNamed(tx, a); err != nil {
		return err
	}
	_, err = tx.Exec("INSERT OR REPLACE INTO actor (id, name, type, statements, documents, record) VALUES (?, ?, ?, ?, ?, ?)", a.ID, a.Name, string(a.Type), statements, documents, body)
	if err != nil {
		return fmt.Errorf("actor %s (%s): %w", a.ID, a.Name, err)
	}
	return nil
}

// touchNamed has the claims looked at again that rest on how an actor is called, where he is called otherwise now.
func touchNamed(tx *transaction, a hearsay.Actor) error {
	var body []byte
	err := tx.QueryRow("SELECT record FROM actor WHERE id = ?", a.ID).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	var old format.Actor
	if err := json.Unmarshal(body, &old); err != nil {
		return err
	}
	if old.Name == a.Name && slices.Equal(formsOf(old.Names, func(n format.Name) string { return n.Form }), formsOf(a.Names, func(n hearsay.Name) string { return n.Form })) {
		return nil
	}
	return touchClaims(tx, "actor", a.ID)
}

// touchClaims has the claims looked at again of the statements that have a value in a column (id, speaker, told
// or actor), and those whose conflicts name such a statement.
func touchClaims(tx *transaction, column string, value any) error {
	for _, from := range []string{
		"SELECT 'claim', s.claim FROM statement s WHERE s." + column + " = ? AND s.claim > ''",
		"SELECT 'claim', o.claim FROM statement s JOIN same p ON p.b = s.id JOIN statement o ON o.id = p.a WHERE s." + column + " = ? AND o.claim > ''",
		"SELECT 'claim', o.claim FROM statement s JOIN same p ON p.b = s.id JOIN assertion o ON o.id = p.a WHERE s." + column + " = ? AND o.claim > ''",
	} {
		if _, err := tx.Exec("INSERT OR IGNORE INTO stale "+from, value); err != nil {
			return err
		}
	}
	return nil
}

// formsOf are the distinct forms of names, in order.
func formsOf[N any](names []N, form func(N) string) []string {
	out := make([]string, 0, len(names))
	for _, n := range names {
		out = append(out, form(n))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// heard counts what an actor has said and the documents that name it.
func heard(tx *transaction, actor string) (statements, documents int, err error) {
	err = tx.QueryRow(`SELECT (SELECT count(*) FROM statement WHERE actor = ?1),
		(SELECT count(DISTINCT e.document) FROM name n CROSS JOIN entity e ON e.name = n.n WHERE n.actor = ?1)`, actor).Scan(&statements, &documents)
	return statements, documents, err
}

// recount counts an actor anew from whom names were taken. One without names goes.
func recount(tx *transaction, actor string) error {
	if _, err := tx.Exec("DELETE FROM actor WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM name WHERE actor = ?1)", actor); err != nil {
		return err
	}
	statements, documents, err := heard(tx, actor)
	if err != nil {
		return err
	}
	_, err = tx.Exec("UPDATE actor SET statements = ?, documents = ? WHERE id = ?", statements, documents, actor)
	return err
}

// Nameless takes names from their actors, which stand in no document any more.
func (s *Store) Nameless(names ...NameRow) error {
	return s.write(func(tx *transaction) error {
		for _, row := range names {
			if row.Actor == "" {
				continue
			}
			if err := moveName(tx, row.N, ""); err != nil {
				return err
			}
			if err := recount(tx, row.Actor); err != nil {
				return err
			}
		}
		return nil
	})
}

// moveName gives a name to an actor. Claims that rest on what was said under it have to be looked at again, and
// so have the speakers of statements for which one under it is a witness.
func moveName(tx *transaction, name int64, actor string) error {
	if err := errors.Join(touchClaims(tx, "speaker", name), touchClaims(tx, "told", name)); err != nil {
		return err
	}
	for _, step := range []struct {
		query string
		args  []any
	}{
		{"INSERT OR IGNORE INTO stale SELECT 'speaker', w.statement FROM statement s JOIN witness w ON w.said_by = s.id WHERE s.speaker = ?", []any{name}},
		{"UPDATE name SET actor = ? WHERE n = ?", []any{actor, name}},
		{"UPDATE statement SET actor = ? WHERE speaker = ? AND told IS NULL", []any{actor, name}},
		{"UPDATE statement SET actor = ? WHERE told = ?", []any{actor, name}},
	} {
		if _, err := tx.Exec(step.query, step.args...); err != nil {
			return err
		}
	}
	return nil
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
