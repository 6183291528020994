package main

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"jwtlab/app/login/ownerfile"
	"jwtlab/app/token"
)

func TestEnsureKeys(t *testing.T) {
	c := newClockwork(t)
	var made atomic.Int32
	var wait sync.WaitGroup
	texts := make([]string, 8)
	for i := range texts {
		wait.Go(func() {
			text, one, err := ensureKeys(c.path, "EdDSA", rand.Reader)
			if err != nil {
				t.Error(err)
			}
			if one {
				made.Add(1)
			}
			texts[i] = text
		})
	}
	wait.Wait()
	if made.Load() != 1 || len(slices.Compact(texts)) != 1 || texts[0] != fileText(t, c.path) {
		t.Errorf("%d made the file, and they read %q", made.Load(), texts)
	}
	if c.keys().Active(noon) == "" {
		t.Error("no key signs")
	}
	if _, _, err := ensureKeys(filepath.Join(t.TempDir(), "keys"), "none", rand.Reader); err == nil {
		t.Error("a key is made for none")
	}
	if err := os.Chmod(c.path, 0o604); err != nil {
		t.Fatal(err)
	}
	if text, made, err := ensureKeys(c.path, "EdDSA", rand.Reader); os.PathSeparator == '/' && (!errors.Is(err, ownerfile.ErrOpen) || text != "" || made) {
		t.Errorf("a file that others read: %v, %v", made, err)
	}
}

// The law: the number is there, in the place of the old one if there was one, and nothing else is changed.
func FuzzWithNumber(f *testing.F) {
	f.Add(`{}`, int64(0))
	f.Add(`{"a":[1,{"nbf":2}],"nbf" : -1e3 ,"b":""}`, int64(1<<60))
	f.Add("{\n  \"kty\": \"oct\"\n}", int64(-5))
	f.Fuzz(func(t *testing.T, raw string, n int64) {
		object, problems := token.ReadJSON([]byte(raw))
		root := object.Root()
		if len(problems) > 0 || root.Kind() != token.Object || root.Raw() != raw || root.Len() == 0 {
			return // a key always has members
		}
		got := withNumber(raw, "nbf", n)
		after, problems := token.ReadJSON([]byte(got))
		value, ok := after.Root().Get("nbf").Int()
		if len(problems) > 0 || !ok || value != n {
			t.Fatalf("%s became %s: %v", raw, got, problems)
		}
		others := func(v token.Value) (all []string) {
			for name, value := range v.Members() {
				if name.Text() != "nbf" {
					all = append(all, name.Raw(), value.Raw())
				}
			}
			return all
		}
		if !slices.Equal(others(root), others(after.Root())) {
			t.Errorf("%s became %s", raw, got)
		}
	})
}
