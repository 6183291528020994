package browser

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"jwtlab/app/lab/wire"
)

// What scripts are told, in the words of the exceptions.
var (
	ErrQuota    = errors.New("QuotaExceededError: the storage is full") // HTML §12.2.1
	ErrSecurity = errors.New("SecurityError: the origin is opaque")
	ErrGone     = errors.New("the document is not there any more")
)

const quota = 5 << 20 // UTF-16 code units of keys and values

// An area is what one origin keeps in one place, sorted by key.
type area struct {
	origin, embedded string
	tab              int // of sessionStorage; 0 for localStorage
	items            []wire.Field
	units            int
}

func (a *area) clone() *area {
	c := *a
	c.items = slices.Clone(a.items)
	return &c
}

func (a *area) find(key string) (int, bool) {
	return slices.BinarySearchFunc(a.items, key, func(f wire.Field, key string) int { return cmp.Compare(f.Name, key) })
}

// A Storage is localStorage, sessionStorage or the memory of a page, as its scripts see it. It is of no use once the
// document is gone.
type Storage struct {
	browser  *Browser
	document int
	tab      int
	memory   bool
}

// area returns what the storage stands for; nil if it has nothing yet, and it is not to be made.
func (s *Storage) area(make bool) (*area, error) {
	b := s.browser
	d := b.document(s.document)
	switch {
	case d == nil:
		return nil, ErrGone
	case d.failed:
		return nil, ErrSecurity
	case s.memory:
		return d.memory, nil
	}
	origin, embedded := d.origin(), b.embedded(d)
	for _, a := range b.areas {
		if a.origin == origin && a.embedded == embedded && a.tab == s.tab {
			return a, nil
		}
	}
	if !make {
		return nil, nil
	}
	a := &area{origin: origin, embedded: embedded, tab: s.tab}
	b.areas = append(slices.Clip(b.areas), a)
	return a, nil
}

// Get returns the value of a key; false if there is none.
func (s *Storage) Get(key string) (string, bool) {
	a, err := s.area(false)
	if err != nil || a == nil {
		return "", false
	}
	at, ok := a.find(key)
	if !ok {
		return "", false
	}
	return a.items[at].Value, true
}

// Set stores a value, or fails with [ErrQuota] and leaves all as it was.
func (s *Storage) Set(key, value string) error {
	a, err := s.area(true)
	if err != nil {
		return err
	}
	at, ok := a.find(key)
	grown := a.units + units(value)
	if ok {
		grown -= units(a.items[at].Value)
	} else {
		grown += units(key)
	}
	switch {
	case grown > quota:
		return ErrQuota
	case ok:
		a.items[at].Value = strings.Clone(value)
	default:
		a.items = slices.Insert(a.items, at, wire.Field{Name: strings.Clone(key), Value: strings.Clone(value)})
	}
	a.units = grown
	return nil
}

// Remove takes a key out, if it is there.
func (s *Storage) Remove(key string) error {
	a, err := s.area(false)
	if err != nil || a == nil {
		return err
	}
	if at, ok := a.find(key); ok {
		a.units -= units(key) + units(a.items[at].Value)
		a.items = slices.Delete(a.items, at, at+1)
	}
	return nil
}

// Items returns all keys and values, sorted by key.
func (s *Storage) Items() ([]wire.Field, error) {
	a, err := s.area(false)
	if err != nil || a == nil {
		return nil, err
	}
	return slices.Clone(a.items), nil
}

// units counts a text as JavaScript does.
func units(s string) (n int) {
	for _, r := range s {
		if n++; r > 0xffff && r != utf8.RuneError {
			n++
		}
	}
	return n
}
