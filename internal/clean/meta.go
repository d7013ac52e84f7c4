package clean

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"hearsay/internal/dates"
)

// said is what a page and its container say about it.
type said struct {
	Meta
	description string
}

// readMeta reads title, byline, outlet, dates, language and address from JSON-LD, <meta>,
// microdata, <time>, the container's word and the address, in this order. It guesses nothing.
func readMeta(root *html.Node, hint Meta) said {
	s := &scan{named: map[string][]string{}}
	s.node(root, 0)
	ld := &linked{}
	for _, text := range s.jsonLD {
		var v any
		if json.Unmarshal([]byte(text), &v) == nil {
			ld.value(v, 0)
		}
	}
	m := said{description: firstOf(s.all("og:description", "description", "twitter:description")...)}
	m.URL = firstOf(hint.URL, absolute(s.canonical), absolute(firstOf(s.all("og:url")...)))
	m.Outlet = firstOf(append(s.all("og:site_name"), ld.publisher, firstOf(s.all("application-name", "publisher", "dc.publisher")...), hint.Outlet, siteName(m.URL))...)
	if site := absolute(m.Outlet); site != "" {
		m.Outlet = siteName(site)
	}
	m.Title = stripSite(firstOf(append([]string{ld.headline}, append(s.all("og:title", "twitter:title", "dc.title", "headline"), hint.Title)...)...), m.Outlet)
	m.Published = firstDate(append(append([]string{ld.published}, s.all(publishedNames...)...), s.timeAfterTitle, hint.Published, dates.FromURL(m.URL))...)
	m.Updated = firstDate(append(append([]string{ld.modified}, s.all(updatedNames...)...), hint.Updated)...)
	m.Language = languageOf(firstOf(s.language, ld.language, firstOf(s.all("og:locale", "content-language", "dc.language")...), hint.Language))
	m.Byline = firstPeople(ld.authors, s.all("author", "dc.creator", "parsely-author", "sailthru.author", "article:author", "byl"), hint.Byline)
	return m
}

var (
	publishedNames = []string{
		"article:published_time", "og:article:published_time", "datepublished", "article:published", "og:published_time", "parsely-pub-date",
		"sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "publication_date", "publish-date", "publish_date",
		"pubdate", "dc.date", "dcterms.date", "date", "cxenseparse:recs:publishtime", "article.published", "rnews:datepublished", "time-published",
	}
	updatedNames = []string{
		"article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time", "article:modified", "dcterms.modified",
		"dc.date.modified", "last-modified", "lastmod", "article.updated", "revised", "time-updated",
	}
)

// scan collects what the tree holds of metadata, in document order.
type scan struct {
	named                               map[string][]string // by lower-case name of <meta> or itemprop
	jsonLD                              []string
	language, canonical, timeAfterTitle string
	titleSeen                           bool
}

func (s *scan) all(names ...string) []string {
	var out []string
	for _, n := range names {
		out = append(out, s.named[n]...)
	}
	return out
}

func (s *scan) node(n *html.Node, aside int) {
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Html:
			s.language = attr(n, "lang")
		case atom.Meta:
			s.meta(n)
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") && s.canonical == "" {
				s.canonical = attr(n, "href")
			}
		case atom.Script:
			if n.FirstChild != nil {
				s.jsonLD = append(s.jsonLD, n.FirstChild.Data)
			}
			return
		case atom.H1:
			s.titleSeen = true
		case atom.Nav, atom.Aside, atom.Footer, atom.Li:
			aside++
		}
		if aside == 0 {
			s.microdata(n)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.node(c, aside)
	}
}

func (s *scan) meta(n *html.Node) {
	content := oneLine(attr(n, "content"))
	if content == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		if name := strings.ToLower(strings.TrimSpace(attr(n, key))); name != "" {
			s.named[name] = append(s.named[name], content)
		}
	}
}

// microdata reads itemprop outside of <meta>, rel=author, and the first <time> after the headline.
func (s *scan) microdata(n *html.Node) {
	if n.DataAtom == atom.Time && s.titleSeen && s.timeAfterTitle == "" {
		s.timeAfterTitle = dates.Parse(attr(n, "datetime"))
	}
	prop := strings.ToLower(attr(n, "itemprop"))
	switch prop {
	case "datepublished", "datemodified":
		s.named[prop] = append(s.named[prop], firstOf(attr(n, "datetime"), attr(n, "content"), short(n)))
	case "author":
		if name := named(n); name != "" {
			s.named["author"] = append(s.named["author"], name)
		}
	case "headline":
		s.named[prop] = append(s.named[prop], short(n))
	}
	if prop == "" && strings.EqualFold(attr(n, "rel"), "author") && n.DataAtom == atom.A {
		s.named["byl"] = append(s.named["byl"], short(n))
	}
}

// named is the itemprop=name within an author, or all its text.
func named(n *html.Node) string {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && attr(c, "itemprop") == "name" {
			return firstOf(attr(c, "content"), short(c))
		}
	}
	return short(n)
}

// short is the text of an element that is expected to hold a name or a date; empty if it is long.
func short(n *html.Node) string {
	var out strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			out.WriteString(c.Data + " ")
		}
		if out.Len() > 300 {
			return ""
		}
	}
	return oneLine(out.String())
}

// linked is what JSON-LD (schema.org) says of the article.
type linked struct {
	headline, published, modified, publisher, language string
	authors                                            []string
}

var articleType = regexp.MustCompile(`(Article|BlogPosting|Report|Posting|OpinionPiece|WebPage)$`)

// value looks for the article in lists, graphs and nested objects.
func (l *linked) value(v any, depth int) {
	if depth > 6 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			l.value(e, depth+1)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			l.article(v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"} {
			l.value(v[key], depth+1)
		}
	}
}

func isArticle(t any) bool {
	for _, name := range stringsOf(t) {
		if articleType.MatchString(name) {
			return true
		}
	}
	return false
}

// article fills what is still empty: the first article on a page is the page's own.
func (l *linked) article(o map[string]any) {
	l.headline = firstOf(l.headline, ldString(o["headline"]))
	l.published = firstOf(l.published, ldString(o["datePublished"]), ldString(o["dateCreated"]))
	l.modified = firstOf(l.modified, ldString(o["dateModified"]))
	l.publisher = firstOf(l.publisher, nameOf(o["publisher"]))
	l.language = firstOf(l.language, ldString(o["inLanguage"]))
	if len(l.authors) > 0 {
		return
	}
	switch a := o["author"].(type) {
	case []any:
		for _, e := range a {
			if name := nameOf(e); name != "" {
				l.authors = append(l.authors, name)
			}
		}
	default:
		if name := nameOf(a); name != "" {
			l.authors = append(l.authors, name)
		}
	}
}

func ldString(v any) string {
	s, _ := v.(string)
	return oneLine(html.UnescapeString(s))
}

func stringsOf(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		out = append(out, v)
	case []any:
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// nameOf is a name given as a string, or as the name of an object or of the first in a list.
func nameOf(v any) string {
	switch v := v.(type) {
	case string:
		return ldString(v)
	case map[string]any:
		if s := ldString(v["name"]); s != "" {
			return s
		}
		if list := stringsOf(v["name"]); len(list) > 0 {
			return oneLine(list[0])
		}
	case []any:
		if len(v) > 0 {
			return nameOf(v[0])
		}
	}
	return ""
}

func firstOf(ss ...string) string {
	for _, s := range ss {
		if s = oneLine(s); s != "" {
			return s
		}
	}
	return ""
}

func firstDate(ss ...string) string {
	for _, s := range ss {
		if d := dates.Parse(s); d != "" {
			return d
		}
	}
	return ""
}

func firstPeople(lists ...[]string) []string {
	for _, list := range lists {
		if names := people(list...); len(names) > 0 {
			return names
		}
	}
	return nil
}

var (
	bylinePrefix = regexp.MustCompile(`(?i)^(by|von|par|por|od|autor(ka|en|zy)?|автор[аи]?|аўтар|текст|text|texte)( of)?(:\s*|\s+)`)
	inBrackets   = regexp.MustCompile(`\s*\([^()]*\)`)
	between      = regexp.MustCompile(`\s*;\s*|\s*\|\s*|,?\s+(?:and|und|et|та|і|и|oraz)\s+`)
	twoNames     = regexp.MustCompile(`^\p{Lu}\S+(?: \S+){1,3}(?:, \p{Lu}\S+(?: \S+){1,3})+$`)
	noPerson     = regexp.MustCompile(`(?i)^(https?:|www\.|@)|\.(com|org|net|ua|ru|pl|by|de|fr|es)(/|$)`)
)

// people splits bylines into names, in order, each once.
func people(bylines ...string) []string {
	var out []string
	seen := map[string]bool{}
	for _, line := range bylines {
		line = inBrackets.ReplaceAllString(oneLine(html.UnescapeString(line)), "")
		line = bylinePrefix.ReplaceAllString(line, "")
		names := between.Split(line, -1)
		if twoNames.MatchString(line) {
			names = strings.Split(line, ", ")
		}
		for _, name := range names {
			name = strings.Trim(name, " ,;")
			if name == "" || len(name) > 120 || noPerson.MatchString(name) || seen[strings.ToLower(name)] {
				continue
			}
			seen[strings.ToLower(name)] = true
			out = append(out, name)
		}
	}
	return out
}

// stripSite removes the outlet's name from the end of a title.
func stripSite(title, outlet string) string {
	for _, dash := range []string{" - ", " – ", " — ", " | ", " :: ", " / ", " • "} {
		if at := strings.LastIndex(title, dash); at > 0 && strings.EqualFold(strings.TrimSpace(title[at+len(dash):]), outlet) {
			return strings.TrimSpace(title[:at])
		}
	}
	return title
}

func absolute(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

func siteName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

var languageTag = regexp.MustCompile(`^[a-zA-Z]{2}(?:[-_].*)?$`)

func languageOf(tag string) string {
	if !languageTag.MatchString(tag) {
		return ""
	}
	return strings.ToLower(tag[:2])
}
