// Package dates reads dates as publishers write them: in metadata, feeds and addresses.
//
// It never guesses. A day that could also be a month, a two-digit year without a time and a
// month without a year are refused; a time of day without a zone is dropped and the date kept.
package dates

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Parse turns a written date into RFC 3339: a full date ("2025-11-20"), or a date and time with
// its zone ("2025-11-20T10:00:00+02:00") where the input states one. It knows ISO 8601, RFC 822
// and its relatives, Unix seconds and milliseconds, and day, month name and year in English,
// Ukrainian, Russian, Polish, Belarusian, German, French and Spanish. What it cannot read for
// certain gives the empty string.
func Parse(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || len(s) > 120 {
		return ""
	}
	for _, read := range []func(string) string{iso, compact, unix, dayFirst, monthFirst, numeric} {
		if d := read(s); d != "" {
			return d
		}
	}
	return ""
}

var (
	isoForm        = regexp.MustCompile(`^([12]\d{3})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]*(\d.*))?$`)
	compactForm    = regexp.MustCompile(`^([12]\d{3})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(.*))?$`)
	unixForm       = regexp.MustCompile(`^\d{10}(?:\d{3})?$`)
	dayFirstForm   = regexp.MustCompile(`^(?:\pL+\.?,? )?(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[ -](?:de |of )?(\pL+)\.?,?[ -](?:de |del )?(\d{4}|\d{2})(?:$|\PN(.*)$)`)
	monthFirstForm = regexp.MustCompile(`^(?:\pL+\.?,? )?(\pL+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:$|\PN(.*)$)`)
	numericForm    = regexp.MustCompile(`^(?:\pL+\.?,? )?(\d{1,2})([./-])(\d{1,2})([./-])(\d{4})(?:$|\PN(.*)$)`)
	clockForm      = regexp.MustCompile(`^\D{0,14}?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)? ?([AaPp]\.?[Mm]\.?)? ?\(?([A-Za-z]{1,5}|(?:GMT|UTC)?[+−-]\d{1,2}:?(?:\d{2})?)?\)?(?:\s.*|\[.*)?$`)
	offsetForm     = regexp.MustCompile(`^([+−-])(\d{1,2}):?(\d{2})?$`)
)

func iso(s string) string {
	m := isoForm.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	return stamp(m[1], month(m[2]), m[3], m[4])
}

func compact(s string) string {
	m := compactForm.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	clock := ""
	if m[4] != "" {
		seconds := m[6]
		if seconds == "" {
			seconds = "00"
		}
		clock = m[4] + ":" + m[5] + ":" + seconds + m[7]
	}
	return stamp(m[1], month(m[2]), m[3], clock)
}

func unix(s string) string {
	if !unixForm.MatchString(s) {
		return ""
	}
	n, err := strconv.ParseInt(s[:10], 10, 64)
	if err != nil {
		return ""
	}
	return time.Unix(n, 0).UTC().Format(time.RFC3339)
}

func dayFirst(s string) string {
	m := dayFirstForm.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	year := m[3]
	if len(year) == 2 { // RFC 822, which always writes the time as well
		if !clockForm.MatchString(m[4]) || m[4] == "" {
			return ""
		}
		year = "20" + year
		if m[3] >= "70" {
			year = "19" + m[3]
		}
	}
	return stamp(year, month(m[2]), m[1], m[4])
}

func monthFirst(s string) string {
	m := monthFirstForm.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	return stamp(m[3], month(m[1]), m[2], m[4])
}

// numeric reads 20.11.2025, where dots always put the day first, and 20/11/2025, where only a
// number above twelve tells the day from the month.
func numeric(s string) string {
	m := numericForm.FindStringSubmatch(s)
	if m == nil || m[2] != m[4] {
		return ""
	}
	day, mon := m[1], m[3]
	if m[2] != "." {
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[3])
		switch {
		case a > 12, a == b:
		case b > 12:
			day, mon = mon, day
		default:
			return ""
		}
	}
	return stamp(m[5], month(mon), day, m[6])
}

// stamp puts the parts together; mon is 0 where no month was recognised.
func stamp(year string, mon int, day, clock string) string {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	if y < 1800 || y > 2199 || mon < 1 || mon > 12 || d < 1 || d > daysIn(y, mon) {
		return ""
	}
	date := fmt.Sprintf("%04d-%02d-%02d", y, mon, d)
	if t := timeOfDay(clock); t != "" {
		return date + "T" + t
	}
	return date
}

func daysIn(year, mon int) int {
	return time.Date(year, time.Month(mon)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// timeOfDay gives "15:04:05Z" or "15:04:05+02:00", and nothing where the zone is not stated.
func timeOfDay(s string) string {
	m := clockForm.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	second, _ := strconv.Atoi(m[3])
	if half := strings.ToLower(m[4]); half != "" {
		if hour < 1 || hour > 12 {
			return ""
		}
		hour %= 12
		if half[0] == 'p' {
			hour += 12
		}
	}
	zone := zoneOffset(m[5])
	if zone == "" || hour > 23 || minute > 59 || second > 59 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d:%02d%s", hour, minute, second, zone)
}

// zones are the names whose offset is not in doubt among the outlets read here.
var zones = map[string]string{
	"Z": "Z", "UT": "Z", "UTC": "Z", "GMT": "Z", "WET": "Z",
	"EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MDT": "-06:00", "MST": "-07:00", "PST": "-08:00", "PDT": "-07:00",
	"CET": "+01:00", "CEST": "+02:00", "MEZ": "+01:00", "MESZ": "+02:00", "EET": "+02:00", "EEST": "+03:00", "MSK": "+03:00",
}

func zoneOffset(s string) string {
	if z, ok := zones[strings.ToUpper(s)]; ok {
		return z
	}
	m := offsetForm.FindStringSubmatch(strings.TrimLeft(strings.ToUpper(s), "GMTUC"))
	if m == nil {
		return ""
	}
	h, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi(m[3])
	if h > 14 || minutes > 59 {
		return ""
	}
	sign := "+"
	if m[1] != "+" {
		sign = "-"
	}
	return fmt.Sprintf("%s%02d:%02d", sign, h, minutes)
}

// monthStems are the beginnings by which month names and their abbreviations are known in the
// eight languages, January first. No stem of one month begins a name of another.
var monthStems = [12]string{
	"jan jän ene sty січ янв сту",
	"feb fév fev lut лют фев",
	"mar mär mrz бер мар сак",
	"apr avr abr kwi кві апр кра",
	"may mai maj тра май мая",
	"jun juin cze чер июн чэр",
	"jul juil lip лип июл ліп",
	"aug aoû aou ago sie сер авг жні",
	"sep set wrz вер сен",
	"oct okt paź paz жов окт кас",
	"nov lis лис ноя ліс",
	"dec déc dez dic gru гру дек сне",
}

// month reads a month's number or name; 0 means that it is none.
func month(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	s = strings.ToLower(s)
	for i, stems := range monthStems {
		for _, stem := range strings.Fields(stems) {
			if strings.HasPrefix(s, stem) {
				return i + 1
			}
		}
	}
	return 0
}

var inAddress = regexp.MustCompile(`/((?:19|20)\d{2})([/-]?)(\d{2})([/-]?)(\d{2})(?:[/_.-]|$)`)

// FromURL reads the date that many outlets put in a page's address (/2025/11/20/, /2025-11-20-,
// /20251120-). It gives the empty string where there is none.
func FromURL(url string) string {
	if cut := strings.IndexAny(url, "?#"); cut >= 0 {
		url = url[:cut]
	}
	m := inAddress.FindStringSubmatch(url)
	if m == nil || m[2] != m[4] {
		return ""
	}
	return stamp(m[1], month(m[3]), m[5], "")
}
