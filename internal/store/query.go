package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"hearsay"
	"hearsay/internal/format"
)

// ErrNotFound is returned where nothing has the id that was asked for.
var ErrNotFound = errors.New("not found")

// Summary is what a dossier holds, in numbers.
type Summary struct {
	Documents, Words, Statements, Speakers, Claims, Links, Conflicts, Skipped int
	First, Last                                                               string // publication dates, "" where none is known
	Languages                                                                 []Count
}

// Count is a number of documents or statements that share a value.
type Count struct {
	Value string
	N     int
}

// Summary counts what the dossier holds.
func (s *Store) Summary() (Summary, error) {
	var out Summary
	err := s.q().QueryRow(`SELECT
		(SELECT count(*) FROM document WHERE superseded_by = ''), (SELECT coalesce(sum(words), 0) FROM document WHERE superseded_by = ''),
		(SELECT coalesce(sum(statements), 0) FROM document WHERE superseded_by = ''),
		(SELECT count(*) FROM actor WHERE statements > 0), (SELECT count(*) FROM claim), (SELECT count(*) FROM link), (SELECT count(*) FROM conflict),
		(SELECT count(*) FROM skip),
		coalesce((SELECT min(published) FROM document WHERE published > ''), ''), coalesce((SELECT max(published) FROM document), '')`).
		Scan(&out.Documents, &out.Words, &out.Statements, &out.Speakers, &out.Claims, &out.Links, &out.Conflicts, &out.Skipped, &out.First, &out.Last)
	if err != nil {
		return out, s.explain(err)
	}
	out.Languages, err = s.counts("SELECT language, count(*) FROM document WHERE superseded_by = '' GROUP BY language ORDER BY count(*) DESC, language")
	return out, err
}

func (s *Store) counts(query string, args ...any) ([]Count, error) {
	return collect(s, func(rows *sql.Rows) (c Count, err error) {
		return c, rows.Scan(&c.Value, &c.N)
	}, query, args...)
}

// collect runs a query and scans every row.
func collect[T any](s *Store, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := s.all(query, args...)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, s.explain(err)
		}
		out = append(out, v)
	}
	return out, s.explain(rows.Err())
}

func (s *Store) all(query string, args ...any) (*sql.Rows, error) {
	if s.tx != nil {
		return s.tx.all(query, args...)
	}
	return s.db.Query(query, args...)
}

// DocumentRow is a line in a list of documents.
type DocumentRow struct {
	ID, Address, Title, Outlet, Language, Published, SupersededBy string
	Words, Statements                                             int
}

const documentColumns = "d.id, d.address, d.title, d.outlet, d.language, d.published, d.superseded_by, d.words, d.statements"

func scanDocument(rows *sql.Rows) (d DocumentRow, err error) {
	return d, rows.Scan(&d.ID, &d.Address, &d.Title, &d.Outlet, &d.Language, &d.Published, &d.SupersededBy, &d.Words, &d.Statements)
}

// Cursor is a place in a list that is ordered by publication date and id: the last row seen.
type Cursor struct{ Published, ID string }

// DocumentQuery says which documents a list shows. Empty fields do not restrict.
type DocumentQuery struct {
	Language, Outlet, From, To string
	After                      Cursor
	Limit                      int
}

// Documents lists current versions by publication date.
func (s *Store) Documents(q DocumentQuery) ([]DocumentRow, error) {
	var w where
	w.add("d.superseded_by = ''")
	w.equal("d.language", q.Language)
	w.equal("d.outlet", q.Outlet)
	w.dates("d.published", q.From, q.To)
	w.after("d", q.After)
	return collect(s, scanDocument, "SELECT "+documentColumns+" FROM document d"+w.String()+" ORDER BY d.published, d.id"+limit(q.Limit), w.args...)
}

// where gathers the conditions of a query.
type where struct {
	parts []string
	args  []any
}

func (w *where) add(part string, args ...any) {
	w.parts = append(w.parts, part)
	w.args = append(w.args, args...)
}

func (w *where) equal(column, value string) {
	if value != "" {
		w.add(column+" = ?", value)
	}
}

// dates keeps rows from a day up to the end of another.
func (w *where) dates(column, from, to string) {
	if from != "" {
		w.add(column+" >= ?", from)
	}
	if to != "" {
		w.add(column+" < ?", to+"~") // "2024-08-12T…" sorts before "2024-08-12~"
	}
}

func (w *where) after(table string, c Cursor) {
	if c.ID != "" {
		w.add("("+table+".published, "+table+".id) > (?, ?)", c.Published, c.ID)
	}
}

func (w *where) String() string {
	if len(w.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.parts, " AND ")
}

// limit ends a query. The number is no parameter, for a query is parsed anew where that is bound.
func limit(n int) string {
	if n <= 0 {
		n = 50
	}
	return fmt.Sprintf(" LIMIT %d", n)
}

// Analysis loads a document with its layers, the tokens left out.
func (s *Store) Analysis(id string) (*hearsay.Analysis, error) {
	var blob []byte
	err := s.q().QueryRow("SELECT analysis FROM document WHERE id = ?", id).Scan(&blob)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("document %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return nil, s.explain(err)
	}
	return unpack(blob)
}

// DocumentIDs calls each with the id of every document, old versions too, in the order of addresses.
func (s *Store) DocumentIDs(each func(id string) error) error {
	type place struct{ address, id string }
	var last place
	for {
		page, err := collect(s, func(rows *sql.Rows) (p place, err error) { return p, rows.Scan(&p.address, &p.id) },
			"SELECT address, id FROM document WHERE (address, id) > (?, ?) ORDER BY address, id LIMIT 500", last.address, last.id)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, p := range page {
			if err := each(p.id); err != nil {
				return err
			}
		}
		last = page[len(page)-1]
	}
}

func scanString(rows *sql.Rows) (v string, err error) { return v, rows.Scan(&v) }

// ActorsOf gives the actor of each entity of a document.
func (s *Store) ActorsOf(document string) (map[int]string, error) {
	type pair struct {
		idx   int
		actor string
	}
	rows, err := collect(s, func(rows *sql.Rows) (p pair, err error) { return p, rows.Scan(&p.idx, &p.actor) },
		`SELECT e.idx, n.actor FROM document d JOIN entity e ON e.document = d.n JOIN name n ON n.n = e.name WHERE d.id = ?`, document)
	out := make(map[int]string, len(rows))
	for _, p := range rows {
		out[p.idx] = p.actor
	}
	return out, err
}

// Records gives the records of one document.
func (s *Store) Records(document string) ([]format.Record, error) {
	a, err := s.Analysis(document)
	if err != nil {
		return nil, err
	}
	actors, err := s.ActorsOf(document)
	if err != nil {
		return nil, err
	}
	records, err := format.Records(a, func(entity int) string { return actors[entity] })
	if err != nil {
		return nil, err
	}
	if err := s.tellSpeakers(document, records); err != nil {
		return nil, err
	}
	own, err := s.assertionsOf(document)
	for _, a := range own {
		records = append(records, format.Record{Assertion: a})
	}
	return records, err
}

// assertionsOf gives the sentences of a document's own that say what statements say.
func (s *Store) assertionsOf(document string) ([]*format.Assertion, error) {
	var out []*format.Assertion
	err := eachRecord(s, func(a *format.Assertion) error {
		out = append(out, a)
		return nil
	}, `SELECT a.record FROM document d JOIN assertion a ON a.document = d.n WHERE d.id = ?
		AND (a.claim > '' OR EXISTS (SELECT 1 FROM same WHERE a = a.id) OR EXISTS (SELECT 1 FROM same WHERE b = a.id)) ORDER BY a.id`, document)
	return out, err
}

// ActorRow is a line in a list of speakers.
type ActorRow struct {
	ID, Name, Type        string
	Statements, Documents int
}

func scanActor(rows *sql.Rows) (a ActorRow, err error) {
	return a, rows.Scan(&a.ID, &a.Name, &a.Type, &a.Statements, &a.Documents)
}

// Speakers lists those of whom most is told that they said something, from the given place on.
func (s *Store) Speakers(offset, n int) ([]ActorRow, error) {
	return collect(s, scanActor, "SELECT id, name, type, statements, documents FROM actor WHERE statements > 0 ORDER BY statements DESC, id"+limit(n)+" OFFSET ?", offset)
}

// Actor loads one actor's record.
func (s *Store) Actor(id string) (*format.Actor, error) {
	return loadRecord[format.Actor](s, "SELECT record FROM actor WHERE id = ?", id)
}

// Actors calls each with every actor's record in the order of ids.
func (s *Store) Actors(each func(*format.Actor) error) error {
	return eachRecord(s, each, "SELECT record FROM actor ORDER BY id")
}

func loadRecord[T any](s *Store, query, id string) (*T, error) {
	var body []byte
	err := s.q().QueryRow(query, id).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%s: %w", id, ErrNotFound)
	}
	if err != nil {
		return nil, s.explain(err)
	}
	v := new(T)
	return v, json.Unmarshal(body, v)
}

func eachRecord[T any](s *Store, each func(*T) error, query string, args ...any) error {
	rows, err := s.q().Query(query, args...)
	if err != nil {
		return s.explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return s.explain(err)
		}
		v := new(T)
		if err := json.Unmarshal(body, v); err != nil {
			return err
		}
		if err := each(v); err != nil {
			return err
		}
	}
	return s.explain(rows.Err())
}
