// Command hearsay finds who says what, on whose word, in piles of news articles.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// version is set when a release is built: -ldflags "-X main.version=1.2.3".
var version = "0.1.0"

// The exit codes of every command.
const (
	exitOK      = 0
	exitFailed  = 1 // nothing usable, or failed
	exitUsage   = 2 // wrong usage
	exitPartial = 3 // done, with skips
)

// exitError carries an exit code out of a command.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

func run(ctx context.Context, args []string) int {
	root := newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	var coded *exitError
	if errors.As(err, &coded) {
		if coded.err != nil {
			fmt.Fprintln(os.Stderr, "hearsay:", coded.err)
		}
		return coded.code
	}
	fmt.Fprintln(os.Stderr, "hearsay:", err)
	return exitUsage
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "hearsay",
		Short:         "Who says what, on whose word: attribution across articles in many languages",
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(commands()...)
	return root
}

// commands lists the subcommands, one file each.
func commands() []*cobra.Command {
	return []*cobra.Command{
		newReadCommand(),
		newShowCommand(),
		newServeCommand(),
		newMergeCommand(),
		newSplitCommand(),
		newUndoCommand(),
		newParseCommand(),
		newModelsCommand(),
		newTrainCommand(),
		newEvalCommand(),
	}
}
