package pipeline

import (
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/ingest"
)

// A text in two languages is read in both, and every layer stands in the order of the text with its
// references whole.
func TestTextInTwoLanguages(t *testing.T) {
	an, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join([]string{
		"Петра Ленк, мерка Гарво, заявила в середу, що шлюзи на греблі Лунна закриті вже два тижні. «Ми чекаємо на воду», — сказала вона.",
		"The water minister of Korvia, Irena Kovalt, denied on Wednesday that 2 sluices were closed. She said that the lake had lost 64 centimetres.",
		"За словами Ленк, без води залишилися 3000 родин, а насосна станція зупинилася ще в понеділок уранці.",
	}, "\n\n")
	a := an.Document(ingest.Raw{Kind: ingest.KindText, Path: "a.txt", Text: text})
	if a.Document.Language != "uk" {
		t.Fatalf("read as %s", a.Document.Language)
	}
	var got []string
	for _, s := range a.Statements {
		got = append(got, s.SpeakerText+" | "+written(text, s.Cue)+" | "+written(text, s.Content))
		if s.Speaker >= 0 && !mentioned(a, s) {
			t.Errorf("%s: the speaker's entity has none of his names", got[len(got)-1])
		}
	}
	want := []string{
		"Петра Ленк | заявила | шлюзи на греблі Лунна закриті вже два тижні",
		"Петра Ленк | сказала | Ми чекаємо на воду",
		"Irena Kovalt | denied | 2 sluices were closed",
		"Irena Kovalt | said | the lake had lost 64 centimetres",
		"Петра Ленк | За словами | без води залишилися 3000 родин, а насосна станція зупинилася ще в понеділок уранці",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("statements\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for i, s := range a.Sentences {
		block := a.Document.Blocks[s.Block]
		if s.Start < block.Start || s.End > block.End || a.Tokens[s.First].Start != s.Start || a.Tokens[s.Last-1].End != s.End {
			t.Errorf("sentence %d: %q has other words or another block", i, s.In(text))
		}
		for k := s.First; k < s.Last; k++ {
			if head := a.Tokens[k].Head; head >= 0 && (head < s.First || head >= s.Last) {
				t.Errorf("%s has its head in another sentence", a.Tokens[k].Form)
			}
		}
	}
	for _, f := range a.Figures {
		if f.Statement >= 0 && !strings.Contains(written(text, a.Statements[f.Statement].Content), f.In(text)) {
			t.Errorf("%q is tied to a statement without it", f.In(text))
		}
	}
}

func written(text string, spans []hearsay.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, s.In(text))
	}
	return strings.Join(out, " … ")
}

func mentioned(a *hearsay.Analysis, s hearsay.Statement) bool {
	e := a.Entities[s.Speaker]
	for _, m := range e.Mentions {
		if a.Entities[a.Mentions[m].Entity].Name != e.Name || !strings.Contains(e.Name, strings.Fields(a.Mentions[m].Head.In(a.Document.Text))[0]) {
			return false
		}
	}
	return len(e.Mentions) > 0
}
