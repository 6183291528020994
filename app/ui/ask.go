package ui

import (
	"crypto/rand"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/login/inprocess"
	"jwtlab/app/play"
	"jwtlab/app/play/client"
)

// ask sends a request to the server, or, where there is none, to the service inside the page.
func (p *Page) ask(ctx app.Context, e client.Send) {
	answer := func(a client.Answered) {
		a.Number, a.Now = e.Number, time.Now().Unix()
		ctx.Dispatch(func(ctx app.Context) {
			if p.state.Client.Place == "server" {
				a.Readable = app.Window().Get("document").Get("cookie").String()
			}
			p.send(ctx, play.AtClient{Intent: a})
		})
	}
	if p.state.Client.Place == "server" {
		fetch(e, answer)
		return
	}
	answer(p.askInside(e))
}

// askInside answers from the service inside the page, which begins with its first request.
func (p *Page) askInside(e client.Send) client.Answered {
	if p.within == nil {
		p.within = beginService()
	}
	return p.within(e)
}

// beginService begins a service inside the page. It returns a function, for the page must not hold the service itself: the type of
// the page is known to go-app by reflection, and with it all that its fields can reach, down to the reading of certificates.
func beginService() func(client.Send) client.Answered {
	b, err := inprocess.New(time.Now, rand.Reader)
	return func(e client.Send) client.Answered {
		if err != nil {
			return client.Answered{Failed: true}
		}
		var header []inprocess.Line
		for _, l := range e.Header {
			header = append(header, inprocess.Line{l.Name, l.Value})
		}
		got, err := b.Do(e.Method, e.Path, header, e.Body)
		if err != nil {
			return client.Answered{Failed: true}
		}
		a := client.Answered{Status: got.Status, Body: got.Body, Readable: b.Script()}
		for _, l := range got.Header {
			a.Header = append(a.Header, client.Line{Name: l[0], Value: l[1]})
		}
		return a
	}
}

// fetch sends a request with the browser's own fetch, to the server that the page came from.
func fetch(e client.Send, answer func(client.Answered)) {
	header := map[string]any{}
	for _, l := range e.Header {
		header[l.Name] = l.Value
	}
	options := map[string]any{"method": e.Method, "headers": header, "credentials": "same-origin", "cache": "no-store", "redirect": "error"}
	if e.Body != "" {
		options["body"] = e.Body
	}
	var a client.Answered
	var got, read, failed app.Func
	done := func(a client.Answered) {
		got.Release()
		read.Release()
		failed.Release()
		answer(a)
	}
	read = app.FuncOf(func(_ app.Value, args []app.Value) any {
		a.Body = args[0].String()
		done(a)
		return nil
	})
	failed = app.FuncOf(func(app.Value, []app.Value) any {
		done(client.Answered{Failed: true})
		return nil
	})
	got = app.FuncOf(func(_ app.Value, args []app.Value) any {
		a.Status = args[0].Get("status").Int()
		all := app.Window().Get("Array").Call("from", args[0].Get("headers"))
		for i := range all.Length() {
			a.Header = append(a.Header, client.Line{Name: canonical(all.Index(i).Index(0).String()), Value: all.Index(i).Index(1).String()})
		}
		args[0].Call("text").Call("then", read, failed)
		return nil
	})
	app.Window().Call("fetch", e.Path, options).Call("then", got, failed)
}

// canonical writes a header's name as people know it; fetch tells it in lower case.
func canonical(name string) string {
	parts := strings.Split(name, "-")
	for i, part := range parts {
		if part != "" {
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, "-")
}
