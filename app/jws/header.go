package jws

import (
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

// algorithm asks whether the algorithm is one that is carried, and allowed.
func (v *verifier) algorithm() bool {
	alg := v.header.get("alg")
	name := alg.Text()
	m, ok := lookup(name)
	switch {
	case !alg.Exists():
		v.add(no("alg", "alg.missing", "RFC 7515 §4.1.1"))
	case alg.Kind() != token.String:
		v.add(no("alg", "alg.type", "RFC 7515 §4.1.1", alg.Kind().String()))
	case isNone(name):
		v.add(no("alg", "alg.none", "RFC 8725 §3.2", clip(name)))
	case v.options.Alg != "" && name != v.options.Alg:
		v.add(no("alg", "alg.refused", "RFC 8725 §3.1", clip(name), v.options.Alg))
	case !ok:
		v.unknown(name)
	default:
		v.carry(m)
		return true
	}
	return false
}

// carry takes an algorithm. That nothing protects its name is worth knowing: whoever changes it only has to find a key
// that fits.
func (v *verifier) carry(m method) {
	v.method = m
	if !v.header.protected.Get("alg").Exists() {
		v.add(remark("alg", "alg.unprotected", "RFC 7515 §10.7", m.Name))
		return
	}
	v.add(yes("alg", "alg.carried", m.Ref, m.Name))
}

// isNone reports whether a name is "none", or one of the spellings that were used to get it past a filter.
func isNone(name string) bool { return strings.EqualFold(strings.TrimSpace(name), "none") }

// unknown tells the kinds of names apart that are not in the table.
func (v *verifier) unknown(name string) {
	if ref, real := notCarried[name]; real {
		v.add(unchecked("alg", "alg.not-carried", ref, name))
		return
	}
	for _, m := range table {
		if strings.EqualFold(m.Name, name) {
			v.add(no("alg", "alg.case", "RFC 7515 §4.1.1", clip(name), m.Name))
			return
		}
	}
	for _, prefix := range []string{"RSA", "dir", "A1", "A2", "ECDH-ES", "PBES2"} {
		if strings.HasPrefix(name, prefix) {
			v.add(no("alg", "alg.encryption", "RFC 7518 §4.1", clip(name)))
			return
		}
	}
	v.add(no("alg", "alg.unknown", "RFC 7515 §5.2", clip(name)))
}

// clip keeps a text that comes from the token fit for a sentence.
func clip(s string) string { return check.Clip(s, 40) }

// critical asks whether every extension that must be understood is. The only one that is understood is b64.
func (v *verifier) critical() bool {
	code, args := v.header.criticalFault()
	switch {
	case code != "":
		ref := "RFC 7515 §4.1.11"
		if strings.HasPrefix(code, "b64") {
			ref = "RFC 7797 §6"
		}
		v.add(no("crit", code, ref, args...))
		return false
	case v.header.protected.Get("crit").Exists():
		v.add(yes("crit", "crit.understood", "RFC 7797 §6", "b64"))
	}
	return true
}

// criticalFault returns the first thing wrong with crit and b64, which both have to be protected.
func (h joseHeader) criticalFault() (code string, args []string) {
	switch {
	case h.unprotected.Get("crit").Exists():
		return "crit.unprotected", nil
	case h.unprotected.Get("b64").Exists():
		return "b64.unprotected", nil
	}
	crit, b64 := h.protected.Get("crit"), h.protected.Get("b64")
	if b64.Exists() && b64.Kind() != token.Bool {
		return "b64.type", []string{b64.Kind().String()}
	}
	if !crit.Exists() {
		if b64.Raw() == "false" {
			return "b64.not-crit", nil
		}
		return "", nil
	}
	if crit.Kind() != token.Array || crit.Len() == 0 {
		return "crit.form", nil
	}
	understood := false
	for item := range crit.Items() {
		name := item.Text()
		switch {
		case item.Kind() != token.String:
			return "crit.form", nil
		case name == "b64" && understood:
			return "crit.twice", []string{name}
		case !h.get(name).Exists():
			return "crit.absent", []string{clip(name)}
		case name == "b64":
			understood = true
		case registered[name]:
			return "crit.registered", []string{name}
		default:
			return "crit.unknown", []string{clip(name)}
		}
	}
	return "", nil
}

// registered are the header parameters that may not be in crit, being defined by RFC 7515 §4.1 or RFC 7518.
var registered = map[string]bool{
	"alg": true, "jku": true, "jwk": true, "kid": true, "x5u": true, "x5c": true, "x5t": true, "x5t#S256": true,
	"typ": true, "cty": true, "crit": true, "enc": true, "zip": true, "epk": true, "apu": true, "apv": true,
	"iv": true, "tag": true, "p2s": true, "p2c": true,
}
