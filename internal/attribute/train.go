package attribute

import (
	"encoding/binary"
	"encoding/json"
	"slices"
	"sort"

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

// Train makes the models of the corpora's languages and one for all others. One document in
// eight is held out for calibration and threshold; the final weights are of all documents. The
// same corpora give the same bytes.
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

func trainModel(name string, corpora []Corpus, lines []Lines, lexical bool, opt TrainOptions) ([]linear.Section, error) {
	learn, held := split(corpora)
	learnLines, testLines := splitLines(lines)
	m := learnModel(learn, learnLines, lexical, opt)
	m.calibrate(held, opt)
	if len(testLines) > 0 && !lexical {
		m.tune(testLines, opt)
	}
	opt.Log("%s: threshold %.2f", name, m.threshold)
	final := learnModel(corpora, lines, lexical, opt)
	final.calibration, final.threshold = m.calibration, m.threshold
	return final.sections(name)
}

const heldOut = 8 // one document in so many

func split(corpora []Corpus) (learn, held []Corpus) {
	for _, c := range corpora {
		a, b := c, c
		a.Documents, b.Documents = nil, nil
		for i, d := range c.Documents {
			if i%heldOut == heldOut-1 {
				b.Documents = append(b.Documents, d)
			} else {
				a.Documents = append(a.Documents, d)
			}
		}
		learn, held = append(learn, a), append(held, b)
	}
	return learn, held
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
		{Name: name + ".parts", Data: m.parts.Encode()},
		{Name: name + ".known", Data: known},
	}, nil
}

// lesson is a document made ready to learn from.
type lesson struct {
	v      *view
	gold   []goldStatement
	hidden []bool // tokens inside gold content where the annotation does not look
}

// goldStatement is a gold statement in tokens.
type goldStatement struct {
	source, cue, content []int
}

func newLesson(d Document, outermost bool) *lesson {
	v, _ := newView(d.Analysis, true)
	l := &lesson{v: v, hidden: make([]bool, len(v.toks))}
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
	for _, l := range lessons {
		m.trees = m.trees || l.v.trees
	}
	var examples []linear.Example
	var parts []*partLesson
	missed, all := 0, 0
	for _, l := range lessons {
		candidates := l.v.candidates(m.knows)
		at := map[int]int{}
		for k := range candidates {
			for i := candidates[k].match.First; i < candidates[k].match.Last; i++ {
				at[i] = k
			}
		}
		yes := make([]bool, len(candidates))
		for _, s := range l.gold {
			all++
			k := l.goldHead(s, at, candidates)
			if k < 0 {
				if k = l.tellingVerb(s, at, candidates); k >= 0 {
					yes[k] = true
					s.cue = candidates[k].tokens()
					parts = append(parts, &partLesson{l.v, &candidates[k], s})
				} else {
					missed++
				}
				continue
			}
			yes[k] = true
			parts = append(parts, &partLesson{l.v, &candidates[k], s})
		}
		for k := range candidates {
			if !yes[k] && l.hidden[candidates[k].head] {
				continue
			}
			f := features{lexical: allWords}
			if !lexical {
				f.lexical = noWords
			}
			l.v.cueFeatures(&candidates[k], &f)
			examples = append(examples, linear.Example{Features: f.list, Yes: yes[k]})
		}
	}
	for _, l := range lines {
		examples = l.teach(examples, m.cueWords())
	}
	opt.Log("  %d candidates, %d gold statements, %d without a candidate", len(examples), all, missed)
	m.cue = linear.TrainLogistic(examples, linear.LogisticOptions{})
	m.parts = learnParts(parts, m.partWords(), opt)
	opt.Log("  tables of %d and %d features", m.cue.Rows(), m.parts.Rows())
	return m
}

// partLesson is a gold cue and its parts.
type partLesson struct {
	v    *view
	c    *candidate
	gold goldStatement
}

// learnParts trains the labels by a structured perceptron (Collins 2002).
func learnParts(lessons []*partLesson, lexical wordUse, opt TrainOptions) *linear.Table {
	t := linear.NewTrainer(labels, 3)
	d := decoder{f: features{lexical: lexical}}
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	for epoch := range opt.PartEpochs {
		shuffle(order, uint64(epoch))
		wrong := 0
		for _, i := range order {
			if !lessons[i].learn(&d, t) {
				wrong++
			}
		}
		opt.Log("  epoch %d: %d of %d wrong", epoch+1, wrong, len(lessons))
	}
	return t.Table(0)
}

func shuffle(order []int, seed uint64) {
	for i := len(order) - 1; i > 0; i-- {
		seed = linear.Combine(seed, uint64(i))
		j := int(seed % uint64(i+1))
		order[i], order[j] = order[j], order[i]
	}
}

// learn updates the trainer where its labels differ from gold, and reports whether they agree.
func (p *partLesson) learn(d *decoder, t *linear.Trainer) bool {
	p.v.look(p.c, &d.w)
	p.v.score(d, t)
	got := d.best()
	want := p.labels(&d.w)
	right := true
	for k := range got {
		before, wanted := -1, -1
		if k > 0 {
			before, wanted = int(got[k-1]), int(want[k-1])
		} else {
			before, wanted = outside, outside
		}
		if got[k] == want[k] && before == wanted {
			continue
		}
		right = false
		i := d.w.from + k
		if got[k] != want[k] {
			d.f.list = d.f.list[:0]
			p.v.partFeatures(&d.w, i, &d.f)
			t.Update(d.f.list, int(want[k]), 1)
			t.Update(d.f.list, int(got[k]), -1)
		}
		d.f.list = d.f.list[:0]
		p.v.moveFeatures(&d.w, i, &d.f)
		t.Update(d.withLabels(wanted), int(want[k]), 1)
		t.Update(d.withLabels(before), int(got[k]), -1)
	}
	t.Tick()
	return right
}

func (d *decoder) withLabels(label int) []uint32 {
	d.mixed = d.mixed[:0]
	for _, feature := range d.f.list {
		d.mixed = append(d.mixed, withLabel(feature, label))
	}
	return d.mixed
}

func (p *partLesson) labels(w *window) []uint8 {
	out := make([]uint8, w.to-w.from)
	set := func(tokens []int, label uint8) {
		for _, i := range tokens {
			if w.has(i) {
				out[i-w.from] = label
			}
		}
	}
	set(p.gold.content, inContent)
	set(p.gold.source, inSource)
	set(p.gold.cue, inCue)
	for i := p.c.match.First; i < p.c.match.Last; i++ {
		if w.has(i) {
			out[i-w.from] = inCue
		}
	}
	return out
}

// calibrate fits the calibration and the threshold on held-out documents: a statement counts as
// right where its content and its source agree with gold.
func (m *model) calibrate(held []Corpus, opt TrainOptions) {
	type outcome struct {
		p     float64
		right bool
	}
	var list []outcome
	gold := 0
	for _, c := range held {
		for _, d := range c.Documents {
			l := newLesson(d, c.Outermost)
			readings := l.v.settle(m.read(l.v))
			if c.Outermost {
				readings = outermost(readings)
			}
			gold += len(l.gold)
			taken := make([]bool, len(l.gold))
			sort.SliceStable(readings, func(i, j int) bool { return readings[i].score > readings[j].score })
			for i := range readings {
				list = append(list, outcome{readings[i].score, l.agrees(&readings[i], taken)})
			}
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].p > list[j].p })
	ps, rights := make([]float64, len(list)), make([]bool, len(list))
	hits, best := 0, 0.0
	threshold := 0.5
	for i, o := range list {
		ps[i], rights[i] = o.p, o.right
		if o.right {
			hits++
		}
		if f := 2 * float64(hits) / float64(i+1+gold); f > best {
			best, threshold = f, o.p
		}
	}
	m.calibration = isotonic(ps, rights)
	m.threshold = m.calibration.of(threshold)
	opt.Log("  held out: F1 %.1f at probability %.2f", 100*best, threshold)
}

// outermost drops readings whose cue lies in the content of another.
func outermost(readings []reading) []reading {
	var out []reading
	for i := range readings {
		inner := false
		for j := range readings {
			if i == j || readings[j].score < 0.3 {
				continue
			}
			for _, p := range readings[j].content {
				inner = inner || p.has(readings[i].head)
			}
		}
		if !inner {
			out = append(out, readings[i])
		}
	}
	return out
}

// agrees finds a gold statement that nobody took yet with which a reading agrees.
func (l *lesson) agrees(r *reading, taken []bool) bool {
	content := l.v.wordSet(r.content)
	for k, g := range l.gold {
		if taken[k] {
			continue
		}
		common, size := 0, 0
		for _, i := range g.content {
			if l.v.mark[i] == word {
				size++
				if content[i] {
					common++
				}
			}
		}
		if 4*common < size+len(content) {
			continue
		}
		if sourceAgrees(r.source, g.source) {
			taken[k] = true
			return true
		}
	}
	return false
}

func (v *view) wordSet(content []piece) map[int]bool {
	out := map[int]bool{}
	for _, p := range content {
		for i := p.from; i < p.to; i++ {
			if v.mark[i] == word {
				out[i] = true
			}
		}
	}
	return out
}

func sourceAgrees(s span, gold []int) bool {
	if s.empty() || len(gold) == 0 {
		return s.empty() && len(gold) == 0
	}
	common := 0
	for _, i := range gold {
		if s.has(i) {
			common++
		}
	}
	return 4*common >= len(gold)+s.to-s.from
}

// isotonic fits a rising step function to outcomes that are sorted by falling probability (pool
// adjacent violators, Ayer et al. 1955) and samples it at 21 equal steps.
func isotonic(ps []float64, right []bool) calibration {
	type block struct{ sum, n, from float64 } // from: its lowest probability
	var blocks []block
	for i := len(ps) - 1; i >= 0; i-- {
		b := block{0, 1, ps[i]}
		if right[i] {
			b.sum = 1
		}
		blocks = append(blocks, b)
		for len(blocks) > 1 {
			a, z := blocks[len(blocks)-2], blocks[len(blocks)-1]
			if a.sum*z.n < z.sum*a.n {
				break
			}
			blocks = append(blocks[:len(blocks)-2], block{a.sum + z.sum, a.n + z.n, a.from})
		}
	}
	const steps = 20
	c := make(calibration, steps+1)
	for k := range c {
		at := float64(k) / steps
		value := 0.0
		for _, b := range blocks {
			if b.from > at {
				break
			}
			value = (b.sum + 1) / (b.n + 2)
		}
		c[k] = value
		if k > 0 {
			c[k] = max(c[k], c[k-1])
		}
	}
	return c
}
