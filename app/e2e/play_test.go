package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// play does a step in Chromium; see simulation.play.
func (w *reality) play(s step) string {
	w.Helper()
	v := w.tabs[w.current-1]
	switch s.op {
	case "visit":
		return v.moves("", func() { do(v.page, navigate, cdppage.NavigateParams{URL: s.url}) })
	case "reload":
		return v.moves("", func() { do(v.page, cdppage.Reload, cdppage.ReloadParams{}) })
	case "new tab":
		w.tabs = append(w.tabs, look(w.T, w.tabs[0].ctx))
		w.current = len(w.tabs)
		return ""
	case "to tab":
		w.current = s.tab
		return ""
	case "wait":
		w.mu.Lock()
		defer w.mu.Unlock()
		w.passed += s.wait
		return ""
	case "age":
		w.age()
		return ""
	case "click", "location", "form":
		frame := s.frame
		if s.form.Target != "" {
			frame = strings.TrimPrefix(s.form.Target, "_top")
		}
		v.user = s.op != "location" // a script's own doing needs nobody
		defer func() { v.user = false }()
		return v.moves(frame, func() { v.script(s.frame, moving(s), nil) })
	case "frame":
		v.script(s.frame, fmt.Sprintf(`{ const f = document.createElement("iframe"); f.name = %s; f.src = %s; document.body.append(f); }`, quote(s.name), quote(s.url)), nil)
		id := v.id(s.name)
		v.wait("the frame", func() bool { return v.stops[id] > 0 })
		return shows(v.find(s.name))
	}
	return w.asks(v, s)
}

// asks is play for scripts that stay where they are.
func (w *reality) asks(v *view, s step) string {
	w.Helper()
	op, where, _ := strings.Cut(s.op, " ")
	switch op {
	case "fetch", "call", "login", "renew":
		var saw sight
		v.script(s.frame, fmt.Sprintf(shopScript, quote(w.c.place()))+w.asking(s)+"; })()", &saw)
		return saw.String()
	case "image":
		var came bool
		v.script(s.frame, fmt.Sprintf(`new Promise((done) => { const i = new Image(); i.onload = () => done(true); i.onerror = () => done(false); i.src = %s; })`, quote(s.url)), &came)
		return fmt.Sprintf("a picture: %t", came)
	case "read":
		var value *string
		if where == "cookie" {
			v.script(s.frame, "document.cookie", &value)
			return fmt.Sprintf("reads %q", *value)
		}
		v.script(s.frame, "globalThis."+where+".getItem("+quote(s.name)+")", &value)
		if value == nil {
			return `reads false ""`
		}
		return fmt.Sprintf("reads true %q", *value)
	case "write":
		if where == "cookie" {
			v.script(s.frame, "void (document.cookie = "+quote(s.value)+")", nil)
			return ""
		}
		v.script(s.frame, "globalThis."+where+".setItem("+quote(s.name)+", "+quote(s.value)+")", nil)
		return ""
	}
	w.Fatalf("unknown step %s", s)
	return ""
}

// find returns the tab's document, or that of a frame in it; nil if there is none.
func (v *view) find(name string) *cdp.Frame {
	v.Helper()
	all := []*cdppage.FrameTree{do(v.page, cdppage.GetFrameTree, cdp.Empty{}).FrameTree}
	for ; len(all) > 0; all = all[1:] {
		if f := all[0].Frame; name == "" || f.Name == name {
			return f
		}
		all = append(all, all[0].ChildFrames...)
	}
	return nil
}

// id is that of a frame; the tab's own does not change.
func (v *view) id(name string) cdp.FrameID {
	v.Helper()
	if name == "" && v.root != "" {
		return v.root
	}
	f := v.find(name)
	if f == nil {
		v.Fatalf("there is no frame %q", name)
	}
	return f.ID
}

// shows says what is to be seen in a frame.
func shows(f *cdp.Frame) string {
	switch {
	case f == nil:
		return "nothing is there"
	case f.URL == "":
		return "nothing new is shown"
	case f.UnreachableURL != "" || strings.HasPrefix(f.URL, "chrome-error:"):
		return "an error is shown"
	}
	return bare(f.URL) + " is shown"
}

// moves does something that navigates a frame, waits until it has loaded, and says what it shows.
func (v *view) moves(frame string, by func()) string {
	v.Helper()
	before := v.find(frame)
	v.at.Lock()
	stops := v.stops[before.ID]
	v.at.Unlock()
	by()
	v.wait("the end of loading", func() bool { return v.stops[before.ID] > stops })
	now := v.find(frame)
	if now != nil && now.LoaderID == before.LoaderID {
		return "nothing new is shown"
	}
	return shows(now)
}

// script evaluates an expression in a frame, awaited, and decodes its value.
func (v *view) script(frame, expression string, into any) {
	v.Helper()
	id := v.id(frame)
	var where string
	v.wait("scripts in "+frame, func() (ok bool) { where, ok = v.made[id]; return ok })
	ctx, cancel := context.WithTimeout(v.ctx, bound)
	defer cancel()
	yes := true
	r, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{
		Expression: expression, UniqueContextID: where, AwaitPromise: &yes, ReturnByValue: &yes, UserGesture: &v.user,
	})
	if err == nil && r.ExceptionDetails != nil {
		err = errors.New(exception(r.ExceptionDetails))
	}
	if err == nil && into != nil {
		err = json.Unmarshal(r.Result.Value, into)
	}
	if err != nil {
		v.Fatalf("evaluating %.300s: %v", expression, err)
	}
}

// age waits until a cookie is too old for the rule of Lax-allowing-unsafe that is younger than all that the scenario has
// set. The flag of the engine makes that ten seconds; no clock can be moved, so it is asked again and again. The hosts
// that it asks stand in no record.
func (w *reality) age() {
	w.Helper()
	v := look(w.T, w.tabs[0].ctx)
	v.moves("", func() {
		do(v.page, navigate, cdppage.NavigateParams{URL: at("https://clock.example", "/set", sets("young=1"))})
	})
	beat := time.NewTicker(time.Second)
	defer beat.Stop()
	for end := time.Now().Add(bound); time.Now().Before(end); <-beat.C {
		v.moves("", func() { do(v.page, navigate, cdppage.NavigateParams{URL: "https://watch.example/"}) })
		v.moves("", func() { v.script("", moving(form("https://clock.example/see")), nil) })
		w.engine.town.mu.Lock()
		sent := w.engine.town.canary
		w.engine.town.mu.Unlock()
		if sent == "" {
			return
		}
	}
	w.Fatal("a cookie does not grow old")
}
