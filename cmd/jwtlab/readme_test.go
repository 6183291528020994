package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// block returns the code block of the README that begins with a line.
func block(t *testing.T, first string) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, code, ok := strings.Cut(string(text), "```sh\n"+first)
	code, _, closed := strings.Cut(code, "```\n")
	if !ok || !closed {
		t.Fatalf("the README has no block that begins with %q", first)
	}
	return first + code
}

// TestREADME runs the lines of the README as they are, against a server as make run starts it.
func TestREADME(t *testing.T) {
	for _, tool := range []string{"sh", "curl", "sed"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s: the lines of the README are not run", tool)
		}
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil || !strings.Contains(string(makefile), "\n\tbin/jwtlab serve -demo\n") {
		t.Errorf("make run starts something else: %v", err)
	}
	r := start(t, "-demo")
	lines := strings.ReplaceAll(block(t, "# session:"), "http://localhost:8080", r.url)
	cmd := exec.Command("sh", "-e", "-u", "-c", lines)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "no_proxy=localhost", "NO_PROXY=localhost")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	got := string(out)
	for _, mode := range []string{"session", "cookie", "token"} {
		if !strings.Contains(got, `{"user":"alice","role":"user","mode":"`+mode+`","login":"`) {
			t.Errorf("mode %s: nobody is at /api/me: %s", mode, got)
		}
	}
	r.stop()
	log := r.log.String()
	for event, want := range map[string]int{"login": 3, "refresh": 2, "logout": 3} {
		if n := strings.Count(log, "event="+event+" "); n != want {
			t.Errorf("%d times %s, want %d: %s", n, event, want, log)
		}
	}
}
