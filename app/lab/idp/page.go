package idp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"net/url"
	"time"

	"jwtlab/app/locale"
)

// formCookie ties a form to the browser that it was shown in, so that no other site can send it in (login CSRF).
const formCookie = "__Host-idp-form"

// shield sets the headers that every answer has (ASVS 3.4). Nothing here is to be kept by anybody (RFC 6749 §5.1).
func (c *call) shield() {
	h := c.w.Header()
	c.allowForms("")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer") // codes and states stand in addresses (RFC 9700 §4.2.4)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	h.Set("Pragma", "no-cache")
}

// allowForms says where the forms of a page may lead: here, and on to the address that the answer redirects to, for
// Chromium holds redirects to form-action too.
func (c *call) allowForms(on string) {
	to := "'self'"
	if u, err := url.Parse(on); on != "" && err == nil {
		if to += " " + u.Scheme + ":"; u.Host != "" {
			to += "//" + u.Host
		}
	}
	c.w.Header().Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action "+to)
}

// public lets every page read the answer, which has nothing of anybody in it.
func (c *call) public() {
	c.w.Header().Set("Access-Control-Allow-Origin", "*")
	c.w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// page answers with a page. The body is HTML.
func (c *call) page(status int, title, body string) {
	h := c.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(c.lang))
	h.Set("Vary", "Accept-Language, Cookie")
	c.w.WriteHeader(status)
	fmt.Fprintf(c.w, `<!doctype html><html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`+
		`<meta name="color-scheme" content="light dark"><title>%s</title></head><body><main><h1>%[2]s</h1>%s</main></body></html>`,
		c.lang, c.say(title), body)
}

// say is a text of the catalogue, as HTML.
func (c *call) say(id string, args ...string) string {
	return html.EscapeString(locale.Text(c.lang, id, args...))
}

// hidden is a field of a form that nobody sees, or nothing if it has no value.
func hidden(name, value string) string {
	if value == "" {
		return ""
	}
	return `<input type="hidden" name="` + name + `" value="` + html.EscapeString(value) + `">`
}

// seal returns the field that proves that a form comes from a page of ours, and sees to the cookie that it belongs to.
func (c *call) seal(rand io.Reader) (string, *problem) {
	secret := c.presented(formCookie)
	if secret == "" {
		var p *problem
		if secret, p = random(rand, 16); p != nil {
			return "", p
		}
		c.give(formCookie, secret, time.Hour)
	}
	return hidden("csrf_token", sealOf(secret)), nil
}

// sealed reports whether a form brings the token that belongs to the browser's cookie.
func (c *call) sealed(v url.Values) bool {
	secret := c.presented(formCookie)
	return secret != "" && hmac.Equal([]byte(v.Get("csrf_token")), []byte(sealOf(secret)))
}

func sealOf(secret string) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte("form"))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}
