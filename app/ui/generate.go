package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/jwe"
	"jwtlab/app/jws"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

const generateMenu = "generate-menu"

// generateItems offers keys to sign with, and before them those to encrypt with where the token is encrypted.
func (p *Page) generateItems() []app.UI {
	var signing []app.UI
	for _, a := range jws.Algorithms() {
		signing = append(signing, p.menuItem(generateMenu, a.Name, desk.AskedKey{Alg: a.Name}))
	}
	out := []app.UI{says("p", "note", p.t("ui.generate.help")), holds("div", "grid", signing...)}
	if !p.encrypts() {
		return out
	}
	return append([]app.UI{says("p", "note", p.t("ui.generate.jwe")), holds("div", "grid wide", p.encryptionItems()...)}, out...)
}

// encrypts reports whether the token is encrypted, or says so.
func (p *Page) encrypts() bool {
	v := p.state.Desk.View
	if v.Form == token.JWE || v.Form == token.JSONJWE {
		return true
	}
	for _, a := range jwe.Algorithms() {
		if a.Name == v.Alg {
			return true
		}
	}
	return false
}

// encryptionItems are all but RSA1_5, which nobody should begin with today (RFC 8725 §3.2).
func (p *Page) encryptionItems() []app.UI {
	var items []app.UI
	for _, a := range jwe.Algorithms() {
		curves := []string{""}
		if a.Type == "EC" {
			curves = []string{" · P-256", " · X25519"}
		}
		for _, curve := range curves {
			if a.Name != "RSA1_5" {
				asked := desk.AskedKey{Alg: a.Name, Curve: strings.TrimPrefix(curve, " · ")}
				items = append(items, p.menuItem(generateMenu, a.Name+curve, asked))
			}
		}
	}
	return items
}
