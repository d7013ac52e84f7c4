package syntax

import (
	"slices"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/linear"
)

// Two declensions, a conjugation whose imperative has no form of its own, and a prefix.
const (
	spellingAffixes = `SET UTF-8
SFX f Y 3
SFX f а и [^жч]а
SFX f а і [^гк]а
SFX f ка ці ка
SFX p Y 2
SFX p а 0 а
SFX p а ами а
SFX m Y 3
SFX m 0 а [^аь]
SFX m ь я [^ц]ь
SFX m овець івця овець
SFX v Y 2
SFX v ти в [аи]ти
SFX v ти ла [аи]ти
PFX n Y 1
PFX n 0 не .
`
	spellingWords = `7
вода/fp
рука/f
Корвія/
ліс/m po:noun
вівторок
торговець/m
знати/vn
`
)

func spellingDictionary(t *testing.T, affixes, words string) Dictionary {
	t.Helper()
	d, err := ReadDictionary(packed(t, map[string]string{"xx.aff": affixes, "xx.dic": words}))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Conditions, what is cut off, and prefixes before every form; no form where the conditions fail.
func TestHunspellMakesEveryForm(t *testing.T) {
	var got []string
	for l := range spellingDictionary(t, spellingAffixes, spellingWords).Lexemes {
		var forms []string
		for _, f := range l {
			forms = append(forms, f.Form)
		}
		got = append(got, strings.Join(forms, " "))
	}
	want := []string{
		"вода води воді вод водами", "рука руки руці", "Корвія", "ліс ліса", "вівторок", "торговець торгівця",
		"знати знав знала незнати незнав незнала",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestHunspellFlagsOfSeveralCharacters(t *testing.T) {
	for kind, flags := range map[string]string{"num": "12,7", "long": "aabb"} {
		first, second, _ := strings.Cut(map[string]string{"num": "12 7", "long": "aa bb"}[kind], " ")
		d := spellingDictionary(t, "SET UTF-8\nFLAG "+kind+"\nSFX "+first+" Y 1\nSFX "+first+" а и .\nSFX "+second+" Y 1\nSFX "+second+" а ою .\n", "1\nвода/"+flags+"\n")
		for l := range d.Lexemes {
			if len(l) != 3 || l[1].Form != "води" || l[2].Form != "водою" {
				t.Errorf("%s: %v", kind, l)
			}
		}
	}
}

func TestHunspellRefusesWhatItCannotRead(t *testing.T) {
	for why, affixes := range map[string]string{
		"another encoding": "SET KOI8-U\n", "a condition that does not end": "SET UTF-8\nSFX f Y 1\nSFX f а и [жч\n",
	} {
		if _, err := ReadDictionary(packed(t, map[string]string{"xx.aff": affixes, "xx.dic": "1\nвода/f\n"})); err == nil {
			t.Error(why)
		}
	}
	if _, err := ReadDictionary(packed(t, map[string]string{"xx.aff": spellingAffixes})); err == nil {
		t.Error("affixes without words")
	}
}

// The longer change of the stem is left out of an ending, and а after a hard consonant is я after a soft one.
func TestHunspellEndings(t *testing.T) {
	var got []string
	for l := range spellingDictionary(t, spellingAffixes, "3\nкороль/m\nторговець/m\nвода/fp\n").Lexemes {
		for _, f := range l[1:] {
			got = append(got, strings.Split(f.Tag, "\t")[2])
		}
	}
	if !slices.Equal(got, []string{"а", "а", "и", "і", "", "ами"}) {
		t.Errorf("%q", got)
	}
}

// Six feminine nouns of a treebank say what takes the flag f, and so what a seventh is; a form that two
// flags make says nothing of their number.
func TestFlagsMeanWhatWordsOfTreesAre(t *testing.T) {
	lemmas := strings.Fields("вода рука нога гора книга школа")
	var tree Tree
	for _, lemma := range lemmas {
		stem := strings.TrimSuffix(lemma, "а")
		tree.Tokens = append(tree.Tokens,
			hearsay.Token{Form: stem + "и", Lemma: lemma, UPOS: "NOUN", Feats: "Case=Gen|Gender=Fem|Number=Sing"},
			hearsay.Token{Form: stem + "ами", Lemma: lemma, UPOS: "NOUN", Feats: "Case=Ins|Gender=Fem|Number=Plur"})
	}
	words := "8\n" + strings.Join(lemmas, "/fp\n") + "/fp\nПравда/fp\nтам\n"
	affixes := "SET UTF-8\nSFX f Y 1\nSFX f а и а\nSFX p Y 1\nSFX p а ами а\n"
	d := learnDictionary([]Dictionary{spellingDictionary(t, affixes, words)}, []Tree{tree})
	for word, want := range map[string]string{
		"книги": "NOUN Fem Sing -и", "книгами": "NOUN Fem Plur -ами", "книга": "NOUN Fem word", "правди": "NOUN Fem Sing -и Name", "там": "PREP",
	} {
		if got := readingsOf(d, word); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
	noun := tagNumber("NOUN")
	if k := d.look("книги"); k.with(noun) == noAtom || k.with(tagNumber("VERB")) == k.with(noun) {
		t.Errorf("книги: %+v", k)
	}
}

// «Корвпрому» is the dative of «Корвпром», an entry of the dictionary, whatever the ending reminds of.
func TestDictionaryTellsLemmas(t *testing.T) {
	d := dictionaryOf(false,
		lexeme("Корвпром", "NOUN word Name", "Корвпрому", "NOUN -у Name"), lexeme("водій", "NOUN word", "водія", "NOUN -а"), lexeme("там", "PREP"))
	for _, c := range []struct {
		lemma, form string
		want        lemmaKnowledge
	}{
		{"корвпром", "корвпрому", lemmaOfForm},
		{"водій", "корвпрому", lemmaIsWord},
		{"корвпрому", "корвпрому", lemmaIsForm},
		{"там", "там", lemmaIsForm},
		{"корвпрій", "корвпрому", lemmaUnknown},
	} {
		if got := d.knows(c.lemma, c.form); got != c.want {
			t.Errorf("%s of %s: %d, want %d", c.lemma, c.form, got, c.want)
		}
	}
	if got := dictionaryOf(false, lexeme("вода", "NOUN femn nomn")).knows("вода", "вода"); got != lemmaUnknown {
		t.Errorf("a dictionary that does not mark lemmas knows one: %d", got)
	}
}

// The treebanks write об’єкт, the dictionaries об'єкт.
func TestDictionaryReadsEveryApostrophe(t *testing.T) {
	d := dictionaryOf(false, lexeme("об'єкт", "NOUN masc sing nomn"))
	if got := d.look("об’єкт"); got != d.look("об'єкт") || got.all == noAtom {
		t.Errorf("%+v", got)
	}
}

// The keys of many stems are cut short, and are so again when the file is read.
func TestLargeDictionarySurvivesItsFile(t *testing.T) {
	b := []rune("абвгдежзийклмнопрстуфхцчшщ")
	word := func(i int) string {
		var s []rune
		for range 5 {
			s = append(s, b[i%len(b)])
			i /= len(b)
		}
		return string(s)
	}
	d := learnDictionary([]Dictionary{{Lexemes: func(yield func(Lexeme) bool) {
		for i := range manyStems + 1 {
			if !yield(lexeme(word(i)+"ка", "NOUN femn sing nomn", word(i)+"ку", "NOUN femn sing accs")) {
				return
			}
		}
	}}}, nil)
	if d.blind == 0 {
		t.Fatal("all of the keys is kept")
	}
	got, err := loadDictionary(&linear.File{Sections: d.sections()})
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < manyStems; i += 1000 {
		if w := word(i) + "ку"; got.look(w) != d.look(w) || got.look(w).all == noAtom {
			t.Fatalf("%s: %+v, want %+v", w, got.look(w), d.look(w))
		}
	}
}

func FuzzReadHunspell(f *testing.F) {
	f.Add(spellingAffixes, spellingWords)
	f.Add("FLAG num\nPFX 1 Y 1\nPFX 1 а 0 [^б]в.\n", "а/1,1")
	f.Fuzz(func(t *testing.T, affixes, words string) {
		lexemes, err := readHunspell(map[string][]byte{"xx.aff": []byte(affixes), "xx.dic": []byte(words)})
		if err != nil {
			return
		}
		n := 0
		for l := range lexemes {
			if len(l) == 0 || l[0].Form == "" {
				t.Fatalf("%v has no word", l)
			}
			for _, form := range l {
				if strings.Count(form.Tag, "\t") != 3 {
					t.Fatalf("%q: %q", form.Form, form.Tag)
				}
			}
			if n++; n > 100 {
				return
			}
		}
	})
}
