// Package lexicon reads the reporting cues of a language (data/lexicon/<lang>/cues.tsv) and finds
// them in tokens: by form, by lemma, and by words in a row.
package lexicon

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"hearsay"
	"hearsay/data"
)

// Frame is the set of constructions that a cue takes, and where its source and addressee stand.
type Frame uint16

// The parts of a frame.
const (
	Quote    Frame = 1 << iota // a quotation
	That                       // a clause with "that"
	Whether                    // a clause with "whether" or a question word
	Inf                        // an infinitive
	Obj                        // an object
	About                      // a prepositional phrase: about, of
	As                         // a predicate: "as unfair"
	SrcSubj                    // the source is the subject
	SrcObj                     // the source follows: "according to X"
	SrcGen                     // the source is a genitive or possessive
	SrcBy                      // the source is an agent: "by X"
	SrcNone                    // the text names no source
	AddrObj                    // the addressee is the object
	AddrDat                    // the addressee is a dative
	AddrPrep                   // the addressee follows a preposition
	Cites                      // another report is told after the source: "citing"
)

var frameNames = map[string]Frame{
	"quote": Quote, "that": That, "whether": Whether, "inf": Inf, "obj": Obj, "about": About, "as": As,
	"src:subj": SrcSubj, "src:obj": SrcObj, "src:gen": SrcGen, "src:by": SrcBy, "src:none": SrcNone,
	"addr:obj": AddrObj, "addr:dat": AddrDat, "addr:prep": AddrPrep, "cites": Cites,
}

// Has reports whether f holds any part of g.
func (f Frame) Has(g Frame) bool { return f&g != 0 }

// Cue is a reporting word or phrase.
type Cue struct {
	ID      int    // its place in the lexicon
	Lemma   string // lower case; words parted by spaces
	POS     string // VERB NOUN ADJ ADV ADP PHRASE
	Class   string // say deny ask promise demand warn accuse announce order agree …
	Kind    hearsay.Kind
	Stance  hearsay.Stance
	Frame   Frame
	Forms   []string
	Example string // a marked sentence, see package marked
	Line    int
	words   []string // of Lemma
}

// Classes lists the classes of cues.
var Classes = []string{
	"say", "deny", "ask", "promise", "demand", "warn", "accuse", "announce", "order", "agree", "confirm", "report", "hint", "hearsay",
	"think", "want", "fear", "know", "support", "oppose", "predict",
}

// Lexicon is the cues of one language.
type Lexicon struct {
	Language string
	Cues     []Cue

	lemmas  map[string][]*Cue  // single words
	forms   map[string][]*Cue  // written and guessed forms of single words
	phrases map[string][]entry // by first word, longest first
	apart   map[string][]separable
	around  map[string][]around // by the word behind the possessive
}

// around is a phrase that takes whose word it is into its midst: "in her view", «за її словами».
type around struct {
	before, after []string
	cue           *Cue
}

// whose stands in a phrase where it says whose word it is.
const whose = "…"

// separable is a form of a verb whose particle stands at the end of the clause: "teilte … mit".
type separable struct {
	particle string
	cue      *Cue
}

// entry is a phrase as a row of words, each a lemma or a form.
type entry struct {
	words []string
	cue   *Cue
	exact bool // the words are forms as written, lemmas do not count
}

var (
	loadedMu sync.Mutex
	loaded   = map[string]*Lexicon{}
)

// Load returns the embedded lexicon of a language, or nil where there is none. A lexicon is read
// once and shared; it must not be changed.
func Load(language string) (*Lexicon, error) {
	loadedMu.Lock()
	defer loadedMu.Unlock()
	if l, ok := loaded[language]; ok {
		return l, nil
	}
	raw, err := data.Lexicon.ReadFile("lexicon/" + language + "/cues.tsv")
	if err != nil {
		loaded[language] = nil
		return nil, nil
	}
	l, err := Parse(language, raw)
	if err != nil {
		return nil, fmt.Errorf("lexicon %s: %w", language, err)
	}
	if raw, err := data.Lexicon.ReadFile("lexicon/" + language + "/separable.tsv"); err == nil {
		l.addSeparable(string(raw))
	}
	loaded[language] = l
	return l, nil
}

// addSeparable reads a table of separable verbs: lemma, particle, forms of the stem.
func (l *Lexicon) addSeparable(table string) {
	l.apart = map[string][]separable{}
	for _, line := range strings.Split(table, "\n") {
		f := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if len(f) < 3 || line[0] == '#' {
			continue
		}
		for _, c := range l.lemmas[f[0]] {
			for _, form := range strings.Split(f[2], "|") {
				l.apart[form] = append(l.apart[form], separable{f[1], c})
			}
		}
	}
}

// Apart returns the cue of a verb that parts from its particle: its form at token i, the
// particle at the end of its clause, before token end. The particle's token is -1 for none.
func (l *Lexicon) Apart(toks []hearsay.Token, i, end int) (c *Cue, particle int) {
	if l == nil || len(l.apart) == 0 {
		return nil, -1
	}
	list := l.apart[Fold(toks[i].Form)]
	if len(list) == 0 {
		return nil, -1
	}
	for k := i + 1; k < end; k++ {
		form := Fold(toks[k].Form)
		for _, s := range list {
			if form == s.particle && (k+1 == end || clauseEnd(toks[k+1].Form)) {
				return s.cue, k
			}
		}
		if k > i+25 || toks[k].Form == ";" {
			break
		}
	}
	return nil, -1
}

func clauseEnd(form string) bool {
	switch form {
	case ",", ".", ";", ":", "!", "?", "–", "—", "-", ")", "und", "oder", "aber", "\"", "“", "”", "«", "»", "dass":
		return true
	}
	return false
}

// Languages lists the languages that have a lexicon.
func Languages() []string {
	dirs, _ := fs.ReadDir(data.Lexicon, "lexicon")
	var out []string
	for _, d := range dirs {
		if _, err := fs.Stat(data.Lexicon, "lexicon/"+d.Name()+"/cues.tsv"); err == nil {
			out = append(out, d.Name())
		}
	}
	return out
}

// Parse reads a table of cues: eight columns parted by tabs; '#' begins a comment line.
func Parse(language string, table []byte) (*Lexicon, error) {
	l := &Lexicon{Language: language}
	for n, line := range bytes.Split(table, []byte("\n")) {
		s := strings.TrimSuffix(string(line), "\r")
		if s == "" || s[0] == '#' {
			continue
		}
		c, err := parseCue(s)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		c.ID, c.Line = len(l.Cues), n+1
		l.Cues = append(l.Cues, c)
	}
	l.index()
	return l, nil
}

func parseCue(line string) (Cue, error) {
	f := strings.Split(line, "\t")
	if len(f) != 8 {
		return Cue{}, fmt.Errorf("%d columns, want 8", len(f))
	}
	c := Cue{Lemma: f[0], POS: f[1], Class: f[2], Kind: hearsay.Kind(f[3]), Example: f[7], words: strings.Fields(f[0])}
	if f[4] != "-" {
		c.Stance = hearsay.Stance(f[4])
	}
	for _, part := range strings.Split(f[5], ",") {
		bit, ok := frameNames[strings.TrimSpace(part)]
		if !ok && part != "-" && part != "" {
			return Cue{}, fmt.Errorf("unknown frame %q", part)
		}
		c.Frame |= bit
	}
	if f[6] != "-" && f[6] != "" {
		c.Forms = strings.Split(f[6], "|")
	}
	if c.Lemma == "" || (c.Kind != hearsay.Speech && c.Kind != hearsay.Attitude) {
		return Cue{}, fmt.Errorf("no lemma or unknown kind %q", f[3])
	}
	return c, nil
}

func (l *Lexicon) index() {
	l.lemmas, l.forms, l.phrases, l.around = map[string][]*Cue{}, map[string][]*Cue{}, map[string][]entry{}, map[string][]around{}
	for i := range l.Cues {
		c := &l.Cues[i]
		if len(c.words) > 1 {
			l.addPhrase(c, c.words, false)
		} else {
			l.lemmas[c.Lemma] = append(l.lemmas[c.Lemma], c)
			for _, form := range guessForms(l.Language, c) {
				l.addForm(form, c)
			}
		}
		for _, form := range c.Forms {
			if words := strings.Fields(form); len(words) > 1 {
				l.addPhrase(c, words, true)
			} else {
				l.addForm(form, c)
			}
		}
	}
	for first, list := range l.phrases {
		l.phrases[first] = longestFirst(list)
	}
}

func (l *Lexicon) addForm(form string, c *Cue) {
	for _, known := range l.forms[form] {
		if known == c {
			return
		}
	}
	l.forms[form] = append(l.forms[form], c)
}

// addPhrase files a phrase under every form that its first word can take.
func (l *Lexicon) addPhrase(c *Cue, words []string, exact bool) {
	if k := slices.Index(words, whose); k >= 0 {
		l.addAround(c, words[:k], words[k+1:])
		return
	}
	if c.POS == "ADP" && c.Frame.Has(SrcGen) && len(words) == 2 {
		l.addAround(c, words[:1], words[1:])
	}
	e := entry{words, c, exact}
	l.phrases[words[0]] = append(l.phrases[words[0]], e)
	if exact {
		return
	}
	for _, form := range verbForms(l.Language, words[0]) {
		if form != words[0] {
			l.phrases[form] = append(l.phrases[form], e)
		}
	}
}

func (l *Lexicon) addAround(c *Cue, before, after []string) {
	l.around[after[0]] = append(l.around[after[0]], around{before, after, c})
}

// Around returns the phrase that stands around the possessive at token i, an adjective such as "own" behind
// it left aside. Nothing found: Cue is nil.
func (l *Lexicon) Around(toks []hearsay.Token, i, start, end int) Match {
	if l == nil {
		return Match{}
	}
	for k := i + 1; k < end && k <= i+2; k++ {
		if k > i+1 && toks[k-1].UPOS != "ADJ" {
			break
		}
		for _, a := range l.around[Fold(toks[k].Form)] {
			first, last := i-len(a.before), k+len(a.after)
			if first >= start && last <= end && spelled(toks[first:i], a.before) && spelled(toks[k:last], a.after) {
				return Match{a.cue, first, last}
			}
		}
	}
	return Match{}
}

func spelled(toks []hearsay.Token, words []string) bool {
	for k, w := range words {
		if Fold(toks[k].Form) != w {
			return false
		}
	}
	return true
}

func longestFirst(list []entry) []entry {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && len(list[j].words) > len(list[j-1].words); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	return list
}

// Match is a cue found in tokens First to Last (excluded).
type Match struct {
	Cue         *Cue
	First, Last int
}

// At returns the longest cue that begins at token i and ends before token end. The part of
// speech is held against the entry where the token has one. Nothing found: Cue is nil.
func (l *Lexicon) At(toks []hearsay.Token, i, end int) Match {
	if l == nil {
		return Match{}
	}
	form := Fold(toks[i].Form)
	for _, e := range l.phrases[form] {
		if l.phraseAt(toks, i, end, e) {
			return Match{e.cue, i, i + len(e.words)}
		}
	}
	if lemma := toks[i].Lemma; lemma != "" && lemma != form {
		for _, e := range l.phrases[lemma] {
			if l.phraseAt(toks, i, end, e) {
				return Match{e.cue, i, i + len(e.words)}
			}
		}
	}
	if c := l.word(form, toks[i].Lemma, toks[i].UPOS); c != nil {
		return Match{c, i, i + 1}
	}
	return Match{}
}

func (l *Lexicon) phraseAt(toks []hearsay.Token, i, end int, e entry) bool {
	if i+len(e.words) > end {
		return false
	}
	for k, w := range e.words[1:] {
		t := &toks[i+1+k]
		if Fold(t.Form) != w && (e.exact || strings.ToLower(t.Lemma) != w) {
			return false
		}
	}
	return true
}

// word finds a single word: an entry of the same part of speech, by its form first.
func (l *Lexicon) word(form, lemma, upos string) *Cue {
	if c := l.byForm(form, upos); c != nil {
		return c
	}
	if lemma != "" {
		for _, c := range l.lemmas[strings.ToLower(lemma)] {
			if fits(c.POS, upos) {
				return c
			}
		}
	}
	return l.mistagged(form, upos)
}

// byForm finds an entry by a form of its own, first of all one that cites: "citando" is a form of "citar" as well. A long
// adverb of hearsay is one whatever its tag: „rzekomo” is rare in the treebank.
func (l *Lexicon) byForm(form, upos string) (found *Cue) {
	for _, c := range l.forms[form] {
		switch {
		case c.Frame.Has(Cites) && slices.Contains(c.words, form) || c.Frame.Has(Cites) && slices.Contains(c.Forms, form):
			return c
		case found != nil:
		case fits(c.POS, upos), c.POS == "ADV" && c.Class == "hearsay" && utf8.RuneCountInString(form) >= plainLength:
			found = c
		}
	}
	return found
}

const plainLength = 6 // letters from which on an adverb is no other word

// mistagged finds a verb whose form the lexicon lists though the tag is a noun's or an adjective's:
// Belarusian «кажа» is rare in the treebank and common in news. Elsewhere verbs and nouns share forms.
func (l *Lexicon) mistagged(form, upos string) *Cue {
	if l.Language != "be" || upos != "NOUN" && upos != "ADJ" && upos != "PROPN" {
		return nil
	}
	for _, c := range l.forms[form] {
		if c.POS == "VERB" && slices.Contains(c.Forms, form) {
			return c
		}
	}
	return nil
}

// Word returns the single-word cue of a lemma and part of speech, or nil.
func (l *Lexicon) Word(lemma, upos string) *Cue {
	if l == nil {
		return nil
	}
	for _, c := range l.lemmas[lemma] {
		if fits(c.POS, upos) {
			return c
		}
	}
	return nil
}

// Verb returns the verbal cue with a form, or nil.
func (l *Lexicon) Verb(form string) *Cue {
	for _, c := range l.forms[Fold(form)] {
		if c.POS == "VERB" {
			return c
		}
	}
	return nil
}

// fits reports whether a tag may stand for an entry's part of speech: taggers confuse participles
// with adjectives, and prepositions that were nouns or verbs with these.
func fits(pos, upos string) bool {
	switch {
	case upos == "" || pos == upos || pos == "PHRASE":
		return true
	case pos == "VERB":
		return upos == "ADJ" || upos == "AUX"
	case pos == "ADJ":
		return upos == "VERB" || upos == "ADV"
	case pos == "NOUN":
		return upos == "PROPN"
	case pos == "ADV":
		return upos == "PART" || upos == "SCONJ" || upos == "ADJ" || upos == "CCONJ" || upos == "INTJ" || upos == "ADP" || upos == "AUX"
	case pos == "ADP":
		return upos != "NOUN" && upos != "PROPN"
	}
	return false
}

// Fold is the form by which words are looked up: lower case, straight apostrophes.
func Fold(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.ReplaceAll(strings.ToLower(s), "’", "'")
		}
	}
	return s
}
