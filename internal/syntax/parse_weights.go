package syntax

// weights are those of an averaged perceptron in training. All sums are integers, so that
// training gives the same bytes everywhere.
type weights struct {
	classes int
	slots   []int32 // open addressing by the key's top bits; row+1, 0 is free
	shift   uint
	keys    []uint32
	touched []uint8 // in how many updates a row was, up to minUpdates
	now     []int32 // row-major
	sums    []int64 // of tick × change, for the average
}

// minUpdates is how often a feature must have been updated to count: it keeps chance features
// out and halves the model.
const minUpdates = 2

// stride is the change of a weight in one update: averages keep their fractions.
const stride = 64

func newWeights(classes int) *weights {
	w := &weights{classes: classes}
	w.grow(12)
	return w
}

func (w *weights) grow(bits uint) {
	w.slots = make([]int32, 1<<bits)
	w.shift = 32 - bits
	for row, key := range w.keys {
		w.slots[w.slot(key)] = int32(row) + 1
	}
}

// slot is where a key is or belongs.
func (w *weights) slot(key uint32) uint32 {
	mask := uint32(len(w.slots) - 1)
	i := key >> w.shift
	for w.slots[i] != 0 && w.keys[w.slots[i]-1] != key {
		i = (i + 1) & mask
	}
	return i
}

// row returns a feature's row of weights, nil where it has none that count.
func (w *weights) row(key uint32) []int32 {
	row := int(w.slots[w.slot(key)]) - 1
	if row < 0 || w.touched[row] < minUpdates {
		return nil
	}
	return w.now[row*w.classes : (row+1)*w.classes]
}

func (w *weights) insert(key uint32) int {
	i := w.slot(key)
	if row := w.slots[i]; row != 0 {
		return int(row) - 1
	}
	if len(w.keys)*2 > len(w.slots) {
		w.grow(33 - w.shift)
		i = w.slot(key)
	}
	w.keys = append(w.keys, key)
	w.touched = append(w.touched, 0)
	w.now = append(w.now, make([]int32, w.classes)...)
	w.sums = append(w.sums, make([]int64, w.classes)...)
	w.slots[i] = int32(len(w.keys))
	return len(w.keys) - 1
}

// learn moves a feature's weights towards one class and away from another; -1 is no class.
func (w *weights) learn(key uint32, towards, from int, tick int64) {
	row := w.insert(key)
	if w.touched[row] < minUpdates {
		w.touched[row]++
	}
	if towards >= 0 {
		w.now[row*w.classes+towards] += stride
		w.sums[row*w.classes+towards] += tick * stride
	}
	if from >= 0 {
		w.now[row*w.classes+from] -= stride
		w.sums[row*w.classes+from] -= tick * stride
	}
}

// average turns the weights into their mean over ticks and starts the average anew.
func (w *weights) average(ticks int64) {
	for i, x := range w.now {
		w.now[i] = mean(x, w.sums[i], ticks)
	}
	clear(w.sums)
}

// averaged is a copy with the mean weights, to be scored with and not trained on.
func (w *weights) averaged(ticks int64) *weights {
	c := *w
	c.now = make([]int32, len(w.now))
	for i, x := range w.now {
		c.now[i] = mean(x, w.sums[i], ticks)
	}
	c.sums = nil
	return &c
}

func mean(now int32, sum, ticks int64) int32 {
	half := ticks / 2
	if sum < 0 {
		half = -half
	}
	return now - int32((sum+half)/ticks)
}
