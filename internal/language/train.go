package language

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"
)

// TrainOptions says from what to train.
type TrainOptions struct {
	Recipe []byte                    // TOML, as in training/language.recipe
	Data   []string                  // folders in which the recipe's files are looked for, in order
	Log    io.Writer                 // progress, one line a round; nil for none
	Keep   func(licence string) bool // which data to use; nil for all
}

// recipe is the content of a recipe file. All models' recipes share name, out, data and options.
type recipe struct {
	Name    string   `toml:"name"`
	Out     string   `toml:"out"`
	Data    []source `toml:"data"`
	Options struct {
		Seed       uint64   `toml:"seed"`
		Bits       int      `toml:"bits"`
		Rounds     int      `toml:"rounds"`
		Draws      int      `toml:"draws"`       // texts a round for each supported language
		OtherDraws int      `toml:"other_draws"` // the same for each other language
		Rate       float64  `toml:"rate"`
		Decay      float64  `toml:"decay"` // L2
		Supported  []string `toml:"supported"`
		Spellers   []string `toml:"spellers"`
		GramCount  uint32   `toml:"gram_count"` // rarest 4-gram that a speller keeps
	} `toml:"options"`
}

// source is a data file of a recipe.
type source struct {
	Path     string            `toml:"path"`
	SHA256   string            `toml:"sha256"`
	Licence  string            `toml:"licence"`
	Language string            `toml:"language"`
	Members  map[string]string `toml:"members"` // file in an archive -> language
}

// Train makes the language model and writes it to w. The same recipe and data give the same
// bytes. It fails where a data file is missing or is not the one that the recipe names.
func Train(opts TrainOptions, w io.Writer) error {
	var r recipe
	if err := toml.Unmarshal(opts.Recipe, &r); err != nil {
		return fmt.Errorf("recipe: %w", err)
	}
	r.keep(opts.Keep)
	texts, err := r.read(opts.Data)
	if err != nil {
		return err
	}
	m := newTrainer(&r, texts).run(opts.Log)
	for _, lang := range r.Options.Spellers {
		m.addSpeller(lang, texts[lang], r.Options.GramCount)
	}
	return m.write(w)
}

// keep leaves out data of licences that are not kept; a nil function keeps all.
func (r *recipe) keep(licence func(string) bool) {
	if licence == nil {
		return
	}
	var kept []source
	for _, d := range r.Data {
		if licence(d.Licence) {
			kept = append(kept, d)
		}
	}
	r.Data = kept
}

// read gives the sentences of every language.
func (r *recipe) read(folders []string) (map[string][]string, error) {
	texts := map[string][]string{}
	for _, d := range r.Data {
		raw, err := readData(folders, d.Path, d.SHA256)
		if err != nil {
			return nil, err
		}
		switch {
		case strings.HasSuffix(d.Path, ".conllu.gz"):
			err = readTreebank(raw, func(s string) { texts[d.Language] = append(texts[d.Language], s) })
		case strings.HasSuffix(d.Path, ".jsonl.gz"):
			err = readArticles(raw, func(s string) { texts[d.Language] = append(texts[d.Language], s) })
		case strings.HasSuffix(d.Path, ".tgz"):
			err = readPages(raw, d.Members, func(lang, s string) { texts[lang] = append(texts[lang], s) })
		default:
			err = fmt.Errorf("unknown kind of file")
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.Path, err)
		}
	}
	return texts, nil
}

func readData(folders []string, path, sum string) ([]byte, error) {
	for _, folder := range folders {
		raw, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if got := sha256.Sum256(raw); hex.EncodeToString(got[:]) != sum {
			return nil, fmt.Errorf("%s is not the file that the recipe names: its sha256 is %x", path, got)
		}
		return raw, nil
	}
	return nil, fmt.Errorf("%s is in none of the data folders %s", path, strings.Join(folders, ", "))
}

// readTreebank gives the "# text" lines of a CoNLL-U file.
func readTreebank(raw []byte, give func(string)) error {
	return gunzipLines(raw, func(line []byte) error {
		if s, ok := bytes.CutPrefix(line, []byte("# text = ")); ok {
			give(string(s))
		}
		return nil
	})
}

// readArticles gives the lines of the texts of a JSON Lines file.
func readArticles(raw []byte, give func(string)) error {
	return gunzipLines(raw, func(line []byte) error {
		var article struct{ Text string }
		if err := json.Unmarshal(line, &article); err != nil {
			return err
		}
		for s := range strings.SplitSeq(article.Text, "\n") {
			if s = strings.TrimSpace(s); s != "" {
				give(s)
			}
		}
		return nil
	})
}

func gunzipLines(raw []byte, give func([]byte) error) error {
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if err := give(lines.Bytes()); err != nil {
			return err
		}
	}
	return lines.Err()
}

var (
	paragraph = regexp.MustCompile(`(?s)<(?:p|li)>(.*?)</`)
	tag       = regexp.MustCompile(`<[^>]*>`)
)

// readPages gives the paragraphs of the HTML files named in members, in the archive's order.
func readPages(raw []byte, members map[string]string, give func(lang, s string)) error {
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		lang, ok := members[strings.TrimSuffix(filepath.Base(h.Name), ".html")]
		if !ok {
			continue
		}
		page, err := io.ReadAll(t)
		if err != nil {
			return err
		}
		for _, p := range paragraph.FindAllSubmatch(page, -1) {
			give(lang, strings.TrimSpace(html.UnescapeString(string(tag.ReplaceAll(p[1], nil)))))
		}
	}
}

// trainer is a softmax regression with AdaGrad steps (Duchi et al. 2011).
type trainer struct {
	*recipe
	classes []string
	words   [][][]string // class, sentence, word
	weights []float32
	squares []float32
	bias    []float64
	rng     *rand.Rand
}

func newTrainer(r *recipe, texts map[string][]string) *trainer {
	t := &trainer{recipe: r, classes: append([]string(nil), r.Options.Supported...)}
	var others []string
	for lang := range texts {
		if !contains(t.classes, lang) {
			others = append(others, lang)
		}
	}
	sort.Strings(others)
	t.classes = append(t.classes, others...)
	for _, lang := range t.classes {
		var sentences [][]string
		for _, s := range texts[lang] {
			if words := strings.Fields(s); len(words) > 0 {
				sentences = append(sentences, words)
			}
		}
		t.words = append(t.words, sentences)
	}
	size := len(t.classes) << r.Options.Bits
	t.weights, t.squares = make([]float32, size), make([]float32, size)
	t.bias = make([]float64, len(t.classes))
	t.rng = rand.New(rand.NewPCG(r.Options.Seed, 0))
	return t
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (t *trainer) run(log io.Writer) *model {
	o := t.Options
	f := features{mask: 1<<o.Bits - 1}
	p := make([]float64, len(t.classes))
	var order []int
	for k := range t.classes {
		draws := o.OtherDraws
		if k < len(o.Supported) {
			draws = o.Draws
		}
		for range draws {
			order = append(order, k)
		}
	}
	for round := range o.Rounds {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for i, k := range order {
			done := (float64(round) + float64(i)/float64(len(order))) / float64(o.Rounds)
			loss += t.step(t.thin(f.of(t.draw(k))), k, p, o.Rate*(1-0.9*done))
		}
		if log != nil {
			fmt.Fprintf(log, "round %d of %d: mean loss %.4f\n", round+1, o.Rounds, loss/float64(len(order)))
		}
	}
	return t.quantise()
}

// draw cuts a stretch of one of the class's sentences: the whole, or a few words, as headlines,
// captions and menus are; some in capitals.
func (t *trainer) draw(class int) string {
	sentence := t.words[class][t.rng.IntN(len(t.words[class]))]
	n := len(sentence)
	switch t.rng.IntN(5) {
	case 0, 1:
		n = 1 + t.rng.IntN(4)
	case 2, 3:
		n = 3 + t.rng.IntN(8)
	}
	n = min(n, len(sentence))
	from := t.rng.IntN(len(sentence) - n + 1)
	text := strings.Join(sentence[from:from+n], " ")
	if t.rng.IntN(20) == 0 {
		return strings.ToUpper(text)
	}
	return text
}

// thin drops a part of a text's features at random, so that the weight is spread over all of them
// and texts unlike those of the training are known too (Hinton et al. 2012).
func (t *trainer) thin(buckets []uint32) []uint32 {
	keep := []int{8, 4, 2}[t.rng.IntN(3)]
	out := buckets[:0]
	for _, b := range buckets {
		if keep == 8 || t.rng.IntN(8) < keep {
			out = append(out, b)
		}
	}
	return out
}

func (t *trainer) step(buckets []uint32, class int, p []float64, rate float64) float64 {
	c := len(t.classes)
	if len(buckets) == 0 {
		return 0
	}
	scale := 1 / math.Sqrt(float64(len(buckets)))
	sums := make([]float32, c)
	for _, b := range buckets {
		for k, w := range t.weights[int(b)*c : int(b)*c+c] {
			sums[k] += w
		}
	}
	for k := range p {
		p[k] = float64(sums[k])*scale + t.bias[k]
	}
	softmax(p)
	loss := -math.Log(max(p[class], 1e-12))
	grad := make([]float32, c)
	for k := range p {
		g := p[k]
		if k == class {
			g--
		}
		t.bias[k] -= 0.01 * rate * g
		grad[k] = float32(g * scale)
	}
	decay := float32(t.Options.Decay)
	for _, b := range buckets {
		row, squares := t.weights[int(b)*c:int(b)*c+c], t.squares[int(b)*c:int(b)*c+c]
		for k, g := range grad {
			if g < 1e-5 && g > -1e-5 {
				continue
			}
			g += decay * row[k]
			squares[k] += g * g
			row[k] -= float32(rate) * g / float32(math.Sqrt(float64(squares[k]))+1e-2)
		}
	}
	return loss
}

// quantise rounds the weights to one byte each; the few largest are cut.
func (t *trainer) quantise() *model {
	o := t.Options
	var all []float64
	for _, w := range t.weights {
		if w != 0 {
			all = append(all, math.Abs(float64(w)))
		}
	}
	sort.Float64s(all)
	top := 1.0
	if len(all) > 0 {
		top = all[len(all)*9995/10000]
	}
	m := &model{spellers: map[string]*speller{}}
	m.Classes, m.Supported, m.Bits = t.classes, len(o.Supported), o.Bits
	m.Scale = math.Round(top/127*1e7) / 1e7
	for _, b := range t.bias {
		m.Bias = append(m.Bias, int(math.Round(b/m.Scale)))
	}
	m.weights = make([]byte, len(t.weights))
	for i, w := range t.weights {
		q := math.Round(float64(w) / m.Scale)
		m.weights[i] = byte(int8(max(-127, min(127, q))))
	}
	return m
}

// addSpeller counts the n-grams and words of a language's sentences.
func (m *model) addSpeller(lang string, sentences []string, least uint32) {
	grams, rare, words := map[uint32]uint32{}, map[uint32]uint32{}, map[uint32]uint32{}
	for _, s := range sentences {
		for _, w := range strings.FieldsFunc(s, func(r rune) bool {
			return !unicode.Is(unicode.Cyrillic, r) && !isApostrophe(r)
		}) {
			w = strings.TrimFunc(w, isApostrophe)
			if w == "" {
				continue
			}
			rs := lower([]rune(w))
			words[hashRunes(rs)]++
			padded := append(append([]rune{' '}, rs...), ' ')
			for i := range padded {
				if i > 0 {
					grams[hashRunes(nil)]++
				}
				for n := 1; n <= spellOrder && i+n <= len(padded); n++ {
					into := grams
					if n == spellOrder {
						into = rare
					}
					into[hashRunes(padded[i:i+n])]++
				}
			}
		}
	}
	for h, n := range rare {
		if n >= least {
			grams[h] += n
		}
	}
	g, w := entries(grams), entries(words)
	t := table{Language: lang, Grams: len(g), Words: len(w)}
	gramBytes, wordBytes := pack(g, true), pack(w, false)
	t.GramBytes, t.WordBytes = len(gramBytes), len(wordBytes)
	m.Spellers = append(m.Spellers, t)
	m.tables = append(append(m.tables, gramBytes...), wordBytes...)
}

func entries(counts map[uint32]uint32) []entry {
	out := make([]entry, 0, len(counts))
	for h, n := range counts {
		out = append(out, entry{h, n})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].hash < out[j].hash })
	return out
}
