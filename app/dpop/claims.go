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
		v.add(no("dpop-claims", "dpop.claims", "RFC 7519 §7.2"))
	}
	v.claims = json.Root()
	return sound
}

// jti makes the proof one that can be told from others (RFC 9449 §4.2).
func (v *verifier) jti() {
	jti := v.claims.Get("jti")
	if jti.Kind() != token.String || jti.Text() == "" {
		v.add(no("dpop-jti", "dpop.jti-missing", "RFC 9449 §4.2"))
		return
	}
	v.add(yes("dpop-jti", "dpop.jti", "RFC 9449 §11.1", clip(jti.Text())))
}

func (v *verifier) method() {
	const name, ref = "dpop-method", "RFC 9449 §4.3"
	htm := v.claims.Get("htm")
	switch {
	case htm.Kind() != token.String:
		v.add(no(name, "dpop.htm-missing", "RFC 9449 §4.2"))
	case v.expect.Method == "":
		v.add(unchecked(name, "dpop.htm-unasked", ref, clip(htm.Text())))
	case htm.Text() != v.expect.Method:
		v.add(no(name, "dpop.htm-other", ref, clip(htm.Text()), clip(v.expect.Method)))
	default:
		v.add(yes(name, "dpop.htm", ref, v.expect.Method))
	}
}

// uri compares the target URIs as RFC 9449 §4.3 has it: normalised, and without query and fragment.
func (v *verifier) uri() {
	const name, ref = "dpop-uri", "RFC 9449 §4.3"
	htu := v.claims.Get("htu")
	got, sound := normal(htu.Text())
	want, known := normal(v.expect.URI)
	switch {
	case htu.Kind() != token.String:
		v.add(no(name, "dpop.htu-missing", "RFC 9449 §4.2"))
	case !sound:
		v.add(no(name, "dpop.htu-broken", "RFC 3986 §3", clip(htu.Text())))
	case v.expect.URI == "":
		v.add(unchecked(name, "dpop.htu-unasked", ref, clip(htu.Text())))
	case !known:
		v.add(unchecked(name, "dpop.uri-broken", "RFC 3986 §3", clip(v.expect.URI)))
	case got != want:
		v.add(no(name, "dpop.htu-other", ref, clip(got), clip(want)))
	case strings.ContainsAny(htu.Text(), "?#"):
		v.add(remark(name, "dpop.htu-query", "RFC 9449 §4.2", clip(htu.Text())))
	default:
		v.add(yes(name, "dpop.htu", ref, clip(want)))
	}
}

func (v *verifier) time() {
	const name, ref = "dpop-iat", "RFC 9449 §4.3"
	oldest := v.expect.MaxAge
	if oldest <= 0 {
		oldest = maxAge
	}
	iat := claims.ReadTime(v.claims.Get("iat"))
	age := v.expect.Now.Sub(iat.At)
	switch {
	case iat.Code == "missing":
		v.add(no(name, "dpop.iat-missing", "RFC 9449 §4.2"))
	case !iat.OK:
		v.add(no(name, "dpop.iat-type", "RFC 7519 §2", iat.Raw))
	case age > oldest:
		v.add(no(name, "dpop.iat-old", ref, seconds(age), seconds(oldest)))
	case age < -ahead:
		v.add(no(name, "dpop.iat-future", ref, seconds(-age), seconds(ahead)))
	default:
		v.add(yes(name, "dpop.iat", ref, seconds(max(age, 0)), seconds(oldest)))
	}
}

// seconds is a span of time as package locale reads it.
func seconds(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }

// nonce compares with the nonce that the server handed out; if it handed out none, what the proof has does not matter.
func (v *verifier) nonce() {
	const name, ref = "dpop-nonce", "RFC 9449 §8"
	nonce := v.claims.Get("nonce")
	switch {
	case nonce.Exists() && nonce.Kind() != token.String:
		v.add(no(name, "dpop.nonce-type", ref))
	case v.expect.Nonce == "" && nonce.Exists():
		v.add(remark(name, "dpop.nonce-unasked", ref, clip(nonce.Text())))
	case v.expect.Nonce == "":
	case !nonce.Exists():
		v.add(no(name, "dpop.nonce-missing", ref))
	case nonce.Text() != v.expect.Nonce:
		v.add(no(name, "dpop.nonce-other", ref, clip(nonce.Text())))
	default:
		v.add(yes(name, "dpop.nonce", ref))
	}
}

// accessToken compares the hash of the access token, and the thumbprint that stands in it if it is a JWT (RFC 9449 §4.3
// and §6.1).
func (v *verifier) accessToken() {
	const name, ref = "dpop-ath", "RFC 9449 §4.3"
	ath := v.claims.Get("ath")
	sum := sha256.Sum256([]byte(v.expect.AccessToken))
	switch {
	case ath.Exists() && ath.Kind() != token.String:
		v.add(no(name, "dpop.ath-type", "RFC 9449 §4.2"))
	case v.expect.AccessToken == "" && ath.Exists():
		v.add(unchecked(name, "dpop.ath-unasked", ref))
	case v.expect.AccessToken == "":
		return
	case !ath.Exists():
		v.add(no(name, "dpop.ath-missing", "RFC 9449 §4.2"))
	case ath.Text() != base64.RawURLEncoding.EncodeToString(sum[:]):
		v.add(no(name, "dpop.ath-other", ref))
	default:
		v.add(yes(name, "dpop.ath", ref))
	}
	v.confirm()
}

// confirm compares the key with the one that the access token is tied to. Whether that token is genuine is not asked.
func (v *verifier) confirm() {
	const name, ref = "dpop-jkt", "RFC 9449 §6.1"
	jkt := token.Parse(v.expect.AccessToken).Payload().JSON.Root().Get("cnf").Get("jkt")
	switch {
	case v.expect.AccessToken == "" || !jkt.Exists() || v.thumbprint == "":
	case jkt.Kind() != token.String || jkt.Text() != v.thumbprint:
		v.add(no(name, "dpop.jkt-other", ref, clip(jkt.Text()), v.thumbprint))
	default:
		v.add(yes(name, "dpop.jkt", ref, v.thumbprint))
	}
}
