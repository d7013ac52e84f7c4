package mention

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay/internal/romanize"
)

// neighbours finds the clusters that a name may belong to by the words that they share, those named
// last first, so that joining the names of a text takes time by their number and not by their pairs.
type neighbours struct {
	lang  string
	under map[string]*neighbourhood
	keys  map[string][]string // memo of wordKeys
	tried int                 // clusters that were compared with a name; tests count the work by it
}

// neighbourhood are the clusters under one key.
type neighbourhood struct {
	all    []*cluster // in the order in which they came to be
	recent []meeting  // of this sweep, in text order; of a cluster the last one counts
	ahead  int        // all before it have been met in this sweep
}

type meeting struct {
	cluster *cluster
	name    int
}

// neighbourReach is how many clusters under one key a name is compared with that it does not fit.
const neighbourReach = 256

func newNeighbours(lang string) neighbours {
	return neighbours{lang: lang, under: map[string]*neighbourhood{}, keys: map[string][]string{}}
}

// rewind begins a sweep over the names of the text.
func (nb *neighbours) rewind(list []*cluster) {
	for _, h := range nb.under {
		h.recent, h.ahead = h.recent[:0], 0
	}
	for _, k := range list {
		k.last = -1
	}
}

// meet says that the sweep has come to a name of a cluster.
func (nb *neighbours) meet(k *cluster, name int) {
	k.last = name
	for _, key := range k.keys {
		h := nb.under[key]
		if n := len(h.recent); n > 0 && h.recent[n-1].cluster == k {
			h.recent[n-1].name = name
			continue
		}
		if len(h.recent) > 2*len(h.all) {
			h.recent = slices.DeleteFunc(h.recent, func(m meeting) bool { return m.cluster.last != m.name })
		}
		h.recent = append(h.recent, meeting{k, name})
	}
}

// find is the cluster that fits a name: of those met before it in the sweep the one met last, otherwise
// the first that there is; nil for none. defined is the cluster that the text says the name is short for.
func (nb *neighbours) find(n *name, words []string, defined *cluster, fits func(*cluster) bool) *cluster {
	keys := nb.wanted(n, words)
	best := nb.latest(keys, defined, fits)
	if best == nil {
		best = nb.first(keys, defined, fits)
	}
	return best
}

func (nb *neighbours) latest(keys []string, best *cluster, fits func(*cluster) bool) *cluster {
	if best != nil && best.last < 0 {
		best = nil
	}
	for _, key := range keys {
		h, ok := nb.under[key]
		if !ok {
			continue
		}
		left := neighbourReach
		for i := len(h.recent) - 1; i >= 0 && left > 0; i-- {
			m := h.recent[i]
			if best != nil && m.name <= best.last {
				break
			}
			if m.cluster.last != m.name {
				continue
			}
			nb.tried++
			if fits(m.cluster) {
				best = m.cluster
				break
			}
			left--
		}
	}
	return best
}

func (nb *neighbours) first(keys []string, best *cluster, fits func(*cluster) bool) *cluster {
	for _, key := range keys {
		h, ok := nb.under[key]
		if !ok {
			continue
		}
		for h.ahead < len(h.all) && h.all[h.ahead].last >= 0 {
			h.ahead++
		}
		left := neighbourReach
		for _, k := range h.all[h.ahead:] {
			if best != nil && k.order >= best.order || left == 0 {
				break
			}
			if k.last >= 0 {
				continue
			}
			nb.tried++
			if fits(k) {
				best = k
				break
			}
			left--
		}
	}
	return best
}

// The kinds of keys. Two names can only be one where they share a key.
const (
	byLast       = "l " // a form of the last word
	byFirst      = "f " // a form of the first word
	byPatronymic = "p " // a form of the first word of a given name with a patronymic
	byInitials   = "i " // the initials of at least three words
	byAcronym    = "a " // an acronym that the text defines
	byPlace      = "c "
)

// enter puts a cluster under the keys of a name of it.
func (nb *neighbours) enter(k *cluster, words []string) {
	first, last := words[0], words[len(words)-1]
	for _, key := range nb.wordKeys(last) {
		nb.put(k, byLast+key)
	}
	for _, key := range nb.wordKeys(first) {
		nb.put(k, byFirst+key)
		if len(words) == 2 && isPatronymic(last) {
			nb.put(k, byPatronymic+key)
		}
	}
	if len(words) > 2 {
		nb.put(k, byInitials+initials(words))
	}
}

func (nb *neighbours) enterAcronym(k *cluster, acronym string) {
	if k.acronyms == nil {
		k.acronyms = map[string]bool{}
	}
	k.acronyms[acronym] = true
	nb.put(k, byAcronym+acronym)
}

func (nb *neighbours) enterPlace(k *cluster) {
	nb.put(k, byPlace+k.place.code+" "+k.place.kind)
}

func (nb *neighbours) put(k *cluster, key string) {
	if slices.Contains(k.keys, key) {
		return
	}
	h, ok := nb.under[key]
	if !ok {
		h = &neighbourhood{}
		nb.under[key] = h
	}
	at, _ := slices.BinarySearchFunc(h.all, k, func(a, b *cluster) int { return cmp.Compare(a.order, b.order) })
	h.all = slices.Insert(h.all, at, k)
	h.ahead = min(h.ahead, at)
	k.keys = append(k.keys, key)
}

// wanted are the keys under which the clusters stand that a name may belong to.
func (nb *neighbours) wanted(n *name, words []string) []string {
	first, last := words[0], words[len(words)-1]
	var out []string
	for _, key := range nb.wordKeys(last) {
		out = append(out, byLast+key)
	}
	for _, key := range nb.wordKeys(first) {
		if len(words) == 1 || len(words) == 2 && isPatronymic(last) {
			out = append(out, byFirst+key)
		} else {
			out = append(out, byPatronymic+key)
		}
	}
	if len(words) == 1 {
		out = append(out, byInitials+words[0], byAcronym+words[0])
	}
	if n.place.code != "" {
		out = append(out, byPlace+n.place.code+" "+n.place.kind)
	}
	return out
}

// wordKeys are strings of which two words that sameWord or sameSurname take for one share at least one.
func (nb *neighbours) wordKeys(word string) []string {
	keys, ok := nb.keys[word]
	if !ok {
		keys = keysOf(nb.lang, word)
		if bare := withoutArticle(word); bare != word {
			keys = append(keys, keysOf(nb.lang, bare)...)
		}
		slices.Sort(keys)
		keys = slices.Compact(keys)
		nb.keys[word] = keys
	}
	return keys
}

func keysOf(lang, word string) []string {
	if !slavic(lang) {
		bare := unpossessed(lang, word)
		keys := []string{word, bare}
		if lang == "de" {
			keys = append(keys, strings.TrimSuffix(bare, "s"))
		}
		if len(bare) >= 7 {
			keys = append(keys, "~"+romanize.Skeleton(bare))
		}
		return keys
	}
	bare := apostrophised(lang, word)
	keys := append([]string{word}, stems(lang, bare)...)
	if first, _, double := strings.Cut(bare, "-"); double {
		for _, stem := range stems(lang, first) {
			keys = append(keys, stem+"-")
		}
	}
	for _, p := range alternations[lang] {
		for _, ending := range p {
			if stem, ok := strings.CutSuffix(bare, ending); ok {
				keys = append(keys, stem+"~"+p[0]+"~"+p[1])
			}
		}
	}
	return keys
}

// initials are the first letters of some words.
func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		letter, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(letter)
	}
	return b.String()
}
