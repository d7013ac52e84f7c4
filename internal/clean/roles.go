package clean

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/dates"
)

// Lengths in characters.
const (
	longestPattern  = 320 // lines longer than this are no frame, whatever they hold
	longestTitle    = 220
	longestHeading  = 90
	longestLede     = 200
	longestTeaser   = 200
	topOfPage       = 8 // paragraphs in which headline, byline and date may stand
	bottomOfPage    = 6
	headlineRepeats = 10
)

// page judges the paragraphs of one text.
type page struct {
	text       string
	paragraphs []paragraph
	lexicon    *lexicon
	title      string
	titleAt    int // -1 for none
	said       Meta
	spaced     bool
}

func (p *page) in(i int) string { return p.paragraphs[i].In(p.text) }

// judge gives every paragraph its role. What is not recognised stays body.
func (p *page) judge() {
	p.spaced = p.isSpaced()
	for i := range p.paragraphs {
		p.matchPatterns(i)
	}
	p.matchTop()
	p.findMasthead()
	p.findTitle()
	p.findDateLines()
	p.findRepeats()
	p.findTails()
	p.closeGaps()
	if p.spaced {
		p.findCaptions()
		p.findHeadings()
		p.findLede()
	}
}

// isSpaced reports whether blank lines part the paragraphs; else the text may well hold one
// sentence a line, and the form of a line tells nothing.
func (p *page) isSpaced() bool {
	gaps := 0
	for _, q := range p.paragraphs {
		if q.gap > 0 {
			gaps++
		}
	}
	return gaps*10 >= len(p.paragraphs)*3
}

// matchPatterns sets the role of a paragraph that the lexicon or its bare form gives away.
func (p *page) matchPatterns(i int) {
	q := &p.paragraphs[i]
	s := q.In(p.text)
	if q.kind != "" || q.level > 0 || q.Len() > 4*longestPattern || utf8.RuneCountInString(s) > longestPattern {
		return
	}
	s = tidy(s)
	if r, _ := p.lexicon.line(s); r != nil {
		q.kind, q.role = r.kind, roleOf(r.kind)
		return
	}
	if frameByForm(s) || p.top(i) && p.breadcrumbs(i, s) {
		q.kind, q.role = string(hearsay.RoleBoilerplate), hearsay.RoleBoilerplate
	} else if (p.top(i) || p.bottom(i)) && p.lexicon.onlyCredits(p.text, q.Span) {
		q.kind, q.role = string(hearsay.RoleCredit), hearsay.RoleCredit
	}
}

// tidy makes the spaces of a line plain, byte by byte in place of each other only where patterns
// need not give back positions.
func tidy(s string) string {
	return strings.Join(strings.Fields(s), " ")
}

func roleOf(kind string) hearsay.Role {
	switch kind {
	case "boilerplate", kindComments, kindRelated, kindOutlet, kindKicker:
		return hearsay.RoleBoilerplate
	case "byline", kindPublished, kindUpdated, kindDateLine:
		return hearsay.RoleByline
	case "caption":
		return hearsay.RoleCaption
	case "heading":
		return hearsay.RoleHeading
	}
	return hearsay.RoleCredit
}

var (
	breadcrumbs = regexp.MustCompile(`^[^«»"“”.!?]{1,40}(?:\s[»›>→]\s[^«»“”]{1,160}){2,6}$`)
	linkArrow   = regexp.MustCompile(`^(?:.{1,180}\s?>>>?|[^«„“]{1,180}»»)$`)
	hashtags    = regexp.MustCompile(`^(?:#[\p{L}\p{N}_-]+[ ,]*)+$`)
	addressLine = regexp.MustCompile(`^(?:https?://|www\.)\S+$`)
	menuLine    = regexp.MustCompile(`^[^.!?|·•]{1,25}(?:\s[|·•]\s[^.!?|·•]{1,25}){3,}$`)
)

// frameByForm reports lines that hold no words of the article whatever the language: rules of
// punctuation, links with arrows, menus, hashtags, bare addresses.
func frameByForm(s string) bool {
	if strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return true
	}
	return (strings.HasSuffix(s, ">>") || strings.HasSuffix(s, "»»")) && linkArrow.MatchString(s) ||
		s[0] == '#' && hashtags.MatchString(s) ||
		(strings.HasPrefix(s, "http") || strings.HasPrefix(s, "www.")) && addressLine.MatchString(s) ||
		strings.ContainsAny(s, "|·•") && menuLine.MatchString(s)
}

// breadcrumbs reports the path of a page: sections parted by arrows, or one section and the
// headline that stands again below.
func (p *page) breadcrumbs(i int, s string) bool {
	if !strings.ContainsAny(s, "»›>→") {
		return false
	}
	if breadcrumbs.MatchString(s) {
		return true
	}
	at := strings.LastIndexAny(s, "»›>→")
	if at < 0 || i+1 >= len(p.paragraphs) {
		return false
	}
	_, n := utf8.DecodeRuneInString(s[at:])
	last := normal(s[at+n:])
	return last != "" && last == normal(p.in(i+1))
}

func (p *page) top(i int) bool { return i < topOfPage }

func (p *page) bottom(i int) bool { return i >= len(p.paragraphs)-bottomOfPage }

// matchTop takes back bylines that stand in the middle of the text and finds bare dates above it.
func (p *page) matchTop() {
	for i := range p.paragraphs {
		q := &p.paragraphs[i]
		if q.kind == "byline" && !p.top(i) && !p.bottom(i) || q.kind == kindKicker && !p.top(i) {
			q.kind, q.role = "", hearsay.RoleBody
		}
		if q.kind != "" || !p.top(i) || q.Len() >= 100 || dates.Parse(tidy(q.In(p.text))) == "" {
			continue
		}
		if _, named := p.dateLine(i); !named {
			q.kind, q.role = kindPublished, hearsay.RoleByline
		}
	}
}

// findTitle takes the first paragraph that is no frame for the headline, if it looks like one.
func (p *page) findTitle() {
	p.titleAt = -1
	if i := p.markedTitle(); i >= 0 {
		p.titleAt, p.title = i, tidy(p.in(i))
		p.paragraphs[i].role = hearsay.RoleTitle
		return
	}
	for i := range p.paragraphs[:min(topOfPage, len(p.paragraphs))] {
		if p.paragraphs[i].kind != "" {
			continue
		}
		if p.isTitle(i) {
			p.titleAt, p.title = i, tidy(p.in(i))
			p.paragraphs[i].role = hearsay.RoleTitle
		}
		return
	}
}

// markedTitle gives the headline that front matter or the first Markdown heading marks, if it stands
// above the article; -1 for none.
func (p *page) markedTitle() int {
	for i := range p.paragraphs[:min(topOfPage, len(p.paragraphs))] {
		q := &p.paragraphs[i]
		switch {
		case q.kind == string(hearsay.RoleTitle), q.level == 1:
			return i
		case q.kind == "" && q.level == 0 && utf8.RuneCountInString(q.In(p.text)) > longestTitle, q.level > 1 && p.titled(i):
			return -1
		case q.level > 1 && !p.levels(1):
			return i
		}
	}
	return -1
}

// levels reports whether the text has a Markdown heading of a level.
func (p *page) levels(level int) bool {
	return slices.ContainsFunc(p.paragraphs, func(q paragraph) bool { return q.level == level })
}

// titled reports whether a line that can be a headline stands above paragraph i.
func (p *page) titled(i int) bool {
	return slices.ContainsFunc(p.paragraphs[:i], func(q paragraph) bool { return q.kind == "" && q.level == 0 })
}

var innerStop = regexp.MustCompile(`\p{Ll}[.!?…]["»”]?\s+["«„“]?\p{Lu}`)

func (p *page) isTitle(i int) bool {
	s := p.in(i)
	n := utf8.RuneCountInString(s)
	rest := p.paragraphs[i+1:]
	switch {
	case n > longestTitle || len(rest) == 0 || hasDateline(s):
		return false
	case p.repeated(i):
		return true
	case strings.HasSuffix(s, ":") || strings.HasSuffix(s, ","):
		return false
	case endsWithStop(s):
		return n <= 120 && len(rest) > 2 && !innerStop.MatchString(s)
	}
	return true
}

func endsWithStop(s string) bool {
	s = strings.TrimRight(s, "\"»”“’)")
	return strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "..")
}

func (p *page) repeated(i int) bool {
	same := normal(p.in(i))
	for j := i + 1; j < min(i+headlineRepeats, len(p.paragraphs)); j++ {
		if p.paragraphs[j].Len() <= 2*p.paragraphs[i].Len()+20 && normal(p.in(j)) == same {
			return true
		}
	}
	return false
}

// findRepeats gives the headline its role where it stands again.
func (p *page) findRepeats() {
	if p.titleAt < 0 {
		return
	}
	same := normal(p.title)
	for j := p.titleAt + 1; j < min(p.titleAt+headlineRepeats, len(p.paragraphs)); j++ {
		q := &p.paragraphs[j]
		if q.kind == "" && q.Len() <= 2*len(p.title)+20 && normal(q.In(p.text)) == same {
			q.role = hearsay.RoleTitle
		}
	}
}

// findTails marks what stands after the opening line of comments or of other stories' teasers.
func (p *page) findTails() {
	size := len(p.text)
	for i := range p.paragraphs {
		q := &p.paragraphs[i]
		low := q.Start*10 >= size*4 && i > 2
		switch {
		case q.kind == kindComments && low:
			p.markRest(i+1, len(p.paragraphs))
			return
		case q.kind == kindRelated:
			p.markRest(i+1, p.teasersEnd(i+1, low))
		}
	}
}

func (p *page) markRest(from, to int) {
	for j := from; j < to; j++ {
		q := &p.paragraphs[j]
		if q.kind == "" {
			q.kind = string(hearsay.RoleBoilerplate)
		}
		if q.role == hearsay.RoleBody || q.role == hearsay.RoleCaption || q.role == hearsay.RoleByline {
			q.role = hearsay.RoleBoilerplate
		}
	}
}

// teasersEnd gives where the teasers from paragraph i on end. Low on the page all the rest is taken
// where most of it looks like teasers, elsewhere the headlines that follow at once.
func (p *page) teasersEnd(i int, low bool) int {
	teasers, rest := 0, len(p.paragraphs)-i
	for j := i; j < len(p.paragraphs); j++ {
		if p.teaser(j) {
			teasers++
		}
	}
	if low && teasers*10 >= rest*6 {
		return len(p.paragraphs)
	}
	j := i
	for j < len(p.paragraphs) && j < i+5 && p.headline(j) {
		j++
	}
	if j < len(p.paragraphs) && j > i && !p.spaced {
		// Without blank lines a headline and a sentence look alike: keep to those without a stop.
		for k := i; k < j; k++ {
			if endsSentence(p.in(k)) {
				return k
			}
		}
	}
	return j
}

// teaser reports whether a paragraph looks like a headline or the cut beginning of another story.
func (p *page) teaser(j int) bool {
	s := p.in(j)
	cut := strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") || strings.HasSuffix(s, "[…]")
	return p.paragraphs[j].kind != "" || cut && utf8.RuneCountInString(s) <= 2*longestTeaser || p.headline(j)
}

func (p *page) headline(j int) bool {
	s := p.in(j)
	return !endsWithStop(s) && !strings.HasSuffix(s, ":") && utf8.RuneCountInString(s) <= longestTeaser && !speaks(s) &&
		!stopBracket.MatchString(s)
}

// stopBracket matches a sentence with its source in brackets behind it.
var stopBracket = regexp.MustCompile(`[.!?…]["'”»]?\s+\([^()]{1,60}\)$`)

// speaks reports a line that opens with a dialogue dash: more likely speech than a headline.
func speaks(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("–—", r)
}

// closeGaps marks short lines without a stop between two pieces of frame low on the page.
func (p *page) closeGaps() {
	n := len(p.paragraphs)
	last := 0 // the last paragraph that is a sentence of the article
	for i := range p.paragraphs {
		if p.paragraphs[i].role == hearsay.RoleBody && !p.headline(i) {
			last = i
		}
	}
	for i := last + 1; i < n-1; i++ {
		q := &p.paragraphs[i]
		if q.kind != "" || q.role != hearsay.RoleBody || !p.headline(i) {
			continue
		}
		if p.frame(i-1) && p.frameWithin(i+1, 2) && q.Start*10 >= len(p.text)*5 {
			q.kind, q.role = string(hearsay.RoleBoilerplate), hearsay.RoleBoilerplate
		}
	}
}

func (p *page) frame(i int) bool {
	return p.paragraphs[i].role == hearsay.RoleBoilerplate
}

func (p *page) frameWithin(i, n int) bool {
	for j := i; j < min(i+n, len(p.paragraphs)); j++ {
		if p.frame(j) {
			return true
		}
	}
	return false
}

var (
	pictureCredit = regexp.MustCompile(`\p{Ll}\s?[\p{Lu}]{2,}(?:\s?/\s?[\p{Lu}][\p{L} .'’-]*)+$`)
	siteAtEnd     = regexp.MustCompile(`^\p{Lu}[^.!?]{3,120}\s` + siteForm + `$`)
	imageBrackets = regexp.MustCompile(`(?i)\((?:image|photo|picture|foto|фото|bild|zdj\.?|fot\.?|imagen)[:.]? [^()]{2,60}\)$`)
)

// findCaptions finds captions by their form: a line without a stop that closes with the names of
// picture agencies, with a site, or with a picture credit in brackets; and the line right above
// a caption with no blank line between.
func (p *page) findCaptions() {
	for i := range p.paragraphs {
		q := &p.paragraphs[i]
		s := q.In(p.text)
		if q.kind != "" || q.role != hearsay.RoleBody || utf8.RuneCountInString(s) > longestTeaser {
			continue
		}
		if imageBrackets.MatchString(s) || pictureCredit.MatchString(s) || siteAtEnd.MatchString(s) {
			q.role = hearsay.RoleCaption
		}
	}
	for i := 0; i+1 < len(p.paragraphs); i++ {
		q, next := &p.paragraphs[i], p.paragraphs[i+1]
		if q.role == hearsay.RoleBody && q.kind == "" && next.role == hearsay.RoleCaption && next.gap == 0 && p.headline(i) && p.top(i) {
			q.role = hearsay.RoleCaption
		}
	}
}

// findHeadings finds short lines without a stop that stand alone above a paragraph.
func (p *page) findHeadings() {
	for i := p.titleAt + 1; i+1 < len(p.paragraphs); i++ {
		q, next := &p.paragraphs[i], p.paragraphs[i+1]
		s := q.In(p.text)
		if q.kind != "" || q.role != hearsay.RoleBody || next.role != hearsay.RoleBody || next.Len() < 2*q.Len() {
			continue
		}
		if q.gap > 0 && utf8.RuneCountInString(s) <= longestHeading && len(strings.Fields(s)) <= 14 && headingForm.MatchString(s) && !speaks(s) && (i > p.titleAt+1 || p.titleAt < 0) && next.gap > 0 {
			q.role = hearsay.RoleHeading
		}
	}
}

var headingForm = regexp.MustCompile(`^["«„“‘']?[\p{Lu}\d].*[^.,;:!…\s-]$`)

// findLede takes the first paragraph after the headline for the lede where it is short, and the
// same words again.
func (p *page) findLede() {
	if p.titleAt < 0 {
		return
	}
	for i := p.titleAt + 1; i < min(p.titleAt+topOfPage, len(p.paragraphs)); i++ {
		q := &p.paragraphs[i]
		if q.role != hearsay.RoleBody {
			continue
		}
		s := q.In(p.text)
		switch {
		case i+1 >= len(p.paragraphs):
		case p.repeated(i):
			same := normal(s)
			for j := i; j < min(i+headlineRepeats, len(p.paragraphs)); j++ {
				if p.paragraphs[j].role == hearsay.RoleBody && normal(p.in(j)) == same {
					p.paragraphs[j].role = hearsay.RoleLede
				}
			}
		case utf8.RuneCountInString(s) <= longestLede && !strings.ContainsAny(s, `"«»„“”`) && !hasDateline(s):
			q.role = hearsay.RoleLede
		}
		return
	}
}
