package login_test

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/login"
)

// forge signs a token by the rules, but for what is changed.
func forge(t *testing.T, m jwt.SigningMethod, key any, header, claims map[string]any) string {
	t.Helper()
	all := jwt.MapClaims{"iss": host, "aud": host + "/api", "sub": "alice", "client_id": "jwtlab", "jti": "x", "roles": []string{"admin"},
		"iat": start.Unix(), "exp": start.Add(time.Minute).Unix()}
	maps.Copy(all, claims)
	for name, value := range all {
		if value == nil {
			delete(all, name)
		}
	}
	token := jwt.NewWithClaims(m, all)
	token.Header["typ"], token.Header["kid"] = "at+jwt", "one"
	maps.Copy(token.Header, header)
	signed, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// TestForged holds: what an attacker makes, and what is made for something else.
func TestForged(t *testing.T) {
	h := open(t)
	mine := ed25519.NewKeyFromSeed([]byte(strings.Repeat("\x01", 32)))
	other := ed25519.NewKeyFromSeed([]byte(strings.Repeat("\x02", 32)))
	public := []byte(mine.Public().(ed25519.PublicKey))
	jwk := map[string]any{"kty": "OKP", "crv": "Ed25519", "x": base64.RawURLEncoding.EncodeToString(other.Public().(ed25519.PublicKey))}
	type m = map[string]any
	eddsa := jwt.SigningMethodEdDSA
	good := forge(t, eddsa, mine, nil, nil)
	me := func(token string) answer {
		return h.client().with("Authorization", "Bearer "+token).send("GET", "/api/me", nil)
	}
	me(good).is(200)
	for name, token := range map[string]string{
		"none":                  forge(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil, nil),
		"no signature":          good[:strings.LastIndex(good, ".")+1],
		"HMAC by public key":    forge(t, jwt.SigningMethodHS256, public, nil, nil),
		"HMAC by JWKS text":     forge(t, jwt.SigningMethodHS256, []byte(h.client().send("GET", "/.well-known/jwks.json", nil).text), nil, nil),
		"another key":           forge(t, eddsa, other, nil, nil),
		"another key, named":    forge(t, eddsa, other, m{"kid": "two"}, nil),
		"embedded jwk":          forge(t, eddsa, other, m{"jwk": jwk}, nil),
		"embedded, no kid":      forge(t, eddsa, other, m{"jwk": jwk, "kid": nil}, nil),
		"jku":                   forge(t, eddsa, other, m{"jku": "https://evil.example/jwks.json"}, nil),
		"kid as a path":         forge(t, eddsa, other, m{"kid": "../../dev/null"}, nil),
		"kid is a number":       forge(t, eddsa, mine, m{"kid": 1}, nil),
		"no kid":                forge(t, eddsa, mine, m{"kid": ""}, nil),
		"an ID token":           forge(t, eddsa, mine, m{"typ": "JWT"}, nil),
		"no typ":                forge(t, eddsa, mine, m{"typ": ""}, nil),
		"crit":                  forge(t, eddsa, mine, m{"crit": []string{"b64"}, "b64": true}, nil),
		"another issuer":        forge(t, eddsa, mine, nil, m{"iss": "https://evil.example"}),
		"no issuer":             forge(t, eddsa, mine, nil, m{"iss": nil}),
		"another audience":      forge(t, eddsa, mine, nil, m{"aud": "https://other.example"}),
		"no audience":           forge(t, eddsa, mine, nil, m{"aud": nil}),
		"expired":               forge(t, eddsa, mine, nil, m{"exp": start.Unix()}),
		"no exp":                forge(t, eddsa, mine, nil, m{"exp": nil}),
		"not yet":               forge(t, eddsa, mine, nil, m{"nbf": start.Add(time.Minute).Unix()}),
		"issued tomorrow":       forge(t, eddsa, mine, nil, m{"iat": start.Add(24 * time.Hour).Unix(), "exp": start.Add(48 * time.Hour).Unix()}),
		"no subject":            forge(t, eddsa, mine, nil, m{"sub": nil}),
		"no jti":                forge(t, eddsa, mine, nil, m{"jti": nil}),
		"no iat":                forge(t, eddsa, mine, nil, m{"iat": nil}),
		"of another client":     forge(t, eddsa, mine, nil, m{"client_id": "other"}),
		"a letter more":         good + "A",
		"padded":                good + "=",
		"a blank":               good[:5] + " " + good[5:],
		"nothing":               "x",
		"long":                  forge(t, eddsa, mine, nil, m{"pad": strings.Repeat("x", 8<<10)}),
		"signature's last bits": good[:len(good)-1] + string(other64(good[len(good)-1])),
	} {
		if got := me(token); got.status != 401 || got.JSON["code"] != "token" {
			t.Errorf("%s: %d %s", name, got.status, got.text)
		}
	}
	me(good).is(200)
}

// other64 is the letter after one of base64url: the last of 86 carries four bits that mean nothing.
func other64(c byte) byte {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return letters[strings.IndexByte(letters, c)^1]
}

// TestAccessToken holds for what is issued.
func TestAccessToken(t *testing.T) {
	h := open(t)
	a := h.client().enter(login.Token)
	parts := strings.Split(a.get("access_token"), ".")
	header, claims := decoded(t, parts[0]), decoded(t, parts[1])
	if header["typ"] != "at+jwt" || header["alg"] != "EdDSA" || header["kid"] != "one" {
		t.Errorf("header %v", header)
	}
	want := []string{"aud", "client_id", "exp", "iat", "iss", "jti", "roles", "sid", "sub"}
	for _, name := range want {
		if claims[name] == nil {
			t.Errorf("no %q in %v", name, claims)
		}
	}
	if len(claims) != len(want) || claims["exp"].(float64)-claims["iat"].(float64) > 600 {
		t.Errorf("claims %v", claims)
	}
}

func decoded(t *testing.T, segment string) (object map[string]any) {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil || json.Unmarshal(b, &object) != nil {
		t.Fatalf("%q: %v", segment, err)
	}
	return object
}

// TestKeysChange holds R-25: the next key is known before it signs, the last one until nothing of it lives.
func TestKeysChange(t *testing.T) {
	turn, gone := start.Add(time.Hour), start.Add(2*time.Hour)
	keys, err := login.ReadKeys(`{"keys":[` + edKey(1, "one", `,"exp":`+itoa(gone.Unix())) + "," + edKey(2, "two", `,"nbf":`+itoa(turn.Unix())) + `]}`)
	if err != nil {
		t.Fatal(err)
	}
	h := open(t, func(c *login.Config) { c.Keys = keys; c.Policy.AccessLifetime = 3 * time.Hour })
	c := h.client()
	known := func(want string) {
		t.Helper()
		got := c.send("GET", "/.well-known/jwks.json", nil).is(200)
		ids := ""
		for _, k := range got.JSON["keys"].([]any) {
			ids += k.(map[string]any)["kid"].(string) + " "
		}
		if strings.TrimSpace(ids) != want || strings.Contains(got.text, `"d"`) || got.header.Get("Cache-Control") != "public, max-age=60" {
			t.Errorf("at %v: %s, want %s", h.now.Sub(start), got.text, want)
		}
	}
	known("one two")
	old := c.enter(login.Token)
	h.wait(time.Hour)
	known("one two")
	fresh := c.enter(login.Token)
	for a, want := range map[*answer]string{&old: "one", &fresh: "two"} {
		if got := decoded(t, strings.Split(a.get("access_token"), ".")[0])["kid"]; got != want {
			t.Errorf("signed with %v, want %s", got, want)
		}
		c.bearer(*a).send("GET", "/api/me", nil).is(200)
	}
	h.wait(time.Hour)
	known("two")
	c.bearer(old).send("GET", "/api/me", nil).says(401, "token") // though it was verified before, and has not expired
	c.bearer(fresh).send("GET", "/api/me", nil).is(200)

	third, err := login.ReadKeys(`{"keys":[` + edKey(3, "three", "") + `]}`)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.service.SetKeys(third); err != nil {
		t.Fatal(err)
	}
	c.bearer(fresh).send("GET", "/api/me", nil).says(401, "token")
	if err := h.service.SetKeys(login.Keys{}); err == nil {
		t.Error("a service without keys goes on")
	}
}

func itoa(n int64) string {
	b, _ := json.Marshal(n)
	return string(b)
}

// TestReadKeys refuses what cannot sign safely, in words that hold nothing of the key.
func TestReadKeys(t *testing.T) {
	secret := base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("s", 32)))
	for text, want := range map[string]string{
		`{"keys":[` + edKey(1, "one", "") + `]}`:                                "",
		`{"keys":[{"kty":"oct","alg":"HS256","kid":"h","k":"` + secret + `"}]}`: "",
		`{"keys":[]}`:       "no JWK Set",
		`nothing`:           "no JWK Set",
		edKey(1, "one", ""): "no JWK Set",
		`{"keys":[` + edKey(1, "one", "") + "," + edKey(2, "one", "") + `]}`:               `another key has the kid "one"`,
		`{"keys":[` + edKey(1, "", "") + `]}`:                                              "no kid",
		`{"keys":[` + strings.Replace(edKey(1, "one", ""), "EdDSA", "ES256", 1) + `]}`:     "signing key 1",
		`{"keys":[` + strings.Replace(edKey(1, "one", ""), `"alg":"EdDSA",`, "", 1) + `]}`: "its alg is",
		`{"keys":[` + edKey(1, "one", `,"nbf":"soon"`) + `]}`:                              "signing key 1",
		`{"keys":[{"kty":"oct","alg":"HS256","kid":"h","k":"c2hvcnQ"}]}`:                   "shorter than 256 bits",
		`{"keys":[{"kty":"oct","kid":"h","k":7}]}`:                                         "signing key 1",
	} {
		_, err := login.ReadKeys(text)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", text, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), secret)):
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	if k, _ := login.ReadKeys(`{"keys":[{"kty":"oct","alg":"HS256","kid":"h","k":"` + secret + `"}]}`); k.JWKS(start) != `{"keys":[]}` {
		t.Errorf("the secret is published: %s", k.JWKS(start))
	}
}

// TestAlgorithms logs in with a key of each algorithm.
func TestAlgorithms(t *testing.T) {
	for _, jwk := range []string{
		edKey(1, "a", ""),
		`{"kty":"oct","alg":"HS256","kid":"a","k":"` + base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("s", 32))) + `"}`,
		// RFC 7517 appendix A.2, with the members that we ask for
		`{"kty":"EC","crv":"P-256","alg":"ES256","kid":"a","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}`,
	} {
		keys, err := login.ReadKeys(`{"keys":[` + jwk + `]}`)
		if err != nil {
			t.Fatal(err)
		}
		h := open(t, func(c *login.Config) { c.Keys = keys })
		c := h.client()
		c.bearer(c.enter(login.Token)).send("GET", "/api/me", nil).is(200)
	}
}

type ctx = context.Context

// counted counts what the service asks of its store.
type counted struct {
	login.Store
	denied int
}

func (s *counted) Denied(ctx ctx, now time.Time, ids ...string) (bool, error) {
	s.denied++
	return s.Store.Denied(ctx, now, ids...)
}

// TestCache sees a verified token again without verifying it again, and never past its end: the deny list, the expiry and
// the key's end are looked at each time.
func TestCache(t *testing.T) {
	h := open(t, func(c *login.Config) { c.Store = &counted{Store: c.Store} })
	c := h.client()
	a := c.enter(login.Token)
	for range 10 {
		c.bearer(a).send("GET", "/api/me", nil).is(200)
	}
	if n := h.store.(*counted).denied; n != 10 {
		t.Errorf("the deny list was asked %d times, want 10", n)
	}
	tampered := a.get("access_token")
	tampered = tampered[:len(tampered)-2] + "AA"
	c.with("Authorization", "Bearer "+tampered).send("GET", "/api/me", nil).is(401)
	h.wait(5 * time.Minute)
	c.bearer(a).send("GET", "/api/me", nil).is(401)
}

// broken is a store that cannot be asked.
type broken struct{ login.Store }

var errAway = errors.New("dial tcp 10.0.0.7:6379: connection refused")

func (broken) Create(ctx, login.Login, login.Hash, login.Hash) error { return errAway }
func (broken) Find(ctx, login.Hash, time.Time) (login.Login, error)  { return login.Login{}, errAway }
func (broken) Rotate(ctx, login.Rotation) (login.Rotated, error)     { return login.Rotated{}, errAway }
func (broken) End(ctx, login.Ending) (int, error)                    { return 0, errAway }
func (broken) Denied(ctx, time.Time, ...string) (bool, error)        { return false, errAway }
func (broken) Deny(ctx, time.Time, ...string) error                  { return errAway }
func (broken) Role(ctx, string) (string, error)                      { return "", errAway }

// TestStoreAway says 503 to all, accepts nothing, and tells nobody where the store is.
func TestStoreAway(t *testing.T) {
	h := open(t)
	session, token := h.client(), h.client()
	session.enter(login.Session)
	a := token.enter(login.Token)
	sum := sha256.Sum256([]byte(session.cookies["__Host-session"].Value))
	if _, err := h.store.Find(t.Context(), sum, h.now); err != nil { // only the hash is stored
		t.Errorf("the session is not found by its hash: %v", err)
	}
	away := open(t, func(c *login.Config) { c.Store = broken{h.store} })
	session.h, token.h = away, away
	for _, got := range []answer{
		session.send("GET", "/api/me", nil), session.send("POST", "/api/logout", nil), session.send("GET", "/readyz", nil),
		token.bearer(a).send("GET", "/api/me", nil), token.bearer(a).send("POST", "/api/logout", nil), token.renew(a),
		token.send("DELETE", "/api/refresh", map[string]string{"refresh_token": a.get("refresh_token")}),
		away.client().send("POST", "/api/login", map[string]string{"username": "alice", "password": "wonderland", "mode": "session"}),
	} {
		if got.says(503, "store"); got.header.Get("Retry-After") == "" || strings.Contains(got.text, "10.0.0.7") {
			t.Errorf("%s: %v %s", got.asked, got.header, got.text)
		}
	}
	away.client().send("GET", "/healthz", nil).is(200)
}
