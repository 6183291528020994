package key

import (
	"bytes"

	"filippo.io/mldsa"
)

// ML-DSA's keys are of type AKP: the algorithm is part of the key, and its private part is the seed that all the rest
// is computed from (RFC 9964 §3).

// mldsaSets are the parameter sets by their names in JOSE (RFC 9964 §4) and in X.509 (RFC 9881 §2).
var mldsaSets = []struct {
	name, oid string
	bits      int // of security against a search for the key (FIPS 204 table 1)
	params    mldsa.Parameters
}{
	{"ML-DSA-44", "\x60\x86\x48\x01\x65\x03\x04\x03\x11", 128, mldsa.MLDSA44()},
	{"ML-DSA-65", "\x60\x86\x48\x01\x65\x03\x04\x03\x12", 192, mldsa.MLDSA65()},
	{"ML-DSA-87", "\x60\x86\x48\x01\x65\x03\x04\x03\x13", 256, mldsa.MLDSA87()},
}

// mldsaSet finds the index of a parameter set by its name or its object identifier, or -1.
func mldsaSet(of string) int {
	for i, s := range mldsaSets {
		if s.name == of || s.oid == of {
			return i
		}
	}
	return -1
}

// setMLDSA fills in a key from its public part and its seed; either may be nil, but not both.
func setMLDSA(k *Key, set int, public, seed []byte) *fault {
	s := mldsaSets[set]
	k.Type, k.Alg, k.Bits = "AKP", s.name, s.bits
	if seed != nil {
		private, err := mldsa.NewPrivateKey(s.params, seed)
		if err != nil {
			return faulty("akp.seed", "priv", s.name)
		}
		if public != nil && !bytes.Equal(public, private.PublicKey().Bytes()) {
			return faulty("key.mismatch", "priv", "priv")
		}
		k.Public, k.Private, k.Signer = private.PublicKey(), true, private
		return nil
	}
	parsed, err := mldsa.NewPublicKey(s.params, public)
	if err != nil {
		return faulty("akp.public", "pub", s.name)
	}
	k.Public = parsed
	return nil
}

// akp reads the members of an algorithm key pair (RFC 9964 §3).
func (j *jwk) akp(k *Key) {
	name, ok := j.text("alg", true)
	if !ok {
		return
	}
	set := mldsaSet(name)
	if set < 0 {
		j.report("akp.alg-unknown", j.object.Get("alg"), name)
		return
	}
	public, okPublic := j.sized("pub", mldsaSets[set].params.PublicKeySize(), true)
	seed, okSeed := j.sized("priv", mldsa.PrivateKeySize, false)
	if !okPublic || !okSeed {
		return
	}
	if f := j.work.prove(); f.found() {
		j.blame(f)
		return
	}
	j.blame(setMLDSA(k, set, public, seed))
}

// readMLDSA reads the private key of an algorithm of ML-DSA: its seed, or the seed with all that is computed from it.
// The latter alone has lost its seed, without which JOSE has no form for the key (RFC 9881 §6).
func readMLDSA(d *der, set int, w *work) (Key, *fault) {
	if f := w.prove(); f.found() {
		return Key{}, f
	}
	const tagSeed = 0x80 // primitive, [0]
	var seed, expanded []byte
	switch {
	case d.next(tagSeed):
		seed = d.take(tagSeed)
	case d.next(tagSequence):
		both := d.sequence()
		seed, expanded = both.take(tagOctetString), both.take(tagOctetString)
		d.bad = d.bad || !both.finish()
	case d.next(tagOctetString):
		return Key{}, faulty("akp.seedless", "", mldsaSets[set].name)
	}
	if d.bad || seed == nil {
		return Key{}, damaged
	}
	var k Key
	f := setMLDSA(&k, set, nil, seed)
	// Both forms begin with the same 32 bytes, rho (FIPS 204 §7.2): enough to see that two keys were mixed.
	if private, ok := k.Signer.(*mldsa.PrivateKey); ok && expanded != nil {
		if len(expanded) < 32 || !bytes.Equal(expanded[:32], private.PublicKey().Bytes()[:32]) {
			return Key{}, faulty("key.mismatch", "", "expandedKey")
		}
	}
	return k, f
}
