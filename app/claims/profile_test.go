package claims_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/locale"
	"jwtlab/app/token"
)

func parse(t testing.TB, text string) *token.JSON {
	t.Helper()
	j, problems := token.ReadJSON([]byte(text))
	if len(problems) > 0 {
		t.Fatalf("%s: %v", text, problems)
	}
	return j
}

// The example of RFC 9068 §2.2, and a claim that is missing from it.
func ExampleRecognise() {
	header, _ := token.ReadJSON([]byte(`{"typ":"at+JWT","alg":"RS256","kid":"RjEwOwOA"}`))
	payload, _ := token.ReadJSON([]byte(`{"iss":"https://as.example","sub":"5ba552d67","aud":"https://rs.example/",
		"exp":1639528912,"iat":1618354090,"client_id":"s6BhdRkqt3"}`))
	p := claims.Recognise(header, payload)
	fmt.Println(p.ID, p.Sure, p.Ref)
	for _, c := range claims.CheckProfile(p, header, payload) {
		if c.Answer == check.No {
			fmt.Println(locale.Text(locale.EN, "why."+c.Code, c.Args...))
		}
	}
	// Output:
	// access-token declared RFC 9068 §2.2
	// jti is missing. RFC 9068 §2.2 demands it for this kind of token: have whoever makes it add it.
}

const (
	logoutEvents = `"events":{"http://schemas.openid.net/event/backchannel-logout":{}}`
	publicJWK    = `"jwk":{"kty":"OKP","crv":"Ed25519","x":"lzhOC3cXUWHilU8qN9FMZdsSSJmmWNBckfaKxxbGxSg"}`
)

func TestRecognise(t *testing.T) {
	for _, c := range []struct {
		header, payload string
		want            string // the profile and how sure it is
	}{
		{`{"typ":"at+jwt"}`, `{}`, "access-token declared"},
		{`{"typ":"application/AT+JWT"}`, `{}`, "access-token declared"},
		{`{"typ":"dpop+jwt"}`, `{"at_hash":"x"}`, "dpop-proof declared"},
		{`{"typ":"vc+sd-jwt"}`, `{}`, "sd-jwt-vc declared"},
		{`{"typ":"vc+jwt"}`, `{}`, "credential declared"},
		{`{"typ":"logout+jwt"}`, `{}`, "logout-token declared"},
		{`{"typ":["at+jwt"]}`, `{}`, " "},
		{`{"typ":"JWT"}`, `{}`, " "},
		{`{"typ":"JWT"}`, `{"iss":"a","sub":"b","exp":1}`, " "},
		{`{}`, `{` + logoutEvents + `}`, "logout-token likely"},
		{`{}`, `{"events":{"https://schemas.openid.net/secevent/risc/event-type/account-disabled":{}}}`, "security-event likely"},
		{`{}`, `{"events":"none"}`, " "},
		{`{}`, `{"sd_hash":"x","nonce":"n"}`, "key-binding likely"},
		{`{}`, `{"htm":"GET","htu":"https://a.example"}`, "dpop-proof likely"},
		{`{}`, `{"htm":"GET"}`, " "},
		{`{}`, `{"token_introspection":{"active":true}}`, "introspection likely"},
		{`{}`, `{"vct":"https://c.example/id"}`, "sd-jwt-vc likely"},
		{`{}`, `{"vc":{}}`, "credential-1 likely"},
		{`{}`, `{"vp":{}}`, "presentation likely"},
		{`{}`, `{"@context":[],"credentialSubject":{}}`, "credential likely"},
		{`{}`, `{"response_type":"code","client_id":"c"}`, "request-object likely"},
		{`{}`, `{"at_hash":"x"}`, "id-token likely"},
		{`{}`, `{"sub":"a","aud":"c","nonce":"n"}`, "id-token likely"},
		{`{}`, `{"sub":"a","aud":"c","auth_time":1,"scope":"openid"}`, "access-token likely"}, // Keycloak's
		{`{}`, `{"typ":"ID","azp":"c","sub":"a"}`, "id-token likely"},                         // Keycloak's
		{`{}`, `{"token_use":"access","client_id":"c"}`, "access-token likely"},               // Cognito's
		{`{}`, `{"token_use":"id","aud":"c"}`, "id-token likely"},
		{`{}`, `{"scp":"User.Read"}`, "access-token likely"},
		{`{}`, `{"client_id":"c","sub":"a"}`, "access-token guess"},
		{`{}`, `{"iss":"c","sub":"c","aud":"https://as.example","exp":1}`, "client-assertion guess"},
		{`{}`, `["a"]`, " "},
	} {
		p := claims.Recognise(parse(t, c.header), parse(t, c.payload))
		if got := p.ID + " " + string(p.Sure); got != c.want || (p.Ref == "") != (p.ID == "") {
			t.Errorf("%s %s: got %q (%s), want %q", c.header, c.payload, got, p.Ref, c.want)
		}
	}
	if p := claims.Recognise(nil, nil); p != (claims.Profile{}) {
		t.Errorf("nothing is %+v", p)
	}
}

// TestCheckProfile lists the codes that are not simply yes.
func TestCheckProfile(t *testing.T) {
	for _, c := range []struct{ name, header, payload, want string }{
		{"good ID token", `{"alg":"RS256"}`, `{"iss":"https://a","sub":"s","aud":"c","exp":2,"iat":1,"nonce":"n"}`, ""},
		{"ID token without aud", `{"alg":"RS256"}`, `{"iss":"https://a","sub":"s","exp":2,"iat":1,"at_hash":"n"}`, "no missing aud"},
		{"good access token", `{"typ":"at+jwt"}`, `{"iss":"a","exp":2,"aud":"b","sub":"s","client_id":"c","iat":1,"jti":"j"}`, ""},
		{"aud of none", `{"typ":"at+jwt"}`, `{"iss":"a","exp":2,"aud":[],"sub":"s","client_id":"c","iat":1,"jti":"j"}`, "no kind aud"},
		{"jti a number", `{"typ":"at+jwt"}`, `{"iss":"a","exp":2,"aud":["b"],"sub":"s","client_id":"c","iat":1,"jti":7}`, "no kind jti"},
		{"access token of another kind", `{}`, `{"iss":"a","exp":2,"sub":"s","scope":"r","iat":1}`,
			"remark typ-advised typ, unchecked unsure aud, unchecked unsure client_id, unchecked unsure jti"},
		{"good logout token", `{"typ":"logout+jwt"}`, `{"iss":"a","aud":"c","iat":1,"exp":2,"jti":"j","sid":"s",` + logoutEvents + `}`, ""},
		{"logout token with nonce", `{"typ":"logout+jwt"}`, `{"iss":"a","aud":"c","iat":1,"exp":2,"jti":"j","sub":"s","nonce":"n",` + logoutEvents + `}`,
			"no forbidden nonce"},
		{"logout token of nobody", `{}`, `{"iss":"a","aud":"c","iat":1,"exp":2,"jti":"j",` + logoutEvents + `}`,
			"remark typ-advised typ, no either sub, sid"},
		{"logout token without its event", `{"typ":"logout+jwt"}`, `{"iss":"a","aud":"c","iat":1,"exp":2,"jti":"j","sub":"s","events":{}}`,
			"no event events"},
		{"good security event", `{"typ":"secevent+jwt"}`, `{"iss":"a","iat":1,"jti":"j","events":{"u":{}}}`, ""},
		{"good DPoP proof", `{"typ":"dpop+jwt","alg":"EdDSA",` + publicJWK + `}`, `{"jti":"j","htm":"GET","htu":"https://a","iat":1}`, ""},
		{"DPoP proof undeclared", `{"alg":"EdDSA",` + publicJWK + `}`, `{"jti":"j","htm":"GET","htu":"https://a","iat":1}`, "no typ-missing typ"},
		{"DPoP proof by HMAC without key", `{"typ":"dpop+jwt","alg":"HS256"}`, `{"jti":"j","htm":"GET","htu":"https://a","iat":1}`,
			"no mac alg, no missing jwk"},
		{"introspection with sub", `{"typ":"token-introspection+jwt"}`, `{"iss":"a","aud":"b","iat":1,"token_introspection":{"active":false},"sub":"s"}`,
			"remark avoided sub"},
		{"good client assertion", `{"typ":"client-authentication+jwt"}`, `{"iss":"c","sub":"c","aud":"https://as","exp":2}`, ""},
		{"client assertion for another", `{"typ":"client-authentication+jwt"}`, `{"iss":"c","sub":"d","aud":"https://as","exp":2}`, "no differs sub"},
		{"request in a request", `{"typ":"oauth-authz-req+jwt"}`, `{"client_id":"c","response_type":"code","request":"x"}`, "no forbidden request"},
		{"key binding without hash", `{"typ":"kb+jwt","alg":"ES256"}`, `{"iat":1,"aud":"v","nonce":"n"}`, "no missing sd_hash"},
		{"SD-JWT VC without type", `{"typ":"dc+sd-jwt"}`, `{"iss":"a"}`, "no missing vct"},
		{"credential 2.0 with vc", `{"typ":"vc+jwt"}`, `{"@context":["u"],"type":["VerifiableCredential"],"credentialSubject":{},"vc":{}}`, "no forbidden vc"},
		{"no kind", `{"typ":"JWT"}`, `{"iss":"a"}`, ""},
	} {
		header, payload := parse(t, c.header), parse(t, c.payload)
		var got []string
		checks := claims.CheckProfile(claims.Recognise(header, payload), header, payload)
		for _, k := range checks {
			if !slices.Contains(claims.ProfileCodes(), k.Code) || k.Name != "profile" || k.Ref == "" {
				t.Errorf("%s: %+v", c.name, k)
			}
			answer := string(k.Answer)
			if k.Remark {
				answer = "remark"
			}
			if answer != "yes" {
				got = append(got, answer+" "+strings.TrimPrefix(k.Code, "profile.")+" "+k.Args[0])
				if len(k.Args) != 3 || k.Args[2] != k.Ref {
					t.Errorf("%s: arguments %q", c.name, k.Args)
				}
			}
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
}

// TestProfileCodesAreGiven holds the list of codes to the code.
func TestProfileCodesAreGiven(t *testing.T) {
	text, err := os.ReadFile("conform.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range claims.ProfileCodes() {
		if name := strings.TrimPrefix(code, "profile."); !strings.Contains(string(text), `"`+name+`"`) {
			t.Errorf("nobody gives %s", code)
		}
	}
}

func FuzzProfile(f *testing.F) {
	f.Add(`{"typ":"logout+jwt"}`, `{"events":{"http://schemas.openid.net/event/backchannel-logout":1},"nonce":"n"}`)
	f.Add(`{"alg":"none"}`, `{"sd_hash":[],"iat":"1","aud":[1]}`)
	f.Fuzz(func(t *testing.T, h, p string) {
		header, _ := token.ReadJSON([]byte(h))
		payload, _ := token.ReadJSON([]byte(p))
		profile := claims.Recognise(header, payload)
		checks := claims.CheckProfile(profile, header, payload)
		if (profile.ID == "") != (len(checks) == 0) {
			t.Errorf("%+v has %d checks", profile, len(checks))
		}
		for _, c := range checks {
			if text := locale.Text(locale.EN, "why."+c.Code, c.Args...); strings.Contains(text, "⟨") && !strings.Contains(h+p, "⟨") {
				t.Errorf("no words: %s", text)
			}
		}
	})
}
