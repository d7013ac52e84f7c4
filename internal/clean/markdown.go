package clean

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
	"hearsay"
	"hearsay/internal/dates"
)

// markdownHead is a Markdown heading (CommonMark, ATX form): up to six signs and a space.
var markdownHead = regexp.MustCompile(`^(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?$`)

// heading gives the level of a Markdown heading and the span of its words.
func heading(text string, s hearsay.Span) (level int, words hearsay.Span) {
	if s.Len() == 0 || text[s.Start] != '#' {
		return 0, s
	}
	m := markdownHead.FindStringSubmatchIndex(s.In(text))
	if m == nil {
		return 0, s
	}
	return m[3] - m[2], hearsay.Span{Start: s.Start + m[4], End: s.Start + m[5]}
}

// front is the YAML block above a Markdown text.
type front struct {
	hearsay.Span // from the opening to the closing line
	Meta
	title hearsay.Span // the words of the title, empty where they are not written plainly
}

// longestFront is the longest front matter that is looked at, in bytes.
const longestFront = 16 << 10

// frontMatter reads the YAML block between two lines of three hyphens at the beginning of a text.
func frontMatter(text string) front {
	start := len(text) - len(strings.TrimLeft(text, "\ufeff \t\r\n"))
	end, body := lineEnd(text, start)
	if strings.TrimRight(text[start:end], " \t") != "---" {
		return front{}
	}
	for at := body; at < len(text) && at < start+longestFront; {
		end, next := lineEnd(text, at)
		if line := strings.TrimRight(text[at:end], " \t"); line == "---" || line == "..." {
			f := front{Span: hearsay.Span{Start: start, End: at + len(line)}}
			if f.read(text, hearsay.Span{Start: body, End: at}) {
				return f
			}
			return front{}
		}
		at = next
	}
	return front{}
}

// read takes over what the fields say; it reports whether they are fields at all.
func (f *front) read(text string, fields hearsay.Span) bool {
	var doc yaml.Node
	if yaml.Unmarshal([]byte(fields.In(text)), &doc) != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return false
	}
	list := doc.Content[0].Content
	for i := 0; i+1 < len(list); i += 2 {
		f.field(strings.ToLower(list[i].Value), list[i+1])
	}
	if f.Title != "" {
		if at := strings.Index(fields.In(text), f.Title); at >= 0 {
			f.title = hearsay.Span{Start: fields.Start + at, End: fields.Start + at + len(f.Title)}
		}
	}
	return true
}

func (f *front) field(key string, v *yaml.Node) {
	values := scalars(v)
	if len(values) == 0 {
		return
	}
	one := values[0]
	switch strings.NewReplacer("_", "", "-", "", ".", "").Replace(key) {
	case "title", "headline":
		f.Title = firstOf(f.Title, one)
	case "author", "authors", "byline", "by":
		if len(f.Byline) == 0 {
			f.Byline = people(values...)
		}
	case "outlet", "site", "sitename", "publisher", "publication", "source", "newspaper":
		if site := absolute(one); site != "" {
			one = siteName(site)
		}
		f.Outlet = firstOf(f.Outlet, one)
	case "date", "published", "publishedat", "pubdate", "publishdate", "datepublished", "publicationdate", "datepublish":
		f.Published = firstOf(f.Published, dates.Parse(one))
	case "updated", "updatedat", "modified", "lastmod", "lastmodified", "datemodified":
		f.Updated = firstOf(f.Updated, dates.Parse(one))
	}
}

// scalars gives a value, or the values or names of a list.
func scalars(v *yaml.Node) []string {
	switch v.Kind {
	case yaml.ScalarNode:
		if v.Tag == "!!null" {
			return nil
		}
		return []string{v.Value}
	case yaml.SequenceNode:
		var out []string
		for _, e := range v.Content {
			out = append(out, scalars(e)...)
		}
		return out
	case yaml.MappingNode:
		for i := 0; i+1 < len(v.Content); i += 2 {
			if v.Content[i].Value == "name" {
				return scalars(v.Content[i+1])
			}
		}
	}
	return nil
}

// markdown puts the front matter and the signs of headings into paragraphs of their own.
func markdown(text string, in []paragraph, f *front) []paragraph {
	out := f.paragraphs(text, in)
	for _, q := range in {
		level, words := heading(text, q.Span)
		if level == 0 {
			out = append(out, q)
			continue
		}
		out = append(out, frameParagraph(hearsay.Span{Start: q.Start, End: q.Start + level}, q.gap))
		out = append(out, paragraph{Span: words, gap: 1, level: level, role: hearsay.RoleHeading})
		if closing := trim(text, hearsay.Span{Start: words.End, End: q.End}); closing.Len() > 0 {
			out = append(out, frameParagraph(closing, 0))
		}
	}
	return out
}

// paragraphs gives the front matter as frame, but for the words of its title where the text below
// does not open with them.
func (f *front) paragraphs(text string, below []paragraph) []paragraph {
	if f.Len() == 0 {
		return nil
	}
	for i, q := range below {
		_, words := heading(text, q.Span)
		if i < topOfPage && normal(words.In(text)) == normal(f.Title) {
			return []paragraph{frameParagraph(f.Span, 0)}
		}
	}
	if f.title.Len() == 0 {
		return []paragraph{frameParagraph(f.Span, 0)}
	}
	return []paragraph{
		frameParagraph(trim(text, hearsay.Span{Start: f.Start, End: f.title.Start}), 0),
		{Span: f.title, role: hearsay.RoleTitle, kind: string(hearsay.RoleTitle)},
		frameParagraph(trim(text, hearsay.Span{Start: f.title.End, End: f.End}), 0),
	}
}

func frameParagraph(s hearsay.Span, gap int) paragraph {
	return paragraph{Span: s, gap: gap, role: hearsay.RoleBoilerplate, kind: string(hearsay.RoleBoilerplate)}
}
