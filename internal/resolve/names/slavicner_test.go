package names

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/romanize"
)

// TestSlavicNER measures the joining of gold names across languages. SHARED names the folder of
// data; the figures are printed with -v.
func TestSlavicNER(t *testing.T) {
	shared := os.Getenv("SHARED")
	if shared == "" {
		t.Skip("SHARED is not set")
	}
	files, _ := filepath.Glob(filepath.Join(shared, "data/slavicner/*.jsonl.gz"))
	byTopic := map[string][]Item{}
	gold := map[string][]string{}
	for _, f := range files {
		topic, rest, _ := strings.Cut(filepath.Base(f), ".")
		items, links := goldItems(t, f, strings.TrimSuffix(rest, ".jsonl.gz"))
		byTopic[topic] = append(byTopic[topic], items...)
		gold[topic] = append(gold[topic], links...)
	}
	for _, kind := range []hearsay.MentionType{hearsay.Person, hearsay.Place, hearsay.Organization, ""} {
		var both, sys, ref, crossBoth, crossSys, crossRef int
		for topic, items := range byTopic {
			actor := make([]string, len(items))
			for _, c := range Resolve(items, nil) {
				for _, i := range c.Items {
					actor[i] = c.Actor.ID
				}
			}
			show := os.Getenv("MISSES") != "" && kind == hearsay.MentionType(os.Getenv("MISSES"))
			seen := map[string]bool{}
			for i := range items {
				for j := range i {
					if kind != "" && (items[i].Type != kind || items[j].Type != kind) {
						continue
					}
					cross := !romanize.SameScript(items[i].Forms[0], items[j].Forms[0])
					s, g := actor[i] == actor[j], gold[topic][i] == gold[topic][j]
					if s != g && show {
						line := fmt.Sprint(s, " ", items[i].Forms, items[j].Forms, gold[topic][i], " ", gold[topic][j])
						if !seen[line] {
							seen[line] = true
							fmt.Println(line)
						}
					}
					both, sys, ref = both+count(s && g), sys+count(s), ref+count(g)
					if cross {
						crossBoth, crossSys, crossRef = crossBoth+count(s && g), crossSys+count(s), crossRef+count(g)
					}
				}
			}
		}
		t.Logf("%-13s pairs %s   cross-script %s", kind, prf(both, sys, ref), prf(crossBoth, crossSys, crossRef))
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func prf(both, sys, ref int) string {
	p, r := float64(both)/float64(max(1, sys)), float64(both)/float64(max(1, ref))
	return fmt.Sprintf("P %.3f R %.3f F1 %.3f", p, r, 2*p*r/max(1e-9, p+r))
}

// goldItems makes an item of each linked entity of each document, from the lemmas of its names.
func goldItems(t *testing.T, path, language string) (items []Item, links []string) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(z)
	for k := 0; ; k++ {
		var d struct {
			ID       string
			Mentions []struct{ Lemma, Type, Link string }
		}
		if err := dec.Decode(&d); err == io.EOF {
			return items, links
		} else if err != nil {
			t.Fatal(err)
		}
		if k%4 != 0 {
			continue // pairs grow with the square
		}
		at := map[string]int{}
		for _, m := range d.Mentions {
			kind, ok := map[string]hearsay.MentionType{"PER": hearsay.Person, "LOC": hearsay.Place, "ORG": hearsay.Organization}[m.Type]
			if !ok || kind == hearsay.Person && !strings.HasPrefix(m.Link, "PER") {
				continue
			}
			i, ok := at[m.Link]
			if !ok {
				i = len(items)
				at[m.Link] = i
				items = append(items, Item{Language: language, Type: kind})
				links = append(links, m.Link)
			}
			if !slices.Contains(items[i].Forms, m.Lemma) {
				items[i].Forms = append(items[i].Forms, m.Lemma)
			}
		}
		for _, i := range at {
			slices.SortFunc(items[i].Forms, func(a, b string) int { return len(strings.Fields(b)) - len(strings.Fields(a)) })
			if items[i].Type == hearsay.Person && !strings.Contains(items[i].Forms[0], " ") {
				items[i].Document = d.ID
			}
		}
	}
}
