package language

import (
	"slices"
	"strings"
	"testing"

	"hearsay"
)

// Paragraphs of a text in several languages keep their own; a line too short to tell goes with its
// neighbours, and a name or a title in another language makes no part of its own.
func TestOfBlocks(t *testing.T) {
	const (
		ukrainian = "Міністр води Корвії Юрій Гадан заявив у середу, що шлюзи відкриють двадцятого березня, коли закінчиться ремонт."
		russian   = "Министр воды Корвии Юрий Гадан заявил в среду, что шлюзы откроют двадцатого марта, когда закончится ремонт."
		english   = "The water minister of Korvia said on Wednesday that the sluices would be opened on the twentieth of March."
	)
	for _, c := range []struct{ text, want string }{
		{ukrainian + "\n\n" + ukrainian, "uk uk"},
		{ukrainian + "\n\n" + russian + "\n\n" + ukrainian, "uk ru uk"},
		{ukrainian + "\n\nOK\n\n" + ukrainian + "\n\n" + english + "\n\n" + "No.\n\n" + english, "uk uk uk en en en"},
		{ukrainian + "\n\nOK\n\n" + english, "uk uk en"},
		{ukrainian + "\n\nКнигу «The Last Palace: Europe's Turbulent Century» видали в Гарво навесні.", "uk uk"},
		{"No.\n\nHm.", "en en"},
	} {
		doc := &hearsay.Document{Text: c.text, Language: c.want[:2]}
		at := 0
		for _, p := range strings.Split(c.text, "\n\n") {
			doc.Blocks = append(doc.Blocks, hearsay.Block{Span: hearsay.Span{Start: at, End: at + len(p)}, Role: hearsay.RoleBody})
			at += len(p) + 2
		}
		if got := OfBlocks(doc); !slices.Equal(got, strings.Fields(c.want)) {
			t.Errorf("%v, want %s in\n%s", got, c.want, c.text)
		}
	}
}
