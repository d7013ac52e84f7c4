package attribute

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"sort"
	"strings"
	"sync"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/lexicon"
	"hearsay/internal/linear"
)

// model decides which candidates are cues and what belongs to them. The one of a language knows
// its words; the one for all others knows only what languages share.
type model struct {
	lexical     bool
	trees       bool          // it was trained on trees
	cue         *linear.Table // one class: the candidate is a cue
	parts       partTables
	choice      *linear.Table // one class: among readings of a cue, the one to take
	judge       *linear.Table // one class: the reading as a whole is right
	known       map[uint64]bool
	calibration calibration
	threshold   float64 // of the calibrated score, where F1 is best
}

// About says where the models come from.
type About struct {
	Version string       `json:"version"`
	Date    string       `json:"date"`
	Licence string       `json:"licence"`
	Data    []DataSource `json:"data"`
}

// DataSource is a folder that a model was trained from.
type DataSource struct {
	Path    string `json:"path"`
	SHA256  string `json:"sha256"` // of the concatenated files, in name order
	Licence string `json:"licence"`
}

// ReadAbout reads only the origin of a model file.
func ReadAbout(f *linear.File) (About, error) {
	var a About
	err := json.Unmarshal(f.Section("about"), &a)
	return a, err
}

const (
	modelPath = "models/attribution.model"
	anyName   = "any" // the model for languages without one of their own
)

// settings is what a model's section "NAME.settings" holds.
type settings struct {
	Lexical     bool        `json:"lexical"`
	Trees       bool        `json:"trees"`
	Threshold   float64     `json:"threshold"`
	Calibration calibration `json:"calibration"`
}

// trained is what a model file holds.
type trained struct {
	models      map[string]*model // by language
	antecedents weights
}

var embedded = sync.OnceValues(func() (trained, error) {
	raw, err := data.Models.ReadFile(modelPath)
	if errors.Is(err, fs.ErrNotExist) {
		return trained{}, nil
	}
	if err != nil {
		return trained{}, err
	}
	f, err := linear.Read(raw)
	if err != nil {
		return trained{}, fmt.Errorf("attribution model: %w", err)
	}
	return load(f)
})

func load(f *linear.File) (trained, error) {
	models, err := loadModels(f)
	if err != nil {
		return trained{}, err
	}
	w, err := readWeights(f.Section(weightsSection))
	return trained{models, w}, err
}

// loadModels reads the models of a file by language.
func loadModels(f *linear.File) (map[string]*model, error) {
	var names []string
	if err := json.Unmarshal(f.Section("names"), &names); err != nil {
		return nil, fmt.Errorf("attribution model: names: %w", err)
	}
	out := map[string]*model{}
	for _, name := range names {
		m, err := loadModel(f, name)
		if err != nil {
			return nil, fmt.Errorf("attribution model %s: %w", name, err)
		}
		out[name] = m
	}
	return out, nil
}

func loadModel(f *linear.File, name string) (*model, error) {
	var s settings
	if err := json.Unmarshal(f.Section(name+".settings"), &s); err != nil {
		return nil, err
	}
	m := &model{lexical: s.Lexical, trees: s.Trees, threshold: s.Threshold, calibration: s.Calibration, known: map[uint64]bool{}}
	var err error
	if m.cue, err = f.Table(name + ".cue"); err != nil {
		return nil, err
	}
	if m.parts, err = loadParts(f, name); err != nil {
		return nil, err
	}
	if m.choice, err = f.Table(name + ".choice"); err != nil {
		return nil, err
	}
	if m.judge, err = f.Table(name + ".judge"); err != nil {
		return nil, err
	}
	if m.cue.Classes() != 1 || m.choice.Classes() != 1 || m.judge.Classes() != 1 {
		return nil, errOtherShape
	}
	d := linear.NewDecoder(f.Section(name + ".known"))
	for range d.Int() {
		m.known[d.Uint()] = true
		if d.Failed() {
			return nil, errors.New("damaged list of known words")
		}
	}
	return m, nil
}

// partTables hold the weights of partScorers.
type partTables struct {
	label, move, entry *linear.Table
	units              units
	unit               float64 // of a sum of scores, in the trainers' weights
}

// inUnits gives the tables, which are quantised each on its own scale, a common one.
func (t partTables) inUnits() partTables {
	largest := max(t.label.Unit(), t.move.Unit(), t.entry.Unit())
	part := func(unit float64) int64 { return int64(math.Round(unitOne * unit / largest)) }
	t.units = units{part(t.label.Unit()), part(t.move.Unit()), part(t.entry.Unit())}
	t.unit = largest / unitOne
	return t
}

func (t partTables) scorers() partScorers { return partScorers{t.label, t.move, t.entry, t.units} }

var errOtherShape = errors.New("tables of another shape")

func loadParts(f *linear.File, name string) (t partTables, err error) {
	if t.label, err = f.Table(name + ".labels"); err != nil {
		return t, err
	}
	if t.move, err = f.Table(name + ".moves"); err != nil {
		return t, err
	}
	if t.entry, err = f.Table(name + ".entries"); err != nil {
		return t, err
	}
	if t.label.Classes() != labels || t.move.Classes() != labels*labels || t.entry.Classes() != states {
		return t, errOtherShape
	}
	return t.inUnits(), nil
}

func (m *model) knows(atom uint64) bool { return m.known[atom] }

// cueWords and partWords say how far words count in the two tables: a model for many languages
// knows words of cues alone.
func (m *model) cueWords() wordUse {
	if m.lexical {
		return allWords
	}
	return cueWords
}

func (m *model) partWords() wordUse {
	if m.lexical {
		return allWords
	}
	return noWords
}

// candidateFloor is the probability under which a candidate is not even decoded.
const candidateFloor = 0.1

// read reads a document with a model: every likely cue, with its parts.
func (m *model) read(v *view) []reading {
	var out []reading
	var f features
	sure := m.decodeAll(v, func(d *decoded, features []uint32) {
		d.score = m.calibration.of(m.judge.Probability(features))
		if d.score < m.threshold && d.p >= sureCue && d.candidate.ok {
			byRule := d.candidate.read
			f.list = f.list[:0]
			v.judgeFeatures(&byRule, d, &f)
			byRule.score = m.calibration.of(m.judge.Probability(f.list))
			if byRule.score > d.score {
				d.reading = byRule
			}
		}
		out = append(out, d.reading)
	})
	return append(out, sure...)
}

// sureCue is the probability from which a cue whose labels the judge turns down is given back to the rules.
const sureCue = 0.85

// decoded is what was made of a candidate that is a cue with probability p.
type decoded struct {
	reading
	candidate *candidate
	p         float64
	margin    float64 // by how much its labels beat those of no statement at all, see partTables.unit
	choice    float64 // probability of the reading among the options
}

// decodeAll finds the parts of every likely cue, and what a judge asks of each reading. It returns
// the readings of which the rules are sure.
func (m *model) decodeAll(v *view, take func(d *decoded, features []uint32)) (sure []reading) {
	f := features{lexical: m.cueWords()}
	return m.eachOptions(v, func(d *decoder, c *candidate, p float64, options []option) {
		chosen, share := m.choose(v, c, options, &d.f)
		o := &options[chosen]
		found := decoded{o.reading, c, p, float64(o.score-d.bare()) * m.parts.unit, share}
		found.quotations = v.quotationsIn(found.content)
		f.list = f.list[:0]
		v.judgeFeatures(&found.reading, &found, &f)
		take(&found, f.list)
	})
}

// eachOptions finds the ways to read every likely cue. It returns the readings of which the rules are
// sure.
func (m *model) eachOptions(v *view, take func(d *decoder, c *candidate, p float64, options []option)) (sure []reading) {
	d := decoder{f: features{lexical: m.partWords()}}
	candidates, ps := m.chances(v)
	for i := range candidates {
		c := &candidates[i]
		if r, ok := v.invertedAside(c); ok {
			sure = append(sure, r)
			continue
		}
		if c.formula() || c.ok && c.read.rule == byBack {
			sure = append(sure, c.read)
			continue
		}
		if ps[i] < candidateFloor {
			if v.plainCue(c) || v.deems(c) {
				sure = append(sure, c.read)
			}
			continue
		}
		v.look(c, &d.w)
		v.score(&d, m.parts.scorers())
		if options := v.options(&d, c, ps[i]); len(options) > 0 {
			take(&d, c, ps[i], options)
		}
	}
	return sure
}

// chances are the candidates of a document and how likely each is a cue.
func (m *model) chances(v *view) ([]candidate, []float64) {
	f := features{lexical: m.cueWords()}
	candidates := v.candidates(m.knows)
	ps := make([]float64, len(candidates))
	for i := range candidates {
		f.list = f.list[:0]
		v.cueFeatures(&candidates[i], &f)
		ps[i] = m.cue.Probability(f.list)
		v.chance[candidates[i].head] = chanceOf(ps[i])
	}
	return candidates, ps
}

// chanceOf is a probability on a rough scale, from 1; tokens that are no candidates have 0.
func chanceOf(p float64) uint8 {
	switch {
	case p < 0.05:
		return 1
	case p < 0.2:
		return 2
	case p < 0.4:
		return 3
	case p < 0.7:
		return 4
	}
	return 5
}

const likelyCue = 4 // on the scale of chanceOf

const formulaWords = 3 // of a preposition from which on it means nothing else

// formula reports a long preposition ("in her view", "by the estimate of") whose source and content the rules
// found: such words report and do nothing else, and are too rare for a model to have met them.
func (c *candidate) formula() bool {
	return c.ok && c.match.Cue.POS == "ADP" && c.match.Last-c.match.First >= formulaWords && !c.read.source.empty()
}

// plainCue reports what the annotated articles leave out and any reader takes for attribution: a hearsay adverb of doubt
// ("angeblich", but not "der angebliche"), and a denial whose source the rules found.
func (v *view) plainCue(c *candidate) bool {
	if !c.ok || !c.known {
		return false
	}
	cue, t := c.match.Cue, &v.toks[c.head]
	if cue.POS == "ADV" {
		return cue.Class == "hearsay" && cue.Stance == hearsay.Distance && lexicon.Fold(t.Form) == cue.Lemma && t.Rel != "amod"
	}
	return cue.POS == "VERB" && cue.Class == "deny" && (t.Rel == "root" || t.Rel == "conj") && !strings.Contains(t.Feats, "VerbForm=Inf") && !c.read.source.empty() && (c.read.rule == byThat || c.read.rule == byObject || c.read.rule == byInfinitive)
}

// deems reports "hält den Vorschlag für unfair": the annotated articles leave such attitudes out, so that a model
// does not know them, and nothing else is meant by it.
func (v *view) deems(c *candidate) bool {
	if !c.ok || v.lang != "de" || c.match.Cue.Class != "think" || !c.match.Cue.Frame.Has(lexicon.As) || c.read.rule != byObject || c.read.source.empty() {
		return false
	}
	content := c.read.content[0]
	for i := content.from + 1; i < content.to; i++ {
		if h := v.toks[i].Head; lexicon.Fold(v.toks[i].Form) == "für" && content.has(h) && v.toks[h].Head == c.head {
			return true
		}
	}
	return false
}

// quotationsIn are the quotations of speech that lie in a content, all or nearly.
func (v *view) quotationsIn(content []piece) []int {
	var out []int
	for _, p := range content {
		first := sort.Search(len(v.quoted), func(q int) bool { return v.quoted[q].from >= p.from })
		if first > 0 {
			first--
		}
		for q := first; q < len(v.quoted) && v.quoted[q].from < p.to; q++ {
			in := v.quoted[q]
			covered := min(in.to, p.to) - max(in.from, p.from)
			if v.speech(q) && covered > 0 && covered*5 >= (in.to-in.from)*4 {
				out = append(out, q)
			}
		}
	}
	return out
}

// calibration maps a model's probability to the share of statements with that probability that
// were right: a step function over equal steps (isotonic regression, Zadrozny & Elkan 2002).
type calibration []float64

func (c calibration) of(p float64) float64 {
	if len(c) < 2 {
		return p
	}
	x := p * float64(len(c)-1)
	i := min(int(x), len(c)-2)
	return c[i] + (x-float64(i))*(c[i+1]-c[i])
}
