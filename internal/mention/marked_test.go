package mention_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/mention"
	"hearsay/internal/segment"
	"hearsay/internal/syntax"
)

// markedMention is <type:n words>: the words are a mention of that type, of the n-th entity.
var markedMention = regexp.MustCompile(`<(\w+):(\d) ([^<>]*)>`)

// withTrees reads a text as the pipeline does.
func withTrees(t *testing.T, text, lang string) *hearsay.Analysis {
	t.Helper()
	cuts, err := segment.Open(lang)
	if err != nil {
		t.Fatal(err)
	}
	trees, err := syntax.Open(lang)
	if err != nil {
		t.Fatal(err)
	}
	a := blocks(text, lang)
	segment.Segment(a, cuts)
	trees.Analyze(a)
	(&mention.Stage{}).Run(a)
	return a
}

func TestMarkedMentions(t *testing.T) {
	tests := []struct{ why, lang, text string }{
		{"a role in apposition, the name behind a comma", "en", "<person:1 A spokesman of the dam, Anton Reiz>, said on Friday that <organization:2 the government> lied. <person:1 The spokesman> left."},
		{"the role of one over the name of another", "de", "<person:1 Tochter des Autors Michael Bond, Karen Jankel>, sagte das."},
		{"the role is somebody else's relation", "be", "<person:1 Лідар меншасці ў палаце прадстаўнікоў Нэнсі Ленк> заявіла гэта."},
		{"a role with the name of a club", "be", "<person:1 Трэнер «Торвія» Джэк Рос> сказаў гэта."},
		{"a genitive before a given name is not of the name", "pl", "<person:1 Rzeczniczka rządu Talmaru Mirela Tosk> nazwała to złamaniem słowa."},
		{"the role of one over the role and name of another", "pl", "<person:1 Córka autora, Michaela Bonda, Karen Jankel>, powiedziała to."},
		{"a form of address before a mother's name and then her son's", "uk", "Сину <person:1 міс Девіс> <person:2 Тайлеру> було тринадцять років."},
		{"a given name that no list has", "en", "The star <person:1 Kivo Harington> spoke. <person:1 Kivo> left in November."},
		{"whose manager somebody is", "es", "El gerente del <organization:1 Harvo Athletic> dijo que no."},
		{"a given name inside the name of an institute", "en", "The <organization:1 Institute for River Studies> believes it. The report of the <organization:1 Institute for River Studies> (<organization:1 IRS>) says so."},
		{"a compound of a role", "de", "<person:1 Wasserministerin Irena Kovalt> sagte, die Tore blieben zu."},
		{"a place with \"of\" before the title", "en", "<person:1 District of Lunna Attorney General Karl Racine> said in a statement that the policy is bad."},
		{"months and days that are names", "en", "<person:1 Theresa May> will announce it today. <person:1 May> will speak on Sunday in May to <organization:2 Sunday Times>."},
		{"small articles and hyphens inside names", "en", "Foreign Minister <person:1 Walid al-Bahri> and <person:2 Karine Jean-Pierre> agreed with <person:3 Paul Mills-Hicks>."},
		{"an office named after an office", "en", "The <organization:1 East Harvo Parish Coroner's Office> released a report."},
		{"and inside the name of a commission", "en", "It was found by the <organization:1 Harvo Commission for Employment and Skills> in May."},
		{"an adjective with a capital is part of the name", "de", "Am Montag kündigte das <organization:1 Weiße Haus> eine Reise an."},
		{"the government by its country's adjective", "de", "Am Montag erklärte die <organization:1 chinesische Regierung>, nichts zu wissen."},
		{"the same in another case", "uk", "Про рішення <organization:1 китайського уряду> не знали. <organization:1 Китайський уряд> мовчить."},
		{"the adjective behind the noun", "fr", "Lundi, le <organization:1 gouvernement chinois> a promis de répondre."},
		{"a service and whose it is", "ru", "По данным <organization:1 министерства воды Корвии>, всё хорошо."},
		{"an institution with small letters in its name", "fr", "Hier, la <organization:1 Cour suprême de Lunna> a statué."},
		{"what an institute is for", "de", "Das schreibt das <organization:1 Institut für Flussforschung> (<organization:1 IRS>) in einem Bericht."},
		{"whose office it is, before a given name that no list has", "uk", "<person:1 Президент Тальмару Радко Селім> приїхав. Рада мовчить."},
		{"an acronym in other letters that the name does not spell", "uk", "Про це йдеться у звіті <organization:1 Інституту річкового дна> (<organization:1 RBI>)."},
		{"the name of a place left as it is behind the word for it", "uk", "На березі озера <place:1 Ельба> тихо, а губернатор провінції <place:1 Ельба> мовчить."},
		{"a town that is also somebody's seat", "uk", "У місті <place:1 Гарво> сухо, каже <person:2 мерка Гарво Петра Ленк>. <place:1 Гарво> чекає."},
		{"the place of an office", "en", "The mayor of <place:1 Harvo> spoke. <place:1 Harvo> waits."},
		{"the same", "es", "La alcaldesa de <place:1 Harvo> habló."},
		{"the same", "de", "Die Bürgermeisterin von <place:1 Harvo> sprach."},
		{"the same", "ru", "На берегу озера <place:1 Эльма> тихо."},
		{"a surname that is a word for places too", "en", "Rapper <person:1 Kanye West> spoke. Then <person:1 West> left."},
	}
	for _, test := range tests {
		text := markedMention.ReplaceAllString(test.text, "$3")
		a := withTrees(t, text, test.lang)
		entities := map[string]int{}
		shift := 0
		for _, m := range markedMention.FindAllStringSubmatchIndex(test.text, -1) {
			group := func(n int) string { return test.text[m[2*n]:m[2*n+1]] }
			start := m[0] - shift
			shift += len(test.text[m[0]:m[1]]) - len(group(3))
			want := hearsay.Span{Start: start, End: start + len(group(3))}
			e := entityAt(a, want)
			switch {
			case e < 0:
				t.Errorf("%s (%s): %q is no mention; found %s", test.why, test.lang, group(3), mentionsOf(a))
				continue
			case string(a.Entities[e].Type) != group(1):
				t.Errorf("%s (%s): %q is a %s", test.why, test.lang, group(3), a.Entities[e].Type)
			}
			if known, ok := entities[group(2)]; ok && known != e {
				t.Errorf("%s (%s): %q is %q, not %q", test.why, test.lang, group(3), a.Entities[e].Name, a.Entities[known].Name)
			}
			entities[group(2)] = e
		}
	}
}

// Where an office is held is no part of the holder's name, whatever cases the place has.
func TestSeatBetweenOfficeAndName(t *testing.T) {
	for _, c := range []struct{ lang, text, name string }{
		{"ru", "Мэр Гарво Петра Ленк приехала.", "Петра Ленк"},
		{"uk", "Про це мерка Гарво Петра Ленк знала.", "Петра Ленк"},
		{"be", "Пра гэта ведала мэрка Гарва Петра Ленк.", "Петра Ленк"},
		{"pl", "Wiedziała o tym burmistrzyni Harvo Petra Lenk.", "Petra Lenk"},
		{"uk", "Про Маргариту Тетчер не знали.", "Маргарита Тетчер"},
		{"uk", "Про це міністр Отто Петер Ленк знав.", "Отто Петер Ленк"},
	} {
		a := withTrees(t, c.text, c.lang)
		var names []string
		for _, e := range a.Entities {
			names = append(names, e.Name)
		}
		if !slices.Contains(names, c.name) {
			t.Errorf("%s: %q has %q", c.lang, c.text, names)
		}
	}
}

// An office is not who holds it.
func TestOfficeIsNobody(t *testing.T) {
	text := "Мэр Гарво Петра Ленк молчит. В мэрии молчат."
	a := withTrees(t, text, "ru")
	at := strings.Index(text, "мэрии")
	for _, m := range a.Mentions {
		if m.Start <= at && at < m.End && a.Entities[m.Entity].Type == hearsay.Person {
			t.Errorf("%q is %s", m.In(text), a.Entities[m.Entity].Name)
		}
	}
}

func entityAt(a *hearsay.Analysis, s hearsay.Span) int {
	for _, m := range a.Mentions {
		if m.Span == s || m.Head == s {
			return m.Entity
		}
	}
	return -1
}

func mentionsOf(a *hearsay.Analysis) string {
	var out []string
	for _, m := range a.Mentions {
		out = append(out, "["+m.In(a.Document.Text)+"]")
	}
	return strings.Join(out, " ")
}
