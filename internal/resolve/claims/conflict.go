package claims

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay"
)

const (
	whyClash    = "the figures do not meet"
	whyReversed = "one speaker, the opposite at another time"
	whyDisowned = "one speaker, who says that he promised nothing of the kind"
)

// isClash reports whether a pair joins nothing and only shows what does not go together.
func (p *Pair) isClash() bool {
	return !p.Sure && (strings.HasPrefix(p.Why, whyClash) || p.Why == whyReversed || p.Why == whyDisowned)
}

// reversed reports whether one speaker holds at one time what he denies at another. What is said of certain days is
// another matter where the other speaks of other days, or long before or after without any.
func reversed(a, b *Item, l *likeness) bool {
	gap, ok := daysBetween(a, b)
	if namedTimes(a.Times, b.Times) == farTime || len(a.Times)+len(b.Times) > 0 && l.times == 0 && gap > promiseKept {
		return false
	}
	return a.Sign != b.Sign && l.speaker == agree && ok && gap > 0 && a.single() && b.single() && l.root != differ &&
		l.shared >= fewestTerms && l.dice >= 0.75 && (l.namesA == 0 || l.namesB == 0) && surely(a) && surely(b)
}

// surely reports whether a statement takes a side.
func surely(it *Item) bool { return it.Factuality != hearsay.Unknown || it.Denies || it.Class != "" }

// conflicts finds what does not go together in a claim.
func (b *builder) conflicts() []hearsay.Conflict {
	var out []hearsay.Conflict
	out = append(out, b.opposites()...)
	out = append(out, b.clashes()...)
	out = append(out, b.hardened()...)
	out = append(out, b.circles()...)
	slices.SortFunc(out, func(x, y hearsay.Conflict) int {
		return cmp.Or(strings.Compare(string(x.Kind), string(y.Kind)), slices.Compare(x.Between, y.Between))
	})
	return out
}

// opposites shows each denial once for each origin of it and each origin of what it denies that a
// pair joins, or else against the clearest statement.
func (b *builder) opposites() []hearsay.Conflict {
	var out []hearsay.Conflict
	seen := map[[2]string]bool{}
	origins := map[string]string{}
	b.said.name(origins)
	b.denied.name(origins)
	var pairs []PairRecord
	for _, p := range b.pairs {
		apart := p.Sign < 0 && p.Sure && b.inside[p.A] && b.inside[p.B] && b.polarity[p.A] != b.polarity[p.B]
		if apart && timing(b.world.Items[p.A], b.world.Items[p.B]) != farTime {
			pairs = append(pairs, p)
		}
	}
	slices.SortStableFunc(pairs, func(x, y PairRecord) int { return strings.Compare(b.since(&x), b.since(&y)) })
	for _, p := range pairs {
		x, y := b.world.Items[p.A], b.world.Items[p.B]
		if b.polarity[p.A] < 0 {
			x, y = y, x
		}
		key := [2]string{origins[x.Statement], origins[y.Statement]}
		if !seen[key] {
			seen[key] = true
			out = append(out, b.opposite(x, y))
		}
	}
	return out
}

// name notes under which set each statement is counted.
func (c *counted) name(into map[string]string) {
	for set, ends := range c.members {
		for _, e := range ends {
			into[e.it.Statement] = set
		}
	}
}

func (b *builder) opposite(says, denies *Item) hearsay.Conflict {
	if b.oneSpeaker(says, denies) && says.Document != denies.Document && differentDays(says, denies) {
		return b.reversal(says, denies)
	}
	verb := " holds the opposite: “"
	if denies.Denies || denies.Rebuts {
		verb = " denies it: “"
	}
	return hearsay.Conflict{
		Kind: hearsay.Denial, Between: []string{says.Statement, denies.Statement}, Since: later(says, denies),
		Why: b.who(says) + " is reported as holding “" + quote(says.Text) + "”; " + b.who(denies) + verb + quote(denies.Text) + "”.",
	}
}

func (b *builder) reversal(x, y *Item) hearsay.Conflict {
	if before(y.Published, x.Published) {
		x, y = y, x
	}
	return hearsay.Conflict{
		Kind: hearsay.Reversal, Between: []string{x.Statement, y.Statement}, Since: later(x, y),
		Why: b.who(x) + " is reported on " + day(x) + " with “" + b.claimed(x) + "” and on " + day(y) + " with “" + b.claimed(y) + "”, which is the opposite.",
	}
}

func (b *builder) disowning(x, y *Item) hearsay.Conflict {
	if x.Disowns {
		x, y = y, x
	}
	return hearsay.Conflict{
		Kind: hearsay.Denial, Between: []string{x.Statement, y.Statement}, Since: later(x, y),
		Why: b.who(x) + " is reported on " + day(x) + " as promising “" + quote(x.Text) + "” and is quoted on " + day(y) + " with “" + quote(y.Text) + "”.",
	}
}

// claimed gives the words of a statement with the cue where that denies them.
func (b *builder) claimed(it *Item) string {
	if it.Denies && it.Cue != "" {
		return it.Cue + ": " + quote(it.Text)
	}
	return quote(it.Text)
}

func differentDays(a, b *Item) bool {
	gap, ok := daysBetween(a, b)
	return ok && gap > 0
}

// oneSpeaker asks the dossier first, then the names: given name and surname, or one of them where the
// dossier does not tell.
func (b *builder) oneSpeaker(x, y *Item) bool {
	agrees := sameSpeaker(x, y) == agree
	if b.world.Actor != nil {
		one, _ := b.world.Actor(x.Statement)
		two, _ := b.world.Actor(y.Statement)
		if one != "" && two != "" {
			return one == two || agrees && len(x.Source.Key.Full) > 1 && len(y.Source.Key.Full) > 1
		}
	}
	return agrees
}

// clashes shows the figures that do not meet and the reversals, each in the claim of the statement
// that comes first by its id. Of those that share a statement the earliest stands for all.
func (b *builder) clashes() []hearsay.Conflict {
	var pairs []PairRecord
	for _, p := range b.pairs {
		if p.isClash() && b.holds(&p) {
			pairs = append(pairs, p)
		}
	}
	slices.SortFunc(pairs, func(x, y PairRecord) int {
		return cmp.Or(strings.Compare(b.since(&x), b.since(&y)), b.narrated(&x)-b.narrated(&y), strings.Compare(x.A, y.A), strings.Compare(x.B, y.B))
	})
	var out []hearsay.Conflict
	shown := map[string]bool{}
	for _, p := range pairs {
		kind := strconv.Itoa(p.Sign) + strconv.FormatBool(p.Why == whyDisowned)
		one, two := p.A+kind, p.B+kind
		both := b.between(&p) + kind
		if shown[one] || shown[two] || shown[both] && b.narrated(&p) > 0 {
			continue
		}
		shown[one], shown[two], shown[both] = true, true, true
		if b.inside[p.A] {
			out = append(out, b.clash(&p))
		}
	}
	return out
}

// since is when both statements of a pair were out, and the first of them.
func (b *builder) since(p *PairRecord) string {
	x, y := b.world.Items[p.A], b.world.Items[p.B]
	return later(x, y) + " " + min(day(x), day(y))
}

// narrated counts the texts' own words in a pair: where somebody is said to have said it, that is shown.
func (b *builder) narrated(p *PairRecord) (n int) {
	for _, id := range []string{p.A, p.B} {
		if it := b.world.Items[id]; it.Narrated {
			n++
		}
	}
	return n
}

// between names the two documents of a pair.
func (b *builder) between(p *PairRecord) string {
	x, y := b.world.Items[p.A].Document, b.world.Items[p.B].Document
	return min(x, y) + " " + max(x, y)
}

// holds reports whether a clash stands now that the speakers are known.
func (b *builder) holds(p *PairRecord) bool {
	x, y := b.world.Items[p.A], b.world.Items[p.B]
	if p.Sign < 0 {
		return b.oneSpeaker(x, y)
	}
	_, ok := sameCount(x, y)
	return ok
}

func (b *builder) clash(p *PairRecord) hearsay.Conflict {
	x, y := b.world.Items[p.A], b.world.Items[p.B]
	switch {
	case p.Why == whyDisowned:
		return b.disowning(x, y)
	case p.Sign < 0:
		return b.reversal(x, y)
	}
	g, _ := sameCount(x, y)
	return b.figures(x, y, g)
}

// sameCount reports whether two statements count one thing at one time and differ: a later report is
// an update.
func sameCount(x, y *Item) (gap, bool) {
	l := &likeness{}
	l.compareFigures(x, y)
	if len(l.gaps) == 0 || timing(x, y) != sameTime {
		return gap{}, false
	}
	g := l.gaps[0]
	if g.a.AsOf != "" && g.a.AsOf == g.b.AsOf || namedTimes(x.Times, y.Times) == sameTime {
		return g, true
	}
	days, ok := daysBetween(x, y)
	return g, x.Document == y.Document || ok && days < updateGap
}

func (b *builder) figures(x, y *Item, g gap) hearsay.Conflict {
	return hearsay.Conflict{
		Kind: hearsay.FigureGap, Between: []string{x.Statement, y.Statement}, Since: later(x, y),
		Why: b.who(x) + " gives “" + g.a.Text + "” where " + b.who(y) + " gives “" + g.b.Text + "”, for the same thing and time; the two ranges do not meet.",
	}
}

// hardened shows where a reserve of the origin is gone in a text that came after it: once for each
// such document, against the first statement that holds the reserve.
func (b *builder) hardened() []hearsay.Conflict {
	var out []hearsay.Conflict
	for _, c := range []*counted{b.said, b.denied} {
		for _, set := range sortedKeys(c.members) {
			items := make([]*Item, 0, len(c.members[set]))
			for _, e := range c.members[set] {
				items = append(items, e.it)
			}
			softs, hards := firstOfEach(items, reserved), firstOfEach(items, flat)
			keeps := byDocument(softs)
			for _, hard := range hards {
				if hard.Narrated && keeps[hard.Document] != nil {
					continue // a headline of a text that goes on with the reserve
				}
				if i := slices.IndexFunc(softs, func(soft *Item) bool { return b.precedes(soft, hard) }); i >= 0 {
					out = append(out, b.hardening(softs[i], hard))
				}
			}
		}
	}
	return append(out, b.hardenedCitations(out)...)
}

// firstOfEach gives the first short statement of each document for which something holds, the earliest document
// first.
func firstOfEach(items []*Item, holds func(*Item) bool) []*Item {
	var out []*Item
	for _, it := range items {
		if it.Sentences <= 2 && holds(it) {
			out = append(out, it)
		}
	}
	slices.SortFunc(out, func(x, y *Item) int {
		return cmp.Or(comparePublished(x, y), strings.Compare(x.Statement, y.Statement))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(out, func(it *Item) bool {
		was := seen[it.Document]
		seen[it.Document] = true
		return was
	})
}

// precedes reports whether the document of a statement was out before that of another, as a link or their days tell.
func (b *builder) precedes(soft, hard *Item) bool {
	if soft.Document == hard.Document {
		return false
	}
	return b.dependsOn(hard.Document, soft.Document) || before(soft.Published, hard.Published) && !b.dependsOn(soft.Document, hard.Document)
}

// hardenedCitations shows the same where a document cites another, whoever each of them names.
func (b *builder) hardenedCitations(have []hearsay.Conflict) []hearsay.Conflict {
	if len(b.cited) == 0 {
		return nil
	}
	items := b.items(b.ids)
	softs, hards := byDocument(firstOfEach(items, reserved)), byDocument(firstOfEach(items, flat))
	shown := map[string]bool{}
	for _, c := range have {
		shown[b.world.Items[c.Between[1]].Document] = true
	}
	var out []hearsay.Conflict
	for _, l := range b.cited {
		soft, hard := softs[l.To], hards[l.From]
		if soft == nil || hard == nil || shown[l.From] || b.polarity[soft.Statement] != b.polarity[hard.Statement] {
			continue
		}
		shown[l.From] = true
		out = append(out, b.hardening(soft, hard))
	}
	return out
}

func byDocument(items []*Item) map[string]*Item {
	out := make(map[string]*Item, len(items))
	for _, it := range items {
		out[it.Document] = it
	}
	return out
}

// reserved reports whether a statement puts what it says forward with less than certainty. A promise, a
// demand and a warning are no reserve.
func reserved(it *Item) bool {
	if mood(it) != "" {
		return false
	}
	return it.Estimate != nil || strings.HasPrefix(string(it.Factuality), "PS") || strings.HasPrefix(string(it.Factuality), "PR")
}

func flat(it *Item) bool { return it.Estimate == nil && strings.HasPrefix(string(it.Factuality), "CT") }

// dependsOn reports whether a chain of links leads from one document to another.
func (g *graph) dependsOn(doc, on string) bool {
	for range 32 {
		l, ok := g.up[doc]
		if !ok {
			return false
		}
		if doc = l.To; doc == on {
			return true
		}
	}
	return false
}

func (b *builder) hardening(soft, hard *Item) hearsay.Conflict {
	d := b.world.Documents[hard.Document]
	if d.ID == "" {
		d.ID = hard.Document
	}
	return hearsay.Conflict{
		Kind: hearsay.Hardening, Between: []string{soft.Statement, hard.Statement}, Since: later(soft, hard),
		Why: "With " + b.who(soft) + " it reads “" + quote(soft.Text) + "”; " + d.label() + ", which came after it, has “" + quote(hard.Text) + "” without the reserve.",
	}
}

// who names the source of a statement for a reader.
func (b *builder) who(it *Item) string {
	if b.world.Actor != nil && it.Source.Form == Named {
		if _, name := b.world.Actor(it.Statement); name != "" {
			return name
		}
	}
	if it.Source.Name != "" {
		return it.Source.Name
	}
	d := b.world.Documents[it.Document]
	if it.Source.Form == NoOne {
		return "a source that " + firstOf(d.Outlet, d.Title, it.Document) + " does not name"
	}
	return firstOf(d.Outlet, d.Title, it.Document)
}

const longestQuote = 220 // characters of a statement that a reason repeats

// quote shortens a long text between words.
func quote(s string) string {
	if utf8.RuneCountInString(s) <= longestQuote {
		return s
	}
	cut := string([]rune(s)[:longestQuote])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " …"
}

func later(a, b *Item) string { return max(day(a), day(b)) }

func day(it *Item) string { return it.Published[:min(len(it.Published), 10)] }
