// Package e2e drives the finished page in Chromium, as a user would: it finds every control by its role and accessible
// name, types, clicks and presses keys, and reads what the page says.
//
// One Chromium serves all tests; each has a browser context of its own, so that no storage, cache or service worker is
// shared, and a server of its own, which runs the real handler in this process. Nothing sleeps: tests wait for what is
// to be seen. Whatever a page reports as an error fails the test that did not expect it.
package e2e_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"jwtlab/app/site"
)

// bound is how long a test waits for anything: long, because the machine may be busy, and never waited out by a page
// that works.
const bound = 60 * time.Second

// chromium is the browser that all tests share, as a context to open tabs in.
var chromium context.Context

// strays are the requests that went anywhere but to this machine: the browser's proxy takes and refuses them.
var strays trap

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	path, ok := findChromium()
	if !ok {
		fmt.Fprintln(os.Stderr, "no Chromium: install it (apt-get install chromium), or name one in $CHROMIUM")
		return 1
	}
	if _, err := site.Embedded(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	proxy := httptest.NewServer(&strays)
	defer proxy.Close()
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), flags(path, proxy.URL)...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	if err := chromedp.Do(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "starting Chromium:", err)
		return 1
	}
	chromium = ctx
	return m.Run()
}

func flags(path, proxy string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("proxy-server", proxy), // loopback addresses are never asked of a proxy
		chromedp.Flag("lang", "en-US"), chromedp.Flag("font-render-hinting", "none"),
	)
}

// findChromium returns the browser that $CHROMIUM names, or the first one on the path.
func findChromium() (string, bool) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path, true
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, true
		}
	}
	return "", false
}

// A trap is a proxy that records what it is asked for and answers nothing.
type trap struct {
	mu   sync.Mutex
	seen []string
}

func (tr *trap) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	tr.mu.Lock()
	tr.seen = append(tr.seen, r.Method+" "+r.Host)
	tr.mu.Unlock()
	http.Error(w, "nothing leaves this machine", http.StatusForbidden)
}

// requests returns what was asked, beside what Chromium itself asks for although it is told not to.
func (tr *trap) requests() (out []string) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	for _, s := range tr.seen {
		if !strings.Contains(s, "evil.example") && (strings.Contains(s, "google") || strings.Contains(s, "gvt1.com")) {
			continue
		}
		out = append(out, s)
	}
	return out
}
