package language

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"

	"hearsay/data"
)

// ModelFile is where the model lies in the embedded data.
const ModelFile = "models/language.model"

const magic = "hearsay language 1\n"

// header is the first part of a model file, as JSON; the tables follow it in this order:
// weights (one int8 per bucket and class), then per speller its n-grams and its words.
type header struct {
	Classes   []string `json:"classes"`
	Supported int      `json:"supported"` // the first so many classes are hearsay's own languages
	Bits      int      `json:"bits"`
	Scale     float64  `json:"scale"`
	Bias      []int    `json:"bias"` // per class, in units of Scale
	Spellers  []table  `json:"spellers"`
}

type table struct {
	Language      string `json:"language"`
	Grams         int    `json:"grams"` // entries
	GramBytes     int    `json:"gram_bytes"`
	Words         int    `json:"words"`
	WordBytes     int    `json:"word_bytes"`
	gramAt, words int
}

// model is the language model as read: the weights stay where the program holds them.
type model struct {
	header
	weights []byte
	tables  []byte

	mu       sync.Mutex
	spellers map[string]*speller
}

var loaded = sync.OnceValues(func() (*model, error) {
	raw, err := data.Models.ReadFile(ModelFile)
	if err != nil {
		return nil, fmt.Errorf("no language model: %w", err)
	}
	return parseModel(raw)
})

var errModel = errors.New("not a language model, or cut off")

func parseModel(raw []byte) (*model, error) {
	if len(raw) < len(magic)+4 || string(raw[:len(magic)]) != magic {
		return nil, errModel
	}
	raw = raw[len(magic):]
	n := int(binary.LittleEndian.Uint32(raw))
	if n > len(raw)-4 {
		return nil, errModel
	}
	m := &model{spellers: map[string]*speller{}}
	if err := json.Unmarshal(raw[4:4+n], &m.header); err != nil {
		return nil, fmt.Errorf("language model: %w", err)
	}
	raw = raw[4+n:]
	c := len(m.Classes)
	if m.Bits < 1 || m.Bits > 24 || c == 0 || len(m.Bias) != c || m.Supported > c || len(raw) < c<<m.Bits {
		return nil, errModel
	}
	m.weights, m.tables = raw[:c<<m.Bits], raw[c<<m.Bits:]
	at := 0
	for i := range m.Spellers {
		t := &m.Spellers[i]
		t.gramAt, t.words = at, at+t.GramBytes
		at += t.GramBytes + t.WordBytes
	}
	if at > len(m.tables) {
		return nil, errModel
	}
	return m, nil
}

// write prints the model; the same model gives the same bytes.
func (m *model) write(w io.Writer) error {
	h, err := json.Marshal(m.header)
	if err != nil {
		return err
	}
	var size [4]byte
	binary.LittleEndian.PutUint32(size[:], uint32(len(h)))
	for _, part := range [][]byte{[]byte(magic), size[:], h, m.weights, m.tables} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// scores fills out with the probability of every class for a text with these buckets.
func (m *model) scores(buckets []uint32, out []float64) {
	c := len(m.Classes)
	sums := make([]int, c)
	for _, b := range buckets {
		row := m.weights[int(b)*c : int(b)*c+c]
		for k, w := range row {
			sums[k] += int(int8(w))
		}
	}
	scale := m.Scale / math.Sqrt(float64(max(len(buckets), 1)))
	for k := range sums {
		out[k] = float64(sums[k])*scale + float64(m.Bias[k])*m.Scale
	}
	softmax(out)
}

func softmax(v []float64) {
	top := math.Inf(-1)
	for _, x := range v {
		top = max(top, x)
	}
	sum := 0.0
	for i, x := range v {
		v[i] = math.Exp(x - top)
		sum += v[i]
	}
	for i := range v {
		v[i] /= sum
	}
}

// speller gives the speller of a language, nil if there is none.
func (m *model) speller(lang string) *speller {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.spellers[lang]; ok {
		return s
	}
	for _, t := range m.Spellers {
		if t.Language == lang {
			s := newSpeller(
				unpack(m.tables[t.gramAt:t.gramAt+t.GramBytes], t.Grams, true),
				unpack(m.tables[t.words:t.words+t.WordBytes], t.Words, false))
			m.spellers[lang] = s
			return s
		}
	}
	m.spellers[lang] = nil
	return nil
}
