package attribute_test

import "testing"

// Whoever is not named where he speaks is found by what the text says of him, by gender and number, or by the
// name beside the source.
func TestWhoIsMeant(t *testing.T) {
	for _, c := range []struct{ why, lang, text, source, want string }{
		{
			"the noun is one for somebody named before", "en",
			"Ruud Salo scored twice on Sunday.\n\nSalo has never lost in Torvia. \"We were the better side,\" said the striker.", "the striker", "Ruud Salo",
		},
		{
			"an age is a person's", "en",
			"Ruud Salo, 31, scored twice on Sunday. \"We were the better side,\" said the 31-year-old.", "the 31-year-old", "Ruud Salo",
		},
		{
			"of two people the pronoun means the woman", "en",
			"Marta Venn met Ruud Salo in Torvia on Monday. She said the bridge would open in May.", "She", "Marta Venn",
		},
		{
			"an institution that has not been named is nobody who has", "en",
			"Tarn Steel said on Monday that it would open a mill. Tarn Steel builds bridges. The army said that the road was closed.", "The army", "The army",
		},
		{
			"but the one whose name has the word", "en",
			"The Marn Regional Court heard the case on Monday. The court said that the road was closed.", "The court", "Marn Regional Court",
		},
		{
			"what is written is nobody", "en",
			"Tarn Steel said on Monday that it would open a mill. Tarn Steel builds bridges. The study says that the river is clean.", "The study", "The study",
		},
		{
			"a source is nobody who has been named", "ru",
			"Марта Венн заявила в понедельник, что мост закроют. Венн строила мосты. Источник сообщил, что дорога закрыта.", "Источник", "Источник",
		},
		{
			"who reports has written no statement that speaks for itself", "en",
			"Tarn Steel said that the joint statement calls it a war. The statement says that the river is clean.", "The statement", "The statement",
		},
		{
			"to report is not to write a report", "en",
			"Tarn Steel reports that the mill is closed. The report says that the river is clean.", "The report", "The report",
		},
		{
			"the same in a language without articles", "uk",
			"«Тарнсталь» заявила в понеділок, що відкриє завод. «Тарнсталь» будує мости. Армія повідомила, що дорогу закрито.", "Армія", "Армія",
		},
	} {
		r := newReader(t, c.lang)
		a := r.read(c.text)
		got := "no such source"
		for i := range a.Statements {
			if st := &a.Statements[i]; len(st.Source) > 0 && st.Source[0].In(c.text) == c.source {
				got = st.SpeakerText
			}
		}
		if got != c.want {
			t.Errorf("%s: %q is %q, not %q\n  %s", c.why, c.source, got, c.want, c.text)
		}
	}
}
