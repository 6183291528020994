package userfile

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestReadLines(t *testing.T) {
	for _, test := range []struct {
		text  string
		names string
	}{
		{"", ""},
		{"\n\n# nobody\n\r\n#", ""},
		{"amy:admin:" + sound, "amy"},
		{"bob::" + sound + "\r\namy:a.b-c_d@e:" + sound + "\n", "bob amy"},
		{"#amy:admin:" + sound + "\n" + heading + "Amy::" + sound + "\namy::" + vector, "Amy amy"},
		{strings.Repeat("n", 64) + ":" + strings.Repeat("r", 64) + ":" + sound, strings.Repeat("n", 64)},
	} {
		l, err := readLines(test.text)
		if got := strings.Join(l.names, " "); err != nil || got != test.names {
			t.Errorf("%q: users %q, %v; want %q", test.text, got, err, test.names)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, test := range []struct {
		text string
		line int
		want error
	}{
		{"amy", 1, ErrForm},
		{"\n#\namy:" + sound, 3, ErrForm},
		{"amy:admin:" + sound + ":", 1, ErrForm},
		{" ", 1, ErrForm},
		{":admin:" + sound, 1, ErrName},
		{" amy:admin:" + sound, 1, ErrName},
		{"에이미:admin:" + sound, 1, ErrName},
		{"\ufeffamy:admin:" + sound, 1, ErrName},
		{strings.Repeat("n", 65) + "::" + sound, 1, ErrName},
		{"amy:the admin:" + sound, 1, ErrRole},
		{"amy:" + strings.Repeat("r", 65) + ":" + sound, 1, ErrRole},
		{"amy:admin:wonderland", 1, ErrHash},
		{"amy:admin:" + sound + " ", 1, ErrHash},
		{"amy:admin:", 1, ErrHash},
		{"amy:admin:" + sound + "\nbob::" + sound + "\namy:user:" + sound + "\n", 3, ErrTwice},
	} {
		l, err := readLines(test.text)
		var f *Fault
		if !errors.As(err, &f) || f.Line != test.line || !errors.Is(err, test.want) || l.users != nil {
			t.Errorf("%q: %v, want line %d: %v", test.text, err, test.line, test.want)
		}
		if err != nil && (strings.Contains(err.Error(), "amy") || strings.Contains(err.Error(), "wonder")) {
			t.Errorf("the line is printed: %v", err)
		}
	}
}

func TestTooManyUsers(t *testing.T) {
	var b strings.Builder
	for i := range maxUsers + 1 {
		b.WriteString("u" + strings.Repeat("x", i%50) + string(rune('a'+i/50%26)) + string(rune('a'+i/1300%26)) + string(rune('a'+i/33800)) + "::" + sound + "\n")
	}
	if _, err := readLines(b.String()); !errors.Is(err, ErrMany) {
		t.Errorf("got %v", err)
	}
	if b.Len() > maxFile {
		t.Errorf("so many users need %d bytes", b.Len())
	}
}

func TestChangeKeepsTheRest(t *testing.T) {
	const text = "# first\r\namy:admin:" + sound + "\r\n\n  \t"
	broken, err := readLines(text)
	if err == nil {
		t.Fatalf("blanks are read as %v", broken.names)
	}
	l, err := readLines("# first\r\namy:admin:" + sound + "\r\n\nbob::" + sound)
	if err != nil {
		t.Fatal(err)
	}
	weak, _ := parseHash(vector)
	for _, test := range []struct{ what, got, want string }{
		{"replaced", l.with(user{name: "amy", role: "user", hash: weak}), "# first\r\namy:user:" + vector + "\n\nbob::" + sound},
		{"added", l.with(user{name: "cy", hash: weak}), "# first\r\namy:admin:" + sound + "\r\n\nbob::" + sound + "\ncy::" + vector + "\n"},
		{"removed", l.without("amy"), "# first\r\n\nbob::" + sound},
		{"removed", l.without("bob"), "# first\r\namy:admin:" + sound + "\r\n\n"},
		{"nobody removed", l.without("cy"), l.text},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.what, test.got, test.want)
		}
	}
}

// The laws: users are lines of the text; adding one and removing it gives the text back; replacing one changes no other.
func FuzzLines(f *testing.F) {
	f.Add("# first\r\namy:admin:"+sound+"\r\n\nbob::"+vector, "cy")
	f.Add("", "amy")
	f.Add("amy::"+sound+"\namy::"+sound, "amy")
	h, _ := parseHash(vector)
	f.Fuzz(func(t *testing.T, text, name string) {
		l, err := readLines(text)
		if err != nil {
			if l.users != nil || l.names != nil || l.text != "" {
				t.Errorf("%q gives an error and users", text)
			}
			return
		}
		if len(l.users) != len(l.names) {
			t.Errorf("%q has %d users and %d names", text, len(l.users), len(l.names))
		}
		for _, u := range l.users {
			if got := strings.TrimRight(text[u.start:u.end], "\r\n"); got+"\n" != u.line() {
				t.Errorf("the line of %s is %q, want %q", u.name, got, u.line())
			}
		}
		if checkNames(name, "r") != nil {
			return
		}
		_, there := l.users[name]
		after, err := readLines(l.with(user{name: name, role: "r", hash: h}))
		if err != nil || after.users[name].role != "r" || after.users[name].hash.String() != vector {
			t.Fatalf("%q with %s: %v, %v", text, name, after.users[name], err)
		}
		if !there {
			if got := after.without(name); strings.TrimSuffix(got, "\n") != strings.TrimSuffix(text, "\n") {
				t.Errorf("%q with and without %s is %q", text, name, got)
			}
			return
		}
		if !slices.Equal(after.names, l.names) {
			t.Errorf("replacing %s in %q changes the names to %v", name, text, after.names)
		}
	})
}
