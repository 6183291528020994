package key

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"math/big"
)

// A curve is an elliptic curve by its name: of the standard library, or one of our own.
type curve struct {
	name string // in a JWK (RFC 7518 §6.2.1.1, RFC 8812 §3.1), or where JOSE has none, in the field
	oid  string
	bits int
	std  elliptic.Curve
	own  *weierstrass
	jose bool // JOSE has a name for it
}

// curveTable has secp256k1 (SEC 2 §2.4.1), and beside JOSE's curves two that keys are still found on: P-192 and P-224.
var curveTable = []curve{
	{"P-256", "\x2a\x86\x48\xce\x3d\x03\x01\x07", 256, elliptic.P256(), nil, true}, // RFC 5480 §2.1.1.1
	{"P-384", "\x2b\x81\x04\x00\x22", 384, elliptic.P384(), nil, true},
	{"P-521", "\x2b\x81\x04\x00\x23", 521, elliptic.P521(), nil, true},
	{"secp256k1", "\x2b\x81\x04\x00\x0a", 256, nil, newWeierstrass(
		"fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", "0", "7",
		"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
		"483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
		"fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"), true},
	{"P-192", "\x2a\x86\x48\xce\x3d\x03\x01\x01", 192, nil, newWeierstrass(
		"fffffffffffffffffffffffffffffffeffffffffffffffff", "fffffffffffffffffffffffffffffffefffffffffffffffc",
		"64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1", "188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012",
		"07192b95ffc8da78631011ed6b24cdd573f977a11e794811", "ffffffffffffffffffffffff99def836146bc9b1b4d22831"), false},
	{"P-224", "\x2b\x81\x04\x00\x21", 224, nil, newWeierstrass(
		"ffffffffffffffffffffffffffffffff000000000000000000000001", "fffffffffffffffffffffffffffffffefffffffffffffffffffffffe",
		"b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4", "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21",
		"bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34", "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d"), false},
}

// curveNamed returns a curve by its name in a JWK.
func curveNamed(name string) (*curve, bool) {
	for i := range curveTable {
		if curveTable[i].name == name && curveTable[i].jose {
			return &curveTable[i], true
		}
	}
	return nil, false
}

func curveOf(oid string) (*curve, bool) {
	for i := range curveTable {
		if curveTable[i].oid == oid {
			return &curveTable[i], true
		}
	}
	return nil, false
}

// size is the length of a coordinate, and of a private part, in bytes.
func (c *curve) size() int { return (c.bits + 7) / 8 }

func (c *curve) order() *big.Int {
	if c.own != nil {
		return c.own.order
	}
	return c.std.Params().N
}

// set fills in a key from its point, uncompressed, and its private part if it has one.
func (c *curve) set(k *Key, point, d []byte) *fault {
	k.Type, k.Curve, k.Bits = "EC", c.name, c.bits
	if c.own != nil {
		return c.setOwn(k, point, d)
	}
	public, err := ecdsa.ParseUncompressedPublicKey(c.std, point)
	if err != nil {
		return faulty("ec.off-curve", "x", c.name)
	}
	if k.Public = public; d == nil {
		return nil
	}
	private, err := ecdsa.ParseRawPrivateKey(c.std, d)
	if err != nil {
		return faulty("ec.range", "d", c.name)
	}
	if !private.PublicKey.Equal(public) {
		return faulty("key.mismatch", "d", "d")
	}
	k.Private, k.Signer = true, private
	return nil
}

func (c *curve) setOwn(k *Key, point, d []byte) *fault {
	size := c.size()
	if len(point) != 1+2*size || point[0] != 4 {
		return faulty("ec.off-curve", "x", c.name)
	}
	at := affine{new(big.Int).SetBytes(point[1 : 1+size]), new(big.Int).SetBytes(point[1+size:])}
	if !c.own.holds(at) {
		return faulty("ec.off-curve", "x", c.name)
	}
	public := &CurveKey{c, at}
	if k.Public = public; d == nil {
		return nil
	}
	n := new(big.Int).SetBytes(d)
	if n.Sign() == 0 || n.Cmp(c.own.order) >= 0 {
		return faulty("ec.range", "d", c.name)
	}
	if own, ok := c.own.multiply(n); !ok || own.x.Cmp(at.x) != 0 || own.y.Cmp(at.y) != 0 {
		return faulty("key.mismatch", "d", "d")
	}
	k.Private, k.Signer = true, &CurveSigner{public, n}
	return nil
}

// publicPoint computes the point of a private part that is in range.
func (c *curve) publicPoint(d []byte) []byte {
	if c.own != nil {
		at, ok := c.own.multiply(new(big.Int).SetBytes(d))
		if !ok {
			return nil
		}
		return (&CurveKey{c, at}).Bytes()
	}
	private, err := ecdsa.ParseRawPrivateKey(c.std, d)
	if err != nil {
		return nil
	}
	point, _ := private.PublicKey.Bytes()
	return point
}

// uncompress turns a point into its uncompressed form, which it may have already (SEC 1 §2.3).
func (c *curve) uncompress(point []byte) ([]byte, bool) {
	size := c.size()
	switch {
	case len(point) == 1+2*size && point[0] == 4:
		return bytes.Clone(point), true
	case len(point) != 1+size || point[0] != 2 && point[0] != 3:
		return nil, false
	}
	var x, y *big.Int
	if c.own != nil {
		at, ok := c.own.lift(new(big.Int).SetBytes(point[1:]), uint(point[0]&1))
		if !ok {
			return nil, false
		}
		x, y = at.x, at.y
	} else if x, y = elliptic.UnmarshalCompressed(c.std, point); x == nil {
		return nil, false
	}
	return uncompressed(x, y, size), true
}

func uncompressed(x, y *big.Int, size int) []byte {
	out := make([]byte, 1+2*size)
	out[0] = 4
	x.FillBytes(out[1 : 1+size])
	y.FillBytes(out[1+size:])
	return out
}
