//go:build js && wasm

// Command lab measures the lab where it runs, in a browser: the matrix, one request of the service with its signature, going
// back and forth in a long run, and the memory that such a run takes. What came out is benchLab.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"syscall/js"
	"time"

	"jwtlab/app/key"
	"jwtlab/app/lab/scenario"
	"jwtlab/app/lab/wire"
	"jwtlab/app/login"
	"jwtlab/app/login/memstore"
)

const moves = 1000

func main() {
	first, whole, requests, cells := matrix()
	p50, p95, memory, messages := seeks()
	js.Global().Set("benchLab", map[string]any{
		"first": first, "whole": whole, "requests": requests, "cells": cells, "request": request(),
		"seek50": p50, "seek95": p95, "memory": memory, "messages": messages,
	})
	js.Global().Get("document").Get("documentElement").Get("dataset").Set("ready", "")
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// matrix plays all of it, as the page's Worker does: each row is written as JSON.
func matrix() (first, whole float64, requests, cells int) {
	began := time.Now()
	m := scenario.RunMatrix(func(r scenario.RowResult) bool {
		if _, err := json.Marshal(r); err != nil {
			panic(err)
		}
		if first == 0 {
			first = milliseconds(time.Since(began))
		}
		return true
	})
	return first, milliseconds(time.Since(began)), m.Requests, len(m.Cells)
}

// request is how long the service takes for GET /api/me with an access token that it has not met, and nothing around it.
func request() float64 {
	const tokens = 300
	chance := wire.NewChance(1)
	k, err := key.Generate(key.Spec{Alg: "EdDSA"}, chance)
	if err != nil {
		panic(err)
	}
	keys, err := login.ReadKeys(`{"keys":[` + k.JWK() + `]}`)
	if err != nil {
		panic(err)
	}
	s, err := login.New(login.Config{
		Now: time.Now, Rand: chance, Store: memstore.New(10 * tokens), Keys: keys, Accounts: people{}, Issuer: "https://shop.example", Audience: "https://shop.example",
		Policy: login.Policy{Refresh: "none", AccessLifetime: time.Hour, SessionIdle: time.Hour, SessionLifetime: time.Hour, RefreshIdle: time.Hour, RefreshLifetime: time.Hour},
	})
	if err != nil {
		panic(err)
	}
	var held []string
	for range tokens {
		var in struct {
			Token string `json:"access_token"`
		}
		body := ask(s.ServeHTTP, "POST", "/api/login", "Content-Type", "application/json", `{"username":"alice","password":"x","mode":"token"}`)
		if err := json.Unmarshal(body, &in); err != nil || in.Token == "" {
			panic(fmt.Sprint("no token: ", string(body)))
		}
		held = append(held, in.Token)
	}
	began := time.Now()
	for _, token := range held {
		if !bytes.Contains(ask(s.ServeHTTP, "GET", "/api/me", "Authorization", "Bearer "+token, ""), []byte("alice")) {
			panic("not taken")
		}
	}
	return milliseconds(time.Since(began)) / tokens
}

type people struct{}

func (people) Verify(_ context.Context, name, _ string) (login.Account, error) {
	return login.Account{Name: name}, nil
}

type answer struct {
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(int)             {}
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

func ask(serve func(http.ResponseWriter, *http.Request), method, path, name, value, body string) []byte {
	a := &answer{header: http.Header{}}
	serve(a, &http.Request{
		Method: method, URL: &url.URL{Path: path}, RequestURI: path, Host: "shop.example", RemoteAddr: "192.0.2.1:1",
		Header: http.Header{name: {value}}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	})
	return a.body.Bytes()
}

// seeks goes to any line of a run, in any order, a hundred times: what is timed is the run and its record.
func seeks() (p50, p95, memory float64, messages int) {
	var b strings.Builder
	b.WriteString("setup refresh/cookie-lax+rotation\nvisit\nlogin\n")
	turns := []string{"call", "transfer bob 5", "wait 30s", "account", "call", "reload", "call", "refresh"}
	for i := range moves - 2 {
		b.WriteString(turns[i%len(turns)] + "\n")
	}
	before := heap()
	r := scenario.NewRunner()
	whole, err := r.Run(b.String(), 0)
	if err != nil || len(whole.Steps) != moves {
		panic(fmt.Sprint(len(whole.Steps), " moves: ", err))
	}
	memory, messages = heap()-before, len(whole.Messages)
	var took []float64
	chance := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		line := 4 + chance.IntN(moves-2)
		began := time.Now()
		if _, err := r.Run(b.String(), line); err != nil {
			panic(err)
		}
		took = append(took, milliseconds(time.Since(began)))
	}
	slices.Sort(took)
	runtime.KeepAlive(r)
	return took[50], took[95], memory, messages
}

// heap is what lives, in bytes.
func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
