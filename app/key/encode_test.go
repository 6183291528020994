package key_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/key"
)

// forms are the formats that a key of an algorithm has; public ones are marked with a hyphen.
var forms = map[string]string{
	"HS256": "jwk base64url base64 hex", "RS256": "jwk pkcs8 -spki pkcs1 -ssh openssh", "ES256": "jwk pkcs8 -spki sec1 -ssh openssh",
	"ES384": "jwk pkcs8 -spki sec1 -ssh openssh", "ES512": "jwk pkcs8 -spki sec1 -ssh openssh", "ES256K": "jwk pkcs8 -spki sec1",
	"Ed25519": "jwk pkcs8 -spki -ssh openssh", "Ed448": "jwk pkcs8 -spki", "X25519": "jwk pkcs8 -spki", "ML-DSA-44": "jwk pkcs8 -spki",
}

// TestEncode writes every key in every format that it has, and reads the same key back; all other formats are refused.
func TestEncode(t *testing.T) {
	for alg, list := range forms {
		k := generate(t, alg)
		k.KeyID = "a key's name"
		has := strings.Fields(list)
		for _, format := range key.Formats() {
			text, err := k.Encode(format)
			public := slices.Contains(has, "-"+format)
			if !public && !slices.Contains(has, format) {
				if format == "text" && err == nil {
					continue // chance made it one
				}
				if !errors.Is(err, key.ErrNoForm) || text != "" {
					t.Errorf("%s as %s: %q, %v", alg, format, text, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s as %s: %v", alg, format, err)
				continue
			}
			as := map[string]key.Encoding{"base64url": key.Base64URL, "base64": key.Base64, "hex": key.Hex}[format]
			r := key.Read(text, as)
			if len(r.Keys) != 1 || codes(r) != "" {
				t.Errorf("%s as %s: %d keys, %s in %s", alg, format, len(r.Keys), codes(r), text)
				continue
			}
			got := r.Keys[0]
			same := got.Thumbprint == k.Thumbprint || k.Type == "oct" && string(got.Secret) == string(k.Secret)
			if !same || got.Private == public || format != "jwk" && as == "" && got.Format != format {
				t.Errorf("%s as %s: read back as %+v", alg, format, got)
			}
		}
	}
	if _, err := generate(t, "ES256").Encode("ppk"); err == nil || errors.Is(err, key.ErrNoForm) {
		t.Errorf("an unknown format: %v", err)
	}
	if text, err := read(t, `{"kty":"oct","k":"cGFzc3dvcmQ"}`).Encode("text"); err != nil || text != "password" {
		t.Errorf("a secret that is text: %q, %v", text, err)
	}
}

// TestEncodeForSSH gives ssh-keygen keys that were made here.
func TestEncodeForSSH(t *testing.T) {
	dir := tool(t, "ssh-keygen")
	for _, alg := range []string{"RS256", "ES256", "ES384", "ES512", "Ed25519"} {
		k := generate(t, alg)
		private, err := k.Encode("openssh")
		if err != nil {
			t.Fatal(err)
		}
		public, err := k.Encode("ssh")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "k"), []byte(private), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("ssh-keygen", "-y", "-f", "k")
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if fields := strings.Fields(public); err != nil || !strings.HasPrefix(string(out), fields[0]+" "+fields[1]) {
			t.Errorf("%s: ssh-keygen says %q, %v; want %s", alg, out, err, public)
		}
	}
}

// TestEncodeForOpenSSL has openssl check keys that were made here.
func TestEncodeForOpenSSL(t *testing.T) {
	dir := tool(t, "openssl")
	for alg, formats := range map[string]string{
		"RS256": "pkcs8 pkcs1", "ES256": "pkcs8 sec1", "ES512": "sec1", "ES256K": "pkcs8 sec1", "X25519": "pkcs8", "Ed448": "pkcs8",
	} {
		k := generate(t, alg)
		for format := range strings.FieldsSeq(formats) {
			text, err := k.Encode(format)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "k"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			run(t, dir, "openssl pkey -in k -check -noout")
			run(t, dir, "openssl pkey -in k -pubout -out public")
			if half := read(t, file(t, dir, "public")); half.Thumbprint != k.Thumbprint {
				t.Errorf("%s as %s: openssl reads another key", alg, format)
			}
		}
	}
}
