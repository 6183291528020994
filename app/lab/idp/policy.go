package idp

import "jwtlab/app/locale"

// A Policy says what a party checks. It is plain data that can express good parties and bad ones: [Strict] is the good one,
// and [Policy.Weaknesses] names what another one lacks. The zero Policy checks the least.
type Policy struct {
	State     bool `json:"state"`     // the answer must belong to a login that this browser began (RFC 6749 §10.12)
	Nonce     bool `json:"nonce"`     // and so must the ID token (OIDC Core §3.1.3.7 step 11)
	Proof     bool `json:"proof"`     // PKCE: only who began the login can use its code (RFC 7636)
	Audience  bool `json:"audience"`  // the ID token must be for this site (OIDC Core §3.1.3.7 steps 3 to 5)
	Algorithm bool `json:"algorithm"` // the algorithm is the one agreed on, whatever the header says (RFC 8725 §3.1)
	// Hearsay takes ID tokens from whoever brings one to POST /login/token, as mobile apps do, and not only from the provider.
	Hearsay bool `json:"hearsay"`
}

// Strict is the policy of a party that an expert finds no fault with.
func Strict() Policy {
	return Policy{State: true, Nonce: true, Proof: true, Audience: true, Algorithm: true}
}

// A Weakness is what a policy lacks.
type Weakness struct {
	Code string `json:"code"`
	Ref  string `json:"ref"`
}

// Text says in words what the weakness lets happen.
func (w Weakness) Text(l locale.Lang) string { return locale.Text(l, "idp.weak."+w.Code) }

// Weaknesses names what the policy lacks, in an order that does not change. Those of [Strict] are none.
func (p Policy) Weaknesses() []Weakness {
	var found []Weakness
	for _, rule := range []struct {
		weak      bool
		code, ref string
	}{
		{!p.State, "no-state", "RFC 6749 §10.12"},
		{!p.Nonce, "no-nonce", "OIDC Core §15.5.2"},
		{!p.Proof, "no-pkce", "RFC 9700 §2.1.1"},
		{!p.Audience, "no-audience", "OIDC Core §3.1.3.7"},
		{!p.Algorithm, "alg-from-header", "RFC 8725 §3.1"},
		{p.Hearsay, "hearsay", "RFC 9700 §2.1.2"},
	} {
		if rule.weak {
			found = append(found, Weakness{rule.code, rule.ref})
		}
	}
	return found
}
