package snippet_test

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/bound"
	"jwtlab/app/locale"
	"jwtlab/app/snippet"
)

var update = flag.Bool("update", false, "write the golden files")

var algs = []string{
	"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "ES256K",
	"EdDSA", "Ed25519", "ML-DSA-44", "none", "", "A128KW",
}

// full asks for everything that can be asked for.
func full(alg string) snippet.Request {
	return snippet.Request{
		Alg: alg, KeyKind: "pem", Issuer: "https://issuer.example", Audience: "api", Type: "at+jwt", Leeway: 30 * time.Second,
	}
}

func in(all []snippet.Snippet, language string) snippet.Snippet {
	i := slices.IndexFunc(all, func(s snippet.Snippet) bool { return s.Language == language })
	if i < 0 {
		return snippet.Snippet{}
	}
	return all[i]
}

func codes(s snippet.Snippet) string {
	var all []string
	for _, n := range s.Notes {
		all = append(all, n.Code)
	}
	return strings.Join(all, " ")
}

// TestGolden holds each program to the file that was read by eye beside the library's documentation.
func TestGolden(t *testing.T) {
	for _, row := range []struct {
		name string
		r    snippet.Request
	}{
		{"HS256", full("HS256")}, {"RS256", full("RS256")}, {"ES256", full("ES256")}, {"EdDSA", full("EdDSA")},
		{"HS256-bare", snippet.Request{Alg: "HS256"}}, {"PS256-bare", snippet.Request{Alg: "PS256"}},
	} {
		for _, s := range snippet.For(row.r) {
			if s.Code == "" {
				continue // see TestSupport
			}
			file := filepath.Join("testdata", row.name+"."+s.Language+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(s.Code), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if s.Code != string(want) {
				t.Errorf("%s is not what it was:\n%s", file, s.Code)
			}
		}
	}
}

// TestSupport is what the libraries' own documentation says of their algorithms.
func TestSupport(t *testing.T) {
	no := map[string]string{
		"go": "ES256K Ed25519 ML-DSA-44", "node": "ES256K", "python": "Ed25519 ML-DSA-44", "java": "ES256K Ed25519 ML-DSA-44",
		"rust": "ES512 ES256K Ed25519 ML-DSA-44", "csharp": "ES256K EdDSA Ed25519 ML-DSA-44",
		"php": "PS256 PS384 PS512 ES512 Ed25519 ML-DSA-44",
	}
	for _, alg := range algs {
		all := snippet.For(full(alg))
		if len(all) != len(no) {
			t.Fatalf("%d languages", len(all))
		}
		for _, s := range all {
			missing := slices.Contains(strings.Fields(no[s.Language]+" none A128KW"), alg) || alg == ""
			if missing != (s.Code == "") || missing != strings.Contains(codes(s), "unsupported") {
				t.Errorf("%s in %s: notes %q, code %q", alg, s.Label, codes(s), s.Code)
			}
			if strings.Contains(s.Code, "«") || strings.Contains(s.Code, "\n@") || !missing && !strings.Contains(s.Code, alg) {
				t.Errorf("%s in %s is half done: %s", alg, s.Label, s.Code)
			}
		}
	}
}

func TestNotes(t *testing.T) {
	for _, row := range []struct {
		language string
		r        snippet.Request
		want     string
	}{
		{"go", full("RS256"), "key-pem exp-required"},
		{"go", snippet.Request{Alg: "RS256", KeyKind: "jwk"}, "key-pem key-convert exp-required issuer-open audience-open"},
		{"go", snippet.Request{Alg: "ES256", KeyKind: "jwks", Issuer: "a"}, "key-pem key-set exp-required audience-open"},
		{"node", snippet.Request{Alg: "HS256", KeyKind: "secret", Encoding: "hex", Audience: "a"}, "key-secret key-encoding exp-required issuer-open"},
		{"node", snippet.Request{Alg: "HS256", KeyKind: "secret", Encoding: "utf-8", Audience: "a"}, "key-secret exp-required issuer-open"},
		{"java", snippet.Request{Alg: "HS384", KeyKind: "jwk", Issuer: "a", Audience: "b"}, "key-secret key-encoding exp-required secret-length parts"},
		{"java", full("RS256"), "key-pem exp-required parts"},
		{"rust", full("ES256"), "key-pem exp-required backend"},
		{"php", full("HS512"), "key-secret exp-required secret-length by-hand"},
		{"node", full("ML-DSA-44"), "key-pem exp-required ml-dsa"},
		{"csharp", full("EdDSA"), "unsupported"},
		{"go", full("Ed25519"), "unsupported fully-specified"},
	} {
		if got := codes(in(snippet.For(row.r), row.language)); got != row.want {
			t.Errorf("%+v in %s: %q, want %q", row.r, row.language, got, row.want)
		}
	}
}

// TestEveryNoteHasWords also proves that no note is given that is not listed.
func TestEveryNoteHasWords(t *testing.T) {
	given := map[string]bool{}
	for _, alg := range algs {
		for _, kind := range []string{"secret", "pem", "jwk", "jwks"} {
			for _, s := range snippet.For(snippet.Request{Alg: alg, KeyKind: kind}) {
				for _, n := range s.Notes {
					given[n.Code] = true
				}
			}
		}
	}
	for _, code := range snippet.Codes() {
		if !given[code] {
			t.Errorf("%s is never given", code)
		}
		delete(given, code)
		for _, l := range locale.Langs() {
			if !locale.Has(l, "snippet."+code) {
				t.Errorf("%s: no words for snippet.%s", l, code)
			}
		}
	}
	for code := range given {
		t.Errorf("%s is not listed", code)
	}
}

// TestQuoting holds that nothing from the token gets out of its literal, in any language.
func TestQuoting(t *testing.T) {
	r := full("RS256")
	r.Issuer = "a\"b\\c'd$e\nf\r\u202e«alg»\U000e0041한\xff\x00"
	for language, want := range map[string]string{
		"go":     `"a\"b\\c'd$e\nf\r\u202e«alg»` + "\uFFFD" + `한` + "\uFFFD" + `\u0000"`,
		"python": `"a\"b\\c'd$e\nf\r\u202e«alg»` + "\uFFFD" + `한` + "\uFFFD" + `\u0000"`,
		"csharp": `"a\"b\\c'd$e\nf\r\u202e«alg»` + "\uFFFD" + `한` + "\uFFFD" + `\u0000"`,
		"java":   `"a\"b\\c'd$e\nf\r\u202e«alg»` + "\uFFFD" + `한` + "\uFFFD" + `\u0000"`,
		"node":   `"a\"b\\c'd$e\nf\r\u{202e}«alg»` + "\uFFFD" + `한` + "\uFFFD" + `\u{0}"`,
		"rust":   `"a\"b\\c'd$e\nf\r\u{202e}«alg»` + "\uFFFD" + `한` + "\uFFFD" + `\u{0}"`,
		"php":    `"a\"b\\c'd\$e\nf\r\u{202e}«alg»` + "\uFFFD" + `한` + "\uFFFD" + `\u{0}"`,
	} {
		if s := in(snippet.For(r), language); !strings.Contains(s.Code, want) {
			t.Errorf("%s: %s is not in\n%s", language, want, s.Code)
		}
	}
}

// FuzzFor holds the programs to their law: however long or odd the values are, the number of lines stays what it is.
func FuzzFor(f *testing.F) {
	f.Add("HS256", "https://issuer.example", "api", "JWT", int64(0))
	f.Add("EdDSA", "\"\n@hs:«iss»", "\\", "\u2028", int64(-1))
	f.Fuzz(func(t *testing.T, alg, issuer, audience, typ string, leeway int64) {
		if issuer == "" || audience == "" || typ == "" {
			return
		}
		r := snippet.Request{Alg: alg, Issuer: issuer, Audience: audience, Type: typ, Leeway: time.Duration(leeway)}
		var all []snippet.Snippet
		bound.Memory(t, len(alg)+len(issuer)+len(audience)+len(typ), 500, func() { all = snippet.For(r) })
		r.Issuer, r.Audience, r.Type = "a", "b", "c"
		plain := snippet.For(r)
		for i, s := range all {
			if strings.Count(s.Code, "\n") != strings.Count(plain[i].Code, "\n") {
				t.Errorf("%s has a line of the token's making:\n%s", s.Label, s.Code)
			}
		}
	})
}

// TestIn holds the three ways to ask for programs to each other.
func TestIn(t *testing.T) {
	r := snippet.Request{Alg: "ES256", KeyKind: "jwk", Issuer: "https://a.example"}
	names := snippet.Languages()
	for i, s := range snippet.For(r) {
		one := snippet.In(s.Language, r)
		if !reflect.DeepEqual(one, s) {
			t.Errorf("%s: %v by itself, %v among all", s.Language, one, s)
		}
		if n := names[i]; n.Language != s.Language || n.Label != s.Label || n.Library != s.Library || n.Code != "" {
			t.Errorf("%s is listed as %v", s.Language, n)
		}
	}
	if got := snippet.In("cobol", r); !reflect.DeepEqual(got, snippet.Snippet{}) {
		t.Errorf("a language that is none gives %v", got)
	}
}
