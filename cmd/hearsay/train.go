package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"hearsay/internal/language"
)

// newTrainCommand gathers the commands that make models from corpora.
func newTrainCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Make a model from corpora by its recipe, byte for byte the same each time",
	}
	cmd.AddCommand(newTrainSyntaxCommand(), newTrainAttributionCommand(), newTrainLanguageCommand())
	return cmd
}

// newEvalCommand gathers the commands that measure models.
func newEvalCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Measure a model on annotated text",
	}
	cmd.AddCommand(newEvalSyntaxCommand(), newEvalSentencesCommand(), newEvalLemmasCommand())
	return cmd
}

func newTrainLanguageCommand() *cobra.Command {
	var recipe, out string
	var data []string
	var open bool
	cmd := &cobra.Command{
		Use:   "language --recipe FILE",
		Short: "Train the model that tells languages apart and repairs words in mixed scripts",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := os.ReadFile(recipe)
			if err != nil {
				return &exitError{exitFailed, err}
			}
			var keep func(licence string) bool
			if open {
				keep = openLicence
			}
			var model bytes.Buffer
			if err := language.Train(language.TrainOptions{Recipe: text, Data: data, Log: cmd.ErrOrStderr(), Keep: keep}, &model); err != nil {
				return &exitError{exitFailed, fmt.Errorf("%s: %w", recipe, err)}
			}
			if err := os.WriteFile(out, model.Bytes(), 0o644); err != nil {
				return &exitError{exitFailed, err}
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&recipe, "recipe", "training/language.recipe", "recipe that names data, checksums and options")
	f.StringVar(&out, "out", "data/models/language.model", "model file")
	f.StringSliceVar(&data, "data", []string{"../shared/data"}, "folders that the recipe's paths start from")
	f.BoolVar(&open, "open", false, "use data under CC BY, CC BY-SA and freer licences alone")
	return cmd
}
