package login

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/key"
)

// Keys are the keys that sign access tokens. A key signs from its "nbf" on until another one's begins, and verifies until
// its "exp", so that keys change without a token being refused: all replicas read one file and change at one moment.
type Keys struct {
	list []signingKey
}

// A signingKey is bound to one algorithm (RFC 8725 §3.1).
type signingKey struct {
	id           string
	method       jwt.SigningMethod
	sign, verify any       // as golang-jwt takes them
	from, until  time.Time // zero: always, forever
	public       string    // its JWK; empty for a secret, which is never published
}

// methods are the algorithms that tokens may be signed with, and the least key that each takes.
var methods = map[string]struct {
	method      jwt.SigningMethod
	kind, curve string
	bits        int
}{
	"EdDSA": {jwt.SigningMethodEdDSA, "OKP", "Ed25519", 0},
	"ES256": {jwt.SigningMethodES256, "EC", "P-256", 0},
	"RS256": {jwt.SigningMethodRS256, "RSA", "", 2048},
	"HS256": {jwt.SigningMethodHS256, "oct", "", 256},
}

// ReadKeys reads a JWK Set of private keys (RFC 7517 §5), each with its "kid", its "alg" (EdDSA, ES256, RS256 or HS256)
// and, where they are to change, with the NumericDates "nbf" and "exp". The error holds nothing of the keys.
func ReadKeys(text string) (Keys, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal([]byte(text), &set); err != nil || len(set.Keys) == 0 {
		return Keys{}, errors.New(`the signing keys are no JWK Set; write {"keys":[…]} (RFC 7517 §5)`)
	}
	var all Keys
	for i, raw := range set.Keys {
		k, err := readKey(string(raw))
		if err != nil {
			return Keys{}, fmt.Errorf("signing key %d: %w", i+1, err)
		}
		if _, twice := all.find(k.id); twice {
			return Keys{}, fmt.Errorf("signing key %d: another key has the kid %q too", i+1, k.id)
		}
		all.list = append(all.list, k)
	}
	return all, nil
}

func readKey(raw string) (signingKey, error) {
	var times struct {
		From  int64 `json:"nbf"`
		Until int64 `json:"exp"`
	}
	r := key.Read(raw, key.Auto)
	if len(r.Keys) != 1 || r.Kind != "jwk" {
		return signingKey{}, errors.New("it is no sound JWK")
	}
	if err := json.Unmarshal([]byte(raw), &times); err != nil {
		return signingKey{}, errors.New("nbf and exp must be whole seconds (NumericDate)")
	}
	k := r.Keys[0]
	m := methods[k.Alg]
	s := signingKey{id: k.KeyID, method: m.method, from: moment(times.From), until: moment(times.Until)}
	switch {
	case s.id == "":
		return signingKey{}, errors.New("it has no kid")
	case s.method == nil:
		return signingKey{}, fmt.Errorf("its alg is %q; use EdDSA, ES256, RS256 or HS256", k.Alg)
	case k.Type != m.kind || k.Curve != m.curve:
		return signingKey{}, fmt.Errorf("it is no key for its alg, %s", k.Alg)
	case !k.Private:
		return signingKey{}, errors.New("it is a public key, which cannot sign")
	case k.Bits < m.bits:
		return signingKey{}, fmt.Errorf("it is shorter than %d bits (RFC 7518 §3)", m.bits)
	case k.Type == "oct":
		s.sign, s.verify = k.Secret, k.Secret
		return s, nil
	}
	s.sign, s.verify = k.Signer, k.Public
	public, _ := k.PublicKey()
	public.Alg, public.Use, public.Ops = k.Alg, "sig", nil
	s.public = public.JWK()
	return s, nil
}

func moment(unix int64) time.Time {
	if unix == 0 {
		return time.Time{}
	}
	return time.Unix(unix, 0)
}

// find returns the key with an id, over or not.
func (k Keys) find(id string) (signingKey, bool) {
	for _, s := range k.list {
		if s.id == id {
			return s, true
		}
	}
	return signingKey{}, false
}

// verifier returns the key with an id if tokens may still be verified with it.
func (k Keys) verifier(id string, now time.Time) (signingKey, bool) {
	s, ok := k.find(id)
	return s, ok && (s.until.IsZero() || now.Before(s.until))
}

// signer returns the key that signs now: of those that have begun and not ended, the one that began last.
func (k Keys) signer(now time.Time) (signingKey, bool) {
	var best signingKey
	for _, s := range k.list {
		begun := !now.Before(s.from) && (s.until.IsZero() || now.Before(s.until))
		if begun && (best.id == "" || s.from.After(best.from)) {
			best = s
		}
	}
	return best, best.id != ""
}

// Active returns the id of the key that signs now, or "".
func (k Keys) Active(now time.Time) string {
	s, _ := k.signer(now)
	return s.id
}

// JWKS returns the public keys as a JWK Set: those that verify now, and those that will sign later, so that others know a
// key before they meet it.
func (k Keys) JWKS(now time.Time) string {
	var public []string
	for _, s := range k.list {
		if _, ok := k.verifier(s.id, now); ok && s.public != "" {
			public = append(public, s.public)
		}
	}
	return `{"keys":[` + strings.Join(public, ",") + `]}`
}
