package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play"
	"jwtlab/app/play/desk"
)

// takeWords takes the texts of a language, if static/boot.js has loaded them.
func takeWords(lang locale.Lang) {
	if all := app.Window().Get("jwtlabWords"); all.Truthy() && all.Get(string(lang)).Truthy() {
		locale.Give(lang, all.Get(string(lang)).String())
	}
}

// speak goes on in another language, once its texts are there.
func (p *Page) speak(ctx app.Context, lang locale.Lang) {
	if locale.Given(lang) {
		p.send(ctx, play.ChoseLang{Lang: lang})
		return
	}
	answer := func(i play.Intent) app.Func {
		return app.FuncOf(func(app.Value, []app.Value) any {
			ctx.Dispatch(func(ctx app.Context) {
				takeWords(lang)
				p.send(ctx, i)
			})
			return nil
		})
	}
	app.Window().Call("jwtlabLoadWords", string(lang)).
		Call("then", answer(play.ChoseLang{Lang: lang}), answer(play.OnDesk{Intent: desk.Noticed{ID: "no-words"}}))
}
