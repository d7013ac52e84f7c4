package syntax

import (
	"strings"

	"hearsay"
)

// Count is a tally of right, gold and system items.
type Count struct {
	Right, Gold, System int
}

// F1 is the harmonic mean of precision and recall, in per cent.
func (c Count) F1() float64 {
	if c.Gold+c.System == 0 {
		return 0
	}
	return 200 * float64(c.Right) / float64(c.Gold+c.System)
}

// Scores are the measures of the CoNLL 2018 shared task (Zeman et al. 2018).
type Scores struct {
	Tokens, Sentences, Words      Count
	UPOS, Feats, Lemmas, UAS, LAS Count
	CLAS, MLAS, BLEX              Count // of content words
	ProperNames                   Count // lemmas of words that are PROPN in gold
	Relations                     map[string]*Count
}

// Passage is a text with sentences, gold or system: words in order, each with its span; Heads
// count within the passage, -1 is a root.
type Passage struct {
	Text      string
	Tokens    []hearsay.Token
	Sentences []hearsay.Span
}

// universal is a relation without its subtype.
func universal(rel string) string {
	rel, _, _ = strings.Cut(rel, ":")
	return rel
}

// universalFeats are the features that the shared task counts.
var universalFeats = map[string]bool{
	"PronType": true, "NumType": true, "Poss": true, "Reflex": true, "Foreign": true, "Abbr": true,
	"Gender": true, "Animacy": true, "Number": true, "Case": true, "Definite": true, "Degree": true,
	"VerbForm": true, "Mood": true, "Tense": true, "Aspect": true, "Voice": true, "Evident": true,
	"Polarity": true, "Person": true, "Polite": true,
}

func comparable(feats string) string {
	if feats == "" {
		return ""
	}
	var kept []string
	for _, p := range strings.Split(feats, "|") {
		name, _, _ := strings.Cut(p, "=")
		if universalFeats[name] {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "|")
}

// Score compares a system's analysis with the gold one of the same text, as the shared task's
// script does: tokens and sentences by their span, words by span or, inside multiword tokens,
// by the longest common subsequence of their forms.
func Score(gold, system Passage) Scores {
	s := Scores{Relations: map[string]*Count{}}
	s.Sentences = spans(gold.Sentences, system.Sentences)
	s.Tokens = spans(surfaces(gold.Tokens), surfaces(system.Tokens))
	toSystem := alignWords(gold.Tokens, system.Tokens)
	total := Count{Gold: len(gold.Tokens), System: len(system.Tokens)}
	s.Words, s.UPOS, s.Feats, s.Lemmas, s.UAS, s.LAS = total, total, total, total, total, total
	s.content(gold.Tokens, system.Tokens, toSystem)
	for i, g := range gold.Tokens {
		s.relation(g.Rel).Gold++
		if g.UPOS == "PROPN" {
			s.ProperNames.Gold++
			s.ProperNames.System++
		}
		j := toSystem[i]
		if j < 0 {
			continue
		}
		s.word(g, system.Tokens[j], toSystem)
	}
	for _, t := range system.Tokens {
		s.relation(t.Rel).System++
	}
	return s
}

func (s *Scores) relation(rel string) *Count {
	rel = universal(rel)
	c := s.Relations[rel]
	if c == nil {
		c = &Count{}
		s.Relations[rel] = c
	}
	return c
}

// word counts what is right of an aligned pair.
func (s *Scores) word(g, t hearsay.Token, toSystem []int) {
	s.Words.Right++
	add(&s.UPOS, g.UPOS == t.UPOS)
	add(&s.Feats, comparable(g.Feats) == comparable(t.Feats))
	lemma := g.Lemma == "" || g.Lemma == t.Lemma
	add(&s.Lemmas, lemma)
	if g.UPOS == "PROPN" {
		add(&s.ProperNames, lemma)
	}
	attached := sameHead(g, t, toSystem)
	add(&s.UAS, attached)
	add(&s.LAS, attached && universal(g.Rel) == universal(t.Rel))
	if attached && universal(g.Rel) == universal(t.Rel) {
		s.relation(g.Rel).Right++
	}
}

// functional are the relations of function words; content words are all others but punctuation.
var functional = map[string]bool{"aux": true, "cop": true, "mark": true, "det": true, "clf": true, "case": true, "cc": true}

func isContent(rel string) bool {
	rel = universal(rel)
	return !functional[rel] && rel != "punct"
}

// content counts CLAS, MLAS and BLEX: attachment of content words, with tags, features and those of
// their function words, or with lemmas.
func (s *Scores) content(gold, system []hearsay.Token, toSystem []int) {
	total := Count{}
	for _, g := range gold {
		if isContent(g.Rel) {
			total.Gold++
		}
	}
	for _, t := range system {
		if isContent(t.Rel) {
			total.System++
		}
	}
	s.CLAS, s.MLAS, s.BLEX = total, total, total
	goldHelpers, systemHelpers := helpersOf(gold), helpersOf(system)
	for i, g := range gold {
		j := toSystem[i]
		if j < 0 || !isContent(g.Rel) {
			continue
		}
		t := system[j]
		if universal(g.Rel) != universal(t.Rel) || !sameHead(g, t, toSystem) {
			continue
		}
		s.CLAS.Right++
		add(&s.BLEX, g.Lemma == "" || g.Lemma == t.Lemma)
		add(&s.MLAS, g.UPOS == t.UPOS && comparable(g.Feats) == comparable(t.Feats) &&
			sameHelpers(gold, system, goldHelpers[i], systemHelpers[j], toSystem))
	}
}

func sameHead(g, t hearsay.Token, toSystem []int) bool {
	if g.Head < 0 || t.Head < 0 {
		return g.Head < 0 && t.Head < 0
	}
	return toSystem[g.Head] == t.Head
}

// helpersOf lists the function words of every word.
func helpersOf(toks []hearsay.Token) [][]int {
	out := make([][]int, len(toks))
	for i, t := range toks {
		if t.Head >= 0 && functional[universal(t.Rel)] {
			out[t.Head] = append(out[t.Head], i)
		}
	}
	return out
}

func sameHelpers(gold, system []hearsay.Token, g, t, toSystem []int) bool {
	if len(g) != len(t) {
		return false
	}
	for k, i := range g {
		j := toSystem[i]
		if j != t[k] || universal(gold[i].Rel) != universal(system[j].Rel) || gold[i].UPOS != system[j].UPOS ||
			comparable(gold[i].Feats) != comparable(system[j].Feats) {
			return false
		}
	}
	return true
}

func add(c *Count, right bool) {
	if right {
		c.Right++
	}
}

// spans counts equal spans of two sorted lists.
func spans(gold, system []hearsay.Span) Count {
	c := Count{Gold: len(gold), System: len(system)}
	for i, j := 0, 0; i < len(gold) && j < len(system); {
		switch g, t := gold[i], system[j]; {
		case g == t:
			c.Right++
			i++
			j++
		case g.Start < t.Start, g.Start == t.Start && g.End < t.End:
			i++
		default:
			j++
		}
	}
	return c
}

// surfaces are the spans of tokens, those of multiword tokens once.
func surfaces(toks []hearsay.Token) []hearsay.Span {
	var out []hearsay.Span
	for _, t := range toks {
		if t.Part <= 1 {
			out = append(out, t.Span)
		}
	}
	return out
}

// alignWords maps each gold word to a system word or -1.
func alignWords(gold, system []hearsay.Token) []int {
	to := make([]int, len(gold))
	for i := range to {
		to[i] = -1
	}
	for i, j := 0, 0; i < len(gold) && j < len(system); {
		g, t := gold[i], system[j]
		if g.Part == 0 && t.Part == 0 {
			switch {
			case g.Span == t.Span:
				to[i] = j
				i++
				j++
			case g.Start < t.Start, g.Start == t.Start && g.End < t.End:
				i++
			default:
				j++
			}
			continue
		}
		i2, j2 := multiwordRange(gold, system, i, j)
		if i2 == i && j2 == j { // no overlap
			if g.Start <= t.Start {
				i++
			} else {
				j++
			}
			continue
		}
		alignForms(gold[i:i2], system[j:j2], to[i:i2], j)
		i, j = i2, j2
	}
	return to
}

// multiwordRange extends from two words, of which one is in a multiword token, to the end of
// the stretch that overlapping multiword tokens span.
func multiwordRange(gold, system []hearsay.Token, i, j int) (int, int) {
	var end int
	switch {
	case gold[i].Part > 0 && gold[i].Start <= system[j].Start:
		end = gold[i].End
	case system[j].Part > 0 && system[j].Start <= gold[i].Start:
		end = system[j].End
	default:
		return i, j
	}
	for {
		switch {
		case i < len(gold) && gold[i].Start < end:
			if gold[i].Part > 0 {
				end = max(end, gold[i].End)
			}
			i++
		case j < len(system) && system[j].Start < end:
			if system[j].Part > 0 {
				end = max(end, system[j].End)
			}
			j++
		default:
			return i, j
		}
	}
}

// alignForms aligns words by the longest common subsequence of their lower-case forms.
func alignForms(gold, system []hearsay.Token, to []int, offset int) {
	table := make([][]int, len(gold)+1)
	for i := range table {
		table[i] = make([]int, len(system)+1)
	}
	for i := len(gold) - 1; i >= 0; i-- {
		for j := len(system) - 1; j >= 0; j-- {
			if strings.EqualFold(gold[i].Form, system[j].Form) {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(gold) && j < len(system); {
		switch {
		case strings.EqualFold(gold[i].Form, system[j].Form):
			to[i] = j + offset
			i++
			j++
		case table[i+1][j] >= table[i][j+1]:
			i++
		default:
			j++
		}
	}
}

// GoldPassage joins trees into a text: sentences by a space, paragraphs by an empty line. The
// second value are the paragraphs.
func GoldPassage(trees []Tree) (Passage, []hearsay.Span) {
	var p Passage
	var text strings.Builder
	var paragraphs []hearsay.Span
	start := 0
	for i, t := range trees {
		if i > 0 {
			switch {
			case t.NewPar:
				paragraphs = append(paragraphs, hearsay.Span{Start: start, End: text.Len()})
				text.WriteString("\n\n")
				start = text.Len()
			case !trees[i-1].NoSpace:
				text.WriteByte(' ')
			}
		}
		offset, first := text.Len(), len(p.Tokens)
		text.WriteString(t.Text)
		for _, tok := range t.Tokens {
			tok.Start += offset
			tok.End += offset
			if tok.Head >= 0 {
				tok.Head += first
			}
			p.Tokens = append(p.Tokens, tok)
		}
		p.Sentences = append(p.Sentences, hearsay.Span{Start: p.Tokens[first].Start, End: p.Tokens[len(p.Tokens)-1].End})
	}
	if text.Len() > start {
		paragraphs = append(paragraphs, hearsay.Span{Start: start, End: text.Len()})
	}
	p.Text = text.String()
	return p, paragraphs
}
