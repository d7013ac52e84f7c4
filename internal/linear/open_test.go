package linear

import (
	"bytes"
	"testing"
	"testing/fstest"
)

type phrasebook struct{ greeting string }

func phrasebooks(t *testing.T, files map[string][]byte) *Opener[phrasebook] {
	t.Helper()
	folder := fstest.MapFS{}
	for name, content := range files {
		folder[name] = &fstest.MapFile{Data: content}
	}
	return &Opener[phrasebook]{Files: folder, Dir: "books", Name: "a.model", Load: func(f *File) (*phrasebook, error) {
		return &phrasebook{string(f.Section("greeting"))}, nil
	}}
}

func packed(t *testing.T, greeting string) []byte {
	t.Helper()
	f := new(File)
	f.Set("greeting", []byte(greeting))
	var b bytes.Buffer
	if err := Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestModelIsOpenedOnce(t *testing.T) {
	o := phrasebooks(t, map[string][]byte{"books/be/a.model": packed(t, "вітаю")})
	m, err := o.Open("be")
	if err != nil || m.greeting != "вітаю" {
		t.Fatal(m, err)
	}
	if again, _ := o.Open("be"); again != m {
		t.Error("the second opening read the file anew")
	}
}

// A language without a model, and a name that is no language, are no errors.
func TestNoModelOfLanguage(t *testing.T) {
	for _, lang := range []string{"be", "", "../be"} {
		if m, err := phrasebooks(t, nil).Open(lang); m != nil || err != nil {
			t.Errorf("%q: %v, %v", lang, m, err)
		}
	}
}

func TestDamagedModelNamesItsLanguage(t *testing.T) {
	o := phrasebooks(t, map[string][]byte{"books/be/a.model": []byte("no model")})
	if _, err := o.Open("be"); err == nil || !bytes.Contains([]byte(err.Error()), []byte("be")) {
		t.Error(err)
	}
}
