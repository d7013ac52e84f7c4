package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"hearsay/internal/format"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

func newShowCommand() *cobra.Command {
	var dossier string
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Show what a dossier holds: documents, speakers, statements, claims, origins",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withDossier(dossier, func(st *store.Store) error { return printSummary(cmd.OutOrStdout(), st) })
		},
	}
	cmd.PersistentFlags().StringVar(&dossier, "dossier", "hearsay.db", "the dossier's file")
	var limit int
	cmd.PersistentFlags().IntVar(&limit, "limit", 50, "lines shown at most")
	sub := func(use, short string, args cobra.PositionalArgs, run func(p *printer, st *store.Store, args []string) error) *cobra.Command {
		return &cobra.Command{Use: use, Short: short, Args: args, RunE: func(cmd *cobra.Command, args []string) error {
			return withDossier(dossier, func(st *store.Store) error {
				p := newPrinter(cmd.OutOrStdout(), limit)
				return p.end(run(p, st, args))
			})
		}}
	}
	cmd.AddCommand(
		sub("documents", "List the documents", cobra.NoArgs, showDocuments),
		sub("document ID|PATH", "Show one document with its statements", cobra.ExactArgs(1), showDocument),
		sub("claims [repeated|disputed|one-origin]", "List the claims: most repeated, most disputed, or many articles with one origin", cobra.MaximumNArgs(1), showClaims),
		sub("origins CLAIM", "Show the origins behind a claim as a tree", cobra.ExactArgs(1), showOrigins),
		sub("conflicts", "List denials, reversals, clashing figures, hardening and circular reporting", cobra.NoArgs, showConflicts),
		sub("judgements", "List what people decided, with the numbers under which it can be undone", cobra.NoArgs, showJudgements),
		sub("skips", "List what was not read and why", cobra.NoArgs, showSkips),
		sub("speakers", "List those who are said to have said most", cobra.NoArgs, showSpeakers),
		sub("speaker NAME", "Show all that one speaker is said to have said, in order of time", cobra.MinimumNArgs(1), showSpeaker),
		sub("search WORD…", "Search statements and texts in all languages; names are found in any spelling", cobra.MinimumNArgs(1), showSearch),
	)
	return cmd
}

func withDossier(path string, f func(*store.Store) error) error {
	st, err := store.Open(path, store.ReadOnly)
	if err != nil {
		return &exitError{exitFailed, noDossier(path, err)}
	}
	defer st.Close()
	if err := f(st); err != nil {
		return &exitError{exitFailed, err}
	}
	return nil
}

// noDossier says what to do where a dossier is missing.
func noDossier(path string, err error) error {
	if os.IsNotExist(err) {
		return fmt.Errorf("there is no dossier %s: make one with hearsay read, or name yours with --dossier", path)
	}
	return err
}

func printSummary(w io.Writer, st *store.Store) error {
	s, err := st.Summary()
	if err != nil {
		return err
	}
	languages := make([]string, 0, len(s.Languages))
	for _, l := range s.Languages {
		languages = append(languages, fmt.Sprintf("%s %d", l.Value, l.N))
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	row := func(label, format string, args ...any) {
		fmt.Fprintf(t, "%s\t%s\n", label, fmt.Sprintf(format, args...))
	}
	row("dossier", "%s", st.Path())
	row("documents", "%d (%s)", s.Documents, strings.Join(languages, ", "))
	if s.First != "" {
		row("published", "%s to %s", day(s.First), day(s.Last))
	}
	row("statements", "%d by %s", s.Statements, count(s.Speakers, "speaker"))
	row("links", "%d copies, translations, citations", s.Links)
	row("claims", "%d told more than once; %s", s.Claims, count(s.Conflicts, "conflict"))
	if s.Skipped > 0 {
		row("skipped", "%d", s.Skipped)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nOpen it in the browser:  hearsay serve --dossier %s\n", st.Path())
	return nil
}

func day(date string) string { return date[:min(len(date), len("2006-01-02"))] }

func showDocuments(p *printer, st *store.Store, _ []string) error {
	docs, err := st.Documents(store.DocumentQuery{Limit: p.limit})
	if err != nil {
		return err
	}
	p.documents(docs)
	return nil
}

func showDocument(p *printer, st *store.Store, args []string) error {
	id, err := st.FindDocument(args[0])
	if err != nil {
		return err
	}
	views, err := st.Statements(store.StatementQuery{Document: id, Limit: 1 << 20})
	if err != nil {
		return err
	}
	records, err := st.Records(id)
	if err != nil {
		return err
	}
	p.document(records[0].Document, views)
	return nil
}

func showSpeakers(p *printer, st *store.Store, _ []string) error {
	speakers, err := st.Speakers(0, p.limit)
	if err != nil {
		return err
	}
	p.speakers(speakers)
	return nil
}

func showSpeaker(p *printer, st *store.Store, args []string) error {
	actors, err := pipeline.FindActors(st, strings.Join(args, " "), 2)
	if err != nil {
		return err
	}
	if len(actors) == 0 {
		return fmt.Errorf("nobody in %s is called %s: hearsay show speakers lists the names", st.Path(), strings.Join(args, " "))
	}
	for _, a := range actors {
		views, err := st.Statements(store.StatementQuery{Actor: a.ID, Limit: p.limit})
		if err != nil {
			return err
		}
		related, err := pipeline.RelatedTo(st, a.ID)
		if err != nil {
			return err
		}
		p.speaker(a, related, views)
	}
	return nil
}

func showSearch(p *printer, st *store.Store, args []string) error {
	match := store.Match(pipeline.Terms(strings.Join(args, " ")))
	if match == "" {
		return fmt.Errorf("nothing to search for in %q", strings.Join(args, " "))
	}
	views, err := st.Statements(store.StatementQuery{Match: match, Limit: p.limit})
	if err != nil {
		return err
	}
	docs, err := st.SearchDocuments(match, store.DocumentQuery{Limit: p.limit})
	if err != nil {
		return err
	}
	p.heading("%s", count(len(views), "statement"))
	p.statements(views)
	p.heading("%s", count(len(docs), "document"))
	p.documents(docs)
	return nil
}

// claimOrders are the words by which a list of claims is ordered.
var claimOrders = map[string]store.ClaimOrder{"repeated": store.MostRepeated, "disputed": store.MostDisputed, "one-origin": store.OneOrigin}

func showClaims(p *printer, st *store.Store, args []string) error {
	order := store.MostRepeated
	if len(args) == 1 {
		var ok bool
		if order, ok = claimOrders[args[0]]; !ok {
			return fmt.Errorf("claims %s: choose repeated, disputed or one-origin", args[0])
		}
	}
	claims, err := st.TopClaims(order, store.Days{}, 0, p.limit)
	if err != nil {
		return err
	}
	if len(claims) == 0 {
		fmt.Fprintln(p.w, "no claim is told more than once")
	}
	for _, c := range claims {
		views, err := st.StatementsByID(c.Statements)
		if err != nil {
			return err
		}
		p.claim(c, views)
	}
	return nil
}

func showOrigins(p *printer, st *store.Store, args []string) error {
	c, err := st.FindClaim(args[0])
	if err != nil {
		return err
	}
	views, err := st.StatementsByID(c.Statements)
	if err != nil {
		return err
	}
	conflicts, err := st.ConflictsOf(c.ID)
	if err != nil {
		return err
	}
	candidates, err := st.StatementsByID(c.Candidates)
	if err != nil {
		return err
	}
	p.claim(c, views)
	p.origins(c, views)
	p.candidates(candidates)
	for _, x := range conflicts {
		p.conflict(x)
	}
	return nil
}

func showConflicts(p *printer, st *store.Store, _ []string) error {
	found := false
	err := st.Conflicts(func(c *format.Conflict) error {
		found = true
		p.conflict(c)
		return nil
	})
	if err == nil && !found {
		fmt.Fprintln(p.w, "no conflicts found")
	}
	return err
}

func showJudgements(p *printer, st *store.Store, _ []string) error {
	list, err := st.JudgementList("")
	if err != nil {
		return err
	}
	for _, j := range list {
		if j.Kind == "undo" {
			continue
		}
		undone := ""
		if j.Undone > 0 {
			undone = "  (undone)"
		}
		fmt.Fprintf(p.w, "%d  %s  %s  %s: “%s”, “%s”: %s%s\n", j.N, day(j.Time), j.Author, j.Kind, j.A, j.B, j.Rule, undone)
	}
	return nil
}

func showSkips(p *printer, st *store.Store, _ []string) error {
	skips, err := st.Skips("", p.limit)
	if err != nil {
		return err
	}
	for _, s := range skips {
		fmt.Fprintf(p.w, "%s: %s\n", s.Path, s.Why)
	}
	return nil
}
