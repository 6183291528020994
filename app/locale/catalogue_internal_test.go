package locale

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// This file reads the catalogue's files themselves: a text that is loaded no longer shows where it was written twice,
// nor what its placeholders ask for.

// written calls check for every entry of every file of the language.
func written(t *testing.T, l Lang, check func(file string, line int, id, text string)) {
	t.Helper()
	entries, err := files.ReadDir(string(l))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := string(l) + "/" + e.Name()
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		read(string(text), func(line int, id, text string) { check(name, line, id, text) })
	}
}

func TestEntries(t *testing.T) {
	for _, l := range Langs() {
		seen := map[string]string{}
		written(t, l, func(file string, line int, id, text string) {
			switch {
			case id == "" || text == "":
				t.Errorf("%s:%d: not a line of the form id = text", file, line)
			case seen[id] != "":
				t.Errorf("%s:%d: %s stands in %s already", file, line, id, seen[id])
			}
			seen[id] = file
		})
	}
}

// holes returns the placeholders of a text; bad is the text from the first brace on that starts none.
func holes(text string) (all []hole, bad string) {
	for {
		at := strings.IndexByte(text, '{')
		if at < 0 {
			return all, ""
		}
		text = text[at:]
		if strings.HasPrefix(text, "{{") {
			text = text[2:]
			continue
		}
		h, size := readHole(text)
		if size == 0 {
			return all, text
		}
		all = append(all, h)
		text = text[size:]
	}
}

// particles are the pairs that {0~…|…} may pick from, without what may follow them.
var particles = []string{"은|는", "이|가", "을|를", "과|와", "으로|로", "이라|라", "이나|나", "이고|고", "이며|며", "이어야|여야",
	"이므로|므로", "이지만|지만", "입|입", "이면|면", "이었|였", "이에|예", "이든|든", "이란|란"}

func knownPair(pair string) bool {
	a, b, _ := strings.Cut(pair, "|")
	for _, p := range particles {
		pa, pb, _ := strings.Cut(p, "|")
		ra, oka := strings.CutPrefix(a, pa)
		rb, okb := strings.CutPrefix(b, pb)
		if oka && okb && ra == rb {
			return true
		}
	}
	return false
}

func TestPlaceholders(t *testing.T) {
	asked := map[Lang]map[string][]int{EN: {}, KO: {}}
	for _, l := range Langs() {
		written(t, l, func(file string, line int, id, text string) {
			all, bad := holes(text)
			if bad != "" {
				t.Errorf("%s:%d: %s has no placeholder at %q", file, line, id, bad)
			}
			numbers := map[int]bool{}
			for _, h := range all {
				numbers[h.arg] = true
				if h.kind == "~" && (l != KO || !knownPair(h.a+"|"+h.b)) {
					t.Errorf("%s:%d: %s has no Korean particle in %s|%s", file, line, id, h.a, h.b)
				}
			}
			asked[l][id] = slices.Sorted(maps.Keys(numbers))
		})
	}
	for id, en := range asked[EN] {
		if ko, ok := asked[KO][id]; ok && !slices.Equal(en, ko) {
			t.Errorf("%s asks for the arguments %v in en and %v in ko", id, en, ko)
		}
	}
}

func TestRead(t *testing.T) {
	var got []string
	read("# no\n\n  \na.b = one\n\t two \r\nc==\nbroken\nno id = x\n", func(line int, id, text string) {
		got = append(got, string(rune('0'+line))+" "+id+": "+text)
	})
	want := []string{"4 a.b: one two", "6 c: =", "7 : broken", "8 : no id = x"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestExpand(t *testing.T) {
	for _, test := range []struct {
		text string
		args []string
		want string
	}{
		{"plain }", nil, "plain }"},
		{"{0} and {1} and {0}", []string{"a", "b"}, "a and b and a"},
		{"{{0} {{{0}", []string{"a"}, "{0} {a"},
		{"{0}", []string{"{1}"}, "{1}"},
		{"{0}, {12}", nil, "…, …"},
		{"{0:number}", []string{"1234567.1234"}, "1,234,567.1234"},
		{"{0:number} {1:number} {2:number}", []string{"99999999999999999999", "-1000", "1e9"}, "99,999,999,999,999,999,999 -1,000 1e9"},
		{"{0:duration}", []string{"240"}, "4 minutes"},
		{"{0:duration}", []string{"-90.5"}, "1 minute 30 seconds"},
		{"{0:duration} {1:duration}", []string{"0.5", "-0"}, "less than a second 0 seconds"},
		{"{0:duration} {1:duration} {2:duration}", []string{"soon", "NaN", "1e99"}, "soon NaN 1e99"},
		{"{0:time}", []string{"0"}, "1 Jan 1970, 00:00:00"},
		{"{0:time}", []string{"-0.5"}, "31 Dec 1969, 23:59:59"},
		{"{0:time}", []string{"1300819380"}, "22 Mar 2011, 18:43:00"},
		{"{0:time}", []string{"1700000000000"}, "8 Nov 55840, 22:13:20"},
		{"{0:time} {1:time} {2:time}", []string{"1e19", "Inf", "never"}, "1e19 Inf never"},
		{"{0} {0|year|years}", []string{"1"}, "1 year"},
		{"{0} {0|year|years}{0||!}", []string{"0"}, "0 years!"},
		{"{} {x} {0:date} {0|one} {0|a|b|c} {0~a} {0", []string{"A"}, "{} {x} {0:date} {0|one} {0|a|b|c} {0~a} {0"},
	} {
		if got := expand(EN, test.text, test.args); got != test.want {
			t.Errorf("%q %q: got %q, want %q", test.text, test.args, got, test.want)
		}
	}
}

func TestParticle(t *testing.T) {
	for _, row := range []struct{ pair, words string }{
		{"은", "값 서명 토큰 1 3 6 7 8 0 10 100 1,000 400000000 RS256 P-256 UTF-8 URL base64url L M N R m PEM JSON none HMAC string name phone https://shop.example file EdDSA-none 0.0 '값' 값(들)?"},
		{"는", "키 헤더 2 4 5 9 HS512 ES384 JWT JWK RSA EE NG header number kid scope b64 … 1000000000000 漢 「키」 -"},
		{"으로", "값 서명 3 6 0 RS256 JSON none string"},
		{"로", "키 물 1 7 8 UTF-8 URL R curl example 2 JWT header"},
	} {
		pairs := map[string][2]string{"은": {"은", "는"}, "는": {"은", "는"}, "으로": {"으로", "로"}, "로": {"으로", "로"}}
		for word := range strings.FieldsSeq(row.words) {
			if got := particle(word, pairs[row.pair][0], pairs[row.pair][1]); got != row.pair {
				t.Errorf("%s%s, want %s", word, got, row.pair)
			}
		}
	}
	if got := particle("물", "이라", "라") + particle("", "은", "는"); got != "이라는" {
		t.Errorf("got %s: ㄹ counts as a vowel before 로 alone", got)
	}
}

// The law: what is not a placeholder comes out as it went in, and a text without braces is never changed.
func FuzzExpand(f *testing.F) {
	for _, s := range []string{"{0}", "{0:time}", "{0:duration}", "{0:number}", "{0|a|b}", "{0~은|는}", "{{", "{00}", "{"} {
		f.Add(s, "1700000000")
		f.Add(s+"x", "1e300")
	}
	f.Fuzz(func(t *testing.T, text, arg string) {
		for _, l := range Langs() {
			got := expand(l, text, []string{arg})
			if !strings.Contains(text, "{") && got != text {
				t.Errorf("%q became %q", text, got)
			}
			if got := expand(l, "<{0}>", []string{text}); got != "<"+text+">" {
				t.Errorf("the argument %q became %q", text, got)
			}
			if before, _, ok := strings.Cut(text, "{"); ok && !strings.HasPrefix(got, before) {
				t.Errorf("%q became %q", text, got)
			}
			particle(arg, "은", "는")
		}
	})
}
