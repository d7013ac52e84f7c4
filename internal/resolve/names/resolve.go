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

// node is a spelling ready to be compared.
type node struct {
	key       string // orders nodes and names them
	name      string // folded fullest form
	kind      hearsay.MentionType
	person    personName
	place     place
	languages map[string]bool
	gender    string
	single    bool // one word
	forms     map[string]bool
	items     []int
	spelling  *Spelling

	government string // code of the country whose government it is
	body       string // state body that it means
}

func (n *node) sharesLanguage(m *node) bool {
	for l := range n.languages {
		if m.languages[l] {
			return true
		}
	}
	return false
}

// Relations say which spellings, by their keys, bear on one another's actors.
type Relations struct {
	Related [][2]string
	Lost    map[string]bool // see Spelling.Lost
	Places  Places
}

// Resolve joins items into actors. It is a pure function of the set of items and judgements: the
// clusters come in the order of their actors' ids, whatever the order of the items.
func Resolve(items []Item, judged []hearsay.Judgement) []Cluster {
	return resolve(items, judged, Crowd)
}

func resolve(items []Item, judged []hearsay.Judgement, crowd int) []Cluster {
	r := newResolver(items, judged)
	pairs, lost := r.relations(crowd)
	return r.join(pairs, lost, Places{})
}

// Join does what Resolve does for items of which it is known how their spellings are related, and what linked
// documents tell of them: all that are related to one another, over others or not, must be among them.
func Join(items []Item, judged []hearsay.Judgement, known Relations) []Cluster {
	r := newResolver(items, judged)
	at := make(map[string]int, len(r.nodes))
	for i, n := range r.nodes {
		at[n.key] = i
	}
	pairs := make([][2]int, 0, len(known.Related))
	for _, p := range known.Related {
		i, j := at[p[0]], at[p[1]]
		pairs = append(pairs, [2]int{min(i, j), max(i, j)})
	}
	slices.SortFunc(pairs, comparePairs)
	lost := map[int]bool{}
	for key := range known.Lost {
		lost[at[key]] = true
	}
	return r.join(slices.Compact(pairs), lost, known.Places)
}

func comparePairs(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }

func newResolver(items []Item, judged []hearsay.Judgement) *resolver {
	r := &resolver{items: items}
	r.makeNodes()
	r.readJudgements(judged)
	r.parent = make([]int, len(r.nodes))
	r.members = make([][]int, len(r.nodes))
	for i := range r.nodes {
		r.parent[i], r.members[i] = i, []int{i}
	}
	return r
}

// join joins the nodes of pairs, which are in order, into actors.
func (r *resolver) join(pairs [][2]int, lost map[int]bool, places Places) []Cluster {
	r.lost = lost
	r.joinAlike(pairs)
	told := r.evidence(places)
	told.join(false)
	near := r.nearShort(pairs)
	r.joinShort(near)
	if r.joinJudged() {
		r.joinShort(near) // a surname that fitted two actors may now fit one
	}
	told.join(true)
	told.place()
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
	lost      map[int]bool      // short nodes that too many full ones may fit
	doubtful  map[int]bool      // short nodes of which it is not known whose they are
	twins     map[inText]inText // short names that are one in several documents
	placed    map[inText]placed // short names that are an actor's in some documents
}

type merge struct {
	a, b  int
	rule  string
	score float64
}

// makeNodes gathers the items of a spelling, in the order of their keys.
func (r *resolver) makeNodes() {
	byKey := map[string]*Spelling{}
	items := map[string][]int{}
	for i := range r.items {
		it := &r.items[i]
		k := nodeKey(it)
		s := byKey[k]
		if s == nil {
			s = &Spelling{Key: k, Type: it.Type}
			byKey[k] = s
		}
		items[k] = append(items[k], i)
		if SpellingKey(*it) != "" {
			s.Add(*it)
		}
	}
	for k, s := range byKey {
		n := s.asNode()
		n.items, n.spelling = items[k], s
		r.nodes = append(r.nodes, n)
	}
	slices.SortFunc(r.nodes, func(a, b *node) int { return cmp.Compare(a.key, b.key) })
}

// nodeKey is what two items must share to be one name without comparison.
func nodeKey(it *Item) string {
	if key := SpellingKey(*it); key != "" {
		return key
	}
	return "\x00" + it.Document + "\x00" + strconv.Itoa(it.Index) + "\x00" + strings.Join(it.Forms, "\x00")
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

// relations gives the pairs of nodes that share a key that counts, in order, and the lost ones.
func (r *resolver) relations(crowd int) (pairs [][2]int, lost map[int]bool) {
	under := map[uint64][]int{}
	for i, n := range r.nodes {
		for _, k := range n.spelling.Keys() {
			under[k] = append(under[k], i)
		}
	}
	counts := func(k uint64) bool { return len(under[k]) <= crowd }
	lost = map[int]bool{}
	for i, n := range r.nodes {
		lost[i] = n.spelling.Lost(counts)
		for _, k := range n.spelling.Under(counts) {
			for _, j := range under[k] {
				if i < j {
					pairs = append(pairs, [2]int{i, j})
				}
			}
		}
	}
	slices.SortFunc(pairs, comparePairs)
	return slices.Compact(pairs), lost
}

// joinAlike joins names that agree in full, the surest first, as long as nothing within the two
// clusters speaks against it.
func (r *resolver) joinAlike(pairs [][2]int) {
	var edges []merge
	for _, p := range pairs {
		if s, rule := compare(r.nodes[p[0]], r.nodes[p[1]]); s > 0 {
			edges = append(edges, merge{p[0], p[1], rule, s})
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
	if a.body != "" && a.body == b.body && a.name != b.name {
		return 0.9, "one body of one state"
	}
	if a.kind != b.kind {
		if a.name == b.name && (!a.single || a.kind != hearsay.Place && b.kind != hearsay.Place) {
			return 0.85, "same spelling"
		}
		if !a.single && !romanize.SameScript(a.name, b.name) && a.kind != hearsay.Place && b.kind != hearsay.Place && wordByWord(a, b) >= mistaken {
			return 0.85, "other script" // one of the types is mistaken
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
	if a.government != "" && a.government == b.government && !a.sharesLanguage(b) {
		return 0.9, "government of the same country"
	}
	if mean := wordByWord(a, b); mean > 0 && mean >= soundsAlike(a, b, strings.Fields(a.name), strings.Fields(b.name)) {
		return mean, "other script"
	}
	return 0, ""
}

// mistaken is how much alike the words of two names must sound where their types differ.
const mistaken = 0.93

// wordByWord is how much alike the words of two names sound, 0 where some do not.
func wordByWord(a, b *node) float64 {
	x, y := strings.Fields(a.name), strings.Fields(b.name)
	if len(x) != len(y) {
		return 0
	}
	total := 0.0
	for i := range x {
		s := romanize.Similarity(x[i], y[i])
		if s < 0.7 {
			return 0
		}
		total += s
	}
	return total / float64(len(x))
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
func (r *resolver) compatible(a, b int) bool { return r.compatibleBy(a, b, alikeEnough) }

// compatibleBy is compatible with another test of whether two names in one script can be one person's.
func (r *resolver) compatibleBy(a, b int, alike func(m, n *node) bool) bool {
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
			if m.kind == hearsay.Person && romanize.SameScript(m.name, n.name) && !alike(m, n) {
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
		(m.single || n.single || closestGiven(m.person, n.person) >= 0.6 || isInitial(m.person.given) || isInitial(n.person.given))
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

// nearShort gives the persons with which each short name is paired, in order.
func (r *resolver) nearShort(pairs [][2]int) map[int][]int {
	near := map[int][]int{}
	for _, p := range pairs {
		for _, q := range [][2]int{p, {p[1], p[0]}} {
			if r.nodes[q[0]].short() && r.nodes[q[1]].kind == hearsay.Person {
				near[q[0]] = append(near[q[0]], q[1])
			}
		}
	}
	for _, list := range near {
		slices.Sort(list)
	}
	return near
}

// joinShort joins surnames that stand alone, and initials with surnames, with the one cluster in
// reach that they fit; where several fit they stay apart, where none does they join one another.
func (r *resolver) joinShort(near map[int][]int) {
	r.doubtful = map[int]bool{}
	var sure, wait []merge
	for i, n := range r.nodes {
		if !n.short() {
			continue
		}
		j, s, fitting := r.onlyFull(n, near[i])
		switch {
		case r.lost[i]:
			r.doubtful[i] = true
		case fitting == 1:
			r.doubtful[i] = true // unless it is joined
			sure = append(sure, merge{i, j, "surname alone", s})
		case fitting > 1:
			r.doubtful[i] = true
		default:
			for _, j := range near[i] {
				if s := bothShort(n, r.nodes[j]); j > i && s > 0 {
					wait = append(wait, merge{i, j, "surname alone", s * 0.8})
				}
			}
		}
	}
	taken := map[int]bool{}
	for _, m := range sure {
		if r.compatible(m.a, m.b) {
			r.union(m.a, m.b, m.rule, m.score)
			taken[m.a] = true
		}
	}
	for _, m := range wait {
		if !taken[m.a] && !taken[m.b] && r.compatible(m.a, m.b) {
			r.union(m.a, m.b, m.rule, m.score)
		}
	}
}

// short reports whether a person's name lacks a given name in full.
func (n *node) short() bool {
	return n.kind == hearsay.Person && n.name != "" && (n.single || isInitial(n.person.given))
}

// onlyFull counts the clusters of full names that a short one fits, and gives a member of the one. A
// surname that sounds just the same goes before one that nearly does.
func (r *resolver) onlyFull(n *node, near []int) (best int, score float64, fitting int) {
	roots, exact := map[int]bool{}, map[int]bool{}
	for _, j := range near {
		s := fits(n, r.nodes[j])
		if s == 0 {
			continue
		}
		root := r.find(j)
		roots[root] = true
		if s == 1 {
			exact[root] = true
		}
		if s > score {
			best, score = j, s
		}
	}
	if len(exact) == 1 {
		return best, score, 1
	}
	return best, score, len(roots)
}

// fits scores how well a short name can stand for a full one, 0 where it cannot.
func fits(n, m *node) float64 {
	if !n.short() || m.kind != hearsay.Person || m.short() || m.person.surname == "" {
		return 0
	}
	if n.gender != "" && m.gender != "" && n.gender != m.gender {
		return 0
	}
	if n.person.given != "" && !strings.HasPrefix(latin(m.person.given), latin(n.person.given)) {
		return 0
	}
	return sameSurname(n, m)
}

// bothShort scores how well two short names can be one, 0 where they cannot.
func bothShort(n, m *node) float64 {
	if !n.short() || !m.short() || m.person.given != n.person.given {
		return 0
	}
	return sameSurname(n, m)
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

// clusters makes actors of what was joined.
func (r *resolver) clusters() []Cluster {
	merges := map[int][]merge{}
	for _, m := range r.merges {
		root := r.find(m.a)
		merges[root] = append(merges[root], m)
	}
	more := map[int][]int{} // items of doubtful names, by the actors that their texts tell
	for i := range r.nodes {
		for _, k := range r.nodes[i].items {
			if p, ok := r.placed[r.twinOf(r.inText(i, k))]; ok {
				more[p.root] = append(more[p.root], k)
			}
		}
	}
	for at, p := range r.placed {
		merges[p.root] = append(merges[p.root], merge{at.node, p.by, alignedRule, p.score})
	}
	var out []Cluster
	apart := map[inText][]int{}
	for i := range r.nodes {
		switch {
		case r.find(i) != i:
		case r.unsettled(i):
			r.apart(i, apart)
		default:
			out = append(out, r.cluster(r.members[i], append(r.itemsOf(r.members[i]), more[i]...), merges[i], ""))
		}
	}
	for at, items := range apart {
		out = append(out, r.cluster([]int{at.node}, items, r.twinsOf(at), at.document))
	}
	slices.SortFunc(out, func(a, b Cluster) int { return cmp.Compare(a.Actor.ID, b.Actor.ID) })
	return out
}

// unsettled reports whether nobody knows whose a name is.
func (r *resolver) unsettled(i int) bool { return r.doubtful[i] && len(r.members[r.find(i)]) == 1 }

func (r *resolver) itemsOf(members []int) []int {
	var out []int
	for _, i := range members {
		out = append(out, r.nodes[i].items...)
	}
	return out
}

// apart gathers the items of a name of which nobody knows whose it is by their documents: in two texts it may be two
// persons'.
func (r *resolver) apart(i int, out map[inText][]int) {
	for _, k := range r.nodes[i].items {
		at := r.twinOf(r.inText(i, k))
		if _, ok := r.placed[at]; !ok {
			out[at] = append(out[at], k)
		}
	}
}

// twinsOf tells with which other spellings a short name is one.
func (r *resolver) twinsOf(at inText) []merge {
	var out []merge
	for other := range r.twins {
		if other.node != at.node && r.twinOf(other) == at {
			out = append(out, merge{at.node, other.node, alignedRule, alignedScore(fewPlaces)})
		}
	}
	return out
}

// cluster makes an actor of items, which are the members' or those of one document.
func (r *resolver) cluster(members, items []int, merges []merge, document string) Cluster {
	c := Cluster{Items: slices.Clone(items)}
	slices.Sort(c.Items)
	c.Actor.Names, c.Actor.Titles, c.Actor.Type = r.tally(c.Items)
	c.Actor.Name = bestName(c.Actor.Names)
	c.Actor.ID = r.id(r.nodes[slices.Min(members)], document)
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
func (r *resolver) id(n *node, document string) string {
	sum := sha256.Sum256([]byte(n.key + document))
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
