package witness

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Missing skips a test whose counterpart is not installed; on CI, where it has to be, the test fails.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// Jose returns the command for a script of the test's package that uses npm's jose. The script gets the folder of the
// npm packages as its argument.
func Jose(t testing.TB, script string) *exec.Cmd {
	t.Helper()
	modules, err := filepath.Abs(filepath.Join("..", "testdata", "npm", "node_modules"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(modules, "jose")); err != nil {
		Missing(t, "npm's jose is not installed; run: npm ci --prefix app/testdata/npm")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		Missing(t, "node is not installed; install nodejs 20 or later")
	}
	cmd := exec.Command(node, filepath.Join("testdata", script), modules)
	cmd.Env = append(os.Environ(), "NODE_NO_WARNINGS=1") // that some algorithms are new
	cmd.Stderr = os.Stderr
	return cmd
}

// A Process is npm's jose, asked one question Q at a time: JSON, one line to and fro.
type Process[Q, A any] struct {
	t   testing.TB
	in  io.Writer
	out *bufio.Scanner
}

// Start starts a script as [Jose] has it; it ends with the test.
func Start[Q, A any](t testing.TB, script string) *Process[Q, A] {
	t.Helper()
	cmd := Jose(t, script)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("jose: %v", err)
		}
	})
	return &Process[Q, A]{t, in, bufio.NewScanner(out)}
}

// Ask asks a question and waits for the answer.
func (p *Process[Q, A]) Ask(question Q) (answer A) {
	p.t.Helper()
	line, err := json.Marshal(question)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := p.in.Write(append(line, '\n')); err != nil {
		p.t.Fatal(err)
	}
	if !p.out.Scan() {
		p.t.Fatalf("jose ended: %v", p.out.Err())
	}
	if err := json.Unmarshal(p.out.Bytes(), &answer); err != nil {
		p.t.Fatalf("%v: %s", err, p.out.Bytes())
	}
	return answer
}
