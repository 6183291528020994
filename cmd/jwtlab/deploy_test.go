package main

import (
	"debug/elf"
	"errors"
	"io/fs"
	"net"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// What the unit and the container say to the program is what it understands, and it starts with that once it has an origin.
func TestDeployment(t *testing.T) {
	for file, begin := range map[string]string{"deploy/jwtlab.service": "ExecStart=", "deploy/Containerfile": "CMD "} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		variables, args := map[string]string{"JWTLAB_ORIGIN": "https://lab.example", "JWTLAB_PROXIES": "10.88.0.0/16"}, ""
		for _, line := range strings.Split(strings.ReplaceAll(string(text), "\\\n", ""), "\n") {
			if after, ok := strings.CutPrefix(line, begin); ok {
				args = after
			}
			if strings.HasPrefix(line, "#") && !strings.Contains(line, "-e JWTLAB_") {
				continue
			}
			for _, set := range regexp.MustCompile(`(JWTLAB_[A-Z_]+)=(\S+)`).FindAllStringSubmatch(line, -1) {
				variables[set[1]] = set[2]
			}
		}
		words := regexp.MustCompile(`[^\s"\[\]]+`).FindAllString(args, -1)
		at := slices.Index(words, "serve")
		if at < 0 {
			t.Fatalf("%s does not serve: %q", file, args)
		}
		var said buffer
		s := newServeCall(env{out: &said, err: &said, now: time.Now, getenv: func(name string) string { return variables[name] }})
		if code, ok := s.read(words[at+1:]); !ok {
			t.Errorf("%s: code %d, %s", file, code, said.String())
		}
		for name := range variables {
			flag := strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(name, "JWTLAB_")), "_", "-")
			if s.flags.Lookup(flag) == nil {
				t.Errorf("%s: no flag for %s", file, name)
			}
		}
		addr, err := net.ResolveTCPAddr("tcp", s.addr)
		if err != nil {
			t.Fatal(err)
		}
		if st, err := s.stand(addr); err != nil || st.way != byProxy || len(st.weak) > 0 {
			t.Errorf("%s: it would serve as %+v, %v", file, st, err)
		}
	}
}

// The program in the container has nothing beside it: it must be linked statically.
func TestStatic(t *testing.T) {
	f, err := elf.Open("../../bin/jwtlab")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no bin/jwtlab: run make build")
	}
	if err != nil {
		t.Skipf("bin/jwtlab is none of ELF: %v", err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("bin/jwtlab is linked dynamically")
		}
	}
}
