package boltstore

import (
	"encoding/binary"
	"errors"
	"time"

	"jwtlab/app/login"
)

// A record is all that is kept of a login under its id.
type record struct {
	login            login.Login
	newest, previous login.Hash
	replaced         time.Time // when the newest secret replaced the previous
	sealed           string    // of that replacement
}

// Where the parts of a record stand: times in milliseconds first, then hashes, then texts with their lengths.
const (
	recordForm = 1
	createdAt  = 1
	seenAt     = createdAt + 8
	idleAt     = seenAt + 8
	expiresAt  = idleAt + 8
	replacedAt = expiresAt + 8
	newestAt   = replacedAt + 8
	previousAt = newestAt + 32
	textsAt    = previousAt + 32
)

var errDamaged = errors.New("a record is damaged; restore the file from a copy")

func (r record) encode() []byte {
	l := r.login
	raw := make([]byte, 0, textsAt+64+len(l.User)+len(l.Address)+len(r.sealed))
	raw = append(raw, recordForm)
	for _, t := range []time.Time{l.Created, l.Seen, l.Idle, l.Expires, r.replaced} {
		raw = binary.BigEndian.AppendUint64(raw, uint64(t.UnixMilli()))
	}
	raw = append(append(raw, r.newest[:]...), r.previous[:]...)
	for _, text := range []string{l.User, string(l.Mode), l.Address, r.sealed} {
		raw = appendText(raw, text)
	}
	raw = binary.AppendUvarint(raw, uint64(len(l.Attributes)))
	for name, value := range l.Attributes {
		raw = appendText(appendText(raw, name), value)
	}
	return raw
}

func appendText(raw []byte, text string) []byte {
	return append(binary.AppendUvarint(raw, uint64(len(text))), text...)
}

// decodeRecord reads the record of a login and keeps nothing of raw.
func decodeRecord(id string, raw []byte) (record, error) {
	if len(raw) < textsAt || raw[0] != recordForm {
		return record{}, errDamaged
	}
	r := record{
		newest:   login.Hash(raw[newestAt:previousAt]),
		previous: login.Hash(raw[previousAt:textsAt]),
		replaced: timeAt(raw, replacedAt),
	}
	t := texts{rest: string(raw[textsAt:])}
	r.login = login.Login{
		ID: id, User: t.next(), Mode: login.Mode(t.next()), Address: t.next(),
		Created: timeAt(raw, createdAt), Seen: timeAt(raw, seenAt), Idle: timeAt(raw, idleAt), Expires: timeAt(raw, expiresAt),
	}
	r.sealed = t.next()
	r.login.Attributes = t.pairs()
	if t.bad || t.rest != "" {
		return record{}, errDamaged
	}
	return r, nil
}

func timeAt(raw []byte, at int) time.Time {
	return time.UnixMilli(int64(binary.BigEndian.Uint64(raw[at:]))).UTC()
}

// texts reads texts with their lengths one by one; bad says that there was none where one had to be.
type texts struct {
	rest string
	bad  bool
}

func (t *texts) next() string {
	n := t.number()
	if n > len(t.rest) {
		t.bad, t.rest = true, ""
		return ""
	}
	text := t.rest[:n]
	t.rest = t.rest[n:]
	return text
}

// number reads a length. It is written with as few bytes as it needs, seven bits in each.
func (t *texts) number() int {
	n := 0
	for i := 0; i < len(t.rest) && i < 4; i++ {
		c := t.rest[i]
		n |= int(c&0x7F) << (7 * i)
		if c < 0x80 {
			t.rest = t.rest[i+1:]
			return n
		}
	}
	t.bad, t.rest = true, ""
	return 0
}

// pairs reads names and values, nil for none. Each pair takes two bytes at least, so no count can ask for more than the
// record has.
func (t *texts) pairs() map[string]string {
	n := t.number()
	if n > len(t.rest)/2 {
		t.bad = true
	}
	if n == 0 || t.bad {
		return nil
	}
	pairs := make(map[string]string, n)
	for range n {
		name := t.next()
		pairs[name] = t.next()
	}
	return pairs
}

// end is when the login ends unless it is used before, zero for never.
func (r record) end() time.Time {
	i, e := r.login.Idle, r.login.Expires
	if i.IsZero() || !e.IsZero() && e.Before(i) {
		return e
	}
	return i
}

// trim gives a time the precision of a store.
func trim(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
