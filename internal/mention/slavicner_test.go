package mention_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/mention"
	"hearsay/internal/segment"
)

type slavicDoc struct {
	ID, Text string
	Mentions []struct {
		Start, End        int
		Form, Lemma, Type string
	}
}

// TestSlavicNER measures names found, their types and their nominatives. SHARED names the folder
// of data; TRAIN holds each topic out of a model trained on the others, TOPIC picks one.
func TestSlavicNER(t *testing.T) {
	shared := os.Getenv("SHARED")
	if shared == "" {
		t.Skip("SHARED is not set")
	}
	kinds := map[string]hearsay.MentionType{"PER": hearsay.Person, "LOC": hearsay.Place, "ORG": hearsay.Organization}
	for _, lang := range []string{"uk", "ru", "pl"} {
		files, _ := filepath.Glob(filepath.Join(shared, "data/slavicner/*."+lang+".jsonl.gz"))
		type tally struct{ tp, fp, fn int }
		by := map[string]*tally{"PER": {}, "LOC": {}, "ORG": {}}
		lemmas, right := 0, 0
		confused := map[string]int{}
		for _, f := range files {
			if only := os.Getenv("TOPIC"); only != "" && !strings.HasPrefix(filepath.Base(f), only) {
				continue
			}
			stage := &mention.Stage{Model: heldOut(t, shared, strings.Split(filepath.Base(f), ".")[0])}
			for k, d := range slavicDocs(t, f) {
				if k%10 != 0 {
					continue
				}
				a := annotate(stage, d.Text, lang)
				got := map[[2]int]*hearsay.Mention{}
				for i := range a.Mentions {
					m := &a.Mentions[i]
					if a.Entities[m.Entity].Named && m.Head != (hearsay.Span{}) {
						got[[2]int{m.Head.Start, m.Head.End}] = m
					}
				}
				offsets := byteOffsets(d.Text)
				seen := map[[2]int]bool{}
				for _, g := range d.Mentions {
					span := unquoted(d.Text, offsets[g.Start], offsets[g.End])
					seen[span] = true
					tl := by[g.Type]
					m := got[span]
					if tl == nil {
						if m != nil {
							confused[g.Type+">"+string(m.Type)]++
						}
						continue
					}
					switch {
					case m == nil:
						tl.fn++
						confused[g.Type+">-"]++
						if os.Getenv("MISSES") == g.Type {
							fmt.Println("missed", lang, g.Form)
						}
					case m.Type != kinds[g.Type]:
						tl.fn++
						confused[g.Type+">"+string(m.Type)]++
						if os.Getenv("MISSES") == g.Type {
							fmt.Println("typed", lang, g.Form, m.Type)
						}
					default:
						tl.tp++
					}
					if m != nil && g.Type == "PER" {
						lemmas++
						name := form(a, m)
						if strings.EqualFold(name, g.Lemma) {
							right++
						} else if os.Getenv("MISSES") == "lemma" {
							fmt.Println("lemma", lang, g.Form, "|", g.Lemma, "|", name)
						}
					}
				}
				for span, m := range got {
					for typ, kind := range kinds {
						if m.Type == kind && (!seen[span]) {
							by[typ].fp++
							if os.Getenv("MISSES") == "+"+typ {
								fmt.Println("extra", lang, d.Text[span[0]:span[1]])
							}
						}
					}
				}
			}
		}
		for _, typ := range []string{"PER", "LOC", "ORG"} {
			tl := by[typ]
			p, r := float64(tl.tp)/float64(tl.tp+tl.fp), float64(tl.tp)/float64(tl.tp+tl.fn)
			t.Logf("%s %s P %.3f R %.3f F1 %.3f (%d)", lang, typ, p, r, 2*p*r/(p+r), tl.tp+tl.fn)
		}
		t.Logf("%s nominatives of persons %.3f of %d; %v", lang, float64(right)/float64(lemmas), lemmas, confused)
	}
}

// unquoted takes the quotation marks off a name.
func unquoted(text string, start, end int) [2]int {
	const marks = "\"„”“«»'"
	s := text[start:end]
	start += len(s) - len(strings.TrimLeft(s, marks))
	return [2]int{start, start + len(strings.Trim(s, marks))}
}

// form is the nominative of a mention: the form of its entity with as many words that is likest it.
func form(a *hearsay.Analysis, m *hearsay.Mention) string {
	text := m.Head.In(a.Document.Text)
	best, score := "", -1
	for _, f := range a.Entities[m.Entity].Forms {
		s := 0
		if len(strings.Fields(f)) == len(strings.Fields(text)) {
			s = 100
		}
		for i, r := range []rune(f) {
			if t := []rune(text); i < len(t) && t[i] == r {
				s++
			} else {
				break
			}
		}
		if s > score {
			best, score = f, s
		}
	}
	return best
}

func annotate(stage *mention.Stage, text, lang string) *hearsay.Analysis {
	a := blocks(text, lang)
	parse(a, lang)
	stage.Run(a)
	return a
}

var heldOutModels = map[string]*mention.Model{}

// heldOut is a model trained without one topic where TRAIN is set, else nil.
func heldOut(t *testing.T, shared, topic string) *mention.Model {
	if os.Getenv("TRAIN") == "" {
		return nil
	}
	if m, ok := heldOutModels[topic]; ok {
		return m
	}
	file, err := mention.Train(labelled(t, shared, topic))
	if err != nil {
		t.Fatal(err)
	}
	m, err := mention.LoadModel(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes without %s", len(file), topic)
	heldOutModels[topic] = m
	return m
}

// labelled are the documents of all topics but one, with and without tags.
func labelled(t *testing.T, shared, but string) (out []mention.Labelled) {
	files, _ := filepath.Glob(filepath.Join(shared, "data/slavicner/*.jsonl.gz"))
	for _, f := range files {
		topic, lang, _ := strings.Cut(strings.TrimSuffix(filepath.Base(f), ".jsonl.gz"), ".")
		if topic == but || lang == "cs" {
			continue
		}
		for k, d := range slavicDocs(t, f) {
			if os.Getenv("TOPIC") != "" && k%3 != 0 {
				continue
			}
			l := mention.Labelled{}
			offsets := byteOffsets(d.Text)
			for _, g := range d.Mentions {
				span := unquoted(d.Text, offsets[g.Start], offsets[g.End])
				l.Spans = append(l.Spans, hearsay.Span{Start: span[0], End: span[1]})
				l.Types = append(l.Types, map[string]hearsay.MentionType{"PER": hearsay.Person, "LOC": hearsay.Place, "ORG": hearsay.Organization}[g.Type])
			}
			tagged, plain := l, l
			tagged.Analysis, plain.Analysis = blocks(d.Text, lang), blocks(d.Text, lang)
			parse(tagged.Analysis, lang)
			segment.Segment(plain.Analysis, nil)
			out = append(out, tagged, plain)
		}
	}
	return out
}

func byteOffsets(s string) []int {
	var out []int
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}

func slavicDocs(t *testing.T, path string) (out []slavicDoc) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(z); ; {
		var d slavicDoc
		if err := dec.Decode(&d); err == io.EOF {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
}
