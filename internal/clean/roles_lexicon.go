package clean

import (
	"fmt"
	"io/fs"
	"regexp"
	"regexp/syntax"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"hearsay/data"
)

// Kinds of patterns in data/lexicon/<lang>/clean.tsv beside the roles and the kinds of credits.
// A kind with "in " before it is looked for inside paragraphs, with "lead " inside the first two of
// the article alone; all others hold for whole lines.
const (
	kindComments  = "comments"  // opens the readers' comments or their form: all after it is frame
	kindRelated   = "related"   // opens teasers of other stories
	kindPublished = "published" // line with the date of publication
	kindUpdated   = "updated"
	kindOutlet    = "outlet"
	kindKicker    = "kicker"   // section or genre above the headline
	kindDateLine  = "dateline" // name and day in one line, not in the lexicon
)

// rule is one line of a clean.tsv. Its expression is compiled when a text first needs it.
type rule struct {
	kind    string
	inside  bool
	lead    bool // inside the first paragraphs alone
	source  string
	heads   []string // what a match can begin with, in lower case; nil for anything
	inner   []string // where heads is nil: what a match holds somewhere, in lower case; nil for anything
	widest  int      // characters of the longest match
	example string
	compile func() *regexp.Regexp
}

// lexicon is the rules that hold for a text; lines are found by their first character.
type lexicon struct {
	byFirst map[rune][]*rule
	others  []*rule // rules that may begin with anything
	lines   []*rule
	inside  []*rule
}

// linesFor gives the rules that a line (lower case) can match, in the lexicon's order.
func (l *lexicon) linesFor(lower string) []*rule {
	r, _ := utf8.DecodeRuneInString(lower)
	if rules, ok := l.byFirst[r]; ok {
		return rules
	}
	return l.others
}

// line gives the first rule that holds for a line with plain spaces, and its match.
func (l *lexicon) line(s string) (*rule, []int) {
	lower, n := sameLength(s), utf8.RuneCountInString(s)
	for _, r := range l.linesFor(lower) {
		if m := r.match(s, lower, n); m != nil {
			return r, m
		}
	}
	return nil, nil
}

// index sorts the line rules by what they can begin with.
func (l *lexicon) index() {
	l.byFirst = map[rune][]*rule{}
	for _, r := range l.lines {
		for _, h := range r.heads {
			first, _ := utf8.DecodeRuneInString(h)
			l.byFirst[first] = nil
		}
		if r.heads == nil {
			l.others = append(l.others, r)
		}
	}
	for first := range l.byFirst {
		for _, r := range l.lines {
			if r.heads == nil || slices.ContainsFunc(r.heads, func(h string) bool {
				f, _ := utf8.DecodeRuneInString(h)
				return f == first
			}) {
				l.byFirst[first] = append(l.byFirst[first], r)
			}
		}
	}
}

// match holds the rule against a whole line with plain spaces, of n characters.
func (r *rule) match(line, lower string, n int) []int {
	if n > r.widest || !r.begins(lower) {
		return nil
	}
	return r.compile().FindStringSubmatchIndex(line)
}

// begins reports whether a line can match, by its beginning or else by what it must hold.
func (r *rule) begins(lower string) bool {
	if r.heads == nil {
		return r.inner == nil || slices.ContainsFunc(r.inner, func(h string) bool { return strings.Contains(lower, h) })
	}
	return slices.ContainsFunc(r.heads, func(h string) bool { return strings.HasPrefix(lower, h) })
}

// name gives the span of the group that names who is credited, if there is one in match m.
func (r *rule) name(m []int) (start, end int, ok bool) {
	g := r.compile().SubexpIndex("name")
	if g < 0 || m[2*g] < 0 {
		return 0, 0, false
	}
	return m[2*g], m[2*g+1], true
}

// find gives the matches of a rule inside a text; lower is the text in lower case, byte for byte.
func (r *rule) find(text, lower string) [][]int {
	var out [][]int
	for at := 0; at < len(text); {
		next := r.nextHead(lower, at)
		if next < 0 {
			break
		}
		at = next + 1
		before, _ := utf8.DecodeLastRuneInString(text[:next])
		first, size := utf8.DecodeRuneInString(text[next:])
		if unicode.IsLetter(first) && unicode.IsLetter(before) {
			continue
		}
		at = next + size
		m := r.compile().FindStringSubmatchIndex(text[next:])
		if m == nil {
			continue
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += next
			}
		}
		out = append(out, m)
		at = max(at, m[1])
	}
	return out
}

// nextHead gives where a match can begin from at on, -1 for nowhere.
func (r *rule) nextHead(lower string, at int) int {
	if r.heads == nil {
		return at
	}
	best := -1
	for _, h := range r.heads {
		if i := strings.Index(lower[at:], h); i >= 0 && (best < 0 || at+i < best) {
			best = at + i
			lower = lower[:min(len(lower), best+len(h))]
		}
	}
	return best
}

// sameLength puts a text in lower case where that keeps every byte in its place.
func sameLength(s string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}

var (
	rulesMu sync.Mutex
	ruled   = map[string]*lexicon{}
)

// lexiconFor gives the rules of a language and of English; without a language, all rules.
func lexiconFor(lang string) *lexicon {
	languages := []string{lang, "en"}
	switch {
	case lang == "en":
		languages = languages[:1]
	case !slices.Contains(cleanLanguages(), lang):
		lang, languages = "", cleanLanguages()
	}
	rulesMu.Lock()
	defer rulesMu.Unlock()
	if l, ok := ruled[lang]; ok {
		return l
	}
	l := &lexicon{}
	for _, one := range languages {
		rules, err := readRules(one)
		if err != nil {
			continue // the test of the lexicon reports it
		}
		for _, r := range rules {
			if r.inside {
				l.inside = append(l.inside, r)
			} else {
				l.lines = append(l.lines, r)
			}
		}
	}
	l.index()
	ruled[lang] = l
	return l
}

// cleanLanguages lists the languages that have a clean.tsv.
var cleanLanguages = sync.OnceValue(func() []string {
	var out []string
	files, _ := fs.Glob(data.Lexicon, "lexicon/*/clean.tsv")
	for _, f := range files {
		out = append(out, strings.Split(f, "/")[1])
	}
	sort.Strings(out)
	return out
})

func readRules(lang string) ([]*rule, error) {
	raw, err := data.Lexicon.ReadFile("lexicon/" + lang + "/clean.tsv")
	if err != nil {
		return nil, err
	}
	var out []*rule
	n := 0
	for text := range strings.Lines(string(raw)) {
		n++
		text = strings.TrimRight(text, "\r\n")
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		r, err := parseRule(text)
		if err != nil {
			return nil, fmt.Errorf("lexicon/%s/clean.tsv:%d: %w", lang, n, err)
		}
		out = append(out, r)
	}
	return out, nil
}

// parseRule reads "kind TAB pattern TAB note TAB example".
func parseRule(text string) (*rule, error) {
	f := strings.Split(text, "\t")
	if len(f) != 4 {
		return nil, fmt.Errorf("%d columns instead of 4", len(f))
	}
	r := &rule{example: f[3]}
	if r.kind, r.lead = strings.CutPrefix(f[0], "lead "); !r.lead {
		r.kind, r.inside = strings.CutPrefix(f[0], "in ")
	}
	r.inside = r.inside || r.lead
	pattern := macros().Replace(f[1])
	tree, err := syntax.Parse(`(?i)`+pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	r.heads, r.widest = heads(tree), widest(tree)
	if r.heads == nil {
		r.inner = inner(tree)
	}
	r.source = `(?i)^(?:` + loosen(pattern) + `)`
	if !r.inside {
		r.source += `$`
	}
	r.compile = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(r.source) })
	return r, nil
}

var bounded = regexp.MustCompile(`\.\{(\d+),\d\d+\}`)

// loosen drops the upper bounds of ".{1,160}", which make expressions large and slow: the length of
// the line is held against the rule's widest match instead.
func loosen(pattern string) string { return bounded.ReplaceAllString(pattern, `.{$1,}`) }

// The pieces that patterns are made of. A name begins with a capital or stands in quotation marks
// or is a site's address; an outlet is an agency of the table or shows by its form that it is one.
const (
	quotedForm = `[«„“"”][^«»„“”"\n]{2,60}[»“”"]`
	siteForm   = `(?:[\p{L}\d-]+\.)+(?:[a-z]{2,4}|укр|рф|бел)\b`
	wordForm   = `(?:\p{Lu}\.|(?:Dr|St|Mr|Mrs|Ms|Prof|Jr|Sr|Inc|Ltd|Co)\.|[\p{Lu}\d][\p{L}\p{N}’'&+\-]*(?:\.\p{L}+)?)`
	joinForm   = `(?:of|the|and|for|de|la|le|les|du|des|del|los|der|die|das|von|van|für|und|y|e|et|та|і|и|й|да|w|z|i|o|на|в|у)`
	nameForm   = wordForm + `(?:(?:\s*/\s*|,?\s+(?:` + joinForm + `\s+){0,2})` + wordForm + `){0,7}`
	personForm = wordForm + `(?:\s+(?:(?:de|la|von|van|der|del|du|al|bin|ter)\s+){0,2}` + wordForm + `){1,3}`
	titleForm  = wordForm + `(?:\s+[\p{L}\p{N}’'&-]+){0,3}?`
	paperForm  = wordForm + `(?:\s+(?:` + joinForm + `\s+){0,2}` + wordForm + `){0,4}`
	latinForm  = `[A-Z][A-Za-z'’&+\-]*(?:\s+(?:(?:of|the|de|la|le)\s+)?[A-Z][A-Za-z'’&+\-]*){0,4}`
)

var macros = sync.OnceValue(func() *strings.Replacer {
	agency := agencyForms()
	name := `(?P<name>(?-i:` + quotedForm + `|` + siteForm + `|` + nameForm + `))`
	outlet := `(?P<name>(?-i:` + quotedForm + `|` + siteForm + `|` + outletForm() + `|` + agency + `))`
	foreign := `(?P<name>(?-i:` + quotedForm + `|` + siteForm + `|` + outletForm() + `|` + agency + `|` + latinForm + `))`
	title := `(?P<name>(?-i:` + quotedForm + `|` + siteForm + `|` + titleForm + `))`
	paper := `(?P<name>(?-i:` + quotedForm + `|` + siteForm + `|` + outletForm() + `|` + agency + `|` + paperForm + `))`
	people := `(?P<name>(?-i:` + personForm + `(?:(?:,\s+|\s+(?:and|und|et|y|e|и|і|та|i|oraz|&)\s+)` + personForm + `){0,5}))`
	return strings.NewReplacer(
		"{name}", name, "{quoted}", `(?P<name>`+quotedForm+`)`, "{outlet}", outlet, "{foreign}", foreign, "{title}", title, "{paper}", paper, "{people}", people,
		"{agency}", `(?P<name>(?-i:`+agency+`))`,
		"{rest}", `(?P<name>\S.{0,78}?)`, "{tail}", `.{0,160}`, "{some}", `.{1,60}?`,
	)
})

// agencyShapes matches names that are agencies' by their form, as many agencies call themselves:
// Somethingpress, Somethinginform, but no express.
const agencyShapes = `(?:\p{Lu}\p{L}{1,12}(?:[^\PLxX](?i:press)|(?i:inform|інформ|информ|инфарм|інфарм)|[^\PLсС](?i:прес|пресс|прэс)))`

var agencies = sync.OnceValue(func() []string {
	raw, err := data.Lexicon.ReadFile("lexicon/agencies.tsv")
	if err != nil {
		return nil
	}
	var out []string
	for f := range tableRows(string(raw), 2) {
		out = append(out, f[0])
		if f[1] != "-" {
			out = append(out, strings.Split(f[1], "|")...)
		}
	}
	// Longer names first, so that "dpa-AFX" is not read as "dpa".
	sort.SliceStable(out, func(i, j int) bool { return len(out[i]) > len(out[j]) })
	return out
})

// agencyForms matches the agencies of the table, and names of an agency's form.
var agencyForms = sync.OnceValue(func() string {
	var quoted []string
	for _, a := range agencies() {
		quoted = append(quoted, regexp.QuoteMeta(a))
	}
	return `(?:` + strings.Join(quoted, "|") + `|` + agencyShapes + `)`
})
