package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"hearsay/pipeline"
)

func newModelsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "models",
		Short: "List the models inside: name, version, date, size, licence of the data, checksum",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			models, err := pipeline.Models()
			if err != nil {
				return &exitError{exitFailed, err}
			}
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "MODEL\tVERSION\tDATE\tBYTES\tLICENCE\tSHA256")
			for _, m := range models {
				fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", m.Name, m.Version, dash(m.Date), m.Bytes, m.Licence, m.SHA256)
			}
			return w.Flush()
		},
	}
}
