package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// spacing says on which sides a mark stands free: the strongest hint at whether it opens or closes.
type spacing int

const (
	glued   spacing = iota // letters or other non-space on both sides
	opening                // free on the left, bound on the right
	closing                // bound on the left, free on the right
	free                   // free on both sides
)

// mark is one quotation mark of the text. Its shape is the rune that it stands for: an entity,
// two commas or two apostrophes are reduced to the character that was meant.
type mark struct {
	start, end  int
	shape       rune
	prev, next  rune // nearest characters that are no marks, 0 at the edge of the block
	spacing     spacing
	left, right int // where the run of adjoining marks begins and ends
}

func (m mark) single() bool {
	switch m.shape {
	case '\'', '‘', '’', '‚', '‛', '‹', '›':
		return true
	}
	return false
}

// symmetric reports whether the mark looks the same on both ends.
func (m mark) symmetric() bool { return m.shape == '"' || m.shape == '\'' }

// shapes maps what may stand in the text to the mark that is meant; longest first at one place.
var entities = map[string]rune{
	"&quot;": '"', "&#34;": '"', "&#034;": '"', "&#x22;": '"',
	"&laquo;": '«', "&#171;": '«', "&raquo;": '»', "&#187;": '»',
	"&ldquo;": '“', "&#8220;": '“', "&#x201c;": '“', "&rdquo;": '”', "&#8221;": '”', "&#x201d;": '”',
	"&bdquo;": '„', "&#8222;": '„', "&#x201e;": '„',
	"&lsquo;": '‘', "&#8216;": '‘', "&rsquo;": '’', "&#8217;": '’', "&sbquo;": '‚', "&#8218;": '‚',
	"&lsaquo;": '‹', "&#8249;": '‹', "&rsaquo;": '›', "&#8250;": '›',
	"&apos;": '\'', "&#39;": '\'', "&#039;": '\'', "&#x27;": '\'',
}

const longestEntity = len("&lsaquo;")

// markAt reads the mark at byte i of text and returns its shape and length; length 0 means none.
func markAt(text string, i int) (shape rune, length int) {
	switch b := text[i]; {
	case b == '"' || b == '\'' || b == '`' || b == ',' || b == '<' || b == '>':
		return asciiMarkAt(text, i)
	case b == '&':
		return entityAt(text, i)
	case b < utf8.RuneSelf:
		return 0, 0
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	switch r {
	case '«', '»', '“', '”', '„', '‘', '’', '‚', '‛', '‹', '›':
		return r, n
	case '‟', '＂', '〃', '″':
		return '"', n
	case '「', '『', '〝', '《':
		return '「', n
	case '」', '』', '〞', '〟', '》':
		return '」', n
	case '′', '´':
		return '’', n
	}
	return 0, 0
}

// asciiMarkAt reads the marks that are typed with one or two ASCII characters.
func asciiMarkAt(text string, i int) (rune, int) {
	double := i+1 < len(text) && text[i+1] == text[i]
	switch text[i] {
	case '"':
		if double {
			return '"', 2
		}
		return '"', 1
	case '\'':
		if double {
			return '"', 2
		}
		return '\'', 1
	case '`':
		if double {
			return '„', 2
		}
	case ',':
		if double && (i == 0 || text[i-1] != ',') && startsWord(text[i+2:]) {
			return '„', 2
		}
	case '<':
		if double {
			return '«', 2
		}
	case '>':
		if double && (i+2 == len(text) || text[i+2] != '>') {
			return '»', 2
		}
	}
	return 0, 0
}

func entityAt(text string, i int) (rune, int) {
	window := text[i:min(len(text), i+longestEntity)]
	end := strings.IndexByte(window, ';')
	if end < 0 {
		return 0, 0
	}
	shape, ok := entities[strings.ToLower(window[:end+1])]
	if !ok {
		return 0, 0
	}
	return shape, end + 1
}

// marksIn finds all marks of text[start:end] that can be quotation marks; apostrophes, primes and
// the sign for inches are left out.
func marksIn(text string, start, end int) []mark {
	var found []mark
	prev := rune(0)
	runStart := -1
	block := text[:end]
	for i := start; i < end; {
		if shape, n := markAt(block, i); n > 0 {
			if runStart < 0 {
				runStart = i
			}
			found = append(found, mark{start: i, end: i + n, shape: shape, prev: prev, left: runStart})
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(block[i:])
		prev, runStart = r, -1
		i += n
	}
	setNext(block, found)
	kept := found[:0]
	for _, m := range found {
		m.spacing = spacingOf(block, m)
		if !apostrophe(block, m) {
			kept = append(kept, m)
		}
	}
	return kept
}

// setNext fills next and right, from the last mark to the first, so that runs of marks cost nothing.
func setNext(block string, marks []mark) {
	for i := len(marks) - 1; i >= 0; i-- {
		m := &marks[i]
		if i+1 < len(marks) && marks[i+1].start == m.end {
			m.next, m.right = marks[i+1].next, marks[i+1].right
			continue
		}
		m.right = m.end
		if m.end < len(block) {
			m.next, _ = utf8.DecodeRuneInString(block[m.end:])
		}
	}
}

func spacingOf(block string, m mark) spacing {
	left, right := freeLeft(m.prev), freeRight(m.next)
	switch {
	case left && right && m.prev == 0:
		return opening
	case left && right && ellipsis(block[m.right:]):
		return opening
	case left && right && (m.next == 0 || !unicode.IsSpace(m.next)):
		return closing
	case left && right:
		return free
	case left:
		return opening
	case right:
		return closing
	}
	return glued
}

func freeLeft(r rune) bool {
	return r == 0 || unicode.IsSpace(r) || r == '\u200b' || unicode.Is(unicode.Ps, r) || dash(r) || r == '/' || r == '|' || r == '>' || r == '='
}

func freeRight(r rune) bool {
	return r == 0 || unicode.IsSpace(r) || r == '\u200b' || unicode.Is(unicode.Pe, r) || dash(r) || strings.ContainsRune(".,;:!?…/|<", r)
}

func dash(r rune) bool { return r == '-' || r == '–' || r == '—' || r == '―' || r == '−' }

// ellipsis reports whether s begins with dots that a word follows: a quotation that joins in the middle.
func ellipsis(s string) bool {
	rest := strings.TrimLeft(s, ".…")
	return len(rest) != len(s) && (strings.HasPrefix(s, "…") || strings.HasPrefix(s, "..")) && startsWord(strings.TrimLeft(rest, " "))
}

func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// apostrophe reports whether the mark is part of a word or of a measure: l'homme, п'ять, м"яч, '90s,
// 5'10", rock 'n' roll.
func apostrophe(block string, m mark) bool {
	letters := unicode.IsLetter(m.prev) && unicode.IsLetter(m.next)
	switch {
	case m.left != m.start || m.right != m.end:
		return false
	case m.single() && m.shape != '‹' && m.shape != '›':
		return letters || digits(m.prev, m.next) || decade(block, m) || elided(block, m)
	case m.shape == '"' || m.shape == '”' || m.shape == '“':
		return letters && iotated(m.next) && unicode.IsLower(m.prev)
	}
	return false
}

func digits(a, b rune) bool {
	return unicode.IsDigit(a) && (unicode.IsDigit(b) || unicode.IsLetter(b))
}

// decade reports '90s and 'n'.
func decade(block string, m mark) bool {
	if m.shape != '\'' && m.shape != '’' && m.shape != '‘' {
		return false
	}
	rest := block[m.end:]
	if m.spacing == opening && len(rest) >= 2 && isDigit(rest[0]) && isDigit(rest[1]) {
		return len(rest) == 2 || rest[2] == 's' || rest[2] == ' ' || rest[2] == '.' || rest[2] == ','
	}
	alone := m.spacing == opening && len(rest) > 1 && rest[0] == 'n' && strings.ContainsRune("'’‘ ", firstRune(rest[1:]))
	return alone || m.spacing == closing && strings.HasSuffix(block[:m.start], "n") && endsInMark(block[:m.start-1])
}

func endsInMark(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == '\'' || r == '’' || r == '‘'
}

// elided reports the apostrophe of a one-letter word that lost its partner: "l' homme", "o' clock".
func elided(block string, m mark) bool {
	if m.spacing != closing || !unicode.IsLetter(m.prev) {
		return false
	}
	before := block[:m.start-utf8.RuneLen(m.prev)]
	r, n := utf8.DecodeLastRuneInString(before)
	return n == 0 || unicode.IsSpace(r)
}

func iotated(r rune) bool { return strings.ContainsRune("яюєїеёі", r) }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
