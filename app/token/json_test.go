package token_test

import (
	"fmt"
	"strings"
	"testing"

	"jwtlab/app/token"
)

// TestReadJSON reads texts and compares what is left of them and the problems, each as "code start-end args".
func TestReadJSON(t *testing.T) {
	for _, c := range []struct{ text, compact, problems string }{
		{`{"a":1}`, `{"a":1}`, ""},
		{" [ 1 , 2 ]\n", `[1,2]`, ""},
		{`"x"`, `"x"`, ""},
		{`-0`, `-0`, ""},
		{`1E400`, `1E400`, ""},
		{`12345678901234567890.10`, `12345678901234567890.10`, ""},
		{`{"a":1,"a":2,"\u0061":3}`, `{"a":1,"a":2,"\u0061":3}`, `json.duplicate 7-10 a; json.duplicate 13-21 a`},
		{``, ``, "json.empty 0-0"},
		{" \n", ``, "json.empty 0-2"},
		{`nope`, ``, "json.word 0-4 nope"},
		{`{"a":1,}`, `{"a":1,}`, "json.comma 6-7"},
		{`[1,]`, `[1,]`, "json.comma 2-3"},
		{`[,1]`, `[,1]`, "json.syntax 1-2 ,"},
		{`{'a':1}`, `{'a':1}`, "json.syntax 1-2 '"},
		{`{a:1}`, `{a:1}`, "json.syntax 1-2 a"},
		{`{"a" 1}`, `{"a" 1}`, "json.syntax 5-6 1"},
		{`{"a":1 "b":2}`, `{"a":1 "b":2}`, `json.syntax 7-8 "`},
		{`[1}`, `[1}`, "json.syntax 2-3 }"},
		{`{"a":Infinity}`, `{"a":Infinity}`, "json.word 5-13 Infinity"},
		{`[01,+1,.5,1.,1e,0x10,--1]`, `[01,+1,.5,1.,1e,0x10,--1]`, "json.number 1-3 01; json.number 4-6 +1; json.number 7-9 .5; " +
			"json.number 10-12 1.; json.number 13-15 1e; json.number 16-20 0x10; json.number 21-24 --1"},
		{`{"a":1} x`, `{"a":1} x`, "json.trailing 8-9"},
		{"\ufeff{}", "\ufeff{}", "json.bom 0-3"},
		{"\"a\tb\"", "\"a\tb\"", "json.control 2-3 U+0009"},
		{`"\x"`, `"\x"`, "json.escape 1-3 x"},
		{`"\ud800"`, `"\ud800"`, `json.surrogate 1-7 \ud800`},
		{`"\udc00\ud800"`, `"\udc00\ud800"`, `json.surrogate 1-7 \udc00; json.surrogate 7-13 \ud800`},
		{`"\ud83d\ude00"`, `"\ud83d\ude00"`, ``},
		{"\"\xff\xfe\"", "\"\xff\xfe\"", "json.utf8 1-3 0xFF"},
		{"\"\xed\xa0\x80\"", "\"\xed\xa0\x80\"", "json.utf8 1-4 0xED"},
		{`{"a":[1,{"b":"c`, `{"a":[1,{"b":"c`, "json.cut 13-15"},
		{`{"a":1,"b":`, `{"a":1,"b":`, "json.cut 10-11"},
		{`{"a":1,"b`, `{"a":1,"b`, "json.cut 7-9"},
		{`{"a":tr`, `{"a":tr`, "json.cut 5-7"},
		{`{"a":1.`, `{"a":1.`, "json.cut 5-7"},
		{`"a\u00`, `"a\u00`, "json.cut 0-6"},
		{`"abc`, `"abc`, "json.cut 0-4"},
	} {
		j, list := token.ReadJSON([]byte(c.text))
		if got := string(j.Compact()); got != c.compact {
			t.Errorf("%q: compact %q, want %q", c.text, got, c.compact)
		}
		if got := brief(list); got != c.problems {
			t.Errorf("%q: problems %q, want %q", c.text, got, c.problems)
		}
	}
}

// brief writes problems in one line.
func brief(list []token.Problem) string {
	var all []string
	for _, p := range list {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %d-%d %s", p.Code, p.Start, p.End, strings.Join(p.Args, " "))))
	}
	return strings.Join(all, "; ")
}

// TestCutMembers reads a text cut at every place: the members before the cut are there, none is invented.
func TestCutMembers(t *testing.T) {
	const text = `{"a":{"b":[1,2]},"c":"d\u00e9","e":null}`
	for n := 1; n < len(text); n++ {
		j, problems := token.ReadJSON([]byte(text[:n]))
		if len(problems) != 1 || problems[0].Code != "json.cut" {
			t.Errorf("%s: %s", text[:n], brief(problems))
		}
		root := j.Root()
		if got, want := root.Get("a").Exists(), n > 5; got != want {
			t.Errorf("%s: a exists is %v", text[:n], got)
		}
		if got, want := root.Get("c").Exists(), n > 21; got != want {
			t.Errorf("%s: c exists is %v", text[:n], got)
		}
		if got := string(j.Compact()); got != text[:n] {
			t.Errorf("compact of %s is %s", text[:n], got)
		}
	}
}

func TestValues(t *testing.T) {
	j, _ := token.ReadJSON([]byte(`{"n":9007199254740993,"f":1.50,"s":"\u00e9\n\ud800","a":[true,null],"n":2,"big":1e999}`))
	root := j.Root()
	if n, ok := root.Get("n").Int(); n != 9007199254740993 || !ok {
		t.Errorf("n is %d, %v", n, ok)
	}
	if _, ok := root.Get("f").Int(); ok {
		t.Error("1.50 is no integer")
	}
	if f, ok := root.Get("f").Float(); f != 1.5 || !ok || root.Get("f").Raw() != "1.50" {
		t.Errorf("f is %v, %v, written %s", f, ok, root.Get("f").Raw())
	}
	if _, ok := root.Get("big").Float(); ok {
		t.Error("1e999 is beyond a double")
	}
	if s := root.Get("s"); s.Text() != "é\n\ufffd" || s.Raw() != `"\u00e9\n\ud800"` || s.Kind() != token.String {
		t.Errorf("s is %q, written %s, %s", s.Text(), s.Raw(), s.Kind())
	}
	if a := root.Get("a"); a.Len() != 2 || a.Kind() != token.Array || a.Text() != "[true,null]" {
		t.Errorf("a is %s, %d, %s", a.Kind(), a.Len(), a.Text())
	}
	var names []string
	for name, value := range root.Members() {
		names = append(names, name.Text()+"="+value.Kind().String())
	}
	if got := strings.Join(names, " "); got != "n=number f=number s=string a=array n=number big=number" || root.Len() != 6 {
		t.Errorf("members are %s", got)
	}
}

// TestZero asks everything of values that are not there.
func TestZero(t *testing.T) {
	var j *token.JSON
	v := j.Root()
	_, isInt := v.Int()
	_, isFloat := v.Float()
	if v.Exists() || v.Raw() != "" || v.Text() != "" || v.Len() != 0 || isInt || isFloat || v.Get("a").Exists() || v.Span() != (token.Span{}) {
		t.Errorf("the zero value has something: %+v", v)
	}
	if j.Compact() != nil || j.Indent().Text != "" {
		t.Error("nothing is laid out as something")
	}
}

func TestIndent(t *testing.T) {
	j, _ := token.ReadJSON([]byte(`{"a":[1,{}],"b":"x\n" ,"a":[ ]}`))
	const want = "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": \"x\\n\",\n  \"a\": []\n}"
	p := j.Indent()
	if p.Text != want {
		t.Errorf("got\n%s\nwant\n%s", p.Text, want)
	}
	var classes []string
	for _, tok := range p.Tokens {
		classes = append(classes, tok.Class)
	}
	const kinds = "punct name punct punct number punct punct punct punct punct name punct string punct name punct punct punct punct"
	if got := strings.Join(classes, " "); got != kinds {
		t.Errorf("classes %s, want %s", got, kinds)
	}
}

// TestLimits reads texts that are too deep or have too many values: both are said, what is before is kept.
func TestLimits(t *testing.T) {
	deep := strings.Repeat("[", 5000) + strings.Repeat("]", 5000)
	j, problems := token.ReadJSON([]byte(deep))
	if len(problems) != 1 || problems[0].Code != "json.too-deep" || len(j.Indent().Text) > 4*len(deep) {
		t.Errorf("deep: %s, laid out in %d bytes", brief(problems), len(j.Indent().Text))
	}
	if string(j.Compact()) != deep {
		t.Error("deep: the text is not kept")
	}
	j, problems = token.ReadJSON([]byte("[" + strings.Repeat("1,", 1<<20) + "1]"))
	if len(problems) != 1 || problems[0].Code != "json.too-many" || j.Root().Len() < 1<<19 {
		t.Errorf("many: %s, %d items", brief(problems), j.Root().Len())
	}
	_, problems = token.ReadJSON([]byte("{" + strings.Repeat(`"a":1,`, 1000) + `"a":1}`))
	if len(problems) != 101 || problems[100].Code != "text.more" || problems[100].Args[0] != "900" {
		t.Errorf("1000 repeated names give %d problems, the last is %+v", len(problems), problems[len(problems)-1])
	}
}
