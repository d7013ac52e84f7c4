package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"hearsay/internal/format"
)

// StatementQuery says which statements a list shows. Empty fields do not restrict.
type StatementQuery struct {
	Actor, Claim, Document     string
	Language, Outlet, From, To string
	Manner, Kind, Factuality   string
	MinScore                   float64
	Match                      string // full-text expression, see Match
	After                      Cursor
	Limit                      int
}

// StatementView is a statement with the document it stands in: content never travels without both.
type StatementView struct {
	format.Statement
	Doc         DocumentRow
	SpeakerName string // the actor's name, or the speaker as the text has it, "" where unknown
	ClaimID     string
	Narrated    bool // the text's own words: its outlet stands for the speaker
}

// Statements lists statements in order of publication.
func (s *Store) Statements(q StatementQuery) ([]StatementView, error) {
	var w where
	from := " FROM statement s JOIN document d ON d.n = s.document LEFT JOIN actor a ON a.id = s.actor"
	if q.Match != "" {
		from = " FROM statement_text t JOIN statement s ON s.n = t.rowid JOIN document d ON d.n = s.document LEFT JOIN actor a ON a.id = s.actor"
		w.add("statement_text MATCH ?", q.Match)
	}
	w.statements(q)
	return s.statementViews("SELECT "+statementColumns+from+w.String()+" ORDER BY s.published, s.id"+limit(q.Limit), w.args...)
}

// statements keeps those that a query asks for, but for its words.
func (w *where) statements(q StatementQuery) {
	w.add("d.superseded_by = ''")
	w.equal("s.actor", q.Actor)
	w.equal("s.claim", q.Claim)
	w.equal("d.id", q.Document)
	w.equal("s.language", q.Language)
	w.equal("s.outlet", q.Outlet)
	w.equal("s.manner", q.Manner)
	w.equal("s.kind", q.Kind)
	w.equal("s.factuality", q.Factuality)
	if q.MinScore > 0 {
		w.add("s.score >= ?", q.MinScore)
	}
	w.dates("s.published", q.From, q.To)
	w.after("s", q.After)
}

const statementColumns = "s.id, s.idx, s.actor, coalesce(a.name, ''), s.claim, " + documentColumns

// StatementsByID loads statements by their ids, in that order; ids that are not there are left out.
func (s *Store) StatementsByID(ids []string) ([]StatementView, error) {
	var out []StatementView
	const chunk = 400
	for len(ids) > 0 {
		part := ids[:min(chunk, len(ids))]
		ids = ids[len(part):]
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		views, err := s.statementViews("SELECT "+statementColumns+
			" FROM statement s JOIN document d ON d.n = s.document LEFT JOIN actor a ON a.id = s.actor WHERE s.id IN (?"+strings.Repeat(", ?", len(part)-1)+")", args...)
		if err != nil {
			return nil, err
		}
		byID := make(map[string]StatementView, len(views))
		for _, v := range views {
			byID[v.ID] = v
		}
		for _, id := range part {
			v, ok := byID[id]
			if !ok {
				if v, ok, err = s.assertion(id); err != nil {
					return nil, err
				}
			}
			if ok {
				out = append(out, v)
			}
		}
	}
	return out, nil
}

// assertion loads what a text holds in its own words as a statement of its outlet.
func (s *Store) assertion(id string) (v StatementView, ok bool, err error) {
	var document, claim string
	var body []byte
	err = s.q().QueryRow("SELECT d.id, a.claim, a.record FROM assertion a JOIN document d ON d.n = a.document WHERE a.id = ?", id).Scan(&document, &claim, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return v, false, nil
	}
	if err != nil {
		return v, false, s.explain(err)
	}
	var rec format.Assertion
	if err := json.Unmarshal(body, &rec); err != nil {
		return v, false, err
	}
	doc, err := s.Document(document)
	if err != nil {
		return v, false, err
	}
	v = StatementView{Doc: doc, ClaimID: claim, Narrated: true, SpeakerName: firstOf(doc.Outlet, doc.Title)}
	v.Statement = format.Statement{
		ID: id, Document: document, Source: []format.Span{}, Cue: []format.Span{}, Content: rec.Content,
		SpeakerText: v.SpeakerName, Manner: "indirect", Kind: "speech", Score: 1, Factuality: rec.Factuality, Estimate: rec.Estimate,
	}
	return v, true, nil
}

type statementPlace struct {
	id, actor, name, claim string
	idx                    int
	doc                    DocumentRow
}

func (s *Store) statementViews(query string, args ...any) ([]StatementView, error) {
	places, err := collect(s, func(rows *sql.Rows) (p statementPlace, err error) {
		d := &p.doc
		return p, rows.Scan(&p.id, &p.idx, &p.actor, &p.name, &p.claim, &d.ID, &d.Address, &d.Title, &d.Outlet, &d.Language, &d.Published, &d.SupersededBy, &d.Words, &d.Statements)
	}, query, args...)
	if err != nil {
		return nil, err
	}
	records := map[string]map[string]*format.Statement{}
	out := make([]StatementView, 0, len(places))
	for _, p := range places {
		in, ok := records[p.doc.ID]
		if !ok {
			if in, err = s.statementRecords(p.doc.ID); err != nil {
				return nil, err
			}
			records[p.doc.ID] = in
		}
		rec := in[p.id]
		if rec == nil {
			return nil, fmt.Errorf("%s: statement %s is missing in its document", s.path, p.id)
		}
		v := StatementView{Statement: *rec, Doc: p.doc, SpeakerName: p.name, ClaimID: p.claim}
		if v.SpeakerName == "" {
			v.SpeakerName = rec.SpeakerText
		}
		out = append(out, v)
	}
	return out, nil
}

func (s *Store) statementRecords(document string) (map[string]*format.Statement, error) {
	records, err := s.Records(document)
	if err != nil {
		return nil, err
	}
	out := map[string]*format.Statement{}
	for _, r := range records {
		if r.Statement != nil {
			out[r.Statement.ID] = r.Statement
		}
	}
	return out, nil
}

// Term is a word that search looks for: as it is written, and by the sound skeleton of a name.
type Term struct {
	Word     string
	Skeleton string // "" where the word cannot be a name
}

// Match builds a full-text expression in which every term must be found, each in the text, among
// the lemmas or, by its skeleton, among the names. It is "" where there are no terms.
func Match(terms []Term) string {
	parts := make([]string, 0, len(terms))
	for _, t := range terms {
		part := quoted(t.Word) + "*"
		if t.Skeleton != "" {
			part = "(" + part + " OR names: " + quoted(t.Skeleton) + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " AND ")
}

func quoted(word string) string { return `"` + strings.ReplaceAll(word, `"`, `""`) + `"` }

// SearchDocuments finds documents by text, lemma or name.
func (s *Store) SearchDocuments(match string, q DocumentQuery) ([]DocumentRow, error) {
	var w where
	w.add("document_text MATCH ?", match)
	w.add("d.superseded_by = ''")
	w.equal("d.language", q.Language)
	w.equal("d.outlet", q.Outlet)
	w.dates("d.published", q.From, q.To)
	w.after("d", q.After)
	return collect(s, scanDocument, "SELECT "+documentColumns+" FROM document_text t JOIN document d ON d.n = t.rowid"+w.String()+
		" ORDER BY d.published, d.id"+limit(q.Limit), w.args...)
}

// StatementByID loads one statement.
func (s *Store) StatementByID(id string) (StatementView, error) {
	views, err := s.StatementsByID([]string{id})
	if err != nil {
		return StatementView{}, err
	}
	if len(views) == 0 {
		return StatementView{}, fmt.Errorf("statement %s: %w", id, ErrNotFound)
	}
	return views[0], nil
}

// FindDocument gives the id of a document named by its id, a beginning of it, or its address.
func (s *Store) FindDocument(name string) (string, error) {
	var id string
	err := s.q().QueryRow("SELECT id FROM document WHERE id = ?1 OR address = ?1 OR (length(?1) >= 4 AND id >= ?1 AND id < ?1 || '~') ORDER BY n DESC LIMIT 1", name).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("document %s: %w", name, ErrNotFound)
	}
	return id, s.explain(err)
}

// SpeakersOf gives the actor behind each of some statements; those without one are left out.
func (s *Store) SpeakersOf(ids []string) (map[string]ActorRow, error) {
	out := make(map[string]ActorRow, len(ids))
	for _, id := range ids {
		rows, err := collect(s, scanActor, "SELECT a.id, a.name, a.type, a.statements, a.documents FROM statement s JOIN actor a ON a.id = s.actor WHERE s.id = ?", id)
		if err != nil {
			return nil, err
		}
		if len(rows) == 1 {
			out[id] = rows[0]
		}
	}
	return out, nil
}
