package jws_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// A patient is a token that somebody made wrongly, and what is known of its key.
type patient struct {
	token, key string
	as         key.Encoding
	options    jws.Options
}

// diagnose reads a patient as the page does and asks the doctor.
func (p patient) diagnose(o jws.DoctorOptions) []jws.Diagnosis {
	o.Options, o.Encoding = p.options, p.as
	return jws.Doctor(token.Parse(p.token), key.Read(p.key, p.as), p.key, o)
}

// mended puts a mend in place and verifies.
func (p patient) mended(m jws.Mend) jws.Report {
	if m.Token != "" {
		p.token = m.Token
	}
	if m.Key != "" {
		p.key = m.Key
	}
	if m.Encoding != "" {
		p.as = m.Encoding
	}
	if m.Alg != "" {
		p.options.Alg = m.Alg
	}
	t := token.Parse(p.token)
	if !t.OK() {
		return jws.Report{Answer: check.No}
	}
	return jws.Verify(t, key.Read(p.key, p.as), p.options)
}

// A finding is what a diagnosis has to say: the codes with their details, and whether there is a mend.
type finding struct {
	causes string // separated by blanks, as in "secret.theirs/newline"
	mended bool
}

func (p patient) examine(t *testing.T, name string, want finding) {
	t.Helper()
	if r := p.mended(jws.Mend{}); r.Answer == check.Yes {
		t.Errorf("%s: is genuine without any mend", name)
	}
	var got []string
	for _, d := range p.diagnose(jws.DoctorOptions{}) {
		code := d.Code
		if d.Detail != "" {
			code += "/" + d.Detail
		}
		got = append(got, code)
		if (d.Mend != nil) != want.mended || (d.Mend != nil) == (d.NoMend != "") {
			t.Errorf("%s: mend %+v, none because %q", name, d.Mend, d.NoMend)
		}
		if d.Mend != nil && p.mended(*d.Mend).Answer != check.Yes {
			t.Errorf("%s: the mend %+v does not make it genuine", name, *d.Mend)
		}
		if d.Sure == jws.Attack && d.Mend != nil {
			t.Errorf("%s: an attack is mended", name)
		}
	}
	if strings.Join(got, " ") != want.causes {
		t.Errorf("%s: %q, want %q", name, got, want.causes)
	}
}

const (
	claimsText  = `{"sub":"한글","iss":"https://issuer.example/","n":1.0,"iat":1735689600}`
	headerHS256 = `{"alg":"HS256","typ":"JWT"}`
	doctorText  = "correct horse battery staple, thirty-two"
	doctorLong  = doctorText + doctorText // than a block, which HMAC fills with zeros (RFC 2104 §2)
)

// mac has openssl sign an input.
func (o opensslTool) mac(alg, secret, input string) string {
	o.t.Helper()
	o.write("input", input)
	o.run("dgst -sha" + alg[2:] + " -mac HMAC -macopt hexkey:" + hex.EncodeToString([]byte(secret)) + " -binary -out signature input")
	return o.read("signature")
}

// TestDoctorSecrets has openssl sign with the secret that the issuer took, and gives the doctor the one that was meant.
func TestDoctorSecrets(t *testing.T) {
	o := startOpenSSL(t)
	std, url := base64.StdEncoding, base64.RawURLEncoding
	binary := "\x00\xff\x10secret of thirty-two bytes here"
	for name, row := range map[string]struct {
		theirs, yours string
		as            key.Encoding
		causes        string
	}{
		"newline":            {doctorText + "\n", doctorText, key.Auto, "secret.theirs/newline"},
		"CRLF":               {doctorText + "\r\n", doctorText, key.UTF8, "secret.theirs/crlf"},
		"quotes":             {`"` + doctorText + `"`, doctorText, key.Auto, "secret.theirs/quotes"},
		"apostrophes":        {"'" + doctorText + "'", doctorText, key.Auto, "secret.theirs/apostrophes"},
		"blank":              {doctorText + " ", doctorText, key.Auto, "secret.theirs/blank"},
		"BOM":                {"\ufeff" + doctorText, doctorText, key.Auto, "secret.theirs/bom"},
		"NUL":                {doctorLong + "\x00", doctorLong, key.Auto, "secret.theirs/nul"},
		"two characters":     {doctorText + `\n`, doctorText, key.Auto, "secret.theirs/escapes"},
		"your newline":       {doctorText, doctorText + "\n", key.Auto, "secret.yours/newline"},
		"your CRLF":          {doctorText, doctorText + "\r\n", key.Auto, "secret.yours/newline"},
		"your quotes":        {doctorText, `"` + doctorText + `"`, key.Auto, "secret.yours/quotes"},
		"your apostrophes":   {doctorText, "'" + doctorText + "'", key.Auto, "secret.yours/apostrophes"},
		"your blanks":        {doctorText, "\t" + doctorText + " ", key.Auto, "secret.yours/blank"},
		"your BOM":           {doctorText, "\ufeff" + doctorText, key.Auto, "secret.yours/bom"},
		"your NUL":           {doctorLong, doctorLong + "\x00", key.Auto, "secret.yours/nul"},
		"your escapes":       {"one\ntwo", `one\ntwo`, key.Auto, "secret.yours/escapes"},
		"your all":           {doctorText, " \"" + doctorText + "\n\" ", key.Auto, "secret.yours/ends"},
		"base64 and newline": {binary, std.EncodeToString([]byte(binary)) + "\n", key.Auto, "secret.yours/newline"},
		"assignment":         {doctorText, "export JWT_SECRET=\"" + doctorText + `"`, key.Auto, "secret.assignment"},
		"YAML":               {doctorText, "secret: " + doctorText, key.Auto, "secret.assignment"},
		"read as text":       {"c2VjcmV0IHNlY3JldA", "c2VjcmV0IHNlY3JldA", key.Base64URL, "secret.read"},
		"read as base64":     {binary, std.EncodeToString([]byte(binary)), key.UTF8, "secret.read"},
		"read as base64url":  {"\xff\xfe\xfd", "__79", key.UTF8, "secret.read"},
		"read as hex":        {binary, hex.EncodeToString([]byte(binary)), key.UTF8, "secret.read"},
		"twice base64":       {binary, std.EncodeToString([]byte(std.EncodeToString([]byte(binary)))), key.Auto, "secret.double"},
		"base64 of it":       {std.EncodeToString([]byte(doctorText)), doctorText, key.Auto, "secret.encoded"},
		"base64url of it":    {url.EncodeToString([]byte("~~~???>>>")), "~~~???>>>", key.Auto, "secret.encoded"},
		"hex of it":          {hex.EncodeToString([]byte(doctorText)), doctorText, key.Auto, "secret.encoded"},
		"JWK text":           {url.EncodeToString([]byte(doctorText)), `{"kty":"oct","k":"` + url.EncodeToString([]byte(doctorText)) + `"}`, key.Auto, "secret.jwk-text"},
		"JWK newline":        {doctorText + "\n", `{"kty":"oct","k":"` + url.EncodeToString([]byte(doctorText)) + `"}`, key.Auto, "secret.theirs/newline"},
	} {
		input := b64(headerHS256) + "." + b64(claimsText)
		p := patient{token: input + "." + b64(o.mac("HS256", row.theirs, input)), key: row.yours, as: row.as}
		p.examine(t, name, finding{row.causes, true})
	}
}

// TestDoctorKnownSecrets has tokens that anyone can have made.
func TestDoctorKnownSecrets(t *testing.T) {
	o := startOpenSSL(t)
	input := b64(headerHS256) + "." + b64(claimsText)
	p := patient{token: input + "." + b64(o.mac("HS256", "your-256-bit-secret", input)), key: doctorText}
	p.examine(t, "of jwt.io", finding{"secret.known", false})
	empty := hmac.New(sha256.New, nil) // openssl refuses an empty key
	empty.Write([]byte(input))
	p.token = input + "." + b64(string(empty.Sum(nil)))
	p.examine(t, "empty", finding{"secret.empty", false})
}

// TestDoctorConfusion has openssl sign with the text of the verifier's public key.
func TestDoctorConfusion(t *testing.T) {
	o := startOpenSSL(t)
	o.run("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem")
	o.run("pkey -in key.pem -pubout -out public.pem")
	o.run("pkey -in key.pem -pubout -outform DER -out public.der")
	pem := o.read("public.pem")
	jwk := publicOf(key.Read(o.read("key.pem"), key.Auto).Keys[0]).JWK()
	input := b64(headerHS256) + "." + b64(`{"admin":true}`)
	for name, row := range map[string]struct{ secret, key string }{
		"PEM":             {pem, pem},
		"without newline": {strings.TrimSpace(pem), pem},
		"CRLF":            {strings.ReplaceAll(pem, "\n", "\r\n"), pem},
		"DER":             {o.read("public.der"), pem},
		"PEM of a JWK":    {pem, jwk},
		"JWK":             {jwk, jwk},
		"JWK of a PEM":    {jwk, pem},
		"as a secret":     {pem, `{"kty":"oct","k":"` + b64(pem) + `"}`},
	} {
		p := patient{token: input + "." + b64(o.mac("HS256", row.secret, input)), key: row.key}
		if name == "as a secret" {
			p.examine(t, name, finding{"key.refused", false})
			continue
		}
		p.examine(t, name, finding{"key.public-text", false})
	}
}

// TestDoctorInputs has openssl sign something else than the signing input.
func TestDoctorInputs(t *testing.T) {
	o := startOpenSSL(t)
	h, p := headerHS256, claimsText
	std, padded := base64.StdEncoding, base64.URLEncoding
	for name, row := range map[string]struct {
		signed string
		causes string
		mended bool
	}{
		"padded":          {padded.EncodeToString([]byte(h+" ")) + "." + padded.EncodeToString([]byte(p)), "input.padded", false},
		"standard":        {std.EncodeToString([]byte(h+" ")) + "." + std.EncodeToString([]byte(p+"??>>")), "input.standard", false},
		"decoded":         {h + "." + p, "input.decoded", false},
		"plain payload":   {b64(h) + "." + p, "input.plain", false},
		"no dot":          {b64(h) + b64(p), "input.no-dot", false},
		"payload alone":   {b64(p), "input.payload", false},
		"newline":         {b64(h) + "." + b64(p) + "\n", "input.newline", false},
		"indented":        {b64(h) + "." + b64("{\n  \"sub\": \"한글\",\n  \"iss\": \"https://issuer.example/\",\n  \"n\": 1.0,\n  \"iat\": 1735689600\n}"), "payload.rewritten/indented", true},
		"spaced":          {b64(h) + "." + b64(`{"sub": "한글", "iss": "https://issuer.example/", "n": 1.0, "iat": 1735689600}`), "payload.rewritten/spaced", true},
		"sorted":          {b64(h) + "." + b64(`{"iat":1735689600,"iss":"https://issuer.example/","n":1.0,"sub":"한글"}`), "payload.rewritten/sorted", true},
		"slashes":         {b64(h) + "." + b64(strings.ReplaceAll(p, "/", `\/`)), "payload.rewritten/slashes", true},
		"PHP":             {b64(h) + "." + b64(strings.ReplaceAll(strings.ReplaceAll(p, "/", `\/`), "한글", `\ud55c\uae00`)), "payload.rewritten/ascii", true},
		"Python":          {b64(h) + "." + b64(`{"sub": "\ud55c\uae00", "iss": "https://issuer.example/", "n": 1.0, "iat": 1735689600}`), "payload.rewritten/ascii", true},
		"JavaScript":      {b64(h) + "." + b64(strings.Replace(p, "1.0", "1", 1)), "payload.rewritten/numbers", true},
		"trailing":        {b64(h) + "." + b64(p+"\n"), "payload.rewritten/newline", true},
		"BOM":             {b64(h) + "." + b64("\ufeff"+p), "payload.rewritten/bom", true},
		"header indented": {b64("{\n  \"alg\": \"HS256\",\n  \"typ\": \"JWT\"\n}") + "." + b64(p), "header.rewritten/indented", true},
		"header order":    {b64(`{"typ":"JWT","alg":"HS256"}`) + "." + b64(p), "header.rewritten/order", true},
		"header, no typ":  {b64(`{"alg":"HS256"}`) + "." + b64(p), "header.rewritten/no-typ", true},
		"both spaced": {b64(`{"alg": "HS256", "typ": "JWT"}`) + "." + b64(`{"sub": "한글", "iss": "https://issuer.example/", "n": 1.0, "iat": 1735689600}`),
			"both.rewritten/spaced", true},
	} {
		header, payload := h, p
		switch name {
		case "padded":
			header += " "
		case "standard":
			header, payload = h+" ", p+"??>>"
		}
		token := b64(header) + "." + b64(payload) + "." + b64(o.mac("HS256", doctorText, row.signed))
		patient{token: token, key: doctorText}.examine(t, name, finding{row.causes, row.mended})
	}
}

// TestDoctorRewritesBack takes the other direction: the issuer signed compact JSON, and it came indented.
func TestDoctorRewritesBack(t *testing.T) {
	o := startOpenSSL(t)
	p := `{"sub":"é/<b>","n":[1,{}]}`
	input := b64(headerHS256) + "." + b64(p)
	signature := b64(o.mac("HS256", doctorText, input))
	for name, row := range map[string]struct{ payload, causes string }{
		"compact": {"{\n  \"sub\": \"é/<b>\",\n  \"n\": [1, {}]\n}\n", "payload.rewritten/compact"},
		"bare":    {p + "\r\n", "payload.rewritten/compact"},
		"plain":   {`{"sub":"\u00e9\/\u003cb\u003e","n":[1,{}]}`, "payload.rewritten/plain"},
	} {
		patient{token: b64(headerHS256) + "." + b64(row.payload) + "." + signature, key: doctorText}.
			examine(t, name, finding{row.causes, true})
	}
}

// TestDoctorTransport bends a sound token on its way.
func TestDoctorTransport(t *testing.T) {
	o := startOpenSSL(t)
	header, payload := `{"alg":"HS256", "typ":"JWT"}`, claimsText+"???>>>"
	input := b64(header) + "." + b64(payload)
	signature := o.mac("HS256", doctorText, input)
	std := base64.StdEncoding.EncodeToString
	padded := base64.URLEncoding.EncodeToString([]byte(signature))
	for name, row := range map[string]struct {
		token, causes string
		mended        bool
	}{
		"standard and padded": {std([]byte(header)) + "." + std([]byte(payload)) + "." + std([]byte(signature)), "input.transport", true},
		"padded signature":    {input + "." + padded, "signature.encoding", true},
		"hex":                 {input + "." + hex.EncodeToString([]byte(signature)), "signature.hex", true},
		"base64url of hex":    {input + "." + b64(hex.EncodeToString([]byte(signature))), "signature.hex", true},
		"base64 twice":        {input + "." + b64(std([]byte(signature))), "signature.double", true},
		"cut":                 {input + "." + b64(signature[:21]), "signature.cut", false},
	} {
		patient{token: row.token, key: doctorText}.examine(t, name, finding{row.causes, row.mended})
	}
	bent := std([]byte(header)) + "." + std([]byte(payload))
	patient{token: bent + "." + b64(o.mac("HS256", doctorText, bent)), key: doctorText}.
		examine(t, "signed in a wrong form", finding{"input.form", false})
}

// TestDoctorAlgorithms has openssl sign by another algorithm than the header says.
func TestDoctorAlgorithms(t *testing.T) {
	o := startOpenSSL(t)
	named := func(alg string) string { return b64(`{"alg":"`+alg+`"}`) + "." + b64(claimsText) }
	hs := func(says, signs string) string { return named(says) + "." + b64(o.mac(signs, doctorText, named(says))) }
	for name, row := range map[string]struct {
		patient
		finding
	}{
		"HS512 under HS256":  {patient{token: hs("HS256", "HS512"), key: doctorText}, finding{"alg.other", false}},
		"HS256 under HS384":  {patient{token: hs("HS384", "HS256"), key: doctorText}, finding{"alg.other", false}},
		"lower case":         {patient{token: hs("hs256", "HS256"), key: doctorText}, finding{"alg.case", false}},
		"unknown name":       {patient{token: hs("SHA256", "HS256"), key: doctorText}, finding{"alg.other", false}},
		"not the asked":      {patient{token: hs("HS256", "HS256"), key: doctorText, options: jws.Options{Alg: "HS512"}}, finding{"alg.option", true}},
		"renamed afterwards": {patient{token: named("HS256") + "." + b64(o.mac("HS384", doctorText, named("HS384"))), key: doctorText}, finding{"alg.renamed", true}},
		"no alg":             {patient{token: b64("{}") + ".e30." + b64(o.mac("HS256", doctorText, b64("{}")+".e30")), key: doctorText}, finding{"alg.other", false}},
	} {
		row.examine(t, name, row.finding)
	}
	o.run("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem")
	rsa := o.read("key.pem")
	for _, c := range [][2]string{{"RS256", "PS256"}, {"PS384", "RS384"}, {"RS512", "RS256"}} {
		input := named(c[0])
		patient{token: input + "." + b64(o.sign(c[1], input)), key: rsa}.examine(t, c[0]+" "+c[1], finding{"alg.other", false})
	}
	input := named("PS256")
	o.write("input", input)
	o.run("dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:max -sign key.pem -out signature input")
	patient{token: input + "." + b64(o.read("signature")), key: rsa}.examine(t, "salt", finding{"pss.salt", false})
	o.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem")
	input = named("ES384")
	patient{token: input + "." + b64(o.sign("ES256", input)), key: o.read("key.pem")}.examine(t, "ES256 under ES384", finding{"alg.other", false})
	o.write("input", input)
	o.run("dgst -sha384 -sign key.pem -out signature input")
	patient{token: input + "." + b64(rawOf(t, o.read("signature"), 32)), key: o.read("key.pem")}.examine(t, "P-256 with SHA-384", finding{"alg.curve", false})
}

// TestDoctorECDSA has openssl sign, and the signature written in the ways that are not r and s one after the other.
func TestDoctorECDSA(t *testing.T) {
	o := startOpenSSL(t)
	for alg, curve := range map[string]string{"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"} {
		o.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:" + curve + " -out key.pem")
		input := b64(`{"alg":"`+alg+`"}`) + "." + b64(claimsText)
		raw := []byte(o.sign(alg, input))
		der := o.read("signature")
		r, s := raw[:len(raw)/2], raw[len(raw)/2:]
		back := func(b []byte) string { b = slices.Clone(b); slices.Reverse(b); return string(b) }
		for name, row := range map[string]struct{ signature, causes string }{
			"DER":           {b64(der), "signature.der"},
			"DER in hex":    {hex.EncodeToString([]byte(der)), "signature.der"},
			"swapped":       {b64(string(s) + string(r)), "signature.swapped"},
			"little-endian": {b64(back(r) + back(s)), "signature.little-endian"},
			"signed bytes":  {b64("\x00" + string(r) + "\x00" + string(s)), "signature.padding"},
			"hex":           {hex.EncodeToString(raw), "signature.hex"},
		} {
			patient{token: input + "." + row.signature, key: o.read("key.pem")}.examine(t, alg+" "+name, finding{row.causes, true})
		}
		for alg == "ES512" && r[0] != 0 { // half of all r of P-521 begin with a zero
			raw = []byte(o.sign(alg, input))
			r, s = raw[:len(raw)/2], raw[len(raw)/2:]
		}
		if r[0] == 0 {
			patient{token: input + "." + b64(string(r[1:])+string(s)), key: o.read("key.pem")}.
				examine(t, alg+" without its zero", finding{"signature.padding", true})
		}
	}
}

// TestDoctorKeys gives sets in which another key signed than kid names, and keys that may not be used.
func TestDoctorKeys(t *testing.T) {
	jose := startJose(t)
	a, b := jose.ask(request{Op: "generate", Alg: "ES256"}), jose.ask(request{Op: "generate", Alg: "ES256"})
	named := func(jwk []byte, members string) string { return strings.Replace(string(jwk), "{", "{"+members+",", 1) }
	set := `{"keys":[` + named(a.Public, `"kid":"a"`) + `,` + named(b.Public, `"kid":"b"`) + `]}`
	signed := jose.ask(request{Op: "sign", Alg: "ES256", Header: []byte(`{"kid":"a"}`), Payload: payload, JWK: b.JWK}).Token
	patient{token: signed, key: set}.examine(t, "kid of another key", finding{"key.other", true})
	for name, members := range map[string]string{"use": `"use":"enc"`, "alg": `"alg":"ES384"`, "key_ops": `"key_ops":["sign"]`} {
		patient{token: signed, key: named(b.Public, members)}.examine(t, name, finding{"key.refused", false})
	}
	set = `{"keys":[` + named(b.Public, `"use":"enc"`) + `,` + named(a.Public, `"kid":"a"`) + `]}`
	patient{token: signed, key: set}.examine(t, "refused in a set", finding{"key.refused", false})
}

// TestDoctorDetached asks for the payload that is not there, and finds what is wrong with the one that is.
func TestDoctorDetached(t *testing.T) {
	jose := startJose(t)
	made := jose.ask(request{Op: "generate", Alg: "EdDSA"})
	signed := strings.Split(jose.ask(request{Op: "sign", Alg: "EdDSA", Payload: payload, JWK: made.JWK}).Token, ".")
	detached := signed[0] + ".." + signed[2]
	patient{token: detached, key: string(made.Public)}.examine(t, "no payload", finding{"payload.missing", false})
	given := patient{token: detached, key: string(made.Public), options: jws.Options{Payload: []byte(payload + "\n")}}
	given.examine(t, "payload with a newline", finding{"payload.rewritten/compact", false})
	indented := strings.Replace(payload, ",", ", ", 1)
	attached := signed[0] + "." + b64(indented) + "." + signed[2]
	patient{token: attached, key: string(made.Public)}.examine(t, "public key, rewritten", finding{"payload.rewritten/compact", true})
}

// TestDoctorTwoCauses has openssl make two mistakes at once.
func TestDoctorTwoCauses(t *testing.T) {
	o := startOpenSSL(t)
	input := b64(headerHS256) + "." + b64(claimsText)
	patient{token: input + "." + hex.EncodeToString([]byte(o.mac("HS256", doctorText+"\n", input))), key: doctorText}.
		examine(t, "newline and hex", finding{"secret.theirs/newline signature.hex", true})
	patient{token: input + "." + b64(o.mac("HS512", doctorText+"\n", input)), key: doctorText}.
		examine(t, "newline and HS512", finding{"secret.theirs/newline alg.other", false})
	sorted := b64(headerHS256) + "." + b64(`{"iat":1735689600,"iss":"https://issuer.example/","n":1.0,"sub":"한글"}`)
	patient{token: input + "." + b64(o.mac("HS256", doctorText+"\n", sorted)), key: doctorText}.
		examine(t, "newline and sorted", finding{"secret.theirs/newline payload.rewritten/sorted", true})
}

// TestDoctorSerialized mends a token in the JSON serialization in its own form.
func TestDoctorSerialized(t *testing.T) {
	o := startOpenSSL(t)
	signature := o.mac("HS256", doctorText, b64(hs256)+"."+b64("{}"))
	text := `{"payload":"` + b64("{}") + `","protected":"` + b64(hs256) + `","header":{"kid":"a"},"signature":"` + hex.EncodeToString([]byte(signature)) + `"}`
	p := patient{token: text, key: doctorText}
	p.examine(t, "hex", finding{"signature.hex", true})
	if m := p.diagnose(jws.DoctorOptions{})[0].Mend; !strings.Contains(m.Token, `"header":{"kid":"a"}`) {
		t.Errorf("the mend loses the unprotected header: %s", m.Token)
	}
}

// TestDoctorIsBounded stops the search by effort and from outside, and asks nothing of what is healthy or not signed.
func TestDoctorIsBounded(t *testing.T) {
	sick := patient{token: hs(t, headerHS256, claimsText, "nobody's secret"), key: doctorText}
	sick.examine(t, "incurable", finding{"", false})
	asked := 0
	sick.diagnose(jws.DoctorOptions{Stop: func() bool { asked++; return false }})
	if asked < 500 {
		t.Errorf("only %d tries", asked)
	}
	for _, most := range []int{1, 7, 300} {
		asked = 0
		sick.diagnose(jws.DoctorOptions{Effort: most, Stop: func() bool { asked++; return false }})
		if asked > most+1 {
			t.Errorf("%d tries, %d were allowed", asked, most)
		}
		asked = 0
		sick.diagnose(jws.DoctorOptions{Stop: func() bool { asked++; return asked > most }})
		if asked > most+1 {
			t.Errorf("asked %d times, told to stop at %d", asked, most)
		}
	}
	for name, p := range map[string]patient{
		"genuine":      {token: rfcToken, key: rfcSecret},
		"unsecured":    {token: b64(`{"alg":"none"}`) + ".e30.", key: doctorText},
		"no key":       {token: rfcToken},
		"no signature": {token: b64(headerHS256) + ".e30.", key: doctorText},
		"no token":     {token: "hello", key: doctorText},
		"no header":    {token: "AAAA.e30.AAAA", key: doctorText},
	} {
		if got := p.diagnose(jws.DoctorOptions{}); got != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
