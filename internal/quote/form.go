package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

const (
	shortWords = 4 // a name or a word in scare quotes
	titleWords = 8 // a title, if all its longer words are capitalised
)

// scare reports by form alone whether a quotation is a title, a name or a word kept at a distance:
// a few words without an end of sentence, in the middle of a clause, not after a colon or comma.
func (p *page) scare(q hearsay.Quotation) bool {
	if q.Unclosed || q.Continues || !p.few(q) {
		return false
	}
	before := trimRight(p.text[p.Start:q.Start])
	r, n := utf8.DecodeLastRuneInString(before)
	listed := r == ',' && endsInDouble(trimRight(before[:len(before)-n]))
	inClause := r != ':' && r != ',' && !dash(r)
	return (inClause || listed) && !namesSpeaker(p.text[q.End:p.End], before == "")
}

// few reports whether the words in the marks are few and no sentence ends with them.
func (p *page) few(q hearsay.Quotation) bool {
	content := q.Inner.In(p.text)
	last, _ := utf8.DecodeLastRuneInString(content)
	if q.Open == "" || content == "" || len(content) > 40*titleWords || last == ',' || ended(last) {
		return false
	}
	words := strings.Fields(content)
	return len(words) <= shortWords || len(words) <= titleWords && title(words)
}

func endsInDouble(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("\"”“»«", r) && r != 0
}

// title reports whether all words of more than three letters are capitalised.
func title(words []string) bool {
	for _, w := range words {
		if utf8.RuneCountInString(w) > 3 && !unicode.IsUpper(firstRune(strings.TrimLeft(w, "\"'«„“‘"))) {
			return false
		}
	}
	return true
}

// namesSpeaker reports whether what follows a quotation can only be the one who said it: a comma and
// a dash, or, in a headline that begins with the quotation, a colon, comma or dash.
func namesSpeaker(rest string, atStart bool) bool {
	rest = trimLeft(rest)
	comma := strings.HasPrefix(rest, ",")
	if comma {
		rest = trimLeft(rest[1:])
	}
	r := firstRune(rest)
	return comma && dash(r) || atStart && (comma || r == ':' || dash(r))
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// ended reports the marks that end a sentence.
func ended(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' || r == '。' }

func trimLeft(s string) string { return strings.TrimLeftFunc(s, unicode.IsSpace) }

func trimRight(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }

// trim is text[start:end] without white space on its ends.
func trim(text string, start, end int) hearsay.Span {
	if end <= start {
		return hearsay.Span{Start: start, End: start}
	}
	s := trimLeft(text[start:end])
	start = end - len(s)
	return hearsay.Span{Start: start, End: start + len(trimRight(s))}
}

func runeStart(text string, i int) int {
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return i
}

// sentenceEndAt reports whether the byte at i ends a sentence before white space or end.
func sentenceEndAt(text string, i, end int) bool {
	switch text[i] {
	case '.', '!', '?':
	default:
		return false
	}
	return i+1 >= end || text[i+1] == ' ' || text[i+1] == '\n'
}

// lastSentenceEnd is the end of the last sentence in text[start:end], or start if none ends there.
func lastSentenceEnd(text string, start, end int) int {
	for i := end - 1; i > start; i-- {
		if sentenceEndAt(text, i, end) {
			return i + 1
		}
	}
	return max(start, 0)
}

// firstSentenceEnd is the end of the first sentence in text[start:end], or start if none ends there.
func firstSentenceEnd(text string, start, end int) int {
	for i := max(start, 0); i < end; i++ {
		if sentenceEndAt(text, i, end) {
			return i + 1
		}
	}
	return start
}

// sentenceStart is where the first sentence after start begins, or start if none does before end.
func sentenceStart(text string, start, end int) int {
	if e := firstSentenceEnd(text, start, end); e < end && e > start {
		return e
	}
	return start
}

// authorsWords is the length of the speech in s before a comma or an end mark, a dash and a small
// letter, the habit of Slavic print: "Ми чекаємо, — сказав він." 0 means that there are none.
func authorsWords(s string) int {
	for i, r := range s {
		if r != '—' && r != '–' && r != '-' {
			continue
		}
		before := trimRight(s[:i])
		last, n := utf8.DecodeLastRuneInString(before)
		after := trimLeft(s[i+utf8.RuneLen(r):])
		if len(before) == i || len(after) == 0 || !unicode.IsLower(firstRune(after)) {
			continue
		}
		if last == ',' {
			return len(before) - n
		}
		if ended(last) {
			return len(before)
		}
	}
	return 0
}
