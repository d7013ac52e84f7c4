package quote

import (
	"sort"
	"strings"
	"testing"

	"hearsay"
)

// The content of each quotation stands in ⟦ ⟧. Before a |, signs tell what is special about it:
// ! its closing mark is missing, + it goes on from the one before, ~ a name or scare quotes, = opened by a dash.
var cases = []struct{ why, language, marked string }{
	{"English, curly", "en", `“⟦We will wait,⟧” said Anna Berg. “⟦We have time.⟧”`},
	{"English, straight", "en", `"⟦We will wait,⟧" Berg said. "⟦We have time.⟧"`},
	{"English, British single marks with apostrophes inside", "en", `‘⟦The ministers’ plan didn’t work,⟧’ said Berg.`},
	{"typewriter single marks with a plural's apostrophe inside", "en", `'⟦The miners' wives don't agree,⟧' he said.`},
	{"headline", "en", `'⟦We will wait⟧': minister of Norland`},
	{"nested in other marks", "en", `“⟦He told me: ‘⟦go home⟧’ and left,⟧” she said.`},
	{"nested in the same straight marks", "en", `"⟦He called it "⟦~|a joke⟧" and left,⟧" she said.`},
	{"apostrophes alone are no quotation", "en", `The ministers' plan wasn't the '90s' best; rock 'n' roll it isn't.`},
	{"inches and feet", "en", `The 24" pipe and the 5'10" guard were seen by Berg's men.`},
	{"scare quotes", "en", `The so-called “⟦~|safe corridor⟧” was closed.`},
	{"title", "en", `In the paper “⟦~|The Long Road to Norland⟧” nobody is named.`},
	{"closing mark glued to the next word", "en", `He said: “⟦Nobody came.⟧”The door was shut.`},
	{"closing mark before a word after a space, mixed with a guillemet", "en", `«⟦Nobody came to the bridge,⟧ ”the ministry said.`},
	{"spaces on the wrong sides", "en", `He said “ ⟦nobody came to the old bridge⟧ “ and left.`},
	{"guillemet closed by a curly mark", "en", `«⟦It is clear that nobody came,⟧” Berg said in the «⟦~|white hall⟧” of the palace.`},
	{"opened and closed by the same turned mark", "en", `“⟦It is clear that nobody came to us,⟧“ Berg said.`},
	{"missing opening mark at a paragraph's start", "en", `⟦We did not come. We stayed at home,⟧” said Berg.`},
	{"missing closing mark, the next quotation opens", "en", `"⟦!|We stayed at home⟧, Berg said. "⟦And nobody called us,⟧" he added.`},
	{"missing closing mark at the end of the last paragraph", "en", "He said: “⟦!|We stayed at home.⟧\nThe bridge is old."},
	{"paragraphs re-opened", "en", "“⟦We stayed at home.⟧\n“⟦+|Nobody called us.⟧\n“⟦+|That is all,⟧” Berg said."},
	{"paragraph goes on without mark and is closed with one", "en", "“⟦We stayed at home.⟧\n⟦+|Nobody called us,⟧“- Berg said."},
	{"a stray mark swallows nothing", "en", `The Morning Star” group was seen, and “⟦nobody asked who they were⟧”.`},
	{"entities left in the text", "en", `&quot;⟦Nobody came,⟧&quot; he said.`},
	{"entities left in the text", "en", `&ldquo;⟦Nobody came,⟧&rdquo; he said of Berg&#39;s men.`},
	{"TeX marks", "en", "``⟦Nobody came,⟧'' he said."},
	{"quotation marks doubled by a table", "en", `""⟦Nobody came,⟧"" he said.`},
	{"quotation with an ellipsis at its start", "en", `It was “⟦… the worst day of all our lives⟧”, he said.`},
	{"list in brackets", "en", `The words (“⟦~|home⟧”, “⟦~|bridge⟧”) were struck out.`},

	{"Ukrainian guillemets", "uk", `«⟦Ми чекаємо⟧», — сказала Олена Берг.`},
	{"Ukrainian, apostrophes of three kinds", "uk", `Він п'ять разів вимовив сім’я і м"яч, а об’єкт стояв.`},
	{"Ukrainian, turned mark on both ends, nested, one more letter of the same style", "uk", `“⟦Він грає в “⟦~|миротворця⟧”, але далі не йде⟧“, – зазначив генерал.`},
	{"Ukrainian, opening mark missing", "uk", `⟦Ми чекаємо на міст. Він старий⟧”, – зазначив Данек.`},
	{"Ukrainian, low and turned marks", "uk", `„⟦Ми чекаємо⟧“, — додав він.`},
	{"Ukrainian, dialogue", "uk", `— ⟦=|Ми чекаємо⟧, — сказав він. — ⟦=|Міст старий.⟧`},
	{"Ukrainian, name at the end shares its closing mark", "uk", `«⟦!|Я читаю «⟦~|Зорю⟧»⟧, — сказала вона.`},
	{"Ukrainian, closing mark missing, author's words follow", "uk", `«⟦!|Ми чекаємо на міст⟧, — сказав він, і всі розійшлися.`},

	{"Russian guillemets with a name in them", "ru", `«⟦Мы ждём газету „⟦~|Заря⟧“⟧», — сказал Данек.`},
	{"Russian straight marks", "ru", `"⟦Мы ждём⟧", - заявил он.`},
	{"Russian, two sentences of speech around the author's words inside the marks", "ru", `«⟦Мы ждём⟧, — сказал он. — ⟦+|Мост закрыт⟧».`},
	{"Russian, dialogue with a dash inside speech", "ru", `— ⟦=|Столица — это мост!⟧ — воскликнул он. — ⟦=|И река.⟧`},

	{"Polish low and high marks", "pl", `„⟦Czekamy⟧” – powiedziała Anna Berg.`},
	{"Polish, two commas for the low mark", "pl", `,,⟦Czekamy na most⟧" - dodał.`},
	{"Polish, guillemets inside", "pl", `„⟦Czytam »⟦~|Zorzę⟧« co dzień⟧” – powiedział.`},
	{"Polish dialogue", "pl", `– ⟦=|Czekamy na most⟧ – powiedział Danek. – ⟦=|Jest stary.⟧`},

	{"Belarusian guillemets", "be", `«⟦Мы чакаем⟧», — сказаў Данек пра сям’ю.`},
	{"Belarusian dialogue", "be", `— ⟦=|Мы чакаем⟧, — сказаў ён.`},

	{"German low and turned marks", "de", `„⟦Wir warten⟧“, sagte Anna Berg.`},
	{"German, half quotation marks inside", "de", `„⟦Er las die ‚⟦~|Neue Post⟧‘ täglich⟧“, sagte sie.`},
	{"German guillemets point inwards", "de", `»⟦Wir warten⟧«, sagte Berg, »⟦und hoffen.⟧«`},
	{"German guillemets inside one another", "de", `»⟦Er las die ›⟦~|Neue Post⟧‹ täglich⟧«, sagte sie.`},
	{"German, low mark closed by a typewriter mark", "de", `„⟦Wir warten auf die alte Brücke⟧", sagte sie.`},
	{"German, English marks", "de", `“⟦Wir warten auf die Brücke⟧”, sagte sie.`},

	{"French guillemets with spaces and elisions", "fr", `« ⟦L’homme qu’on attend n'est pas là⟧ », a dit Anna Berg.`},
	{"French, paragraphs re-opened by a closing guillemet", "fr", "« ⟦Nous attendons.⟧\n» ⟦+|Le pont est vieux⟧ », a-t-elle dit."},
	{"French, English marks inside", "fr", `« ⟦Il lisait “⟦~|L'Aube⟧” hier⟧ », dit-elle.`},
	{"French, elision before guillemets with unbreakable spaces", "fr", "Il parle d’«\u00a0⟦une attente longue, dure et inutile⟧\u00a0» au pont."},
	{"French dialogue", "fr", `— ⟦=|Nous attendons⟧, dit-il.`},

	{"Spanish guillemets, English marks inside", "es", `«⟦Leía “⟦~|El Alba⟧” cada día⟧», dijo Ana Berg.`},
	{"Spanish English marks", "es", `“⟦¿Quién espera?⟧”, preguntó.`},
	{"Spanish dialogue, tight dashes", "es", `—⟦=|Esperamos⟧ —dijo él—. ⟦=|Nada más.⟧`},
	{"author's words inside the marks, Ukrainian", "uk", `«⟦Ми ремонтуємо ворота, і тільки⟧, — сказала вона. — ⟦+|Річка отримає свою воду назад⟧».`},
	{"author's words inside the marks, twice", "uk", `«⟦Ми чекаємо⟧, — сказав він. — ⟦+|Міст старий⟧, — додав він згодом, — ⟦+|і мокрий⟧».`},
	{"author's words inside the marks, Polish without comma", "pl", `„⟦Nigdy nie obiecywałem daty⟧ – powiedział Danek na przystani. – ⟦+|Lód uszkodził most⟧”.`},
	{"author's words inside the marks, Belarusian", "be", `«⟦Мы чакаем⟧, — сказала яна, — ⟦+|і маўчым⟧».`},
	{"author's words inside the marks, Spanish", "es", `«⟦Esperamos⟧ —dijo él—. ⟦+|Nada más⟧».`},
	{"author's words before the closing mark stay inside", "ru", `«⟦Мы ждём моста, — сказал он⟧».`},
	{"closing mark missing, the next quotation opens after the author's words", "uk", `"⟦!|Ми чекаємо⟧, — сказав він. — "⟦Міст старий, і всі це знають⟧", — додала вона.`},
	{"speech goes on in the next paragraph after the author's words", "uk", "«⟦Ми чекаємо⟧, — сказав він. —\n⟦+|Міст старий⟧», — додав він."},
	{"author's words of a quotation inside the marks", "ru", `«⟦Он крикнул: „⟦Ждём⟧, — сказал капитан. — ⟦+|Долго⟧“, и ушёл⟧», — сказал Данек.`},
	{"a question before the author's words", "ru", `«⟦Кто ждёт?⟧ — спросил он. — ⟦+|Мы ждём⟧».`},
	{"the speaker's own words between dashes", "ru", `«⟦Мы ждём, — и это важно, — нового моста⟧», — сказал он.`},
	{"the speaker's own dash", "uk", `«⟦Міст — це дорога. — Так кажуть діти⟧», — сказав він.`},
	{"a name in marks among the author's words", "ru", `«⟦Мы ждём⟧, — сказал он газете «⟦~|Заря⟧». — ⟦+|Мост закрыт⟧».`},
	{"closing mark missing after the author's words", "uk", `«⟦Ми чекаємо⟧, — сказав він. — ⟦!+|Міст старий.⟧`},
	{"closing mark missing before an English reporting clause", "en", `“⟦!|She gave me her word⟧, he said. Berg declined to comment.`},
	{"closing mark missing before a German reporting clause", "de", `„⟦!|Wir warten auf die Brücke⟧, sagte er. Der Rat schwieg.`},
	{"closing mark missing before a French reporting clause", "fr", `« ⟦!|Nous attendons le pont⟧, affirme Anne Valois. Le conseil se tait.`},
	{"closing mark missing before a Spanish reporting clause", "es", `«⟦!|Esperamos el puente⟧, dijo Ana Berg. El consejo calla.`},
	{"closing mark missing, the speaker tells what others said", "en", `“⟦!|She gave me her word, he said it too, and nobody asked.⟧`},
	{"corner brackets", "und", `「⟦我们等。⟧」`},
}

func TestScan(t *testing.T) {
	for _, c := range cases {
		text := unmark(c.marked)
		a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: c.language}}
		Scan(a)
		if got := markedText(a); got != c.marked {
			t.Errorf("%s (%s)\n got %s\nwant %s", c.why, c.language, got, c.marked)
		}
		check(t, a)
	}
}

// A caption between two paragraphs of a quotation does not end it, nor does it go on in the caption.
func TestCaptionBetween(t *testing.T) {
	text := "“We stayed at home.\nThe “old bridge”. Photo: Berg\n“Nobody called us,” Danek said."
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: "en"}}
	at := 0
	for i, line := range strings.Split(text, "\n") {
		role := []hearsay.Role{hearsay.RoleLede, hearsay.RoleCaption, hearsay.RoleBody}[i]
		a.Document.Blocks = append(a.Document.Blocks, hearsay.Block{Span: hearsay.Span{Start: at, End: at + len(line)}, Role: role})
		at += len(line) + 1
	}
	Scan(a)
	want := "“⟦We stayed at home.⟧\nThe “⟦~|old bridge⟧”. Photo: Berg\n“⟦+|Nobody called us,⟧” Danek said."
	if got := markedText(a); got != want {
		t.Errorf("got %s", got)
	}
}

// unmark takes the brackets and signs out of a marked text.
func unmark(s string) string {
	var b strings.Builder
	for i, part := range strings.Split(s, "⟦") {
		if i > 0 {
			if signs, rest, ok := strings.Cut(part, "|"); ok && strings.Trim(signs, "!+~=") == "" {
				part = rest
			}
		}
		b.WriteString(strings.ReplaceAll(part, "⟧", ""))
	}
	return b.String()
}

// markedText writes the quotations of a into its text.
func markedText(a *hearsay.Analysis) string {
	type put struct {
		at, order int
		s         string
	}
	var puts []put
	for i, q := range a.Quotations {
		puts = append(puts, put{q.Inner.Start, 10000 + i, "⟦" + signs(q)}, put{q.Inner.End, -i, "⟧"})
	}
	sort.Slice(puts, func(i, j int) bool {
		if puts[i].at != puts[j].at {
			return puts[i].at < puts[j].at
		}
		return puts[i].order < puts[j].order
	})
	var b strings.Builder
	last := 0
	for _, p := range puts {
		b.WriteString(a.Document.Text[last:p.at] + p.s)
		last = p.at
	}
	return b.String() + a.Document.Text[last:]
}

func signs(q hearsay.Quotation) string {
	s := ""
	for _, f := range []struct {
		on   bool
		sign string
	}{{q.Unclosed, "!"}, {q.Continues, "+"}, {q.Scare, "~"}, {q.Dash, "="}} {
		if f.on {
			s += f.sign
		}
	}
	if s != "" {
		s += "|"
	}
	return s
}

// check holds what every reader of quotations relies on.
func check(t *testing.T, a *hearsay.Analysis) {
	t.Helper()
	for i, q := range a.Quotations {
		switch {
		case q.Start < 0 || q.End > len(a.Document.Text) || q.Start > q.End:
			t.Fatalf("quotation %d lies outside of the text: %+v", i, q)
		case !q.Contains(q.Inner) || q.Inner.Start > q.Inner.End:
			t.Fatalf("quotation %d does not hold its content: %+v", i, q)
		case i > 0 && a.Quotations[i-1].Start > q.Start:
			t.Fatalf("quotation %d is out of order", i)
		case q.Parent >= i || q.Parent >= 0 && !a.Quotations[q.Parent].Contains(q.Span):
			t.Fatalf("quotation %d does not lie in its parent %d", i, q.Parent)
		case (q.Parent < 0) != (q.Depth == 0):
			t.Fatalf("quotation %d: depth %d, parent %d", i, q.Depth, q.Parent)
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, c := range cases {
		f.Add(unmark(c.marked), c.language == "de")
	}
	f.Add("\"\"''``,,<<>>&quot;&#39;", false)
	f.Fuzz(func(t *testing.T, text string, german bool) {
		a := &hearsay.Analysis{Document: &hearsay.Document{Text: text, Language: "uk"}}
		if german {
			a.Document.Language = "de"
		}
		Scan(a)
		check(t, a)
	})
}

func BenchmarkScan(b *testing.B) {
	var text strings.Builder
	for text.Len() < 1<<20 {
		for _, c := range cases {
			text.WriteString(unmark(c.marked) + "\n")
		}
	}
	benchmark(b, text.String())
}

// BenchmarkScanHostile is one block of a million marks that nothing closes.
func BenchmarkScanHostile(b *testing.B) {
	benchmark(b, strings.Repeat("“a «b \"c ‘d „e. ", 1<<17))
}

func benchmark(b *testing.B, text string) {
	a := &hearsay.Analysis{Document: &hearsay.Document{Text: text}}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Scan(a)
	}
}
