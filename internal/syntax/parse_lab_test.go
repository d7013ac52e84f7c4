package syntax

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"hearsay"
	"hearsay/internal/linear"
)

func labRead(t testing.TB, files string) (out [][]hearsay.Token) {
	for _, f := range strings.Fields(files) {
		trees, err := ReadTreebank("/work/shared/data/ud/" + f)
		if err != nil {
			t.Fatal(err)
		}
		for _, tr := range trees {
			out = append(out, tr.Tokens)
		}
	}
	return out
}

func TestLab(t *testing.T) {
	if os.Getenv("LAB") == "" {
		t.Skip()
	}
	train, dev := labRead(t, os.Getenv("LABTRAIN")), labRead(t, os.Getenv("LABDEV"))
	start := time.Now()
	o := parserOptions{Log: func(f string, a ...any) { fmt.Printf("%6.1fs ", time.Since(start).Seconds()); fmt.Printf(f+"\n", a...) }}
	fmt.Sscan(os.Getenv("BEAM"), &o.Beam)
	fmt.Sscan(os.Getenv("EPOCHS"), &o.Epochs)
	fmt.Sscan(os.Getenv("GREEDY"), &o.Greedy)
	sections, err := trainParser(train, dev, o)
	if err != nil {
		t.Fatal(err)
	}
	labReport(t, sections, dev)
}

func labReport(t *testing.T, sections []linear.Section, dev [][]hearsay.Token) {
	f := &linear.File{Sections: sections}
	var buf strings.Builder
	linear.Write(&buf, f)
	p, err := newParser(f)
	if err != nil {
		t.Fatal(err)
	}
	var n, u, l int
	start := time.Now()
	for _, toks := range dev {
		c := append([]hearsay.Token(nil), toks...)
		p.Parse(c)
		for i := range c {
			n++
			if c[i].Head == toks[i].Head {
				u++
				if c[i].Rel == toks[i].Rel {
					l++
				}
			}
		}
	}
	sec := time.Since(start).Seconds()
	fmt.Printf("FINAL UAS %.2f LAS %.2f  %.0f words/s  %.2f MB rows %d %d\n", 100*float64(u)/float64(n), 100*float64(l)/float64(n), float64(n)/sec, float64(buf.Len())/1e6, p.actions.Rows(), p.labels.Rows())
}
