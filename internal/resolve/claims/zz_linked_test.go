package claims

import (
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"hearsay"
	"hearsay/internal/resolve/translations"
)

func TestZZLinked(t *testing.T) {
	f, err := os.Open("/tmp/gdev.gob")
	if err != nil {
		t.Skip()
	}
	var docs []*hearsay.Analysis
	gob.NewDecoder(f).Decode(&docs)
	prof := map[string][]Item{}
	tr := map[string]translations.Profile{}
	byLine := map[string][]*hearsay.Analysis{}
	for _, a := range docs {
		ids := make([]string, len(a.Statements))
		for i := range ids {
			ids[i] = fmt.Sprintf("%s-%03d", a.Document.ID, i)
		}
		prof[a.Document.ID] = Profile(a, ids)
		tr[a.Document.ID] = translations.New(a)
		byLine[filepath.Base(a.Document.Path)] = append(byLine[filepath.Base(a.Document.Path)], a)
	}
	st := map[string]int{}
	shown := 0
	for _, k := range sortedKeys(byLine) {
		ds := byLine[k]
		for i := range ds {
			for j := range ds {
				if i == j || ds[i].Document.Language > ds[j].Document.Language {
					continue
				}
				x, y := tr[ds[i].Document.ID], tr[ds[j].Document.ID]
				l, ok := translations.Compare(&x, &y)
				if !ok {
					st["no link"]++
					continue
				}
				A, B := prof[l.From], prof[l.To]
				for n := range A {
					a := &A[n]
					if len(a.Holders) > 0 {
						continue
					}
					best, reason := 0.0, "nothing near"
					var bb *Item
					for m := range B {
						b := &B[m]
						if len(b.Content) == 0 || len(a.Content) == 0 {
							continue
						}
						p, ok := placed(a, b, l.Evidence)
						if ok && p > best {
							best, bb = p, b
							switch {
							case p < 0.5:
								reason = "far"
							case !alike(a, b):
								reason = "not alike"
							case a.Sign != b.Sign:
								reason = "sign"
							case len(b.Holders) > 0:
								reason = "depth"
							case p < placedWell:
								reason = "placed .5-.8"
							case l.Score < sureLink:
								reason = "link"
							default:
								reason = "ok"
							}
						}
					}
					st[reason]++
					if (reason == "not alike") && shown < 24 && st["not alike"]%40 == 0 {
						shown++
						fmt.Println(reason, best, a.Source.Form, a.Source.Name, a.Cue, a.Text, "\n    ", bb.Source.Form, bb.Source.Name, bb.Cue, bb.Text)
					}
				}
			}
		}
	}
	for _, k := range sortedKeys(st) {
		fmt.Println(k, st[k])
	}
}
