package attribute

import (
	"hearsay"
	"hearsay/internal/lexicon"
	"hearsay/internal/linear"
)

// candidate is a word or mark that may be a cue, with what the rules make of it.
type candidate struct {
	match lexicon.Match
	known bool // in the lexicon
	head  int  // its main token
	b     span // where its parts are looked for
	read  reading
	ok    bool // the rules found content
}

// anyVerb stands for a verb that the lexicon does not hold: whatever follows it may be content.
var anyVerb = &lexicon.Cue{POS: "VERB", Class: "", Kind: hearsay.Attitude, Frame: lexicon.Quote | lexicon.That | lexicon.Inf | lexicon.Whether | lexicon.SrcSubj}

// anyWord stands for a noun, an adjective or a preposition that training saw as a cue.
var anyWord = &lexicon.Cue{POS: "NOUN", Class: "", Kind: hearsay.Attitude, Frame: lexicon.Quote | lexicon.That | lexicon.Inf | lexicon.SrcGen}

// candidates lists what may be a cue: what the lexicon holds, verbs, and words of other kinds
// that the model knows as cues.
func (v *view) candidates(knows func(atom uint64) bool) []candidate {
	taken := v.assignQuotations()
	var out []candidate
	end := 0 // of the last phrase
	for i := range v.toks {
		if v.sentence[i] < 0 || i < end {
			continue
		}
		m := v.cues[i]
		known := m.Cue != nil
		if !known {
			if m = v.unlisted(i, knows); m.Cue == nil {
				continue
			}
		}
		end = m.Last
		c := candidate{match: m, known: known, head: i, b: v.bounds(i)}
		if !c.b.has(i) {
			c.b = span{i, i + 1}
		}
		c.read, c.ok = v.read(m, taken.of[i])
		out = append(out, c)
	}
	return out
}

// unlisted is the match of a word that the lexicon does not hold.
func (v *view) unlisted(i int, knows func(uint64) bool) lexicon.Match {
	if v.mark[i] != word {
		return lexicon.Match{}
	}
	switch v.toks[i].UPOS {
	case "VERB":
		return lexicon.Match{Cue: anyVerb, First: i, Last: i + 1}
	case "NOUN", "ADJ", "ADP", "ADV", "SCONJ":
		if knows != nil && knows(v.knownAtom(i)) {
			return lexicon.Match{Cue: anyWord, First: i, Last: i + 1}
		}
	}
	return lexicon.Match{}
}

// knownAtom is under what a model files a word as a cue.
func (v *view) knownAtom(i int) uint64 { return linear.Combine(v.atoms[i].lemma, v.atoms[i].upos) }

// features collects hashed features.
type features struct {
	list    []uint32
	lexical wordUse
}

// wordUse says how far words themselves count, beside what all languages share.
type wordUse uint8

const (
	noWords  wordUse = iota
	cueWords         // the cue's own lemma
	allWords
)

func (f *features) add(template int, atom uint64) {
	f.list = append(f.list, linear.Feature(template, atom))
}

func (f *features) add2(template int, a, b uint64) {
	f.list = append(f.list, linear.Feature2(template, a, b))
}

func (f *features) add3(template int, a, b, c uint64) {
	f.list = append(f.list, linear.Feature3(template, a, b, c))
}

func (f *features) word(template int, atom uint64) {
	if f.lexical == allWords {
		f.add(template, atom)
	}
}

func (f *features) word2(template int, a, b uint64) {
	if f.lexical == allWords {
		f.add2(template, a, b)
	}
}

func (f *features) word3(template int, a, b, c uint64) {
	if f.lexical == allWords {
		f.add3(template, a, b, c)
	}
}

// lemma adds a feature of the cue's own lemma.
func (f *features) lemma(template int, a, b uint64) {
	if f.lexical >= cueWords {
		f.add2(template, a, b)
	}
}

// bucket is a number on a rough scale.
func bucket(n int) uint64 {
	switch {
	case n < 0:
		return 100 + bucket(-n)
	case n < 5:
		return uint64(n)
	case n < 8:
		return 5
	case n < 12:
		return 6
	case n < 20:
		return 7
	case n < 40:
		return 8
	}
	return 9
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// class is the cue's class in the lexicon as an atom.
func (c *candidate) class() uint64 {
	if !c.known {
		return 0
	}
	for i, name := range lexicon.Classes {
		if name == c.match.Cue.Class {
			return uint64(i + 1)
		}
	}
	return 99
}

// The templates of features for the question whether a candidate is a cue. Shared ones hold no
// words.
const (
	cueBias = iota
	cueClass
	cueFrame
	cueRule
	cueRuleClass
	cueLength
	cueSource
	cueSourceRule
	cueSourceClass
	cueTag
	cueTagClass
	cueParent
	cueChild
	cueChildClass
	cueChildren
	cueChildrenClass
	cueQuoted
	cueNext
	cueNextClass
	cuePrevious
	cueLevel
	cueNegated
	cueForm
	cueFormClass
	cuePlace
	cueBlock
	cueAbove
	cueAboveClass
	cueMany
	cueMark
	cueRestless

	cueLemma
	cueLemmaRule
	cueLemmaChildren
	cueLemmaChild
	cueLemmaSource
	cueLemmaQuoted
	cueLemmaTag
	cueLemmaNext
	cueLemmaForm
	cueWord
	cueWordBefore
	cueWordAfter
	cueWordAfter2
	cueSubject
	cueSubjectLemma
	cueObject
	cueObjectLemma
	cueParentLemma
	cueChildLemma
	cueLemmaParent
)

// cueFeatures describes a candidate.
func (v *view) cueFeatures(c *candidate, f *features) {
	h := c.head
	x := &v.atoms[h]
	class, r := c.class(), uint64(c.read.rule)
	source := v.sourceType(c.read.source)
	quoted := v.quotedSides(c)
	children, subject, object := v.childrenOf(c, f)
	next, previous := v.neighbour(c.match.Last, c), v.neighbour(h-1, c)
	t := &v.toks[h]
	feats := linear.Hash(t.Feats)

	f.add(cueBias, 1)
	f.add2(cueClass, class, bit(c.match.Cue.Kind == hearsay.Speech))
	f.add(cueFrame, frameOf(c)|bit(c.known)<<20)
	f.add2(cueRule, r, bit(c.ok))
	f.add3(cueRuleClass, r, class, quoted)
	f.add2(cueLength, r, bucket(v.contentWords(&c.read)))
	f.add(cueSource, source)
	f.add2(cueSourceRule, source, r)
	f.add2(cueSourceClass, source, class)
	f.add2(cueTag, x.upos, x.rel)
	f.add3(cueTagClass, x.upos, x.rel, class)
	if p := t.Head; p >= 0 && p < len(v.toks) {
		f.add3(cueParent, v.atoms[p].upos, x.rel, x.upos)
		f.word2(cueParentLemma, v.atoms[p].lemma, x.rel)
		f.word3(cueLemmaParent, x.lemma, v.atoms[p].lemma, x.rel)
	}
	f.add(cueChildren, children)
	f.add2(cueChildrenClass, children, class)
	f.add3(cueQuoted, quoted, class, source)
	f.add2(cueNext, next, x.upos)
	f.add3(cueNextClass, next, class, r)
	f.add2(cuePrevious, previous, x.upos)
	f.add2(cueLevel, bit(v.quotation[h] >= 0), class)
	f.add2(cueNegated, bit(c.read.negated), class)
	f.add2(cueForm, feats, r)
	f.add2(cueFormClass, feats, class)
	f.add2(cuePlace, bucket(h-c.b.from), bucket(c.b.to-c.match.Last))
	f.add2(cueBlock, v.blockRole(h), class)
	above, path := v.cueAbove(h)
	f.add2(cueAbove, above, path)
	f.add3(cueAboveClass, above, class, path)

	f.lemma(cueLemma, x.lemma, x.upos)
	f.lemma(cueLemmaRule, x.lemma, r)
	f.word2(cueLemmaChildren, x.lemma, children)
	f.lemma(cueLemmaSource, x.lemma, source)
	f.lemma(cueLemmaQuoted, x.lemma, quoted)
	f.word2(cueLemmaTag, x.lemma, x.rel)
	f.word2(cueLemmaNext, x.lemma, next)
	f.word2(cueLemmaForm, x.lemma, feats)
	f.word(cueWord, x.form)
	f.word2(cueWordBefore, v.formAt(h-1), x.lemma)
	f.word2(cueWordAfter, v.formAt(c.match.Last), x.lemma)
	f.word(cueWordAfter2, v.formAt(c.match.Last))
	if subject >= 0 {
		f.word(cueSubject, v.atoms[subject].lemma)
		f.word2(cueSubjectLemma, v.atoms[subject].lemma, x.lemma)
	}
	if object >= 0 {
		f.word(cueObject, v.atoms[object].lemma)
		f.word2(cueObjectLemma, v.atoms[object].lemma, x.lemma)
	}
}

// roles are the grammatical jobs of token i as features see them.
func (v *view) roles(i int) uint64 { return uint64(v.role[i] &^ (lexicon.RoleOf | lexicon.RoleTime)) }

func (v *view) formAt(i int) uint64 {
	if i < 0 || i >= len(v.atoms) {
		return 1
	}
	return v.atoms[i].form
}

func (v *view) contentWords(r *reading) int {
	n := 0
	for _, p := range r.content {
		n += v.words(p.span)
	}
	return n
}

// childrenOf adds a feature for each child's relation and returns their set, the subject and the
// object.
func (v *view) childrenOf(c *candidate, f *features) (set uint64, subject, object int) {
	subject, object = -1, -1
	x := &v.atoms[c.head]
	class := c.class()
	for k := v.child[c.head]; k >= 0; k = v.sibling[k] {
		rel := v.toks[k].Rel
		side := bit(int(k) > c.head)
		f.add2(cueChild, v.atoms[k].rel, side)
		f.add3(cueChildClass, v.atoms[k].rel, side, class)
		f.word3(cueLemmaChild, x.lemma, v.atoms[k].rel, side)
		switch rel {
		case "nsubj", "nsubj:pass":
			subject = int(k)
			set |= 1
		case "obj":
			object = int(k)
			set |= 2
		case "ccomp":
			set |= 4
		case "xcomp":
			set |= 8
			f.word2(cueChildLemma, v.atoms[k].lemma, x.lemma)
		case "obl", "obl:arg":
			set |= 16
		case "parataxis":
			set |= 32
		case "advcl", "acl":
			set |= 64
		case "aux:pass":
			set |= 128
		case "iobj":
			set |= 256
		case "mark":
			set |= 512
			f.add2(cueMark, v.roles(int(k)), class)
			f.word(cueRestless, v.atoms[k].form)
		case "cop":
			set |= 1024
		case "expl":
			set |= 2048
		}
	}
	return set, subject, object
}

// The types of sources, as features see them.
const (
	noSource uint64 = iota
	pronounSource
	firstSource
	relativeSource
	nounSource
	nameSource
	mentionSource // and above: by type of mention
)

// sourceType says what a source is.
func (v *view) sourceType(s span) uint64 {
	if s.empty() {
		return noSource
	}
	best := nounSource
	for i := s.from; i < s.to; i++ {
		if v.mention[i] >= 0 {
			return mentionSource + typeNumber(v.a.Mentions[v.mention[i]].Type)
		}
		if v.toks[i].UPOS == "PROPN" {
			best = nameSource
		}
	}
	if s.to-s.from == 1 {
		switch role := v.role[s.from]; {
		case role.Has(lexicon.RoleFirst):
			return firstSource
		case role.Has(lexicon.RolePronoun):
			return pronounSource | uint64(role&lexicon.RoleNeut)<<8
		case role.Has(lexicon.RoleRelative):
			return relativeSource
		}
	}
	return best
}

func typeNumber(t hearsay.MentionType) uint64 {
	switch t {
	case hearsay.Person:
		return 1
	case hearsay.Organization:
		return 2
	case hearsay.Place:
		return 3
	case hearsay.Group:
		return 4
	}
	return 5
}

// quotedSides says on which sides of the cue its quotations stand.
func (v *view) quotedSides(c *candidate) uint64 {
	var sides uint64
	for _, q := range c.read.quotations {
		if v.quoted[q].to <= c.head {
			sides |= 1
		} else {
			sides |= 2
		}
	}
	return sides
}

// neighbour is what stands next to the cue, without its word.
func (v *view) neighbour(i int, c *candidate) uint64 {
	if i < c.b.from || i >= c.b.to {
		return 1000 + bit(i >= 0 && i < len(v.mark) && v.mark[i] == quoteMark)
	}
	if v.mark[i] != word {
		return 2000 + uint64(v.mark[i])
	}
	return v.roles(i)<<1 ^ v.atoms[i].upos
}

func (v *view) blockRole(i int) uint64 {
	b := v.a.Sentences[v.sentence[i]].Block
	if b < 0 || b >= len(v.a.Document.Blocks) {
		return 0
	}
	switch v.a.Document.Blocks[b].Role {
	case hearsay.RoleTitle, hearsay.RoleHeading:
		return 1
	case hearsay.RoleCaption:
		return 2
	}
	return 3
}

// cueAbove is the class of the nearest cue of the lexicon above token i in the tree, and the
// relation that leads down from it.
func (v *view) cueAbove(i int) (class, path uint64) {
	for steps := 0; steps < 6; steps++ {
		h := v.toks[i].Head
		if h < 0 || h >= len(v.toks) || v.sentence[h] != v.sentence[i] {
			return 0, 0
		}
		if c := v.cues[h].Cue; c != nil {
			return linear.Hash(c.Class), v.atoms[i].rel
		}
		i = h
	}
	return 1, 0
}

// frameOf is the frame of a candidate's cue as features know it.
func frameOf(c *candidate) uint64 { return uint64(c.match.Cue.Frame &^ lexicon.Cites) }
