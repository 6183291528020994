package cookie

import (
	"strings"
	"time"
)

// ParseDate reads a cookie-date (RFC 6265bis §5.1.1): any words and numbers in which a day, a month, a year and a time can
// be found. Zones are not read; all is UTC.
func ParseDate(text string, p *Profile) (time.Time, bool) {
	var d date
	for text != "" {
		start := strings.IndexFunc(text, func(r rune) bool { return !isDelimiter(r) })
		if start < 0 {
			break
		}
		text = text[start:]
		end := strings.IndexFunc(text, isDelimiter)
		if end < 0 {
			end = len(text)
		}
		if p.ReadsNumbers {
			d.takeNumber(text[:end])
		} else {
			d.take(text[:end])
		}
		text = text[end:]
	}
	return d.time(p)
}

// isDelimiter reports whether a character parts the tokens of a date.
func isDelimiter(r rune) bool {
	return r == '\t' || ' ' <= r && r <= '/' || ';' <= r && r <= '@' || '[' <= r && r <= '`' || '{' <= r && r <= '~'
}

// A date is what was found so far.
type date struct {
	clock                     [3]int
	day, month, year          int
	hasClock, hasDay, hasYear bool
}

// take lets the token fill the first field still empty that it matches, by the grammar of the draft: what follows the
// digits does not matter unless it is a digit too.
func (d *date) take(token string) {
	if clock, ok := clockOf(token); ok && !d.hasClock {
		d.clock, d.hasClock = clock, true
		return
	}
	n, digits := leadingNumber(token)
	switch {
	case !d.hasDay && 1 <= digits && digits <= 2:
		d.day, d.hasDay = n, true
	case d.month == 0 && monthOf(token) > 0:
		d.month = monthOf(token)
	case !d.hasYear && 2 <= digits && digits <= 4:
		d.year, d.hasYear = n, true
	}
}

// clockOf reads hours, minutes and seconds of one or two digits.
func clockOf(token string) (clock [3]int, ok bool) {
	for i := range clock {
		n, digits := leadingNumber(token)
		if digits < 1 || digits > 2 {
			return clock, false
		}
		clock[i], token = n, token[digits:]
		if i < 2 {
			if token, ok = strings.CutPrefix(token, ":"); !ok {
				return clock, false
			}
		}
	}
	return clock, true
}

// takeNumber does what Chromium does: a token is a word or a number or a time as a whole, and the first number of up to
// two digits is the day.
func (d *date) takeNumber(token string) {
	n, digits := leadingNumber(token)
	switch {
	case digits == 0:
		if d.month == 0 {
			d.month = monthOf(token)
		}
	case strings.Contains(token, ":"):
		if parts := strings.Split(token, ":"); !d.hasClock && len(parts) == 3 {
			d.hasClock = true
			for i, part := range parts {
				n, digits := leadingNumber(part)
				d.clock[i] = n
				d.hasClock = d.hasClock && digits > 0 && digits == len(part)
			}
		}
	case !d.hasDay && len(token) <= 2:
		d.day, d.hasDay = n, digits == len(token)
	case !d.hasYear && len(token) <= 5:
		d.year, d.hasYear = n, digits == len(token)
	}
}

// leadingNumber reads the digits that a token begins with; the number is of use for up to nine of them, and large for more.
func leadingNumber(token string) (n, digits int) {
	for digits < len(token) && isDigit(token[digits]) {
		n = min(n*10+int(token[digits]-'0'), 1<<30)
		digits++
	}
	return n, digits
}

const months = "janfebmaraprmayjunjulaugsepoctnovdec"

// monthOf returns the number of the month that a token begins with, or 0.
func monthOf(token string) int {
	if len(token) < 3 {
		return 0
	}
	if at := strings.Index(months, lower(token[:3])); at >= 0 && at%3 == 0 {
		return at/3 + 1
	}
	return 0
}

// time puts the fields together. A day that the month does not have is no date.
func (d *date) time(p *Profile) (time.Time, bool) {
	if !d.hasClock || !d.hasDay || d.month == 0 || !d.hasYear {
		return time.Time{}, false
	}
	switch {
	case 70 <= d.year && d.year <= 99:
		d.year += 1900
	case d.year < 70:
		d.year += 2000
	}
	hour, minute, second := d.clock[0], d.clock[1], d.clock[2]
	if d.day < 1 || d.day > 31 || hour > 23 || minute > 59 || second > 59 || !p.ReadsNumbers && d.year < 1601 {
		return time.Time{}, false
	}
	t := time.Date(d.year, time.Month(d.month), d.day, hour, minute, second, 0, time.UTC)
	return t, t.Day() == d.day
}
