package language

import "testing"

func TestIdentify(t *testing.T) {
	for _, c := range []struct{ lang, text string }{
		{"en", "The harbour stays closed until Monday."},
		{"uk", "Порт не працюватиме до понеділка."},
		{"ru", "Порт не будет работать до понедельника."},
		{"be", "Порт не будзе працаваць да панядзелка."},
		{"pl", "Port będzie zamknięty do poniedziałku."},
		{"de", "Der Hafen bleibt bis Montag geschlossen."},
		{"fr", "Le port restera fermé jusqu'à lundi."},
		{"es", "El puerto seguirá cerrado hasta el lunes."},
		// Words that hardly differ between the three East Slavic languages.
		{"uk", "Що каже влада"},
		{"ru", "Что говорит власть"},
		{"be", "Што кажа ўлада"},
		// Obfuscated with look-alikes.
		{"uk", "Пopт нe пpaцювaтимe дo пoнeдiлкa."},
	} {
		if lang, confidence := Identify(c.text); lang != c.lang || confidence < reject {
			t.Errorf("%q: %s (%.2f), want %s", c.text, lang, confidence, c.lang)
		}
	}
}
