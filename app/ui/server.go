package ui

import (
	"fmt"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play"
	"jwtlab/app/play/client"
)

// serverPage logs in for real, and shows what goes over the wire and what stays where.
func (p *Page) serverPage() app.UI {
	return node("main", "desk", []string{"id", "main"},
		holds("div", "column", p.loginCard(), p.callsCard(), p.storageCard()),
		holds("div", "column", p.messagesCard(), p.loginsCard()),
	)
}

// at is p.on for the page of the server.
func (p *Page) at(i client.Intent) (app.EventHandler, string) {
	return func(ctx app.Context, _ app.Event) { p.send(ctx, play.AtClient{Intent: i}) }, fmt.Sprintf("%T%v", i, i)
}

func (p *Page) clientButton(class, label string, i client.Intent) app.HTMLElem {
	return plainButton(class, label).OnClick(p.at(i))
}

// outcome says who is logged in, and how the last thing went that was asked for.
func (p *Page) outcome() app.UI {
	c := &p.state.Client
	tone, strong := "neutral", p.t("client.nobody")
	if c.Who != nil {
		tone, strong = "good", p.t("client.who", c.Who.User)
	}
	reason := p.saidWords()
	switch {
	case c.Said.Failed || c.Said.Status >= 400:
		tone = "bad"
	case reason == "" && c.Who != nil:
		reason = p.t("client.until."+c.Who.Mode, p.clockTime(c.Who.Until))
	case reason == "":
		reason = p.t("client.start")
	}
	return node("section", "verdict "+tone, []string{"id", "outcome", "aria-label", p.t("client.outcome")},
		node("p", "sentence", []string{"role", "status"}, says("strong", "", strong), app.Text(" "), says("span", "reason", reason)),
		p.whoChips(),
	)
}

// saidWords is how the last request of the user went, in words; empty where it goes without saying.
func (p *Page) saidWords() string {
	said := &p.state.Client.Said
	switch {
	case said.Action == "":
		return ""
	case said.Failed:
		return p.t("client.failed")
	case said.Status >= 400:
		words := said.Why.Title
		if words == "" {
			words = p.t("client.status", itoa(said.Status))
		}
		words = p.t("client.refused", p.t("client.action."+said.Action), words)
		if said.Why.After != "" {
			words += " " + p.t("client.retry-after", said.Why.After)
		}
		return words
	case said.Action == "login", said.Action == "me", said.Action == "sessions":
		return ""
	}
	return p.t("client.done." + said.Action)
}

func (p *Page) whoChips() app.UI {
	who := p.state.Client.Who
	if who == nil {
		return nothing()
	}
	role := who.Role
	if role == "" {
		role = p.t("client.no-role")
	}
	return node("ul", "answers", []string{"aria-label", p.t("client.login")},
		holds("li", "", says("span", "chip", p.t("client.mode."+who.Mode))),
		holds("li", "", says("span", "chip", p.t("client.role", role))),
	)
}

// clockTime is a time of the server's in words; what is none stands as it is.
func (p *Page) clockTime(text string) string {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return locale.Time(p.state.Lang, at.UTC()) + " UTC"
}

// loginCard chooses how the login is to be kept, and logs in.
func (p *Page) loginCard() app.UI {
	c := &p.state.Client
	submit := func(ctx app.Context, e app.Event) {
		e.PreventDefault()
		p.send(ctx, play.AtClient{Intent: client.Did{Action: "login"}})
	}
	place := ""
	if c.Place != "" {
		place = p.t("client.place." + c.Place)
	}
	return p.card("login", p.t("client.login"), place, nil,
		with("form", "body entry", []string{"aria-labelledby", "login-title"}).OnSubmit(submit).Body(
			holds("fieldset", "modes", says("legend", "", p.t("client.keep")),
				p.modeChoice("session"), p.modeChoice("cookie"), p.modeChoice("token"), p.refreshChoice()),
			p.accounts(),
			holds("div", "fields",
				field(p.t("client.name"), p.bind(with("input", "input", []string{"type", "text", "autocapitalize", "none", "maxlength", "64"}), "login-name").
					Attr("autocomplete", "username")),
				field(p.t("client.password"), p.bind(with("input", "input", []string{"type", "password", "maxlength", "1024"}), "login-password").
					Attr("autocomplete", "current-password")),
			),
			with("button", "strong", []string{"type", "submit"}).Text(p.t("client.action.login")),
		),
	)
}

// modeChoice is one way to keep a login, with what it means.
func (p *Page) modeChoice(mode string) app.UI {
	box := with("input", "", []string{"type", "radio", "name", "mode", "value", mode, "id", "mode-" + mode, "aria-describedby", "mode-" + mode + "-help"}).
		OnChange(p.at(client.ChoseMode{Mode: mode}))
	if p.state.Client.Mode == mode {
		box = box.Attr("checked", true)
	}
	return holds("div", "mode", box,
		node("label", "", []string{"for", "mode-" + mode}, app.Text(p.t("client.mode."+mode))),
		node("p", "dim small", []string{"id", "mode-" + mode + "-help"}, app.Text(p.t("client.mode."+mode+".help"))),
	)
}

// refreshChoice says where the refresh token of mode token goes.
func (p *Page) refreshChoice() app.UI {
	c := &p.state.Client
	if c.Mode != "token" {
		return nothing()
	}
	options := []string{"body", p.t("client.refresh.body"), "cookie", p.t("client.refresh.cookie")}
	return field(p.t("client.refresh"), choice("", c.Refresh, options).OnChange(func(ctx app.Context, _ app.Event) {
		p.send(ctx, play.AtClient{Intent: client.ChoseRefresh{Refresh: ctx.JSSrc().Get("value").String()}})
	}))
}

// accounts are those of the demonstration, a click each.
func (p *Page) accounts() app.UI {
	if !p.state.Client.Demo {
		return nothing()
	}
	return holds("p", "small demo", says("span", "dim", p.t("client.demo")),
		p.account("alice", "wonderland"), p.account("admin", "looking-glass"))
}

func (p *Page) account(name, password string) app.UI {
	return p.clientButton("quiet", name+" / "+password, client.Filled{Name: name, Password: password}).Lang("en")
}

// callsCard asks the server for things.
func (p *Page) callsCard() app.UI {
	submit := func(ctx app.Context, e app.Event) {
		e.PreventDefault()
		p.send(ctx, play.AtClient{Intent: client.Did{Action: "transfer"}})
	}
	var calls []app.UI
	for _, action := range []string{"me", "admin", "refresh", "sessions", "logout", "everywhere"} {
		calls = append(calls, p.clientButton("quiet call", p.t("client.action."+action), client.Did{Action: action}))
	}
	return p.card("calls", p.t("client.calls"), "", nil,
		holds("div", "body calls", calls...),
		with("form", "add transfer", []string{"aria-label", p.t("client.action.transfer")}).OnSubmit(submit).Body(
			field(p.t("client.to"), p.bind(with("input", "input", []string{"type", "text", "maxlength", "64"}), "transfer-to")),
			field(p.t("client.amount"), p.bind(with("input", "input", []string{"type", "text", "inputmode", "numeric", "maxlength", "9"}), "transfer-amount")),
			with("button", "quiet call", []string{"type", "submit"}).Text(p.t("client.action.transfer")),
		),
	)
}
