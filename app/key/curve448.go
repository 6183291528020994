package key

import (
	"crypto"
	"crypto/sha3"
	"crypto/subtle"
	"errors"
	"io"
	"math/big"
	"slices"
)

// The 448-bit curves of RFC 7748 §4.2 and RFC 8032 §5.2, over math/big like the other rare ones.

const (
	size448  = 57 // of a point and a seed of Ed448 (RFC 8032 §5.2.5)
	sizeX448 = 56 // of a u-coordinate and a scalar of X448 (RFC 7748 §5)
)

var (
	prime448 = fromHex("fffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffffffffffffffffffffffffffffffffffffffffffffffffffff")
	order448 = fromHex("3fffffffffffffffffffffffffffffffffffffffffffffffffffffff7cca23e9c44edb49aed63690216cc2728dc58f552378c292ab5844f3")
	d448     = big.NewInt(-39081)
	base448  = extended{
		fromHex("4f1970c66bed0ded221d15a622bf36da9e146570470f1767ea6de324a3d3a46412ae1af72ab66511433b80e18b00938e2626a82bc70cc05e"),
		fromHex("693f46716eb6bc248876203756c9c7624bea73736ca3984087789c1e05a0c2d73ad3ff1ce67c39c4fdbd132c4ed7c8ad9808795bf230fa14"),
		big.NewInt(1),
	}
)

// An extended is the point (X/Z, Y/Z) on x² + y² = 1 + d·x²·y².
type extended struct{ x, y, z *big.Int }

func times448(a, b *big.Int) *big.Int {
	n := new(big.Int).Mul(a, b)
	return n.Mod(n, prime448)
}

// plus448 adds two points, equal ones too (RFC 8032 §5.2.4).
func plus448(p, q extended) extended {
	a := times448(p.z, q.z)
	b := times448(a, a)
	c, d := times448(p.x, q.x), times448(p.y, q.y)
	e := times448(d448, times448(c, d))
	f, g := new(big.Int).Sub(b, e), new(big.Int).Add(b, e)
	h := times448(new(big.Int).Add(p.x, p.y), new(big.Int).Add(q.x, q.y))
	h.Sub(h, c).Sub(h, d)
	return extended{times448(times448(a, f), h), times448(times448(a, g), d.Sub(d, c)), times448(f, g)}
}

func multiply448(n *big.Int, p extended) extended {
	sum := extended{new(big.Int), big.NewInt(1), big.NewInt(1)}
	for i := n.BitLen() - 1; i >= 0; i-- {
		sum = plus448(sum, sum)
		if n.Bit(i) == 1 {
			sum = plus448(sum, p)
		}
	}
	return sum
}

// littleEndian turns bytes into a number, the least significant byte first.
func littleEndian(b []byte) *big.Int {
	turned := slices.Clone(b)
	slices.Reverse(turned)
	return new(big.Int).SetBytes(turned)
}

func fillLittleEndian(n *big.Int, size int) []byte {
	b := n.FillBytes(make([]byte, size))
	slices.Reverse(b)
	return b
}

// encode448 writes y and the sign of x (RFC 8032 §5.2.2).
func (p extended) encode448() []byte {
	inverse := new(big.Int).ModInverse(p.z, prime448)
	out := fillLittleEndian(times448(p.y, inverse), size448)
	out[size448-1] |= byte(times448(p.x, inverse).Bit(0) << 7)
	return out
}

// decode448 reads a point (RFC 8032 §5.2.3).
func decode448(b []byte) (extended, bool) {
	if len(b) != size448 || b[size448-1]&0x7f != 0 {
		return extended{}, false
	}
	y := littleEndian(b[:size448-1])
	if y.Cmp(prime448) >= 0 {
		return extended{}, false
	}
	one := big.NewInt(1)
	yy := times448(y, y)
	below := new(big.Int).Sub(times448(d448, yy), one)
	below.Mod(below, prime448)
	inverse := new(big.Int).ModInverse(below, prime448)
	if inverse == nil {
		return extended{}, false
	}
	x := new(big.Int).ModSqrt(times448(new(big.Int).Sub(yy, one), inverse), prime448)
	odd := uint(b[size448-1] >> 7)
	if x == nil || x.Sign() == 0 && odd == 1 {
		return extended{}, false
	}
	if x.Bit(0) != odd {
		x.Sub(prime448, x)
	}
	return extended{x, y, one}, true
}

// hash448 is SHAKE256 behind the prefix of Ed448 without a context, as a number below the order (RFC 8032 §5.2).
func hash448(parts ...[]byte) *big.Int {
	h := sha3.NewSHAKE256()
	h.Write([]byte("SigEd448\x00\x00"))
	for _, p := range parts {
		h.Write(p)
	}
	out := make([]byte, 2*size448)
	h.Read(out)
	return new(big.Int).Mod(littleEndian(out), order448)
}

// Ed448Key is a public key of Ed448: its point as it is written.
type Ed448Key []byte

// Verify reports whether a signature is one of the message (RFC 8032 §5.2.7).
func (k Ed448Key) Verify(message, signature []byte) bool {
	a, ok := decode448(k)
	if !ok || len(signature) != 2*size448 {
		return false
	}
	r, okR := decode448(signature[:size448])
	s := littleEndian(signature[size448:])
	if !okR || s.Cmp(order448) >= 0 {
		return false
	}
	n := hash448(signature[:size448], k, message)
	left, right := multiply448(s, base448), plus448(r, multiply448(n, a))
	return times448(left.x, right.z).Cmp(times448(right.x, left.z)) == 0 && times448(left.y, right.z).Cmp(times448(right.y, left.z)) == 0
}

// Ed448Signer is a private key of Ed448: its seed.
type Ed448Signer []byte

// expand computes the scalar and the prefix of the nonce (RFC 8032 §5.2.5).
func (k Ed448Signer) expand() (s *big.Int, prefix []byte) {
	h := sha3.SumSHAKE256(k, 2*size448)
	h[0] &= 0xfc
	h[size448-2] |= 0x80
	h[size448-1] = 0
	return littleEndian(h[:size448]), h[size448:]
}

// Public returns the [Ed448Key].
func (k Ed448Signer) Public() crypto.PublicKey {
	return Ed448Key(publicEd448(k))
}

// Sign signs a message, not a digest of it (RFC 8032 §5.2.6).
func (k Ed448Signer) Sign(_ io.Reader, message []byte, _ crypto.SignerOpts) ([]byte, error) {
	if len(k) != size448 {
		return nil, errors.New("the seed of an Ed448 key has 57 bytes")
	}
	s, prefix := k.expand()
	public := multiply448(s, base448).encode448()
	nonce := hash448(prefix, message)
	r := multiply448(nonce, base448).encode448()
	n := hash448(r, public, message)
	n.Mul(n, s).Add(n, nonce).Mod(n, order448)
	return append(r, fillLittleEndian(n, size448)...), nil
}

func publicEd448(seed []byte) []byte {
	s, _ := Ed448Signer(seed).expand()
	return multiply448(s, base448).encode448()
}

func setEd448(k *Key, x, seed []byte) *fault {
	k.Type, k.Curve, k.Bits, k.Public = "OKP", "Ed448", 456, Ed448Key(x)
	if seed == nil {
		return nil
	}
	if subtle.ConstantTimeCompare(publicEd448(seed), x) != 1 {
		return faulty("key.mismatch", "d", "d")
	}
	k.Private, k.Signer = true, Ed448Signer(seed)
	return nil
}

// X448Key is a public key of X448, its u-coordinate. Go has no agreement with it, so it is read, checked and written,
// and used for nothing.
type X448Key []byte

func setX448(k *Key, u, d []byte) *fault {
	k.Type, k.Curve, k.Bits, k.Public = "OKP", "X448", 448, X448Key(u)
	if d == nil {
		return nil
	}
	if subtle.ConstantTimeCompare(publicX448(d), u) != 1 {
		return faulty("key.mismatch", "d", "d")
	}
	k.Private, k.x448 = true, d
	return nil
}

// publicX448 multiplies the base point by a private part, on the Montgomery ladder of RFC 7748 §5.
func publicX448(d []byte) []byte {
	d = slices.Clone(d)
	d[0] &= 0xfc
	d[sizeX448-1] |= 0x80
	n := littleEndian(d)
	u := big.NewInt(5)
	x2, z2, x3, z3 := big.NewInt(1), new(big.Int), big.NewInt(5), big.NewInt(1)
	swapped := uint(0)
	for i := 447; i >= 0; i-- {
		if bit := n.Bit(i); bit != swapped {
			x2, x3, z2, z3, swapped = x3, x2, z3, z2, bit
		}
		a, b := new(big.Int).Add(x2, z2), new(big.Int).Sub(x2, z2)
		aa, bb := times448(a, a), times448(b, b)
		e := new(big.Int).Sub(aa, bb)
		da := times448(new(big.Int).Sub(x3, z3), a)
		cb := times448(new(big.Int).Add(x3, z3), b)
		sum, less := new(big.Int).Add(da, cb), new(big.Int).Sub(da, cb)
		x3, z3 = times448(sum, sum), times448(u, times448(less, less))
		x2 = times448(aa, bb)
		z2 = times448(e, aa.Add(aa, times448(big.NewInt(39081), e)))
	}
	if swapped == 1 {
		x2, z2 = x3, z3
	}
	inverse := new(big.Int).ModInverse(z2, prime448)
	if inverse == nil {
		inverse = new(big.Int)
	}
	return fillLittleEndian(times448(x2, inverse), sizeX448)
}
