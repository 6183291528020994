package key

import (
	"bytes"
	"math/big"
)

// The object identifiers of keys, as DER has them after tag and length.
var (
	oidRSA   = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01" // RFC 8017 appendix A.1
	oidPSS   = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a" // RFC 4055 §3.1
	oidEC    = "\x2a\x86\x48\xce\x3d\x02\x01"         // RFC 5480 §2.1.1
	oidDSA   = "\x2a\x86\x48\xce\x38\x04\x01"         // RFC 3279 §2.3.2
	oidPrime = "\x2a\x86\x48\xce\x3d\x01\x01"         // RFC 3279 §2.3.5, the field of an explicit curve

	// hashOIDs name the algorithm that a key limited to RSASSA-PSS with that hash is for (RFC 4055 §2.1).
	hashOIDs = map[string]string{
		"\x60\x86\x48\x01\x65\x03\x04\x02\x01": "PS256",
		"\x60\x86\x48\x01\x65\x03\x04\x02\x02": "PS384",
		"\x60\x86\x48\x01\x65\x03\x04\x02\x03": "PS512",
	}

	// foreign names kinds of key that are known by sight and not carried.
	foreign = map[string]string{
		"\x2a\x86\x48\x86\xf7\x0d\x01\x03\x01": "Diffie-Hellman",
		"\x2a\x86\x48\xce\x3e\x02\x01":         "Diffie-Hellman",
		"\x2b\x24\x03\x03\x02\x08\x01\x01\x07": "brainpoolP256r1",
		"\x2b\x24\x03\x03\x02\x08\x01\x01\x0b": "brainpoolP384r1",
		"\x2b\x24\x03\x03\x02\x08\x01\x01\x0d": "brainpoolP512r1",
		"\x2a\x81\x1c\xcf\x55\x01\x82\x2d":     "SM2",
		"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x07": "RSAES-OAEP",
		"\x2a\x85\x03\x07\x01\x01\x01\x01":     "GOST R 34.10",
	}
)

// algorithm is an AlgorithmIdentifier (RFC 5280 §4.1.1.2).
type algorithm struct {
	oid    string
	params *der
}

func (d *der) algorithm() algorithm {
	s := d.sequence()
	a := algorithm{oid: string(s.take(tagOID)), params: s}
	d.bad = d.bad || s.bad
	return a
}

// curve reads the parameters of an elliptic curve key: a name, or the numbers of a curve that has a name. RFC 5480
// §2.1.1 wants the name, yet old OpenSSL wrote numbers; all of them are compared, the base point too, for with another
// base point anyone can make a private key that fits (CVE-2020-0601).
func (d *der) curve(k *Key) (*curve, *fault) {
	if d.next(tagOID) {
		oid := string(d.take(tagOID))
		if c, ok := curveOf(oid); ok {
			return c, nil
		}
		return nil, unsupported(oid)
	}
	spec := d.sequence()
	version := spec.small()
	field := spec.sequence()
	prime := string(field.take(tagOID))
	p := field.integer()
	ab := spec.sequence()
	a, b := ab.take(tagOctetString), ab.take(tagOctetString)
	base := spec.take(tagOctetString)
	order := spec.integer()
	if spec.bad || field.bad || ab.bad || version < 1 || prime != oidPrime {
		return nil, faulty("key.unknown", "")
	}
	given := weierstrass{p: p, a: new(big.Int).SetBytes(a), b: new(big.Int).SetBytes(b), order: order}
	for i := range curveTable {
		if c := &curveTable[i]; c.numbers().same(given) && c.isBase(base) {
			k.explicit = true
			return c, nil
		}
	}
	return nil, faulty("key.unknown", "")
}

// numbers returns the numbers that make the curve.
func (c *curve) numbers() weierstrass {
	if c.own != nil {
		return *c.own
	}
	p := c.std.Params()
	return weierstrass{p.P, new(big.Int).Sub(p.P, big.NewInt(3)), p.B, affine{p.Gx, p.Gy}, p.N}
}

func (c weierstrass) same(o weierstrass) bool {
	return c.p.Cmp(o.p) == 0 && c.a.Cmp(o.a) == 0 && c.b.Cmp(o.b) == 0 && c.order.Cmp(o.order) == 0
}

func (c *curve) isBase(point []byte) bool {
	base := c.numbers().base
	full := uncompressed(base.x, base.y, c.size())
	return bytes.Equal(point, full) || bytes.Equal(point, append([]byte{2 | byte(base.y.Bit(0))}, full[1:1+c.size()]...))
}

// unsupported names what stands in place of a key of ours, if it has a name.
func unsupported(oid string) *fault {
	if name, ok := foreign[oid]; ok {
		return faulty("key.unsupported", "", name)
	}
	return faulty("key.unknown", "")
}

// restrictPSS reads the parameters of an RSASSA-PSS key; without any, the key is for every hash (RFC 4055 §3.1).
func (k *Key) restrictPSS(params *der) {
	k.PSS = true
	spec := params.sequence()
	if !spec.next(tagContext) {
		return
	}
	hash := &der{rest: spec.take(tagContext)}
	k.Alg = hashOIDs[hash.algorithm().oid]
}
