package e2e_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// An engine is a Chromium of its own, and the town that its names lead to.
type engine struct {
	ctx  context.Context
	town *town
}

// start starts a Chromium with settings that are not the page's choice: see conformance.engine.
func start(t *testing.T, name string) *engine {
	t.Helper()
	path, ok := findChromium()
	if !ok {
		t.Fatal("no Chromium")
	}
	e := &engine{town: newTown(t)}
	// Whether cookies of third parties are kept is a setting of the profile; distributions differ in its default.
	blocked := map[bool]int{true: 1}[name == "blocked"]
	dir := t.TempDir()
	settings := fmt.Sprintf(`{"profile":{"cookie_controls_mode":%d,"block_third_party_cookies":%t}}`, blocked, blocked == 1)
	if err := os.Mkdir(filepath.Join(dir, "Default"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "Default", "Preferences"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	// Browser contexts are "incognito", where Chromium would block cookies of third parties and ask before it goes to http.
	without := "Translate,BlinkGenPropertyTrees,HttpsUpgrades,HttpsFirstModeIncognito,HttpsFirstBalancedMode,HttpsFirstBalancedModeAutoEnable,AlwaysBlock3pcsIncognito,TrackingProtection3pcd,IsolateOrigins,SitePerProcess,BackForwardCache"
	with := "NetworkService,NetworkServiceInProcess"
	if name == "hasty" {
		with += ",ShortLaxAllowUnsafeThreshold" // 10 seconds instead of the two minutes
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(flags(path, ""),
		chromedp.Flag("proxy-server", "direct://"), chromedp.UserDataDir(dir),
		chromedp.Flag("host-resolver-rules", e.town.rules()), chromedp.Flag("ignore-certificate-errors-spki-list", e.town.fingerprint()),
		chromedp.Flag("disable-features", without), chromedp.Flag("enable-features", with),
		// So that scripts can be run in all frames of a tab. Scenarios without frames come out the same with isolation.
		chromedp.Flag("disable-site-isolation-trials", true),
		chromedp.Flag("renderer-process-limit", "1"), // starting processes is most of what a navigation takes
	)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	e.ctx = ctx
	return e
}

// A reality plays steps in Chromium.
type reality struct {
	*testing.T
	c       *conformance
	engine  *engine
	tabs    []*view // of one browser context, which is the scenario's own
	current int
	told    int

	mu     sync.Mutex
	passed time.Duration // by which the servers' clock is ahead
}

func (e *engine) open(t *testing.T, c *conformance) *reality {
	t.Helper()
	w := &reality{T: t, c: c, engine: e, current: 1}
	e.town.found(c.servers(t, w.now, rand.Reader))
	w.tabs = []*view{look(t, e.ctx, chromedp.WithNewBrowserContext())}
	return w
}

// now is the servers' time.
func (w *reality) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.passed)
}

func (w *reality) exchanges() []exchange {
	all := w.engine.town.since(w.told)
	w.told += len(all)
	return all
}

func (w *reality) jar() (lines []string) {
	w.Helper()
	c := chromedp.FromContext(w.tabs[0].ctx)
	r, err := chromedp.CallBrowser(w.tabs[0].ctx, storage.GetCookies, storage.GetCookiesParams{BrowserContextID: c.BrowserContextID})
	if err != nil {
		w.Fatal(err)
	}
	for _, c := range r.Cookies {
		if c.Domain == "clock.example" {
			continue // see age
		}
		k := kept{Name: c.Name, Value: c.Value, Domain: c.Domain, Path: c.Path, Secure: c.Secure, HTTPOnly: c.HTTPOnly, SameSite: string(c.SameSite)}
		if c.PartitionKey != nil {
			k.Partition = fmt.Sprint(c.PartitionKey.TopLevelSite, " ", c.PartitionKey.HasCrossSiteAncestor)
		}
		lines = append(lines, k.String())
	}
	return lines
}

// A view is a tab of Chromium: a page whose frames and their scripts can be told apart.
type view struct {
	*page
	root cdp.FrameID   // the tab's own document, whichever it is
	user bool          // scripts run as if a user had clicked
	seen chan struct{} // something has changed in what follows

	at    sync.Mutex
	made  map[cdp.FrameID]string // where scripts of a frame run
	stops map[cdp.FrameID]int    // how often it has stopped loading
}

// look opens an empty tab.
func look(t *testing.T, parent context.Context, opts ...chromedp.ContextOption) *view {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent, opts...)
	t.Cleanup(cancel)
	v := &view{
		page: &page{T: t, ctx: ctx}, seen: make(chan struct{}, 1),
		made: map[cdp.FrameID]string{}, stops: map[cdp.FrameID]int{},
	}
	if err := chromedp.Listen(ctx, v.notice); err != nil {
		t.Fatal(err)
	}
	do(v.page, cdppage.Enable, cdppage.EnableParams{})
	do(v.page, runtime.Enable, cdp.Empty{})
	v.root = v.id("")
	return v
}

// notice keeps count of what the tab reports.
func (v *view) notice(event any) {
	v.at.Lock()
	defer v.at.Unlock()
	switch e := event.(type) {
	case *runtime.EventExecutionContextCreated:
		var of struct {
			FrameID   cdp.FrameID `json:"frameId"`
			IsDefault bool        `json:"isDefault"`
		}
		if json.Unmarshal(e.Context.AuxData, &of) == nil && of.IsDefault {
			v.made[of.FrameID] = e.Context.UniqueID
		}
	case *runtime.EventExecutionContextDestroyed:
		for frame, id := range v.made {
			if id == e.ExecutionContextUniqueID {
				delete(v.made, frame)
			}
		}
	case *runtime.EventExecutionContextsCleared:
		clear(v.made)
	case *cdppage.EventFrameStoppedLoading:
		v.stops[e.FrameID]++
	default:
		return
	}
	select {
	case v.seen <- struct{}{}:
	default:
	}
}

// wait waits until a condition on what notice keeps is true.
func (v *view) wait(what string, condition func() bool) {
	v.Helper()
	late := time.NewTimer(bound)
	defer late.Stop()
	for {
		v.at.Lock()
		ok := condition()
		v.at.Unlock()
		if ok {
			return
		}
		select {
		case <-v.seen:
		case <-late.C:
			v.Fatalf("waited in vain for %s", what)
		}
	}
}
