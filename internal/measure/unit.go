package measure

import (
	"strings"

	"hearsay/internal/phrase"
)

// codes are the ISO 4217 codes that are read as such in text.
var codes = map[string]bool{
	"USD": true, "EUR": true, "GBP": true, "UAH": true, "RUB": true, "PLN": true, "BYN": true, "CHF": true,
	"JPY": true, "CNY": true, "CZK": true, "SEK": true, "NOK": true, "DKK": true, "HUF": true, "RON": true,
	"TRY": true, "CAD": true, "AUD": true, "KZT": true, "GEL": true, "MDL": true, "BGN": true, "INR": true,
}

func currencyCode(word string) (string, bool) { return word, codes[word] }

// upperCode reports a word that is a currency's code, for the reader passes over other plain words.
func upperCode(text string, w phrase.Word) bool {
	n := w.Len()
	if n > 3 {
		return false
	}
	word := w.In(text)
	return codes[word] || n <= 3 && w.End < len(text) && text[w.End] == '$'
}

func currencySign(s string) string {
	switch s {
	case "$":
		return "USD"
	case "€":
		return "EUR"
	case "£":
		return "GBP"
	case "₴":
		return "UAH"
	case "₽":
		return "RUB"
	case "¥":
		return "JPY"
	case "₺":
		return "TRY"
	}
	return ""
}

// dollarOf is the currency of a dollar sign with letters before it: US$, C$, A$.
func dollarOf(letters string) string {
	switch strings.ToLower(letters) {
	case "c", "ca":
		return "CAD"
	case "a", "au":
		return "AUD"
	}
	return "USD"
}

// symbolUnit is the unit of a sign or international abbreviation after a number, "" if it is none.
func symbolUnit(s string) string {
	switch s {
	case "%", "٪":
		return "%"
	case "‰":
		return "‰"
	case "°":
		return "°"
	}
	if u := siUnits[s]; u != "" {
		return u
	}
	return currencySign(s)
}

var siUnits = map[string]string{
	"km": "km", "cm": "cm", "mm": "mm", "m": "m", "kg": "kg", "g": "g", "t": "t", "l": "l", "ha": "ha",
	"MW": "MW", "GW": "GW", "kWh": "kWh", "km²": "km2", "m²": "m2", "m³": "m3",
}
