package token_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"jwtlab/app/bound"
	"jwtlab/app/token"
)

// seeds gives a fuzz target the inputs of testdata.
func seeds(f *testing.F) []string {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	var all []string
	for _, file := range files {
		var t testing.T
		all = append(all, readCase(&t, file).text(&t))
	}
	return all
}

// within fails unless the span is a range of a text of that length.
func within(t *testing.T, what string, s token.Span, size int) {
	t.Helper()
	if s.Start < 0 || s.End < s.Start || s.End > size {
		t.Fatalf("%s: %d-%d is no range of %d bytes", what, s.Start, s.End, size)
	}
}

// lawful checks what is true of any token read out of a text.
func lawful(t *testing.T, tok token.Token, size int) {
	t.Helper()
	within(t, "token", tok.Span, size)
	for _, p := range tok.Problems {
		within(t, p.Code, p.Span, size)
		if !slices.Contains(token.Codes(), p.Code) {
			t.Fatalf("%s is no code", p.Code)
		}
	}
	if len(tok.Problems) > 150 {
		t.Fatalf("%d problems", len(tok.Problems))
	}
	for _, s := range tok.Segments {
		within(t, string(s.Part), s.Span, size)
		if s.Start < tok.Start || s.End > tok.End {
			t.Fatalf("%s %v is outside the token %v", s.Part, s.Span, tok.Span)
		}
		if whole := s.Source(0, len(s.Bytes)); len(s.Bytes) > 0 && (whole.Start < s.Start || whole.End > s.End) {
			t.Fatalf("%s: the bytes are from %v, outside %v", s.Part, whole, s.Span)
		}
		last := s.Start
		for i := range min(len(s.Bytes), 200) {
			at := s.Source(i, i+1)
			if at.Start < last || at.End <= at.Start || at.End > s.End {
				t.Fatalf("%s: byte %d is from %v, after %d", s.Part, i, at, last)
			}
			last = at.Start
		}
	}
}

// FuzzRead holds Read to its laws: no text breaks it, every span is inside the text, every byte's source inside its
// segment and in order, and what it calls well-formed and compact is so by Parse too.
func FuzzRead(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var r token.Reading
		bound.Memory(t, len(text), 1000, func() { r = token.Read(text) })
		if len(r.Tokens) == 0 && len(r.Problems) == 0 {
			t.Fatal("neither a token nor a problem")
		}
		for _, p := range r.Problems {
			within(t, p.Code, p.Span, len(text))
		}
		for _, tok := range r.Tokens {
			lawful(t, tok, len(text))
			compact := tok.Form == token.JWS || tok.Form == token.JWE || tok.Form == token.Detached || tok.Form == token.Unsecured
			if again := token.Parse(tok.Compact()); compact && tok.OK() && !again.OK() {
				t.Fatalf("well-formed, but Parse says %+v of %q", again.Problems, tok.Compact())
			}
		}
	})
}

// FuzzParse holds Parse to its laws: those of Read, and that a well-formed token is its segments and dots, no more.
func FuzzParse(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, input string) {
		var tok token.Token
		bound.Memory(t, len(input), 1000, func() { tok = token.Parse(input) })
		lawful(t, tok, len(input))
		if tok.Form == token.JSONJWS || tok.Form == token.JSONJWE {
			return
		}
		if tok.OK() && tok.Compact() != input {
			t.Fatalf("%q is well-formed but put together is %q", input, tok.Compact())
		}
		if tok.Span != (token.Span{Start: 0, End: len(input)}) && len(input) > 0 {
			t.Fatalf("the token is %v of %d bytes", tok.Span, len(input))
		}
	})
}

// FuzzJSON holds ReadJSON to its laws: values are inside their parents and in order, laying out changes whitespace
// only, and reading what was laid out gives the same compact text.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,-2.5e3,"x\u00e9\n",null,true],"a":{}}`, `[[[]]] x`, `{"a`, `{"a":1,}`, "\ufeff{}", `"\ud800"`,
		"\"\xff\x01\"", `01`, `{"a":tru`, `nul`, `[1 2]`, `{"a" 1}`, ` `, `{'a':1}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var j *token.JSON
		var problems []token.Problem
		bound.Memory(t, len(text), 1000, func() { j, problems = token.ReadJSON(text) })
		for _, p := range problems {
			within(t, p.Code, p.Span, len(text))
		}
		if j == nil {
			if len(problems) == 0 {
				t.Fatal("neither a value nor a problem")
			}
			return
		}
		walk(t, j.Root(), token.Span{Start: 0, End: len(text)})
		pretty := j.Indent()
		last := 0
		for _, p := range pretty.Tokens {
			if pretty.Text[p.Start:p.End] != string(text[p.SrcStart:p.SrcEnd]) || p.SrcStart < last {
				t.Fatalf("%+v is not the text it came from", p)
			}
			last = p.SrcEnd
		}
		again, _ := token.ReadJSON([]byte(pretty.Text))
		if !bytes.Equal(again.Compact(), j.Compact()) {
			t.Fatalf("%q laid out and read again is %q", j.Compact(), again.Compact())
		}
	})
}

func walk(t *testing.T, v token.Value, in token.Span) {
	s := v.Span()
	if s.Start < in.Start || s.End > in.End || s.End < s.Start {
		t.Fatalf("%v is outside %v", s, in)
	}
	last := s.Start
	for item := range v.Items() {
		walk(t, item, s)
		if item.Span().Start < last {
			t.Fatalf("%v comes before %d", item.Span(), last)
		}
		last = item.Span().End
	}
}
