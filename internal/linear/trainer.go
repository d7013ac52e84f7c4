package linear

import "slices"

// Trainer is an averaged perceptron (Freund & Schapire 1999; Collins 2002) over hashed
// features. Its sums are integers, so that training gives the same bytes everywhere.
type Trainer struct {
	classes    int
	minUpdates int
	slots      []int32 // open addressing by the key's top bits; row+1, 0 is free
	shift      uint
	keys       []uint32
	updates    []int32 // how often a row was updated
	weights    []int32 // row-major
	sums       []int64 // of tick × delta, for the average
	tick       int64
}

// NewTrainer makes an empty model. A feature's weights count only once it was updated
// minUpdates times (Goldberg & Elhadad 2011), which keeps the model small and the chance
// features out; 1 admits all.
func NewTrainer(classes, minUpdates int) *Trainer {
	t := &Trainer{classes: classes, minUpdates: minUpdates, tick: 1}
	t.resize(12)
	return t
}

// Classes is the number of scores a feature adds to.
func (t *Trainer) Classes() int { return t.classes }

// Rows is the number of features seen in updates.
func (t *Trainer) Rows() int { return len(t.keys) }

func (t *Trainer) resize(bits uint) {
	t.slots = make([]int32, 1<<bits)
	t.shift = 32 - bits
	for row, key := range t.keys {
		t.slots[t.free(key)] = int32(row) + 1
	}
}

func (t *Trainer) free(key uint32) uint32 {
	mask := uint32(len(t.slots) - 1)
	i := key >> t.shift
	for t.slots[i] != 0 {
		i = (i + 1) & mask
	}
	return i
}

func (t *Trainer) find(key uint32) int {
	mask := uint32(len(t.slots) - 1)
	for i := key >> t.shift; ; i = (i + 1) & mask {
		row := t.slots[i]
		if row == 0 {
			return -1
		}
		if t.keys[row-1] == key {
			return int(row) - 1
		}
	}
}

func (t *Trainer) insert(key uint32) int {
	if row := t.find(key); row >= 0 {
		return row
	}
	if len(t.keys)*3 > len(t.slots)*2 {
		t.resize(33 - t.shift)
	}
	row := len(t.keys)
	t.keys = append(t.keys, key)
	t.updates = append(t.updates, 0)
	t.weights = append(t.weights, make([]int32, t.classes)...)
	t.sums = append(t.sums, make([]int64, t.classes)...)
	t.slots[t.free(key)] = int32(row) + 1
	return row
}

// Add adds the current weights of features to scores, which has one cell a class.
func (t *Trainer) Add(features []uint32, scores []int32) {
	for _, key := range features {
		row := t.find(key)
		if row < 0 || int(t.updates[row]) < t.minUpdates {
			continue
		}
		w := t.weights[row*t.classes : (row+1)*t.classes]
		for c, x := range w {
			scores[c] += x
		}
	}
}

// Score returns the sum for one class alone.
func (t *Trainer) Score(features []uint32, class int) int32 {
	var sum int32
	for _, key := range features {
		if row := t.find(key); row >= 0 && int(t.updates[row]) >= t.minUpdates {
			sum += t.weights[row*t.classes+class]
		}
	}
	return sum
}

// Update adds delta to the weights of one class.
func (t *Trainer) Update(features []uint32, class int, delta int32) {
	for _, key := range features {
		row := t.insert(key)
		t.updates[row]++
		cell := row*t.classes + class
		t.weights[cell] += delta
		t.sums[cell] += t.tick * int64(delta)
	}
}

// Learn is the perceptron's step: towards gold, away from predicted, and a tick.
func (t *Trainer) Learn(features []uint32, gold, predicted int) {
	if gold != predicted {
		t.Update(features, gold, 1)
		t.Update(features, predicted, -1)
	}
	t.tick++
}

// Tick ends one example. The average is over ticks.
func (t *Trainer) Tick() { t.tick++ }

// averaged is the mean of a cell's weight over all ticks.
func (t *Trainer) averaged(cell int) float64 {
	return float64(t.weights[cell]) - float64(t.sums[cell])/float64(t.tick)
}

// Clone copies the trainer, to go on from the same weights in two ways.
func (t *Trainer) Clone() *Trainer {
	c := *t
	c.slots = slices.Clone(t.slots)
	c.keys = slices.Clone(t.keys)
	c.updates = slices.Clone(t.updates)
	c.weights = slices.Clone(t.weights)
	c.sums = slices.Clone(t.sums)
	return &c
}

// Table averages and quantises the weights. Weights that are less than drop times the largest
// are left out; 0 keeps every one that does not round to nothing.
func (t *Trainer) Table(drop float64) *Table {
	var largest float64
	for row := range t.keys {
		if int(t.updates[row]) < t.minUpdates {
			continue
		}
		for c := range t.classes {
			largest = max(largest, abs(t.averaged(row*t.classes+c)))
		}
	}
	b := builder{classes: t.classes, scale: largest}
	order := make([]int32, 0, len(t.keys))
	for row := range t.keys {
		if int(t.updates[row]) >= t.minUpdates {
			order = append(order, int32(row))
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return int(int64(t.keys[a]) - int64(t.keys[b])) })
	var cells []cell
	for _, row := range order {
		cells = cells[:0]
		for c := range t.classes {
			w := t.averaged(int(row)*t.classes + c)
			if abs(w) < drop*largest {
				continue
			}
			if q := compand(w, largest); q != 0 {
				cells = append(cells, cell{uint16(c), q})
			}
		}
		if len(cells) > 0 {
			b.row(t.keys[row], cells)
		}
	}
	return b.table()
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}
