package jws

import (
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// embedded shows the keys that the token brings along or points to. None is ever used to call it genuine, and nothing is
// fetched (RFC 8725 §3.10); but that the token vouches for itself is worth knowing when no key of ours verifies it.
func (v *verifier) embedded(tryable, verified bool) {
	for _, name := range []string{"jwk", "x5c"} {
		k, ok := v.brought(name)
		if !v.header.get(name).Exists() {
			continue
		}
		if ok && tryable && !verified && v.vouches(k) {
			v.selfVouched = true
			v.add(unchecked("embedded", "embedded.vouches", "RFC 8725 §3.10", name))
			continue
		}
		v.add(remark("embedded", "embedded.ignored", "RFC 8725 §3.10", name))
	}
	for _, name := range []string{"jku", "x5u"} {
		if u := v.header.get(name); u.Exists() {
			v.add(remark("embedded", "embedded.fetch", "RFC 8725 §3.10", name, clip(u.Text())))
		}
	}
}

// brought reads the key in the header: a JWK, or the first certificate of a chain (RFC 7515 §4.1.3 and §4.1.6).
func (v *verifier) brought(name string) (key.Key, bool) {
	value := v.header.get(name)
	text := value.Raw()
	if name == "x5c" {
		text = ""
		for item := range value.Items() {
			if item.Kind() == token.String {
				text = "-----BEGIN CERTIFICATE-----\n" + item.Text() + "\n-----END CERTIFICATE-----\n"
			}
			break
		}
	}
	r := key.Read(text, key.Auto)
	if len(r.Keys) == 0 || r.Kind != "jwk" && r.Kind != "pem" {
		return key.Key{}, false
	}
	return r.Keys[0], true
}

// vouches reports whether a key that the token brings verifies it.
func (v *verifier) vouches(k key.Key) bool {
	if _, bad := misfit(v.method.Algorithm, k); bad {
		return false
	}
	input, ok := v.signingInput()
	return ok && verifies(v.method, input, v.token.Signature().Bytes, k)
}
