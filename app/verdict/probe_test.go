package verdict_test

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	reading "jwtlab/app/token"
	"jwtlab/app/verdict"
)

// A probe is one awkward input that decoders were tried on, with what is to be learnt from how they fared. The zero
// value of a field asks for nothing.
type probe struct {
	name, text, key string
	found           string // where the token was found
	shown           string // a piece of the claims that is on show
	form            reading.Form
	wellFormed      check.Answer
	signature       check.Answer
	acceptance      check.Answer
	summary         string
	says            string // codes of problems and checks, separated by blanks, each with "@text" for the text it marks
}

const (
	probeSecret = "a secret of thirty-two bytes, ok?"
	probeClaims = `{"sub":"alice","exp":1900000000}`
	yes, no     = check.Yes, check.No
	unchecked   = check.Unchecked
)

// TestProbes judges what people paste into debuggers, at a time between iat and exp, as the page does.
func TestProbes(t *testing.T) {
	for _, p := range slices.Concat(probesAround(t), probesBroken(t), probesForms(t), probesTricks(t), probesValues(t)) {
		c := verdict.Judge(p.text, p.key, at(1_800_000_000))
		p.check(t, c)
	}
}

func (p probe) check(t *testing.T, c verdict.Case) {
	t.Helper()
	v := c.Verdict
	differ := func(want, got check.Answer) bool { return want != "" && want != got }
	if differ(p.wellFormed, v.Form) || differ(p.signature, v.Signature) || differ(p.acceptance, v.Acceptance) {
		t.Errorf("%s: %s, %s, %s; want %s, %s, %s", p.name, v.Form, v.Signature, v.Acceptance, p.wellFormed, p.signature, p.acceptance)
	}
	if p.found != "" && c.Token.Found != p.found || p.form != "" && c.Token.Form != p.form || p.summary != "" && v.Summary.Code != p.summary {
		t.Errorf("%s: found %q, form %q, summary %q; want %q, %q, %q", p.name, c.Token.Found, c.Token.Form, v.Summary.Code, p.found, p.form, p.summary)
	}
	if !strings.Contains(string(c.Token.Payload().Bytes), p.shown) {
		t.Errorf("%s: %q is not shown in %q", p.name, p.shown, c.Token.Payload().Bytes)
	}
	for want := range strings.FieldsSeq(p.says) {
		if !said(v, p.text, want) {
			t.Errorf("%s: %s is not said: %+v %+v", p.name, want, v.Problems, v.Checks)
		}
	}
	if v.Summary.Tone == verdict.Good && !v.All() {
		t.Errorf("%s: good with %s, %s, %s", p.name, v.Form, v.Signature, v.Acceptance)
	}
}

// said reports whether a verdict has the code, at that text if one is given.
func said(v verdict.Verdict, text, want string) bool {
	code, marked, placed := strings.Cut(want, "@")
	return slices.ContainsFunc(v.Problems, func(p reading.Problem) bool {
		return p.Code == code && (!placed || text[p.Start:p.End] == marked)
	}) || slices.ContainsFunc(v.Checks, func(c check.Check) bool { return c.Code == code && !placed })
}

func base64url(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// probed signs a payload with the secret of the probes.
func probed(t *testing.T, payload string) string { return signed(t, "HS256", payload, secretKey()) }

func secretKey() key.Key { return key.Read(probeSecret, key.UTF8).Keys[0] }

func signed(t *testing.T, alg, payload string, k key.Key) string {
	t.Helper()
	text, err := jws.Sign(alg, []byte(`{"alg":"`+alg+`"}`), []byte(payload), k, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// probesAround are whole tokens with something around them: each is found, and where is said.
func probesAround(t *testing.T) []probe {
	good := probed(t, probeClaims)
	var all []probe
	for _, row := range []struct{ name, text, found, says string }{
		{"Bearer", "Bearer " + good, "bearer", ""},
		{"Authorization", "Authorization: Bearer " + good, "header", ""},
		{"broken over lines", good[:30] + "\n" + good[30:90] + "\n" + good[90:], "", "token.joined"},
		{"curl with '", "curl -H 'Authorization: Bearer " + good + "' https://api.example", "curl", ""},
		{"curl with \"", `curl -H "Authorization: Bearer ` + good + `" https://api.example`, "curl", ""},
		{"Cookie", "Cookie: s=" + good + "; theme=dark", "cookie", ""},
		{"Set-Cookie", "Set-Cookie: s=" + good + "; Path=/; HttpOnly", "cookie", ""},
		{"JSON", `{"access_token":"` + good + `","token_type":"Bearer"}`, "json", ""},
		{"fragment", "https://app.example/#access_token=" + good + "&state=1", "url", ""},
		{"%2E for dots", strings.ReplaceAll(good, ".", "%2E"), "", "token.escaped@%2E"},
		{"in quotes", `"` + good + `"`, "quotes", ""},
		{"one stray quote", good + `"`, "", `text.quote@"`},
	} {
		all = append(all, probe{name: row.name, text: row.text, key: probeSecret, found: row.found, shown: probeClaims,
			wellFormed: yes, signature: yes, acceptance: yes, summary: "genuine-until", says: row.says})
	}
	return all
}

// probesBroken are tokens that lack something: what is left is shown, and what is wrong is said where it is.
func probesBroken(t *testing.T) []probe {
	good := probed(t, probeClaims)
	header, rest, _ := strings.Cut(good, ".")
	payload, signature, _ := strings.Cut(rest, ".")
	wide := probed(t, `{"sub":"alice>?","exp":1900000000 }`)
	h, p, s := cutToken(wide)
	padded := h + "=." + strings.NewReplacer("-", "+", "_", "/").Replace(p) + "=." + s + "="
	return []probe{
		{name: "no signature", text: header + "." + payload, key: probeSecret, shown: probeClaims, wellFormed: no, signature: no, says: "token.two-parts"},
		{name: "trailing dot only", text: header + "." + payload + ".", key: probeSecret, shown: probeClaims, signature: no,
			acceptance: unchecked, says: "token.signature-empty signature.empty"},
		{name: "cut inside the payload", text: header + "." + payload[:20], key: probeSecret, shown: `{"sub":"alice"`, wellFormed: no, says: "json.cut"},
		{name: "padded standard base64", text: padded, key: probeSecret, shown: `{"sub":"alice>?"`, wellFormed: no, signature: no,
			says: "base64.padding@= base64.standard"},
		{name: "last character a twin", text: header + "." + payload + "." + twin(signature), key: probeSecret, shown: probeClaims,
			wellFormed: no, signature: no, says: "base64.bits"},
	}
}

func cutToken(text string) (header, payload, signature string) {
	parts := strings.Split(text, ".")
	return parts[0], parts[1], parts[2]
}

// twin changes the last character to one that decodes to the same bytes. That of 32 bytes has two bits to spare.
func twin(signature string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := len(signature) - 1
	return signature[:last] + string(alphabet[strings.IndexByte(alphabet, signature[last])|1])
}

// probesForms are what is not a plain JWT: recognised, and taken apart without a key.
func probesForms(t *testing.T) []probe {
	good := probed(t, probeClaims)
	header, payload, signature := cutToken(good)
	jwe := base64url(`{"alg":"dir","enc":"A128GCM"}`) + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA"
	disclosure := base64url(`["salt","given_name","Alice"]`)
	serialized := `{"payload":"` + payload + `","protected":"` + header + `","signature":"` + signature + `"}`
	return []probe{
		{name: "JWE", text: jwe, form: reading.JWE, wellFormed: yes, signature: unchecked, says: "token.encrypted"},
		{name: "SD-JWT", text: good + "~" + disclosure + "~", form: reading.SDJWT, wellFormed: yes, shown: probeClaims, says: "token.sd-jwt"},
		{name: "JWS JSON", text: serialized, form: reading.JSONJWS, wellFormed: yes, shown: probeClaims},
		{name: "detached", text: header + ".." + signature, key: probeSecret, form: reading.Detached, wellFormed: yes, signature: unchecked,
			says: "token.detached signature.detached"},
		{name: "payload an array", text: probed(t, `["a",1]`), key: probeSecret, shown: `["a",1]`, wellFormed: yes, signature: yes,
			acceptance: unchecked, summary: "genuine-unread", says: "token.not-claims"},
		{name: "payload plain text", text: probed(t, "It is noon."), key: probeSecret, shown: "It is noon.", wellFormed: yes, signature: yes,
			acceptance: unchecked, summary: "genuine-unread", says: "token.not-json"},
	}
}

// probesTricks are forgeries. None of them may be green, and the trick is named.
func probesTricks(t *testing.T) []probe {
	none := base64url(`{"alg":"none"}`) + "." + base64url(probeClaims) + "."
	odd := base64url(`{"alg":"nOnE"}`) + "." + base64url(probeClaims) + "."
	attacker := generated(t, "ES256")
	public, _ := attacker.PublicKey()
	own, err := jws.Sign("ES256", []byte(`{"alg":"ES256","jwk":`+public.JWK()+`}`), []byte(probeClaims), attacker, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return []probe{
		{name: "none with a signature", text: none + "AAAA", key: probeSecret, shown: probeClaims, signature: no, summary: "unsigned",
			says: "token.none-signed@AAAA alg.none"},
		{name: "nOnE", text: odd, key: probeSecret, shown: probeClaims, signature: no, summary: "unsigned", says: "token.none-case alg.none"},
		{name: "none, no key", text: none, shown: probeClaims, acceptance: unchecked, summary: "unsigned", says: "token.unsecured"},
		{name: "expired in 1970", text: probed(t, `{"exp":1}`), key: probeSecret, wellFormed: yes, signature: yes, acceptance: no,
			summary: "genuine-expired", says: "exp.expired"},
		{name: "signed by a key of its own", text: own, shown: probeClaims, wellFormed: yes, signature: unchecked, acceptance: unchecked,
			summary: "self-vouched", says: "embedded.vouches"},
		{name: "DER signature", text: derSigned(t, attacker), key: public.JWK(), shown: probeClaims, wellFormed: yes, signature: no,
			summary: "forged", says: "signature.der"},
	}
}

func generated(t *testing.T, alg string) key.Key {
	t.Helper()
	k, err := key.Generate(key.Spec{Alg: alg}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// derSigned signs with ES256 as openssl does, and as RFC 7518 §3.4 does not.
func derSigned(t *testing.T, k key.Key) string {
	t.Helper()
	input := base64url(`{"alg":"ES256"}`) + "." + base64url(probeClaims)
	sum := sha256.Sum256([]byte(input))
	der, err := ecdsa.SignASN1(rand.Reader, k.Signer.(*ecdsa.PrivateKey), sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return input + "." + base64url(string(der))
}

// probesValues are claims that decoders alter or misread.
func probesValues(t *testing.T) []probe {
	exact := `{"id":12345678901234567890,"a":1,"a":2,"exp":1900000000}`
	return []probe{
		{name: "a big number and a member twice", text: probed(t, exact), key: probeSecret, shown: exact, wellFormed: yes, signature: yes,
			says: `json.duplicate`},
		{name: "milliseconds", text: probed(t, `{"exp":1700000000000}`), key: probeSecret, wellFormed: yes, signature: yes,
			says: "time.millis"},
		{name: "a time in quotes", text: probed(t, `{"exp":"1700000000"}`), key: probeSecret, wellFormed: yes, signature: yes, acceptance: no,
			says: "time.string"},
	}
}

// TestProbeES256K is apart from the table: its token is a fixture, since Go makes no such key.
func TestProbeES256K(t *testing.T) {
	const (
		text = "eyJhbGciOiJFUzI1NksifQ.eyJzdWIiOiIxMjM0NTY3ODkwIiwiZXhwIjoxOTAwMDAwMDAwfQ." +
			"qZT-zNn3SgfTmaqszwdMCV34m8BJ3ju9aLudkBM_SCcS6YQUQC8nJmQ5bD_q-VqNL3OT0yt-HaTjIGwdOg_aDw"
		jwk = `{"kty":"EC","crv":"secp256k1","x":"o-bUVtWAhKd0UMNvd-O5TzGxddz5lYPLY8P5eUkeDr8","y":"-1TJHy3Ugwe34WLYJ_XRZ-AW_L4EKuNodhBzn44hY6o"}`
	)
	probe{name: "ES256K", shown: `"sub":"1234567890"`, wellFormed: yes, signature: yes, acceptance: yes}.check(t, verdict.Judge(text, jwk, at(1_800_000_000)))
}

// TestProbesStrictly judges what the page joins or leaves out as a verifier does, byte for byte.
func TestProbesStrictly(t *testing.T) {
	o := at(1_800_000_000)
	o.Strict = true
	for _, p := range probesAround(t) {
		if v := verdict.Judge(p.text, p.key, o).Verdict; v.Form != no || v.Signature == yes {
			t.Errorf("%s: %s, %s; want no and not yes", p.name, v.Form, v.Signature)
		}
	}
	if v := verdict.Judge(probed(t, probeClaims), probeSecret, o).Verdict; !v.All() {
		t.Errorf("the token alone: %+v", v)
	}
}

// TestProbeAnatomy looks at what a table of codes cannot: segments, disclosures, the numbers' own spelling, and the
// canonical twin that a problem offers.
func TestProbeAnatomy(t *testing.T) {
	forms := map[reading.Form]verdict.Case{}
	for _, p := range probesForms(t) {
		c := verdict.Judge(p.text, "", verdict.Options{Expect: claims.Expect{}})
		forms[c.Token.Form] = c
	}
	if got := forms[reading.JWE].Token; len(got.Segments) != 5 || got.Header().JSON.Root().Get("enc").Text() != "A128GCM" {
		t.Errorf("JWE: %d segments, header %s", len(got.Segments), got.Header().Bytes)
	}
	if got := forms[reading.SDJWT].Token.Part(reading.PartDisclosed); !strings.Contains(string(got.Bytes), "given_name") {
		t.Errorf("SD-JWT: disclosure %q", got.Bytes)
	}
	exact := verdict.Judge(probesValues(t)[0].text, probeSecret, at(0)).Token.Payload().JSON.Root()
	if exact.Get("id").Raw() != "12345678901234567890" || exact.Len() != 4 {
		t.Errorf("id %s of %d members", exact.Get("id").Raw(), exact.Len())
	}
	good := probed(t, probeClaims)
	_, _, signature := cutToken(good)
	other := good[:len(good)-len(signature)] + twin(signature)
	for _, q := range verdict.Judge(other, probeSecret, at(0)).Verdict.Problems {
		last := len(good) - 1
		if q.Code == "base64.bits" && q.Start == last && q.Args[1] == good[last:] {
			return
		}
	}
	t.Errorf("the canonical form of %q is not offered", other)
}
