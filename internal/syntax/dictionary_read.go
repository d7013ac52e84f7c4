package syntax

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"iter"
	"path"
	"slices"
)

// dictionaryFormats are the packages that ReadDictionary knows, each by a file that it alone has.
var dictionaryFormats = []struct {
	has       string
	read      func(files map[string][]byte) (iter.Seq[Lexeme], error)
	compounds bool
}{
	{"words.dawg", readOpenCorpora, false},
	{"words.json", readGermanNouns, true},
	{"adjectives.json", readGermanAdjectives, true},
	{"verbs.json", readGermanVerbs, true},
}

// ReadDictionary reads a dictionary from its package, a tar archive, gzipped or not.
func ReadDictionary(archive []byte) (Dictionary, error) {
	files, err := untar(archive)
	if err != nil {
		return Dictionary{}, err
	}
	for _, f := range dictionaryFormats {
		if files[f.has] != nil {
			lexemes, err := f.read(files)
			return Dictionary{Lexemes: lexemes, Compounds: f.compounds}, err
		}
	}
	if slices.ContainsFunc(sorted(files), func(name string) bool { return path.Ext(name) == ".aff" }) {
		lexemes, err := readHunspell(files)
		return Dictionary{Lexemes: lexemes, Flags: true}, err
	}
	return Dictionary{}, errors.New("no dictionary of a known format")
}

// untar returns the files of an archive by the last part of their names.
func untar(archive []byte) (map[string][]byte, error) {
	var plain io.Reader = bytes.NewReader(archive)
	if unzipped, err := gzip.NewReader(bytes.NewReader(archive)); err == nil {
		plain = unzipped
	}
	files := map[string][]byte{}
	for in := tar.NewReader(plain); ; {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if files[path.Base(header.Name)], err = io.ReadAll(in); err != nil {
			return nil, err
		}
	}
}
