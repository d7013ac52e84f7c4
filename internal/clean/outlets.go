package clean

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"hearsay/data"
)

// outletWords are the words of data/lexicon/outlets.tsv, in lower case.
type outletWords struct {
	whole             map[string]bool
	prefixes, endings []string
}

var outletTable = sync.OnceValue(func() *outletWords {
	t := &outletWords{whole: map[string]bool{}}
	raw, err := data.Lexicon.ReadFile("lexicon/outlets.tsv")
	if err != nil {
		return t
	}
	for f := range tableRows(string(raw), 2) {
		for w := range strings.SplitSeq(f[1], "|") {
			switch {
			case strings.HasPrefix(w, "-"):
				t.endings = append(t.endings, w[1:])
			case strings.HasSuffix(w, "-"):
				t.prefixes = append(t.prefixes, w[:len(w)-1])
			default:
				t.whole[w] = true
			}
		}
	}
	return t
})

// tableRows gives the columns of a table's lines that have n of them or more.
func tableRows(raw string, n int) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(raw) {
			f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
			if len(f) < n || strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(f) {
				return
			}
		}
	}
}

// isOutletWord reports whether a word marks an outlet's name.
func isOutletWord(w string) bool {
	t := outletTable()
	w = strings.ToLower(strings.Trim(w, ".,«»„“”\"'’"))
	return t.whole[w] ||
		slices.ContainsFunc(t.prefixes, func(p string) bool { return strings.HasPrefix(w, p) }) ||
		slices.ContainsFunc(t.endings, func(e string) bool { return strings.HasSuffix(w, e) && len(w) > len(e)+2 })
}

// commonOutlets are words that end as outlets' names do and name a kind of outlet or of paper.
var commonOutlets = map[string]bool{
	"tageszeitung": true, "wochenzeitung": true, "lokalzeitung": true, "regionalzeitung": true, "sonntagszeitung": true, "boulevardzeitung": true,
	"zeitung": true, "amtsblatt": true, "flugblatt": true, "nachrichtenmagazin": true, "weltpresse": true, "lokalpresse": true,
	"auslandspresse": true, "boulevardpresse": true, "fachpresse": true,
}

// outletForm matches names that show by a word of the table that they are an outlet's: with an
// article or with more words, for such words alone name kinds of outlets; German compounds alone.
// A name is in one script.
var outletForm = sync.OnceValue(func() string {
	latin := scriptForm(unicode.Latin, `[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃŒŠŽ]`, `[\p{Latin}’'-]`)
	cyrillic := scriptForm(unicode.Cyrillic, `[А-ЯЁІЇЄҐЎ]`, `[\p{Cyrillic}’'-]`)
	return `(?:` + latin + `|` + cyrillic + `)`
})

func scriptForm(script *unicode.RangeTable, upper, letter string) string {
	t := outletTable()
	var words, endings []string
	for w := range t.whole {
		if startsIn(w, script) {
			words = append(words, capitalForm(w))
		}
	}
	for _, p := range t.prefixes {
		if startsIn(p, script) {
			words = append(words, capitalForm(p)+letter+`*`)
		}
	}
	for _, e := range t.endings {
		if startsIn(e, script) {
			endings = append(endings, upper+letter+`{2,20}`+regexp.QuoteMeta(e))
		}
	}
	slices.Sort(words)
	slices.Sort(endings)
	capital := upper + letter + `+`
	word := strings.Join(append(words, endings...), "|")
	more := `(?:\s+(?:(?:of|de|du|des|del|la|le|der|am|an|z|w|з|с)\s+){0,2}` + capital + `){1,3}`
	article := `(?:The|Le|La|Les|El|Los|Las|Der|Die|Das)\s+`
	forms := []string{
		article + `(?:` + word + `)(?:` + more + `)?`,
		`(?:` + article + `)?(?:` + capital + `\s+){1,3}(?:` + word + `)(?:` + more + `)?`,
		`(?:` + word + `)` + more,
	}
	return strings.Join(append(forms, endings...), "|")
}

func startsIn(w string, script *unicode.RangeTable) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.Is(script, r)
}

// capitalForm is an expression for a word of the table with a capital at its beginning.
func capitalForm(w string) string {
	r, n := utf8.DecodeRuneInString(w)
	return regexp.QuoteMeta(string(unicode.ToUpper(r)) + w[n:])
}

// givenNames are the given names by which a person's name is told from an outlet's.
var givenNames = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	raw, err := data.Names.ReadFile("names/given.tsv")
	if err != nil {
		return out
	}
	for f := range tableRows(string(raw), 2) {
		out[strings.ToLower(f[0])] = true
	}
	return out
})

// placeNames are the names of countries, regions and capitals, in lower case.
var placeNames = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, name := range []string{"names/places.tsv", "names/byname.tsv"} {
		raw, err := data.Names.ReadFile(name)
		if err != nil {
			continue
		}
		for f := range tableRows(string(raw), 3) {
			for _, names := range f[2:] {
				for one := range strings.SplitSeq(names, "|") {
					out[strings.ToLower(one)] = true
				}
			}
		}
	}
	return out
})
