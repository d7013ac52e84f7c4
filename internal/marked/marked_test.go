package marked

import (
	"strings"
	"testing"

	"hearsay"
)

// words joins what spans cover, so that a test can say it in words.
func words(text string, spans []hearsay.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, s.In(text))
	}
	return strings.Join(out, " … ")
}

func TestParse(t *testing.T) {
	type statement struct{ source, cue, content string }
	for _, c := range []struct {
		why, in, text string
		want          []statement
	}{
		{
			"unlabelled marks are statement 1",
			"{The minister} <denied> that [the bridge was closed].",
			"The minister denied that the bridge was closed.",
			[]statement{{"The minister", "denied", "the bridge was closed"}},
		},
		{
			"labels nest",
			"{1:Danek} <1:said> that [1:<2:according to> {2:the guards}, [2:nobody had left]].",
			"Danek said that according to the guards, nobody had left.",
			[]statement{
				{"Danek", "said", "according to the guards, nobody had left"},
				{"the guards", "according to", "nobody had left"},
			},
		},
		{
			"a repeated mark is a second piece; quotation marks stay outside",
			"„[Idziemy]”, <powiedziała> {Ewa Łoś}, „[i nie wracamy]”.",
			"„Idziemy”, powiedziała Ewa Łoś, „i nie wracamy”.",
			[]statement{{"Ewa Łoś", "powiedziała", "Idziemy … i nie wracamy"}},
		},
		{
			"a backslash takes a mark literally",
			`{She} <wrote>: "[a \[small\] \<b\> mistake \\]"`,
			`She wrote: "a [small] <b> mistake \"`,
			[]statement{{"She", "wrote", `a [small] <b> mistake \`}},
		},
		{
			"a clock time needs its label",
			"[1:9:30 is too late], <said> {Ada}.",
			"9:30 is too late, said Ada.",
			[]statement{{"Ada", "said", "9:30 is too late"}},
		},
	} {
		got, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
			continue
		}
		if got.Text != c.text {
			t.Errorf("%s: text %q, want %q", c.why, got.Text, c.text)
		}
		if len(got.Statements) != len(c.want) {
			t.Errorf("%s: %d statements, want %d", c.why, len(got.Statements), len(c.want))
			continue
		}
		for i, w := range c.want {
			s := got.Statements[i]
			g := statement{words(got.Text, s.Source), words(got.Text, s.Cue), words(got.Text, s.Content)}
			if g != w {
				t.Errorf("%s: statement %d is %q, want %q", c.why, i+1, g, w)
			}
		}
	}
}

func TestParseRefusesSlips(t *testing.T) {
	for _, in := range []string{"{never closed", "closed] only", "{crossed <marks} here>", "an empty [] mark"} {
		if _, err := Parse(in); err == nil {
			t.Errorf("%q was read without an error", in)
		}
	}
}

func TestParseFile(t *testing.T) {
	_, err := ParseFile(`# a file may begin with a comment

# a quotation goes on
# over paragraphs
{Anna Berg} <said>: "[We wait.
| "[And we hope.]"
@1 speaker=Anna Berg; manner=direct

<Reportedly> [it rains].
`)
	if err == nil {
		t.Fatal("a mark may not run over its paragraph's end unclosed")
	}
	cases, err := ParseFile(`# a file may begin with a comment

# a quotation goes on
# over paragraphs
{Anna Berg} <said>: "[We wait.]
| "[And we hope.]"
@1 speaker=Anna Berg; manner=direct

<Reportedly> [it rains].
`)
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != 2 {
		t.Fatalf("%d cases, want 2", len(cases))
	}
	first := cases[0]
	if first.Reason != "a quotation goes on over paragraphs" || first.Line != 3 {
		t.Errorf("reason %q on line %d", first.Reason, first.Line)
	}
	if want := "Anna Berg said: \"We wait.\n\n\"And we hope.\""; first.Text.Text != want {
		t.Errorf("text %q, want %q", first.Text.Text, want)
	}
	if got := first.Statements[0].Attributes["speaker"]; got != "Anna Berg" {
		t.Errorf("speaker = %q", got)
	}
	if cases[1].Statements[0].Source != nil {
		t.Error("a statement without a source has one")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("{1:Danek} <1:said> that [1:<2:according to> {2:the guards}, [2:nobody had left]].")
	f.Add("# why\n{A} <said> [b]\n| \\[c\n@1 manner=direct\n")
	f.Fuzz(func(t *testing.T, in string) {
		cases, err := ParseFile(in)
		if err != nil {
			return
		}
		for _, c := range cases {
			for _, s := range c.Statements {
				for _, span := range append(append(s.Source, s.Cue...), s.Content...) {
					if span.Start < 0 || span.Start >= span.End || span.End > len(c.Text.Text) {
						t.Fatalf("span %v outside of %q", span, c.Text.Text)
					}
				}
			}
		}
	})
}
