package attribute

import (
	"slices"

	"hearsay/internal/linear"
)

// partLesson is a gold cue and its parts.
type partLesson struct {
	v    *view
	c    *candidate
	gold goldStatement
}

// partTrainers learn what partScorers score.
type partTrainers struct {
	label, move, entry *linear.Trainer
}

func (t partTrainers) scorers() partScorers {
	return partScorers{t.label, t.move, t.entry, units{1, 1, 1}}
}

func (t partTrainers) tick() {
	t.label.Tick()
	t.move.Tick()
	t.entry.Tick()
}

// learnParts trains the labels by a structured perceptron (Collins 2002).
func (m *model) learnParts(lessons []*partLesson, opt TrainOptions) {
	const leastUpdates = 3
	t := partTrainers{linear.NewTrainer(labels, leastUpdates), linear.NewTrainer(labels*labels, leastUpdates), linear.NewTrainer(states, leastUpdates)}
	d := decoder{f: features{lexical: m.partWords()}}
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	for epoch := range opt.PartEpochs {
		shuffle(order, uint64(epoch))
		wrong := 0
		for _, i := range order {
			if !lessons[i].learn(&d, t) {
				wrong++
			}
		}
		opt.Log("  epoch %d: %d of %d wrong", epoch+1, wrong, len(lessons))
	}
	m.parts = partTables{label: t.label.Table(0), move: t.move.Table(0), entry: t.entry.Table(0)}.inUnits()
}

func shuffle(order []int, seed uint64) {
	for i := len(order) - 1; i > 0; i-- {
		seed = linear.Combine(seed, uint64(i))
		j := int(seed % uint64(i+1))
		order[i], order[j] = order[j], order[i]
	}
}

// learn updates the trainers where their labels differ from gold, and reports whether they agree.
func (p *partLesson) learn(d *decoder, t partTrainers) bool {
	p.v.look(p.c, &d.w)
	p.v.score(d, t.scorers())
	got := d.best()
	want := p.labels(&d.w)
	if !slices.Equal(got, want) {
		p.learnLabels(got, want, d, t)
		p.learnEntries(got, want, d, t)
	}
	t.tick()
	return slices.Equal(got, want)
}

func (p *partLesson) learnLabels(got, want []uint8, d *decoder, t partTrainers) {
	before, wanted := outside, outside
	for k := range got {
		g, w := int(got[k]), int(want[k])
		i := d.w.from + k
		if g != w {
			d.f.list = d.f.list[:0]
			p.v.partFeatures(&d.w, i, &d.f)
			t.label.Update(d.f.list, w, 1)
			t.label.Update(d.f.list, g, -1)
		}
		if g != w || before != wanted {
			d.f.list = d.f.list[:0]
			p.v.moveFeatures(&d.w, i, &d.f)
			t.move.Update(d.f.list, wanted*labels+w, 1)
			t.move.Update(d.f.list, before*labels+g, -1)
		}
		before, wanted = g, w
	}
}

// learnEntries updates the trainer where a source or a content begins in one sequence of labels and
// not in the other.
func (p *partLesson) learnEntries(got, want []uint8, d *decoder, t partTrainers) {
	seenGot, seenWant := 0, 0
	beforeGot, beforeWant := outside, outside
	for k := range got {
		g, w := int(got[k]), int(want[k])
		enterGot, enterWant := enters(beforeGot, g), enters(beforeWant, w)
		if (enterGot || enterWant) && (enterGot != enterWant || g != w || seenGot != seenWant) {
			d.f.list = d.f.list[:0]
			p.v.entryFeatures(&d.w, d.w.from+k, &d.f)
			if enterWant {
				t.entry.Update(d.f.list, seenWant*labels+w, 1)
			}
			if enterGot {
				t.entry.Update(d.f.list, seenGot*labels+g, -1)
			}
		}
		seenGot, seenWant = after(seenGot, g), after(seenWant, w)
		beforeGot, beforeWant = g, w
	}
}

func (p *partLesson) labels(w *window) []uint8 {
	out := make([]uint8, w.to-w.from)
	set := func(tokens []int, label uint8) {
		for _, i := range tokens {
			if w.has(i) {
				out[i-w.from] = label
			}
		}
	}
	set(p.gold.content, inContent)
	set(p.gold.source, inSource)
	set(p.gold.cue, inCue)
	for i := p.c.match.First; i < p.c.match.Last; i++ {
		if w.has(i) {
			out[i-w.from] = inCue
		}
	}
	return out
}
