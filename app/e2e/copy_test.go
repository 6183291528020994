package e2e_test

import (
	"crypto/x509"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/golang-jwt/jwt/v5"
)

// clipboard is the browser's only one: tests that use it take turns.
var clipboard sync.Mutex

// paper lets the page use the clipboard, and takes it for this test alone.
func (p *page) paper() {
	p.Helper()
	clipboard.Lock()
	p.Cleanup(clipboard.Unlock)
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		_, err := chromedp.CallBrowser(p.ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name, AllowWithoutSanitization: true}, Setting: "granted",
			Origin: p.host.URL, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
		})
		if err != nil {
			p.Fatal(err)
		}
	}
}

// pasted is what the clipboard holds.
func (p *page) pasted() (s string) {
	p.Helper()
	p.eval("navigator.clipboard.readText()", &s)
	return s
}

// TestCopy presses every copy button and reads the clipboard back.
func TestCopy(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.paper()
	r := ring()
	token := sign(t, jwt.SigningMethodES256, r.ec, "")
	private := text64("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(r.ec)))
	p.box("token").fill(token)
	p.box("key").fill(private)
	p.answers("yes", "yes", "yes")
	for _, c := range []struct{ what, want string }{
		{"token", token},
		{"header", p.value("header")},
		{"payload", p.value("payload")},
		{"authorization", "Authorization: Bearer " + token},
		{"curl", "curl -H 'Authorization: Bearer " + token + "' https://api.example/"},
		{"public-key", text64("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&r.ec.PublicKey)))},
	} {
		p.menu("token", "ui.copy")
		p.findIn("copy-menu", "button", p.say("ui.copy."+c.what)).click()
		p.noticed(p.say("ui.notice.copied-" + c.what))
		if got := p.pasted(); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("copying %s gave %q, want %q", c.what, got, c.want)
		}
	}
	p.findIn("key", "button", p.say("ui.copy-key")).click()
	p.noticed(p.say("ui.notice.copied-key"))
	if got := p.pasted(); got != private {
		t.Errorf("copying the key gave %q", got)
	}
	p.box("token").fill("")
	p.menu("token", "ui.copy")
	p.findIn("copy-menu", "button", p.say("ui.copy.token")).click()
	p.noticed(p.say("ui.notice.nothing-to-copy"))
}

// TestCopyRefused says so when the browser does not let the page copy.
func TestCopyRefused(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.eval(`navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"))`)
	p.findIn("key", "button", p.say("ui.copy-key")).click()
	p.noticed(p.say("ui.notice.copy-failed"))
}

// TestPaste pastes with the keyboard, as most visitors do.
func TestPaste(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.paper()
	a1 := example(t, "rfc7515-a1")
	p.eval("navigator.clipboard.writeText(" + quote(a1.Token) + ").then(() => true)")
	p.box("token").focus()
	p.press("ctrl+a", "ctrl+v")
	p.holds("token", a1.Token)
	p.judgedLike(a1.Token, p.value("key"), now)
}

// TestShare makes a link that holds the token and never the key, and warns of one that still opens doors.
func TestShare(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "")
	p.paper()
	link := func(warning string) string {
		p.menu("token", "ui.share")
		p.until("the words beside the link", `document.getElementById("share-menu").innerText.includes(`+quote(warning)+`)`)
		p.find("button", p.say("ui.share.copy")).click()
		p.noticed(p.say("ui.notice.copied-link"))
		return p.pasted()
	}
	e := example(t, "HS256")
	if got, want := link(p.say("ui.share.alive")), h.URL+"/#token="+e.Token; got != want {
		t.Errorf("the link is %q, want %q", got, want)
	}
	a1 := example(t, "rfc7515-a1")
	p.find("combobox", p.say("ui.examples")).choose(a1.ID)
	p.holds("token", a1.Token)
	got := link(p.say("ui.share.help"))
	if got != h.URL+"/#token="+a1.Token {
		t.Errorf("the link is %q", got)
	}

	q := tab(t, h)
	q.visit(strings.TrimPrefix(got, h.URL+"/"))
	q.holds("token", a1.Token)
	q.holds("key", "")
	q.judgedLike(a1.Token, "", now)
}
