package pipeline

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/format"
	"hearsay/internal/ingest"
	"hearsay/internal/resolve/aligned"
	"hearsay/internal/store"
)

// An article in four languages. The English one leaves it to "the engineer" who says the third sentence; the
// institute is called otherwise in every language.
var bridge = map[string]string{
	"en": `Bridge in Vellin to stay closed until June 2031

The bridge over the Orla in Vellin will stay closed until June 2031, Mayor Anna Berg said on Monday.

Anna Berg met 14 experts from Talmar at the harbour of Marn on 12 April.

"The piers are worse than we thought in 2029," the engineer said.

Tomas Rehn said that 320 ships had to wait at Marn in April.

The Institute of Rivers warned that 45 houses in Vellin could lose their cellars.

The Institute of Rivers said that it would measure the Orla for 18 months.
`,
	"uk": `Міст у Велліні буде закритий до червня 2031 року

Міст через Орлу у Велліні буде закритий до червня 2031 року, сказала в понеділок мерка Анна Берг.

Анна Берг зустріла 14 експертів з Талмара в гавані Марн 12 квітня.

«Опори гірші, ніж ми думали у 2029 році», — сказав Давор Ленк.

Томас Рен сказав, що 320 кораблів мусили чекати в Марні у квітні.

Науковий центр попередив, що 45 будинків у Велліні можуть втратити підвали.

Науковий центр заявив, що вимірюватиме Орлу 18 місяців.
`,
	"de": `Brücke in Vellin bleibt bis Juni 2031 gesperrt

Die Brücke über die Orla in Vellin bleibt bis Juni 2031 gesperrt, sagte Bürgermeisterin Anna Berg am Montag.

Anna Berg traf am 12. April 14 Fachleute aus Talmar im Hafen von Marn.

„Die Pfeiler sind schlechter, als wir 2029 dachten“, sagte Davor Lenk.

Tomas Rehn sagte, dass im April 320 Schiffe in Marn warten mussten.

Das Flussamt warnte, dass 45 Häuser in Vellin ihre Keller verlieren könnten.

Das Flussamt erklärte, dass es die Orla 18 Monate lang messen werde.
`,
	"pl": `Most w Vellinie zamknięty do czerwca 2031 roku

Most na Orli w Vellinie będzie zamknięty do czerwca 2031 roku, powiedziała w poniedziałek burmistrz Anna Berg.

Anna Berg spotkała 12 kwietnia 14 ekspertów z Talmaru w porcie Marn.

„Filary są gorsze, niż myśleliśmy w 2029 roku”, powiedział Davor Lenk.

Tomas Rehn powiedział, że w kwietniu 320 statków musiało czekać w Marn.

Instytut Badań Rzecznych ostrzegł, że 45 domów w Vellinie może stracić piwnice.

Instytut Badań Rzecznych oświadczył, że będzie mierzył Orlę przez 18 miesięcy.
`,
}

func version(language, text, number string) ingest.Raw {
	return ingest.Raw{
		Kind: ingest.KindArticle, URL: "https://" + language + ".example/bridge", SHA256: number, Text: text,
		Meta: ingest.Meta{Outlet: "Courier " + language, Published: "2031-04-14"},
	}
}

// told reads a stream: the actor's name of each statement of a document that holds some words, and why.
func told(t *testing.T, stream []byte, outlet, words string) (speaker, why string) {
	t.Helper()
	names, document := map[string]string{}, ""
	var found *format.Statement
	for line := range bytes.Lines(stream) {
		var r format.Record
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		switch {
		case r.Document != nil:
			document = r.Document.Outlet
		case r.Statement != nil && document == outlet && strings.Contains(r.Statement.Content[0].Exact, words):
			found = r.Statement
		case r.Actor != nil:
			names[r.Actor.ID] = r.Actor.Name
		}
	}
	if found == nil {
		t.Fatalf("%s has no statement with %q", outlet, words)
	}
	if found.SpeakerBy != nil {
		why = found.SpeakerBy.Rule + ": " + found.SpeakerBy.Span.Exact
	}
	return names[found.Speaker], why
}

func whole() []ingest.Raw {
	var raws []ingest.Raw
	for _, l := range []string{"en", "uk", "de", "pl"} {
		raws = append(raws, version(l, bridge[l], "older"))
	}
	return raws
}

// Who says a sentence that one text leaves to "the engineer" is told by the translations that name him; a body that is
// called otherwise in every language is one by its places.
func TestTranslationsTellOfOneAnother(t *testing.T) {
	an, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := readIn(t, an.Entry, [][]ingest.Raw{whole()})
	if speaker, why := told(t, out, "Courier en", "piers"); speaker != "Davor Lenk" || why != aligned.NamedElsewhere+": Давор Ленк" {
		t.Errorf("the engineer is %q (%s)", speaker, why)
	}
	if speaker, why := told(t, out, "Courier en", "320 ships"); speaker != "Tomas Rehn" || why != "" {
		t.Errorf("the text names Tomas Rehn, and got %q (%s)", speaker, why)
	}
	one, _ := told(t, out, "Courier en", "45 houses")
	other, _ := told(t, out, "Courier uk", "45 будинків")
	if one != other || one == "" {
		t.Errorf("the institute is %q and %q", one, other)
	}
	alone := readIn(t, an.Entry, [][]ingest.Raw{{version("en", bridge["en"], "older")}})
	if speaker, why := told(t, alone, "Courier en", "piers"); speaker == "Davor Lenk" || why != "" {
		t.Errorf("without translations the engineer is %q (%s)", speaker, why)
	}
}

// What translations tell comes and goes with them: in whatever order they and their new versions are read, in one go
// or in several, the dossier is the same.
func TestOrderDoesNotMatterForTranslations(t *testing.T) {
	an, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	raws := whole()
	raws = append(raws,
		version("uk", strings.ReplaceAll(strings.ReplaceAll(bridge["uk"], "Давор Ленк", "інженер"), "Науковий центр", "Томас Рен"), "newer"),
		version("de", strings.Replace(bridge["de"], "sagte Davor Lenk", "sagte der Ingenieur", 1), "newer"),
		version("pl", "Komunikat\n\nW Marn padał deszcz.\n", "newer"),
	)
	entry := remembered(an)
	want := readIn(t, entry, [][]ingest.Raw{raws})
	if speaker, why := told(t, want, "Courier en", "piers"); speaker == "Davor Lenk" || why != "" {
		t.Errorf("nobody names the engineer any more, and he is %q (%s)", speaker, why)
	}
	r := rand.New(rand.NewPCG(5, 6))
	for trial := range 6 {
		goes := inGoes(r, raws, trial)
		if got := readIn(t, entry, goes); !bytes.Equal(got, want) {
			t.Fatalf("in %d goes:%s", len(goes), firstDifference(got, want))
		}
	}
}

// What rests on a link that a person marks as wrong is taken back, and comes again when that is undone.
func TestAWrongLinkTellsNothing(t *testing.T) {
	an, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(filepath.Join(t.TempDir(), "bridge.db"), store.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	var ids []string
	for _, language := range []string{"en", "de"} {
		e := an.Entry(version(language, bridge[language], "older"))
		ids = append(ids, e.Analysis.Document.ID)
		if err := st.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := st.Commit(); err != nil {
		t.Fatal(err)
	}
	engineer := func() string {
		if err := Resolve(t.Context(), st, func(Step) {}); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := Export(st, &out, Run("test")); err != nil {
			t.Fatal(err)
		}
		speaker, _ := told(t, out.Bytes(), "Courier en", "piers")
		return speaker
	}
	if got := engineer(); got != "Davor Lenk" {
		t.Fatalf("the engineer is %q", got)
	}
	n, err := st.Judge(hearsay.Judgement{Kind: "link", A: ids[0], B: ids[1], Rule: "wrong", Author: "m"})
	if err != nil {
		t.Fatal(err)
	}
	if got := engineer(); got == "Davor Lenk" {
		t.Error("a link that is wrong still tells of the engineer")
	}
	if err := st.Undo(n, "m", ""); err != nil {
		t.Fatal(err)
	}
	if got := engineer(); got != "Davor Lenk" {
		t.Errorf("after undoing the engineer is %q", got)
	}
}
