package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// says runs the program and holds it to its exit code and to words of what it says.
func (w world) says(t *testing.T, want int, words string, args ...string) string {
	t.Helper()
	code, out, err := w.call(args...)
	if code != want || !strings.Contains(out+err, words) || strings.Contains(out+err, "⟨") || (code == good) != (err == "") {
		t.Errorf("%q: code %d, %s%s; want %d and %q", args, code, out, err, want, words)
	}
	return out
}

func TestUsers(t *testing.T) {
	home := t.TempDir()
	typing := func(stdin string) world {
		return world{stdin: stdin, env: map[string]string{"HOME": home, "XDG_STATE_HOME": filepath.Join(home, "state")}}
	}
	nobody := typing("")
	nobody.says(t, good, "There are no users yet", "user", "list")
	if _, err := os.Stat(filepath.Join(home, "state")); err == nil {
		t.Error("listing makes a folder")
	}
	typing("correct horse\n").says(t, good, "alice can log in now", "user", "add", "-role", "admin", "alice")
	typing("battery staple").says(t, good, "bob can log in now", "user", "add", "bob")
	if out := nobody.says(t, good, "", "user", "list"); out != "alice  admin\nbob    no role\n" {
		t.Errorf("the users are\n%s", out)
	}
	path := filepath.Join(home, "state", "jwtlab", "users")
	var listed struct {
		File  string
		Users []struct {
			Name, Role string
			Weak       *bool
		}
	}
	if err := json.Unmarshal([]byte(nobody.must(t, "user", "list", "-json")), &listed); err != nil || listed.File != path ||
		len(listed.Users) != 2 || listed.Users[0].Role != "admin" || listed.Users[1].Weak == nil || *listed.Users[1].Weak {
		t.Errorf("as JSON they are %+v, %v", listed, err)
	}
	before := fileText(t, path)
	typing("another horse\r\n").says(t, good, "alice has a new password", "user", "passwd", "alice")
	after := fileText(t, path)
	if strings.Contains(after+before, "horse") || before == after || !strings.Contains(after, "\nalice:admin:$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("before\n%s\nafter\n%s", before, after)
	}
	if out := nobody.must(t, "user", "remove", "-json", "bob"); !strings.Contains(out, `"name": "bob"`) {
		t.Errorf("removing says %s", out)
	}
	if out := nobody.must(t, "user", "list"); out != "alice  admin\n" {
		t.Errorf("the users are\n%s", out)
	}
}

func fileText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%s is %v, %v", path, info.Mode(), err)
	}
	return string(text)
}

func TestUserRefusals(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users")
	typing := func(stdin string) world { return world{stdin: stdin} }
	typing("correct horse").must(t, "user", "add", "-users", path, "alice")
	for _, test := range []struct {
		stdin, args, want string
	}{
		{"", "add bob", "at least 8"},
		{"7 chars", "add bob", "at least 8"},
		{strings.Repeat("x", 129), "add bob", "at most 128"},
		{strings.Repeat("x", 5000), "add bob", "at most 128"},
		{"Sunshine", "add bob", "first that anybody would guess"},
		{"two\nlines here", "add bob", "more than one line"},
		{"correct horse", "add alice", "already"},
		{"correct horse", "add b/b", "1 to 64"},
		{"correct horse", "add bob -role a:b", "A role"},
		{"short", "passwd alice", "at least 8"},
		{"correct horse", "passwd Alice", "no user of this name"},
		{"", "remove bob", "no user of this name"},
	} {
		args := append([]string{"user"}, strings.Fields(test.args)...)
		typing(test.stdin).says(t, bad, test.want, append(args, "-users", path)...)
		if code, _, err := typing(test.stdin).call(append(args, "-users", path, "-lang", "ko")...); code != bad || strings.Contains(err, "⟨") {
			t.Errorf("%q in Korean: code %d, %s", args, code, err)
		}
	}
	for text, want := range map[string]string{
		"# fine\nalice:admin\n":           "Line 2 of the users’ file: It is not NAME:ROLE:HASH.",
		"alice:admin:secret":              "The hash is none",
		strings.Repeat("#", 17<<20):       "too large",
		"a b:admin:secret":                "A name has",
		"alice:$argon2id$v=19$m=1$x$y:x:": "NAME:ROLE:HASH",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		typing("correct horse").says(t, bad, want, "user", "add", "-users", path, "bob")
		typing("").says(t, bad, want, "user", "list", "-users", path)
		if fileText(t, path) != text {
			t.Error("a file with a fault is changed")
		}
	}
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	typing("").says(t, bad, "chmod 600", "user", "list", "-users", path)
}

func TestStateFolder(t *testing.T) {
	for _, test := range []struct {
		goos string
		env  map[string]string
		want string // "" for none
	}{
		{"linux", map[string]string{"HOME": "/home/amy"}, "/home/amy/.local/state/jwtlab"},
		{"linux", map[string]string{"HOME": "/home/amy", "XDG_STATE_HOME": "/state"}, "/state/jwtlab"},
		{"linux", map[string]string{"HOME": "/home/amy", "XDG_STATE_HOME": "state"}, "/home/amy/.local/state/jwtlab"},
		{"freebsd", map[string]string{"HOME": "/home/amy"}, "/home/amy/.local/state/jwtlab"},
		{"darwin", map[string]string{"HOME": "/Users/amy"}, "/Users/amy/Library/Application Support/jwtlab"},
		{"windows", map[string]string{"LOCALAPPDATA": "/amy/Local", "HOME": "/x"}, "/amy/Local/jwtlab"},
		{"linux", nil, ""},
		{"windows", map[string]string{"HOME": "/x"}, ""},
	} {
		got, err := stateFolder(test.goos, func(name string) string { return test.env[name] })
		if got != filepath.FromSlash(test.want) || (err == nil) != (test.want != "") {
			t.Errorf("%s %v: %q, %v; want %q", test.goos, test.env, got, err, test.want)
		}
	}
}
