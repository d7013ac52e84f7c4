package pipeline

import (
	"context"
	"time"

	"hearsay/internal/resolve/names"
	"hearsay/internal/store"
)

// The kinds of profiles in the store.
const (
	profileCopy        = "copy"
	profileTranslation = "translation"
	profileClaim       = "claim"
	profileInfo        = "info"
)

const (
	resolveBatch = 64  // documents linked between two commits
	claimBatch   = 256 // statements whose claims are built between two commits
)

// Step is a piece of work that Resolve has done.
type Step struct {
	Stage Work
	Left  int // pieces of this stage that are known to be left
	Took  time.Duration
}

// Work is a stage of Resolve.
type Work string

// What Resolve does, in this order.
const (
	LinkDocument Work = "linking documents"
	TellNames    Work = "looking at names"
	CompareNames Work = "comparing names"
	JoinNames    Work = "joining names"
	TellSpeakers Work = "telling speakers"
	BuildClaims  Work = "building claims"
)

// Resolve brings actors, links, claims and conflicts up to date with the documents that came since the
// last time. Each step is a pure function of the documents and of judgements, so neither the order
// of the documents nor a crash in between changes the result. done is called for every step.
func Resolve(ctx context.Context, st *store.Store, done func(Step)) error {
	return newResolver(st, done).run(ctx)
}

func newResolver(st *store.Store, done func(Step)) *resolver {
	return &resolver{st: st, done: done, linkers: []nearness{copying, translating}, sameness: sameness, crowd: names.Crowd}
}

func (r *resolver) run(ctx context.Context) error {
	if err := r.judged.load(r.st); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{r.gone, r.documents, r.retell, r.names, r.speakers, r.claims} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

type resolver struct {
	linkers  []nearness
	sameness nearness
	crowd    int // how many spellings may share a key
	judged   judgements
	st       *store.Store
	done     func(Step)
	left     int // pieces of work of the present stage
	loaded   profiles
}

// inTransaction runs f in one transaction.
func (r *resolver) inTransaction(f func() error) error {
	if err := r.st.Begin(); err != nil {
		return err
	}
	if err := f(); err != nil {
		r.st.Rollback()
		return err
	}
	return r.st.Commit()
}

// begin starts a stage of so much work.
func (r *resolver) begin(count func() (int, error)) (err error) {
	r.left, err = count()
	return err
}

// timed does a piece of work, and tells that it is done.
func (r *resolver) timed(stage Work, do func() error) error {
	begun := time.Now()
	if err := do(); err != nil {
		return err
	}
	r.left = max(0, r.left-1)
	r.done(Step{stage, r.left, time.Since(begun)})
	return nil
}

// inBatches hands on what next gives, a batch in one transaction, until it gives nothing: do must leave none
// of a batch to be given again.
func inBatches[T any](r *resolver, next func() ([]T, error), do func(batch []T) error) error {
	for {
		batch, err := next()
		if err != nil || len(batch) == 0 {
			return err
		}
		if err := r.inTransaction(func() error { return do(batch) }); err != nil {
			return err
		}
	}
}

// timedEach does a piece of work with each of a batch until it is told to stop, and tells of each that it is done.
func timedEach[T any](ctx context.Context, r *resolver, stage Work, batch []T, do func(T) error) error {
	for _, x := range batch {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.timed(stage, func() error { return do(x) }); err != nil {
			return err
		}
	}
	return nil
}

// documents links all documents that were not linked yet, some in one transaction.
func (r *resolver) documents(ctx context.Context) error {
	if err := r.begin(r.st.CountPending); err != nil {
		return err
	}
	pending := func() ([]string, error) { return r.st.Pending(resolveBatch) }
	return inBatches(r, pending, func(ids []string) error {
		if err := timedEach(ctx, r, LinkDocument, ids, r.document); err != nil {
			return err
		}
		return r.st.MarkResolved(ids)
	})
}

// document finds what a document depends on, and which statements say what its statements say. Their
// claims are built once all documents are linked.
func (r *resolver) document(id string) error {
	for _, m := range r.linkers {
		links, err := r.link(m, id)
		if err != nil {
			return err
		}
		for _, l := range links {
			if err := r.aligned(l); err != nil {
				return err
			}
		}
	}
	return r.same(id)
}

// gone takes documents that a newer version has replaced out of the rows of their keys. What stood on
// both sides of them moves together, and may have to be compared.
func (r *resolver) gone(ctx context.Context) error {
	stale := func() ([]string, error) { return r.st.Stale("gone", resolveBatch) }
	return inBatches(r, stale, func(ids []string) error {
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := r.takeOut(id); err != nil {
				return err
			}
		}
		return r.st.Unstale("gone", ids...)
	})
}

func (r *resolver) takeOut(document string) error {
	for _, m := range r.linkers {
		if err := r.takeOutOf(m, document, func(a, b string) error { return r.join(m, a, b) }); err != nil {
			return err
		}
	}
	if err := r.takeOutOf(r.sameness, document, r.rejudge); err != nil {
		return err
	}
	if err := r.takeOutOf(nearness{kind: profileInfo}, document, nil); err != nil {
		return err
	}
	return r.st.Forget(document) // what another old version, or a part of its own, has moved near it since it went
}

// takeOutOf takes what a document has of one kind out of the rows, and hands on what moved together.
func (r *resolver) takeOutOf(m nearness, document string, joined func(a, b string) error) error {
	items, err := r.st.ProfilesOf(m.kind, document)
	if err != nil {
		return err
	}
	for _, item := range items {
		place, err := r.st.Place(m.kind, item)
		if err != nil {
			return err
		}
		rows, err := r.st.Beside(place, m.reach)
		if err != nil {
			return err
		}
		if err := r.st.Unpost(place); err != nil {
			return err
		}
		for _, p := range across(rows, m.reach) {
			if err := joined(p[0], p[1]); err != nil {
				return err
			}
		}
	}
	return nil
}
