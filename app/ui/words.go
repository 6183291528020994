//go:build !js

package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
)

// Outside the browser all words are at hand.

func takeWords(locale.Lang) {}

func (p *Page) move(ctx app.Context, to spot) { p.arrive(ctx, to) }
