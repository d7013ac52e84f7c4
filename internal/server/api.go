package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

// api answers under /api/v1 what the pages show, with the ids and spans of the record stream. The
// OpenAPI document is at /api/v1/openapi.json.
func (s *Server) api(mux *http.ServeMux) {
	cfg := huma.DefaultConfig("Hearsay", s.cfg.Version)
	cfg.Info.Description = "Who is said to have said what, on whose word. Spans are in Unicode code points of the document's text. " +
		"Content never comes without its attribution. Origins are counted as those of which no dependence on one another was found."
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "/api/v1/openapi", "", ""
	cfg.CreateHooks = nil
	a := humago.New(mux, cfg)
	get(a, "/api/v1/dossier", "dossier", "What the dossier holds, in numbers", s.apiDossier)
	get(a, "/api/v1/timeline", "timeline", "Documents and statements by day and language", s.apiTimeline)
	get(a, "/api/v1/claims", "claims", "Claims, in one of several orders", s.apiClaims)
	get(a, "/api/v1/claims/{id}", "claim", "One claim with its statements and conflicts", s.apiClaim)
	get(a, "/api/v1/claims/{id}/chain", "chain", "How a claim travelled: origins, documents and what joins them", s.apiChain)
	get(a, "/api/v1/conflicts", "conflicts", "What does not go together, by kind", s.apiConflicts)
	get(a, "/api/v1/speakers", "speakers", "Speakers, those who are said to have said most first, or those who go by a name", s.apiSpeakers)
	get(a, "/api/v1/speakers/{id}", "speaker", "One speaker with all names and why they were joined", s.apiSpeaker)
	get(a, "/api/v1/documents", "documents", "Documents by date", s.apiDocuments)
	get(a, "/api/v1/documents/{id}", "document", "One document: its records and its links", s.apiDocument)
	get(a, "/api/v1/statements", "statements", "Statements by date; q searches in all languages and spellings", s.apiStatements)
	get(a, "/api/v1/statements/{id}", "statement", "One statement", s.apiStatement)
	get(a, "/api/v1/quote", "quote", "Where a quotation stands: W3C TextQuoteSelector", s.apiQuote)
	get(a, "/api/v1/judgements", "judgements", "What people decided, those taken back too", s.apiJudgements)
	get(a, "/api/v1/skipped", "skipped", "What was not read and why", s.apiSkipped)
	get(a, "/api/v1/readings/{id}", "reading", "How far a reading has come", s.apiReading)
	post(a, "/api/v1/judgements", "judge", "Judge: join or part names and claims, mark a link as wrong, grade a source or an information", s.apiJudge)
	post(a, "/api/v1/judgements/{n}/undo", "undo", "Take a judgement back", s.apiUndo)
	mux.HandleFunc("POST /api/v1/readings", s.apiRead)
	a.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "read", Method: http.MethodPost, Path: "/api/v1/readings", Summary: "Read documents in: files, pasted text, links",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
			Type: "object", Properties: map[string]*huma.Schema{
				"files": {Type: "array", Items: &huma.Schema{Type: "string", Format: "binary"}},
				"text":  {Type: "string", Description: "an article as plain text"},
				"links": {Type: "string", Description: "web addresses, one a line"},
			},
		}}}},
		Responses: map[string]*huma.Response{
			"202": {Description: "Accepted", Content: map[string]*huma.MediaType{"application/json": {Schema: huma.SchemaFromType(a.OpenAPI().Components.Schemas, typeOf[ReadingState]())}}},
		},
	})
}

func get[I, O any](a huma.API, path, id, summary string, f func(context.Context, *I) (*O, error)) {
	huma.Register(a, huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Errors: []int{404, 422}}, explained(f))
}

func post[I, O any](a huma.API, path, id, summary string, f func(context.Context, *I) (*O, error)) {
	huma.Register(a, huma.Operation{OperationID: id, Method: http.MethodPost, Path: path, Summary: summary, DefaultStatus: 201, Errors: []int{400, 404, 409, 422}}, explained(f))
}

// explained gives errors the status that they have on the pages.
func explained[I, O any](f func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return func(ctx context.Context, in *I) (*O, error) {
		out, err := f(ctx, in)
		var no refusal
		switch {
		case err == nil:
			return out, nil
		case errors.Is(err, store.ErrNotFound):
			return nil, huma.Error404NotFound("nothing in this dossier has this id")
		case errors.As(err, &no):
			return nil, huma.Error400BadRequest(no.why)
		case errors.Is(err, store.ErrBusy):
			return nil, huma.Error409Conflict(err.Error())
		}
		return nil, err
	}
}

// body wraps what an operation answers.
type body[T any] struct{ Body T }

// listOf is one page of a list.
type listOf[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"address of the next page, absent on the last one"`
}

// DocumentOut is a line in a list of documents.
type DocumentOut struct {
	ID           string `json:"id"`
	Address      string `json:"address"`
	Title        string `json:"title"`
	Outlet       string `json:"outlet"`
	Language     string `json:"language"`
	Published    string `json:"published"`
	SupersededBy string `json:"superseded_by,omitempty"`
	Words        int    `json:"words"`
	Statements   int    `json:"statements"`
}

// StatementOut is a statement with who said it and where.
type StatementOut struct {
	Statement   format.Statement `json:"statement"`
	SpeakerName string           `json:"speaker_name"`
	Within      string           `json:"within,omitempty" doc:"who is said to have told it, where it stands inside another statement"`
	Claim       string           `json:"claim,omitempty"`
	Narrated    bool             `json:"narrated,omitempty" doc:"the text's own words: nobody is said to have said them, and speaker_name is the outlet"`
	Document    DocumentOut      `json:"document"`
}

// SpeakerOut is a line in a list of speakers.
type SpeakerOut struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Type       string `json:"type"`
	Statements int    `json:"statements"`
	Documents  int    `json:"documents"`
}

// CountOut is a value with how often it occurs.
type CountOut struct {
	Value string `json:"value"`
	N     int    `json:"n"`
}

func documentOut(d store.DocumentRow) DocumentOut { return DocumentOut(d) }
func speakerOut(a store.ActorRow) SpeakerOut      { return SpeakerOut(a) }
func countOut(c store.Count) CountOut             { return CountOut(c) }

func statementOut(s said) StatementOut {
	return StatementOut{s.Statement, s.Who(), s.Within, s.ClaimID, s.Narrated, documentOut(s.Doc)}
}

func mapped[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}

// Paging is where a list begins and how much of it is asked for.
type Paging struct {
	Limit  int `query:"limit" minimum:"1" maximum:"200" default:"30"`
	Offset int `query:"offset" minimum:"0" maximum:"1000000" default:"0"`
}

type Following struct {
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"30"`
	After string `query:"after" doc:"taken from the address of the next page"`
}

func (f Following) cursor() store.Cursor {
	published, id, _ := strings.Cut(f.After, "|")
	return store.Cursor{Published: published, ID: id}
}

// cutAt cuts a list that was asked for with one row more than shown.
func cutAt[T any](rows []T, n int) ([]T, bool) {
	if len(rows) > n {
		return rows[:n], true
	}
	return rows, false
}

func offsetList[A, B any](p Paging, rows []A, f func(A) B, path string, pairs ...string) *body[listOf[B]] {
	shown, more := cutAt(rows, p.Limit)
	out := &body[listOf[B]]{listOf[B]{Items: mapped(shown, f)}}
	if more {
		out.Body.Next = address(path, append(pairs, "limit", strconv.Itoa(p.Limit), "offset", strconv.Itoa(p.Offset+p.Limit))...)
	}
	return out
}

type DossierOut struct {
	Documents  int        `json:"documents"`
	Words      int        `json:"words"`
	Statements int        `json:"statements"`
	Speakers   int        `json:"speakers"`
	Claims     int        `json:"claims"`
	Links      int        `json:"links"`
	Conflicts  int        `json:"conflicts"`
	Skipped    int        `json:"skipped"`
	First      string     `json:"first,omitempty"`
	Last       string     `json:"last,omitempty"`
	Languages  []CountOut `json:"languages"`
	Outlets    []CountOut `json:"outlets"`
}

func (s *Server) apiDossier(context.Context, *struct{}) (*body[DossierOut], error) {
	x, err := s.st.Overview()
	if err != nil {
		return nil, err
	}
	outlets, err := s.st.Outlets(100)
	return &body[DossierOut]{DossierOut{
		x.Documents, x.Words, x.Statements, x.Speakers, x.Claims, x.Links, x.Conflicts, x.Skipped, x.First, x.Last,
		mapped(x.Languages, countOut), mapped(outlets, countOut),
	}}, err
}

// TallyOut is how much was published on a day in a language.
type TallyOut struct {
	Day        string `json:"day" doc:"empty where no date is known"`
	Language   string `json:"language"`
	Documents  int    `json:"documents"`
	Statements int    `json:"statements"`
}

type Dates struct {
	From string `query:"from" doc:"first day, RFC 3339"`
	To   string `query:"to" doc:"last day, included"`
}

func (s *Server) apiTimeline(_ context.Context, in *Dates) (*body[listOf[TallyOut]], error) {
	rows, err := s.st.Tallies(validDay(in.From), validDay(in.To))
	return &body[listOf[TallyOut]]{listOf[TallyOut]{Items: mapped(rows, func(t store.Tally) TallyOut { return TallyOut(t) })}}, err
}

// ClaimOut is a claim with the statement whose words stand for it.
type ClaimOut struct {
	Claim    format.Claim `json:"claim"`
	Clearest StatementOut `json:"clearest"`
}

type claimsIn struct {
	Paging
	Order string `query:"order" enum:"repeated,disputed,one-origin,hardened,figures,circular" default:"repeated"`
	From  string `query:"from" doc:"first day on which somebody told the claim"`
	To    string `query:"to" doc:"last such day"`
}

func (s *Server) apiClaims(_ context.Context, in *claimsIn) (*body[listOf[ClaimOut]], error) {
	for _, o := range claimOrders {
		if o.Key != in.Order {
			continue
		}
		claims, err := o.load(s, store.Days{From: validDay(in.From), To: validDay(in.To)}, in.Offset, in.Limit+1)
		if err != nil {
			return nil, err
		}
		shown, more := cutAt(claims, in.Limit)
		lines, err := s.claimLines(shown)
		if err != nil {
			return nil, err
		}
		out := &body[listOf[ClaimOut]]{listOf[ClaimOut]{Items: mapped(lines, func(c claimLine) ClaimOut { return ClaimOut{*c.Claim, statementOut(*c.Said)} })}}
		if more {
			out.Body.Next = address("/api/v1/claims", "order", in.Order, "from", in.From, "to", in.To, "limit", strconv.Itoa(in.Limit), "offset", strconv.Itoa(in.Offset+in.Limit))
		}
		return out, nil
	}
	return nil, store.ErrNotFound
}

type byID struct {
	ID string `path:"id" maxLength:"200"`
}

type ClaimFull struct {
	Claim      format.Claim      `json:"claim"`
	Clearest   StatementOut      `json:"clearest"`
	Statements []StatementOut    `json:"statements" doc:"at most 2000"`
	Conflicts  []format.Conflict `json:"conflicts"`
}

func (s *Server) apiClaim(_ context.Context, in *byID) (*body[ClaimFull], error) {
	c, err := s.st.Claim(in.ID)
	if err != nil {
		return nil, err
	}
	best, err := s.clearest(c)
	if err != nil || best == nil {
		return nil, errors.Join(err, store.ErrNotFound)
	}
	all, err := s.saidsByID(c.Statements[:min(len(c.Statements), 2000)])
	if err != nil {
		return nil, err
	}
	conflicts, err := s.st.ConflictsOf(c.ID)
	return &body[ClaimFull]{ClaimFull{*c, statementOut(*best), mapped(all, statementOut), mapped(conflicts, value)}}, err
}

func value[T any](p *T) T { return *p }

// ChainOut is how a claim travelled. Edges join nodes by their ids.
type ChainOut struct {
	Nodes []ChainNode `json:"nodes"`
	Edges []ChainEdge `json:"edges"`
	Left  int         `json:"left" doc:"documents that are left out"`
}

// ChainNode is an origin or a document.
type ChainNode struct {
	ID       string `json:"id"`
	Kind     string `json:"kind" enum:"origin,document"`
	Label    string `json:"label"`
	Detail   string `json:"detail"`
	Nameless bool   `json:"nameless,omitempty"`
	Denies   bool   `json:"denies,omitempty"`
}

// ChainEdge leads from what was first to what came of it.
type ChainEdge struct {
	From             string  `json:"from"`
	To               string  `json:"to"`
	Kind             string  `json:"kind"`
	Score            float64 `json:"score,omitempty"`
	Uncertain        bool    `json:"uncertain,omitempty"`
	DirectionUnknown bool    `json:"direction_unknown,omitempty"`
}

func (s *Server) apiChain(_ context.Context, in *byID) (*body[ChainOut], error) {
	c, err := s.st.Claim(in.ID)
	if err != nil {
		return nil, err
	}
	ch, err := s.chain(c)
	if err != nil {
		return nil, err
	}
	out := ChainOut{Left: ch.Left, Nodes: []ChainNode{}, Edges: []ChainEdge{}}
	for _, n := range ch.Nodes {
		kind := "document"
		if n.Origin {
			kind = "origin"
		}
		out.Nodes = append(out.Nodes, ChainNode{n.ID, kind, n.Label, n.Detail, n.Nameless, n.Denies})
	}
	for _, e := range ch.Edges {
		out.Edges = append(out.Edges, ChainEdge{ch.Nodes[e.From].ID, ch.Nodes[e.To].ID, e.Kind, e.Score, e.Uncertain, e.Unsure})
	}
	return &body[ChainOut]{out}, nil
}

type conflictsIn struct {
	Paging
	Kind string `query:"kind" enum:"denial,figure,reversal,hardening,circular" default:"denial"`
}

func (s *Server) apiConflicts(_ context.Context, in *conflictsIn) (*body[listOf[format.Conflict]], error) {
	rows, err := s.st.ConflictsOfKind(in.Kind, in.Offset, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return offsetList(in.Paging, rows, value[format.Conflict], "/api/v1/conflicts", "kind", in.Kind), nil
}

type speakersIn struct {
	Paging
	Name string `query:"name" maxLength:"200" doc:"a name in any spelling"`
}

func (s *Server) apiSpeakers(_ context.Context, in *speakersIn) (*body[listOf[SpeakerOut]], error) {
	if in.Name == "" {
		rows, err := s.st.Speakers(in.Offset, in.Limit+1)
		if err != nil {
			return nil, err
		}
		return offsetList(in.Paging, rows, speakerOut, "/api/v1/speakers"), nil
	}
	actors, err := s.named(in.Name, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &body[listOf[SpeakerOut]]{listOf[SpeakerOut]{Items: []SpeakerOut{}}}
	for _, a := range actors {
		row, err := s.st.ActorRow(a.ID)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, speakerOut(row))
	}
	return out, nil
}

type SpeakerFull struct {
	Actor     format.Actor      `json:"actor"`
	Outlets   []CountOut        `json:"outlets" doc:"who quotes this speaker"`
	Languages []CountOut        `json:"languages"`
	Reversals []format.Conflict `json:"reversals"`
}

func (s *Server) apiSpeaker(_ context.Context, in *byID) (*body[SpeakerFull], error) {
	a, err := s.st.Actor(in.ID)
	if err != nil {
		return nil, err
	}
	outlets, languages, err := s.st.QuotedBy(in.ID)
	if err != nil {
		return nil, err
	}
	reversals, err := s.st.ConflictsOfActor(in.ID, "reversal", 100)
	return &body[SpeakerFull]{SpeakerFull{*a, mapped(outlets, countOut), mapped(languages, countOut), mapped(reversals, value)}}, err
}

type documentsIn struct {
	Following
	Dates
	Language string `query:"language"`
	Outlet   string `query:"outlet"`
	Q        string `query:"q" maxLength:"500"`
}

func (s *Server) apiDocuments(_ context.Context, in *documentsIn) (*body[listOf[DocumentOut]], error) {
	q := store.DocumentQuery{Language: in.Language, Outlet: in.Outlet, From: validDay(in.From), To: validDay(in.To), After: in.cursor(), Limit: in.Limit + 1}
	list := s.st.Documents
	if match := store.Match(pipeline.Terms(in.Q)); match != "" {
		list = func(q store.DocumentQuery) ([]store.DocumentRow, error) { return s.st.SearchDocuments(match, q) }
	}
	rows, err := list(q)
	if err != nil {
		return nil, err
	}
	shown, more := cutAt(rows, in.Limit)
	out := &body[listOf[DocumentOut]]{listOf[DocumentOut]{Items: mapped(shown, documentOut)}}
	if more {
		last := shown[len(shown)-1]
		out.Body.Next = address("/api/v1/documents", "language", in.Language, "outlet", in.Outlet, "q", in.Q, "from", in.From, "to", in.To,
			"limit", strconv.Itoa(in.Limit), "after", last.Published+"|"+last.ID)
	}
	return out, nil
}

type DocumentFull struct {
	Records []format.Record `json:"records" doc:"the document, then its mentions, statements and figures, as in the record stream"`
	Links   []format.Link   `json:"links"`
}

func (s *Server) apiDocument(_ context.Context, in *byID) (*body[DocumentFull], error) {
	records, err := s.st.Records(in.ID)
	if err != nil {
		return nil, err
	}
	links, err := s.st.LinksOf(in.ID)
	return &body[DocumentFull]{DocumentFull{records, mapped(links, value)}}, err
}

type statementsIn struct {
	Following
	Dates
	Q         string `query:"q" maxLength:"500"`
	Speaker   string `query:"speaker" doc:"a speaker's id"`
	Claim     string `query:"claim" doc:"a claim's id"`
	Language  string `query:"language"`
	Outlet    string `query:"outlet"`
	Manner    string `query:"manner"`
	Kind      string `query:"kind"`
	Certainty string `query:"certainty" doc:"a FactBank value: CT+ PR+ PS+ CT- PR- PS- CTu Uu"`
}

func (s *Server) apiStatements(_ context.Context, in *statementsIn) (*body[listOf[StatementOut]], error) {
	views, err := s.statementsFor(store.StatementQuery{
		Actor: in.Speaker, Claim: in.Claim, Language: in.Language, Outlet: in.Outlet, From: validDay(in.From), To: validDay(in.To), Manner: in.Manner,
		Kind: in.Kind, Factuality: in.Certainty, Match: store.Match(pipeline.Terms(in.Q)), After: in.cursor(), Limit: in.Limit + 1,
	})
	if err != nil {
		return nil, err
	}
	shown, more := cutAt(views, in.Limit)
	list, err := s.saids(shown)
	if err != nil {
		return nil, err
	}
	out := &body[listOf[StatementOut]]{listOf[StatementOut]{Items: mapped(list, statementOut)}}
	if more {
		last := shown[len(shown)-1]
		out.Body.Next = address("/api/v1/statements", "q", in.Q, "speaker", in.Speaker, "claim", in.Claim, "language", in.Language, "outlet", in.Outlet, "from", in.From,
			"to", in.To, "manner", in.Manner, "kind", in.Kind, "certainty", in.Certainty, "limit", strconv.Itoa(in.Limit), "after", last.Doc.Published+"|"+last.ID)
	}
	return out, nil
}

// statementsFor searches where there are words to search for.
func (s *Server) statementsFor(q store.StatementQuery) ([]store.StatementView, error) {
	if q.Claim != "" {
		return s.st.Statements(q)
	}
	return s.st.SearchStatements(q)
}

func (s *Server) apiStatement(_ context.Context, in *byID) (*body[StatementOut], error) {
	list, err := s.saidsByID([]string{in.ID})
	if err != nil || len(list) == 0 {
		return nil, errors.Join(err, store.ErrNotFound)
	}
	return &body[StatementOut]{statementOut(list[0])}, nil
}

type quoteIn struct {
	In     string `query:"in" required:"true" doc:"address at which the text was found"`
	Exact  string `query:"exact" required:"true"`
	Prefix string `query:"prefix"`
	Suffix string `query:"suffix"`
}

type QuoteOut struct {
	Document DocumentOut   `json:"document" doc:"the newest version in which the words stand"`
	Spans    []format.Span `json:"spans" doc:"every place that matches"`
}

func (s *Server) apiQuote(_ context.Context, in *quoteIn) (*body[QuoteOut], error) {
	versions, err := s.st.VersionsAt(in.In)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		a, err := s.st.Analysis(v.ID)
		if err != nil {
			return nil, err
		}
		off := format.NewOffsets(a.Document.Text)
		out := QuoteOut{Document: documentOut(v)}
		for _, x := range anchor(a.Document.Text, in.Prefix, in.Exact, in.Suffix) {
			span, err := off.Span(x)
			if err != nil {
				return nil, err
			}
			out.Spans = append(out.Spans, span)
		}
		if len(out.Spans) > 0 {
			return &body[QuoteOut]{out}, nil
		}
	}
	return nil, store.ErrNotFound
}

// JudgedOut is a judgement with its number.
type JudgedOut struct {
	N         int64            `json:"n"`
	Judgement format.Judgement `json:"judgement"`
	Undone    int64            `json:"undone,omitempty" doc:"number of the entry that took it back"`
}

func (s *Server) apiJudgements(context.Context, *struct{}) (*body[listOf[JudgedOut]], error) {
	list, err := s.st.JudgementList("")
	return &body[listOf[JudgedOut]]{listOf[JudgedOut]{Items: mapped(list, func(j store.Judged) JudgedOut {
		return JudgedOut{j.N, format.Judgement{Kind: j.Kind, A: j.A, B: j.B, Rule: j.Rule, Score: j.Score, Author: j.Author, Time: j.Time}, j.Undone}
	})}}, err
}

type judgeIn struct {
	Body struct {
		Kind   string `json:"kind" enum:"name,claim,link,source,information"`
		A      string `json:"a" maxLength:"2000"`
		B      string `json:"b,omitempty" maxLength:"2000"`
		Rule   string `json:"rule" doc:"name, claim: same or different; link: wrong; source: A to F; information: 1 to 6"`
		Author string `json:"author,omitempty" maxLength:"200"`
	}
}

// JudgedNumber is the number under which a judgement can be undone.
type JudgedNumber struct {
	N int64 `json:"n"`
}

func (s *Server) apiJudge(_ context.Context, in *judgeIn) (*body[JudgedNumber], error) {
	b := in.Body
	n, err := s.record(&http.Request{}, hearsay.Judgement{Kind: b.Kind, A: b.A, B: b.B, Rule: b.Rule, Score: 1, Author: b.Author})
	return &body[JudgedNumber]{JudgedNumber{n}}, err
}

type undoIn struct {
	N int64 `path:"n" minimum:"1"`
}

func (s *Server) apiUndo(_ context.Context, in *undoIn) (*body[JudgedNumber], error) {
	return &body[JudgedNumber]{JudgedNumber{in.N}}, s.takeBack(&http.Request{}, in.N)
}

type skippedIn struct {
	Following
}

func (s *Server) apiSkipped(_ context.Context, in *skippedIn) (*body[listOf[SkipOut]], error) {
	rows, err := s.st.Skips(in.After, in.Limit+1)
	shown, more := cutAt(rows, in.Limit)
	out := &body[listOf[SkipOut]]{listOf[SkipOut]{Items: mapped(shown, func(k store.Skip) SkipOut { return SkipOut(k) })}}
	if more {
		out.Body.Next = address("/api/v1/skipped", "limit", strconv.Itoa(in.Limit), "after", shown[len(shown)-1].Path)
	}
	return out, err
}

type readingIn struct {
	ID int `path:"id" minimum:"1"`
}

func (s *Server) apiReading(_ context.Context, in *readingIn) (*body[ReadingState], error) {
	j := s.jobs.get(in.ID)
	if j == nil {
		return nil, store.ErrNotFound
	}
	return &body[ReadingState]{j.state()}, nil
}

// apiRead takes documents in as a form, which browsers and command-line tools can send alike.
func (s *Server) apiRead(w http.ResponseWriter, r *http.Request) {
	o, err := accept(r)
	if err != nil {
		writeJSON(w, http.StatusBadRequest, huma.Error400BadRequest(err.Error()))
		return
	}
	writeJSON(w, http.StatusAccepted, s.begin(o).state())
}

func writeJSON(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	if err := huma.DefaultJSONFormat.Marshal(w, v); err != nil && !errors.Is(err, io.ErrClosedPipe) {
		return // the other side went away
	}
}
