package quote

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/lexicon"
)

// longestInsert is how many bytes of the author's words may stand inside a quotation.
const longestInsert = 300

// insert is the author's words inside a quotation: «Ми чекаємо, — сказав він. — Міст старий».
type insert struct {
	from int // end of the speech before them
	to   int // where speech goes on, -1 where it does not
}

// inserts finds the author's words in text[from:to] between dashes. The first of them, or the second,
// is a reporting verb: else what stands between dashes is the speaker's own.
// What stands in the quotations inside is left out.
func (s *scanner) inserts(from, to int, inside []hearsay.Quotation) []insert {
	var out []insert
	for _, i := range s.dashesIn(from, to) {
		if i < from {
			continue
		}
		for len(inside) > 0 && inside[0].End <= i {
			inside = inside[1:]
		}
		if len(inside) > 0 && inside[0].Start >= 0 && inside[0].Start <= i || !s.insertAt(from, i, to) {
			continue
		}
		in := insert{from: speechEnd(s.text, from, i), to: s.resumesAt(i, min(to, i+longestInsert))}
		out = append(out, in)
		if in.to < 0 {
			break
		}
		from = in.to
	}
	return out
}

// dashesIn gives where dashes stand in text[from:to].
func (s *scanner) dashesIn(from, to int) []int {
	if s.dashes == nil {
		s.dashes = []int{}
		for i, r := range s.text {
			if dash(r) {
				s.dashes = append(s.dashes, i)
			}
		}
	}
	first, last := sort.SearchInts(s.dashes, from), sort.SearchInts(s.dashes, to)
	return s.dashes[first:max(first, last)]
}

// insertAt reports whether the dash at i leads to the author's words.
func (s *scanner) insertAt(from, i, to int) bool {
	before := s.text[from:i]
	_, n := utf8.DecodeRuneInString(s.text[i:])
	after := trimLeft(s.text[i+n : max(to, i+n)])
	if len(trimRight(before)) == len(before) || len(trimRight(before)) == 0 || !unicode.IsLower(firstRune(after)) {
		return false
	}
	first := firstWord(after)
	second := firstWord(trimLeft(after[len(first):]))
	return s.says(first) || s.says(second)
}

// says reports whether a word is a form of a verb of saying that stands with quotations.
func (s *scanner) says(word string) bool {
	if word == "" || s.words == nil {
		return false
	}
	c := s.words.At([]hearsay.Token{{Form: word, UPOS: "VERB"}}, 0, 1).Cue
	return c != nil && c.Kind == hearsay.Speech && c.Frame.Has(lexicon.Quote)
}

// speechEnd is the end of the speech before the dash at i, without the comma that the author's
// words bring along.
func speechEnd(text string, from, i int) int {
	before := trimRight(text[from:i])
	return from + len(strings.TrimSuffix(before, ","))
}

// resumesAt is where speech goes on after the author's words that the dash at from opens: behind a
// dash with a mark of punctuation before it, or behind one without a space before, as in Spanish. -1
// for nowhere.
func (s *scanner) resumesAt(from, to int) int {
	for _, i := range s.dashesIn(from+1, to) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		before := s.text[from:i]
		last, _ := utf8.DecodeLastRuneInString(trimRight(before))
		tight := len(trimRight(before)) == len(before) && r != '-'
		next, _ := utf8.DecodeRuneInString(s.text[i+n:])
		if tight && !unicode.IsLetter(next) || !tight && (ended(last) || strings.ContainsRune(",:;", last)) {
			at := i + n
			for at < to && (s.text[at] == ' ' || strings.IndexByte(".,;:", s.text[at]) >= 0) {
				at++
			}
			return at
		}
	}
	return -1
}

// split parts quotations at the author's words inside their marks.
func (s *scanner) split(all []hearsay.Quotation) []hearsay.Quotation {
	var out []hearsay.Quotation
	for i, q := range all {
		if q.Dash || q.Scare {
			out = append(out, q)
			continue
		}
		end := i + 1
		for end < len(all) && all[end].Start < q.End {
			end++
		}
		out = append(out, s.pieces(q, all[i+1:end])...)
	}
	return out
}

func (s *scanner) pieces(q hearsay.Quotation, inside []hearsay.Quotation) []hearsay.Quotation {
	var out []hearsay.Quotation
	for _, in := range s.inserts(q.Inner.Start, q.Inner.End, inside) {
		if in.to < 0 || in.from <= q.Inner.Start {
			break
		}
		rest := trim(s.text, in.to, q.Inner.End)
		if rest.Len() == 0 { // speech goes on in the next paragraph, or its mark stands after the author's words
			q.Unclosed = q.Unclosed || q.Close != ""
			q.Inner.End, q.End, q.Close = in.from, in.from, ""
			break
		}
		before := q
		before.Inner.End, before.End, before.Close, before.Unclosed = in.from, in.from, "", false
		out = append(out, before)
		q.Start, q.Inner, q.Open, q.Continues = rest.Start, rest, "", true
	}
	return append(out, q)
}

// reportingWords is the length of the speech in s before a clause that can only name its speaker:
// a comma, question or exclamation mark, then up to some words that begin or end with a reporting verb
// and a full stop: "She gave me her word, he said. Nobody answered." 0 means that there is none.
func (s *scanner) reportingWords(body string) int {
	const longest = 80 // bytes
	for i := 0; ; i++ {
		next := strings.IndexAny(body[i:], ",?!")
		if next < 0 {
			return 0
		}
		i += next
		clause := body[i+1:]
		if len(clause) > longest {
			clause = clause[:longest]
		}
		stop := strings.IndexAny(clause, ".,:;!?")
		if stop < 0 || clause[stop] != '.' || !strings.HasPrefix(clause, " ") {
			continue
		}
		if s.namesSpeaker(strings.Fields(clause[:stop])) {
			if body[i] == ',' {
				return i
			}
			return i + 1
		}
	}
}

// conjunctions open clauses that go on with what the speaker says.
var conjunctions = map[string]bool{
	"and": true, "but": true, "or": true, "und": true, "aber": true, "oder": true, "et": true, "mais": true, "ou": true, "y": true, "pero": true,
	"i": true, "a": true, "ale": true, "lub": true, "і": true, "й": true, "та": true, "але": true, "и": true, "а": true, "но": true, "ды": true,
}

// namesSpeaker reports a clause such as "he said", "the minister said", "sagte er": two to five words
// of which the first or the last is a reporting verb.
func (s *scanner) namesSpeaker(words []string) bool {
	if len(words) < 2 || len(words) > 5 || conjunctions[words[0]] {
		return false
	}
	return s.says(words[0]) || s.says(words[len(words)-1])
}
