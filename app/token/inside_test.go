package token_test

import (
	"fmt"
	"strings"
	"testing"

	"jwtlab/app/token"
)

// paths lists what is inside a token: path, depth, form and subject.
func paths(tok token.Token) string {
	var all []string
	for _, n := range tok.Inside() {
		all = append(all, fmt.Sprintf("%s %d %s %s", n.Path, n.Depth, n.Form, n.Payload().JSON.Root().Get("sub").Text()))
	}
	return strings.Join(all, "; ")
}

func TestInside(t *testing.T) {
	const head = `{"alg":"HS256","typ":"JWT"}`
	leaf := jws(head, `{"sub":"leaf"}`)
	encrypted := b64(`{"alg":"dir","enc":"A128GCM"}`) + "..aXY.Y3Q.dGFn"
	sd := func(payload string, disclosures ...string) string {
		text := jws(head, payload) + "~"
		for _, d := range disclosures {
			text += b64(d) + "~"
		}
		return text
	}
	for _, c := range []struct{ name, text, want string }{
		{"none", leaf, ""},
		{"nested, RFC 7519 §5.2", jws(`{"alg":"RS256","cty":"JWT"}`, leaf), "payload 1 jws leaf"},
		{"nested twice", jws(head, jws(head, leaf)), "payload 1 jws ; payload > payload 2 jws leaf"},
		{"encrypted inside signed", jws(head, encrypted), "payload 1 jwe "},
		{"a JSON string", jws(head, `"`+leaf+`"`), "payload 1 jws leaf"},
		{"claims", jws(head, `{"sub":"top","id_token":"`+leaf+`","act":{"token":"`+leaf+`"}}`), "payload/id_token 1 jws leaf"},
		{"different claims", jws(head, `{"vp":["x","`+leaf+`"],"a/b~":"Bearer `+jws(head, `{"sub":"b"}`)+`"}`), "payload/vp/1 1 jws leaf; payload/a~1b~0 1 jws b"},
		{"two in a string", jws(head, `{"all":"`+leaf+` `+jws(head, `{"sub":"b"}`)+`"}`), "payload/all 1 jws leaf; payload/all#2 1 jws b"},
		{"escaped", jws(head, `{"t":"`+strings.ReplaceAll(leaf, ".", `\u002e`)+`"}`), "payload/t 1 jws leaf"},
		{"JSON in a string", jws(head, `{"t":"{\"x\":\"`+leaf+`\"}"}`), "payload/t 1 jws leaf"},
		{"in the header", jws(`{"alg":"HS256","trust_chain":["`+leaf+`"]}`, `{}`), "header/trust_chain/0 1 jws leaf"},
		{"in a text", jws(head, "the token "+leaf+" is it"), "payload 1 jws leaf"},
		{"a serialization", jws(head, `{"vc":{"payload":"`+b64(`{"sub":"j"}`)+`","signatures":[{"protected":"`+b64(head)+`","signature":"c2ln"}]}}`), "payload/vc 1 jws-json j"},
		{"key binding", sd(`{"_sd":["x"]}`, `["s","a",1]`) + leaf, "key_binding 1 jws leaf"},
		{"a disclosure", sd(`{"_sd":["x"]}`, `["s","a",1]`, `["s","vc","`+leaf+`"]`), "disclosure.2/2 1 jws leaf"},
		{"an SD-JWT", jws(head, `{"vp":"`+sd(`{"sub":"s"}`, `["s","a",1]`)+leaf+`"}`), "payload/vp 1 sd-jwt s; payload/vp > key_binding 2 jws leaf"},
		{"a piece", jws(head, `{"x":"`+leaf[:30]+`","y":"`+b64(`{"no":"header"}`)+`.a.b"}`), ""},
		{"unencoded", b64(`{"alg":"HS256","b64":false,"crit":["b64"]}`) + ".t:" + "x" + ".c2ln", ""},
	} {
		if got := paths(one(t, c.text)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// TestInnerSource leads from an inner token's parts through all levels to the pasted text.
func TestInnerSource(t *testing.T) {
	const head = `{"alg":"HS256"}`
	leaf := jws(head, `{"sub":"leaf","n":1}`)
	text := "Authorization: Bearer " + every(30, jws(head, `{"id_token":"`+jws(head, leaf)+`"}`), "\n  ")
	tok := one(t, text)
	n, ok := tok.Inner("payload/id_token > payload")
	if !ok || n.Compact() != leaf {
		t.Fatalf("%v: %s", ok, paths(tok))
	}
	within(t, "source", n.Source(n.Span), len(text))
	last := tok.Payload().Start
	for i := range len(n.Payload().Bytes) {
		at := n.Source(n.Payload().Source(i, i+1))
		if at.Start < last || at.End <= at.Start || at.End > tok.Payload().End {
			t.Fatalf("byte %d is from %v, after %d", i, at, last)
		}
		last = at.Start
	}
	if outer, _ := tok.Inner("payload/id_token"); outer.Source(outer.Span).Start >= n.Source(n.Span).Start {
		t.Errorf("the inner one begins at %v, the one around it at %v", n.Source(n.Span), outer.Source(outer.Span))
	}
	if _, ok := tok.Inner("payload/none"); ok {
		t.Error("an inner token of no path is there")
	}
}

// TestInsideLimits stops at eight levels and at a hundred tokens.
func TestInsideLimits(t *testing.T) {
	tok := jws(`{"alg":"HS256"}`, `{"sub":"core"}`)
	for range 12 {
		tok = jws(`{"alg":"HS256"}`, tok)
	}
	if all := one(t, tok).Inside(); len(all) != 8 || all[7].Depth != 8 {
		t.Errorf("%d levels", len(all))
	}
	var list []string
	for i := range 300 {
		list = append(list, `"`+jws(`{"alg":"HS256"}`, fmt.Sprintf(`{"sub":"%d"}`, i))+`"`)
	}
	if all := one(t, jws(`{"alg":"HS256"}`, "["+strings.Join(list, ",")+"]")).Inside(); len(all) != 100 {
		t.Errorf("%d tokens", len(all))
	}
}

// FuzzInside holds inner tokens to the laws of all tokens, their spans being offsets into the bytes they stand in, and
// their sources inside the outer token.
func FuzzInside(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
		f.Add(`{"t":"` + s + `"}`)
	}
	f.Fuzz(func(t *testing.T, payload string) {
		text := "> " + jws(`{"alg":"HS256"}`, payload)
		for _, tok := range token.Read(text).Tokens {
			seen := map[string]bool{}
			for _, n := range tok.Inside() {
				if n.Depth < 1 || n.Depth > 8 || seen[n.Path] {
					t.Fatalf("depth %d, path %q twice: %v", n.Depth, n.Path, seen[n.Path])
				}
				seen[n.Path] = true
				lawful(t, n.Token, len(payload)+len(text))
				if at := n.Source(n.Span); at.Start < tok.Start || at.End > tok.End || at.End <= at.Start {
					t.Fatalf("%s is from %v, outside %v", n.Path, at, tok.Span)
				}
			}
		}
	})
}
