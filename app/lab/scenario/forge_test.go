package scenario_test

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/lab/wire"
)

const weakSecret = "a-string-secret-at-least-256-bits-long" // of jwt.io's example

// A verifier takes a token, given the service's JWK Set, and returns the subject; empty if it refuses. Those here are weak on
// purpose: each makes the mistake that its forgery is for.
type verifier func(token, jwks string) string

// decodes does not look at the signature at all (RFC 8725 §3.3).
func decodes(token, _ string) string {
	_, claims, _, _ := parts(token)
	return claims.Subject
}

// believesAlg lets the token say how it is to be verified (RFC 8725 §3.1), "none" included.
func believesAlg(token, jwks string) string {
	header, claims, input, signature := parts(token)
	public := publicKey(jwks)
	switch header.Alg {
	case "none":
		return claims.Subject
	case "EdDSA":
		if ed25519.Verify(public, []byte(input), signature) {
			return claims.Subject
		}
	case "HS256":
		if hmac.Equal(mac(input, []byte(weakSecret)), signature) {
			return claims.Subject
		}
		der, _ := x509.MarshalPKIXPublicKey(public)
		text := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
		if hmac.Equal(mac(input, text), signature) {
			return claims.Subject
		}
	}
	return ""
}

// hasWeakSecret is right in all, but for the secret (RFC 8725 §2.2).
func hasWeakSecret(token, _ string) string {
	header, claims, input, signature := parts(token)
	if header.Alg != "HS256" || !hmac.Equal(mac(input, []byte(weakSecret)), signature) {
		return ""
	}
	return claims.Subject
}

// strong takes what the service's key has signed.
func strong(token, jwks string) string {
	header, claims, input, signature := parts(token)
	if header.Alg != "EdDSA" || !ed25519.Verify(publicKey(jwks), []byte(input), signature) {
		return ""
	}
	return claims.Subject
}

func mac(input string, secret []byte) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte(input))
	return m.Sum(nil)
}

func parts(token string) (header struct{ Alg string }, claims struct {
	Subject string `json:"sub"`
}, input string, signature []byte) {
	s := append(strings.Split(token, "."), "", "", "")
	for i, to := range []any{&header, &claims} {
		raw, _ := base64.RawURLEncoding.DecodeString(s[i])
		_ = json.Unmarshal(raw, to)
	}
	signature, _ = base64.RawURLEncoding.DecodeString(s[2])
	return header, claims, s[0] + "." + s[1], signature
}

func publicKey(jwks string) ed25519.PublicKey {
	var set struct{ Keys []struct{ X string } }
	if json.Unmarshal([]byte(jwks), &set) != nil || len(set.Keys) == 0 {
		return make([]byte, ed25519.PublicKeySize)
	}
	x, _ := base64.RawURLEncoding.DecodeString(set.Keys[0].X)
	return x
}

// TestForgeries: the request is in the record, the reason of the verifier in the outcome, and what the service refuses passes
// a verifier that makes the mistake.
func TestForgeries(t *testing.T) {
	for _, c := range []struct {
		setup, attack string
		code, ref     string // the verifier's reason
		accepted      bool
		weak          verifier
	}{
		{"jwt/localstorage", "tamper", "signature.differs", "RFC 7515 §5.2", false, decodes},
		{"jwt/cookie-lax", "tamper", "signature.differs", "RFC 7515 §5.2", false, decodes},
		{"jwt-weak/localstorage", "tamper", "signature.differs-secret", "RFC 7515 §5.2", false, decodes},
		{"jwt/localstorage", "alg-none", "alg.none", "RFC 8725 §3.2", false, believesAlg},
		{"jwt-weak/cookie-lax", "alg-none", "alg.none", "RFC 8725 §3.2", false, believesAlg},
		{"refresh/memory-refresh-cookie", "alg-none", "alg.none", "RFC 8725 §3.2", false, believesAlg},
		{"jwt/localstorage", "key-confusion", "key.type", "RFC 8725 §3.1", false, believesAlg},
		{"jwt/cookie-none+prefix", "key-confusion", "key.type", "RFC 8725 §3.1", false, believesAlg},
		{"refresh/localstorage+rotation", "key-confusion", "key.type", "RFC 8725 §3.1", false, believesAlg},
		{"jwt-weak/localstorage", "weak-secret", "scenario.guessed", "RFC 8725 §2.2", true, hasWeakSecret},
		{"jwt-weak/cookie-strict", "weak-secret", "scenario.guessed", "RFC 8725 §2.2", true, hasWeakSecret},
	} {
		t.Run(c.setup+" "+c.attack, func(t *testing.T) {
			r := play(t, "setup "+c.setup+"\nvisit\nlogin\nattack "+c.attack+"\nexpect applies\n")
			o := r.Steps[2].Outcome
			if o.Accepted != c.accepted || o.Obtained != c.accepted {
				t.Errorf("obtained %t, accepted %t", o.Obtained, o.Accepted)
			}
			if !gives(o, c.code, c.ref) {
				t.Errorf("no %s [%s] in %v", c.code, c.ref, o.Why)
			}
			token, answered := shown(r, o)
			if token == "" || answered == 200 != c.accepted {
				t.Fatalf("the service answered %d to %q", answered, token)
			}
			jwks := keysOf(t, c.setup)
			if got := c.weak(token, jwks); got != "alice" {
				t.Errorf("the weak verifier takes it for %q: %s", got, token)
			}
			if got := strong(token, jwks); got != "" {
				t.Errorf("the strong verifier takes it for %q", got)
			}
			if own := issued(r); c.weak(own, jwks) != "mallory" {
				t.Errorf("and not what the service has issued: %s", own)
			}
		})
	}
}

func gives(o *scenario.Outcome, code, ref string) bool {
	for _, w := range o.Why {
		if w.Code == code && w.Ref == ref {
			return true
		}
	}
	return false
}

// shown is the forged token in the request that the attacker sent with it, and the status of the answer.
func shown(r scenario.Record, o *scenario.Outcome) (token string, status int) {
	for _, m := range r.Messages {
		if m.Kind == wire.Ask && m.From == "attacker" && strings.HasSuffix(m.URL, "/api/me") && slices.Contains(o.Request, m.ID) {
			_, token, _ = strings.Cut(m.Value("Authorization")+m.Value("Cookie"), "ey")
			return "ey" + token, r.Messages[m.ID].Status
		}
	}
	return "", 0
}

// issued is the token that the service gave to mallory.
func issued(r scenario.Record) string {
	for _, m := range r.Messages {
		if m.Kind != wire.Answer || m.To != "attacker" || !strings.HasSuffix(m.URL, "/api/login") {
			continue
		}
		if cookie := m.Value("Set-Cookie"); strings.Contains(cookie, "access=") {
			_, value, _ := strings.Cut(cookie, "=")
			value, _, _ = strings.Cut(value, ";")
			return value
		}
		var body struct {
			Token string `json:"access_token"`
		}
		_ = json.Unmarshal([]byte(m.Body), &body)
		return body.Token
	}
	return ""
}

// keysOf is the JWK Set of a service, as everybody gets it: the same script gives the same keys.
func keysOf(t *testing.T, setup string) string {
	r := play(t, "setup "+setup+"\nvisit https://shop.example/.well-known/jwks.json\nexpect status 200\n")
	for _, m := range r.Messages {
		if m.Kind == wire.Answer && strings.HasSuffix(m.URL, "jwks.json") {
			return m.Body
		}
	}
	return ""
}
