// Package quote finds quotations by their marks: those of every national style, nested, mixed up by
// scraping, re-opened at each paragraph, or without one of their ends, and turns of dialogue that a
// dash opens. It judges by form; reporting verbs only tell where the author's words stand inside marks.
package quote

import (
	"sort"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/lexicon"
)

const (
	deepest     = 3    // levels of nesting of one kind of mark; more are lost closing marks
	longestLost = 1500 // bytes that a quotation without its closing mark may claim
	longestGap  = 3    // paragraphs without any mark that a quotation may run over
)

// Scan fills a.Quotations from Document.Text and Document.Blocks, in text order, an outer quotation
// before those inside it. A text without blocks is taken line by line. Language decides doubtful marks only.
func Scan(a *hearsay.Analysis) {
	doc := a.Document
	if doc == nil {
		return
	}
	s := scanner{text: doc.Text, german: doc.Language == "de"}
	s.words, _ = lexicon.Load(doc.Language) // the lexicon's own tests report what is wrong with it
	for _, b := range blocksOf(doc) {
		s.block(b)
	}
	s.flush()
	a.Quotations = nest(s.split(s.done))
}

// blocksOf returns the blocks of the document, or its lines where it was not cleaned.
func blocksOf(doc *hearsay.Document) []hearsay.Block {
	if len(doc.Blocks) > 0 {
		return doc.Blocks
	}
	var lines []hearsay.Block
	start := 0
	for i := 0; i <= len(doc.Text); i++ {
		if i < len(doc.Text) && doc.Text[i] != '\n' {
			continue
		}
		if line := trim(doc.Text, start, i); line.Len() > 0 {
			lines = append(lines, hearsay.Block{Span: line, Role: hearsay.RoleBody})
		}
		start = i + 1
	}
	return lines
}

// scanner holds what is known from one block to the next.
type scanner struct {
	text   string
	german bool
	words  *lexicon.Lexicon // nil for a language without one
	dashes []int            // where they stand in text, nil until they are looked for
	done   []hearsay.Quotation

	pending
}

// pending is a quotation that reached the end of its paragraph open.
type pending struct {
	waiting bool            // there is one
	lost    int             // its index in done
	lostEnd int             // the end of its block
	rest    []hearsay.Block // paragraphs without marks since then
}

// open is a quotation whose closing mark has not come yet.
type open struct {
	mark
	at int // index into block.found
}

// page is the work on one block.
type page struct {
	*scanner
	hearsay.Block
	marks []mark
	found []hearsay.Quotation // End 0: not closed yet; Start -1: dropped
	stack []open
	free  int // end of the last quotation at the top
	seen  int // quotations that the search for dialogue has passed
}

// block scans one block. What stands between paragraphs (captions, headings, teasers) does not end
// the quotation that runs over them.
func (s *scanner) block(b hearsay.Block) {
	if b.Role != hearsay.RoleBody && b.Role != hearsay.RoleLede {
		kept := s.pending
		s.pending = pending{}
		defer func() { s.pending = kept }()
	}
	p := page{scanner: s, Block: b, marks: marksIn(s.text, b.Start, b.End), free: b.Start}
	if len(p.marks) == 0 {
		s.silent(b)
	} else {
		for i := range p.marks {
			p.take(i)
		}
		p.finish()
	}
	s.done = append(s.done, p.turns()...)
}

// silent notes a block without marks: the quotation before it may run over it.
func (s *scanner) silent(b hearsay.Block) {
	if !s.waiting {
		return
	}
	if len(s.rest) == longestGap {
		s.flush()
		return
	}
	s.rest = append(s.rest, b)
}

// flush gives up waiting for the rest of an open quotation and guesses its end.
func (s *scanner) flush() {
	s.pending = pending{}
}

// take decides what one mark does: it opens, closes or is nothing.
func (p *page) take(i int) {
	m := p.marks[i]
	if m.single() {
		p.takeSingle(i)
		return
	}
	if p.opens(i) {
		p.push(m)
		return
	}
	if at := p.partner(m); at >= 0 {
		p.closeAt(at, m)
		return
	}
	p.takeStray(m)
}

// opens decides for a double mark, from its shape, its spacing and what is open.
func (p *page) opens(i int) bool {
	m := p.marks[i]
	inside := p.inDouble()
	switch m.shape {
	case '「':
		return true
	case '」':
		return false
	case '„':
		return m.spacing != closing || !inside || m.prev == ':'
	case '«':
		return p.opensGuillemet(m, inside)
	case '»':
		return p.opensReversed(m, inside)
	case '“':
		return p.opensTurned(m, inside)
	case '”':
		return m.spacing == opening && (!inside || p.top().shape == '”')
	}
	return p.opensStraight(i, inside)
}

func (p *page) opensGuillemet(m mark, inside bool) bool {
	if inside && p.top().shape == '»' {
		return m.spacing == opening
	}
	if m.spacing != closing {
		return true
	}
	bound := m.next == '\u00a0' || m.next == '\u202f' // French: d'« une seule voix »
	return m.prev == ':' || bound && !p.german || !inside && !p.german && !letter(m.prev)
}

func (p *page) opensReversed(m mark, inside bool) bool {
	switch m.spacing {
	case opening:
		return !inside || p.top().shape == '»' || p.top().shape == '„'
	case free:
		return !inside && p.german
	case glued:
		return !inside && m.prev == ':'
	}
	return false
}

func (p *page) opensTurned(m mark, inside bool) bool {
	switch m.spacing {
	case opening:
		return !inside || p.top().shape != '„' || !ended(m.prev)
	case closing:
		return !inside && m.prev == ':'
	case free:
		return !inside && p.moreMarks(m)
	}
	return !inside || letter(m.prev) && p.top().shape != '„'
}

func (p *page) opensStraight(i int, inside bool) bool {
	m := p.marks[i]
	switch m.spacing {
	case opening:
		return !inside || p.top().shape != '„'
	case closing:
		return !inside && m.prev == ':' && p.moreMarks(m)
	case free:
		return !inside && p.moreMarks(m)
	}
	return !inside && m.prev != 0 && !letter(m.prev) && !unicode.IsDigit(m.prev) && !ended(m.prev)
}

// moreMarks reports whether a double mark follows m in its block.
func (p *page) moreMarks(m mark) bool {
	last := p.marks[len(p.marks)-1]
	return last.start > m.start && !last.single()
}

// takeSingle handles single marks, which are apostrophes unless both ends are there.
func (p *page) takeSingle(i int) {
	m := p.marks[i]
	inside := len(p.stack) > 0 && p.top().single()
	switch {
	case p.opensSingle(m, inside):
		if inside {
			p.dropTop()
		}
		p.push(m)
	case inside && m.spacing != opening && fitsSingle(p.top().shape, m.shape) && !p.possessive(i):
		p.closeAt(len(p.stack)-1, m)
	}
}

func (p *page) opensSingle(m mark, inside bool) bool {
	switch m.shape {
	case '’':
		return false
	case '‹', '›':
		return m.spacing == opening || m.spacing == free && !inside
	case '‘':
		return m.spacing == opening && (!inside || p.top().shape != '‚')
	}
	return m.spacing == opening
}

// possessive reports a plural's apostrophe inside single marks: 'the ministers' plan failed'.
func (p *page) possessive(i int) bool {
	m := p.marks[i]
	if m.shape != '\'' && m.shape != '’' || m.prev != 's' && m.prev != 'S' || m.next != ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.text[min(m.end+1, len(p.text)):])
	if !unicode.IsLower(r) || i+1 == len(p.marks) {
		return false
	}
	n := p.marks[i+1]
	return n.single() && n.spacing == closing && n.start-m.start < longestLost
}

func fitsSingle(open, shut rune) bool {
	switch open {
	case '‹':
		return shut == '›'
	case '›':
		return shut == '‹' || shut == '›'
	case '‚':
		return shut == '‘' || shut == '’' || shut == '\''
	}
	return shut == '’' || shut == '\''
}

func (p *page) top() open { return p.stack[len(p.stack)-1] }

func (p *page) inDouble() bool { return p.lastDouble() >= 0 }

// lastDouble is the place in the stack of the innermost open double mark, -1 if none. Single marks
// above it are given up when it closes.
func (p *page) lastDouble() int {
	for i := len(p.stack) - 1; i >= 0; i-- {
		if !p.stack[i].single() {
			return i
		}
	}
	return -1
}

// partner is the place in the stack of the quotation that m closes, -1 if none: the innermost that
// fits by style, else the innermost of any style.
func (p *page) partner(m mark) int {
	for i := len(p.stack) - 1; i >= 0; i-- {
		if fits(p.stack[i].shape, m.shape) {
			return i
		}
	}
	if m.shape == '」' {
		return -1
	}
	return p.lastDouble()
}

// fits reports whether the two shapes are a pair in some national style.
func fits(open, shut rune) bool {
	switch open {
	case '„':
		return shut == '“' || shut == '”' || shut == '"'
	case '“':
		return shut == '”' || shut == '“'
	case '”':
		return shut == '”'
	case '«':
		return shut == '»'
	case '»':
		return shut == '«' || shut == '»'
	case '「':
		return shut == '」'
	}
	return open == shut
}

func (p *page) push(m mark) {
	if len(p.stack) > deepest {
		p.lose(0)
	}
	p.stack = append(p.stack, open{m, len(p.found)})
	p.found = append(p.found, hearsay.Quotation{
		Span:  hearsay.Span{Start: m.start},
		Inner: hearsay.Span{Start: m.end},
		Open:  p.text[m.start:m.end],
	})
}

// closeAt closes the quotation at place at of the stack; those above it lost their marks.
func (p *page) closeAt(at int, m mark) {
	for len(p.stack) > at+1 {
		if p.top().single() {
			p.dropTop()
			continue
		}
		p.found[p.top().at].Unclosed = true
		p.end(len(p.stack)-1, m.start, m.start)
	}
	p.end(at, m.start, m.end)
}

// end takes place at from the stack. The content ends at inner, the closing mark at end; an end
// before that means that there is no mark.
func (p *page) end(at, inner, end int) {
	q := &p.found[p.stack[at].at]
	q.Inner = trim(p.text, q.Inner.Start, max(inner, q.Inner.Start))
	q.End = max(q.Inner.End, q.Start+len(q.Open))
	if end > inner {
		q.Close, q.End = p.text[inner:end], end
	}
	p.stack = append(p.stack[:at], p.stack[at+1:]...)
	if len(p.stack) == 0 {
		p.free = q.End
	}
}

func (p *page) dropTop() {
	p.found[p.top().at].Start = -1
	p.stack = p.stack[:len(p.stack)-1]
}

// takeStray handles a closing mark to which nothing was opened.
func (p *page) takeStray(m mark) {
	if unicode.IsDigit(m.prev) || m.spacing == opening {
		return
	}
	tail := m.prev == ',' || ended(m.prev) || p.endsSpeech(m)
	spaced := unicode.IsSpace(m.prev) && m.next != 0 && !unicode.IsSpace(m.next)
	first := p.free == p.Start
	if !tail && !spaced && !(first && p.waiting) {
		return
	}
	start := p.free
	goesOn := first && p.waiting
	if goesOn {
		p.goOn()
	} else {
		start = p.lostStart(m)
	}
	inner := trim(p.text, start, m.start)
	if inner.Len() == 0 {
		return
	}
	p.found = append(p.found, hearsay.Quotation{
		Span:      hearsay.Span{Start: inner.Start, End: m.end},
		Inner:     inner,
		Close:     p.text[m.start:m.end],
		Continues: goesOn,
	})
	p.free = m.end
}

// endsSpeech reports whether a comma and a dash, or one of them, follow the mark, or a full stop
// precedes it after a space: what follows names the speaker.
func (p *page) endsSpeech(m mark) bool {
	rest := p.text[m.right:p.End]
	if n := len(rest); n > 0 && rest[0] == ',' {
		return true
	}
	for i, r := range rest {
		if dash(r) {
			return true
		}
		if r != ' ' && r != '\u00a0' || i > 3 {
			break
		}
	}
	for i := m.left; i > p.Start && i > m.left-8; {
		r, n := utf8.DecodeLastRuneInString(p.text[:i])
		if !unicode.IsSpace(r) {
			return ended(r) || r == ','
		}
		i -= n
	}
	return false
}

// lostStart guesses where a quotation began whose opening mark is missing: after a colon, else where
// its paragraph began or the last quotation's sentence ended.
func (p *page) lostStart(m mark) int {
	start := p.free
	if start > p.Start {
		start = sentenceStart(p.text, start, m.start)
	}
	if m.start-start > longestLost {
		start = lastSentenceEnd(p.text, runeStart(p.text, m.start-longestLost), m.start-1)
	}
	for i := m.start - 1; i > start; i-- {
		if p.text[i] == ':' && i+1 < m.start && p.text[i+1] == ' ' {
			return i + 1
		}
	}
	return start
}

// goOn makes the quotation that was left open run to the end of its block and over those that followed.
func (s *scanner) goOn() {
	q := &s.done[s.lost]
	q.Unclosed = false
	q.End, q.Inner.End = s.lostEnd, s.lostEnd
	for _, b := range s.rest {
		s.done = append(s.done, hearsay.Quotation{Span: b.Span, Inner: b.Span, Continues: true})
	}
	s.flush()
}

// finish ends what is still open at the block's end and hands the block's quotations on.
func (p *page) finish() {
	p.reopen()
	p.flush()
	last := -1
	for len(p.stack) > 0 {
		o := p.stack[0]
		if o.single() && (o.start != p.Start || o.symmetric()) {
			p.found[o.at].Start = -1
			p.stack = p.stack[1:]
			continue
		}
		if whole := p.lose(0); whole && last < 0 {
			last = o.at
		}
	}
	for i, q := range p.found {
		if q.Start < 0 {
			continue
		}
		if i == last {
			p.pending = pending{waiting: true, lost: len(p.done), lostEnd: p.End}
		}
		q.Scare = q.Scare || p.scare(q)
		p.done = append(p.done, q)
	}
}

// reopen joins a quotation with which the block begins to the one that the block before left open.
func (p *page) reopen() {
	if !p.waiting || len(p.rest) > 0 || len(p.found) == 0 {
		return
	}
	q := &p.found[0]
	if q.Start == p.Start && q.Open != "" {
		q.Continues = true
		p.goOn()
	}
}

// lose ends the quotation at place at of the stack, whose closing mark is missing, at a sensible
// place. It reports whether nothing but the block's end stopped it.
func (p *page) lose(at int) (whole bool) {
	o := p.stack[at]
	q := &p.found[o.at]
	q.Unclosed = true
	if end := p.sharedEnd(o.at); end > 0 {
		p.end(at, end, end)
		return false
	}
	limit := p.End
	if c := p.nextSpeech(o); c > 0 {
		limit = c
	} else {
		whole = true
	}
	p.end(at, p.guessEnd(o.mark, limit), -1)
	return whole
}

// sharedEnd is where a quotation ends whose closing mark was swallowed by that of a name inside it,
// as is the habit in Cyrillic print: «Я читаю «Зорю», — сказала вона. 0 means that there is none.
func (p *page) sharedEnd(at int) int {
	outer := p.found[at]
	for i := at + 1; i < len(p.found); i++ {
		q := p.found[i]
		if q.Start < 0 || q.End == 0 || q.Open != outer.Open || outer.Open == "\"" || !p.few(q) {
			continue
		}
		rest := p.text[q.End:p.End]
		if len(rest) > 0 && rest[0] == ',' {
			rest = rest[1:]
		}
		if r := firstRune(trimLeft(rest)); dash(r) && len(rest) > 0 && rest[0] != '-' {
			p.found[i].Scare = true
			return q.End
		}
	}
	return 0
}

// nextSpeech is where the next quotation of the same marks begins that is no mere name: there the
// closing mark must have been lost before. 0 means that there is none.
func (p *page) nextSpeech(o open) int {
	for _, q := range p.found[o.at+1:] {
		same := q.Open == p.found[o.at].Open
		if q.Start >= 0 && same && (q.End == 0 || !p.few(q)) {
			return q.Start
		}
	}
	return 0
}

// guessEnd finds a sensible end before limit for a quotation that m opened: before the author's words
// after a dash, else the paragraph's end if it began like speech, else the sentence's end.
func (p *page) guessEnd(m mark, limit int) int {
	cut := limit < p.End
	if limit > m.end+longestLost {
		limit, cut = runeStart(p.text, m.end+longestLost), true
	}
	if i := p.authorsWords(m.end, limit); i > 0 {
		return m.end + i
	}
	speech := m.prev == ':' || m.prev == ',' || m.start == p.Start || p.sentenceBefore(m.start)
	if speech && !cut {
		return limit
	}
	if end := lastSentenceEnd(p.text, m.end, limit); cut && speech && end > m.end {
		return end
	}
	if end := firstSentenceEnd(p.text, m.end, limit); end > m.end {
		return end
	}
	return limit
}

// authorsWords is the length of the speech in text[from:to] before the author's words that end it;
// those after which speech goes on are part of it. 0 means that there are none.
func (p *page) authorsWords(from, to int) int {
	at := from
	for _, in := range p.inserts(from, to, nil) {
		if in.to < 0 || trim(p.text, in.to, to).Len() == 0 {
			return in.from - from
		}
		at = in.to
	}
	if len(p.dashesIn(at, to)) > 0 {
		if i := authorsWords(p.text[at:to]); i > 0 {
			return at + i - from
		}
	}
	if i := p.reportingWords(p.text[at:to]); i > 0 {
		return at + i - from
	}
	return 0
}

func (p *page) sentenceBefore(at int) bool {
	r, n := utf8.DecodeLastRuneInString(p.text[p.Start:at])
	if !unicode.IsSpace(r) {
		return false
	}
	r, _ = utf8.DecodeLastRuneInString(p.text[p.Start : at-n])
	return ended(r)
}

// nest orders the quotations and fills Depth and Parent from which lies in which. One that crosses
// the end of another is cut there.
func nest(all []hearsay.Quotation) []hearsay.Quotation {
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].Start != all[j].Start {
			return all[i].Start < all[j].Start
		}
		return all[i].End > all[j].End
	})
	var around []int
	for i := range all {
		q := &all[i]
		for len(around) > 0 && all[around[len(around)-1]].End <= q.Start {
			around = around[:len(around)-1]
		}
		q.Parent, q.Depth = -1, len(around)
		if len(around) > 0 {
			q.Parent = around[len(around)-1]
			cutTo(q, all[q.Parent].End)
		}
		around = append(around, i)
	}
	return all
}

func cutTo(q *hearsay.Quotation, end int) {
	if q.End <= end {
		return
	}
	q.End, q.Inner.End = end, min(q.Inner.End, end)
	q.Inner.Start = min(q.Inner.Start, q.Inner.End)
	q.Close, q.Unclosed = "", true
}
