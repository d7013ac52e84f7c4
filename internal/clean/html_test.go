package clean

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"hearsay"
)

// webPage wraps an article in what surrounds articles: menus, teasers, a cookie line.
func webPage(head, article string) string {
	return `<!DOCTYPE html><html lang="en-GB"><head><title>Ferry stops - Harbour Post</title>` + head + `</head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav></header>
<main><article>` + article + `</article></main>
<aside><h3>Read also</h3><ul><li><a href="/x">A wholly different story about sheep</a></li></ul></aside>
<footer><p>© Harbour Post. <a href="/imprint">Imprint</a></p></footer></body></html>`
}

const ferry = `<h1>Ferry to Lundra stops for the winter</h1>
<p class="standfirst">The last crossing is on Friday, the harbour office says.</p>
<figure><img src="f.jpg"><figcaption>The ferry in port. <span class="credit">Photo: Ilka Roos</span></figcaption></figure>
<p>The ferry between Lundra and the mainland will not sail between December and March, the harbour office said on Monday.</p>
<p>“We do not have the crews”, said its head, Mara Voss.<br>She named no&nbsp;date.</p>
<h2>Islanders object</h2>
<p>The council of the island called the decision hasty, and said that it had learnt of it from the radio, not from the office.</p>
<ul><li>The post will come by air.</li><li>Cars must wait until spring.</li></ul>
<div class="share"><a href="#">Share</a> <a href="#">Tweet</a></div>`

func blocksOf(d hearsay.Document) []string {
	var out []string
	for _, b := range d.Blocks {
		out = append(out, string(b.Role)+": "+b.In(d.Text))
	}
	return out
}

// A page gives its article with one block for each paragraph, the roles that its markup tells,
// and nothing of what stands around it.
func TestHTMLArticle(t *testing.T) {
	d := HTML(webPage("", ferry), Meta{})
	want := []string{
		"title: Ferry to Lundra stops for the winter",
		"lede: The last crossing is on Friday, the harbour office says.",
		"caption: The ferry in port.",
		"credit: Photo: Ilka Roos",
		"body: The ferry between Lundra and the mainland will not sail between December and March, the harbour office said on Monday.",
		"body: “We do not have the crews”, said its head, Mara Voss.\nShe named no\u00a0date.",
		"heading: Islanders object",
		"body: The council of the island called the decision hasty, and said that it had learnt of it from the radio, not from the office.",
		"body: The post will come by air.",
		"body: Cars must wait until spring.",
	}
	if diff := cmp.Diff(want, blocksOf(d)); diff != "" {
		t.Error(diff)
	}
	if d.Language != "en" || d.Title != "Ferry to Lundra stops for the winter" {
		t.Errorf("language %q, title %q", d.Language, d.Title)
	}
}

func TestHTMLMeta(t *testing.T) {
	type facts struct {
		Title, Outlet, Published, Updated, URL string
		Byline                                 []string
	}
	for _, c := range []struct {
		why, head, body string
		hint            Meta
		want            facts
	}{
		{
			why:  "JSON-LD in a graph goes before everything",
			head: `<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Ferry to Lundra stops &amp; waits","datePublished":"2025-11-20T10:00:00+0200","dateModified":"2025-11-21","author":[{"@type":"Person","name":"Ilka Roos"},{"name":"Jan Brandt"}],"publisher":{"name":"Harbour Post"}}]}</script><meta property="article:published_time" content="2020-01-01">`,
			body: ferry,
			want: facts{"Ferry to Lundra stops for the winter", "Harbour Post", "2025-11-20T10:00:00+02:00", "2025-11-21", "", []string{"Ilka Roos", "Jan Brandt"}},
		},
		{
			why:  "meta tags; the site's name leaves the title; an author's address is no name",
			head: `<meta property="og:title" content="Winter without a boat - Harbour Post"><meta property="og:site_name" content="Harbour Post"><meta property="article:published_time" content="2025-11-20T10:00:00Z"><meta property="article:author" content="https://social.example/ilka"><meta name="author" content="By Ilka Roos and Jan Brandt"><link rel="canonical" href="https://harbour.example/a">`,
			body: strings.Replace(ferry, "h1", "p", 2),
			want: facts{"Winter without a boat", "Harbour Post", "2025-11-20T10:00:00Z", "", "https://harbour.example/a", []string{"Ilka Roos", "Jan Brandt"}},
		},
		{
			why:  "microdata",
			body: ferry + `<span itemprop="author" itemscope><span itemprop="name">Ілька Рось</span></span><time itemprop="datePublished" datetime="2025-11-20">20 листопада</time>`,
			want: facts{"Ferry to Lundra stops for the winter", "", "2025-11-20", "", "", []string{"Ілька Рось"}},
		},
		{
			why:  "the first <time> after the headline, when nothing else is said",
			body: strings.Replace(ferry, "</h1>", `</h1><time datetime="2025-11-20T09:00:00Z">today</time>`, 1),
			want: facts{"Ferry to Lundra stops for the winter", "", "2025-11-20T09:00:00Z", "", "", nil},
		},
		{
			why: "the address as the last resort", body: ferry, hint: Meta{URL: "https://www.harbour.example/2025/11/20/ferry"},
			want: facts{"Ferry to Lundra stops for the winter", "harbour.example", "2025-11-20", "", "https://www.harbour.example/2025/11/20/ferry", nil},
		},
		{
			why: "a date that cannot be read for certain is left out", head: `<meta name="date" content="05/11/2025">`, body: ferry,
			want: facts{"Ferry to Lundra stops for the winter", "", "", "", "", nil},
		},
		{
			why: "broken JSON-LD is passed over", head: `<script type="application/ld+json">{"@type":"NewsArticle",</script>`, body: ferry,
			hint: Meta{Published: "2025-11-19", Byline: []string{"Jan Brandt"}, Outlet: "Wire"},
			want: facts{"Ferry to Lundra stops for the winter", "Wire", "2025-11-19", "", "", []string{"Jan Brandt"}},
		},
	} {
		d := HTML(webPage(c.head, c.body), c.hint)
		got := facts{d.Title, d.Outlet, d.Published, d.Updated, d.URL, d.Byline}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.why, diff)
		}
	}
}

// Feeds carry pieces of pages: all of a piece is content, and the title comes from the feed.
func TestHTMLFragment(t *testing.T) {
	d := HTML(`<p>The ferry stops.</p><p>“No crews”, said Voss.</p>tail<br><br>more`, Meta{Title: "Winter", Published: "2025-11-20"})
	want := []string{"title: Winter", "body: The ferry stops.", "body: “No crews”, said Voss.", "body: tail", "body: more"}
	if diff := cmp.Diff(want, blocksOf(d)); diff != "" {
		t.Error(diff)
	}
	if d.Published != "2025-11-20" {
		t.Errorf("published %q", d.Published)
	}
}

// Details of the text pass, on pieces of pages.
func TestHTMLBlocks(t *testing.T) {
	for _, c := range []struct {
		why, in string
		want    []string
	}{
		{"a name marked inside a sentence does not break it", `<p>The book by <span class="author">Ilka Roos</span> is out.</p>`, []string{"body: The book by Ilka Roos is out."}},
		{"a byline of its own", `<div><span class="byline">By Ilka Roos</span></div><p>Words.</p>`, []string{"byline: By Ilka Roos", "body: Words."}},
		{"a form around the article", `<form><p>One.</p><p>Two.</p><p>Three.</p></form>`, []string{"body: One.", "body: Two.", "body: Three."}},
		{"a form that is one", `<p>One.</p><form><p>Subscribe</p></form>`, []string{"body: One."}},
		{"lists of links are left out", `<p>One with <a href=x>a link</a>.</p><p><a href=x>Read this story</a> too</p>`, []string{"body: One with a link."}},
		{"marks that the browser draws", `<p>He said <q>no</q>.</p>`, []string{"body: He said “no”."}},
		{"cells keep apart", `<table><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>7</td></tr></table>`, []string{"body: North 12", "body: South 7"}},
		{"what only helps to break lines goes", "<p>Brücken\u00adsperre<wbr>n</p>", []string{"body: Brückensperren"}},
		{"rules and dots are no blocks", `<p>One.</p><p>***</p><p>Two.</p>`, []string{"body: One.", "body: Two."}},
	} {
		if diff := cmp.Diff(c.want, blocksOf(HTML(c.in, Meta{}))); diff != "" {
			t.Errorf("%s: %s", c.why, diff)
		}
	}
}

// Where there is no article, what can be seen is kept, with a note.
func TestHTMLWithoutArticle(t *testing.T) {
	d := HTML(`<html><body><div>One line.</div><div style="display: none">Hidden.</div><script>var x = "<p>no</p>"</script><p>Two.</body>`, Meta{})
	if d.Text != "One line.\n\nTwo." {
		t.Errorf("text %q", d.Text)
	}
}

// A page that is nested without end keeps its text, and says what was cut.
func TestHTMLNested(t *testing.T) {
	for _, tag := range []string{"div", "b", "span", "table", "a", "font color=red", "p", "ul><li", "svg", "x-y", "blockquote", "button", "h1"} {
		var src strings.Builder
		src.WriteString("<html><body><p>The first words.</p>")
		for i := range 20_000 {
			fmt.Fprintf(&src, "<%s>", tag)
			if i%200 == 0 {
				fmt.Fprintf(&src, "word%d ", i)
			}
		}
		src.WriteString("the last words")
		d := HTML(src.String(), Meta{})
		if !strings.Contains(d.Text, "The first words.") && !strings.Contains(d.Text, "word10000") {
			t.Errorf("<%s>: text lost: %.80q, notes %q", tag, d.Text, d.Notes)
		}
		check(t, d)
	}
}

// Tags that the parser would open anew in every paragraph must not multiply.
func TestHTMLReconstruction(t *testing.T) {
	var src strings.Builder
	for i := range 5_000 {
		fmt.Fprintf(&src, "<font size=%d><a href=%d><p>", i, i)
	}
	check(t, HTML("<html><body>"+src.String(), Meta{}))
}

// check holds what must be true of any document: valid text, blocks in order without overlap.
func check(t *testing.T, d hearsay.Document) {
	t.Helper()
	if !utf8.ValidString(d.Text) {
		t.Error("text is not valid UTF-8")
	}
	end := 0
	for _, b := range d.Blocks {
		if b.Start < end || b.End <= b.Start || b.End > len(d.Text) {
			t.Fatalf("block %v after %d in text of %d", b, end, len(d.Text))
		}
		if s := b.In(d.Text); strings.TrimSpace(s) != s {
			t.Errorf("block %q is not trimmed", s)
		}
		if strings.TrimSpace(d.Text[end:b.Start]) != "" {
			t.Errorf("text between blocks: %q", d.Text[end:b.Start])
		}
		end = b.End
	}
	if strings.TrimSpace(d.Text[end:]) != "" {
		t.Errorf("text after the last block: %q", d.Text[end:])
	}
}

func FuzzHTML(f *testing.F) {
	f.Add(webPage("", ferry), "Title")
	f.Add("<p>A<br><br>B<table><td>x<td>y", "")
	f.Add("<a><b><p></a><svg><title>x</svg><plaintext></p>", "T")
	f.Add(`<script type="application/ld+json">[{"@type":"Article","author":[null,{"name":["A"]}]}]</script>`, "")
	f.Fuzz(func(t *testing.T, raw, title string) {
		if !utf8.ValidString(raw) || !utf8.ValidString(title) {
			t.Skip("ingest hands out valid UTF-8 only")
		}
		check(t, HTML(raw, Meta{Title: title}))
	})
}

func BenchmarkHTML(b *testing.B) {
	src := webPage("", strings.Repeat(ferry, 10))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		HTML(src, Meta{})
	}
}
