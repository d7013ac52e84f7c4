package bodies

import (
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	type name struct{ language, form string }
	for _, c := range []struct {
		reason string
		key    string
		names  []name
	}{
		{"a ministry of a state that no table knows", "ministry water ~krv", []name{
			{"en", "the Korvian water ministry"},
			{"en", "water ministry of Korvia"},
			{"ru", "министерство воды Корвии"},
			{"be", "Міністэрства вады Корвіі"},
			{"uk", "Міністерство води Корвії"},
			{"fr", "le ministère de l'Eau de Korvie"},
			{"es", "Ministerio del Agua de Korvia"},
			{"pl", "Ministerstwo Wody Korwii"},
			{"de", "das Wasserministerium von Korvia"},
			{"de", "das korvische Wasserministerium"},
			{"fr", "le ministère korvien de l'Eau"},
			{"ru", "корвийское министерство воды"},
		}},
		{"a state of the tables, by its name and its adjectives", "ministry defence UA", []name{
			{"en", "Ukrainian Defence Ministry"},
			{"en", "Ministry of Defense of Ukraine"},
			{"uk", "Міністерство оборони України"},
			{"uk", "Міноборони України"},
			{"ru", "украинское министерство обороны"},
			{"ru", "Министерство обороны Украины"},
			{"pl", "ukraińskie Ministerstwo Obrony"},
			{"de", "das ukrainische Verteidigungsministerium"},
			{"fr", "ministère ukrainien de la Défense"},
			{"es", "Ministerio de Defensa de Ucrania"},
			{"be", "Міністэрства абароны Украіны"},
		}},
		{"foreign affairs have many words", "ministry foreign PL", []name{
			{"en", "Polish foreign ministry"},
			{"en", "Ministry of Foreign Affairs of Poland"},
			{"uk", "МЗС Польщі"},
			{"ru", "МИД Польши"},
			{"pl", "Ministerstwo Spraw Zagranicznych Polski"},
			{"de", "das polnische Außenministerium"},
			{"fr", "ministère polonais des Affaires étrangères"},
			{"es", "Ministerio de Asuntos Exteriores de Polonia"},
		}},
		{"a service has a field", "service rescue ~tlmr", []name{
			{"en", "rescue service of Talmar"}, {"ru", "спасательная служба Тальмара"}, {"be", "ратавальная служба Тальмара"}, {"fr", "service de secours du Talmar"},
		}},
		{"no state, no field, or something else: not told", "", []name{
			{"en", "the water ministry"},
			{"en", "the service of Talmar"},
			{"en", "Local police"},
			{"en", "Ministry of Silly Walks of Talmar"},
			{"en", "former Ukrainian defence minister Anna Berg"},
			{"en", "Ukrainian Defence Ministry Intelligence Bureau"},
			{"uk", "міністр оборони України"},
			{"de", "die Hamburger Polizei"},
			{"ru", "городская полиция"},
			{"de", "die städtische Polizei"},
			{"de", "das zuständige Wasserministerium"},
			{"en", "Ukraine"},
			{"xx", "police of Talmar"},
		}},
	} {
		for _, n := range c.names {
			if got := Of(n.language, n.form, true); got != c.key {
				t.Errorf("%s: %s (%s): %q, want %q", c.reason, n.form, n.language, got, c.key)
			}
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add("de", "das korvische Wasserministerium")
	f.Add("en", "Ministry of Defense of Ukraine")
	f.Fuzz(func(t *testing.T, language, name string) {
		if key := Of(language, name, false); key != "" && strings.Count(key, " ") != 2 {
			t.Errorf("%q is no kind, field and state", key)
		}
	})
}
