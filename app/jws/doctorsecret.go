package jws

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"jwtlab/app/key"
)

// A secretOffer is bytes that may be the secret of the issuer.
type secretOffer struct {
	cause
	secret []byte
	mend   Mend // zero for one that gives the bytes
}

// secretOffers lists what the issuer may have taken for the secret, when this is the text that was handed around.
func (d *doctor) secretOffers() []secretOffer {
	var all []secretOffer
	if d.keys.Kind == "secret" {
		all = append(all, d.reread()...)
		all = append(all, theirs(d.text)...)
		all = append(all, yours(d.text)...)
		all = append(all, encodings(d.text)...)
	}
	for _, k := range d.keys.Keys {
		if k.Type != "oct" {
			continue
		}
		text := string(k.Secret)
		if d.keys.Kind != "secret" {
			all = append(all, offer("secret.jwk-text", "", base64.RawURLEncoding.EncodeToString(k.Secret)))
			all = append(all, theirs(text)...)
			all = append(all, yours(text)...)
		}
		for _, inner := range decoded(text) {
			all = append(all, secretOffer{cause: cause{code: "secret.double", args: []string{string(inner.as)}, ref: "RFC 7518 §6.4.1"}, secret: inner.secret})
		}
	}
	return all
}

func offer(code, detail, secret string, args ...string) secretOffer {
	return secretOffer{cause: cause{code: code, detail: detail, args: args, ref: "RFC 7518 §3.2"}, secret: []byte(secret)}
}

// reread reads the text of the secret in every encoding, where only one was asked for.
func (d *doctor) reread() []secretOffer {
	if d.options.Encoding == key.Auto {
		return nil
	}
	all := []secretOffer{{cause{code: "secret.read", args: []string{string(key.UTF8)}}, []byte(d.text), Mend{Encoding: key.UTF8}}}
	for _, one := range decoded(d.text) {
		all = append(all, secretOffer{cause{code: "secret.read", args: []string{string(one.as)}}, one.secret, Mend{Encoding: one.as}})
	}
	return all
}

type reading struct {
	as     key.Encoding
	secret []byte
}

// decoded reads a text in every encoding that fits it.
func decoded(text string) []reading {
	var all []reading
	for _, as := range []key.Encoding{key.Base64URL, key.Base64, key.Hex} {
		if r := key.Read(text, as); len(r.Keys) == 1 && r.Kind == "secret" && len(r.Keys[0].Secret) > 0 {
			all = append(all, reading{as, r.Keys[0].Secret})
		}
	}
	return all
}

// theirs adds what a secret picks up on its way to the issuer.
func theirs(text string) []secretOffer {
	return []secretOffer{
		offer("secret.theirs", "newline", text+"\n"),
		offer("secret.theirs", "crlf", text+"\r\n"),
		offer("secret.theirs", "quotes", `"`+text+`"`),
		offer("secret.theirs", "apostrophes", "'"+text+"'"),
		offer("secret.theirs", "blank", text+" "),
		offer("secret.theirs", "blank", " "+text),
		offer("secret.theirs", "bom", "\ufeff"+text),
		offer("secret.theirs", "nul", text+"\x00"),
		offer("secret.theirs", "escapes", text+`\n`),
		offer("secret.theirs", "escapes", strings.ReplaceAll(text, "\n", `\n`)),
	}
}

// yours takes away what a secret picks up on its way here. What is left may have to be decoded.
func yours(text string) []secretOffer {
	var all []secretOffer
	add := func(code, detail, left string) {
		if left == text || left == "" {
			return
		}
		all = append(all, offer(code, detail, left))
		for _, one := range decoded(left) {
			o := offer(code, detail, string(one.secret))
			o.mend = Mend{Key: left, Encoding: one.as}
			all = append(all, o)
		}
	}
	bare := strings.TrimSpace(strings.Trim(text, "\ufeff\x00"))
	add("secret.yours", "newline", strings.TrimRight(text, "\r\n"))
	add("secret.yours", "blank", strings.TrimSpace(text))
	add("secret.yours", "bom", strings.TrimPrefix(text, "\ufeff"))
	add("secret.yours", "nul", strings.Trim(text, "\x00"))
	add("secret.yours", "escapes", strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\t`, "\t", `\"`, `"`, `\\`, `\`).Replace(text))
	for _, quote := range []struct{ detail, mark string }{{"quotes", `"`}, {"apostrophes", "'"}} {
		if inner, ok := unquoted(bare, quote.mark); ok {
			add("secret.yours", quote.detail, inner)
		}
	}
	add("secret.yours", "ends", strings.Trim(bare, "\"'` \t\r\n"))
	if _, value, ok := assignment(bare); ok {
		add("secret.assignment", "", value)
	}
	return all
}

func unquoted(text, mark string) (string, bool) {
	if len(text) < 2 || !strings.HasPrefix(text, mark) || !strings.HasSuffix(text, mark) {
		return "", false
	}
	return text[1 : len(text)-1], true
}

// assignment reads a line as it stands in a file of settings: NAME=value, export NAME="value", name: value.
func assignment(line string) (name, value string, ok bool) {
	at := strings.IndexAny(line, "=:")
	if at < 1 {
		return "", "", false
	}
	name = strings.TrimSpace(strings.TrimPrefix(line[:at], "export "))
	value = strings.Trim(strings.TrimSpace(line[at+1:]), `"'`)
	return name, value, name != "" && value != "" && !strings.ContainsAny(name, " \t")
}

// encodings lists the texts that stand for the secret, one of which the issuer may have taken for the secret itself.
func encodings(text string) []secretOffer {
	b := []byte(text)
	return []secretOffer{
		offer("secret.encoded", "", base64.StdEncoding.EncodeToString(b), string(key.Base64)),
		offer("secret.encoded", "", base64.RawStdEncoding.EncodeToString(b), string(key.Base64)),
		offer("secret.encoded", "", base64.URLEncoding.EncodeToString(b), string(key.Base64URL)),
		offer("secret.encoded", "", base64.RawURLEncoding.EncodeToString(b), string(key.Base64URL)),
		offer("secret.encoded", "", base64.StdEncoding.EncodeToString([]byte(text+"\n")), string(key.Base64)),
		offer("secret.encoded", "", hex.EncodeToString(b), string(key.Hex)),
		offer("secret.encoded", "", strings.ToUpper(hex.EncodeToString(b)), string(key.Hex)),
	}
}

// mended is the mend that puts the secret in place.
func (o secretOffer) mended() Mend {
	if o.mend != (Mend{}) {
		return o.mend
	}
	text, as := secretMend(o.secret)
	return Mend{Key: text, Encoding: as}
}

// mac computes a MAC once and looks for it among the readings of the signature.
func (d *doctor) mac(m method, input string, secret []byte) (signatureOffer, bool) {
	if m.Type != "oct" || len(secret) == 0 || !d.spend(1, input) {
		return signatureOffer{}, false
	}
	whole, err := m.code.Sign(input, secret)
	for _, o := range d.offers {
		if err == nil && string(whole) == string(o.bytes) {
			return o, true
		}
	}
	return signatureOffer{}, false
}

// secrets tries what else the secret may be.
func (d *doctor) secrets() bool {
	m, ok := lookup(d.claimed)
	if !ok || m.Type != "oct" {
		return false
	}
	for _, s := range d.secretOffers() {
		if got, ok := d.mac(m, d.input, s.secret); ok {
			mend := s.mended()
			if got.code != "" {
				mend.Token = d.withSignature(got.bytes)
			}
			return d.together(&mend, s.cause, got.cause)
		}
	}
	return false
}

// knownSecrets stand in documentation and on the pages of other tools, so that everybody has them.
var knownSecrets = []string{
	"your-256-bit-secret", "your-384-bit-secret", "your-512-bit-secret", "a-string-secret-at-least-256-bits-long",
	"a-valid-string-secret-that-is-at-least-384-bits-long", "secret", "changeme", "password", "your_jwt_secret", "shhhhh",
}

// known tries the secrets that are no secret. Whoever finds a token signed with one can sign any.
func (d *doctor) known() bool {
	m, ok := lookup(d.claimed)
	if !ok || m.Type != "oct" {
		return false
	}
	for _, secret := range append([]string{""}, knownSecrets...) {
		if !d.spend(1, d.input) {
			return false
		}
		whole, err := m.code.Sign(d.input, []byte(secret))
		if err != nil || string(whole) != string(d.token.Signature().Bytes) {
			continue
		}
		c := cause{code: "secret.known", args: []string{secret}, ref: "RFC 8725 §3.5", sure: Attack, noMend: "attack"}
		if secret == "" {
			c.code, c.args = "secret.empty", nil
		}
		return d.together(nil, c)
	}
	return false
}

// confusion tries the texts of public keys as an HMAC secret: that is how a verifier is attacked that lets the token
// choose the algorithm (RFC 8725 §2.1).
func (d *doctor) confusion() bool {
	m, ok := lookup(d.claimed)
	if !ok || m.Type != "oct" {
		return false
	}
	for _, text := range d.publicTexts() {
		if _, ok := d.mac(m, d.input, []byte(text)); ok {
			return d.together(nil, cause{code: "key.public-text", args: []string{m.Name}, ref: "RFC 8725 §2.1", sure: Attack, noMend: "attack"})
		}
	}
	return false
}

// publicTexts lists the ways to write the public keys that are here, none of which is a secret.
func (d *doctor) publicTexts() []string {
	var all []string
	add := func(text string) {
		bare := strings.TrimSpace(text)
		all = append(all, text, bare, bare+"\n", strings.ReplaceAll(bare, "\n", "\r\n"), strings.ReplaceAll(bare, "\n", "\r\n")+"\r\n",
			strings.ReplaceAll(bare, "\n", ""))
	}
	for _, k := range d.keys.Keys {
		public, ok := k.PublicKey()
		if !ok {
			public, ok = publicInSecret(k)
		}
		if !ok {
			continue
		}
		if pem, err := public.PEM(); err == nil {
			add(pem)
			lines := strings.Split(strings.TrimSpace(pem), "\n")
			body := strings.Join(lines[1:len(lines)-1], "")
			der, _ := base64.StdEncoding.DecodeString(body)
			all = append(all, body, string(der))
		}
		all = append(all, public.JWK())
	}
	if len(all) > 0 {
		add(d.text)
	}
	return all
}

// publicInSecret reads a secret that is the text of a public key.
func publicInSecret(k key.Key) (key.Key, bool) {
	if len(k.Secret) == 0 || !looksLikeKey(k.Secret) {
		return key.Key{}, false
	}
	for _, inner := range key.Read(string(k.Secret), key.UTF8).Keys {
		if public, ok := inner.PublicKey(); ok {
			return public, true
		}
	}
	return key.Key{}, false
}
