package attribute

// few is how many label sequences of a window are weighed against one another.
const few = 5

// track is a way to label a window up to some token: its score, and the state and the rank of the
// track that it goes on from.
type track struct {
	score       int64
	state, rank uint8
}

// lane holds the best tracks into one state, the best first.
type lane struct {
	n      int
	tracks [few]track
}

func (l *lane) full() bool { return l.n == few }

// put takes in a track if it is one of the best, and reports whether it is.
func (l *lane) put(t track) bool {
	if l.full() && t.score <= l.tracks[few-1].score {
		return false
	}
	at := l.n
	if l.full() {
		at--
	} else {
		l.n++
	}
	for at > 0 && l.tracks[at-1].score < t.score {
		l.tracks[at] = l.tracks[at-1]
		at--
	}
	l.tracks[at] = t
	return true
}

// bestFew are the best label sequences and their scores, the best first (Viterbi with a list of ways
// into each state, Seshadri & Sundberg 1994).
func (d *decoder) bestFew() ([][]uint8, []int64) {
	n := len(d.emit)
	d.lanes = resized(d.lanes, n+1)
	for i := range d.lanes[0] {
		d.lanes[0][i].n = 0
	}
	d.lanes[0][outside].put(track{})
	for k := range n {
		d.advance(k)
	}
	var end lane
	for s := range d.lanes[n] {
		for r := range d.lanes[n][s].n {
			if !end.put(track{d.lanes[n][s].tracks[r].score, uint8(s), uint8(r)}) {
				break
			}
		}
	}
	var all [][]uint8
	var scores []int64
	for _, t := range end.tracks[:end.n] {
		all, scores = append(all, d.trace(t)), append(scores, t.score)
	}
	return all, scores
}

// advance fills the lanes behind the k-th token.
func (d *decoder) advance(k int) {
	from, to := &d.lanes[k], &d.lanes[k+1]
	for i := range to {
		to[i].n = 0
	}
	for p := range from {
		if from[p].n == 0 {
			continue
		}
		before, seen := p%labels, p/labels
		for l := range labels {
			if l != inCue && d.main(k) {
				continue
			}
			s := d.step(k, before, l, seen)
			into := &to[l+labels*after(seen, l)]
			for r := range from[p].n {
				if !into.put(track{from[p].tracks[r].score + s, uint8(p), uint8(r)}) {
					break
				}
			}
		}
	}
}

// trace are the labels of a track through all lanes.
func (d *decoder) trace(t track) []uint8 {
	out := make([]uint8, len(d.emit))
	for k := len(out) - 1; k >= 0; k-- {
		out[k] = t.state % labels
		t = d.lanes[k+1][t.state].tracks[t.rank]
	}
	return out
}
