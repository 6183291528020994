package userfile

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// A Cost is the work that argon2id is to do for a hash (RFC 9106 §3.1).
type Cost struct {
	Memory uint32 // in KiB
	Passes uint32
	Lanes  uint8
}

// A Hasher returns size bytes of a password's argon2id hash.
type Hasher func(password, salt []byte, c Cost, size int) []byte

func argon2id(password, salt []byte, c Cost, size int) []byte {
	return argon2.IDKey(password, salt, c.Passes, c.Memory, c.Lanes, uint32(size))
}

// What new hashes have: the least of R-1, which is also OWASP's recommendation.
var cost = Cost{Memory: 19 << 10, Passes: 2, Lanes: 1}

const (
	saltSize = 16
	keySize  = 32
)

// What a hash in a file may ask for: less is no protection, more would let a line of text hold up the service.
const (
	maxMemory           = 128 << 10 // KiB
	maxPasses           = 16
	maxLanes            = 16
	minSalt, maxSalt    = 8, 64
	minKey, maxKey      = 16, 64
	maxPHC              = 256 // characters
	memoryPerLane       = 8   // KiB at least (RFC 9106 §3.1)
	algorithmAndVersion = "$argon2id$v=19$"
)

// A hash is what is kept of a password. As text it is a PHC string: $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH, with salt
// and hash in base64 without padding.
type hash struct {
	cost      Cost
	salt, key []byte
}

// ErrHash says that a hash cannot be read.
var ErrHash = errors.New("the hash is no PHC string of argon2id in its bounds")

// parseHash reads a PHC string. There is one way to write each hash, and no other is read.
func parseHash(text string) (hash, error) {
	rest, ok := strings.CutPrefix(text, algorithmAndVersion)
	fields := strings.Split(rest, "$")
	if !ok || len(text) > maxPHC || len(fields) != 3 {
		return hash{}, ErrHash
	}
	c, okCost := parseCost(fields[0])
	salt, okSalt := parseBytes(fields[1], minSalt, maxSalt)
	key, okKey := parseBytes(fields[2], minKey, maxKey)
	if !okCost || !okSalt || !okKey {
		return hash{}, ErrHash
	}
	return hash{c, salt, key}, nil
}

// parseCost reads m=19456,t=2,p=1.
func parseCost(text string) (Cost, bool) {
	fields := strings.Split(text, ",")
	if len(fields) != 3 {
		return Cost{}, false
	}
	m, okM := parseNumber(fields[0], "m=", maxMemory)
	t, okT := parseNumber(fields[1], "t=", maxPasses)
	p, okP := parseNumber(fields[2], "p=", maxLanes)
	if !okM || !okT || !okP || m < memoryPerLane*p {
		return Cost{}, false
	}
	return Cost{m, t, uint8(p)}, true
}

// parseNumber reads a number from 1 to most, behind its name.
func parseNumber(text, name string, most uint32) (uint32, bool) {
	digits, ok := strings.CutPrefix(text, name)
	n, err := strconv.ParseUint(digits, 10, 32)
	return uint32(n), ok && err == nil && 1 <= n && n <= uint64(most) && digits == strconv.FormatUint(n, 10)
}

var phcBase64 = base64.RawStdEncoding.Strict()

func parseBytes(text string, least, most int) ([]byte, bool) {
	b, err := phcBase64.DecodeString(text)
	return b, err == nil && !strings.ContainsAny(text, "\r\n") && least <= len(b) && len(b) <= most // the decoder skips CR and LF
}

// String writes the hash as a PHC string.
func (h hash) String() string {
	number := func(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
	return algorithmAndVersion + "m=" + number(h.cost.Memory) + ",t=" + number(h.cost.Passes) + ",p=" + number(uint32(h.cost.Lanes)) +
		"$" + phcBase64.EncodeToString(h.salt) + "$" + phcBase64.EncodeToString(h.key)
}

// weak reports whether new hashes are stronger. Passes make up for each other's work, but not for memory, of which
// attackers have the least.
func (h hash) weak() bool {
	work := func(c Cost) uint64 { return uint64(c.Memory) * uint64(c.Passes) }
	return h.cost.Memory < cost.Memory || work(h.cost) < work(cost) || len(h.salt) < saltSize || len(h.key) < keySize
}

// fits reports whether a password has this hash.
func (h hash) fits(password string, by Hasher) bool {
	return subtle.ConstantTimeCompare(by([]byte(password), h.salt, h.cost, len(h.key)), h.key) == 1
}

// newHash hashes a password with a new salt.
func newHash(password string, by Hasher, rand io.Reader) (hash, error) {
	h := hash{cost: cost, salt: make([]byte, saltSize)}
	if _, err := io.ReadFull(rand, h.salt); err != nil {
		return hash{}, err
	}
	h.key = by([]byte(password), h.salt, h.cost, keySize)
	return h, nil
}

// nobody is the hash that the password of an unknown user is held to, so that it costs what a wrong one does. No
// password that anybody finds has it: its bytes are all zero.
var nobody = hash{cost, make([]byte, saltSize), make([]byte, keySize)}
