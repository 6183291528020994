package e2e_test

import (
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

	"jwtlab/app/play/desk"
)

// names lists the files of a file system.
func names(t *testing.T, from fs.FS) (out []string) {
	t.Helper()
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func read(t *testing.T, from fs.FS, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(from, name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// npm reads a file of a package that the tests use, and skips the test where the packages are not installed.
func npm(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile("../testdata/npm/node_modules/" + path)
	if err != nil {
		t.Skip("run npm ci --prefix app/testdata/npm first: ", err)
	}
	return string(b)
}

// example returns one of the page's examples.
func example(t *testing.T, id string) desk.Example {
	t.Helper()
	for _, e := range desk.Examples() {
		if e.ID == id {
			return e.Made()
		}
	}
	t.Fatalf("no example %q", id)
	return desk.Example{}
}

// tampered changes one letter of the payload, such that it is JSON still.
func tampered(token string) string {
	parts := strings.Split(token, ".")
	for at := range parts[1] {
		for _, letter := range "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
			changed := parts[1][:at] + string(letter) + parts[1][at+1:]
			if b, err := base64.RawURLEncoding.DecodeString(changed); err == nil && changed != parts[1] && json.Valid(b) {
				return parts[0] + "." + changed + "." + parts[2]
			}
		}
	}
	panic("no letter can be changed in " + token)
}
