package key_test

import (
	"slices"
	"strings"
	"testing"

	"jwtlab/app/key"
)

func TestStrength(t *testing.T) {
	text := func(s string) key.Key { return key.Read(s, key.UTF8).Keys[0] }
	small := `{"kty":"RSA","e":"Aw","n":"` + strings.Repeat("9", 170) + `s"}`
	rows := []struct {
		name string
		key  key.Key
		want string
	}{
		{"new secret", generate(t, "HS256"), ""},
		{"new RSA key", generate(t, "RS256"), ""},
		{"new EC key", generate(t, "ES256"), ""},
		{"small RSA key", read(t, small), "strength.rsa 1024, strength.exponent 3"},
		{"short random", text("gT7_kLq0-Xz"), "strength.short 88"},
		{"long random", text("gT7_kLq0-XzgT7_nLq0-Xz9vRb2MwPq1yFh4JcUe"), ""},
		{"secret", text("secret"), "strength.guessable"},
		{"changeme", text("changeme"), "strength.guessable"},
		{"your-256-bit-secret", text("your-256-bit-secret"), "strength.guessable"},
		{"a tutorial's", text("mySuperSecretKey"), "strength.guessable"},
		{"long, of words", text("this-is-a-very-long-secret-key-for-testing-the-api"), "strength.guessable"},
		{"one character", text(strings.Repeat("k", 64)), "strength.guessable"},
		{"a pattern", text(strings.Repeat("0123456789", 6)), "strength.guessable"},
		{"a run", text("abcdefghijklmnop"), "strength.guessable"},
		{"digits", text("1234567890"), "strength.guessable"},
		{"words nobody knows", text("correct horse battery staple and forty more"), ""},
		{"one byte", read(t, `{"kty":"oct","k":"AA"}`), "strength.short 8"},
	}
	for _, row := range rows {
		var got []string
		for _, c := range row.key.Strength() {
			got = append(got, strings.Join(append([]string{c.Code}, c.Args...), " "))
			if !slices.Contains(key.StrengthCodes(), c.Code) || c.Name != "strength" || !c.Remark || c.Ref == "" {
				t.Errorf("%s: %+v is not as it is listed", row.name, c)
			}
		}
		if said := strings.Join(got, ", "); said != row.want {
			t.Errorf("%s: %q, want %q", row.name, said, row.want)
		}
	}
}
