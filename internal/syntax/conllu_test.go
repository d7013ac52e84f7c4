package syntax

import (
	"bytes"
	"strings"
	"testing"

	"hearsay"
)

const zum = `# sent_id = 1
# text = Er ging zum Haus.
1	Er	er	PRON	_	Case=Nom	2	nsubj	_	_
2	ging	gehen	VERB	_	_	0	root	_	_
3-4	zum	_	_	_	_	_	_	_	_
3	zu	zu	ADP	_	_	5	case	_	_
4	dem	der	DET	_	Case=Dat	5	det	_	_
5	Haus	Haus	NOUN	_	Case=Dat	2	obl	_	SpaceAfter=No
6	.	.	PUNCT	_	_	2	punct	_	_

`

func TestReadMultiwordToken(t *testing.T) {
	trees, err := ReadConllu(strings.NewReader(zum))
	if err != nil {
		t.Fatal(err)
	}
	tok := trees[0].Tokens
	if len(tok) != 6 || tok[2].Part != 1 || tok[3].Part != 2 || tok[2].Span != tok[3].Span {
		t.Fatalf("%+v", tok)
	}
	if got := tok[3].In(trees[0].Text); got != "zum" {
		t.Errorf("the words of zum cover %q", got)
	}
	if tok[1].Head != -1 || tok[4].Head != 1 {
		t.Errorf("heads %d %d", tok[1].Head, tok[4].Head)
	}
}

func TestReadRefuses(t *testing.T) {
	for reason, text := range map[string]string{
		"nine columns":         "1\ta\ta\tX\t_\t_\t0\troot\t_\n\n",
		"a gap in the ids":     "2\ta\ta\tX\t_\t_\t0\troot\t_\t_\n\n",
		"a head that is not":   "1\ta\ta\tX\t_\t_\t7\troot\t_\t_\n\n",
		"its own head":         "1\ta\ta\tX\t_\t_\t1\tdep\t_\t_\n\n",
		"a range without end":  "1-3\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n\n",
		"a range out of order": "4-5\tab\t_\t_\t_\t_\t_\t_\t_\t_\n",
	} {
		if _, err := ReadConllu(strings.NewReader(text)); err == nil {
			t.Errorf("%s: no error", reason)
		}
	}
}

// TokenRange counts code points of the document, not bytes.
func TestWriteCountsCodePoints(t *testing.T) {
	text := "Це «дім»."
	a := &hearsay.Analysis{Document: &hearsay.Document{ID: "x", Text: text}}
	for _, w := range []string{"Це", "«", "дім", "»", "."} {
		at := strings.Index(text, w)
		a.Tokens = append(a.Tokens, hearsay.Token{Span: hearsay.Span{Start: at, End: at + len(w)}, Form: w, Head: -1})
	}
	a.Sentences = []hearsay.Sentence{{Span: hearsay.Span{End: len(text)}, Last: 5}}
	var out bytes.Buffer
	if err := WriteConllu(&out, a); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"TokenRange=0:2\n", "SpaceAfter=No|TokenRange=3:4\n", "SpaceAfter=No|TokenRange=4:7\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if _, err := ReadConllu(&out); err != nil {
		t.Errorf("what was written cannot be read: %v", err)
	}
}

func TestScoreOfItself(t *testing.T) {
	trees, _ := ReadConllu(strings.NewReader(zum))
	gold, _ := GoldPassage(trees)
	s := Score(gold, gold)
	for name, c := range map[string]Count{"words": s.Words, "LAS": s.LAS, "lemmas": s.Lemmas, "CLAS": s.CLAS, "MLAS": s.MLAS, "BLEX": s.BLEX, "tokens": s.Tokens, "sentences": s.Sentences} {
		if c.F1() != 100 {
			t.Errorf("%s: %.2f", name, c.F1())
		}
	}
}

// A system that leaves "zum" whole has five words of which four are in gold; inside the
// multiword token the words are aligned by form.
func TestScoreAlignsMultiwordTokens(t *testing.T) {
	trees, _ := ReadConllu(strings.NewReader(zum))
	gold, _ := GoldPassage(trees)
	system := gold
	system.Tokens = nil
	for _, tok := range gold.Tokens {
		if tok.Part == 2 {
			continue
		}
		if tok.Part == 1 {
			tok.Part, tok.Form = 0, "zum"
		}
		if tok.Head > 3 {
			tok.Head--
		}
		system.Tokens = append(system.Tokens, tok)
	}
	s := Score(gold, system)
	if s.Words != (Count{Right: 4, Gold: 6, System: 5}) {
		t.Errorf("words %+v", s.Words)
	}
	if s.Tokens.F1() != 100 {
		t.Errorf("tokens %.2f", s.Tokens.F1())
	}
	if s.LAS.Right != 4 {
		t.Errorf("LAS %+v", s.LAS)
	}
}

func FuzzReadConllu(f *testing.F) {
	f.Add(zum)
	f.Add("1-2\ta b\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\tX\t_\t_\t0\troot\t_\tSpaceAfter=No\n2\tb\t_\tX\t_\t_\t1\tdep\t_\t_\n")
	f.Fuzz(func(t *testing.T, text string) {
		trees, err := ReadConllu(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, tree := range trees {
			for _, tok := range tree.Tokens {
				if tok.Start < 0 || tok.End < tok.Start || tok.End > len(tree.Text) {
					t.Fatalf("%+v outside %q", tok, tree.Text)
				}
			}
		}
		gold, _ := GoldPassage(trees)
		Score(gold, gold)
	})
}

func TestRecipe(t *testing.T) {
	r, err := ReadRecipe(strings.NewReader(`# a language
language: xx
version: 2
train: a.conllu | CC BY-SA 4.0 | abc
train: b.conllu | CC BY-NC-SA 4.0 | def | but=feats,lemmas
dictionary: c-1.0.tgz | CC BY-SA 3.0 | 012
parser-epochs: 3
feats-rows: 9
relations: fit
`))
	if err != nil {
		t.Fatal(err)
	}
	if !r.Train[0].Open() || r.Train[1].Open() {
		t.Error("CC BY-SA is open, CC BY-NC-SA is not")
	}
	if r.Options.ParserEpochs != 3 || len(r.Train[1].But) != 2 {
		t.Errorf("%+v", r)
	}
	if o := r.Options; o.FeatsRows != 9 || !o.FitRelations || len(r.Dictionaries) != 1 {
		t.Errorf("%+v", r)
	}
	for _, bad := range []string{"language: xx\n", "language: xx\ntrain: a\nrelations: none\n"} {
		if _, err := ReadRecipe(strings.NewReader(bad)); err == nil {
			t.Errorf("a recipe is accepted: %q", bad)
		}
	}
}
