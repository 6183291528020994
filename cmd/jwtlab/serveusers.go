package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"jwtlab/app/login/ownerfile"
)

// A roll notices when accounts are removed, or their passwords or roles changed, and ends the logins that they have
// (ASVS 7.4.2, 7.4.3). What it knew last outlives the program in a file beside the store, if that does too: so it also
// notices what was changed while nobody served.
type roll struct {
	list     func() (map[string]string, error) // the mark of each account: see userfile.File.Marks
	forceOut func(ctx context.Context, user string) error
	path     string // "" for none

	known map[string]string
	again []string // forced out in the round before
	saved bool

	mu      sync.Mutex
	renewed map[string]string // marks by those that they replaced, though nobody changed anything
}

// maxRoll is more than the file of all accounts that there can be.
const maxRoll = 32 << 20

// open reads what was known last.
func (r *roll) open() error {
	r.known, r.renewed, r.saved = map[string]string{}, map[string]string{}, true
	if r.path == "" {
		return nil
	}
	text, _, err := ownerfile.Read(r.path, maxRoll)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &r.known)
	}
	if err != nil {
		return fmt.Errorf("reading which accounts there were: %w", err)
	}
	return nil
}

// renew is told of a hash that was replaced by a stronger one of the same password.
func (r *roll) renew(_, from, to string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.renewed[from] = to
}

// look compares the accounts with what was known, once. What failed is tried again the next time.
func (r *roll) look(ctx context.Context) error {
	now, err := r.list()
	if err != nil {
		return err // nobody can log in until the file is mended; nobody is thrown out for it either
	}
	before := maps.Clone(r.known)
	// A login that had its password checked just before the change may have been kept just after: hence a second time.
	out := r.again
	r.again = nil
	var faults []error
	for _, name := range out {
		if err := r.forceOut(ctx, name); err != nil {
			faults = append(faults, err)
			r.again = append(r.again, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.known)) {
		if r.same(r.known[name], now[name]) {
			continue
		}
		if err := r.forceOut(ctx, name); err != nil {
			faults = append(faults, err)
			now[name] = r.known[name]
			continue
		}
		r.again = append(r.again, name)
	}
	r.known = now
	if !maps.Equal(before, r.known) || !r.saved {
		faults = append(faults, r.save())
	}
	return errors.Join(faults...)
}

// same reports whether one mark became the other without anybody's doing.
func (r *roll) same(before, now string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for before != now {
		next, ok := r.renewed[before]
		if !ok {
			return false
		}
		before = next
	}
	return true
}

func (r *roll) save() error {
	r.saved = false
	if r.path == "" {
		r.saved = true
		return nil
	}
	text, err := json.Marshal(r.known)
	if err != nil {
		return err
	}
	if err = ownerfile.Create(r.path, string(text)); errors.Is(err, fs.ErrExist) {
		err = ownerfile.Replace(r.path, string(text))
	}
	if err != nil {
		return fmt.Errorf("keeping which accounts there are: %w", err)
	}
	r.saved = true
	return nil
}
