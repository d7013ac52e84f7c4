package claims

import (
	"cmp"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/resolve/depends"
)

// How sure a citation is, by where it stands.
const (
	citedByCredit  = 0.9
	citedBySource  = 0.8
	citedInPassing = 0.7
)

// Cites finds whom a document itself names as where it, or something in it, comes from: a link to
// each outlet or report, for which the dossier may hold no document. The evidence is the passages that
// say so.
func Cites(a *hearsay.Analysis) []hearsay.Link {
	c := &citer{a: a, by: map[[2]string]*hearsay.Link{}}
	c.credits()
	c.statements()
	return c.links()
}

type citer struct {
	a  *hearsay.Analysis
	by map[[2]string]*hearsay.Link
}

func (c *citer) add(kind hearsay.LinkKind, name string, score float64, at hearsay.Span, by string) {
	key := outletKey(name)
	if key == "" || ownName(name, c.a.Document.Outlet) || slices.ContainsFunc(c.a.Document.Byline, func(by string) bool { return outletKey(by) == key }) {
		return
	}
	k := [2]string{string(kind), key}
	l := c.by[k]
	if l == nil {
		l = &hearsay.Link{From: c.a.Document.ID, External: name, Kind: kind, DirectionBy: by}
		c.by[k] = l
	}
	l.Score = max(l.Score, score)
	if e := (hearsay.Evidence{From: at}); !slices.Contains(l.Evidence, e) {
		l.Evidence = append(l.Evidence, e)
	}
}

// ownName reports whether a name is an outlet's or a short form of it: "the Herald" in The Lake Herald.
func ownName(name, outlet string) bool {
	if outlet == "" {
		return false
	}
	if outletKey(name) == outletKey(outlet) {
		return true
	}
	all := strings.FieldsFunc(fold(outlet), notWord)
	for _, w := range strings.FieldsFunc(strings.TrimPrefix(fold(name), "the "), notWord) {
		if !slices.Contains(all, w) {
			return false
		}
	}
	return true
}

// credits reads the credit lines. A text that calls itself a translation translates the original that
// it names.
func (c *citer) credits() {
	whole := hearsay.Republishes
	for _, x := range c.a.Document.Credits {
		if x.Kind == hearsay.CreditTranslation {
			whole = hearsay.Translation
		}
	}
	for _, x := range c.a.Document.Credits {
		switch x.Kind {
		case hearsay.CreditOriginal:
			c.add(whole, x.Name, citedByCredit, x.Span, "credit")
		case hearsay.CreditRepublished, hearsay.CreditAgency:
			c.add(hearsay.Republishes, x.Name, citedByCredit, x.Span, "credit")
		case hearsay.CreditVia, hearsay.CreditInterview:
			c.add(hearsay.Cites, x.Name, citedByCredit, x.Span, "credit")
		}
	}
}

// statements reads through whom statements came, and the outlets, reports and institutes that are
// themselves said to report or write.
func (c *citer) statements() {
	for i := range c.a.Statements {
		s := &c.a.Statements[i]
		for _, v := range s.Via {
			c.add(hearsay.Cites, v.Name, citedBySource, v.Span, "text")
		}
		if s.Kind == hearsay.Attitude || len(s.Source) == 0 || s.Speaker < 0 || s.Speaker >= len(c.a.Entities) {
			continue
		}
		if e := &c.a.Entities[s.Speaker]; e.Named && c.publishes(s, e) {
			c.add(hearsay.Cites, e.Name, citedInPassing, s.Source[0], "text")
		}
	}
}

// publishes reports whether a speaker is cited for something in writing.
func (c *citer) publishes(s *hearsay.Statement, e *hearsay.Entity) bool {
	switch e.Type {
	case hearsay.DocumentType:
		return true
	case hearsay.Organization:
		dot := strings.LastIndexByte(e.Name, '.')
		site := dot > 1 && dot < len(e.Name)-2 && !strings.Contains(e.Name, " ")
		return depends.IsAgency(e.Name) || site || c.starts(s.Source, mediumStems) || c.starts(s.Source, reportStems) || c.starts(s.Cue, writingStems)
	}
	return false
}

// starts reports whether a word of some spans begins with one of some stems.
func (c *citer) starts(spans []hearsay.Span, stems []string) bool {
	for _, x := range spans {
		for _, w := range strings.FieldsFunc(fold(x.In(c.a.Document.Text)), notWord) {
			for _, stem := range stems {
				if strings.HasPrefix(w, fold(stem)) {
					return true
				}
			}
		}
	}
	return false
}

// writingStems begin the words for writing and publishing, in the eight languages. Those for reporting
// and informing are left out: ministries and rescue services do that too.
var writingStems = []string{
	"writ", "wrote", "publish",
	"пише", "пиш", "напис", "писа", "опубл", "публіку",
	"публику",
	"pisz", "napisa", "pisa", "opublik",
	"піш", "апублік",
	"schreib", "schrieb", "veröffentlich",
	"écrit", "écriv", "publi",
	"escrib", "escrit",
}

// mediumStems begin the words for what publishes: a site, a newspaper, an agency.
var mediumStems = []string{
	"website", "newspaper", "magazine", "broadcaster", "outlet", "daily", "weekly",
	"сайт", "газет", "видання", "издани", "телеканал", "інформагент", "информагент", "журнал", "выданн", "часопіс",
	"portal", "gazet", "dziennik", "tygodnik", "serwis", "telewizj",
	"zeitung", "magazin", "nachrichtenagentur", "sender",
	"journal", "quotidien", "hebdomadaire", "chaîne",
	"diario", "periódico", "semanario", "revista",
}

func (c *citer) links() []hearsay.Link {
	out := make([]hearsay.Link, 0, len(c.by))
	for _, l := range c.by {
		slices.SortFunc(l.Evidence, func(x, y hearsay.Evidence) int { return cmp.Compare(x.From.Start, y.From.Start) })
		out = append(out, *l)
	}
	slices.SortFunc(out, func(x, y hearsay.Link) int {
		return cmp.Or(strings.Compare(x.External, y.External), strings.Compare(string(x.Kind), string(y.Kind)))
	})
	return out
}
