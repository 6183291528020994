package ui_test

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play"
	"jwtlab/app/ui"
)

func TestFrame(t *testing.T) {
	ids := map[string]string{
		play.Debugger: "token header payload key verdict problems token-text key-text",
		play.Server:   "outcome login calls storage messages server login-name login-password",
	}
	for route, known := range ids {
		for _, l := range locale.Langs() {
			html := app.HTMLString(ui.Frame(route, l))
			if at := strings.Index(html, "⟨"); at >= 0 {
				t.Errorf("%s, %s: the frame has an id without words: %s", route, l, html[at:min(len(html), at+60)])
			}
			for id := range strings.FieldsSeq(known) {
				if !strings.Contains(html, `id="`+id+`"`) {
					t.Errorf("%s, %s: no element %s", route, l, id)
				}
			}
			if route == play.Debugger && !strings.Contains(html, `data-signature="yes"`) {
				t.Errorf("%s: the first example is not shown as genuine", l)
			}
			if strings.Contains(html, "style=") {
				t.Errorf("%s, %s: a style attribute, which the Content-Security-Policy blocks", route, l)
			}
		}
	}
}
