package jws_test

import (
	"fmt"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

const serialSecret = "a secret of thirty-two bytes, ok"

// member writes the members of one HS256 signature, with a header beside it that nothing signs; either may be empty.
func member(protected, unprotected, payload string) string {
	var all []string
	header := b64(protected)
	if protected != "" {
		all = append(all, `"protected":"`+header+`"`)
	}
	if unprotected != "" {
		all = append(all, `"header":`+unprotected)
	}
	return strings.Join(append(all, `"signature":"`+mac(serialSecret, header+"."+payload)+`"`), ",")
}

func flattened(protected, unprotected string) string {
	return `{"payload":"` + b64("{}") + `",` + member(protected, unprotected, b64("{}")) + `}`
}

func general(signatures ...string) string {
	return `{"payload":"` + b64("{}") + `","signatures":[{` + strings.Join(signatures, "},{") + `}]}`
}

const hs256 = `{"alg":"HS256"}`

// TestSerializations holds each rule that only JSON serializations have to a token that breaks it and is else genuine.
func TestSerializations(t *testing.T) {
	good := member(hs256, "", b64("{}"))
	for name, row := range map[string]struct {
		text   string
		answer check.Answer
		code   string // a reason that is given
	}{
		"flattened":                {flattened(hs256, ""), check.Yes, "signature.fits"},
		"general":                  {general(good), check.Yes, "signature.fits"},
		"unprotected kid":          {flattened(hs256, `{"kid":"a"}`), check.Yes, "signature.fits"},
		"unprotected alg":          {flattened("", hs256), check.Yes, "alg.unprotected"},
		"members nobody knows":     {`{"unprotected":{"crit":1},` + flattened(hs256, "")[1:], check.Yes, "signature.fits"},
		"name in both":             {flattened(hs256, hs256), check.No, "form.header-shared"},
		"escaped name in both":     {flattened(hs256, `{"\u0061lg":"HS256"}`), check.No, "form.header-shared"},
		"header is no object":      {flattened(hs256, `["alg"]`), check.No, "form.header-kind"},
		"header is null":           {flattened(hs256, `null`), check.No, "form.header-kind"},
		"crit unprotected":         {flattened(hs256, `{"crit":["x"],"x":1}`), check.No, "crit.unprotected"},
		"b64 unprotected":          {flattened(hs256, `{"b64":true}`), check.No, "b64.unprotected"},
		"crit names unprotected":   {flattened(`{"alg":"HS256","crit":["x"]}`, `{"x":1}`), check.No, "crit.unknown"},
		"both forms":               {`{` + good + `,` + general(good)[1:], check.No, "form.mixed"},
		"payload twice":            {`{"payload":"AAAA",` + flattened(hs256, "")[1:], check.No, "form.duplicate"},
		"unprotected twice":        {flattened(hs256, `{"kid":"a","kid":"b"}`), check.No, "form.duplicate"},
		"half a character":         {flattened(hs256, `{"kid":"\ud800"}`), check.No, "form.surrogate"},
		"none, unprotected":        {flattened("", `{"alg":"none"}`), check.No, "alg.none"},
		"no payload":               {`{` + member(hs256, "", "") + `}`, check.Unchecked, "signature.detached"},
		"empty payload":            {`{"payload":"",` + member(hs256, "", "") + `}`, check.Yes, "signature.fits"},
		"trailing text":            {flattened(hs256, "") + "x", check.No, "form.errors"},
		"key in the open":          {flattened(hs256, `{"jwk":{"kty":"oct","k":"AAAA"}}`), check.Yes, "embedded.ignored"},
		"signature is no string":   {`{"payload":"e30","protected":"` + b64(hs256) + `","signature":5}`, check.No, "form.errors"},
		"padded protected":         {strings.Replace(flattened(hs256, ""), b64(hs256), b64(hs256)+"=", 1), check.No, "form.errors"},
		"signatures of no object":  {`{"payload":"e30","signatures":[5]}`, check.No, "form.errors"},
		"no signatures in general": {`{"payload":"e30","signatures":[]}`, check.No, "form.errors"},
	} {
		all := token.ParseAll(row.text)
		r := jws.Verify(all[0], key.Read(serialSecret, key.UTF8), jws.Options{})
		if r.Answer != row.answer || !strings.Contains(reasons(r), " "+row.code+";") {
			t.Errorf("%s: %s, want %s by %s: %s\n%s", name, r.Answer, row.answer, row.code, reasons(r), row.text)
		}
	}
}

// TestVerifyAll sums up tokens of several signatures.
func TestVerifyAll(t *testing.T) {
	good := member(hs256, "", b64("{}"))
	bad := member(hs256, "", b64("[]"))
	other := `"protected":"` + b64(`{"alg":"EdDSA"}`) + `","signature":"` + b64(strings.Repeat("x", 64)) + `"`
	plain := member(`{"alg":"HS256","crit":["b64"],"b64":false}`, "", "e30")
	none := `"protected":"` + b64(`{"alg":"none"}`) + `","signature":""`
	for name, row := range map[string]struct {
		text   string
		o      jws.Options
		answer check.Answer
		code   string
	}{
		"all":                  {general(good, good), jws.Options{}, check.Yes, "signatures.all"},
		"one wrong":            {general(good, bad), jws.Options{}, check.No, "signatures.wrong"},
		"one of somebody else": {general(other, good), jws.Options{}, check.Yes, "signatures.some"},
		"one not asked for":    {general(good, other), jws.Options{Alg: "HS256"}, check.Yes, "signatures.some"},
		"none for us":          {general(other, other), jws.Options{}, check.Unchecked, "signatures.none"},
		"one unsigned":         {general(good, none), jws.Options{}, check.No, "signatures.wrong"},
		"two payloads":         {general(good, plain), jws.Options{}, check.No, "signatures.b64"},
		"a hundred":            {general(many(good, 100)...), jws.Options{}, check.Yes, "signatures.all"},
		"more than read":       {general(many(good, 101)...), jws.Options{}, check.Unchecked, "signatures.many"},
		"compact":              {b64(hs256) + ".e30." + mac(serialSecret, b64(hs256)+".e30"), jws.Options{}, check.Yes, "signatures.all"},
	} {
		s := jws.VerifyAll(token.ParseAll(row.text), key.Read(serialSecret, key.UTF8), row.o)
		if s.Answer != row.answer || s.Check.Code != row.code || s.Check.Answer != s.Answer {
			t.Errorf("%s: %s by %s, want %s by %s: %s", name, s.Answer, s.Check.Code, row.answer, row.code, reasons(s.Reports...))
		}
	}
}

func many(s string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = s
	}
	return all
}

// TestDetached gives the payload from outside, encoded and not, in both serializations.
func TestDetached(t *testing.T) {
	raw := `{"alg":"HS256","crit":["b64"],"b64":false}`
	for name, row := range map[string]struct {
		text, payload string
		answer        check.Answer
	}{
		"compact":          {b64(hs256) + ".." + mac(serialSecret, b64(hs256)+"."+b64("$.02")), "$.02", check.Yes},
		"compact, plain":   {b64(raw) + ".." + mac(serialSecret, b64(raw)+".$.02"), "$.02", check.Yes},
		"flattened":        {`{` + member(hs256, "", b64("$.02")) + `}`, "$.02", check.Yes},
		"flattened, plain": {`{` + member(raw, "", "$.02") + `}`, "$.02", check.Yes},
		"attached, plain":  {`{"payload":"$.02",` + member(raw, "", "$.02") + `}`, "", check.Yes},
		"escaped, plain":   {`{"payload":"\u0024.\u00e9",` + member(raw, "", "$.é") + `}`, "", check.Yes},
		"binary":           {`{` + member(raw, "", "\x00\xff.") + `}`, "\x00\xff.", check.Yes},
		"another":          {`{` + member(hs256, "", b64("$.02")) + `}`, "$.03", check.No},
		"given twice":      {flattened(hs256, ""), "{}", check.No},
	} {
		var o jws.Options
		if row.payload != "" {
			o.Payload = []byte(row.payload)
		}
		s := jws.VerifyAll(token.ParseAll(row.text), key.Read(serialSecret, key.UTF8), o)
		if s.Answer != row.answer {
			t.Errorf("%s: %s, want %s: %s", name, s.Answer, row.answer, reasons(s.Reports...))
		}
	}
}

func ExampleVerifyAll() {
	text := `{"payload":"e30","signatures":[{"protected":"eyJhbGciOiJIUzI1NiJ9","signature":"AAAA"}]}`
	s := jws.VerifyAll(token.ParseAll(text), key.Read("a secret of thirty-two bytes, ok", key.UTF8), jws.Options{})
	fmt.Println(s.Answer, s.Check.Code, s.Check.Args)
	// Output: no signatures.wrong [1 1]
}
