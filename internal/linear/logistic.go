package linear

import (
	"math"
	"slices"
)

// Example is one case of a yes-or-no question: hashed features and the answer.
type Example struct {
	Features []uint32
	Yes      bool
	Weight   float64 // 0 counts as 1
}

// LogisticOptions steer TrainLogistic; the zero value is sensible.
type LogisticOptions struct {
	Epochs   int     // 0: 8
	Rate     float64 // of AdaGrad; 0: 0.15
	Decay    float64 // L2, per example; 0: 1e-5
	MinCount int     // features of fewer examples are left out; 0: 2
}

// TrainLogistic fits a logistic regression by AdaGrad (Duchi, Hazan & Singer 2011) over examples
// in a fixed shuffled order. The table has one class; Probability turns its score into a
// probability.
func TrainLogistic(examples []Example, opt LogisticOptions) *Table {
	opt = opt.filled()
	l := newLogistic(examples, opt.MinCount)
	order := shuffled(len(examples))
	for range opt.Epochs {
		for _, i := range order {
			l.step(l.rows[i], &examples[i], opt)
		}
	}
	return l.table()
}

func (o LogisticOptions) filled() LogisticOptions {
	if o.Epochs == 0 {
		o.Epochs = 8
	}
	if o.Rate == 0 {
		o.Rate = 0.15
	}
	if o.Decay == 0 {
		o.Decay = 1e-5
	}
	if o.MinCount == 0 {
		o.MinCount = 2
	}
	return o
}

// logistic holds the weights of the features that are kept.
type logistic struct {
	keys    []uint32
	weights []float64
	squares []float64 // sums of squared gradients
	rows    [][]int32 // of each example
}

func newLogistic(examples []Example, minCount int) *logistic {
	count := map[uint32]int32{}
	for _, e := range examples {
		for _, f := range e.Features {
			count[f]++
		}
	}
	l := &logistic{}
	for f, n := range count {
		if int(n) >= minCount {
			l.keys = append(l.keys, f)
		}
	}
	slices.Sort(l.keys)
	row := make(map[uint32]int32, len(l.keys))
	for i, f := range l.keys {
		row[f] = int32(i)
	}
	l.weights, l.squares = make([]float64, len(l.keys)), make([]float64, len(l.keys))
	l.rows = make([][]int32, len(examples))
	for i, e := range examples {
		for _, f := range e.Features {
			if r, ok := row[f]; ok {
				l.rows[i] = append(l.rows[i], r)
			}
		}
	}
	return l
}

// step moves the weights down the gradient of one example. The conversions keep the compiler
// from fusing, so that every machine gets the same bits.
func (l *logistic) step(rows []int32, e *Example, opt LogisticOptions) {
	sum := 0.0
	for _, r := range rows {
		sum += l.weights[r]
	}
	gradient := 1 / (1 + math.Exp(-sum))
	if e.Yes {
		gradient--
	}
	if e.Weight > 0 {
		gradient = float64(gradient * e.Weight)
	}
	for _, r := range rows {
		l.move(r, gradient, opt)
	}
}

// move changes one weight by AdaGrad.
func (l *logistic) move(r int32, gradient float64, opt LogisticOptions) {
	g := gradient + float64(opt.Decay*l.weights[r])
	l.squares[r] += float64(g * g)
	l.weights[r] -= float64(opt.Rate * g / math.Sqrt(l.squares[r]+1e-8))
}

func (l *logistic) table() *Table {
	b := newBuilder(1, len(l.keys))
	for _, w := range l.weights {
		b.scale = max(b.scale, abs(w))
	}
	for i, key := range l.keys {
		if q := compand(l.weights[i], b.scale); q != 0 {
			b.row(key, []cell{{0, q}})
		}
	}
	return b.Table
}

// shuffled is a permutation that is the same on every run.
func shuffled(n int) []int {
	order := make([]int, n)
	state := uint64(1)
	for i := range order {
		state = Combine(state, uint64(i))
		j := int(state % uint64(i+1))
		order[i] = order[j]
		order[j] = i
	}
	return order
}

// Probability is the logistic regression's answer: how likely it is that the answer is yes.
func (t *Table) Probability(features []uint32) float64 {
	return 1 / (1 + math.Exp(-float64(t.Score(features, 0))*t.Unit()))
}
