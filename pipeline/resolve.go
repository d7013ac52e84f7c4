package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/resolve/claims"
	"hearsay/internal/resolve/copies"
	"hearsay/internal/resolve/names"
	"hearsay/internal/resolve/translations"
	"hearsay/internal/store"
)

// The kinds of profiles in the store.
const (
	profileCopy        = "copy"
	profileTranslation = "translation"
	profileClaim       = "claim"
)

// resolveBatch is how many documents are linked between two commits.
const resolveBatch = 64

// Resolve brings actors, links, claims and conflicts up to date with the documents that came since the
// last time. Each step is a pure function of the documents and of judgements, so neither the order
// of the documents nor a crash in between changes the result. step is called for every document.
func Resolve(ctx context.Context, st *store.Store, step func(took time.Duration)) error {
	r := &resolver{st: st, step: step, linked: map[string]bool{}}
	if err := r.names(ctx); err != nil {
		return err
	}
	if err := r.judged.load(st); err != nil {
		return err
	}
	for {
		ids, err := st.Pending(resolveBatch)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			break
		}
		if err := r.batch(ctx, ids); err != nil {
			return err
		}
	}
	return r.staleClaims()
}

type resolver struct {
	judged judgements
	st     *store.Store
	step   func(time.Duration)
	linked map[string]bool // documents that were compared with all others in this run
}

// names joins the names of all pending documents to actors.
func (r *resolver) names(ctx context.Context) error {
	judged, err := r.st.Judgements("name")
	if err != nil {
		return err
	}
	starts, err := r.st.PendingNames()
	if err != nil {
		return err
	}
	done := map[int64]bool{}
	for _, n := range starts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if done[n] {
			continue
		}
		component, err := r.st.NameComponent(n)
		if err != nil {
			return err
		}
		for _, row := range component {
			done[row.N] = true
		}
		if err := r.actors(component, judged); err != nil {
			return err
		}
	}
	return r.st.ClearStale("name")
}

func (r *resolver) actors(component []store.NameRow, judged []hearsay.Judgement) error {
	items := make([]names.Item, len(component))
	for i, row := range component {
		if err := json.Unmarshal(row.Item, &items[i]); err != nil {
			return fmt.Errorf("name %d: %w", row.N, err)
		}
		items[i].Count = row.Documents
	}
	clusters := names.Resolve(items, judged)
	actors := make([]hearsay.Actor, len(clusters))
	members := make([][]int64, len(clusters))
	for i, c := range clusters {
		actors[i] = c.Actor
		for _, k := range c.Items {
			members[i] = append(members[i], component[k].N)
		}
	}
	return r.st.PutActors(component, actors, members)
}

// batch links some documents and joins their statements to claims, in one transaction.
func (r *resolver) batch(ctx context.Context, ids []string) error {
	if err := r.st.Begin(); err != nil {
		return err
	}
	touched := map[string]bool{}
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			r.st.Rollback()
			return err
		}
		begun := time.Now()
		if err := r.document(id, touched); err != nil {
			r.st.Rollback()
			return err
		}
		r.step(time.Since(begun))
	}
	if err := r.rebuild(touched); err != nil {
		r.st.Rollback()
		return err
	}
	if err := r.st.MarkResolved(ids); err != nil {
		return err
	}
	return r.st.Commit()
}

// document finds what a document depends on, and which statements say what its statements say.
// touched gathers the statements whose claims have to be built anew.
func (r *resolver) document(id string, touched map[string]bool) error {
	links, err := r.links(id)
	if err != nil {
		return err
	}
	for _, l := range links {
		if err := r.aligned(l, touched); err != nil {
			return err
		}
	}
	if err := r.same(id, touched); err != nil {
		return err
	}
	r.linked[id] = true
	return nil
}

// links compares a document with those that share keys with it.
func (r *resolver) links(id string) ([]hearsay.Link, error) {
	var found []hearsay.Link
	copied, err := compareAll(r, profileCopy, id, copies.Compare, 1)
	if err != nil {
		return nil, err
	}
	translated, err := compareAll(r, profileTranslation, id, translations.Compare, translations.Shared)
	if err != nil {
		return nil, err
	}
	found = append(append(found, copied...), translated...)
	records := make([]format.Link, 0, len(found))
	for _, l := range found {
		rec, err := r.linkRecord(l)
		if err != nil {
			return nil, err
		}
		records = append(records, rec)
	}
	return found, r.st.PutLinks(records)
}

// compareAll compares a document with every candidate that was not compared with all others already.
func compareAll[P any](r *resolver, kind, id string, compare func(a, b *P) (hearsay.Link, bool), shared int) ([]hearsay.Link, error) {
	st := r.st
	items, err := st.ProfilesOf(kind, id)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	mine, err := loadProfile[P](st, kind, id)
	if err != nil {
		return nil, err
	}
	candidates, err := st.Candidates(kind, id, shared)
	if err != nil {
		return nil, err
	}
	var out []hearsay.Link
	for _, other := range candidates {
		if r.linked[other] {
			continue
		}
		p, err := loadProfile[P](st, kind, other)
		if err != nil {
			return nil, err
		}
		if l, ok := compare(mine, p); ok {
			out = append(out, l)
		}
	}
	return out, nil
}

func loadProfile[P any](st *store.Store, kind, item string) (*P, error) {
	body, err := st.Profile(kind, item)
	if err != nil {
		return nil, err
	}
	p := new(P)
	return p, json.Unmarshal(body, p)
}

// linkRecord turns a link into its record, with the evidence in code points.
func (r *resolver) linkRecord(l hearsay.Link) (format.Link, error) {
	from, err := r.offsets(l.From)
	if err != nil {
		return format.Link{}, err
	}
	to := from
	if l.To != "" {
		if to, err = r.offsets(l.To); err != nil {
			return format.Link{}, err
		}
	}
	return format.FromLink(l, from, to)
}

func (r *resolver) offsets(document string) (*format.Offsets, error) {
	a, err := r.st.Analysis(document)
	if err != nil {
		return nil, err
	}
	return format.NewOffsets(a.Document.Text), nil
}

// aligned joins the statements of two linked documents that stand in passages that correspond.
func (r *resolver) aligned(l hearsay.Link, touched map[string]bool) error {
	if l.To == "" {
		return nil
	}
	from, err := r.items(l.From)
	if err != nil {
		return err
	}
	to, err := r.items(l.To)
	if err != nil {
		return err
	}
	var pairs []store.Same
	for i := range from {
		touched[from[i].Statement] = true
		for j := range to {
			touched[to[j].Statement] = true
			if p, ok := claims.CompareLinked(from[i], to[j], l); ok {
				pairs = append(pairs, samePair(from[i].Statement, to[j].Statement, p))
			}
		}
	}
	return r.st.PutSame(pairs)
}

func samePair(a, b string, p claims.Pair) store.Same {
	if b < a {
		a, b = b, a
	}
	return store.Same{A: a, B: b, Score: p.Score, Sign: p.Sign, Sure: p.Sure, Why: p.Why}
}

func (r *resolver) items(document string) ([]*claims.Item, error) {
	ids, err := r.st.ProfilesOf(profileClaim, document)
	if err != nil {
		return nil, err
	}
	out := make([]*claims.Item, 0, len(ids))
	for _, id := range ids {
		it, err := loadProfile[claims.Item](r.st, profileClaim, id)
		if err != nil {
			return nil, err
		}
		out = append(out, it)
	}
	return out, nil
}

// same compares a document's statements with those that share keys with them.
func (r *resolver) same(document string, touched map[string]bool) error {
	items, err := r.items(document)
	if err != nil {
		return err
	}
	for _, it := range items {
		touched[it.Statement] = true
		candidates, err := r.st.Candidates(profileClaim, it.Statement, 1)
		if err != nil {
			return err
		}
		var pairs []store.Same
		for _, other := range candidates {
			o, err := loadProfile[claims.Item](r.st, profileClaim, other)
			if err != nil {
				return err
			}
			if r.linked[o.Document] {
				continue
			}
			if r.linked[o.Document] {
				continue
			}
			if p, ok := claims.Compare(it, o); ok {
				pairs = append(pairs, samePair(it.Statement, other, p))
				touched[other] = true
			}
		}
		if err := r.st.PutSame(pairs); err != nil {
			return err
		}
	}
	return nil
}
