package e2e_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jwtlab/app/login"
)

// attacks are scripts of another page that ask the shop, as {S}, for a transfer. What they do ends in a navigation to it,
// or in a value when the browser has heard of the answer.
var attacks = []struct {
	name, script string
	navigates    bool
	carries      bool // a careless service takes what it sends
}{
	{"form", `(() => { const f = document.createElement("form"); f.action = "{S}/api/transfer"; f.method = "post";
		for (const [name, value] of [["to", "{N}"], ["amount", "1"]]) { const i = document.createElement("input"); i.name = name; i.value = value; f.append(i); }
		document.body.append(f); f.submit(); })()`, true, true},
	{"form in a frame", `new Promise((done) => { const frame = document.createElement("iframe"); frame.name = "away"; document.body.append(frame);
		const f = document.createElement("form"); f.action = "{S}/api/transfer"; f.method = "post"; f.target = "away";
		for (const [name, value] of [["to", "{N}"], ["amount", "1"]]) { const i = document.createElement("input"); i.name = name; i.value = value; f.append(i); }
		frame.addEventListener("load", () => done(1)); document.body.append(f); f.submit(); })`, false, true},
	{"fetch of a form", `fetch("{S}/api/transfer", { method: "POST", mode: "no-cors", credentials: "include", body: new URLSearchParams({ to: "{N}", amount: "1" }) }).then(() => 1, () => 1)`, false, true},
	{"fetch of text", `fetch("{S}/api/transfer", { method: "POST", mode: "no-cors", credentials: "include", body: JSON.stringify({ to: "{N}", amount: 1 }) }).then(() => 1, () => 1)`, false, false},
	{"fetch of JSON", `fetch("{S}/api/transfer", { method: "POST", credentials: "include", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ to: "{N}", amount: 1 }) }).then(() => 1, () => 1)`, false, false},
	{"image", `new Promise((done) => { const i = new Image(); i.onload = i.onerror = () => done(1); i.src = "{S}/api/transfer?to={N}&amount=1"; })`, false, true},
	{"link", `(() => { const a = document.createElement("a"); a.href = "{S}/api/transfer?to={N}&amount=1"; a.textContent = "win"; document.body.append(a); a.click(); })()`, true, true},
}

// careless is what an attack needs to have a chance.
func careless() login.Policy {
	p := login.Secure()
	p.Cookie.SameSite, p.CheckOrigin, p.TransferByGET = "None", false, true
	return p
}

// TestForgery asks for a transfer from the pages of others: none of them can have one, whatever the mode, under the
// policies that jwtlab serve has with TLS and on localhost; while a careless service loses to most of them. 127.0.0.1 is another site than localhost; another port of localhost is another origin of the same site, which
// SameSite does not keep out.
func TestForgery(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		policy login.Policy
		safe   bool
	}{{"secure", login.Secure(), true}, {"loopback", login.Loopback(), true}, {"careless", careless(), false}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, mode := range []login.Mode{login.Session, login.Cookie, login.Token} {
				if mode == login.Token && !c.safe {
					continue // no request that a page of others makes has what a script keeps
				}
				s := openShop(t, c.policy)
				evil := newSecureHost(t, c.policy.Cookie.Secure, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", "text/html")
					fmt.Fprint(w, `<!doctype html><title>win</title><body>`)
				}))
				p := tab(t, s.host)
				p.allow("") // what is refused is reported as an error
				p.trusting()
				p.enter(s, mode)
				p.own(s, mode)
				for _, from := range []string{evil.URL, strings.Replace(evil.URL, "127.0.0.1", "localhost", 1)} {
					for _, a := range attacks {
						// even then the service takes no text, CORS keeps JSON out, and this browser keeps the cookies
						// of another site to itself but where its user goes there
						reaches := a.carries && (a.navigates || strings.Contains(from, "localhost"))
						p.forge(s, from, a.name, a.script, a.navigates, !c.safe && reaches)
					}
				}
			}
		})
	}
}

// enter logs in on the shop's own page; what the mode hands to scripts is kept in the session's storage.
func (p *page) enter(s *shop, mode login.Mode) {
	p.Helper()
	p.at(s.origin + "/")
	status := 0
	p.eval(`(async () => {
		const answer = await fetch("/api/login", { method: "POST", headers: { "Content-Type": "application/json" },
			body: JSON.stringify({ username: "alice", password: "wonderland", mode: `+quote(mode)+` }) });
		sessionStorage.token = (await answer.json()).access_token ?? "";
		return answer.status;
	})()`, &status)
	if status != 200 {
		p.Fatalf("logging in: %d", status)
	}
}

// own makes the transfers that the shop's own pages make: by the form of the account, and by a script.
func (p *page) own(s *shop, mode login.Mode) {
	p.Helper()
	status := 0
	p.eval(`fetch("/api/transfer", { method: "POST", body: JSON.stringify({ to: "script", amount: 7 }), headers: {
		"Content-Type": "application/json", ...(sessionStorage.token && { Authorization: "Bearer " + sessionStorage.token }) } }).then((a) => a.status)`, &status)
	if status != 200 {
		p.Fatalf("mode %s: the page's own transfer is answered by %d", mode, status)
	}
	want := "script"
	if mode != login.Token { // whose credential no navigation carries
		p.at(s.origin + "/account")
		p.until("the form", `document.querySelector("form[action='/api/transfer']") !== null`)
		p.eval(`(() => { const f = document.forms[0]; f.elements.to.value = "form"; f.elements.amount.value = "7"; f.submit(); })()`)
		p.until("the answer to the form", `location.pathname === "/api/transfer" && document.body.textContent.includes("form")`)
		p.at(s.origin + "/account")
		p.until("the transfers", `["script", "form"].every((to) => [...document.querySelectorAll("li")].some((i) => i.textContent.includes(to)))`)
		want = "form"
	}
	if all := s.service.Transfers("alice", 1); len(all) != 1 || all[0].To != want {
		p.Errorf("mode %s: the ledger has %v", mode, all)
	}
}

// forge lets a page of somebody else do one attack, and looks into the ledger.
func (p *page) forge(s *shop, from, name, script string, navigates, lost bool) {
	p.Helper()
	what := fmt.Sprintf("%s from %s", name, from)
	p.at(from + "/")
	before := s.transfers()
	to := fmt.Sprintf("thief%d", before)
	p.eval(strings.NewReplacer("{S}", s.origin, "{N}", to).Replace(script))
	if navigates {
		p.until("the shop's answer to "+what, `location.origin === `+quote(s.origin)+` && document.readyState === "complete"`)
	}
	if s.transfers() == before {
		p.Errorf("%s: no request came to the shop, so nothing is proved", what)
	}
	all := s.service.Transfers("alice", 100)
	got := len(all) > 0 && all[0].To == to
	if got != lost {
		p.Errorf("R-13: %s: the transfer happened: %v, want %v; the shop was asked %q", what, got, lost, s.came[before:])
	}
}
