package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/romanize"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

type judgeFlags struct{ dossier, author string }

func (f *judgeFlags) add(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().StringVar(&f.dossier, "dossier", "hearsay.db", "the dossier's file")
	cmd.Flags().StringVar(&f.author, "author", userName(), "who judges: kept with the judgement")
	return cmd
}

func newMergeCommand() *cobra.Command {
	var f judgeFlags
	return f.add(&cobra.Command{
		Use:   "merge A B",
		Short: "Judge that two names stand for one person or organisation",
		Long: `Judge that A and B stand for one person, organisation or place: each is the id of an actor or a name of
it, in any spelling. The judgement outranks the program's own, stays when more documents are read, and
can be taken back: hearsay undo.`,
		Example: `  hearsay merge "Grey Owl" "Anna Berg"
  hearsay merge Берг berg-52ac01fe`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error { return judgeNames(cmd, f, "same", args) },
	})
}

func newSplitCommand() *cobra.Command {
	var f judgeFlags
	return f.add(&cobra.Command{
		Use:   "split A B",
		Short: "Judge that two names stand for different persons or organisations",
		Long: `Judge that A and B are not one: two spellings that the dossier has under one actor, or two actors that it
must never join. The judgement outranks the program's own, stays when more documents are read, and can
be taken back: hearsay undo.`,
		Example: `  hearsay split "Alexander Holm" "Александр Хольм"`,
		Args:    cobra.ExactArgs(2),
		RunE:    func(cmd *cobra.Command, args []string) error { return judgeNames(cmd, f, "different", args) },
	})
}

func newUndoCommand() *cobra.Command {
	var f judgeFlags
	return f.add(&cobra.Command{
		Use:   "undo N",
		Short: "Take a judgement back: merge and split print its number, show judgements lists all",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return fmt.Errorf("undo %s: give the number of a judgement, see hearsay show judgements", args[0])
			}
			return judging(cmd, f, func(st *store.Store) error {
				if err := st.Undo(n, f.author, now()); err != nil {
					return fmt.Errorf("%w: hearsay show judgements lists those that hold", err)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "judgement %d is taken back\n", n)
				return nil
			})
		},
	})
}

func now() string { return time.Now().UTC().Format(time.RFC3339) }

// judging makes a change to the judgements of a dossier and lets its conclusions follow. While another
// process reads documents in, that process does it when it ends.
func judging(cmd *cobra.Command, f judgeFlags, change func(*store.Store) error) error {
	if f.author == "" {
		return errors.New("--author: say who judges")
	}
	st, err := store.Open(f.dossier, store.Judge)
	if err != nil {
		return &exitError{exitFailed, noDossier(f.dossier, err)}
	}
	err = change(st)
	if err = errors.Join(err, st.Close()); err == nil {
		err = follow(cmd.Context(), cmd.ErrOrStderr(), f.dossier)
	}
	if err != nil {
		return &exitError{exitFailed, err}
	}
	return nil
}

func follow(ctx context.Context, w io.Writer, path string) error {
	st, err := store.Open(path, store.ReadWrite)
	if errors.Is(err, store.ErrBusy) {
		fmt.Fprintf(w, "hearsay: %s is being read into: the judgement counts when that ends\n", path)
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(pipeline.Resolve(ctx, st, func(pipeline.Step) {}), st.Close())
}

// judgeNames records a judgement on two names. It is kept by the names as the texts have them, so that
// it holds for documents that are read later.
func judgeNames(cmd *cobra.Command, f judgeFlags, rule string, args []string) error {
	var j hearsay.Judgement
	err := judging(cmd, f, func(st *store.Store) error {
		a, nameA, err := oneActor(st, args[0])
		if err != nil {
			return err
		}
		b, nameB, err := oneActor(st, args[1])
		if err != nil {
			return err
		}
		if rule == "same" && a.ID == b.ID {
			return fmt.Errorf("“%s” and “%s” are one already: %s (%s)", args[0], args[1], a.Name, a.ID)
		}
		if rule == "same" || a.ID != b.ID {
			nameA, nameB = a.Name, b.Name
		}
		if romanize.Fold(nameA) == romanize.Fold(nameB) {
			return fmt.Errorf("“%s” and “%s” are the same name in the texts, “%s”: give two spellings, see hearsay show speaker", args[0], args[1], nameA)
		}
		j = hearsay.Judgement{Kind: "name", A: nameA, B: nameB, Rule: rule, Score: 1, Author: f.author, Time: now()}
		n, err := st.Judge(j)
		if err != nil {
			return err
		}
		relation := map[string]string{"same": "are one", "different": "are not one"}[rule]
		fmt.Fprintf(cmd.OutOrStdout(), "judgement %d: “%s” and “%s” %s; take it back with: hearsay undo %d\n", n, nameA, nameB, relation, n)
		return nil
	})
	return err
}

// mostMatches is how many actors that fit a name are looked at and listed.
const mostMatches = 8

// oneActor finds the one actor that an id or a name stands for, and that spelling of it which is the
// nearest to what was typed.
func oneActor(st *store.Store, typed string) (*format.Actor, string, error) {
	found, err := pipeline.FindActors(st, typed, mostMatches)
	if err != nil {
		return nil, "", err
	}
	if exact := slices.DeleteFunc(slices.Clone(found), func(a *format.Actor) bool { return !spelt(a, typed) }); len(exact) > 0 {
		found = exact
	}
	switch len(found) {
	case 0:
		return nil, "", fmt.Errorf("nobody in %s is called %s: hearsay show speakers lists the names", st.Path(), typed)
	case 1:
		return found[0], spelling(found[0], typed), nil
	}
	list := make([]string, 0, len(found))
	for _, a := range found {
		list = append(list, fmt.Sprintf("%s (%s)", a.Name, a.ID))
	}
	return nil, "", fmt.Errorf("“%s” fits more than one, give an id: %s", typed, strings.Join(list, ", "))
}

// spelt reports whether an actor goes by a name letter for letter, but for case.
func spelt(a *format.Actor, name string) bool {
	return a.ID == name || slices.ContainsFunc(a.Names, func(n format.Name) bool { return romanize.Fold(n.Form) == romanize.Fold(name) })
}

// spelling is the form of an actor's name that was typed, else the one that sounds like it.
func spelling(a *format.Actor, typed string) string {
	for _, n := range a.Names {
		if romanize.Fold(n.Form) == romanize.Fold(typed) {
			return n.Form
		}
	}
	for _, n := range a.Names {
		if romanize.Skeleton(n.Form) == romanize.Skeleton(typed) {
			return n.Form
		}
	}
	return a.Name
}
