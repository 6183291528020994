package userfile_test

import (
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jwtlab/app/login"
	"jwtlab/app/login/ownerfile"
	"jwtlab/app/login/userfile"
)

func TestPasswords(t *testing.T) {
	b := open(t)
	for _, test := range []struct {
		password string
		want     error
	}{
		{"", userfile.ErrShort}, {"7 chars", userfile.ErrShort}, {"일곱글자입니다", userfile.ErrShort},
		{"8 chars.", nil}, {"여덟글자입니다.", nil}, {"        ", nil}, {"\x00\x01\xff\xfe\n\t\u202e\u0301", nil}, {strings.Repeat("한", 128), nil},
		{strings.Repeat("한", 129), userfile.ErrLong}, {strings.Repeat("x", 129), userfile.ErrLong},
		{"password", userfile.ErrCommon}, {"PassWord1", userfile.ErrCommon}, {"iloveyou", userfile.ErrCommon}, {"jennifer", userfile.ErrCommon},
		{"12345678", userfile.ErrCommon}, {"Long.Name@example", userfile.ErrCommon},
	} {
		name := "long.name@EXAMPLE"
		err := b.Add(name, "", test.password)
		if !errors.Is(err, test.want) {
			t.Errorf("%q: %v, want %v", test.password, err, test.want)
		}
		if err == nil {
			b.verify(t, name, test.password, login.Account{Name: name}, nil, 1)
			if err := b.Remove(name); err != nil {
				t.Error(err)
			}
		}
		if err := b.SetPassword("amy", test.password); err != nil && !errors.Is(err, test.want) {
			t.Errorf("%q for amy: %v, want %v", test.password, err, test.want)
		}
	}
}

func TestChanges(t *testing.T) {
	b := open(t)
	for _, test := range []struct {
		what      string
		got, want error
	}{
		{"twice", b.Add("amy", "", "correct horse"), userfile.ErrTwice},
		{"name", b.Add("a b", "", "correct horse"), userfile.ErrName},
		{"role", b.Add("ab", "a:b", "correct horse"), userfile.ErrRole},
		{"no such user", b.SetPassword("cy", "correct horse"), userfile.ErrUnknown},
		{"no such user", b.Remove("cy"), userfile.ErrUnknown},
		{"check", b.Check("amy", ""), userfile.ErrTwice},
		{"check name", b.Check("", ""), userfile.ErrName},
		{"check role", b.Check("cy", " "), userfile.ErrRole},
		{"check", b.Check("cy", "reader"), nil},
		{"password", b.SetPassword("amy", "another horse"), nil},
		{"removed", b.Remove("bob"), nil},
		{"added", b.Add("cy", "reader", "third horse"), nil},
	} {
		if !errors.Is(test.got, test.want) {
			t.Errorf("%s: %v, want %v", test.what, test.got, test.want)
		}
	}
	b.verify(t, "amy", "correct horse", login.Account{}, login.ErrCredentials, 1)
	b.verify(t, "amy", "another horse", login.Account{Name: "amy", Role: "admin"}, nil, 1)
	b.verify(t, "bob", "battery staple", login.Account{}, login.ErrCredentials, 1)
	users, err := b.List()
	if err != nil || len(users) != 2 || users[0] != (userfile.User{Name: "amy", Role: "admin"}) || users[1] != (userfile.User{Name: "cy", Role: "reader"}) {
		t.Errorf("the users are %v, %v", users, err)
	}
	if info, err := os.Stat(b.path); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
}

// weaken makes a file in which the hash of amy is weak.
func weaken(t *testing.T, b *bench) {
	t.Helper()
	weak := b.counted([]byte("correct horse"), []byte("somesalt"), userfile.Cost{Memory: 64, Passes: 1, Lanes: 1}, 16)
	text := "amy:admin:$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + base64.RawStdEncoding.EncodeToString(weak) + "\n"
	if err := os.WriteFile(b.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestRenewal(t *testing.T) {
	b, o := newBench(t)
	weaken(t, b)
	b.open(t, o)
	amy := login.Account{Name: "amy", Role: "admin"}
	if users, err := b.List(); err != nil || len(users) != 1 || !users[0].Weak {
		t.Errorf("the users are %v, %v; want a weak one", users, err)
	}
	b.verify(t, "amy", "wrong horse", login.Account{}, login.ErrCredentials, 1)
	b.verify(t, "amy", "correct horse", amy, nil, 2) // replaced
	b.verify(t, "amy", "correct horse", amy, nil, 1)
	text, err := os.ReadFile(b.path)
	if err != nil || !strings.HasPrefix(string(text), "amy:admin:$argon2id$v=19$m=19456,t=2,p=1$") || len(b.warned) > 0 {
		t.Errorf("R-1: the file has %s, %v, %v", text, err, b.warned)
	}
}

func TestRenewalFails(t *testing.T) {
	amy := login.Account{Name: "amy", Role: "admin"}
	b, o := newBench(t)
	o.Path = filepath.Join(t.TempDir(), strings.Repeat("n", 250)) // no file can be written beside it
	b.path = o.Path
	weaken(t, b)
	b.open(t, o)
	b.verify(t, "amy", "correct horse", amy, nil, 2)
	b.verify(t, "amy", "correct horse", amy, nil, 1) // it does not try again
	if len(b.warned) != 1 {
		t.Errorf("warned of %v", b.warned)
	}
	if text, err := os.ReadFile(b.path); err != nil || !strings.Contains(string(text), "$m=64,t=1,p=1$") {
		t.Errorf("R-1: the old hash is lost: %s, %v", text, err)
	}

	b, o = newBench(t)
	weaken(t, b)
	b.open(t, o)
	unlock, err := ownerfile.Lock(b.path)
	if err != nil {
		t.Fatal(err)
	}
	b.verify(t, "amy", "correct horse", amy, nil, 2) // somebody else changes the file
	unlock()
	b.verify(t, "amy", "correct horse", amy, nil, 2)
	b.verify(t, "amy", "correct horse", amy, nil, 1)
	if len(b.warned) != 0 {
		t.Errorf("warned of %v", b.warned)
	}
}

// TestRenewalDoesNotUndo removes a user, or changes the password, in the moment in which the hash is replaced.
func TestRenewalDoesNotUndo(t *testing.T) {
	for what, meanwhile := range map[string]func(*userfile.File) error{
		"removed":          func(f *userfile.File) error { return f.Remove("amy") },
		"another password": func(f *userfile.File) error { return f.SetPassword("amy", "another horse") },
	} {
		b, o := newBench(t)
		weaken(t, b)
		b.open(t, o)
		other, o2 := newBench(t)
		o2.Path = b.path
		other.open(t, o2)
		b.before = func() {
			if b.hashes.Load() == 3 { // weaken, verify, renew
				if err := meanwhile(other.File); err != nil {
					t.Error(err)
				}
			}
		}
		b.verify(t, "amy", "correct horse", login.Account{Name: "amy", Role: "admin"}, nil, 2)
		b.now = b.now.Add(time.Second)
		b.verify(t, "amy", "correct horse", login.Account{}, login.ErrCredentials, 1)
		if len(b.warned) > 0 {
			t.Errorf("%s: warned of %v", what, b.warned)
		}
	}
}

// TestTwoAddAtOnce adds users from two places.
func TestTwoAddAtOnce(t *testing.T) {
	b, o := newBench(t)
	var wait sync.WaitGroup
	for _, name := range strings.Fields("a b c d e f g h i j") {
		f, err := userfile.Open(o)
		if err != nil {
			t.Fatal(err)
		}
		wait.Go(func() {
			if err := f.Add(name, "", "correct horse"); err != nil && !errors.Is(err, fs.ErrExist) {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	b.open(t, o)
	if users, err := b.List(); err != nil || len(users) != 10 {
		t.Errorf("the users are %v, %v", users, err)
	}
}
