package syntax

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay"
)

// Tree is one sentence of a treebank.
type Tree struct {
	ID      string
	Text    string
	NewPar  bool            // a paragraph or document begins here
	Tokens  []hearsay.Token // spans into Text; Head counts inside Tokens, -1 is the root
	NoSpace bool            // no white space between this sentence and the next
	Source  int             // which corpus of a recipe it is from; 0 sets the standard
}

// ReadTreebank reads a file in CoNLL-U, also compressed where its name ends in ".gz".
func ReadTreebank(path string) ([]Tree, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		r = z
	}
	trees, err := ReadConllu(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return trees, nil
}

// ReadConllu reads sentences in CoNLL-U (universaldependencies.org/format). Empty nodes and
// enhanced dependencies are left out. A line that breaks the format is an error that names it.
func ReadConllu(r io.Reader) ([]Tree, error) {
	var trees []Tree
	var b treeBuilder
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<24)
	for number := 1; in.Scan(); number++ {
		line := strings.TrimSuffix(in.Text(), "\r")
		if line == "" {
			if b.started() {
				t, err := b.finish()
				if err != nil {
					return nil, fmt.Errorf("line %d: %w", number, err)
				}
				trees = append(trees, t)
			}
			b = treeBuilder{}
			continue
		}
		if err := b.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	if b.started() {
		t, err := b.finish()
		if err != nil {
			return nil, fmt.Errorf("at the end: %w", err)
		}
		trees = append(trees, t)
	}
	return trees, nil
}

// surface is a token of the text: one word, or the range of words of a multiword token.
type surface struct {
	form        string
	first, last int // word indices, last excluded
	noSpace     bool
}

type treeBuilder struct {
	tree     Tree
	surfaces []surface
	covered  int // words below this belong to a multiword token that was read
}

func (b *treeBuilder) started() bool { return len(b.tree.Tokens) > 0 }

func (b *treeBuilder) line(line string) error {
	if strings.HasPrefix(line, "#") {
		b.comment(line)
		return nil
	}
	columns := strings.Split(line, "\t")
	if len(columns) != 10 {
		return fmt.Errorf("%d columns instead of 10", len(columns))
	}
	id := columns[0]
	if strings.Contains(id, ".") {
		return nil
	}
	if from, to, ok := strings.Cut(id, "-"); ok {
		return b.multiword(from, to, columns)
	}
	return b.word(id, columns)
}

func (b *treeBuilder) comment(line string) {
	key, value, _ := strings.Cut(strings.TrimSpace(line[1:]), "=")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	switch {
	case key == "text":
		b.tree.Text = value
	case key == "sent_id":
		b.tree.ID = value
	case strings.HasPrefix(key, "newpar"), strings.HasPrefix(key, "newdoc"):
		b.tree.NewPar = true
	}
}

func (b *treeBuilder) multiword(from, to string, columns []string) error {
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || first != len(b.tree.Tokens)+1 || last < first || last-first > 1000 {
		return fmt.Errorf("range %s-%s", from, to)
	}
	b.surfaces = append(b.surfaces, surface{columns[1], first - 1, last, noSpace(columns[9])})
	b.covered = last
	return nil
}

func (b *treeBuilder) word(id string, columns []string) error {
	n, err := strconv.Atoi(id)
	if err != nil || n != len(b.tree.Tokens)+1 {
		return fmt.Errorf("id %q where %d is due", id, len(b.tree.Tokens)+1)
	}
	t := hearsay.Token{
		Form: columns[1], Lemma: columns[2], UPOS: blank(columns[3]),
		Feats: blank(columns[5]), Rel: blank(columns[7]), Head: -1,
	}
	if t.Lemma == "_" && t.Form != "_" {
		t.Lemma = ""
	}
	if h := columns[6]; h != "_" && h != "0" {
		head, err := strconv.Atoi(h)
		if err != nil || head < 0 {
			return fmt.Errorf("head %q", h)
		}
		t.Head = head - 1
	}
	if n > b.covered {
		b.surfaces = append(b.surfaces, surface{t.Form, n - 1, n, noSpace(columns[9])})
	}
	b.tree.Tokens = append(b.tree.Tokens, t)
	return nil
}

func blank(s string) string {
	if s == "_" {
		return ""
	}
	return s
}

func noSpace(misc string) bool {
	for _, m := range strings.Split(misc, "|") {
		if m == "SpaceAfter=No" {
			return true
		}
	}
	return false
}

func (b *treeBuilder) finish() (Tree, error) {
	t := &b.tree
	for i, tok := range t.Tokens {
		if tok.Head >= len(t.Tokens) || tok.Head == i {
			return Tree{}, fmt.Errorf("word %d has head %d", i+1, tok.Head+1)
		}
	}
	if b.covered > len(t.Tokens) {
		return Tree{}, fmt.Errorf("a range ends at %d after %d words", b.covered, len(t.Tokens))
	}
	if !b.align() {
		b.rebuild()
		b.align()
	}
	for _, s := range b.surfaces {
		if s.last-s.first > 1 {
			for i := s.first; i < s.last; i++ {
				t.Tokens[i].Part = i - s.first + 1
			}
		}
	}
	t.NoSpace = len(b.surfaces) > 0 && b.surfaces[len(b.surfaces)-1].noSpace
	return *t, nil
}

// align finds the surface tokens in the text; false where the text is another.
func (b *treeBuilder) align() bool {
	at := 0
	for _, s := range b.surfaces {
		for at < len(b.tree.Text) && (b.tree.Text[at] == ' ' || strings.HasPrefix(b.tree.Text[at:], "\u00a0")) && !strings.HasPrefix(b.tree.Text[at:], s.form) {
			_, n := utf8.DecodeRuneInString(b.tree.Text[at:])
			at += n
		}
		if !strings.HasPrefix(b.tree.Text[at:], s.form) {
			return false
		}
		for i := s.first; i < s.last; i++ {
			b.tree.Tokens[i].Span = hearsay.Span{Start: at, End: at + len(s.form)}
		}
		at += len(s.form)
	}
	return strings.TrimSpace(b.tree.Text[at:]) == ""
}

func (b *treeBuilder) rebuild() {
	var text strings.Builder
	for i, s := range b.surfaces {
		text.WriteString(s.form)
		if !s.noSpace && i < len(b.surfaces)-1 {
			text.WriteByte(' ')
		}
	}
	b.tree.Text = text.String()
}

// WriteConllu writes the sentences of an analysis in CoNLL-U. MISC holds TokenRange, in Unicode
// code points of Document.Text (UDPipe's convention), and SpaceAfter=No.
func WriteConllu(w io.Writer, a *hearsay.Analysis) error {
	out := bufio.NewWriter(w)
	points := pointCounter{text: a.Document.Text}
	block := -1
	for i, s := range a.Sentences {
		if i == 0 {
			fmt.Fprintf(out, "# newdoc id = %s\n", oneLine(a.Document.ID))
		}
		if s.Block != block {
			fmt.Fprintln(out, "# newpar")
			block = s.Block
		}
		fmt.Fprintf(out, "# sent_id = %d\n", i+1)
		fmt.Fprintf(out, "# text = %s\n", oneLine(s.In(a.Document.Text)))
		writeSentence(out, a, s, &points)
		fmt.Fprintln(out)
	}
	return out.Flush()
}

func writeSentence(out *bufio.Writer, a *hearsay.Analysis, s hearsay.Sentence, points *pointCounter) {
	for i := s.First; i < s.Last; i++ {
		t := a.Tokens[i]
		misc := tokenMisc(a, s, i, points)
		if t.Part == 1 {
			last := i + 1
			for last < s.Last && a.Tokens[last].Part > 1 {
				last++
			}
			fmt.Fprintf(out, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", i-s.First+1, last-s.First, column(oneLine(t.In(a.Document.Text))), misc)
		}
		if t.Part > 0 {
			misc = "_"
		}
		head, rel := 0, t.Rel
		if t.Head >= 0 {
			head = t.Head - s.First + 1
		}
		if rel == "" {
			// Without a tree every word hangs on the first, so that the file stays valid.
			rel = "dep"
			head = 1
			if i == s.First {
				head, rel = 0, "root"
			}
		}
		upos := t.UPOS
		if upos == "" {
			upos = "X"
		}
		fmt.Fprintf(out, "%d\t%s\t%s\t%s\t_\t%s\t%d\t%s\t_\t%s\n", i-s.First+1, column(oneLine(t.Form)), column(oneLine(t.Lemma)), upos, column(t.Feats), head, rel, misc)
	}
}

func tokenMisc(a *hearsay.Analysis, s hearsay.Sentence, i int, points *pointCounter) string {
	t := a.Tokens[i]
	var misc string
	next := i + 1
	for next < len(a.Tokens) && a.Tokens[next].Span == t.Span {
		next++
	}
	if next < len(a.Tokens) && a.Tokens[next].Start == t.End {
		misc = "SpaceAfter=No|"
	}
	return misc + fmt.Sprintf("TokenRange=%d:%d", points.at(t.Start), points.at(t.End))
}

// column is a value as CoNLL-U wants it: "_" for nothing.
func column(s string) string {
	if s == "" {
		return "_"
	}
	return s
}

// oneLine turns line breaks and tabs into spaces.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == '\n' || r == '\r' || r == '\t' || r == ' ' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f' || r == '\u0085'
	}), " ")
}

// pointCounter turns byte offsets into code-point offsets. It walks on from the last offset, so
// that a whole document costs one pass; going back restarts it.
type pointCounter struct {
	text        string
	byte, point int
}

func (c *pointCounter) at(offset int) int {
	if offset < c.byte {
		c.byte, c.point = 0, 0
	}
	c.point += utf8.RuneCountInString(c.text[c.byte:offset])
	c.byte = offset
	return c.point
}
