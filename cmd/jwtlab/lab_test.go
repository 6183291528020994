package main

import (
	"encoding/json"
	"strings"
	"testing"
)

const quickTheft = "setup session/cookie-none\nlogin\nattack csrf-form\nexpect accepted\n"

// TestLabRun plays scripts that hold, that do not, and that are none.
func TestLabRun(t *testing.T) {
	for _, c := range []struct {
		stdin string
		args  []string
		code  int
		says  string
	}{
		{quickTheft, []string{"-"}, good, "All that was expected holds."},
		{quickTheft + "expect noticed\n", []string{"-"}, bad, "✗ expect noticed"},
		{quickTheft + "steal\n", []string{"-"}, bad, "Line 5: “steal” is no command."},
		{quickTheft + "expect until\n", []string{"-"}, bad, "Expected: expect until DURATION|forever|never"},
		{quickTheft + "setup jwt/memory\n", []string{"-"}, bad, "It has to stand before the first move."},
		{"setup session/memory-refresh-cookie", []string{"-"}, bad, "is for refresh tokens"},
		{"", []string{"xss-cookie"}, good, "HttpOnly"},
		{"", []string{"-lang", "ko", "xss-cookie"}, good, "기대한 것이 모두 맞습니다."},
		{"", nil, usage, ""},
		{"", []string{"no-such-file"}, usage, ""},
	} {
		code, out, _ := world{stdin: c.stdin}.call(append([]string{"lab", "run"}, c.args...)...)
		if code != c.code || !strings.Contains(out, c.says) {
			t.Errorf("%q %v: code %d, want %d, with %q:\n%s", c.stdin, c.args, code, c.code, c.says, out)
		}
	}
}

// TestLabMatrix checks the shape of the matrix, and that a cell's script is one that lab run plays.
func TestLabMatrix(t *testing.T) {
	var m struct {
		Setups []struct {
			ID, Credential, Storage string
			Flags                   []string
		}
		Attacks []struct{ ID string }
		Cells   []struct {
			Setup, Attack                        string
			Applies, Obtained, Accepted, Noticed *bool
			Until                                *int64 `json:"until_s"`
			Script                               string
		}
		Costs []struct{ Setup string }
	}
	if err := json.Unmarshal([]byte(world{}.must(t, "lab", "matrix", "-json")), &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Setups) < 20 || len(m.Attacks) < 20 || len(m.Cells) != len(m.Setups)*len(m.Attacks) || len(m.Costs) != len(m.Setups) {
		t.Fatalf("%d setups, %d attacks, %d cells, %d costs", len(m.Setups), len(m.Attacks), len(m.Cells), len(m.Costs))
	}
	for _, c := range m.Cells {
		if c.Applies == nil || c.Obtained == nil || c.Accepted == nil || c.Noticed == nil || c.Until == nil || c.Script == "" {
			t.Fatalf("%s %s lacks a member", c.Setup, c.Attack)
		}
	}
	if err := json.Unmarshal([]byte(world{}.must(t, "lab", "matrix", "-json", "jwt/cookie-none+prefix")), &m); err != nil || len(m.Setups) != 1 || m.Setups[0].ID != "jwt/cookie-none+prefix" {
		t.Errorf("of one setup: %v, %v", m.Setups, err)
	}
	if code, _, says := (world{}).call("lab", "matrix", "jwt/attic"); code != usage || !strings.Contains(says, "“attic” is no storage") {
		t.Errorf("of no setup: code %d, %s", code, says)
	}
	last := m.Cells[len(m.Cells)-1]
	world{stdin: last.Script}.must(t, "lab", "run", "-")
	text := world{}.must(t, "lab", "matrix")
	if !strings.Contains(text, "replay-after-logout") {
		t.Error("the text has no attack in it")
	}
}

// TestLabList lists the examples, each of which can be played by its name.
func TestLabList(t *testing.T) {
	var l struct{ Examples []struct{ Name string } }
	if err := json.Unmarshal([]byte(world{}.must(t, "lab", "list", "-json")), &l); err != nil || len(l.Examples) < 20 {
		t.Fatalf("%v, %d examples", err, len(l.Examples))
	}
	for _, x := range l.Examples {
		world{}.must(t, "lab", "run", "-json", x.Name)
	}
	text := world{}.must(t, "lab", "list")
	if !strings.Contains(text, "memory-refresh-cookie") || !strings.Contains(text, "transfer TO AMOUNT") {
		t.Error(text)
	}
}
