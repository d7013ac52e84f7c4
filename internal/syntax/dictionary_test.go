package syntax

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"hearsay/internal/linear"
)

func lexeme(forms ...string) Lexeme {
	var l Lexeme
	for i := 0; i < len(forms); i += 2 {
		l = append(l, LexemeForm{forms[i], forms[i+1]})
	}
	return l
}

func dictionaryOf(compounds bool, lexemes ...Lexeme) *dictionary {
	return learnDictionary([]Dictionary{{Lexemes: slices.Values(lexemes), Compounds: compounds}}, nil)
}

// readingsOf are the tags that a dictionary gives a word.
func readingsOf(d *dictionary, word string) string {
	var found [mostReadings]uint16
	n := d.find(word, &found)
	var tags []string
	for _, t := range found[:n] {
		tags = append(tags, d.tags[t])
	}
	slices.Sort(tags)
	return strings.Join(tags, ", ")
}

// A form is known with all its readings, whether of one lexeme or of several, and no other form is.
func TestDictionaryKnowsEveryForm(t *testing.T) {
	d := dictionaryOf(false,
		lexeme("сталь", "NOUN femn sing nomn", "стали", "NOUN femn sing gent", "сталью", "NOUN femn sing ablt"),
		lexeme("стать", "INFN perf", "стал", "VERB masc past", "стали", "VERB plur past"),
		lexeme("боль", "NOUN femn sing nomn", "боли", "NOUN femn sing gent", "болью", "NOUN femn sing ablt"),
		lexeme("полёт", "NOUN masc sing nomn", "полёта", "NOUN masc sing gent"))
	for word, want := range map[string]string{
		"стали": "NOUN femn sing gent, VERB plur past", "болью": "NOUN femn sing ablt", "полета": "NOUN masc sing gent",
		"сталь": "NOUN femn sing nomn", "болюю": "", "стал": "VERB masc past", "бол": "",
	} {
		if got := readingsOf(d, word); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
	if got := d.look("полёта"); got != d.look("полета") || got.all == noAtom {
		t.Error("ё is not read as е")
	}
}

// The plural of Haus shares no stem with its singular, and the end of a compound tells its gender.
func TestDictionaryOfGerman(t *testing.T) {
	d := dictionaryOf(true, lexeme("Haus", "NOUN neut sing nomn", "Hauses", "NOUN neut sing gent", "Häuser", "NOUN neut plur nomn", "Häusern", "NOUN neut plur datv"))
	if got := readingsOf(d, "häusern"); got != "NOUN neut plur datv" {
		t.Errorf("häusern: %q", got)
	}
	if d.look("rathauses") != d.look("hauses") || d.look("hauses").all == noAtom {
		t.Error("a compound is not known by its end")
	}
	if d.look("maus") != ignorance {
		t.Error("maus is taken for a compound")
	}
}

// What is known counts for the part of speech at hand alone.
func TestKnowledgeGoesWithThePartOfSpeech(t *testing.T) {
	noun := lexeme("стали", "NOUN femn sing gent")
	verb := lexeme("стали", "VERB plur past")
	both, one := dictionaryOf(false, noun, verb).look("стали"), dictionaryOf(false, noun).look("стали")
	if both.with(tagNumber("NOUN")) != one.with(tagNumber("NOUN")) || both.all == one.all || both.with(tagNumber("VERB")) == one.with(tagNumber("VERB")) {
		t.Errorf("both %+v, noun alone %+v", both, one)
	}
	var none *dictionary
	if none.look("стали") != (knowledge{}) {
		t.Error("a model without a dictionary has features of one")
	}
}

func TestDictionarySurvivesItsFile(t *testing.T) {
	d := dictionaryOf(true, lexeme("Haus", "NOUN neut sing nomn", "Häuser", "NOUN neut plur nomn"))
	f := &linear.File{Sections: d.sections()}
	got, err := loadDictionary(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"haus", "rathaus", "häuser", "maus"} {
		if got.look(w) != d.look(w) {
			t.Errorf("%s: %+v, was %+v", w, got.look(w), d.look(w))
		}
	}
	f.Sections[2].Data = f.Sections[2].Data[:len(f.Sections[2].Data)-1]
	if _, err := loadDictionary(f); err == nil {
		t.Error("a dictionary cut short is read")
	}
}

// packed is an archive as package registries have them.
func packed(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	out := tar.NewWriter(z)
	for name, content := range files {
		if err := out.WriteHeader(&tar.Header{Name: "package/" + name, Size: int64(len(content)), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	out.Close()
	z.Close()
	return b.Bytes()
}

// list reads a package and writes each lexeme as "form tag; form tag".
func list(t *testing.T, files map[string]string) []string {
	t.Helper()
	d, err := ReadDictionary(packed(t, files))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for l := range d.Lexemes {
		var forms []string
		for _, f := range l {
			forms = append(forms, f.Form+" "+f.Tag)
		}
		out = append(out, strings.Join(forms, "; "))
	}
	return out
}

func TestReadGermanDictionaries(t *testing.T) {
	for _, c := range []struct{ file, content, want string }{
		{
			"dist/words.json", `{"Haus":{"NOM":{"SIN":"Haus","PLU":"Häuser"},"DAT":{"PLU":"Häusern"},"G":"N"}}`,
			"Häusern NOUN neut plur datv; Häuser NOUN neut plur nomn; Haus NOUN neut sing nomn",
		},
		{
			"dist/adjectives.json", `{"groß":{"NOM":{"DEF":{"M":"große"},"IND":{"M":"großer"}}}}`,
			"groß ADJD; große ADJF masc nomn; großer ADJF masc nomn",
		},
		{
			"dist/verbs.json", `{"absagen":{"hasPrefix":true,"INF":"absagen","PA2":["abgesagt"],"EIZ":"abzusagen","PRÄ":{"S":{"3":["sagt","ab"]}},"IMP":{"S":["sage","ab"]}}}`,
			"abzusagen INFN zu; absage VERB impr sing; absagen INFN; abgesagt PRTS past; absagt VERB pres sing 3per",
		},
	} {
		if got := list(t, map[string]string{c.file: c.content}); len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %q, want %q", c.file, got, c.want)
		}
	}
	if _, err := ReadDictionary(packed(t, map[string]string{"readme.md": ""})); err == nil {
		t.Error("a package without a dictionary is read")
	}
}

// Of a lexeme the first form alone leads to it, whose paradigm has the others.
func TestReadOpenCorpora(t *testing.T) {
	units := doubleArray(map[string]bool{
		"\xe4\xe0\x01\x01\x01\x01\x01": true, // "да", 0, 0
		"\xe4\xf3\x01\x01\x01\x01\x03": true, // "ду", 0, 1
	})
	words := binary.LittleEndian.AppendUint32(nil, uint32(len(units)))
	for _, u := range units {
		words = binary.LittleEndian.AppendUint32(words, u)
	}
	var array []byte
	for _, x := range []uint16{1, 6, 0, 1, 0, 1, 0, 0} { // one paradigm: suffixes, tags, prefixes
		array = binary.LittleEndian.AppendUint16(array, x)
	}
	got := list(t, map[string]string{
		"dicts/words.dawg": string(words), "dicts/paradigms.array": string(array), "dicts/suffixes.json": `["а","у"]`,
		"dicts/gramtab-opencorpora-int.json": `["NOUN,inan,femn,Infr sing,nomn","ADJF,Apro masc,sing,gen2"]`,
	})
	if want := "да NOUN inan femn sing nomn; ду APRO masc sing gent"; len(got) != 1 || got[0] != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// doubleArray lays out keys as words.dawg does: a unit has its label and, from bit 10 on, where its
// children are.
func doubleArray(keys map[string]bool) []uint32 {
	units := make([]uint32, 1<<14)
	used, bases := map[uint32]bool{0: true}, map[uint32]bool{}
	var place func(at uint32, prefix string)
	place = func(at uint32, prefix string) {
		labels := map[byte]bool{}
		for k := range keys {
			if rest, ok := strings.CutPrefix(k, prefix); ok && rest != "" {
				labels[rest[0]] = true
			}
		}
		if len(labels) == 0 {
			return
		}
		for offset := uint32(1); ; offset++ {
			free := !bases[at^offset]
			for l := range labels {
				free = free && !used[at^offset^uint32(l)]
			}
			if !free {
				continue
			}
			bases[at^offset] = true
			units[at] |= offset << 10
			for l := range labels {
				used[at^offset^uint32(l)] = true
				units[at^offset^uint32(l)] |= uint32(l)
			}
			for l := range labels {
				place(at^offset^uint32(l), prefix+string([]byte{l}))
			}
			return
		}
	}
	place(0, "")
	return units
}
