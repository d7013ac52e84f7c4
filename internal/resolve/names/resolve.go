package names

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/romanize"
)

// Cluster is one actor and the items that stand for it.
type Cluster struct {
	Items []int // indices into the items given to Resolve, ascending
	Actor hearsay.Actor
}

// node is a distinct name: items of one kind whose fullest form folds alike.
type node struct {
	key       string // orders nodes and names them
	name      string // folded fullest form
	kind      hearsay.MentionType
	person    personName
	place     place
	languages map[string]bool
	gender    string
	local     string // document, for a name that tells nobody apart alone
	single    bool   // one word
	forms     map[string]bool
	items     []int
	weight    int
}

func (n *node) sharesLanguage(m *node) bool {
	for l := range n.languages {
		if m.languages[l] {
			return true
		}
	}
	return false
}

// Resolve joins items into actors. It is a pure function of the set of items and judgements: the
// clusters come in the order of their actors' ids, whatever the order of the items.
func Resolve(items []Item, judged []hearsay.Judgement) []Cluster {
	r := &resolver{items: items}
	r.makeNodes()
	r.readJudgements(judged)
	r.parent = make([]int, len(r.nodes))
	for i := range r.parent {
		r.parent[i] = i
	}
	r.members = make([][]int, len(r.nodes))
	for i := range r.members {
		r.members[i] = []int{i}
	}
	blocks := r.block()
	r.joinAlike(blocks)
	r.joinShort(blocks)
	if r.joinJudged() {
		r.joinShort(blocks) // a surname that fitted two actors may now fit one
	}
	return r.clusters()
}

type resolver struct {
	items     []Item
	nodes     []*node
	parent    []int
	members   [][]int // of the roots
	merges    []merge
	same      [][2]string
	different [][2]string
}

type merge struct {
	a, b  int
	rule  string
	score float64
}

// makeNodes gathers items that look alike, in the order of their keys.
func (r *resolver) makeNodes() {
	byKey := map[string]*node{}
	for _, i := range r.inOrder() {
		it := &r.items[i]
		k := nodeKey(it)
		n := byKey[k]
		if n == nil {
			n = newNode(k, it)
			byKey[k] = n
			r.nodes = append(r.nodes, n)
		}
		n.items = append(n.items, i)
		n.languages[it.Language] = true
		n.weight += max(1, it.Count)
		for _, f := range it.Forms {
			n.forms[romanize.Fold(f)] = true
		}
		if n.gender == "" {
			n.gender = it.Gender
		}
	}
	slices.SortFunc(r.nodes, func(a, b *node) int { return cmp.Compare(a.key, b.key) })
}

// inOrder gives the items in an order of their own content.
func (r *resolver) inOrder() []int {
	content := make([]string, len(r.items))
	order := make([]int, len(r.items))
	for i := range r.items {
		it := &r.items[i]
		order[i] = i
		content[i] = strings.Join(it.Forms, "\x01") + "\x00" + string(it.Type) + it.Gender + it.Language + "\x00" + it.Document + "\x00" + strconv.Itoa(it.Index) + "\x00" + strings.Join(it.Titles, "\x01")
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(content[a], content[b]) })
	return order
}

// nodeKey is what two items must share to be one name without comparison.
func nodeKey(it *Item) string {
	if len(it.Forms) == 0 {
		return "\x00" + it.Document + "\x00" + strconv.Itoa(it.Index)
	}
	name := bare(it.Type, it.Forms[0])
	if it.Unnamed {
		return "unnamed\x00" + name + "\x00" + it.Document + "\x00" + strconv.Itoa(it.Index)
	}
	if p, ok := it.place(); ok {
		return "place\x00" + p.code + "\x00" + p.kind
	}
	return string(it.Type) + "\x00" + name + "\x00" + it.Gender + "\x00" + it.Document
}

func newNode(key string, it *Item) *node {
	n := &node{key: key, kind: it.Type, languages: map[string]bool{}, forms: map[string]bool{}, local: it.Document}
	if len(it.Forms) == 0 || it.Unnamed {
		return n
	}
	n.name = bare(it.Type, it.Forms[0])
	n.single = len(strings.Fields(n.name)) == 1
	if it.Type != hearsay.Person {
		n.place, _ = it.place()
		return n
	}
	n.person = parsePerson(it.Forms[0])
	for _, f := range it.Forms[1:] {
		if p := parsePerson(f); p.patronymic != "" && n.person.patronymic == "" {
			n.person.patronymic = p.patronymic
		}
	}
	return n
}

// readJudgements keeps the decisions of persons about names, of those on one pair the last.
func (r *resolver) readJudgements(judged []hearsay.Judgement) {
	latest := map[[2]string]string{}
	for _, j := range judged {
		if j.Kind != "name" {
			continue
		}
		pair := [2]string{romanize.Fold(j.A), romanize.Fold(j.B)}
		if pair[1] < pair[0] {
			pair[0], pair[1] = pair[1], pair[0]
		}
		latest[pair] = j.Rule
	}
	for pair, rule := range latest {
		switch rule {
		case "same":
			r.same = append(r.same, pair)
		case "different":
			r.different = append(r.different, pair)
		}
	}
	order := func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	}
	slices.SortFunc(r.same, order)
	slices.SortFunc(r.different, order)
}

// joinJudged joins the actors that go by names which a person judged to be one's, with all their
// other names. It reports whether there were any.
func (r *resolver) joinJudged() bool {
	before := len(r.merges)
	for _, pair := range r.same {
		first := -1
		for i, n := range r.nodes {
			if !n.goesBy(pair[0]) && !n.goesBy(pair[1]) {
				continue
			}
			if first < 0 {
				first = i
				continue
			}
			r.union(first, i, "judged the same", 1)
		}
	}
	return len(r.merges) > before
}

// goesBy reports whether a name in full is a node's: its fullest form, for judgements.
func (n *node) goesBy(folded string) bool {
	return n.name != "" && (n.name == folded || n.name == bare(n.kind, folded))
}

func (r *resolver) find(i int) int {
	for r.parent[i] != i {
		r.parent[i] = r.parent[r.parent[i]]
		i = r.parent[i]
	}
	return i
}

func (r *resolver) union(a, b int, rule string, score float64) {
	x, y := r.find(a), r.find(b)
	if x == y {
		return
	}
	if y < x {
		x, y = y, x
	}
	r.parent[y] = x
	r.members[x] = append(r.members[x], r.members[y]...)
	r.members[y] = nil
	r.merges = append(r.merges, merge{a, b, rule, score})
}

// block lists the nodes under each key, in the order of keys.
func (r *resolver) block() [][]int {
	byKey := map[string][]int{}
	var keys []string
	cache := map[string][]string{}
	for i, n := range r.nodes {
		seen := map[string]bool{}
		for _, it := range n.items {
			for _, k := range r.keys(it, cache) {
				if seen[k] {
					continue
				}
				seen[k] = true
				if _, ok := byKey[k]; !ok {
					keys = append(keys, k)
				}
				byKey[k] = append(byKey[k], i)
			}
		}
	}
	slices.Sort(keys)
	out := make([][]int, 0, len(keys))
	for _, k := range keys {
		if len(byKey[k]) > 1 {
			out = append(out, byKey[k])
		}
	}
	return out
}

// keys are Keys of an item, computed once for items that differ in their documents alone.
func (r *resolver) keys(i int, cache map[string][]string) []string {
	it := &r.items[i]
	id := string(it.Type) + "\x00" + it.Language + "\x00" + strings.Join(it.Forms, "\x00")
	k, ok := cache[id]
	if !ok || it.Unnamed {
		k = Keys(*it)
		if !it.Unnamed {
			cache[id] = k
		}
	}
	return k
}

// joinAlike joins names that agree in full, the surest first, as long as nothing within the two
// clusters speaks against it.
func (r *resolver) joinAlike(blocks [][]int) {
	seen := map[[2]int]bool{}
	var edges []merge
	for _, b := range blocks {
		for x, i := range b {
			for _, j := range b[x+1:] {
				if seen[[2]int{i, j}] {
					continue
				}
				seen[[2]int{i, j}] = true
				if s, rule := compare(r.nodes[i], r.nodes[j]); s > 0 {
					edges = append(edges, merge{i, j, rule, s})
				}
			}
		}
	}
	slices.SortFunc(edges, func(a, b merge) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
	for _, e := range edges {
		if r.compatible(e.a, e.b) {
			r.union(e.a, e.b, e.rule, e.score)
		}
	}
}

// compare scores two names, 0 where they are not the same, and names the rule.
func compare(a, b *node) (float64, string) {
	if a.name == "" || b.name == "" {
		return 0, ""
	}
	if a.gender != "" && b.gender != "" && a.gender != b.gender && a.kind == b.kind {
		return 0, ""
	}
	if a.place.code != "" || b.place.code != "" {
		return comparePlaces(a, b)
	}
	if a.kind != b.kind {
		if a.name == b.name && (!a.single || a.kind != hearsay.Place && b.kind != hearsay.Place) {
			return 0.85, "same spelling"
		}
		return 0, ""
	}
	if a.kind == hearsay.Person {
		if a.single || b.single {
			return 0, ""
		}
		if a.name == b.name {
			return 1, "same spelling"
		}
		if isInitial(a.person.given) || isInitial(b.person.given) {
			return 0, ""
		}
		return comparePersons(a, b)
	}
	return compareOthers(a, b)
}

func comparePlaces(a, b *node) (float64, string) {
	if a.place == b.place {
		return 1, "same country or capital"
	}
	return 0, ""
}

// sharesBorrowed reports whether texts in two languages equate two names of one kind of body with one acronym
// that does not come from the initials of both: then one language has it from the other ("Instytut Badań
// Rzecznych (IRS)"). Two bodies whose own initials meet stay apart.
func sharesBorrowed(a, b *node) bool {
	if a.kind != hearsay.Organization || b.kind != hearsay.Organization {
		return false
	}
	x, y := strings.Fields(latin(a.name)), strings.Fields(latin(b.name))
	if len(x) < 2 || len(y) < 2 || romanize.Similarity(x[0], y[0]) < 0.75 {
		return false
	}
	for f := range a.forms {
		if n := len([]rune(f)); n >= 3 && n <= 6 && b.forms[f] && !strings.Contains(f, " ") && (!initials(x, latin(f)) || !initials(y, latin(f))) {
			return true
		}
	}
	return false
}

// initials reports whether an acronym is made of the first letters of some words, with or without the short ones.
func initials(words []string, acronym string) bool {
	all, long := "", ""
	for _, w := range words {
		first := string([]rune(w)[:1])
		all += first
		if len([]rune(w)) > 3 {
			long += first
		}
	}
	return acronym == all || acronym == long
}

// compareOthers compares organisations, places and groups: by spelling, by a form that one
// document equates with the name (an acronym), by sound in another script.
func compareOthers(a, b *node) (float64, string) {
	if a.name == b.name {
		return 1, "same spelling"
	}
	if a.sharesLanguage(b) {
		for f := range a.forms {
			if b.forms[f] && (len([]rune(f)) >= 3) {
				return 0.9, "shared short form"
			}
		}
	} else if sharesBorrowed(a, b) {
		return 0.85, "shared foreign acronym"
	}
	if romanize.SameScript(a.name, b.name) && a.sharesLanguage(b) {
		if s := romanize.Similarity(a.name, b.name); s >= 0.97 && len(a.name) > 5 {
			return s, "spelling"
		}
		return 0, ""
	}
	x, y := strings.Fields(a.name), strings.Fields(b.name)
	if len(x) != len(y) {
		return 0, ""
	}
	total := 0.0
	for i := range x {
		s := romanize.Similarity(x[i], y[i])
		if s < 0.7 {
			return 0, ""
		}
		total += s
	}
	if mean := total / float64(len(x)); mean >= soundsAlike(a, b, x, y) {
		return mean, "other script"
	}
	return 0, ""
}

// soundsAlike is how alike names of things must sound to be one: words of one word are short and
// many sound alike (Mini, Mann), those of several tell more.
func soundsAlike(a, b *node, x, y []string) float64 {
	short := min(utf8.RuneCountInString(x[0]), utf8.RuneCountInString(y[0])) <= 4
	switch {
	case len(x) > 1:
		return 0.85
	case short:
		return 1
	case romanize.SameScript(a.name, b.name):
		return 0.97
	}
	return 0.93
}

// compatible reports whether two clusters may be one: no person judged otherwise, no two genders,
// no two plainly different names in one language.
func (r *resolver) compatible(a, b int) bool {
	x, y := r.members[r.find(a)], r.members[r.find(b)]
	if r.find(a) == r.find(b) {
		return false
	}
	if r.judgedApart(x, y) {
		return false
	}
	for k, i := range x {
		for l, j := range y {
			if k > 12 || l > 12 {
				break
			}
			m, n := r.nodes[i], r.nodes[j]
			if m.kind != n.kind {
				continue
			}
			if m.gender != "" && n.gender != "" && m.gender != n.gender {
				return false
			}
			if m.kind == hearsay.Person && romanize.SameScript(m.name, n.name) && !alikeEnough(m, n) {
				return false
			}
		}
	}
	return true
}

// alikeEnough is a weak test that two names in one script can be one person's.
func alikeEnough(m, n *node) bool {
	if m.person.surname == "" || n.person.surname == "" {
		return true
	}
	return romanize.Similarity(m.person.surname, n.person.surname) >= 0.75 &&
		(m.single || n.single || similarGiven(m.person.given, n.person.given) >= 0.6 || isInitial(m.person.given) || isInitial(n.person.given))
}

func (r *resolver) judgedApart(x, y []int) bool {
	for _, pair := range r.different {
		if r.holds(x, pair[0]) && r.holds(y, pair[1]) || r.holds(x, pair[1]) && r.holds(y, pair[0]) {
			return true
		}
	}
	return false
}

func (r *resolver) holds(members []int, folded string) bool {
	for _, i := range members {
		if r.nodes[i].goesBy(folded) {
			return true
		}
	}
	return false
}

// joinShort joins surnames that stand alone, and initials with surnames, with the one cluster in
// reach that they fit; where several fit they stay apart, where none does they join one another.
func (r *resolver) joinShort(blocks [][]int) {
	near := map[int]map[int]bool{}
	for _, b := range blocks {
		for _, i := range b {
			if !r.nodes[i].short() {
				continue
			}
			for _, j := range b {
				if i == j || r.nodes[j].kind != hearsay.Person {
					continue
				}
				if near[i] == nil {
					near[i] = map[int]bool{}
				}
				near[i][j] = true
			}
		}
	}
	type join struct {
		merge
		wait bool
	}
	var joins []join
	for i, n := range r.nodes {
		if !n.short() {
			continue
		}
		if j, s, fits := r.onlyFull(n, near[i]); fits == 1 {
			joins = append(joins, join{merge{i, j, "surname alone", s}, false})
		} else if fits == 0 {
			for _, j := range sortedKeys(near[i]) {
				m := r.nodes[j]
				if j > i && m.short() && m.person.given == n.person.given {
					if s := sameSurname(n, m); s > 0 {
						joins = append(joins, join{merge{i, j, "surname alone", s * 0.8}, true})
					}
				}
			}
		}
	}
	taken := map[int]bool{}
	for _, j := range joins {
		if !j.wait && r.compatible(j.a, j.b) {
			r.union(j.a, j.b, j.rule, j.score)
			taken[j.a] = true
		}
	}
	for _, j := range joins {
		if j.wait && !taken[j.a] && !taken[j.b] && r.compatible(j.a, j.b) {
			r.union(j.a, j.b, j.rule, j.score)
		}
	}
}

// short reports whether a person's name lacks a given name in full.
func (n *node) short() bool {
	return n.kind == hearsay.Person && n.name != "" && (n.single || isInitial(n.person.given))
}

// onlyFull counts the clusters of full names that a short one fits, and gives a member of the one. A
// surname that sounds just the same goes before one that nearly does.
func (r *resolver) onlyFull(n *node, near map[int]bool) (best int, score float64, fits int) {
	roots, exact := map[int]bool{}, map[int]bool{}
	for _, j := range sortedKeys(near) {
		m := r.nodes[j]
		if m.short() || m.person.surname == "" {
			continue
		}
		if n.gender != "" && m.gender != "" && n.gender != m.gender {
			continue
		}
		s := sameSurname(n, m)
		if s == 0 || n.person.given != "" && !strings.HasPrefix(latin(m.person.given), latin(n.person.given)) {
			continue
		}
		root := r.find(j)
		if !roots[root] {
			roots[root] = true
			fits++
		}
		if s == 1 {
			exact[root] = true
		}
		if s > score {
			best, score = j, s
		}
	}
	if len(exact) == 1 {
		fits = 1
	}
	return best, score, fits
}

func latin(s string) string { return romanize.Fold(romanize.Latin(s, "uk")) }

// sameSurname scores two surnames, 0 where they differ.
func sameSurname(a, b *node) float64 {
	s := romanize.Similarity(a.person.surname, b.person.surname)
	switch {
	case s == 1:
	case !romanize.SameScript(a.name, b.name):
		if s < 0.8 {
			return 0
		}
	case a.sharesLanguage(b):
		if s < 0.95 || len(a.person.surname) < 5 {
			return 0
		}
	case s < 0.9 || len(a.person.surname) < 5:
		return 0
	}
	return s
}

func sortedKeys(m map[int]bool) []int {
	out := make([]int, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// clusters makes actors of what was joined.
func (r *resolver) clusters() []Cluster {
	merges := map[int][]merge{}
	for _, m := range r.merges {
		root := r.find(m.a)
		merges[root] = append(merges[root], m)
	}
	var out []Cluster
	for i := range r.nodes {
		if r.find(i) == i {
			out = append(out, r.cluster(i, merges[i]))
		}
	}
	slices.SortFunc(out, func(a, b Cluster) int { return cmp.Compare(a.Actor.ID, b.Actor.ID) })
	return out
}

func (r *resolver) cluster(root int, merges []merge) Cluster {
	members := slices.Clone(r.members[root])
	slices.Sort(members)
	c := Cluster{}
	for _, i := range members {
		c.Items = append(c.Items, r.nodes[i].items...)
	}
	slices.Sort(c.Items)
	c.Actor.Names, c.Actor.Titles, c.Actor.Type = r.tally(c.Items)
	c.Actor.Name = bestName(c.Actor.Names)
	c.Actor.ID = r.id(members)
	for _, m := range merges {
		a, b := r.nodes[m.a], r.nodes[m.b]
		c.Actor.Merged = append(c.Actor.Merged, hearsay.Merge{A: r.shown(a), B: r.shown(b), Rule: m.rule, Score: m.score})
	}
	slices.SortFunc(c.Actor.Merged, func(a, b hearsay.Merge) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B), cmp.Compare(a.Rule, b.Rule))
	})
	c.Actor.Merged = slices.CompactFunc(c.Actor.Merged, func(a, b hearsay.Merge) bool { return a.A == b.A && a.B == b.B && a.Rule == b.Rule })
	return c
}

// shown is a node's name as written, the least of its spellings.
func (r *resolver) shown(n *node) string {
	best := ""
	for _, i := range n.items {
		if len(r.items[i].Forms) > 0 {
			if f := r.items[i].Forms[0]; best == "" || f < best {
				best = f
			}
		}
	}
	return best
}

// tally counts the forms by language, the titles, and finds the commonest type.
func (r *resolver) tally(items []int) (names []hearsay.Name, titles []string, kind hearsay.MentionType) {
	type form struct{ form, language string }
	forms, titled, kinds := map[form]int{}, map[string]int{}, map[hearsay.MentionType]int{}
	for _, i := range items {
		it := &r.items[i]
		n := max(1, it.Count)
		kinds[it.Type] += n
		for _, f := range it.Forms {
			forms[form{f, it.Language}] += n
		}
		for _, t := range it.Titles {
			titled[t] += n
		}
	}
	for f, n := range forms {
		names = append(names, hearsay.Name{Form: f.form, Language: f.language, Count: n})
	}
	slices.SortFunc(names, func(a, b hearsay.Name) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Form, b.Form), cmp.Compare(a.Language, b.Language))
	})
	for t := range titled {
		titles = append(titles, t)
	}
	slices.SortFunc(titles, func(a, b string) int { return cmp.Or(cmp.Compare(titled[b], titled[a]), cmp.Compare(a, b)) })
	for k, n := range kinds {
		if n > kinds[kind] || n == kinds[kind] && k < kind {
			kind = k
		}
	}
	return names, titles, kind
}

// bestName is the form that most documents use among those with the most telling length: full
// names before single words, of persons without patronymics.
func bestName(names []hearsay.Name) string {
	counts := map[string]int{}
	for _, n := range names {
		counts[n.Form] += n.Count
	}
	best, bestRank := "", -1
	for _, n := range names {
		rank := min(len(strings.Fields(n.Form)), 2)
		if c := counts[n.Form]; best == "" || rank > bestRank || rank == bestRank && (c > counts[best] || c == counts[best] && n.Form < best) {
			best, bestRank = n.Form, rank
		}
	}
	return best
}

// id is a readable name of a cluster: the first of its keys, in Latin letters, and a hash of it.
func (r *resolver) id(members []int) string {
	n := r.nodes[members[0]]
	sum := sha256.Sum256([]byte(n.key))
	label := n.name
	if label == "" {
		label = r.shown(n)
	}
	language := ""
	for _, l := range [...]string{"uk", "be", "ru"} {
		if n.languages[l] {
			language = l
			break
		}
	}
	return slug(romanize.Fold(romanize.Latin(label, language))) + "-" + hex.EncodeToString(sum[:4])
}

func slug(s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 40 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}
