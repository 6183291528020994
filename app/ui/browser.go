package ui

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/claims"
	"jwtlab/app/locale"
	"jwtlab/app/play"
	"jwtlab/app/play/client"
	"jwtlab/app/play/desk"
	"jwtlab/app/play/lab"
)

// A box is a text box: its id, what the state says that is in it, and what a change in it means.
type box struct {
	id     string
	value  func(*play.State) string
	intent func(string) play.Intent
}

var boxes = []box{
	onDesk("token-text", func(d *desk.State) string { return d.Token }, func(t string) desk.Intent { return desk.TypedToken{Text: t} }),
	onDesk("key-text", func(d *desk.State) string { return d.Key }, func(t string) desk.Intent { return desk.TypedKey{Text: t} }),
	onDesk("header-text", func(d *desk.State) string { return d.View.Header.Text }, func(t string) desk.Intent { return desk.TypedHeader{Text: t} }),
	onDesk("passphrase", func(d *desk.State) string { return d.Passphrase }, func(t string) desk.Intent { return desk.TypedPassphrase{Text: t} }),
	onDesk("roots", func(d *desk.State) string { return d.Roots }, func(t string) desk.Intent { return desk.TypedRoots{Text: t} }),
	onDesk("expect-method", func(d *desk.State) string { return d.Request.Method }, request("method")),
	onDesk("expect-uri", func(d *desk.State) string { return d.Request.URI }, request("uri")),
	onDesk("expect-token", func(d *desk.State) string { return d.Request.AccessToken }, request("token")),
	onDesk("expect-nonce", func(d *desk.State) string { return d.Request.Nonce }, request("nonce")),
	onDesk("expect-iss", func(d *desk.State) string { return d.Issuer }, func(t string) desk.Intent { return desk.ExpectedIssuer{Text: t} }),
	onDesk("expect-aud", func(d *desk.State) string { return d.Audience }, func(t string) desk.Intent { return desk.ExpectedAudience{Text: t} }),
	onDesk("expect-leeway", func(d *desk.State) string { return d.Leeway }, func(t string) desk.Intent { return desk.ExpectedLeeway{Text: t} }),
	onDesk("payload-text", func(d *desk.State) string { return d.View.Payload.Text }, func(t string) desk.Intent { return desk.TypedPayload{Text: t} }),
	{"script-text", func(s *play.State) string { return s.Lab.Script }, func(t string) play.Intent { return play.InLab{Intent: lab.Typed{Text: t}} }},
	atClient("login-name", "name", func(c *client.State) string { return c.Name }),
	atClient("login-password", "password", func(c *client.State) string { return c.Password }),
	atClient("transfer-to", "to", func(c *client.State) string { return c.To }),
	atClient("transfer-amount", "amount", func(c *client.State) string { return c.Amount }),
}

func onDesk(id string, value func(*desk.State) string, intent func(string) desk.Intent) box {
	return box{id, func(s *play.State) string { return value(&s.Desk) }, func(t string) play.Intent { return play.OnDesk{Intent: intent(t)} }}
}

func atClient(id, field string, value func(*client.State) string) box {
	return box{id, func(s *play.State) string { return value(&s.Client) },
		func(t string) play.Intent { return play.AtClient{Intent: client.Typed{Field: field, Text: t}} }}
}

func request(field string) func(string) desk.Intent {
	return func(t string) desk.Intent { return desk.ExpectedRequest{Field: field, Text: t} }
}

// passing are the boxes that come and go with what is on the desk: a new one is empty, whatever the one before it held.
var passing = []string{"passphrase", "roots", "expect-method", "expect-uri", "expect-token", "expect-nonce"}

func element(id string) app.Value {
	return app.Window().GetElementByID(id)
}

// typed takes what a box holds now.
func (p *Page) typed(ctx app.Context, id, text string) {
	for _, b := range boxes {
		if b.id == id {
			p.boxes[id] = text
			p.send(ctx, b.intent(text))
		}
	}
}

// sync writes to each box what the state holds, if it is not what the box shows already. A box in which an input method
// composes a character is left alone until it is done.
func (p *Page) sync() {
	if !p.started || app.IsServer {
		return
	}
	for _, b := range boxes {
		want := b.value(&p.state)
		if shown, known := p.boxes[b.id]; (known && shown == want) || p.composing == b.id {
			continue
		}
		if e := element(b.id); e.Truthy() {
			e.Set("value", want)
			p.boxes[b.id] = want
		}
	}
}

// syncMoved writes all boxes of another route, once they are there.
func (p *Page) syncMoved() {
	if p.moved {
		p.moved = false
		clear(p.boxes)
		p.sync()
	}
}

// syncPassing writes the boxes that have just come.
func (p *Page) syncPassing() {
	for _, b := range boxes {
		if !slices.Contains(passing, b.id) || p.composing == b.id {
			continue
		}
		want := b.value(&p.state)
		if e := element(b.id); e.Truthy() && e.Get("value").String() != want {
			e.Set("value", want)
			p.boxes[b.id] = want
		}
	}
}

// syncSlider sets the slider after its ends are there: set before them, it would be cut to the ends it has by default.
func (p *Page) syncSlider() {
	if !p.started || app.IsServer {
		return
	}
	p.syncPassing()
	l := &p.state.Lab
	for id, want := range map[string]int64{"now": p.state.Desk.View.Times.Now, "timeline": int64(l.At()), "speed": int64(l.Speed)} {
		if e := element(id); e.Truthy() && e.Get("value").String() != itoa64(want) {
			e.Set("value", itoa64(want))
		}
	}
}

func (p *Page) readPlace() {
	if app.IsServer {
		return
	}
	here := spotOf(app.Window().URL().Path)
	p.state.Lang, p.state.Route = here.lang, here.route
	takeWords(p.state.Lang)
	p.state.Lab.KeysOff = stored(lab.KeysName) == "off"
	switch theme := stored("jwtlab.theme"); theme {
	case "light", "dark":
		p.state.Theme = theme
	}
}

// takeOver takes what was typed into the frame before the program came, and returns what is to be done about it.
func (p *Page) takeOver() []play.Effect {
	h := app.Window().Get("jwtlabHandover")
	if !h.Truthy() {
		return nil
	}
	var effects []play.Effect
	changed := h.Get("changed")
	for n := range changed.Length() {
		id := changed.Index(n).String()
		for _, b := range boxes {
			if b.id == id {
				effects = append(effects, p.update(b.intent(h.Get("text").Get(id).String()))...)
			}
		}
	}
	return effects
}

// refocus gives the focus and the caret back to the box that had them.
func refocus() {
	h := app.Window().Get("jwtlabHandover")
	if !h.Truthy() || !h.Get("focus").Truthy() {
		return
	}
	e := element(h.Get("focus").String())
	if !e.Truthy() {
		return
	}
	e.Call("focus", map[string]any{"preventScroll": true})
	if h.Get("start").Type() == app.TypeNumber && e.Get("setSelectionRange").Truthy() {
		e.Call("setSelectionRange", h.Get("start"), h.Get("end"))
	}
}

// listen handles what concerns no single control: keys, and the input method.
func (p *Page) listen(ctx app.Context) {
	app.Window().AddEventListener("keydown", func(ctx app.Context, e app.Event) { p.key(ctx, e) })
	p.listenPoint(ctx)
}

func (p *Page) key(ctx app.Context, e app.Event) {
	if e.Get("isComposing").Bool() {
		return
	}
	name := strings.ToLower(e.Get("key").String())
	if name == "escape" {
		if p.menuOpen != "" {
			return // it closes the menu, and nothing else
		}
		p.closed = "all"
		if p.state.Lab.Keys {
			p.send(ctx, play.InLab{Intent: lab.ShowedKeys{}})
		}
		p.send(ctx, play.OnDesk{Intent: desk.Canceled{}})
		return
	}
	if p.labKey(ctx, e) {
		return
	}
	if !e.Get("ctrlKey").Bool() && !e.Get("metaKey").Bool() || e.Get("altKey").Bool() {
		return
	}
	if target := e.Get("target"); target.Get("tagName").String() == "INPUT" || target.Get("id").String() == "roots" {
		return // these boxes are no part of what the desk undoes
	}
	if code := e.Get("code").String(); name > "\x7f" && (code == "KeyZ" || code == "KeyY") {
		name = strings.ToLower(code[3:]) // a keyboard that is set to 한글 names another letter
	}
	undo, redo := play.Intent(play.OnDesk{Intent: desk.Undid{}}), play.Intent(play.OnDesk{Intent: desk.Redid{}})
	if p.state.Route == play.Lab {
		undo, redo = play.InLab{Intent: lab.Undid{}}, play.InLab{Intent: lab.Redid{}}
	}
	switch {
	case name == "z" && !e.Get("shiftKey").Bool():
		e.PreventDefault()
		p.send(ctx, undo)
	case name == "z", name == "y":
		e.PreventDefault()
		p.send(ctx, redo)
	}
}

func fragmentOf() string {
	if app.IsServer {
		return ""
	}
	return app.Window().Get("location").Get("hash").String()
}

// describe tells the document itself its language, title and theme.
func (p *Page) describe() {
	if app.IsServer {
		return
	}
	doc := app.Window().Get("document")
	doc.Get("documentElement").Set("lang", string(p.state.Lang))
	doc.Get("documentElement").Get("dataset").Set("theme", p.state.Theme)
	doc.Set("title", p.title())
}

func markReady() {
	if !app.IsServer {
		app.Window().Get("document").Get("documentElement").Get("dataset").Set("ready", "")
	}
}

func stored(name string) string {
	v := app.Window().Get("jwtlabStore")
	if !v.Truthy() {
		return ""
	}
	if s := v.Call("get", name); s.Truthy() {
		return s.String()
	}
	return ""
}

func store(name, value string) {
	if v := app.Window().Get("jwtlabStore"); v.Truthy() {
		v.Call("set", name, value)
	}
}

// proposeClaims lists the registered claims once somebody goes to the box for one: they are many, and most visits never
// need them. It does so before the first key, because a list that changes breaks a syllable in the making.
func proposeClaims(lang locale.Lang) {
	list := element("claim-names")
	if list.Get("lang").String() == string(lang) {
		return
	}
	list.Set("lang", string(lang))
	list.Call("replaceChildren")
	for _, c := range claims.All() {
		list.Call("append", app.Window().Get("Option").New(locale.Text(lang, "claim."+c.Name), c.Name))
	}
}
