package key

import (
	"bytes"
	"crypto/elliptic"
)

// readPKCS1Public reads an RSAPublicKey (RFC 8017 appendix A.1.1).
func readPKCS1Public(d *der, effort *int) (Key, fault) {
	s := d.sequence()
	p := rsaParts{n: s.integer(), e: s.integer()}
	if !s.finish() {
		return Key{}, damaged
	}
	k := Key{Format: "pkcs1"}
	f := setRSA(&k, p, effort)
	return k, f
}

// readSPKI reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
func readSPKI(d *der, effort *int) (Key, fault) {
	s := d.sequence()
	a := s.algorithm()
	content := s.bits()
	if !s.finish() {
		return Key{}, damaged
	}
	k, f := a.public(content, effort)
	k.Format = "spki"
	return k, f
}

// public reads the public key of an algorithm.
func (a algorithm) public(content []byte, effort *int) (Key, fault) {
	var k Key
	switch a.oid {
	case oidRSA, oidPSS:
		d := &der{rest: content}
		k, f := readPKCS1Public(d, effort)
		if !f.found() && len(d.rest) > 0 {
			f = faulty("pem.trailing", "")
		}
		if !f.found() && a.oid == oidPSS {
			k.restrictPSS(a.params)
		}
		return k, f
	case oidEC:
		c, f := a.params.curve(&k)
		if f.found() {
			return Key{}, f
		}
		point, ok := uncompress(c, content)
		if !ok {
			return Key{}, faulty("ec.off-curve", "", c.Params().Name)
		}
		f = setEC(&k, c, point, nil)
		return k, f
	case oidEd25519, oidX25519:
		if len(content) != 32 || !a.params.finish() {
			return Key{}, damaged
		}
		f := a.set25519()(&k, content, nil)
		return k, f
	}
	return Key{}, unsupported(a.oid)
}

// readCertificate reads the public key out of a Certificate (RFC 5280 §4.1). Who signed it, and for how long, is no
// business of a reader of keys.
func readCertificate(d *der, effort *int) (Key, fault) {
	s := d.sequence()
	tbs := s.sequence()
	s.algorithm()
	s.bits()
	if tbs.next(tagContext) {
		tbs.take(tagContext) // version
	}
	tbs.take(tagInteger) // serial number
	tbs.algorithm()
	tbs.take(tagSequence) // issuer
	tbs.take(tagSequence) // validity
	tbs.take(tagSequence) // subject
	if tbs.bad || !s.finish() {
		return Key{}, damaged
	}
	k, f := readSPKI(tbs, effort)
	k.Format = "certificate"
	return k, f
}

// uncompress turns a point into its uncompressed form, which it may have already (SEC 1 §2.3).
func uncompress(c elliptic.Curve, point []byte) ([]byte, bool) {
	size := (c.Params().BitSize + 7) / 8
	switch {
	case len(point) == 1+2*size && point[0] == 4:
		return bytes.Clone(point), true
	case len(point) == 1+size && (point[0] == 2 || point[0] == 3):
		x, y := elliptic.UnmarshalCompressed(c, point)
		if x == nil {
			return nil, false
		}
		out := make([]byte, 1+2*size)
		out[0] = 4
		x.FillBytes(out[1 : 1+size])
		y.FillBytes(out[1+size:])
		return out, true
	}
	return nil, false
}
