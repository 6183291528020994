package lint_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/lint"
	"jwtlab/app/token"
)

// A sample is a token to be made: the members of header and payload without their braces, what is not given being as
// it should be; and a key, and what stands around the token.
type sample struct {
	header, payload, key string
	around               string // with %s for the token
	bare                 bool   // header and payload are whole as given
}

const (
	goodHeader  = `"alg":"ES256","typ":"JWT"`
	goodPayload = `"iss":"https://a.example","sub":"u1","aud":"https://api.a.example","iat":1795219100,"exp":1795222700`
)

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func (s sample) text() string {
	around := s.around
	if around == "" {
		around = "%s"
	}
	header, payload := s.header, s.payload
	if !s.bare {
		header, payload = "{"+join(header, goodHeader)+"}", "{"+join(payload, goodPayload)+"}"
	}
	return fmt.Sprintf(around, b64(header)+"."+b64(payload)+".c2lnbmF0dXJl")
}

// join adds the members of the good one that are not given.
func join(given, good string) string {
	for member := range strings.SplitSeq(good, ",") {
		name, _, _ := strings.Cut(member, ":")
		if !strings.Contains(","+given, ","+name+":") {
			given = strings.TrimPrefix(given+","+member, ",")
		}
	}
	return given
}

// payload, header and so on are samples with just that.
func payload(members string) sample      { return sample{payload: members} }
func header(members string) sample       { return sample{header: members} }
func both(header, payload string) sample { return sample{header: header, payload: payload} }
func whole(header, payload string) sample {
	return sample{header: header, payload: payload, bare: true}
}
func secret(alg, text string) sample { return sample{header: `"alg":"` + alg + `"`, key: text} }
func text(around string) sample      { return sample{around: around} }

func (s sample) findings() []lint.Finding {
	t := token.Read(s.text()).Tokens[0]
	keys := key.Read(s.key, key.Auto)
	r := jws.Verify(t, keys, jws.Options{})
	return lint.Check(lint.Input{Token: t, Keys: keys, Used: r.Key, Signature: r.Answer, Now: now})
}

const (
	publicEC  = `{"kty":"EC","crv":"P-256","x":"SO2NK4M8hgDgxv9Jv-JRnD2midXPXOF36B3qoZcF9PM","y":"KWc7GbRWf5EtD4Tsf502xfcYTo-DOOkqm7gp76hm7fI"`
	otherEC   = `{"kty":"EC","crv":"P-256","x":"sQI-7NowH-N12nRZU1tKeH_Uz-PHbBXB_S2F4Qj60BQ","y":"g9j0z-ZKYJKhYoIjz-Kzbshjm4t8-qa6FqRNsgEkd5Y"`
	random256 = "q7Vt3mZ0xK9bTn1LwPz8rYc5HdJfGs2A" // 32 bytes
	salt      = "_26bc4LT-ac6q2KI6cBW5es"
	at        = `"typ":"at+jwt"`
	atClaims  = `"client_id":"c","jti":"j"`
	logout    = `"jti":"j","sid":"s","events":{"http://schemas.openid.net/event/backchannel-logout":{}}`
)

var (
	deep = strings.Repeat(`{"a":`, 31) + "1" + strings.Repeat("}", 31)
)

// sdjwt is an SD-JWT with one disclosure.
func sdjwt(members, disclosure string) sample {
	return sample{payload: join(members, `"_sd_alg":"sha-256"`), around: "%s~" + b64(disclosure) + "~"}
}

// jwe is an encrypted token with a header.
func jwe(header string) sample {
	return sample{around: b64(header) + ".AAAA.AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA%.0s"}
}

// rows have for each finding a token that triggers it and one that nearly does.
var rows = []struct {
	code      string
	hit, miss sample
}{
	{"alg.none", header(`"alg":"nOnE"`), header(`"alg":"nonesuch"`)},
	{"alg.sha1", header(`"alg":"RS1"`), header(`"alg":"RS256"`)},
	{"alg.rsa1_5", jwe(`{"alg":"RSA1_5","enc":"A128GCM"}`), jwe(`{"alg":"RSA-OAEP","enc":"A128GCM"}`)},
	{"alg.eddsa", header(`"alg":"EdDSA"`), header(`"alg":"Ed25519"`)},
	{"alg.confusion", secret("HS256", publicEC+"}"), secret("HS256", random256)},
	{"alg.shared", both(`"alg":"HS256"`, `"aud":"https://b.example"`), header(`"alg":"HS256"`)},
	{"alg.key-differs", sample{key: publicEC + `,"alg":"ES384"}`}, sample{key: publicEC + `,"alg":"ES256"}`}},

	{"secret.known", secret("HS256", "your-256-bit-secret"), secret("HS256", "yourn-256-bit-secretion")},
	{"secret.repeated", secret("HS256", strings.Repeat("ab1", 12)), secret("HS256", random256)},
	{"secret.guessable", secret("HS256", "Kookaburra42"), secret("HS256", "Kookaburra42 laughs under the old gum tree by night")},
	{"secret.short", secret("HS384", random256), secret("HS256", random256)},

	{"key.both", sample{key: publicEC + `,"key_ops":["verify","deriveKey"]}`}, sample{key: publicEC + `,"key_ops":["sign","verify"]}`}},
	{"key.both", sample{key: `{"keys":[` + publicEC + `,"use":"sig","kid":"1"},` + publicEC + `,"use":"enc","kid":"2"}]}`},
		sample{key: `{"keys":[` + publicEC + `,"use":"sig","kid":"1"},` + otherEC + `,"use":"enc","kid":"2"}]}`}},

	{"kid.path", header(`"kid":"../../dev/null"`), header(`"kid":"keys/2026-11"`)},
	{"kid.query", header(`"kid":"x' UNION SELECT 'a"`), header(`"kid":"O'Brien"`)},
	{"kid.shell", header(`"kid":"key$(id)"`), header(`"kid":"key$1"`)},
	{"kid.shell", header(`"kid":"a\u0000b"`), header(`"kid":"a b"`)},
	{"kid.url", header(`"kid":"https://evil.example/k"`), header(`"kid":"did:web:a.example#key-1"`)},
	{"kid.long", header(`"kid":"` + strings.Repeat("k", 257) + `"`), header(`"kid":"` + strings.Repeat("k", 256) + `"`)},

	{"fetch.scheme", header(`"jku":"http://a.example/jwks"`), header(`"jku":"https://a.example/jwks"`)},
	{"fetch.local", header(`"x5u":"https://169.254.169.254/latest"`), header(`"x5u":"https://www.a.example/c"`)},
	{"fetch.credentials", header(`"jku":"https://a.example@evil.example/jwks"`), header(`"jku":"https://a.example/jwks@1"`)},
	{"fetch.foreign", header(`"jku":"https://a.example.evil.test/jwks"`), header(`"jku":"https://keys.a.example/jwks"`)},
	{"embedded.private", header(`"jwk":` + publicEC + `,"d":"AAAA"}`), header(`"jwk":` + publicEC + `}`)},
	{"embedded.key", header(`"jwk":` + publicEC + `}`),
		both(`"typ":"dpop+jwt","jwk":`+publicEC+`}`, `"jti":"j","htm":"GET","htu":"https://a.example"`)},

	{"crit.odd", header(`"crit":["exp"]`), header(`"crit":["b64"],"b64":true`)},
	{"b64.jwt", text(b64(`{"alg":"ES256","typ":"JWT","b64":false,"crit":["b64"]}`) + `.{"sub":"u1"}.c2ln%.0s`),
		text(b64(`{"alg":"ES256","b64":false,"crit":["b64"]}`) + `.$02.c2ln%.0s`)},
	{"cty.odd", header(`"cty":"JWT"`), header(`"cty":"json"`)},
	{"zip.signed", header(`"zip":"DEF"`), jwe(`{"alg":"dir","enc":"A128GCM","zip":"DEF"}`)},
	{"zip.encrypted", jwe(`{"alg":"dir","enc":"A128GCM","zip":"DEF"}`), header(`"zip":"DEF"`)},
	{"p2c.high", jwe(`{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":"AAAAAAAAAAA","p2c":1200001}`),
		jwe(`{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":"AAAAAAAAAAA","p2c":600000}`)},
	{"param.typo", header(`"kld":"1"`), header(`"tid":"1","kty":"EC","x-kid":"1"`)},
	{"param.typo", header(`"KID":"1"`), header(`"kid":"1","x5t#S256":"A"`)},
	{"secret.guessable", secret("HS256", "0123456789abcdefghijklmnopqrstuv"), secret("HS256", random256)},
	{"param.typo", whole(`{"alg":"ES256","tpy":"JWT"}`, "{}"), header(`"tpy":"JWT"`)},
	{"typ.missing", whole(`{"alg":"ES256"}`, "{"+goodPayload+"}"), whole(`{"alg":"ES256"}`, `{"a":1}`)},
	{"typ.plain", payload(`"scope":"read"`), both(at, atClaims+`,"scope":"read"`)},
	{"base64.loose", text("%s="), text("%s")},
	{"member.twice", payload(`"role":1,"role":2`), payload(`"a":{"role":1},"role":2`)},
	{"number.big", payload(`"id":9007199254740993`), payload(`"id":9007199254740992`)},
	{"json.deep", payload(`"a":{"a":` + deep + `}`), payload(`"a":` + deep)},
	{"size.cookie", payload(`"a":"` + strings.Repeat("x", 3000) + `"`), payload(`"a":"` + strings.Repeat("x", 2800) + `"`)},
	{"size.header", payload(`"a":"` + strings.Repeat("x", 6000) + `"`), payload(`"a":"` + strings.Repeat("x", 5800) + `"`)},
	{"url.leak", text("https://a.example/cb?token=%s"), text("Authorization: Bearer %s")},
	{"claim.alias", whole("{"+goodHeader+"}", `{"iss":"https://a.example","EXP":1795222700}`), payload(`"EXP":1795222700`)},
	{"claim.alias", whole("{"+goodHeader+"}", `{"iss":"https://a.example","experation":1795222700}`), payload(`"expires":1795222700`)},
	{"claim.typo", payload(`"email_verifed":true`), payload(`"email_verified":true`)},
	{"claim.typo", payload(`"clientId":"c"`), payload(`"client":"c","scopes":"a","profiles":[]`)},
	{"scope.form", payload(`"scp":["read"]`), payload(`"scope":"read write"`)},
	{"at_hash.absent", sample{payload: `"nonce":"n"`, around: `{"access_token":"x","id_token":"%s"}`},
		sample{payload: `"nonce":"n","at_hash":"AAAA"`, around: `{"access_token":"x","id_token":"%s"}`}},

	{"exp.missing", whole("{"+goodHeader+"}", `{"iss":"https://a.example","iat":1795219100}`),
		both(`"typ":"dpop+jwt"`, `"jti":"j","htm":"GET","htu":"https://a.example"`)},
	{"exp.long", payload(`"exp":1797811101`), payload(`"exp":1797811100,"jti":"j"`)},             // 30 days and a second
	{"exp.long", both(at, atClaims+`,"exp":1795226301`), both(at, atClaims+`,"exp":1795226300`)}, // two hours and a second
	{"exp.before-nbf", payload(`"nbf":1795222700`), payload(`"nbf":1795222699`)},
	{"exp.before-iat", payload(`"iat":1795222700`), payload(`"iat":1795219199`)},
	{"iat.missing", whole("{"+goodHeader+"}", `{"iss":"https://a.example","exp":1795222700}`), sample{}},
	{"iat.future", payload(`"iat":1795219261`), payload(`"iat":1795219260`)},
	{"jti.missing", payload(`"exp":1795305501`), payload(`"exp":1795305501,"sid":"s"`)}, // a day and a second
	{"time.string", payload(`"exp":"1795222700"`), payload(`"updated_at":"1795222700"`)},
	{"time.type", payload(`"nbf":null`), payload(`"nbf":1795219100`)},
	{"time.millis", payload(`"exp":1795222700000`), payload(`"exp":17952227000`)},
	{"time.fraction", payload(`"iat":1795219100.5`), sample{}},

	{"aud.missing", whole("{"+goodHeader+"}", `{"iss":"https://a.example","exp":1795222700}`), sample{}},
	{"aud.empty", payload(`"aud":[]`), payload(`"aud":["a"]`)},
	{"aud.any", payload(`"aud":"*"`), payload(`"aud":"*.a.example"`)},
	{"aud.many", payload(`"aud":["1","2","3","4","5","6"]`), payload(`"aud":["1","2","3","4","5"]`)},
	{"iss.missing", whole("{"+goodHeader+"}", `{"exp":1795222700}`), sample{}},
	{"iss.http", payload(`"iss":"http://a.example"`), payload(`"iss":"http://localhost:8080"`)},
	{"iss.form", payload(`"iss":"https://a.example/?tenant=1"`), payload(`"iss":"https://a.example/tenant/1"`)},
	{"iss.form", both(at, atClaims+`,"iss":"joe"`), payload(`"iss":"joe"`)},
	{"sub.email", payload(`"sub":"alice@a.example"`), payload(`"sub":"alice@corp"`)},

	{"profile.missing", both(at, `"client_id":"c"`), both(at, atClaims)},
	{"profile.forbidden", both(`"typ":"logout+jwt"`, logout+`,"nonce":"n"`), both(`"typ":"logout+jwt"`, logout)},
	{"profile.value", both(at, `"client_id":7,"jti":"j"`), both(at, atClaims)},
	{"rights.long", payload(`"roles":["admin"],"exp":1795305501,"jti":"j"`), payload(`"roles":["admin"]`)},

	{"personal.contact", payload(`"data":{"who":"alice@a.example"}`), payload(`"nonce":"n","email":"alice@a.example"`)},
	{"personal.person", payload(`"birthdate":"1990-01-01"`), payload(`"nonce":"n","birthdate":"1990-01-01"`)},
	{"personal.national", payload(`"no":"900101-1234568"`), payload(`"no":"900101-1234567"`)},
	{"personal.national", payload(`"no":"9001011234568"`), payload(`"no":"9013011234565"`)},
	{"personal.national", payload(`"no":"201103-3123450"`), payload(`"no":"2011033123450"`)},
	{"personal.national", payload(`"no":"123-45-6789"`), payload(`"no":"000-45-6789"`)},
	{"personal.national", payload(`"주민등록번호":"x"`), payload(`"주민등록":"x"`)},
	{"personal.card", payload(`"no":"4111 1111 1111 1111"`), payload(`"no":"4111 1111 1111 1112"`)},
	{"personal.card", payload(`"no":378282246310005`), payload(`"client_id":"4111111111111111"`)},
	{"leak.member", payload(`"user":{"password":"x"}`), payload(`"amr":["pwd"],"password":""`)},
	{"leak.value", payload(`"x":"AKIAIOSFODNN7EXAMPLE"`), payload(`"x":"AKIA for short"`)},
	{"leak.value", payload(`"db":"postgres://me:pw@db.example/x"`), payload(`"db":"postgres://db.example/x:y@z"`)},
	{"leak.value", payload(`"cnf":{"jwk":` + publicEC + `,"d":"AAAA"}}`), payload(`"cnf":{"jwk":` + publicEC + `}}`)},
	{"leak.value", payload(`"k":"-----BEGIN RSA PRIVATE KEY-----\nMIIE"`), payload(`"k":"-----BEGIN PUBLIC KEY-----\nMIIE"`)},

	{"sd.hash", sdjwt(`"_sd_alg":"md5"`, `["`+salt+`","a",1]`), sdjwt(``, `["`+salt+`","a",1]`)},
	{"sd.hidden", sdjwt(``, `["`+salt+`","exp",1]`), sdjwt(``, `["`+salt+`","expert",1]`)},
	{"sd.salt", sdjwt(``, `["short","a",1]`), sdjwt(``, `["`+salt+`","a",1]`)},
}

func TestRules(t *testing.T) {
	tried := map[string]bool{}
	for _, r := range rows {
		tried[r.code] = true
		if got := codes(r.hit.findings()); !slices.Contains(got, r.code) {
			t.Errorf("%s: %s has only %q", r.code, r.hit.text(), got)
		}
		if got := codes(r.miss.findings()); slices.Contains(got, r.code) {
			t.Errorf("%s: %s has it too", r.code, r.miss.text())
		}
	}
	for _, code := range lint.Codes() {
		if !tried[code] {
			t.Errorf("%s is in no row", code)
		}
	}
	if n := len(lint.Codes()); n < 40 {
		t.Errorf("only %d findings", n)
	}
}

// TestGood holds that a token as it should be has no finding at all.
func TestGood(t *testing.T) {
	for name, s := range map[string]sample{
		"JWT":            {},
		"access token":   both(at, atClaims+`,"scope":"read write","roles":["editor"]`),
		"ID token":       payload(`"nonce":"n","at_hash":"AAAA","auth_time":1795219000,"email":"a@a.example","name":"Kim"`),
		"logout token":   both(`"typ":"logout+jwt"`, logout),
		"security event": whole(`{"alg":"ES256","typ":"secevent+jwt"}`, `{"iss":"https://a.example","iat":1795219100,"jti":"j","events":{"u":{}}}`),
		"DPoP proof": whole(`{"alg":"ES256","typ":"dpop+jwt","jwk":`+publicEC+`}}`,
			`{"jti":"j","htm":"GET","htu":"https://a.example","iat":1795219100}`),
		"SD-JWT":      sdjwt(`"_sd":["AAAA"],"exp":1995222700`, `["`+salt+`","given_name","Kim"]`),
		"secret":      {header: `"alg":"HS256"`, key: random256},
		"a plain JWS": whole(`{"alg":"ES256"}`, `{"order":7,"email":7}`),
	} {
		if got := codes(s.findings()); len(got) > 0 {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestPlaces holds that findings lie where their member stands in the text as pasted.
func TestPlaces(t *testing.T) {
	s := sample{header: `"kid":"../k"`, payload: `"iss":"http://b.example"`, around: "Authorization: Bearer %s\r\n"}
	pasted := s.text()
	for _, f := range s.findings() {
		if f.Start < len("Authorization: Bearer ") || f.End > len(pasted)-2 || f.Start >= f.End {
			t.Errorf("%s at %d to %d of %d", f.Code, f.Start, f.End, len(pasted))
			continue
		}
		inner, want := pasted[f.Start:f.End], map[string]string{"kid.path": "../", "iss.http": "http://b"}[f.Code]
		offset := strings.LastIndexAny(pasted[:f.Start], " .") + 1 // the segment's beginning
		lead := (f.Start - offset) % 4
		decoded, _ := base64.RawURLEncoding.DecodeString(strings.Repeat("A", lead) + inner[:len(inner)-(len(inner)+lead)%4])
		if want == "" || !strings.Contains(string(decoded), want) {
			t.Errorf("%s stands over %q", f.Code, decoded)
		}
	}
}

// TestOrder: the worst first, then by place.
func TestOrder(t *testing.T) {
	all := both(`"alg":"none","kid":"../k","x5t":"A"`, `"sub":"a@b.example","password":"x","aud":"*"`).findings()
	rank := map[token.Severity]int{token.Error: 0, token.Warning: 1, token.Note: 2}
	if len(all) < 5 {
		t.Fatalf("only %q", codes(all))
	}
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		if rank[a.Severity] > rank[b.Severity] || a.Severity == b.Severity && a.Start > b.Start {
			t.Errorf("%s %s at %d comes before %s %s at %d", a.Severity, a.Code, a.Start, b.Severity, b.Code, b.Start)
		}
	}
}

// TestBounds: many faults of one kind are told a few times, and a large payload ends.
func TestBounds(t *testing.T) {
	var b strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&b, `"x%d":{"password":"p","mail":"a@b.example"},`, i)
	}
	all := payload(b.String() + `"z":1`).findings()
	n := 0
	for _, f := range all {
		if f.Code == "leak.member" {
			n++
		}
	}
	if n != 4 || len(all) > 20 {
		t.Errorf("%d findings, %d of one code", len(all), n)
	}
}
