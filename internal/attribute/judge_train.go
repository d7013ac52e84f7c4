package attribute

import (
	"slices"
	"sort"

	"hearsay/internal/linear"
)

// judged is what a judge asks of a reading, and whether a gold statement agrees with it.
type judged struct {
	features []uint32
	right    bool
}

// learnJudge trains the judge of whole readings on documents from which the other tables have not
// learnt.
func learnJudge(rows []judged) *linear.Table {
	examples := make([]linear.Example, len(rows))
	for i, r := range rows {
		examples[i] = linear.Example{Features: r.features, Yes: r.right}
	}
	return linear.TrainLogistic(examples, linear.LogisticOptions{MinCount: 4, Decay: 1e-4})
}

// fold is a part of the documents and a model that has not learnt from them.
type fold struct {
	model   *model
	lessons []*lesson
	cases   [2][]linear.Choice // of documents of even and of odd number
	rows    [2][]judged
}

func newFold(m *model, held []Corpus) fold {
	f := fold{model: m, lessons: lessonsOf(held)}
	for n, l := range f.lessons {
		f.cases[n%2] = append(f.cases[n%2], m.choices(l)...)
	}
	return f
}

// judgedBy fills the rows of one half of the documents.
func (f *fold) judgedBy(choice *linear.Table, half int) {
	f.model.choice = choice
	for n, l := range f.lessons {
		if n%2 == half {
			f.rows[half] = append(f.rows[half], f.model.judgedRows(l)...)
		}
	}
}

// fitted is what is learnt from held-out documents beside the judge.
type fitted struct {
	choice, judge *linear.Table
	calibration   calibration
	threshold     float64
}

// fitFolds fits the choice among readings, the judge, the calibration and the threshold: a statement counts as right where its
// content and its source agree with gold. What is calibrated are the answers of judges that have
// not learnt from the document.
func fitFolds(folds []fold, opt TrainOptions) fitted {
	var cases [2][]linear.Choice
	for _, f := range folds {
		for half := range cases {
			cases[half] = append(cases[half], f.cases[half]...)
		}
	}
	var rows [2][]judged
	var choice [2]*linear.Table
	for half := range rows {
		choice[half] = learnChoice(cases[1-half])
		for i := range folds {
			folds[i].judgedBy(choice[half], half)
			rows[half] = append(rows[half], folds[i].rows[half]...)
		}
	}
	var list []outcome
	gold := 0
	for half := range rows {
		judge := learnJudge(rows[1-half])
		for _, f := range folds {
			f.model.choice, f.model.judge = choice[half], judge
			for n, l := range f.lessons {
				if n%2 == half {
					list = append(list, f.model.outcomes(l)...)
					gold += len(l.gold)
				}
			}
		}
	}
	out := fit(list, gold, opt)
	out.choice, out.judge = learnChoice(slices.Concat(cases[0], cases[1])), learnJudge(slices.Concat(rows[0], rows[1]))
	return out
}

// judgedRows are the readings of a document and whether they are right; of those inside of gold
// content where the annotation does not look, nothing is known.
func (m *model) judgedRows(l *lesson) []judged {
	var rows []judged
	m.decodeAll(l.v, func(d *decoded, features []uint32) {
		right := l.agrees(&d.reading, make([]bool, len(l.gold)))
		if right || !l.hidden[d.head] {
			rows = append(rows, judged{slices.Clone(features), right})
		}
	})
	return rows
}

// outcome is the probability of a reading and whether it is right.
type outcome struct {
	p     float64
	right bool
}

func (m *model) outcomes(l *lesson) []outcome {
	readings := l.v.settle(m.read(l.v))
	if l.outermost {
		readings = outermost(readings)
	}
	taken := make([]bool, len(l.gold))
	sort.SliceStable(readings, func(i, j int) bool { return readings[i].score > readings[j].score })
	var out []outcome
	for i := range readings {
		out = append(out, outcome{readings[i].score, l.agrees(&readings[i], taken)})
	}
	return out
}

// alikeF1 is how much less F1 than the best is no less: it is a fraction of the standard error of a few thousand statements.
const alikeF1 = 0.002

// fit calibrates probabilities and sets the threshold: of those whose F1 is like the best the highest, for what
// is wrongly said to be somebody's word does more harm than what is missed.
func fit(list []outcome, gold int, opt TrainOptions) fitted {
	sort.SliceStable(list, func(i, j int) bool { return list[i].p > list[j].p })
	ps, rights, f1 := make([]float64, len(list)), make([]bool, len(list)), make([]float64, len(list))
	hits, best := 0, 0.0
	for i, o := range list {
		ps[i], rights[i] = o.p, o.right
		if o.right {
			hits++
		}
		f1[i] = 2 * float64(hits) / float64(i+1+gold)
		best = max(best, f1[i])
	}
	threshold := 0.5
	if i := slices.IndexFunc(f1, func(f float64) bool { return f > 0 && f >= best-alikeF1 }); i >= 0 {
		threshold = ps[i]
		opt.Log("  held out: F1 %.1f (best %.1f) at probability %.2f", 100*f1[i], 100*best, threshold)
	}
	c := isotonic(ps, rights)
	return fitted{calibration: c, threshold: c.of(threshold)}
}

// outermost drops readings whose cue lies in the content of another.
func outermost(readings []reading) []reading {
	var out []reading
	for i := range readings {
		inner := false
		for j := range readings {
			if i == j || readings[j].score < 0.3 {
				continue
			}
			for _, p := range readings[j].content {
				inner = inner || p.has(readings[i].head)
			}
		}
		if !inner {
			out = append(out, readings[i])
		}
	}
	return out
}

// agrees finds a gold statement that nobody took yet with which a reading agrees.
func (l *lesson) agrees(r *reading, taken []bool) bool {
	content := l.v.wordSet(r.content)
	for k, g := range l.gold {
		if taken[k] {
			continue
		}
		common, size := 0, 0
		for _, i := range g.content {
			if l.v.mark[i] == word {
				size++
				if content[i] {
					common++
				}
			}
		}
		if 4*common < size+len(content) {
			continue
		}
		if sourceAgrees(r.source, g.source) {
			taken[k] = true
			return true
		}
	}
	return false
}

func (v *view) wordSet(content []piece) map[int]bool {
	out := map[int]bool{}
	for _, p := range content {
		for i := p.from; i < p.to; i++ {
			if v.mark[i] == word {
				out[i] = true
			}
		}
	}
	return out
}

func sourceAgrees(s span, gold []int) bool {
	if s.empty() || len(gold) == 0 {
		return s.empty() && len(gold) == 0
	}
	common := 0
	for _, i := range gold {
		if s.has(i) {
			common++
		}
	}
	return 4*common >= len(gold)+s.to-s.from
}

// isotonic fits a rising step function to outcomes that are sorted by falling probability (pool
// adjacent violators, Ayer et al. 1955) and samples it at 21 equal steps.
func isotonic(ps []float64, right []bool) calibration {
	type block struct{ sum, n, from float64 } // from: its lowest probability
	var blocks []block
	for i := len(ps) - 1; i >= 0; i-- {
		b := block{0, 1, ps[i]}
		if right[i] {
			b.sum = 1
		}
		blocks = append(blocks, b)
		for len(blocks) > 1 {
			a, z := blocks[len(blocks)-2], blocks[len(blocks)-1]
			if a.sum*z.n < z.sum*a.n {
				break
			}
			blocks = append(blocks[:len(blocks)-2], block{a.sum + z.sum, a.n + z.n, a.from})
		}
	}
	const steps = 20
	c := make(calibration, steps+1)
	for k := range c {
		at := float64(k) / steps
		value := 0.0
		for _, b := range blocks {
			if b.from > at {
				break
			}
			value = (b.sum + 1) / (b.n + 2)
		}
		c[k] = value
		if k > 0 {
			c[k] = max(c[k], c[k-1])
		}
	}
	return c
}
