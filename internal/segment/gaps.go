package segment

import (
	"hearsay/internal/linear"
)

// label is the decision on the gap after a character.
type label uint8

const (
	inside label = iota
	tokenEnd
	sentenceEnd
	labelCount
)

// gaps labels the gap after every character; those after white space mean nothing.
func (t *text) gaps(labels []label, m *Model) []label {
	var f features
	for i := range t.chars {
		c := &t.chars[i]
		switch {
		case c.space:
			labels = append(labels, inside)
		case c.next < 0:
			labels = append(labels, tokenEnd)
		case t.settled(i) || c.kept:
			labels = append(labels, inside)
		case m == nil:
			labels = append(labels, t.rule(i))
		default:
			f.extract(t, i, labels)
			labels = append(labels, t.decide(i, m.table, &f))
		}
	}
	t.wholeHyphens(labels)
	return labels
}

// wholeHyphens joins what was cut on one side of a hyphen between letters: no treebanks but those of English and French
// have words that begin or end with one there.
func (t *text) wholeHyphens(labels []label) {
	if t.language == "fr" || t.language == "en" {
		return
	}
	for i := 1; i+1 < len(t.chars); i++ {
		if t.chars[i].class == hyphen && t.chars[i-1].class.letter() && t.chars[i+1].class.letter() && labels[i-1] != labels[i] && labels[i-1] != sentenceEnd && labels[i] != sentenceEnd {
			labels[i-1], labels[i] = inside, inside
		}
	}
}

// settled says that there is no boundary for certain: within a run of letters or of digits.
func (t *text) settled(i int) bool {
	a, b := t.chars[i].class, t.chars[i+1].class
	return b == mark || a.letter() && b.letter() || a == digit && b == digit
}

type scorer interface {
	Add(features []uint32, scores []int32)
}

func (t *text) decide(i int, table scorer, f *features) label {
	var scores [labelCount]int32
	table.Add(f.list, scores[:])
	if t.mustEnd(i) {
		return sentenceEnd
	}
	return t.best(i, &scores, t.mayEnd(i))
}

// mustEnd says that a sentence ends after character i for certain: a full stop and a closing
// quotation mark before white space and a capital (where the sentence went on, a comma would stand
// there), any terminator and a closing mark before one that opens, or a full stop after a longer
// word, a number, an acronym, a closing mark or a bracket before a quotation that opens.
func (t *text) mustEnd(i int) bool {
	c := t.chars[i]
	if c.depth > 0 || !t.chars[i+1].space {
		return false
	}
	next := t.chars[c.next]
	opens := next.class == openQuote || next.class == straightQuote && next.depth > 0
	switch c.class {
	case closeQuote, straightQuote:
		before := t.previous(i)
		if before < 1 {
			return false
		}
		switch t.chars[before].class {
		case fullStop:
			return (opens || next.class == upperLetter) && t.chars[before-1].class == lowerLetter
		case terminator:
			return opens || next.class == upperLetter && t.verbFollowsQuote()
		}
	case fullStop:
		return opens && i >= 4 && t.endsLong(i)
	}
	return false
}

// verbFollowsQuote says that a quotation inside a sentence is followed by a comma, a dash or the
// verb, so that a capital begins a new sentence: „Wer?“, fragte Berg. « Qui ? » demande Berg. But:
// "Who?" Berg asked.
func (t *text) verbFollowsQuote() bool {
	switch t.language {
	case "be", "de", "es", "fr", "pl", "ru", "uk":
		return true
	}
	return false
}

// endsLong says that a word of at least four letters, a number of at least three digits, an acronym
// of at least three capitals, a closing mark or a bracket stands before character i: an abbreviation
// is shorter.
func (t *text) endsLong(i int) bool {
	switch c := t.chars[i-1].class; c {
	case closeQuote, straightQuote, closeBracket:
		return true
	case lowerLetter, digit, upperLetter:
		alike := t.chars[i-2].class == c && t.chars[i-3].class == c
		return alike && (c != lowerLetter || t.chars[i-4].class.letter())
	}
	return false
}

// best is the label with the highest score of those that are possible.
func (t *text) best(i int, scores *[labelCount]int32, mayEnd bool) label {
	best := tokenEnd
	if scores[inside] > scores[tokenEnd] && (!t.chars[i+1].space || t.groups(i)) {
		best = inside
	}
	if mayEnd && scores[sentenceEnd] > scores[best] {
		best = sentenceEnd
	}
	return best
}

// groups says that one space stands between groups of digits after character i: "820 000",
// which some treebanks take as one token.
func (t *text) groups(i int) bool {
	c := t.chars[i]
	if c.class != digit || c.next != i+2 || i+4 >= len(t.chars) {
		return false
	}
	for _, d := range t.chars[i+2 : i+5] {
		if d.class != digit {
			return false
		}
	}
	return i+5 == len(t.chars) || t.chars[i+5].class != digit
}

// mayEnd holds the constraints on the end of a sentence after character i.
func (t *text) mayEnd(i int) bool {
	c := t.chars[i]
	next := t.chars[c.next]
	if t.abbreviation(i) || t.initial(i) && next.class == upperLetter || c.class == digit && next.class == digit {
		return false
	}
	if t.terminated(i) {
		// A quotation goes on to its mark: no end between "!" and »”«.
		return !(next.class == closeQuote && c.depth > 0)
	}
	return c.depth == 0 && c.class != pause && c.class != comma && opensSentence(next.class)
}

// opensSentence says that a sentence may begin with such a character although the one before
// has no full stop.
func opensSentence(c class) bool {
	switch c {
	case lowerLetter, comma, fullStop, terminator, pause, dash, hyphen, closeBracket, slash:
		return false
	}
	return true
}

// terminated says that the text up to character i ends in a full stop or the like, apart from
// closing quotation marks and brackets.
func (t *text) terminated(i int) bool {
	for last := max(0, i-8); i >= last; i-- {
		switch c := t.chars[i].class; {
		case c == fullStop, c == terminator, c == emoji:
			return true
		case c.closing(), c == apostrophe, c == space:
		default:
			return false
		}
	}
	return false
}

// rule decides without a model: white space and changes of class end tokens; a terminator
// before white space and a capital ends a sentence.
func (t *text) rule(i int) label {
	a, b := t.chars[i], t.chars[i+1]
	next := t.chars[a.next]
	if (a.class == fullStop || a.class == terminator || a.class.closing()) && t.terminated(i) && (b.space || a.class.closing()) &&
		next.class != lowerLetter && next.class != digit && !next.class.closing() && a.depth == 0 && !t.initial(i) && !t.abbreviation(i) {
		return sentenceEnd
	}
	if b.space {
		return tokenEnd
	}
	if b.class == hyphen || a.class == hyphen || b.class == apostrophe && a.class.letter() || a.class == apostrophe && b.class.letter() {
		return inside
	}
	if (a.class.letter() || a.class == digit) && (b.class.letter() || b.class == digit) || a.r == b.r {
		return inside
	}
	if b.class == fullStop && t.initial(i+1) || t.decimal(i) || t.decimal(i+1) {
		return inside
	}
	return tokenEnd
}

// decimal says that a comma or full stop at i stands between digits.
func (t *text) decimal(i int) bool {
	c := t.chars[i].class
	return (c == fullStop || c == comma) && i > 0 && i+1 < len(t.chars) && t.chars[i-1].class == digit && t.chars[i+1].class == digit
}

// initial says that the full stop at i follows a single letter: "J. Danek".
func (t *text) initial(i int) bool {
	return t.chars[i].class == fullStop && i > 0 && t.chars[i-1].class == upperLetter && (i == 1 || !t.chars[i-2].class.letter())
}

// features are those of one gap.
type features struct {
	list []uint32
	n    int
}

func (f *features) add(a, b, c uint64) {
	f.list = append(f.list, linear.Feature3(f.n, a, b, c))
	f.n++
}

// wordLimit is how many characters of a word the features look at.
const wordLimit = 24

// extract fills the features of the gap after character i; labels holds the decisions before.
func (f *features) extract(t *text, i int, labels []label) {
	f.list, f.n = f.list[:0], 0
	at := func(j int) (uint64, uint64) {
		if j < 0 || j >= len(t.chars) {
			return 1, 1
		}
		return uint64(t.chars[j].lower) + 2, uint64(t.chars[j].class) + 2
	}
	l0, lc0 := at(i)
	l1, lc1 := at(i - 1)
	l2, lc2 := at(i - 2)
	_, lc3 := at(i - 3)
	r0, rc0 := at(i + 1)
	r1, rc1 := at(i + 2)
	r2, rc2 := at(i + 3)
	n := t.chars[i].next
	_, nc0 := at(n)
	_, nc1 := at(n + 1)
	gap := uint64(1)
	if t.chars[i+1].space {
		gap = 2
	}
	left, leftShape, start := t.wordLeft(i)
	right, rightShape := t.wordRight(n)
	before, beforeShape, _ := t.wordLeft(t.previous(start))
	stop := uint64(0)
	if t.terminated(i) {
		stop = 1
	}
	depth := uint64(min(t.chars[i].depth, 2))
	ended := t.sinceBoundary(i, labels)

	f.add(gap, 0, 0)
	f.add(l0, r0, gap)
	f.add(lc0, rc0, gap)
	f.add(l0, rc0, gap)
	f.add(lc0, r0, gap)
	f.add(lc1<<8|lc0, rc0<<8|rc1, gap)
	f.add(lc2<<16|lc1<<8|lc0, rc0<<8|rc1, rc2)
	f.add(l1<<32|l0, r0, gap)
	f.add(l0, r0<<32|r1, gap)
	f.add(l2<<32|l1, l0, gap)
	f.add(r0<<32|r1, r2, gap)
	f.add(left, gap, 0)
	f.add(left, rc0, nc0)
	f.add(right, gap, 0)
	f.add(right, lc0, lc1)
	f.add(left, right, gap)
	f.add(left, rightShape, gap)
	f.add(leftShape, right, gap)
	f.add(leftShape, rightShape, gap)
	f.add(before, left, gap)
	f.add(beforeShape, leftShape, rightShape)
	f.add(nc0, nc1, stop<<8|gap)
	f.add(lc0<<8|lc1, nc0<<8|nc1, stop<<16|depth<<8|gap)
	f.add(stop<<8|depth, leftShape, nc0<<8|gap)
	f.add(ended, lc0, nc0<<8|gap)
	f.add(lc3<<24|lc2<<16|lc1<<8|lc0, nc0, gap)
	f.add(depth, lc0, r0<<8|gap)
}

// sinceBoundary is the length of the sentence so far, roughly: full stops weigh differently
// after one word and after ten.
func (t *text) sinceBoundary(i int, labels []label) uint64 {
	tokens := uint64(0)
	for j := i - 1; j >= 0 && tokens < 8 && i-j < 200; j-- {
		if labels[j] == sentenceEnd {
			break
		}
		if labels[j] == tokenEnd {
			tokens++
		}
	}
	return tokens
}

func (t *text) previous(i int) int {
	for i--; i >= 0 && t.chars[i].space; i-- {
	}
	return i
}

// wordLeft hashes the run of characters up to i without white space, and its shape.
func (t *text) wordLeft(i int) (word, shape uint64, start int) {
	word, shape = 7, 7
	start = i
	var last class
	for j := i; j >= 0 && !t.chars[j].space && i-j < wordLimit; j-- {
		word = linear.Combine(word, uint64(t.chars[j].lower))
		if c := t.chars[j].class; c != last {
			shape = linear.Combine(shape, uint64(c))
			last = c
		}
		start = j
	}
	return word, shape, start
}

// wordRight is wordLeft forwards from i.
func (t *text) wordRight(i int) (word, shape uint64) {
	word, shape = 7, 7
	var last class
	for j := i; j >= 0 && j < len(t.chars) && !t.chars[j].space && j-i < wordLimit; j++ {
		word = linear.Combine(word, uint64(t.chars[j].lower))
		if c := t.chars[j].class; c != last {
			shape = linear.Combine(shape, uint64(c))
			last = c
		}
	}
	return word, shape
}
