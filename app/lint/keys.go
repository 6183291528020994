package lint

import (
	"slices"

	"jwtlab/app/key"
)

// keys looks at the keys that were given, and at how the token asks for them.
func (l *linter) keys() {
	for i, k := range l.Keys.Keys {
		if bothOps(k) || k.Thumbprint != "" && slices.ContainsFunc(l.Keys.Keys[:i], func(o key.Key) bool {
			return o.Thumbprint == k.Thumbprint && o.Use != "" && k.Use != "" && o.Use != k.Use
		}) {
			l.add("key.both", PartKey, k.Span, k.KeyID)
		}
	}
	l.keyOfToken()
}

// bothOps reports whether a key is for signatures and for encryption at once (RFC 7517 §4.3).
func bothOps(k key.Key) bool {
	signs := slices.Contains(k.Ops, "sign") || slices.Contains(k.Ops, "verify")
	return signs && slices.ContainsFunc(k.Ops, func(op string) bool { return op != "sign" && op != "verify" })
}

// keyOfToken compares the token's alg and kid with the keys.
func (l *linter) keyOfToken() {
	alg, all := l.text("alg"), l.Keys.Keys
	at := l.param("alg")
	if alg == "dir" { // the key is that of the content (RFC 7518 §4.5)
		alg, at = l.text("enc"), l.param("enc")
	}
	if alg == "" || len(all) == 0 {
		return
	}
	for _, k := range all {
		meant := len(all) == 1 || k.KeyID != "" && k.KeyID == l.text("kid")
		if meant && k.Alg != "" && k.Alg != alg {
			l.inHeader("alg.key-differs", at, alg, k.Alg)
			return
		}
	}
}
