package locale

import (
	"math"
	"strconv"
	"time"
)

// units are what durations are told in. A year is the mean year of the Gregorian calendar: 365 days are still days,
// and what expired in 1970 did so as many years ago as anybody would say.
var units = [...]struct {
	id      string
	seconds int64
}{
	{"time.years", 31_556_952},
	{"time.days", 86_400},
	{"time.hours", 3_600},
	{"time.minutes", 60},
	{"time.seconds", 1},
}

// Duration returns the length of d in words, cut to its largest unit: "4 minutes". When that unit counts only one to
// three, the next one is told as well: "3 days 4 hours". It has no direction; before and after are the text's to say.
func Duration(l Lang, d time.Duration) string {
	if d != 0 && d.Abs() < time.Second {
		return Text(l, "time.instant")
	}
	return inUnits(l, int64(d.Abs()/time.Second))
}

// durationOf is Duration of a count of seconds given as text.
func durationOf(l Lang, seconds string) string {
	f, err := strconv.ParseFloat(seconds, 64)
	f = math.Abs(f)
	switch {
	case err != nil || math.IsNaN(f) || f > 1<<62:
		return seconds
	case 0 < f && f < 1:
		return Text(l, "time.instant")
	}
	return inUnits(l, int64(f))
}

func inUnits(l Lang, seconds int64) string {
	i := 0
	for i < len(units)-1 && seconds < units[i].seconds {
		i++
	}
	count := seconds / units[i].seconds
	first := inUnit(l, i, count)
	if count > 3 || i == len(units)-1 {
		return first
	}
	rest := (seconds - count*units[i].seconds) / units[i+1].seconds
	if rest == 0 {
		return first
	}
	return Text(l, "time.two", first, inUnit(l, i+1, rest))
}

func inUnit(l Lang, unit int, count int64) string {
	return Text(l, units[unit].id, strconv.FormatInt(count, 10))
}

// Time returns the date and time in UTC, as in "21 Nov 2026, 11:45:00".
func Time(l Lang, t time.Time) string { return LocalTime(l, t.UTC()) }

// LocalTime is [Time] in t's own location.
func LocalTime(l Lang, t time.Time) string {
	hour, minute, second := t.Clock()
	clock := []byte{
		'0' + byte(hour/10), '0' + byte(hour%10), ':',
		'0' + byte(minute/10), '0' + byte(minute%10), ':',
		'0' + byte(second/10), '0' + byte(second%10),
	}
	month := Text(l, "time.month."+strconv.Itoa(int(t.Month())))
	return Text(l, "time.date", strconv.Itoa(t.Year()), month, strconv.Itoa(t.Day()), string(clock))
}

// farthest is beyond what has a sensible date, some three million years from now.
const farthest = 1e14

// timeOf is Time of a NumericDate given as text; one that no calendar reaches stays a number.
func timeOf(l Lang, date string) string {
	f, err := strconv.ParseFloat(date, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > farthest {
		return date
	}
	return Time(l, time.Unix(int64(math.Floor(f)), 0))
}
