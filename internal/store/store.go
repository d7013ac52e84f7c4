// Package store keeps a dossier in one SQLite file. It is the only package that knows SQL.
package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // the database/sql driver "sqlite"
)

//go:embed schema.sql
var schema string

// formatVersion is the version of the file format, kept in SQLite's user_version.
const formatVersion = 1

// Errors that callers tell apart. They are wrapped with the file's name and what to do.
var (
	ErrBusy   = errors.New("another process is writing to this dossier")
	ErrNewer  = errors.New("this dossier was written by a newer version")
	ErrFull   = errors.New("no space is left")
	ErrNotOne = errors.New("this file is not a dossier")

	errHeld = errors.New("the lock is held")
)

// noRoomForIndex is SQLITE_IOERR_SHMSIZE: the index of the write-ahead log cannot grow.
const noRoomForIndex = "disk I/O error (4874)"

// Store is an open dossier.
type Store struct {
	path  string
	db    *sql.DB // readers
	w     *sql.DB // the one writer
	lock  *fileLock
	tx    *transaction
	dirty int // documents put since the last commit
}

// Mode says what a dossier is opened for.
type Mode int

// The modes of opening.
const (
	ReadOnly  Mode = iota // many may read
	ReadWrite             // one process reads documents in; the file is made where missing
	Judge                 // short writes beside a running read: judgements
)

// Open opens the dossier at path. Errors wrap ErrBusy, ErrNewer, ErrNotOne or fs.ErrNotExist.
func Open(path string, mode Mode) (*Store, error) {
	if mode != ReadWrite {
		if _, err := os.Stat(path); err != nil {
			return nil, err
		}
	}
	s := &Store{path: path}
	if mode == ReadWrite {
		lock, err := lockFile(path + ".lock")
		if errors.Is(err, errHeld) {
			return nil, fmt.Errorf("%s: %w; wait for it to end, or choose another file with --dossier", path, ErrBusy)
		}
		if err != nil {
			return nil, err
		}
		s.lock = lock
	}
	if err := s.open(mode); err != nil {
		s.Close()
		return nil, s.explain(err)
	}
	return s, nil
}

func dsn(path string, write bool) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	q := url.Values{}
	for _, p := range []string{"busy_timeout(10000)", "foreign_keys(0)", "temp_store(2)", "cache_size(-32000)"} {
		q.Add("_pragma", p)
	}
	if write {
		q.Add("_pragma", "journal_mode(wal)")
		q.Add("_pragma", "synchronous(normal)")
		q.Add("_txlock", "immediate")
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(abs), RawQuery: q.Encode()}).String()
}

func (s *Store) open(mode Mode) error {
	w, err := sql.Open("sqlite", dsn(s.path, true))
	if err != nil {
		return err
	}
	w.SetMaxOpenConns(1)
	s.w = w
	if err := s.migrate(mode); err != nil {
		return err
	}
	s.db, err = sql.Open("sqlite", dsn(s.path, false))
	if err == nil {
		s.db.SetMaxOpenConns(4)
	}
	return err
}

func (s *Store) migrate(mode Mode) error {
	var version int
	if err := s.w.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	switch {
	case version > formatVersion:
		return ErrNewer
	case version == formatVersion:
		return nil
	}
	var tables int
	if err := s.w.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if tables > 0 || mode != ReadWrite {
		return ErrNotOne
	}
	tx, err := s.w.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(schema); err != nil {
		return err
	}
	if _, err := tx.Exec("PRAGMA user_version = " + strconv.Itoa(formatVersion)); err != nil {
		return err
	}
	return tx.Commit()
}

// explain turns an SQLite error into one that says what happened to which file and what to do.
func (s *Store) explain(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	switch {
	case errors.Is(err, ErrNewer):
		return fmt.Errorf("%s: %w: update hearsay, or choose another file with --dossier", s.path, err)
	case errors.Is(err, ErrNotOne), strings.Contains(text, "not a database"):
		return fmt.Errorf("%s: %w: choose another file with --dossier", s.path, ErrNotOne)
	case strings.Contains(text, "database or disk is full"), strings.Contains(text, "no space left"), strings.Contains(text, noRoomForIndex):
		return fmt.Errorf("%s: %w: make room and run the same command again; what was read before is kept", s.path, ErrFull)
	case strings.Contains(text, "database is locked"):
		return fmt.Errorf("%s: %w; try again in a moment", s.path, ErrBusy)
	}
	return fmt.Errorf("%s: %w", s.path, err)
}

// Path is the dossier's file.
func (s *Store) Path() string { return s.path }

// Close commits what was put and closes the file.
func (s *Store) Close() error {
	var errs []error
	if s.tx != nil {
		errs = append(errs, s.Commit())
	}
	for _, db := range []*sql.DB{s.db, s.w} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.lock != nil {
		s.lock.release()
	}
	return errors.Join(errs...)
}

// begin starts the writer's transaction where there is none.
func (s *Store) begin() (*transaction, error) {
	if s.tx != nil {
		return s.tx, nil
	}
	tx, err := s.w.BeginTx(context.Background(), nil)
	if err != nil {
		return nil, s.explain(err)
	}
	s.tx = &transaction{tx, map[string]*sql.Stmt{}}
	return s.tx, nil
}

// Begin opens a transaction that Put and the other writes join until Commit or Rollback.
func (s *Store) Begin() error {
	_, err := s.begin()
	return err
}

// Commit makes everything put so far durable.
func (s *Store) Commit() error {
	if s.tx == nil {
		return nil
	}
	err := s.tx.Commit()
	if err != nil {
		s.tx.Rollback()
	}
	s.tx, s.dirty = nil, 0
	return s.explain(err)
}

// Rollback drops what was put since the last commit.
func (s *Store) Rollback() {
	if s.tx != nil {
		s.tx.Rollback()
	}
	s.tx, s.dirty = nil, 0
}

// querier is a database or the writer's open transaction, which sees its own changes.
type querier interface {
	Query(query string, args ...any) (*sql.Rows, error)
	QueryRow(query string, args ...any) *sql.Row
}

func (s *Store) q() querier {
	if s.tx != nil {
		return s.tx
	}
	return s.db
}

// write runs f in the writer's transaction, and commits unless a longer one is open.
func (s *Store) write(f func(*transaction) error) error {
	open := s.tx != nil
	tx, err := s.begin()
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		s.Rollback()
		return s.explain(err)
	}
	if open {
		return nil
	}
	return s.Commit()
}
