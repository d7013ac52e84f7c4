package pipeline

import (
	"hearsay"
	"hearsay/internal/attribute"
	"hearsay/internal/certainty"
	"hearsay/internal/clean"
	"hearsay/internal/language"
	"hearsay/internal/measure"
	"hearsay/internal/mention"
	"hearsay/internal/quote"
	"hearsay/internal/segment"
	"hearsay/internal/syntax"
	"hearsay/internal/translated"
)

// ofDocument and ofText are the analysis of one document on one screen.
func ofDocument() []Stage {
	return []Stage{
		{"language", needs(LayerText), gives(LayerLanguage), detect},
		{"blocks", needs(LayerLanguage), gives(LayerBlocks), blocks},
		{"repairs", needs(LayerLanguage, LayerBlocks), gives(LayerRepairs), repairs},
	}
}

// ofText is done for each part of a document that is in a language of its own.
func ofText(opt Options, attribution *attribute.Stage) []Stage {
	return []Stage{
		{"segment", needs(LayerBlocks, LayerRepairs), gives(LayerTokens), segments},
		{"syntax", needs(LayerTokens), gives(LayerTrees), trees},
		{"quotations", needs(LayerBlocks), gives(LayerQuotations), quote.Scan},
		{"translated", needs(LayerRepairs, LayerTrees, LayerQuotations), gives(LayerTranslated), translated.Run},
		{"mentions", needs(LayerTrees), gives(LayerMentions), new(mention.Stage).Run},
		{"attribution", needs(LayerTrees, LayerQuotations, LayerMentions), gives(LayerStatements), attribution.Run},
		{"certainty", needs(LayerStatements), gives(LayerCertainty), certainty.Stage{Scale: scale(opt)}.Run},
		{"figures", needs(LayerTokens, LayerStatements), gives(LayerFigures), measure.Run},
	}
}

func needs(layers ...Layer) []Layer { return layers }
func gives(layers ...Layer) []Layer { return layers }

// detect finds the language, unless a replayed stream told it.
func detect(a *hearsay.Analysis) {
	if a.Document.LanguageConfidence == 0 {
		language.Detect(a.Document)
	}
}

// blocks gives the parts of a plain text their roles; a page has them from its markup.
func blocks(a *hearsay.Analysis) {
	doc := a.Document
	if len(doc.Blocks) == 0 {
		var said clean.Meta
		doc.Blocks, said = clean.Text(doc.Text, doc.Language)
		said.Fill(doc)
	} else {
		clean.Refine(doc)
	}
	clean.Metadata(doc)
	doc.Credits = clean.Credits(doc)
}

func repairs(a *hearsay.Analysis) {
	a.Document.Repairs = language.Repairs(a.Document.Text, a.Document.Language, nil)
}

func segments(a *hearsay.Analysis) {
	m, err := segment.Open(a.Document.Language)
	if err != nil {
		m = nil // plain rules for any language; the document gets a note
	}
	segment.Segment(a, m)
}

func trees(a *hearsay.Analysis) {
	if m, err := syntax.Open(a.Document.Language); err == nil {
		m.Analyze(a)
	}
}

func scale(opt Options) *certainty.Scale {
	if opt.Scale == "phia" {
		return certainty.PHIA
	}
	return certainty.ICD203
}
