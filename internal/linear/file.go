package linear

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// File is a model file: named sections in order. On disk: the magic "HEARSAY\x01", the
// format's version (one byte), the SHA-256 of the rest (32 bytes), and the sections: name,
// length before and after compression, bytes compressed with Zstandard. Sections are
// decompressed when they are asked for, so that opening a file for one of them is cheap.
type File struct {
	Sections []Section
}

// Section is a named part of a model file.
type Section struct {
	Name   string
	Data   []byte
	packed []byte // as read, not yet decompressed
	size   int
}

const (
	fileMagic   = "HEARSAY\x01"
	fileVersion = 1
	fileHeader  = len(fileMagic) + 1 + sha256.Size
	fileLimit   = 1 << 28 // of a section, against a damaged length
)

// Section returns a section's bytes, or nil where there is none or it is damaged.
func (f *File) Section(name string) []byte {
	for _, s := range f.Sections {
		if s.Name == name {
			data, _ := s.unpack()
			return data
		}
	}
	return nil
}

func (s *Section) unpack() ([]byte, error) {
	if s.packed == nil {
		return s.Data, nil
	}
	dec, err := decoder()
	if err != nil {
		return nil, err
	}
	return dec.DecodeAll(s.packed, make([]byte, 0, s.size))
}

// Set adds or replaces a section.
func (f *File) Set(name string, data []byte) {
	for i := range f.Sections {
		if f.Sections[i].Name == name {
			f.Sections[i] = Section{Name: name, Data: data}
			return
		}
	}
	f.Sections = append(f.Sections, Section{Name: name, Data: data})
}

// Table decodes the section of that name.
func (f *File) Table(name string) (*Table, error) {
	s := f.Section(name)
	if s == nil {
		return nil, fmt.Errorf("linear: no section %q", name)
	}
	t, err := DecodeTable(s)
	if err != nil {
		return nil, fmt.Errorf("section %q: %w", name, err)
	}
	return t, nil
}

// Write writes a model file. The same sections give the same bytes.
func Write(w io.Writer, f *File) error {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	var body []byte
	for _, s := range f.Sections {
		data, err := s.unpack()
		if err != nil {
			return err
		}
		packed := enc.EncodeAll(data, nil)
		body = AppendString(body, s.Name)
		body = binary.AppendUvarint(body, uint64(len(data)))
		body = binary.AppendUvarint(body, uint64(len(packed)))
		body = append(body, packed...)
	}
	sum := sha256.Sum256(body)
	out := append([]byte(fileMagic), fileVersion)
	out = append(out, sum[:]...)
	out = append(out, body...)
	_, err = w.Write(out)
	return err
}

var decoder = sync.OnceValues(func() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(fileLimit))
})

// Read reads a model file and checks its sum.
func Read(data []byte) (*File, error) {
	if len(data) < fileHeader || string(data[:len(fileMagic)]) != fileMagic {
		return nil, errors.New("linear: not a model file")
	}
	if v := data[len(fileMagic)]; v != fileVersion {
		return nil, fmt.Errorf("linear: model file of version %d, this program reads %d", v, fileVersion)
	}
	sum := data[len(fileMagic)+1:][:sha256.Size]
	body := data[fileHeader:]
	if got := sha256.Sum256(body); !bytes.Equal(got[:], sum) {
		return nil, errors.New("linear: damaged model file: its checksum differs")
	}
	return sections(body)
}

func sections(body []byte) (*File, error) {
	f := &File{}
	r := reader{data: body}
	for len(r.data) > 0 {
		s := Section{Name: r.string(), size: int(r.uvarint())}
		s.packed = r.stream()
		if r.failed || s.size < 0 || s.size > fileLimit {
			return nil, errors.New("linear: damaged model file: sections")
		}
		f.Sections = append(f.Sections, s)
	}
	return f, nil
}

// Sum is the SHA-256 of a model file's bytes, in hex.
func Sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
