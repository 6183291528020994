package bench_test

import (
	"context"
	_ "embed"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/measure.js
var measure string

// chromium is the browser's version, once one was started.
var chromium = "not started"

// start starts a browser with a profile of its own.
func start(b *testing.B) context.Context {
	b.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.Flag("headless", "new"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1440, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	b.Cleanup(end)
	ctx, stop := chromedp.NewContext(allocator)
	b.Cleanup(stop)
	version, err := chromedp.CallBrowser(ctx, browser.GetVersion, cdp.Empty{})
	if err != nil {
		b.Fatalf("starting Chromium: %v", err)
	}
	_, chromium, _ = strings.Cut(version.Product, "/")
	return ctx
}

// A tab is a page in a browser context of its own, with nothing cached and nothing stored.
type tab struct {
	b   *testing.B
	ctx context.Context
}

// patience is how long one step may take.
const patience = time.Minute

// open opens a tab; what is to be set before the first script runs can be given as further scripts.
func open(b *testing.B, in context.Context, url string, scripts ...string) (t tab, done func()) {
	b.Helper()
	ctx, stop := chromedp.NewContext(in, chromedp.WithNewBrowserContext())
	t = tab{b, ctx}
	for _, s := range append(scripts, measure) {
		if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: s}); err != nil {
			b.Fatal(err)
		}
	}
	focus := emulation.SetFocusEmulationEnabledParams{Enabled: true} // or only one of several pages would have it
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, focus); err != nil {
		b.Fatal(err)
	}
	t.do(chromedp.Navigate(url))
	return t, stop
}

func (t tab) do(steps ...chromedp.Action[chromedp.Void]) {
	t.b.Helper()
	ctx, stop := context.WithTimeout(t.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.b.Fatal(err)
	}
}

// insert types a text at once where the caret is, as a paste does.
func (t tab) insert(text string) {
	t.b.Helper()
	if _, err := chromedp.Call(t.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		t.b.Fatal(err)
	}
}

// ask evaluates an expression, waits for what it promises, and returns it.
func ask[T any](t tab, expression string) T {
	t.b.Helper()
	ctx, stop := context.WithTimeout(t.ctx, patience)
	defer stop()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.b.Fatalf("%s: %v", expression, err)
	}
	return v
}
