package syntax

import (
	"encoding/gob"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"hearsay"
	"hearsay/internal/linear"
)

func labJK(t *testing.T, lang string) (d jk) {
	f, err := os.Open("/tmp/jk/" + lang)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := gob.NewDecoder(f).Decode(&d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestLab(t *testing.T) {
	lang := os.Getenv("LAB")
	if lang == "" {
		t.Skip()
	}
	d := labJK(t, lang)
	start := time.Now()
	o := parserOptions{Sources: d.Sources, Log: func(f string, a ...any) { fmt.Printf("%6.1fs ", time.Since(start).Seconds()); fmt.Printf(f+"\n", a...) }}
	fmt.Sscan(os.Getenv("BEAM"), &o.Beam)
	fmt.Sscan(os.Getenv("EPOCHS"), &o.Epochs)
	fmt.Sscan(os.Getenv("GREEDY"), &o.Greedy)
	for i, other := range strings.Fields(os.Getenv("OTHER")) {
		x := labJK(t, other)
		d.Train = append(d.Train, x.Train...)
		for _, s := range x.Sources {
			o.Sources = append(o.Sources, s+10*(i+1))
		}
	}
	sections, err := trainParser(d.Train, d.Dev, o)
	if err != nil {
		t.Fatal(err)
	}
	labReport(t, sections, d.Dev)
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
