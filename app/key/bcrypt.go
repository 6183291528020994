package key

import (
	"crypto/sha512"
	"encoding/binary"
	"math/big"
	"sync"
)

// bcryptKey derives a key as OpenSSH does (bcrypt_pbkdf(3)): PBKDF2 with a variant of bcrypt for its hash, and the bytes
// of the output dealt out in turn.
func bcryptKey(passphrase string, salt []byte, rounds, size int) []byte {
	pass := sha512.Sum512([]byte(passphrase))
	blocks := (size + bcryptSize - 1) / bcryptSize
	out := make([]byte, size)
	for block := range blocks {
		seed := sha512.Sum512(binary.BigEndian.AppendUint32(append([]byte{}, salt...), uint32(block+1)))
		sum := bcryptHash(pass[:], seed[:])
		last := sum
		for range rounds - 1 {
			seed = sha512.Sum512(last[:])
			last = bcryptHash(pass[:], seed[:])
			for i := range sum {
				sum[i] ^= last[i]
			}
		}
		for i, b := range sum {
			if at := i*blocks + block; at < size {
				out[at] = b
			}
		}
	}
	return out
}

const bcryptSize = 32

// bcryptHash is bcrypt with 64 turns and a text of its own, byte by byte the other way around.
func bcryptHash(pass, salt []byte) (out [bcryptSize]byte) {
	b := *piBlowfish()
	b.expand(pass, salt)
	for range 64 {
		b.expand(salt, nil)
		b.expand(pass, nil)
	}
	text := []byte("OxychromaticBlowfishSwatDynamite")
	for i := 0; i < bcryptSize; i += 8 {
		l, r := binary.BigEndian.Uint32(text[i:]), binary.BigEndian.Uint32(text[i+4:])
		for range 64 {
			l, r = b.encrypt(l, r)
		}
		binary.LittleEndian.PutUint32(out[i:], l)
		binary.LittleEndian.PutUint32(out[i+4:], r)
	}
	return out
}

// blowfish is the state of the cipher: 18 round keys and four boxes.
type blowfish struct {
	p [18]uint32
	s [4][256]uint32
}

func (b *blowfish) encrypt(l, r uint32) (uint32, uint32) {
	for i := 0; i < 16; i += 2 {
		l ^= b.p[i]
		r ^= b.turn(l)
		r ^= b.p[i+1]
		l ^= b.turn(r)
	}
	return r ^ b.p[17], l ^ b.p[16]
}

func (b *blowfish) turn(x uint32) uint32 {
	return (b.s[0][x>>24] + b.s[1][x>>16&0xff]) ^ b.s[2][x>>8&0xff] + b.s[3][x&0xff]
}

// expand mixes a key into the state, and a salt, of 64 bytes, if there is one.
func (b *blowfish) expand(key, salt []byte) {
	at := 0
	for i := range b.p {
		b.p[i] ^= binary.BigEndian.Uint32(key[at:])
		at = (at + 4) % len(key)
	}
	var l, r uint32
	at = 0
	next := func() (uint32, uint32) {
		if salt != nil {
			l ^= binary.BigEndian.Uint32(salt[at:])
			r ^= binary.BigEndian.Uint32(salt[at+4:])
			at = (at + 8) % len(salt)
		}
		l, r = b.encrypt(l, r)
		return l, r
	}
	for i := 0; i < len(b.p); i += 2 {
		b.p[i], b.p[i+1] = next()
	}
	for box := range b.s {
		for i := 0; i < 256; i += 2 {
			b.s[box][i], b.s[box][i+1] = next()
		}
	}
}

// piBlowfish is the state that the cipher begins with: the fraction of π, 1042 words of it. It is computed, because
// random digits are the one thing that no compression makes smaller; a hundredth of a second, once.
var piBlowfish = sync.OnceValue(func() *blowfish {
	const words, guard = 18 + 4*256, 64
	unit := new(big.Int).Lsh(big.NewInt(1), 32*words+guard)
	pi := new(big.Int).Mul(arctan(5, unit), big.NewInt(16)) // Machin: π = 16 arctan 1/5 − 4 arctan 1/239
	pi.Sub(pi, new(big.Int).Mul(arctan(239, unit), big.NewInt(4)))
	digits := pi.Mod(pi, unit).Rsh(pi, guard).FillBytes(make([]byte, 4*words))
	b := &blowfish{}
	for i := range words {
		word := binary.BigEndian.Uint32(digits[4*i:])
		if i < len(b.p) {
			b.p[i] = word
		} else {
			b.s[(i-len(b.p))/256][(i-len(b.p))%256] = word
		}
	}
	return b
})

// arctan computes unit · arctan 1/n.
func arctan(n int64, unit *big.Int) *big.Int {
	power := new(big.Int).Div(unit, big.NewInt(n))
	sum := new(big.Int).Set(power)
	square, term := big.NewInt(n*n), new(big.Int)
	for i := int64(1); power.Sign() != 0; i++ {
		power.Div(power, square)
		if term.Div(power, big.NewInt(2*i+1)); i%2 == 1 {
			sum.Sub(sum, term)
		} else {
			sum.Add(sum, term)
		}
	}
	return sum
}
