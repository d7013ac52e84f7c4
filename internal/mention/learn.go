package mention

import (
	"bytes"
	"encoding/binary"
	"strings"
	"sync"

	"hearsay"
	"hearsay/data"
	"hearsay/internal/linear"
	"hearsay/internal/romanize"
)

// The model is an averaged perceptron over the shape of a candidate, what the tables and the
// rules say of it, and the endings and neighbours of its words. It serves the languages that it
// was trained on; elsewhere, where it was tried, the rules alone did better.
const (
	modelPath    = "models/names.model"
	modelSection = "names"
	modelTongues = "languages"
	modelScale   = "scale"
	scaleUnit    = 1000
	learnedOnes  = 4 // person, organization, location, other; groups stay with the rules
)

// Model scores candidates.
type Model struct {
	table   *linear.Table
	trained map[string]bool // languages with features of their own
	scale   float64         // mean margin of a right answer in training, the unit of marginWeight
}

var embedded = sync.OnceValue(func() *Model {
	file, err := data.Models.ReadFile(modelPath)
	if err != nil {
		return nil
	}
	m, err := LoadModel(file)
	if err != nil {
		return nil
	}
	return m
})

// LoadModel reads a model file.
func LoadModel(file []byte) (*Model, error) {
	f, err := linear.Read(file)
	if err != nil {
		return nil, err
	}
	t, err := f.Table(modelSection)
	if err != nil {
		return nil, err
	}
	m := &Model{table: t, trained: map[string]bool{}, scale: 1}
	if d := linear.NewDecoder(f.Section(modelScale)); !d.Failed() {
		m.scale = float64(max(1, d.Int())) / scaleUnit
	}
	for _, l := range strings.Fields(string(f.Section(modelTongues))) {
		m.trained[l] = true
	}
	return m, nil
}

// learnedClass and classOf turn a class of names into one of the model and back.
func learnedClass(c class) int {
	if c >= group {
		return learnedOnes - 1
	}
	return int(c)
}

func classOf(learned int) class {
	if learned == learnedOnes-1 {
		return other
	}
	return class(learned)
}

// What the model counts beside the rules, and how much it has to be surer before a name is
// dropped as that of a thing: labelled data know few names, and a speaker lost is worse than a
// thing kept.
const (
	marginWeight = 3
	otherBias    = 3
)

// learned adds the model's margins to the rules' scores.
func (r *reader) learned(n *name) {
	m := r.model
	if m == nil || !m.trained[r.lang] {
		return
	}
	var scores [learnedOnes]int32
	m.table.Add(r.features(n), scores[:])
	unit := m.table.Unit() / m.scale
	n.score[other] -= otherBias
	for l, s := range scores {
		n.score[classOf(l)] += marginWeight * float64(s) * unit
	}
}

// features of a candidate, shared by training and running.
func (r *reader) features(n *name) []uint32 {
	f := featurer{r: r, out: make([]uint32, 0, 64)}
	f.shape(n)
	f.verdict(n)
	f.around(n)
	f.words(n)
	return f.out
}

type featurer struct {
	r   *reader
	out []uint32
}

// add makes a feature of the next template; an empty value makes none.
func (f *featurer) add(template int, value string) {
	if value != "" {
		f.out = append(f.out, linear.Feature(template, linear.Hash(value)))
	}
}

func (f *featurer) flag(template int, set bool) {
	if set {
		f.out = append(f.out, linear.Feature(template, 1))
	}
}

// bucket writes a small number coarsely.
func bucket(n float64) string {
	switch {
	case n <= -2:
		return "--"
	case n < 0:
		return "-"
	case n == 0:
		return "0"
	case n < 2:
		return "1"
	case n < 4:
		return "2"
	case n < 7:
		return "4"
	}
	return "7"
}

func (f *featurer) shape(n *name) {
	r := f.r
	first, last := &r.words[n.parts[0]], &r.words[n.parts[len(n.parts)-1]]
	f.flag(1, true)
	f.add(2, "n"+bucket(float64(len(n.parts))))
	caps, digits, dots, latin := true, false, false, false
	given := ""
	for _, i := range n.parts {
		w := &r.words[i]
		caps = caps && w.caps
		digits = digits || strings.ContainsAny(w.form, "0123456789")
		dots = dots || strings.Contains(strings.TrimSuffix(w.form, "."), ".")
		latin = latin || !romanize.HasCyrillic(w.form)
		if _, ok := r.g.givenGender(r.lang, w.fold); ok {
			given += "g"
		} else {
			given += "-"
		}
	}
	f.flag(3, caps)
	f.flag(4, digits)
	f.flag(5, dots)
	f.flag(6, latin && slavic(r.lang) && r.lang != "pl" && r.lang != "cs")
	f.add(7, given)
	f.flag(8, n.quoted)
	f.flag(9, first.initial)
	f.flag(10, first.shouted)
	f.flag(11, r.kindOf(first.fold) != "")
	f.flag(12, r.kindOf(last.fold) != "")
	f.flag(13, placeWords[first.fold] || placeWords[last.fold])
	f.add(14, n.place.kind)
	f.flag(15, isPatronymic(last.fold))
	f.flag(16, len(n.titles) > 0)
	f.add(17, last.upos)
	f.add(18, last.cas)
	f.add(19, last.gender)
	f.flag(20, r.lower[last.fold] > 0)
	f.flag(21, r.middle[last.fold] > 2)
	f.flag(22, strings.Contains(last.form, "-"))
	f.flag(23, n.last-n.first+1 > len(n.parts))
	f.flag(24, caps && len(n.parts) == 1)
}

// verdict is what the rules think, so that the model learns when to trust them.
func (f *featurer) verdict(n *name) {
	best, second := person, organization
	for c := person; c < classes; c++ {
		if n.score[c] > n.score[best] {
			best, second = c, best
		}
	}
	f.add(30, string(rune('0'+int(best)))+bucket(n.score[best]-n.score[second]))
	f.add(31, "p"+bucket(n.score[person]))
	f.add(32, "o"+bucket(n.score[organization]))
	f.add(33, "l"+bucket(n.score[location]))
	f.add(34, "x"+bucket(n.score[other]))
}

// around is the kind of the neighbouring words.
func (f *featurer) around(n *name) {
	r := f.r
	f.add(40, r.neighbour(n.first-1))
	f.add(41, r.neighbour(n.last+1))
	f.add(42, r.neighbour(n.first-1)+"|"+r.neighbour(n.last+1))
}

// neighbour is a word without its letters.
func (r *reader) neighbour(i int) string {
	if i < 0 || i >= len(r.words) {
		return "edge"
	}
	w := &r.words[i]
	if !w.letters {
		if len(w.form) <= 3 {
			return w.form
		}
		return "sign"
	}
	switch {
	case placePrepositions[r.lang][w.fold]:
		return "in"
	case determiner(r.lang, w.fold):
		return "the"
	case placeWords[w.fold]:
		return "place"
	case r.kindOf(w.fold) != "":
		return "kind"
	}
	if _, n := r.roleAt([]string{w.fold}); n > 0 {
		return "role"
	}
	if w.upper {
		return "Name"
	}
	if w.upos != "" {
		return w.upos
	}
	return "word"
}

// words are the letters themselves, for languages that were learnt.
func (f *featurer) words(n *name) {
	r := f.r
	first, last := &r.words[n.parts[0]], &r.words[n.parts[len(n.parts)-1]]
	f.add(50, r.lang)
	for k := 1; k <= 4; k++ {
		f.add(50+k, r.lang+suffix(last.fold, k))
		f.add(55+k, r.lang+suffix(first.fold, k))
	}
	f.add(60, r.lang+prefix(last.fold, 3))
	f.add(61, r.lang+prefix(first.fold, 4))
	f.add(62, r.lang+r.near(n.first-1))
	f.add(63, r.lang+r.near(n.last+1))
	f.add(64, r.lang+r.near(n.first-2)+" "+r.near(n.first-1))
	f.add(65, r.lang+r.near(n.last+1)+" "+r.near(n.last+2))
	f.add(66, r.lang+r.near(n.first-1)+" "+suffix(last.fold, 2))
}

func (r *reader) near(i int) string {
	if i < 0 || i >= len(r.words) {
		return "edge"
	}
	if w := &r.words[i]; w.upper && !w.initial {
		return "Name"
	}
	return r.words[i].fold
}

func suffix(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return ""
	}
	return string(r[len(r)-n:])
}

func prefix(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return ""
	}
	return string(r[:n])
}

// Labelled is a document whose names are known; Spans are byte offsets into its text.
type Labelled struct {
	Analysis *hearsay.Analysis // segmented, tagged where it can be
	Spans    []hearsay.Span
	Types    []hearsay.MentionType // "" for names of events and things
}

const (
	trainingRounds  = 6
	trainingUpdates = 2
	trainingDrop    = 0.02
)

// Train learns a model from labelled documents; the same documents in the same order give the
// same bytes.
func Train(docs []Labelled) ([]byte, error) {
	type example struct {
		features []uint32
		gold     int
	}
	var examples []example
	trained := map[string]bool{}
	for i := range docs {
		r := newReader(docs[i].Analysis)
		trained[r.lang] = true
		r.findNames()
		r.indexNames()
		r.defineAcronyms()
		for k := range r.names {
			n := &r.names[k]
			r.findTitles(n)
			r.weigh(n)
			gold, ok := docs[i].class(r.span(n))
			if ok {
				examples = append(examples, example{r.features(n), learnedClass(gold)})
			}
		}
	}
	t := linear.NewTrainer(learnedOnes, trainingUpdates)
	shuffled := linearOrder(len(examples))
	for range trainingRounds {
		for _, i := range shuffled {
			e := &examples[i]
			var scores [learnedOnes]int32
			t.Add(e.features, scores[:])
			t.Learn(e.features, e.gold, argmax(scores[:]))
		}
	}
	file := &linear.File{}
	var tongues []string
	for _, l := range append(languages, "cs") {
		if trained[l] {
			tongues = append(tongues, l)
		}
	}
	file.Set(modelTongues, []byte(strings.Join(tongues, " ")))
	table := t.Table(trainingDrop)
	margin := 0.0
	for i := range examples {
		var scores [learnedOnes]int32
		table.Add(examples[i].features, scores[:])
		gold := scores[examples[i].gold]
		scores[examples[i].gold] = -1 << 31
		margin += max(0, float64(gold-scores[argmax(scores[:])])*table.Unit())
	}
	file.Set(modelScale, binary.AppendUvarint(nil, uint64(scaleUnit*margin/float64(max(1, len(examples))))))
	file.Set(modelSection, table.Encode())
	var b bytes.Buffer
	err := linear.Write(&b, file)
	return b.Bytes(), err
}

// linearOrder is a fixed permutation that mixes documents.
func linearOrder(n int) []int {
	out := make([]int, n)
	step := 7919
	for n > 0 && step%n == 0 || n > 1 && gcd(step, n) != 1 {
		step++
	}
	for i := range out {
		out[i] = i * step % n
	}
	return out
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func argmax(s []int32) int {
	best := 0
	for i, v := range s {
		if v > s[best] {
			best = i
		}
	}
	return best
}

// class is the gold class of a candidate: that of the name it is or lies in; other where there
// is none.
func (l *Labelled) class(s hearsay.Span) (class, bool) {
	for i, g := range l.Spans {
		if !g.Overlaps(s) {
			continue
		}
		switch l.Types[i] {
		case hearsay.Person:
			return person, true
		case hearsay.Organization:
			return organization, true
		case hearsay.Place:
			return location, true
		}
		return other, true
	}
	return other, true
}
