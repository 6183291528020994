//go:build js && wasm

// Command floor is what go-app and golang-jwt weigh by themselves: a box for a token, one for a key, and the library's
// answer. The debugger's size is measured against it.
package main

import (
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

type floor struct {
	app.Compo

	token, key string
}

func (f *floor) Render() app.UI {
	return app.Main().Body(
		app.Textarea().Aria("label", "token").OnInput(f.ValueTo(&f.token)),
		app.Textarea().Aria("label", "key").OnInput(f.ValueTo(&f.key)),
		app.P().Text(f.answer()),
	)
}

func (f *floor) answer() string {
	_, err := jwt.Parse(f.token, func(t *jwt.Token) (any, error) {
		switch alg := t.Method.Alg(); {
		case strings.HasPrefix(alg, "HS"):
			return []byte(f.key), nil
		case strings.HasPrefix(alg, "ES"):
			return jwt.ParseECPublicKeyFromPEM([]byte(f.key))
		case alg == "EdDSA":
			return jwt.ParseEdPublicKeyFromPEM([]byte(f.key))
		}
		return jwt.ParseRSAPublicKeyFromPEM([]byte(f.key))
	})
	if err != nil {
		return err.Error()
	}
	return "genuine"
}

func main() {
	app.Route("/", &floor{})
	app.RunWhenOnBrowser()
}
