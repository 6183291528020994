package key

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
	"math/big"

	"filippo.io/mldsa"
)

// A Spec says what key to generate.
type Spec struct {
	Alg  string // the algorithm it is for, as in "ES256"; "X25519" for a key of that curve, whose algorithm is left open
	Bits int    // of an RSA modulus: 2048, 3072 or 4096; 0 means 2048
}

// Generate makes a new key for an algorithm, with its thumbprint as key ID (RFC 7638 §1). Secrets and Ed25519 keys come
// from the reader alone; RSA and EC keys from the system's source of randomness, for Go ignores the reader there.
func Generate(s Spec, rand io.Reader) (Key, error) {
	k := Key{Alg: s.Alg, Use: "sig", Format: "jwk"}
	var err error
	switch s.Alg {
	case "HS256":
		err = k.generateSecret(32, rand)
	case "HS384":
		err = k.generateSecret(48, rand)
	case "HS512":
		err = k.generateSecret(64, rand)
	case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512":
		err = k.generateRSA(s.Bits, rand)
	case "ES256":
		err = k.generateEC(elliptic.P256(), rand)
	case "ES384":
		err = k.generateEC(elliptic.P384(), rand)
	case "ES512":
		err = k.generateEC(elliptic.P521(), rand)
	case "ES256K":
		err = k.generateSecp256k1(rand)
	case "EdDSA", "Ed25519":
		err = k.generateOKP("Ed25519", rand)
	case "Ed448":
		err = k.generateOKP("Ed448", rand)
	case "ML-DSA-44", "ML-DSA-65", "ML-DSA-87":
		err = k.generateMLDSA(rand)
	case "X25519":
		k.Alg, k.Use = "", "enc"
		err = k.generateOKP("X25519", rand)
	default:
		err = fmt.Errorf("no key can be made for algorithm %q; use one like HS256, RS256, PS256, ES256 or EdDSA", s.Alg)
	}
	if err != nil {
		return Key{}, err
	}
	k.Private = true
	k.Thumbprint = thumbprint(k)
	k.KeyID = k.Thumbprint
	return k, nil
}

// generateSecret makes a secret as long as the hash, the least that RFC 7518 §3.2 allows.
func (k *Key) generateSecret(size int, rand io.Reader) error {
	k.Type, k.Bits, k.Secret = "oct", 8*size, make([]byte, size)
	_, err := io.ReadFull(rand, k.Secret)
	return err
}

func (k *Key) generateRSA(bits int, rand io.Reader) error {
	switch bits {
	case 0:
		bits = 2048
	case 2048, 3072, 4096:
	default:
		return fmt.Errorf("an RSA key of %d bits is not made here; ask for 2048, 3072 or 4096", bits)
	}
	private, err := rsa.GenerateKey(rand, bits)
	if err != nil {
		return err
	}
	k.Type, k.Bits, k.Public, k.Signer = "RSA", bits, &private.PublicKey, private
	return nil
}

func (k *Key) generateEC(c elliptic.Curve, rand io.Reader) error {
	private, err := ecdsa.GenerateKey(c, rand)
	if err != nil {
		return err
	}
	k.Type, k.Curve, k.Bits = "EC", c.Params().Name, c.Params().BitSize
	k.Public, k.Signer = &private.PublicKey, private
	return nil
}

// generateOKP makes a key of a curve of which any bytes are a private part.
func (k *Key) generateOKP(curve string, rand io.Reader) error {
	c, _ := okpCurveOf(curve)
	private := make([]byte, c.size)
	if _, err := io.ReadFull(rand, private); err != nil {
		return err
	}
	if f := c.set(k, c.public(private), private); f.found() {
		return errors.New(f.code) // never
	}
	return nil
}

// generateSecp256k1 takes 128 bits more than the order has, so that no number is likelier than another (FIPS 186-5
// appendix A.2.1).
func (k *Key) generateSecp256k1(rand io.Reader) error {
	c, _ := curveNamed("secp256k1")
	seed := make([]byte, 48)
	if _, err := io.ReadFull(rand, seed); err != nil {
		return err
	}
	d := new(big.Int).SetBytes(seed)
	d.Mod(d, new(big.Int).Sub(c.order(), big.NewInt(1)))
	private := d.Add(d, big.NewInt(1)).FillBytes(make([]byte, c.size()))
	if f := c.set(k, c.publicPoint(private), private); f.found() {
		return errors.New(f.code) // never
	}
	return nil
}

func (k *Key) generateMLDSA(rand io.Reader) error {
	seed := make([]byte, mldsa.PrivateKeySize)
	if _, err := io.ReadFull(rand, seed); err != nil {
		return err
	}
	if f := setMLDSA(k, mldsaSet(k.Alg), nil, seed); f.found() {
		return errors.New(f.code) // never
	}
	return nil
}
