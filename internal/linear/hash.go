// Package linear holds sparse linear models: hashed features, the averaged perceptron that
// trains them, the quantised table that runs them, and the file that ships them. It knows no
// words: callers turn what they see into 64-bit atoms, atoms into 32-bit features.
package linear

// Hash turns a string into an atom (FNV-1a with a final avalanche). Hash("") is never 0.
func Hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return scramble(h)
}

// Combine makes an atom of two, in that order.
func Combine(a, b uint64) uint64 {
	return scramble(a*0x9e3779b97f4a7c15 + b)
}

// Feature is the feature that a template makes of an atom: the same atom under two templates
// is two features.
func Feature(template int, atom uint64) uint32 {
	return uint32(scramble(atom+uint64(template)*0xd1342543de82ef95) >> 32)
}

// Feature2 is Feature of two atoms in order.
func Feature2(template int, a, b uint64) uint32 {
	return Feature(template, a*0x9e3779b97f4a7c15+b)
}

// Feature3 is Feature of three atoms in order.
func Feature3(template int, a, b, c uint64) uint32 {
	return Feature(template, (a*0x9e3779b97f4a7c15+b)*0xbf58476d1ce4e5b9+c)
}

func scramble(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 29
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}
