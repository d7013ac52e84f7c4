package syntax

import (
	"testing"

	"hearsay"
)

func treeOf(n int, upos, rel string) []Tree {
	trees := make([]Tree, n)
	for i := range trees {
		trees[i].Tokens = []hearsay.Token{{UPOS: upos, Rel: rel}}
	}
	return trees
}

// The first treebank has acl:relcl seldom and flat:name never, so the second's are acl and flat; it
// has nsubj:pass often, which stays. A determiner whose relation was left open is a det, an
// interjection stays open.
func TestRelationsFitTheFirstTreebank(t *testing.T) {
	first := Corpus{Trees: treeOf(500, "VERB", "acl")}
	first.Trees = append(first.Trees, treeOf(1, "VERB", "acl:relcl")...)
	first.Trees = append(first.Trees, treeOf(50, "NOUN", "nsubj")...)
	first.Trees = append(first.Trees, treeOf(5, "NOUN", "nsubj:pass")...)
	first.Trees = append(first.Trees, treeOf(30, "DET", "det")...)
	first.Trees = append(first.Trees, treeOf(3, "DET", "det:poss")...)
	first.Trees = append(first.Trees, treeOf(4, "DET", "dep")...)
	first.Trees = append(first.Trees, treeOf(1, "DET", "nsubj")...)
	first.Trees = append(first.Trees, treeOf(1, "INTJ", "dep")...)
	var second Corpus
	for _, x := range [][2]string{{"VERB", "acl:relcl"}, {"PROPN", "flat:name"}, {"NOUN", "nsubj:pass"}, {"DET", "dep"}, {"INTJ", "dep"}} {
		second.Trees = append(second.Trees, treeOf(1, x[0], x[1])...)
	}
	closeRelations([]Corpus{first, second})
	fitRelations([]Corpus{first, second})
	for i, want := range []string{"acl", "flat", "nsubj:pass", "det", "dep"} {
		if got := second.Trees[i].Tokens[0].Rel; got != want {
			t.Errorf("relation %d: %s, want %s", i, got, want)
		}
	}
	for _, tree := range first.Trees {
		tok := tree.Tokens[0]
		if tok.UPOS == "DET" && tok.Rel == "dep" {
			t.Fatal("a determiner of the first treebank is still open")
		}
	}
	if first.Trees[500].Tokens[0].Rel != "acl:relcl" {
		t.Error("the first treebank lost a subtype")
	}
}
