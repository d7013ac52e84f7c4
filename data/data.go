// Package data embeds what is not code: lexicons and models.
package data

import "embed"

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
