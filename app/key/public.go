package key

// readPKCS1Public reads an RSAPublicKey (RFC 8017 appendix A.1.1).
func readPKCS1Public(d *der, w *work) (Key, *fault) {
	s := d.sequence()
	p := rsaParts{n: s.integer(), e: s.integer()}
	if !s.finish() {
		return Key{}, damaged
	}
	k := Key{Format: "pkcs1"}
	f := setRSA(&k, p, w)
	return k, f
}

// readSPKI reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
func readSPKI(d *der, w *work) (Key, *fault) {
	s := d.sequence()
	a := s.algorithm()
	content := s.bits()
	if !s.finish() {
		return Key{}, damaged
	}
	k, f := a.public(content, w)
	k.Format = "spki"
	return k, f
}

// public reads the public key of an algorithm.
func (a algorithm) public(content []byte, w *work) (Key, *fault) {
	var k Key
	switch a.oid {
	case oidRSA, oidPSS:
		d := &der{rest: content}
		k, f := readPKCS1Public(d, w)
		if !f.found() && len(d.rest) > 0 {
			f = faulty("pem.trailing", "")
		}
		if !f.found() && a.oid == oidPSS {
			k.restrictPSS(a.params)
		}
		return k, f
	case oidDSA:
		return a.dsa(&der{rest: content}, false, w)
	case oidEC:
		c, f := a.params.curve(&k)
		if f.found() {
			return Key{}, f
		}
		point, ok := c.uncompress(content)
		if !ok {
			return Key{}, faulty("ec.off-curve", "", c.name)
		}
		f = c.set(&k, point, nil)
		return k, f
	}
	return a.publicOctets(content, w)
}

// publicOctets reads the public key of an algorithm whose keys are bytes and nothing more.
func (a algorithm) publicOctets(content []byte, w *work) (k Key, f *fault) {
	if c, ok := okpCurveOf(a.oid); ok {
		if len(content) != c.size || !a.params.finish() {
			return Key{}, damaged
		}
		f = c.set(&k, content, nil)
		return k, f
	}
	if set := mldsaSet(a.oid); set >= 0 && a.params.finish() {
		if f := w.prove(); f.found() {
			return Key{}, f
		}
		f = setMLDSA(&k, set, content, nil)
		return k, f
	}
	return Key{}, unsupported(a.oid)
}
