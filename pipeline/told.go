package pipeline

import (
	"context"
	"maps"
	"slices"

	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/resolve/aligned"
	"hearsay/internal/resolve/names"
	"hearsay/internal/store"
)

// tell keeps what two linked documents tell of one another: which names stand for one another, and who says what one
// of them leaves to a pronoun. A link that a person marked as wrong tells nothing.
func (r *resolver) tell(l hearsay.Link) error {
	if r.judged.wrong[pairKey(l.From, l.To)] {
		return r.st.DropTold(l.From, l.To)
	}
	a, err := r.page(l.From)
	if err != nil {
		return err
	}
	b, err := r.page(l.To)
	if err != nil {
		return err
	}
	matches := aligned.Matches(a, b, &l)
	var aliases []store.Alias
	for _, p := range aligned.Pairs(a, b, &l, matches) {
		aliases = append(aliases, store.Alias{A: p.A, B: p.B, Times: p.Times, Says: p.Says})
	}
	var witnesses []store.Witness
	for _, m := range matches {
		v, w := &a.Voices[m.A], &b.Voices[m.B]
		witnesses = append(witnesses, testimony(a, v, b, w, m.Score)...)
		witnesses = append(witnesses, testimony(b, w, a, v, m.Score)...)
	}
	return r.st.PutTold(l.From, l.To, aliases, witnesses)
}

// testimony is what a voice tells of the speaker of another, who is not named where he speaks, beside what that tells
// of him itself.
func testimony(of *aligned.Page, v *aligned.Voice, by *aligned.Page, w *aligned.Voice, score float64) []store.Witness {
	n := by.Testimony(w, of, v)
	if n == 0 {
		return nil
	}
	return []store.Witness{
		{Statement: v.Statement, SaidBy: v.Statement, Weight: of.Weight(v), Score: 1},
		{Statement: v.Statement, SaidBy: w.Statement, Weight: n, Score: score},
	}
}

func (r *resolver) page(document string) (*aligned.Page, error) {
	if p, ok := r.loaded.get("page " + document).(*aligned.Page); ok {
		return p, nil
	}
	p, _, err := r.read(document)
	return p, err
}

// read takes from a document's analysis what linking needs of it.
func (r *resolver) read(document string) (*aligned.Page, *format.Offsets, error) {
	a, err := r.st.Analysis(document)
	if err != nil {
		return nil, nil, err
	}
	p, o := aligned.NewPage(a, format.StatementIDs(a)), format.NewOffsets(a.Document.Text)
	r.loaded.put("page "+document, p)
	r.loaded.put("offsets "+document, o)
	return p, o, nil
}

// retell looks anew at what documents tell of one another of which a person has judged the link.
func (r *resolver) retell(ctx context.Context) error {
	pairs, err := r.st.StaleTold()
	if err != nil || len(pairs) == 0 {
		return err
	}
	return r.inTransaction(func() error {
		for _, p := range pairs {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := r.tellAgain(p[0], p[1]); err != nil {
				return err
			}
		}
		return r.st.ClearStale("told")
	})
}

func (r *resolver) tellAgain(a, b string) error {
	for _, m := range r.linkers {
		linked, err := r.linked(m, a, b)
		if err != nil {
			return err
		}
		if !linked {
			continue
		}
		l, ok, err := m.link(r, a, b)
		if err != nil {
			return err
		}
		if ok {
			return r.tell(l)
		}
	}
	return nil
}

// speakers gives statements the speaker whom their translations and copies name, where these agree against what the
// text itself tells.
func (r *resolver) speakers(ctx context.Context) error {
	if err := r.begin(func() (int, error) { return r.st.CountStale("speaker") }); err != nil {
		return err
	}
	return r.eachStale("speaker", func(ids []string) error {
		if err := timedEach(ctx, r, TellSpeakers, ids, r.speaker); err != nil {
			return err
		}
		return r.st.Unstale("speaker", ids...)
	})
}

func (r *resolver) speaker(statement string) error {
	all, err := r.st.Testimonies(statement)
	if err != nil {
		return err
	}
	witnesses := make([]aligned.Witness, 0, len(all))
	names := map[string]int64{}
	grade := aligned.Nobody
	for _, t := range all {
		w := aligned.Witness{Document: t.Document, Statement: t.SaidBy, Actor: t.Actor, Weight: t.Weight, Score: t.Score}
		if t.SaidBy == statement {
			v, err := r.voice(t.Document, statement)
			if err != nil {
				return err
			}
			w.Own, grade = v.Grade, v.Grade
		}
		witnesses = append(witnesses, w)
		names[t.SaidBy] = t.Name
	}
	w, ok := aligned.Speaker(statement, witnesses)
	if !ok {
		return r.st.TellSpeaker(statement, 0, nil)
	}
	rec, err := r.toldBy(w, grade)
	if err != nil {
		return err
	}
	return r.st.TellSpeaker(statement, names[w.Statement], rec)
}

// toldBy says where a witness gives another speaker of a sentence than a text that gives one so.
func (r *resolver) toldBy(w aligned.Witness, own aligned.Grade) (*format.SpeakerBy, error) {
	v, err := r.voice(w.Document, w.Statement)
	if err != nil {
		return nil, err
	}
	off, err := r.offsets(w.Document)
	if err != nil {
		return nil, err
	}
	out := &format.SpeakerBy{Document: w.Document, Statement: w.Statement, Rule: v.Rule(own)}
	out.Span, err = off.Span(v.Place())
	return out, err
}

// voice is a statement of a document, an empty one where there is none.
func (r *resolver) voice(document, statement string) (*aligned.Voice, error) {
	p, err := r.page(document)
	if err != nil {
		return nil, err
	}
	for i := range p.Voices {
		if p.Voices[i].Statement == statement {
			return &p.Voices[i], nil
		}
	}
	return &aligned.Voice{}, nil
}

// places gives the names of a component that have the same places in linked documents, and what else stands in these:
// of spellings those that are counterparts, and of a surname alone those of one spelling too, since in two documents it
// may be two persons'.
func (r *resolver) places(component []store.NameRow, items []names.Item, counterparts map[[2]int64]bool) (names.Places, error) {
	at := make(map[int64]int, len(component))
	for i, row := range component {
		at[row.N] = i
	}
	var out names.Places
	documents := map[int64]bool{}
	for i, row := range component {
		alone := items[i].Document != ""
		if row.Spelling != 0 && len(counterparts) == 0 && !alone {
			continue
		}
		pairs, err := r.st.AliasesOf(row.N)
		if err != nil {
			return out, err
		}
		for _, p := range pairs {
			j, ok := at[p.B]
			if !ok || row.Spelling != 0 && !counterparts[pairOf(row.Spelling, component[j].Spelling)] && !(alone && component[j].Spelling == row.Spelling) {
				continue
			}
			out.Pairs = append(out.Pairs, names.Pair{A: i, B: j, Times: p.Times, Says: p.Says})
			documents[p.One], documents[p.Two] = true, true
		}
	}
	for _, d := range slices.Sorted(maps.Keys(documents)) {
		in, err := r.st.NamesIn(d)
		if err != nil {
			return out, err
		}
		var items []int
		for _, n := range in {
			if i, ok := at[n]; ok {
				items = append(items, i)
			}
		}
		out.Documents = append(out.Documents, items)
	}
	return out, nil
}
