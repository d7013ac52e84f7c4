package copies

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay"
	"hearsay/internal/quote"
	"hearsay/internal/resolve/depends"
)

const bridge = `The river authority closed the northern bridge on Monday after two cracks were found in its eastern pillar.
Engineers from three districts inspected the structure through the night and measured every joint by hand.
Traffic is led over the old ferry road, which adds about forty minutes to the way into the valley.
Shopkeepers on both banks expect fewer guests during the harvest weeks and asked the council for help.
The council meets on Thursday to hear a first report and to decide how long the closure will last.`

const speech = `"We shall build this bridge again, stone by stone and plank by plank, and we shall not wait for anybody who lives far away to tell us how it is done", the mayor said.`

// doc makes a document of lines; a line that begins with a role and a bar has that role.
func doc(id, published, text string, credits ...hearsay.Credit) *Profile {
	d := &hearsay.Document{ID: id, Published: published, Text: text, Language: "en", Credits: credits}
	start := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		end := start + len(strings.TrimRight(line, "\n"))
		role := hearsay.RoleBody
		if strings.HasPrefix(line, "Cookies") {
			role = hearsay.RoleBoilerplate
		}
		if end > start {
			d.Blocks = append(d.Blocks, hearsay.Block{Span: hearsay.Span{Start: start, End: end}, Role: role})
		}
		start += len(line)
	}
	a := &hearsay.Analysis{Document: d}
	quote.Scan(a)
	p := New(a)
	return &p
}

func lines(n ...int) string {
	all := strings.Split(bridge, "\n")
	var out []string
	for _, i := range n {
		out = append(out, all[i])
	}
	return strings.Join(out, "\n")
}

func TestCompare(t *testing.T) {
	boilerplate := "Cookies help us to show you this page, accept all cookies or choose which of the cookies we and our many partners may use on this page of ours today, and think of subscribing to our daily letter for only two coins a week, until you end it."
	for _, c := range []struct {
		why        string
		a, b       string
		linked     bool
		least      float64
		upToExcerp bool
	}{
		{"the same text is a copy", bridge, bridge, true, 1, false},
		{"a changed headline and a cut ending are still a copy", "Bridge shut\n" + bridge, "Cracks stop traffic\n" + lines(0, 1, 2), true, 0.9, false},
		{"typography does not matter", bridge, strings.ToUpper(strings.ReplaceAll(bridge, ",", " –")), true, 0.9, false},
		{"other sentences in between do not matter", lines(0, 2, 4), lines(0) + "\nNobody was hurt, the police add.\n" + lines(2) + "\nThe weather stays dry.\n" + lines(4), true, 0.9, false},
		{"the same speech quoted by two reporters is no copy", "Guests came from afar to hear what would follow.\n" + speech, "The hall was full when the debate began at last.\n" + speech, false, 0, false},
		{"a shared cookie line is no copy", boilerplate + "\nThe mill burned down in the night.", boilerplate + "\nRain is expected at the weekend.", false, 0, false},
		{"another text on the same matter is no copy", bridge, "Two cracks in a pillar have led to the closing of the northern bridge. Cars must now use the ferry road. A decision is expected on Thursday, when the council meets.", false, 0, false},
		{"a long passage is an excerpt", bridge + "\nThe harvest was good this year, and the fair will open as it always did on the meadow below the church, with a band, a wheel and two days of horse races for which riders come from five valleys.", lines(0, 1, 2) + "\n" + strings.Repeat("Elsewhere the market opened as it does every week with fruit and cloth and song for all who came. ", 1) +
			"Other towns along the river have no such trouble and look on, while their own bridges carry more carts and people than in any spring that the old remember. New planks were cut in the forest and are drying under the long roof of the mill, where children play in the evening and where the miller tells of the flood that took the first bridge away. The ferryman has bought a second boat and hired his nephew. Nobody knows who will pay him when the bridge opens again, and he says little.", true, 0.2, true},
	} {
		a, b := doc("d1", "", c.a), doc("d2", "", c.b)
		l, ok := Compare(a, b)
		if ok != c.linked {
			t.Errorf("%s: linked = %v (shares %+v)", c.why, ok, SharesOf(a, b))
			continue
		}
		if ok && l.Score < c.least {
			t.Errorf("%s: score %.2f, want at least %.2f", c.why, l.Score, c.least)
		}
		if ok && c.upToExcerp != (l.Score < mostOf) {
			t.Errorf("%s: score %.2f", c.why, l.Score)
		}
	}
}

// The later one depends on the earlier; who credits the other depends on it, whatever the dates say.
func TestDirection(t *testing.T) {
	early, late := doc("d2", "2031-05-01", bridge), doc("d1", "2031-05-02T10:00:00Z", bridge)
	if l, _ := Compare(late, early); l.From != "d1" || l.To != "d2" || l.DirectionBy != "date" || l.Kind != hearsay.Copy {
		t.Errorf("by date: %+v", l)
	}
	source := doc("d3", "2031-05-03", bridge)
	source.Outlet = depends.OutletKey("The Valley Post")
	credited := doc("d4", "2031-05-01", bridge, hearsay.Credit{Kind: hearsay.CreditRepublished, Name: "The Valley Post"})
	if l, _ := Compare(credited, source); l.From != "d4" || l.DirectionBy != "credit" || l.Kind != hearsay.Republishes {
		t.Errorf("by credit: %+v", l)
	}
	if l, _ := Compare(doc("d1", "", bridge), doc("d2", "", bridge)); l.DirectionBy != "unknown" {
		t.Errorf("without dates: %+v", l)
	}
}

// Copies share keys, so that they find one another.
func TestKeys(t *testing.T) {
	a, b := doc("d1", "", bridge), doc("d2", "", "A new headline\n"+lines(0, 1, 2))
	shared := 0
	for _, k := range a.Keys() {
		for _, j := range b.Keys() {
			if k == j {
				shared++
			}
		}
	}
	if shared < 5 {
		t.Errorf("a copy with a cut ending shares %d keys", shared)
	}
	if quoted := doc("d3", "", speech); len(quoted.Keys()) > 6 {
		t.Errorf("a quotation alone gives %d keys", len(quoted.Keys()))
	}
}

// Compare gives the same link whichever document comes first.
func TestSymmetry(t *testing.T) {
	all := strings.Split(bridge+"\n"+speech, "\n")
	rapid.Check(t, func(t *rapid.T) {
		pick := func(name string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(all), 1, 8).Draw(t, name), "\n")
		}
		a, b := doc("d1", "", pick("a")), doc("d2", "", pick("b"))
		ab, okAB := Compare(a, b)
		ba, okBA := Compare(b, a)
		if okAB != okBA || ab.From != ba.From || ab.Score != ba.Score || len(ab.Evidence) != len(ba.Evidence) {
			t.Fatalf("Compare(a, b) = %+v, Compare(b, a) = %+v", ab, ba)
		}
	})
}

func FuzzNew(f *testing.F) {
	f.Add(bridge)
	f.Add("\xff\xfe «" + speech)
	f.Fuzz(func(_ *testing.T, text string) {
		p := doc("d1", "", text)
		_, _ = Compare(p, p)
	})
}

func BenchmarkCompare(b *testing.B) {
	x, y := doc("d1", "", strings.Repeat(bridge, 4)), doc("d2", "", lines(0, 1, 2))
	for b.Loop() {
		Compare(x, y)
	}
}
