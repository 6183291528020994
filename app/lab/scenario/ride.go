package scenario

import (
	"net/http"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

const loss = "100" // what each attack transfers

// money are the fields of a transfer.
func money(to, amount string) []wire.Field {
	return []wire.Field{{Name: "to", Value: to}, {Name: "amount", Value: amount}}
}

// byAddress is a transfer by GET.
const byAddress = shop + "/api/transfer?to=mallory&amount=" + loss

// ridden notes whether a transfer has happened since the attack began.
func (r *raid) ridden() {
	for _, e := range r.told(r.events) {
		if e.Name == "transfer" && e.User == "alice" {
			r.outcome.Accepted = true
		}
	}
}

// forged is ridden for what another site's page sends: it has nothing but what the browser adds by itself.
func (r *raid) forged() {
	switch {
	case r.phone != nil:
		r.list.No("scenario.no-page")
	case !r.setup.Cookies():
		r.list.No("scenario.not-by-itself")
	}
	r.ridden()
}

// xssRide acts from the page of the shop, as its own program does: what cannot be read can be used.
func (r *raid) xssRide() {
	if r.phone != nil {
		r.list.No("scenario.no-page")
		return
	}
	r.inPage(r.at(r.page)).transfer("mallory", loss)
	if r.ridden(); r.outcome.Accepted {
		r.list.Yes("scenario.same-page")
	}
}

// csrfForm submits a form from the attacker's page.
func (r *raid) csrfForm() { r.forge(r.aside(evil + "/")) }

// csrfSibling submits a form from another origin of the same site, which the attacker got hold of.
func (r *raid) csrfSibling() { r.forge(r.aside(sibling + "/")) }

// forge submits a form for a transfer from a document.
func (r *raid) forge(document int) {
	r.script(document, func(p *browser.Page) {
		p.Submit(browser.Form{Action: shop + "/api/transfer", Method: "POST", Fields: money("mallory", loss)})
	})
	r.forged()
}

// csrfLink has the victim follow a link of the attacker's page that transfers by GET.
func (r *raid) csrfLink() {
	r.browser.Click(r.aside(evil+"/"), byAddress, "")
	r.forged()
}

// csrfImage has the attacker's page show a picture whose address transfers.
func (r *raid) csrfImage() {
	r.script(r.aside(evil+"/"), func(p *browser.Page) { p.Image(byAddress) })
	r.forged()
}

// csrfFetch has a script of the attacker's page send the transfer: as a form would be, which needs no leave, and as JSON,
// which does.
func (r *raid) csrfFetch() {
	r.script(r.aside(evil+"/"), func(p *browser.Page) {
		_, _ = p.Fetch(shop+"/api/transfer", browser.Init{
			Method: http.MethodPost, Credentials: "include", Header: asJSON, Body: object("to", "mallory", "amount", loss),
		})
		_, _ = p.Fetch(shop+"/api/transfer", browser.Init{
			Method: http.MethodPost, Mode: "no-cors", Credentials: "include", Body: "to=mallory&amount=" + loss,
			Header: []wire.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
		})
	})
	for _, m := range r.since(r.messages) {
		if m.Kind == wire.Inside && m.Why == "fetch" {
			r.list.No("scenario.as-json")
		}
	}
	r.forged()
}

// clickjack shows the shop in a frame of the attacker's page, where the victim clicks on what it does not see.
func (r *raid) clickjack() {
	if r.phone != nil {
		r.list.No("scenario.no-page")
		return
	}
	evil := r.aside(evil + "/")
	frame, address := 0, shop+"/account"
	if !r.setup.Cookies() {
		address = shop + "/" // the page whose script has the credential
	}
	r.script(evil, func(p *browser.Page) { frame = p.Embed("shop", address) })
	if d := r.frame(frame); d != nil && !d.Failed {
		r.click(d)
	}
	r.ridden()
}

// click clicks on what is in the frame: the form that the server has drawn, or what the page's script does with the credential that
// it finds in its storage.
func (r *raid) click(d *browser.Document) {
	if r.setup.Cookies() {
		r.clickForm(d)
		return
	}
	c := r.inPage(d.ID)
	if len(c.known()) == 0 {
		r.list.No(map[bool]string{true: "scenario.partitioned", false: "scenario.variables"}[r.setup.persists()])
	}
	c.transfer("mallory", loss)
}

// frame is the document of a frame; nil if there is none.
func (r *raid) frame(id int) *browser.Document {
	for _, d := range r.browser.State().Documents {
		if d.ID == id {
			return &d
		}
	}
	return nil
}

// clickForm submits the form of the page that the server has drawn into the frame, if there is one.
func (r *raid) clickForm(d *browser.Document) {
	for _, m := range r.since(r.messages) {
		if m.Kind != wire.Answer || m.From != shop || m.URL != d.URL {
			continue
		}
		if form, ok := formIn(m.Body, "/api/transfer"); ok {
			form.Fields = append(form.Fields, money("mallory", loss)...)
			r.browser.Submit(d.ID, form)
			return
		}
	}
}
