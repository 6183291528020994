package key_test

import (
	"strings"
	"testing"

	"jwtlab/app/key"
)

// TestHostile reads texts that are made to be slow, or to fill the memory with problems. There is no clock in it: what
// is quadratic would make the tests hang.
func TestHostile(t *testing.T) {
	const size = 1 << 20
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	rows := map[string]string{
		"BEGIN":     fill("-----BEGIN "),
		"blocks":    fill("-----BEGIN A-----\n-----END B-----\n"),
		"one line":  "-----BEGIN A-----" + fill("-----END A----"),
		"dashes":    fill("-"),
		"b":         fill("b"),
		"braces":    fill("{"),
		"arrays":    fill("["),
		"set":       `{"keys":[` + strings.TrimSuffix(fill(`{},`), ",") + `]}`,
		"key_ops":   `{"kty":"oct","k":"AA","use":"enc","key_ops":[` + strings.TrimSuffix(fill(`"sign",`), ",") + `]}`,
		"long kty":  `{"kty":"` + fill("k")[:size-20] + `"}`,
		"long kid":  `{"kty":"oct","k":"AA","kid":"` + fill("k")[:size-40] + `"}`,
		"big n":     `{"kty":"RSA","e":"AQAB","n":"` + fill("A")[:size-40] + `"}`,
		"base64":    fill("MIIB"),
		"zeros":     fill("\x00"),
		"DER":       "0\x83\x0f\xff\xfb" + fill("0\x80")[:size-5],
		"nested":    fill("0\x82\x01\x00"),
		"quotes":    fill(`"`),
		"not UTF-8": fill("\xff"),
	}
	for name, text := range rows {
		r := key.Read(text, key.Auto)
		inside(t, text, r)
		if len(r.Problems) > 2000 {
			t.Errorf("%s: %d problems", name, len(r.Problems))
		}
		for _, p := range r.Problems {
			if len(strings.Join(p.Args, "")) > 1000 {
				t.Errorf("%s: %s has %d bytes of arguments", name, p.Code, len(strings.Join(p.Args, "")))
			}
		}
	}
}
