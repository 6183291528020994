package key

import (
	"math/big"
	"strconv"
)

// A StrangerKey is a public key of a kind for which JOSE has no algorithm, by its name: it is read and checked so that
// it can be named, and used for nothing.
type StrangerKey string

// stranger names a sound key that JOSE has no algorithm for; it is empty for all others.
func (k Key) stranger() string {
	switch public := k.Public.(type) {
	case StrangerKey:
		return string(public)
	case *CurveKey:
		if !public.curve.jose {
			return public.curve.name
		}
	}
	return ""
}

// readDSAPrivate reads a DSA key as OpenSSL has always written it: version, p, q, g, y and x.
func readDSAPrivate(d *der, w *work) (Key, *fault) {
	s := d.sequence()
	version := s.small()
	p, q, g, y, x := s.integer(), s.integer(), s.integer(), s.integer(), s.integer()
	if !s.finish() || version != 0 {
		return Key{}, damaged
	}
	k := Key{Format: "dsa"}
	f := setDSA(&k, p, q, g, y, x, w)
	return k, f
}

// dsa reads a DSA key whose numbers p, q and g are parameters of its algorithm (RFC 3279 §2.3.2).
func (a algorithm) dsa(d *der, private bool, w *work) (Key, *fault) {
	spec := a.params.sequence()
	p, q, g := spec.integer(), spec.integer(), spec.integer()
	n := d.integer()
	if !spec.finish() || !d.finish() {
		return Key{}, damaged
	}
	var k Key
	if !private {
		return k, setDSA(&k, p, q, g, n, nil, w)
	}
	f := setDSA(&k, p, q, g, nil, n, w)
	return k, f
}

// setDSA fills in a key from its numbers (FIPS 186-4 §4.1); either y or x may be nil.
func setDSA(k *Key, p, q, g, y, x *big.Int, w *work) *fault {
	if f := w.prove(); f.found() {
		return f
	}
	one := big.NewInt(1)
	switch {
	case p.BitLen() > maxModulus/2 || q.BitLen() > 512:
		return faulty("rsa.too-big", "", strconv.Itoa(p.BitLen()), strconv.Itoa(maxModulus/2))
	case p.Bit(0) == 0 || q.Cmp(one) <= 0 || g.Cmp(one) <= 0 || g.Cmp(p) >= 0:
		return damaged
	case x != nil && (x.Sign() == 0 || x.Cmp(q) >= 0):
		return damaged
	}
	if x != nil {
		own := new(big.Int).Exp(g, x, p)
		if y != nil && own.Cmp(y) != 0 {
			return faulty("key.mismatch", "", "x")
		}
		y = own
	}
	if y.Cmp(one) <= 0 || y.Cmp(p) >= 0 || new(big.Int).Exp(y, q, p).Cmp(one) != 0 {
		return damaged
	}
	k.Type, k.Bits, k.Private, k.Public = "DSA", p.BitLen(), x != nil, StrangerKey("DSA")
	return nil
}
