package pipeline

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"hearsay/internal/crowd"
	"hearsay/internal/ingest"
	"hearsay/internal/resolve/names"
	"hearsay/internal/store"
)

// template makes short articles out of a few sentences, so that all share phrases with all; every other
// one says much else, so that it is no copy.
func template(i int) ingest.Raw {
	r := rand.New(rand.NewPCG(3, uint64(i)))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	who := pick("Anna Berg", "Tomas Rehn")
	text := fmt.Sprintf("%s said that the bridge in %s would be closed until %s. %s denied that the harbour of Marn had been sold to Korvia.",
		who, pick("Vellin", "Talmar"), pick("May", "June"), pick("Petra Lenk", "Davor Lenk"))
	for n := 0; i%2 == 0 && n < 40; n++ {
		text += " " + pick("Rain", "Snow", "Fog", "Hail") + " fell on " + pick("hills", "roofs", "fields", "lakes", "walls") + pick(".", " for hours.", " again.", " at night.")
	}
	return ingest.Raw{
		Kind: ingest.KindArticle, URL: fmt.Sprintf("https://a.example/%d", i), SHA256: fmt.Sprint(i), Text: text,
		Meta: ingest.Meta{Title: fmt.Sprintf("News %d", i), Outlet: pick("Courier", "Post", "Watch"), Published: pick("", "2024-03-01", "2024-03-02", "2024-03-03")},
	}
}

// Where so many share a key that only neighbours are compared, the order and the number of goes still
// change nothing: what a newcomer moves apart is taken back, and what the going of an old version moves
// together is compared.
func TestOrderDoesNotMatterInACrowd(t *testing.T) {
	an, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	entry := remembered(an)
	var raws []ingest.Raw
	for i := range 16 {
		raws = append(raws, template(i))
	}
	c := crowd.New(material(t, an))
	for i := range 16 {
		a := c.Article(i)
		raws = append(raws, ingest.Raw{
			Kind: ingest.KindArticle, URL: a.URL, SHA256: fmt.Sprint(i), Text: a.Text,
			Meta: ingest.Meta{Title: a.Title, Outlet: a.Outlet, Published: a.Published},
		})
	}
	const newVersions = 6
	for i := range newVersions {
		newer := template(i)
		newer.SHA256, newer.Text = "newer", newer.Text+" Nobody else spoke."
		raws = append(raws, newer)
	}
	r := rand.New(rand.NewPCG(1, 2))
	want := readIn(t, entry, [][]ingest.Raw{raws})
	for trial := range 3 {
		goes := inGoes(r, raws, trial*12)
		if got := readIn(t, entry, goes); !bytes.Equal(got, want) {
			t.Fatalf("in %d goes:%s", len(goes), firstDifference(got, want))
		}
	}
}

// namesakes makes an article about persons whose names sound alike; its newer version names others.
func namesakes(i int, version string) ingest.Raw {
	r := rand.New(rand.NewPCG(uint64(i), uint64(version[0])))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	text := fmt.Sprintf("%s %s said that the bridge in Vellin would be closed.", pick("Anna", "Petra", "Tomas", "Nora"), pick("Berg", "Borg", "Birk", "Burk", "Barg"))
	switch r.IntN(3) {
	case 0:
		text = fmt.Sprintf("%s said that the bridge in Vellin would be closed.", pick("Berg", "Borg", "Birk", "Burk"))
	case 1:
		text = fmt.Sprintf("%s %s сказала, что мост в Веллине закроют.", pick("Анна", "Петра", "Нора"), pick("Берг", "Борг", "Бирк"))
	}
	return ingest.Raw{
		Kind: ingest.KindArticle, URL: fmt.Sprintf("https://b.example/%d", i), SHA256: version, Text: text,
		Meta: ingest.Meta{Title: fmt.Sprintf("Bridge %d", i), Outlet: "Courier", Published: "2024-03-01"},
	}
}

// Keys of names come to be shared by too many and by few enough again, over late documents and over old versions
// that are replaced: neither the order nor the number of goes changes who is whom.
func TestOrderDoesNotMatterAmongNamesakes(t *testing.T) {
	an, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	entry := remembered(an)
	const documents, newVersions = 24, 16
	var raws []ingest.Raw
	for i := range documents {
		raws = append(raws, namesakes(i, "first"))
	}
	for i := range newVersions {
		raws = append(raws, namesakes(i, "newer"))
	}
	r := rand.New(rand.NewPCG(7, 8))
	for _, crowd := range []int{1, 4} {
		want := readAmong(t, entry, [][]ingest.Raw{raws}, crowd)
		for trial := range 3 {
			goes := inGoes(r, raws, trial*8)
			if got := readAmong(t, entry, goes, crowd); !bytes.Equal(got, want) {
				t.Fatalf("in %d goes, %d to a key:%s", len(goes), crowd, firstDifference(got, want))
			}
		}
	}
}

// remembered analyses each article once.
func remembered(an *Analyzer) func(ingest.Raw) *store.Entry {
	known := map[string]*store.Entry{}
	return func(raw ingest.Raw) *store.Entry {
		key := raw.URL + " " + raw.SHA256
		if known[key] == nil {
			known[key] = an.Entry(raw)
		}
		return known[key]
	}
}

// inGoes cuts articles in another order into goes of few.
func inGoes(r *rand.Rand, raws []ingest.Raw, most int) [][]ingest.Raw {
	order := slices.Clone(raws)
	r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	olderFirst(order)
	var goes [][]ingest.Raw
	for len(order) > 0 {
		n := min(len(order), 1+r.IntN(1+most))
		goes = append(goes, order[:n])
		order = order[n:]
	}
	return goes
}

// olderFirst puts what has two versions in the order in which they came.
func olderFirst(order []ingest.Raw) {
	for i := range order {
		for j := range order[:i] {
			if order[i].URL == order[j].URL && order[j].SHA256 == "newer" {
				order[i], order[j] = order[j], order[i]
			}
		}
	}
}

// readIn reads articles in several goes, comparing close neighbours alone, and gives the record stream.
func readIn(t *testing.T, entry func(ingest.Raw) *store.Entry, goes [][]ingest.Raw) []byte {
	t.Helper()
	return readAmong(t, entry, goes, names.Crowd)
}

// readAmong does so with no more than crowd spellings to a key of names.
func readAmong(t *testing.T, entry func(ingest.Raw) *store.Entry, goes [][]ingest.Raw, crowd int) []byte {
	t.Helper()
	st, err := store.Open(filepath.Join(t.TempDir(), "crowd.db"), store.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	for _, raws := range goes {
		for _, raw := range raws {
			e := entry(raw)
			if e.Analysis.Document.Supersedes, err = st.Current(raw.URL); err != nil {
				t.Fatal(err)
			}
			if err := st.Put(e); err != nil {
				t.Fatal(err)
			}
		}
		if err := st.Commit(); err != nil {
			t.Fatal(err)
		}
		r := newResolver(st, func(Step) {})
		for i := range r.linkers {
			r.linkers[i].reach = 2
		}
		r.sameness.reach = 1
		r.crowd = crowd
		if err := r.run(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := Export(st, &out, Run("test")); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func firstDifference(got, want []byte) string {
	a, b := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(a), len(b)) {
		if !bytes.Equal(a[i], b[i]) {
			return fmt.Sprintf("\n got %s\nwant %s", a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}
