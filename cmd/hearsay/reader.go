package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"hearsay/internal/ingest"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

// pending is a document on its way through the analysis.
type pending struct {
	begun   time.Time
	result  chan *store.Entry
	fetched *ingest.Fetched
}

// read takes in everything that args name, then brings the dossier's links and claims up to date.
func (r *reader) read(ctx context.Context, args []string) error {
	analyzer, err := pipeline.New(pipeline.Options{MinScore: r.flags.minScore, Scale: r.flags.scale})
	if err != nil {
		return err
	}
	r.bar = newProgress(os.Stderr, int64(ingest.Count(args).Documents), "reading")
	err = r.documents(ctx, args, analyzer)
	r.bar.done()
	if err != nil {
		return err
	}
	if err := r.store.Commit(); err != nil || r.stopped {
		return err
	}
	return r.resolve(ctx)
}

// resolve shows a bar for each of the stages that have something to do.
func (r *reader) resolve(ctx context.Context) error {
	var stage pipeline.Work
	var bar *progress
	err := pipeline.Resolve(ctx, r.store, func(s pipeline.Step) {
		if s.Stage != stage {
			bar.done()
			stage, bar = s.Stage, newProgress(os.Stderr, 0, string(s.Stage))
		}
		bar.step(s.Took)
		bar.left(s.Left)
	})
	bar.done()
	return r.unlessStopped(err)
}

// documents runs the analysis of several documents at a time and puts them in the order in which they were found.
// The store is touched from this goroutine alone.
func (r *reader) documents(ctx context.Context, args []string, analyzer *pipeline.Analyzer) error {
	found := make(chan ingest.Raw)
	skips := make(chan ingest.Skip)
	ended := make(chan error, 1)
	walkCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		ended <- r.walk(walkCtx, args, found, skips)
		close(found)
	}()
	var queue []pending
	for {
		if len(queue) >= r.flags.jobs {
			if err := r.finish(ctx, &queue); err != nil {
				return r.unlessStopped(err)
			}
			continue
		}
		select {
		case <-ctx.Done(): // standard input may never end, nor say anything more
			return r.unlessStopped(ctx.Err())
		case raw, open := <-found:
			if !open {
				return r.unlessStopped(r.drain(ctx, &queue, <-ended))
			}
			if err := r.start(raw, analyzer, &queue); err != nil {
				return err
			}
		case skip := <-skips:
			if err := r.skip(skip); err != nil {
				return err
			}
		}
	}
}

func (r *reader) walk(ctx context.Context, args []string, found chan<- ingest.Raw, skips chan<- ingest.Skip) error {
	skip := func(s ingest.Skip) {
		select {
		case skips <- s:
		case <-ctx.Done():
		}
	}
	send := func(raw ingest.Raw) error {
		select {
		case found <- raw:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	opt := ingest.Options{MaxBytes: r.flags.maxBytes, AllowPrivate: r.flags.allowPrivate, Cache: cache{r.store}}
	return ingest.Walk(ctx, args, opt, func(raw ingest.Raw) error {
		if raw.Kind != ingest.KindRecords {
			return send(raw)
		}
		err := pipeline.Replay(raw, send)
		if err != nil && ctx.Err() == nil {
			skip(ingest.Skip{Path: raw.Path, Why: "not a whole record stream: " + err.Error()})
			return nil
		}
		return err
	}, skip)
}

// cache lets the fetcher ask what is known of a page.
type cache struct{ store *store.Store }

func (c cache) Fetched(_ context.Context, url string) ingest.Fetched {
	etag, modified, err := c.store.Fetched(url)
	if err != nil {
		return ingest.Fetched{} // then the page is asked for without a condition
	}
	return ingest.Fetched{URL: url, ETag: etag, LastModified: modified}
}

// drain finishes what is under way once nothing more comes.
func (r *reader) drain(ctx context.Context, queue *[]pending, ended error) error {
	for len(*queue) > 0 {
		if err := r.finish(ctx, queue); err != nil {
			return err
		}
	}
	return ended
}

// unlessStopped turns the error of an interrupt into the note that there was one.
func (r *reader) unlessStopped(err error) error {
	if errors.Is(err, context.Canceled) {
		r.stopped = true
		return nil
	}
	return err
}

// shownSkips is how many skips within one file are shown before they are only counted.
const shownSkips = 3

func (r *reader) skip(s ingest.Skip) error {
	r.skipped++
	file, _, _ := strings.Cut(s.Path, ".jsonl:")
	if r.skips == nil {
		r.skips = map[string]int{}
	}
	r.skips[file]++
	switch n := r.skips[file]; {
	case n <= shownSkips:
		r.bar.line("skipped %s: %s", s.Path, s.Why)
	case n == shownSkips+1:
		r.bar.line("skipped %s: more lines like these; hearsay show skips lists them", s.Path)
	}
	return r.store.PutSkip(s.Path, s.Why)
}

// start begins the analysis of a document that is not in the dossier yet.
func (r *reader) start(raw ingest.Raw, analyzer *pipeline.Analyzer, queue *[]pending) error {
	known, err := r.store.Has(pipeline.Address(raw), raw.SHA256)
	if err != nil {
		return err
	}
	if known {
		r.known++
		r.bar.step(0)
		return nil
	}
	p := pending{begun: time.Now(), result: make(chan *store.Entry, 1), fetched: raw.Fetched}
	go func() { p.result <- analyzer.Entry(raw) }()
	*queue = append(*queue, p)
	return nil
}

// finish waits for the oldest document under way and stores it.
func (r *reader) finish(ctx context.Context, queue *[]pending) error {
	p := (*queue)[0]
	*queue = (*queue)[1:]
	var entry *store.Entry
	select {
	case entry = <-p.result:
	case <-ctx.Done():
		return ctx.Err()
	}
	doc := entry.Analysis.Document
	r.bar.step(time.Since(p.begun) / time.Duration(r.flags.jobs))
	if known, err := r.store.Has(doc.Address(), doc.SHA256); err != nil || known {
		r.known++
		return err
	}
	var err error
	if doc.Supersedes, err = r.store.Current(doc.Address()); err != nil {
		return err
	}
	if err := r.store.Put(entry); err != nil {
		return err
	}
	r.added++
	if f := p.fetched; f != nil {
		return r.store.PutFetched(f.URL, f.ETag, f.LastModified)
	}
	return nil
}
