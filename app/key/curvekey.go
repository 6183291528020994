package key

import (
	"crypto"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"io"
	"math/big"
)

// A CurveKey is a public key on a curve that the standard library does not have: secp256k1, or one that JOSE has no
// algorithm for.
type CurveKey struct {
	curve *curve
	at    affine
}

// Bytes returns the point, uncompressed (SEC 1 §2.3.3).
func (k *CurveKey) Bytes() []byte { return uncompressed(k.at.x, k.at.y, k.curve.size()) }

// Equal reports whether x is the same public key.
func (k *CurveKey) Equal(x crypto.PublicKey) bool {
	other, ok := x.(*CurveKey)
	return ok && other.curve == k.curve && other.at.x.Cmp(k.at.x) == 0 && other.at.y.Cmp(k.at.y) == 0
}

// Verify reports whether a signature, the numbers r and s in as many bytes as the curve has, is one of the digest
// (SEC 1 §4.1.4). Either of the two values of s is taken: JOSE does not ask for the lower one (RFC 8812 §3.2).
func (k *CurveKey) Verify(digest, signature []byte) bool {
	size, order := k.curve.size(), k.curve.order()
	if len(signature) != 2*size {
		return false
	}
	r, s := new(big.Int).SetBytes(signature[:size]), new(big.Int).SetBytes(signature[size:])
	if r.Sign() == 0 || s.Sign() == 0 || r.Cmp(order) >= 0 || s.Cmp(order) >= 0 {
		return false
	}
	w := new(big.Int).ModInverse(s, order)
	u := new(big.Int).Mul(k.curve.number(digest), w)
	v := new(big.Int).Mul(r, w)
	at, ok := k.curve.own.combine(u.Mod(u, order), v.Mod(v, order), &k.at)
	return ok && new(big.Int).Mod(at.x, order).Cmp(r) == 0
}

// number takes the leftmost bits of a digest, as many as the order has (SEC 1 §4.1.3).
func (c *curve) number(digest []byte) *big.Int {
	n := new(big.Int).SetBytes(digest)
	if more := 8*len(digest) - c.order().BitLen(); more > 0 {
		n.Rsh(n, uint(more))
	}
	return n
}

// A CurveSigner is the private key of a [CurveKey].
type CurveSigner struct {
	public *CurveKey
	d      *big.Int
}

// Public returns the *[CurveKey].
func (k *CurveSigner) Public() crypto.PublicKey { return k.public }

// Bytes returns the private part in as many bytes as the curve has.
func (k *CurveSigner) Bytes() []byte { return k.d.FillBytes(make([]byte, k.public.curve.size())) }

// ErrDigest says that only a SHA-256 digest is signed.
var ErrDigest = errors.New("what is to be signed is not a SHA-256 digest")

// Sign signs a SHA-256 digest and returns r and s, side by side (RFC 7515 appendix A.3, not the DER of other users of
// [crypto.Signer]). The same digest always gets the same signature (RFC 6979 §3.2), so there is no randomness to go
// wrong; s is the lower of the two, which verifiers from the world of currencies insist on.
func (k *CurveSigner) Sign(_ io.Reader, digest []byte, _ crypto.SignerOpts) ([]byte, error) {
	c := k.public.curve
	if len(digest) != sha256.Size || c.bits != 8*sha256.Size {
		return nil, ErrDigest
	}
	order, e := c.order(), c.number(digest)
	nonces := newNonces(k.Bytes(), new(big.Int).Mod(e, order).FillBytes(make([]byte, c.size())))
	for {
		nonce := nonces.next(order)
		at, ok := c.own.multiply(nonce)
		r := new(big.Int)
		if ok {
			r.Mod(at.x, order)
		}
		s := new(big.Int).Mul(r, k.d)
		s.Add(s, e)
		s.Mul(s, new(big.Int).ModInverse(nonce, order))
		s.Mod(s, order)
		if r.Sign() == 0 || s.Sign() == 0 {
			continue // never seen, and to be tried again (SEC 1 §4.1.3)
		}
		if other := new(big.Int).Sub(order, s); other.Cmp(s) < 0 {
			s = other
		}
		out := make([]byte, 2*c.size())
		r.FillBytes(out[:c.size()])
		s.FillBytes(out[c.size():])
		return out, nil
	}
}

// nonces makes the numbers of RFC 6979 §3.2 with HMAC-SHA-256.
type nonces struct{ k, v []byte }

func newNonces(private, digest []byte) *nonces {
	n := &nonces{make([]byte, sha256.Size), make([]byte, sha256.Size)}
	for i := range n.v {
		n.v[i] = 1
	}
	for _, b := range []byte{0, 1} {
		n.k = n.mac(n.v, []byte{b}, private, digest)
		n.v = n.mac(n.v)
	}
	return n
}

func (n *nonces) mac(parts ...[]byte) []byte {
	h := hmac.New(sha256.New, n.k)
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// next returns a number from 1 to below the order, which has as many bits as the hash.
func (n *nonces) next(order *big.Int) *big.Int {
	for {
		n.v = n.mac(n.v)
		nonce := new(big.Int).SetBytes(n.v)
		good := nonce.Sign() > 0 && nonce.Cmp(order) < 0
		seed := n.v
		n.k = n.mac(seed, []byte{0})
		n.v = n.mac(n.v)
		if good {
			return nonce
		}
	}
}
