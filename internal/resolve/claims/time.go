package claims

import (
	"time"

	"hearsay/internal/resolve/depends"
)

// How far apart in days two texts that tell the same may be.
const (
	sameNews    = 3  // one event, told within these days
	nearNews    = 10 // perhaps one event
	updateGap   = 1  // a later count is an update, not a clash
	promiseKept = 60 // how long it is remembered who promised what
)

// near says what the times of two items tell about whether they speak of one event.
type near int

const (
	unknownTime near = iota
	sameTime
	closeTime
	farTime
)

// timing compares the times that the contents name, and when their documents were published.
func timing(a, b *Item) near {
	switch named := namedTimes(a.Times, b.Times); {
	case named != unknownTime:
		return named
	case a.Document == b.Document:
		return sameTime
	}
	gap, ok := daysBetween(a, b)
	switch {
	case !ok:
		return unknownTime
	case gap <= sameNews:
		return sameTime
	case gap <= nearNews:
		return closeTime
	}
	return farTime
}

// namedTimes compares days and months that contents name; longer periods fit too much to tell that
// two events are one, but those that do not meet tell that they are two.
func namedTimes(a, b []Period) near {
	if len(a) == 0 || len(b) == 0 {
		return unknownTime
	}
	meets := false
	for _, x := range a {
		for _, y := range b {
			if x.From <= y.To && y.From <= x.To {
				meets = true
				if x.days() <= 31 && y.days() <= 31 {
					return sameTime
				}
			}
		}
	}
	if meets {
		return unknownTime
	}
	return farTime
}

// sharedTimes pairs the days and months that two contents name alike.
func sharedTimes(a, b []Period) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			if x == y {
				n++
				break
			}
		}
	}
	return min(n, len(b))
}

func (p Period) days() int {
	from, ok := dayOf(p.From)
	to, ok2 := dayOf(p.To)
	if !ok || !ok2 {
		return 1 << 20
	}
	return to - from + 1
}

// daysBetween is how many days lie between the publication of two items.
func daysBetween(a, b *Item) (int, bool) {
	x, ok := dayOf(a.Published)
	y, ok2 := dayOf(b.Published)
	if !ok || !ok2 {
		return 0, false
	}
	return max(x-y, y-x), true
}

// dayOf counts days since 1970.
func dayOf(date string) (int, bool) {
	if len(date) < len(time.DateOnly) {
		return 0, false
	}
	t, err := time.Parse(time.DateOnly, date[:len(time.DateOnly)])
	if err != nil {
		return 0, false
	}
	return int(t.Unix() / 86400), true
}

func before(a, b string) bool { return depends.Before(a, b) }
