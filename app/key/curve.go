package key

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/subtle"
)

func curves() []elliptic.Curve {
	return []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()}
}

// curveNamed returns a curve by its name in a JWK (RFC 7518 §6.2.1.1).
func curveNamed(name string) (elliptic.Curve, bool) {
	for _, c := range curves() {
		if c.Params().Name == name {
			return c, true
		}
	}
	return nil, false
}

// setEC fills in a key from its point, uncompressed, and its private part if it has one.
func setEC(k *Key, c elliptic.Curve, point, d []byte) fault {
	name := c.Params().Name
	public, err := ecdsa.ParseUncompressedPublicKey(c, point)
	if err != nil {
		return faulty("ec.off-curve", "x", name)
	}
	k.Type, k.Curve, k.Bits, k.Public = "EC", name, c.Params().BitSize, public
	if d == nil {
		return fault{}
	}
	private, err := ecdsa.ParseRawPrivateKey(c, d)
	if err != nil {
		return faulty("ec.range", "d", name)
	}
	if !private.PublicKey.Equal(public) {
		return faulty("key.mismatch", "d", "d")
	}
	k.Private, k.Signer = true, private
	return fault{}
}

// setEd25519 fills in a key from its point and its private part, the seed, if it has one. Any 32 bytes are taken for
// the point, as every library does: a signature never fits one that is none.
func setEd25519(k *Key, x, seed []byte) fault {
	k.Type, k.Curve, k.Bits, k.Public = "OKP", "Ed25519", 256, ed25519.PublicKey(x)
	if seed == nil {
		return fault{}
	}
	private := ed25519.NewKeyFromSeed(seed)
	if subtle.ConstantTimeCompare(private[ed25519.SeedSize:], x) != 1 {
		return faulty("key.mismatch", "d", "d")
	}
	k.Private, k.Signer = true, private
	return fault{}
}

// publicPoint computes the point of a private part that is in range.
func publicPoint(c elliptic.Curve, d []byte) []byte {
	private, err := ecdsa.ParseRawPrivateKey(c, d)
	if err != nil {
		return nil
	}
	point, _ := private.PublicKey.Bytes()
	return point
}

// setX25519 fills in a key from its u-coordinate and its private part if it has one. Any 32 bytes are a u-coordinate
// (RFC 7748 §5).
func setX25519(k *Key, x, d []byte) fault {
	public, err := ecdh.X25519().NewPublicKey(x)
	if err != nil {
		return damaged
	}
	k.Type, k.Curve, k.Bits, k.Public = "OKP", "X25519", 256, public
	if d == nil {
		return fault{}
	}
	private, err := ecdh.X25519().NewPrivateKey(d)
	if err != nil || !private.PublicKey().Equal(public) {
		return faulty("key.mismatch", "d", "d")
	}
	k.Private, k.Exchange = true, private
	return fault{}
}

func (a algorithm) set25519() func(k *Key, x, d []byte) fault {
	if a.oid == oidX25519 {
		return setX25519
	}
	return setEd25519
}

// public25519 computes the public part of a private one of 32 bytes.
func (a algorithm) public25519(secret []byte) []byte {
	if a.oid != oidX25519 {
		return ed25519.NewKeyFromSeed(secret)[ed25519.SeedSize:]
	}
	private, err := ecdh.X25519().NewPrivateKey(secret)
	if err != nil {
		return nil // never: any 32 bytes are one
	}
	return private.PublicKey().Bytes()
}
