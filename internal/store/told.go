package store

import (
	"database/sql"
	"encoding/json"
	"strings"

	"hearsay/internal/format"
)

// Alias is a pair of entities that have the same places in two linked documents.
type Alias struct {
	A, B        int // entities of the one and the other document
	Times, Says int // passages and statements in which they do
}

// Witness is a statement that tells who makes another, which says the same in a linked document and does not name him.
// Each such statement is a witness of itself too.
type Witness struct {
	Statement string
	SaidBy    string // the statement that tells
	Weight    int
	Score     float64
}

// PutTold replaces what two linked documents tell of one another. What rests on it has to be looked at again.
func (s *Store) PutTold(a, b string, aliases []Alias, witnesses []Witness) error {
	return s.write(func(tx *transaction) error {
		one, two, err := numbers(tx, a, b)
		if err != nil {
			return err
		}
		if err := dropToldBetween(tx, one, two); err != nil {
			return err
		}
		for _, x := range aliases {
			if err := putAlias(tx, one, two, x); err != nil {
				return err
			}
		}
		for _, w := range witnesses {
			if _, err := tx.Exec("INSERT OR REPLACE INTO witness (statement, said_by, weight, score) VALUES (?, ?, ?, ?)", w.Statement, w.SaidBy, w.Weight, w.Score); err != nil {
				return err
			}
			if _, err := tx.Exec("INSERT OR IGNORE INTO stale VALUES ('speaker', ?)", w.Statement); err != nil {
				return err
			}
		}
		return nil
	})
}

func numbers(tx *transaction, a, b string) (one, two int64, err error) {
	for _, of := range []struct {
		id string
		n  *int64
	}{{a, &one}, {b, &two}} {
		if err := tx.QueryRow("SELECT n FROM document WHERE id = ?", of.id).Scan(of.n); err != nil {
			return 0, 0, err
		}
	}
	return one, two, nil
}

// putAlias keeps a pair of entities under their names; those of an old version have none.
func putAlias(tx *transaction, one, two int64, x Alias) error {
	_, err := tx.Exec(`INSERT INTO alias (a, b, one, two, times, says)
		SELECT min(x.name, y.name), max(x.name, y.name), ?1, ?2, ?5, ?6 FROM entity x, entity y
			WHERE x.document = ?1 AND x.idx = ?3 AND y.document = ?2 AND y.idx = ?4 AND x.name <> y.name
		ON CONFLICT DO UPDATE SET times = times + excluded.times, says = says + excluded.says`, one, two, x.A, x.B, x.Times, x.Says)
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT OR IGNORE INTO stale SELECT 'placed', name FROM entity WHERE document = ?1 AND idx = ?3 OR document = ?2 AND idx = ?4", one, two, x.A, x.B)
	return err
}

// DropTold takes back what two documents tell of one another.
func (s *Store) DropTold(a, b string) error {
	return s.write(func(tx *transaction) error {
		one, two, err := numbers(tx, a, b)
		if err != nil {
			return err
		}
		return dropToldBetween(tx, one, two)
	})
}

const (
	between     = "(one = ?1 AND two = ?2 OR one = ?2 AND two = ?1)"
	saidIn1     = "(SELECT id FROM statement WHERE document = ?1)"
	saidIn2     = "(SELECT id FROM statement WHERE document = ?2)"
	saidBetween = "(statement IN " + saidIn1 + " AND said_by IN " + saidIn2 + " OR statement IN " + saidIn2 + " AND said_by IN " + saidIn1 + ")"
)

func dropToldBetween(tx *transaction, one, two int64) error {
	return dropToldWhere(tx, between, saidBetween, one, two)
}

// dropTold takes back what a document tells of others, and others of it.
func dropTold(tx *transaction, document int64) error {
	return dropToldWhere(tx, "(one = ?1 OR two = ?1)", "(statement IN "+saidIn1+" OR said_by IN "+saidIn1+")", document)
}

func dropToldWhere(tx *transaction, alias, witness string, documents ...any) error {
	for _, query := range []string{
		"INSERT OR IGNORE INTO stale SELECT 'placed', a FROM alias WHERE " + alias,
		"INSERT OR IGNORE INTO stale SELECT 'placed', b FROM alias WHERE " + alias,
		"DELETE FROM alias WHERE " + alias,
		"INSERT OR IGNORE INTO stale SELECT 'speaker', statement FROM witness WHERE " + witness,
		"DELETE FROM witness WHERE " + witness,
	} {
		if _, err := tx.Exec(query, documents...); err != nil {
			return err
		}
	}
	return nil
}

// toldKey names two documents of which something must be looked at again.
func toldKey(a, b string) string {
	if b < a {
		a, b = b, a
	}
	return a + " " + b
}

// StaleTold gives the pairs of documents whose links a person has judged.
func (s *Store) StaleTold() ([][2]string, error) {
	keys, err := collect(s, scanString, "SELECT key FROM stale WHERE kind = 'told' ORDER BY key")
	var out [][2]string
	for _, key := range keys {
		if a, b, ok := strings.Cut(key, " "); ok {
			out = append(out, [2]string{a, b})
		}
	}
	return out, err
}

// Placed is a spelling, or somebody who has no name, that has the same places in linked documents as another.
type Placed struct {
	N        int64
	Language string
	Weight   int // passages, and twice the statements
}

// PlacedWith gives the spellings that have the same places in linked documents as one, by language.
func (s *Store) PlacedWith(spelling int64) ([]Placed, error) {
	const others = `SELECT o.spelling AS n, json_extract(o.item, '$.language') AS language, p.times + 2 * p.says AS weight FROM name n `
	return collect(s, scanPlaced, "SELECT n, language, sum(weight) FROM ("+
		others+"CROSS JOIN alias p ON p.a = n.n CROSS JOIN name o ON o.n = p.b WHERE n.spelling = ?1 AND o.spelling <> ?1 AND o.documents > 0 UNION ALL "+
		others+"CROSS JOIN alias p ON p.b = n.n CROSS JOIN name o ON o.n = p.a WHERE n.spelling = ?1 AND o.spelling <> ?1 AND o.documents > 0) GROUP BY n, language ORDER BY n, language", spelling)
}

// NamelessPlacedWith gives those without a name who have the same places in linked documents as one who has none either.
func (s *Store) NamelessPlacedWith(name int64) ([]Placed, error) {
	const others = "SELECT o.n, p.times + 2 * p.says AS weight FROM alias p CROSS JOIN name o " // few stand beside one, and many have no name
	return collect(s, scanPlaced, "SELECT n, '', sum(weight) FROM ("+
		others+"ON o.n = p.b WHERE p.a = ?1 AND o.spelling IS NULL AND o.documents > 0 UNION ALL "+
		others+"ON o.n = p.a WHERE p.b = ?1 AND o.spelling IS NULL AND o.documents > 0) GROUP BY n ORDER BY n", name)
}

func scanPlaced(rows *sql.Rows) (p Placed, err error) {
	return p, rows.Scan(&p.N, &p.Language, &p.Weight)
}

// NamePair is a pair of names that have the same places in two documents, given by their numbers.
type NamePair struct {
	A, B        int64
	One, Two    int64
	Times, Says int
}

// AliasesOf gives the pairs in which a name is the lesser.
func (s *Store) AliasesOf(name int64) ([]NamePair, error) {
	return collect(s, func(rows *sql.Rows) (p NamePair, err error) {
		return p, rows.Scan(&p.A, &p.B, &p.One, &p.Two, &p.Times, &p.Says)
	}, "SELECT a, b, one, two, times, says FROM alias WHERE a = ? ORDER BY b, one, two", name)
}

// NamesIn gives the names of a document, which is given by its number.
func (s *Store) NamesIn(document int64) ([]int64, error) {
	return collect(s, scanInt, "SELECT name FROM entity WHERE document = ? ORDER BY name", document)
}

// Testimony is what a witness of a statement says: the statement, its document and the one whom it names.
type Testimony struct {
	Witness
	Document string
	Name     int64
	Actor    string
}

// Testimonies gives what all witnesses of a statement say.
func (s *Store) Testimonies(statement string) ([]Testimony, error) {
	return collect(s, func(rows *sql.Rows) (t Testimony, err error) {
		return t, rows.Scan(&t.Statement, &t.SaidBy, &t.Weight, &t.Score, &t.Document, &t.Name, &t.Actor)
	}, `SELECT w.statement, w.said_by, w.weight, w.score, d.id, s.speaker, n.actor FROM witness w JOIN statement s ON s.id = w.said_by
		JOIN document d ON d.n = s.document JOIN name n ON n.n = s.speaker WHERE w.statement = ? ORDER BY w.said_by`, statement)
}

// TellSpeaker gives a statement the speaker whom other documents name, and takes him back where told is 0. by says
// where they do.
func (s *Store) TellSpeaker(statement string, told int64, by *format.SpeakerBy) error {
	return s.write(func(tx *transaction) error {
		var n, by1 any
		if told != 0 {
			body, err := json.Marshal(by)
			if err != nil {
				return err
			}
			n, by1 = told, body
		}
		var before, after string
		err := tx.QueryRow("SELECT s.actor, coalesce(n.actor, '') FROM statement s LEFT JOIN name n ON n.n = coalesce(?, s.speaker) WHERE s.id = ?", n, statement).Scan(&before, &after)
		if err == sql.ErrNoRows {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE statement SET told = ?, told_by = ?, actor = ? WHERE id = ?", n, by1, after, statement); err != nil || before == after {
			return err
		}
		if err := touchClaims(tx, "id", statement); err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE actor SET statements = (SELECT count(*) FROM statement s WHERE s.actor = actor.id) WHERE id IN (?, ?)", before, after)
		return err
	})
}

// toldIn gives the statements of a document whose speakers other documents name: by their ids, the speaker and where.
func (s *Store) toldIn(document string) (map[string]told, error) {
	rows, err := collect(s, func(rows *sql.Rows) (t told, err error) {
		var by []byte
		if err := rows.Scan(&t.statement, &t.actor, &by); err != nil {
			return t, err
		}
		t.by = new(format.SpeakerBy)
		return t, json.Unmarshal(by, t.by)
	}, "SELECT s.id, s.actor, s.told_by FROM document d JOIN statement s ON s.document = d.n WHERE d.id = ? AND s.told IS NOT NULL", document)
	out := make(map[string]told, len(rows))
	for _, t := range rows {
		out[t.statement] = t
	}
	return out, err
}

type told struct {
	statement, actor string
	by               *format.SpeakerBy
}

// tellSpeakers gives the statements among a document's records the speakers whom other documents name.
func (s *Store) tellSpeakers(document string, records []format.Record) error {
	all, err := s.toldIn(document)
	if err != nil || len(all) == 0 {
		return err
	}
	for _, r := range records {
		if r.Statement == nil {
			continue
		}
		if t, ok := all[r.Statement.ID]; ok {
			r.Statement.Speaker, r.Statement.SpeakerBy = t.actor, t.by
		}
	}
	return nil
}
