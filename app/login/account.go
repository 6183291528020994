package login

import (
	"context"
	"errors"
)

// Accounts know who may log in. Its answers must not tell an unknown name from a wrong password, by their work no less
// than by their words (ASVS 6.3.8).
type Accounts interface {
	// Verify returns the account of the name if the password is its own, [ErrCredentials] if not or if there is no such
	// account, and [ErrBusy] if too many wait for an answer already.
	Verify(ctx context.Context, name, password string) (Account, error)
}

// An Account is somebody who may log in.
type Account struct {
	Name string
	Role string // "" for none
}

// What [Accounts] answer beside an account.
var (
	ErrCredentials = errors.New("the name or the password is wrong")
	ErrBusy        = errors.New("too many logins at once")
)
