// Package clean turns what was found into documents: pages and texts into article text, blocks
// with their roles, title, byline, outlet, dates and credits. Nothing of a plain text is cut.
package clean

import (
	"net/url"
	"strings"
	"unicode"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"hearsay"
)

// Meta is what the container of a page (a feed, an archive, a JSON object, the address) says of
// it. The page's own word goes first. Dates are RFC 3339 or empty.
type Meta struct {
	Title     string
	Byline    []string
	Outlet    string
	Published string
	Updated   string
	Language  string
	URL       string
}

// enough is how many bytes of article text make an extraction believable. Below it, all visible
// text is taken if that is at least twice as much.
const enough = 250

// HTML turns the source of a page, or of a fragment of one as feeds carry them, into a document
// with its article text, blocks and metadata. Language holds what the page declares, with a
// confidence of 0; it is for language identification to judge.
//
// The article is found by Readability; where that finds none, all visible text is kept. A page
// of any size and shape gives a document: what is nested too deep loses its tags and keeps its
// text, what is too long is cut, with a note.
func HTML(raw string, hint Meta) hearsay.Document {
	source, cutNote := prepare(raw)
	root, err := html.Parse(strings.NewReader(source))
	if err != nil { // prepare leaves nothing that the parser refuses; this keeps the text if it ever does
		d := hearsay.Document{Notes: []string{"the page's structure cannot be read; all its text was kept"}}
		return assemble(d, hint.Title, []pageBlock{{text: visible(source), role: hearsay.RoleBody}})
	}
	page := gather(root)
	said := readMeta(root, hint)
	blocks, readTitle, byline, noArticle := article(root, said.Meta.URL, page, fragment(raw))

	d := hearsay.Document{
		URL: said.URL, Outlet: said.Outlet, Published: said.Published, Updated: said.Updated,
		Language: said.Language, Byline: said.Byline,
	}
	if cutNote != "" {
		d.Notes = append(d.Notes, cutNote)
	}
	if noArticle {
		d.Notes = append(d.Notes, "no article found in the page; all its visible text was kept")
	}
	if len(d.Byline) == 0 {
		d.Byline = people(withoutDigits(byline))
	}
	title := headline(page, said.Title, readTitle)
	return assemble(d, title, withLede(blocks, page, said.description))
}

// fragment reports whether the source is a piece of a page: all of it is content.
func fragment(raw string) bool {
	low := strings.ToLower(raw[:min(len(raw), 4096)])
	for _, tag := range []string{"<html", "<head", "<body", "<!doctype"} {
		if strings.Contains(low, tag) {
			return false
		}
	}
	return true
}

// article finds the article's blocks. It consumes the tree.
func article(root *html.Node, address string, page []pageBlock, isFragment bool) (blocks []pageBlock, title, byline string, fellBack bool) {
	if isFragment {
		return page, "", "", false
	}
	at, err := url.Parse(address)
	if err != nil || address == "" {
		at = &url.URL{Scheme: "https", Host: "localhost"}
	}
	if weight(root, 0) > maxWeight {
		return page, "", "", true
	}
	parser := readability.NewParser()
	parser.KeepClasses = true
	found, err := parser.ParseAndMutate(root, at)
	if err == nil && found.Node != nil {
		blocks = gather(found.Node)
	}
	if n := textBytes(blocks); n < enough && textBytes(page) > 2*n {
		return page, found.Title, found.Byline, true
	}
	return blocks, found.Title, found.Byline, false
}

// maxWeight is how much text, counted once for each element around it, is given to Readability,
// which reads the text of every element anew: about three seconds' work. Long articles reach a
// tenth of it.
const maxWeight = 64 << 20

func weight(n *html.Node, depth int) int {
	if n.Type == html.TextNode {
		return len(n.Data) * depth
	}
	sum := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += weight(c, depth+1)
	}
	return sum
}

func textBytes(blocks []pageBlock) int {
	n := 0
	for _, b := range blocks {
		n += len(b.text)
	}
	return n
}

// headline decides between what the metadata and what the page show: the visible headline where
// it is one and says much the same, since it is the one that the reader saw. The window's title,
// which Readability falls back to, is trusted least.
func headline(page []pageBlock, stated, window string) string {
	stated, window = oneLine(stated), oneLine(window)
	var tops []string
	for _, b := range page {
		if b.tag == atom.H1 {
			tops = append(tops, oneLine(b.text))
		}
	}
	for _, top := range tops {
		if alike(top, firstOf(stated, window)) {
			return top
		}
	}
	if stated == "" && len(tops) == 1 && strings.Count(tops[0], " ") >= 2 { // less is the outlet's name
		return tops[0]
	}
	return firstOf(stated, window)
}

// alike reports whether at least half of the words of each are words of the other.
func alike(a, b string) bool {
	wa, wb := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	in := map[string]bool{}
	for _, w := range wa {
		in[w] = true
	}
	both := 0
	for _, w := range wb {
		if in[w] {
			both++
			delete(in, w)
		}
	}
	return both > 0 && 2*both >= len(wa) && 2*both >= len(wb)
}

// withLede marks the paragraph that the page's description repeats, and puts it back in front
// where it stood outside of the extracted article.
func withLede(blocks, page []pageBlock, description string) []pageBlock {
	for i := range blocks {
		if i < 4 && blocks[i].role == hearsay.RoleBody && repeats(description, blocks[i].text) {
			blocks[i].role = hearsay.RoleLede
			return blocks
		}
		if blocks[i].role == hearsay.RoleLede {
			return blocks
		}
	}
	for _, b := range page {
		if b.role != hearsay.RoleLede && !repeats(description, b.text) {
			continue
		}
		if anyHolds(blocks, b.text) {
			return blocks
		}
		b.role = hearsay.RoleLede
		return append([]pageBlock{b}, blocks...)
	}
	return blocks
}

// repeats reports whether the description is the text, or its beginning if it says so by dots.
func repeats(description, text string) bool {
	description = oneLine(description)
	if len(description) < 40 {
		return false
	}
	start := strings.TrimRight(description, "…. ")
	text = oneLine(text)
	if strings.HasSuffix(description, "…") || strings.HasSuffix(description, "...") {
		return strings.HasPrefix(text, start)
	}
	return strings.TrimRight(text, "…. ") == start
}

func anyHolds(blocks []pageBlock, text string) bool {
	for _, b := range blocks {
		if strings.Contains(b.text, text) {
			return true
		}
	}
	return false
}

// assemble writes the text: blocks with a blank line between them, the title first.
func assemble(d hearsay.Document, title string, blocks []pageBlock) hearsay.Document {
	d.Title = title
	blocks = titled(blocks, title)
	var text strings.Builder
	for _, b := range blocks {
		if text.Len() > 0 {
			text.WriteString("\n\n")
		}
		start := text.Len()
		text.WriteString(b.text)
		d.Blocks = append(d.Blocks, hearsay.Block{Span: hearsay.Span{Start: start, End: text.Len()}, Role: b.role})
	}
	d.Text = text.String()
	return d
}

// titled marks the title among the first blocks, or puts it in front.
func titled(blocks []pageBlock, title string) []pageBlock {
	if title == "" {
		return blocks
	}
	for i := range blocks[:min(len(blocks), 4)] {
		if strings.EqualFold(oneLine(blocks[i].text), title) {
			blocks[i].role = hearsay.RoleTitle
			return blocks
		}
	}
	return append([]pageBlock{{text: title, role: hearsay.RoleTitle}}, blocks...)
}

// withoutDigits refuses a byline found by its looks that has a date or a count of comments in it.
func withoutDigits(byline string) string {
	if strings.ContainsFunc(byline, unicode.IsDigit) {
		return ""
	}
	return byline
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
