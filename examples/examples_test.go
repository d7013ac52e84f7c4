// Package examples holds the sample corpus against what a careful reader found in it.
package examples

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hearsay/internal/eval"
	"hearsay/internal/format"
	"hearsay/internal/format/conform"
	"hearsay/internal/ingest"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

var update = flag.Bool("update", false, "write anew what is found today")

// slack is how much a figure may fall before the test fails: one good change may cost a little elsewhere.
const slack = 0.02

// What is found in the sample corpus gets no worse, and each record conforms to the schema and to its text.
func TestImra(t *testing.T) {
	stream := read(t, files(t))
	if err := conform.Stream(bytes.NewReader(stream)); err != nil {
		t.Error(err)
	}
	report := compare(t, stream)
	const path = "imra/gold/found.txt"
	if *update {
		if err := os.WriteFile(path, []byte(report.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	figures, err := eval.Parse(string(before))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range report.Figures {
		if i >= len(figures) || figures[i].Name != f.Name {
			t.Fatalf("%s lists other figures: run make golden", path)
		}
		if f.F1() < figures[i].F1()-slack {
			t.Errorf("%s fell from %.3f to %.3f: found %d of %d, and %d too many; run make golden and read the diff of %s", f.Name, figures[i].F1(), f.F1(), f.Found, f.Wanted, f.Extra, path)
		}
	}
	if report.String() != string(before) {
		t.Logf("%s is not up to date: run make golden", path)
	}
}

// Whatever the order in which articles come, and in however many goes: the same bytes.
func TestOrder(t *testing.T) {
	all := files(t)
	want := read(t, all)
	backwards := slices.Clone(all)
	slices.Reverse(backwards)
	if got := read(t, backwards); !bytes.Equal(got, want) {
		t.Errorf("read backwards, the stream is another one%s", difference(got, want))
	}
	if got := read(t, backwards[:7], backwards[7:9], backwards[9:]); !bytes.Equal(got, want) {
		t.Errorf("read in three goes, the stream is another one%s", difference(got, want))
	}
	if got := read(t, slices.Collect(slices.Chunk(backwards, 1))...); !bytes.Equal(got, want) {
		t.Errorf("read one by one, the stream is another one%s", difference(got, want))
	}
}

// difference shows the first line in which two streams differ.
func difference(got, want []byte) string {
	a, b := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(a), len(b)) {
		if !bytes.Equal(a[i], b[i]) {
			return "\n got " + string(a[i]) + "\nwant " + string(b[i])
		}
	}
	return ""
}

func files(t *testing.T) []string {
	t.Helper()
	out, err := filepath.Glob("imra/articles/*")
	if err != nil || len(out) == 0 {
		t.Fatal("no articles", err)
	}
	return out
}

// read takes files into a dossier, in one or several goes, and returns its record stream.
func read(t *testing.T, goes ...[]string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "imra.db")
	analyzer, err := pipeline.New(pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, paths := range goes {
		st, err := store.Open(path, store.ReadWrite)
		if err != nil {
			t.Fatal(err)
		}
		err = ingest.Walk(context.Background(), paths, ingest.Options{}, func(raw ingest.Raw) error {
			return st.Put(analyzer.Entry(raw))
		}, func(s ingest.Skip) { t.Errorf("skipped %s: %s", s.Path, s.Why) })
		if err == nil {
			err = st.Commit()
		}
		if err == nil {
			err = pipeline.Resolve(context.Background(), st, func(pipeline.Step) {})
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
	}
	st, err := store.Open(path, store.ReadOnly)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	var out bytes.Buffer
	if err := pipeline.Export(st, &out, pipeline.Run("test")); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func compare(t *testing.T, stream []byte) *eval.Report {
	t.Helper()
	gold, err := eval.Load(os.DirFS("imra/gold"))
	if err != nil {
		t.Fatal(err)
	}
	var records []format.Record
	err = format.Read(bytes.NewReader(stream), func(r format.Record) error {
		records = append(records, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	report, err := eval.Compare(gold, records)
	if err != nil {
		t.Fatal(err)
	}
	return report
}
