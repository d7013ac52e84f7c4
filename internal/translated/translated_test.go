package translated_test

import (
	"slices"
	"strings"
	"testing"

	"hearsay/data"
	"hearsay/internal/ingest"
	"hearsay/pipeline"

	"hearsay"
)

func read(t *testing.T, text string) *hearsay.Document {
	t.Helper()
	an, err := pipeline.New(pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return an.Document(ingest.Raw{Kind: ingest.KindText, Path: "a.txt", Text: text}).Document
}

// Texts that keep another language's syntax, idioms, punctuation or letters, each with words that show it.
func TestReadsTranslated(t *testing.T) {
	for _, c := range []struct{ why, text, from, shows string }{
		{
			"English with a Slavic comma, a dated perfect, two negations and a bare town",
			"In city Vellin without light remained 300 houses, has informed on Monday the network operator.\n\nThe head of the network has told, that repair will take a week. \"We to nobody do not promise a date\", - he has added.",
			"und", "In city Vellin|has informed on Monday|told, that|nobody do not",
		},
		{
			"English with angle quotation marks and a finite verb behind to be",
			"«The bridge will be closed until the summer, ” the minister of roads said on Monday in Vellin.\n\nI’m already wrote that the bridge is old and that the minister knows it very well. He said so on the air of a talk show in March.",
			"und", "«|’m already wrote|on the air of",
		},
		{
			"Ukrainian with two calques from Russian and a word in its letters",
			"Міністр доріг прийняв участь у відкритті мосту в понеділок у місті. Слідуюча зустріч відбудеться в травні, повідомили в міністерстві. Не дивлячись на дощ, прийшло багато людей, а мост был старий.",
			"ru", "прийняв участь|Слідуюча|Не дивлячись на",
		},
	} {
		d := read(t, c.text)
		if d.Translated == nil {
			t.Errorf("%s: not marked", c.why)
			continue
		}
		if d.Translated.From != c.from || d.Translated.Score <= 0.5 || d.Translated.Score >= 1 {
			t.Errorf("%s: from %q, score %.2f", c.why, d.Translated.From, d.Translated.Score)
		}
		var shown []string
		for _, e := range d.Translated.Evidence {
			shown = append(shown, e.In(d.Text))
		}
		for want := range strings.SplitSeq(c.shows, "|") {
			if !slices.ContainsFunc(shown, func(s string) bool { return strings.Contains(s, want) }) {
				t.Errorf("%s: %q is not among %q", c.why, want, shown)
			}
		}
	}
}

// Native prose is not marked: neither for one odd turn, nor for quoting, naming and mixing as writers do.
func TestReadsNative(t *testing.T) {
	for why, text := range map[string]string{
		"plain English":           "The city of Vellin has closed the bridge. The minister said on Monday that it was old, and that nobody had been told. He has been in Vellin since Monday.",
		"one calque":              "Recall that the bridge was closed in May. The minister said that the repair would take a week and that the town would pay for it.",
		"that day, set off":       "He said, that day at least, nothing at all. Nobody who was there did not know why. The minister has said nothing since Tuesday.",
		"a quoted word":           "The sign says «мост» in old letters (мост means bridge). The minister, who was born there, likes it very much.",
		"French quotation marks":  "« Le pont sera fermé », a déclaré la ministre lundi à Vellin. Elle a ajouté que les travaux dureraient dix jours et que la ville paierait.",
		"Spanish dialogue dashes": "—El puente está cerrado —dijo la ministra el lunes en Vellin. Añadió que las obras durarían diez días y que la ciudad pagaría la mitad.",
		"Ukrainian speech":        "«На протязі дня ми прийняли участь у слідуючих заходах», — сказав водій. Міст у місті зачинили в понеділок через дощ, повідомила міська рада.",
		"Russian with a name":     "В понедельник в городе закрыли мост, сообщила газета «Київ». Министр дорог заявил, что ремонт займет неделю, и поблагодарил жителей.",
	} {
		if d := read(t, text); d.Translated != nil {
			var shown []string
			for _, e := range d.Translated.Evidence {
				shown = append(shown, e.In(d.Text))
			}
			t.Errorf("%s: marked by %q", why, shown)
		}
	}
}

// Every entry of the tables is found in its example.
func TestExamplesOfTheTables(t *testing.T) {
	for _, language := range []string{"en", "uk"} {
		raw, err := data.Lexicon.ReadFile("lexicon/" + language + "/translated.tsv")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			f := strings.Split(strings.TrimSpace(line), "\t")
			if line[0] == '#' {
				continue
			}
			found := slices.ContainsFunc(strings.Split(f[2], "|"), func(form string) bool {
				return strings.Contains(strings.ToLower(f[3]), strings.TrimSuffix(form, " ,"))
			})
			if len(f) != 4 || !found {
				t.Errorf("%s: the example of %q does not show it", language, f[2])
			}
		}
	}
}
