package linear

import (
	"encoding/binary"
	"slices"
)

// Index maps features to small numbers, in eight bytes a slot.
type Index struct {
	slots []uint64 // key<<32 | value+1; 0 is free
	shift uint
	count int
}

// NewIndex builds an index. Values must be below 2^32-1; the key 0 is as good as any.
func NewIndex(values map[uint32]uint32) Index {
	keys := make([]uint32, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	x := makeIndex(len(keys))
	for _, k := range keys {
		x.put(k, values[k])
	}
	return x
}

func makeIndex(n int) Index {
	bits := uint(4)
	for 1<<bits < n*4/3 {
		bits++
	}
	return Index{slots: make([]uint64, 1<<bits), shift: 32 - bits, count: n}
}

func (x *Index) put(key, value uint32) {
	mask := uint32(len(x.slots) - 1)
	i := key >> x.shift
	for x.slots[i] != 0 {
		i = (i + 1) & mask
	}
	x.slots[i] = uint64(key)<<32 | uint64(value+1)
}

// Len is the number of keys.
func (x *Index) Len() int { return x.count }

// Get returns the value of a key.
func (x *Index) Get(key uint32) (uint32, bool) {
	if len(x.slots) == 0 {
		return 0, false
	}
	mask := uint32(len(x.slots) - 1)
	for i := key >> x.shift; ; i = (i + 1) & mask {
		s := x.slots[i&mask]
		if s == 0 {
			return 0, false
		}
		if uint32(s>>32) == key {
			return uint32(s) - 1, true
		}
	}
}

// Append writes the index to b.
func (x *Index) Append(b []byte) []byte {
	var rows []uint64
	for _, s := range x.slots {
		if s != 0 {
			rows = append(rows, s)
		}
	}
	slices.Sort(rows)
	b = binary.AppendUvarint(b, uint64(len(rows)))
	var last uint32
	for _, r := range rows {
		b = binary.AppendUvarint(b, uint64(uint32(r>>32)-last))
		last = uint32(r >> 32)
	}
	for _, r := range rows {
		b = binary.AppendUvarint(b, uint64(uint32(r)-1))
	}
	return b
}

// Index reads what Append wrote; values must be below limit.
func (d *Decoder) Index(limit int) Index {
	n := d.Int()
	if n > len(d.r.data) {
		d.r.failed = true
		return Index{}
	}
	keys := make([]uint32, n)
	var last uint32
	for i := range keys {
		last += uint32(d.Uint())
		keys[i] = last
	}
	x := makeIndex(n)
	for _, k := range keys {
		v := d.Uint()
		if v >= uint64(limit) {
			d.r.failed = true
			return Index{}
		}
		x.put(k, uint32(v))
	}
	return x
}
