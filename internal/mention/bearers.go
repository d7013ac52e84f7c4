package mention

import (
	"slices"

	"hearsay"
)

// bearers are the named entities of a document by the roles that they have and the kinds of
// organisation that they are.
type bearers struct {
	r         *reader
	roles     map[string][]int // a role or an office -> names of persons, in text order
	kinds     map[string][]int // a kind of organisation -> names of organisations
	companies []int            // names of organisations without a word for their kind
	only      map[string]int   // memo of onlyBearer
}

// indexNames notes where the names begin and end.
func (r *reader) indexNames() {
	r.starting, r.ending = map[int]int{}, map[int]int{}
	for i := range r.names {
		n := &r.names[i]
		if _, ok := r.starting[n.first]; !ok {
			r.starting[n.first] = i
		}
		if _, ok := r.ending[n.last]; !ok && n.first < n.last {
			r.ending[n.last] = i
		}
	}
}

func (r *reader) newBearers() *bearers {
	b := &bearers{r: r, roles: map[string][]int{}, kinds: map[string][]int{}, only: map[string]int{}}
	for k := range r.names {
		n := &r.names[k]
		if n.entity < 0 {
			continue
		}
		switch r.a.Entities[n.entity].Type {
		case hearsay.Person:
			for _, t := range n.titles {
				for _, office := range r.officesOf(t.head) {
					enterName(b.roles, office, k)
				}
			}
		case hearsay.Organization:
			b.enterOrganization(n, k)
		}
	}
	return b
}

func (b *bearers) enterOrganization(n *name, k int) {
	named := false
	for _, i := range n.parts {
		if class := b.r.kindOf(b.r.words[i].fold); class != "" {
			enterName(b.kinds, class, k)
			named = true
		}
	}
	if !named && !b.r.words[n.parts[0]].caps {
		b.companies = append(b.companies, k)
	}
}

func enterName(under map[string][]int, key string, k int) {
	if list := under[key]; len(list) == 0 || list[len(list)-1] != k {
		under[key] = append(list, k)
	}
}

// find is the named entity that a description stands for: the nearest before it that bears the
// title, or is an organisation of that kind; -1 for none.
func (b *bearers) find(d description, definite bool, before, head int) int {
	if !definite {
		return -1
	}
	k := -1
	switch d.kind {
	case "title":
		for _, office := range b.r.officesOf(d.head) {
			k = max(k, b.nearest(b.roles[office], before))
		}
		if k < 0 {
			return b.onlyBearer(d.head)
		}
	case "organization":
		if d.class == "company" {
			k = b.nearest(b.companies, before) // "the company" after "Toyota"
		}
		k = max(k, b.nearestKind(d.class, before, head))
	}
	if k < 0 {
		return -1
	}
	return b.r.names[k].entity
}

// nearest is the last name of a list that begins no later than a token, -1 for none.
func (b *bearers) nearest(list []int, before int) int {
	if i := b.until(list, before); i > 0 {
		return list[i-1]
	}
	return -1
}

// until is how many names of a list begin no later than a token.
func (b *bearers) until(list []int, before int) int {
	i, _ := slices.BinarySearchFunc(list, before, func(k, before int) int {
		if b.r.names[k].first <= before {
			return -1
		}
		return 1
	})
	return i
}

// nearestKind is the last name of a kind of organisation that says all that a description says.
func (b *bearers) nearestKind(class string, before, head int) int {
	list := b.kinds[class]
	list = list[:b.until(list, before)]
	for i := len(list) - 1; i >= 0 && i >= len(list)-neighbourReach; i-- {
		if b.r.saysAll(&b.r.names[list[i]], before, head) {
			return list[i]
		}
	}
	return -1
}

// onlyBearer is the one person of the document who has a role wherever it is told: headlines and
// ledes give it before the name. -1 where there are none or several.
func (b *bearers) onlyBearer(head string) int {
	only, ok := b.only[head]
	if !ok {
		only = b.findOnly(head)
		b.only[head] = only
	}
	return only
}

func (b *bearers) findOnly(head string) int {
	var names []int
	for _, office := range b.r.officesOf(head) {
		names = append(names, b.roles[office]...)
	}
	return b.onlyEntity(names)
}

// onlyEntity is the one whose all of some names are, -1 for none or several.
func (b *bearers) onlyEntity(names []int) int {
	only := -1
	for _, k := range names {
		switch e := b.r.names[k].entity; {
		case only < 0:
			only = e
		case e != only:
			return -1
		}
	}
	return only
}

// onlyOfKind is the one organisation of a kind that the document names, for which a headline may leave its name
// out: "Institute: river is low". -1 where there are none or several.
func (b *bearers) onlyOfKind(class string) int { return b.onlyEntity(b.kinds[class]) }

// officesOf are a role and the offices for which texts exchange it.
func (r *reader) officesOf(head string) []string {
	out := []string{head}
	for i, o := range offices[r.lang] {
		if o[head] {
			out = append(out, string(rune('0'+i)))
		}
	}
	return out
}
