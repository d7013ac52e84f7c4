package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"hearsay"
	"hearsay/internal/crowd"
	"hearsay/internal/ingest"
	"hearsay/internal/store"
)

// material analyses the articles from which crowds are made: those of the data folder that
// HEARSAY_SHARED names, else the sample corpus.
func material(tb testing.TB, an *Analyzer) []*hearsay.Analysis {
	tb.Helper()
	paths := []string{"../examples/imra/articles"}
	if shared := os.Getenv("HEARSAY_SHARED"); shared != "" {
		paths = nil
		for _, p := range []string{"ntrex/dev", "polnear/dev/text", "german-quotes/dev/text"} {
			paths = append(paths, filepath.Join(shared, "data", p))
		}
	}
	var out []*hearsay.Analysis
	err := ingest.Walk(tb.Context(), paths, ingest.Options{}, func(raw ingest.Raw) error {
		out = append(out, an.Document(raw))
		return nil
	}, func(s ingest.Skip) { tb.Errorf("skipped %+v", s) })
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// put analyses the articles of a crowd from one number to another into a dossier, which commits as it does for
// hearsay read.
func put(tb testing.TB, st *store.Store, an *Analyzer, c *crowd.Crowd, from, to int) {
	tb.Helper()
	for i := from; i < to; i++ {
		a := c.Article(i)
		raw := ingest.Raw{
			Kind: ingest.KindArticle, URL: a.URL, SHA256: fmt.Sprint(i), Text: a.Text,
			Meta: ingest.Meta{Title: a.Title, Outlet: a.Outlet, Published: a.Published},
		}
		if err := st.Put(an.Entry(raw)); err != nil {
			tb.Fatal(err)
		}
	}
}

// BenchmarkRead takes short articles from raw text into a dossier, without linking them.
func BenchmarkRead(b *testing.B) {
	an, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	c := crowd.New(material(b, an))
	st, err := store.Open(filepath.Join(b.TempDir(), "crowd.db"), store.ReadWrite)
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	n, size := 0, 0
	for b.Loop() {
		size += len(c.Article(n).Text)
		put(b, st, an, c, n, n+1)
		n++
	}
	b.SetBytes(int64(size / n))
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
}

// BenchmarkResolve links a crowd of short articles, and one more: documents/s of the first, and the
// time of the second. It takes a thousand, and as many as HEARSAY_DOCUMENTS says: ten thousand have to be read for
// minutes before they can be linked, and need a longer -timeout.
func BenchmarkResolve(b *testing.B) {
	an, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	c := crowd.New(material(b, an))
	sizes := []int{1_000}
	if n, err := strconv.Atoi(os.Getenv("HEARSAY_DOCUMENTS")); err == nil {
		sizes = append(sizes, n)
	}
	for _, n := range sizes {
		b.Run(fmt.Sprintf("documents=%d", n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				st, err := store.Open(filepath.Join(b.TempDir(), "crowd.db"), store.ReadWrite)
				if err != nil {
					b.Fatal(err)
				}
				put(b, st, an, c, 0, n)
				if err := st.Commit(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				begun := time.Now()
				if err := Resolve(b.Context(), st, func(Step) {}); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(n)/time.Since(begun).Seconds(), "documents/s")
				b.StopTimer()
				put(b, st, an, c, n, n+10)
				if err := st.Commit(); err != nil {
					b.Fatal(err)
				}
				begun = time.Now()
				if err := Resolve(b.Context(), st, func(Step) {}); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(begun).Seconds()*100, "ms/one-more")
				if err := st.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}
