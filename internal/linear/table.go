package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Table is the run-time form of a model: weights in eight bits with square-root companding,
// scaled by the largest, behind an index from feature to row.
//
// Scores are sums of q·|q| for the eight-bit q, so they are integers; one unit is
// Unit() in the trainer's weights.
type Table struct {
	classes int
	scale   float64
	slots   []uint64 // key<<32 | body, in the order of the keys, see home; 0 is free
	homes   uint64
	count   int
	lists   []cell // the cells of longer rows, preceded by one whose class is their number
}

// The body of a slot is, where classes <= maxDense, a weight a byte; else its two top bits say:
// 0 an offset into lists; 1 one cell, class<<8 | weight; 2 two cells of 15 bits, classes below mostInPair.
const (
	inlineShift = 30
	oneCell     = 1
	twoCells    = 2
	offsetLimit = 1 << inlineShift
)

type cell struct {
	class uint16
	q     int8
}

const (
	maxDense   = 4
	mostInPair = 128 // classes of which two cells fit in a body
)

// Classes is the number of scores a feature adds to.
func (t *Table) Classes() int { return t.classes }

// Rows is the number of features with a weight.
func (t *Table) Rows() int { return t.count }

// Unit is what one unit of a score is worth in the trainer's weights.
func (t *Table) Unit() float64 { return t.scale / (127 * 127) }

// compand maps -largest..largest to -127..127 by the square root, so that small weights keep
// their relative precision. Nothing is clipped.
func compand(w, largest float64) int8 {
	if largest == 0 {
		return 0
	}
	q := math.Round(127 * math.Sqrt(abs(w)/largest))
	if w < 0 {
		q = -q
	}
	return int8(q)
}

func expand(q int8) int32 {
	x := int32(q)
	if x < 0 {
		return -x * x
	}
	return x * x
}

// expanded[uint8(q)] is expand(q).
var expanded = func() (e [256]int32) {
	for i := range e {
		e[i] = expand(int8(i))
	}
	return e
}()

// home is the slot where a key is looked for first: as far along as the key is among all that there may be.
func (t *Table) home(key uint32) uint64 { return uint64(key) * t.homes >> 32 }

// lookup returns the body of a feature's row. The key 0 shares the mark of a free slot and so
// never has a row. Rows stand in the order of their keys, so that a greater key, like a free
// slot, says that there is none (Amble & Knuth 1974, ordered hash tables).
func (t *Table) lookup(key uint32) (uint32, bool) {
	for _, s := range t.slots[t.home(key):] {
		switch k := uint32(s >> 32); {
		case s == 0 || k > key:
			return 0, false
		case k == key:
			return uint32(s), true
		}
	}
	return 0, false
}

// Add adds the weights of features to scores, which has one cell a class.
func (t *Table) Add(features []uint32, scores []int32) {
	if t.classes <= maxDense {
		t.addDense(features, []int{len(features)}, scores)
		return
	}
	t.addListed(features, scores)
}

// AddEach is Add for several lists of features, of each of which ends says where it ends. scores has the cells of
// all in a row. It waits for memory less often than Add of one list after another.
func (t *Table) AddEach(features []uint32, ends []int, scores []int32) {
	if t.classes <= maxDense {
		t.addDense(features, ends, scores)
		return
	}
	from := 0
	for i, end := range ends {
		t.addListed(features[from:end], scores[i*t.classes:(i+1)*t.classes])
		from = end
	}
}

// batch is how many features are looked up at once.
const batch = 32

// fetch reads the first slots of as many features as are looked up at once. That is done before any is
// looked at, so that the waits for memory overlap: they are most of the cost.
func (t *Table) fetch(features []uint32, first *[batch]uint64) {
	for i, key := range features[:min(batch, len(features))] {
		first[i&(batch-1)] = t.slots[t.home(key)]
	}
}

func (t *Table) addDense(features []uint32, ends []int, scores []int32) {
	var first [batch]uint64
	at := 0
	for group, end := range ends {
		var sum [maxDense]int32
		for ; at < end; at++ {
			if at%batch == 0 {
				t.fetch(features[at:], &first)
			}
			if b, ok := t.confirm(features[at], first[at%batch]); ok {
				sum[0] += expanded[uint8(b)]
				sum[1] += expanded[uint8(b>>8)]
				sum[2] += expanded[uint8(b>>16)]
				sum[3] += expanded[uint8(b>>24)]
			}
		}
		for c := range t.classes {
			scores[group*t.classes+c] += sum[c]
		}
	}
}

func (t *Table) addListed(features []uint32, scores []int32) {
	var first [batch]uint64
	var lists [batch]uint32
	for len(features) > 0 {
		now := features[:min(batch, len(features))]
		features = features[len(now):]
		t.fetch(now, &first)
		n := 0
		for i, key := range now {
			body, ok := t.confirm(key, first[i&(batch-1)])
			if !ok {
				continue
			}
			switch body >> inlineShift {
			case oneCell:
				scores[body>>8&0xffff] += expanded[uint8(body)]
			case twoCells:
				scores[body>>8&0x7f] += expanded[uint8(body)]
				scores[body>>23&0x7f] += expanded[uint8(body>>15)]
			default:
				lists[n&(batch-1)] = body
				n++
			}
		}
		t.addLists(lists[:n], scores)
	}
}

// addLists adds the lists that begin at some places. Their beginnings are read before any list is.
func (t *Table) addLists(at []uint32, scores []int32) {
	var lengths [batch]uint32
	for i, begin := range at {
		lengths[i&(batch-1)] = uint32(t.lists[begin].class)
	}
	for i, begin := range at {
		for _, c := range t.lists[begin+1 : begin+1+lengths[i&(batch-1)]] {
			scores[c.class] += expanded[uint8(c.q)]
		}
	}
}

// confirm is lookup with the first slot at hand.
func (t *Table) confirm(key uint32, slot uint64) (uint32, bool) {
	switch k := uint32(slot >> 32); {
	case slot == 0 || k > key:
		return 0, false
	case k == key:
		return uint32(slot), true
	}
	return t.lookup(key)
}

// Score returns the sum for one class alone.
func (t *Table) Score(features []uint32, class int) int32 {
	var sum int32
	for _, key := range features {
		b, ok := t.lookup(key)
		if !ok {
			continue
		}
		if t.classes <= maxDense {
			sum += expanded[uint8(b>>(8*class))]
			continue
		}
		var buf [2]cell
		for _, c := range t.listed(b, buf[:0]) {
			if int(c.class) == class {
				sum += expanded[uint8(c.q)]
				break
			}
		}
	}
	return sum
}

// builder takes rows in the order of their keys.
type builder struct {
	*Table
	next uint64 // the first slot that is still free for all later keys
}

// overflow is how many slots there usually are room for behind the last home.
const overflow = 64

// newBuilder makes room for at most so many rows, one slot in three free.
func newBuilder(classes, rows int) *builder {
	homes := max(rows*3/2, 1)
	return &builder{Table: &Table{classes: classes, homes: uint64(homes), slots: make([]uint64, homes, homes+overflow)}}
}

func (b *builder) row(key uint32, cells []cell) {
	if key == 0 {
		return
	}
	var body uint32
	if b.classes > maxDense {
		body = b.body(cells)
	} else {
		for _, c := range cells {
			body |= uint32(uint8(c.q)) << (8 * c.class)
		}
	}
	at := max(b.home(key), b.next)
	b.next = at + 1
	slot := uint64(key)<<32 | uint64(body)
	if at < uint64(len(b.slots)) {
		b.slots[at] = slot
	} else {
		b.slots = append(b.slots, slot)
	}
	b.count++
}

// body packs the cells of a row, or moves them to lists.
func (b *builder) body(cells []cell) uint32 {
	switch {
	case len(cells) == 1:
		return oneCell<<inlineShift | uint32(cells[0].class)<<8 | uint32(uint8(cells[0].q))
	case len(cells) == 2 && cells[0].class < mostInPair && cells[1].class < mostInPair:
		one := uint32(cells[0].class)<<8 | uint32(uint8(cells[0].q))
		two := uint32(cells[1].class)<<8 | uint32(uint8(cells[1].q))
		return twoCells<<inlineShift | two<<15 | one
	}
	at := uint32(len(b.lists))
	b.lists = append(b.lists, cell{class: uint16(len(cells))})
	b.lists = append(b.lists, cells...)
	return at
}

// listed appends the cells of a body of a table with many classes to buf.
func (t *Table) listed(body uint32, buf []cell) []cell {
	switch body >> inlineShift {
	case oneCell:
		return append(buf, cell{uint16(body >> 8), int8(body)})
	case twoCells:
		return append(buf, cell{uint16(body >> 8 & 0x7f), int8(body)}, cell{uint16(body >> 23 & 0x7f), int8(body >> 15)})
	}
	n := uint32(t.lists[body].class)
	return append(buf, t.lists[body+1:body+1+n]...)
}

// cells appends a row's weights to buf.
func (t *Table) cells(body uint32, buf []cell) []cell {
	if t.classes > maxDense {
		return t.listed(body, buf)
	}
	for c := range t.classes {
		if q := int8(body >> (8 * c)); q != 0 {
			buf = append(buf, cell{uint16(c), q})
		}
	}
	return buf
}

// Encode writes the table for a model file: the streams (keys, counts, classes, weights) stand
// apart because each compresses better alone.
func (t *Table) Encode() []byte {
	var keys, counts, classes, weights []byte
	var last uint32
	var buf []cell
	for _, r := range t.slots {
		if r == 0 {
			continue
		}
		key := uint32(r >> 32)
		keys = binary.AppendUvarint(keys, uint64(key-last))
		last = key
		buf = t.cells(uint32(r), buf[:0])
		counts = binary.AppendUvarint(counts, uint64(len(buf)))
		for _, c := range buf {
			classes = binary.AppendUvarint(classes, uint64(c.class))
			weights = append(weights, byte(c.q))
		}
	}
	out := binary.AppendUvarint(nil, uint64(t.classes))
	out = binary.LittleEndian.AppendUint64(out, math.Float64bits(t.scale))
	out = binary.AppendUvarint(out, uint64(t.count))
	for _, s := range [][]byte{keys, counts, classes, weights} {
		out = binary.AppendUvarint(out, uint64(len(s)))
		out = append(out, s...)
	}
	return out
}

// inLists is how many cells n rows of so many weights each take up in lists at most.
func (b *builder) inLists(counts reader, n int) (cells int) {
	for range n {
		if count := counts.uvarint(); count < math.MaxUint16 && (count > 2 || count == 2 && b.classes > mostInPair) {
			cells += int(count) + 1
		}
	}
	return cells
}

var errTable = errors.New("linear: damaged table")

// DecodeTable reads what Encode wrote.
func DecodeTable(data []byte) (*Table, error) {
	r := reader{data: data}
	most := r.uvarint()
	scale := math.Float64frombits(r.uint64())
	n := int(r.uvarint())
	keys, counts := reader{data: r.stream()}, reader{data: r.stream()}
	classes, weights := reader{data: r.stream()}, r.stream()
	if r.failed || most > math.MaxUint16 || n > len(data) || n < 0 {
		return nil, errTable
	}
	b := newBuilder(int(most), n)
	b.scale = scale
	if most > maxDense {
		b.lists = make([]cell, 0, min(b.inLists(counts, n), len(weights)+n))
	}
	var key uint32
	cells := make([]cell, 0, most)
	for range n {
		last := key
		key += uint32(keys.uvarint())
		count := int(counts.uvarint())
		if key < last || count < 0 || count > len(weights) || keys.failed || counts.failed || len(b.lists) > offsetLimit-math.MaxUint16 {
			return nil, errTable
		}
		cells = cells[:0]
		for _, q := range weights[:count] {
			c := classes.uvarint()
			if c >= most {
				return nil, fmt.Errorf("%w: class %d of %d", errTable, c, most)
			}
			cells = append(cells, cell{uint16(c), int8(q)})
		}
		weights = weights[count:]
		b.row(key, cells)
	}
	return b.Table, nil
}
