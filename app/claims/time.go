package claims

import (
	"math"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/token"
)

// A Time is what became of a NumericDate: seconds since 1970-01-01T00:00:00Z, a JSON number (RFC 7519 §2).
type Time struct {
	// Value and At are the time, rounded to the microsecond. A string that spells a number has them too, to be shown;
	// only OK says that a verifier would go by them.
	Value float64
	At    time.Time
	OK    bool // it is a NumericDate; the zero Time is none
	// Code says what is odd about it, "" for nothing; its words are "why.time." and the code, with the claim's name and
	// [Time.Raw] as arguments. These are OK: "zero", "negative", "fraction", "exponent", "millis". These are not:
	// "missing", "null", "string", "type" (neither number nor text), "number" (misspelt) and "range".
	Code string
	Raw  string // the value as it stands in the JSON, cut when long
}

const (
	// millis is the year 5138, further off than any token means; in milliseconds it is 3 March 1973.
	millis = 1e11
	// farthest is as far as a date of JavaScript reaches, the year 275760. Beyond it verifiers disagree: some refuse,
	// some overflow into the past, some take it for never. What nobody can rely on is refused.
	farthest = 8.64e12
)

// ReadTime reads a NumericDate.
func ReadTime(v token.Value) Time {
	if !v.Exists() {
		return Time{Code: "missing"}
	}
	t := Time{Raw: short(v.Raw())}
	switch v.Kind() {
	case token.Null:
		t.Code = "null"
	case token.String:
		t.Code = "string"
		if f, ok := readNumber(v.Text()); ok && math.Abs(f) <= farthest {
			t.set(f)
		}
	case token.Number:
		t.readNumeric(v.Raw())
	default:
		t.Code = "type"
	}
	return t
}

func (t *Time) readNumeric(raw string) {
	f, ok := readNumber(raw)
	switch {
	case !ok:
		t.Code = "number"
		return
	case math.Abs(f) > farthest:
		t.Code = "range"
		return
	}
	t.set(f)
	t.OK = true
	switch {
	case math.Abs(f) > millis:
		t.Code = "millis"
	case f == 0:
		t.Code = "zero"
	case f < 0:
		t.Code = "negative"
	case strings.ContainsAny(raw, "eE"):
		t.Code = "exponent"
	case strings.IndexByte(raw, '.') >= 0:
		t.Code = "fraction"
	}
}

func (t *Time) set(f float64) {
	seconds, fraction := math.Modf(f)
	micro := int64(math.Round(fraction * 1e6))
	t.At = time.Unix(int64(seconds), micro*1000).UTC()
	t.Value = seconds + float64(micro)/1e6
}

// readNumber reads a JSON number. One too large for a float is infinite, which is what it is to most verifiers.
func readNumber(s string) (float64, bool) {
	if !isNumber(s) {
		return 0, false
	}
	f, _ := strconv.ParseFloat(s, 64)
	return f, true
}

// isNumber reports whether s is a number of RFC 8259 §6. Go reads more than that: 007, 1_000, 0x10, inf.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	n := digits(s)
	if n == 0 || n > 1 && s[0] == '0' {
		return false
	}
	s = s[n:]
	if strings.HasPrefix(s, ".") {
		n = digits(s[1:])
		if n == 0 {
			return false
		}
		s = s[1+n:]
	}
	if s == "" {
		return true
	}
	if s[0]|0x20 != 'e' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return s != "" && digits(s) == len(s)
}

// digits counts the digits that s starts with.
func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// numeric writes a NumericDate, or a count of seconds, the way package locale reads them.
func numeric(f float64) string {
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// distance is the seconds from one time to another, whichever comes first. A [time.Duration] would end at 292 years.
func distance(a, b time.Time) string {
	d := float64(a.Unix()-b.Unix()) + float64(a.Nanosecond()-b.Nanosecond())/1e9
	return numeric(math.Abs(math.Round(d*1e3) / 1e3))
}
