package ui_test

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/ui"
)

func TestFrame(t *testing.T) {
	for _, l := range locale.Langs() {
		html := app.HTMLString(ui.Frame(l))
		if at := strings.Index(html, "⟨"); at >= 0 {
			t.Errorf("%s: the frame has an id without words: %s", l, html[at:min(len(html), at+60)])
		}
		for _, id := range []string{"token", "header", "payload", "key", "verdict", "problems", "token-text", "key-text"} {
			if !strings.Contains(html, `id="`+id+`"`) {
				t.Errorf("%s: no element %s", l, id)
			}
		}
		if !strings.Contains(html, `data-signature="yes"`) {
			t.Errorf("%s: the first example is not shown as genuine", l)
		}
		if strings.Contains(html, "style=") {
			t.Errorf("%s: a style attribute, which the Content-Security-Policy blocks", l)
		}
	}
}
