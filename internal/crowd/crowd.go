// Package crowd makes any number of short articles out of a few, to measure how the program bears
// many: stories cut out of the given articles with other names, words, figures and dates, and copies,
// excerpts and translations of these stories. It is for benchmarks alone.
package crowd

import (
	"fmt"
	"hash/fnv"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/romanize"
)

// Article is a made article.
type Article struct {
	Title, Text, Language, Outlet, Published, URL string
}

// Crowd is an endless row of articles: each is a function of the material and of its number alone.
type Crowd struct {
	material []*hearsay.Analysis
	parallel map[string][]*hearsay.Analysis // the same article in several languages
	words    map[string][]string            // by language, part of speech and features
}

const (
	fewestWords = 45   // of a story
	worlds      = 400  // casts of invented names that stories share
	bigStory    = 1000 // each so many articles one is copied much
	outlets     = 300
	days        = 365
)

// New takes the articles to cut up. Those of one file name are the same article in several languages,
// line by line.
func New(material []*hearsay.Analysis) *Crowd {
	c := &Crowd{parallel: map[string][]*hearsay.Analysis{}, words: map[string][]string{}}
	seen := map[string]bool{}
	for _, a := range material {
		if len(lines(a)) < 2 {
			continue
		}
		c.material = append(c.material, a)
		name := path.Base(a.Document.Path)
		c.parallel[name] = append(c.parallel[name], a)
		for i := range a.Tokens {
			t := &a.Tokens[i]
			key := wordKey(a.Document.Language, t)
			if changes(t) && !seen[key+"\x00"+t.Form] {
				seen[key+"\x00"+t.Form] = true
				c.words[key] = append(c.words[key], t.Form)
			}
		}
	}
	return c
}

// Article makes the article of a number. Seven in ten are stories, two are copies of an earlier one
// under another headline, with the end or the beginning cut; one is a translation, where the material
// has any.
func (c *Crowd) Article(i int) Article {
	story := c.storyOf(i)
	s := c.story(story)
	switch kind := kindOf(i); {
	case story == i:
	case kind == translated && s.translate(pick("language", i)):
	case s.to-s.from > 2 && pick("cut", i)%2 == 0:
		s.to--
	case s.to-s.from > 2:
		s.from++
	}
	day := pick("day", story) % days
	if story != i {
		day += pick("later", i) % 3
	}
	outlet := fmt.Sprintf("outlet%d.example", pick("outlet", i)%outlets)
	return Article{
		Title: c.title(s, i), Text: c.text(s), Language: s.a.Document.Language, Outlet: outlet,
		Published: time.Date(2024, 1, 1, pick("hour", i)%24, 0, 0, 0, time.UTC).AddDate(0, 0, day).Format(time.RFC3339),
		URL:       fmt.Sprintf("https://%s/%d", outlet, i),
	}
}

// story is a piece of an article and what it is dressed in.
type story struct {
	a        *hearsay.Analysis
	others   []*hearsay.Analysis
	from, to int // lines
	dress    uint64
}

type kind int

const (
	original kind = iota
	copied
	translated
)

func kindOf(i int) kind {
	switch pick("kind", i) % 10 {
	case 7, 8:
		return copied
	case 9:
		return translated
	}
	return original
}

// storyOf is the number of the story that an article tells: its own, or that of an earlier one.
func (c *Crowd) storyOf(i int) int {
	for i%bigStory != 0 && kindOf(i) != original {
		if pick("big", i)%4 == 0 {
			i -= i % bigStory
		} else {
			i -= 1 + pick("back", i)%min(i, 300)
		}
	}
	return i
}

func (c *Crowd) story(i int) story {
	a := c.material[pick("material", i)%len(c.material)]
	all := lines(a)
	from := pick("from", i) % (len(all) - 1)
	to, words := from, 0
	for to < len(all) && (to-from < 2 || words < fewestWords) {
		words += len(strings.Fields(all[to].In(a.Document.Text)))
		to++
	}
	return story{a: a, others: c.parallel[path.Base(a.Document.Path)], from: from, to: to, dress: hash("dress", strconv.Itoa(i))}
}

// translate takes the story in another language; it fails where there is none.
func (s *story) translate(n int) bool {
	other := s.others[n%len(s.others)]
	if other.Document.Language == s.a.Document.Language || len(lines(other)) != len(lines(s.a)) {
		return false
	}
	s.a = other
	return true
}

func lines(a *hearsay.Analysis) []hearsay.Span {
	var out []hearsay.Span
	for _, b := range a.Document.Blocks {
		if b.Role.Article() && len(strings.Fields(b.In(a.Document.Text))) > 4 {
			out = append(out, b.Span)
		}
	}
	return out
}

func (c *Crowd) text(s story) string {
	var out []string
	for _, line := range lines(s.a)[s.from:s.to] {
		out = append(out, c.dressed(s, line))
	}
	return strings.Join(out, "\n")
}

// title is made of some words of the story, other ones for each article.
func (c *Crowd) title(s story, i int) string {
	var words []string
	for _, w := range strings.Fields(c.dressed(s, lines(s.a)[s.from])) {
		if utf8.RuneCountInString(w) > 3 && pick(w, i)%2 == 0 && len(words) < 6 {
			words = append(words, strings.Trim(w, ".,:;\"“”«»„"))
		}
	}
	return strings.Join(append(words, strconv.Itoa(i)), " ")
}

// dressed is a line with other names, figures and words.
func (c *Crowd) dressed(s story, line hearsay.Span) string {
	var b strings.Builder
	at := line.Start
	text := s.a.Document.Text
	for i := range s.a.Tokens {
		t := &s.a.Tokens[i]
		if t.Start < at || t.End > line.End || t.Part > 1 {
			continue
		}
		if to := c.change(s, t); to != "" {
			b.WriteString(text[at:t.Start])
			b.WriteString(to)
			at = t.End
		}
	}
	b.WriteString(text[at:line.End])
	return b.String()
}

// change is what stands for a word in a story, "" for the word itself.
func (c *Crowd) change(s story, t *hearsay.Token) string {
	switch {
	case t.UPOS == "PROPN" && startsUpper(t.Form):
		return name(s, t)
	case isNumber(t.Form):
		return number(s.dress, t.Form)
	case changes(t) && hash("change", t.Lemma, strconv.FormatUint(s.dress, 36))%2 == 0:
		list := c.words[wordKey(s.a.Document.Language, t)]
		return list[hash("to", t.Form, strconv.FormatUint(s.dress, 36))%uint64(len(list))]
	}
	return ""
}

func changes(t *hearsay.Token) bool {
	switch t.UPOS {
	case "NOUN", "VERB", "ADJ":
		r, _ := utf8.DecodeRuneInString(t.Form)
		return t.Part == 0 && utf8.RuneCountInString(t.Form) > 3 && unicode.IsLower(r)
	}
	return false
}

func wordKey(language string, t *hearsay.Token) string {
	return language + " " + t.UPOS + " " + t.Feats
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func isNumber(s string) bool {
	return len(s) > 1 && strings.Trim(s, "0123456789") == ""
}

// number changes the digits of a figure, a year's last one alone.
func number(dress uint64, s string) string {
	h := hash("figure", s, strconv.FormatUint(dress, 36))
	if len(s) == 4 && (s[:2] == "19" || s[:2] == "20") {
		return s[:3] + strconv.Itoa(int(h%10))
	}
	out := []byte(s)
	for i := range out {
		out[i] = byte('1' + h%9)
		h /= 9
	}
	return string(out)
}

var syllables = [][2]string{
	{"ba", "ба"},
	{"ko", "ко"},
	{"mir", "мир"},
	{"ter", "тер"},
	{"la", "ла"},
	{"do", "до"},
	{"ven", "вен"},
	{"ri", "ри"},
	{"gar", "гар"},
	{"su", "су"},
	{"pel", "пел"},
	{"no", "но"},
	{"dan", "дан"},
	{"fi", "фи"},
	{"rod", "род"},
	{"ta", "та"},
	{"lim", "лим"},
	{"ze", "зе"},
	{"bor", "бор"},
	{"un", "ун"},
}

// name is the invented name that stands for one in a story, in the letters of the story's language.
func name(s story, t *hearsay.Token) string {
	language, script := s.a.Document.Language, 0
	if language == "uk" || language == "ru" || language == "be" {
		script = 1
	}
	base := t.Lemma
	if base == "" {
		base = t.Form
	}
	h := hash("name", romanize.Skeleton(base), strconv.FormatUint(s.dress%worlds, 36))
	out := ""
	for range 2 + h%2 {
		h /= 3
		out += syllables[h%uint64(len(syllables))][script]
		h /= uint64(len(syllables))
	}
	r, size := utf8.DecodeRuneInString(out)
	return string(unicode.ToUpper(r)) + out[size:]
}

func pick(what string, i int) int {
	return int(hash(what, strconv.Itoa(i)) >> 1 & (1<<62 - 1))
}

func hash(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	return x ^ x>>33
}
