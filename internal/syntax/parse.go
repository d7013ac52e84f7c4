package syntax

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"hearsay"
	"hearsay/internal/linear"
)

// Parser finds heads and relations: a transition-based parser with a beam (Zhang & Nivre 2011)
// over the arc-hybrid system, in time linear in the length of the sentence. It is safe for
// concurrent use.
type Parser struct {
	rels     []string
	actions  *linear.Table
	labels   *linear.Table
	relScale int64 // of the labels' scores in the unit of the actions', 16 fractional bits
	beam     int
	margin   int64 // of the beam, in the unit of the actions' scores
	searches sync.Pool
}

const maxRels = 250

const (
	sectionParser  = "parser.about"
	sectionActions = "parser.actions"
	sectionLabels  = "parser.labels"
	sectionMargin  = "parser.margin" // may be missing
)

// newParser reads the parser's sections ("parser.…") of a model file; nil without an error where
// the file has none.
func newParser(f *linear.File) (*Parser, error) {
	about := f.Section(sectionParser)
	if about == nil {
		return nil, nil
	}
	d := linear.NewDecoder(about)
	p := &Parser{beam: d.Int(), rels: d.Strings()}
	if d.Failed() || p.beam < 1 || p.beam > 1024 || len(p.rels) < 2 || len(p.rels) > maxRels || !slices.Contains(p.rels, "root") {
		return nil, errors.New("syntax: damaged model file: " + sectionParser)
	}
	if margin := f.Section(sectionMargin); margin != nil {
		p.margin = int64(linear.NewDecoder(margin).Uint() & math.MaxInt32)
	}
	var err error
	if p.actions, err = f.Table(sectionActions); err != nil {
		return nil, err
	}
	if p.labels, err = f.Table(sectionLabels); err != nil {
		return nil, err
	}
	if p.actions.Classes() != transitions || p.labels.Classes() != len(p.rels) {
		return nil, fmt.Errorf("syntax: parser with %d transitions and %d relations for %d names", p.actions.Classes(), p.labels.Classes(), len(p.rels))
	}
	if unit := p.actions.Unit(); unit > 0 {
		p.relScale = int64(p.labels.Unit() / unit * (1 << 16))
	}
	p.searches.New = func() any {
		s := newSearch(p, p.rels, p.beam)
		s.margin = p.margin
		return s
	}
	return p, nil
}

func (p *Parser) addActions(features []uint32, ends []int, scores []int32) {
	p.actions.AddEach(features, ends, scores)
}

func (p *Parser) addRels(features []uint32, scores []int32) {
	p.labels.Add(features, scores)
	for r, x := range scores {
		scores[r] = int32(int64(x) * p.relScale >> 16)
	}
}

// Parse fills Head (an index into toks, -1 for the root) and Rel of one sentence, whose UPOS,
// Feats and Lemma are set. The result is always a tree with one root.
func (p *Parser) Parse(toks []hearsay.Token) {
	if len(toks) == 0 {
		return
	}
	s := p.searches.Get().(*search)
	defer p.searches.Put(s)
	s.begin(toks)
	s.arcs(s.run(nil), func(dep, head int32, rel uint8) {
		t := &toks[dep]
		t.Rel = p.rels[rel]
		t.Head = int(head)
		if head == s.root() {
			t.Head = -1
		}
	})
}
