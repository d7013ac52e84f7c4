package main

import (
	"fmt"
	"io/fs"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"hearsay/data"
	"hearsay/internal/linear"
	"hearsay/internal/syntax"
)

func newModelsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "models",
		Short: "List the models inside: language, version, date, checksum, licence of the data",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			paths, err := fs.Glob(data.Models, "models/*/syntax.model")
			if err != nil {
				return &exitError{exitFailed, err}
			}
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "MODEL\tLANGUAGE\tVERSION\tDATE\tBYTES\tLICENCE\tSHA256")
			for _, path := range paths {
				content, err := data.Models.ReadFile(path)
				if err != nil {
					return &exitError{exitFailed, err}
				}
				f, err := linear.Read(content)
				if err != nil {
					return &exitError{exitFailed, fmt.Errorf("%s: %w", path, err)}
				}
				about, err := syntax.ReadAbout(f)
				if err != nil {
					return &exitError{exitFailed, fmt.Errorf("%s: %w", path, err)}
				}
				fmt.Fprintf(w, "syntax\t%s\t%s\t%s\t%d\t%s\t%s\n", about.Language, about.Version, about.Date, len(content), about.Licence, linear.Sum(content))
			}
			return w.Flush()
		},
	}
}
