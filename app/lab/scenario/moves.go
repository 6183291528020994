package scenario

import (
	"context"
	"slices"
	"strconv"

	"jwtlab/app/lab/wire"
)

// first is the first argument, or what stands for it.
func first(args []string, instead string) string {
	if len(args) > 0 {
		return args[0]
	}
	return instead
}

func (w *world) doReplicas(args []string) error {
	n, shared := amount(args)
	return w.resize(n, shared)
}

func (w *world) doVisit(args []string) error {
	if w.phone != nil && len(args) == 0 {
		return nil // an app has its pages in itself
	}
	a := w.browser.Visit(w.tab, first(args, w.page+"/"))
	w.took(reply{a.Status, w.bodyOf(a.Message)}) // a page can say for whom it is: the news do
	return nil
}

func (w *world) doLogin(args []string) error {
	w.took(w.client().login(first(args, "alice")))
	return nil
}

func (w *world) doCall([]string) error {
	w.took(w.client().call("GET", "/api/me", ""))
	return nil
}

// doRetry sends the client's last request to the shop once more, as a proxy does when a connection breaks before the answer has come:
// whoever has turn now gets it, and what the client keeps stays as it is (RFC 9110 §9.2.2).
func (w *world) doRetry([]string) error {
	m := w.lastAsked()
	if m == nil {
		return nil
	}
	got := w.net.Send(wire.Request{
		From: m.From, Address: m.Address, Cause: m.ID, Why: "retry", By: m.By, Method: m.Method, URL: m.URL, Header: m.Header, Body: m.Body,
	})
	w.took(reply{got.Status, got.Body})
	return nil
}

// lastAsked is the last request of the victim's client to the shop; nil if there is none.
func (w *world) lastAsked() *wire.Message {
	for _, m := range slices.Backward(w.net.Messages) {
		if m.Kind == wire.Ask && m.To == shop && m.From != "attacker" && m.Method != "OPTIONS" {
			return m
		}
	}
	return nil
}

func (w *world) doTransfer(args []string) error {
	w.took(w.client().transfer(args[0], args[1]))
	return nil
}

func (w *world) doAccount([]string) error {
	if w.phone != nil {
		w.took(w.client().call("GET", "/account", ""))
		return nil
	}
	w.status, w.user = w.browser.Visit(w.tab, shop+"/account").Status, ""
	return nil
}

// doForm fills in the form of the page that the server draws.
func (w *world) doForm(args []string) error {
	a := w.browser.Visit(w.tab, shop+"/account")
	form, ok := formIn(w.bodyOf(a.Message), "/api/transfer")
	if !ok {
		w.status, w.user = a.Status, ""
		return nil
	}
	form.Fields = append(form.Fields, money(args[0], args[1])...)
	w.status, w.user = w.browser.Submit(a.Document, form).Status, ""
	return nil
}

func (w *world) doAdmin([]string) error {
	w.took(w.client().call("GET", "/api/admin", ""))
	return nil
}

// doLink follows a link to the account that stands on a page of another site.
func (w *world) doLink([]string) error {
	a := w.browser.Visit(w.tab, evil+"/")
	w.status, w.user = w.browser.Click(a.Document, shop+"/account", "").Status, ""
	return nil
}

func (w *world) doRefresh([]string) error {
	w.took(w.client().refresh())
	return nil
}

func (w *world) doLogout([]string) error {
	w.took(w.client().logout())
	return nil
}

func (w *world) doEverywhere([]string) error {
	c := w.client()
	w.took(c.call("DELETE", "/api/sessions", "", c.csrf()...))
	c.forget()
	return nil
}

func (w *world) doSSO(args []string) error       { return w.enter(first(args, "shop")) }
func (w *world) doSSOLogout(args []string) error { return w.exit(first(args, "shop")) }

func (w *world) doReload([]string) error {
	w.status, w.user = w.browser.Reload(w.tab).Status, ""
	return nil
}

func (w *world) doNewTab([]string) error {
	w.tab = w.browser.Open()
	return w.doVisit(nil)
}

// doClose closes the browser, starts it anew and opens the shop again.
func (w *world) doClose([]string) error {
	w.browser.Restart()
	return w.doNewTab(nil)
}

func (w *world) doRestore([]string) error {
	w.browser.Restore()
	d, _ := w.browser.Top(w.tab)
	w.status, w.user = d.Status, ""
	return nil
}

func (w *world) doNetwork(args []string) error {
	at := networks[first(args, "cafe")]
	w.browser.Address = at
	if w.phone != nil {
		w.phone.Address = at
	}
	return nil
}

func (w *world) doWait(args []string) error {
	if args[0] != "expiry" {
		d, _ := duration(args[0])
		w.net.Pass(d)
		return nil
	}
	if end := w.nextEnd(w.copies()); !end.IsZero() {
		w.net.Pass(end.Sub(w.net.Now()))
	}
	return nil
}

func (w *world) doRestart([]string) error { return w.restart() }

func (w *world) doPin(args []string) error {
	n, _ := strconv.Atoi(args[0])
	w.net.Pin(shop, n)
	return nil
}

func (w *world) doRole(args []string) error {
	role := args[1]
	if role == "none" {
		role = ""
	}
	return w.each(func(r *replica) error { return r.service.SetRole(context.Background(), args[0], role) })
}

func (w *world) doForceOut(args []string) error {
	return w.each(func(r *replica) error { return r.service.ForceOut(context.Background(), first(args, "alice")) })
}
