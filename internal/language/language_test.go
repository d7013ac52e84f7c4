package language

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay"
)

func TestIdentify(t *testing.T) {
	for _, c := range []struct{ lang, text string }{
		{"en", "The harbour stays closed until Monday."},
		{"uk", "Порт не працюватиме до понеділка."},
		{"ru", "Порт не будет работать до понедельника."},
		{"be", "Порт не будзе працаваць да панядзелка."},
		{"pl", "Port będzie zamknięty do poniedziałku."},
		{"de", "Der Hafen bleibt bis Montag geschlossen."},
		{"fr", "Le port restera fermé jusqu'à lundi."},
		{"es", "El puerto seguirá cerrado hasta el lunes."},
		// Words that hardly differ between the three East Slavic languages.
		{"uk", "Що каже влада"},
		{"ru", "Что говорит власть"},
		{"be", "Што кажа ўлада"},
		// Obfuscated with look-alikes.
		{"uk", "Пopт нe пpaцювaтимe дo пoнeдiлкa."},
		{"ru", "ПОРТ НЕ БУДЕТ РАБОТАТЬ ДО ПОНЕДЕЛЬНИКА"},
	} {
		if lang, confidence := Identify(c.text); lang != c.lang || confidence < reject {
			t.Errorf("%q: %s (%.2f), want %s", c.text, lang, confidence, c.lang)
		}
	}
}

// Languages that are not read are never taken for one that is with confidence.
func TestIdentifyOthers(t *testing.T) {
	for _, text := range []string{
		"Přístav zůstane zavřený až do pondělí, uvedl starosta města.",
		"Il porto resterà chiuso fino a lunedì, ha detto il sindaco della città.",
		"O porto ficará fechado até segunda-feira, disse o presidente da câmara.",
		"De haven blijft tot maandag gesloten, zei de burgemeester van de stad.",
		"Liman pazartesi gününe kadar kapalı kalacak, dedi belediye başkanı.",
		"Пристанището ще остане затворено до понеделник, каза кметът на града.",
		"Лука ће остати затворена до понедељка, рекао је градоначелник.",
		"Το λιμάνι θα μείνει κλειστό μέχρι τη Δευτέρα.",
		"港口将关闭至星期一。",
		"سيبقى الميناء مغلقا حتى يوم الاثنين",
		"12 34 — !!!", "",
	} {
		lang, confidence := Identify(text)
		for _, s := range Supported() {
			if lang == s {
				t.Errorf("%q: %s (%.2f)", text, lang, confidence)
			}
		}
		if confidence > 0.5 {
			t.Errorf("%q: %s with confidence %.2f", text, lang, confidence)
		}
	}
}

func TestDetectMixed(t *testing.T) {
	text := strings.Repeat("Рада острова три тижні чекає на відповідь міністерства про пором.\n", 6) +
		strings.Repeat("The council of the island has waited for an answer about the ferry for weeks.\n", 3)
	doc := hearsay.Document{Text: text}
	Detect(&doc)
	if doc.Language != "uk" || len(doc.Notes) != 1 || !strings.Contains(doc.Notes[0], "en") {
		t.Errorf("%s %v", doc.Language, doc.Notes)
	}
	// Boilerplate has no vote.
	doc = hearsay.Document{Text: text, Blocks: []hearsay.Block{
		{Span: hearsay.Span{Start: 0, End: strings.Index(text, "The") - 1}, Role: hearsay.RoleBody},
		{Span: hearsay.Span{Start: strings.Index(text, "The"), End: len(text) - 1}, Role: hearsay.RoleBoilerplate},
	}}
	Detect(&doc)
	if doc.Language != "uk" || len(doc.Notes) != 0 {
		t.Errorf("%s %v", doc.Language, doc.Notes)
	}
}

// The same recipe and data give the same bytes, and data that is not the recipe's is refused.
func TestTrainIsReproducible(t *testing.T) {
	folder := t.TempDir()
	var recipe strings.Builder
	recipe.WriteString("name = \"language\"\n[options]\nseed = 1\nbits = 10\nrounds = 2\ndraws = 40\nother_draws = 10\nrate = 0.3\nsupported = [\"en\", \"uk\"]\nspellers = [\"uk\"]\ngram_count = 1\n")
	for lang, text := range map[string]string{"en": "The ferry sails on Monday.", "uk": "Пором вийде в понеділок.", "cs": "Loď vypluje v pondělí."} {
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		fmt.Fprintf(w, "# text = %s\n", text)
		w.Close()
		if err := os.WriteFile(filepath.Join(folder, lang+".conllu.gz"), z.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&recipe, "[[data]]\npath = \"%s.conllu.gz\"\nlanguage = \"%s\"\nsha256 = \"%x\"\n", lang, lang, sha256.Sum256(z.Bytes()))
	}
	train := func(recipe string) ([]byte, error) {
		var out bytes.Buffer
		err := Train(TrainOptions{Recipe: []byte(recipe), Data: []string{folder}}, &out)
		return out.Bytes(), err
	}
	first, err := train(recipe.String())
	if err != nil {
		t.Fatal(err)
	}
	if second, _ := train(recipe.String()); !bytes.Equal(first, second) {
		t.Error("two trainings differ")
	}
	m, err := parseModel(first)
	if err != nil {
		t.Fatal(err)
	}
	if lang, _ := m.identify("Пором вийде"); lang != "uk" {
		t.Errorf("the small model says %s", lang)
	}
	if s := m.speller("uk"); s == nil || !s.knows("понеділок") || s.knows("вівторок") {
		t.Error("the small speller does not know its words")
	}
	for n := range len(first) {
		if _, err := parseModel(first[:n]); n < len(magic) && err == nil {
			t.Fatalf("a model of %d bytes was read", n)
		}
	}
	if _, err := train(strings.Replace(recipe.String(), "sha256 = \"", "sha256 = \"0", 1)); err == nil {
		t.Error("a changed data file was accepted")
	}
}

func FuzzIdentify(f *testing.F) {
	f.Add("Порт не працюватиме до понеділка.")
	f.Add("\xff\x00")
	f.Fuzz(func(t *testing.T, text string) {
		if lang, confidence := Identify(text); lang == "" || confidence < 0 || confidence > 1 {
			t.Fatalf("%q %f", lang, confidence)
		}
	})
}

func BenchmarkIdentify(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"line", "Рада острова три тижні чекає на відповідь міністерства про пором, який не вийшов у море."},
		{"million words", strings.Repeat("water ", 1_000_000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				Identify(c.text)
			}
		})
	}
}

// BenchmarkLoad is what the first text waits for.
func BenchmarkLoad(b *testing.B) {
	var out bytes.Buffer
	m, err := loaded()
	if err != nil {
		b.Fatal(err)
	}
	m.write(&out)
	for b.Loop() {
		m, err := parseModel(out.Bytes())
		if err != nil {
			b.Fatal(err)
		}
		m.speller("uk")
	}
}
