package syntax

import (
	"bytes"
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
	for _, other := range strings.Fields(os.Getenv("OTHER")) {
		x := labJK(t, other)
		for i, toks := range x.Train {
			if x.Sources[i] == 0 || os.Getenv("ALLOTHER") != "" {
				o.Helpers = append(o.Helpers, toks)
			}
		}
	}
	for _, f := range strings.Fields(os.Getenv("AUG")) {
		trees, err := ReadTreebank("/work/shared/data/ud/" + f)
		if err != nil {
			t.Fatal(err)
		}
		for _, tr := range trees {
			o.Helpers = append(o.Helpers, tr.Tokens)
		}
	}
	if os.Getenv("PLAIN") != "" {
		o.Sources = nil
	}
	m, rels := trainParserModel(d.Train, d.Dev, &o)
	for _, k := range []int{100, 200, 300, 400, 1000, 600} {
		fmt.Printf("rows %dk: ", k)
		sec := m.sections(rels, o.Beam, k*1000, k*250)
		if k == 600 {
			sec, _ = calibrate(sec, d.Dev, o)
		}
		labReport(t, sec, d.Dev)
	}
}

func labReport(t *testing.T, sections []linear.Section, dev [][]hearsay.Token) {
	f := &linear.File{Sections: sections}
	var buf bytes.Buffer
	linear.Write(&buf, f)
	os.WriteFile("/tmp/jk/model."+os.Getenv("LAB"), buf.Bytes(), 0o644)
	p, err := newParser(f)
	if err != nil {
		t.Fatal(err)
	}
	var n, u, l int
	start := cpu()
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
	sec := cpu()-start
	fmt.Printf("FINAL UAS %.2f LAS %.2f  %.0f words/s  %.2f MB rows %d %d\n", 100*float64(u)/float64(n), 100*float64(l)/float64(n), float64(n)/sec, float64(buf.Len())/1e6, p.actions.Rows(), p.labels.Rows())
	for _, s := range sections {
		var one bytes.Buffer
		linear.Write(&one, &linear.File{Sections: []linear.Section{s}})
		fmt.Printf("   %s %d %d", s.Name, len(s.Data), one.Len())
	}
	fmt.Println()
}
