package syntax

import "math/rand/v2"

// blur hides in training, now and then, which word a word is, the rarer the oftener: endings and
// context learn to decide alone, as they must for words never seen.
type blur struct {
	random *rand.Rand
	seen   map[uint64]int
}

const (
	blurRate  = 0.5 // a word seen n times is hidden with the chance rate / (rate + n) (Kiperwasser & Goldberg 2016)
	blurStems = 0.5 // the share of hidden words whose stems are hidden too
)

func newBlur(x *lexicon, run int) *blur {
	return &blur{rand.New(rand.NewPCG(uint64(run), 7)), x.seen}
}

// blur hides a word or leaves it, and returns it as it was.
func (b *blur) blur(w *word) word {
	clear := *w
	if b.random.Float64() >= blurRate/(blurRate+float64(b.seen[w.low])) {
		return clear
	}
	w.low, w.form, w.amb = b.random.Uint64(), b.random.Uint64(), noAtom
	w.stems[0] = 0
	if b.random.Float64() < blurStems {
		w.stems = [len(w.stems)]uint64{}
	}
	return clear
}
