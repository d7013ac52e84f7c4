package attribute

import (
	"encoding/binary"
	"encoding/json"
	"runtime"
	"slices"
	"sync"

	"hearsay"
	"hearsay/internal/linear"
)

// Document is an analysed text and its gold statements.
type Document struct {
	Analysis *hearsay.Analysis
	Gold     []Gold
}

// Corpus is annotated documents of one language.
type Corpus struct {
	Language  string
	Documents []Document
	Outermost bool // the annotation leaves out statements inside the content of others
	Folds     int  // parts that take turns in being held out to fit choice, judge and threshold; 0: 2
}

// Lines is an article of which only the lines are annotated: whether somebody says something in
// them. Translations of one annotated article teach a language which of its words are cues.
type Lines struct {
	Article  string // the same for all its translations
	Analysis *hearsay.Analysis
	Said     []LineLabel // by line
	// Speakers gives, for lines in which just one speaks, the stems that words of his name begin with;
	// none for one without a name.
	Speakers map[int][]string
}

// LineLabel says what is known of a line.
type LineLabel uint8

// The labels of lines.
const (
	LineSilent  LineLabel = iota // nobody says or thinks anything
	LineSpeech                   // somebody says something
	LineUnknown                  // annotators disagree, or attitudes alone
)

// TrainOptions steer Train; zero values are sensible.
type TrainOptions struct {
	PartEpochs int  // of the perceptron that labels tokens; 0: 5
	OnlyShared bool // make the model for all other languages alone
	NoShared   bool // make none for other languages: rules read them, and lines teach nobody cues
	Log        func(format string, args ...any)
}

// Train makes the models of the corpora's languages and one for all others. The same corpora give
// the same bytes.
func Train(about About, corpora []Corpus, lines []Lines, opt TrainOptions) ([]linear.Section, error) {
	if opt.PartEpochs == 0 {
		opt.PartEpochs = 5
	}
	if opt.Log == nil {
		opt.Log = func(string, ...any) {}
	}
	taught := lines
	if opt.NoShared {
		taught = nil
	}
	var sections []linear.Section
	var names []string
	for _, c := range corpora {
		if opt.OnlyShared {
			break
		}
		opt.Log("%s: %d documents", c.Language, len(c.Documents))
		s, err := trainModel(c.Language, []Corpus{c}, linesOf(taught, c.Language), true, opt)
		if err != nil {
			return nil, err
		}
		sections, names = append(sections, s...), append(names, c.Language)
	}
	if !opt.NoShared {
		s, err := trainModel(anyName, corpora, lines, false, opt)
		if err != nil {
			return nil, err
		}
		sections, names = append(sections, s...), append(names, anyName)
	}
	list, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	origin, err := json.Marshal(about)
	if err != nil {
		return nil, err
	}
	sections = append([]linear.Section{{Name: "about", Data: origin}, {Name: "names", Data: list}}, sections...)
	return TrainAntecedents(sections, lines, opt)
}

// TrainAntecedents learns anew, for the models in sections, whom pronouns and descriptions stand for.
func TrainAntecedents(sections []linear.Section, lines []Lines, opt TrainOptions) ([]linear.Section, error) {
	if opt.Log == nil {
		opt.Log = func(string, ...any) {}
	}
	sections = slices.DeleteFunc(slices.Clone(sections), func(s linear.Section) bool { return s.Name == weightsSection })
	t, err := load(&linear.File{Sections: sections})
	if err != nil {
		return nil, err
	}
	s := &Stage{trained: t}
	for i := range lines {
		s.find(lines[i].Analysis)
	}
	w, err := json.Marshal(learnAntecedents(lines, opt))
	if err != nil {
		return nil, err
	}
	return append(sections, linear.Section{Name: weightsSection, Data: w}), nil
}

const leastFolds = 2

// trainModel makes the model of a language. Judge, calibration and threshold are learnt from what
// models that have not learnt from a fold make of it; the final weights are of all documents.
func trainModel(name string, corpora []Corpus, lines []Lines, lexical bool, opt TrainOptions) ([]linear.Section, error) {
	learnLines, testLines := splitLines(lines)
	folds := make([]fold, max(leastFolds, corpora[0].Folds))
	var final *model
	parallel(len(folds)+1, func(n int) {
		if n == len(folds) {
			final = learnModel(corpora, lines, lexical, opt)
			return
		}
		quiet := opt
		quiet.Log = func(string, ...any) {}
		rest, held := split(corpora, n, len(folds))
		folds[n] = newFold(learnModel(rest, learnLines, lexical, quiet), held)
	})
	fit := fitFolds(folds, opt)
	if len(testLines) > 0 && !lexical {
		first := folds[0].model
		first.choice, first.judge, first.calibration = fit.choice, fit.judge, fit.calibration
		fit.threshold = first.tune(testLines, opt)
	}
	opt.Log("%s: threshold %.2f", name, fit.threshold)
	final.choice, final.judge, final.calibration, final.threshold = fit.choice, fit.judge, fit.calibration, fit.threshold
	return final.sections(name)
}

// parallel does n jobs, as many at a time as there are cores.
func parallel(n int, job func(int)) {
	var group sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		slots <- struct{}{}
		group.Go(func() {
			job(i)
			<-slots
		})
	}
	group.Wait()
}

// split parts the documents of a fold from the others.
func split(corpora []Corpus, fold, folds int) (rest, held []Corpus) {
	for _, c := range corpora {
		a, b := c, c
		a.Documents, b.Documents = nil, nil
		for i, d := range c.Documents {
			if i%folds == fold {
				b.Documents = append(b.Documents, d)
			} else {
				a.Documents = append(a.Documents, d)
			}
		}
		rest, held = append(rest, a), append(held, b)
	}
	return rest, held
}

const heldLines = 4 // one article in so many, with all its translations

func linesOf(lines []Lines, lang string) []Lines {
	var out []Lines
	for _, l := range lines {
		if l.Analysis.Document.Language == lang {
			out = append(out, l)
		}
	}
	return out
}

func splitLines(lines []Lines) (learn, held []Lines) {
	number := map[string]int{}
	for _, l := range lines {
		if _, known := number[l.Article]; !known {
			number[l.Article] = len(number)
		}
		if number[l.Article]%heldLines == heldLines-1 {
			held = append(held, l)
		} else {
			learn = append(learn, l)
		}
	}
	return learn, held
}

func (m *model) sections(name string) ([]linear.Section, error) {
	s, err := json.Marshal(settings{m.lexical, m.trees, m.threshold, m.calibration})
	if err != nil {
		return nil, err
	}
	atoms := make([]uint64, 0, len(m.known))
	for a := range m.known {
		atoms = append(atoms, a)
	}
	slices.Sort(atoms)
	known := binary.AppendUvarint(nil, uint64(len(atoms)))
	for _, a := range atoms {
		known = binary.AppendUvarint(known, a)
	}
	return []linear.Section{
		{Name: name + ".settings", Data: s},
		{Name: name + ".cue", Data: m.cue.Encode()},
		{Name: name + ".choice", Data: m.choice.Encode()},
		{Name: name + ".judge", Data: m.judge.Encode()},
		{Name: name + ".labels", Data: m.parts.label.Encode()},
		{Name: name + ".moves", Data: m.parts.move.Encode()},
		{Name: name + ".entries", Data: m.parts.entry.Encode()},
		{Name: name + ".known", Data: known},
	}, nil
}

// lesson is a document made ready to learn from.
type lesson struct {
	v         *view
	gold      []goldStatement
	outermost bool
	hidden    []bool // tokens inside gold content where the annotation does not look
}

// goldStatement is a gold statement in tokens.
type goldStatement struct {
	source, cue, content []int
}

func newLesson(d Document, outermost bool) *lesson {
	v, _ := newView(d.Analysis, true)
	l := &lesson{v: v, outermost: outermost, hidden: make([]bool, len(v.toks))}
	for _, g := range d.Gold {
		s := goldStatement{v.goldTokens(g.Source), v.goldTokens(g.Cue), v.goldTokens(g.Content)}
		l.gold = append(l.gold, s)
		if outermost {
			for _, i := range s.content {
				l.hidden[i] = true
			}
		}
	}
	for _, s := range l.gold {
		for _, i := range s.cue {
			l.hidden[i] = false
		}
	}
	return l
}

// goldHead is the candidate that a gold cue is about: the one highest in the tree, -1 for none.
func (l *lesson) goldHead(s goldStatement, at map[int]int, candidates []candidate) int {
	best, bestRank := -1, -1
	for _, i := range s.cue {
		k, ok := at[i]
		if !ok {
			continue
		}
		rank := 1
		if !slices.Contains(s.cue, l.v.toks[i].Head) {
			rank += 2
		}
		if candidates[k].known {
			rank += 3
		}
		if l.v.toks[i].UPOS == "VERB" {
			rank++
		}
		if rank > bestRank {
			best, bestRank = k, rank
		}
	}
	return best
}

// tellingVerb is the candidate that makes a sentence a report where the annotation gives the whole
// sentence as content and no cue: "A reporter spoke of eight hundred cars." -1 for none.
func (l *lesson) tellingVerb(s goldStatement, at map[int]int, candidates []candidate) int {
	if len(s.cue) > 0 || len(s.source) == 0 || !slices.Contains(s.content, s.source[0]) {
		return -1
	}
	best := -1
	for _, i := range s.content {
		k, ok := at[i]
		if !ok || candidates[k].match.Cue.POS != "VERB" {
			continue
		}
		if candidates[k].known {
			return k
		}
		if best < 0 && l.v.toks[i].Head < 0 {
			best = k
		}
	}
	return best
}

// tokens are those of the cue as the rules have it.
func (c *candidate) tokens() []int {
	var out []int
	for _, s := range c.read.cueTokens {
		for i := s.from; i < s.to; i++ {
			out = append(out, i)
		}
	}
	return out
}

// knownWords are the words other than verbs that head gold cues at least twice.
func knownWords(lessons []*lesson) map[uint64]bool {
	count := map[uint64]int{}
	for _, l := range lessons {
		for _, s := range l.gold {
			for _, i := range s.cue {
				if l.v.toks[i].UPOS != "VERB" && !slices.Contains(s.cue, l.v.toks[i].Head) {
					count[l.v.knownAtom(i)]++
				}
			}
		}
	}
	out := map[uint64]bool{}
	for atom, n := range count {
		if n > 1 {
			out[atom] = true
		}
	}
	return out
}

func lessonsOf(corpora []Corpus) []*lesson {
	var out []*lesson
	for _, c := range corpora {
		for _, d := range c.Documents {
			out = append(out, newLesson(d, c.Outermost))
		}
	}
	return out
}

func learnModel(corpora []Corpus, lines []Lines, lexical bool, opt TrainOptions) *model {
	lessons := lessonsOf(corpora)
	m := &model{lexical: lexical, known: map[uint64]bool{}}
	if lexical {
		m.known = knownWords(lessons)
	}
	var cues []cueLesson
	var parts []*partLesson
	all := 0
	for n, l := range lessons {
		m.trees = m.trees || l.v.trees
		all += len(l.gold)
		c, p := m.lessonsIn(l, n)
		cues, parts = append(cues, c...), append(parts, p...)
	}
	examples := examplesOf(cues)
	for _, l := range lines {
		examples = l.teach(examples, m.cueWords())
	}
	opt.Log("  %d candidates, %d gold statements, %d without a candidate", len(examples), all, all-len(parts))
	findChances(cues)
	m.cue = linear.TrainLogistic(examples, linear.LogisticOptions{})
	m.learnParts(parts, opt)
	opt.Log("  tables of %d, %d, %d and %d features", m.cue.Rows(), m.parts.label.Rows(), m.parts.move.Rows(), m.parts.entry.Rows())
	return m
}

// cueLesson is a candidate, and whether it is a cue.
type cueLesson struct {
	v        *view
	head     int
	document int
	features []uint32
	yes      bool
	hidden   bool // the annotation does not look there
}

// lessonsIn are the candidates of a document and the parts of its gold statements.
func (m *model) lessonsIn(l *lesson, document int) (cues []cueLesson, parts []*partLesson) {
	candidates := l.v.candidates(m.knows)
	at := map[int]int{}
	for k := range candidates {
		for i := candidates[k].match.First; i < candidates[k].match.Last; i++ {
			at[i] = k
		}
	}
	yes := make([]bool, len(candidates))
	for _, s := range l.gold {
		k := l.goldHead(s, at, candidates)
		if k < 0 {
			if k = l.tellingVerb(s, at, candidates); k < 0 {
				continue
			}
			s.cue = candidates[k].tokens()
		}
		yes[k] = true
		parts = append(parts, &partLesson{l.v, &candidates[k], s})
	}
	for k := range candidates {
		f := features{lexical: m.partWords()}
		l.v.cueFeatures(&candidates[k], &f)
		head := candidates[k].head
		cues = append(cues, cueLesson{v: l.v, head: head, document: document, features: f.list, yes: yes[k], hidden: !yes[k] && l.hidden[head]})
	}
	return cues, parts
}

func examplesOf(cues []cueLesson) []linear.Example {
	var out []linear.Example
	for _, c := range cues {
		if !c.hidden {
			out = append(out, linear.Example{Features: c.features, Yes: c.yes})
		}
	}
	return out
}

// findChances fills how likely each candidate is a cue, as judged by a model that did not see its
// document.
func findChances(cues []cueLesson) {
	const folds = 4
	for fold := range folds {
		var others []cueLesson
		for _, c := range cues {
			if c.document%folds != fold {
				others = append(others, c)
			}
		}
		t := linear.TrainLogistic(examplesOf(others), linear.LogisticOptions{})
		for _, c := range cues {
			if c.document%folds == fold {
				c.v.chance[c.head] = chanceOf(t.Probability(c.features))
			}
		}
	}
}
