package claims

import (
	"cmp"
	"slices"
	"strings"

	"hearsay"
)

// citations leads the outlets, institutes and reports that the documents of a claim name to the document
// of the dossier that they mean: the one by that outlet or institute that tells the claim, the last one
// that was out. The evidence is the words of both. External is the name as it was cited.
func (b *builder) citations() []hearsay.Link {
	found := map[[2]string]*hearsay.Link{}
	for _, id := range b.ids {
		it := b.world.Items[id]
		for _, by := range b.publishers(it) {
			told := b.publishedBy(it, by.keys)
			if told == nil || b.rests(it.Document, told.Document) {
				continue
			}
			key := [2]string{it.Document, told.Document}
			l := found[key]
			if l == nil {
				l = &hearsay.Link{From: it.Document, To: told.Document, External: b.cites(it.Document, &by), Kind: hearsay.Cites, Score: citedBySource, DirectionBy: "text"}
				found[key] = l
			}
			if e := (hearsay.Evidence{From: span(it), To: span(told)}); !slices.Contains(l.Evidence, e) {
				l.Evidence = append(l.Evidence, e)
			}
		}
	}
	out := make([]hearsay.Link, 0, len(found))
	for _, l := range found {
		slices.SortFunc(l.Evidence, func(x, y hearsay.Evidence) int {
			return cmp.Or(cmp.Compare(x.From.Start, y.From.Start), cmp.Compare(x.To.Start, y.To.Start))
		})
		out = append(out, *l)
	}
	slices.SortFunc(out, func(x, y hearsay.Link) int {
		return cmp.Or(strings.Compare(x.From, y.From), strings.Compare(x.To, y.To))
	})
	return out
}

// span is the first part of what a statement says.
func span(it *Item) hearsay.Span { return it.Content[0] }

// publisher is a name under which something was published, with the keys of all its spellings.
type publisher struct {
	name string
	keys []string
}

// publishers names those on whose publications a statement is said to rest: through whom it came, and
// the institutions that are its source or hold it.
func (b *builder) publishers(it *Item) []publisher {
	if len(it.Content) == 0 {
		return nil
	}
	var out []publisher
	for _, v := range b.vias(it) {
		out = append(out, publisher{v, []string{outletKey(v)}})
	}
	for i, s := range append([]Source{it.Source}, it.Holders...) {
		if s.Form != Named || s.Type == hearsay.Person || s.Type == hearsay.Place {
			continue
		}
		p := publisher{s.Name, []string{outletKey(s.Name)}}
		if i == 0 && b.world.Spellings != nil {
			for _, name := range b.world.Spellings(it.Statement) {
				p.keys = distinct(p.keys, outletKey(name))
			}
		}
		out = append(out, p)
	}
	return out
}

// cites is the name under which a document's links have a publisher.
func (b *builder) cites(doc string, by *publisher) string {
	name := ""
	for _, l := range b.world.Links {
		if l.From == doc && l.To == "" && l.Kind == hearsay.Cites && slices.Contains(by.keys, outletKey(l.External)) && (name == "" || l.External < name) {
			name = l.External
		}
	}
	return firstOf(name, by.name)
}

// publishedBy is the statement of the claim in the last document by a publisher that was out when
// another document cited it, nil for none.
func (b *builder) publishedBy(citing *Item, keys []string) *Item {
	own := b.world.Documents[citing.Document]
	var best *Item
	for _, key := range keys {
		if key == "" || key == outletKey(own.Outlet) {
			return nil
		}
		for _, doc := range b.outlets[key] {
			told := b.tells[doc]
			if told == nil || doc == citing.Document || day(citing) != "" && day(told) > day(citing) {
				continue
			}
			if best == nil || cmp.Or(-comparePublished(told, best), strings.Compare(told.Document, best.Document)) < 0 {
				best = told
			}
		}
	}
	return best
}

// rests reports whether a document was taken from another as a whole, which says more than a citation.
func (b *builder) rests(doc, on string) bool { return b.family.of(doc) == b.family.of(on) }
