package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

// passphraseBox asks for the passphrase of a key that is locked. It is there only then, and says beside it that the key
// is being unlocked, so that nothing below moves.
func (p *Page) passphraseBox() app.UI {
	d := &p.state.Desk
	if !d.View.Locked {
		p.shown = false
		return nothing()
	}
	kind, pressed := "password", "false"
	if p.shown {
		kind, pressed = "text", "true"
	}
	return holds("div", "unlock",
		field(p.t("ui.passphrase"), p.bind(with("input", "input", []string{"type", kind, "autocapitalize", "none"}), "passphrase")),
		with("button", "quiet", []string{"type", "button", "aria-label", p.t("ui.passphrase.show"), "aria-pressed", pressed}).Text(p.t("ui.show-it")).OnClick(func(app.Context, app.Event) { p.shown = !p.shown }),
		p.opening("unlock"),
	)
}
