package main

import (
	"bufio"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var kills = flag.Int("kills", 2, "how often TestKill kills a server")

// asProgram has the test binary be the program.
const asProgram = "JWTLAB_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// A program is jwtlab serve in a process of its own.
type program struct {
	url  string
	kill func() // waits until it is gone
}

// launch starts a program on a port that is free, and returns when it answers.
func launch(t *testing.T, args ...string) *program {
	t.Helper()
	for {
		p, said := tryLaunch(t, freeAddress(t), args)
		if p != nil {
			return p
		}
		if !strings.Contains(said, "is taken by another program") { // which took it in the meantime
			t.Fatal(said)
		}
	}
}

func tryLaunch(t *testing.T, address string, args []string) (p *program, said string) {
	t.Helper()
	home := t.TempDir()
	log, err := os.Create(filepath.Join(home, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd := exec.Command(os.Args[0], append([]string{"serve", "-addr", address}, args...)...)
	cmd.Env, cmd.Stderr = []string{asProgram + "=1", "HOME=" + home}, log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := sync.OnceFunc(func() {
		_ = cmd.Process.Kill() // SIGKILL
		_ = cmd.Wait()
	})
	t.Cleanup(kill)
	if line, err := bufio.NewReader(out).ReadString('\n'); err == nil && strings.Contains(line, "JWT Lab is on ") {
		return &program{"http://" + address, kill}, ""
	}
	kill()
	text, _ := os.ReadFile(log.Name())
	return nil, string(text)
}

// TestKill kills the server again and again with the default store under load, and each time starts it anew on the same files
// and holds it to its word: a login, rotation, logout or forced end that was answered has happened. What was under way may
// have happened or not. An ordinary run kills twice, within the second; the long one, each time after some seconds, is
//
//	go test -run '^TestKill$' -count 1 -v ./cmd/jwtlab -kills 20
//
// and tells the rates, which are to be at least 50 logins/s and 500 refreshes/s on a machine with nothing else to do.
func TestKill(t *testing.T) {
	built(t)
	all, users := customers(t, 24)
	dir, dice := t.TempDir(), rand.New(rand.NewPCG(9, 28))
	args := []string{"-store", "bolt:" + filepath.Join(dir, "logins.db"), "-keys", filepath.Join(dir, "keys.json"),
		"-users", users, "-origin", "http://localhost:1"}
	p := launch(t, args...)
	var sum [3]int64
	for n := range *kills {
		count, took := load(all, p.url, crash, 500+dice.Int64N(int64(1000**kills)), p.kill)
		p.kill() // if no load did
		logLoad(t, all, count, took)
		for i, n := range []int64{count.logins.Load(), count.refreshes.Load(), count.ends.Load()} {
			sum[i] += n
		}
		p = launch(t, args...)
		settle(all, p.url, n == *kills-1)
		if t.Failed() {
			t.Fatalf("after kill %d", n+1)
		}
	}
	t.Logf("%d kills; held to %d logins, %d refreshes, %d ends", *kills, sum[0], sum[1], sum[2])
	for i, what := range []string{"login", "refresh", "end"} {
		if sum[i] == 0 {
			t.Errorf("there was no %s to be held to", what)
		}
	}
}
