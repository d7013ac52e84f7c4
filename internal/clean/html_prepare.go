package clean

import (
	"bytes"
	"fmt"
	"html"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits within which a page is parsed. Real pages stay far below: articles in Common Crawl have
// some hundred kilobytes, a few thousand elements, and are nested 20 to 40 deep.
const (
	maxSource   = 16 << 20 // bytes
	maxElements = 60_000
	maxDepth    = 100 // of elements that must be closed; tables can be four times as deep in the tree
)

// formatting elements carry no text of their own. The parser opens them anew in every following
// paragraph when they are not closed, which lets a small page grow without bound.
var formatting = map[atom.Atom]bool{
	atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true,
	atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
	atom.Frameset: true, atom.Frame: true, atom.Plaintext: true, atom.Xmp: true,
}

// unclosed elements have no end tag, or one that may be left out.
var unclosed = map[atom.Atom]bool{
	atom.Html: true, atom.Head: true, atom.Body: true, atom.P: true, atom.Li: true, atom.Dt: true, atom.Dd: true,
	atom.Tr: true, atom.Td: true, atom.Th: true, atom.Thead: true, atom.Tbody: true, atom.Tfoot: true, atom.Option: true,
	atom.Optgroup: true, atom.Colgroup: true, atom.Col: true, atom.Area: true, atom.Base: true, atom.Br: true, atom.Embed: true,
	atom.Hr: true, atom.Img: true, atom.Input: true, atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true,
	atom.Track: true, atom.Wbr: true, atom.Rp: true, atom.Rt: true,
}

// silent elements hold text that is not to be read; the tokenizer hands it out as one token.
var silent = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Textarea: true, atom.Iframe: true, atom.Noembed: true, atom.Noframes: true,
}

// kept attributes are those that the text pass, the metadata reader and Readability look at.
var kept = map[string]bool{
	"class": true, "id": true, "property": true, "name": true, "content": true, "itemprop": true, "itemtype": true,
	"itemscope": true, "datetime": true, "pubdate": true, "rel": true, "href": true, "lang": true, "hidden": true,
	"aria-hidden": true, "role": true, "type": true, "http-equiv": true, "style": true, "src": true, "alt": true, "title": true,
}

const maxAttribute = 4096 // bytes of one value

// prepare writes the page anew within the limits, so that parsing it takes bounded time and
// stack whatever it holds. The note says what was cut.
func prepare(raw string) (source, note string) {
	p := &preparer{open: make([]atom.Atom, 0, maxDepth), over: map[string]int{}}
	if len(raw) > maxSource {
		raw = strings.ToValidUTF8(raw[:maxSource], "")
		p.note = fmt.Sprintf("the page is larger than %d MiB and was cut there", maxSource>>20)
	}
	p.out.Grow(len(raw) / 2)
	p.z = xhtml.NewTokenizer(strings.NewReader(raw))
	for p.next() {
	}
	return p.out.String(), p.note
}

type preparer struct {
	z        *xhtml.Tokenizer
	out      strings.Builder
	open     []atom.Atom    // elements that wait for their end tag; 0 for names that HTML does not know
	over     map[string]int // open elements that were left out, by name
	gapped   int            // length of out after the last gap
	elements int
	mute     bool // the next text belongs to a silent element
	data     bool // the next text is JSON-LD
	note     string
}

func (p *preparer) next() bool {
	kind := p.z.Next()
	switch kind {
	case xhtml.ErrorToken:
		return false
	case xhtml.TextToken:
		p.text()
	case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
		p.start(kind == xhtml.SelfClosingTagToken)
	case xhtml.EndTagToken:
		p.end()
	}
	if p.elements > maxElements {
		p.note = fmt.Sprintf("the page has more than %d elements and was cut there", maxElements)
		return false
	}
	return true
}

func (p *preparer) text() {
	switch {
	case p.data:
		p.out.WriteString(`<script type="application/ld+json">`)
		p.out.Write(p.z.Raw())
		p.out.WriteString("</script>")
	case !p.mute:
		p.out.Write(bytes.ReplaceAll(p.z.Raw(), []byte("<"), []byte("&lt;")))
	}
	p.mute, p.data = false, false
}

// gap keeps the words on the two sides of a tag that is left out apart.
func (p *preparer) gap() {
	if p.out.Len() != p.gapped {
		p.out.WriteByte(' ')
		p.gapped = p.out.Len()
	}
}

func (p *preparer) start(selfClosing bool) {
	p.mute, p.data = false, false
	nameBytes, more := p.z.TagName()
	name := string(nameBytes)
	a := atom.Lookup(nameBytes)
	var attrs []xhtml.Attribute
	for more {
		var key, val []byte
		key, val, more = p.z.TagAttr()
		if kept[string(key)] && len(attrs) < 16 {
			attrs = append(attrs, xhtml.Attribute{Key: string(key), Val: string(val[:min(len(val), maxAttribute)])})
		}
	}
	switch {
	case silent[a]:
		p.mute = true
		p.data = a == atom.Script && isJSONLD(attrs)
		return
	case formatting[a]:
		return
	case !unclosed[a] && !selfClosing && len(p.open) >= maxDepth:
		p.over[name]++
		p.note = fmt.Sprintf("the page is nested more than %d deep; deeper tags were left out, their text was kept", maxDepth)
		p.gap()
		return
	case !unclosed[a] && !selfClosing:
		p.open = append(p.open, a)
	}
	p.write(name, attrs)
	if selfClosing && !unclosed[a] { // the parser would take it for an open one
		p.out.WriteString("</" + name + ">")
	}
}

func isJSONLD(attrs []xhtml.Attribute) bool {
	for _, a := range attrs {
		if a.Key == "type" && strings.Contains(strings.ToLower(a.Val), "ld+json") {
			return true
		}
	}
	return false
}

func (p *preparer) write(name string, attrs []xhtml.Attribute) {
	if !plainName(name) {
		name = "span"
	}
	p.elements++
	p.out.WriteByte('<')
	p.out.WriteString(name)
	for _, a := range attrs {
		p.out.WriteByte(' ')
		p.out.WriteString(a.Key)
		p.out.WriteString(`="`)
		p.out.WriteString(html.EscapeString(a.Val))
		p.out.WriteByte('"')
	}
	p.out.WriteByte('>')
}

func plainName(name string) bool {
	return len(name) <= 40 && !strings.ContainsFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != ':'
	})
}

func (p *preparer) end() {
	p.mute, p.data = false, false
	nameBytes, _ := p.z.TagName()
	name := string(nameBytes)
	a := atom.Lookup(nameBytes)
	switch {
	case silent[a], formatting[a]:
		return
	case unclosed[a]:
		p.elements++ // an end tag without a start can make an element, too
	case p.over[name] > 0:
		p.over[name]--
		p.gap()
		return
	case !p.pop(a):
		return
	}
	if !plainName(name) {
		name = "span"
	}
	p.out.WriteString("</" + name + ">")
}

// pop closes the innermost open element of that kind and all within it.
func (p *preparer) pop(a atom.Atom) bool {
	for i := len(p.open) - 1; i >= 0; i-- {
		if p.open[i] == a {
			p.open = p.open[:i]
			return true
		}
	}
	return false
}
