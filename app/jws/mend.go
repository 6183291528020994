package jws

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// A cause is what a [Diagnosis] says, before there is a mend to it.
type cause struct {
	code, detail string
	args         []string
	ref          string
	sure         Certainty // empty for Certain
	noMend       string    // why there is none; empty if there may be one
}

// causes are the codes of all causes that the doctor knows.
var causes = []string{
	"secret.read", "secret.theirs", "secret.yours", "secret.double", "secret.encoded", "secret.jwk-text", "secret.assignment",
	"secret.known", "secret.empty", "key.public-text", "key.other", "key.refused",
	"alg.other", "alg.renamed", "alg.case", "alg.option", "alg.curve", "pss.salt",
	"signature.der", "signature.swapped", "signature.little-endian", "signature.padding", "signature.hex", "signature.double",
	"signature.cut", "signature.encoding",
	"input.transport", "input.padded", "input.standard", "input.decoded", "input.plain", "input.no-dot", "input.payload",
	"input.newline", "input.form",
	"payload.rewritten", "header.rewritten", "both.rewritten", "payload.missing",
}

// details are what fills the words of some causes.
var details = []string{
	"newline", "crlf", "quotes", "apostrophes", "blank", "bom", "nul", "escapes", "ends",
	"indented", "compact", "spaced", "sorted", "slashes", "ascii", "plain", "html", "bare", "lf", "order", "typ", "no-typ", "numbers",
}

// noMends are why there is no mend.
var noMends = []string{"signed", "attack", "cut", "payload", "refused"}

// Causes returns the ids of all words that diagnoses need in package locale.
func Causes() []string {
	var all []string
	for _, code := range causes {
		all = append(all, "cause."+code, "fix."+code)
	}
	for _, d := range details {
		all = append(all, "detail."+d)
	}
	for _, n := range noMends {
		all = append(all, "nomend."+n)
	}
	for _, s := range []Certainty{Certain, Likely, Attack} {
		all = append(all, "sure."+string(s))
	}
	return all
}

// report adds a diagnosis. A mend that does not make the token genuine is none.
func (d *doctor) report(c cause, m *Mend) {
	out := Diagnosis{Code: c.code, Detail: c.detail, Args: c.args, Ref: c.ref, Sure: c.sure, NoMend: c.noMend}
	if out.Sure == "" {
		out.Sure = Certain
	}
	if out.NoMend == "" {
		if m != nil && d.proves(*m) {
			out.Mend = m
		} else {
			out.NoMend = "signed"
		}
	}
	d.found = append(d.found, out)
}

// together reports causes that hold together, with one mend for all of them if none forbids it.
func (d *doctor) together(m *Mend, all ...cause) bool {
	for _, c := range all {
		if c.noMend != "" {
			m = nil
		}
	}
	for _, c := range all {
		if c.code != "" {
			d.report(c, m)
		}
	}
	return len(d.found) > 0
}

// proves reports whether a mend makes the token genuine.
func (d *doctor) proves(m Mend) bool {
	t, keys, o := d.token, d.keys, d.options.Options
	if m.Token != "" {
		t = token.Parse(m.Token)
	}
	switch {
	case m.Key != "":
		keys = key.Read(m.Key, m.Encoding)
	case m.Encoding != key.Auto:
		keys = key.Read(d.text, m.Encoding)
	}
	if m.Alg != "" {
		o.Alg = m.Alg
	}
	return t.OK() && Verify(t, keys, o).Answer == check.Yes
}

// write puts a token together from its encoded header and payload and from its signature, in the serialization that it
// has.
func (d *doctor) write(header, payload string, signature []byte) string {
	text := base64.RawURLEncoding.EncodeToString(signature)
	if d.options.Payload != nil {
		payload = ""
	}
	if d.token.Form != token.JSONJWS {
		return header + "." + payload + "." + text
	}
	var members []string
	add := func(name, value string) { members = append(members, quote(name)+":"+value) }
	if d.options.Payload == nil {
		add("payload", quote(payload))
	}
	if header != "" {
		add("protected", quote(header))
	}
	if beside := d.token.Part(token.PartUnprotected); beside.Part != "" {
		add("header", beside.Text)
	}
	add("signature", quote(text))
	return "{" + strings.Join(members, ",") + "}"
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""` // never: every string has a JSON form
	}
	return string(b)
}

// withSignature is the token with other bytes for its signature.
func (d *doctor) withSignature(signature []byte) string {
	return d.write(d.token.Header().Text, d.token.Payload().Text, signature)
}

// secretMend is a key text that gives exactly these bytes: the text itself if it can be seen as one, else base64url.
func secretMend(secret []byte) (text string, as key.Encoding) {
	if utf8.Valid(secret) {
		r := key.Read(string(secret), key.UTF8)
		if len(r.Keys) == 1 && string(r.Keys[0].Secret) == string(secret) {
			return string(secret), key.UTF8
		}
	}
	return base64.RawURLEncoding.EncodeToString(secret), key.Base64URL
}
