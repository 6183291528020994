package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

// listenPoint lights up what the mouse lies on or the caret stands in: a member of the token in its text, in its pane and
// in its list. The listeners are the browser's own, for those of go-app draw the page at every move of the mouse.
func (p *Page) listenPoint(ctx app.Context) {
	point := app.FuncOf(func(_ app.Value, args []app.Value) any {
		p.point(ctx, p.under(args[0]))
		return nil
	})
	for _, event := range []string{"mousemove", "focusin", "selectionchange"} {
		app.Window().Get("document").Call("addEventListener", event, point)
	}
}

func (p *Page) point(ctx app.Context, at desk.Place) {
	if at != p.state.Desk.Lit {
		ctx.Dispatch(func(app.Context) { p.update(playOnDesk(desk.PointedAt{Place: at})) })
	}
}

// under finds the member that an event is about.
func (p *Page) under(e app.Value) desk.Place {
	target := e.Get("target")
	mouse := e.Get("type").String() == "mousemove"
	if !mouse {
		target = app.Window().Get("document").Get("activeElement")
	}
	if !target.Truthy() || !target.Get("closest").Truthy() {
		return desk.Place{}
	}
	if row := target.Call("closest", "[data-row]"); row.Truthy() {
		part := row.Call("closest", "section").Get("id").String()
		return desk.Place{Part: token.Part(part), Row: int(parseUnix(row.Get("dataset").Get("row").String(), 0))}
	}
	box, text := p.pointable(target.Get("id").String())
	if box == "" {
		return desk.Place{}
	}
	units := target.Get("selectionStart")
	if mouse {
		units = app.Null()
		if at := caretAt(e); at.Truthy() && at.Get("offsetNode").Equal(target) {
			units = at.Get("offset")
		}
	}
	if units.Type() != app.TypeNumber {
		return desk.Place{}
	}
	return p.state.Desk.View.At(box, byteOffset(text, units.Int()))
}

// caretAt asks where in a text box the mouse lies; not every browser can say.
func caretAt(e app.Value) app.Value {
	document := app.Window().Get("document")
	if !document.Get("caretPositionFromPoint").Truthy() {
		return app.Null()
	}
	return document.Call("caretPositionFromPoint", e.Get("clientX"), e.Get("clientY"))
}

// pointable returns the name and the text of a box in which members stand.
func (p *Page) pointable(id string) (box, text string) {
	d := p.state.Desk
	switch id {
	case "token-text":
		return "token", d.Token
	case "header-text":
		return "header", d.View.Header.Text
	case "payload-text":
		return "payload", d.View.Payload.Text
	}
	return "", ""
}
