package syntax

import (
	"math"
	"slices"
)

// stride is the change of a weight in one update: averages keep their fractions.
const stride = 16

// A feature gets a row at its third update: that keeps chance features out and the model small
// (Goldberg & Elhadad 2011).
const (
	admission = 3
	seenBits  = 24
)

// weights are those of an averaged perceptron in training. All sums are integers, so that
// training gives the same bytes everywhere.
type weights struct {
	classes int
	slots   []uint64 // open addressing by the key's top bits: key<<32 | row+1, 0 is free
	shift   uint
	keys    []uint32
	now     []int16  // row-major
	sums    []int64  // of tick × change, for the average
	asked   []uint32 // how often a row was asked for, where that is recorded
	seen    []uint8  // updates of hashed keys that have no row
}

func newWeights(classes int) *weights {
	w := &weights{classes: classes, seen: make([]uint8, 1<<seenBits)}
	w.grow(12)
	return w
}

func (w *weights) grow(bits uint) {
	w.slots = make([]uint64, 1<<bits)
	w.shift = 32 - bits
	for row, key := range w.keys {
		w.slots[w.slot(key)] = uint64(key)<<32 | uint64(row+1)
	}
}

// slot is where a key is or belongs.
func (w *weights) slot(key uint32) uint32 {
	mask := uint32(len(w.slots) - 1)
	i := key >> w.shift & mask
	for w.slots[i] != 0 && uint32(w.slots[i]>>32) != key {
		i = (i + 1) & mask
	}
	return i
}

// add adds the weights of features to scores. It fetches the slots of all before it looks at
// any, so that the waits for memory overlap.
func (w *weights) add(features []uint32, scores []int32) {
	const batch = 256
	var slots [batch]uint64
	features = features[:min(len(features), batch)]
	for i, key := range features {
		slots[i&(batch-1)] = w.slots[key>>w.shift]
	}
	for i, key := range features {
		slot := slots[i&(batch-1)]
		if slot == 0 {
			continue
		}
		if uint32(slot>>32) != key {
			if slot = w.slots[w.slot(key)]; slot == 0 {
				continue
			}
		}
		row := int(uint32(slot)) - 1
		if w.asked != nil {
			w.asked[row]++
		}
		for c, x := range w.now[row*w.classes : (row+1)*w.classes] {
			scores[c] += int32(x)
		}
	}
}

// insert returns the number of a feature's row and makes one where there is none.
func (w *weights) insert(key uint32) int {
	row := w.place(key)
	if row*w.classes == len(w.now) {
		w.now = append(w.now, make([]int16, w.classes)...)
		w.sums = append(w.sums, make([]int64, w.classes)...)
	}
	return row
}

// place numbers a feature, a new one with the next number.
func (w *weights) place(key uint32) int {
	i := w.slot(key)
	if row := uint32(w.slots[i]); row != 0 {
		return int(row) - 1
	}
	if len(w.keys)*2 > len(w.slots) {
		w.grow(33 - w.shift)
		i = w.slot(key)
	}
	w.keys = append(w.keys, key)
	w.slots[i] = uint64(key)<<32 | uint64(len(w.keys))
	return len(w.keys) - 1
}

// admitted counts the updates of a feature without a row and reports whether it has had enough.
func (w *weights) admitted(key uint32) bool {
	if w.slots[w.slot(key)] != 0 {
		return true
	}
	count := &w.seen[key*0x9e3779b1>>(32-seenBits)]
	*count++
	return *count >= admission
}

// learn moves a feature's weights towards one class and away from another; -1 is no class.
func (w *weights) learn(key uint32, towards, from int, tick int64) {
	if !w.admitted(key) {
		return
	}
	row := w.insert(key) * w.classes
	if towards >= 0 && w.now[row+towards] < math.MaxInt16-stride {
		w.now[row+towards] += stride
		w.sums[row+towards] += tick * stride
	}
	if from >= 0 && w.now[row+from] > math.MinInt16+stride {
		w.now[row+from] -= stride
		w.sums[row+from] -= tick * stride
	}
}

func (w *weights) learnAll(keys []uint32, towards, from int, tick int64) {
	for _, key := range keys {
		w.learn(key, towards, from, tick)
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
	c.slots, c.keys = slices.Clone(w.slots), slices.Clone(w.keys)
	c.now = make([]int16, len(w.now))
	for i, x := range w.now {
		c.now[i] = mean(x, w.sums[i], ticks)
	}
	c.sums, c.seen = nil, nil
	return &c
}

func mean(now int16, sum, ticks int64) int16 {
	if sum == 0 {
		return now
	}
	half := ticks / 2
	if sum < 0 {
		half = -half
	}
	return now - int16((sum+half)/ticks)
}
