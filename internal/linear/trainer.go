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
	rows       [][]weight
	tick       int64
}

// weight is a non-zero cell of a row, rows being sorted by class.
type weight struct {
	class uint16
	w     int32
	sum   int64 // of tick × delta, for the average
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
	t.rows = append(t.rows, nil)
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
		for _, c := range t.rows[row] {
			scores[c.class] += c.w
		}
	}
}

// Score returns the sum for one class alone.
func (t *Trainer) Score(features []uint32, class int) int32 {
	var sum int32
	for _, key := range features {
		if row := t.find(key); row >= 0 && int(t.updates[row]) >= t.minUpdates {
			if i, ok := cellOf(t.rows[row], class); ok {
				sum += t.rows[row][i].w
			}
		}
	}
	return sum
}

// Update adds delta to the weights of one class.
func (t *Trainer) Update(features []uint32, class int, delta int32) {
	for _, key := range features {
		row := t.insert(key)
		t.updates[row]++
		i, ok := cellOf(t.rows[row], class)
		if !ok {
			t.rows[row] = slices.Insert(t.rows[row], i, weight{class: uint16(class)})
		}
		c := &t.rows[row][i]
		c.w += delta
		c.sum += t.tick * int64(delta)
	}
}

func cellOf(row []weight, class int) (int, bool) {
	for i, c := range row {
		if int(c.class) >= class {
			return i, int(c.class) == class
		}
	}
	return len(row), false
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
func (t *Trainer) averaged(c weight) float64 {
	return float64(c.w) - float64(c.sum)/float64(t.tick)
}

// Clone copies the trainer, to go on from the same weights in two ways.
func (t *Trainer) Clone() *Trainer {
	c := *t
	c.slots = slices.Clone(t.slots)
	c.keys = slices.Clone(t.keys)
	c.updates = slices.Clone(t.updates)
	c.rows = make([][]weight, len(t.rows))
	for i, row := range t.rows {
		c.rows[i] = slices.Clone(row)
	}
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
		for _, c := range t.rows[row] {
			largest = max(largest, abs(t.averaged(c)))
		}
	}
	order := make([]int32, 0, len(t.keys))
	for row := range t.keys {
		if int(t.updates[row]) >= t.minUpdates {
			order = append(order, int32(row))
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return int(int64(t.keys[a]) - int64(t.keys[b])) })
	b := newBuilder(t.classes, len(order))
	b.scale = largest
	var cells []cell
	for _, row := range order {
		cells = cells[:0]
		for _, c := range t.rows[row] {
			w := t.averaged(c)
			if abs(w) < drop*largest {
				continue
			}
			if q := compand(w, largest); q != 0 {
				cells = append(cells, cell{c.class, q})
			}
		}
		if len(cells) > 0 {
			b.row(t.keys[row], cells)
		}
	}
	return b.Table
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}
