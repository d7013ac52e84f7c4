package server

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"hearsay"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

type judgementsPage struct {
	List []store.Judged
}

// judgements lists what people decided, newest first.
func (s *Server) judgements(*http.Request) (*view, error) {
	list, err := s.st.JudgementList("")
	if err != nil {
		return nil, err
	}
	p := &judgementsPage{}
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Kind != "undo" {
			p.List = append(p.List, list[i])
		}
	}
	return &view{Page: "judgements", Title: "Judgements", Main: p}, nil
}

// authorCookie remembers who judges.
const authorCookie = "hearsay_author"

func (s *Server) author(r *http.Request) string {
	if c, err := r.Cookie(authorCookie); err == nil {
		if name, err := url.QueryUnescape(c.Value); err == nil && name != "" {
			return name
		}
	}
	return s.cfg.Author
}

// remember keeps the name that somebody judged under.
func (s *Server) remember(w http.ResponseWriter, r *http.Request) {
	if name := strings.TrimSpace(r.PostFormValue("author")); name != "" {
		http.SetCookie(w, &http.Cookie{Name: authorCookie, Value: url.QueryEscape(name), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: 365 * 24 * 3600})
	}
}

// judge records a judgement and goes back to where it was made.
func (s *Server) judge(r *http.Request) (*view, error) {
	j := hearsay.Judgement{
		Kind: r.PostFormValue("kind"), A: strings.TrimSpace(r.PostFormValue("a")), B: strings.TrimSpace(r.PostFormValue("b")),
		Rule: r.PostFormValue("rule"), Score: 1, Author: strings.TrimSpace(r.PostFormValue("author")),
	}
	if _, err := s.record(r, j); err != nil {
		return nil, err
	}
	return nil, redirect{back(r)}
}

// back is the page a form came from; only paths of this server are followed.
func back(r *http.Request) string {
	to := r.PostFormValue("back")
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
		return "/judgements"
	}
	return to
}

// record checks a judgement, stores it and lets the dossier's conclusions follow.
func (s *Server) record(r *http.Request, j hearsay.Judgement) (int64, error) {
	if j.Author == "" {
		j.Author = s.author(r)
	}
	j.Time = s.cfg.Now().UTC().Format(time.RFC3339)
	if err := s.checkJudgement(&j); err != nil {
		return 0, err
	}
	var n int64
	err := s.changing(func(st *store.Store) (err error) {
		n, err = st.Judge(j)
		return err
	})
	if err == nil {
		s.follow()
	}
	return n, err
}

func (s *Server) checkJudgement(j *hearsay.Judgement) error {
	if j.Author == "" {
		return refuse("Say who judges: a judgement is kept with the name of who made it.")
	}
	if len(j.A)+len(j.B)+len(j.Author) > 4000 {
		return refuse("That is too long for a name or id.")
	}
	rules := map[string]string{"name": "same different", "claim": "same different", "link": "wrong", "source": "A B C D E F", "information": "1 2 3 4 5 6"}[j.Kind]
	if j.Rule == "" || !strings.Contains(" "+rules+" ", " "+j.Rule+" ") {
		return refuse("A judgement of the kind “%s” cannot be “%s”.", j.Kind, j.Rule)
	}
	if j.A == "" || j.B == "" && j.Kind != "information" {
		return refuse("A judgement needs both of the things it is about.")
	}
	if j.A == j.B {
		return refuse("“%s” and “%s” are the same thing already.", j.A, j.B)
	}
	return s.known(j)
}

// known checks that what is judged is in the dossier.
func (s *Server) known(j *hearsay.Judgement) error {
	switch j.Kind {
	case "claim", "information":
		for _, id := range []*string{&j.A, &j.B} {
			if *id == "" {
				continue
			}
			*id = statementID(*id)
			if _, err := s.st.StatementByID(*id); err != nil {
				return refuse("There is no statement “%s” in this dossier. Copy the address of its permanent link or its id.", *id)
			}
		}
	case "name":
		return s.knownName(j)
	}
	return nil
}

// statementID takes a statement's id out of an address that leads to it.
func statementID(v string) string {
	if i := strings.LastIndex(v, "#s-"); i >= 0 {
		return v[i+3:]
	}
	if i := strings.LastIndexByte(v, '/'); i >= 0 {
		return v[i+1:]
	}
	return v
}

// knownName lets an actor be named by any spelling of its name.
func (s *Server) knownName(j *hearsay.Judgement) error {
	for _, name := range []*string{&j.A, &j.B} {
		if has, err := s.st.HasName(*name); err != nil || has {
			if err != nil {
				return err
			}
			continue
		}
		actors, err := s.named(*name, 1)
		if err != nil {
			return err
		}
		if len(actors) == 0 {
			return refuse("Nobody in this dossier who is said to have said something goes by the name “%s”.", *name)
		}
		*name = actors[0].Name
	}
	return nil
}

// undo takes a judgement back.
func (s *Server) undo(r *http.Request) (*view, error) {
	n, err := strconv.ParseInt(r.PathValue("n"), 10, 64)
	if err != nil {
		return nil, store.ErrNotFound
	}
	if err := s.takeBack(r, n); err != nil {
		return nil, err
	}
	return nil, redirect{back(r)}
}

func (s *Server) takeBack(r *http.Request, n int64) error {
	author := firstOf(strings.TrimSpace(r.PostFormValue("author")), s.author(r))
	err := s.changing(func(st *store.Store) error { return st.Undo(n, author, s.cfg.Now().UTC().Format(time.RFC3339)) })
	if err == nil {
		s.follow()
	}
	return err
}

// changing opens the dossier for one short write, which may stand beside a running read.
func (s *Server) changing(f func(*store.Store) error) error {
	st, err := store.Open(s.cfg.Dossier, store.Judge)
	if err != nil {
		return err
	}
	err = f(st)
	return errors.Join(err, st.Close())
}

// patience is how long a page waits for the conclusions that follow from a judgement.
const patience = 3 * time.Second

// follow brings the dossier's conclusions up to date with a judgement. What takes longer goes on
// behind the page; a read that holds the dossier does it when it ends.
func (s *Server) follow() {
	done := make(chan struct{})
	s.jobs.work.Add(1)
	go func() {
		defer s.jobs.work.Done()
		defer close(done)
		s.settle.Lock()
		defer s.settle.Unlock()
		st, err := store.Open(s.cfg.Dossier, store.ReadWrite)
		if err != nil {
			return // another process reads documents in; it ends with the same step
		}
		defer st.Close()
		if err := pipeline.Resolve(s.jobs.ctx, st, func(pipeline.Step) {}); err != nil {
			st.Rollback() // what is stale stays noted for the next time
		}
	}()
	select {
	case <-done:
	case <-time.After(patience):
	}
}
