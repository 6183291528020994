package scenario

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
	"jwtlab/app/token"
)

// A client is the program of the shop, in a page or on a phone. Both do the same; they differ in how they send, and in where
// they keep what they were given.
type client struct {
	w    *world
	send func(method, path string, header []wire.Field, body string) reply
	get  func(key string) string
	set  func(key, value string) // an empty value is forgotten
}

// A reply is what a client can read of a response; the status is 0 if it can read nothing.
type reply struct {
	status int
	body   string
}

// client is that of the world: the app if there is one, else the page that the user looks at.
func (w *world) client() client {
	if w.phone != nil {
		return w.onPhone()
	}
	return w.inPage(w.at(w.page))
}

// onPhone is the client in the app.
func (w *world) onPhone() client {
	return client{w: w, get: w.phone.Kept, set: w.phone.Keep, send: func(method, path string, header []wire.Field, body string) reply {
		r := w.phone.Send(method, shop+path, header, body)
		return reply{r.Status, r.Body}
	}}
}

// inPage is the client in a document of the shop.
func (w *world) inPage(document int) client {
	run := func(s browser.Script) { w.browser.Run(document, s) }
	return client{
		w: w,
		send: func(method, path string, header []wire.Field, body string) (got reply) {
			run(func(p *browser.Page) {
				r, err := p.Fetch(shop+path, browser.Init{Method: method, Header: header, Body: body, Credentials: w.credentialsMode()})
				if err == nil {
					got = reply{r.Status, r.Body}
				}
			})
			return got
		},
		get: func(key string) (value string) {
			run(func(p *browser.Page) { value, _ = w.storage(p).Get(key) })
			return value
		},
		set: func(key, value string) {
			run(func(p *browser.Page) {
				if value == "" {
					_ = w.storage(p).Remove(key)
					return
				}
				_ = w.storage(p).Set(key, value)
			})
		},
	}
}

// storage is where the page of the setup keeps what it was given.
func (w *world) storage(p *browser.Page) *browser.Storage {
	switch w.setup.Storage {
	case LocalStorage:
		return p.Local()
	case SessionStorage:
		return p.Session()
	}
	return p.Memory()
}

// credentialsMode is what the page says of cookies: a page that keeps its credential by itself wants none.
func (w *world) credentialsMode() string {
	if w.setup.usesCookies() {
		return "include"
	}
	return "omit"
}

// The keys that credentials are kept under: the members of the answers that they come in.
const (
	keySession = "session_id"
	keyAccess  = "access_token"
	keyRefresh = "refresh_token"
)

// kept are the keys by the kind of credential.
var kept = map[string]string{"session": keySession, "access": keyAccess, "refresh": keyRefresh}

// login logs in, and keeps what comes of it.
func (c client) login(user string) reply {
	r := c.send("POST", "/api/login", asJSON, object("username", user, "password", passwordOf(user), "mode", string(c.w.setup.mode())))
	c.keep(r)
	return r
}

// keep keeps what an answer hands to scripts.
func (c client) keep(r reply) {
	got := members(r.body)
	for _, key := range []string{keySession, keyAccess, keyRefresh} {
		if got[key] != "" && r.status == http.StatusOK && !c.w.setup.Cookies() {
			c.set(key, got[key])
		}
	}
}

// known is the header that says who asks; none where a cookie does.
func (c client) known() []wire.Field {
	if c.w.setup.Cookies() {
		return nil
	}
	if id := c.get(keySession); id != "" {
		return []wire.Field{{Name: "X-Session-Id", Value: id}}
	}
	if token := c.get(keyAccess); token != "" {
		return []wire.Field{{Name: "Authorization", Value: "Bearer " + token}}
	}
	return nil
}

// call asks the service; if it says 401, the client renews its access token, where it can, and asks once more.
func (c client) call(method, path, body string, header ...wire.Field) reply {
	if body != "" {
		header = append(header, asJSON...)
	}
	r := c.send(method, path, append(c.known(), header...), body)
	if r.status == http.StatusUnauthorized && c.renewable() && c.refresh().status == http.StatusOK {
		r = c.send(method, path, append(c.known(), header...), body)
	}
	return r
}

func (c client) renewable() bool {
	return c.w.setup.Credential == Refresh && (c.w.policy.Refresh == "cookie" || c.get(keyRefresh) != "")
}

// refresh gets the next access token.
func (c client) refresh() reply {
	r := c.showRefresh("POST")
	c.keep(r)
	return r
}

// showRefresh shows the refresh token to the route that it is for: in the body, if the client keeps it, else the browser adds it.
func (c client) showRefresh(method string) reply {
	if token := c.get(keyRefresh); token != "" {
		return c.send(method, "/api/refresh", asJSON, object("refresh_token", token))
	}
	return c.send(method, "/api/refresh", nil, "")
}

// forget forgets all that the client keeps.
func (c client) forget() {
	for _, key := range kept {
		c.set(key, "")
	}
}

// transfer sends money.
func (c client) transfer(to, amount string) reply {
	return c.call("POST", "/api/transfer", object("to", to, "amount", amount), c.csrf()...)
}

// csrf is the token that changes ask for, where a cookie tells who somebody is.
func (c client) csrf() []wire.Field {
	if !c.w.policy.CSRFToken || !c.w.setup.Cookies() {
		return nil
	}
	if token := members(c.call("GET", "/api/me", "").body)["csrf_token"]; token != "" {
		return []wire.Field{{Name: "X-CSRF-Token", Value: token}}
	}
	return nil
}

// logout ends the family first, for which the access token may be too old, and then all else.
func (c client) logout() reply {
	csrf := c.csrf()
	if c.w.setup.Credential == Refresh {
		c.showRefresh("DELETE")
	}
	r := c.send("POST", "/api/logout", append(c.known(), csrf...), "")
	c.forget()
	return r
}

// took notes what a client was answered.
func (w *world) took(r reply) {
	w.status, w.user = r.status, members(r.body)["user"]
}

var asJSON = []wire.Field{{Name: "Content-Type", Value: "application/json"}}

// object writes names and values as a JSON object.
func object(pairs ...string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			b.WriteByte(',')
		}
		value, err := json.Marshal(pairs[i+1])
		if err != nil {
			panic(err) // a string is always written
		}
		b.WriteString(`"` + pairs[i] + `":` + string(value))
	}
	b.WriteByte('}')
	return b.String()
}

// members are those of a JSON object that are strings; none if it is no object.
func members(text string) map[string]string {
	j, _ := token.ReadJSON([]byte(text))
	found := map[string]string{}
	for name, value := range j.Root().Members() {
		if value.Kind() == token.String {
			found[name.Text()] = value.Text()
		}
	}
	return found
}

// encode is base64url without padding (RFC 7515 §2).
func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
