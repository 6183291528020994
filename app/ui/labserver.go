package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/play/lab"
)

// mostRecords is how many records of a store are shown.
const mostRecords = 50

// labServerCard is the service: what it knows of logins, what it was asked, what it noticed.
func (p *Page) labServerCard() app.UI {
	s := &p.state.Lab.Record.State
	var body []app.UI
	for i := range s.Servers {
		if i > 0 && s.Servers[i].Shared {
			break // one store, which stands there once
		}
		body = append(body, p.replicaPart(&s.Servers[i], len(s.Servers))...)
	}
	if len(s.Provider) > 0 {
		body = append(body, part(p.t("lab.provider"), each(len(s.Provider), func(i int) app.UI {
			return says("li", "plain-row", p.t("lab.provider.in", s.Provider[i]))
		}), ""))
	}
	body = append(body, p.eventsPart(s.Events))
	if len(s.Servers) == 0 {
		body = []app.UI{says("p", "dim", p.t("lab.server.empty"))}
	}
	sub := ""
	if n := len(s.Servers); n > 1 {
		sub = p.t("lab.servers.own", itoa(n))
		if s.Servers[0].Shared {
			sub = p.t("lab.servers.shared", itoa(n))
		}
	}
	return p.card("server", p.t("lab.server"), sub, nil, holds("div", "body parts", body...))
}

// replicaPart is the store of one server, or of all that share it.
func (p *Page) replicaPart(s *scenario.Server, of int) []app.UI {
	title := p.t("lab.logins")
	if of > 1 && !s.Shared {
		title = p.t("lab.logins.of", s.Name)
	}
	shown := s.Logins[:min(len(s.Logins), mostRecords)]
	items := each(len(shown), func(i int) app.UI { return p.labLogin(&shown[i]) })
	if more := len(s.Logins) - len(shown); more > 0 {
		items = append(items, says("li", "dim small", p.t("lab.and-more", itoa(more))))
	}
	empty := p.t("lab.logins.none")
	if c := p.state.Lab.Setup().Credential; c == scenario.JWT || c == scenario.WeakJWT {
		empty = p.t("lab.logins.empty")
	}
	out := []app.UI{
		part(title, items, empty),
		says("p", "small dim", p.t("lab.store", itoa(s.Reads), itoa(s.Writes), itoa(s.Octets))),
	}
	if len(s.Denied) > 0 {
		denied := s.Denied[:min(len(s.Denied), mostRecords)]
		out = append(out, part(p.t("lab.denied"), each(len(denied), func(i int) app.UI {
			return holds("li", "plain-row", node("span", "mono", foreign, app.Text(denied[i].ID)), says("span", "dim small", p.t("lab.denied.until", p.moment(denied[i].Until))))
		}), ""))
	}
	if len(s.Transfer) > 0 {
		sent := s.Transfer[:min(len(s.Transfer), mostRecords)]
		out = append(out, part(p.t("lab.transfers"), each(len(sent), func(i int) app.UI {
			return node("li", "plain-row mono", foreign, app.Text(sent[i]))
		}), ""))
	}
	return out
}

// labLogin is a record of a store.
func (p *Page) labLogin(l *scenario.Login) app.UI {
	facts := []string{
		p.t("lab.created"), p.moment(l.Created),
		p.t("lab.seen"), p.moment(l.Seen),
		p.t("lab.idle"), p.moment(l.Idle),
		p.t("lab.ends"), p.moment(l.Expires),
		p.t("lab.login.address"), l.Address,
		p.t("lab.login.secrets"), itoa(l.Secrets),
	}
	return p.thing(lab.Item{Kind: "login", Key: l.ID}, l.User, "", says("span", "chip", p.t("lab.mode."+l.Mode)), l.ID, facts)
}

func (p *Page) eventsPart(all []scenario.Event) app.UI {
	if len(all) == 0 {
		return nothing()
	}
	last := all[max(0, len(all)-mostRecords):]
	return part(p.t("lab.events"), each(len(last), func(i int) app.UI {
		e := &last[len(last)-1-i]
		words := e.Name
		for _, more := range []string{e.User, e.Reason} {
			if more != "" {
				words += " · " + more
			}
		}
		return holds("li", "plain-row", says("span", "clock small dim", e.Time.Format("15:04:05")), node("span", "mono", foreign, app.Text(words)))
	}), "")
}

// attackerCard is what the attacker holds.
func (p *Page) attackerCard() app.UI {
	all := p.state.Lab.Record.State.Attacker
	shown := all[max(0, len(all)-mostRecords):]
	items := each(len(shown), func(i int) app.UI {
		h := &shown[len(shown)-1-i]
		return p.thing(lab.Item{Kind: "loot", Key: itoa(len(shown) - i)}, h.Kind, h.Value, nothing(), p.t("lab.loot.from", h.From), []string{
			p.t("lab.loot.where"), h.From,
			p.t("lab.loot.since"), p.moment(h.Since),
		})
	})
	heard := 0
	for _, m := range p.state.Lab.Record.Messages {
		if m.Overheard {
			heard++
		}
	}
	body := []app.UI{part(p.t("lab.loot"), items, p.t("lab.loot.empty"))}
	if heard > 0 {
		body = append(body, says("p", "small", p.t("lab.heard", itoa(heard))))
	}
	return p.card("attacker", p.t("lab.actor.attacker"), p.t("lab.attacker.sub"), nil, holds("div", "body parts", body...))
}
