package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"hearsay/internal/ingest"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

// uploadBytes is the most that one request may bring.
const uploadBytes = 512 << 20

// reading is one order to read documents in. It is shown while it goes on.
type reading struct {
	mu sync.Mutex
	ReadingState
}

// ReadingState is how far a reading has come.
type ReadingState struct {
	ID        int       `json:"id"`
	State     string    `json:"state" enum:"waiting,reading,joining,done,failed"`
	Total     int       `json:"total" doc:"documents that were counted beforehand, 0 where that cannot be told"`
	Read      int       `json:"read" doc:"documents that are new in the dossier"`
	Known     int       `json:"known" doc:"documents that were in the dossier already"`
	Joined    int       `json:"joined" doc:"documents whose claims and links are up to date"`
	Documents []NewText `json:"documents" doc:"what was read, newest first, at most 200"`
	Skipped   []SkipOut `json:"skipped"`
	Error     string    `json:"error,omitempty"`
}

// NewText is a document that was just read.
type NewText struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Language   string `json:"language"`
	Statements int    `json:"statements"`
}

// SkipOut is what was not read and why.
type SkipOut struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

func (j *reading) change(f func(*ReadingState)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.ReadingState)
}

// state is a copy of how far the reading has come.
func (j *reading) state() ReadingState {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := j.ReadingState
	out.Documents = append([]NewText{}, j.Documents...)
	out.Skipped = append([]SkipOut{}, j.Skipped...)
	return out
}

// readings are the orders of this process, one at work at a time.
type readings struct {
	mu       sync.Mutex
	list     []*reading
	ctx      context.Context
	cancel   context.CancelFunc
	work     sync.WaitGroup
	analyzer func() (*pipeline.Analyzer, error)
}

func newReadings() *readings {
	ctx, cancel := context.WithCancel(context.Background())
	return &readings{ctx: ctx, cancel: cancel, analyzer: sync.OnceValues(func() (*pipeline.Analyzer, error) { return pipeline.New(pipeline.Options{}) })}
}

func (rs *readings) stop() {
	rs.cancel()
	rs.work.Wait()
}

func (rs *readings) add() *reading {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	j := &reading{ReadingState: ReadingState{ID: len(rs.list) + 1, State: "waiting"}}
	rs.list = append(rs.list, j)
	return j
}

func (rs *readings) get(id int) *reading {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if id < 1 || id > len(rs.list) {
		return nil
	}
	return rs.list[id-1]
}

func (rs *readings) running() bool {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, j := range rs.list {
		if s := j.state().State; s != "done" && s != "failed" {
			return true
		}
	}
	return false
}

// order is what somebody wants to be read.
type order struct {
	dir   string   // holds what was uploaded; goes away afterwards
	paths []string // in it
	links []string
}

func (o *order) close() {
	if o.dir != "" {
		os.RemoveAll(o.dir)
	}
}

// accept takes files, pasted text and links out of a form.
func accept(r *http.Request) (*order, error) {
	r.Body = http.MaxBytesReader(nil, r.Body, uploadBytes)
	if err := r.ParseMultipartForm(8 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return nil, refuse("What was sent could not be taken in: %v. The limit is %d MB at a time.", err, uploadBytes>>20)
	}
	dir, err := os.MkdirTemp("", "hearsay-upload")
	if err != nil {
		return nil, err
	}
	o := &order{dir: dir}
	if r.MultipartForm != nil {
		defer r.MultipartForm.RemoveAll()
		for _, h := range r.MultipartForm.File["files"] {
			if err := o.file(h); err != nil {
				o.close()
				return nil, err
			}
		}
	}
	if err := o.text(r.FormValue("text")); err != nil {
		o.close()
		return nil, err
	}
	for _, link := range strings.Fields(r.FormValue("links")) {
		if !ingest.IsURL(link) {
			o.close()
			return nil, refuse("“%s” is not a web address: it must begin with http:// or https://.", cut(100, link))
		}
		o.links = append(o.links, link)
	}
	if len(o.paths)+len(o.links) == 0 {
		o.close()
		return nil, refuse("There was nothing to read: choose files, paste a text, or give a link.")
	}
	return o, nil
}

// file keeps an uploaded file under its own name, without any folder that the name may pretend.
func (o *order) file(h *multipart.FileHeader) error {
	name := filepath.Base(strings.ReplaceAll(h.Filename, `\`, "/"))
	if h.Size == 0 && name == "." || name == "/" {
		return nil
	}
	in, err := h.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	return o.keep("dropped", strings.ReplaceAll(name, "\x00", ""), in)
}

// text keeps a pasted text under a name made from its content, so that pasting it again changes nothing.
func (o *order) text(pasted string) error {
	if strings.TrimSpace(pasted) == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(pasted))
	return o.keep("pasted", hex.EncodeToString(sum[:6])+".txt", strings.NewReader(pasted))
}

func (o *order) keep(folder, name string, in io.Reader) error {
	path := filepath.Join(o.dir, folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return refuse("Two files are called %s: read them one after the other.", name)
	}
	if err != nil {
		return err
	}
	o.paths = append(o.paths, path)
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// begin starts to read in the background.
func (s *Server) begin(o *order) *reading {
	j := s.jobs.add()
	j.Total = ingest.Count(o.paths).Documents + len(o.links)
	s.jobs.work.Add(1)
	go func() {
		defer s.jobs.work.Done()
		defer o.close()
		s.settle.Lock()
		defer s.settle.Unlock()
		err := s.readIn(s.jobs.ctx, j, o)
		j.change(func(st *ReadingState) {
			st.State = "done"
			if err != nil {
				st.State, st.Error = "failed", err.Error()
			}
		})
	}()
	return j
}

func (s *Server) readIn(ctx context.Context, j *reading, o *order) (err error) {
	st, err := store.Open(s.cfg.Dossier, store.ReadWrite)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	analyzer, err := s.jobs.analyzer()
	if err != nil {
		return err
	}
	j.change(func(x *ReadingState) { x.State = "reading" })
	in := &intake{st: st, analyzer: analyzer, job: j, dir: o.dir}
	if err := in.walk(ctx, o, s.cfg.AllowPrivate); err != nil {
		return err
	}
	j.change(func(x *ReadingState) { x.State = "joining" })
	return pipeline.Resolve(ctx, st, func(step pipeline.Step) {
		if step.Stage == pipeline.LinkDocument {
			j.change(func(x *ReadingState) { x.Joined++ })
		}
	})
}

// intake puts documents into the dossier one by one, so that they can be seen at once.
type intake struct {
	st       *store.Store
	analyzer *pipeline.Analyzer
	job      *reading
	dir      string
	failed   error
}

func (in *intake) walk(ctx context.Context, o *order, private bool) error {
	err := ingest.Walk(ctx, append(o.paths, o.links...), ingest.Options{AllowPrivate: private}, func(raw ingest.Raw) error {
		raw.Path = in.name(raw.Path)
		if raw.Kind != ingest.KindRecords {
			return in.put(raw)
		}
		if err := pipeline.Replay(raw, in.put); err != nil && in.failed == nil {
			in.skip(ingest.Skip{Path: raw.Path, Why: "not a whole record stream: " + err.Error()})
		}
		return in.failed
	}, in.skip)
	return errors.Join(err, in.st.Commit())
}

// name is under what a dropped file is known in the dossier.
func (in *intake) name(path string) string {
	return strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(in.dir)+"/")
}

func (in *intake) skip(k ingest.Skip) {
	k.Path = in.name(k.Path)
	in.job.change(func(x *ReadingState) { x.Skipped = append(x.Skipped, SkipOut{k.Path, k.Why}) })
	if err := in.st.PutSkip(k.Path, k.Why); err != nil && in.failed == nil {
		in.failed = err
	}
}

func (in *intake) put(raw ingest.Raw) error {
	known, err := in.st.Has(pipeline.Address(raw), raw.SHA256)
	if err != nil {
		in.failed = err
		return err
	}
	if known {
		in.job.change(func(x *ReadingState) { x.Known++ })
		return nil
	}
	entry := in.analyzer.Entry(raw)
	doc := entry.Analysis.Document
	if doc.Supersedes, err = in.st.Current(doc.Address()); err == nil {
		if err = in.st.Put(entry); err == nil {
			err = in.st.Commit()
		}
	}
	if err != nil {
		in.failed = err
		return err
	}
	in.job.change(func(x *ReadingState) {
		x.Read++
		x.Documents = append([]NewText{{doc.ID, firstOf(doc.Title, shortAddress(doc.Address())), doc.Language, len(entry.Analysis.Statements)}}, x.Documents...)
		x.Documents = x.Documents[:min(len(x.Documents), 200)]
	})
	return nil
}

type readPage struct {
	Job    *ReadingState
	Recent []ReadingState
}

// readPage takes orders and shows how far one has come.
func (s *Server) readPage(r *http.Request) (*view, error) {
	p := &readPage{}
	v := &view{Page: "read", Title: "Read", Main: p}
	if n := r.URL.Query().Get("job"); n != "" {
		id, err := strconv.Atoi(n)
		j := s.jobs.get(id)
		if err != nil || j == nil {
			return nil, store.ErrNotFound
		}
		state := j.state()
		p.Job = &state
		v.Refresh = state.State != "done" && state.State != "failed"
	}
	return v, nil
}

func (s *Server) readPosted(r *http.Request) (*view, error) {
	o, err := accept(r)
	if err != nil {
		return nil, err
	}
	j := s.begin(o)
	return nil, redirect{fmt.Sprintf("/read?job=%d", j.ID)}
}
