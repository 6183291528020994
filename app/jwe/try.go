package jwe

import (
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
	fitting, code, args := o.candidates()
	switch {
	case len(fitting) == 0:
		o.No(code, args...)
		o.keyID(-1)
		o.Unchecked("jwe.decryption.no-key")
		return
	case o.tooMany(len(fitting)):
		return
	case !sound:
		o.describeKey(fitting[0], len(fitting))
		o.Unchecked("jwe.decryption.untried")
		return
	}
	c := o.sealed()
	for _, i := range fitting {
		if plain, ok := o.suite.open(o.contentKey(&o.keys.Keys[i]), c); ok {
			o.accept(i, plain)
			return
		}
	}
	o.describeKey(fitting[0], len(fitting))
	if len(fitting) == 1 {
		o.keyID(fitting[0])
	}
	o.failed(len(fitting))
}

// tooMany refuses to try keys without end, each with its rounds of PBKDF2.
func (o *opener) tooMany(n int) bool {
	switch {
	case n > maxTries:
		o.Unchecked("jwe.key.many", itoa(n), itoa(maxTries))
	case n*o.params.iterations > MaxIterations:
		o.Unchecked("jwe.key.many-rounds", itoa(n), itoa(o.params.iterations), itoa(MaxIterations))
	default:
		return false
	}
	o.Unchecked("jwe.decryption.untried")
	return true
}

// sealed collects what is to be opened, and what its tag protects besides: the characters of the header as they stand
// in the token, and the additional data of a JSON serialization (RFC 7516 §5.2, step 15).
func (o *opener) sealed() sealed {
	aad := o.token.Header().Text
	if extra := o.part(token.PartAAD); extra.Part != "" {
		aad += "." + extra.Text
	}
	return sealed{o.part(token.PartIV).Bytes, o.part(token.PartCipher).Bytes, o.part(token.PartTag).Bytes, []byte(aad)}
}

// candidates returns the keys that may be meant: of a set, the one that kid names; otherwise all that fit. With none, it
// says why.
func (o *opener) candidates() (fitting []int, code string, args []string) {
	named := o.named()
	asked := 0
	for i := range o.keys.Keys {
		k := &o.keys.Keys[i]
		if named && k.KeyID != o.kid {
			continue
		}
		why, about := misfit(o.method, o.suite, k, decrypting)
		if why == "" {
			why, about = o.mismatch(k)
		}
		if why == "" {
			fitting = append(fitting, i)
			continue
		}
		if asked++; asked == 1 || code == "jwe.key.type" {
			code, args = why, about // the key that comes nearest explains most
		}
	}
	if asked > 1 && o.keys.Kind != "secret" {
		code, args = "jwe.key.none-fits", []string{itoa(asked), o.method.Name}
	}
	if o.method.mode == passwordBased && o.keys.Kind == "secret" && len(fitting) > 1 && o.keys.Keys[0].Encoding == key.UTF8 {
		fitting = fitting[:1] // a password is its text (RFC 7518 §4.8), and each way to read it costs all rounds again
	}
	return fitting, code, args
}

// named reports whether the set has a key of the token's key ID. That one counts then, and no other (RFC 7516 §4.1.6).
func (o *opener) named() bool {
	if o.keys.Kind != "jwks" || o.kid == "" {
		return false
	}
	for i := range o.keys.Keys {
		if o.keys.Keys[i].KeyID == o.kid {
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
	if k := &o.keys.Keys[i]; k.Encoding != key.Auto && k.Encoding != key.UTF8 {
		o.Remark("jwe.secret.read-as", string(k.Encoding))
	}
	o.Yes("jwe.decryption.opened", o.suite.Name)
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
	k := &o.keys.Keys[i]
	if o.keys.Kind == "secret" || len(o.keys.Keys) == 1 || tried > 1 {
		o.Yes("jwe.key.fits", o.method.Name, describe(k), itoa(tried))
		return
	}
	o.Yes("jwe.key.chosen", itoa(i+1), itoa(len(o.keys.Keys)), describe(k))
}

// keyID compares the key ID of the token with that of the key; they are a hint, no proof.
func (o *opener) keyID(i int) {
	if o.kid == "" || o.keys.Kind == "secret" {
		return
	}
	switch {
	case i >= 0 && o.keys.Keys[i].KeyID == o.kid, i < 0 && o.named():
		o.Yes("jwe.kid.match", clip(o.kid))
	case o.keys.Kind == "jwks":
		o.Remark("jwe.kid.absent", clip(o.kid))
	case i >= 0 && o.keys.Keys[i].KeyID != "":
		o.Remark("jwe.kid.other", clip(o.kid), clip(o.keys.Keys[i].KeyID))
	}
}

// failed is the one answer to every failure behind the checks above: a wrong key, a changed header, key, vector,
// ciphertext or tag.
func (o *opener) failed(tried int) {
	switch {
	case o.method.mode == passwordBased:
		o.No("jwe.decryption.password")
	case tried > 1:
		o.No("jwe.decryption.failed-any", itoa(tried))
	default:
		o.No("jwe.decryption.failed")
	}
}
