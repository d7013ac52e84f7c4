package store

// manyMatches is how many statements a word may match before they are no longer sorted one by one.
const manyMatches = 2000

// SearchStatements lists statements as Statements does. Where a word matches very many, it goes
// through the statements by date until a page is full, rather than sort all that match.
func (s *Store) SearchStatements(q StatementQuery) ([]StatementView, error) {
	if q.Match == "" {
		return s.Statements(q)
	}
	var n int
	err := s.q().QueryRow("SELECT count(*) FROM (SELECT 1 FROM statement_text WHERE statement_text MATCH ? LIMIT ?)", q.Match, manyMatches).Scan(&n)
	if err != nil {
		return nil, s.explain(err)
	}
	if n < manyMatches {
		return s.Statements(q)
	}
	return s.matchesByDate(q)
}

// matchesByDate goes through the statements that the other conditions leave, oldest first, and keeps
// those in which the words stand.
func (s *Store) matchesByDate(q StatementQuery) ([]StatementView, error) {
	var w where
	w.statements(q)
	w.add("+s.n IN (SELECT rowid FROM statement_text WHERE statement_text MATCH ?)", q.Match) // asked once, then looked up
	return s.statementViews("SELECT "+statementColumns+" FROM statement s CROSS JOIN document d ON d.n = s.document LEFT JOIN actor a ON a.id = s.actor"+
		w.String()+" ORDER BY s.published, s.id"+limit(q.Limit), w.args...)
}

// SearchDocumentsSoon finds some documents by text, lemma or name: of very many it gives the first
// that were read, in order of publication.
func (s *Store) SearchDocumentsSoon(match string, q DocumentQuery) ([]DocumentRow, error) {
	var w where
	w.add("d.superseded_by = ''")
	w.equal("d.language", q.Language)
	w.equal("d.outlet", q.Outlet)
	w.dates("d.published", q.From, q.To)
	args := append([]any{match, manyMatches}, w.args...)
	return collect(s, scanDocument, "SELECT "+documentColumns+" FROM (SELECT rowid AS n FROM document_text WHERE document_text MATCH ? LIMIT ?) t JOIN document d ON d.n = t.n"+
		w.String()+" ORDER BY d.published, d.id"+limit(q.Limit), args...)
}
