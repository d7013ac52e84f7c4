package linear

import (
	"cmp"
	"slices"
)

// Mix averages several trainings of one model on the same data in different order (parameter
// mixing: McDonald, Hall & Mann 2010) and quantises the mean: what each learnt by chance cancels
// out. At most so many features are kept, those with the greatest weights, and of the weights of a feature those
// that would have kept it.
func Mix(trainers []*Trainer, keep int) *Table {
	rows := mixedRows(trainers)
	largest := 0.0
	for _, r := range rows {
		largest = max(largest, r.heaviest())
	}
	least := leastWeight(rows, keep)
	b := newBuilder(trainers[0].classes, min(len(rows), keep+1))
	b.scale = largest / float64(len(trainers))
	var cells []cell
	for _, r := range rows {
		cells = cells[:0]
		for _, c := range r.cells {
			if abs(c.sum) < least {
				continue
			}
			if q := compand(c.sum, largest); q != 0 {
				cells = append(cells, cell{c.class, q})
			}
		}
		if len(cells) > 0 {
			b.row(r.key, cells)
		}
	}
	return b.Table
}

// mixedRow is a feature with the sums of its weights, by class.
type mixedRow struct {
	key   uint32
	cells []mixedCell
}

type mixedCell struct {
	class uint16
	sum   float64
}

// heaviest is the greatest magnitude of a row's sums.
func (r mixedRow) heaviest() float64 {
	h := 0.0
	for _, c := range r.cells {
		h = max(h, abs(c.sum))
	}
	return h
}

// mixedRows adds up the averaged weights of the trainers, by key.
func mixedRows(trainers []*Trainer) []mixedRow {
	type place struct {
		key          uint32
		trainer, row int32
	}
	var places []place
	for n, t := range trainers {
		for row, key := range t.keys {
			if int(t.updates[row]) >= t.minUpdates {
				places = append(places, place{key, int32(n), int32(row)})
			}
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.trainer, b.trainer))
	})
	var rows []mixedRow
	for _, p := range places {
		if len(rows) == 0 || rows[len(rows)-1].key != p.key {
			rows = append(rows, mixedRow{key: p.key})
		}
		t, to := trainers[p.trainer], &rows[len(rows)-1]
		for _, c := range t.rows[p.row] {
			to.add(c.class, t.averaged(c))
		}
	}
	return rows
}

func (r *mixedRow) add(class uint16, w float64) {
	i, ok := slices.BinarySearchFunc(r.cells, class, func(c mixedCell, class uint16) int { return cmp.Compare(c.class, class) })
	if !ok {
		r.cells = slices.Insert(r.cells, i, mixedCell{class: class})
	}
	r.cells[i].sum += w
}

// leastWeight is the least weight with which at most so many rows have one.
func leastWeight(rows []mixedRow, most int) float64 {
	weights := make([]float64, len(rows))
	for i, r := range rows {
		weights[i] = r.heaviest()
	}
	slices.SortFunc(weights, func(a, b float64) int { return cmp.Compare(b, a) })
	if len(weights) == 0 {
		return 0
	}
	return weights[min(most, len(weights)-1)]
}
