package jwe

import (
	"strconv"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// maxTries bounds the keys of one set that are tried for one token; a kid in the token makes it one.
const maxTries = 64

// try opens the token with the keys that may be meant, and adds the checks of key and decryption. What is not sound is
// held against the keys, but not opened.
func (o *opener) try(sound bool) {
	if kid := o.header.get("kid"); kid.Kind() == token.String {
		o.kid = kid.Text()
	}
	fitting, refused := o.candidates()
	switch {
	case len(fitting) == 0:
		o.add(refused)
		o.keyID(-1)
		o.add(unchecked("decryption", "jwe.decryption.no-key", ""))
		return
	case o.tooMany(len(fitting)):
		return
	case !sound:
		o.describeKey(fitting[0], len(fitting))
		o.add(unchecked("decryption", "jwe.decryption.untried", ""))
		return
	}
	c := o.sealed()
	for _, i := range fitting {
		if plain, ok := o.suite.open(o.contentKey(o.keys.Keys[i]), c); ok {
			o.accept(i, plain)
			return
		}
	}
	o.describeKey(fitting[0], len(fitting))
	if len(fitting) == 1 {
		o.keyID(fitting[0])
	}
	o.add(o.failed(fitting))
}

// tooMany refuses to try keys without end, each with its rounds of PBKDF2.
func (o *opener) tooMany(n int) bool {
	switch {
	case n > maxTries:
		o.add(unchecked("key", "jwe.key.many", "RFC 7516 §4.1.6", strconv.Itoa(n), strconv.Itoa(maxTries)))
	case n*o.params.iterations > MaxIterations:
		o.add(unchecked("key", "jwe.key.many-rounds", "RFC 8725 §2.4", strconv.Itoa(n), strconv.Itoa(o.params.iterations), strconv.Itoa(MaxIterations)))
	default:
		return false
	}
	o.add(unchecked("decryption", "jwe.decryption.untried", ""))
	return true
}

// sealed collects what is to be opened, and what its tag protects besides: the characters of the header as they stand
// in the token, and the additional data of a JSON serialization (RFC 7516 §5.2, step 15).
func (o *opener) sealed() sealed {
	t := o.token
	aad := t.Header().Text
	if extra := t.Part(token.PartAAD); extra.Part != "" {
		aad += "." + extra.Text
	}
	return sealed{t.Part(token.PartIV).Bytes, t.Part(token.PartCipher).Bytes, t.Part(token.PartTag).Bytes, []byte(aad)}
}

// candidates returns the keys that may be meant: of a set, the one that kid names; otherwise all that fit. With none, it
// says why.
func (o *opener) candidates() (fitting []int, refused check.Check) {
	named := o.named()
	asked := 0
	for i, k := range o.keys.Keys {
		if named && k.KeyID != o.kid {
			continue
		}
		c, bad := misfit(o.method, o.suite, k, decrypting)
		if !bad {
			c, bad = o.mismatch(k)
		}
		if !bad {
			fitting = append(fitting, i)
			continue
		}
		if asked++; asked == 1 || refused.Code == "jwe.key.type" {
			refused = c // the key that comes nearest explains most
		}
	}
	if asked > 1 && o.keys.Kind != "secret" {
		refused = no("key", "jwe.key.none-fits", "RFC 8725 §3.1", strconv.Itoa(asked), o.method.Name)
	}
	if o.method.mode == passwordBased && o.keys.Kind == "secret" && len(fitting) > 1 && o.keys.Keys[0].Encoding == key.UTF8 {
		fitting = fitting[:1] // a password is its text (RFC 7518 §4.8), and each way to read it costs all rounds again
	}
	return fitting, refused
}

// named reports whether the set has a key of the token's key ID. That one counts then, and no other (RFC 7516 §4.1.6).
func (o *opener) named() bool {
	if o.keys.Kind != "jwks" || o.kid == "" {
		return false
	}
	for _, k := range o.keys.Keys {
		if k.KeyID == o.kid {
			return true
		}
	}
	return false
}

// accept notes the key that opened the token, and what is worth knowing about it.
func (o *opener) accept(i int, plain []byte) {
	o.used = i
	o.describeKey(i, 1)
	o.keyID(i)
	if k := o.keys.Keys[i]; k.Encoding != key.Auto && k.Encoding != key.UTF8 {
		o.add(remark("encoding", "jwe.secret.read-as", "", string(k.Encoding)))
	}
	o.add(yes("decryption", "jwe.decryption.opened", o.suite.Ref, o.suite.Name))
	if o.zip {
		plain = o.inflate(plain)
	}
	if plain == nil {
		plain = []byte{} // empty is not the same as none
	}
	o.plain = plain
}

// describeKey says which key of several was taken.
func (o *opener) describeKey(i, tried int) {
	k := o.keys.Keys[i]
	if o.keys.Kind == "secret" || len(o.keys.Keys) == 1 || tried > 1 {
		o.add(yes("key", "jwe.key.fits", o.method.Ref, o.method.Name, describe(k), strconv.Itoa(tried)))
		return
	}
	o.add(yes("key", "jwe.key.chosen", "RFC 7516 §4.1.6", strconv.Itoa(i+1), strconv.Itoa(len(o.keys.Keys)), describe(k)))
}

// keyID compares the key ID of the token with that of the key; they are a hint, no proof.
func (o *opener) keyID(i int) {
	if o.kid == "" || o.keys.Kind == "secret" {
		return
	}
	const ref = "RFC 7516 §4.1.6"
	switch {
	case i >= 0 && o.keys.Keys[i].KeyID == o.kid, i < 0 && o.named():
		o.add(yes("kid", "jwe.kid.match", ref, clip(o.kid)))
	case o.keys.Kind == "jwks":
		o.add(remark("kid", "jwe.kid.absent", ref, clip(o.kid)))
	case i >= 0 && o.keys.Keys[i].KeyID != "":
		o.add(remark("kid", "jwe.kid.other", ref, clip(o.kid), clip(o.keys.Keys[i].KeyID)))
	}
}

// failed is the one answer to every failure behind the checks above: a wrong key, a changed header, key, vector,
// ciphertext or tag.
func (o *opener) failed(tried []int) check.Check {
	const ref = "RFC 7516 §11.5"
	switch {
	case o.method.mode == passwordBased:
		return no("decryption", "jwe.decryption.password", ref)
	case len(tried) > 1:
		return no("decryption", "jwe.decryption.failed-any", ref, strconv.Itoa(len(tried)))
	}
	return no("decryption", "jwe.decryption.failed", ref)
}
