package language

import "unicode"

// maxOrder is the length in characters of the longest n-gram that is looked at.
const maxOrder = 5

// A features walks over a text and gives the buckets of its character 1- to 5-grams and of its
// whole words. Words are lower-cased and padded; everything that is no letter parts words.
type features struct {
	mask uint32
	word []rune
	out  []uint32
}

// of appends the buckets of text to the walker's list, which the next call overwrites.
func (f *features) of(text string) []uint32 {
	f.out, f.word = f.out[:0], f.word[:0]
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r):
			if len(f.word) < 40 {
				f.word = append(f.word, unicode.ToLower(r))
			}
		case isApostrophe(r) && len(f.word) > 0:
			f.word = append(f.word, '\'')
		case isInvisible(r):
		default:
			f.flush()
		}
	}
	f.flush()
	return f.out
}

func (f *features) flush() {
	for len(f.word) > 0 && f.word[len(f.word)-1] == '\'' {
		f.word = f.word[:len(f.word)-1]
	}
	if len(f.word) == 0 {
		return
	}
	unmix(f.word)
	n := len(f.word)
	at := func(i int) rune {
		if i < 0 || i >= n {
			return ' '
		}
		return f.word[i]
	}
	for start := -1; start < n; start++ {
		h := uint32(2166136261)
		for k := range maxOrder {
			if start+k > n {
				break
			}
			h = mix(h, at(start+k))
			if k > 0 || start >= 0 {
				f.out = append(f.out, finish(h)&f.mask)
			}
		}
	}
	h := uint32(0x9747b28c)
	for _, r := range f.word {
		h = mix(h, r)
	}
	f.out = append(f.out, finish(h)&f.mask)
	f.word = f.word[:0]
}

// unmix puts Cyrillic letters in the place of Latin look-alikes in words that hold both.
func unmix(word []rune) {
	cyrillic, latin := false, false
	for _, r := range word {
		cyrillic = cyrillic || r >= 0x400 && r < 0x530
		latin = latin || r < 0x80 && r != '\''
	}
	if !cyrillic || !latin {
		return
	}
	for i, r := range word {
		if c, ok := standsFor[r]; ok {
			word[i] = c
		}
	}
}

// standsFor are the commonest Latin letters in the place of Cyrillic ones, in print and hand.
var standsFor = map[rune]rune{
	'a': 'а', 'e': 'е', 'o': 'о', 'p': 'р', 'c': 'с', 'y': 'у', 'x': 'х', 'i': 'і', 'k': 'к', 'h': 'н',
	'n': 'п', 'r': 'г', 'u': 'и', 'm': 'т', 't': 'т', 'b': 'в', 'g': 'д',
}

// mix and finish are FNV-1a over code points with the last step of MurmurHash3.
func mix(h uint32, r rune) uint32 { return (h ^ uint32(r)) * 16777619 }

func finish(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', 'ʼ', '‘', '`', '´':
		return true
	}
	return false
}

// isInvisible reports characters that print nothing and may stand inside a word: soft hyphen,
// zero-width space and joiners, word joiner, byte order mark.
func isInvisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return false
}
