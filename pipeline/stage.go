// Package pipeline puts the stages in order: Analyze reads one document, Resolve joins many.
package pipeline

import (
	"fmt"
	"strings"

	"hearsay"
)

// Layer is something a stage adds to an analysis and later stages read.
type Layer string

// The layers of an analysis, in the order in which they come to be.
const (
	LayerText       Layer = "text"
	LayerLanguage   Layer = "language"
	LayerBlocks     Layer = "blocks"
	LayerRepairs    Layer = "repairs"
	LayerTokens     Layer = "tokens"
	LayerTrees      Layer = "trees"
	LayerQuotations Layer = "quotations"
	LayerTranslated Layer = "translated"
	LayerMentions   Layer = "mentions"
	LayerStatements Layer = "statements"
	LayerCertainty  Layer = "certainty"
	LayerFigures    Layer = "figures"
)

// Stage is one step of the analysis of a document. It adds the layers it gives and touches no other.
type Stage struct {
	Name        string
	Needs, Give []Layer
	Run         func(*hearsay.Analysis)
}

// check refuses an order in which a stage needs a layer that none before it gives.
func check(stages []Stage) error {
	given := map[Layer]bool{LayerText: true}
	for _, s := range stages {
		var missing []string
		for _, need := range s.Needs {
			if !given[need] {
				missing = append(missing, string(need))
			}
		}
		if len(missing) > 0 {
			return fmt.Errorf("stage %s needs %s, which no stage before it gives", s.Name, strings.Join(missing, ", "))
		}
		for _, layer := range s.Give {
			given[layer] = true
		}
	}
	return nil
}
