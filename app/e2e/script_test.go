package e2e_test

import (
	"fmt"

	"jwtlab/app/lab/browser"
)

// moving is a script that navigates.
func moving(s step) string {
	switch s.op {
	case "click":
		return `{ const a = document.createElement("a"); a.href = ` + quote(s.url) + `; document.body.append(a); a.click(); }`
	case "location":
		return `{ location.href = ` + quote(s.url) + ` }`
	}
	return fmt.Sprintf(`{
		const f = document.createElement("form"), s = %s;
		f.action = s.Action; f.method = s.Method; f.target = s.Target; if (s.Encoded) f.enctype = s.Encoded;
		for (const c of s.Fields ?? []) { const i = document.createElement("input"); i.type = "hidden"; i.name = c.name; i.value = c.value; f.append(i); }
		document.body.append(f); f.submit();
	}`, quote(s.form))
}

// asking is the call of the shop's script that a step stands for.
func (w *reality) asking(s step) string {
	switch s.op {
	case "call":
		return fmt.Sprintf("shop.call(%s, %s, %s)", quote(s.init.Method), quote(s.url), quote(s.init.Body))
	case "login":
		return fmt.Sprintf(`shop.call("POST", "/api/login", %s)`, quote(w.c.login()))
	case "renew":
		return "shop.renew()"
	}
	return fmt.Sprintf("shop.fetch(%s, %s)", quote(s.url), options(s.init))
}

// options are those of fetch().
func options(i browser.Init) string {
	o := map[string]any{}
	for name, v := range map[string]string{"method": i.Method, "body": i.Body, "mode": i.Mode, "credentials": i.Credentials, "redirect": i.Redirect, "referrerPolicy": i.Policy} {
		if v != "" {
			o[name] = v
		}
	}
	headers := [][2]string{}
	for _, f := range i.Header {
		headers = append(headers, [2]string{f.Name, f.Value})
	}
	o["headers"] = headers
	return quote(o)
}

// shopScript is the shop's own script. It keeps what it is handed in the place that the setup names, and asks with it.
const shopScript = `(async () => {
	const where = %s;
	const memory = {
		getItem: (key) => (globalThis.kept ?? {})[key] ?? null,
		setItem: (key, value) => { (globalThis.kept ??= {})[key] = value; },
	};
	const place = where === "memory" ? memory : globalThis[where];
	const shop = {
		async fetch(url, options) {
			try {
				const r = await fetch(url, options);
				const names = [...r.headers.keys()].sort();
				return { Type: r.type, Status: r.status, Redirected: r.redirected, Names: names, Body: await r.text() };
			} catch (e) {
				return { Type: "error" };
			}
		},
		async call(method, path, body) {
			const headers = [];
			const add = (name, key, before, from) => { const v = from.getItem(key); if (v !== null) headers.push([name, before + v]); };
			if (body) headers.push(["Content-Type", "application/json"]);
			add("Authorization", "access_token", "Bearer ", place);
			add("X-Session-Id", "session_id", "", place);
			if (method !== "GET") add("X-CSRF-Token", "csrf_token", "", memory);
			const saw = await shop.fetch(path, body ? { method, headers, body } : { method, headers });
			let told = {};
			try { told = JSON.parse(saw.Body); } catch {}
			for (const name of ["session_id", "access_token", "refresh_token"]) if (told[name]) place.setItem(name, told[name]);
			if (told.csrf_token) memory.setItem("csrf_token", told.csrf_token);
			return saw;
		},
		renew() {
			const token = place.getItem("refresh_token");
			return shop.call("POST", "/api/refresh", token ? JSON.stringify({ refresh_token: token }) : "{}");
		},
	};
	return await `
