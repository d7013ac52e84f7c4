// Package syntax gives tokens their part of speech, features, lemma, head and relation, in the
// sense of Universal Dependencies, with small linear models.
package syntax
