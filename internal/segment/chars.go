package segment

import (
	"strings"
	"unicode"
)

// class is what kind of character one is.
type class uint8

const (
	other class = iota
	space
	lowerLetter
	upperLetter
	plainLetter // without case
	digit
	mark // combining
	fullStop
	terminator // ! ? … and the like
	comma
	pause // : ;
	apostrophe
	openQuote
	closeQuote
	straightQuote
	openBracket
	closeBracket
	hyphen
	dash
	slash
	symbol
	emoji
)

func classify(r rune) class {
	switch r {
	case '.', '。', '．':
		return fullStop
	case '!', '?', '…', '‽', '！', '？', '؟', '։':
		return terminator
	case ',', '،', '、':
		return comma
	case ':', ';', '；', '：':
		return pause
	case '\'', '’', 'ʼ', '‘', '`', '´':
		return apostrophe
	case '«', '„', '‹', '‚', '“':
		return openQuote
	case '»', '”', '›':
		return closeQuote
	case '"':
		return straightQuote
	case '(', '[', '{':
		return openBracket
	case ')', ']', '}':
		return closeBracket
	case '-', '‐', '‑':
		return hyphen
	case '–', '—', '―', '−':
		return dash
	case '/', '\\':
		return slash
	case '\u200d', '\ufe0f':
		return emoji
	}
	switch {
	case unicode.IsSpace(r), r == '\u200b', r == '\ufeff':
		return space
	case unicode.IsLower(r):
		return lowerLetter
	case unicode.IsUpper(r), unicode.IsTitle(r):
		return upperLetter
	case unicode.IsLetter(r):
		return plainLetter
	case unicode.IsDigit(r):
		return digit
	case unicode.IsMark(r):
		return mark
	case r >= 0x1F000 && r <= 0x1FAFF, r >= 0x2600 && r <= 0x27BF, r >= 0xE0020 && r <= 0xE007F:
		return emoji
	case unicode.IsSymbol(r):
		return symbol
	}
	return other
}

func newChar(r rune, start, end int) char {
	c := classify(r)
	return char{r: r, lower: unicode.ToLower(r), class: c, space: c == space, start: start, end: end, next: -1}
}

func (c class) letter() bool {
	return c == lowerLetter || c == upperLetter || c == plainLetter || c == mark
}

func (c class) closing() bool { return c == closeQuote || c == closeBracket || c == straightQuote }

// countQuotes notes after each character how many quotation marks are open. „ and « open; a
// “ closes where a „ is open (German, Czech) and opens elsewhere; a straight mark opens before
// a letter and closes after one. What opens in a block and never closes there is forgotten
// where the block ends; marks that only close count for nothing.
func (t *text) countQuotes() {
	var open []rune
	for i := range t.chars {
		c := &t.chars[i]
		switch c.class {
		case openQuote:
			if c.r == '“' && len(open) > 0 && open[len(open)-1] == '„' {
				open = open[:len(open)-1]
				c.class = closeQuote
			} else {
				open = append(open, c.r)
			}
		case closeQuote:
			if len(open) > 0 {
				open = open[:len(open)-1]
			} else if c.r != '»' && t.opensAt(i) {
				open = append(open, c.r)
				c.class = openQuote
			}
		case straightQuote:
			if len(open) > 0 && open[len(open)-1] == '"' && !t.opensOnly(i) {
				open = open[:len(open)-1]
			} else if t.opensAt(i) {
				open = append(open, '"')
			}
		}
		c.depth = int8(min(len(open), 100))
	}
	if len(open) > 0 {
		t.forgetUnclosed()
	}
}

// forgetUnclosed lowers the depth after a mark that never closes in this block.
func (t *text) forgetUnclosed() {
	floor := t.chars[len(t.chars)-1].depth
	for i := len(t.chars) - 1; i >= 0 && floor > 0; i-- {
		floor = min(floor, t.chars[i].depth)
		t.chars[i].depth -= floor
	}
}

// opensAt says that a mark stands before a word rather than after one.
func (t *text) opensAt(i int) bool {
	return i+1 < len(t.chars) && !t.chars[i+1].space && (i == 0 || t.chars[i-1].space || t.chars[i-1].class == openBracket || t.chars[i-1].class == dash)
}

// opensOnly says that a mark cannot close: white space before, a letter after.
func (t *text) opensOnly(i int) bool {
	return i > 0 && t.chars[i-1].space && i+1 < len(t.chars) && t.chars[i+1].class.letter()
}

// keepWhole forbids boundaries inside addresses and emoji sequences. Numbers are left to the
// classifier, because treebanks differ on "1,5" and "24.08.2018".
func (t *text) keepWhole() {
	for i := 0; i < len(t.chars); {
		if t.chars[i].space {
			i++
			continue
		}
		end := i
		for end < len(t.chars) && !t.chars[end].space {
			end++
		}
		t.keepAddress(i, end)
		t.keepEmoji(i, end)
		i = end
	}
}

// keepAddress keeps URLs and e-mail addresses whole, without the punctuation around them.
func (t *text) keepAddress(from, to int) {
	for from < to && !t.chars[from].class.letter() && t.chars[from].class != digit {
		from++
	}
	if from == to {
		return
	}
	run := t.source[t.chars[from].start:t.chars[to-1].end]
	at := strings.IndexByte(run, '@')
	scheme := strings.Index(run, "://")
	address := strings.HasPrefix(run, "www.") || scheme > 0 && scheme < 10 ||
		at > 0 && strings.IndexByte(run[at:], '.') > 1
	if !address {
		return
	}
	for to > from+1 && trailing(t.chars[to-1].class) {
		to--
	}
	for i := from; i < to-1; i++ {
		t.chars[i].kept = true
	}
}

// trailing is punctuation that ends an address only by chance.
func trailing(c class) bool {
	switch c {
	case fullStop, terminator, comma, pause, apostrophe, closeQuote, straightQuote, closeBracket:
		return true
	}
	return false
}

// keepEmoji keeps joined emoji, skin tones and flags whole.
func (t *text) keepEmoji(from, to int) {
	for i := from; i+1 < to; i++ {
		a, b := t.chars[i].r, t.chars[i+1].r
		joined := a == '\u200d' || b == '\u200d' || b == '\ufe0f' || b >= 0x1F3FB && b <= 0x1F3FF ||
			regional(a) && regional(b) && !(i > from && t.chars[i-1].kept && regional(t.chars[i-1].r))
		if joined {
			t.chars[i].kept = true
		}
	}
}

func regional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }
