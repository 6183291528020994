package key

import (
	"crypto/rsa"
	"math/big"
	"strconv"
)

const (
	maxModulus = 16384 // bits; verifying with more would hold up the page
	// maxEffort bounds the search for lost primes: the third power of the modulus in 1024 bits, as exponentiation costs.
	maxEffort = 128
	// maxTwos bounds the same search for a made-up d; of random primes, p-1 and q-1 are even only a few times over.
	maxTwos = 64
)

// rsaParts are the numbers of an RSA key (RFC 8017 §3); nil where the key has none.
type rsaParts struct{ n, e, d, p, q, dp, dq, qi *big.Int }

type rsaMember struct {
	name    string
	private bool
	value   **big.Int
}

// members lists the parts by their names in a JWK.
func (p *rsaParts) members() []rsaMember {
	return []rsaMember{
		{"n", false, &p.n}, {"e", false, &p.e}, {"d", true, &p.d}, {"p", true, &p.p}, {"q", true, &p.q},
		{"dp", true, &p.dp}, {"dq", true, &p.dq}, {"qi", true, &p.qi},
	}
}

// setRSA fills in a key from its parts once they fit.
func setRSA(k *Key, p rsaParts, w *work) *fault {
	if f := p.checkPublic(); f.found() {
		return f
	}
	if f := p.checkPrivate(w); f.found() {
		return f
	}
	public := rsa.PublicKey{N: p.n, E: int(p.e.Int64())}
	k.Type, k.Bits, k.Public = "RSA", p.n.BitLen(), &public
	if p.d == nil {
		return nil
	}
	private := &rsa.PrivateKey{PublicKey: public, D: p.d, Primes: []*big.Int{p.p, p.q}}
	private.Precomputed = rsa.PrecomputedValues{Dp: p.dp, Dq: p.dq, Qinv: p.qi}
	k.Private, k.Signer = true, private
	return nil
}

// checkPublic holds the modulus and the exponent to what a verifier can work with.
func (p *rsaParts) checkPublic() *fault {
	switch bits := p.n.BitLen(); {
	case bits > maxModulus:
		return faulty("rsa.too-big", "n", strconv.Itoa(bits), strconv.Itoa(maxModulus))
	case bits < 16 || p.n.Bit(0) == 0:
		return faulty("rsa.modulus", "n")
	case p.e.BitLen() > 31 || p.e.Bit(0) == 0 || p.e.BitLen() < 2:
		// An odd number from 3; more than 31 bits buys nothing, costs every verifier, and crypto/rsa has no room for it.
		return faulty("rsa.exponent", "e", shortNumber(p.e))
	}
	return nil
}

func shortNumber(n *big.Int) string {
	if n.BitLen() > 64 {
		return "2^" + strconv.Itoa(n.BitLen()-1)
	}
	return n.String()
}

// checkPrivate proves that the private parts belong to the public ones; a JWK has all of them or only d (RFC 7518
// §6.3.2), and of one with only d the primes are computed.
func (p *rsaParts) checkPrivate(w *work) *fault {
	missing, present := "", ""
	for _, m := range p.members()[3:] {
		if *m.value == nil {
			missing = m.name
		} else {
			present = m.name
		}
	}
	switch {
	case p.d == nil && present == "":
		return nil
	case p.d == nil:
		return faulty("rsa.incomplete", present, "d")
	case p.d.BitLen() > p.n.BitLen() || p.d.Sign() == 0:
		return faulty("rsa.parts", "d", "d")
	case present == "":
		return p.findPrimes(w)
	case missing != "":
		return faulty("rsa.incomplete", present, missing)
	}
	return p.checkCRT()
}

// checkCRT checks the equations of RFC 8017 §3.2. That p and q are prime is not proven: it would take longer than all
// the rest, and a signature made with such a key fails to verify.
func (p *rsaParts) checkCRT() *fault {
	one := big.NewInt(1)
	if p.p.Cmp(one) <= 0 || p.q.Cmp(one) <= 0 || p.p.BitLen()+p.q.BitLen() > p.n.BitLen()+1 ||
		new(big.Int).Mul(p.p, p.q).Cmp(p.n) != 0 {
		return faulty("rsa.parts", "p", "p, q")
	}
	for _, c := range []struct {
		name            string
		prime, exponent *big.Int
	}{{"dp", p.p, p.dp}, {"dq", p.q, p.dq}} {
		order := new(big.Int).Sub(c.prime, one)
		if new(big.Int).Mod(p.d, order).Cmp(c.exponent) != 0 {
			return faulty("rsa.parts", c.name, c.name)
		}
		product := new(big.Int).Mul(c.exponent, p.e)
		if product.Mod(product, order).Cmp(one) != 0 {
			return faulty("rsa.parts", "d", "d")
		}
	}
	if p.qi.Cmp(p.p) >= 0 {
		return faulty("rsa.parts", "qi", "qi")
	}
	if product := new(big.Int).Mul(p.qi, p.q); product.Mod(product, p.p).Cmp(one) != 0 {
		return faulty("rsa.parts", "qi", "qi")
	}
	return nil
}

// findPrimes computes the primes from n, e and d (NIST SP 800-56B appendix C.2, with small bases in place of random
// ones), which also proves that d is the exponent of n and e.
func (p *rsaParts) findPrimes(w *work) *fault {
	size := (p.n.BitLen() + 1023) / 1024
	if w.primes -= size * size * size; w.primes < 0 {
		return faulty("rsa.effort", "d")
	}
	one := big.NewInt(1)
	rest := new(big.Int).Mul(p.d, p.e)
	rest.Sub(rest, one)
	twos := int(rest.TrailingZeroBits())
	if rest.Sign() <= 0 || twos == 0 || twos > maxTwos {
		return faulty("rsa.parts", "d", "d")
	}
	rest.Rsh(rest, uint(twos))
	minusOne := new(big.Int).Sub(p.n, one)
	for _, base := range []int64{2, 3, 5, 7, 11, 13, 17, 19} {
		x := new(big.Int).Exp(big.NewInt(base), rest, p.n)
		for range twos {
			if x.Cmp(one) == 0 || x.Cmp(minusOne) == 0 {
				break
			}
			square := new(big.Int).Mul(x, x)
			square.Mod(square, p.n)
			if square.Cmp(one) == 0 {
				return p.setPrimes(x)
			}
			x = square
		}
		if x.Cmp(one) != 0 && x.Cmp(minusOne) != 0 {
			return faulty("rsa.parts", "d", "d") // base to the power of d·e-1 is not 1
		}
	}
	return faulty("rsa.parts", "d", "d")
}

// setPrimes fills in the parts from a root of one that is neither 1 nor -1.
func (p *rsaParts) setPrimes(root *big.Int) *fault {
	one := big.NewInt(1)
	p.p = new(big.Int).GCD(nil, nil, new(big.Int).Sub(root, one), p.n)
	p.q = new(big.Int).Div(p.n, p.p)
	if p.p.Cmp(p.q) < 0 {
		p.p, p.q = p.q, p.p
	}
	p.dp = new(big.Int).Mod(p.d, new(big.Int).Sub(p.p, one))
	p.dq = new(big.Int).Mod(p.d, new(big.Int).Sub(p.q, one))
	if p.qi = new(big.Int).ModInverse(p.q, p.p); p.qi == nil {
		return faulty("rsa.parts", "d", "d")
	}
	return p.checkCRT()
}
