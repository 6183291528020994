// Package ui shows a [play.State] with go-app, sends intents, and does the effects that they ask for.
//
// [Page] is the one component: it holds the state and draws it with small functions from state to nodes, so that data
// goes one way. Text boxes are not drawn from the state, since setting a box that someone is typing into would disturb
// the caret and an input method; [Page.sync] writes to a box only what its user did not type. The package compiles
// natively too: package site prerenders [Frame] with it.
package ui

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/locale"
	"jwtlab/app/play"
	"jwtlab/app/play/client"
	"jwtlab/app/play/desk"
	"jwtlab/app/play/lab"
)

// Page is the whole page, on every route.
type Page struct {
	app.Compo

	state     play.State
	boxes     map[string]string // what each text box shows, as far as is known
	composing string            // the box in which an input method is at work
	worker    *worker
	closed    string // the tooltip closed with Escape
	menuOpen  string
	collector *time.Timer // runs when nobody has done anything for a moment
	shown     bool        // the passphrase can be read
	started   bool
	ctx       app.Context // of the page itself, which outlives any of its elements
	pause     int64       // seconds that the clock waits now
	ticks     int
	due       []play.Effect                     // asked for before the page was there to do them
	moved     bool                              // to another route, whose boxes are still to be written
	within    func(client.Send) client.Answered // the service inside the page, where there is no server
	runScript func(script string) (scenario.Record, *lab.Fault)
}

// Start registers the page for every route and runs it; it returns only when the page is gone. Each route is named, for the
// program is built without patterns (see wasm/without).
func Start() {
	for _, lang := range []string{"/", "/ko/"} {
		for _, route := range play.Routes() {
			path := lang
			if route != "" {
				path += route + "/"
			}
			for _, name := range []string{path, path + "index.html", strings.TrimSuffix(path, "/")} {
				app.RouteFunc(name, func() app.Composer { return &Page{} })
			}
		}
	}
	app.RunWhenOnBrowser()
}

// Frame is the page of a route as it stands before the program: what the build puts into the route's file.
func Frame(route string, lang locale.Lang) app.UI {
	p := newPage(lang)
	p.state.Route = route
	p.begin(frameTime)
	p.beginLab()
	return p
}

// idle is how long nothing must have been done before garbage is collected, which would be felt while somebody types.
const idle = time.Second

// frameTime is the now of a prerendered frame: fixed, so that two builds are equal, and replaced when the program starts.
const frameTime = 1_795_219_200 // 2026-11-21T00:00:00Z

func newPage(lang locale.Lang) *Page {
	return &Page{state: play.State{Lang: lang, Theme: "system", Client: client.New()}}
}

// begin lays the first example on the desk, which cannot be undone.
func (p *Page) begin(now int64) {
	p.update(play.OnDesk{Intent: desk.Ticked{Unix: now}})
	p.update(play.OnDesk{Intent: desk.ChoseExample{ID: desk.FirstExample}})
	p.state.Desk.Undo, p.state.Desk.Notice = nil, desk.Notice{}
}

// OnInit lays out the page before it is drawn for the first time, so that it is drawn once: the address's language, the
// stored choices, what was typed before the program came.
func (p *Page) OnInit() {
	if app.IsServer {
		return
	}
	p.boxes = map[string]string{}
	p.state.Theme, p.state.Client = "system", client.New()
	p.readPlace()
	p.begin(time.Now().Unix())
	p.due = append(p.settle(p.takeOver()), p.settle(p.update(play.Arrived{Fragment: fragmentOf()}))...)
	p.beginLab()
}

// OnMount writes the boxes, which are there now, and starts to listen.
func (p *Page) OnMount(ctx app.Context) {
	p.started = true
	for _, e := range p.due {
		p.do(ctx, e)
	}
	p.due = nil
	p.sync()
	p.syncSlider()
	refocus()
	p.listen(ctx)
	p.ctx = ctx
	p.collector = time.AfterFunc(idle, runtime.GC)
	p.tick()
	p.describe()
	p.beginClient(ctx)
	p.prepareLab(ctx)
	markReady()
}

// OnNav follows the address: its language, its route, and a token in its fragment.
func (p *Page) OnNav(ctx app.Context) {
	if to := spotOf(ctx.Page().URL().Path); to != p.here() {
		p.move(ctx, to)
	}
	p.send(ctx, play.Arrived{Fragment: fragmentOf()})
	p.describe()
}

// tick waits until the clock may tell something new. A later call overtakes an earlier one.
func (p *Page) tick() {
	p.pause = p.state.Desk.View.Times.Pause(p.state.Desk.Clock)
	p.ticks++
	turn := p.ticks
	p.ctx.After(time.Duration(p.pause)*time.Second, func(ctx app.Context) {
		if turn == p.ticks {
			p.send(ctx, play.OnDesk{Intent: desk.Ticked{Unix: time.Now().Unix()}})
			p.tick()
		}
	})
}

// send applies an intent, does the effects and brings the boxes up to date. A bug in between must not end the page: the
// state before it stays, and the user is told.
func (p *Page) send(ctx app.Context, i play.Intent) {
	before := p.state
	if p.ctx != nil {
		ctx = p.ctx // what an intent sets going goes on when the menu that it was sent from is gone
		p.collector.Reset(idle)
	}
	defer func() {
		if r := recover(); r != nil {
			p.state = before
			app.Log("internal error:", fmt.Sprintf("%T", i)) // no value: it may be somebody's secret
			p.update(play.OnDesk{Intent: desk.Noticed{ID: "broken"}})
		}
		p.moved = p.moved || before.Route != p.state.Route
		p.sync()
		ctx.Defer(func(app.Context) {
			p.syncMoved()
			p.syncSlider()
		})
		if p.ctx != nil && p.state.Desk.View.Times.Pause(p.state.Desk.Clock) < p.pause {
			p.tick() // what is on the desk now will not wait that long
		}
	}()
	p.update(play.OnDesk{Intent: desk.Ticked{Unix: time.Now().Unix()}}) // whatever happens, happens now
	for _, e := range p.update(i) {
		p.do(ctx, e)
	}
}

func (p *Page) update(i play.Intent) []play.Effect {
	s, effects := play.Update(p.state, i)
	p.state = s
	return effects
}

// on makes an event handler that sends the intent. go-app replaces a handler only when its scope differs, so the intent
// itself is the scope.
func (p *Page) on(i desk.Intent) (app.EventHandler, string) {
	return func(ctx app.Context, _ app.Event) { p.send(ctx, play.OnDesk{Intent: i}) }, fmt.Sprintf("%T%v", i, i)
}

// onValue is on for controls with a value.
func (p *Page) onValue(scope string, intent func(value string) desk.Intent) (app.EventHandler, string) {
	return func(ctx app.Context, _ app.Event) {
		p.send(ctx, play.OnDesk{Intent: intent(ctx.JSSrc().Get("value").String())})
	}, scope
}

// t is the text of an id in the page's language.
func (p *Page) t(id string, args ...string) string {
	return locale.Text(p.state.Lang, id, args...)
}

// Render draws the state. What is of one route stands where another has nothing: go-app makes it anew then, and no box
// keeps what was typed into another.
func (p *Page) Render() app.UI {
	parts := []app.UI{nothing(), nothing(), nothing(), nothing(), nothing(), nothing()}
	switch p.state.Route {
	case play.Lab:
		parts[4], parts[5] = p.labOutcome(), p.labPage()
	case play.Server:
		parts[2], parts[3] = p.outcome(), p.serverPage()
	default:
		parts[0], parts[1] = p.verdict(), p.deskPage()
	}
	return holds("div", "page", append(append([]app.UI{p.bar()}, parts...), p.foot(), p.notice())...)
}

func (p *Page) deskPage() app.UI {
	return node("main", "desk", []string{"id", "main"},
		holds("div", "column", p.tokenCard(), p.keyCard(), p.checksCard(), p.adviceCard()),
		holds("div", "column", p.headerCard(), p.payloadCard(), p.disclosuresCard(), p.expectCard(), p.codeCard()),
	)
}
