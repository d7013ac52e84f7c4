package store

import (
	"database/sql"
	"encoding/json"
	"strings"

	"hearsay/internal/format"
)

// Tally is how much was published on one day in one language.
type Tally struct {
	Day, Language         string // Day is "" where no date is known
	Documents, Statements int
}

// Tallies gives what was published between two days (both included, "" is open), by day and language.
// Documents without a date come first where the beginning is open.
func (s *Store) Tallies(from, to string) ([]Tally, error) {
	var w where
	w.add("documents > 0")
	w.dates("day", from, to)
	return collect(s, func(rows *sql.Rows) (t Tally, err error) {
		return t, rows.Scan(&t.Day, &t.Language, &t.Documents, &t.Statements)
	}, "SELECT day, language, sum(documents), sum(statements) FROM tally"+w.String()+" GROUP BY day, language ORDER BY day, language", w.args...)
}

// Overview counts what the dossier holds without looking at the documents: from the daily tally and
// the smallest indexes.
func (s *Store) Overview() (Summary, error) {
	var out Summary
	err := s.q().QueryRow(`SELECT coalesce(sum(documents), 0), coalesce(sum(words), 0), coalesce(sum(statements), 0),
		coalesce(min(CASE WHEN day > '' AND documents > 0 THEN day END), ''), coalesce(max(CASE WHEN documents > 0 THEN day END), ''),
		(SELECT count(*) FROM actor WHERE statements > 0), (SELECT count(*) FROM claim), (SELECT count(*) FROM link),
		(SELECT count(*) FROM conflict), (SELECT count(*) FROM skip) FROM tally`).
		Scan(&out.Documents, &out.Words, &out.Statements, &out.First, &out.Last, &out.Speakers, &out.Claims, &out.Links, &out.Conflicts, &out.Skipped)
	if err != nil {
		return out, s.explain(err)
	}
	out.Languages, err = s.counts("SELECT language, sum(documents) FROM tally GROUP BY language HAVING sum(documents) > 0 ORDER BY 2 DESC, 1")
	return out, err
}

// Outlets lists the outlets of which most was read, with their documents; an unknown one is left out.
func (s *Store) Outlets(n int) ([]Count, error) {
	return s.counts("SELECT name, documents FROM outlet WHERE name > '' AND documents > 0 ORDER BY documents DESC, name" + limit(n))
}

// Skip is what was not read and why.
type Skip struct{ Path, Why string }

// Skips lists what was not read, from the given path on.
func (s *Store) Skips(after string, n int) ([]Skip, error) {
	return collect(s, func(rows *sql.Rows) (k Skip, err error) { return k, rows.Scan(&k.Path, &k.Why) },
		"SELECT path, why FROM skip WHERE path > ? ORDER BY path"+limit(n), after)
}

// Version is a number that changes with every document and judgement that comes.
func (s *Store) Version() (int64, error) {
	var n int64
	err := s.q().QueryRow("SELECT (SELECT coalesce(max(n), 0) FROM document) * 1000003 + (SELECT coalesce(max(n), 0) FROM judgement)").Scan(&n)
	return n, s.explain(err)
}

// VersionsAt gives the newest version at an address, and all older ones, newest first.
func (s *Store) VersionsAt(address string) ([]DocumentRow, error) {
	return collect(s, scanDocument, "SELECT "+documentColumns+" FROM document d WHERE d.address = ? ORDER BY d.n DESC LIMIT 50", address)
}

// Document gives one line of the list of documents.
func (s *Store) Document(id string) (DocumentRow, error) {
	rows, err := s.DocumentsByID([]string{id})
	if err == nil && len(rows) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return DocumentRow{}, err
	}
	return rows[0], nil
}

// DocumentsByID gives the lines of some documents, in that order; those that are not there are left out.
func (s *Store) DocumentsByID(ids []string) ([]DocumentRow, error) {
	var out []DocumentRow
	for _, id := range ids {
		rows, err := collect(s, scanDocument, "SELECT "+documentColumns+" FROM document d WHERE d.id = ?", id)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// StatementPlaces gives the claim and actor of each statement of a document.
func (s *Store) StatementPlaces(document string) (map[string]StatementPlace, error) {
	rows, err := collect(s, func(rows *sql.Rows) (p StatementPlace, err error) {
		var by []byte
		if err := rows.Scan(&p.ID, &p.Claim, &p.Actor, &p.Name, &p.AtLeast, &p.AtMost, &p.Documents, &by); err != nil || len(by) == 0 {
			return p, err
		}
		p.By = new(format.SpeakerBy)
		return p, json.Unmarshal(by, p.By)
	}, `SELECT s.id, s.claim, s.actor, coalesce(a.name, ''), coalesce(c.at_least, 0), coalesce(c.at_most, 0), coalesce(c.documents, 0), s.told_by
		FROM document d JOIN statement s ON s.document = d.n LEFT JOIN actor a ON a.id = s.actor LEFT JOIN claim c ON c.id = s.claim WHERE d.id = ?`, document)
	out := make(map[string]StatementPlace, len(rows))
	for _, p := range rows {
		out[p.ID] = p
	}
	return out, err
}

// StatementPlace says where a statement stands in the dossier.
type StatementPlace struct {
	ID, Claim, Actor, Name     string
	AtLeast, AtMost, Documents int               // of its claim
	By                         *format.SpeakerBy // where another document names the speaker whom the text does not
}

// ClaimsWith lists claims that hold a conflict of a kind and were told in a stretch of time, those told
// most first, from the given place on.
func (s *Store) ClaimsWith(kind string, days Days, offset, n int) ([]*format.Claim, error) {
	var w where
	days.told(&w)
	args := append(append([]any{kind}, w.args...), offset)
	var out []*format.Claim
	err := eachRecord(s, func(c *format.Claim) error { out = append(out, c); return nil },
		"SELECT c.record FROM (SELECT DISTINCT claim FROM conflict WHERE kind = ?) x JOIN claim c ON c.id = x.claim"+w.String()+" ORDER BY c.documents DESC, c.id"+limit(n)+" OFFSET ?", args...)
	return out, err
}

// ConflictKinds counts the conflicts of each kind.
func (s *Store) ConflictKinds() ([]Count, error) {
	return s.counts("SELECT kind, count(*) FROM conflict GROUP BY kind ORDER BY kind")
}

// ConflictsOfKind lists the conflicts of a kind, from the given place on.
func (s *Store) ConflictsOfKind(kind string, offset, n int) ([]*format.Conflict, error) {
	var out []*format.Conflict
	err := eachRecord(s, func(c *format.Conflict) error { out = append(out, c); return nil },
		"SELECT record FROM conflict WHERE kind = ? ORDER BY id"+limit(n)+" OFFSET ?", kind, offset)
	return out, err
}

// ConflictsOfActor lists the conflicts of a kind in which a statement of an actor stands.
func (s *Store) ConflictsOfActor(actor, kind string, n int) ([]*format.Conflict, error) {
	var out []*format.Conflict
	err := eachRecord(s, func(c *format.Conflict) error { out = append(out, c); return nil },
		`SELECT record FROM conflict WHERE id IN (SELECT m.conflict FROM statement s JOIN conflict_member m ON m.member = s.id WHERE s.actor = ?)
			AND kind = ? ORDER BY id`+limit(n), actor, kind)
	return out, err
}

// QuotedBy counts in which outlets and languages an actor is said to have said something.
func (s *Store) QuotedBy(actor string) (outlets, languages []Count, err error) {
	outlets, err = s.counts("SELECT outlet, count(*) FROM statement WHERE actor = ? GROUP BY outlet ORDER BY 2 DESC, 1 LIMIT 40", actor)
	if err != nil {
		return nil, nil, err
	}
	languages, err = s.counts("SELECT language, count(*) FROM statement WHERE actor = ? GROUP BY language ORDER BY 2 DESC, 1", actor)
	return outlets, languages, err
}

// SpeakersMatching lists the actors behind the statements that a full-text expression finds among the
// names, those who said most first. Only speakers are found, and only among the first few hundred statements.
func (s *Store) SpeakersMatching(match string, n int) ([]*format.Actor, error) {
	var out []*format.Actor
	err := eachRecord(s, func(a *format.Actor) error { out = append(out, a); return nil },
		`SELECT a.record FROM (SELECT DISTINCT actor FROM (SELECT s.actor FROM statement_text t JOIN statement s ON s.n = t.rowid
			WHERE statement_text MATCH ? AND s.actor > '' LIMIT 400)) x JOIN actor a ON a.id = x.actor ORDER BY a.statements DESC, a.id`+limit(n), match)
	return out, err
}

// Figures finds figures of documents by their ids; they are looked for in the documents given.
func (s *Store) Figures(documents, ids []string) (map[string]*format.Figure, error) {
	want := make(map[string]bool, len(ids))
	for _, id := range ids {
		want[id] = true
	}
	out := map[string]*format.Figure{}
	for _, doc := range documents {
		if len(out) == len(want) {
			break
		}
		records, err := s.Records(doc)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			if r.Figure != nil && want[r.Figure.ID] {
				out[r.Figure.ID] = r.Figure
			}
		}
	}
	return out, nil
}

// ActorRow gives one line of the list of speakers.
func (s *Store) ActorRow(id string) (ActorRow, error) {
	rows, err := collect(s, scanActor, "SELECT id, name, type, statements, documents FROM actor WHERE id = ?", id)
	if err == nil && len(rows) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return ActorRow{}, err
	}
	return rows[0], nil
}

// MatchNames builds a full-text expression in which every sound skeleton must stand among the names.
func MatchNames(skeletons []string) string {
	parts := make([]string, len(skeletons))
	for i, s := range skeletons {
		parts[i] = "names: " + quoted(s)
	}
	return strings.Join(parts, " AND ")
}

// DocumentsOf gives the document of each of some statements.
func (s *Store) DocumentsOf(statements []string) (map[string]string, error) {
	out := make(map[string]string, len(statements))
	for _, id := range statements {
		rows, err := collect(s, scanString, "SELECT d.id FROM document d WHERE d.n IN (SELECT document FROM statement WHERE id = ?1 UNION SELECT document FROM assertion WHERE id = ?1)", id)
		if err != nil {
			return nil, err
		}
		if len(rows) == 1 {
			out[id] = rows[0]
		}
	}
	return out, nil
}

// ConflictDocuments gives the documents in which the claims of some conflicts stand.
func (s *Store) ConflictDocuments(conflicts []*format.Conflict) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	for _, c := range conflicts {
		if len(c.Between) == 0 {
			continue
		}
		claims, err := collect(s, scanString, "SELECT c.claim FROM conflict_member m JOIN conflict c ON c.id = m.conflict WHERE m.member = ? LIMIT 4", c.Between[0])
		if err != nil {
			return nil, err
		}
		for _, id := range claims {
			claim, err := s.Claim(id)
			if err != nil {
				continue // the conflict is one of a speaker, not of a claim
			}
			for _, d := range claim.Documents {
				if !seen[d] {
					seen[d] = true
					out = append(out, d)
				}
			}
		}
	}
	return out, nil
}

// HasName reports whether a judgement can speak of somebody by this name: an actor's own name.
func (s *Store) HasName(name string) (bool, error) {
	var n int
	err := s.q().QueryRow("SELECT count(*) FROM (SELECT 1 FROM actor WHERE name = ? LIMIT 1)", name).Scan(&n)
	return n > 0, s.explain(err)
}
