package pipeline

import (
	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/resolve/claims"
	"hearsay/internal/store"
)

// link compares a document with those near it.
func (r *resolver) link(m nearness, id string) ([]hearsay.Link, error) {
	have, err := r.st.ProfilesOf(m.kind, id)
	if err != nil || len(have) == 0 {
		return nil, err
	}
	near, parted, err := r.settle(m, id)
	if err != nil {
		return nil, err
	}
	for _, p := range parted {
		if err := r.part(m, p[0], p[1]); err != nil {
			return nil, err
		}
	}
	var found []hearsay.Link
	for _, other := range near {
		l, ok, err := m.link(r, id, other)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, l)
		}
	}
	return found, r.putLinks(found)
}

func (r *resolver) putLinks(links []hearsay.Link) error {
	records := make([]format.Link, 0, len(links))
	for _, l := range links {
		rec, err := r.linkRecord(l)
		if err != nil {
			return err
		}
		records = append(records, rec)
	}
	return r.st.PutLinks(records)
}

// part drops the link of two documents that are no longer near one another under any key.
func (r *resolver) part(m nearness, a, b string) error {
	linked, err := r.linked(m, a, b)
	if err != nil || !linked {
		return err
	}
	near, err := r.near(m, a, b)
	if err != nil || near {
		return err
	}
	if err := r.st.DropLinks(a, b, m.kinds...); err != nil {
		return err
	}
	if err := r.st.DropTold(a, b); err != nil {
		return err
	}
	from, err := r.items(a)
	if err != nil {
		return err
	}
	to, err := r.items(b)
	if err != nil {
		return err
	}
	for _, x := range from {
		if err := r.touchLinked(x); err != nil {
			return err
		}
		for _, y := range to {
			if err := r.rejudge(x.Statement, y.Statement); err != nil {
				return err
			}
		}
	}
	for _, y := range to {
		if err := r.touchLinked(y); err != nil {
			return err
		}
	}
	return nil
}

// linked reports whether a link of the kinds that m finds joins two documents.
func (r *resolver) linked(m nearness, a, b string) (bool, error) {
	links, err := r.st.LinksBetween(a, b)
	for _, l := range links {
		for _, kind := range m.kinds {
			if l.Kind == string(kind) {
				return true, err
			}
		}
	}
	return false, err
}

// join compares two documents that have moved together.
func (r *resolver) join(m nearness, a, b string) error {
	near, err := r.near(m, a, b)
	if err != nil || !near {
		return err
	}
	l, ok, err := m.link(r, a, b)
	if err != nil || !ok {
		return err
	}
	if err := r.putLinks([]hearsay.Link{l}); err != nil {
		return err
	}
	return r.aligned(l)
}

// linkRecord turns a link into its record, with the evidence in code points.
func (r *resolver) linkRecord(l hearsay.Link) (format.Link, error) {
	from, err := r.offsets(l.From)
	if err != nil {
		return format.Link{}, err
	}
	to, err := r.offsets(l.To)
	if err != nil {
		return format.Link{}, err
	}
	return format.FromLink(l, from, to)
}

func (r *resolver) offsets(document string) (*format.Offsets, error) {
	if o, ok := r.loaded.get("offsets " + document).(*format.Offsets); ok {
		return o, nil
	}
	_, o, err := r.read(document)
	return o, err
}

// aligned joins the statements of two linked documents that stand in passages that correspond. The
// claims of all of them rest on the link.
func (r *resolver) aligned(l hearsay.Link) error {
	from, err := r.items(l.From)
	if err != nil {
		return err
	}
	to, err := r.items(l.To)
	if err != nil {
		return err
	}
	var pairs []store.Same
	for _, x := range from {
		for _, y := range to {
			if p, ok := claims.CompareLinked(x, y, l); ok {
				pairs = append(pairs, samePair(x.Statement, y.Statement, p))
			}
		}
	}
	for _, it := range append(from, to...) {
		if err := r.touchLinked(it); err != nil {
			return err
		}
	}
	if err := r.putSame(pairs); err != nil {
		return err
	}
	return r.tell(l)
}

// touchLinked has the claim of a statement built anew, where it has one, because a link of its document has changed.
func (r *resolver) touchLinked(it *claims.Item) error {
	claim, err := r.st.ClaimOf(it.Statement)
	if err != nil || claim == "" {
		return err
	}
	return r.st.MarkStale("statement", it.Statement)
}

func samePair(a, b string, p claims.Pair) store.Same {
	if b < a {
		a, b = b, a
	}
	return store.Same{A: a, B: b, Score: p.Score, Sign: p.Sign, Sure: p.Sure, Why: p.Why}
}

// putSame keeps pairs, and has the claims of their statements built anew.
func (r *resolver) putSame(pairs []store.Same) error {
	for _, p := range pairs {
		if err := r.st.MarkStale("statement", p.A, p.B); err != nil {
			return err
		}
	}
	return r.st.PutSame(pairs)
}

func (r *resolver) items(document string) ([]*claims.Item, error) {
	ids, err := r.st.ProfilesOf(profileClaim, document)
	if err != nil {
		return nil, err
	}
	out := make([]*claims.Item, 0, len(ids))
	for _, id := range ids {
		it, err := load[claims.Item](r, profileClaim, id)
		if err != nil {
			return nil, err
		}
		out = append(out, it)
	}
	return out, nil
}

// same compares a document's statements with those near them.
func (r *resolver) same(document string) error {
	items, err := r.items(document)
	if err != nil {
		return err
	}
	for _, it := range items {
		if len(r.judged.same[it.Statement]) > 0 {
			if err := r.st.MarkStale("statement", it.Statement); err != nil {
				return err
			}
		}
		near, parted, err := r.settle(r.sameness, it.Statement)
		if err != nil {
			return err
		}
		for _, p := range parted {
			if err := r.partSame(p[0], p[1]); err != nil {
				return err
			}
		}
		var pairs []store.Same
		for _, other := range near {
			o, err := load[claims.Item](r, profileClaim, other)
			if err != nil {
				return err
			}
			if p, ok := claims.Compare(it, o); ok {
				pairs = append(pairs, samePair(it.Statement, other, p))
			}
		}
		if err := r.putSame(pairs); err != nil {
			return err
		}
	}
	return nil
}

// partSame judges two statements anew that are no longer near one another under any key.
func (r *resolver) partSame(a, b string) error {
	have, err := r.st.HasSame(a, b)
	if err != nil || !have {
		return err
	}
	near, err := r.near(r.sameness, a, b)
	if err != nil || near {
		return err
	}
	return r.rejudge(a, b)
}

// rejudge judges two statements by the links of their documents and the rows of their keys as they
// are now.
func (r *resolver) rejudge(a, b string) error {
	dropped, err := r.st.DropSame(a, b)
	if err != nil {
		return err
	}
	if dropped {
		if err := r.st.MarkStale("statement", a, b); err != nil {
			return err
		}
	}
	x, err := load[claims.Item](r, profileClaim, a)
	if err != nil {
		return err
	}
	y, err := load[claims.Item](r, profileClaim, b)
	if err != nil {
		return err
	}
	var pairs []store.Same
	for _, m := range r.linkers {
		linked, err := r.linked(m, x.Document, y.Document)
		if err != nil {
			return err
		}
		if !linked {
			continue
		}
		l, ok, err := m.link(r, x.Document, y.Document)
		if err != nil {
			return err
		}
		if p, same := claims.CompareLinked(x, y, l); ok && same {
			pairs = append(pairs, samePair(a, b, p))
		}
	}
	near, err := r.near(r.sameness, a, b)
	if err != nil {
		return err
	}
	if p, ok := claims.Compare(x, y); near && ok {
		pairs = append(pairs, samePair(a, b, p))
	}
	return r.putSame(pairs)
}
