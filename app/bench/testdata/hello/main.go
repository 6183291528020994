//go:build js && wasm

// Command hello is the least that a go-app page can be: one line of text. The debugger's start is measured against it.
package main

import "github.com/maxence-charriere/go-app/v9/pkg/app"

type hello struct{ app.Compo }

// OnNav marks the document as ready, at the same moment of the page's life as the debugger does.
func (h *hello) OnNav(ctx app.Context) {
	ctx.Defer(func(app.Context) {
		app.Window().Get("document").Get("documentElement").Get("dataset").Set("ready", "")
	})
}

func (h *hello) Render() app.UI { return app.H1().Text("Hello, world") }

func main() {
	app.Route("/", &hello{})
	app.RunWhenOnBrowser()
}
