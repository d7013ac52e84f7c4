package syntax

import (
	"encoding/binary"
	"errors"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay/internal/linear"
)

// Dictionary is a morphological dictionary to train with.
type Dictionary struct {
	Lexemes   iter.Seq[Lexeme]
	Compounds bool // of a word that it does not have, the end may be one that it has
	Flags     bool // tags tell of affixes and flags alone, see affixTag
}

// Lexeme is an entry of a morphological dictionary: its forms and what each may be.
type Lexeme []LexemeForm

// LexemeForm is a form and one reading of it: part of speech and grammemes in the terms of
// OpenCorpora (opencorpora.org/dict.php?act=gram), set apart by blanks.
type LexemeForm struct{ Form, Tag string }

// dictionary tells of a form all readings that a morphological dictionary has for it. It holds
// stems, each with its paradigms, and for each paradigm and ending the readings.
type dictionary struct {
	stems   sets     // by stem: paradigms
	endings sets     // by paradigm and ending: readings
	tags    []string // the readings

	compounds bool   // of a word that it does not have, the end may be one that it has
	blind     uint32 // bits of a stem's key that are left out, so that large dictionaries stay small
	readings  []reading
	bases     bool // readings say which form is the word itself
}

// reading is what a tag comes to as atoms.
type reading struct {
	whole, pos uint64
	kind       readingKind
	base       bool // the form is the word itself
}

type readingKind uint8

const (
	nounReading readingKind = iota
	nominalReading
	participleReading
	verbReading
	otherReading
	readingKinds
)

// knowledge is what the dictionary knows of a word, as atoms; noAtom where it knows nothing.
type knowledge struct {
	all, pos uint64
	of       [readingKinds]uint64 // the readings of a kind
}

var ignorance = knowledge{all: noAtom, pos: noAtom, of: [readingKinds]uint64{noAtom, noAtom, noAtom, noAtom, noAtom}}

// with is what is known of the readings that go with a part of speech.
func (k *knowledge) with(tag int) uint64 {
	switch upos[tag] {
	case "NOUN", "PROPN":
		return k.of[nounReading]
	case "ADJ":
		return k.of[nominalReading] + k.of[participleReading]
	case "DET", "NUM", "PRON":
		return k.of[nominalReading]
	case "VERB", "AUX":
		return k.of[verbReading] + k.of[participleReading]
	}
	return k.all
}

func stemKey(stem string) uint32 { return linear.Feature(1010, linear.Hash(stem)) }

func inflectionKey(paradigm uint16, ending string) uint32 {
	return linear.Feature2(1011, uint64(paradigm), linear.Hash(ending))
}

// spellings brings letters that are written in more than one way to one.
var spellings = strings.NewReplacer("ё", "е", "’", "'", "ʼ", "'")

const (
	longestInflection = 12 // characters
	mostReadings      = 48

	// With more stems than this the last bits of their keys are left out. A word that is none of them
	// then meets one of 290,000 in 1.7 % of its beginnings; few of those have its ending too.
	manyStems = 1 << 18
	blindBits = 8
)

// look finds a word, in small letters.
func (d *dictionary) look(lower string) knowledge {
	if d == nil {
		return knowledge{}
	}
	k := ignorance
	lower = spellings.Replace(lower)
	var found [mostReadings]uint16
	n := d.find(lower, &found)
	if n == 0 && d.compounds {
		n = d.findLast(lower, &found)
	}
	seen := [16]uint64{}
	kinds := 0
	for _, t := range found[:n] {
		r := &d.readings[t]
		k.all += r.whole
		k.of[r.kind] += r.whole
		if !slices.Contains(seen[:kinds], r.pos) && kinds < len(seen) {
			seen[kinds] = r.pos
			kinds++
			k.pos += r.pos
		}
	}
	return k
}

// knownWords remembers what the dictionary knows of words: most of a text are a few.
type knownWords [1 << 10]struct {
	low   uint64
	known knowledge
}

func (k *knownWords) look(d *dictionary, w *word) knowledge {
	if d == nil {
		return knowledge{}
	}
	e := &k[w.low%uint64(len(k))]
	if e.low != w.low {
		e.low, e.known = w.low, d.look(w.lower)
	}
	return e.known
}

// shortestPart is how many characters the last part of a compound has at least.
const shortestPart = 4

// findLast fills found with the readings of the longest end of a word that is a word itself.
func (d *dictionary) findLast(lower string, found *[mostReadings]uint16) int {
	for left := utf8.RuneCountInString(lower); left > shortestPart; left-- {
		_, size := utf8.DecodeRuneInString(lower)
		lower = lower[size:]
		if n := d.find(lower, found); n > 0 {
			return n
		}
	}
	return 0
}

// find fills found with the readings of a word and counts them.
func (d *dictionary) find(lower string, found *[mostReadings]uint16) (n int) {
	at := len(lower)
	for range longestInflection + 1 {
		if list, _ := d.stems.get(stemKey(lower[:at]) &^ d.blind); list != nil {
			for _, p := range list {
				tags, _ := d.endings.get(inflectionKey(p, lower[at:]))
				for _, t := range tags {
					if n < len(found) && !slices.Contains(found[:n], t) {
						found[n] = t
						n++
					}
				}
			}
		}
		if at == 0 {
			break
		}
		_, size := utf8.DecodeLastRuneInString(lower[:at])
		at -= size
	}
	return n
}

// lemmaKnowledge is what a dictionary says of a lemma that a form may have.
type lemmaKnowledge uint64

const (
	lemmaUnknown lemmaKnowledge = iota
	lemmaIsForm                 // of some word
	lemmaIsWord
	lemmaOfForm // is a word, and the form is one of its forms
)

// knows says what the dictionary says of a lemma (in small letters, like the form); lemmaUnknown where
// it cannot tell words from their forms.
func (d *dictionary) knows(lemma, form string) (best lemmaKnowledge) {
	if d == nil || !d.bases {
		return lemmaUnknown
	}
	lemma, form = spellings.Replace(lemma), spellings.Replace(form)
	for at, n := len(lemma), 0; n <= longestInflection; n++ {
		paradigms, _ := d.stems.get(stemKey(lemma[:at]) &^ d.blind)
		for _, p := range paradigms {
			tags, _ := d.endings.get(inflectionKey(p, lemma[at:]))
			for _, t := range tags {
				best = max(best, lemmaIsForm)
				if !d.readings[t].base {
					continue
				}
				best = max(best, lemmaIsWord)
				if ending, ok := strings.CutPrefix(form, lemma[:at]); ok {
					if l, _ := d.endings.get(inflectionKey(p, ending)); l != nil {
						return lemmaOfForm
					}
				}
			}
		}
		if at == 0 {
			break
		}
		_, size := utf8.DecodeLastRuneInString(lemma[:at])
		at -= size
	}
	return best
}

// learnDictionary takes dictionaries apart into stems and paradigms; nil where there are none.
func learnDictionary(dictionaries []Dictionary, trees []Tree) *dictionary {
	if len(dictionaries) == 0 {
		return nil
	}
	b := dictionaryBuilder{stems: map[string][]uint16{}, paradigms: map[string]uint16{}, tags: map[string]uint16{}, endings: map[uint32][]uint16{}}
	d := &dictionary{}
	for _, from := range dictionaries {
		lexemes := from.Lexemes
		if from.Flags {
			lexemes = withKinds(lexemes, trees)
		}
		for l := range lexemes {
			b.add(l)
		}
		d.compounds = d.compounds || from.Compounds
	}
	if len(b.stems) > manyStems {
		d.blind = 1<<blindBits - 1
	}
	lists := map[uint32][]uint16{}
	for s, p := range b.stems {
		key := stemKey(s) &^ d.blind
		lists[key] = append(lists[key], p...)
	}
	for key, p := range lists {
		slices.Sort(p)
		lists[key] = slices.Compact(p)
	}
	d.tags, d.stems, d.endings = b.names, newSets(lists), newSets(b.endings)
	d.prepare()
	return d
}

// prepare computes what follows from the tags.
func (d *dictionary) prepare() {
	d.readings = make([]reading, len(d.tags))
	for i, t := range d.tags {
		pos, _, _ := strings.Cut(t, " ")
		r := reading{whole: mix(linear.Hash(t)), pos: mix(linear.Hash(pos)), kind: otherReading}
		switch pos {
		case "NOUN":
			r.kind = nounReading
		case "ADJF", "ADJS", "NUMR", "NPRO", "COMP", "APRO":
			r.kind = nominalReading
		case "PRTF", "PRTS":
			r.kind = participleReading
		case "VERB", "INFN", "GRND":
			r.kind = verbReading
		}
		r.base = strings.HasSuffix(strings.TrimSuffix(t, nameTag), baseTag)
		d.bases = d.bases || r.base
		d.readings[i] = r
	}
}

type dictionaryBuilder struct {
	stems     map[string][]uint16
	paradigms map[string]uint16
	tags      map[string]uint16
	names     []string
	endings   map[uint32][]uint16
}

func (b *dictionaryBuilder) add(l Lexeme) {
	forms := slices.Clone(l)
	for i := range forms {
		forms[i].Form = spellings.Replace(strings.ToLower(forms[i].Form))
	}
	slices.SortFunc(forms, func(x, y LexemeForm) int {
		if c := strings.Compare(x.Form, y.Form); c != 0 {
			return c
		}
		return strings.Compare(x.Tag, y.Tag)
	})
	forms = slices.Compact(forms)
	for len(forms) > 0 {
		n := alike(forms)
		b.addStem(forms[:n])
		forms = forms[n:]
	}
}

// alike counts the forms from the first that share most of it.
func alike(forms []LexemeForm) int {
	first := []rune(forms[0].Form)
	stem := string(first[:max(min(len(first)-2, len(first)*2/3), min(len(first), 1))])
	n := 1
	for n < len(forms) && strings.HasPrefix(forms[n].Form, stem) {
		n++
	}
	return n
}

func (b *dictionaryBuilder) addStem(forms []LexemeForm) {
	stem := forms[0].Form
	for _, f := range forms[1:] {
		for !strings.HasPrefix(f.Form, stem) {
			_, size := utf8.DecodeLastRuneInString(stem)
			stem = stem[:len(stem)-size]
		}
	}
	var name strings.Builder
	for _, f := range forms {
		name.WriteString(f.Form[len(stem):] + "=" + f.Tag + ";")
	}
	p, ok := b.paradigms[name.String()]
	if !ok {
		if len(b.paradigms) >= 1<<15 {
			return
		}
		p = uint16(len(b.paradigms))
		b.paradigms[name.String()] = p
		for _, f := range forms {
			t, ok := b.tags[f.Tag]
			if !ok {
				t = uint16(len(b.names))
				b.tags[f.Tag] = t
				b.names = append(b.names, f.Tag)
			}
			key := inflectionKey(p, f.Form[len(stem):])
			b.endings[key] = append(b.endings[key], t)
		}
	}
	b.stems[stem] = append(b.stems[stem], p)
}

func (d *dictionary) sections() []linear.Section {
	about := linear.AppendStrings(nil, d.tags)
	if d.compounds || d.blind != 0 {
		compounds := byte(0)
		if d.compounds {
			compounds = 1
		}
		about = append(about, compounds)
	}
	if d.blind != 0 {
		about = binary.AppendUvarint(about, uint64(d.blind))
	}
	return []linear.Section{
		{Name: dictionarySection, Data: about},
		{Name: stemSection, Data: d.stems.encode()},
		{Name: inflectionSection, Data: d.endings.encode()},
	}
}

// loadDictionary reads the dictionary of a model file; nil where it has none.
func loadDictionary(f *linear.File) (*dictionary, error) {
	about := f.Section(dictionarySection)
	if about == nil {
		return nil, nil
	}
	in := linear.NewDecoder(about)
	d := &dictionary{tags: in.Strings()}
	damaged := in.Failed()
	d.compounds = !damaged && in.Uint() == 1 && !in.Failed()
	if blind := in.Uint(); !in.Failed() {
		d.blind = uint32(blind)
	}
	var ok1, ok2 bool
	d.stems, ok1 = decodeSets(f.Section(stemSection))
	d.endings, ok2 = decodeSets(f.Section(inflectionSection))
	if damaged || !ok1 || !ok2 || !d.endings.below(len(d.tags)) {
		return nil, errors.New("damaged dictionary")
	}
	d.prepare()
	return d, nil
}
