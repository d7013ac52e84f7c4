package syntax

import (
	"bytes"
	"strings"
	"testing"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/linear"
)

// sample is a treebank of a made-up Slavic-like language: -a is nominative, -u is dative, people
// say things to people.
func sample() []Tree {
	var b strings.Builder
	people := []string{"Anna", "Vera", "Olga", "Nina", "Dana", "Lida", "Rita", "Zoja", "Mira", "Kira"}
	for i, who := range people {
		whom := people[(i+3)%len(people)]
		stem := strings.TrimSuffix(whom, "a")
		b.WriteString("# sent_id = " + who + "\n# text = " + who + " kazala " + stem + "u: \"Da!\"\n")
		for _, line := range []string{
			"1 " + who + " " + who + " PROPN _ Case=Nom|Gender=Fem 2 nsubj _ _",
			"2 kazala kazat VERB _ Tense=Past 0 root _ _",
			"3 " + stem + "u " + whom + " PROPN _ Case=Dat|Gender=Fem 2 iobj _ SpaceAfter=No",
			"4 : : PUNCT _ _ 6 punct _ _",
			"5 \" \" PUNCT _ _ 6 punct _ SpaceAfter=No",
			"6 Da da INTJ _ _ 2 ccomp _ SpaceAfter=No",
			"7 ! ! PUNCT _ _ 6 punct _ SpaceAfter=No",
			"8 \" \" PUNCT _ _ 6 punct _ _",
		} {
			b.WriteString(strings.ReplaceAll(line, " ", "\t") + "\n")
		}
		b.WriteString("\n")
	}
	trees, err := ReadConllu(strings.NewReader(b.String()))
	if err != nil {
		panic(err)
	}
	return trees
}

func train(t testing.TB, o Options) *linear.File {
	t.Helper()
	sections, err := Train(About{Language: "xx"}, []Corpus{{Trees: sample()}}, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	return &linear.File{Sections: sections}
}

func load(t testing.TB, f *linear.File) *Model {
	t.Helper()
	m, err := Load(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func tokens(words string) []hearsay.Token {
	var toks []hearsay.Token
	for _, w := range strings.Fields(words) {
		toks = append(toks, hearsay.Token{Form: w, Head: -1})
	}
	return toks
}

// A name that was never seen gets tag, case and lemma from its ending.
func TestUnseenName(t *testing.T) {
	m := load(t, train(t, Options{}))
	toks := tokens(`Lana kazala Galu : " Da ! "`)
	m.Tag(toks)
	m.Parse(toks)
	if got := toks[2]; got.UPOS != "PROPN" || got.Feats != "Case=Dat|Gender=Fem" || got.Lemma != "Gala" {
		t.Errorf("Galu: %s %s, lemma %s", got.UPOS, got.Feats, got.Lemma)
	}
	if toks[1].Head != -1 || toks[0].Head != 1 {
		t.Errorf("heads %d and %d, want -1 and 1", toks[1].Head, toks[0].Head)
	}
}

// The same data give the same bytes.
func TestTheSameDataGiveTheSameModel(t *testing.T) {
	var one, two bytes.Buffer
	for _, buf := range []*bytes.Buffer{&one, &two} {
		if err := linear.Write(buf, train(t, Options{ParserEpochs: 2})); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two trainings differ")
	}
}

// A headline in capitals is read as a plain sentence; an abbreviation in it stays one.
func TestCapitals(t *testing.T) {
	m := load(t, train(t, Options{NoParser: true}))
	toks := tokens("ANNA KAZALA VERU")
	m.Tag(toks)
	if toks[1].Lemma != "kazat" || toks[1].UPOS != "VERB" {
		t.Errorf("KAZALA: %s, lemma %s", toks[1].UPOS, toks[1].Lemma)
	}
	if toks[2].Lemma != "Vera" {
		t.Errorf("VERU: lemma %s", toks[2].Lemma)
	}
	toks = tokens("Anna kazala NBU")
	m.Tag(toks)
	if toks[2].Lemma != "NBU" {
		t.Errorf("NBU: lemma %s", toks[2].Lemma)
	}
}

// Nothing fails on odd text, and a nil model leaves the tokens alone.
func TestOddText(t *testing.T) {
	m := load(t, train(t, Options{ParserEpochs: 1}))
	for _, text := range []string{"", "\xff\xfe", "!", "💥 💥", strings.Repeat("da ", 2000), "\u200b", strings.Repeat("x", 5000)} {
		toks := tokens(text)
		a := &hearsay.Analysis{Document: &hearsay.Document{Text: text}, Tokens: toks}
		if len(toks) > 0 {
			a.Sentences = []hearsay.Sentence{{Last: len(toks)}}
		}
		m.Analyze(a)
		for i, tok := range a.Tokens {
			if tok.Head >= len(toks) || tok.Head == i || tok.UPOS == "" {
				t.Fatalf("%.20q: token %d: %+v", text, i, tok)
			}
		}
		(*Model)(nil).Analyze(a)
	}
}

// The lemma of a name in an oblique case follows the nominative elsewhere in the document.
func TestNamesFollowTheirDocument(t *testing.T) {
	l := load(t, train(t, Options{NoParser: true})).lemmas
	n := &names{}
	var s scratch
	l.collect(n, []hearsay.Token{{Form: "Gala", UPOS: "PROPN"}, {Form: "Galu", UPOS: "PROPN"}}, &s)
	if got := n.attested("galu", "gala"); got != 4 {
		t.Errorf("gala stands elsewhere: grade %d", got)
	}
	if n.support["gala"] != 2 {
		t.Errorf("gala is called for by %d forms, want 2", n.support["gala"])
	}
}

func TestScripts(t *testing.T) {
	for _, c := range []struct{ form, lemma string }{
		{"Kaczyńskiego", "Kaczyński"},
		{"Зеленською", "Зеленська"},
		{"Лукашенку", "Лукашенко"},
		{"УКРАЇНИ", "Україна"},
		{"went", "go"},
		{"Пішов", "піти"},
		{"NATO", "NATO"},
		{"МакДональда", "МакДональд"},
		{"gesagt", "sagen"},
		{"Houses", "house"},
		{"x", ""},
	} {
		if got := scriptOf(c.form, c.lemma).apply(c.form); got != c.lemma {
			t.Errorf("%s: %q, want %q", c.form, got, c.lemma)
		}
	}
}

// Close languages write the same stem differently.
func TestSkeletons(t *testing.T) {
	for _, pair := range [][2]string{
		{"президент", "prezydent"},
		{"міністр", "министр"},
		{"город", "горад"},
		{"річка", "рички"},
	} {
		a, b := stemOf(skeleton(pair[0])), stemOf(skeleton(pair[1]))
		if a != b {
			t.Errorf("%s: %s, %s: %s", pair[0], a, pair[1], b)
		}
	}
}

func BenchmarkTag(b *testing.B) {
	m := load(b, train(b, Options{NoParser: true}))
	toks := tokens(strings.Repeat(`Lana kazala Galu : " Da ! " `, 20))
	b.ReportAllocs()
	for b.Loop() {
		m.tagOnly(toks)
	}
	b.ReportMetric(float64(len(toks)*b.N)/b.Elapsed().Seconds(), "words/s")
}

// BenchmarkLoad reads an embedded model.
func BenchmarkLoad(b *testing.B) {
	for _, lang := range []string{"en", "uk", "ru", "pl", "be", "de", "fr", "es"} {
		b.Run(lang, func(b *testing.B) {
			file, err := data.Models.ReadFile(modelFolder + "/" + lang + "/" + modelFile)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				f, err := linear.Read(file)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := Load(f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A text of many words without a full stop is analysed piece by piece, and still is one tree.
func TestEndlessSentence(t *testing.T) {
	m, err := Open("en")
	if err != nil {
		t.Skip(err)
	}
	words := []string{"the", "council", "said", "that", "Anna", "Berg", "had", "closed", "two", "ferries", "and"}
	a := &hearsay.Analysis{Document: &hearsay.Document{Language: "en"}, Sentences: []hearsay.Sentence{{First: 0, Last: 2*longestPiece + 100}}}
	for i := range 2*longestPiece + 100 {
		a.Tokens = append(a.Tokens, hearsay.Token{Form: words[i%len(words)]})
	}
	m.Analyze(a)
	roots := 0
	for i := range a.Tokens {
		at := i
		for steps := 0; at >= 0 && steps <= len(a.Tokens); steps++ {
			at = a.Tokens[at].Head
		}
		if at >= 0 {
			t.Fatalf("word %d hangs on itself", i)
		}
		if a.Tokens[i].Head < 0 {
			roots++
		}
	}
	if roots != 1 {
		t.Errorf("%d roots, want 1", roots)
	}
}
