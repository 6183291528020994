package userfile_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/login"
)

func (b *bench) mark(t *testing.T, name string) string {
	t.Helper()
	marks, err := b.Marks()
	if err != nil {
		t.Fatal(err)
	}
	return marks[name]
}

// TestMark wants another mark for each change that somebody makes, and for nothing else.
func TestMark(t *testing.T) {
	b, o := newBench(t)
	b.open(t, o)
	if err := b.Add("amy", "admin", "correct horse"); err != nil {
		t.Fatal(err)
	}
	first := b.mark(t, "amy")
	if first == "" || first != b.mark(t, "amy") {
		t.Errorf("the mark is %s, and changes by itself", first)
	}
	if err := b.SetPassword("amy", "another horse"); err != nil {
		t.Fatal(err)
	}
	second := b.mark(t, "amy")
	text, err := os.ReadFile(b.path)
	if err == nil {
		err = os.WriteFile(b.path, []byte(strings.Replace(string(text), ":admin:", ":user:", 1)), 0o600)
	}
	b.now = b.now.Add(time.Minute)
	if third := b.mark(t, "amy"); err != nil || second == first || third == second {
		t.Errorf("the marks are %s, %s with another password, %s with another role, %v", first, second, third, err)
	}
}

// TestMarkOfRenewal wants to be told of a mark that changes though nobody changed anything.
func TestMarkOfRenewal(t *testing.T) {
	b, o := newBench(t)
	weaken(t, b)
	var told []string
	o.Renewed = func(name, before, after string) { told = append(told, name, before, after) }
	b.open(t, o)
	before := b.mark(t, "amy")
	b.verify(t, "amy", "correct horse", login.Account{Name: "amy", Role: "admin"}, nil, 2)
	if now := b.mark(t, "amy"); now == before || !slices.Equal(told, []string{"amy", before, now}) {
		t.Errorf("R-1: told of %q, the mark was %s and is %s", told, before, now)
	}
}
