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

func (v *verifier) method() {
	htm := v.claims.Get("htm")
	switch {
	case htm.Kind() != token.String:
		v.No("dpop.htm-missing")
	case v.expect.Method == "":
		v.Unchecked("dpop.htm-unasked", clip(htm.Text()))
	case htm.Text() != v.expect.Method:
		v.No("dpop.htm-other", clip(htm.Text()), clip(v.expect.Method))
	default:
		v.Yes("dpop.htm", v.expect.Method)
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

// nonce compares with the nonce that the server handed out; if it handed out none, what the proof has does not matter.
func (v *verifier) nonce() {
	nonce := v.claims.Get("nonce")
	switch {
	case nonce.Exists() && nonce.Kind() != token.String:
		v.No("dpop.nonce-type")
	case v.expect.Nonce == "" && nonce.Exists():
		v.Remark("dpop.nonce-unasked", clip(nonce.Text()))
	case v.expect.Nonce == "":
	case !nonce.Exists():
		v.No("dpop.nonce-missing")
	case nonce.Text() != v.expect.Nonce:
		v.No("dpop.nonce-other", clip(nonce.Text()))
	default:
		v.Yes("dpop.nonce")
	}
}

// accessToken compares the hash of the access token, and the thumbprint that stands in it if it is a JWT (RFC 9449 §4.3
// and §6.1).
func (v *verifier) accessToken() {
	ath := v.claims.Get("ath")
	sum := sha256.Sum256([]byte(v.expect.AccessToken))
	switch {
	case ath.Exists() && ath.Kind() != token.String:
		v.No("dpop.ath-type")
	case v.expect.AccessToken == "" && ath.Exists():
		v.Unchecked("dpop.ath-unasked")
	case v.expect.AccessToken == "":
		return
	case !ath.Exists():
		v.No("dpop.ath-missing")
	case ath.Text() != base64.RawURLEncoding.EncodeToString(sum[:]):
		v.No("dpop.ath-other")
	default:
		v.Yes("dpop.ath")
	}
	v.confirm()
}

// confirm compares the key with the one that the access token is tied to. Whether that token is genuine is not asked.
func (v *verifier) confirm() {
	jkt := token.Parse(v.expect.AccessToken).Payload().JSON.Root().Get("cnf").Get("jkt")
	switch {
	case v.expect.AccessToken == "" || !jkt.Exists() || v.thumbprint == "":
	case jkt.Kind() != token.String || jkt.Text() != v.thumbprint:
		v.No("dpop.jkt-other", clip(jkt.Text()), v.thumbprint)
	default:
		v.Yes("dpop.jkt", v.thumbprint)
	}
}
