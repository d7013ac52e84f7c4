package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"hearsay/internal/store"
	"hearsay/pipeline"
)

// readFlags are the options of `hearsay read`.
type readFlags struct {
	dossier      string
	format       string
	jobs         int
	minScore     float64
	scale        string
	maxBytes     int64
	allowPrivate bool
	quiet        bool
}

func newReadCommand() *cobra.Command {
	var f readFlags
	cmd := &cobra.Command{
		Use:   "read PATH…",
		Short: "Read articles into a dossier: files, folders, feeds, archives, URLs, - for standard input",
		Example: `  hearsay read articles/
  hearsay read --dossier minsk.db feed.xml CC-NEWS-20240801.warc.gz https://example.org/story
  hearsay read --format jsonl articles/ > records.jsonl`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runRead(cmd, args, f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.dossier, "dossier", "hearsay.db", "the dossier's file; made where it is missing")
	flags.StringVar(&f.format, "format", "", "write the record stream (jsonl) to standard output instead of a dossier")
	flags.IntVar(&f.jobs, "jobs", runtime.NumCPU(), "documents analysed at the same time")
	flags.Float64Var(&f.minScore, "min-score", 0, "leave out statements that score less, 0 to 1; 0 is the model's own threshold")
	flags.StringVar(&f.scale, "scale", "icd203", "yardstick for words of estimative probability: icd203 or phia")
	flags.Int64Var(&f.maxBytes, "max-bytes", 0, "largest document read, in bytes; 0 is 64 MiB")
	flags.BoolVar(&f.allowPrivate, "allow-private", false, "allow URLs on private and local addresses")
	flags.BoolVar(&f.quiet, "quiet", false, "print no summary")
	return cmd
}

func (f *readFlags) check() error {
	switch {
	case f.format != "" && f.format != "jsonl":
		return fmt.Errorf("--format %s: the only stream is jsonl", f.format)
	case f.minScore < 0 || f.minScore > 1:
		return errors.New("--min-score must lie between 0 and 1")
	case f.scale != "icd203" && f.scale != "phia":
		return fmt.Errorf("--scale %s: choose icd203 or phia", f.scale)
	case f.jobs < 1:
		return errors.New("--jobs must be at least 1")
	}
	return nil
}

func runRead(cmd *cobra.Command, args []string, f readFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	path := f.dossier
	if f.format == "jsonl" {
		dir, err := os.MkdirTemp("", "hearsay")
		if err != nil {
			return &exitError{exitFailed, err}
		}
		defer os.RemoveAll(dir)
		path = filepath.Join(dir, "stream.db")
	}
	st, err := store.Open(path, store.ReadWrite)
	if err != nil {
		return &exitError{exitFailed, err}
	}
	r := &reader{flags: f, store: st}
	err = r.read(cmd.Context(), args)
	if err == nil && f.format == "jsonl" {
		err = pipeline.Export(st, cmd.OutOrStdout(), pipeline.Run(version))
	}
	if err == nil && f.format == "" && !f.quiet && r.added+r.known > 0 {
		err = printSummary(cmd.OutOrStdout(), st)
	}
	if closed := st.Close(); err == nil {
		err = closed
	}
	return r.outcome(err)
}

// reader reads documents into one dossier.
type reader struct {
	flags   readFlags
	store   *store.Store
	bar     *progress
	added   int // new documents
	known   int // documents that were there already
	skipped int
	skips   map[string]int // by file
	stopped bool
}

// outcome turns what happened into the exit code.
func (r *reader) outcome(err error) error {
	switch {
	case err != nil:
		return &exitError{exitFailed, err}
	case r.stopped:
		return &exitError{exitFailed, fmt.Errorf("stopped after %s; the same command goes on from there", count(r.added, "new document"))}
	case r.added+r.known == 0:
		return &exitError{exitFailed, errors.New("nothing to read: no article was found in what was named")}
	case r.skipped > 0:
		return &exitError{exitPartial, nil}
	}
	return nil
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
