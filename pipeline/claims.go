package pipeline

import (
	"context"
	"errors"
	"sort"

	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/resolve/claims"
	"hearsay/internal/store"
)

// judgements are the decisions of persons on statements and links, ready for look-up.
type judgements struct {
	different map[[2]string]bool
	same      map[string][]string // statement -> those that a person joined with it
	wrong     map[[2]string]bool  // pairs of documents whose link a person marked as wrong
}

func pairKey(a, b string) [2]string {
	if b < a {
		a, b = b, a
	}
	return [2]string{a, b}
}

func (j *judgements) load(st *store.Store) error {
	j.different, j.same, j.wrong = map[[2]string]bool{}, map[string][]string{}, map[[2]string]bool{}
	onClaims, err := st.Judgements("claim")
	if err != nil {
		return err
	}
	latest := map[[2]string]string{}
	for _, d := range onClaims {
		latest[pairKey(d.A, d.B)] = d.Rule
	}
	for pair, rule := range latest {
		if rule == "different" {
			j.different[pair] = true
			continue
		}
		j.same[pair[0]] = append(j.same[pair[0]], pair[1])
		j.same[pair[1]] = append(j.same[pair[1]], pair[0])
	}
	onLinks, err := st.Judgements("link")
	if err != nil {
		return err
	}
	for _, d := range onLinks {
		j.wrong[pairKey(d.A, d.B)] = d.Rule == "wrong"
	}
	return nil
}

// pairsOf gives the pairs of a statement as the program and persons have judged them.
func (r *resolver) pairsOf(statement string) ([]store.Same, error) {
	found, err := r.st.SameAs(statement)
	if err != nil {
		return nil, err
	}
	var out []store.Same
	for _, p := range found {
		if !r.judged.different[pairKey(p.A, p.B)] {
			out = append(out, p)
		}
	}
	for _, other := range r.judged.same[statement] {
		key := pairKey(statement, other)
		out = append(out, store.Same{A: key[0], B: key[1], Score: 1, Sign: 1, Sure: true, Why: "joined by a person"})
	}
	return out, nil
}

// component gathers the statements that are joined to one by sure pairs, and all pairs among and
// from them.
func (r *resolver) component(start string) ([]string, []claims.PairRecord, error) {
	members := []string{start}
	inside := map[string]bool{start: true}
	found := map[[2]string]store.Same{}
	for k := 0; k < len(members); k++ {
		pairs, err := r.pairsOf(members[k])
		if err != nil {
			return nil, nil, err
		}
		for _, p := range pairs {
			found[[2]string{p.A, p.B}] = p
			for _, next := range []string{p.A, p.B} {
				if p.Sure && !inside[next] {
					inside[next] = true
					members = append(members, next)
				}
			}
		}
	}
	sort.Strings(members)
	return members, pairRecords(found), nil
}

func pairRecords(found map[[2]string]store.Same) []claims.PairRecord {
	out := make([]claims.PairRecord, 0, len(found))
	for _, p := range found {
		out = append(out, claims.PairRecord{A: p.A, B: p.B, Pair: claims.Pair{Score: p.Score, Sign: p.Sign, Sure: p.Sure, Why: p.Why}})
	}
	sort.Slice(out, func(i, j int) bool {
		return out[i].A < out[j].A || out[i].A == out[j].A && out[i].B < out[j].B
	})
	return out
}

// claims builds the claims anew of all statements that were touched since the last time, some in one
// transaction.
func (r *resolver) claims(ctx context.Context) error {
	if err := r.eachStale("claim", r.free); err != nil {
		return err
	}
	if err := r.begin(func() (int, error) { return r.st.CountStale("statement") }); err != nil {
		return err
	}
	return r.eachStale("statement", func(statements []string) error { return r.rebuild(ctx, statements) })
}

// eachStale hands on all that is stale of a kind until nothing is.
func (r *resolver) eachStale(kind string, do func(keys []string) error) error {
	return inBatches(r, func() ([]string, error) { return r.st.Stale(kind, claimBatch) }, do)
}

// free takes claims back and touches their statements.
func (r *resolver) free(claims []string) error {
	for _, id := range claims {
		members, err := r.st.ClaimMembers(id)
		if err != nil {
			return err
		}
		if err := r.st.DropClaim(id); err != nil {
			return err
		}
		if err := r.st.MarkStale("statement", members...); err != nil {
			return err
		}
	}
	return r.st.Unstale("claim", claims...)
}

// rebuild builds the claims of all components that hold one of some statements.
func (r *resolver) rebuild(ctx context.Context, statements []string) error {
	done := map[string]bool{}
	for _, id := range statements {
		if err := ctx.Err(); err != nil {
			return err
		}
		if done[id] {
			continue
		}
		err := r.timed(BuildClaims, func() error {
			component, err := r.rebuildAround(id)
			for _, member := range component {
				done[member] = true
			}
			r.left -= len(component) - 1
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// rebuildAround builds the claim of all statements that are joined to one, and gives these.
func (r *resolver) rebuildAround(statement string) ([]string, error) {
	component, pairs, err := r.component(statement)
	if err != nil {
		return nil, err
	}
	if err := r.claim(component, pairs); err != nil {
		return nil, err
	}
	return component, r.st.Unstale("statement", component...)
}

// claim replaces the claims of a component's statements by the one that they make together. What
// else was put to the old claims is touched.
func (r *resolver) claim(component []string, pairs []claims.PairRecord) error {
	old := map[string]bool{}
	for _, id := range component {
		claim, err := r.st.ClaimOf(id)
		if err != nil {
			return err
		}
		if claim != "" && !old[claim] {
			old[claim] = true
			if err := r.free([]string{claim}); err != nil {
				return err
			}
		}
	}
	if !claims.Listed(component, pairs) {
		return nil // told once: nothing to count
	}
	world, err := r.world(component, pairs)
	if err != nil {
		return err
	}
	c, conflicts, cited := claims.Build(component, pairs, world)
	if len(c.Statements) < 2 && len(conflicts) == 0 {
		return nil // what seemed to clash does not, now that speakers and days are known
	}
	records := make([]format.Conflict, 0, len(conflicts))
	for _, x := range conflicts {
		records = append(records, format.FromConflict(x))
	}
	citations, err := r.citations(cited)
	if err != nil {
		return err
	}
	return r.st.PutClaim(format.FromClaim(c), records, citations)
}

// world gathers what the origins of a claim are counted from.
func (r *resolver) world(component []string, pairs []claims.PairRecord) (*claims.World, error) {
	w := &claims.World{Items: map[string]*claims.Item{}, Documents: map[string]claims.DocInfo{}, Around: map[string]claims.DocInfo{}}
	for _, id := range worldStatements(component, pairs) {
		it, err := load[claims.Item](r, profileClaim, id)
		if errors.Is(err, store.ErrNotFound) {
			continue // a person joined it, and a newer version of its document has come since
		}
		if err != nil {
			return nil, err
		}
		w.Items[id] = it
	}
	actors, err := r.st.SpeakersOf(worldStatements(component, pairs))
	if err != nil {
		return nil, err
	}
	w.Actor = func(statement string) (id, name string) { a := actors[statement]; return a.ID, a.Name }
	w.Spellings = func(statement string) []string { return r.spellings(actors[statement].ID) }
	return w, r.worldDocuments(w)
}

// spellings are the forms of an actor's name, none where there is no such actor.
func (r *resolver) spellings(actor string) []string {
	if actor == "" {
		return nil
	}
	key := "spellings " + actor
	if out, ok := r.loaded.get(key).([]string); ok {
		return out
	}
	a, err := r.st.Actor(actor)
	if err != nil {
		return nil
	}
	out := make([]string, 0, len(a.Names))
	for _, n := range a.Names {
		out = append(out, n.Form)
	}
	sort.Strings(out) // how often each is used says nothing
	r.loaded.put(key, out)
	return out
}

// citations turns what a claim tells of its documents' citations into records.
func (r *resolver) citations(links []hearsay.Link) ([]store.Citation, error) {
	out := make([]store.Citation, 0, len(links))
	for _, l := range links {
		rec, err := r.linkRecord(l)
		if err != nil {
			return nil, err
		}
		out = append(out, store.Citation{Link: rec, External: l.External})
	}
	return out, nil
}

// worldStatements are the members of a component and the candidates that uncertain pairs add.
func worldStatements(component []string, pairs []claims.PairRecord) []string {
	seen := map[string]bool{}
	var out []string
	add := func(id string) {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	for _, id := range component {
		add(id)
	}
	for _, p := range pairs {
		add(p.A)
		add(p.B)
	}
	return out
}

// worldDocuments adds the documents of a world's statements and the links among and from them.
func (r *resolver) worldDocuments(w *claims.World) error {
	var ids []string
	for _, it := range w.Items {
		if _, ok := w.Documents[it.Document]; !ok {
			w.Documents[it.Document] = claims.DocInfo{}
			ids = append(ids, it.Document)
		}
	}
	sort.Strings(ids)
	seen := map[[3]string]bool{}
	for _, id := range ids {
		info, err := load[claims.DocInfo](r, profileInfo, id)
		if err != nil {
			return err
		}
		w.Documents[id] = *info
		links, err := r.st.LinksFound(id)
		if err != nil {
			return err
		}
		for _, l := range links {
			link := format.ToLink(l)
			key := [3]string{link.From, link.To + "\x00" + link.External, string(link.Kind)}
			if !seen[key] && !r.judged.wrong[pairKey(link.From, link.To)] {
				seen[key] = true
				w.Links = append(w.Links, link)
			}
		}
	}
	return r.worldAround(w)
}

// worldAround adds what to call the documents on which those of a world depend.
func (r *resolver) worldAround(w *claims.World) error {
	for i := range w.Links {
		for _, id := range []string{w.Links[i].From, w.Links[i].To} {
			if _, known := w.Documents[id]; known || id == "" {
				continue
			}
			info, err := load[claims.DocInfo](r, profileInfo, id)
			if err != nil {
				return err
			}
			w.Around[id] = *info
		}
	}
	return nil
}
