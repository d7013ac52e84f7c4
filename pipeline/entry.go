package pipeline

import (
	"encoding/json"
	"sort"
	"strings"
	"time"

	"hearsay"
	"hearsay/internal/certainty"
	"hearsay/internal/format"
	"hearsay/internal/ingest"
	"hearsay/internal/resolve/claims"
	"hearsay/internal/resolve/copies"
	"hearsay/internal/resolve/names"
	"hearsay/internal/resolve/translations"
	"hearsay/internal/romanize"
	"hearsay/internal/store"
)

// Entry analyses a document and makes all that the dossier keeps of it.
func (an *Analyzer) Entry(raw ingest.Raw) *store.Entry {
	return entry(an.Document(raw))
}

func entry(a *hearsay.Analysis) *store.Entry {
	index := &indexer{a: a, sounds: map[int][]string{}}
	e := &store.Entry{Analysis: a, Text: store.Index{Lemmas: index.lemmas(hearsay.Span{End: len(a.Document.Text)})}}
	for i := range a.Statements {
		e.Statements = append(e.Statements, index.statement(&a.Statements[i]))
	}
	var sounds []string
	for i, item := range names.Profile(a) {
		e.Names = append(e.Names, store.NameIn{Item: encode(item), Spelling: names.SpellingKey(item)})
		if a.Entities[i].Named {
			sounds = append(sounds, index.entity(i)...)
		}
	}
	e.Text.Names = strings.Join(sounds, " ")
	copied := copies.New(a)
	translated := translations.New(a)
	day := dayOf(a.Document.Published)
	e.Profiles = []store.Profile{
		{Kind: profileInfo, Item: a.Document.ID, Day: day, Body: encode(claims.NewDocInfo(a.Document))},
		{Kind: profileCopy, Item: a.Document.ID, Day: day, Body: encode(copied), Keys: copied.Keys()},
		{Kind: profileTranslation, Item: a.Document.ID, Day: day, Body: encode(translated), Keys: translated.Keys()},
	}
	ids := format.StatementIDs(a)
	for _, item := range claims.Profile(a, ids) {
		e.Profiles = append(e.Profiles, store.Profile{Kind: profileClaim, Item: item.Statement, Day: day, Body: encode(item), Keys: item.Keys()})
	}
	for _, item := range narrated(a, e) {
		e.Profiles = append(e.Profiles, store.Profile{Kind: profileClaim, Item: item.Statement, Day: day, Body: encode(item), Keys: item.Keys()})
	}
	e.Links = cites(a)
	return e
}

// narrated gives what the text holds in its own words, with the certainty that it shows, and keeps its records.
func narrated(a *hearsay.Analysis, e *store.Entry) []claims.Item {
	off := format.NewOffsets(a.Document.Text)
	items := claims.Narrated(a, func(s hearsay.Span) string { return format.AssertionID(a, off, s) })
	for i := range items {
		it := &items[i]
		for _, hedged := range certainty.Assess(a, it.Content) {
			it.Factuality, it.Estimate = hedged.Factuality, hedged.Estimate
		}
		rec, err := format.FromAssertion(it.Statement, a.Document.ID, it.Content, it.Factuality, it.Estimate, off)
		if err != nil {
			a.Document.Notes = append(a.Document.Notes, err.Error())
			return items[:i]
		}
		e.Assertions = append(e.Assertions, rec)
	}
	return items
}

// dayOf is the day of a date or time in RFC 3339, counted from 1970.
func dayOf(published string) int {
	if len(published) < len(time.DateOnly) {
		return store.NoDay
	}
	t, err := time.Parse(time.DateOnly, published[:len(time.DateOnly)])
	if err != nil {
		return store.NoDay
	}
	return int(t.Unix() / 86400)
}

// cites are the links to outlets and reports that a document itself names as where it is from.
func cites(a *hearsay.Analysis) []format.Link {
	off := format.NewOffsets(a.Document.Text)
	var out []format.Link
	for _, l := range claims.Cites(a) {
		rec, err := format.FromLink(l, off, off)
		if err != nil {
			a.Document.Notes = append(a.Document.Notes, err.Error())
			continue
		}
		out = append(out, rec)
	}
	return out
}

// encode writes a profile. Profiles hold strings and numbers alone, which always encode.
func encode(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return body
}

// indexer writes what search looks for in the parts of one document.
type indexer struct {
	a      *hearsay.Analysis
	sounds map[int][]string // entity -> sound skeletons of its forms
}

// lemmas joins the lemmas within a span that differ from the word as it is written.
func (x *indexer) lemmas(within hearsay.Span) string {
	var b strings.Builder
	tokens := x.a.Tokens
	for i := firstWithin(tokens, within, func(t *hearsay.Token) int { return t.Start }); i < len(tokens) && tokens[i].Start < within.End; i++ {
		t := &tokens[i]
		if !within.Contains(t.Span) || t.Lemma == "" || strings.EqualFold(t.Lemma, t.In(x.a.Document.Text)) {
			continue
		}
		b.WriteString(t.Lemma)
		b.WriteByte(' ')
	}
	return b.String()
}

// firstWithin is the first of some items in text order that begins in a span or behind it.
func firstWithin[T any](items []T, within hearsay.Span, start func(*T) int) int {
	return sort.Search(len(items), func(i int) bool { return start(&items[i]) >= within.Start })
}

// statement is what search looks for in a statement: its content, and the names in it and of its speaker.
func (x *indexer) statement(s *hearsay.Statement) store.StatementIn {
	var content, base, names []string
	for _, c := range s.Content {
		content = append(content, c.In(x.a.Document.Text))
		base = append(base, x.lemmas(c))
		names = append(names, x.skeletons(c)...)
	}
	content = append(content, s.SpeakerText)
	if s.Speaker >= 0 && s.Speaker < len(x.a.Entities) {
		names = append(names, x.entity(s.Speaker)...)
		content = append(content, x.a.Entities[s.Speaker].Name)
	}
	return store.StatementIn{Content: strings.Join(content, "\n"), Index: store.Index{Lemmas: strings.Join(base, " "), Names: strings.Join(names, " ")}}
}

// skeletons gives the sound skeletons of the names that stand in a span.
func (x *indexer) skeletons(within hearsay.Span) []string {
	var out []string
	mentions := x.a.Mentions
	for i := firstWithin(mentions, within, func(m *hearsay.Mention) int { return m.Start }); i < len(mentions) && mentions[i].Start < within.End; i++ {
		if within.Contains(mentions[i].Span) {
			out = append(out, x.entity(mentions[i].Entity)...)
		}
	}
	return out
}

func (x *indexer) entity(e int) []string {
	out, ok := x.sounds[e]
	if !ok {
		out = entitySkeletons(&x.a.Entities[e])
		x.sounds[e] = out
	}
	return out
}

func entitySkeletons(e *hearsay.Entity) []string {
	var out []string
	for _, form := range append([]string{e.Name}, e.Forms...) {
		for _, word := range romanize.Words(form) {
			if sk := romanize.Skeleton(word); sk != "" {
				out = append(out, sk)
			}
		}
	}
	return out
}

// Terms splits what a person typed into the words to search for, each with the skeleton by which it
// is found in another spelling where it can be a name.
func Terms(query string) []store.Term {
	var out []store.Term
	for _, word := range strings.FieldsFunc(query, func(r rune) bool { return strings.ContainsRune(" \t\n\"()*:^,;", r) }) {
		out = append(out, store.Term{Word: word, Skeleton: romanize.Skeleton(word)})
	}
	return out
}

// Related is an actor with what it is to another.
type Related struct{ ID, Name, Rule string }

// RelatedTo gives the country for which an actor stands as its government, capital or seat, and those that stand
// for an actor that is a country. They are linked, never joined: who speaks for a country is not the country.
func RelatedTo(st *store.Store, actor string) ([]Related, error) {
	var all []names.Cluster
	known := map[string]string{}
	err := st.Actors(func(a *format.Actor) error {
		if a.Type == string(hearsay.Person) {
			return nil
		}
		c := names.Cluster{Actor: hearsay.Actor{ID: a.ID, Name: a.Name, Type: hearsay.MentionType(a.Type)}}
		for _, n := range a.Names {
			c.Actor.Names = append(c.Actor.Names, hearsay.Name{Form: n.Form, Language: n.Language, Count: n.Count})
		}
		all, known[a.ID] = append(all, c), a.Name
		return nil
	})
	var out []Related
	for _, l := range names.Linked(all) {
		switch actor {
		case l.A:
			out = append(out, Related{l.B, known[l.B], l.Rule})
		case l.B:
			out = append(out, Related{l.A, known[l.A], "has as " + strings.TrimSuffix(l.Rule, " of")})
		}
	}
	return out, err
}

// FindActors finds the actors that go by a name, in any spelling, those who said most first.
func FindActors(st *store.Store, name string, n int) ([]*format.Actor, error) {
	var sounds []string
	for _, word := range romanize.Words(name) {
		sounds = append(sounds, romanize.Skeleton(word))
	}
	return st.ActorsNamed(name, func(form string) bool {
		have := map[string]bool{}
		for _, word := range romanize.Words(form) {
			have[romanize.Skeleton(word)] = true
		}
		for _, s := range sounds {
			if !have[s] {
				return false
			}
		}
		return len(sounds) > 0
	}, n)
}
