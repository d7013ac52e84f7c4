package store

import (
	"database/sql"
	"fmt"

	"hearsay"
)

// Judged is a person's judgement with its number, under which it can be undone.
type Judged struct {
	N int64
	hearsay.Judgement
	Undone int64 // number of the judgement that took it back, 0 while it holds
}

// Judge records what a person decided. It outranks the program and stays when more documents come.
// What has to be looked at again because of it is noted for the next Resolve.
func (s *Store) Judge(j hearsay.Judgement) (int64, error) {
	var n int64
	err := s.write(func(tx *transaction) error {
		res, err := tx.Exec("INSERT INTO judgement (kind, a, b, rule, score, author, time) VALUES (?, ?, ?, ?, ?, ?, ?)",
			j.Kind, j.A, j.B, j.Rule, j.Score, j.Author, j.Time)
		if err != nil {
			return err
		}
		if n, err = res.LastInsertId(); err != nil {
			return err
		}
		return markJudged(tx, j)
	})
	return n, err
}

// markJudged notes what a judgement bears on.
func markJudged(tx *transaction, j hearsay.Judgement) error {
	var query string
	switch j.Kind {
	case "name":
		query = `INSERT OR IGNORE INTO stale SELECT 'judged', n.n FROM name n JOIN actor a ON a.id = n.actor, json_each(a.record, '$.names') f
			WHERE json_extract(f.value, '$.form') IN (?1, ?2) OR a.id IN (?1, ?2)`
	case "claim":
		query = "INSERT OR IGNORE INTO stale SELECT 'statement', id FROM statement WHERE id IN (?1, ?2)"
	case "link":
		query = `INSERT OR IGNORE INTO stale SELECT 'claim', s.claim FROM document d JOIN statement s ON s.document = d.n WHERE d.id IN (?1, ?2) AND s.claim > ''`
	default:
		return nil // grades change nothing that was computed
	}
	if _, err := tx.Exec(query, j.A, j.B); err != nil || j.Kind != "link" {
		return err
	}
	_, err := tx.Exec("INSERT OR IGNORE INTO stale VALUES ('told', ?)", toldKey(j.A, j.B))
	return err
}

// Undo takes a judgement back. It stays in the list with the number of its undoing.
func (s *Store) Undo(n int64, author, time string) error {
	return s.write(func(tx *transaction) error {
		var j hearsay.Judgement
		err := tx.QueryRow("SELECT kind, a, b FROM judgement WHERE n = ? AND undone = 0", n).Scan(&j.Kind, &j.A, &j.B)
		if err == sql.ErrNoRows {
			return fmt.Errorf("judgement %d: %w", n, ErrNotFound)
		}
		if err != nil {
			return err
		}
		res, err := tx.Exec("INSERT INTO judgement (kind, a, b, rule, score, author, time) VALUES ('undo', ?, '', ?, 0, ?, ?)", n, j.Kind, author, time)
		if err != nil {
			return err
		}
		by, err := res.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE judgement SET undone = ? WHERE n = ?", by, n); err != nil {
			return err
		}
		return markJudged(tx, j)
	})
}

// Judgements gives the judgements of a kind that hold, oldest first: a later one on the same pair
// supersedes an earlier one.
func (s *Store) Judgements(kind string) ([]hearsay.Judgement, error) {
	all, err := s.JudgementList(kind)
	if err != nil {
		return nil, err
	}
	var out []hearsay.Judgement
	for _, j := range all {
		if j.Undone == 0 {
			out = append(out, j.Judgement)
		}
	}
	return out, nil
}

// JudgementList gives all judgements of a kind, those taken back too, oldest first; "" is every kind.
func (s *Store) JudgementList(kind string) ([]Judged, error) {
	return collect(s, func(rows *sql.Rows) (j Judged, err error) {
		return j, rows.Scan(&j.N, &j.Kind, &j.A, &j.B, &j.Rule, &j.Score, &j.Author, &j.Time, &j.Undone)
	}, "SELECT n, kind, a, b, rule, score, author, time, undone FROM judgement WHERE ?1 = '' OR kind = ?1 ORDER BY n", kind)
}
