package attribute

import (
	"slices"
	"sort"
	"strings"
)

// option is a way to read the parts of a cue, one of those between which a model chooses.
type option struct {
	reading
	bare  []span // the content without marks and opening words at its ends
	score int64  // of its labels
	from  origin
}

// origin says how an option came up.
type origin uint8

const (
	fromLabels origin = iota
	fromRules
	fromEnds  // the labels with the content ending elsewhere
	fromTrees // a phrase under the cue
)

const (
	mostOptions  = 20
	mostVariants = 12 // of the best labels, by what the labels think of them
)

// weighed is the probability of a cue from which on more is weighed than its best labels.
const weighed = 0.2

// options finds ways to read the scored window of a candidate that is a cue with probability p, the one with
// the best labels first.
func (v *view) options(d *decoder, c *candidate, p float64) []option {
	var out []option
	if p < weighed {
		best := d.best()
		out = v.addOption(out, d, c, best, d.total(best), fromLabels)
		if len(out) == 0 && c.ok {
			labels := v.labelsOf(d, &c.read)
			out = v.addOption(out, d, c, labels, d.total(labels), fromRules)
		}
		return out
	}
	ways, scores := d.bestFew()
	for i, labels := range ways {
		out = v.addOption(out, d, c, labels, scores[i], fromLabels)
	}
	if len(ways) == 0 {
		return out
	}
	if c.ok {
		labels := v.labelsOf(d, &c.read)
		out = v.addOption(out, d, c, labels, d.total(labels), fromRules)
	}
	for _, o := range v.variants(d, c, ways[0]) {
		if len(out) >= mostOptions {
			break
		}
		out = v.addOption(out, d, c, o.labels, o.score, o.from)
	}
	return out
}

// addOption takes in what labels say unless another option says the same.
func (v *view) addOption(list []option, d *decoder, c *candidate, labels []uint8, score int64, from origin) []option {
	d.labels = labels
	o := option{reading: v.found(d, c.read), score: score, from: from}
	if v.subjectAlone(&o.reading, c) {
		o.content = c.read.content
	}
	v.mendSource(&o.reading, c)
	for _, p := range o.content {
		if s := v.withoutOpener(v.trim(p.span)); !s.empty() {
			o.bare = append(o.bare, s)
		}
	}
	if len(o.bare) == 0 {
		return list
	}
	for i := range list {
		if list[i].source == o.source && slices.Equal(list[i].bare, o.bare) {
			return list
		}
	}
	return append(list, o)
}

// total is the score of a sequence of labels.
func (d *decoder) total(labels []uint8) int64 {
	var sum int64
	before, seen := outside, 0
	for k, l := range labels {
		sum += d.step(k, before, int(l), seen)
		before, seen = int(l), after(seen, int(l))
	}
	return sum
}

// labelsOf are the labels of a reading's parts.
func (v *view) labelsOf(d *decoder, r *reading) []uint8 {
	out := make([]uint8, len(d.emit))
	for _, p := range r.content {
		d.w.paint(out, p.span, inContent)
	}
	d.w.paint(out, r.source, inSource)
	for _, s := range r.cueTokens {
		d.w.paint(out, s, inCue)
	}
	d.w.paint(out, span{d.w.c.head, d.w.c.match.Last}, inCue)
	return out
}

func (w *window) paint(out []uint8, s span, label uint8) {
	for i := max(s.from, w.from); i < min(s.to, w.to); i++ {
		out[i-w.from] = label
	}
}

// variant is a sequence of labels that differs from the best one in its content.
type variant struct {
	labels []uint8
	score  int64
	from   origin
}

// variants are the best labels with a content that ends elsewhere or that is another phrase under the
// cue, those first that the labels like best.
func (v *view) variants(d *decoder, c *candidate, best []uint8) []variant {
	var out []variant
	add := func(labels []uint8, from origin) {
		out = append(out, variant{labels, d.total(labels), from})
	}
	if last := lastContent(best); !last.empty() {
		for _, end := range v.ends(d, best, last) {
			labels := slices.Clone(best)
			for k := last.from; k < max(end, last.to); k++ {
				labels[k] = inContent
				if k >= end {
					labels[k] = outside
				}
			}
			add(labels, fromEnds)
		}
	}
	for _, s := range v.phrases(c) {
		labels := slices.Clone(best)
		for k, l := range best {
			if l == inContent {
				labels[k] = outside
			}
			if i := d.w.from + k; s.has(i) && labels[k] == outside {
				labels[k] = inContent
			}
		}
		add(labels, fromTrees)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].score > out[j].score })
	return out[:min(len(out), mostVariants)]
}

// lastContent is the last run of content among labels.
func lastContent(labels []uint8) span {
	to := len(labels)
	for to > 0 && labels[to-1] != inContent {
		to--
	}
	from := to
	for from > 0 && labels[from-1] == inContent {
		from--
	}
	return span{from, to}
}

// ends are the places other than its own where a content might end: at marks, before phrases, at the
// end of the window. All in tokens of the window.
func (v *view) ends(d *decoder, best []uint8, content span) []int {
	var out []int
	for k := content.from + 1; k <= len(best); k++ {
		if k > content.to && (best[k-1] == inSource || best[k-1] == inCue) {
			break
		}
		if i := d.w.from + k; k != content.to && v.mark[i-1] == word && v.mayEnd(i, d.w.to, d.w.c.head) {
			out = append(out, k)
		}
	}
	return out
}

func (v *view) mayEnd(i, limit, cue int) bool {
	if i == limit || v.mark[i] != word {
		return true
	}
	n := v.phraseFrom(i, cue)
	if n < 0 {
		return false
	}
	switch rel, _, _ := strings.Cut(v.toks[n].Rel, ":"); rel {
	case "obl", "advmod", "conj", "advcl", "acl", "parataxis", "nmod":
		return true
	}
	return v.toks[n].UPOS == "VERB"
}

// phrases are what hangs from the cue, whole and up to each phrase that hangs from it in turn.
func (v *view) phrases(c *candidate) []span {
	var out []span
	b := v.bounds(c.head)
	add := func(s span) {
		if s = (span{max(b.from, s.from), min(b.to, s.to)}); !s.empty() {
			out = append(out, s)
		}
	}
	for n := v.child[c.head]; n >= 0; n = v.sibling[n] {
		switch rel, _, _ := strings.Cut(v.toks[n].Rel, ":"); rel {
		case "ccomp", "xcomp", "obj", "parataxis", "obl", "advcl", "acl", "conj", "nmod":
		default:
			continue
		}
		s := span{int(v.left[n]), int(v.right[n]) + 1}
		add(s)
		for g := v.child[n]; g >= 0; g = v.sibling[g] {
			if v.left[g] > n {
				add(span{s.from, int(v.left[g])})
			}
		}
		if s.from > c.head {
			add(span{s.from, b.to})
		}
	}
	add(span{c.match.Last, b.to})
	add(span{b.from, c.head})
	return out
}
