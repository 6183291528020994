package dpop_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"jwtlab/app/bound"
	"jwtlab/app/check"
	"jwtlab/app/dpop"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// The key of RFC 8037 appendix A.1; its thumbprint is from A.3.
var client = key.Read(`{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",`+
	`"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`, key.Auto).Keys[0]

const (
	jkt    = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
	jwk    = `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`
	header = `{"typ":"dpop+jwt","alg":"EdDSA","jwk":` + jwk + `}`
	claims = `{"jti":"1","htm":"POST","htu":"https://shop.example/buy","iat":1800000000}`
)

var now = time.Unix(1_800_000_000, 0)

func proof(t testing.TB, header, claims string) string {
	t.Helper()
	text, err := jws.Sign("EdDSA", []byte(header), []byte(claims), client, nil)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func ath(accessToken string) string {
	sum := sha256.Sum256([]byte(accessToken))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// with replaces a piece of the claims.
func with(old, new string) string { return strings.Replace(claims, old, new, 1) }

func TestVerify(t *testing.T) {
	request := dpop.Expect{Method: "POST", URI: "https://shop.example/buy", Now: now}
	at := func(d time.Duration) dpop.Expect { e := request; e.Now = now.Add(d); return e }
	carrying := func(accessToken string) dpop.Expect { e := request; e.AccessToken = accessToken; return e }
	nonce := func(n string) dpop.Expect { e := request; e.Nonce = n; return e }
	bound := "eyJhbGciOiJFUzI1NiJ9." + b64(`{"cnf":{"jkt":"`+jkt+`"}}`) + ".AA"
	stolen := "eyJhbGciOiJFUzI1NiJ9." + b64(`{"cnf":{"jkt":"another"}}`) + ".AA"
	ours := proof(t, header, claims)
	withAth := func(accessToken string) string {
		return proof(t, header, with("{", `{"ath":"`+ath(accessToken)+`",`))
	}
	for _, test := range []struct {
		name, text string
		expect     dpop.Expect
		answer     check.Answer
		code       string // one of those that the checks give
	}{
		{"as it should be", ours, request, check.Yes, "dpop.signature"},
		{"a media type", proof(t, strings.Replace(header, "dpop+jwt", "application/DPoP+JWT", 1), claims), request, check.Yes, "dpop.typ-right"},
		{"another type", proof(t, strings.Replace(header, "dpop+jwt", "JWT", 1), claims), request, check.No, "dpop.typ"},
		{"no type", proof(t, `{"alg":"EdDSA","jwk":`+jwk+`}`, claims), request, check.No, "dpop.typ"},
		{"no key", proof(t, `{"typ":"dpop+jwt","alg":"EdDSA"}`, claims), request, check.No, "dpop.key-missing"},
		{"a private key", proof(t, strings.Replace(header, `"kty"`, `"d":"","kty"`, 1), claims), request, check.No, "dpop.key-private"},
		{"a secret", proof(t, `{"typ":"dpop+jwt","alg":"EdDSA","jwk":{"kty":"oct","k":"AA"}}`, claims), request, check.No, "dpop.key-private"},
		{"a set", proof(t, `{"typ":"dpop+jwt","alg":"EdDSA","jwk":{"keys":[`+jwk+`]}}`, claims), request, check.No, "dpop.key-unusable"},
		{"a key off its curve", proof(t, `{"typ":"dpop+jwt","alg":"EdDSA","jwk":{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}}`, claims), request, check.No, "dpop.key-unusable"},
		{"a key with another use", proof(t, strings.Replace(header, `"kty"`, `"use":"enc","kty"`, 1), claims), request, check.No, "key.use"},
		{"another's key", proof(t, `{"typ":"dpop+jwt","alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"}}`, claims), request, check.No, "signature.differs"},
		{"unsecured", b64(strings.Replace(header, "EdDSA", "none", 1)) + "." + b64(claims) + ".", request, check.No, "alg.none"},
		{"symmetric", b64(strings.Replace(header, "EdDSA", "HS256", 1)) + "." + b64(claims) + ".AA", request, check.No, "key.type"},
		{"changed", strings.Replace(ours, ".", ".e", 1), request, check.No, "signature.differs"},
		{"an extension", proof(t, strings.Replace(header, `"typ"`, `"b64":true,"crit":["b64"],"typ"`, 1), claims), request, check.Yes, "dpop.signature"},
		{"not its form", ours + ".", request, check.No, "form.errors"},
		{"no JSON", proof(t, header, "hello"), request, check.No, "dpop.claims"},
		{"a claim twice", proof(t, header, with("{", `{"htm":"GET",`)), request, check.No, "dpop.claims"},

		{"no jti", proof(t, header, with(`"jti":"1",`, "")), request, check.No, "dpop.jti-missing"},
		{"an empty jti", proof(t, header, with(`"1"`, `""`)), request, check.No, "dpop.jti-missing"},
		{"another method", proof(t, header, with("POST", "GET")), request, check.No, "dpop.htm-other"},
		{"the method in small letters", proof(t, header, with("POST", "post")), request, check.No, "dpop.htm-other"},
		{"no method", proof(t, header, with(`"htm"`, `"met"`)), request, check.No, "dpop.htm-missing"},
		{"no method to compare", ours, dpop.Expect{URI: request.URI, Now: now}, check.Unchecked, "dpop.htm-unasked"},
		{"another URI", proof(t, header, with("buy", "sell")), request, check.No, "dpop.htu-other"},
		{"a query", proof(t, header, with("buy", "buy?a=1")), request, check.Yes, "dpop.htu-query"},
		{"no URI", proof(t, header, with(`"htu"`, `"uri"`)), request, check.No, "dpop.htu-missing"},
		{"a path alone", proof(t, header, with("https://shop.example", "")), request, check.No, "dpop.htu-broken"},
		{"no URI to compare", ours, dpop.Expect{Method: "POST", Now: now}, check.Unchecked, "dpop.htu-unasked"},
		{"something else to compare", ours, dpop.Expect{Method: "POST", URI: "shop", Now: now}, check.Unchecked, "dpop.uri-broken"},

		{"five minutes old", ours, at(5 * time.Minute), check.Yes, "dpop.iat"},
		{"older", ours, at(5*time.Minute + time.Second), check.No, "dpop.iat-old"},
		{"older, and that is allowed", ours, dpop.Expect{Method: "POST", URI: request.URI, Now: now.Add(time.Hour), MaxAge: time.Hour}, check.Yes, "dpop.iat"},
		{"half a minute ahead", ours, at(-30 * time.Second), check.Yes, "dpop.iat"},
		{"further ahead", ours, at(-31 * time.Second), check.No, "dpop.iat-future"},
		{"no time", proof(t, header, with(`,"iat":1800000000`, "")), request, check.No, "dpop.iat-missing"},
		{"a time in quotes", proof(t, header, with("1800000000", `"1800000000"`)), request, check.No, "dpop.iat-type"},
		{"a time that overflows", proof(t, header, with("1800000000", "1e19")), request, check.No, "dpop.iat-type"},

		{"a nonce", proof(t, header, with("{", `{"nonce":"n",`)), nonce("n"), check.Yes, "dpop.nonce"},
		{"a nonce that nobody asked for", proof(t, header, with("{", `{"nonce":"n",`)), request, check.Yes, "dpop.nonce-unasked"},
		{"no nonce", ours, nonce("n"), check.No, "dpop.nonce-missing"},
		{"another nonce", proof(t, header, with("{", `{"nonce":"old",`)), nonce("n"), check.No, "dpop.nonce-other"},
		{"a nonce that is none", proof(t, header, with("{", `{"nonce":1,`)), request, check.No, "dpop.nonce-missing"},

		{"an access token", withAth("abc"), carrying("abc"), check.Yes, "dpop.ath"},
		{"another access token", withAth("abc"), carrying("abd"), check.No, "dpop.ath-other"},
		{"no hash", ours, carrying("abc"), check.No, "dpop.ath-missing"},
		{"a hash that is none", proof(t, header, with("{", `{"ath":1,`)), carrying("abc"), check.No, "dpop.ath-missing"},
		{"no access token to compare", withAth("abc"), request, check.Unchecked, "dpop.ath-unasked"},
		{"tied to this key", withAth(bound), carrying(bound), check.Yes, "dpop.jkt"},
		{"tied to another key", withAth(stolen), carrying(stolen), check.No, "dpop.jkt-other"},
	} {
		r := dpop.Verify(token.Parse(test.text), test.expect)
		if r.Answer != test.answer || !slices.ContainsFunc(r.Checks, func(c check.Check) bool { return c.Code == test.code }) {
			t.Errorf("%s: %s, want %s for %s: %s", test.name, r.Answer, test.answer, test.code, reasons(r))
		}
		if r.Answer == check.Yes && r.Thumbprint != jkt {
			t.Errorf("%s: thumbprint %s, want %s", test.name, r.Thumbprint, jkt)
		}
	}
}

func TestRecognise(t *testing.T) {
	for text, want := range map[string]bool{
		proof(t, header, claims):                               true,
		proof(t, `{"typ":"DPOP+jwt","alg":"EdDSA"}`, "{}"):     true,
		proof(t, `{"typ":"JWT","alg":"EdDSA","jwk":{}}`, "{}"): false,
		proof(t, `{"alg":"EdDSA"}`, claims):                    false,
		proof(t, `{"typ":["dpop+jwt"],"alg":"EdDSA"}`, claims): false,
		proof(t, `{"typ":"dpop+jwt2","alg":"EdDSA"}`, claims):  false,
		"garbage": false,
		"":        false,
	} {
		if got := dpop.Recognise(token.Parse(text)); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// TestURI compares target URIs (RFC 3986 §6.2).
func TestURI(t *testing.T) {
	same := func(a, b string) bool {
		r := dpop.Verify(token.Parse(proof(t, header, with("https://shop.example/buy", a))), dpop.Expect{Method: "POST", URI: b, Now: now})
		return r.Answer == check.Yes
	}
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"https://a.example/x", "https://a.example/x", true},
		{"HTTPS://A.example/x", "https://a.EXAMPLE/x", true},
		{"https://a.example:443/x", "https://a.example/x", true},
		{"https://a.example:/x", "https://a.example/x", true},
		{"http://a.example:80", "http://a.example/", true},
		{"http://a.example:443/", "http://a.example/", false},
		{"http://a.example/", "https://a.example/", false},
		{"https://a.example:8443/", "https://a.example/", false},
		{"https://a.example", "https://a.example/", true},
		{"https://a.example/x", "https://a.example/x/", false},
		{"https://a.example/X", "https://a.example/x", false},
		{"https://a.example/%7ex", "https://a.example/~x", true},
		{"https://a.example/%2fx", "https://a.example/%2Fx", true},
		{"https://a.example/%2fx", "https://a.example//x", false},
		{"https://a.example/%ec%95%a8", "https://a.example/%EC%95%A8", true},
		{"https://a.example/a/./b/../c", "https://a.example/a/c", true},
		{"https://a.example/../x", "https://a.example/x", true},
		{"https://a.example/a/..", "https://a.example/", true},
		{"https://a.example/a/%2e%2e/b", "https://a.example/b", true},
		{"https://a.example/a//b", "https://a.example/a/b", false},
		{"https://a.example/x", "https://a.example/x?y=1#z", true},
		{"https://[::1]:443/x", "https://[::1]/x", true},
		{"https://[::1]/x", "https://[::2]/x", false},
		{"https://user@a.example/x", "https://a.example/x", false},
		{"https://user@a.example/x", "https://user@a.example/x", false},
		{"ftp://a.example/x", "ftp://a.example/x", false},
		{"https:///x", "https:///x", false},
		{"https://:443/x", "https://:443/x", false},
		{"https://a.example/%zz", "https://a.example/%zz", false},
		{"//a.example/x", "//a.example/x", false},
		{"", "", false},
	} {
		if got := same(test.a, test.b); got != test.want {
			t.Errorf("%q for %q: %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

// FuzzVerify holds the verifier to its law: what it says yes to is signed by the key whose thumbprint it gives, which is
// public, and made for the request.
func FuzzVerify(f *testing.F) {
	f.Add(proof(f, header, claims))
	f.Add(proof(f, strings.Replace(header, `"kty"`, `"d":"AA","kty"`, 1), claims))
	f.Add(proof(f, header, with("{", `{"ath":"x","nonce":"y",`)))
	f.Add("eyJhbGciOiJub25lIn0.e30.")
	request := dpop.Expect{Method: "POST", URI: "https://shop.example/buy", Now: now}
	f.Fuzz(func(t *testing.T, text string) {
		tok := token.Parse(text)
		var r dpop.Report
		bound.Memory(t, len(text), 1000, func() { r = dpop.Verify(tok, request) })
		if r.Answer != check.Sum(r.Checks) || len(r.Checks) == 0 || len(r.Checks) > 20 {
			t.Errorf("%q: %s of %d checks", text, r.Answer, len(r.Checks))
		}
		if r.Answer != check.Yes {
			return
		}
		brought := key.Read(tok.Header().JSON.Root().Get("jwk").Raw(), key.Auto)
		if len(brought.Keys) != 1 || brought.Keys[0].Private || brought.Keys[0].Thumbprint != r.Thumbprint || !dpop.Recognise(tok) ||
			jws.Verify(tok, brought, jws.Options{}).Answer != check.Yes {
			t.Errorf("%q is taken for a proof", text)
		}
	})
}

// FuzzURI compares each URI with itself, and with one at another host.
func FuzzURI(f *testing.F) {
	f.Add("https://shop.example/a/../b")
	f.Add("HTTP://shop.example:80/%2e%2E/%41?x#y")
	f.Fuzz(func(t *testing.T, uri string) {
		htu, err := json.Marshal(uri)
		if err != nil || !utf8.ValidString(uri) {
			return
		}
		ours := token.Parse(proof(t, header, with(`"https://shop.example/buy"`, string(htu))))
		itself, _ := check.Find(dpop.Verify(ours, dpop.Expect{Method: "POST", URI: uri, Now: now}).Checks, "dpop-uri")
		if itself.Answer != check.Yes && itself.Code != "dpop.htu-broken" && itself.Code != "dpop.htu-unasked" {
			t.Errorf("%q is not itself: %s", uri, itself.Code)
		}
		other := dpop.Expect{Method: "POST", URI: "https://another.host.example/", Now: now}
		if r := dpop.Verify(ours, other); r.Answer == check.Yes && !strings.Contains(strings.ToLower(uri), "another.host.example") {
			t.Errorf("%q is taken for another host", uri)
		}
	})
}
