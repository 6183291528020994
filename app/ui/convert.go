package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/play/desk"
)

// convertMenu copies the key in another form.
func (p *Page) convertMenu() []app.UI {
	if len(p.state.Desk.View.Keys) == 0 {
		return nil
	}
	return p.menu("convert-menu", p.t("ui.convert"), func() []app.UI {
		forms := p.state.Desk.Forms()
		return each(len(forms), func(i int) app.UI {
			words := p.t("ui.convert."+forms[i].Half, p.t("ui.convert.as."+forms[i].Format))
			return p.menuItem("convert-menu", words, desk.AskedCopy{What: forms[i].What()})
		})
	})
}
