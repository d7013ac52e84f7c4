package clean

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"hearsay"
)

// pageBlock is a paragraph of a page. Its text is trimmed; line ends in it stand for <br>.
type pageBlock struct {
	text string
	role hearsay.Role
	tag  atom.Atom // of the element that it comes from, where that says something
}

// gather walks a tree and returns its text as blocks, leaving out what is no part of an article
// and blocks that are links for the most part.
func gather(n *html.Node) []pageBlock {
	g := &gatherer{role: hearsay.RoleBody}
	g.node(n)
	g.end()
	return g.blocks
}

type gatherer struct {
	blocks []pageBlock
	text   strings.Builder
	space  bool // white space is due before the next word
	lines  int  // line ends are due before the next word
	links  int  // bytes of the current block that are link text
	inLink int
	role   hearsay.Role
	tag    atom.Atom
}

// left out with all that is in them.
var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true, atom.Title: true,
	atom.Nav: true, atom.Aside: true, atom.Form: true, atom.Footer: true, atom.Button: true, atom.Select: true,
	atom.Textarea: true, atom.Svg: true, atom.Math: true, atom.Iframe: true, atom.Object: true, atom.Audio: true,
	atom.Video: true, atom.Canvas: true, atom.Map: true, atom.Dialog: true, atom.Datalist: true,
}

// inline elements do not end a paragraph; all others do.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true,
	atom.Data: true, atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true,
	atom.Kbd: true, atom.Label: true, atom.Mark: true, atom.Q: true, atom.S: true, atom.Samp: true, atom.Small: true,
	atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.Tt: true, atom.U: true,
	atom.Var: true, atom.Wbr: true, atom.Img: true, atom.Picture: true, atom.Source: true, atom.Big: true, atom.Nobr: true,
	atom.Meta: true, atom.Link: true,
}

func (g *gatherer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		g.write(n.Data)
		return
	case html.ElementNode:
		if dropped[n.DataAtom] && !wholePage(n) || hidden(n) {
			return
		}
		g.element(n)
		return
	}
	g.children(n)
}

// wholePage reports whether a form is put around an article, as some page builders do.
func wholePage(n *html.Node) bool {
	if n.DataAtom != atom.Form {
		return false
	}
	paragraphs := 0
	for c := range n.Descendants() {
		if c.DataAtom == atom.P {
			paragraphs++
		}
	}
	return paragraphs >= 3
}

func (g *gatherer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		g.node(c)
	}
}

func (g *gatherer) element(n *html.Node) {
	switch {
	case n.DataAtom == atom.Br:
		g.lines++
	case n.DataAtom == atom.Td, n.DataAtom == atom.Th:
		g.children(n)
		g.space = true
	case n.DataAtom == atom.Figure:
		g.figure(n)
	case n.DataAtom == atom.A:
		g.inLink++
		g.children(n)
		g.inLink--
	case n.DataAtom == atom.Q: // whose marks the browser draws
		g.write("“")
		g.children(n)
		g.glue("”")
	case inline[n.DataAtom] && !blockRole(n):
		g.children(n)
	default:
		g.block(n)
	}
}

// blockRole reports whether an inline element holds a byline or credit that stands alone: one
// inside a paragraph is part of its sentence.
func blockRole(n *html.Node) bool {
	if n.DataAtom == atom.Time || n.Parent != nil && n.Parent.DataAtom == atom.P {
		return false
	}
	role := markupRole(n)
	return role == hearsay.RoleByline || role == hearsay.RoleCredit
}

func (g *gatherer) block(n *html.Node) {
	g.end()
	role, tag := g.role, g.tag
	if r := markupRole(n); r != "" {
		g.role = r
	}
	if n.DataAtom != atom.Div && n.DataAtom != atom.Section {
		g.tag = n.DataAtom
	}
	g.children(n)
	g.end()
	g.role, g.tag = role, tag
}

// figure keeps nothing but the caption.
func (g *gatherer) figure(n *html.Node) {
	g.end()
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode || hidden(c):
		case c.DataAtom == atom.Figcaption:
			g.block(c)
		case c.DataAtom == atom.Div || c.DataAtom == atom.Span || c.DataAtom == atom.A || c.DataAtom == atom.Figure:
			g.figure(c)
		case c.DataAtom == atom.Blockquote || c.DataAtom == atom.P || c.DataAtom == atom.Table:
			g.block(c)
		}
	}
}

var (
	bylineClass = regexp.MustCompile(`(?i)(^|[\s_-])(by-?line|authors?|autor(en|es)?|auteurs?|writtenby|author-?name)($|[\s_-])`)
	creditClass = regexp.MustCompile(`(?i)(^|[\s_-])(credits?|copyright|photo-?credit|image-?credit|source-?credit)($|[\s_-])`)
	ledeClass   = regexp.MustCompile(`(?i)(^|[\s_-])(lede|lead|standfirst|dek|intro|perex|chapo|chapeau|entradilla|teaser-?text|article-?(lead|summary|intro)|subheadline|anons)($|[\s_-])`)
)

// markupRole tells a block's role from its element and class; empty where they say nothing.
func markupRole(n *html.Node) hearsay.Role {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return hearsay.RoleHeading
	case atom.Figcaption:
		return hearsay.RoleCaption
	}
	class := attr(n, "class") + " " + attr(n, "itemprop") + " " + attr(n, "rel")
	switch {
	case len(class) == 2:
	case creditClass.MatchString(class):
		return hearsay.RoleCredit
	case bylineClass.MatchString(class) && len(class) < 120:
		return hearsay.RoleByline
	case n.DataAtom == atom.P && ledeClass.MatchString(class):
		return hearsay.RoleLede
	}
	return ""
}

func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			return a.Val == "true" && n.DataAtom != atom.Div && n.DataAtom != atom.P
		case "style":
			v := strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))
			return strings.Contains(v, "display:none") || strings.Contains(v, "visibility:hidden")
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// write adds text, white space collapsed as a browser does. Soft hyphens and zero-width marks,
// which only help to break lines, are left out.
func (g *gatherer) write(s string) {
	for i := 0; i < len(s); {
		c := s[i]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' {
			g.space = true
			i++
			continue
		}
		end := i
		for end < len(s) && !strings.ContainsRune(" \n\t\r\f", rune(s[end])) {
			end++
		}
		g.word(s[i:end])
		i = end
	}
}

var unbroken = strings.NewReplacer("\u00AD", "", "\u200B", "", "\uFEFF", "", "\u2060", "", "\x00", "")

func (g *gatherer) word(w string) {
	if w = unbroken.Replace(w); w == "" {
		return
	}
	switch {
	case g.text.Len() == 0:
	case g.lines > 1:
		g.end()
	case g.lines == 1:
		g.text.WriteByte('\n')
	case g.space:
		g.text.WriteByte(' ')
	}
	if g.inLink > 0 {
		g.links += len(w)
		if g.space {
			g.links++
		}
	}
	g.space, g.lines = false, 0
	g.text.WriteString(w)
}

// glue adds text without the white space that is due.
func (g *gatherer) glue(s string) {
	due := g.space
	g.space = false
	g.word(s)
	g.space = due
}

// end closes the current block.
func (g *gatherer) end() {
	text, links := strings.TrimSpace(g.text.String()), g.links
	g.text.Reset()
	g.space, g.lines, g.links = false, 0, 0
	if text == "" || links*10 > len(text)*7 && g.role != hearsay.RoleHeading && g.role != hearsay.RoleByline {
		return
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return
	}
	role := g.role
	if role == hearsay.RoleByline && utf8.RuneCountInString(text) > 200 { // a class around the whole article
		role = hearsay.RoleBody
	}
	g.blocks = append(g.blocks, pageBlock{text: text, role: role, tag: g.tag})
}

// visible is all text of a source without its tags; the last resort.
func visible(source string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(out.String())
		case html.TextToken:
			out.Write(z.Text())
			out.WriteByte('\n')
		}
	}
}
