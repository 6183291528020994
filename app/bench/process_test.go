package bench_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A process is a server beside the bench, on the loopback, so that its CPU and its memory are not those of the load.
type process struct {
	*exec.Cmd
	address string // HOST:PORT
	metrics string // URL, of serve
	log     string // the file that has what it writes to standard error
}

// spawn starts a server in a folder of its own, and waits until it has said what ready is in; the address is that of the
// first URL in what it said, if there is one. It ends with the benchmark.
func spawn(b *testing.B, ready, command string, args ...string) *process {
	b.Helper()
	dir := b.TempDir()
	p := &process{Cmd: exec.Command(command, args...), log: filepath.Join(dir, "log")}
	p.Dir, p.Env = dir, []string{"HOME=" + dir} // and nothing of whoever runs the bench
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer log.Close()
	p.Stderr = log
	if _, err = p.StdinPipe(); err != nil { // held open as long as the bench lives
		b.Fatal(err)
	}
	out, err := p.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := p.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(p.end)
	said, lines := "", bufio.NewScanner(out)
	for !strings.Contains(said, ready) {
		if !lines.Scan() {
			complaint, _ := os.ReadFile(p.log)
			b.Fatalf("%s did not start:\n%s%s", filepath.Base(command), said, complaint)
		}
		said += lines.Text() + "\n"
	}
	go io.Copy(io.Discard, out)
	for word := range strings.FieldsSeq(said) {
		switch at, ok := strings.CutPrefix(word, "http://"); {
		case ok && strings.HasSuffix(at, "/metrics"):
			p.metrics = word
		case ok:
			p.address = at
		}
	}
	return p
}

// end stops the process, by its id, and waits until it is gone.
func (p *process) end() {
	late := time.AfterFunc(patience, func() { p.Process.Kill() })
	defer late.Stop()
	p.Process.Signal(syscall.SIGTERM)
	p.Wait()
}

// self is the bench.
func self(b *testing.B) *process {
	b.Helper()
	p, err := os.FindProcess(os.Getpid())
	if err != nil {
		b.Fatal(err)
	}
	return &process{Cmd: &exec.Cmd{Process: p}}
}

// forget empties the log, if there is one: it would be gigabytes in the end.
func (p *process) forget(b *testing.B) {
	b.Helper()
	if p == nil || p.log == "" {
		return
	}
	if err := os.Truncate(p.log, 0); err != nil {
		b.Fatal(err)
	}
}

// cpu is how long the threads of the process have run: the first number of each one's schedstat (Linux,
// Documentation/scheduler/sched-stats). It counts nanoseconds, where /proc/PID/stat counts hundredths of a second.
func (p *process) cpu() (sum time.Duration, err error) {
	if p == nil {
		return 0, nil
	}
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.Process.Pid))
	if err != nil || len(threads) == 0 {
		return 0, fmt.Errorf("process %d has no threads in /proc", p.Process.Pid)
	}
	for _, path := range threads {
		text, err := os.ReadFile(path)
		if err != nil {
			return 0, err
		}
		first, _, _ := bytes.Cut(text, []byte(" "))
		ran, err := strconv.ParseInt(string(first), 10, 64)
		if err != nil {
			return 0, err
		}
		sum += time.Duration(ran)
	}
	return sum, nil
}

// own is the memory that belongs to the process alone, in bytes, without files that are mapped (proc(5), RssAnon).
func (p *process) own(b *testing.B) float64 {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	return 1024 * number(b, string(text), "RssAnon:")
}

// heap is what lies in the heap of serve now, garbage too.
func (p *process) heap(b *testing.B) float64 {
	b.Helper()
	answer, err := http.Get(p.metrics)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.Fatal(err)
	}
	return number(b, string(text), "go_memstats_heap_alloc_bytes")
}

// number reads the number behind a name at the start of a line.
func number(b *testing.B, text, name string) float64 {
	b.Helper()
	for line := range strings.Lines(text) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == name {
			v, err := strconv.ParseFloat(fields[1], 64)
			if err != nil {
				b.Fatal(err)
			}
			return v
		}
	}
	b.Fatalf("there is no %s in:\n%s", name, text)
	return 0
}

// compile builds a program for this machine, with the Makefile's own command.
func compile(b *testing.B, pkg string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), filepath.Base(pkg))
	cmd := exec.Command("sh", "-c", variable(b, "GO_BUILD")+` -o "$0" "$1"`, path, pkg)
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("building %s: %v\n%s", pkg, err, text)
	}
	return path
}
