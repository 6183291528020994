package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"jwtlab/app/locale"
)

// now is the time that every page has, 2026-11-21T00:00:00Z, unless a test moves it: it stands still, so that what a
// page says about "now" can be compared to the letter.
const now = 1_795_219_200

// early runs in every document before its own scripts.
const early = `(() => {
	const Real = Date;
	globalThis.testNow = %d;
	globalThis.Date = class Date extends Real {
		constructor(...of) { if (of.length) super(...of); else super(globalThis.testNow * 1000); }
		static now() { return globalThis.testNow * 1000; }
	};
	addEventListener("securitypolicyviolation", (e) => console.error("refused by policy:", e.violatedDirective, e.blockedURI, e.sourceFile));
})()`

// A page is one tab.
type page struct {
	*testing.T
	ctx  context.Context
	host *host
	lang locale.Lang

	mu      sync.Mutex
	faults  []string // what the page reported
	allowed []string // parts of faults that the test expects
	asked   []string // addresses of all requests that the tab made

	told map[string]bool // what was reported once already
}

// tab opens an empty tab with storage of its own.
func tab(t *testing.T, h *host) *page {
	t.Helper()
	return newTab(t, h, chromium, chromedp.WithNewBrowserContext())
}

func newTab(t *testing.T, h *host, parent context.Context, opts ...chromedp.ContextOption) *page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent, opts...)
	t.Cleanup(cancel)
	p := &page{T: t, ctx: ctx, host: h, lang: locale.EN, told: map[string]bool{}}
	if err := chromedp.Listen(ctx, p.heard); err != nil {
		t.Fatal(err)
	}
	do(p, network.Enable, network.EnableParams{})
	do(p, log.Enable, cdp.Empty{})
	do(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	do(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(early, int64(now))})
	p.size(1280, 900)
	t.Cleanup(p.judge)
	return p
}

// open opens the debugger and waits until it can be used.
func open(t *testing.T, h *host, path string) *page {
	t.Helper()
	p := tab(t, h)
	p.visit(path)
	return p
}

// visit goes to a path of the site and waits until the page is ready.
func (p *page) visit(path string) {
	p.Helper()
	p.navigate(path)
	p.ready()
}

// navigate goes to a path of the site and waits for nothing but the document.
func (p *page) navigate(path string) {
	p.Helper()
	p.lang = locale.EN
	if strings.HasPrefix(path, "ko/") {
		p.lang = locale.KO
	}
	r := do(p, cdppage.Navigate, cdppage.NavigateParams{URL: p.host.URL + p.host.base + path})
	if r.ErrorText != "" {
		p.Fatalf("going to %q: %s", path, r.ErrorText)
	}
}

func (p *page) ready() {
	p.Helper()
	p.until("the page to be ready", `document.documentElement.hasAttribute("data-ready")`)
}

// reload loads the page anew and waits until it is ready.
func (p *page) reload() {
	p.Helper()
	p.eval(`globalThis.beforeReload = true`)
	do(p, cdppage.Reload, cdppage.ReloadParams{})
	p.until("the page to be loaded anew", `!globalThis.beforeReload && document.documentElement.hasAttribute("data-ready")`)
}

// size sets the viewport.
func (p *page) size(width, height int64) {
	p.Helper()
	do(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
}

// clock moves the page's time.
func (p *page) clock(unix int64) { p.eval(fmt.Sprintf("globalThis.testNow = %d", unix)) }

// say returns a text of the catalogue in the page's language.
func (p *page) say(id string, args ...string) string { return locale.Text(p.lang, id, args...) }

// do sends a command to the tab.
func do[P, R any](p *page, command cdp.Command[P, R], params P) R {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, bound)
	defer cancel()
	r, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.Fatalf("%s: %v", command.Method, err)
	}
	return r
}

// eval evaluates an expression in the page and decodes its value, awaited, into the targets.
func (p *page) eval(expression string, into ...any) {
	p.Helper()
	if err := p.try(bound, expression, into...); err != nil {
		p.Fatalf("evaluating %.200s: %v", expression, err)
	}
}

func (p *page) try(limit time.Duration, expression string, into ...any) error {
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	yes := true
	r, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: expression, AwaitPromise: &yes, ReturnByValue: &yes, UserGesture: &yes})
	switch {
	case err != nil:
		return err
	case r.ExceptionDetails != nil:
		return errors.New(exception(r.ExceptionDetails))
	}
	for _, to := range into {
		if err := json.Unmarshal(r.Result.Value, to); err != nil {
			return fmt.Errorf("decoding %q: %w", r.Result.Value, err)
		}
	}
	return nil
}

// get evaluates an expression whose value is a text.
func (p *page) get(expression string) (s string) {
	p.Helper()
	p.eval("String("+expression+")", &s)
	return s
}

// quote writes a value as JavaScript.
func quote(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// nowhere is an empty document, so that going to an address loads it even if only its fragment differs.
var (
	navigate = cdppage.Navigate
	nowhere  = cdppage.NavigateParams{URL: "about:blank"}
)

// scheme makes the system light or dark.
func (p *page) scheme(name string) {
	p.Helper()
	do(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
}

// ground is the colour of the page's ground.
func (p *page) ground() string {
	p.Helper()
	return p.get("getComputedStyle(document.body).backgroundColor")
}

// before runs a script in every document from now on, before its own.
func (p *page) before(script string) {
	p.Helper()
	do(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

// calm asks for reduced motion.
func (p *page) calm() {
	p.Helper()
	do(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
}
