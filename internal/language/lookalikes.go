package language

import (
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"hearsay/data"
)

// lookalikesFile lists which letters are written in the place of which, and how.
const lookalikesFile = "lexicon/lookalikes.tsv"

// reading is what a letter of another script may stand for. Cost is what it takes from the
// logarithm of the reading's probability.
type reading struct {
	to   rune
	how  string // print accent hand digit greek
	cost float64
}

var lookalikes = sync.OnceValue(func() map[rune][]reading {
	raw, err := data.Lexicon.ReadFile(lookalikesFile)
	if err != nil {
		return nil
	}
	return parseLookalikes(string(raw))
})

func parseLookalikes(raw string) map[rune][]reading {
	table := map[rune][]reading{}
	for line := range strings.Lines(raw) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) < 4 || strings.HasPrefix(line, "#") {
			continue
		}
		from, _ := utf8.DecodeRuneInString(f[0])
		to, _ := utf8.DecodeRuneInString(f[1])
		cost, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			continue
		}
		table[from] = append(table[from], reading{to, f[2], cost})
		if f[2] == "print" && unicode.Is(unicode.Latin, from) {
			table[to] = append(table[to], reading{from, f[2], cost})
		}
	}
	return table
}

// alphabets are the letters of the Cyrillic languages whose words can be read.
var alphabets = map[string]string{
	"uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
	"ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
	"be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
}
