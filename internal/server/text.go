package server

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/store"
)

// text lays a document out: which stretch of it belongs to which statements, and what stands in
// the margin.
type text struct {
	a       *hearsay.Analysis
	off     *format.Offsets
	ids     []string
	places  map[string]store.StatementPlace
	links   []linkLine
	targets []hearsay.Span
	pieces  []hearsay.Block // blocks, long ones cut
	starts  []int           // index into pieces at which each part begins
}

// partBytes is about how much text one page shows, pieceBytes the longest paragraph shown in one go.
const (
	partBytes  = 60_000
	pieceBytes = 20_000
)

func newText(a *hearsay.Analysis, places map[string]store.StatementPlace, links []linkLine) *text {
	t := &text{a: a, off: format.NewOffsets(a.Document.Text), ids: format.StatementIDs(a), places: places, links: links}
	for _, b := range a.Document.Blocks {
		t.cut(b)
	}
	size := partBytes
	for i, b := range t.pieces {
		if size >= partBytes {
			t.starts = append(t.starts, i)
			size = 0
		}
		size += b.Len()
	}
	return t
}

// cut adds a block, in pieces where it is longer than a page should show at once.
func (t *text) cut(b hearsay.Block) {
	for b.Len() > pieceBytes {
		at := b.Start + pieceBytes
		if i := strings.LastIndexAny(t.a.Document.Text[b.Start:at], " \n\t"); i > pieceBytes/2 {
			at = b.Start + i
		}
		for !utf8.RuneStart(t.a.Document.Text[at]) {
			at--
		}
		t.pieces = append(t.pieces, hearsay.Block{Span: hearsay.Span{Start: b.Start, End: at}, Role: b.Role})
		b.Start = at
	}
	t.pieces = append(t.pieces, b)
}

func (t *text) parts() int { return max(1, len(t.starts)) }

// partOf is the part in which a byte of the text is shown.
func (t *text) partOf(at int) int {
	for n := t.parts() - 1; n > 0; n-- {
		if t.pieces[t.starts[n]].Start <= at {
			return n
		}
	}
	return 0
}

// block is a paragraph with its margin.
type block struct {
	Role    string
	Runs    []run
	Notes   []note   // statements that end here
	Shared  []shared // passages that stand in other documents too
	Credits []hearsay.Credit
	Repairs []repair
}

// run is a stretch of text that belongs to the same statements throughout.
type run struct {
	Text   string
	Class  string // of the way it is marked
	Of     string // ids of the statements it belongs to, innermost first
	Repair string // the reading of a repaired word
	Marks  []mark // numbers set after it
	Target bool   // it was asked for
}

// mark is the number of a statement in the text.
type mark struct {
	N     int
	ID    string
	Label string
}

type repair struct{ Exact, To, Why string }

// note says in the margin who said what is marked in the text.
type note struct {
	N                  int
	ID, Who, Actor     string
	Within             string // who tells of it
	WithinN            int
	Cue, Cert, Manner  string
	Kind, Stance       string
	Denied             bool
	Score              float64
	Via                []string
	Estimate           *hearsay.Estimate
	Claim              string
	AtLeast, AtMost    int
	Documents          int
	Exact              string // the content, for copying
	Quote              string // permanent link
	Language, Citation string
	By                 *format.SpeakerBy // where another document names who is not named here
}

// shared is a passage in this text that stands in another document too.
type shared struct {
	linkLine
	Here, There string
}

// blocks lays out one part of the text.
func (t *text) blocks(part int) []block {
	if len(t.pieces) == 0 {
		return nil
	}
	last := len(t.pieces)
	if part+1 < len(t.starts) {
		last = t.starts[part+1]
	}
	spans := t.roles()
	order := t.numbers()
	var out []block
	for _, b := range t.pieces[t.starts[part]:last] {
		out = append(out, t.block(b, spans, order))
	}
	return out
}

// roleSpan is a stretch of text that plays a role in a statement.
type roleSpan struct {
	hearsay.Span
	statement int
	role      string // source cue content
	size      int    // of the whole role, to tell inner from outer
}

func (t *text) roles() []roleSpan {
	var out []roleSpan
	add := func(i int, role string, spans []hearsay.Span) {
		size := 0
		for _, s := range spans {
			size += s.Len()
		}
		for _, s := range spans {
			out = append(out, roleSpan{s, i, role, size})
		}
	}
	for i := range t.a.Statements {
		s := &t.a.Statements[i]
		add(i, "source", s.Source)
		add(i, "cue", s.Cue)
		add(i, "content", s.Content)
	}
	slices.SortStableFunc(out, func(a, b roleSpan) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// numbers counts the statements in the order in which they begin.
func (t *text) numbers() []int {
	order := make([]int, len(t.a.Statements))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(t.extent(a).Start, t.extent(b).Start) })
	out := make([]int, len(order))
	for n, i := range order {
		out[i] = n + 1
	}
	return out
}

// extent is the stretch from the first to the last word of a statement.
func (t *text) extent(i int) hearsay.Span {
	s := &t.a.Statements[i]
	out := hearsay.Span{Start: len(t.a.Document.Text)}
	for _, spans := range [][]hearsay.Span{s.Source, s.Cue, s.Content} {
		for _, x := range spans {
			out.Start, out.End = min(out.Start, x.Start), max(out.End, x.End)
		}
	}
	return out
}

// contentEnd is where the number of a statement is set: after the last word of its content.
func (t *text) contentEnd(i int) int {
	end := 0
	for _, x := range t.a.Statements[i].Content {
		end = max(end, x.End)
	}
	if end == 0 {
		end = t.extent(i).End
	}
	return end
}

func (t *text) block(b hearsay.Block, spans []roleSpan, number []int) block {
	out := block{Role: string(b.Role)}
	var here []roleSpan
	for _, s := range spans {
		if s.Overlaps(b.Span) {
			here = append(here, s)
		}
	}
	ends := map[int][]int{} // statements whose number is set at a byte
	for i := range t.a.Statements {
		if at := t.contentEnd(i); at > b.Start && at <= b.End {
			ends[at] = append(ends[at], i)
			out.Notes = append(out.Notes, t.note(i, number))
		}
	}
	slices.SortStableFunc(out.Notes, func(x, y note) int { return cmp.Compare(x.N, y.N) })
	out.Runs = t.runs(b.Span, here, ends, number)
	for _, r := range t.a.Document.Repairs {
		if b.Contains(r.Span) {
			out.Repairs = append(out.Repairs, repair{r.In(t.a.Document.Text), r.To, r.Why})
		}
	}
	for _, c := range t.a.Document.Credits {
		if b.Overlaps(c.Span) && c.Start >= b.Start {
			out.Credits = append(out.Credits, c)
		}
	}
	out.Shared = t.shared(b.Span)
	return out
}

// runs cuts a block wherever something begins or ends.
func (t *text) runs(b hearsay.Span, here []roleSpan, ends map[int][]int, number []int) []run {
	cuts := []int{b.Start, b.End}
	add := func(s hearsay.Span) {
		for _, at := range []int{s.Start, s.End} {
			if at > b.Start && at < b.End {
				cuts = append(cuts, at)
			}
		}
	}
	for _, s := range here {
		add(s.Span)
	}
	for _, r := range t.a.Document.Repairs {
		add(r.Span)
	}
	for _, c := range t.a.Document.Credits {
		add(c.Span)
	}
	for _, s := range t.calques() {
		add(s)
	}
	for _, s := range t.targets {
		add(s)
	}
	for at := range ends {
		add(hearsay.Span{Start: at, End: at})
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	out := make([]run, 0, len(cuts)-1)
	for k := 0; k+1 < len(cuts); k++ {
		out = append(out, t.run(hearsay.Span{Start: cuts[k], End: cuts[k+1]}, here, ends, number))
	}
	return out
}

func (t *text) run(piece hearsay.Span, here []roleSpan, ends map[int][]int, number []int) run {
	r := run{Text: piece.In(t.a.Document.Text)}
	var over []roleSpan
	for _, s := range here {
		if s.Contains(piece) {
			over = append(over, s)
		}
	}
	slices.SortStableFunc(over, func(a, b roleSpan) int { return cmp.Compare(a.size, b.size) })
	r.Class, r.Of = t.classes(over)
	for _, x := range t.a.Document.Repairs {
		if x.Contains(piece) {
			r.Class += " repaired"
			r.Repair = x.To
		}
	}
	for _, x := range t.a.Document.Credits {
		if x.Contains(piece) {
			r.Class += " credited"
		}
	}
	for _, x := range t.calques() {
		if x.Contains(piece) {
			r.Class += " calque"
			break
		}
	}
	for _, x := range t.targets {
		if x.Contains(piece) {
			r.Target = true
		}
	}
	r.Class = strings.TrimSpace(r.Class)
	for _, i := range ends[piece.End] {
		r.Marks = append(r.Marks, mark{number[i], t.ids[i], t.label(i)})
	}
	slices.SortFunc(r.Marks, func(a, b mark) int { return cmp.Compare(a.N, b.N) })
	return r
}

// calques are the places by which the text reads as translated.
func (t *text) calques() []hearsay.Span {
	if t.a.Document.Translated == nil {
		return nil
	}
	return t.a.Document.Translated.Evidence
}

// classes says how a stretch is marked: by the innermost role, and by how deep it is nested.
func (t *text) classes(over []roleSpan) (class, of string) {
	if len(over) == 0 {
		return "", ""
	}
	var ids []string
	depth := 0
	for _, s := range over {
		if !slices.Contains(ids, t.ids[s.statement]) {
			ids = append(ids, t.ids[s.statement])
		}
		if s.role == "content" {
			depth++
		}
	}
	class = over[0].role
	if depth > 0 {
		class += " in" + string(rune('0'+min(depth, 3)))
	}
	return class, strings.Join(ids, " ")
}

func (t *text) who(i int) string {
	s := &t.a.Statements[i]
	if p := t.places[t.ids[i]]; p.Name != "" {
		return p.Name
	}
	if s.SpeakerText != "" {
		return s.SpeakerText
	}
	var source []string
	for _, x := range s.Source {
		source = append(source, x.In(t.a.Document.Text))
	}
	if len(source) > 0 {
		return strings.Join(source, " … ")
	}
	return "nobody named"
}

func (t *text) label(i int) string {
	return "said by " + t.who(i) + ", put forward " + certainty(string(t.a.Statements[i].Factuality))
}

func (t *text) note(i int, number []int) note {
	s, doc := &t.a.Statements[i], t.a.Document
	place := t.places[t.ids[i]]
	n := note{
		N: number[i], ID: t.ids[i], Who: t.who(i), Actor: place.Actor, Cert: certainty(string(s.Factuality)), Manner: string(s.Manner),
		Kind: string(s.Kind), Stance: string(s.Stance), Denied: s.Denied, Score: s.Score, Estimate: s.Estimate,
		Claim: place.Claim, AtLeast: place.AtLeast, AtMost: place.AtMost, Documents: place.Documents, Language: doc.Language, By: place.By,
	}
	if h := s.Holder; h >= 0 && h < len(t.a.Statements) {
		n.Within, n.WithinN = t.who(h), number[h]
	}
	var cue, content []string
	for _, x := range s.Cue {
		cue = append(cue, x.In(doc.Text))
	}
	for _, x := range s.Content {
		content = append(content, x.In(doc.Text))
	}
	n.Cue, n.Exact = strings.Join(cue, " … "), strings.Join(content, " … ")
	for _, v := range s.Via {
		n.Via = append(n.Via, v.Name)
	}
	if len(s.Content) > 0 {
		n.Quote = quoteLink(doc, s.Content[0])
	}
	n.Citation = citation(n, doc)
	return n
}

// citation is a statement with all that must go with it when it is copied.
func citation(n note, doc *hearsay.Document) string {
	var b strings.Builder
	if n.Manner == "direct" {
		b.WriteString("“" + n.Exact + "”")
	} else {
		b.WriteString(n.Exact)
	}
	b.WriteString(" — " + n.Who)
	if n.By != nil {
		b.WriteString(" (" + n.By.Rule + ": “" + n.By.Span.Exact + "”)")
	}
	if n.Within != "" {
		b.WriteString(", as told by " + n.Within)
	}
	if n.Manner != "direct" {
		b.WriteString(" (" + n.Manner + " speech)")
	}
	for _, v := range n.Via {
		b.WriteString(", through " + v)
	}
	if doc.Title != "" {
		b.WriteString(", in “" + doc.Title + "”")
	}
	for _, x := range []string{doc.Outlet, datePart(doc.Published), languageName(doc.Language), firstOf(doc.URL, doc.Path)} {
		if x != "" {
			b.WriteString(", " + x)
		}
	}
	return b.String()
}

func datePart(v string) string {
	if v == "" {
		return ""
	}
	return day(v)
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// shared finds what of a block stands in other documents too.
func (t *text) shared(b hearsay.Span) []shared {
	var out []shared
	for _, l := range t.links {
		if l.External != "" {
			continue
		}
		for _, e := range l.Evidence {
			here, there := e.From, e.To
			if !l.Forward {
				here, there = e.To, e.From
			}
			if here == nil {
				continue
			}
			span := hearsay.Span{Start: t.off.Byte(here.Start), End: t.off.Byte(here.End)}
			if !span.Overlaps(b) {
				continue
			}
			x := shared{linkLine: l, Here: here.Exact}
			if there != nil {
				x.There = there.Exact
			}
			out = append(out, x)
			break // one line in the margin for each document
		}
	}
	return out
}
