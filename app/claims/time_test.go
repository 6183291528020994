package claims_test

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"jwtlab/app/claims"
	"jwtlab/app/token"
)

// read returns the JSON of the text, however broken that is.
func read(text string) *token.JSON {
	j, _ := token.ReadJSON([]byte(text))
	return j
}

func TestReadTime(t *testing.T) {
	const (
		yes = true
		no  = false
	)
	for _, test := range []struct {
		text  string
		ok    bool
		code  string
		value float64
	}{
		{`1700000000`, yes, "", 1700000000},
		{`1`, yes, "", 1},
		{`100000000000`, yes, "", 1e11},
		{`0`, yes, "zero", 0},
		{`-0`, yes, "zero", 0},
		{`0.0`, yes, "zero", 0},
		{`0e5`, yes, "zero", 0},
		{`1e-9`, yes, "exponent", 0},
		{`1e-400`, yes, "zero", 0},
		{`-1`, yes, "negative", -1},
		{`-1.5`, yes, "negative", -1.5},
		{`1700000000.5`, yes, "fraction", 1700000000.5},
		{`1700000000.0`, yes, "fraction", 1700000000},
		{`1.7e9`, yes, "exponent", 1.7e9},
		{`17E+8`, yes, "exponent", 1.7e9},
		{`100000000001`, yes, "millis", 100000000001},
		{`1700000000000`, yes, "millis", 1.7e12},
		{`-1700000000000`, yes, "millis", -1.7e12},
		{`8640000000000`, yes, "millis", 8.64e12},
		{`8640000000001`, no, "range", 0},
		{`1700000000000000`, no, "range", 0},
		{`9223372036854775807`, no, "range", 0},
		{`9223372036854775808`, no, "range", 0},
		{`1e19`, no, "range", 0},
		{`-1e19`, no, "range", 0},
		{`1e400`, no, "range", 0},
		{`-1e999999999999`, no, "range", 0},
		{`"1700000000"`, no, "string", 1700000000},
		{`"1e400"`, no, "string", 0},
		{`"0x10"`, no, "string", 0},
		{`"2026-01-01T00:00:00Z"`, no, "string", 0},
		{`""`, no, "string", 0},
		{`null`, no, "null", 0},
		{`true`, no, "type", 0},
		{`false`, no, "type", 0},
		{`[]`, no, "type", 0},
		{`[1700000000]`, no, "type", 0},
		{`{"$date":1700000000}`, no, "type", 0},
	} {
		got := claims.ReadTime(read(test.text).Root())
		if got.OK != test.ok || got.Code != test.code || got.Value != test.value {
			t.Errorf("%s: got %+v, want ok %v, code %q, value %v", test.text, got, test.ok, test.code, test.value)
		}
		if got.Raw != test.text {
			t.Errorf("%s: raw is %q", test.text, got.Raw)
		}
		if got.OK && got.At.Unix() != int64(math.Floor(test.value)) {
			t.Errorf("%s: at is %v", test.text, got.At)
		}
	}
}

func TestReadTimeOfNothing(t *testing.T) {
	if got := claims.ReadTime(token.Value{}); got.OK || got.Code != "missing" {
		t.Errorf("got %+v", got)
	}
}

// What is no JSON number never counts as one, even when the reader of the JSON lets it stand.
func TestReadTimeOfMisspeltNumbers(t *testing.T) {
	for _, text := range []string{"01", "-", "1.", ".5", "1e", "1e+", "+1", "0x10", "1_000", "1700000000L", "NaN", "Infinity", "-Infinity", "--1"} {
		v := read(`{"exp":` + text + `}`).Root().Get("exp")
		if got := claims.ReadTime(v); got.OK {
			t.Errorf("%s: got %+v", text, got)
		}
	}
}

func TestReadTimeKeepsLongTextsShort(t *testing.T) {
	for _, text := range []string{strings.Repeat("9", 1<<20), `"` + strings.Repeat("토큰", 1<<18) + `"`, "1." + strings.Repeat("0", 1<<20)} {
		got := claims.ReadTime(read(text).Root())
		if len(got.Raw) > 100 || !strings.HasSuffix(got.Raw, "…") || strings.ContainsRune(got.Raw, '\uFFFD') {
			t.Errorf("raw is %q", got.Raw)
		}
	}
}

// The law: whole seconds come out as they went in, and a time is OK only if its value is finite.
func FuzzReadTime(f *testing.F) {
	for _, s := range []string{"0", "-0", "1.5", "1e19", "1e-400", `"1"`, "null", "[", "1700000000", "8640000000000", "-", "01", "{}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := claims.ReadTime(read(text).Root())
		if math.IsInf(got.Value, 0) || math.IsNaN(got.Value) {
			t.Errorf("%q: value is %v", text, got.Value)
		}
		if !got.OK && got.Code == "" {
			t.Errorf("%q: refused without a reason", text)
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err == nil && got.OK && (got.At != time.Unix(n, 0).UTC() || got.Value != float64(n)) {
			t.Errorf("%q became %+v", text, got)
		}
	})
}
