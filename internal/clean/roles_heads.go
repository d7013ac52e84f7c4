package clean

import (
	"math"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what is worked out about a pattern's beginning.
const (
	longestHead = 8 // characters
	mostHeads   = 400
)

// head is a string that a match can begin with; it can be made longer while it is open.
type head struct {
	s    string
	open bool
}

// heads gives what a match of an expression can begin with, in lower case, or nil where it can
// begin with anything.
func heads(re *syntax.Regexp) []string {
	var out []string
	for _, h := range headsOf(re) {
		if h.s == "" {
			return nil
		}
		out = append(out, h.s)
	}
	return out
}

// inner gives strings of which every match of a chain holds at least one, in lower case, or nil:
// what the chain can go on with after one of its links, the choice with the longest strings.
func inner(re *syntax.Regexp) []string {
	if re.Op != syntax.OpConcat {
		return nil
	}
	var best []string
	longest := 2
	for i := range re.Sub {
		rest := &syntax.Regexp{Op: syntax.OpConcat, Sub: re.Sub[i:]}
		if list := heads(rest); list != nil && shortest(list) > longest {
			best, longest = list, shortest(list)
		}
	}
	return best
}

func shortest(list []string) int {
	n := longestHead
	for _, s := range list {
		n = min(n, utf8.RuneCountInString(s))
	}
	return n
}

func headsOf(re *syntax.Regexp) []head {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []head{{"", true}}
	case syntax.OpLiteral:
		return extend([]head{{"", true}}, []head{{strings.ToLower(string(re.Rune)), true}})
	case syntax.OpCharClass:
		return classHeads(re.Rune)
	case syntax.OpCapture:
		return headsOf(re.Sub[0])
	case syntax.OpQuest:
		return append([]head{{"", true}}, headsOf(re.Sub[0])...)
	case syntax.OpPlus:
		return closed(headsOf(re.Sub[0]))
	case syntax.OpRepeat:
		if re.Min > 0 {
			return closed(headsOf(re.Sub[0]))
		}
	case syntax.OpConcat:
		out := []head{{"", true}}
		for _, sub := range re.Sub {
			out = extend(out, headsOf(sub))
		}
		return out
	case syntax.OpAlternate:
		var out []head
		for _, sub := range re.Sub {
			out = append(out, headsOf(sub)...)
		}
		return out
	}
	return []head{{"", false}}
}

// extend puts every tail behind every open head.
func extend(list, tails []head) []head {
	if len(list)*len(tails) > mostHeads {
		return closed(list)
	}
	var out []head
	for _, h := range list {
		if !h.open {
			out = append(out, h)
			continue
		}
		for _, t := range tails {
			s := []rune(h.s + t.s)
			if len(s) >= longestHead {
				out = append(out, head{string(s[:longestHead]), false})
				continue
			}
			out = append(out, head{string(s), t.open})
		}
	}
	return out
}

func closed(list []head) []head {
	for i := range list {
		list[i].open = false
	}
	return list
}

// classHeads gives the characters of a small class.
func classHeads(ranges []rune) []head {
	var out []head
	for i := 0; i+1 < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if len(out) > 24 {
				return []head{{"", false}}
			}
			out = append(out, head{string(unicode.ToLower(r)), true})
		}
	}
	return out
}

// widest gives the number of characters of the longest match, a large number where there is none.
func widest(re *syntax.Regexp) int {
	const endless = math.MaxInt32
	times := func(n, k int) int {
		if n == 0 || k == 0 {
			return 0
		}
		if n >= endless/k {
			return endless
		}
		return n * k
	}
	switch re.Op {
	case syntax.OpLiteral:
		return len(re.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1
	case syntax.OpCapture, syntax.OpQuest:
		return widest(re.Sub[0])
	case syntax.OpStar, syntax.OpPlus:
		return endless
	case syntax.OpRepeat:
		if re.Max < 0 {
			return endless
		}
		return times(widest(re.Sub[0]), re.Max)
	case syntax.OpConcat:
		n := 0
		for _, sub := range re.Sub {
			n = min(n+widest(sub), endless)
		}
		return n
	case syntax.OpAlternate:
		n := 0
		for _, sub := range re.Sub {
			n = max(n, widest(sub))
		}
		return n
	}
	return 0
}
