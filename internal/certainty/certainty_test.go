package certainty

import (
	"os"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/marked"
	"hearsay/internal/phrase"
)

func cases(t testing.TB, language string) []marked.Case {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + language + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	list, err := marked.ParseFile(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// analysis makes the statements that the marks of a case show.
func analysis(c *marked.Case, language string) *hearsay.Analysis {
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: c.Text.Text, Language: language}}
	for i, s := range c.Statements {
		manner := hearsay.Indirect
		if m := s.Attributes["manner"]; m != "" {
			manner = hearsay.Manner(m)
		}
		a.Statements = append(a.Statements, hearsay.Statement{
			Source: s.Source, Cue: s.Cue, Content: s.Content,
			Class: s.Attributes["class"], Manner: manner, Holder: i - 1,
		})
	}
	return a
}

func TestRun(t *testing.T) {
	for language := range known {
		for _, c := range cases(t, language) {
			a := analysis(&c, language)
			Run(a)
			for i, s := range c.Statements {
				for key, want := range s.Attributes {
					if got, ok := value(a.Statements[i], key); ok && got != want {
						t.Errorf("%s.txt:%d %s\n%s\n%s is %q, want %q", language, c.Line, c.Reason, c.Text.Text, key, got, want)
					}
				}
			}
		}
	}
}

// value is what the stage found for an attribute of a marked case.
func value(s hearsay.Statement, key string) (string, bool) {
	switch key {
	case "factuality":
		return string(s.Factuality), true
	case "tense":
		return s.Tense, true
	case "denied":
		if s.Denied {
			return "true", true
		}
		return "false", true
	case "estimate":
		if s.Estimate == nil {
			return "-", true
		}
		return s.Estimate.Term, true
	}
	return "", false
}

// The values of the two standards, to the number.
func TestScales(t *testing.T) {
	for _, c := range []struct {
		scale *Scale
		want  string
	}{
		{ICD203, "almost no chance 1-5, very unlikely 5-20, unlikely 20-45, roughly even chance 45-55, likely 55-80, very likely 80-95, almost certain 95-99"},
		{PHIA, "remote chance 0-5, highly unlikely 10-20, unlikely 25-35, realistic possibility 40-<50, likely 55-75, highly likely 80-90, almost certain 95-100"},
	} {
		var got []string
		for _, term := range c.scale.Terms {
			got = append(got, term.String())
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.scale.Name, s, c.want)
		}
	}
}

// Between two neighbours the yardstick says nothing, on purpose; the directive's ranges touch.
func TestGaps(t *testing.T) {
	for i, gap := range [][2]float64{{5, 10}, {20, 25}, {35, 40}, {50, 55}, {75, 80}, {90, 95}} {
		if got := [2]float64{PHIA.Terms[i].High, PHIA.Terms[i+1].Low}; got != gap {
			t.Errorf("PHIA: after %s the gap is %v, want %v", PHIA.Terms[i].Name, got, gap)
		}
	}
	for i := range ICD203.Terms[1:] {
		if ICD203.Terms[i].High != ICD203.Terms[i+1].Low {
			t.Errorf("ICD 203: a gap after %s", ICD203.Terms[i].Name)
		}
	}
}

func TestYardstick(t *testing.T) {
	for _, c := range []struct{ text, term string }{
		{"A truce is very likely.", "highly likely"},
		{"A truce is a realistic possibility.", "realistic possibility"},
		{"The odds are fifty-fifty.", "-"},
	} {
		a := &hearsay.Analysis{Document: &hearsay.Document{Text: c.text, Language: "en"}}
		a.Statements = []hearsay.Statement{{Content: []hearsay.Span{{Start: 0, End: len(c.text)}}, Holder: -1}}
		Stage{PHIA}.Run(a)
		if got, _ := value(a.Statements[0], "estimate"); got != c.term {
			t.Errorf("%s: got %s, want %s", c.text, got, c.term)
		}
		if e := a.Statements[0].Estimate; e != nil && e.Scale != "phia" {
			t.Errorf("%s: scale %s", c.text, e.Scale)
		}
	}
}

func TestEveryTermOfTheLexiconsIsOfAScale(t *testing.T) {
	for language := range known {
		table, err := phrase.Load(language, "certainty")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range table.Entries() {
			if e.Kind == "estimate" && ICD203.term(e.Value) == nil && PHIA.term(e.Value) == nil {
				t.Errorf("%s: %v has the term %q, which no scale knows", language, e.Words, e.Value)
			}
		}
	}
}

// What an example in a lexicon shows must be found in it.
func TestExamples(t *testing.T) {
	values := map[string]hearsay.Factuality{
		"negation": hearsay.CertainMinus, "impossible": hearsay.CertainMinus, "possible": hearsay.PossiblePlus,
		"probable": hearsay.ProbablePlus, "hedge": hearsay.ProbablePlus, "conditional": hearsay.Unknown,
		"deontic": hearsay.Unknown, "mood": hearsay.Unknown, "neutral": hearsay.CertainPlus,
	}
	for language := range known {
		table, _ := phrase.Load(language, "certainty")
		for _, e := range table.Entries() {
			if e.Example == "" {
				continue
			}
			scale := ICD203
			if e.Kind == "estimate" && ICD203.term(e.Value) == nil {
				scale = PHIA
			}
			s := assess(scale, e.Example, language)
			switch {
			case e.Kind == "estimate" && (s.Estimate == nil || s.Estimate.Term != scale.term(e.Value).Name):
				t.Errorf("%s: %q: got %+v, want %s", language, e.Example, s.Estimate, e.Value)
			case values[e.Kind] != "" && s.Factuality != values[e.Kind]:
				t.Errorf("%s: %q: %s gives %s", language, e.Example, e.Kind, s.Factuality)
			case (e.Kind == "future" || e.Kind == "past" || e.Kind == "present") && s.Tense != e.Kind:
				t.Errorf("%s: %q: tense %s, want %s", language, e.Example, s.Tense, e.Kind)
			}
		}
	}
}

// assess judges a text as if somebody had said it.
func assess(scale *Scale, text, language string) hearsay.Statement {
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: language}}
	a.Statements = []hearsay.Statement{{Content: []hearsay.Span{{End: len(text)}}, Class: "say", Manner: hearsay.Direct, Holder: -1}}
	Stage{scale}.Run(a)
	return a.Statements[0]
}

func TestAssessNarration(t *testing.T) {
	text := "The bridge is closed. The talks will most likely fail. Rain may come."
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: "en"}}
	for _, s := range []string{"The bridge is closed.", "The talks will most likely fail.", "Rain may come."} {
		i := strings.Index(text, s)
		a.Sentences = append(a.Sentences, hearsay.Sentence{Span: hearsay.Span{Start: i, End: i + len(s)}})
	}
	found := Assess(a, Narrated(a))
	if len(found) != 2 || found[0].Estimate == nil || found[0].Estimate.Term != "very likely" || found[1].Factuality != hearsay.PossiblePlus {
		t.Errorf("got %+v", found)
	}
	a.Statements = []hearsay.Statement{{Content: []hearsay.Span{a.Sentences[2].Span}}}
	if own := Narrated(a); len(own) != 2 {
		t.Errorf("a sentence that is said is not narrated: %v", own)
	}
}

// The tree tells which verb a word belongs to.
func TestTree(t *testing.T) {
	text := "guards who may not leave were paid"
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: "en"}}
	heads := []int{6, 4, 4, 4, 0, 6, -1}
	rels := []string{"nsubj:pass", "nsubj", "aux", "advmod", "acl:relcl", "aux:pass", "root"}
	feats := []string{"", "", "", "", "VerbForm=Inf", "Mood=Ind|Tense=Past|VerbForm=Fin", "Tense=Past|VerbForm=Part"}
	at := 0
	for i, w := range strings.Fields(text) {
		a.Tokens = append(a.Tokens, hearsay.Token{Span: hearsay.Span{Start: at, End: at + len(w)}, Form: w, Lemma: w, UPOS: "VERB", Head: heads[i], Rel: rels[i], Feats: feats[i]})
		at += len(w) + 1
	}
	a.Statements = []hearsay.Statement{{Content: []hearsay.Span{{Start: 0, End: len(text)}}, Class: "say", Holder: -1}}
	Run(a)
	if s := a.Statements[0]; s.Factuality != hearsay.CertainPlus || s.Tense != "past" {
		t.Errorf("got %s, %s", s.Factuality, s.Tense)
	}
}

// A word thrown in between marks may make the tree hang the verb on its subject as a relative clause.
func TestTreeMisledByAMark(t *testing.T) {
	text := "зима , можливо , спричинила повінь"
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: "uk"}}
	upos := []string{"NOUN", "PUNCT", "ADV", "PUNCT", "VERB", "NOUN"}
	heads := []int{-1, 2, 4, 2, 0, 4}
	rels := []string{"root", "punct", "discourse", "punct", "acl:relcl", "obj"}
	at := 0
	for i, w := range strings.Fields(text) {
		tok := hearsay.Token{Span: hearsay.Span{Start: at, End: at + len(w)}, Form: w, Lemma: w, UPOS: upos[i], Head: heads[i], Rel: rels[i]}
		if tok.UPOS == "VERB" {
			tok.Feats = "Mood=Ind|Tense=Past|VerbForm=Fin"
		}
		a.Tokens = append(a.Tokens, tok)
		at += len(w) + 1
	}
	a.Statements = []hearsay.Statement{{Content: []hearsay.Span{{Start: 0, End: len(text)}}, Class: "say", Holder: -1}}
	Run(a)
	if s := a.Statements[0]; s.Factuality != hearsay.PossiblePlus || s.Tense != "past" {
		t.Errorf("got %s, %s", s.Factuality, s.Tense)
	}
}

func FuzzRun(f *testing.F) {
	for language := range known {
		for _, c := range cases(f, language) {
			f.Add(c.Text.Text, language, 0, len(c.Text.Text), 3)
		}
	}
	f.Fuzz(func(t *testing.T, text, language string, start, end, cue int) {
		if start < 0 || end > len(text) || start > end || cue < 0 || cue > start {
			return
		}
		a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: language}}
		a.Statements = []hearsay.Statement{{Cue: []hearsay.Span{{Start: cue, End: start}}, Content: []hearsay.Span{{Start: start, End: end}}, Class: "say"}}
		Run(a)
		if e := a.Statements[0].Estimate; e != nil && (e.Start < start || e.End > end || e.Start >= e.End) {
			t.Fatalf("estimate %+v outside of the content", e)
		}
	})
}

func BenchmarkRun(b *testing.B) {
	var text strings.Builder
	a := &hearsay.Analysis{Document: &hearsay.Document{Language: "en"}}
	for range 5000 {
		start := text.Len()
		text.WriteString("the talks between the two towns will most likely fail because the guards who left did not come back")
		a.Statements = append(a.Statements, hearsay.Statement{Content: []hearsay.Span{{Start: start, End: text.Len()}}, Class: "say", Holder: -1})
		text.WriteString(", she said.\n")
	}
	a.Document.Text = text.String()
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		Run(a)
	}
}
