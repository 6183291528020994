package scenario_test

import (
	"encoding/json"
	"slices"
	"testing"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/login"
)

// flat are the members of a policy, those of its cookie too.
func flat(t *testing.T, p login.Policy) map[string]any {
	t.Helper()
	all := map[string]any{}
	raw, err := json.Marshal(p)
	if err == nil {
		err = json.Unmarshal(raw, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	cookie, _ := all["cookie"].(map[string]any)
	delete(all, "cookie")
	for name, value := range cookie {
		all["cookie."+name] = value
	}
	return all
}

// every returns the setups of every credential in every storage that it goes with.
func every() (all []scenario.Setup) {
	for _, c := range scenario.Credentials() {
		for _, s := range scenario.Storages() {
			if setup, err := scenario.ReadSetup(c + "/" + s); err == nil {
				all = append(all, setup)
			}
		}
	}
	return all
}

// TestPolicy: a setup without defences has none, and each defence is one member of the policy, the same for every setup.
func TestPolicy(t *testing.T) {
	member := map[string]string{
		scenario.CSRFToken: "csrf_token", scenario.OriginCheck: "check_origin", scenario.JSONOnly: "json_only", scenario.PostOnly: "transfer_by_get",
		scenario.Rotation: "rotate", scenario.DenyList: "deny_list", scenario.Bind: "bind_address", scenario.HSTS: "hsts", scenario.RenewID: "renew_id",
		scenario.Prefix: "cookie.prefix", scenario.NoFraming: "framing", scenario.Keep: "cookie.keep",
	}
	for _, s := range every() {
		bare := flat(t, scenario.Policy(s))
		for name, want := range map[string]any{
			"csrf_token": false, "check_origin": false, "json_only": false, "transfer_by_get": true, "rotate": false, "deny_list": false,
			"bind_address": false, "hsts": 0.0, "renew_id": false, "framing": true, "cookie.prefix": false, "cookie.keep": false,
		} {
			if bare[name] != want {
				t.Errorf("%s has %s = %v", s.ID(), name, bare[name])
			}
		}
		for _, d := range scenario.Defences() {
			with, err := scenario.ReadSetup(s.ID() + "+" + d)
			if err != nil {
				t.Fatal(err)
			}
			for name, value := range flat(t, scenario.Policy(with)) {
				if changed := value != bare[name]; changed != (name == member[d]) {
					t.Errorf("%s: %s is %v, was %v", with.ID(), name, value, bare[name])
				}
			}
		}
	}
}

// TestCookieAttributes: the names of the storages say what the cookies have.
func TestCookieAttributes(t *testing.T) {
	for storage, want := range map[string]login.CookiePolicy{
		scenario.CookieBare:     {},
		scenario.CookieLax:      {Secure: true, HTTPOnly: true, SameSite: "Lax"},
		scenario.CookieStrict:   {Secure: true, HTTPOnly: true, SameSite: "Strict"},
		scenario.CookieNone:     {Secure: true, HTTPOnly: true, SameSite: "None"},
		scenario.CookieReadable: {Secure: true, SameSite: "Lax"},
	} {
		for _, credential := range scenario.Credentials() {
			s, err := scenario.ReadSetup(credential + "/" + storage)
			if got := scenario.Policy(s).Cookie; err != nil || got != want {
				t.Errorf("%s/%s: %+v, %v, want %+v", credential, storage, got, err, want)
			}
		}
	}
}

// TestReadSetup: an id is read and written back, its defences in their order and once.
func TestReadSetup(t *testing.T) {
	for id, want := range map[string]string{
		"session/cookie-lax":                           "session/cookie-lax",
		"jwt/memory+hsts+csrf-token":                   "jwt/memory+csrf-token+hsts",
		"refresh/memory-refresh-cookie+bind+bind":      "refresh/memory-refresh-cookie+bind",
		"jwt-weak/sessionstorage+keep+rotation+prefix": "jwt-weak/sessionstorage+rotation+prefix+keep",
	} {
		s, err := scenario.ReadSetup(id)
		if err != nil || s.ID() != want {
			t.Errorf("%s is read as %s, %v", id, s.ID(), err)
		}
	}
	var ids []string
	for _, s := range scenario.Setups() {
		if again, err := scenario.ReadSetup(s.ID()); err != nil || again.ID() != s.ID() {
			t.Errorf("%s is read as %s, %v", s.ID(), again.ID(), err)
		}
		if slices.Contains(ids, s.ID()) {
			t.Errorf("%s is there twice", s.ID())
		}
		ids = append(ids, s.ID())
	}
	for _, s := range every() {
		if (s.Credential == scenario.Session || s.Credential == scenario.JWT) && !slices.Contains(ids, s.ID()) {
			t.Errorf("%s is not in the matrix", s.ID())
		}
	}
}
