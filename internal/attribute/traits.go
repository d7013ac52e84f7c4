package attribute

import (
	"slices"
	"strings"
	"unicode"

	"hearsay"
	"hearsay/internal/lexicon"
)

// trait is a group of features of which a candidate has exactly one.
type trait uint8

const (
	traitFit     trait = iota // type, gender known or not, named or not
	traitAgree                // gender
	traitNear                 // sentences back to the last mention, and its part in that sentence
	traitBlock                // paragraphs back
	traitCount                // mentions before
	traitRank                 // among the fitting by number of mentions in the document
	traitMain                 // mentioned twice as often as any other that fits, the only one that fits
	traitRecent               // among the fitting by place of the last mention
	traitSubject              // the last of the fitting that was a subject
	traitLast                 // sentences since he spoke, if he was the last to speak
	traitChain                // he was the last to speak, and the same pronoun stood for him
	traitSecond               // he spoke last but one
	traitHolder               // the statement stands in what he says
	traitQuoted               // his last mention stands in a quotation, the expression too
	traitLead                 // he is named in the first sentence, the second
	traitSpeaks               // how often the document gives his name as a source
	traitFirst                // his last mention opens its sentence
	traitBeside               // his name stands beside the expression
	traitRole                 // what the document says that he is, and the description's noun
	traitJoined               // the mentions made the description one of his
	traitNone                 // of "none of these" and a description: its type and number of words
	traitAlone                // of "none of these": how many fit
	traitPhrase               // of "none of these" and a description: what it is made of
	traitVerb                 // of "none of these" and a subject left out: the verb's relation
	traits
)

// traitSizes are the numbers of features in each group.
var traitSizes = [traits]int{
	traitFit: 20, traitAgree: 3, traitNear: 7 * int(parts), traitBlock: 4, traitCount: 4, traitRank: 4, traitMain: 3, traitRecent: 4, traitSubject: 2,
	traitLast: 6, traitChain: 2, traitSecond: 2, traitHolder: 2, traitQuoted: 4, traitLead: 3, traitSpeaks: 4, traitFirst: 2,
	traitBeside: int(besides), traitRole: int(likenesses), traitJoined: 2, traitNone: 20, traitAlone: 4, traitPhrase: int(phrases), traitVerb: 2 * int(clauses),
}

// traitStarts are where the groups begin, and how many features there are.
var traitStarts, traitTotal = func() (starts [traits]int, total int) {
	for t, n := range traitSizes {
		starts[t] = total
		total += n
	}
	return starts, total
}()

// part is what a mention is in its sentence.
type part uint8

const (
	partSubject part = iota
	partObject
	partOblique
	partModifier
	partApposition
	partOther
	parts
)

func partOf(rel string) part {
	rel, _, _ = strings.Cut(rel, ":")
	switch rel {
	case "nsubj", "csubj":
		return partSubject
	case "obj", "iobj":
		return partObject
	case "obl":
		return partOblique
	case "nmod":
		return partModifier
	case "appos", "flat":
		return partApposition
	}
	return partOther
}

// field is what candidates are compared with: the others that fit.
type field struct {
	order  int   // of the candidate by mentions
	main   bool  // the first is mentioned twice as often as the second
	only   bool  // one fits
	recent []int // places of last mentions, the last first
	// subject is where the last mention of a fitting one stands that is a subject.
	subject int
}

func (r *speakerResolver) field(fitting []seen) field {
	f := field{only: len(fitting) == 1, subject: -1}
	f.main = len(fitting) > 1 && fitting[0].total >= 2*fitting[1].total
	for i := range fitting {
		at := fitting[i].mention.Start
		f.recent = append(f.recent, at)
		if r.partAt(fitting[i].mention) == partSubject {
			f.subject = max(f.subject, at)
		}
	}
	slices.Sort(f.recent)
	slices.Reverse(f.recent)
	return f
}

// choice describes a candidate.
func (r *speakerResolver) choice(s *seen, f *field, w want, quoted bool) choice {
	e := &r.a.Entities[s.entity]
	c := choice{entity: s.entity}
	k, at := w.kind, w.span.Start
	gender := r.genderOf(s.entity)
	c.add(k, traitFit, typeIndex(e.Type)*4+indicator(gender != "")*2+indicator(e.Named))
	c.add(k, traitAgree, agreement(w.gender, gender))
	c.add(k, traitNear, distance(s.back)*int(parts)+int(r.partAt(s.mention)))
	c.add(k, traitBlock, r.blockAt(at)-r.blockAt(s.mention.Start))
	c.add(k, traitCount, counted(s.count)-1)
	c.add(k, traitRank, f.order)
	c.add(k, traitMain, indicator(f.main && f.order == 0)+2*indicator(f.only))
	c.add(k, traitRecent, slices.Index(f.recent, s.mention.Start))
	c.add(k, traitSubject, indicator(s.mention.Start == f.subject))
	c.add(k, traitLast, r.sinceLast(s.entity, at))
	c.add(k, traitChain, indicator(s.entity == r.speakerOf(r.last) && r.sameExpression(w)))
	c.add(k, traitSecond, indicator(s.entity == r.speakerOf(r.previous)))
	c.add(k, traitHolder, indicator(s.entity == r.speakerOf(w.statement.Holder)))
	c.add(k, traitQuoted, indicator(r.inQuotation(s.mention.Start) >= 0)*2+indicator(quoted))
	c.add(k, traitLead, r.sentenceAt(r.a.Mentions[e.Mentions[0]].Start))
	c.add(k, traitSpeaks, counted(r.speaks[s.entity]))
	c.add(k, traitFirst, indicator(s.mention.Start <= r.sentenceStart(s.mention.Start)))
	c.add(k, traitBeside, int(s.beside))
	if k == anaphorDescription {
		c.add(k, traitRole, int(r.likeness(s.entity, w)))
		c.add(k, traitJoined, indicator(s.entity == w.entity))
	}
	return c
}

// none describes the choice of nobody.
func (r *speakerResolver) none(w want, fitting []seen) choice {
	c := choice{entity: -1}
	c.add(w.kind, traitAlone, len(fitting))
	switch w.kind {
	case anaphorDescription:
		c.add(w.kind, traitNone, typeIndex(w.sort)*4+min(len(strings.Fields(w.span.In(r.text))), 4)-1)
		c.add(w.kind, traitPhrase, int(r.phraseOf(w)))
	case anaphorLeftOut:
		c.add(w.kind, traitVerb, int(r.clauseOf(w.head))*2+indicator(r.reflexive(w.head)))
	}
	return c
}

// indicator is 1 for what is true.
func indicator(b bool) int { return int(bit(b)) }

// typeIndex numbers the types of entities from 0.
func typeIndex(t hearsay.MentionType) int { return int(typeNumber(t)) - 1 }

// agreement is 0 where one gender is not known, 1 where they are the same, 2 where not.
func agreement(a, b string) int {
	switch {
	case a == "" || b == "":
		return 0
	case a == b:
		return 1
	}
	return 2
}

// distance puts a number of sentences into one of seven steps.
func distance(n int) int {
	switch {
	case n <= 3:
		return max(n, 0)
	case n <= 5:
		return 4
	case n <= farthest:
		return 5
	}
	return 6
}

// counted puts a number into one of four steps: 0, 1, 2 and more, 5 and more.
func counted(n int) int {
	switch {
	case n >= 5:
		return 3
	case n >= 2:
		return 2
	}
	return n
}

func (r *speakerResolver) partAt(m *hearsay.Mention) part {
	if t := r.headOf(m.Head); t >= 0 {
		return partOf(r.a.Tokens[t].Rel)
	}
	return partOther
}

func (r *speakerResolver) blockAt(at int) int { return blockAt(r.a.Document.Blocks, at) }

func (r *speakerResolver) sentenceStart(at int) int { return r.a.Sentences[r.sentenceAt(at)].Start }

// sinceLast is how far back the last statement lies if an entity made it: 0 for the same sentence,
// 1 for the one before, then further, 5 if it did not.
func (r *speakerResolver) sinceLast(e, at int) int {
	if e != r.speakerOf(r.last) {
		return 5
	}
	back := r.sentenceAt(at) - r.sentenceAt(begin(&r.a.Statements[r.last]))
	switch {
	case back <= 1:
		return max(0, back)
	case back <= 3:
		return 2
	case back <= 6:
		return 3
	}
	return 4
}

// sameExpression reports whether the last statement had the same pronoun for a source.
func (r *speakerResolver) sameExpression(w want) bool {
	last := &r.a.Statements[r.last]
	if w.kind == anaphorLeftOut {
		return len(last.Source) == 0
	}
	return len(last.Source) > 0 && lexicon.Fold(last.Source[0].In(r.text)) == lexicon.Fold(w.span.In(r.text))
}

// beside says how a name stands to an expression in the same clause.
type beside uint8

const (
	apart       beside = iota
	justBefore         // "Anna Berg, the mayor"
	touching           // "Anna Berg the mayor"
	justBehind         // "the mayor, Anna Berg"
	goingOn            // "the mayor Anna Berg"
	betweenVerb        // between a source and its cue
	behindCue          // behind a cue without a source, nothing between but words
	besides
)

// besideBytes is how far behind an expression a name beside it may begin.
const besideBytes = 150

// besideOf tells how a mention stands to an expression.
func (r *speakerResolver) besideOf(m *hearsay.Mention, w want) beside {
	switch {
	case m.End <= w.span.Start:
		switch between := r.text[m.End:w.span.Start]; {
		case strings.TrimSpace(between) == "":
			return touching
		case w.kind == anaphorDescription && isComma(between):
			return justBefore
		}
	case m.Start >= w.span.End:
		between := r.text[w.span.End:m.Start]
		switch {
		case w.kind == anaphorLeftOut && onlyWords(between):
			return behindCue
		case w.kind != anaphorDescription:
		case strings.TrimSpace(between) == "":
			return goingOn
		case isComma(between):
			return justBehind
		case len(w.statement.Cue) > 0 && m.End <= w.statement.Cue[0].Start && onlyWords(between):
			return betweenVerb
		}
	}
	return apart
}

// isComma reports whether nothing but a comma stands between two expressions.
func isComma(between string) bool {
	s := strings.TrimSpace(between)
	return s == ","
}

// onlyWords reports whether a stretch has no mark in it that ends a clause or a quotation.
func onlyWords(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool {
		return c != '-' && c != '\'' && c != '’' && !unicode.IsLetter(c) && !unicode.IsSpace(c) && !unicode.IsDigit(c)
	})
}

// phrase is what a description is made of, where that bears on whether it needs a name.
type phrase uint8

const (
	phrasePlain  phrase = iota
	phraseAged          // "the 31-year-old"
	phraseOwned         // "his daughter", "the company's lawyer"
	phraseThis          // "this man"
	phraseCommon        // the noun is one for somebody named before
	phraseRole          // the mentions know the role
	phraseQuoted
	phrases
)

// phraseOf is the first of the kinds that a description is.
func (r *speakerResolver) phraseOf(w want) phrase {
	text := w.span.In(r.text)
	switch {
	case strings.ContainsFunc(text, unicode.IsDigit):
		return phraseAged
	case r.owned(w):
		return phraseOwned
	case r.inQuotation(w.span.Start) >= 0:
		return phraseQuoted
	case r.demonstrative(w):
		return phraseThis
	case w.common:
		return phraseCommon
	case w.entity >= 0:
		return phraseRole
	}
	return phrasePlain
}

// owned reports whether a description says whose: by a possessive, or by a noun that depends on its
// own.
func (r *speakerResolver) owned(w want) bool {
	found := false
	r.eachToken(w.span, func(i int) {
		t := &r.a.Tokens[i]
		found = found || strings.Contains(t.Feats, "Poss=Yes") || t.Head == w.head && (strings.HasPrefix(t.Rel, "nmod") || t.Rel == "obl")
	})
	return found
}

func (r *speakerResolver) demonstrative(w want) bool {
	found := false
	r.eachToken(w.span, func(i int) { found = found || strings.Contains(r.a.Tokens[i].Feats, "PronType=Dem") })
	return found
}

// clause is what the verb of a cue is in its sentence.
type clause uint8

const (
	clauseMain clause = iota
	clauseJoined
	clauseAside
	clauseAdverbial
	clauseNoun
	clauseOther
	clauses
)

// clauseOf tells main clauses from others by the verb's relation.
func (r *speakerResolver) clauseOf(cue int) clause {
	if cue < 0 {
		return clauseOther
	}
	rel, _, _ := strings.Cut(r.a.Tokens[cue].Rel, ":")
	switch rel {
	case "root":
		return clauseMain
	case "conj":
		return clauseJoined
	case "parataxis":
		return clauseAside
	case "advcl":
		return clauseAdverbial
	case "acl":
		return clauseNoun
	}
	return clauseOther
}

// reflexive reports whether "se", «się» or the like hangs on a verb.
func (r *speakerResolver) reflexive(cue int) bool {
	for i := max(0, cue-3); i <= cue+3 && i < len(r.a.Tokens); i++ {
		if t := &r.a.Tokens[i]; t.Head == cue && strings.HasPrefix(t.Rel, "expl") {
			return true
		}
	}
	return false
}
