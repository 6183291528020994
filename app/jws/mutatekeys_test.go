package jws_test

import (
	"encoding/base64"
	"strings"

	"jwtlab/app/key"
)

// mutateKey verifies good tokens with another key than the one they were signed with, or with an odd form of it.
func mutateKey() []mutation {
	jwk := func(class string, times int, change func(m *maker) string) mutation {
		return mutation{class, times, func(m *maker) exam {
			if text := change(m); text != "" {
				return exam{Token: m.plain(), Key: text}
			}
			return exam{}
		}}
	}
	members := func(class string, values ...string) mutation {
		return jwk(class, len(values), func(m *maker) string { return with(m.jwk, m.pick(values...)) })
	}
	oct := func(class string, change func(m *maker, secret []byte) string) mutation {
		return jwk(class, 3, func(m *maker) string {
			if m.alg.Type != "oct" {
				return ""
			}
			return `{"kty":"oct","k":"` + change(m, m.own.Secret) + `"}`
		})
	}
	return []mutation{
		jwk("another key", 3, func(m *maker) string { _, text := m.other(); return text }),
		jwk("key of another kind", 5, func(m *maker) string {
			return m.public(m.pick("oct", "RSA 2048", "EC P-256", "EC P-384", "EC P-521", "EC secp256k1", "OKP Ed25519", "OKP X25519"))
		}),
		{"secret is the text of the public key", 2, (*maker).confused},
		{"RSA of another size", 6, (*maker).sized},
		members("JWK for the algorithm", `"use":"sig"`, `"key_ops":["verify"]`, `"kid":"1"`, `"note":[1]`),
		members("JWK that may verify and sign", `"key_ops":["verify","sign"]`, `"key_ops":["sign","verify"]`),
		jwk("JWK with alg", 2, func(m *maker) string { return with(m.jwk, `"alg":"`+m.alg.Name+`"`) }),
		members("JWK with another alg", `"alg":"XS256"`, `"alg":"none"`, `"alg":"RSA-OAEP"`),
		jwk("JWK with another case of alg", 1, func(m *maker) string { return with(m.jwk, `"alg":"`+strings.ToLower(m.alg.Name)+`"`) }),
		members("JWK with another use", `"use":"enc"`, `"use":"SIG"`, `"use":"Sig"`),
		members("JWK with an empty member", `"use":""`, `"alg":""`),
		members("JWK with other key_ops", `"key_ops":["encrypt"]`, `"key_ops":[]`, `"key_ops":["wrapKey","unwrapKey"]`),
		members("JWK that may only sign", `"key_ops":["sign"]`),
		members("JWK with bad key_ops", `"key_ops":"verify"`, `"key_ops":["verify","verify"]`, `"key_ops":[1]`, `"key_ops":null`),
		members("JWK with members of another type", `"alg":1`, `"use":null`, `"kid":7`),
		members("JWK with another ext", `"ext":"true"`, `"ext":1`),
		members("JWK with a member twice", `"kty":"XX"`, `"kid":"1","kid":"2"`),
		jwk("JWK of another kty", 2, func(m *maker) string {
			return recast(m.jwk, "kty", func(string) string { return m.pick("", "rsa", "XX") })
		}),
		jwk("private JWK", 2, func(m *maker) string {
			if m.alg.Type == "oct" {
				return ""
			}
			return m.own.JWK()
		}),
		jwk("JWK number padded", 2, func(m *maker) string {
			return recast(m.jwk, m.number(), func(v string) string { return v + strings.Repeat("=", (4-len(v)%4)%4) })
		}),
		jwk("JWK number with unused bits", 2, func(m *maker) string { return recast(m.jwk, m.number(), loose) }),
		jwk("JWK number with a zero before it", 2, func(m *maker) string {
			if m.alg.Type == "oct" || m.alg.Type == "AKP" {
				return ""
			}
			return recast(m.jwk, m.number(), func(v string) string { return b64("\x00" + string(unb64(m.t, v))) })
		}),
		jwk("JWK number changed", 3, func(m *maker) string {
			return recast(m.jwk, m.number(), func(v string) string {
				b := unb64(m.t, v)
				b[m.rng.IntN(len(b))] ^= 1 << m.rng.IntN(8)
				return b64(string(b))
			})
		}),
		oct("secret empty", func(*maker, []byte) string { return "" }),
		oct("secret cut", func(m *maker, s []byte) string { return b64(string(s[:m.rng.IntN(len(s)-1)+1])) }),
		oct("secret with a line break", func(m *maker, s []byte) string { return b64(string(s) + "\n") }),
		oct("secret in standard base64", func(_ *maker, s []byte) string { return base64.StdEncoding.EncodeToString(s) }),
		{"short secret", 3, func(m *maker) exam {
			if m.alg.Type != "oct" {
				return exam{}
			}
			k := m.own
			k.Secret = []byte("0123456789")[:1+m.rng.IntN(9)]
			input := b64(m.header()) + "." + b64(m.claims())
			return exam{Token: input + "." + b64(string(rawSign(m.t, m.alg, input, k))), Key: `{"kty":"oct","k":"` + b64(string(k.Secret)) + `"}`}
		}},
	}
}

// number is a member of the JWK that is a number, or bytes.
func (m *maker) number() string {
	switch m.alg.Type {
	case "oct":
		return "k"
	case "RSA":
		return m.pick("n", "e")
	case "EC":
		return m.pick("x", "y")
	case "AKP":
		return "pub"
	}
	return "x"
}

// public is the public half of a fixture, even of one that cannot be read here.
func (m *maker) public(name string) string {
	text := m.keys[name]
	for _, private := range []string{"d", "p", "q", "dp", "dq", "qi"} {
		text = without(text, private)
	}
	return text
}

// confused is HMAC made with the text of a public key, for a verifier that was given that text as a secret
// (RFC 8725 §2.1).
func (m *maker) confused() exam {
	if m.alg.Type != "oct" {
		return exam{}
	}
	k, text := m.key("EC P-256")
	if m.rng.IntN(2) == 0 {
		public, _ := k.PublicKey()
		pem, err := public.PEM()
		if err != nil {
			m.t.Fatal(err)
		}
		text = pem
	}
	secret := key.Key{Secret: []byte(text)}
	input := b64(m.header()) + "." + b64(m.claims())
	return exam{Token: input + "." + b64(string(rawSign(m.t, m.alg, input, secret))), Key: `{"kty":"oct","k":"` + b64(text) + `"}`}
}

// sized signs and verifies with RSA keys of other sizes and exponents.
func (m *maker) sized() exam {
	if m.alg.Type != "RSA" {
		return exam{}
	}
	name := m.pick("RSA 1024", "RSA 2040", "RSA 2056", "RSA 4096", "RSA 2048 e=3")
	if name == "RSA 1024" && m.alg.Name == "PS512" {
		name = "RSA 2040" // too small for hash and salt
	}
	k, jwk := m.key(name)
	input := b64(m.header()) + "." + b64(m.claims())
	return exam{Token: input + "." + b64(string(rawSign(m.t, m.alg, input, k))), Key: jwk}
}

// mutateSet verifies with JWK Sets. They are for public keys: npm's jose takes no secrets in them.
func mutateSet() []mutation {
	of := func(class string, header []string, keys func(own, other string) string) mutation {
		return mutation{class, 2, func(m *maker) exam {
			_, other := m.other()
			return exam{Token: m.sign(m.header(header...), m.claims()), Key: keys(m.jwk, other)}
		}}
	}
	kid := func(jwk, id string) string { return with(jwk, `"kid":"`+id+`"`) }
	named := []string{`"kid":"1"`}
	return []mutation{
		of("set of one key", nil, func(own, _ string) string { return set(own) }),
		of("set with the kid", named, func(own, other string) string { return set(kid(other, "0"), kid(own, "1")) }),
		of("set with the kid at another key", named, func(own, other string) string { return set(kid(own, "0"), kid(other, "1")) }),
		of("set without the kid", named, func(own, other string) string { return set(kid(own, "2"), kid(other, "3")) }),
		of("set without any kid", named, func(own, _ string) string { return set(own) }),
		of("set of two keys, no kid asked", nil, func(own, other string) string { return set(kid(other, "0"), kid(own, "1")) }),
		of("set with the kid twice", named, func(own, other string) string { return set(kid(other, "1"), kid(own, "1")) }),
		of("set with a key of another kind", nil, func(own, _ string) string { return set(`{"kty":"XX"}`, own) }),
		of("set empty", nil, func(_, _ string) string { return set() }),
		of("set that is no array", nil, func(own, _ string) string { return `{"keys":` + own + `}` }),
	}
}
