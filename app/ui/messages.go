package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/play"
	"jwtlab/app/play/client"
)

// messagesCard lists what went over the wire, the newest first.
func (p *Page) messagesCard() app.UI {
	c := &p.state.Client
	all := c.Exchanges
	items := each(len(all), func(i int) app.UI { return p.exchange(&all[len(all)-1-i]) })
	var tools []app.UI
	if len(items) == 0 {
		items = []app.UI{says("li", "dim", p.t("client.messages.empty"))}
	} else {
		tools = []app.UI{p.clientButton("quiet", p.t("client.clear"), client.Cleared{})}
	}
	return p.card("messages", p.t("client.messages"), p.t("client.messages.sub"), tools,
		node("ol", "body exchanges", []string{"aria-label", p.t("client.messages")}, items...))
}

// exchange is a request with its answer: a line, and all of it once it is opened.
func (p *Page) exchange(x *client.Exchange) app.UI {
	open := p.state.Client.Open == x.Number
	expanded := "false"
	if open {
		expanded = "true"
	}
	tone, status := "", "…"
	switch {
	case x.Failed:
		tone, status = "bad", p.t("client.no-answer")
	case x.Status >= 400:
		tone, status = "bad", itoa(x.Status)
	case x.Status > 0:
		tone, status = "good", itoa(x.Status)
	}
	words := p.t("client.action." + x.Action)
	if x.Own {
		words = p.t("client.own", words)
	}
	line := with("button", "exchange", []string{"type", "button", "aria-expanded", expanded}).OnClick(p.at(client.Opened{Number: x.Number})).Body(
		node("span", "mono", foreign, app.Text(x.Method+" "+x.Path)), says("span", "dim small", words), says("span", "chip "+tone, status))
	if !open {
		return holds("li", "", line)
	}
	return holds("li", "", append([]app.UI{line}, p.whole(x)...)...)
}

// whole is an exchange as it was on the wire, and what of it a script cannot see.
func (p *Page) whole(x *client.Exchange) []app.UI {
	out := []app.UI{
		says("h3", "", p.t("client.request")),
		wire1(p.t("client.request"), request1(x)),
		says("p", "small dim", p.sentBy(x)),
	}
	if x.Status == 0 {
		return out
	}
	out = append(out, says("h3", "", p.t("client.answer")), wire1(p.t("client.answer"), answer1(x)))
	if len(x.Set) > 0 {
		out = append(out, says("p", "small dim", p.t("client.set-cookie")))
	}
	if x.Token != "" {
		out = append(out, holds("p", "", p.inspectButton(x.Token)))
	}
	return out
}

// foreign marks what is the same in every language, for whoever has it read aloud.
var foreign = []string{"lang", "en", "translate", "no"}

// wire1 is a message as text; it can be scrolled by key.
func wire1(name, text string) app.UI {
	return node("pre", "wire", append([]string{"tabindex", "0", "role", "group", "aria-label", name}, foreign...), app.Text(text))
}

// sentBy says what the browser adds to a request by itself.
func (p *Page) sentBy(x *client.Exchange) string {
	if len(x.Added) == 0 {
		return p.t("client.added.none")
	}
	return p.t("client.added", strings.Join(x.Added, ", "))
}

// request1 and answer1 write a message as HTTP/1.1 does. What was set comes first, a cookie a line.
func request1(x *client.Exchange) string {
	return x.Method + " " + x.Path + "\n" + lines(x.Sent) + body1(x.Body)
}

func answer1(x *client.Exchange) string {
	var told, rest []client.Line
	for _, l := range x.Got {
		if l.Name != client.ToldHeader {
			rest = append(rest, l)
			continue
		}
		for one := range strings.SplitSeq(l.Value, ", ") {
			told = append(told, client.Line{Name: l.Name, Value: one})
		}
	}
	return itoa(x.Status) + "\n" + lines(told) + lines(rest) + body1(x.Answer)
}

func lines(all []client.Line) string {
	var b strings.Builder
	for _, l := range all {
		b.WriteString(l.Name + ": " + l.Value + "\n")
	}
	return b.String()
}

func body1(body string) string {
	if body == "" {
		return ""
	}
	return "\n" + strings.TrimSpace(body)
}

// beginClient tells the page of the server who answers, once it is shown.
func (p *Page) beginClient(ctx app.Context) {
	if p.state.Route != play.Server || p.state.Client.Place != "" {
		return
	}
	mark := app.Window().Get("document").Get("documentElement").Get("dataset").Get("server")
	began := client.Began{Place: "page", Demo: true}
	if mark.Type() == app.TypeString {
		began = client.Began{Place: "server", Demo: mark.String() == "demo"}
	}
	p.send(ctx, play.AtClient{Intent: began})
}
