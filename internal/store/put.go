package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"

	"hearsay"
	"hearsay/internal/format"
)

// Entry is all that the store keeps of one document.
type Entry struct {
	Analysis   *hearsay.Analysis
	Text       Index              // of the whole document
	Statements []StatementIn      // one for each of Analysis.Statements
	Names      []NameIn           // one for each of Analysis.Entities
	Assertions []format.Assertion // in the text's own words
	Profiles   []Profile
	Links      []format.Link // to outlets and reports outside the dossier that the document names
}

// Index is what full-text search looks for beside the text itself.
type Index struct {
	Lemmas string
	Names  string // sound skeletons of the names, by which they are found in any spelling
}

// StatementIn is what search needs of a statement.
type StatementIn struct {
	Index
	Content string
}

// NameIn is what an entity looks like to the name resolver.
type NameIn struct {
	Item     []byte
	Spelling string // key that all names have which fold alike; "" for somebody who has no name
}

// Profile is what a resolver keeps of a document or statement, and the keys by which others find it.
type Profile struct {
	Kind string
	Item string // id of the document or statement
	Day  int    // of publication, since 1970; NoDay where none is known
	Body []byte
	Keys []uint64
}

// Has reports whether the content with this hash was read from this address before.
func (s *Store) Has(address, sha string) (bool, error) {
	var n int
	err := s.q().QueryRow("SELECT count(*) FROM document WHERE address = ? AND sha256 = ?", address, sha).Scan(&n)
	return n > 0, s.explain(err)
}

// Current is the id of the newest version at an address, "" if there is none.
func (s *Store) Current(address string) (string, error) {
	var id string
	err := s.q().QueryRow("SELECT id FROM document WHERE address = ? AND superseded_by = '' ORDER BY n DESC LIMIT 1", address).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, s.explain(err)
}

// batch is how many documents one transaction holds at most.
const batch = 64

// Put adds a document with all its parts, or nothing of it. It becomes durable with the next
// Commit, which comes by itself after every 64th document.
func (s *Store) Put(e *Entry) error {
	tx, err := s.begin()
	if err != nil {
		return err
	}
	if err := s.put(tx, e); err != nil {
		s.Rollback()
		return s.explain(err)
	}
	if s.dirty++; s.dirty >= batch {
		return s.Commit()
	}
	return nil
}

func (s *Store) put(tx *transaction, e *Entry) error {
	n, err := putDocument(tx, e)
	if err != nil {
		return err
	}
	names, err := putNames(tx, n, e.Names)
	if err != nil {
		return err
	}
	if err := putStatements(tx, n, e, names); err != nil {
		return err
	}
	if err := putAssertions(tx, n, e.Assertions); err != nil {
		return err
	}
	if err := putProfiles(tx, n, e.Profiles); err != nil {
		return err
	}
	return putLinks(tx, e.Links)
}

func putDocument(tx *transaction, e *Entry) (int64, error) {
	d := e.Analysis.Document
	blob, err := pack(e.Analysis)
	if err != nil {
		return 0, err
	}
	if d.Supersedes != "" {
		if err := supersede(tx, d.Supersedes, d.ID); err != nil {
			return 0, err
		}
	}
	res, err := tx.Exec(`INSERT INTO document (id, address, sha256, language, title, outlet, published, words, statements, analysis)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.ID, d.Address(), d.SHA256, d.Language, d.Title, d.Outlet, d.Published, len(strings.Fields(d.Text)), len(e.Analysis.Statements), blob)
	if err != nil {
		return 0, err
	}
	n, err := res.LastInsertId()
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec("INSERT INTO document_text (rowid, title, body, lemmas, names) VALUES (?, ?, ?, ?, ?)",
		n, d.Title, d.Text, e.Text.Lemmas, e.Text.Names)
	return n, err
}

const (
	saidIn      = "(SELECT id FROM statement WHERE document = ?1 UNION SELECT id FROM assertion WHERE document = ?1)"
	dropSameOf  = "DELETE FROM same WHERE a IN " + saidIn + " OR b IN " + saidIn
	dropLinksOf = "DELETE FROM link WHERE a = ?1 OR b = ?1"
)

// Forget drops the links of a document, the pairs of its statements and what it tells of others.
func (s *Store) Forget(document string) error {
	return s.write(func(tx *transaction) error {
		if _, err := tx.Exec(dropLinksOf, document); err != nil {
			return err
		}
		var n int64
		if err := tx.QueryRow("SELECT n FROM document WHERE id = ?", document).Scan(&n); err != nil {
			return err
		}
		if _, err := tx.Exec(dropSameOf, n); err != nil {
			return err
		}
		return dropTold(tx, n)
	})
}

// supersede marks an older version, which stays readable but counts no longer, and notes what has
// to be looked at again without it.
func supersede(tx *transaction, old, by string) error {
	var n int64
	if err := tx.QueryRow("SELECT n FROM document WHERE id = ?", old).Scan(&n); err != nil {
		return err
	}
	for _, step := range []struct {
		query string
		args  []any
	}{
		{"UPDATE document SET superseded_by = ? WHERE n = ?", []any{by, n}},
		{"INSERT OR IGNORE INTO stale SELECT 'name', name FROM entity WHERE document = ?", []any{n}},
		{"INSERT OR IGNORE INTO stale SELECT 'claim', claim FROM statement WHERE document = ? AND claim > ''", []any{n}},
		{"INSERT OR IGNORE INTO stale SELECT 'claim', claim FROM assertion WHERE document = ? AND claim > ''", []any{n}},
		{"UPDATE name SET documents = documents - 1 WHERE n IN (SELECT name FROM entity WHERE document = ?)", []any{n}},
		{"DELETE FROM entity WHERE document = ?", []any{n}},
		{dropSameOf, []any{n}},
		{"INSERT OR IGNORE INTO stale SELECT 'name', told FROM statement WHERE document = ? AND told IS NOT NULL", []any{n}},
		{"UPDATE statement SET speaker = NULL, told = NULL, told_by = NULL, actor = '', claim = '' WHERE document = ?", []any{n}},
		{"UPDATE assertion SET claim = '' WHERE document = ?", []any{n}},
		{"INSERT OR IGNORE INTO stale SELECT 'claim', s.claim FROM link l JOIN document d ON d.id IN (l.a, l.b) JOIN statement s ON s.document = d.n WHERE ?1 IN (l.a, l.b) AND s.claim > ''", []any{old}},
		{dropLinksOf, []any{old}},
		{"INSERT OR IGNORE INTO stale VALUES ('gone', ?)", []any{old}},
	} {
		if _, err := tx.Exec(step.query, step.args...); err != nil {
			return err
		}
	}
	return dropTold(tx, n)
}

func putNames(tx *transaction, document int64, in []NameIn) ([]int64, error) {
	out := make([]int64, len(in))
	for i, name := range in {
		n, err := putName(tx, name)
		if err != nil {
			return nil, err
		}
		out[i] = n
		if n == 0 {
			continue
		}
		if _, err := tx.Exec("INSERT INTO entity (document, idx, name) VALUES (?, ?, ?)", document, i, n); err != nil {
			return nil, err
		}
	}
	for _, query := range []string{
		"UPDATE name SET documents = documents + 1 WHERE n IN (SELECT name FROM entity WHERE document = ?)",
		"INSERT OR IGNORE INTO stale SELECT 'name', name FROM entity WHERE document = ?",
	} {
		if _, err := tx.Exec(query, document); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func putName(tx *transaction, in NameIn) (int64, error) {
	if len(in.Item) == 0 {
		return 0, nil
	}
	sum := sha256.Sum256(in.Item)
	hash := hex.EncodeToString(sum[:16])
	var n int64
	err := tx.QueryRow("SELECT n FROM name WHERE hash = ?", hash).Scan(&n)
	if !errors.Is(err, sql.ErrNoRows) {
		return n, err
	}
	spelling, err := putSpelling(tx, in.Spelling)
	if err != nil {
		return 0, err
	}
	res, err := tx.Exec("INSERT INTO name (hash, item, spelling) VALUES (?, ?, ?)", hash, in.Item, spelling)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// putSpelling gives the number of a spelling, nil for none.
func putSpelling(tx *transaction, key string) (any, error) {
	if key == "" {
		return nil, nil
	}
	var n int64
	err := tx.QueryRow("SELECT n FROM spelling WHERE key = ?", key).Scan(&n)
	if !errors.Is(err, sql.ErrNoRows) {
		return n, err
	}
	res, err := tx.Exec("INSERT INTO spelling (key) VALUES (?)", key)
	if err != nil {
		return nil, err
	}
	return res.LastInsertId()
}

func putStatements(tx *transaction, document int64, e *Entry, names []int64) error {
	d := e.Analysis.Document
	ids := format.StatementIDs(e.Analysis)
	for i := range e.Analysis.Statements {
		st := &e.Analysis.Statements[i]
		var speaker any
		if st.Speaker >= 0 && st.Speaker < len(names) && names[st.Speaker] != 0 {
			speaker = names[st.Speaker]
		}
		res, err := tx.Exec(`INSERT INTO statement (id, document, idx, speaker, actor, published, language, outlet, manner, kind, factuality, score)
			VALUES (?, ?, ?, ?4, coalesce((SELECT actor FROM name WHERE n = ?4), ''), ?, ?, ?, ?, ?, ?, ?)`,
			ids[i], document, i, speaker, d.Published, d.Language, d.Outlet, string(st.Manner), string(st.Kind), string(st.Factuality), st.Score)
		if err != nil {
			return err
		}
		n, err := res.LastInsertId()
		if err != nil {
			return err
		}
		in := e.Statements[i]
		if _, err := tx.Exec("INSERT INTO statement_text (rowid, content, lemmas, names) VALUES (?, ?, ?, ?)", n, in.Content, in.Lemmas, in.Names); err != nil {
			return err
		}
	}
	return nil
}

func putAssertions(tx *transaction, document int64, in []format.Assertion) error {
	for _, a := range in {
		body, err := json.Marshal(a)
		if err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT INTO assertion (id, document, record) VALUES (?, ?, ?)", a.ID, document, body); err != nil {
			return err
		}
	}
	return nil
}

func putProfiles(tx *transaction, document int64, in []Profile) error {
	for _, p := range in {
		if _, err := tx.Exec("INSERT INTO profile (kind, item, document, day, keys, body) VALUES (?, ?, ?, ?, ?, ?)",
			p.Kind, p.Item, document, p.Day, packKeys(p.Keys), encoder.EncodeAll(p.Body, nil)); err != nil {
			return err
		}
	}
	return nil
}

// PutSkip remembers what was not read and why.
func (s *Store) PutSkip(path, why string) error {
	return s.write(func(tx *transaction) error {
		_, err := tx.Exec("INSERT OR REPLACE INTO skip (path, why) VALUES (?, ?)", path, why)
		return err
	})
}

// Fetched gives the validators of the last answer from url, for a conditional request. Unlike the
// rest it may be called while another goroutine puts documents.
func (s *Store) Fetched(url string) (etag, modified string, err error) {
	err = s.db.QueryRow("SELECT etag, modified FROM fetched WHERE url = ?", url).Scan(&etag, &modified)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	return etag, modified, s.explain(err)
}

// PutFetched remembers the validators of an answer.
func (s *Store) PutFetched(url, etag, modified string) error {
	return s.write(func(tx *transaction) error {
		_, err := tx.Exec("INSERT OR REPLACE INTO fetched (url, etag, modified) VALUES (?, ?, ?)", url, etag, modified)
		return err
	})
}
