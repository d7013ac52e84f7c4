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
	if key == "" || key == outletKey(c.a.Document.Outlet) {
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
		agency := depends.IsAgency(e.Name)
		dot := strings.LastIndexByte(e.Name, '.')
		site := dot > 1 && dot < len(e.Name)-2 && !strings.Contains(e.Name, " ")
		return agency || site || s.Class == "report" || c.written(s.Cue)
	}
	return false
}

// written reports whether a cue speaks of writing.
func (c *citer) written(cue []hearsay.Span) bool {
	for _, x := range cue {
		for _, w := range strings.FieldsFunc(fold(x.In(c.a.Document.Text)), notWord) {
			for _, stem := range writingStems {
				if strings.HasPrefix(w, stem) {
					return true
				}
			}
		}
	}
	return false
}

// writingStems begin the words for writing and reporting, in the eight languages.
var writingStems = []string{
	"writ", "wrote", "report", "publish",
	"пише", "пиш", "напис", "писа", "повідомля", "інформу", "публіку",
	"сообща", "информир", "публику",
	"pisz", "napisa", "pisa", "donosi", "donio", "informuj", "poda",
	"піш", "паведамля", "інфарм",
	"schreib", "schrieb", "berichte", "melde",
	"ecrit", "ecriv", "rapport", "publi",
	"escrib", "escrit", "inform", "report",
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
