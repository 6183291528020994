package main

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jwtlab/app/token"
)

func TestSafe(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"plain, 한글 and — more", "plain, 한글 and — more"},
		{"\x1b[2J", `\u001b[2J`},
		{"a\tb\r\nc", `a\tb\r\nc`},
		{"\x00\x7f", `\u0000\u007f`},
		{"\u009b31m", `\u009b31m`}, // the CSI of C1
		{"\x9b31m\xff", `\x9b31m\xff`},
		{"user\u202egnp.exe", `user\u202egnp.exe`},
		{"\u2066\u2069\u200f\ufeff\u2028", `\u2066\u2069\u200f\ufeff\u2028`},
		{"\U000e0041", `\udb40\udc41`}, // a tag character, which cannot be seen
		{"\ufffd", "\ufffd"},
		{"", ""},
	} {
		if got := safe(test.in); got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
}

// The laws: nothing that a terminal acts on is left, and a text without such things is left alone.
func FuzzSafe(f *testing.F) {
	f.Add("\x1b]0;title\x07")
	f.Add("한글 \u202e \x80\xff")
	f.Fuzz(func(t *testing.T, text string) {
		got := safe(text)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, unsafeRune) {
			t.Errorf("%q became %q", text, got)
		}
		if utf8.ValidString(text) && !strings.ContainsFunc(text, unsafeRune) && got != text {
			t.Errorf("%q became %q without need", text, got)
		}
		if safe(got) != got {
			t.Errorf("%q is not safe", got)
		}
		if q := quote(text); !utf8.ValidString(q) || strings.ContainsFunc(q, unsafeRune) {
			t.Errorf("%q is quoted as %s", text, q)
		}
	})
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		words string
		width int
		want  []string
	}{
		{"", 20, []string{""}},
		{"one two", 20, []string{"one two"}},
		{"one two three four five", 20, []string{"one two three four", "five"}},
		{"헤더와 페이로드를 읽습니다", 20, []string{"헤더와 페이로드를", "읽습니다"}},
		{"a " + strings.Repeat("x", 45), 20, []string{"a", strings.Repeat("x", 20), strings.Repeat("x", 20), "xxxxx"}},
		{strings.Repeat("한", 11), 20, []string{strings.Repeat("한", 10), "한"}},
	} {
		if got := wrap(test.words, test.width); !slices.Equal(got, test.want) {
			t.Errorf("%q: got %q, want %q", test.words, got, test.want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	digits := strings.Repeat("0123456789", 10)
	for _, test := range []struct {
		text         string
		start, end   int
		line, carets string
	}{
		{"abc.def", 3, 4, "abc.def", "   ^"},
		{"abc", 3, 3, "abc", "   ^"},
		{"abc", 0, 1, "abc", "^"},
		{"a\x1bc", 1, 2, `a\u001bc`, " ^^^^^^"},
		{"한글 키", 7, 10, "한글 키", "     ^^"},
		{"a\xffb", 1, 2, `a\xffb`, " ^^^^"},
		{digits, 0, 100, "012345678901234567…", "^^^^^^^^^^^^^^^^^^"},
		{digits, 50, 51, "…123456789012345678…", "          ^"},
		{digits, 99, 100, "…234567890123456789", "                  ^"},
		{"abc", 7, 9, "abc", "   ^"}, // a place that is none does no harm
	} {
		at := token.Span{Start: test.start, End: test.end}
		checkExcerpt(t, test.text, at, 20)
		line, carets := excerpt(test.text, at, 20)
		if line != test.line || carets != test.carets {
			t.Errorf("%q %v: got\n%s\n%s\nwant\n%s\n%s", test.text, at, line, carets, test.line, test.carets)
		}
	}
}

// checkExcerpt holds the laws: an excerpt fits its width, is safe, and its carets stand under the place.
func checkExcerpt(t *testing.T, text string, at token.Span, n int) {
	t.Helper()
	line, carets := excerpt(text, at, n)
	if cells(line) > n || cells(carets) > n || !strings.HasSuffix(carets, "^") {
		t.Errorf("%q %v in %d cells:\n%s\n%s", text, at, n, line, carets)
	}
	if strings.ContainsFunc(line, unsafeRune) || !utf8.ValidString(line) {
		t.Errorf("%q is not safe", line)
	}
	if at.Start < 0 || at.Start >= at.End || at.End > len(text) || !utf8.ValidString(text) || !utf8.ValidString(text[at.Start:at.End]) {
		return
	}
	first, _ := utf8.DecodeRuneInString(text[at.Start:])
	_, under := cutCells(line, cells(strings.TrimRight(carets, "^")))
	if want := safe(string(first)); cells(want) > 0 && !strings.HasPrefix(under, want[:1]) {
		t.Errorf("the carets of %v stand under %q, want %q:\n%s\n%s", at, under, want, line, carets)
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("eyJhbGciOiJIUzI1NiJ9.eyJ=.sig", 24, 25, 36)
	f.Add("한글\x1b\xff 토큰", 0, 6, 40)
	f.Add(strings.Repeat("ab.", 100), 150, 290, 50)
	f.Fuzz(func(t *testing.T, text string, start, end, width int) {
		checkExcerpt(t, text, token.Span{Start: start, End: end}, min(max(width, minWidth-4), maxWidth))
	})
}

func TestColour(t *testing.T) {
	for _, test := range []struct {
		terminal bool
		env      map[string]string
		coloured bool
	}{
		{false, nil, false},
		{true, nil, true},
		{true, map[string]string{"NO_COLOR": "1"}, false},
		{true, map[string]string{"NO_COLOR": ""}, true},
		{true, map[string]string{"TERM": "dumb"}, false},
	} {
		plain := world{env: test.env}.must(t, "decode", a1Token)
		got := world{env: test.env, terminal: test.terminal}.must(t, "decode", a1Token)
		if strings.Contains(got, "\x1b[") != test.coloured {
			t.Errorf("%+v: coloured is %v", test, !test.coloured)
		}
		for _, code := range []style{bold, faint, red, green, yellow, blue, magenta, cyan, "0"} {
			got = strings.ReplaceAll(got, "\x1b["+string(code)+"m", "")
		}
		if got != plain {
			t.Errorf("%+v: without its colours the text differs from the plain one: %q", test, got)
		}
	}
}
