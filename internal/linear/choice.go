package linear

import "math"

// Choice is one case of a question with several answers: the hashed features of each, and which are right.
type Choice struct {
	Options [][]uint32
	Right   []bool
}

// TrainChoice fits a log-linear choice among the options of each case (McFadden 1974) by AdaGrad over the cases in a
// fixed shuffled order; where several are right, it is their sum that counts. The table has one class: the option
// with the highest score is chosen.
func TrainChoice(cases []Choice, opt LogisticOptions) *Table {
	opt = opt.filled()
	var examples []Example
	for _, c := range cases {
		for _, o := range c.Options {
			examples = append(examples, Example{Features: o})
		}
	}
	l := newLogistic(examples, opt.MinCount)
	first := make([]int, len(cases))
	for i, n := 0, 0; i < len(cases); i++ {
		first[i] = n
		n += len(cases[i].Options)
	}
	order := shuffled(len(cases))
	for range opt.Epochs {
		for _, i := range order {
			l.choose(l.rows[first[i]:first[i]+len(cases[i].Options)], cases[i].Right, opt)
		}
	}
	return l.table()
}

// choose moves the weights down the gradient of one case.
func (l *logistic) choose(options [][]int32, right []bool, opt LogisticOptions) {
	p, most := make([]float64, len(options)), math.Inf(-1)
	for i, rows := range options {
		for _, r := range rows {
			p[i] += l.weights[r]
		}
		most = max(most, p[i])
	}
	all, good := 0.0, 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - most)
		all += p[i]
		if right[i] {
			good += p[i]
		}
	}
	gradient := map[int32]float64{}
	var touched []int32
	for i, rows := range options {
		g := float64(p[i] / all)
		if right[i] {
			g -= float64(p[i] / good)
		}
		for _, r := range rows {
			if _, ok := gradient[r]; !ok {
				touched = append(touched, r)
			}
			gradient[r] += g
		}
	}
	for _, r := range touched {
		l.move(r, gradient[r], opt)
	}
}
