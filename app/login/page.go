package login

import (
	"fmt"
	"html"
	"net/http"
	"strings"

	"jwtlab/app/locale"
)

// account answers GET /account with a page that the server draws: a browser asks for it by a navigation, which carries
// cookies and nothing that a script holds.
func (s *Service) account(c *call) *problem {
	who, p := s.caller(c)
	if p != nil && p.status != http.StatusUnauthorized {
		return p
	}
	status, body := http.StatusOK, ""
	if p == nil {
		body = s.accountOf(c, who)
	} else {
		status = p.status
		c.w.Header().Set("WWW-Authenticate", p.challenge)
		body = "<p>" + c.say("login.problem.login-needed") + "</p>"
	}
	h := c.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(c.lang))
	h.Set("Vary", "Accept-Language, Cookie, Authorization")
	c.w.WriteHeader(status)
	title := c.say("login.account.title")
	fmt.Fprintf(c.w, `<!doctype html><html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`+
		`<meta name="color-scheme" content="light dark"><title>%s</title></head><body><main><h1>%[2]s</h1>%s</main></body></html>`,
		c.lang, title, body)
	return nil
}

// say is a text of the catalogue, as HTML.
func (c *call) say(id string, args ...string) string {
	return html.EscapeString(locale.Text(c.lang, id, args...))
}

// accountOf is what the page says to somebody: who they are, a transfer, the latest ones, and the way out (ASVS 7.4.4).
func (s *Service) accountOf(c *call, who *caller) string {
	hidden := ""
	if s.config.Policy.CSRFToken {
		hidden = `<input type="hidden" name="csrf_token" value="` + who.csrf + `">`
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<p>%s</p>`, c.say("login.account.hello", who.user, who.role, string(who.mode)))
	fmt.Fprintf(&b, `<form method="post" action="/api/transfer">%s<label>%s <input name="to" required maxlength="%d"></label> `+
		`<label>%s <input name="amount" type="number" min="1" max="%d" required></label> <button>%s</button></form>`,
		hidden, c.say("login.account.to"), maxName, c.say("login.account.amount"), maxAmount, c.say("login.account.send"))
	if sent := s.Transfers(who.user, 10); len(sent) > 0 {
		fmt.Fprintf(&b, `<h2>%s</h2><ul>`, c.say("login.account.sent"))
		for _, t := range sent {
			fmt.Fprintf(&b, `<li>%s</li>`, c.say("login.account.line", t.To, fmt.Sprint(t.Amount), locale.Time(c.lang, t.At)))
		}
		b.WriteString(`</ul>`)
	}
	fmt.Fprintf(&b, `<form method="post" action="/api/logout">%s<button>%s</button></form>`, hidden, c.say("login.account.logout"))
	return b.String()
}
