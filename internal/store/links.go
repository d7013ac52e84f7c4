package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"hearsay"
	"hearsay/internal/format"
)

// Profile loads what a resolver keeps of an item.
func (s *Store) Profile(kind, item string) ([]byte, error) {
	var body []byte
	err := s.q().QueryRow("SELECT body FROM profile WHERE kind = ? AND item = ?", kind, item).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("profile %s %s: %w", kind, item, s.explain(err))
	}
	return decoder.DecodeAll(body, nil)
}

// ProfilesOf lists the items of a kind that stand in a document.
func (s *Store) ProfilesOf(kind, document string) ([]string, error) {
	return collect(s, scanString, "SELECT p.item FROM document d JOIN profile p ON p.document = d.n WHERE d.id = ? AND p.kind = ? ORDER BY p.item", document, kind)
}

// DropLinks takes back the links of some kinds between two documents, in either direction.
func (s *Store) DropLinks(a, b string, kinds ...hearsay.LinkKind) error {
	return s.write(func(tx *transaction) error {
		for _, kind := range kinds {
			if _, err := tx.Exec("DELETE FROM link WHERE kind = ?3 AND (a = ?1 AND b = ?2 OR a = ?2 AND b = ?1)", a, b, string(kind)); err != nil {
				return err
			}
		}
		return nil
	})
}

// LinksBetween gives the links between two documents, in either direction.
func (s *Store) LinksBetween(a, b string) ([]*format.Link, error) {
	return collect(s, scanLink, `SELECT record FROM (SELECT * FROM link WHERE a = ?1 AND b = ?2 UNION SELECT * FROM link WHERE a = ?2 AND b = ?1) ORDER BY a, b, ext, kind`, a, b)
}

// PutLinks adds links; one with the same ends and kind is replaced.
func (s *Store) PutLinks(links []format.Link) error {
	return s.write(func(tx *transaction) error { return putLinks(tx, links) })
}

func putLinks(tx *transaction, links []format.Link) error {
	for _, l := range links {
		to, external := linkEnd(l.To)
		body, err := json.Marshal(l)
		if err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT OR REPLACE INTO link (a, b, ext, kind, score, record) VALUES (?, ?, ?, ?, ?, ?)", l.From, to, external, l.Kind, l.Score, body); err != nil {
			return err
		}
	}
	return nil
}

func linkEnd(to any) (document, external string) {
	switch v := to.(type) {
	case string:
		return v, ""
	case format.External:
		return "", v.External
	case map[string]any:
		name, _ := v["external"].(string)
		return "", name
	}
	return "", ""
}

// Links calls each with every link in a fixed order.
func (s *Store) Links(each func(*format.Link) error) error {
	return eachRecord(s, each, "SELECT record FROM shown_link ORDER BY a, b, ext, kind")
}

// LinksOf gives the links from or to a document.
func (s *Store) LinksOf(document string) ([]*format.Link, error) {
	var out []*format.Link
	err := eachRecord(s, func(l *format.Link) error {
		out = append(out, l)
		return nil
	}, `SELECT record FROM (SELECT * FROM shown_link WHERE a = ?1 UNION SELECT * FROM shown_link WHERE b = ?1) ORDER BY a, b, ext, kind`, document)
	return out, err
}

// LinksFound gives the links from or to a document that rest on the documents alone, without what claims
// tell of its citations.
func (s *Store) LinksFound(document string) ([]*format.Link, error) {
	return collect(s, scanLink, `SELECT record FROM (SELECT * FROM link WHERE a = ?1 UNION SELECT * FROM link WHERE b = ?1) ORDER BY a, b, ext, kind`, document)
}

func scanLink(rows *sql.Rows) (*format.Link, error) {
	var body []byte
	if err := rows.Scan(&body); err != nil {
		return nil, err
	}
	l := new(format.Link)
	return l, json.Unmarshal(body, l)
}

// Citation is a link to the document that a citation means, and the name by which that is cited.
type Citation struct {
	format.Link
	External string
}

// Same is a judgement of the program on two statements.
type Same struct {
	A, B  string // statement ids, A before B
	Score float64
	Sign  int // 1 they say the same, -1 the opposite
	Sure  bool
	Why   string
}

// PutSame adds pairs of statements. What is sure of a pair is not replaced by what is not.
func (s *Store) PutSame(pairs []Same) error {
	return s.write(func(tx *transaction) error {
		for _, p := range pairs {
			if _, err := tx.Exec(`INSERT INTO same (a, b, score, sign, sure, why) VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT (a, b) DO UPDATE SET score = excluded.score, sign = excluded.sign, sure = excluded.sure, why = excluded.why
				WHERE excluded.sure > same.sure`, p.A, p.B, p.Score, p.Sign, p.Sure, p.Why); err != nil {
				return err
			}
		}
		return nil
	})
}

// HasSame reports whether something was judged of two statements, of which a is the one before b.
func (s *Store) HasSame(a, b string) (bool, error) {
	var n int
	err := s.q().QueryRow("SELECT count(*) FROM same WHERE a = ? AND b = ?", a, b).Scan(&n)
	return n > 0, s.explain(err)
}

// DropSame takes back what was judged of two statements, and reports whether there was anything.
func (s *Store) DropSame(a, b string) (bool, error) {
	if b < a {
		a, b = b, a
	}
	dropped := int64(0)
	err := s.write(func(tx *transaction) error {
		res, err := tx.Exec("DELETE FROM same WHERE a = ? AND b = ?", a, b)
		if err == nil {
			dropped, err = res.RowsAffected()
		}
		return err
	})
	return dropped > 0, err
}

// SameAs gives the pairs in which a statement stands.
func (s *Store) SameAs(statement string) ([]Same, error) {
	return collect(s, func(rows *sql.Rows) (p Same, err error) {
		return p, rows.Scan(&p.A, &p.B, &p.Score, &p.Sign, &p.Sure, &p.Why)
	}, "SELECT a, b, score, sign, sure, why FROM same WHERE a = ?1 UNION SELECT a, b, score, sign, sure, why FROM same WHERE b = ?1 ORDER BY a, b", statement)
}

// ClaimOf gives the claim to which a statement was put, "" for none.
func (s *Store) ClaimOf(statement string) (string, error) {
	claims, err := collect(s, scanString, "SELECT claim FROM statement WHERE id = ?1 UNION ALL SELECT claim FROM assertion WHERE id = ?1", statement)
	if err != nil || len(claims) == 0 {
		return "", err
	}
	return claims[0], nil
}

// ClaimMembers gives the statements that were put to a claim.
func (s *Store) ClaimMembers(claim string) ([]string, error) {
	return collect(s, scanString, "SELECT id FROM statement WHERE claim = ?1 UNION ALL SELECT id FROM assertion WHERE claim = ?1 AND claim > '' ORDER BY id", claim)
}

// PutClaim stores a claim with its conflicts and citations and puts its statements to it.
func (s *Store) PutClaim(c format.Claim, conflicts []format.Conflict, citations []Citation) error {
	return s.write(func(tx *transaction) error {
		body, err := json.Marshal(c)
		if err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT OR REPLACE INTO claim (id, statements, documents, denials, at_least, at_most, record) VALUES (?, ?, ?, ?, ?, ?, ?)",
			c.ID, len(c.Statements), len(c.Documents), len(c.Denials), c.AtLeast, c.AtMost, body); err != nil {
			return err
		}
		for _, id := range c.Statements {
			for _, query := range []string{"UPDATE statement SET claim = ? WHERE id = ?", "UPDATE assertion SET claim = ? WHERE id = ?"} {
				if _, err := tx.Exec(query, c.ID, id); err != nil {
					return err
				}
			}
		}
		for _, conflict := range conflicts {
			if err := putConflict(tx, c.ID, conflict); err != nil {
				return err
			}
		}
		return putCitations(tx, c.ID, citations)
	})
}

func putCitations(tx *transaction, claim string, citations []Citation) error {
	for _, c := range citations {
		to, _ := linkEnd(c.To)
		body, err := json.Marshal(c.Link)
		if err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT OR REPLACE INTO citation (a, b, claim, ext, record) VALUES (?, ?, ?, ?, ?)", c.From, to, claim, c.External, body); err != nil {
			return err
		}
	}
	return nil
}

func putConflict(tx *transaction, claim string, c format.Conflict) error {
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	id := "x" + hex.EncodeToString(sum[:])[:12]
	if _, err := tx.Exec("INSERT OR REPLACE INTO conflict (id, kind, claim, record) VALUES (?, ?, ?, ?)", id, c.Kind, claim, body); err != nil {
		return err
	}
	for _, member := range c.Between {
		if _, err := tx.Exec("INSERT OR IGNORE INTO conflict_member (member, conflict) VALUES (?, ?)", member, id); err != nil {
			return err
		}
	}
	return nil
}

// DropClaim takes a claim back: its statements are free again.
func (s *Store) DropClaim(id string) error {
	return s.write(func(tx *transaction) error {
		for _, query := range []string{
			"UPDATE statement SET claim = '' WHERE claim = ?",
			"UPDATE assertion SET claim = '' WHERE claim = ?1 AND claim > ''",
			"DELETE FROM conflict_member WHERE conflict IN (SELECT id FROM conflict WHERE claim = ?)",
			"DELETE FROM conflict WHERE claim = ?",
			"DELETE FROM citation WHERE claim = ?",
			"DELETE FROM claim WHERE id = ?",
		} {
			if _, err := tx.Exec(query, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Claim loads one claim.
func (s *Store) Claim(id string) (*format.Claim, error) {
	return loadRecord[format.Claim](s, "SELECT record FROM claim WHERE id = ?", id)
}

// Claims calls each with every claim that is told more than once, in the order of ids.
func (s *Store) Claims(each func(*format.Claim) error) error {
	return eachRecord(s, each, "SELECT record FROM claim ORDER BY id")
}

// ClaimOrder says which claims come first in a list.
type ClaimOrder string

// The orders of claims.
const (
	MostRepeated ClaimOrder = "documents DESC, statements DESC, id"
	MostDisputed ClaimOrder = "denials DESC, documents DESC, id"
	OneOrigin    ClaimOrder = "at_most, documents DESC, id" // many articles, one origin
)

// Days is a stretch of time, both days included; "" is open.
type Days struct{ From, To string }

// told keeps the claims that somebody told in the stretch: each is looked up by its statements, so
// that a page is full before all claims are seen.
func (d Days) told(w *where) {
	if d == (Days{}) {
		return
	}
	statement := where{parts: []string{"s.claim = c.id"}}
	statement.dates("s.published", d.From, d.To)
	assertion := where{parts: []string{"a.claim = c.id", "a.claim > ''"}}
	assertion.dates("d.published", d.From, d.To)
	w.add("(EXISTS (SELECT 1 FROM statement s"+statement.String()+") OR EXISTS (SELECT 1 FROM assertion a JOIN document d ON d.n = a.document"+assertion.String()+"))",
		append(statement.args, assertion.args...)...)
}

// TopClaims lists claims that were told in a stretch of time, in an order, from the given place on.
func (s *Store) TopClaims(order ClaimOrder, days Days, offset, n int) ([]*format.Claim, error) {
	var w where
	switch order {
	case MostDisputed:
		w.add("denials > 0")
	case OneOrigin:
		w.add("documents > 1")
		w.add("at_most = 1")
	}
	days.told(&w)
	var out []*format.Claim
	err := eachRecord(s, func(c *format.Claim) error {
		out = append(out, c)
		return nil
	}, "SELECT record FROM claim c"+w.String()+" ORDER BY "+string(order)+limit(n)+" OFFSET ?", append(w.args, offset)...)
	return out, err
}

// Conflicts calls each with every conflict in the order of ids.
func (s *Store) Conflicts(each func(*format.Conflict) error) error {
	return eachRecord(s, each, "SELECT record FROM conflict ORDER BY id")
}

// ConflictsOf gives the conflicts within a claim.
func (s *Store) ConflictsOf(claim string) ([]*format.Conflict, error) {
	var out []*format.Conflict
	err := eachRecord(s, func(c *format.Conflict) error {
		out = append(out, c)
		return nil
	}, "SELECT record FROM conflict WHERE claim = ? ORDER BY id", claim)
	return out, err
}

// FindClaim loads the claim that is named by its id or by one of its statements.
func (s *Store) FindClaim(name string) (*format.Claim, error) {
	if c, err := s.Claim(name); err == nil {
		return c, nil
	}
	id, err := s.ClaimOf(name)
	if err != nil {
		return nil, err
	}
	return s.Claim(firstOf(id, name))
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
