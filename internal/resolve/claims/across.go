package claims

import "slices"

// compareAcross compares two statements of different languages by what survives translation: who is
// named, what is counted, when, and words that sound alike or stand for one predicate. Without the
// same days nothing is sure.
func compareAcross(a, b *Item) (Pair, bool) {
	l := likenessAcross(a, b)
	if l.when != sameTime && l.root == agree && l.figures+l.names > 0 && !l.odd && len(l.gaps) == 0 && mood(a) == mood(b) && reversed(a, b, l) {
		return Pair{Score: l.dice, Sign: -1, Why: whyReversed}, true
	}
	if !moods(a, b, l.speaker) || l.odd && !l.omits(a, b) || l.agent == differ || l.root == differ || l.when != sameTime || l.namesA > 0 && l.namesB > 0 {
		return Pair{}, false
	}
	p := Pair{Score: l.dice, Sign: a.Sign * b.Sign, Why: "the same names, figures, dates and predicate in two languages"}
	fits := ratio(len(a.Text), len(b.Text)) >= 0.4
	switch {
	case len(l.gaps) > 0:
		if l.dice < 0.5 || l.root != agree {
			return Pair{}, false
		}
		return clash(a, b, l)
	case p.Sign < 0:
		p.Why = "the same names, figures, dates and predicate, denied in one language"
		if !a.single() || !b.single() || !a.Denies && !b.Denies || l.root != agree || l.figures+l.times == 0 || !l.covers(a, b, 0.5) || l.dice < 0.8 {
			return Pair{}, false
		}
		p.Sure = true
	default:
		p.Sure = fits && l.covers(a, b, 0.25) && l.sureAcross()
	}
	if !p.Sure && (measures(a) != measures(b) || l.shared < 3 || l.dice < 0.66 || !fits || l.speaker == differ && l.root != agree) {
		return Pair{}, false
	}
	return p, true
}

// measures reports whether a content gives a figure with a unit: that is then what it says above all.
func measures(it *Item) bool {
	return slices.ContainsFunc(it.Figures, func(f Figure) bool { return f.Unit != "" })
}

// omits reports whether one of two contents leaves out no more than how few of something there are, which
// both name, while another figure agrees: "the closing of two sluices explains 10 cm", "of the sluices".
func (l *likeness) omits(a, b *Item) bool {
	if l.figures == 0 || len(l.gaps) > 0 {
		return false
	}
	return fewOf(a, b) && fewOf(b, a)
}

const few = 10 // things that a retelling may leave uncounted

// fewOf reports whether all figures of one content that the other lacks count a few of what that names.
func fewOf(a, b *Item) bool {
	used := make([]bool, len(b.Figures))
	l := &likeness{}
	for i := range a.Figures {
		f := &a.Figures[i]
		if l.pairFigure(f, b.Figures, used) || f.Unit+f.Of == "" {
			continue
		}
		of := conceptOf(a.Language, f.Of)
		if f.Unit != "" || of == "" || f.High > few || f.High < f.Low || !slices.Contains(b.concepts(), of) {
			return false
		}
	}
	return true
}

// sureAcross asks for one speaker with the same predicate and one more thing in common, or for more
// in common than chance would give two news of the same days, a figure or a date with it.
func (l *likeness) sureAcross() bool {
	switch {
	case l.speaker == agree && l.root == agree:
		return l.shared >= 3 && l.dice >= 0.66 || l.times > 0 && l.dice >= 0.5
	case l.speaker == agree:
		return l.shared >= 3 && l.dice >= 0.75 && l.figures+l.times > 0
	}
	return l.shared >= 4 && l.dice >= 0.7 && l.root == agree && l.figures+l.times > 0
}

// covers reports whether what two contents share is no less than a part of the shorter one: of a long
// sentence a few known words tell little.
func (l *likeness) covers(a, b *Item, part float64) bool {
	return float64(l.shared) >= part*float64(min(a.size(), b.size()))
}

func ratio(a, b int) float64 { return float64(min(a, b)) / float64(max(a, b, 1)) }

func likenessAcross(a, b *Item) *likeness {
	l := &likeness{when: timing(a, b), speaker: sameSpeaker(a, b)}
	l.names = sharedNames(a.Names, b.Names)
	l.namesA, l.namesB = len(a.Names)-l.names, len(b.Names)-l.names
	l.compareFigures(a, b)
	sounds := sharedSorted(a.Sounds, b.Sounds)
	ca, cb := a.concepts(), b.concepts()
	concepts := sharedSorted(ca, cb)
	l.root = compareConcepts(a, b)
	l.times = sharedTimes(a.Times, b.Times)
	l.shared = l.names + l.figures + l.times + max(sounds, concepts)
	l.onlyA = l.namesA + len(a.Figures) - l.figures - len(l.gaps) + len(ca) - concepts
	l.onlyB = l.namesB + len(b.Figures) - l.figures - len(l.gaps) + len(cb) - concepts
	l.dice = 2 * float64(l.shared) / float64(max(1, 2*l.shared+l.onlyA+l.onlyB))
	l.agent = compareAgents(a, b)
	return l
}

// deed is the concept of what a content's main predicate says to happen, "" where it is unknown or a thing.
func deed(it *Item) string {
	if c := conceptOf(it.Language, it.Root); c != "" && c[0] != '=' {
		return c
	}
	return ""
}

// compareConcepts compares the main predicates as far as the table of predicates knows both or they
// sound alike, else all that happens in the two contents.
func compareConcepts(a, b *Item) agreement {
	x, y := deed(a), deed(b)
	switch {
	case x != "" && x == y || soundAlike(a.Root, b.Root):
		return agree
	case x != "" && y != "":
		return differ
	}
	one, two := happens(a.concepts()), happens(b.concepts())
	switch {
	case x != "" && !slices.Contains(two, x), y != "" && !slices.Contains(one, y):
		return untold // what one says above all may be more than the other says
	case sharedSorted(one, two) > 0:
		return agree
	case len(one) > 0 && len(two) > 0:
		return differ
	}
	return untold
}
