package key

import (
	"math/big"
	"strconv"
)

// octets reads the members of a symmetric key (RFC 7518 §6.4).
func (j *jwk) octets(k *Key) {
	k.Secret, _ = j.bytes("k", true)
	k.Bits, k.Private = 8*len(k.Secret), true
}

// curve reads the members of an elliptic curve key (RFC 7518 §6.2).
func (j *jwk) curve(k *Key) {
	name, ok := j.text("crv", true)
	if !ok {
		return
	}
	c, ok := curveNamed(name)
	if !ok {
		j.report("jwk.crv-unknown", j.object.Get("crv"), name, "EC")
		return
	}
	size := c.size()
	x, okX := j.sized("x", size, true)
	y, okY := j.sized("y", size, true)
	d, okD := j.sized("d", size, false)
	if !okX || !okY || !okD {
		return
	}
	if c.own != nil && d != nil {
		if f := j.work.prove(); f.found() {
			j.blame(f)
			return
		}
	}
	j.blame(c.set(k, append(append([]byte{4}, x...), y...), d))
}

// okp reads the members of an octet key pair (RFC 8037 §2).
func (j *jwk) okp(k *Key) {
	name, ok := j.text("crv", true)
	if !ok {
		return
	}
	c, ok := okpCurveOf(name)
	if !ok || c.name != name {
		j.report("jwk.crv-unknown", j.object.Get("crv"), name, "OKP")
		return
	}
	x, okX := j.sized("x", c.size, true)
	d, okD := j.sized("d", c.size, false)
	if !okX || !okD {
		return
	}
	if f := j.work.proveOKP(c, d); f.found() {
		j.blame(f)
		return
	}
	j.blame(c.set(k, x, d))
}

// sized reads a member of exactly that many bytes, leading zeros and all (RFC 7518 §6.2.1.2). One that is not required
// may be missing.
func (j *jwk) sized(name string, size int, required bool) ([]byte, bool) {
	if _, there := member(j.object, name); !there && !required {
		return nil, true
	}
	b, ok := j.bytes(name, true)
	if ok && len(b) != size {
		j.report("jwk.size", j.object.Get(name), name, strconv.Itoa(len(b)), strconv.Itoa(size))
		return nil, false
	}
	return b, ok
}

// rsa reads the members of an RSA key (RFC 7518 §6.3).
func (j *jwk) rsa(k *Key) {
	if oth, ok := member(j.object, "oth"); ok {
		j.report("rsa.multi-prime", oth)
		return
	}
	var p rsaParts
	good := true
	for _, m := range p.members() {
		if _, there := member(j.object, m.name); !there && m.private {
			continue
		}
		b, ok := j.bytes(m.name, true)
		good = good && ok
		if !ok {
			continue
		}
		if b[0] == 0 && len(b) > 1 && !m.private {
			j.report("jwk.leading-zero", j.object.Get(m.name), m.name)
		}
		*m.value = new(big.Int).SetBytes(b)
	}
	if good {
		j.blame(setRSA(k, p, j.work))
	}
}
