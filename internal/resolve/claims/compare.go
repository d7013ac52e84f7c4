package claims

import (
	"slices"
	"strings"

	"hearsay"
)

// Pair is what comparing two statements found.
type Pair struct {
	Score float64
	Sign  int    // 1 they say the same, -1 the opposite
	Sure  bool   // else a candidate, or a clash that joins nothing
	Why   string // one sentence
}

// PairRecord is a pair with the ids of its statements.
type PairRecord struct {
	A, B string
	Pair
}

const fewestTerms = 3 // names, figures and words below which a content says too little to be compared

// size is how many things a content names, counts and says.
func (it *Item) size() int {
	return len(it.Names) + len(it.Figures) + len(it.Times) + len(it.Lemmas)
}

// likeness is what two contents share.
type likeness struct {
	shared, onlyA, onlyB int     // terms
	dice                 float64 // 2·shared / all
	names                int     // shared
	namesA, namesB       int     // not shared
	figures, times       int     // that agree
	gaps                 []gap   // figures of one thing whose ranges do not meet
	odd                  bool    // figures that one has and the other lacks
	copied               int     // longest run of words that both have
	words                int     // of the shorter one
	when                 near
	speaker              agreement
	root                 agreement
	agent                agreement
}

// agreement of something that both, one or none of two items may tell.
type agreement int

const (
	untold agreement = iota
	agree
	differ
)

// Compare judges whether two statements say the same, or the opposite, from what each tells. It is
// symmetric. false means that they are no pair at all.
func Compare(a, b *Item) (Pair, bool) {
	if b.Statement < a.Statement {
		a, b = b, a
	}
	if disowned(a, b) || disowned(b, a) {
		return Pair{Score: 0.7, Sign: -1, Why: whyDisowned}, true
	}
	if a.Statement == b.Statement || a.Narrated && b.Narrated || a.size() < fewestTerms || b.size() < fewestTerms || overlapping(a, b) {
		return Pair{}, false
	}
	if differentDays(a, b) && sameSpeaker(a, b) == agree && a.single() && b.single() && mood(a) == mood(b) && turned(a, b) {
		return Pair{Score: 0.7, Sign: -1, Why: whyReversed}, true
	}
	if a.Language != b.Language {
		return compareAcross(a, b)
	}
	if p, ok := rebuttal(a, b); ok {
		return p, true
	}
	return compareWithin(a, b)
}

// disowned reports whether a speaker says that he promised nothing of the kind after he is said to have
// promised it: "I never promised a date", who had promised it for Monday.
func disowned(promise, denial *Item) bool {
	if promise.Class != "promise" || promise.Sign < 0 || !denial.Disowns || sameSpeaker(promise, denial) != agree {
		return false
	}
	gap, ok := daysBetween(promise, denial)
	if !ok || gap > promiseKept || before(denial.Published, promise.Published) {
		return false
	}
	things := denial.concepts()
	if slices.Contains(things, "=date") && len(promise.Times) > 0 || sharedNames(promise.Names, denial.Names) > 0 {
		return true
	}
	return slices.ContainsFunc(promise.concepts(), func(c string) bool { return c[0] == '=' && slices.Contains(things, c) })
}

// rebuttal judges a quotation by which somebody denies what another was just said to say: "He said
// that it broke before. She denied that: 'It ran until Monday.'"
func rebuttal(a, b *Item) (Pair, bool) {
	if b.Order < a.Order {
		a, b = b, a
	}
	if a.Document != b.Document || !b.Rebuts || b.Order != a.Order+1 || a.Rebuts || len(a.Holders)+len(b.Holders) > 0 || sameSpeaker(a, b) != differ {
		return Pair{}, false
	}
	if sharedSorted(a.Lemmas, b.Lemmas)+sharedNames(a.Names, b.Names) == 0 {
		return Pair{}, false
	}
	return Pair{Score: 0.8, Sign: -1, Sure: true, Why: "the text says that the second denies the first"}, true
}

// overlapping reports whether two items stand in one another, as a report of a report does.
func overlapping(a, b *Item) bool {
	if a.Document != b.Document {
		return false
	}
	for _, x := range a.Content {
		for _, y := range b.Content {
			if x.Overlaps(y) {
				return true
			}
		}
	}
	return false
}

// compareWithin compares two statements of one language.
func compareWithin(a, b *Item) (Pair, bool) {
	l := likenessOf(a, b)
	p := Pair{Score: l.dice, Sign: a.Sign * b.Sign}
	switch {
	case l.agent == differ || !moods(a, b, l.speaker):
		return Pair{}, false
	case len(l.gaps) > 0:
		return clash(a, b, l)
	case l.odd:
		return Pair{}, false
	case l.when == farTime:
		return longAgo(a, b, l)
	case p.Sign < 0 && a.Document == b.Document && l.speaker != differ:
		return Pair{}, false // two sides of one sentence, not a denial
	case l.isCopied(a, b):
		p.Sure, p.Why, p.Score = p.Sign > 0 || a.single() && b.single(), "both have the same words", max(p.Score, 0.9)
	case p.Sign < 0 && l.when == closeTime && reversed(a, b, l):
		return Pair{Score: l.dice, Sign: -1, Why: whyReversed}, true
	case p.Sign < 0:
		p.Sure, p.Why = l.opposite(a, b), "the same words, denied in one"
	default:
		p.Sure, p.Why = l.same(), "the same names, figures and words"
	}
	if !p.Sure && (p.Sign < 0 || !l.candidate()) {
		return Pair{}, false
	}
	return p, true
}

// single reports whether a content is one sentence, so that its sign speaks of all that it says.
func (it *Item) single() bool { return it.Sentences <= 1 }

// isCopied reports whether the words of one, enough of them to be no chance, stand in the other.
func (l *likeness) isCopied(a, b *Item) bool {
	least := 8
	if l.when == sameTime || a.Document == b.Document {
		least = 5
	}
	return l.copied >= least && 10*l.copied >= 8*l.words && l.root != differ
}

// same is sure only where both are of the same days, have the same predicate, and what one says
// beyond the other is little.
func (l *likeness) same() bool {
	if l.when != sameTime || l.root == differ || l.shared < 4 || l.namesA > 0 && l.namesB > 0 {
		return false
	}
	contained := min(l.onlyA, l.onlyB) == 0
	switch {
	case l.speaker == agree:
		return l.dice >= 0.7 && (contained || l.dice >= 0.75)
	case contained:
		return l.dice >= 0.75 && l.names+l.figures > 0
	}
	return l.dice >= 0.82 && l.names+l.figures > 0
}

// opposite is sure only for single sentences of the same days of which one holds all that the other
// denies.
func (l *likeness) opposite(a, b *Item) bool {
	if l.when != sameTime || !a.single() || !b.single() || l.shared < 3 || l.root == differ && !a.Denies && !b.Denies || l.namesA > 0 && l.namesB > 0 {
		return false
	}
	return l.dice >= 0.75 || l.dice >= 0.6 && min(l.onlyA, l.onlyB) == 0 && l.names > 0
}

// candidate is worth showing as perhaps the same.
func (l *likeness) candidate() bool {
	if l.shared < 4 || l.names+l.figures == 0 || l.namesA > 0 && l.namesB > 0 || l.root == differ {
		return false
	}
	switch l.when {
	case sameTime:
		return l.dice >= 0.6
	case closeTime:
		return l.dice >= 0.7
	}
	return l.dice >= 0.75
}

// longAgo judges statements of different times: two claims, unless somebody is quoted again with
// the same long sentence. One speaker who held the opposite is a reversal, which joins nothing.
func longAgo(a, b *Item, l *likeness) (Pair, bool) {
	if l.speaker != agree {
		return Pair{}, false
	}
	if a.Sign == b.Sign && l.copied >= 14 && 10*l.copied >= 9*l.words && namedTimes(a.Times, b.Times) != farTime {
		return Pair{Score: l.dice, Sign: 1, Sure: true, Why: "the same long quotation of one speaker"}, true
	}
	if reversed(a, b, l) {
		return Pair{Score: l.dice, Sign: -1, Why: whyReversed}, true
	}
	return Pair{}, false
}

// clash judges statements that agree in all but a figure.
func clash(a, b *Item, l *likeness) (Pair, bool) {
	if l.dice < 0.5 || l.namesA > 0 && l.namesB > 0 || elsewhere(a.Names, b.Names) || elsewhere(b.Names, a.Names) || l.root == differ || a.Sign != b.Sign || l.when == farTime || a.Document == b.Document && l.speaker != differ {
		return Pair{}, false
	}
	g := l.gaps[0]
	return Pair{Score: l.dice, Sign: 1, Why: whyClash + ": “" + g.a.Text + "” and “" + g.b.Text + "”"}, true
}

// elsewhere reports whether a content has a place that the other does not name: it is of another scope. What
// one text shows to be a place another may leave open.
func elsewhere(names, others []Name) bool {
	return slices.ContainsFunc(names, func(n Name) bool {
		return n.Type == hearsay.Place && !slices.ContainsFunc(others, func(o Name) bool { return n.agrees(&o) || n.within(&o) })
	})
}

// moods tells whether two statements put forward what they say in one way. What one speaker promises, others
// retell as what he said.
func moods(a, b *Item, speaker agreement) bool {
	x, y := mood(a), mood(b)
	return x == y || speaker == agree && x+y == "promise"
}

// mood parts what is held from what is promised, asked for or warned of.
func mood(it *Item) string {
	switch it.Class {
	case "ask", "demand", "order", "warn", "want", "fear":
		return it.Class
	case "promise", "agree":
		return "promise"
	case "support", "oppose":
		return "support"
	}
	return ""
}

func likenessOf(a, b *Item) *likeness {
	l := &likeness{when: timing(a, b), speaker: sameSpeaker(a, b), root: compareRoots(a, b)}
	l.names = sharedNames(a.Names, b.Names)
	l.namesA, l.namesB = len(a.Names)-l.names, len(b.Names)-l.names
	l.compareFigures(a, b)
	words := sharedSorted(a.Lemmas, b.Lemmas)
	l.times = sharedTimes(a.Times, b.Times)
	l.shared = words + l.names + l.figures + l.times
	l.onlyA, l.onlyB = a.size()-l.shared-len(l.gaps), b.size()-l.shared-len(l.gaps)
	l.dice = 2 * float64(l.shared) / float64(max(1, 2*l.shared+l.onlyA+l.onlyB))
	l.agent = compareAgents(a, b)
	l.copied, l.words = copiedRun(a.plain(), b.plain())
	return l
}

// compareAgents tells who acts apart only where both texts name both.
func compareAgents(a, b *Item) agreement {
	if a.Agent == "" || b.Agent == "" {
		return untold
	}
	if a.Agent == b.Agent || !named(a.Names, b.Agent) || !named(b.Names, a.Agent) {
		return agree
	}
	if x := find(a.Names, a.Agent); x != nil && slices.Contains(x.Keys, b.Agent) {
		return agree
	}
	return differ
}

func named(names []Name, key string) bool { return find(names, key) != nil }

func find(names []Name, key string) *Name {
	for i := range names {
		if slices.Contains(names[i].Keys, key) {
			return &names[i]
		}
	}
	return nil
}

// compareRoots compares the main predicates of two contents of one language, and where there are no
// trees what happens in them.
func compareRoots(a, b *Item) agreement {
	if a.Root == "" || b.Root == "" {
		one, two := happens(a.concepts()), happens(b.concepts())
		if len(one) > 0 && len(two) > 0 && sharedSorted(one, two) == 0 {
			return differ
		}
		return untold
	}
	if a.Root == b.Root {
		return agree
	}
	if c := conceptOf(a.Language, a.Root); c != "" && c == conceptOf(b.Language, b.Root) {
		return agree
	}
	return differ
}

// sameSpeaker compares who says two things. In two languages the names of institutions tell nothing apart:
// they are translated.
func sameSpeaker(a, b *Item) agreement {
	found := compareSources(&a.Source, &b.Source)
	if found == differ && a.Language != b.Language && isBody(&a.Source) && isBody(&b.Source) {
		return untold
	}
	return found
}

func compareSources(a, b *Source) agreement {
	if a.Form != Named || b.Form != Named {
		return untold
	}
	if a.Key.agrees(&b.Key) {
		return agree
	}
	return differ
}

// agrees reports whether two names may be one: they share the word that tells most, and, where both
// have more words, one of these too (a father and his daughter share a surname alone).
func (n *Name) agrees(o *Name) bool {
	if !slices.ContainsFunc(n.Keys, func(k string) bool { return slices.Contains(o.Keys, k) }) {
		return false
	}
	if len(n.Full) < 2 || len(o.Full) < 2 {
		return true
	}
	shared := 0
	for _, w := range n.Full {
		if slices.ContainsFunc(o.Full, func(v string) bool { return sameWord(w, v) }) {
			shared++
		}
	}
	return shared >= 2 || shared >= min(len(n.Full), len(o.Full))
}

// sameWord reports whether two words share a reading; the readings of each are parted by bars.
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	others := strings.Split(b, "|")
	for _, x := range strings.Split(a, "|") {
		if slices.Contains(others, x) {
			return true
		}
	}
	return false
}

// within reports whether a name of one word is a word of the other.
func (n *Name) within(o *Name) bool {
	return len(n.Full) == 1 && slices.ContainsFunc(o.Full, func(v string) bool { return sameWord(n.Full[0], v) })
}

// sharedNames pairs the names that agree, each once.
func sharedNames(a, b []Name) int {
	used := make([]bool, len(b))
	n := 0
	for i := range a {
		for j := range b {
			if !used[j] && (a[i].agrees(&b[j]) || a[i].within(&b[j]) || b[j].within(&a[i])) {
				used[j] = true
				n++
				break
			}
		}
	}
	return n
}

func sharedSorted(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch strings.Compare(a[i], b[j]) {
		case 0:
			n, i, j = n+1, i+1, j+1
		case -1:
			i++
		default:
			j++
		}
	}
	return n
}

const mostWords = 240 // of a content, compared word by word

// copiedRun is the longest run of words that both texts have, and the words of the shorter text.
func copiedRun(a, b string) (run, words int) {
	x, y := wordsOf(a), wordsOf(b)
	words = min(len(x), len(y))
	row := make([]int, len(y)+1)
	for i := range x {
		diagonal := 0
		for j := range y {
			was := row[j+1]
			row[j+1] = 0
			if x[i] == y[j] {
				row[j+1] = diagonal + 1
				run = max(run, row[j+1])
			}
			diagonal = was
		}
	}
	return run, words
}

func wordsOf(s string) []string {
	w := strings.FieldsFunc(fold(s), notWord)
	return w[:min(len(w), mostWords)]
}
