package syntax

// The transition system is arc-hybrid (Kuhlmann, Gómez-Rodríguez & Satta 2011) with the root at
// the end of the buffer: every word is shifted once and then attached, either to the front of
// the buffer (left) or to the word beneath it on the stack (right).
type transition uint8

const (
	shift transition = iota
	attachLeft
	attachRight
	transitions = 3
)

// node is a word on the stack or at the front of the buffer with what hangs on it so far. Nodes
// never change: a transition makes a new one, so that states share all the others.
type node struct {
	sign                       uint64 // identifies the word and the history of its dependents
	leftSet, rightSet          uint64 // sums of the hashed relations on either side
	caseWord, markWord         uint64 // lemmas of the attached adposition and subordinator
	word                       int32
	left, left2, right, right2 int32 // outermost and last but outermost dependents
	leftRel, left2Rel          uint8 // their relations, counted from 1; 0 is none
	rightRel, right2Rel        uint8
	lefts, rights              uint8 // how many dependents, at most maxValency
}

const maxValency = 4

// link is a place on the stack.
type link struct {
	node, below int32 // indices of nodes and links; link 0 is the bottom
	depth       int32
}

// state is a configuration, and the transition that made it from its parent.
type state struct {
	score      int64
	parent     int32
	top        int32 // link
	front      int32 // node
	transition transition
	rel        uint8 // of the arc that was made
}

// relKind says which slot of its head a dependent's word fills.
type relKind uint8

const (
	otherRel relKind = iota
	caseRel
	markRel
)

func attach(head, dep *node, rel uint8, kind relKind, lemma uint64, left bool) node {
	n := *head
	side := uint64(0)
	if left {
		n.left2, n.left2Rel = n.left, n.leftRel
		n.left, n.leftRel = dep.word, rel
		n.lefts = min(n.lefts+1, maxValency)
		n.leftSet += mix(uint64(rel))
	} else {
		side = 1
		n.right2, n.right2Rel = n.right, n.rightRel
		n.right, n.rightRel = dep.word, rel
		n.rights = min(n.rights+1, maxValency)
		n.rightSet += mix(uint64(rel))
	}
	switch kind {
	case caseRel:
		n.caseWord = lemma
	case markRel:
		n.markWord = lemma
	}
	n.sign = mix(head.sign + uint64(dep.word)<<16 + uint64(rel)<<1 + side)
	return n
}

func mix(h uint64) uint64 {
	h += 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
