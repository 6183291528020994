package key

import (
	"math/big"
)

// A weierstrass is a curve y² = x³ + ax + b that the standard library does not have (SEC 1 §2.2.1). Its arithmetic is
// that of math/big: neither fast nor of constant time, but a few kilobytes, where a tuned library brings half a
// megabyte of tables. Keys of these curves are rare, and nobody but their owner watches the page sign.
type weierstrass struct {
	p, a, b *big.Int
	base    affine
	order   *big.Int
}

type affine struct{ x, y *big.Int }

// A jacobian is the point (X/Z², Y/Z³), or infinity if Z is zero.
type jacobian struct{ x, y, z *big.Int }

func newWeierstrass(p, a, b, x, y, order string) *weierstrass {
	return &weierstrass{fromHex(p), fromHex(a), fromHex(b), affine{fromHex(x), fromHex(y)}, fromHex(order)}
}

func fromHex(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 16)
	if !ok {
		panic("key: not a number: " + s)
	}
	return n
}

func (c *weierstrass) times(a, b *big.Int) *big.Int {
	n := new(big.Int).Mul(a, b)
	return n.Mod(n, c.p)
}

func (c *weierstrass) minus(a, b *big.Int) *big.Int {
	n := new(big.Int).Sub(a, b)
	return n.Mod(n, c.p)
}

// right computes x³ + ax + b.
func (c *weierstrass) right(x *big.Int) *big.Int {
	n := c.times(x, x)
	n.Add(n, c.a)
	n = c.times(n, x)
	n.Add(n, c.b)
	return n.Mod(n, c.p)
}

func (c *weierstrass) holds(q affine) bool {
	return q.x.Cmp(c.p) < 0 && q.y.Cmp(c.p) < 0 && c.times(q.y, q.y).Cmp(c.right(q.x)) == 0
}

// lift finds the point of an x that has the given parity of y (SEC 1 §2.3.4).
func (c *weierstrass) lift(x *big.Int, odd uint) (affine, bool) {
	if x.Cmp(c.p) >= 0 {
		return affine{}, false
	}
	y := new(big.Int).ModSqrt(c.right(x), c.p)
	if y == nil {
		return affine{}, false
	}
	if y.Bit(0) != odd {
		y = c.minus(new(big.Int), y)
	}
	return affine{x, y}, true
}

func (c *weierstrass) double(q jacobian) jacobian {
	yy := c.times(q.y, q.y)
	s := c.times(q.x, yy)
	s.Lsh(s, 2)
	m := c.times(q.x, q.x)
	m.Mul(m, big.NewInt(3))
	if c.a.Sign() != 0 {
		zz := c.times(q.z, q.z)
		m.Add(m, c.times(c.a, c.times(zz, zz)))
	}
	m.Mod(m, c.p)
	x := c.minus(c.times(m, m), new(big.Int).Lsh(s, 1))
	y := c.minus(c.times(m, c.minus(s, x)), new(big.Int).Lsh(c.times(yy, yy), 3))
	z := c.times(q.y, q.z)
	z.Lsh(z, 1)
	return jacobian{x, y, z.Mod(z, c.p)}
}

func (c *weierstrass) add(q, r jacobian) jacobian {
	if q.z.Sign() == 0 {
		return r
	}
	if r.z.Sign() == 0 {
		return q
	}
	qz, rz := c.times(q.z, q.z), c.times(r.z, r.z)
	u := c.times(q.x, rz)
	s := c.times(q.y, c.times(r.z, rz))
	h := c.minus(c.times(r.x, qz), u)
	d := c.minus(c.times(r.y, c.times(q.z, qz)), s)
	if h.Sign() == 0 {
		if d.Sign() == 0 {
			return c.double(q)
		}
		return infinity()
	}
	hh := c.times(h, h)
	hhh := c.times(h, hh)
	v := c.times(u, hh)
	x := c.minus(c.minus(c.times(d, d), hhh), new(big.Int).Lsh(v, 1))
	y := c.minus(c.times(d, c.minus(v, x)), c.times(s, hhh))
	return jacobian{x, y, c.times(h, c.times(q.z, r.z))}
}

func infinity() jacobian { return jacobian{new(big.Int), big.NewInt(1), new(big.Int)} }

// combine computes u·base + v·q in one pass over the bits of both; q may be nil.
func (c *weierstrass) combine(u, v *big.Int, q *affine) (affine, bool) {
	one := big.NewInt(1)
	table := [4]jacobian{infinity(), {c.base.x, c.base.y, one}, infinity(), infinity()}
	if q != nil {
		table[2] = jacobian{q.x, q.y, one}
		table[3] = c.add(table[1], table[2])
	}
	sum := infinity()
	for i := max(u.BitLen(), v.BitLen()) - 1; i >= 0; i-- {
		sum = c.double(sum)
		if at := u.Bit(i) | v.Bit(i)<<1; at != 0 {
			sum = c.add(sum, table[at])
		}
	}
	if sum.z.Sign() == 0 {
		return affine{}, false
	}
	inverse := new(big.Int).ModInverse(sum.z, c.p)
	square := c.times(inverse, inverse)
	return affine{c.times(sum.x, square), c.times(sum.y, c.times(square, inverse))}, true
}

// multiply computes d·base.
func (c *weierstrass) multiply(d *big.Int) (affine, bool) { return c.combine(d, new(big.Int), nil) }
