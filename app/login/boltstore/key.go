package boltstore

import (
	"encoding/binary"
	"time"

	"jwtlab/app/login"
)

// bucket holds everything: one tree is found quicker than several.
var bucket = []byte("login")

// The first byte of a key says what it is.
const (
	versionKey = 'v' // of the schema
	loginKey   = 'l' // id: a record
	secretKey  = 's' // hash: the hash before it, and the id of the login
	userKey    = 'u' // user, id: nothing
	deniedKey  = 'd' // id: until
	roleKey    = 'r' // user: role
	endKey     = 'e' // end, and the key of what ends then: nothing
)

func loginOf(id string) []byte { return append([]byte{loginKey}, id...) }

func deniedOf(id string) []byte { return append([]byte{deniedKey}, id...) }

func roleOf(user string) []byte { return append([]byte{roleKey}, user...) }

func secretOf(h login.Hash) []byte { return append([]byte{secretKey}, h[:]...) }

// userOf is the key of a user's login; with no id what all keys of the user's begin with. The length keeps those of "a"
// from those of "ab".
func userOf(user, id string) []byte {
	key := binary.AppendUvarint([]byte{userKey}, uint64(len(user)))
	return append(append(key, user...), id...)
}

// endOf is the key under which another is found when it ends. Such keys are in the order of time.
func endOf(end time.Time, key []byte) []byte {
	return append(binary.BigEndian.AppendUint64([]byte{endKey}, uint64(end.UnixMilli())^1<<63), key...)
}

// endPrefix is how long a key of an end is before what ends.
const endPrefix = 1 + 8

// A link is what is kept of a secret. Links lead from the newest secret of a login to all before.
type link struct {
	before login.Hash // zero for the first
	id     string
}

func (l link) encode() []byte { return append(l.before[:], l.id...) }

// decodeLink reads a link; what has no place for a hash is none.
func decodeLink(raw []byte) (link, bool) {
	if len(raw) < len(login.Hash{}) {
		return link{}, false
	}
	return link{before: login.Hash(raw[:32]), id: string(raw[32:])}, true
}
