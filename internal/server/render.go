package server

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"hearsay/internal/store"
)

//go:embed ui
var ui embed.FS

// view is what a page shows.
type view struct {
	Page  string // name of its template, "front"
	Title string
	Main  any // what the template of the page shows
	Code  int // HTTP status, 0 is 200

	Dossier, Author, Version, Query, Note string
	Refresh                               bool // the page is not finished: without scripts it is loaded again
	Assets                                *pages
	Here                                  string // path and query of this page
}

// pages holds the templates and the files that pages load.
type pages struct {
	templates map[string]*template.Template
	assets    map[string]asset
}

type asset struct {
	body []byte
	sum  string
}

func newPages() *pages {
	p := &pages{templates: map[string]*template.Template{}, assets: map[string]asset{}}
	base := template.Must(template.New("page").Funcs(functions).ParseFS(ui, "ui/page/*.html"))
	err := fs.WalkDir(ui, "ui", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := ui.ReadFile(name)
		if err != nil {
			return err
		}
		file := path.Base(name)
		if path.Ext(file) != ".html" {
			sum := sha256.Sum256(body)
			p.assets[file] = asset{body, hex.EncodeToString(sum[:6])}
			return nil
		}
		if page := strings.TrimSuffix(file, ".html"); page == path.Base(path.Dir(name)) && page != "page" {
			t := template.Must(base.Clone())
			p.templates[page] = template.Must(t.Parse(string(body)))
		}
		return nil
	})
	if err != nil {
		panic(err) // the files are part of the program
	}
	return p
}

// Asset is the address of a style or script of a page, "" where it has none.
func (p *pages) Asset(file string) string {
	a, ok := p.assets[file]
	if !ok {
		return ""
	}
	return "/ui/" + file + "?v=" + a.sum
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	a, ok := s.pages.assets[r.PathValue("file")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	switch path.Ext(r.PathValue("file")) {
	case ".css":
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
	case ".js":
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	case ".svg":
		w.Header().Set("Content-Type", "image/svg+xml")
	}
	w.Header().Set("ETag", `"`+a.sum+`"`)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	if strings.Contains(r.Header.Get("If-None-Match"), a.sum) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write(a.body)
}

// respond makes a page and writes it, or says why there is none.
func (s *Server) respond(w http.ResponseWriter, r *http.Request, f func(*http.Request) (*view, error)) {
	v, err := f(r)
	var to redirect
	if errors.As(err, &to) {
		if r.Method == http.MethodPost {
			s.remember(w, r)
		}
		http.Redirect(w, r, to.to, http.StatusSeeOther)
		return
	}
	if err != nil {
		v = failure(err)
	}
	s.write(w, r, v)
}

type failed struct{ Head, Why string }

func failure(err error) *view {
	var no refusal
	switch {
	case errors.Is(err, store.ErrNotFound):
		return &view{Page: "failure", Title: "Not found", Code: http.StatusNotFound, Main: failed{"Not found", "Nothing in this dossier has this address. It may have been joined with something else since; search finds it."}}
	case errors.As(err, &no):
		return &view{Page: "failure", Title: "That did not work", Code: http.StatusBadRequest, Main: failed{"That did not work", no.why}}
	case errors.Is(err, store.ErrBusy):
		return &view{Page: "failure", Title: "Busy", Code: http.StatusConflict, Main: failed{"The dossier is being written to", "Another reading is under way. Nothing was lost; try again when it has ended."}}
	}
	return &view{Page: "failure", Title: "Something broke", Code: http.StatusInternalServerError, Main: failed{"Something broke", err.Error()}}
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, v *view) {
	v.Dossier, v.Version, v.Assets = filepath.Base(s.cfg.Dossier), s.cfg.Version, s.pages
	v.Author, v.Here = s.author(r), r.URL.RequestURI()
	if v.Query == "" {
		v.Query = r.URL.Query().Get("q")
	}
	var out bytes.Buffer
	if err := s.pages.templates[v.Page].ExecuteTemplate(&out, "page", v); err != nil {
		http.Error(w, "the page could not be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if v.Code != 0 {
		w.WriteHeader(v.Code)
	}
	w.Write(out.Bytes())
}

// address builds a path with a query of pairs, those without a value left out.
func address(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// with is the address of the same page with some of its query changed; an empty value is dropped.
func with(r *http.Request, pairs ...string) string {
	q := r.URL.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + q.Encode()
}
