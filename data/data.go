// Package data embeds what is not code: lexicons and models.
package data

import (
	"bytes"
	"embed"
	"strings"
)

// Lexicon holds lexicon/<lang>/*.tsv.
//
//go:embed all:lexicon
var Lexicon embed.FS

// Models holds models/<lang>/syntax.model and the models that serve all languages.
//
//go:embed all:models
var Models embed.FS

// Names holds names/*.tsv: given names, countries and capitals, demonyms, kinds of organisations.
//
//go:embed all:names
var Names embed.FS

// NameRows calls row with the columns of each line of names/<table>.tsv; with none where there is no such table.
func NameRows(table string, row func([]string)) {
	if text, err := Names.ReadFile("names/" + table + ".tsv"); err == nil {
		Rows(text, row)
	}
}

// Rows calls row with the columns of each line of a table that is neither empty nor a comment.
func Rows(table []byte, row func([]string)) {
	for line := range bytes.Lines(table) {
		if l := strings.TrimRight(string(line), "\r\n"); l != "" && l[0] != '#' {
			row(strings.Split(l, "\t"))
		}
	}
}
