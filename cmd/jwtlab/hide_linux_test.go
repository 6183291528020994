package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// newTerminal returns a terminal as a program sees it, and the keyboard and screen of it (pty(7)).
func newTerminal(t *testing.T) (terminal, keyboard *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no terminals here: ", err)
	}
	t.Cleanup(func() { keyboard.Close() })
	var number, locked int32
	for request, at := range map[uintptr]*int32{syscall.TIOCGPTN: &number, syscall.TIOCSPTLCK: &locked} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, keyboard.Fd(), request, uintptr(unsafe.Pointer(at))); errno != 0 {
			t.Fatal(errno)
		}
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no terminals here: ", err)
	}
	t.Cleanup(func() { terminal.Close() })
	return terminal, keyboard
}

// A typist answers each prompt with the next thing to do.
type typist struct {
	said strings.Builder
	do   []func()
}

func (y *typist) Write(p []byte) (int, error) {
	if bytes.HasSuffix(p, []byte(": ")) && len(y.do) > 0 {
		y.do[0]()
		y.do = y.do[1:]
	}
	return y.said.Write(p)
}

func TestTypedPassword(t *testing.T) {
	interrupt := func(*os.File) {
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Error(err)
		}
	}
	press := func(keys string) func(*os.File) {
		return func(keyboard *os.File) { _, _ = keyboard.WriteString(keys) }
	}
	for _, test := range []struct {
		name string
		do   []func(*os.File)
		code int
		want string
	}{
		{"twice the same", []func(*os.File){press("correct horse\n"), press("correct horse\r")}, good, ""},
		{"corrected", []func(*os.File){press("correct mule\x7f\x7f\x7f\x7fhorse\n"), press("correct horse\n")}, good, ""},
		{"two words", []func(*os.File){press("correct horse\n"), press("battery staple\n")}, bad, "differ"},
		{"the end", []func(*os.File){press("correct horse\n"), press("\x04")}, bad, "No password"},
		{"given up", []func(*os.File){press("correct horse\n"), interrupt}, bad, "No password"},
		{"given up at once", []func(*os.File){interrupt}, bad, "No password"},
	} {
		t.Run(test.name, func(t *testing.T) {
			terminal, keyboard := newTerminal(t)
			user := &typist{}
			for _, do := range test.do {
				user.do = append(user.do, func() { do(keyboard) })
			}
			path := filepath.Join(t.TempDir(), "users")
			var out bytes.Buffer
			code := run(env{in: terminal, out: &out, err: user, getenv: func(string) string { return "" },
				now: func() time.Time { return noon }, rand: rand.Reader}, []string{"user", "add", "-users", path, "amy"})
			if code != test.code || !strings.Contains(user.said.String(), test.want) || len(user.do) > 0 {
				t.Errorf("code %d, %s%s", code, out.String(), user.said.String())
			}
			if _, err := os.Stat(path); (err == nil) != (code == good) {
				t.Errorf("the file: %v", err)
			}
			_, _ = keyboard.WriteString("#") // shown again, and before it nothing was
			shown := make([]byte, 100)
			if n, err := keyboard.Read(shown); err != nil || string(shown[:n]) != "#" {
				t.Errorf("the terminal shows %q, %v", shown[:n], err)
			}
			if code == good {
				if out := (world{stdin: "another horse"}).must(t, "user", "passwd", "-users", path, "amy"); !strings.Contains(out, "amy") {
					t.Error(out)
				}
			}
		})
	}
}
