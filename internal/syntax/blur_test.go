package syntax

import (
	"testing"

	"hearsay/internal/linear"
)

// Rare words are hidden from the templates often, common ones hardly ever, and always whole: the
// tagger that learns from what is left cannot know which word it was.
func TestBlurHidesRareWords(t *testing.T) {
	rare, common := newWord("Talmarer"), newWord("und")
	b := newBlur(&lexicon{seen: map[uint64]int{rare.low: 1, common.low: 1000}}, 0)
	hidden := func(w word) (times int) {
		for range 1000 {
			v := w
			if b.blur(&v) != w {
				t.Fatal("blur does not return the word as it was")
			}
			if v.low == linear.Hash(w.lower) {
				continue
			}
			times++
			if v.form == w.form || v.stems[0] != 0 || v.amb != noAtom {
				t.Fatalf("half hidden: %+v", v)
			}
			if v.suffix != w.suffix {
				t.Fatal("the ending is hidden too")
			}
		}
		return times
	}
	if r, c := hidden(rare), hidden(common); r < 250 || r > 420 || c > 10 {
		t.Errorf("hidden of 1000: rare %d, common %d; want about 333 and 0", r, c)
	}
}

func TestOpenLicences(t *testing.T) {
	for licence, want := range map[string]bool{
		"CC BY 4.0": true, "CC BY-SA 3.0": true, "text: public domain (United Nations); package: MIT": true,
		"CC BY-NC-SA 4.0": false, "LGPL-LR": false, "unstated": false,
	} {
		if got := (RecipeFile{Licence: licence}).Open(); got != want {
			t.Errorf("%s: open %v, want %v", licence, got, want)
		}
	}
}
