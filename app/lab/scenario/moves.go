package scenario

import (
	"context"
	"strconv"
	"time"

	"jwtlab/app/lab/browser"
	"jwtlab/app/login"
)

// A verb is what a line can begin with, and what it does.
type verb struct {
	kind, usage string
	least, most int // arguments
	check       func([]string) *LineError
	do          func(w *world, args []string) error // of a move
}

// order are the verbs as help shows them; verbs has what they do. It is filled in by init, for a script that waits looks
// verbs up itself.
var (
	order = []string{
		"setup", "seed", "replicas", "client", "page", "trust", "profile", "third-party",
		"visit", "login", "call", "transfer", "account", "form", "admin", "link", "refresh", "logout", "logout-everywhere", "sso", "sso-logout",
		"reload", "new-tab", "close", "restore", "network", "wait", "restart", "pin", "role", "force-out", "attack", "expect",
	}
	verbs map[string]verb
)

func init() {
	verbs = map[string]verb{
		"setup":       {"setting", "setup CREDENTIAL/STORAGE[+DEFENCE…]", 1, 1, checkSetup, nil},
		"seed":        {"setting", "seed NUMBER", 1, 1, checkNumber(0, 1<<31), nil},
		"replicas":    {"setting", "replicas NUMBER [shared|own]", 1, 2, checkReplicas, (*world).doReplicas},
		"client":      {"setting", "client browser|app|app-jar", 1, 1, one("client", "browser", "app", "app-jar"), nil},
		"page":        {"setting", "page ORIGIN", 1, 1, one("page", shop, sibling), nil},
		"trust":       {"setting", "trust ORIGIN", 1, 1, checkOrigin, nil},
		"profile":     {"setting", "profile chromium|firefox|safari", 1, 1, one("profile", "chromium", "firefox", "safari"), nil},
		"third-party": {"setting", "third-party allow|block", 1, 1, one("third-party", "allow", "block"), nil},

		"visit":             {"move", "visit [ADDRESS]", 0, 1, nil, (*world).doVisit},
		"login":             {"move", "login [alice|admin|mallory]", 0, 1, one("user", "alice", "admin", "mallory"), (*world).doLogin},
		"call":              {"move", "call", 0, 0, nil, (*world).doCall},
		"transfer":          {"move", "transfer TO AMOUNT", 2, 2, nil, (*world).doTransfer},
		"account":           {"move", "account", 0, 0, nil, (*world).doAccount},
		"form":              {"move", "form TO AMOUNT", 2, 2, nil, (*world).doForm},
		"admin":             {"move", "admin", 0, 0, nil, (*world).doAdmin},
		"link":              {"move", "link", 0, 0, nil, (*world).doLink},
		"refresh":           {"move", "refresh", 0, 0, nil, (*world).doRefresh},
		"logout":            {"move", "logout", 0, 0, nil, (*world).doLogout},
		"logout-everywhere": {"move", "logout-everywhere", 0, 0, nil, (*world).doEverywhere},
		"sso":               {"move", "sso [shop|news]", 0, 1, one("site", "shop", "news"), (*world).doSSO},
		"sso-logout":        {"move", "sso-logout [shop|news|accounts]", 0, 1, one("site", "shop", "news", "accounts"), (*world).doSSOLogout},
		"reload":            {"move", "reload", 0, 0, nil, (*world).doReload},
		"new-tab":           {"move", "new-tab", 0, 0, nil, (*world).doNewTab},
		"close":             {"move", "close", 0, 0, nil, (*world).doClose},
		"restore":           {"move", "restore", 0, 0, nil, (*world).doRestore},
		"network":           {"move", "network home|office|cafe", 1, 1, one("network", "home", "office", "cafe"), (*world).doNetwork},
		"wait":              {"move", "wait DURATION|expiry", 1, 1, checkWait, (*world).doWait},
		"restart":           {"move", "restart", 0, 0, nil, (*world).doRestart},
		"pin":               {"move", "pin NUMBER", 1, 1, checkNumber(0, maxReplicas), (*world).doPin},
		"role":              {"move", "role USER ROLE|none", 2, 2, nil, (*world).doRole},
		"force-out":         {"move", "force-out [USER]", 0, 1, nil, (*world).doForceOut},

		"attack": {"attack", "attack NAME", 1, 1, checkAttack, nil},
		"expect": {"expect", "expect [not] FACT [VALUE]", 1, 4, checkExpect, nil},
	}
}

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
	for _, key := range kept {
		c.set(key, "")
	}
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
	w.browser.Address = networks[args[0]]
	if w.phone != nil {
		w.phone.Address = networks[args[0]]
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

// copies are the credentials that the client has now, as somebody would find them who looks through its stores.
func (w *world) copies() (all []Loot) {
	now := w.net.Now()
	cookies := w.browser.Cookies()
	if w.phone != nil {
		cookies = w.phone.Cookies()
	}
	for _, k := range cookies {
		live := k.Expires.IsZero() || k.Expires.After(now)
		if kind := kindOf(k.Name.Text()); kind != "" && live && k.Domain == "shop.example" {
			all = append(all, Loot{kind, k.Value.Text(), "cookie", now})
		}
	}
	if w.setup.Cookies() {
		return all
	}
	get := w.holds()
	for _, kind := range kinds {
		if value := get(kept[kind]); value != "" {
			all = append(all, Loot{kind, value, w.setup.Storage, now})
		}
	}
	return all
}

// holds reads what the client keeps, without opening its page if it is not open.
func (w *world) holds() func(string) string {
	if w.phone != nil {
		return w.phone.Kept
	}
	items := map[string]string{}
	for _, d := range w.browser.State().Documents {
		if d.Origin != w.page || d.Tab != w.tab || d.Parent != 0 {
			continue
		}
		w.browser.Run(d.ID, func(p *browser.Page) {
			all, _ := w.storage(p).Items()
			for _, f := range all {
				items[f.Name] = f.Value
			}
		})
	}
	return func(key string) string { return items[key] }
}

// nextEnd is when the first thing ends that some credentials live by, after now; zero if nothing does. Who has a refresh
// token that serves lives by that alone.
func (w *world) nextEnd(held []Loot) (next time.Time) {
	now := w.net.Now()
	consider := func(t time.Time) {
		if t.After(now) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	renews := false
	for _, l := range held {
		if l.Kind == "access" {
			continue
		}
		if k, ok := w.record(l); ok {
			consider(k.Idle)
			consider(k.Expires)
			renews = renews || l.Kind == "refresh"
		}
	}
	for _, l := range held {
		if l.Kind == "access" && !renews {
			consider(expiry(l.Value))
		}
	}
	return next
}

// record is what a store knows by a secret.
func (w *world) record(l Loot) (found login.Login, ok bool) {
	_ = w.each(func(r *replica) error {
		if k, err := r.store.Store.Find(context.Background(), sum(l.Value), w.net.Now()); err == nil {
			found, ok = k, true
		}
		return nil
	})
	return found, ok
}
