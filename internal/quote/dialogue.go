package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// turns finds the speech of a block that a dialogue dash opens: "— Ми чекаємо, — сказав він. — І мовчимо."
// Author's words between dashes are left out; dashes inside quotation marks count for nothing.
func (p *page) turns() []hearsay.Quotation {
	if p.Role != hearsay.RoleBody && p.Role != hearsay.RoleLede {
		return nil
	}
	first, n := utf8.DecodeRuneInString(p.text[p.Start:p.End])
	if !dash(first) || !speechAfter(p.text[p.Start+n:p.End], first) {
		return nil
	}
	var found []hearsay.Quotation
	open, speech := p.Start, true
	from := p.Start + n
	for i := from; i < p.End; {
		r, n := utf8.DecodeRuneInString(p.text[i:])
		if dash(r) && !p.quoted(i) {
			if speech && p.interrupts(from, i, n) {
				found = append(found, p.turn(open, from, i))
				speech = false
			} else if !speech && p.resumes(i, n) {
				open, from, speech = i, i+n, true
			}
		}
		i += n
	}
	if speech {
		found = append(found, p.turn(open, from, p.End))
	}
	return found
}

// speechAfter reports whether a dash at a paragraph's start can open speech: words follow, with a
// space after a hyphen, and no quotation mark, which would be the opening itself.
func speechAfter(rest string, first rune) bool {
	if first == '-' && !strings.HasPrefix(rest, " ") {
		return false
	}
	r := firstRune(trimLeft(rest))
	return unicode.IsLetter(r) || strings.ContainsRune("¿¡…", r) || unicode.IsDigit(r)
}

func (p *page) turn(open, from, to int) hearsay.Quotation {
	for from < to && strings.IndexByte(".,;:", p.text[from]) >= 0 {
		from++
	}
	inner := trim(p.text, from, to)
	if i := inverted(inner.In(p.text)); i > 0 {
		inner.End = inner.Start + i
	}
	if s := inner.In(p.text); strings.HasSuffix(s, ",") {
		inner.End--
	}
	return hearsay.Quotation{
		Span:  hearsay.Span{Start: open, End: inner.End},
		Inner: inner,
		Open:  p.text[open:from],
		Dash:  true,
	}
}

// interrupts reports whether the dash at i, n bytes long, leads from speech to the author's words.
func (p *page) interrupts(from, i, n int) bool {
	before := p.text[from:i]
	after := p.text[i+n : p.End]
	last, _ := utf8.DecodeLastRuneInString(trimRight(before))
	next := trimLeft(after)
	spaced := len(trimRight(before)) < len(before)
	if !spaced || !unicode.IsLower(firstRune(next)) {
		return false
	}
	if last == ',' || ended(last) {
		return true
	}
	tight := len(next) == len(after) // Spanish: —Esperamos —dijo él—. Nada más.
	return tight || reports(firstWord(next))
}

// resumes reports whether the dash at i leads from the author's words back to speech.
func (p *page) resumes(i, n int) bool {
	before := p.text[p.Start:i]
	last, _ := utf8.DecodeLastRuneInString(trimRight(before))
	after := p.text[i+n : p.End]
	tight := len(trimRight(before)) == len(before) && last != '-'
	if tight {
		return after != "" && !unicode.IsLetter(firstRune(after))
	}
	return ended(last) || last == ',' || last == ':'
}

func firstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		return s
	}
	return s[:end]
}

// reports tells a Polish verb of saying by its ending, for there no comma parts it from the speech.
func reports(word string) bool {
	switch word {
	case "mówi", "mówią", "dodaje", "podkreśla", "zaznacza", "twierdzi", "wyjaśnia", "pyta", "ocenia", "przyznaje", "tłumaczy", "pisze", "odpowiada":
		return true
	}
	for _, ending := range []string{"ał", "ała", "ali", "ały", "ił", "iła", "ili", "yła", "ył", "yli", "ął", "ęła", "ęli", "kł", "kła"} {
		if strings.HasSuffix(word, ending) && len(word) > len(ending)+3 {
			return true
		}
	}
	return false
}

// quoted reports whether byte i lies inside quotation marks.
func (p *page) quoted(i int) bool {
	for p.seen < len(p.found) && (p.found[p.seen].Start < 0 || p.found[p.seen].End <= i) {
		p.seen++
	}
	return p.seen < len(p.found) && p.found[p.seen].Start <= i
}

// inverted is the length of the speech in s before a French verb with its subject behind it: "Nous
// attendons, dit-il." 0 means that there is none.
func inverted(s string) int {
	for _, subject := range []string{"-il", "-elle", "-on", "-ils", "-elles", "-je"} {
		at := strings.Index(s, subject)
		if at < 0 || startsWord(s[at+len(subject):]) {
			continue
		}
		comma := strings.LastIndexByte(s[:at], ',')
		if comma > 0 && at-comma < 24 && unicode.IsLower(firstRune(trimLeft(s[comma+1:]))) {
			return comma
		}
	}
	return 0
}
