//go:build !js

package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play"
)

// Outside the browser every language is at hand.

func takeWords(locale.Lang) {}

func (p *Page) speak(ctx app.Context, lang locale.Lang) { p.send(ctx, play.ChoseLang{Lang: lang}) }
