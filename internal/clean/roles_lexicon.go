package clean

import (
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strings"
	"sync"

	"hearsay/data"
)

// Kinds of patterns in data/lexicon/<lang>/clean.tsv beside the roles and the kinds of credits.
// A kind with "in " before it is looked for inside paragraphs; all others hold for whole lines.
const (
	kindComments  = "comments"  // opens the readers' comments or their form: all after it is frame
	kindRelated   = "related"   // opens teasers of other stories
	kindPublished = "published" // line with the date of publication
	kindUpdated   = "updated"
	kindOutlet    = "outlet"
)

// rule is one line of a clean.tsv.
type rule struct {
	kind    string
	inside  bool
	re      *regexp.Regexp
	name    int // number of the group that names who is credited, 0 for none
	example string
}

// lexicon is the rules that hold for a text.
type lexicon struct {
	lines, inside []*rule
}

var (
	rulesMu sync.Mutex
	ruled   = map[string]*lexicon{}
)

// lexiconFor gives the rules of a language and of English; without a language, all rules.
func lexiconFor(lang string) *lexicon {
	rulesMu.Lock()
	defer rulesMu.Unlock()
	if l, ok := ruled[lang]; ok {
		return l
	}
	languages := []string{lang, "en"}
	if _, err := fs.Stat(data.Lexicon, "lexicon/"+lang+"/clean.tsv"); err != nil {
		languages = cleanLanguages()
	}
	if lang == "en" {
		languages = languages[:1]
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
	ruled[lang] = l
	return l
}

// cleanLanguages lists the languages that have a clean.tsv.
func cleanLanguages() []string {
	var out []string
	files, _ := fs.Glob(data.Lexicon, "lexicon/*/clean.tsv")
	for _, f := range files {
		out = append(out, strings.Split(f, "/")[1])
	}
	sort.Strings(out)
	return out
}

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
	r.kind, r.inside = strings.CutPrefix(f[0], "in ")
	pattern := macros().Replace(f[1])
	if !r.inside {
		pattern = `^(?:` + pattern + `)$`
	}
	re, err := regexp.Compile(`(?i)` + pattern)
	if err != nil {
		return nil, err
	}
	r.re, r.name = re, max(re.SubexpIndex("name"), 0)
	return r, nil
}

// The pieces that patterns are made of. A name begins with a capital or stands in quotation marks
// or is a site's address; an outlet is an agency of the table or shows by its form that it is one.
const (
	quotedForm = `[«„“"”][^«»„“”"\n]{2,60}[»“”"]`
	siteForm   = `(?:[\p{L}\d-]+\.)+(?:[a-z]{2,4}|укр|рф|бел)\b`
	wordForm   = `[\p{Lu}\d][\p{L}\p{N}'’&+\-]*(?:\.\p{L}+|\.)?`
	joinForm   = `(?:of|the|and|for|de|la|le|les|du|des|del|los|der|die|das|von|van|für|und|y|e|et|та|і|и|й|да|w|z|i|o|на|в|у)`
	nameForm   = wordForm + `(?:(?:\s*/\s*|,?\s+(?:` + joinForm + `\s+){0,2})` + wordForm + `){0,7}`
	personForm = wordForm + `(?:\s+(?:(?:de|la|von|van|der|del|du|al|bin|ter)\s+){0,2}` + wordForm + `){1,3}`
	latinForm  = `[A-Z][A-Za-z'’&+\-]*(?:\s+(?:(?:of|the|de|la|le)\s+)?[A-Z][A-Za-z'’&+\-]*){0,4}`
	pressForm  = `(?:The\s+)?` + `(?:[A-Z][\w'’&\-]*\s+){0,3}(?:Times|Post|News|Journal|Herald|Tribune|Gazette|Guardian|Telegraph|Courier|Observer|Mail|Press|Agency|Review|Chronicle|Daily|Weekly|Radio|TV)`
)

var macros = sync.OnceValue(func() *strings.Replacer {
	agency := agencyForms()
	name := `(?P<name>(?-i:` + quotedForm + `|` + siteForm + `|` + nameForm + `))`
	outlet := `(?P<name>(?-i:` + quotedForm + `|` + siteForm + `|` + pressForm + `|` + agency + `))`
	foreign := `(?P<name>(?-i:` + quotedForm + `|` + siteForm + `|` + agency + `|` + latinForm + `))`
	people := `(?P<name>(?-i:` + personForm + `(?:(?:,\s+|\s+(?:and|und|et|y|e|и|і|та|i|oraz|&)\s+)` + personForm + `){0,5}))`
	return strings.NewReplacer(
		"{name}", name, "{quoted}", `(?P<name>`+quotedForm+`)`, "{outlet}", outlet, "{foreign}", foreign, "{people}", people,
		"{agency}", `(?P<name>(?-i:`+agency+`))`,
		"{rest}", `(?P<name>\S.{0,78}?)`, "{tail}", `.{0,160}`, "{some}", `.{1,60}?`,
	)
})

var agencies = sync.OnceValue(func() []string {
	raw, err := data.Lexicon.ReadFile("lexicon/agencies.tsv")
	if err != nil {
		return nil
	}
	var out []string
	for text := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimRight(text, "\r\n"), "\t")
		if len(f) < 2 || strings.HasPrefix(text, "#") {
			continue
		}
		out = append(out, f[0])
		if f[1] != "-" {
			out = append(out, strings.Split(f[1], "|")...)
		}
	}
	// Longer names first, so that "dpa-AFX" is not read as "dpa".
	sort.SliceStable(out, func(i, j int) bool { return len(out[i]) > len(out[j]) })
	return out
})

func agencyForms() string {
	var quoted []string
	for _, a := range agencies() {
		quoted = append(quoted, regexp.QuoteMeta(a))
	}
	if len(quoted) == 0 {
		return `\bReuters\b`
	}
	return `(?:` + strings.Join(quoted, "|") + `)`
}
