package jws

import (
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// maxTries bounds the keys of one set that are tried for one token; a kid in the token makes it one.
const maxTries = 64

// try verifies with the keys that may be meant, and adds the checks of key and signature. It reports whether one fits.
func (v *verifier) try() bool {
	if kid := v.header.get("kid"); kid.Kind() == token.String {
		v.kid = kid.Text()
	}
	fitting, refused := v.candidates()
	if len(fitting) == 0 {
		v.add(refused)
		v.keyID(-1)
		v.add(unchecked("signature", "signature.untried", ""))
		return false
	}
	if v.options.Payload == nil && noPayload(v.token) {
		v.describeKey(fitting[0], len(fitting))
		v.add(unchecked("signature", "signature.detached", "RFC 7515 appendix F"))
		return false
	}
	input, ok := v.signingInput()
	if !ok {
		v.add(no("signature", "payload.twice", "RFC 7515 appendix F"))
		return false
	}
	if len(fitting) > maxTries {
		v.add(unchecked("key", "key.many", "RFC 7515 §4.1.4", strconv.Itoa(len(fitting)), strconv.Itoa(maxTries)))
		v.add(unchecked("signature", "signature.untried", ""))
		return false
	}
	signature := v.token.Signature().Bytes
	for _, i := range fitting {
		if verifies(v.method, input, signature, v.keys.Keys[i]) {
			v.accept(i)
			return true
		}
	}
	v.describeKey(fitting[0], len(fitting))
	if len(fitting) == 1 {
		v.keyID(fitting[0])
	}
	v.add(v.diagnose(input, signature, fitting))
	return false
}

// verifies is the one place where a signature is held against a key.
func verifies(m method, input string, signature []byte, k key.Key) bool {
	material := k.Public
	if m.Type == "oct" {
		material = k.Secret
	}
	return m.code.Verify(input, signature, material) == nil
}

// candidates returns the keys that may have signed the token: of a set, the one that kid names; otherwise all that fit
// the algorithm. With none, it says why.
func (v *verifier) candidates() (fitting []int, refused check.Check) {
	named := v.named()
	asked := 0
	for i, k := range v.keys.Keys {
		if named && k.KeyID != v.kid {
			continue
		}
		c, bad := v.misfit(k)
		if !bad {
			fitting = append(fitting, i)
			continue
		}
		if asked++; asked == 1 || k.Type == v.method.Type && refused.Code == "key.type" {
			refused = c // the key that comes nearest explains most
		}
	}
	if asked > 1 && v.keys.Kind != "secret" {
		refused = no("key", "key.none-fits", refKeyType, strconv.Itoa(asked), v.method.Name)
	}
	return fitting, refused
}

// misfit is that of the algorithm, but takes the text of an SSH public key as a secret if the verifier is set to the
// algorithm: then the token has no say in it, and there is no confusion (RFC 8725 §3.1). It is remarked on. The texts that
// most verifiers read as public keys are refused even then.
func (v *verifier) misfit(k key.Key) (check.Check, bool) {
	c, bad := misfit(v.method.Algorithm, k)
	if c.Code == "key.public-text" && v.options.Alg != "" && isSSH(k.Secret) {
		return check.Check{}, false
	}
	return c, bad
}

// named reports whether the set has a key of the token's key ID. That one counts then, and no other (RFC 7515 §4.1.4).
func (v *verifier) named() bool {
	if v.keys.Kind != "jwks" || v.kid == "" {
		return false
	}
	for _, k := range v.keys.Keys {
		if k.KeyID == v.kid {
			return true
		}
	}
	return false
}

// accept notes the key that verified, and what is worth knowing about it.
func (v *verifier) accept(i int) {
	v.used = i
	k := v.keys.Keys[i]
	v.describeKey(i, 1)
	v.keyID(i)
	switch {
	case k.Type != "oct":
		if k.Private {
			v.add(remark("private", "private.verifies", "RFC 7517 §9.2"))
		}
	default:
		if least := v.method.MinBits; k.Bits < least {
			v.add(remark("secret", "secret.short", v.method.Ref, strconv.Itoa(k.Bits), strconv.Itoa(least), v.method.Name))
		}
		if isSSH(k.Secret) {
			v.add(remark("secret", "secret.ssh-text", "RFC 8725 §2.1"))
		}
		if k.Encoding != key.Auto && k.Encoding != key.UTF8 {
			v.add(remark("encoding", "secret.read-as", "", string(k.Encoding)))
		}
	}
	v.add(yes("signature", "signature.fits", v.method.Ref, v.method.Name))
}

// describeKey says which key of several was taken.
func (v *verifier) describeKey(i, tried int) {
	k := v.keys.Keys[i]
	switch {
	case v.keys.Kind == "secret", len(v.keys.Keys) == 1, tried > 1:
		v.add(yes("key", "key.fits", v.method.Ref, v.method.Name, describe(k), strconv.Itoa(tried)))
	default:
		v.add(yes("key", "key.chosen", "RFC 7515 §4.1.4", strconv.Itoa(i+1), strconv.Itoa(len(v.keys.Keys)), describe(k), clip(k.KeyID)))
	}
}

// keyID compares the key ID of the token with that of the key; they are a hint, no proof (RFC 7515 §4.1.4).
func (v *verifier) keyID(i int) {
	if v.kid == "" || v.keys.Kind == "secret" {
		return
	}
	switch {
	case i >= 0 && v.keys.Keys[i].KeyID == v.kid, i < 0 && v.named():
		v.add(yes("kid", "kid.match", "RFC 7515 §4.1.4", clip(v.kid)))
	case v.keys.Kind == "jwks":
		v.add(remark("kid", "kid.absent", "RFC 7515 §4.1.4", clip(v.kid)))
	case i >= 0 && v.keys.Keys[i].KeyID != "":
		v.add(remark("kid", "kid.other", "RFC 7515 §4.1.4", clip(v.kid), clip(v.keys.Keys[i].KeyID)))
	}
}

// readings lists the ways in which the text of a secret was read.
func (v *verifier) readings(tried []int) string {
	var ways []string
	for _, i := range tried {
		ways = append(ways, string(v.keys.Keys[i].Encoding))
	}
	return strings.Join(ways, ", ")
}
