package sdjwt_test

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/sdjwt"
	"jwtlab/app/token"
)

// The issuer's key is that of RFC 8037 appendix A.1, the holder's one of the RFC 9901 examples.
var (
	issuer = key.Read(`{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",`+
		`"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`, key.Auto)
	holder = key.Read(`{"kty":"OKP","crv":"Ed25519","d":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",`+
		`"x":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"}`, key.Auto)
)

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// disclosed is a disclosure and its digest.
func disclosed(json string) (text, digest string) {
	text = b64(json)
	sum := sha256.Sum256([]byte(text))
	return text, base64.RawURLEncoding.EncodeToString(sum[:])
}

// made signs a payload in which $1, $2 … stand for the digests of the disclosures, and puts those behind it. They may
// refer to ones after them in the same way.
func made(t testing.TB, payload string, disclosures ...string) string {
	t.Helper()
	tail := ""
	for i := len(disclosures) - 1; i >= 0; i-- {
		text, digest := disclosed(disclosures[i])
		name := "$" + strconv.Itoa(i+1)
		for j := range i {
			disclosures[j] = strings.ReplaceAll(disclosures[j], name, digest)
		}
		payload = strings.ReplaceAll(payload, name, digest)
		tail = text + "~" + tail
	}
	signed, err := jws.Sign("EdDSA", []byte(`{"alg":"EdDSA"}`), []byte(payload), issuer.Keys[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	return signed + "~" + tail
}

func verify(text string) sdjwt.Report {
	return sdjwt.Verify(token.ParseSDJWT(text), issuer, sdjwt.Options{})
}

func TestPayload(t *testing.T) {
	for _, test := range []struct {
		name, payload string
		disclosures   []string
		want          string
	}{
		{"nothing to disclose", `{ "a" : 1.0 }`, nil, `{"a":1.0}`},
		{"in the place of _sd", `{"a":1,"_sd":["$1"],"b":2,"_sd_alg":"sha-256"}`, []string{`["s","c",3]`}, `{"a":1,"c":3,"b":2}`},
		{"in the order of the disclosures", `{"_sd":["$2","$1"]}`, []string{`["s","x",1]`, `["s","y",2]`}, `{"x":1,"y":2}`},
		{"numbers and strings as they are written", `{"_sd":["$1"]}`, []string{`["s","\u006e",[9007199254740993,1.50,1e400,"\u00e9"]]`},
			`{"\u006e":[9007199254740993,1.50,1e400,"\u00e9"]}`},
		{"hidden", `{"a":{"_sd":["x","y"]},"l":[{"...":"z"}]}`, nil, `{"a":{},"l":[]}`},
		{"array elements", `{"l":[0,{"...":"$1"},{"...":"gone"},{"...":"$2"}]}`, []string{`["s",{"b":[]}]`, `["s",null]`}, `{"l":[0,{"b":[]},null]}`},
		{"recursive", `{"_sd":["$1"]}`, []string{`["s","a",{"_sd":["$2","gone"],"l":[{"...":"$3"}]}]`, `["s","b",true]`, `["s",{"_sd":[]}]`},
			`{"a":{"b":true,"l":[{}]}}`},
		{"an empty name", `{"_sd":["$1"]}`, []string{`["s","",1]`}, `{"":1}`},
		{"the name of an inherited member elsewhere", `{"_sd":["$1"],"o":{"_sd":["$2"]}}`, []string{`["s","x",1]`, `["s","x",2]`}, `{"x":1,"o":{"x":2}}`},
		{"a nested _sd_alg is a claim", `{"o":{"_sd_alg":1}}`, nil, `{"o":{"_sd_alg":1}}`},
		{"a disclosed _sd_alg goes", `{"_sd":["$1"]}`, []string{`["s","_sd_alg","sha-512"]`}, `{}`},
	} {
		r := verify(made(t, test.payload, test.disclosures...))
		if r.Answer != check.Yes || r.Payload != test.want {
			t.Errorf("%s: %s %s, want %s: %s", test.name, r.Answer, r.Payload, test.want, reasons(r))
		}
	}
}

func TestRefused(t *testing.T) {
	good := made(t, `{"_sd":["$1"]}`, `["s","a",1]`)
	for _, test := range []struct{ name, text, want string }{
		{"no tilde", strings.TrimSuffix(strings.SplitAfter(good, "~")[0], "~"), "sd.none"},
		{"an end without tilde", strings.TrimSuffix(good, "~"), "sd.end"},
		{"a changed header", strings.Replace(good, "eyJ", "eyI", 1), "alg.missing"},
		{"a changed payload", strings.Replace(good, ".", ".ewog", 1), "signature.differs"},
		{"no object", made(t, `[1]`), "sd.payload"},
		{"no JSON", made(t, `{"a":`), "sd.payload"},
		{"a name twice", made(t, `{"_sd":[],"_sd":["$1"]}`, `["s","a",1]`), "sd.payload-twice"},
		{"a name twice, deep", made(t, `{"a":[{"b":1,"\u0062":2}]}`), "sd.payload-twice"},
		{"a number as algorithm", made(t, `{"_sd_alg":256}`), "sd.alg-type"},
		{"another algorithm", made(t, `{"_sd_alg":"md5","_sd":["$1"]}`, `["s","a",1]`), "sd.alg-unknown"},
		{"a changed disclosure", strings.Replace(good, b64(`["s","a",1]`), b64(`["s","a",2]`), 1), "sd.unreferenced"},
		{"a disclosure in another spelling", strings.Replace(good, b64(`["s","a",1]`), b64(`["s","a", 1]`), 1), "sd.unreferenced"},
		{"a disclosure twice", good + b64(`["s","a",1]`) + "~", "sd.twice"},
		{"an empty disclosure", good + "~", "sd.json"},
		{"padded base64", made(t, `{}`) + b64(`["s","a",11]`) + "==~", "sd.base64"},
		{"bits left over", made(t, `{}`) + "WyJzIiwiYSIsMV1=~", "sd.base64"},
		{"broken JSON", made(t, `{"_sd":["$1"]}`, `["s","a",1`), "sd.json"},
		{"a name twice in a value", made(t, `{"_sd":["$1"]}`, `["s","a",{"b":1,"b":2}]`), "sd.json"},
		{"one element", made(t, `{"_sd":["$1"]}`, `["s"]`), "sd.array"},
		{"four elements", made(t, `{"_sd":["$1"]}`, `["s","a",1,2]`), "sd.array"},
		{"a salt that is none", made(t, `{"_sd":["$1"]}`, `[1,"a",1]`), "sd.salt"},
		{"a name that is none", made(t, `{"_sd":["$1"]}`, `["s",1,1]`), "sd.name"},
		{"the name _sd", made(t, `{"_sd":["$1"]}`, `["s","_s\u0064",[]]`), "sd.reserved"},
		{"the name ...", made(t, `{"_sd":["$1"]}`, `["s","...","x"]`), "sd.reserved"},
		{"an element in an object", made(t, `{"_sd":["$1"]}`, `["s",1]`), "sd.in-object"},
		{"a claim in an array", made(t, `{"l":[{"...":"$1"}]}`, `["s","a",1]`), "sd.in-array"},
		{"a claim that is there", made(t, `{"_sd":["$1"],"a":0}`, `["s","\u0061",1]`), "sd.name-exists"},
		{"two claims of a name", made(t, `{"_sd":["$1","$2"]}`, `["s","a",1]`, `["s","a",2]`), "sd.name-exists"},
		{"a digest twice", made(t, `{"_sd":["$1"],"l":[{"...":"$1"}]}`, `["s","a",1]`), "sd.digest-twice"},
		{"a decoy twice", made(t, `{"_sd":["x"],"o":{"_sd":["x"]}}`), "sd.digest-twice"},
		{"_sd that is no array", made(t, `{"_sd":"$1"}`, `["s","a",1]`), "sd.not-array"},
		{"_sd with a number", made(t, `{"_sd":[1]}`), "sd.not-string"},
		{"_sd that is no array, disclosed", made(t, `{"_sd":["$1"]}`, `["s","a",{"_sd":{}}]`), "sd.not-array"},
		{"... in an object", made(t, `{"...":"x"}`), "sd.dots"},
		{"... in company", made(t, `{"l":[{"...":"x","a":1}]}`), "sd.dots"},
		{"... with a number", made(t, `{"l":[{"...":1}]}`), "sd.dots"},
		{"too deep", nested(t), "sd.depth"},
		{"a child whose parent is hidden", made(t, `{"_sd":["x"]}`, `["s","b",1]`), "sd.unreferenced"},
		{"in JSON", `{"payload":"e30","protected":"` + b64(`{"alg":"EdDSA"}`) + `","signature":"e30","header":{"disclosures":[]}}`, "sd.serialized"},
	} {
		r := verify(test.text)
		i := slices.IndexFunc(r.Checks, func(c check.Check) bool { return c.Answer != check.Yes })
		if i < 0 || !slices.ContainsFunc(r.Checks, func(c check.Check) bool { return c.Code == test.want && c.Answer != check.Yes }) {
			t.Errorf("%s: want %s, got %s", test.name, test.want, reasons(r))
		}
		if r.Answer == check.Yes {
			t.Errorf("%s: taken for genuine", test.name)
		}
	}
}

// nested has disclosures in each other, each of them deep, deeper in all than is read.
func nested(t testing.TB) string {
	const each, deep = 4, 300
	var list []string
	for i := range each {
		inner := `{"_sd":["$` + strconv.Itoa(i+2) + `"]}`
		if i == each-1 {
			inner = "1"
		}
		list = append(list, `["s","a",`+strings.Repeat("[", deep)+inner+strings.Repeat("]", deep)+"]")
	}
	return made(t, `{"_sd":["$1"]}`, list...)
}

// TestDisclosures follows the tree of disclosures.
func TestDisclosures(t *testing.T) {
	text := made(t, `{"a~b/":[7,{"...":"$1"},{"...":"hidden"}],"o":{"_sd":["decoy"]}}`,
		`["salt",{"_sd":["$2"],"x":1}]`, `["s","n","v"]`, `["s","lost",1]`)
	r := verify(text)
	if r.Answer != check.No || r.Payload != `{"a~b/":[7,{"n":"v","x":1}],"o":{}}` || len(r.Disclosures) != 3 {
		t.Fatalf("%s %s: %s", r.Answer, r.Payload, reasons(r))
	}
	d := r.Disclosures
	if !d[0].Item || d[0].Salt != "salt" || d[0].Path != "/a~0b~1/1" || d[0].Parent != -1 || !slices.Equal(d[0].Children, []int{1}) || !d[0].Shown {
		t.Errorf("the first is %+v", d[0])
	}
	if d[1].Name != "n" || d[1].Value != `"v"` || d[1].Path != "/a~0b~1/1/n" || d[1].Parent != 0 || !d[1].Shown || d[1].Fault != "" {
		t.Errorf("the second is %+v", d[1])
	}
	if d[2].Shown || d[2].Path != "" || d[2].Fault != "sd.unreferenced" {
		t.Errorf("the third is %+v", d[2])
	}
	for i, want := range []string{`["salt",`, `["s","n","v"]`, `["s","lost",1]`} {
		if json, _ := base64.RawURLEncoding.DecodeString(text[d[i].Start:d[i].End]); !strings.HasPrefix(string(json), want) {
			t.Errorf("disclosure %d lies over %s", i, json)
		}
	}
	want := []sdjwt.Digest{{Text: "hidden", Item: true, Path: "/a~0b~1/2", Parent: -1}, {Text: "decoy", Path: "/o", Parent: -1}}
	if !slices.Equal(r.Hidden, want) || r.HiddenCount != 2 {
		t.Errorf("hidden are %+v, %d", r.Hidden, r.HiddenCount)
	}
}

// TestWithoutKey shows everything, and proves nothing.
func TestWithoutKey(t *testing.T) {
	text := made(t, `{"_sd":["$1"]}`, `["s","a",1]`)
	r := sdjwt.Verify(token.ParseSDJWT(text), key.Reading{Kind: "none"}, sdjwt.Options{})
	if r.Answer != check.Unchecked || r.Payload != `{"a":1}` || r.Key != -1 || !r.Disclosures[0].Shown {
		t.Errorf("%s %s: %s", r.Answer, r.Payload, reasons(r))
	}
}

// TestMany stays within its bounds: of hidden digests, of faults, of the length of paths.
func TestMany(t *testing.T) {
	var digests []string
	for i := range 5000 {
		digests = append(digests, `"`+strconv.Itoa(i)+`"`)
	}
	name := strings.Repeat("n", 100_000)
	r := verify(made(t, `{"`+name+`":{"_sd":[`+strings.Join(digests, ",")+`]}}`))
	if r.HiddenCount != 5000 || len(r.Hidden) != 1000 || len(r.Hidden[0].Path) > 5000 || r.Answer != check.Yes {
		t.Errorf("%d of %d, %s", len(r.Hidden), r.HiddenCount, reasons(r))
	}
	r = verify(made(t, `{"_sd":[`+strings.Repeat(`1,`, 5000)+`1]}`) + strings.Repeat("e30~", 900))
	if len(r.Checks) > 40 || r.Answer != check.No || !strings.Contains(reasons(r), "sd.more") {
		t.Errorf("%d checks", len(r.Checks))
	}
	if r = verify(made(t, `{}`) + strings.Repeat("e30~", 5000)); r.Answer != check.No || len(r.Disclosures) != 1000 {
		t.Errorf("%d disclosures: %s", len(r.Disclosures), reasons(r))
	}
}

var now = time.Unix(1_800_000_000, 0)

// TestBinding binds a presentation and breaks it in each way.
func TestBinding(t *testing.T) {
	public, _ := holder.Keys[0].PublicKey()
	cnf := `"cnf":{"jwk":` + public.JWK() + `}`
	plain := made(t, `{"_sd":["$1"],`+cnf+`}`, `["s","a",1]`)
	hash := func(presented string) string { _, d := disclosedText(presented); return d }
	const header = `{"alg":"EdDSA","typ":"kb+jwt"}`
	claims := func(presented string) string {
		return `{"iat":1800000000,"aud":"shop","nonce":"n1","sd_hash":"` + hash(presented) + `"}`
	}
	bound := func(presented, header, claims string) string {
		signed, err := jws.Sign("EdDSA", []byte(header), []byte(claims), holder.Keys[0], nil)
		if err != nil {
			t.Fatal(err)
		}
		return presented + signed
	}
	asked := sdjwt.Options{Bound: true, Audience: "shop", Nonce: "n1", Now: now}
	for _, test := range []struct {
		name, text string
		options    sdjwt.Options
		want       string // the code that decides; empty for all good
	}{
		{"as it should be", bound(plain, header, claims(plain)), asked, ""},
		{"nothing asked", bound(plain, header, claims(plain)), sdjwt.Options{}, ""},
		{"a media type", bound(plain, `{"alg":"EdDSA","typ":"application/KB+JWT"}`, claims(plain)), asked, ""},
		{"not bound", plain, sdjwt.Options{}, ""},
		{"not bound, though asked", plain, asked, "kb.missing"},
		{"another type", bound(plain, `{"alg":"EdDSA","typ":"JWT"}`, claims(plain)), asked, "kb.typ"},
		{"no type", bound(plain, `{"alg":"EdDSA"}`, claims(plain)), asked, "kb.typ"},
		{"unsecured", plain + b64(`{"alg":"none","typ":"kb+jwt"}`) + "." + b64(claims(plain)) + ".", asked, "alg.none"},
		{"signed by another", plain + strings.TrimSuffix(made(t, claims(plain)), "~"), asked, "signature.differs"},
		{"a disclosure less", strings.Replace(bound(plain, header, claims(plain)), b64(`["s","a",1]`)+"~", "", 1), asked, "kb.hash-other"},
		{"no hash", bound(plain, header, `{"iat":1800000000,"aud":"shop","nonce":"n1"}`), asked, "kb.hash-type"},
		{"another audience", bound(plain, header, claims(plain)), sdjwt.Options{Audience: "bank"}, "kb.aud-other"},
		{"another nonce", bound(plain, header, claims(plain)), sdjwt.Options{Nonce: "n2"}, "kb.nonce-other"},
		{"a list of audiences", bound(plain, header, strings.Replace(claims(plain), `"shop"`, `["shop"]`, 1)), sdjwt.Options{}, "kb.aud-type"},
		{"no nonce", bound(plain, header, strings.Replace(claims(plain), "nonce", "once", 1)), sdjwt.Options{}, "kb.nonce-type"},
		{"no iat", bound(plain, header, strings.Replace(claims(plain), "1800000000", `"1800000000"`, 1)), sdjwt.Options{}, "kb.iat-type"},
		{"within five minutes", bound(plain, header, claims(plain)), sdjwt.Options{Now: now.Add(5 * time.Minute)}, ""},
		{"too late", bound(plain, header, claims(plain)), sdjwt.Options{Now: now.Add(301 * time.Second)}, "kb.iat-old"},
		{"a clock that is behind", bound(plain, header, claims(plain)), sdjwt.Options{Now: now.Add(-30 * time.Second)}, ""},
		{"too early", bound(plain, header, claims(plain)), sdjwt.Options{Now: now.Add(-31 * time.Second)}, "kb.iat-future"},
		{"no JSON", bound(plain, header, "hello"), sdjwt.Options{}, "kb.payload"},
		{"a claim twice", bound(plain, header, strings.Replace(claims(plain), "{", `{"aud":"bank",`, 1)), sdjwt.Options{}, "kb.payload"},
		{"no key to bind to", bound(made(t, `{}`), header, claims(made(t, `{}`))), sdjwt.Options{}, "kb.unbound"},
		{"a key elsewhere", bound(made(t, `{"cnf":{"kid":"1"}}`), header, claims(made(t, `{"cnf":{"kid":"1"}}`))), sdjwt.Options{}, "kb.cnf-other"},
		{"a secret as key", bound(made(t, `{"cnf":{"jwk":{"kty":"oct","k":"AAAA"}}}`), header, "{}"), sdjwt.Options{}, "kb.cnf-key"},
		{"an unknown hash", bound(made(t, `{"_sd_alg":"x",`+cnf+`}`), header, claims("")), sdjwt.Options{}, "kb.hash-untried"},
	} {
		r := sdjwt.Verify(token.ParseSDJWT(test.text), issuer, test.options)
		c, _ := check.Find(r.Checks, "")
		for _, k := range r.Checks {
			if k.Code == test.want {
				c = k
			}
		}
		switch {
		case test.want == "" && (r.Answer != check.Yes || r.Bound != (test.text != plain)):
			t.Errorf("%s: %s, bound %v: %s", test.name, r.Answer, r.Bound, reasons(r))
		case test.want != "" && (r.Answer == check.Yes || r.Bound || c.Answer == check.Yes || c.Code == ""):
			t.Errorf("%s: want %s: %s", test.name, test.want, reasons(r))
		}
	}
}

// disclosedText is disclosed for a text that is encoded already.
func disclosedText(text string) (string, string) {
	sum := sha256.Sum256([]byte(text))
	return text, base64.RawURLEncoding.EncodeToString(sum[:])
}
