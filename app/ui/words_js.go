package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play"
	"jwtlab/app/play/desk"
)

// takeWords takes the texts of a language that static/boot.js has loaded, if there are any.
func takeWords(lang locale.Lang) {
	if all := app.Window().Get("jwtlabWords"); all.Truthy() && all.Get(string(lang)).Truthy() {
		locale.Give(lang, all.Get(string(lang)).String())
	}
}

// move goes on at another spot, once its texts are there.
func (p *Page) move(ctx app.Context, to spot) {
	if app.Window().Call("jwtlabHasWords", string(to.lang), to.name()).Bool() {
		p.arrive(ctx, to)
		return
	}
	answer := func(do func(app.Context)) app.Func {
		return app.FuncOf(func(app.Value, []app.Value) any {
			ctx.Dispatch(do)
			return nil
		})
	}
	app.Window().Call("jwtlabLoadWords", string(to.lang), to.name()).Call("then",
		answer(func(ctx app.Context) {
			takeWords(to.lang)
			p.arrive(ctx, to)
		}),
		answer(func(ctx app.Context) { p.send(ctx, play.OnDesk{Intent: desk.Noticed{ID: "no-words"}}) }))
}
