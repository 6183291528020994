package key

import (
	"math/big"
)

// readPKCS1Private reads an RSAPrivateKey (RFC 8017 appendix A.1.2).
func readPKCS1Private(d *der, w *work) (Key, *fault) {
	s := d.sequence()
	version := s.small()
	if !s.bad && version == 1 {
		return Key{}, faulty("rsa.multi-prime", "")
	}
	var p rsaParts
	for _, m := range p.members() {
		*m.value = s.integer()
	}
	if !s.finish() || version != 0 {
		return Key{}, damaged
	}
	k := Key{Format: "pkcs1"}
	f := setRSA(&k, p, w)
	return k, f
}

// readSEC1 reads an ECPrivateKey that names its curve (RFC 5915 §3).
func readSEC1(d *der, w *work) (Key, *fault) {
	k := Key{Format: "sec1"}
	f := readECPrivate(&k, d, nil, w)
	return k, f
}

// readECPrivate reads an ECPrivateKey, whose curve may have been named outside.
func readECPrivate(k *Key, d *der, outer *curve, w *work) *fault {
	s := d.sequence()
	version := s.small()
	secret := s.take(tagOctetString)
	c := outer
	if s.next(tagContext) {
		params := &der{rest: s.take(tagContext)}
		inner, f := params.curve(k)
		if f.found() {
			return f
		}
		if outer != nil && inner != outer {
			return damaged
		}
		c = inner
	}
	var point []byte
	if s.next(tagContext + 1) {
		public := &der{rest: s.take(tagContext + 1)}
		point = public.bits()
		s.bad = s.bad || !public.finish()
	}
	if !s.finish() || version != 1 || c == nil {
		return damaged
	}
	if c.own != nil {
		if f := w.prove(); f.found() {
			return f
		}
	}
	return setPrivateEC(k, c, point, secret)
}

// setPrivateEC fills in a key from its private part, and its point if the file has it.
func setPrivateEC(k *Key, c *curve, point, secret []byte) *fault {
	size := c.size()
	// Writers have left out leading zeros and added more; the number is what counts (RFC 5915 §3).
	n := new(big.Int).SetBytes(secret)
	if len(secret) > 2*size || n.BitLen() > 8*size || n.Sign() == 0 || n.Cmp(c.order()) >= 0 {
		return faulty("ec.range", "", c.name)
	}
	d := n.FillBytes(make([]byte, size))
	if point == nil {
		point = c.publicPoint(d)
	}
	point, ok := c.uncompress(point)
	if !ok {
		return faulty("ec.off-curve", "", c.name)
	}
	return c.set(k, point, d)
}

// readPKCS8 reads a PrivateKeyInfo or OneAsymmetricKey (RFC 5958 §2).
func readPKCS8(d *der, w *work) (Key, *fault) {
	s := d.sequence()
	version := s.small()
	a := s.algorithm()
	inner := &der{rest: s.take(tagOctetString)}
	if s.next(tagContext) {
		s.take(tagContext) // attributes
	}
	var public []byte
	if s.next(0x81) {
		if public = s.take(0x81); len(public) > 0 {
			public = public[1:] // the count of unused bits
		}
	}
	if !s.finish() || version > 1 {
		return Key{}, damaged
	}
	k, f := a.private(inner, public, w)
	k.Format = "pkcs8"
	if !f.found() && len(inner.rest) > 0 {
		f = faulty("pem.trailing", "")
	}
	return k, f
}

// private reads the private key of an algorithm.
func (a algorithm) private(d *der, public []byte, w *work) (Key, *fault) {
	switch a.oid {
	case oidRSA, oidPSS:
		k, f := readPKCS1Private(d, w)
		if !f.found() && a.oid == oidPSS {
			k.restrictPSS(a.params)
		}
		return k, f
	case oidDSA:
		return a.dsa(d, true, w)
	case oidEC:
		var k Key
		c, f := a.params.curve(&k)
		if f.found() {
			return Key{}, f
		}
		f = readECPrivate(&k, d, c, w)
		return k, f
	}
	if c, ok := okpCurveOf(a.oid); ok {
		secret := d.take(tagOctetString) // a CurvePrivateKey (RFC 8410 §7)
		if d.bad || len(secret) != c.size || public != nil && len(public) != c.size {
			return Key{}, damaged
		}
		if f := w.proveOKP(c, secret); f.found() {
			return Key{}, f
		}
		if public == nil {
			public = c.public(secret)
		}
		var k Key
		f := c.set(&k, public, secret)
		return k, f
	}
	if set := mldsaSet(a.oid); set >= 0 {
		return readMLDSA(d, set, w)
	}
	return Key{}, unsupported(a.oid)
}
