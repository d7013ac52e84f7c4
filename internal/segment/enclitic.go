package segment

import (
	"regexp"
	"strings"
)

// enclitic is a French subject that follows its verb: "déclare-t-il", "dit-elle". The treebanks
// cut it off with its hyphens, but hold too few verbs to learn it from.
var enclitic = regexp.MustCompile(`^[\p{L}'’]+?((?:-t)?-(?:il|elle|on|ils|elles|je|tu|nous|vous|ce))$`)

// whole are nouns that look like a verb with its subject.
var whole = map[string]bool{"rendez-vous": true, "chez-nous": true, "chez-vous": true, "entre-nous": true}

// withoutEnclitics cuts subjects off the verbs before them.
func withoutEnclitics(pieces []piece, source string) []piece {
	var out []piece // nil while nothing was cut
	for i, p := range pieces {
		at := encliticAt(p.In(source))
		switch {
		case at > 0:
			if out == nil {
				out = append(make([]piece, 0, len(pieces)+4), pieces[:i]...)
			}
			verb, subject := p, p
			verb.End, verb.endsSentence, subject.Start = p.Start+at, false, p.Start+at
			out = append(out, verb, subject)
		case out != nil:
			out = append(out, p)
		}
	}
	if out == nil {
		return pieces
	}
	return out
}

// encliticAt is the byte at which the subject of a token begins, 0 for none.
func encliticAt(form string) int {
	if !strings.Contains(form, "-") || whole[strings.ToLower(form)] {
		return 0
	}
	m := enclitic.FindStringSubmatchIndex(form)
	if m == nil {
		return 0
	}
	return m[2]
}
