package jws

import (
	"slices"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// The doctor looks for what went wrong when a signature does not fit. It knows the usual accidents, tries them one by
// one, then two at a time for HMAC, and believes nothing that the signature does not prove. What it finds it names, and
// mends if a mend makes the token genuine by [Verify] itself; an attack is named and never mended.

// DoctorOptions bound the search. The zero value searches with [DefaultEffort] and is never stopped.
type DoctorOptions struct {
	Options
	Encoding key.Encoding // how the text of the secret was read
	// Effort bounds the work: an HMAC over up to 64 KB counts one, a public-key signature 16. Zero means [DefaultEffort].
	Effort int
	Stop   func() bool // asked before every try; true ends the search. Nil never does.
}

// DefaultEffort is enough for every cause that is known, with one secret or a few public keys.
const DefaultEffort = 8192

// Certainty says how a [Diagnosis] is known.
type Certainty string

// The certainties. Certain and Attack are proved by the signature, which fits no other text and key.
const (
	Certain Certainty = "certain"
	Likely  Certainty = "likely"
	Attack  Certainty = "attack" // as certain, and nobody's accident
)

// A Diagnosis is one cause. Several in one answer hold together: each alone would not make the signature fit.
type Diagnosis struct {
	// Code is the cause; its words are "cause." and "fix." and the code in package locale: what happened, and what to do
	// at the issuer's. They are filled with the words of Detail, if there is one, and then Args.
	Code   string    `json:"code"`
	Detail string    `json:"detail,omitempty"` // its words are "detail." and it
	Args   []string  `json:"args,omitempty"`
	Ref    string    `json:"ref,omitempty"`
	Sure   Certainty `json:"sure"`
	Mend   *Mend     `json:"mend,omitempty"`
	// NoMend says why there is no mend; its words are "nomend." and it.
	NoMend string `json:"no_mend,omitempty"`
}

// A Mend is what to put in place of what is there; what is empty stays. With it the token is genuine by [Verify].
type Mend struct {
	Token    string       `json:"token,omitempty"`
	Key      string       `json:"key,omitempty"`
	Encoding key.Encoding `json:"encoding,omitempty"` // of Key, or of the key that is there if Key is empty
	Alg      string       `json:"alg,omitempty"`      // to accept
}

// Doctor looks for the cause why a token is not genuine. The text of the key is wanted beside its reading because the
// cause often lies in it. There is no answer for a token that is genuine or not signed, or when no cause is proved.
func Doctor(t token.Token, k key.Reading, keyText string, o DoctorOptions) []Diagnosis {
	d := newDoctor(t, k, keyText, o)
	if !d.treats() {
		return nil
	}
	for _, look := range []func() bool{
		d.asItStands, d.signatures, d.secrets, d.inputs, d.algorithms, d.confusion, d.known, d.twoCauses,
	} {
		if look() || d.left < 0 {
			break
		}
	}
	if len(d.found) == 0 && t.Payload().Text == "" && o.Payload == nil {
		d.report(cause{code: "payload.missing", ref: "RFC 7515 appendix F", sure: Likely, noMend: "payload"}, nil)
	}
	return d.found
}

// doctor is one search.
type doctor struct {
	token   token.Token
	keys    key.Reading
	text    string
	options DoctorOptions
	header  joseHeader
	left    int // of the effort

	claimed string // the alg that the header has
	input   string // what should have been signed
	given   [][]byte
	offers  []signatureOffer
	found   []Diagnosis
}

func newDoctor(t token.Token, k key.Reading, keyText string, o DoctorOptions) *doctor {
	d := &doctor{token: t, keys: k, text: keyText, options: o, header: headerOf(t), left: o.Effort}
	if d.left <= 0 {
		d.left = DefaultEffort
	}
	d.keys.Keys = d.keys.Keys[:min(len(d.keys.Keys), maxTries)]
	if alg := d.header.get("alg"); alg.Kind() == token.String {
		d.claimed = alg.Text()
	}
	v := verifier{token: t, options: o.Options, header: d.header}
	d.input, _ = v.signingInput()
	for _, one := range k.Keys {
		if one.Type == "oct" {
			d.given = append(d.given, one.Secret)
		}
	}
	d.offers = offersOf(t.Signature())
	return d
}

// treats reports whether there is anything to look for.
func (d *doctor) treats() bool {
	switch d.token.Form {
	case token.JWS, token.Detached, token.JSONJWS:
	default:
		return false
	}
	if isNone(d.claimed) || len(d.keys.Keys) == 0 || len(d.token.Signature().Text) == 0 {
		return false
	}
	return Verify(d.token, d.keys, d.options.Options).Answer != check.Yes || !d.token.OK()
}

// spend takes effort for one try over an input, and reports whether there is any.
func (d *doctor) spend(weight int, input string) bool {
	if d.left < 0 || d.options.Stop != nil && d.options.Stop() {
		d.left = -1
		return false
	}
	d.left -= weight * (1 + len(input)>>16)
	return d.left >= 0
}

// fits holds a signature against a key, at the price of a try.
func (d *doctor) fits(m method, input string, signature []byte, k key.Key) bool {
	weight := 16
	if m.Type == "oct" {
		weight = 1
	}
	return d.spend(weight, input) && verifies(m, input, signature, k)
}

// methods returns the ways in which a key can sign: the one that the header claims first, then its kin.
func (d *doctor) methods(k key.Key) []method {
	var all []method
	for _, m := range table {
		if m.matches(k) {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b method) int { return d.rank(a) - d.rank(b) })
	return all
}

func (d *doctor) rank(m method) int {
	switch {
	case m.Name == d.claimed:
		return 0
	case m.Name[0] == (d.claimed + " ")[0]:
		return 1
	}
	return 2
}

// claims returns the method that the header claims, if the key can sign with it.
func (d *doctor) claims(k key.Key) (method, bool) {
	m, ok := lookup(d.claimed)
	return m, ok && m.matches(k)
}

// matches reports whether the key is of the method's kind, whatever else may be wrong with it.
func (m method) matches(k key.Key) bool {
	c, bad := misfit(m.Algorithm, k)
	return !bad || c.Code != "key.type" && c.Code != "key.curve"
}
