package pipeline

import (
	"os"
	"path/filepath"
	"testing"

	"hearsay"
	"hearsay/internal/ingest"
)

// sharedDocuments analyses the parallel news articles of the evaluation data, if they are at hand:
// HEARSAY_SHARED names their folder. Keys are language/article.
func sharedDocuments(t *testing.T) map[string]*hearsay.Analysis {
	t.Helper()
	shared := os.Getenv("HEARSAY_SHARED")
	if shared == "" {
		t.Skip("HEARSAY_SHARED is not set: this is an evaluation")
	}
	an, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*hearsay.Analysis{}
	err = ingest.Walk(t.Context(), []string{filepath.Join(shared, "data/ntrex/dev")}, ingest.Options{}, func(raw ingest.Raw) error {
		p := filepath.ToSlash(raw.Path)
		out[filepath.Base(filepath.Dir(p))+"/"+filepath.Base(p)] = an.Document(raw)
		return nil
	}, func(s ingest.Skip) { t.Errorf("skipped %+v", s) })
	if err != nil {
		t.Fatal(err)
	}
	return out
}
