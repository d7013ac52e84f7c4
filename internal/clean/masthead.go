package clean

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/internal/dates"
)

// Limits of names in lines around the headline, in words.
const (
	longestName = 5
	fewWords    = 2 // of what nothing but its place shows to be an outlet's name
)

// findMasthead finds the lines above the headline that name the outlet and the day: a line of both,
// or a short line followed at once by a day, byline or section and then by another headline.
func (p *page) findMasthead() {
	first := p.firstOpen(0)
	if first < 0 || p.paragraphs[first].level > 0 {
		return
	}
	next := p.firstOpen(first + 1)
	if next < 0 || !p.headed(next) {
		return
	}
	if l, ok := p.dateLine(first); ok {
		p.take(first, l)
		return
	}
	name := tidy(p.in(first))
	if !p.mastName(first, next, name) {
		return
	}
	p.paragraphs[first].kind = kindOutlet
	p.paragraphs[first].role = roleOf(kindOutlet)
	p.said.Outlet = firstOf(p.said.Outlet, bareName(name))
}

// firstOpen gives the first paragraph near the top, from i on, that no pattern holds; -1 for none.
func (p *page) firstOpen(i int) int {
	for ; i < min(topOfPage, len(p.paragraphs)); i++ {
		if p.paragraphs[i].kind == "" {
			return i
		}
	}
	return -1
}

// headed reports whether a paragraph can only be a headline: marked as one, or a line of some words
// without a stop with a longer paragraph below.
func (p *page) headed(i int) bool {
	q := p.paragraphs[i]
	if q.level == 1 {
		return true
	}
	s := p.in(i)
	below := p.firstBody(i + 1)
	return below >= 0 && q.gap > 0 && p.paragraphs[below].gap > 0 && strings.Contains(s, " ") && utf8.RuneCountInString(s) <= longestTitle &&
		!endsWithStop(s) && !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, ",") && !hasDateline(s) && !speaks(s) &&
		endsSentence(p.in(below))
}

// firstBody gives the first paragraph from i on that no pattern holds; -1 for none.
func (p *page) firstBody(i int) int {
	for ; i < len(p.paragraphs); i++ {
		if p.paragraphs[i].kind == "" {
			return i
		}
	}
	return -1
}

// mastName reports whether a line above the headline is the outlet's name. Two words suffice where a
// day or byline follows at once; more, or nothing between, need a word that outlets' names have.
func (p *page) mastName(first, next int, name string) bool {
	words := strings.Fields(name)
	if len(words) > longestName || !isNameLine(name) {
		return false
	}
	known := looksLikeOutlet(name)
	dated := false
	for i := first + 1; i < next; i++ {
		switch p.paragraphs[i].kind {
		case kindPublished, kindUpdated, "byline":
			dated = dated || known || p.paragraphs[i].gap == 0
		}
	}
	if dated {
		return known || len(words) <= fewWords && p.paragraphs[next].level != 1 && !isPlace(name) && !isPerson(name)
	}
	return known && len(words) > 1
}

var nameLine = regexp.MustCompile(`^[«„“"]?\p{Lu}[^.:;!?…,\d|]*$`)

func isNameLine(s string) bool {
	return nameLine.MatchString(s) && (strings.ContainsFunc(s, unicode.IsLower) || looksLikeOutlet(s))
}

// looksLikeOutlet reports whether a name shows by one of its words, by its form or by the table of
// agencies that it is an outlet's.
func looksLikeOutlet(name string) bool {
	if siteName := siteOnly.MatchString(name); siteName || knownAgency(name) {
		return true
	}
	words := strings.Fields(name)
	for _, w := range words {
		if isOutletWord(w) {
			return !commonOutlets[strings.ToLower(bareName(name))]
		}
	}
	return false
}

var siteOnly = regexp.MustCompile(`^` + siteForm + `$`)

func isPerson(name string) bool {
	words := strings.Fields(name)
	return len(words) > 1 && len(words) < 4 && givenNames()[strings.ToLower(words[0])]
}

func isPlace(name string) bool { return placeNames()[strings.ToLower(name)] }

// mastLine is a line that holds a day and a name.
type mastLine struct {
	published    string
	name, outlet string // outlet is the name where that is sure to be an outlet's
	byline       []string
}

// weekday matches the beginnings of the days' names in the eight languages, with what follows.
const weekday = `(?:(?:mon|tue|wed|thu|fri|sat|sun|dienst|mittw|donner|freit|samst|sonn|lun|mar|mié|mer|jeu|jue|vie|ven|sáb|sam|dim|dom|pon|wto|śro|czw|pią|sob|nie|пон|вів|сер|чет|пят|п’ят|п'ят|суб|нед|вт|ср|вос|аўт|сер|чац|няд)\p{L}*\.?,? )`

var (
	dayInLine = regexp.MustCompile(`(?i)` + weekday + `?(?:\d{1,2}\.? ?(?:de |of )?\p{L}{3,12}\.?,? (?:de |del )?\d{4}|\p{L}{3,10}\.? \d{1,2},? \d{4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})`)
	clockTail = regexp.MustCompile(`(?i)^(?: ?(?:г\.|года|року|р\.|r\.|roku))?(?:[ ,|–—-]+(?:at |um |à |a las |о |об |в |у |godz\. )?\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?(?:uhr|[ap]\.?m\.?|h|gmt|utc|c?e[es]?t|msk))?)?`)
	newsroom  = regexp.MustCompile(`(?i)^(?:(?:la )?redacción|(?:la )?rédaction|redaktion|redakcja|редакц\p{L}+|рэдакцы\p{L}+|newsroom|news desk)(?: (?:de|du|des|von|der|of))? (\S.*)$`)
	joinsDay  = regexp.MustCompile(`(?i) (?:vom|of|du|del|z dnia|від|от|ад)$`)
)

// readMastLine parts a short line into a day and a name parted from it by a mark.
func readMastLine(s string) (l mastLine, ok bool) {
	if utf8.RuneCountInString(s) > longestHeading || endsWithStop(s) && !strings.HasSuffix(s, "р.") && !strings.HasSuffix(s, "г.") && !strings.HasSuffix(s, "r.") {
		return l, false
	}
	m := dayInLine.FindStringIndex(s)
	if m == nil {
		return l, false
	}
	day := s[m[0]:m[1]]
	if l.published = dates.Parse(day); l.published == "" {
		return l, false
	}
	clock := clockTail.FindString(s[m[1]:])
	return l, l.divide(s[:m[0]], clock, s[m[1]+len(clock):])
}

// divide reads what stands before and behind the day.
func (l *mastLine) divide(before, clock, after string) bool {
	const marks = " ,.|·•/–—-:;()"
	clear := strings.ContainsAny(clock, "0123456789") || strings.ContainsAny(before+after, "|·•")
	left, right := strings.Trim(before, marks), strings.Trim(after, marks)
	joined := joinsDay.MatchString(" "+left) && strings.HasSuffix(before, " ") // "Uferzeitung vom"
	left = joinsDay.ReplaceAllString(left, "")
	if left != "" && !joined && !parted(before, false) || right != "" && !parted(after, true) {
		return false
	}
	for _, name := range []string{left, right} {
		switch {
		case name == "":
			continue
		case len(strings.Fields(name)) > longestName || !unicode.IsUpper(firstLetter(name)):
			return false
		}
		l.call(name, clear && !joined)
		if joined && l.outlet == "" {
			return false
		}
	}
	return l.name != ""
}

// parted reports whether a mark stands between the day and what is before or behind it.
func parted(s string, behind bool) bool {
	s = strings.TrimSpace(s)
	r, _ := utf8.DecodeLastRuneInString(s)
	if behind {
		r, _ = utf8.DecodeRuneInString(s)
	}
	return strings.ContainsRune(",.|·•/–—-:;(", r)
}

func firstLetter(s string) rune {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return r
		}
	}
	return 0
}

// call says what a name in such a line is: an outlet's newsroom, an outlet, a person, or unknown.
func (l *mastLine) call(name string, clear bool) {
	l.name = firstOf(l.name, name)
	switch m := newsroom.FindStringSubmatch(name); {
	case m != nil:
		l.outlet = firstOf(l.outlet, bareName(m[1]))
	case looksLikeOutlet(name), strings.ContainsAny(name[:min(3, len(name))], "«„“\""):
		l.outlet = firstOf(l.outlet, bareName(name))
	case isPerson(name):
		l.byline = append(l.byline, name)
	case isPlace(name):
	case clear && l.outlet == "":
		l.outlet = bareName(name)
	}
}

// dateLine reads a paragraph as such a line, and takes a lone word for an outlet where the text does
// not use it otherwise, as it does the name of the place.
func (p *page) dateLine(i int) (mastLine, bool) {
	q := p.paragraphs[i]
	if q.Len() > 4*longestHeading {
		return mastLine{}, false
	}
	l, ok := readMastLine(tidy(q.In(p.text)))
	if ok && l.outlet == "" && len(l.byline) == 0 && p.lone(l.name) {
		l.outlet = bareName(l.name)
	}
	return l, ok
}

// lone reports a name of one word, no place of the table, whose stem stands nowhere else in the text.
func (p *page) lone(name string) bool {
	n := utf8.RuneCountInString(name)
	if strings.Contains(name, " ") || n < 4 || isPlace(name) || strings.Contains(name, "/") {
		return false
	}
	runes := []rune(strings.ToLower(name))
	stem := string(runes[:max(4, n-2)])
	return strings.Count(strings.ToLower(p.text), stem) == 1
}

// findDateLines finds such lines between headline and article.
func (p *page) findDateLines() {
	for i := max(p.titleAt, 0); i < min(topOfPage, len(p.paragraphs)-1); i++ {
		if p.paragraphs[i].kind != "" || p.paragraphs[i].role != "body" {
			continue
		}
		if l, ok := p.dateLine(i); ok {
			p.take(i, l)
		}
	}
}

func (p *page) take(i int, l mastLine) {
	p.paragraphs[i].kind, p.paragraphs[i].role = kindDateLine, roleOf(kindDateLine)
	p.said.Published = firstOf(p.said.Published, l.published)
	p.said.Outlet = firstOf(p.said.Outlet, l.outlet)
	if len(p.said.Byline) == 0 {
		p.said.Byline = l.byline
	}
}
