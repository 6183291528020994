package key

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/subtle"
)

// An okpCurve is a curve of octet key pairs (RFC 8037 §3); its public and its private part have the same size.
type okpCurve struct {
	name, oid string // RFC 8410 §3
	size      int
	set       func(k *Key, public, private []byte) *fault
	public    func(private []byte) []byte
}

var okpCurves = []okpCurve{
	{"Ed25519", "\x2b\x65\x70", ed25519.SeedSize, setEd25519, publicEd25519},
	{"X25519", "\x2b\x65\x6e", 32, setX25519, publicX25519},
	{"Ed448", "\x2b\x65\x71", size448, setEd448, publicEd448},
	{"X448", "\x2b\x65\x6f", sizeX448, setX448, publicX448},
}

// okpCurveOf finds a curve by its name or its object identifier.
func okpCurveOf(s string) (okpCurve, bool) {
	for _, c := range okpCurves {
		if c.name == s || c.oid == s {
			return c, true
		}
	}
	return okpCurve{}, false
}

// octets returns the parts of an octet key pair; the private one is nil if there is none.
func (k Key) octets() (public, private []byte) {
	switch p := k.Public.(type) {
	case ed25519.PublicKey:
		public = p
	case *ecdh.PublicKey:
		public = p.Bytes()
	case Ed448Key:
		public = p
	case X448Key:
		return p, k.x448
	}
	switch p := k.Signer.(type) {
	case ed25519.PrivateKey:
		private = p.Seed()
	case Ed448Signer:
		private = p
	}
	if k.Exchange != nil {
		private = k.Exchange.Bytes()
	}
	return public, private
}

// setEd25519 fills in a key from its point and its private part, the seed, if it has one. Any 32 bytes are taken for
// the point, as every library does: a signature never fits one that is none.
func setEd25519(k *Key, x, seed []byte) *fault {
	k.Type, k.Curve, k.Bits, k.Public = "OKP", "Ed25519", 256, ed25519.PublicKey(x)
	if seed == nil {
		return nil
	}
	private := ed25519.NewKeyFromSeed(seed)
	if subtle.ConstantTimeCompare(private[ed25519.SeedSize:], x) != 1 {
		return faulty("key.mismatch", "d", "d")
	}
	k.Private, k.Signer = true, private
	return nil
}

// setX25519 fills in a key from its u-coordinate and its private part if it has one. Any 32 bytes are a u-coordinate
// (RFC 7748 §5).
func setX25519(k *Key, x, d []byte) *fault {
	public, err := ecdh.X25519().NewPublicKey(x)
	if err != nil {
		return damaged
	}
	k.Type, k.Curve, k.Bits, k.Public = "OKP", "X25519", 256, public
	if d == nil {
		return nil
	}
	private, err := ecdh.X25519().NewPrivateKey(d)
	if err != nil || !private.PublicKey().Equal(public) {
		return faulty("key.mismatch", "d", "d")
	}
	k.Private, k.Exchange = true, private
	return nil
}

func publicEd25519(seed []byte) []byte { return ed25519.NewKeyFromSeed(seed)[ed25519.SeedSize:] }

func publicX25519(d []byte) []byte {
	private, err := ecdh.X25519().NewPrivateKey(d)
	if err != nil {
		return nil // never: any 32 bytes are one
	}
	return private.PublicKey().Bytes()
}

// proveOKP takes a proof from what is allowed if the private part, which may be nil, is of a slow curve.
func (w *work) proveOKP(c okpCurve, private []byte) *fault {
	if private == nil || c.size == 32 {
		return nil
	}
	return w.prove()
}
