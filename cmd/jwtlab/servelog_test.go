package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// A tour is a visitor who remembers all that is secret: what it types and what it is given.
type tour struct {
	*visitor
	secrets []string
}

func (r *running) tour() *tour { return &tour{r.visitor(), nil} }

// ask sends a request, and keeps what is secret in the answer.
func (u *tour) ask(status int, method, path, body string) map[string]any {
	u.Helper()
	a, text := u.send(method, path, body)
	if a.StatusCode != status {
		u.Fatalf("%s %s: %d %s, want %d", method, path, a.StatusCode, text, status)
	}
	for _, k := range a.Cookies() {
		u.secrets = append(u.secrets, k.Value)
	}
	var members map[string]any
	if strings.Contains(a.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal([]byte(text), &members); err != nil {
			u.Fatal(err)
		}
	}
	for _, name := range []string{"access_token", "refresh_token", "session_id", "csrf_token"} {
		if s, ok := members[name].(string); ok {
			u.secrets = append(u.secrets, s)
		}
	}
	return members
}

func entry(mode, refresh string) string {
	more := ""
	if refresh != "" {
		more = `,"refresh":"` + refresh + `"`
	}
	return fmt.Sprintf(`{"username":"alice","password":"wonderland","mode":%q%s}`, mode, more)
}

// all goes through every mode to its end, and through all that can fail.
func (u *tour) all() {
	u.Helper()
	u.secrets = append(u.secrets, "wonderland", "looking-glass", "my-Passw0rd", "typed-in-the-name-field", "query-Secret", "body-Secret")
	u.ask(200, "POST", "/api/login", entry("session", ""))
	u.ask(200, "GET", "/api/me?token=query-Secret", "")
	u.ask(200, "POST", "/api/transfer", `{"to":"body-Secret","amount":1}`)
	u.ask(200, "GET", "/api/sessions", "")
	u.ask(204, "POST", "/api/logout", "")
	u.ask(200, "POST", "/api/login", entry("cookie", ""))
	u.ask(200, "POST", "/api/refresh", "")
	u.ask(204, "DELETE", "/api/sessions", "")
	first := u.ask(200, "POST", "/api/login", entry("token", "body"))
	old := fmt.Sprintf(`{"refresh_token":%q}`, first["refresh_token"])
	next := u.ask(200, "POST", "/api/refresh", old)
	u.header.Set("Authorization", "Bearer "+next["access_token"].(string))
	u.ask(200, "GET", "/api/me", "")
	u.ask(400, "POST", "/api/refresh", old) // shown again: the family ends
	u.ask(401, "GET", "/api/me", "")
	u.header.Set("Authorization", "Basic YWRtaW46bXktUGFzc3cwcmQ=")
	u.secrets = append(u.secrets, "YWRtaW46bXktUGFzc3cwcmQ")
	u.ask(401, "GET", "/api/me", "")
	u.header.Del("Authorization")
	u.ask(200, "POST", "/api/login", entry("token", "cookie"))
	u.ask(204, "DELETE", "/api/refresh", "")
	for range 12 {
		a, _ := u.send("POST", "/api/login", `{"username":"typed-in-the-name-field","password":"my-Passw0rd","mode":"session"}`)
		if a.StatusCode != 401 && a.StatusCode != 429 {
			u.Fatalf("a wrong password: %d", a.StatusCode)
		}
	}
	u.ask(400, "POST", "/api/login", `{"username":"alice","password":"wonderland","mode":"body-Secret"}`)
	for _, token := range slices.Clone(u.secrets) { // in the wrong place
		if len(token) > 40 {
			u.send("GET", "/"+token, "")
			u.send("GET", "/static/"+token+"/x", "")
			u.send("DELETE", "/api/sessions/"+token, "")
			u.send("GET", "/api/"+token, "")
			u.send("POST", "/api/refresh", `{"refresh_token":"`+token+`"}`)
		}
	}
}

// a full run leaves none of its secrets in the log, nor in the metrics, and tells of each login.
func TestLogHasNoSecrets(t *testing.T) {
	for _, form := range []string{"text", "json"} {
		t.Run(form, func(t *testing.T) {
			r := start(t, "-demo", "-log", form, "-metrics", "localhost:0", "-store", "memory")
			u := r.tour()
			u.all()
			keys, err := os.ReadFile(filepath.Join(r.home, ".local/state/jwtlab/keys.json"))
			if err != nil {
				t.Fatal(err)
			}
			u.secrets = append(u.secrets, regexp.MustCompile(`"d":"([^"]+)"`).FindStringSubmatch(string(keys))[1])
			figures := get(t, "http://"+r.metricsPort.listener.Addr().String()+"/metrics")
			r.stop()
			for _, s := range u.secrets {
				if s == "" {
					continue
				}
				for what, text := range map[string]string{"log": r.log.String(), "metrics": figures} {
					if i := strings.Index(text, s); i >= 0 {
						t.Errorf("R-27: the %s has %q: %.300s", what, s, text[max(0, i-100):])
					}
				}
			}
			if len(u.secrets) < 20 {
				t.Errorf("the tour knows %d secrets only", len(u.secrets))
			}
			for _, event := range []string{"login", "login-refused", "throttled", "refresh", "refresh-refused", "refresh-reused", "logout", "force-out", "transfer"} {
				if !strings.Contains(r.log.String(), `event=`+event) && !strings.Contains(r.log.String(), `"event":"`+event+`"`) {
					t.Errorf("R-27: no event %s in the log", event)
				}
			}
		})
	}
}

func get(t *testing.T, address string) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Close = true // a connection that was kept may be one that the server is just leaving
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil || a.StatusCode != 200 {
		t.Fatalf("%s: %d, %v", address, a.StatusCode, err)
	}
	return string(text)
}

// What happened to a login is told with the id of the request that made it happen, which its own line and its answer have too.
func TestLogCorrelates(t *testing.T) {
	r := start(t, "-demo", "-log", "json", "-store", "memory")
	v := r.visitor()
	want := map[string]string{}
	for event, q := range map[string][3]string{
		"login": {"POST", "/api/login", alice}, "login-refused": {"POST", "/api/login", `{"username":"x","password":"y","mode":"token"}`},
		"refresh-refused": {"POST", "/api/refresh", `{"refresh_token":"x"}`},
	} {
		a, _ := v.send(q[0], q[1], q[2])
		want[a.Header.Get("X-Request-Id")] = event
	}
	r.stop()
	events, requests := map[string]string{}, map[string]bool{}
	for line := range strings.Lines(r.log.String()) {
		var l struct{ Msg, ID, Event string }
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		switch l.Msg {
		case "login":
			events[l.ID] = l.Event
		case "request":
			requests[l.ID] = true
		}
	}
	for id, event := range want {
		if events[id] != event || !requests[id] {
			t.Errorf("the request %q has the event %q, want %q: %s", id, events[id], event, r.log.String())
		}
	}
}

// What a client sends can neither begin a line of the log nor end one.
func TestLogInjection(t *testing.T) {
	for _, form := range []string{"text", "json"} {
		r := start(t, "-demo", "-log", form, "-store", "memory", "-proxies", "127.0.0.1,::1")
		before := strings.Count(r.log.String(), "\n")
		const forged = "level=INFO msg=login event=login user=admin"
		sent := 0
		raw := func(request string) {
			t.Helper()
			c, err := net.Dial("tcp", r.port.listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			io.WriteString(c, request)
			if _, err := bufio.NewReader(c).ReadString('\n'); err != nil {
				t.Fatal(err)
			}
			sent++
		}
		raw("GET /a%0a" + strings.ReplaceAll(forged, " ", "%20") + "%0d%0a%1b[2J%e2%80%a8 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		raw("GET /%0d%0alevel=INFO%20msg=x%1b%e2%80%a8 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		raw("GET /b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: x\n" + forged + "\r\nX-Forwarded-For: 1.1.1.1%0a" + forged + "\r\n\r\n")
		raw("GET /c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: x " + forged + "\r\n\r\n")
		raw("LEVEL=INFO /d HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		raw("GET /e HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: good-1\r\n\r\n")
		r.stop()
		log := r.log.String()
		if strings.Contains(log, "\nlevel=INFO") || strings.Contains(log, "\x1b") || strings.Contains(log, "\r") || strings.Contains(log, "\u2028") || strings.Contains(log, "LEVEL=") {
			t.Errorf("%s: the log was written to: %s", form, log)
		}
		for _, line := range strings.Split(strings.TrimSpace(log), "\n") {
			if form == "json" && !json.Valid([]byte(line)) || form == "text" && !strings.HasPrefix(line, "time=") {
				t.Errorf("%s: no line of ours: %s", form, line)
			}
		}
		if n := strings.Count(log, "\n") - before; n > sent {
			t.Errorf("%s: %d requests made %d lines: %s", form, sent, n, log)
		}
		if !strings.Contains(log, "good-1") || strings.Contains(log, "x "+forged) {
			t.Errorf("%s: the ids of proxies: %s", form, log)
		}
	}
}

func TestRequestID(t *testing.T) {
	own := regexp.MustCompile(`^[0-9a-f]{16}$`)
	p, _ := readProxies("10.0.0.1")
	rec := &recorder{proxies: p, now: time.Now, rand: strings.NewReader(strings.Repeat("x", 1000))}
	for _, c := range []struct {
		peer, id string
		taken    bool
	}{
		{"10.0.0.1:1", "Abc-1_2.3", true}, {"10.0.0.1:1", strings.Repeat("a", 64), true}, {"10.0.0.1:1", strings.Repeat("a", 65), false},
		{"10.0.0.1:1", "a b", false}, {"10.0.0.1:1", "a=b", false}, {"10.0.0.1:1", "é", false}, {"10.0.0.1:1", "", false}, {"10.0.0.2:1", "abc", false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		r.Header.Set("X-Request-Id", c.id)
		if got := rec.requestID(r); (got == c.id) != c.taken || !c.taken && !own.MatchString(got) {
			t.Errorf("%s from %s: %s", c.id, c.peer, got)
		}
	}
}

func TestShownPath(t *testing.T) {
	long := strings.Repeat("a", 33)
	for path, want := range map[string]string{"/": "/", "/a/b.js": "/a/b.js", "/x/" + long + "/y": "/x/…/y", long: "…",
		strings.Repeat("/aaa", 100): strings.Repeat("/aaa", 50) + "…"} {
		if got := shownPath(path); got != want {
			t.Errorf("%s is shown as %s, want %s", path, got, want)
		}
	}
}
