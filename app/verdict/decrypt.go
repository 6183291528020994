package verdict

import (
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/key"
)

// decrypt opens a JWE, unless what comes of it is known already or would take too long.
func (c Case) decrypt(o Options) (r jwe.Report, putOff bool) {
	if o.Opened != nil {
		return *o.Opened, false
	}
	// Whoever has the key may open what it closes; there is nobody here to be asked again and again (RFC 8725 §3.2).
	opening := jwe.Options{Alg: o.Alg, AllowRSA15: true}
	if rounds := c.rounds(); o.Rounds > 0 && rounds > o.Rounds {
		if r = closed(jwe.Decrypt(c.Token, key.Reading{}, opening), rounds); r.Answer != check.No {
			return r, true // of one that breaks a rule no round is computed
		}
	}
	return jwe.Decrypt(c.Token, c.Keys, opening), false
}

// rounds is how many rounds of PBKDF2 the keys at hand take at most to open the token (RFC 7518 §4.8.1.2).
func (c Case) rounds() int {
	n, ok := c.Token.Param("p2c").Int()
	if !ok || n < 0 || n > jwe.MaxIterations || !strings.HasPrefix(c.Token.Param("alg").Text(), "PBES2-") {
		return 0
	}
	passwords := 0
	for _, k := range c.Keys.Keys {
		if k.Type == "oct" {
			passwords++
		}
	}
	if c.Keys.Kind == "secret" {
		passwords = 1 // it is read in one way only
	}
	return passwords * int(n)
}

// closed is what is known of a token that is not decrypted yet.
func closed(r jwe.Report, rounds int) jwe.Report {
	last := len(r.Checks) - 1 // that there is no key: here there is one
	r.Checks = append(r.Checks[:last:last], check.Check{
		Name: "decryption", Answer: check.Unchecked, Code: "decryption.put-off", Args: []string{strconv.Itoa(rounds)}, Ref: "RFC 7518 §4.8.1.2",
	})
	r.Answer = check.Sum(r.Checks)
	return r
}
