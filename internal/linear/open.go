package linear

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"
)

// Opener reads models of languages out of a folder that has a folder for each language (ISO 639-1),
// every one when its language is first met, and keeps them. It is safe for use by several goroutines.
type Opener[M any] struct {
	Files fs.ReadFileFS
	Dir   string
	Name  string // of the file in the language's folder
	Load  func(*File) (*M, error)

	mu   sync.Mutex
	kept map[string]*M
}

// Open returns the model of a language, or nil where there is none; a file that cannot be read or is
// damaged is an error.
func (o *Opener[M]) Open(lang string) (*M, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if m, ok := o.kept[lang]; ok {
		return m, nil
	}
	m, err := o.read(lang)
	if err != nil {
		return nil, fmt.Errorf("model of %s: %w", lang, err)
	}
	if o.kept == nil {
		o.kept = map[string]*M{}
	}
	o.kept[lang] = m
	return m, nil
}

func (o *Opener[M]) read(lang string) (*M, error) {
	content, err := o.Files.ReadFile(o.Dir + "/" + lang + "/" + o.Name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := Read(content)
	if err != nil {
		return nil, err
	}
	return o.Load(f)
}
