package store

import "database/sql"

// transaction is the writer's. It prepares a query once for all its runs: most take less time than to be parsed.
type transaction struct {
	*sql.Tx
	prepared map[string]*sql.Stmt
}

func (t *transaction) prepare(query string) (*sql.Stmt, error) {
	if s, ok := t.prepared[query]; ok {
		return s, nil
	}
	s, err := t.Prepare(query)
	if err == nil {
		t.prepared[query] = s
	}
	return s, err
}

// Exec runs a query that gives no rows.
func (t *transaction) Exec(query string, args ...any) (sql.Result, error) {
	s, err := t.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.Exec(args...)
}

// QueryRow runs a query for one row, which must be scanned before the same query is run again.
func (t *transaction) QueryRow(query string, args ...any) *sql.Row {
	s, err := t.prepare(query)
	if err != nil {
		return t.Tx.QueryRow(query, args...)
	}
	return s.QueryRow(args...)
}

// all runs a query whose rows are all read before the same query is run again.
func (t *transaction) all(query string, args ...any) (*sql.Rows, error) {
	s, err := t.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.Query(args...)
}
