package main

import (
	"slices"
	"strings"
	"testing"
)

// An SD-JWT goes from its issuer to the holder, from there with some disclosures to a verifier, and is believed.
func TestSDJWT(t *testing.T) {
	issuer, holder := file(t, "issuer", world{}.must(t, "key", "new", "-alg", "ES256")), file(t, "holder", world{}.must(t, "key", "new", "-alg", "EdDSA"))
	const claims = `{"name":"앨리스","address":{"street":"1 Main St","city":"Seoul"},"langs":["ko","en"]}`
	full := world{}.must(t, "sdjwt", "issue", "-key", issuer, "-holder", holder, "-decoys", "2", "-exp", "1h", "-hash", "sha-384", "-typ", "dc+sd-jwt",
		"-disclose", "/name", "-disclose", "/address", "-disclose", "/address/street", "-disclose", "/langs/1", claims)
	world{stdin: full}.must(t, "sdjwt", "verify", "-key", issuer)

	shown := world{}.must(t, "sdjwt", "present", "-keep", "/address/street", "-holder", holder, "-aud", "shop", "-nonce", "n1", full)
	asked := []string{"sdjwt", "verify", "-json", "-key", issuer, "-aud", "shop", "-nonce", "n1", shown}
	var got verifiedSDJWT
	readJSON(t, world{}.must(t, asked...), &got)
	var payload map[string]any
	readJSON(t, string(got.Payload), &payload)
	if !got.Bound || got.HiddenCount != 4 || len(got.Disclosures) != 2 || payload["name"] != nil || payload["address"].(map[string]any)["street"] != "1 Main St" {
		t.Errorf("%+v", got)
	}
	for _, test := range []struct {
		name string
		args []string
		code int
	}{
		{"another audience", []string{"-aud", "bank", shown}, bad},
		{"another nonce", []string{"-nonce", "n2", shown}, bad},
		{"too late", []string{"-bound", "-at", "2026-11-21T03:05:01Z", shown}, bad},
		{"late, and not asked", []string{"-at", "2026-11-21T03:05:01Z", shown}, good},
		{"expired", []string{"-at", "2026-11-21T04:00:00Z", shown}, bad},
		{"not bound", []string{"-bound", full}, bad},
		{"another issuer", []string{"-iss", "me", full}, bad},
		{"another algorithm", []string{"-alg", "ES384", full}, bad},
		{"a disclosure less", []string{world{}.must(t, "sdjwt", "present", "-keep", "/address", strings.TrimSpace(full))}, good},
		{"no SD-JWT", []string{a1Token}, bad},
	} {
		code, out, err := world{}.call(append([]string{"sdjwt", "verify", "-key", issuer}, test.args...)...)
		if code != test.code || strings.Contains(out+err, "⟨") {
			t.Errorf("%s: code %d, %s%s", test.name, code, out, err)
		}
	}
}

func TestSDJWTPresent(t *testing.T) {
	key := file(t, "key.jwk", a1Key)
	full := strings.TrimSpace(world{}.must(t, "sdjwt", "issue", "-key", key, "-alg", "HS256", "-disclose", "/a", "-disclose", "/a/b", "-disclose", "/c", `{"a":{"b":1},"c":2}`))
	paths := func(args ...string) []string {
		var shown opened
		readJSON(t, world{stdin: world{stdin: full}.must(t, append([]string{"sdjwt", "present"}, args...)...)}.must(t, "sdjwt", "show", "-json"), &shown)
		found := []string{}
		for _, d := range shown.Disclosures {
			found = append(found, d.Path)
		}
		return found
	}
	for _, test := range []struct {
		args, want string
	}{
		{"", "/a /a/b /c"},
		{"-keep /c", "/c"},
		{"-keep /a", "/a"},
		{"-keep /a/b", "/a /a/b"},
		{"-drop /a", "/c"},
		{"-drop /a/b", "/a /c"},
		{"-keep /a/b -drop /a", ""},
		{"-drop /a -drop /c", ""},
	} {
		if got := paths(strings.Fields(test.args)...); !slices.Equal(got, strings.Fields(test.want)) {
			t.Errorf("%q shows %q, want %q", test.args, got, test.want)
		}
	}
	for _, path := range []string{"/b", "a", "", "/a/b/c"} {
		code, out, err := world{stdin: full}.call("sdjwt", "present", "-keep", path)
		if code != bad || out != "" || !strings.Contains(err, "/a/b") {
			t.Errorf("%q: code %d, %s%s", path, code, out, err)
		}
	}
	holder := file(t, "holder", world{}.must(t, "key", "new", "-alg", "EdDSA"))
	bound := strings.TrimSpace(world{stdin: full}.must(t, "sdjwt", "present", "-holder", holder, "-aud", "a", "-nonce", "n"))
	if code, out, err := (world{}).call("sdjwt", "present", "-drop", "/c", bound); code != good || strings.Count(out, "~") != 3 || !strings.Contains(err, "key binding") {
		t.Errorf("code %d, %s%s", code, out, err)
	}
	if out := (world{}).must(t, "sdjwt", "present", bound); strings.TrimSpace(out) != bound {
		t.Errorf("with nothing left out %s became %s", bound, out)
	}
}

func TestSDJWTRefuses(t *testing.T) {
	key := file(t, "key.jwk", a1Key)
	public := file(t, "public", world{stdin: world{}.must(t, "key", "new", "-alg", "ES256")}.must(t, "key", "convert", "-public"))
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"no such claim", []string{"issue", "-key", key, "-alg", "HS256", "-disclose", "/x", "{}"}, `"/x"`},
		{"a reserved name", []string{"issue", "-key", key, "-alg", "HS256", `{"_sd":[]}`}, "reserved"},
		{"an unknown hash", []string{"issue", "-key", key, "-alg", "HS256", "-hash", "md5", "{}"}, "md5"},
		{"no claims", []string{"issue", "-key", key, "-alg", "HS256", "[]"}, "not a JSON object"},
		{"a public key", []string{"issue", "-key", public, "-alg", "ES256", "{}"}, "public"},
		{"a secret for the holder", []string{"issue", "-key", key, "-alg", "HS256", "-holder", key, "{}"}, "no public half"},
		{"no SD-JWT to show", []string{"show", a1Token}, "no SD-JWT"},
		{"no SD-JWT to present", []string{"present", "garbage"}, "no SD-JWT"},
		{"a public key to bind with", []string{"present", "-holder", public, "-aud", "a", "-nonce", "n", a1Token + "~"}, "public"},
	} {
		code, out, err := world{}.call(append([]string{"sdjwt"}, test.args...)...)
		if code != bad || out != "" || !strings.Contains(err, test.want) || strings.Contains(err, "⟨") {
			t.Errorf("%s: code %d, %s%s", test.name, code, out, err)
		}
	}
}
