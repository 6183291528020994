package wire

import (
	"encoding/binary"
	"math/rand/v2"
	"time"
)

// A Clock is moved by hand. The zero value stands at the zero time.
type Clock struct{ now time.Time }

// At returns a clock that stands at a time.
func At(t time.Time) Clock { return Clock{t} }

// Now is the time that the clock shows.
func (c *Clock) Now() time.Time { return c.now }

// Pass moves the clock on. It never goes back.
func (c *Clock) Pass(d time.Duration) { c.now = c.now.Add(max(d, 0)) }

// Chance is an [io.Reader] of octets that follow from a seed. They look random and are not: nothing real may be kept secret
// with them.
type Chance struct{ stream rand.ChaCha8 }

// NewChance begins the octets of a seed.
func NewChance(seed uint64) *Chance {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	return &Chance{*rand.NewChaCha8(key)}
}

// Read fills p. The error is always nil.
func (c *Chance) Read(p []byte) (int, error) { return c.stream.Read(p) }

// Clone returns a source that goes on with the same octets.
func (c *Chance) Clone() *Chance {
	d := *c
	return &d
}
