package mention_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/mention"
	"hearsay/internal/resolve/names"
	"hearsay/internal/romanize"
	"hearsay/internal/segment"
)

type goldStatement struct {
	Doc      string
	Speakers []string
	Named    bool
	Kind     string
	Agreed   bool
}

// TestNTREX measures on parallel news how many named speakers are found as entities and whether
// they become one actor over all languages. SHARED names the folder of data.
func TestNTREX(t *testing.T) {
	shared := os.Getenv("SHARED")
	if shared == "" {
		t.Skip("SHARED is not set")
	}
	stems := readStems(t, filepath.Join(shared, "data/ntrex/names.dev.tsv"))
	wanted := map[string]map[string]int{} // document -> speaker -> statements
	for _, g := range readGold(t, filepath.Join(shared, "data/ntrex/gold.dev.jsonl")) {
		if g.Agreed && g.Named && g.Kind == "speech" {
			if wanted[g.Doc] == nil {
				wanted[g.Doc] = map[string]int{}
			}
			wanted[g.Doc][slices.Min(g.Speakers)]++
		}
	}
	var items []names.Item
	type found struct {
		speaker string
		item    int
		n       int
		cyr     bool
	}
	var hits []found
	for _, lang := range []string{"en", "uk", "ru", "pl", "be", "de", "fr", "es"} {
		have, typed, all := 0, 0, 0
		for _, doc := range sortedKeys(wanted) {
			a := analyse(t, filepath.Join(shared, "data/ntrex/dev", lang, doc+".txt"), lang)
			first := len(items)
			items = append(items, names.Profile(a)...)
			for _, s := range sortedKeys(wanted[doc]) {
				n := wanted[doc][s]
				if len(stems[lang][s]) == 0 {
					continue
				}
				all += n
				e := bearing(a, stems[lang][s])
				if e < 0 {
					if os.Getenv("MISSES") == lang {
						fmt.Println("miss", doc, s, stems[lang][s])
					}
					continue
				}
				have += n
				if a.Entities[e].Named && a.Entities[e].Type != hearsay.Place {
					typed += n
				} else if os.Getenv("MISSES") == lang {
					fmt.Println("type", doc, s, a.Entities[e].Type, a.Entities[e].Forms)
				}
				hits = append(hits, found{s, first + e, n, lang == "uk" || lang == "ru" || lang == "be"})
			}
		}
		t.Logf("%s found %.3f, as a name of a person or organisation %.3f", lang, float64(have)/float64(all), float64(typed)/float64(all))
	}
	actor := make([]string, len(items))
	for _, c := range names.Resolve(items, nil) {
		for _, i := range c.Items {
			actor[i] = c.Actor.ID
		}
	}
	bySpeaker, byActor, both := map[string]int{}, map[string]int{}, map[[2]string]int{}
	total := 0
	for _, h := range hits {
		bySpeaker[h.speaker] += h.n
		byActor[actor[h.item]] += h.n
		both[[2]string{h.speaker, actor[h.item]}] += h.n
		total += h.n
	}
	var p, r float64
	for _, h := range hits {
		b := float64(both[[2]string{h.speaker, actor[h.item]}])
		p += float64(h.n) * b / float64(byActor[actor[h.item]])
		r += float64(h.n) * b / float64(bySpeaker[h.speaker])
	}
	p, r = p/float64(total), r/float64(total)
	t.Logf("actors B-cubed P %.3f R %.3f F1 %.3f", p, r, 2*p*r/(p+r))
	var cb, cs, cg float64
	for _, x := range hits {
		for _, y := range hits {
			if !x.cyr && y.cyr {
				w := float64(x.n * y.n)
				s, g := actor[x.item] == actor[y.item], x.speaker == y.speaker
				if s {
					cs += w
				}
				if g {
					cg += w
				}
				if s && g {
					cb += w
				}
			}
		}
	}
	t.Logf("cross-script pairs P %.3f R %.3f F1 %.3f", cb/cs, cb/cg, 2*cb/(cs+cg))
	if os.Getenv("MISSES") == "actors" {
		by := map[string]map[string]bool{}
		for _, h := range hits {
			if by[h.speaker] == nil {
				by[h.speaker] = map[string]bool{}
			}
			by[h.speaker][fmt.Sprint(actor[h.item], " ", items[h.item].Language, items[h.item].Type, items[h.item].Forms, items[h.item].Gender)] = true
		}
		for _, s := range sortedKeys(by) {
			ids := map[string]bool{}
			for k := range by[s] {
				ids[strings.Fields(k)[0]] = true
			}
			if len(ids) > 1 {
				fmt.Println("#", s)
				for _, k := range sortedKeys(by[s]) {
					fmt.Println("   ", k)
				}
			}
		}
	}
}

// TestTokens prints the tokens and entities of the file that SHOW names after a language.
func TestTokens(t *testing.T) {
	lang, path, ok := strings.Cut(os.Getenv("SHOW"), ":")
	if !ok {
		t.Skip("SHOW is not set")
	}
	a := analyse(t, path, lang)
	if os.Getenv("WORDS") != "" {
		for _, w := range a.Tokens {
			fmt.Println(w.Form, w.Lemma, w.UPOS, w.Feats, w.Rel, w.Head)
		}
	}
	for _, e := range a.Entities {
		fmt.Printf("%-13s %-5v %-4s %q %q <-", e.Type, e.Named, e.Gender, e.Forms, e.Titles)
		for _, m := range e.Mentions {
			fmt.Printf(" [%s]", a.Mentions[m].In(a.Document.Text))
		}
		fmt.Println()
	}
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func analyse(t *testing.T, path, lang string) *hearsay.Analysis {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a := blocks(string(b), lang)
	a.Document.ID = lang + filepath.Base(path)
	parse(a, lang)
	(&mention.Stage{}).Run(a)
	return a
}

// blocks makes a block of each line.
func blocks(text, lang string) *hearsay.Analysis {
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: lang}}
	at := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		if trimmed := strings.TrimSpace(line); trimmed != "" {
			start := at + strings.Index(line, trimmed)
			a.Document.Blocks = append(a.Document.Blocks, hearsay.Block{Span: hearsay.Span{Start: start, End: start + len(trimmed)}, Role: hearsay.RoleBody})
		}
		at += len(line)
	}
	return a
}

// parse is replaced where models are at hand.
var parse = func(a *hearsay.Analysis, lang string) { segment.Segment(a, nil) }

// bearing is the entity that a stem begins a word of, persons and named ones first.
func bearing(a *hearsay.Analysis, stems []string) int {
	best, rank := -1, -1
	for i := range a.Entities {
		e := &a.Entities[i]
		r := 0
		if e.Named {
			r += 2
		}
		if e.Type == hearsay.Person {
			r++
		}
		for _, f := range append([]string{e.Name}, e.Forms...) {
			for _, s := range stems {
				if r > rank && strings.Contains(" "+strings.NewReplacer("-", " ", "«", " ", "“", " ").Replace(romanize.Fold(f)), " "+strings.ReplaceAll(romanize.Fold(s), "-", " ")) {
					best, rank = i, r
				}
			}
		}
	}
	return best
}

func readStems(t *testing.T, path string) map[string]map[string][]string {
	out := map[string]map[string][]string{}
	for line := range lines(t, path) {
		f := strings.Split(line, "\t")
		if out[f[1]] == nil {
			out[f[1]] = map[string][]string{}
		}
		if f[2] != "-" {
			out[f[1]][f[0]] = strings.Split(f[2], "|")
		}
	}
	return out
}

func readGold(t *testing.T, path string) (out []goldStatement) {
	for line := range lines(t, path) {
		var g goldStatement
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

func lines(t *testing.T, path string) func(func(string) bool) {
	return func(yield func(string) bool) {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<20)
		for s.Scan() {
			if !yield(s.Text()) {
				return
			}
		}
	}
}
