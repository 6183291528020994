package key_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/key"
	"jwtlab/app/token"
	"jwtlab/app/witness"
)

// sound reports whether the reading is that of good keys alone.
func sound(r key.Reading) bool {
	return len(r.Keys) > 0 && !slices.ContainsFunc(r.Problems, func(p token.Problem) bool { return p.Severity == token.Error })
}

func codes(r key.Reading) string {
	var s []string
	for _, p := range r.Problems {
		s = append(s, p.Code+strings.Join(append([]string{""}, p.Args...), " "))
	}
	return strings.Join(s, ", ")
}

// jwkChoices are the disputed lines on which we differ, and why. No key is refused for its strength, its use or its alg
// while it is read: that is said when it is used.
var jwkChoices = map[string]string{
	"g5":                    "a ROCA modulus is still a key (RFC 7518 §6.3)",
	"g6":                    "fewer than 2048 bits are refused where the key is used (RFC 7518 §3.3)",
	"g9":                    "a short secret is remarked on where it is used (RFC 7518 §3.2)",
	"g10":                   "a short secret is remarked on where it is used (RFC 7518 §3.2)",
	"g18":                   "alg is compared where the key is used (RFC 7517 §4.4)",
	"g23":                   "alg and use are compared where the key is used (RFC 7517 §4.2, §4.4)",
	"use-and-key-ops-clash": "a warning: they SHOULD be consistent (RFC 7517 §4.3)",
	"n-leading-zero":        "the thumbprint is that of n as it has to be written (RFC 7518 §6.3.1.1, RFC 7638 §3.3)",
}

// choice finds a choice by the last part of a line's name.
func choice(of map[string]string, id string) string { return of[id[strings.LastIndex(id, "/")+1:]] }

func TestJWKCorpus(t *testing.T) {
	type line struct {
		ID         string
		JWK        json.RawMessage
		OK         bool
		Why        string
		Thumbprint string `json:"thumbprint_sha256"`
		Disputed   bool
	}
	agreed, disputed, differ := 0, 0, 0
	for _, l := range witness.Lines[line](t, "jwk.jsonl") {
		r := key.Read(string(l.JWK), key.Auto)
		inside(t, string(l.JWK), r)
		same := (sound(r) && r.Kind == "jwk") == l.OK && (!l.OK || r.Keys[0].Thumbprint == l.Thumbprint)
		switch {
		case l.Disputed:
			disputed++
			if why := choice(jwkChoices, l.ID); same != (why == "") {
				t.Errorf("%s: disputed, ok = %v (%s), they say %v %s; our choice is %q", l.ID, sound(r), codes(r), l.OK, l.Why, why)
			}
			if !same {
				differ++
			}
		case !same:
			t.Errorf("%s: ok = %v (%s), want %v %s %s", l.ID, sound(r), codes(r), l.OK, l.Why, l.Thumbprint)
		default:
			agreed++
		}
	}
	t.Logf("agreed %d, disputed %d, of which we differ in %d", agreed, disputed, differ)
}

// pemChoices are the disputed lines on which we differ, and why.
var pemChoices = map[string]string{
	"dh.params.pem":                      "no key, and said so (RFC 7518 §6.1)",
	"dh.pkcs8.pem":                       "JOSE has no such key, and it is said so (RFC 7518 §6.1)",
	"ec-brainpoolP256r1.cert.pem":        "JOSE has no such curve (RFC 7518 §6.2.1.1)",
	"ec-brainpoolP256r1.params+sec1.pem": "JOSE has no such curve (RFC 7518 §6.2.1.1)",
	"ec-brainpoolP256r1.spki.pem":        "JOSE has no such curve (RFC 7518 §6.2.1.1)",
	"rsa3072.csr.pem":                    "a request is no key, and it is said so",
	"indented":                           "blanks at line ends and beginnings are common where keys are pasted (RFC 7468 §2)",
	"blank-line-inside":                  "a lax parser may skip blank lines (RFC 7468 §2)",
	"cr-only":                            "CR alone ends a line (RFC 7468 §3)",
	"spaces-for-newlines":                "read with the warning pem.folded",
	"all-on-one-line":                    "read with the warning pem.folded",
	"escaped-newlines":                   "read with the warning pem.folded",
	"no-armour":                          "DER cannot be mistaken for a secret",
	"rsa-with-passphrase.pem":            "another passphrase; TestLocked opens it",
	"privateSecure.pem":                  "another passphrase; TestLocked opens it",
	"private.encrypted.key":              "another passphrase; TestLocked opens it",
}

func TestPEMCorpus(t *testing.T) {
	type line struct {
		ID, Text, Kind, Why string
		OK, Disputed        bool
	}
	agreed, disputed, differ := 0, 0, 0
	for _, l := range witness.Lines[line](t, "pem.jsonl") {
		r := key.ReadWith(l.Text, key.Options{Passphrase: "corpus"})
		inside(t, l.Text, r)
		// Where the corpus names a container and not the kind of key in it, the container is compared.
		same := (sound(r) && r.Kind == "pem") == l.OK && (!l.OK || strings.HasPrefix(kind(r.Keys[0]), l.Kind))
		switch {
		case l.Disputed:
			disputed++
			if why := choice(pemChoices, l.ID); same != (why == "") {
				t.Errorf("%s: disputed, ok = %v (%s), they say %v %s %s; our choice is %q", l.ID, sound(r), codes(r), l.OK, l.Kind, l.Why, why)
			}
			if !same {
				differ++
			}
			if !l.OK && r.Kind == "secret" {
				t.Errorf("%s: became a secret", l.ID)
			}
		case !same:
			t.Errorf("%s: ok = %v (%s), want %v %s %s", l.ID, sound(r), codes(r), l.OK, l.Kind, l.Why)
		default:
			agreed++
		}
	}
	t.Logf("agreed %d, disputed %d, of which we differ in %d", agreed, disputed, differ)
}

// kind names a key's container and what is in it in the words of the corpus.
func kind(k key.Key) string {
	name := k.Type
	switch {
	case k.PSS:
		name = "RSA-PSS"
	case k.Type == "OKP":
		name = strings.ToUpper(k.Curve)
	}
	switch {
	case k.Format == "certificate":
		return "CERTIFICATE"
	case k.Format == "ssh":
		return "SSH PUBLIC"
	case k.Format == "openssh":
		return "OPENSSH PRIVATE"
	case k.Format == "pkcs8" && k.Encrypted:
		return "ENCRYPTED PKCS8"
	case k.Format == "pkcs8", k.Format == "spki":
		return strings.ToUpper(k.Format) + " " + name
	case k.Private:
		return name + " PRIVATE"
	}
	return name + " PUBLIC"
}

// inside holds every reading to its text: all places lie inside it.
func inside(t *testing.T, text string, r key.Reading) {
	t.Helper()
	within := func(s token.Span) bool { return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) }
	for _, p := range r.Problems {
		if !within(p.Span) {
			t.Errorf("problem %s lies at %v, the text has %d bytes", p.Code, p.Span, len(text))
		}
	}
	for _, k := range r.Keys {
		if !within(k.Span) {
			t.Errorf("key lies at %v, the text has %d bytes", k.Span, len(text))
		}
	}
}
