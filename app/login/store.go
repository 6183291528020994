package login

import (
	"context"
	"errors"
	"time"
)

// A Store keeps logins, the deny list and roles. Each method is one atomic step, safe for concurrent use, and durable when
// it returns, but for Touch. It takes the time as an argument wherever something can have ended; what has ended is as if
// it had never been there, swept or not. The zero time never ends and denies nothing.
//
// The store sees hashes of secrets only: whoever steals it can log in nowhere.
type Store interface {
	// Create keeps a new login, known by the hash of its secret; with the zero Hash it is known by its id alone. The login
	// that has or had the secret ends, if there is one, ends in the same step, and so does one of the same secret. It is
	// not denied.
	Create(ctx context.Context, l Login, secret, ends Hash) error
	// Find returns the login whose secret has this hash, or [ErrUnknown]. Of a family only the newest secret finds it.
	Find(ctx context.Context, secret Hash, now time.Time) (Login, error)
	// Touch notes that a login was used and may now idle until the time given. It does nothing when the login has ended by
	// then, or was used later already. A touch may be lost in a crash.
	Touch(ctx context.Context, id string, seen, idle time.Time) error
	// Rotate replaces the secret of a login by the next: see [Rotation]. A secret that never was one is [ErrUnknown].
	Rotate(ctx context.Context, r Rotation) (Rotated, error)
	// End ends logins and denies them until the time given, and returns how many it ended.
	End(ctx context.Context, e Ending) (int, error)
	// Logins returns the logins of a user in the order of their ids, after the id given ("" for the first), at most limit.
	Logins(ctx context.Context, user, after string, limit int, now time.Time) ([]Login, error)

	// Deny puts ids, of access tokens or of logins, on the deny list until the time given; a later time wins.
	Deny(ctx context.Context, until time.Time, ids ...string) error
	// Denied reports whether any of the ids is on the deny list.
	Denied(ctx context.Context, now time.Time, ids ...string) (bool, error)

	// SetRole gives a user a role other than that of the account, and "" takes it back; Role returns it, or "" where none
	// was given.
	SetRole(ctx context.Context, user, role string) error
	Role(ctx context.Context, user string) (string, error)

	// Sweep removes at most limit records that have ended, and returns how many it removed: less than limit when none is
	// left. A store whose server removes them by itself returns 0.
	Sweep(ctx context.Context, now time.Time, limit int) (int, error)
}

// What stores answer beside success. Any other error means that the store could not be asked: the service answers 503.
var (
	ErrUnknown = errors.New("no such login")
	ErrFull    = errors.New("the store is full")
)

// A Hash is the SHA-256 of a secret. The zero Hash stands for none.
type Hash [32]byte

// A Login is one way in that somebody has: a session, or a family of refresh tokens. Times have a precision of one
// millisecond.
type Login struct {
	ID   string // names it in lists, claims and logs; opens nothing; never empty, never given twice
	User string
	Mode Mode
	// Created is when the password was given, Seen when the login was used last.
	Created, Seen time.Time
	// Idle is when it ends unless it is used before, Expires when it ends in any case (ASVS 7.3.1, 7.3.2).
	Idle, Expires time.Time
	Address       string // of the client that logged in
	Attributes    map[string]string
}

// Ended reports whether the login is over at a time. The moment of its end is after it.
func (l Login) Ended(now time.Time) bool {
	return past(l.Idle, now) || past(l.Expires, now)
}

func past(end, now time.Time) bool { return !end.IsZero() && !now.Before(end) }

// A Rotation presents the secret Old of a login, to be replaced by New.
//
// The newest secret is replaced, and remembered as used until the login expires ([Fresh]). One that was used before is
// shown by two: its owner and a thief. So the login ends, and is denied until Deny ([Reused]; RFC 9700 §4.14.2). But if
// Grace is not 0, and Old is the immediate predecessor of the newest secret, and was replaced at most Grace ago by a
// rotation with a Sealed, then nothing changes and that Sealed is returned ([Repeated]).
type Rotation struct {
	Old, New Hash
	Sealed   []byte // the secret of New, readable with that of Old only; nil where Grace is 0
	Now      time.Time
	Idle     time.Time // until when the login may idle now
	Grace    time.Duration
	Deny     time.Time
}

// Outcome says what became of a rotation.
type Outcome int

// The outcomes: see [Rotation].
const (
	Fresh Outcome = iota + 1
	Repeated
	Reused
)

// Rotated is the answer to a rotation: the login as it is now, or as it was when it ended.
type Rotated struct {
	Outcome Outcome
	Login   Login
	Sealed  []byte // of a repeated rotation
}

// An Ending names the logins of one user that are to end: the one with the id, or all but Except where ID is empty. Each
// that was there is denied by its id until Deny.
type Ending struct {
	User, ID, Except string
	Now, Deny        time.Time
}
