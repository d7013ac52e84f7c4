package syntax

import (
	"hearsay"
	"hearsay/internal/linear"
)

// Parser finds heads and relations.
type Parser struct{}

// newParser reads the parser's sections ("parser.…") of a model file; nil without an error where the file has none.
func newParser(f *linear.File) (*Parser, error) { return nil, nil }

// Parse fills Head (an index into toks, -1 for the root) and Rel of one sentence, whose UPOS,
// Feats and Lemma are set.
func (p *Parser) Parse(toks []hearsay.Token) {}

// parserOptions are a recipe's options for the parser.
type parserOptions struct {
	Beam   int // 0: the default
	Epochs int // 0: the default
	Log    func(format string, args ...any)
}

// trainParser trains on sentences that have gold trees and predicted UPOS, Feats and Lemma, and
// returns the sections of the model file. dev may be empty; it is only reported on.
func trainParser(train, dev [][]hearsay.Token, o parserOptions) ([]linear.Section, error) {
	return nil, nil
}
