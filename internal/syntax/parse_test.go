package syntax

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"hearsay"
	"hearsay/internal/linear"
)

// invented is a treebank of a toy English in which the part of speech decides the tree.
func invented(random *rand.Rand, sentences int) [][]hearsay.Token {
	nouns := []string{"mayor", "engineer", "bridge", "river", "letter", "gardener"}
	verbs := []string{"sees", "paints", "praises", "mends"}
	adjectives := []string{"old", "green", "quiet"}
	var out [][]hearsay.Token
	for range sentences {
		var toks []hearsay.Token
		add := func(form, upos string) int {
			toks = append(toks, hearsay.Token{Form: form, Lemma: form, UPOS: upos, Head: -1})
			return len(toks) - 1
		}
		phrase := func(rel string) int {
			det := add("the", "DET")
			adj := -1
			if random.IntN(2) == 0 {
				adj = add(adjectives[random.IntN(len(adjectives))], "ADJ")
			}
			noun := add(nouns[random.IntN(len(nouns))], "NOUN")
			toks[det].Head, toks[det].Rel = noun, "det"
			if adj >= 0 {
				toks[adj].Head, toks[adj].Rel = noun, "amod"
			}
			toks[noun].Rel = rel
			return noun
		}
		subject := phrase("nsubj")
		verb := add(verbs[random.IntN(len(verbs))], "VERB")
		toks[verb].Rel = "root"
		object := phrase("obj")
		toks[subject].Head, toks[object].Head = verb, verb
		if random.IntN(2) == 0 {
			by := add("near", "ADP")
			place := phrase("obl")
			toks[by].Head, toks[by].Rel, toks[place].Head = place, "case", verb
		}
		stop := add(".", "PUNCT")
		toks[stop].Head, toks[stop].Rel = verb, "punct"
		out = append(out, toks)
	}
	return out
}

func inventedParser(t testing.TB, o parserOptions) (*Parser, []linear.Section) {
	sections, err := trainParser(invented(rand.New(rand.NewPCG(1, 1)), 60), nil, o)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newParser(&linear.File{Sections: sections})
	if err != nil || p == nil {
		t.Fatal("no parser", err)
	}
	return p, sections
}

func TestParserLearnsATinyTreebank(t *testing.T) {
	p, _ := inventedParser(t, parserOptions{Epochs: 4, Greedy: 4})
	for _, gold := range invented(rand.New(rand.NewPCG(2, 2)), 20) {
		toks := append([]hearsay.Token(nil), gold...)
		for i := range toks {
			toks[i].Head, toks[i].Rel = 0, ""
		}
		p.Parse(toks)
		for i := range toks {
			if toks[i].Head != gold[i].Head || toks[i].Rel != gold[i].Rel {
				t.Errorf("%q: %s of %d, want %s of %d", toks[i].Form, toks[i].Rel, toks[i].Head, gold[i].Rel, gold[i].Head)
			}
		}
	}
}

func TestTrainingIsReproducible(t *testing.T) {
	o := parserOptions{Epochs: 2, Greedy: 2}
	_, one := inventedParser(t, o)
	_, two := inventedParser(t, o)
	for i := range one {
		if !bytes.Equal(one[i].Data, two[i].Data) {
			t.Errorf("section %s differs between two trainings", one[i].Name)
		}
	}
}

// A model that follows two treebanks takes the habits of the first: there "near" is case, in the
// other it is dep.
func TestParserFollowsItsFirstTreebank(t *testing.T) {
	first := invented(rand.New(rand.NewPCG(1, 1)), 60)
	second := invented(rand.New(rand.NewPCG(3, 3)), 60)
	for _, toks := range second {
		for i := range toks {
			if toks[i].Rel == "case" {
				toks[i].Rel = "dep"
			}
		}
	}
	source := make([]int, len(first)+len(second))
	for i := range second {
		source[len(first)+i] = 1
	}
	sections, err := trainParser(append(first, second...), nil, parserOptions{Epochs: 4, Greedy: 4, Sources: source})
	if err != nil {
		t.Fatal(err)
	}
	p, err := newParser(&linear.File{Sections: sections})
	if err != nil {
		t.Fatal(err)
	}
	for _, toks := range invented(rand.New(rand.NewPCG(2, 2)), 20) {
		p.Parse(toks)
		for _, tok := range toks {
			if tok.Form == "near" && tok.Rel != "case" {
				t.Errorf("near is %s", tok.Rel)
			}
		}
	}
}

// Eight sentences of its own are too few to learn where everything hangs; a related language shows it.
func TestCloseLanguagesHelp(t *testing.T) {
	own := invented(rand.New(rand.NewPCG(7, 1)), 8)
	dev := invented(rand.New(rand.NewPCG(8, 8)), 50)
	score := func(helpers [][]hearsay.Token) float64 {
		sections, err := trainParser(own, nil, parserOptions{Epochs: 3, Greedy: 3, Helpers: helpers})
		if err != nil {
			t.Fatal(err)
		}
		p, err := newParser(&linear.File{Sections: sections})
		if err != nil {
			t.Fatal(err)
		}
		return p.accuracy(dev, p.beam, 0)
	}
	alone, helped := score(nil), score(invented(rand.New(rand.NewPCG(9, 9)), 100))
	if helped <= alone || helped < 0.99 {
		t.Errorf("alone %.3f, helped %.3f", alone, helped)
	}
}

// Beam and margin found on dev keep the score.
func TestBeamAndMarginAreFoundOnDev(t *testing.T) {
	dev := invented(rand.New(rand.NewPCG(2, 2)), 20)
	sections, err := trainParser(invented(rand.New(rand.NewPCG(1, 1)), 60), dev, parserOptions{Epochs: 3, Greedy: 3})
	if err != nil {
		t.Fatal(err)
	}
	p, err := newParser(&linear.File{Sections: sections})
	if err != nil {
		t.Fatal(err)
	}
	if p.margin == 0 || p.beam == defaultBeam {
		t.Errorf("beam %d, margin %d: neither was narrowed", p.beam, p.margin)
	}
	if wide, narrow := p.accuracy(dev, defaultBeam, 0), p.accuracy(dev, p.beam, p.margin); narrow < wide {
		t.Errorf("%.3f with the margin, %.3f without", narrow, wide)
	}
}

// noise is a sentence of any words with any tags.
func noise(random *rand.Rand, words int) []hearsay.Token {
	forms := []string{"the", "mayor", "sees", "bridge", ".", ",", "near", "Ångström", "", "\xff", "річка"}
	tags := []string{"DET", "NOUN", "VERB", "PUNCT", "ADP", "", "X"}
	feats := []string{"", "Case=Nom|Number=Sing", "Case=Gen|Gender=Fem", "broken", "VerbForm=Inf"}
	toks := make([]hearsay.Token, words)
	for i := range toks {
		toks[i] = hearsay.Token{Form: forms[random.IntN(len(forms))], UPOS: tags[random.IntN(len(tags))], Feats: feats[random.IntN(len(feats))], Head: 17}
		toks[i].Lemma = toks[i].Form
	}
	return toks
}

// checkTree reports what keeps heads and relations from being a tree with one root.
func checkTree(t *testing.T, toks []hearsay.Token) {
	t.Helper()
	roots := 0
	for i, tok := range toks {
		if tok.Head == -1 {
			roots++
		}
		if (tok.Head == -1) != (tok.Rel == "root") || tok.Rel == "" {
			t.Fatalf("word %d has head %d and relation %q", i, tok.Head, tok.Rel)
		}
		at := i
		for steps := 0; at >= 0; steps++ {
			if steps > len(toks) || at >= len(toks) {
				t.Fatalf("word %d does not lead to the root", i)
			}
			at = toks[at].Head
		}
	}
	if roots != 1 {
		t.Fatalf("%d roots among %d words", roots, len(toks))
	}
}

func TestEverySentenceGetsATree(t *testing.T) {
	p, _ := inventedParser(t, parserOptions{Epochs: 1, Greedy: 1, Beam: 4})
	random := rand.New(rand.NewPCG(4, 4))
	for range 300 {
		toks := noise(random, 1+random.IntN(40))
		p.Parse(toks)
		checkTree(t, toks)
	}
	long := noise(random, 2000)
	p.Parse(long)
	checkTree(t, long)
	p.Parse(nil)
}

func TestParseDoesNotDependOnWhatWasParsedBefore(t *testing.T) {
	p, _ := inventedParser(t, parserOptions{Epochs: 1, Greedy: 1})
	random := rand.New(rand.NewPCG(5, 5))
	_, sections := inventedParser(t, parserOptions{Epochs: 1, Greedy: 1})
	var texts, alone [][]hearsay.Token
	for range 20 {
		toks := noise(random, 15)
		texts = append(texts, toks)
		copied := append([]hearsay.Token(nil), toks...)
		fresh, err := newParser(&linear.File{Sections: sections})
		if err != nil {
			t.Fatal(err)
		}
		fresh.Parse(copied)
		alone = append(alone, copied)
	}
	for i, toks := range texts {
		p.Parse(toks)
		for k := range toks {
			if toks[k] != alone[i][k] {
				t.Fatalf("sentence %d, word %d: %v, alone %v", i, k, toks[k], alone[i][k])
			}
		}
	}
}

func TestDamagedParserSections(t *testing.T) {
	if p, err := newParser(&linear.File{}); p != nil || err != nil {
		t.Errorf("a file without a parser gives %v, %v", p, err)
	}
	_, sections := inventedParser(t, parserOptions{Epochs: 1, Greedy: 1})
	for i, s := range sections {
		damaged := append([]linear.Section(nil), sections...)
		damaged[i].Data = s.Data[:len(s.Data)/2]
		if _, err := newParser(&linear.File{Sections: damaged}); err == nil {
			t.Errorf("half a section %s gives no error", s.Name)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	p, _ := inventedParser(b, parserOptions{Epochs: 2, Greedy: 2})
	toks := noise(rand.New(rand.NewPCG(6, 6)), 25)
	b.ReportAllocs()
	for b.Loop() {
		p.Parse(toks)
	}
	b.ReportMetric(float64(b.N*len(toks))/b.Elapsed().Seconds(), "words/s")
}
