package measure

import (
	"fmt"
	"time"
)

// date is a day of the proleptic Gregorian calendar; the zero date is none.
type date struct{ year, month, day int }

// period is from a day to a day, both included; the zero period could not be resolved.
type period struct{ from, to date }

func (d date) known() bool { return d.year != 0 }

func (d date) String() string {
	if !d.known() || d.year < 1 || d.year > 9999 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

func (p period) strings() (from, to string) { return p.from.String(), p.to.String() }

func (d date) time() time.Time {
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
}

func dateOf(t time.Time) date { return date{t.Year(), int(t.Month()), t.Day()} }

func (d date) addDays(n int) date { return dateOf(d.time().AddDate(0, 0, n)) }

// weekday counts from Monday, 1, to Sunday, 7 (ISO 8601).
func (d date) weekday() int {
	if w := int(d.time().Weekday()); w > 0 {
		return w
	}
	return 7
}

// parseDate reads the date at the start of an RFC 3339 date or time.
func parseDate(s string) date {
	if len(s) < len("2006-01-02") {
		return date{}
	}
	t, err := time.Parse("2006-01-02", s[:len("2006-01-02")])
	if err != nil {
		return date{}
	}
	return dateOf(t)
}

func validDay(month, day int) bool { return month >= 1 && month <= 12 && day >= 1 && day <= 31 }

// dayOf is one day, unresolved where the month does not have it.
func dayOf(year, month, day int) period {
	d := date{year, month, day}
	if dateOf(d.time()) != d {
		return period{}
	}
	return period{d, d}
}

func monthOf(year, month int) period {
	first := date{year, month, 1}
	return period{first, dateOf(first.time().AddDate(0, 1, -1))}
}

func yearOf(year int) period { return period{date{year, 1, 1}, date{year, 12, 31}} }

// Days that a date without a year may lie ahead of the publication: news speaks of what was, unless
// its words look ahead.
const (
	daysAhead      = 60
	daysAheadLater = 330
)

// nearestYear is the day of a month in the year that brings it nearest to the publication, sooner
// before than after it.
func (r *reader) nearestYear(month, day int) period {
	if !r.published.known() || !validDay(month, day) {
		return period{}
	}
	latest := r.published.addDays(daysAhead)
	if r.looksAhead {
		latest = r.published.addDays(daysAheadLater)
	}
	for y := r.published.year + 1; y >= r.published.year-4; y-- {
		if p := dayOf(y, month, day); p.from.known() && !p.from.after(latest) {
			return p
		}
	}
	return period{}
}

func (d date) after(e date) bool { return d.time().After(e.time()) }

// monthNear is a named month: with shift -1 the last, with 1 the next, with 0 the last but for the
// two months that come.
func (r *reader) monthNear(month, shift int) period {
	if !r.published.known() {
		return period{}
	}
	year := r.published.year
	ahead := month - r.published.month
	switch {
	case shift < 0 && ahead >= 0:
		year--
	case shift > 0 && ahead < 0:
		year++
	case shift == 0 && ahead > 2:
		year--
	case shift == 0 && ahead <= -10:
		year++
	}
	return monthOf(year, month)
}

// weekdayAhead is the next such day after the publication.
func (r *reader) weekdayAhead(day int) period {
	if !r.published.known() {
		return period{}
	}
	d := r.published.addDays((day-r.published.weekday()+6)%7 + 1)
	return period{d, d}
}

// weekday is the last such day up to the publication; "last" leaves out the day itself, "next" looks
// ahead, "this" stays within the week.
func (r *reader) weekday(day, shift int, relative bool) period {
	if !r.published.known() {
		return period{}
	}
	back := (r.published.weekday() - day + 7) % 7
	d := r.published.addDays(-back)
	switch {
	case relative && shift < 0 && back == 0:
		d = d.addDays(-7)
	case relative && shift > 0:
		d = d.addDays(7)
	case relative && shift == 0:
		d = r.published.addDays(day - r.published.weekday())
	}
	return period{d, d}
}

func (r *reader) dayShift(n int) period {
	if !r.published.known() {
		return period{}
	}
	d := r.published.addDays(n)
	return period{d, d}
}

func (r *reader) yearShift(n int) period {
	if !r.published.known() {
		return period{}
	}
	return yearOf(r.published.year + n)
}

// periodShift is the last, this or next day, week, month or year; "this day" is none.
func (r *reader) periodShift(unit string, n int) (period, bool) {
	if unit == "day" {
		return period{}, false
	}
	return r.shift(unit, n), true
}

// shift is the day, week (Monday to Sunday), month or year n of them from the publication.
func (r *reader) shift(unit string, n int) period {
	if !r.published.known() {
		return period{}
	}
	switch unit {
	case "day":
		return r.dayShift(n)
	case "week":
		monday := r.published.addDays(1 - r.published.weekday() + 7*n)
		return period{monday, monday.addDays(6)}
	case "month":
		first := dateOf(date{r.published.year, r.published.month, 1}.time().AddDate(0, n, 0))
		return monthOf(first.year, first.month)
	}
	return r.yearShift(n)
}
