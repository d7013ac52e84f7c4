package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hearsay"
	"hearsay/internal/resolve/names"
	"hearsay/internal/store"
)

const nameBatch = 1024 // names or spellings looked at between two commits

// naming joins names to actors. It goes over what documents that came or went have touched, and over nothing
// else: what their names tell of a spelling; which other spellings that one is related to, among those that share
// a key with it; who the actors are of all spellings that are related. A key that comes to be shared by too many,
// or by few enough again, has its bearers compared once more.
type naming struct {
	*resolver
	judged  []hearsay.Judgement
	waiting map[int64]bool // spellings that are not compared yet
	joined  map[int64]bool // spellings whose actors are made
}

// names brings the actors up to date with the names of documents.
func (r *resolver) names(ctx context.Context) error {
	judged, err := r.st.Judgements("name")
	if err != nil {
		return err
	}
	n := &naming{resolver: r, judged: judged, joined: map[int64]bool{}}
	for _, kind := range []string{store.JudgedName, store.PlacedName, store.StaleName} {
		if err := n.spell(ctx, kind); err != nil {
			return err
		}
	}
	if err := n.compare(ctx); err != nil {
		return err
	}
	return n.eachTodo(ctx, JoinNames, store.ToJoin, n.actors)
}

// spell takes stale names into their spellings.
func (n *naming) spell(ctx context.Context, kind string) error {
	if err := n.begin(func() (int, error) { return n.st.CountStale(kind) }); err != nil {
		return err
	}
	stale := func() ([]store.NameRow, error) { return n.st.StaleNames(kind, nameBatch) }
	return inBatches(n.resolver, stale, func(rows []store.NameRow) error {
		told := make([]string, 0, len(rows))
		err := timedEach(ctx, n.resolver, TellNames, rows, func(row store.NameRow) error {
			told = append(told, fmt.Sprint(row.N))
			return n.spellOne(row, kind)
		})
		if err != nil {
			return err
		}
		return n.st.Unstale(kind, told...)
	})
}

func (n *naming) spellOne(row store.NameRow, kind string) error {
	if row.Documents == 0 {
		if err := n.st.Nameless(row); err != nil {
			return err
		}
	}
	switch {
	case row.Spelling == 0 && row.Documents == 0:
		return nil
	case row.Spelling == 0:
		return n.nameless(row)
	case kind == store.JudgedName:
		if err := n.st.Part(row.Spelling); err != nil {
			return err
		}
	case kind == store.PlacedName:
		if err := n.replace(row.Spelling); err != nil {
			return err
		}
	}
	return n.tell(row)
}

// tell takes what a name tells into its spelling, or away from it.
func (n *naming) tell(row store.NameRow) error {
	old, err := n.st.Spelling(row.Spelling)
	if err != nil {
		return err
	}
	var before, now names.Spelling
	if len(old.Body) > 0 {
		if err := json.Unmarshal(old.Body, &before); err != nil {
			return err
		}
	}
	if row.Documents > 0 {
		now = before.Clone()
		err = add(&now, row)
	} else {
		err = n.tellAll(&now, row.Spelling)
	}
	if err != nil {
		return err
	}
	if body := encodeSpelling(&now); !bytes.Equal(body, old.Body) {
		return n.respell(old, &before, &now, body)
	}
	if len(old.Body) == 0 {
		return nil
	}
	return n.st.SetTodoAtLeast(row.Spelling, store.ToJoin)
}

func encodeSpelling(s *names.Spelling) []byte {
	if s.Key == "" {
		return []byte{}
	}
	return encode(s)
}

func add(s *names.Spelling, row store.NameRow) error {
	var it names.Item
	if err := json.Unmarshal(row.Item, &it); err != nil {
		return fmt.Errorf("name %d: %w", row.N, err)
	}
	s.Add(it)
	return nil
}

// tellAll makes a spelling of all names that stand in documents.
func (n *naming) tellAll(s *names.Spelling, spelling int64) error {
	rows, err := n.st.NamesSpelled(spelling)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := add(s, row); err != nil {
			return err
		}
	}
	return nil
}

// respell keeps a spelling that has changed, and has it compared again with all that bear on it.
func (n *naming) respell(old store.Spelling, before, now *names.Spelling, body []byte) error {
	if err := n.st.Part(old.N); err != nil {
		return err
	}
	had, has := before.Keys(), now.Keys()
	for _, k := range has {
		if _, have := slices.BinarySearch(had, k); !have {
			if err := n.bear(old.N, k, true); err != nil {
				return err
			}
		}
	}
	for _, k := range had {
		if _, keep := slices.BinarySearch(has, k); !keep {
			if err := n.bear(old.N, k, false); err != nil {
				return err
			}
		}
	}
	old.Name, old.Near, old.Body = now.Name, int64(now.Near()), body
	if len(body) == 0 {
		if err := n.st.SetTodo(old.N, store.Done); err != nil {
			return err
		}
	}
	return n.st.PutSpelling(old)
}

// bear gives a spelling a key or takes it away. Where the key comes to be shared by too many, or no longer is, all
// that bear it are compared again, under narrower keys or under this one.
func (n *naming) bear(spelling int64, key uint64, bears bool) error {
	if err := n.st.Bear(spelling, key, bears); err != nil {
		return err
	}
	bearers, err := n.st.Bearers(key, n.crowd+2)
	if err != nil {
		return err
	}
	if bears && len(bearers) != n.crowd+1 || !bears && len(bearers) != n.crowd {
		return nil
	}
	for _, b := range bearers {
		if err := n.st.Part(b); err != nil {
			return err
		}
	}
	return nil
}

// compare finds out what all spellings are related to that have changed.
func (n *naming) compare(ctx context.Context) error {
	todo, err := n.st.Waiting()
	if err != nil {
		return err
	}
	n.waiting = make(map[int64]bool, len(todo))
	for _, s := range todo {
		n.waiting[s] = true
	}
	return n.eachTodo(ctx, CompareNames, store.ToCompare, n.relate)
}

// eachTodo does something with all spellings with which it is to be done.
func (n *naming) eachTodo(ctx context.Context, stage Work, what int, do func(spelling int64) error) error {
	if err := n.begin(func() (int, error) { return n.st.CountTodo(what) }); err != nil {
		return err
	}
	todo := func() ([]int64, error) { return n.st.Todo(what, nameBatch) }
	return inBatches(n.resolver, todo, func(batch []int64) error { return timedEach(ctx, n.resolver, stage, batch, do) })
}

// relate compares a spelling with those that share a key that counts, and with what a person has judged. A pair of
// which neither is compared yet is left to the later of the two.
func (n *naming) relate(spelling int64) error {
	delete(n.waiting, spelling)
	row, s, err := n.spelling(spelling)
	if err != nil {
		return err
	}
	var failed error
	counts := func(key uint64) bool {
		bearers, err := n.bearers(key)
		if err != nil {
			failed = err
		}
		return len(bearers) <= n.crowd
	}
	seen := map[int64]bool{spelling: true}
	for _, key := range s.Under(counts) {
		bearers, err := n.bearers(key)
		if err != nil {
			return err
		}
		for _, other := range bearers {
			if seen[other] || n.waiting[other] {
				continue
			}
			seen[other] = true
			_, o, err := n.spelling(other)
			if err != nil {
				return err
			}
			if names.Related(s, o) {
				if err := n.st.Relate(spelling, other); err != nil {
					return err
				}
			}
		}
	}
	if err := n.relateJudged(spelling, s); err != nil {
		return err
	}
	if lost := s.Lost(counts); lost != row.Lost {
		row.Lost = lost
		if err := n.st.PutSpelling(row); err != nil {
			return err
		}
	}
	if failed != nil {
		return failed
	}
	return n.st.SetTodo(spelling, store.ToJoin)
}

// relateJudged relates a spelling to those with which a person has joined it or from which he has split it.
func (n *naming) relateJudged(spelling int64, s *names.Spelling) error {
	for _, j := range n.judged {
		if !s.GoesBy(j.A) && !s.GoesBy(j.B) {
			continue
		}
		for _, name := range append(names.Names(j.A), names.Names(j.B)...) {
			others, err := n.st.SpellingsNamed(name)
			if err != nil {
				return err
			}
			for _, other := range others {
				_, o, err := n.spelling(other)
				if err != nil {
					return err
				}
				if other != spelling && !n.waiting[other] && (o.GoesBy(j.A) || o.GoesBy(j.B)) {
					if err := n.st.Relate(spelling, other); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// spelled is a spelling as it is kept and as it is compared.
type spelled struct {
	row store.Spelling
	*names.Spelling
}

func (n *naming) spelling(spelling int64) (store.Spelling, *names.Spelling, error) {
	key := fmt.Sprint("spelling ", spelling)
	if s, ok := n.loaded.get(key).(*spelled); ok {
		return s.row, s.Spelling, nil
	}
	row, err := n.st.Spelling(spelling)
	if err != nil {
		return row, nil, err
	}
	s := &spelled{row, new(names.Spelling)}
	if err := json.Unmarshal(row.Body, s.Spelling); err != nil {
		return row, nil, err
	}
	n.loaded.put(key, s)
	return s.row, s.Spelling, nil
}

// bearers are the spellings that bear a key, or one more than may share it.
func (n *naming) bearers(key uint64) ([]int64, error) {
	cached := fmt.Sprint("bearers ", key)
	if b, ok := n.loaded.get(cached).([]int64); ok {
		return b, nil
	}
	b, err := n.st.Bearers(key, n.crowd+1)
	if err == nil {
		n.loaded.put(cached, b)
	}
	return b, err
}

// actors makes the actors anew of all spellings that one is related to, over others or not.
func (n *naming) actors(start int64) error {
	if n.joined[start] {
		return nil
	}
	reached := []int64{start}
	seen := map[int64]bool{start: true}
	var pairs [][2]int64
	counterparts := map[[2]int64]bool{}
	for i := 0; i < len(reached); i++ {
		others, err := n.st.RelatedTo(reached[i])
		if err != nil {
			return err
		}
		placed, err := n.counterparts(reached[i])
		if err != nil {
			return err
		}
		for _, other := range others {
			pairs = append(pairs, [2]int64{reached[i], other})
		}
		for _, other := range placed {
			counterparts[pairOf(reached[i], other)] = true
		}
		for _, other := range append(others, placed...) {
			if !seen[other] {
				seen[other] = true
				reached = append(reached, other)
			}
		}
	}
	var rows []store.NameRow
	keys := map[int64]string{}
	known := names.Relations{Lost: map[string]bool{}}
	for _, s := range reached {
		n.joined[s] = true
		if err := n.st.SetTodo(s, store.Done); err != nil {
			return err
		}
		row, err := n.st.Spelling(s)
		if err != nil {
			return err
		}
		keys[s] = row.Key
		if row.Lost {
			known.Lost[row.Key] = true
		}
		spelled, err := n.st.NamesSpelled(s)
		if err != nil {
			return err
		}
		rows = append(rows, spelled...)
	}
	for _, p := range pairs {
		known.Related = append(known.Related, [2]string{keys[p[0]], keys[p[1]]})
	}
	return n.put(rows, known, counterparts)
}

func pairOf(a, b int64) [2]int64 { return [2]int64{min(a, b), max(a, b)} }

// counterparts gives the spellings of which linked documents tell that they may be one's with a spelling.
func (n *naming) counterparts(spelling int64) ([]int64, error) {
	places, err := n.placesOf(spelling)
	if err != nil || len(places) == 0 {
		return nil, err
	}
	_, s, err := n.spelling(spelling)
	if err != nil {
		return nil, err
	}
	var out []int64
	for i, p := range places {
		if i > 0 && p.Other == places[i-1].Other {
			continue
		}
		_, o, err := n.spelling(p.Other)
		if err != nil {
			return nil, err
		}
		back, err := n.placesOf(p.Other)
		if err != nil {
			return nil, err
		}
		if names.Placed(s, o, spelling, p.Other, places, back) {
			out = append(out, p.Other)
		}
	}
	return out, nil
}

func (n *naming) placesOf(spelling int64) ([]names.Place, error) {
	placed, err := n.st.PlacedWith(spelling)
	out := make([]names.Place, len(placed))
	for i, p := range placed {
		out[i] = names.Place{Other: p.N, Language: p.Language, Weight: p.Weight}
	}
	return out, err
}

// replace has the actors made anew of all that have the same places as a spelling: of two that had, one may have
// another counterpart now.
func (n *naming) replace(spelling int64) error {
	placed, err := n.st.PlacedWith(spelling)
	if err != nil {
		return err
	}
	for _, p := range placed {
		if err := n.st.SetTodoAtLeast(p.N, store.ToJoin); err != nil {
			return err
		}
	}
	return nil
}

// nameless makes the actor of somebody who has no name, and of all who stand in his place in linked documents.
func (n *naming) nameless(row store.NameRow) error {
	reached := []int64{row.N}
	seen := map[int64]bool{row.N: true}
	for i := 0; i < len(reached); i++ {
		placed, err := n.st.NamelessPlacedWith(reached[i])
		if err != nil {
			return err
		}
		for _, p := range placed {
			if !seen[p.N] && names.PlacedUnnamed(p.Weight) {
				seen[p.N] = true
				reached = append(reached, p.N)
			}
		}
	}
	rows, err := n.st.Names(reached)
	if err != nil {
		return err
	}
	return n.put(rows, names.Relations{}, nil)
}

// put joins names to actors, and keeps these.
func (n *naming) put(rows []store.NameRow, known names.Relations, counterparts map[[2]int64]bool) error {
	items := make([]names.Item, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal(row.Item, &items[i]); err != nil {
			return fmt.Errorf("name %d: %w", row.N, err)
		}
		items[i].Count = row.Documents
	}
	var err error
	if known.Places, err = n.places(rows, items, counterparts); err != nil {
		return err
	}
	clusters := names.Join(items, n.judged, known)
	actors := make([]hearsay.Actor, len(clusters))
	members := make([][]int64, len(clusters))
	for i, c := range clusters {
		actors[i] = c.Actor
		for _, k := range c.Items {
			members[i] = append(members[i], rows[k].N)
		}
	}
	return n.st.PutActors(rows, actors, members)
}
