package userfile

import (
	"context"

	"jwtlab/app/login"
)

// A memory is accounts that no file has.
type memory struct {
	options Options
	gate    *gate
	held    listing
}

// Demo returns two accounts that everybody knows, for trying out and never for a service that means anything to somebody
// (ASVS 6.3.2): alice with the password wonderland and the role user, admin with looking-glass and the role admin. It
// leaves the Path aside.
func Demo(o Options) (login.Accounts, error) {
	m := &memory{options: o.filled(), held: listing{users: map[string]user{}}}
	m.gate = newGate(m.options.Room, m.options.Queue)
	for _, known := range []struct{ name, role, password string }{
		{"alice", "user", "wonderland"},
		{"admin", "admin", "looking-glass"},
	} {
		h, err := newHash(known.password, m.options.Hash, m.options.Rand)
		if err != nil {
			return nil, err
		}
		m.held.users[known.name] = user{name: known.name, role: known.role, hash: h}
	}
	return m, nil
}

// Verify answers as [login.Accounts] has it.
func (m *memory) Verify(ctx context.Context, name, password string) (login.Account, error) {
	if len(password) > maxTried {
		return login.Account{}, login.ErrCredentials
	}
	leave, err := m.gate.enter(ctx)
	if err != nil {
		return login.Account{}, err
	}
	defer leave()
	u, err := m.held.verify(name, password, m.options.Hash)
	return login.Account{Name: u.name, Role: u.role}, err
}
