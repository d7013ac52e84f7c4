package store

import (
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"hearsay"
)

var (
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30))
)

// pack is what the store keeps of an analysis: everything but the tokens, which can be made anew.
func pack(a *hearsay.Analysis) ([]byte, error) {
	slim := *a
	slim.Tokens = nil
	body, err := json.Marshal(&slim)
	if err != nil {
		return nil, err
	}
	return encoder.EncodeAll(body, nil), nil
}

func unpack(blob []byte) (*hearsay.Analysis, error) {
	body, err := decoder.DecodeAll(blob, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack a document: %w", err)
	}
	a := new(hearsay.Analysis)
	if err := json.Unmarshal(body, a); err != nil {
		return nil, fmt.Errorf("unpack a document: %w", err)
	}
	return a, nil
}
