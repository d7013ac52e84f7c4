package pipeline

import (
	"encoding/json"
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
	e := &store.Entry{Analysis: a, Text: store.Index{Lemmas: lemmas(a, hearsay.Span{End: len(a.Document.Text)})}}
	for i := range a.Statements {
		e.Statements = append(e.Statements, statementIndex(a, &a.Statements[i]))
	}
	var sounds []string
	for i, item := range names.Profile(a) {
		e.Names = append(e.Names, store.NameIn{Item: encode(item), Spelling: names.SpellingKey(item)})
		if a.Entities[i].Named {
			sounds = append(sounds, entitySkeletons(&a.Entities[i])...)
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

// lemmas joins the lemmas within a span that differ from the word as it is written.
func lemmas(a *hearsay.Analysis, within hearsay.Span) string {
	var b strings.Builder
	for i := range a.Tokens {
		t := &a.Tokens[i]
		if !within.Contains(t.Span) || t.Lemma == "" || strings.EqualFold(t.Lemma, t.In(a.Document.Text)) {
			continue
		}
		b.WriteString(t.Lemma)
		b.WriteByte(' ')
	}
	return b.String()
}

// statementIndex is what search looks for in a statement: its content, and the names in it and of
// its speaker.
func statementIndex(a *hearsay.Analysis, s *hearsay.Statement) store.StatementIn {
	var content, base, names []string
	for _, c := range s.Content {
		content = append(content, c.In(a.Document.Text))
		base = append(base, lemmas(a, c))
		names = append(names, skeletons(a, c)...)
	}
	content = append(content, s.SpeakerText)
	if s.Speaker >= 0 && s.Speaker < len(a.Entities) {
		names = append(names, entitySkeletons(&a.Entities[s.Speaker])...)
		content = append(content, a.Entities[s.Speaker].Name)
	}
	return store.StatementIn{Content: strings.Join(content, "\n"), Index: store.Index{Lemmas: strings.Join(base, " "), Names: strings.Join(names, " ")}}
}

// skeletons gives the sound skeletons of the names that stand in a span.
func skeletons(a *hearsay.Analysis, within hearsay.Span) []string {
	var out []string
	for i := range a.Mentions {
		m := &a.Mentions[i]
		if within.Contains(m.Span) {
			out = append(out, entitySkeletons(&a.Entities[m.Entity])...)
		}
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
