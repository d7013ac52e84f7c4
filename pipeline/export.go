package pipeline

import (
	"bufio"
	"io"

	"hearsay/internal/format"
	"hearsay/internal/store"
)

// Export writes the whole dossier as a record stream: the run, each document with what belongs to
// it, then actors, links, claims, conflicts and judgements. The same dossier gives the same bytes, in
// whatever order its documents came.
func Export(st *store.Store, out io.Writer, run format.Run) error {
	buffered := bufio.NewWriterSize(out, 1<<16)
	w := format.NewWriter(buffered)
	if err := w.Write(format.Record{Run: &run}); err != nil {
		return err
	}
	err := st.DocumentIDs(func(id string) error { return exportDocument(st, w, id) })
	if err != nil {
		return err
	}
	for _, part := range []func() error{
		func() error {
			return st.Actors(func(a *format.Actor) error { return w.Write(format.Record{Actor: a}) })
		},
		func() error { return st.Links(func(l *format.Link) error { return w.Write(format.Record{Link: l}) }) },
		func() error {
			return st.Claims(func(c *format.Claim) error { return w.Write(format.Record{Claim: c}) })
		},
		func() error {
			return st.Conflicts(func(c *format.Conflict) error { return w.Write(format.Record{Conflict: c}) })
		},
		func() error { return exportJudgements(st, w) },
	} {
		if err := part(); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

// exportJudgements writes what people decided and did not take back, oldest first.
func exportJudgements(st *store.Store, w *format.Writer) error {
	list, err := st.JudgementList("")
	if err != nil {
		return err
	}
	for _, j := range list {
		if j.Undone != 0 || j.Kind == "undo" {
			continue
		}
		rec := format.Judgement{Kind: j.Kind, A: j.A, B: j.B, Rule: j.Rule, Score: j.Score, Author: j.Author, Time: j.Time}
		if err := w.Write(format.Record{Judgement: &rec}); err != nil {
			return err
		}
	}
	return nil
}

func exportDocument(st *store.Store, w *format.Writer, id string) error {
	records, err := st.Records(id)
	if err != nil {
		return err
	}
	for _, r := range records {
		if err := w.Write(r); err != nil {
			return err
		}
	}
	return nil
}
