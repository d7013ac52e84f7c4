// Package mention finds who and what a document names: persons, organisations, places and
// groups, in eight languages, and joins the names of one document that stand for the same. It
// works from trees where there are some and from the form of the words where there are none.
package mention

import (
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/romanize"
)

// Stage finds mentions. The zero value is ready.
type Stage struct{}

// Run fills a.Mentions and a.Entities.
func (s *Stage) Run(a *hearsay.Analysis) {
	a.Mentions, a.Entities = nil, nil
	r := newReader(a)
	r.findNames()
	for i := range r.names {
		r.findTitles(&r.names[i])
		r.judge(&r.names[i])
	}
	list := r.join()
	r.write(list)
	r.describe()
	r.order()
}

// write makes entities and mentions of the clusters.
func (r *reader) write(list []*cluster) {
	for _, k := range list {
		if k.class == other {
			continue
		}
		e := hearsay.Entity{Type: k.class.mentionType(), Gender: k.gender, Named: true, Titles: k.titles, Plural: k.class == group}
		if k.class != person {
			e.Gender = ""
		}
		e.Forms = r.forms(k)
		e.Name = e.Forms[0]
		id := len(r.a.Entities)
		for _, i := range k.names {
			n := &r.names[i]
			n.entity = id
			head := r.span(n)
			span := head
			for _, t := range n.titles {
				if t.last < n.first && t.last+3 > n.first {
					span.Start = min(span.Start, r.words[t.first].Start)
				}
			}
			r.a.Mentions = append(r.a.Mentions, hearsay.Mention{Span: span, Head: head, Type: e.Type, Entity: id})
		}
		r.a.Entities = append(r.a.Entities, e)
	}
}

// forms are the distinct nominative forms of a cluster, fullest first.
func (r *reader) forms(k *cluster) []string {
	var out []string
	seen := map[string]bool{}
	for _, i := range k.names {
		form := r.nominative(k, &r.names[i])
		if f := romanize.Fold(form); !seen[f] {
			seen[f] = true
			out = append(out, form)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int {
		if d := len(strings.Fields(b)) - len(strings.Fields(a)); d != 0 {
			return d
		}
		return 0
	})
	// An acronym does not name better than what it stands for, nor capitals than a name.
	return out
}

// nominative is a name as a nominative, with its particles.
func (r *reader) nominative(k *cluster, n *name) string {
	span := r.span(n)
	text := strings.Join(strings.Fields(span.In(r.text)), " ")
	if !slavic(r.lang) {
		return text
	}
	var b strings.Builder
	at := span.Start
	for _, i := range n.parts {
		w := &r.words[i]
		if w.Start < at {
			continue
		}
		b.WriteString(r.text[at:w.Start])
		b.WriteString(r.nominativeWord(k, n, i))
		at = w.End
		if k.class == organization {
			break // the head alone changes, the rest is genitive anyway
		}
	}
	if at < span.End {
		b.WriteString(r.text[at:span.End])
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// nominativeWord picks the nominative of one word: a form that the document has in the
// nominative, a given name of the lists, the lemma, or what the paradigms say.
func (r *reader) nominativeWord(k *cluster, n *name, i int) string {
	w := &r.words[i]
	if w.caps || w.cas == "Nom" || len(w.fold) < 3 || !strings.EqualFold(w.form, w.fold) && r.lang != "pl" {
		return w.form
	}
	position := 0
	for p, q := range n.parts {
		if q == i {
			position = p
		}
	}
	best, bestScore := w.form, 0.0
	options := nominatives(r.lang, strings.ToLower(w.form), k.gender)
	if w.lemma != "" {
		options = append(options, strings.ToLower(w.lemma))
	}
	for p, o := range options {
		s := r.nominativeScore(k, n, o, position)
		if w.lemma != "" && o == strings.ToLower(w.lemma) {
			s += 2
		}
		if p == 0 {
			s += 0.5
			if w.upos != "" && w.cas != "" && w.cas != "Nom" {
				s--
			}
		}
		if s > bestScore {
			best, bestScore = capitalised(o), s
		}
	}
	return best
}

func (r *reader) nominativeScore(k *cluster, n *name, option string, position int) float64 {
	s := 0.0
	folded := romanize.Fold(option)
	for _, i := range k.names {
		for _, j := range r.names[i].parts {
			if w := &r.words[j]; w.fold == folded {
				s += 0.3
				if w.cas == "Nom" {
					s += 3
				}
				if w.initial {
					s += 0.3
				}
			}
		}
	}
	if k.class == location {
		if _, ok := r.g.place(r.lang, folded); ok {
			s += 4
		}
		return s
	}
	if k.class != person {
		return s
	}
	if position == 0 {
		if gender, ok := r.g.given[folded]; ok && (k.gender == "" || gender == "mf" || gender == "-" || (gender == "m") == (k.gender == "Masc")) {
			s += 3
		}
	}
	if len(n.parts) == 1 || position > 0 {
		if obl, oblique := looksOblique(r.lang, option, k.gender); !oblique {
			s += 0.4
		} else if obl != option {
			s -= 0.4
		}
	}
	return s
}

func capitalised(s string) string {
	if s == "" {
		return s
	}
	parts := strings.Split(s, "-")
	for i, p := range parts {
		rs := []rune(p)
		if len(rs) > 0 {
			parts[i] = strings.ToUpper(string(rs[0])) + string(rs[1:])
		}
	}
	return strings.Join(parts, "-")
}

// order sorts the mentions by place and points the entities at them.
func (r *reader) order() {
	a := r.a
	slices.SortStableFunc(a.Mentions, func(x, y hearsay.Mention) int {
		if d := x.Start - y.Start; d != 0 {
			return d
		}
		return y.End - x.End
	})
	for i := range a.Entities {
		a.Entities[i].Mentions = nil
	}
	for i := range a.Mentions {
		e := &a.Entities[a.Mentions[i].Entity]
		e.Mentions = append(e.Mentions, i)
	}
}

func sortInts(s []int) { slices.Sort(s) }
