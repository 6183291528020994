package ui

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play/client"
)

// storageCard says what of the login lies where in this browser, and who can read it.
func (p *Page) storageCard() app.UI {
	c := &p.state.Client
	items := each(len(c.Cookies), func(i int) app.UI { return p.cookieItem(&c.Cookies[i]) })
	if w := c.Who; w != nil && len(c.Cookies) == 0 && w.Mode != "token" {
		items = append(items, p.held(p.t("client.earlier"), p.t("client.earlier.help"), "", true))
	}
	if c.Held.Access != "" {
		until := locale.Time(p.state.Lang, time.Unix(c.Held.Expires, 0).UTC()) + " UTC"
		items = append(items, p.held(p.t("client.access"), p.t("client.access.help", until), "RFC 6750 §5.3", false, p.inspectButton(c.Held.Access)))
	}
	if c.Held.Refresh != "" {
		items = append(items, p.held(p.t("client.refresh-token"), p.t("client.refresh-token.help"), "RFC 9700 §4.14", false))
	}
	if len(items) == 0 {
		items = []app.UI{says("li", "dim", p.t("client.storage.empty"))}
	}
	return p.card("storage", p.t("client.storage"), "", nil,
		node("ul", "body things", []string{"aria-label", p.t("client.storage")}, items...),
		holds("p", "card-foot", node("code", "", foreign, app.Text("document.cookie")), says("span", "", p.readable())),
	)
}

// readable is what a script of this page, and so one injected into it, reads of the cookies.
func (p *Page) readable() string {
	c := &p.state.Client
	switch {
	case c.Readable != "":
		return p.t("client.readable", c.Readable)
	case len(c.Cookies) > 0 || c.Who != nil && c.Who.Mode != "token":
		return p.t("client.unreadable")
	}
	return p.t("client.readable.none")
}

// cookieItem is a cookie as the server has told of it. Its value is nobody's business here: no script can read it.
func (p *Page) cookieItem(k *client.Cookie) app.UI {
	where := p.t("client.sent.all")
	if k.Path != "/" {
		where = p.t("client.sent.path", k.Path)
	}
	return p.held(p.t("client.cookie", k.Name), where, strings.Join(k.Attributes, "; "), k.HTTPOnly)
}

// held is one thing that the browser holds.
func (p *Page) held(name, help, detail string, hidden bool, tools ...app.UI) app.UI {
	chip := says("span", "chip bad", p.t("client.scripts-read"))
	if hidden {
		chip = says("span", "chip good", p.t("client.scripts-blind"))
	}
	return holds("li", "thing",
		holds("div", "thing-head", append([]app.UI{says("strong", "", name), chip}, tools...)...),
		says("p", "small", help),
		node("p", "mono dim", foreign, app.Text(detail)),
	)
}

// inspectButton opens an access token in the debugger.
func (p *Page) inspectButton(token string) app.UI {
	return p.clientButton("link", p.t("client.inspect"), client.Inspected{Token: token})
}

// loginsCard lists the user's logins as the server knows them; each can be forced out.
func (p *Page) loginsCard() app.UI {
	c := &p.state.Client
	items := each(len(c.Logins), func(i int) app.UI { return p.loginItem(&c.Logins[i]) })
	if len(items) == 0 {
		items = []app.UI{says("li", "dim", p.t("client.logins.empty"))}
	}
	if c.More {
		items = append(items, says("li", "dim", p.t("client.logins.more", itoa(len(c.Logins)))))
	}
	return p.card("server", p.t("client.logins"), "", nil,
		node("ul", "body things", []string{"aria-label", p.t("client.logins")}, items...))
}

func (p *Page) loginItem(l *client.Login) app.UI {
	head := []app.UI{says("strong", "", p.t("client.mode."+l.Mode))}
	if l.Current {
		head = append(head, says("span", "chip good", p.t("client.current")))
	}
	end := p.clientButton("quiet call", p.t("client.action.end"), client.Did{Action: "end", ID: l.ID}).
		Aria("label", p.t("client.end", p.clockTime(l.Created)))
	return holds("li", "thing",
		holds("div", "thing-head", append(head, end)...),
		says("p", "small", p.t("client.login-line", p.clockTime(l.Created), p.clockTime(l.Seen), p.clockTime(l.Expires), l.Address)),
	)
}
