package syntax

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/linear"
)

// Model analyses the sentences of one language. It is safe for use by several goroutines.
type Model struct {
	About   About
	tagger  tagger
	feats   *featser
	lemmas  *lemmatizer
	parser  *Parser
	scratch sync.Pool
}

// About says where a model comes from; it is printed by the command line and on the card.
type About struct {
	Language string       `json:"language"`
	Version  string       `json:"version"` // of the recipe
	Date     string       `json:"date"`    // of the recipe
	Licence  string       `json:"licence"` // that of the data, the strictest of them
	Data     []DataSource `json:"data"`
}

// DataSource is a file that a model was trained from.
type DataSource struct {
	File    string `json:"file"` // relative to the data folder
	SHA256  string `json:"sha256"`
	Licence string `json:"licence"`
}

const (
	aboutSection   = "about"
	lexiconSection = "tag.lexicon"
	cognateSection = "tag.cognates"
	tagSection     = "tag.weights"

	dictionarySection = "dictionary.about"
	stemSection       = "dictionary.stems"
	inflectionSection = "dictionary.endings"

	bundleSection = "feats.bundles"
	optionSection = "feats.candidates"
	featsSection  = "feats.weights"
	lemmaSection  = "lemma"
	endingSection = "lemma.endings"
	rankerSection = "lemma.weights"
	modelFolder   = "models"
	modelFile     = "syntax.model"
)

var embedded = linear.Opener[Model]{Files: data.Models, Dir: modelFolder, Name: modelFile, Load: Load}

// Open returns the embedded model of a language (ISO 639-1), or nil where there is none. It is
// read when the language is first met and then kept.
func Open(lang string) (*Model, error) { return embedded.Open(lang) }

// ReadAbout reads only the origin of a model file.
func ReadAbout(f *linear.File) (About, error) {
	var a About
	err := json.Unmarshal(f.Section(aboutSection), &a)
	return a, err
}

// Load reads the sections of a model file, the large ones at the same time.
func Load(f *linear.File) (*Model, error) {
	about, err := ReadAbout(f)
	if err != nil {
		return nil, err
	}
	m := &Model{About: about}
	parts := []func() error{
		func() error { return m.tagger.load(f) },
		func() (err error) { m.feats, err = loadFeats(f); return err },
		func() (err error) { m.lemmas, err = loadLemmas(f); return err },
		func() (err error) { m.parser, err = newParser(f); return err },
	}
	errs := make([]error, len(parts))
	var wg sync.WaitGroup
	for i, part := range parts {
		wg.Go(func() { errs[i] = part() })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	m.lemmas.dictionary = m.tagger.lexicon.dictionary
	return m, nil
}

func (g *tagger) load(f *linear.File) error {
	tags, ok := decodeSets(f.Section(lexiconSection))
	if !ok || !tags.below(len(upos)) {
		return errors.New("damaged lexicon")
	}
	g.lexicon = &lexicon{tags: tags}
	if data := f.Section(cognateSection); data != nil {
		stems, ok := decodeSets(data)
		if !ok {
			return errors.New("damaged cognates")
		}
		g.lexicon.cognates = &cognates{stems}
	}
	var err error
	if g.lexicon.dictionary, err = loadDictionary(f); err != nil {
		return err
	}
	table, err := f.Table(tagSection)
	if err == nil && table.Classes() != len(upos) {
		err = errors.New("damaged tagger")
	}
	g.table = table
	return err
}

func loadLemmas(f *linear.File) (*lemmatizer, error) {
	l, ok := decodeLemmas(f.Section(lemmaSection))
	if !ok {
		return nil, errors.New("damaged lemmas")
	}
	if l.endings, ok = decodeSets(f.Section(endingSection)); !ok || !l.endings.below(len(l.scripts)) {
		return nil, errors.New("damaged lemmas")
	}
	ranker, err := f.Table(rankerSection)
	if err == nil && ranker.Classes() != 1 {
		err = errors.New("damaged lemmas")
	}
	l.ranker = ranker
	return l, err
}

func loadFeats(f *linear.File) (*featser, error) {
	d := linear.NewDecoder(f.Section(bundleSection))
	x := &featser{bundles: d.Strings(), pairs: d.Strings()}
	var ok bool
	if x.candidates, ok = decodeSets(f.Section(optionSection)); !ok || d.Failed() || len(x.bundles) == 0 {
		return nil, errors.New("damaged features")
	}
	if !x.candidates.below(len(x.bundles)) {
		return nil, errors.New("damaged features")
	}
	table, err := f.Table(featsSection)
	if err != nil {
		return nil, err
	}
	if table.Classes() != x.classes() {
		return nil, errors.New("damaged features")
	}
	x.table = table
	x.prepare()
	return x, nil
}

// sections writes all but the parser.
func (m *Model) sections() ([]linear.Section, error) {
	about, err := json.Marshal(m.About)
	if err != nil {
		return nil, err
	}
	bundles := linear.AppendStrings(nil, m.feats.bundles)
	bundles = linear.AppendStrings(bundles, m.feats.pairs)
	sections := []linear.Section{
		{Name: aboutSection, Data: about},
		{Name: lexiconSection, Data: m.tagger.lexicon.tags.encode()},
		{Name: tagSection, Data: m.tagger.table.(*linear.Table).Encode()},
		{Name: bundleSection, Data: bundles},
		{Name: optionSection, Data: m.feats.candidates.encode()},
		{Name: featsSection, Data: m.feats.table.(*linear.Table).Encode()},
		{Name: lemmaSection, Data: m.lemmas.encode()},
		{Name: endingSection, Data: m.lemmas.endings.encode()},
		{Name: rankerSection, Data: m.lemmas.ranker.(*linear.Table).Encode()},
	}
	if c := m.tagger.lexicon.cognates; c != nil {
		sections = append(sections, linear.Section{Name: cognateSection, Data: c.stems.encode()})
	}
	if d := m.tagger.lexicon.dictionary; d != nil {
		sections = append(sections, d.sections()...)
	}
	return sections, nil
}

// Analyze fills the part of speech, features, lemma, head and relation of every token. A nil
// model leaves the tokens as they are.
func (m *Model) Analyze(a *hearsay.Analysis) {
	if m == nil {
		return
	}
	written := plainApostrophes(a.Tokens, a.Document.Language)
	defer func() {
		for i, form := range written {
			a.Tokens[i].Form = form
		}
	}()
	for _, s := range a.Sentences {
		for piece := range pieces(a.Tokens[s.First:s.Last]) {
			m.tagOnly(piece)
		}
	}
	names := m.namesOf(a.Tokens)
	for i := range a.Sentences {
		s := &a.Sentences[i]
		toks := a.Tokens[s.First:s.Last]
		m.lemmatize(toks, names)
		if m.parser == nil {
			continue
		}
		m.parse(toks, s.First)
		s.Parsed = true
	}
}

// longestPiece is how many words are analysed at a time: what a search remembers grows with its sentence.
const longestPiece = 2000

// pieces cuts a sentence that is longer than any that somebody wrote.
func pieces(toks []hearsay.Token) iter.Seq[[]hearsay.Token] { return slices.Chunk(toks, longestPiece) }

// parse parses a sentence whose first word is the first-th of its document. Of one that was cut, the roots
// of the later pieces hang on that of the first.
func (m *Model) parse(toks []hearsay.Token, first int) {
	at, root := first, -1
	for piece := range pieces(toks) {
		m.parser.Parse(piece)
		for i := range piece {
			t := &piece[i]
			switch {
			case t.Head >= 0:
				t.Head += at
			case at > first:
				t.Head, t.Rel = root, "parataxis"
			default:
				root = at + i
			}
		}
		at += len(piece)
	}
}

// plainApostrophes writes forms as the treebanks do, with a plain apostrophe where print has a
// typographic one ("l’eau"), and returns what they were. East Slavic treebanks have both.
func plainApostrophes(toks []hearsay.Token, language string) map[int]string {
	var written map[int]string
	switch language {
	case "uk", "be", "ru":
		return nil
	}
	for i := range toks {
		form := toks[i].Form
		if plain := apostrophes.Replace(form); plain != form && strings.ContainsFunc(form, unicode.IsLetter) {
			if written == nil {
				written = map[int]string{}
			}
			written[i], toks[i].Form = form, plain
		}
	}
	return written
}

var apostrophes = strings.NewReplacer("’", "'", "ʼ", "'", "‘", "'")

// Tag fills the part of speech, features and lemma of one sentence, without a look at the rest
// of its document.
func (m *Model) Tag(toks []hearsay.Token) {
	m.tagOnly(toks)
	m.lemmatize(toks, nil)
}

func (m *Model) buffers() *scratch {
	if s, _ := m.scratch.Get().(*scratch); s != nil {
		return s
	}
	return &scratch{}
}

// tagOnly fills part of speech and features.
func (m *Model) tagOnly(toks []hearsay.Token) {
	s := m.buffers()
	defer m.scratch.Put(s)
	s.words = m.tagger.lexicon.words(toks, s.words, &s.known)
	s.tags = m.tagger.tag(s.words, s.tags, &s.features)
	s.bundles = m.feats.assign(s.words, s.tags, s.bundles, s)
	for i := range toks {
		toks[i].UPOS = upos[s.tags[i]]
		toks[i].Feats = m.feats.bundles[s.bundles[i]]
	}
}

// namesOf collects the names of a tagged document.
func (m *Model) namesOf(toks []hearsay.Token) *names {
	s := m.buffers()
	defer m.scratch.Put(s)
	return m.lemmas.namesIn(toks, s)
}

// lemmatize fills the lemmas of tagged words of one sentence.
func (m *Model) lemmatize(toks []hearsay.Token, names *names) {
	s := m.buffers()
	defer m.scratch.Put(s)
	shouting := allCaps(toks)
	for i := range toks {
		t := &toks[i]
		form := t.Form
		if shouting {
			form = m.tagger.lexicon.quieten(form)
		}
		t.Lemma = m.lemmas.lemma(form, tagNumber(t.UPOS), t.Feats, nameBefore(toks, i), names, s)
	}
}

// Parse fills heads (indices into toks) and relations of one tagged sentence; without a parser
// in the model it does nothing.
func (m *Model) Parse(toks []hearsay.Token) {
	if m.parser != nil {
		m.parser.Parse(toks)
	}
}
