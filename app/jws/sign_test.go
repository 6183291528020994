package jws_test

import (
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

func TestSignRefuses(t *testing.T) {
	secret := key.Read(strings.Repeat("k", 64), key.UTF8).Keys[0]
	ec := generate(t, "ES256")
	verifyOnly := withJWK(t, ec, `"use":"sig"`, `"key_ops":["verify"]`).Keys[0]
	rows := []struct {
		name, alg, header, payload string
		key                        key.Key
		says                       string
	}{
		{"none", "none", `{"alg":"none"}`, "{}", secret, `"none" cannot be signed with`},
		{"unknown", "SLH-DSA-SHA2-128s", `{"alg":"SLH-DSA-SHA2-128s"}`, "{}", ec, `"SLH-DSA-SHA2-128s" cannot be signed with`},
		{"no key", "HS256", `{"alg":"HS256"}`, "{}", key.Key{}, "not one for HS256"},
		{"another kind", "RS256", `{"alg":"RS256"}`, "{}", secret, "not one for RS256"},
		{"another curve", "ES384", `{"alg":"ES384"}`, "{}", renamed(ec, ""), "key.curve"},
		{"empty secret", "HS256", `{"alg":"HS256"}`, "{}", key.Key{Type: "oct"}, "key.empty"},
		{"text of an SSH public key", "HS256", `{"alg":"HS256"}`, "{}", key.Key{Type: "oct", Secret: []byte(sshText)}, "key.public-text"},
		{"public", "ES256", `{"alg":"ES256"}`, "{}", publicOf(ec), "public"},
		{"key_ops", "ES256", `{"alg":"ES256"}`, "{}", verifyOnly, "key_ops"},
		{"header says another", "HS256", `{"alg":"HS512"}`, "{}", secret, `"HS512"`},
		{"header says nothing", "HS256", `{}`, "{}", secret, "make them agree"},
		{"header is no object", "HS256", `["alg"]`, "{}", secret, "not a JSON object"},
		{"header is broken", "HS256", `{"alg":"HS256"`, "{}", secret, "not sound JSON"},
		{"header has a member twice", "HS256", `{"alg":"HS256","alg":"HS256"}`, "{}", secret, "json.duplicate"},
		{"crit", "HS256", `{"alg":"HS256","crit":["x"],"x":1}`, "{}", secret, "crit.unknown x"},
		{"dot", "HS256", `{"alg":"HS256","crit":["b64"],"b64":false}`, "a.b", secret, "dot"},
	}
	for _, row := range rows {
		text, err := jws.Sign(row.alg, []byte(row.header), []byte(row.payload), row.key, nil)
		if err == nil || text != "" || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %q, %v; want an error that says %q", row.name, text, err, row.says)
		}
	}
}

// TestSignKeepsBytes holds Sign to the header's and the payload's bytes, spaces and all.
func TestSignKeepsBytes(t *testing.T) {
	k := generate(t, "HS256")
	header, payload := " {\r\n\"alg\" : \"HS256\"}", "\x00\xff not JSON"
	text := sign(t, "HS256", header, payload, k)
	if !strings.HasPrefix(text, b64(header)+"."+b64(payload)+".") {
		t.Errorf("other bytes: %s", text)
	}
	text = sign(t, "HS256", `{"alg":"HS256","crit":["b64"],"b64":false}`, "$5 as it is", k)
	if !strings.Contains(text, ".$5 as it is.") {
		t.Errorf("an unencoded payload is encoded: %s", text)
	}
	if r := jws.Verify(token.Parse(text), of(k), jws.Options{}); r.Answer != check.Yes {
		t.Errorf("it does not verify: %s", reasons(r))
	}
}
