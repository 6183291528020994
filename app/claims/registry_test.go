package claims_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/claims"
	"jwtlab/app/locale"
)

func TestLookup(t *testing.T) {
	if c, ok := claims.Lookup("exp"); !ok || c.Kind != "time" || c.Ref != "RFC 7519 §4.1.4" {
		t.Errorf("exp is %+v", c)
	}
	if c, ok := claims.LookupHeader("x5t#S256"); !ok || c.Ref != "RFC 7515 §4.1.8" {
		t.Errorf("x5t#S256 is %+v", c)
	}
	for _, name := range []string{"", "EXP", "alg", "claim"} {
		if c, ok := claims.Lookup(name); ok || c != (claims.Claim{}) {
			t.Errorf("%q is %+v", name, c)
		}
	}
	all := claims.All()
	all[0] = claims.Claim{}
	if claims.All()[0].Name != "iss" {
		t.Error("the registry can be written to")
	}
}

func TestRegistryIsWellFormed(t *testing.T) {
	kinds := []string{"time", "string", "strings", "uri", "number", "boolean", "object", "array", "any"}
	for _, all := range [][]claims.Claim{claims.All(), claims.HeaderParams()} {
		seen := map[string]bool{}
		for _, c := range all {
			if seen[c.Name] || c.Ref == "" || !slices.Contains(kinds, c.Kind) {
				t.Errorf("%+v stands here twice, or lacks its kind or reference", c)
			}
			seen[c.Name] = true
		}
	}
}

// Every claim of the registry is carried, with the document that defines it.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("JWTLAB_CORPORA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpora")
	}
	text, err := os.ReadFile(filepath.Join(dir, "jose", "claims.json"))
	if err != nil {
		t.Skip("no corpora; set JWTLAB_CORPORA to their folder to run this")
	}
	var registry []struct{ Name, Reference string }
	if err := json.Unmarshal(text, &registry); err != nil {
		t.Fatal(err)
	}
	for _, want := range registry {
		c, ok := claims.Lookup(want.Name)
		if !ok {
			t.Errorf("%s is not carried", want.Name)
			continue
		}
		first, _, _ := strings.Cut(want.Reference, ",")
		rfc, isRFC := strings.CutPrefix(first, "RFC")
		if isRFC && rfc[0] != '-' && !strings.HasPrefix(c.Ref, "RFC "+strings.TrimRight(rfc[:4], ";")) {
			t.Errorf("%s is defined in %s, not %s", c.Name, want.Reference, c.Ref)
		}
	}
	t.Logf("%d claims", len(registry))
}

// The catalogue has a title for each claim and parameter and a reason for each code, and nothing beside.
func TestWords(t *testing.T) {
	var want []string
	for _, c := range claims.All() {
		want = append(want, "claim."+c.Name)
	}
	for _, c := range claims.HeaderParams() {
		want = append(want, "param."+c.Name)
	}
	for _, code := range claims.Codes() {
		want = append(want, "why."+code)
	}
	for _, code := range claims.ProfileCodes() {
		want = append(want, "why."+code)
	}
	for _, p := range claims.Profiles() {
		want = append(want, "profile."+p.ID, "profile."+p.ID+".help")
	}
	for _, sure := range []claims.Certainty{claims.Declared, claims.Likely, claims.Guess} {
		want = append(want, "profile.sure."+string(sure))
	}
	for _, name := range []string{"profile", "claims", "exp", "nbf", "iat", "iss", "aud"} {
		want = append(want, "check."+name)
	}
	for _, l := range locale.Langs() {
		for _, id := range want {
			if !locale.Has(l, id) {
				t.Errorf("%s lacks %s", l, id)
			}
		}
		for _, id := range ids(t, l) {
			title := strings.TrimSuffix(id, ".help")
			if !slices.Contains(want, title) && !strings.HasPrefix(id, "time.") {
				t.Errorf("%s has words for %s, which nobody says", l, id)
			}
		}
	}
}

// The claims that everyone meets are explained.
func TestHelp(t *testing.T) {
	for _, name := range strings.Fields("iss sub aud exp nbf iat jti azp nonce auth_time at_hash acr amr email email_verified cnf " +
		"scope client_id roles groups sid events act htm htu ath _sd _sd_alg sd_hash ... crit name given_name family_name middle_name " +
		"nickname preferred_username profile picture website gender birthdate zoneinfo locale phone_number address updated_at " +
		"token_introspection entitlements vc vp vct status") {
		if !locale.Has(locale.EN, "claim."+name+".help") {
			t.Errorf("%s has no help", name)
		}
	}
}

// ids returns the ids of this package's file in the catalogue.
func ids(t *testing.T, l locale.Lang) (all []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "locale", string(l), "claims.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if id, _, ok := strings.Cut(line, " = "); ok && line[0] != '#' && line[0] != ' ' {
			all = append(all, id)
		}
	}
	return all
}
