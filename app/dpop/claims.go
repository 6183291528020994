package dpop

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/claims"
	"jwtlab/app/token"
)

// readClaims reads the claims set. One with a name twice is refused: servers would take different ones (RFC 7519 §4).
func (v *verifier) readClaims() bool {
	json, problems := token.ReadJSON(v.token.Payload().Bytes)
	sound := json.Root().Kind() == token.Object
	for _, p := range problems {
		sound = sound && p.Code == "json.surrogate"
	}
	if !sound {
		v.No("dpop.claims")
	}
	v.claims = json.Root()
	return sound
}

// jti makes the proof one that can be told from others (RFC 9449 §4.2).
func (v *verifier) jti() {
	jti := v.claims.Get("jti")
	if jti.Kind() != token.String || jti.Text() == "" {
		v.No("dpop.jti-missing")
		return
	}
	v.Yes("dpop.jti", clip(jti.Text()))
}

// compare checks a claim that is a string: that it is there if it is needed or something else is asked for, and that it
// is what is asked for. The codes are "dpop.htm" and the like, "dpop.nonce" and the like, "dpop.ath" and the like.
func (v *verifier) compare(claim, want string, needed bool) {
	value := v.claims.Get(claim)
	text, code := value.Text(), "dpop."+claim
	switch {
	case !value.Exists() && !needed && want == "":
	case value.Kind() != token.String:
		v.No(code + "-missing")
	case want == "":
		v.Unchecked(code+"-unasked", clip(text))
	case text != want:
		v.No(code+"-other", clip(text), clip(want))
	default:
		v.Yes(code, clip(text))
	}
}

// uri compares the target URIs as RFC 9449 §4.3 has it: normalised, and without query and fragment.
func (v *verifier) uri() {
	htu := v.claims.Get("htu")
	got, sound := normal(htu.Text())
	want, known := normal(v.expect.URI)
	switch {
	case htu.Kind() != token.String:
		v.No("dpop.htu-missing")
	case !sound:
		v.No("dpop.htu-broken", clip(htu.Text()))
	case v.expect.URI == "":
		v.Unchecked("dpop.htu-unasked", clip(htu.Text()))
	case !known:
		v.Unchecked("dpop.uri-broken", clip(v.expect.URI))
	case got != want:
		v.No("dpop.htu-other", clip(got), clip(want))
	case strings.ContainsAny(htu.Text(), "?#"):
		v.Remark("dpop.htu-query", clip(htu.Text()))
	default:
		v.Yes("dpop.htu", clip(want))
	}
}

func (v *verifier) time() {
	oldest := v.expect.MaxAge
	if oldest <= 0 {
		oldest = maxAge
	}
	iat := claims.ReadTime(v.claims.Get("iat"))
	age := v.expect.Now.Sub(iat.At)
	switch {
	case iat.Code == "missing":
		v.No("dpop.iat-missing")
	case !iat.OK:
		v.No("dpop.iat-type", iat.Raw)
	case age > oldest:
		v.No("dpop.iat-old", seconds(age), seconds(oldest))
	case age < -ahead:
		v.No("dpop.iat-future", seconds(-age), seconds(ahead))
	default:
		v.Yes("dpop.iat", seconds(max(age, 0)), seconds(oldest))
	}
}

// seconds is a span of time as package locale reads it.
func seconds(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }

// nonce compares with the nonce that the server handed out; if it handed out none, what the proof has does not matter
// (RFC 9449 §8).
func (v *verifier) nonce() {
	if nonce := v.claims.Get("nonce"); v.expect.Nonce == "" && nonce.Kind() == token.String {
		v.Remark("dpop.nonce-unasked", clip(nonce.Text()))
		return
	}
	v.compare("nonce", v.expect.Nonce, false)
}

// accessToken compares the hash of the access token, and the thumbprint that stands in it if it is a JWT (RFC 9449 §4.3
// and §6.1).
func (v *verifier) accessToken() {
	if v.expect.AccessToken == "" {
		v.compare("ath", "", false)
		return
	}
	sum := sha256.Sum256([]byte(v.expect.AccessToken))
	v.compare("ath", base64.RawURLEncoding.EncodeToString(sum[:]), false)
	v.confirm()
}

// confirm compares the key with the one that the access token is tied to. Whether that token is genuine is not asked.
func (v *verifier) confirm() {
	jkt := token.Parse(v.expect.AccessToken).Payload().JSON.Root().Get("cnf").Get("jkt")
	switch {
	case !jkt.Exists() || v.thumbprint == "":
	case jkt.Kind() != token.String || jkt.Text() != v.thumbprint:
		v.No("dpop.jkt-other", clip(jkt.Text()), v.thumbprint)
	default:
		v.Yes("dpop.jkt", v.thumbprint)
	}
}
