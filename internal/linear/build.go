package linear

import "slices"

// NewTable quantises weights that were trained elsewhere: row-major, one row a key, keys
// distinct and in any order. Weights of magnitude below least are left out.
func NewTable(classes int, keys []uint32, weights []int32, least int32) *Table {
	var largest float64
	for _, w := range weights {
		largest = max(largest, abs(float64(w)))
	}
	order := make([]int32, len(keys))
	for row := range order {
		order[row] = int32(row)
	}
	slices.SortFunc(order, func(a, b int32) int { return int(int64(keys[a]) - int64(keys[b])) })
	b := newBuilder(classes, len(keys))
	b.scale = largest
	var cells []cell
	for _, row := range order {
		cells = cells[:0]
		for c, w := range weights[int(row)*classes : (int(row)+1)*classes] {
			if max(w, -w) < least {
				continue
			}
			if q := compand(float64(w), largest); q != 0 {
				cells = append(cells, cell{uint16(c), q})
			}
		}
		if len(cells) > 0 {
			b.row(keys[row], cells)
		}
	}
	return b.Table
}
