package depends

import (
	"testing"

	"hearsay"
)

// The one that credits the other depends on it, whatever the dates say; else the later one; else the
// direction is said to be unknown. The order of the arguments changes nothing.
func TestLinkDirection(t *testing.T) {
	post := Side{Document: "d2", Published: "2031-05-02", Outlet: OutletKey("The Valley Post")}
	for why, c := range map[string]struct {
		other    Side
		from, by string
	}{
		"credited": {Side{Document: "d1", Published: "2031-05-01", Credited: []string{OutletKey("Valley Post")}}, "d1", "credit"},
		"later":    {Side{Document: "d1", Published: "2031-05-03T08:00:00Z"}, "d1", "date"},
		"earlier":  {Side{Document: "d1", Published: "2031-05-01"}, "d2", "date"},
		"undated":  {Side{Document: "d1"}, "d2", "unknown"},
		"same day": {Side{Document: "d1", Published: "2031-05-02T23:00:00Z"}, "d2", "unknown"},
	} {
		pairs := []hearsay.Evidence{{From: hearsay.Span{Start: 1, End: 2}, To: hearsay.Span{Start: 3, End: 4}}}
		swapped := []hearsay.Evidence{{From: pairs[0].To, To: pairs[0].From}}
		l := Link(hearsay.Copy, 1, &post, &c.other, (*Side).Credits, pairs)
		m := Link(hearsay.Copy, 1, &c.other, &post, (*Side).Credits, swapped)
		if l.From != c.from || l.DirectionBy != c.by {
			t.Errorf("%s: from %s by %s, want %s by %s", why, l.From, l.DirectionBy, c.from, c.by)
		}
		if l.From != m.From || l.Evidence[0] != m.Evidence[0] {
			t.Errorf("%s: %+v one way, %+v the other", why, l, m)
		}
		if inPost := l.Evidence[0].From.Start == 1; inPost != (l.From == "d2") {
			t.Errorf("%s: the passages are on the wrong sides: %+v", why, l)
		}
	}
}

// One key for the spellings of an outlet; agencies go by any of their names.
func TestOutletKey(t *testing.T) {
	for _, same := range [][]string{
		{"The Valley Post", "Valley Post", "valley post "},
		{"Svodka Reki", "Сводка реки"},
		{"vestnik.example", "www.vestnik.example", "Vestnik"},
		{"Reuters", "Рейтер"},
	} {
		for _, name := range same[1:] {
			if OutletKey(name) != OutletKey(same[0]) {
				t.Errorf("%q is %q, %q is %q", name, OutletKey(name), same[0], OutletKey(same[0]))
			}
		}
	}
	if OutletKey("The Valley Post") == OutletKey("The Hill Post") {
		t.Error("two outlets have one key")
	}
}
