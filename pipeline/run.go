package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"hearsay/data"
	"hearsay/internal/format"
	"hearsay/internal/language"
	"hearsay/internal/linear"
	"hearsay/internal/syntax"
)

// Run describes this program and the models that it carries.
func Run(version string) format.Run {
	run := format.Run{Format: format.Version, Program: "hearsay", Version: version, Languages: language.Supported(), Models: []format.Model{}}
	models, err := Models()
	if err != nil {
		return run // a damaged model is reported where it is used
	}
	for _, m := range models {
		run.Models = append(run.Models, format.Model{Name: m.Name, Version: m.Version, SHA256: m.SHA256})
	}
	return run
}

// Model is an embedded model file.
type Model struct {
	Name, Version, Date, Licence, SHA256 string
	Bytes                                int
}

// Models lists the embedded models in the order of their paths. It fails where one cannot be read.
var Models = sync.OnceValues(func() ([]Model, error) {
	licences, err := licenceTable()
	if err != nil {
		return nil, err
	}
	var out []Model
	err = fs.WalkDir(data.Models, "models", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(p) != ".model" {
			return err
		}
		content, err := data.Models.ReadFile(p)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(strings.TrimPrefix(p, "models/"), ".model")
		sum := sha256.Sum256(content)
		m := Model{Name: name, Version: "1", Licence: licences[name+".model"], SHA256: hex.EncodeToString(sum[:]), Bytes: len(content)}
		if path.Base(p) == "syntax.model" {
			if err := m.describe(content); err != nil {
				return fmt.Errorf("%s: %w", p, err)
			}
		}
		out = append(out, m)
		return nil
	})
	return out, err
})

// describe takes what a syntax model says of itself.
func (m *Model) describe(content []byte) error {
	f, err := linear.Read(content)
	if err != nil {
		return err
	}
	about, err := syntax.ReadAbout(f)
	if err != nil {
		return err
	}
	m.Version, m.Date, m.Licence = about.Version, about.Date, about.Licence
	return nil
}

func licenceTable() (map[string]string, error) {
	table, err := data.Models.ReadFile("models/licences.tsv")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for line := range strings.Lines(string(table)) {
		if name, licence, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			out[name] = licence
		}
	}
	return out, nil
}
