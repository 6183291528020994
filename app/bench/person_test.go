package bench_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/jws"
)

// A person is somebody who uses the service over a connection, and keeps what logging in gave them.
type person struct {
	*wire
	host            string
	cookies         map[string]string
	access, refresh string
	me              []byte // the request that asks who they are
}

func meet(b *testing.B, d *deployment) *person {
	return &person{wire: newWire(b, d.address), host: d.address, cookies: map[string]string{}}
}

// login logs in anew with a mode.
func (p *person) login(mode string) error {
	clear(p.cookies)
	p.access, p.refresh = "", ""
	return p.ask(http.MethodPost, "/api/login", `{"username":"alice","password":"wonderland","mode":"`+mode+`"}`, http.StatusOK)
}

// renew refreshes what a login in mode cookie or token gave.
func (p *person) renew() error {
	body := ""
	if p.refresh != "" {
		body = `{"refresh_token":"` + p.refresh + `"}`
	}
	return p.ask(http.MethodPost, "/api/refresh", body, http.StatusOK)
}

func (p *person) logout() error {
	return p.ask(http.MethodPost, "/api/logout", "", http.StatusNoContent)
}

// who asks who they are.
func (p *person) who() error { return sure(p.wire, p.me) }

// sure sends a request and wants the answer to be good.
func sure(w *wire, request []byte) error {
	a, err := w.send(request)
	if err == nil && a.status != http.StatusOK {
		err = fmt.Errorf("answer %d: %s", a.status, a.body)
	}
	return err
}

// ask sends a request with what the person has, and keeps what comes back.
func (p *person) ask(method, path, body string, want int) error {
	a, err := p.send(request(method, path, p.host, p.header(), body))
	if err != nil {
		return err
	}
	if a.status != want {
		return fmt.Errorf("%s %s: answer %d: %s", method, path, a.status, a.body)
	}
	for _, pair := range a.cookies {
		name, value, _ := strings.Cut(pair, "=")
		if p.cookies[name] = value; value == "" {
			delete(p.cookies, name)
		}
	}
	if access := member(a.body, "access_token"); access != "" {
		p.access, p.refresh = access, member(a.body, "refresh_token")
	}
	p.me = request(http.MethodGet, "/api/me", p.host, p.header(), "")
	return nil
}

// header has the cookies, and the access token where it is not among them.
func (p *person) header() string {
	text := ""
	if len(p.cookies) > 0 {
		var pairs []string
		for _, name := range slices.Sorted(maps.Keys(p.cookies)) {
			pairs = append(pairs, name+"="+p.cookies[name])
		}
		text += "Cookie: " + strings.Join(pairs, "; ") + "\r\n"
	}
	if p.access != "" {
		text += "Authorization: Bearer " + p.access + "\r\n"
	}
	return text
}

// member is a text in the body of an answer, none of which has an escape.
func member(body []byte, name string) string {
	_, rest, _ := bytes.Cut(body, []byte(`"`+name+`":"`))
	text, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(text)
}

// strangers are requests that ask who the person is, each with an access token that the server has not seen: the one that
// it issued, with an id of its own, signed with the key in the server's file.
func (p *person) strangers(b *testing.B, d *deployment, n int) [][]byte {
	b.Helper()
	k := d.key(b)
	header, claims := segment(b, p.access, 0), segment(b, p.access, 1)
	var own struct {
		ID string `json:"jti"`
	}
	if err := json.Unmarshal(claims, &own); err != nil || own.ID == "" {
		b.Fatalf("the claims of an access token: %v %s", err, claims)
	}
	all := make([][]byte, n)
	for i := range all {
		signed, err := jws.Sign(k.Alg, header, bytes.ReplaceAll(claims, []byte(own.ID), []byte(rand.Text())), k, rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		all[i] = request(http.MethodGet, "/api/me", p.host, "Authorization: Bearer "+signed+"\r\n", "")
	}
	return all
}

// segment decodes a segment of a token.
func segment(b *testing.B, token string, i int) []byte {
	b.Helper()
	text, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[i])
	if err != nil {
		b.Fatal(err)
	}
	return text
}
