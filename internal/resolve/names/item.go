// Package names joins the entities of many documents: one actor for one person, organisation or
// place, across scripts, spellings and inflection. Everything here is a pure function of the
// items and of judgements; the order in which documents came changes nothing.
package names

import (
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/bodies"
	"hearsay/internal/romanize"
)

// Item is what an entity of a document looks like to the resolver. Entities that look the same
// in many documents give the same item, which is then compared once.
type Item struct {
	Document string              `json:"document,omitempty"` // only where the name alone tells nobody apart
	Index    int                 `json:"index,omitempty"`    // of the entity, with Document and without a name
	Language string              `json:"language"`
	Type     hearsay.MentionType `json:"type"`
	Gender   string              `json:"gender,omitempty"`
	Plural   bool                `json:"plural,omitempty"`
	Unnamed  bool                `json:"unnamed,omitempty"`
	Forms    []string            `json:"forms"` // nominative, fullest first
	Titles   []string            `json:"titles,omitempty"`

	Count int `json:"-"` // documents that have this item; 0 counts as 1
}

const (
	longestTitle = 6 // words
	mostTitles   = 2
	mostForms    = 6
)

// Profile makes one item for each of a.Entities, in their order.
func Profile(a *hearsay.Analysis) []Item {
	out := make([]Item, len(a.Entities))
	for i := range a.Entities {
		out[i] = profile(a.Document, &a.Entities[i], i)
	}
	return out
}

func profile(d *hearsay.Document, e *hearsay.Entity, index int) Item {
	it := Item{Language: d.Language, Type: e.Type, Gender: e.Gender, Plural: e.Plural, Unnamed: !e.Named}
	for _, f := range append([]string{e.Name}, e.Forms...) {
		f = strings.Join(strings.Fields(f), " ")
		if f != "" && !slices.Contains(it.Forms, f) && len(it.Forms) < mostForms {
			it.Forms = append(it.Forms, f)
		}
	}
	if len(it.Forms) > 1 {
		slices.Sort(it.Forms[1:])
	}
	for _, t := range e.Titles {
		if len(strings.Fields(t)) <= longestTitle && len(it.Titles) < mostTitles {
			it.Titles = append(it.Titles, t)
		}
	}
	if it.Unnamed && it.Type != hearsay.Person && it.body(true) != "" {
		it.Unnamed = false // "the Korvian water ministry" tells which as well as a name does
	}
	switch {
	case it.Unnamed:
		it.Document, it.Index = d.ID, index
	case e.Type == hearsay.Person && len(it.Forms) > 0 && len(strings.Fields(it.Forms[0])) == 1:
		it.Document = d.ID
	}
	return it
}

// body is the state body that an item's fullest form means, "" for none.
func (it *Item) body(description bool) string {
	if it.Type == hearsay.Person || it.Unnamed != description || len(it.Forms) == 0 {
		return ""
	}
	return bodies.Of(it.Language, it.Forms[0], description)
}

// articles open names of organisations in some texts and not in others.
var articles = []string{"the ", "der ", "die ", "das ", "le ", "la ", "el ", "los ", "les ", "l'", "il "}

// bare is a folded name without the article in front of it.
func bare(t hearsay.MentionType, form string) string {
	f := romanize.Fold(form)
	if t == hearsay.Person {
		return f
	}
	f = strings.TrimSuffix(strings.TrimSuffix(f, "'s"), "’s") // Holm's is the shop of Holm
	for _, a := range articles {
		if rest, ok := strings.CutPrefix(f, a); ok && len(rest) > 3 {
			return rest
		}
	}
	return f
}
