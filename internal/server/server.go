// Package server shows a dossier in the browser and as a JSON API. Pages are rendered here, work
// without scripts, and load nothing from outside. Content is never shown without who is said to
// have said it.
package server

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"sync"
	"time"

	"hearsay/internal/store"
)

// Config says which dossier is shown, and to whom.
type Config struct {
	Dossier string // file; made where it is missing
	Token   string // asked of every request where it is set
	Local   bool   // answer only requests for a loopback name: the server listens on this machine alone
	Author  string // who judges, where the page names nobody
	Version string // of the program

	AllowPrivate bool             // links to private addresses may be read
	Now          func() time.Time // the time of judgements; nil is the clock
}

// Server answers requests for one dossier. It is an http.Handler.
type Server struct {
	cfg     Config
	st      *store.Store // for reading alone
	handler http.Handler
	pages   *pages
	jobs    *readings

	clear  memo
	settle sync.Mutex // one change of the dossier's conclusions at a time
}

// New opens the dossier, makes it where it is missing, and prepares the pages.
func New(cfg Config) (*Server, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if err := ensure(cfg.Dossier); err != nil {
		return nil, err
	}
	st, err := store.Open(cfg.Dossier, store.ReadOnly)
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, st: st, pages: newPages(), jobs: newReadings()}
	mux := http.NewServeMux()
	s.routes(mux)
	s.api(mux)
	s.handler = s.guard(mux)
	return s, nil
}

// ensure makes an empty dossier where there is none.
func ensure(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	st, err := store.Open(path, store.ReadWrite)
	if err != nil {
		return err
	}
	return st.Close()
}

// Close ends readings that are under way and closes the dossier.
func (s *Server) Close() error {
	s.jobs.stop()
	return s.st.Close()
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Server) routes(mux *http.ServeMux) {
	page := func(pattern string, f func(*http.Request) (*view, error)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.respond(w, r, f) })
	}
	page("GET /{$}", s.front)
	page("GET /claims", s.claims)
	page("GET /claims/{id}", s.claim)
	page("GET /conflicts", s.conflicts)
	page("GET /speakers", s.speakers)
	page("GET /speakers/{id}", s.speaker)
	page("GET /documents", s.documents)
	page("GET /documents/{id}", s.document)
	page("GET /statements/{id}", s.statement)
	page("GET /quote", s.quote)
	page("GET /search", s.search)
	page("GET /judgements", s.judgements)
	page("POST /judgements", s.judge)
	page("POST /judgements/{n}/undo", s.undo)
	page("GET /read", s.readPage)
	page("POST /read", s.readPosted)
	page("GET /skipped", s.skipped)
	page("GET /help", s.help)
	mux.HandleFunc("GET /export", s.export)
	mux.HandleFunc("GET /ui/{file}", s.asset)
	page("GET /", func(*http.Request) (*view, error) { return nil, store.ErrNotFound })
}

// redirect is returned by a page that has moved.
type redirect struct{ to string }

func (r redirect) Error() string { return "see " + r.to }

// refusal is a request that cannot be answered, in words for the person who made it.
type refusal struct{ why string }

func (r refusal) Error() string { return r.why }

func refuse(format string, args ...any) error { return refusal{fmt.Sprintf(format, args...)} }
