package lexicon

import (
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/marked"
)

func tokens(s string) []hearsay.Token {
	var out []hearsay.Token
	for _, w := range strings.Fields(s) {
		out = append(out, hearsay.Token{Form: w, Head: -1})
	}
	return out
}

const sample = `# lemma	pos	class	kind	stance	frame	forms	example
say	VERB	say	speech	-	quote,that,src:subj,addr:prep	-	{She} <said> that [it rains].
according to	ADP	say	speech	-	src:obj	-	<According to> {her}, [it rains].
make it clear	PHRASE	say	speech	endorsement	that,src:subj	-	{She} <made it clear> that [it rains].
claim	VERB	say	speech	distance	that,src:subj	-	{She} <claims> that [it rains].
claim	NOUN	say	speech	distance	that,src:gen	-	{her} <claim> that [it rains]
`

func TestAt(t *testing.T) {
	l, err := Parse("en", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in   string
		want string
		last int
	}{
		{"said that", "say", 1},
		{"According to her", "according to", 2},
		{"made it clear that", "make it clear", 3},
		{"made it up", "", 0},
	} {
		toks := tokens(c.in)
		got := l.At(toks, 0, len(toks))
		lemma := ""
		if got.Cue != nil {
			lemma = got.Cue.Lemma
		}
		if lemma != c.want || got.Last != c.last {
			t.Errorf("%q: %q up to %d, want %q up to %d", c.in, lemma, got.Last, c.want, c.last)
		}
	}
}

func TestPartOfSpeechTellsNounFromVerb(t *testing.T) {
	l, _ := Parse("en", []byte(sample))
	toks := tokens("claims")
	for _, pos := range []string{"VERB", "NOUN"} {
		toks[0].UPOS, toks[0].Lemma = pos, "claim"
		if got := l.At(toks, 0, 1); got.Cue == nil || got.Cue.POS != pos {
			t.Errorf("%s: found %+v", pos, got.Cue)
		}
	}
}

func TestParseNamesTheLine(t *testing.T) {
	for _, bad := range []string{"say\tVERB\n", "say\tVERB\tsay\tspeech\t-\tquote,sideways\t-\tx\n", "say\tVERB\tsay\tsong\t-\tquote\t-\tx\n"} {
		_, err := Parse("en", []byte("# head\n"+bad))
		if err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// Every entry of every language is well-formed, and its example marks a cue.
func TestEmbeddedLexicons(t *testing.T) {
	classes := map[string]bool{}
	for _, c := range Classes {
		classes[c] = true
	}
	for _, lang := range Languages() {
		l, err := Load(lang)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		for _, c := range l.Cues {
			if !classes[c.Class] {
				t.Errorf("%s line %d: unknown class %q", lang, c.Line, c.Class)
			}
			m, err := marked.Parse(c.Example)
			if err != nil {
				t.Errorf("%s line %d: %v", lang, c.Line, err)
				continue
			}
			if s := m.Statement(1); s == nil || len(s.Cue) == 0 || len(s.Content) == 0 {
				t.Errorf("%s line %d: the example of %q marks no cue or no content", lang, c.Line, c.Lemma)
			}
		}
	}
}

func BenchmarkAt(b *testing.B) {
	l, _ := Parse("en", []byte(sample))
	toks := tokens("Nobody in the town said that the bridge was closed , according to her")
	for b.Loop() {
		for i := range toks {
			l.At(toks, i, len(toks))
		}
	}
}
