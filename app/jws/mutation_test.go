package jws_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"encoding/asn1"
	"math/big"
	mathrand "math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"jwtlab/app/jws"
	"jwtlab/app/key"
)

// An exam is one token with one key, to be judged by two libraries.
type exam struct {
	Token string `json:"token"`
	Key   string `json:"key"`           // a JWK or a JWK Set
	Alg   string `json:"alg,omitempty"` // the only algorithm accepted
	class string
}

// A maker makes the exams of one algorithm.
type maker struct {
	t    *testing.T
	rng  *mathrand.Rand
	alg  jws.Algorithm
	own  key.Key
	jwk  string // the half of own that verifies
	keys fixtures
}

// A mutation is a class of exams; of each class, several are made for every algorithm that it applies to.
type mutation struct {
	class string
	times int
	make  func(m *maker) exam
}

// fixtures are the keys of testdata, private, by their names.
type fixtures map[string]string

// The key of the fixtures that an algorithm is tried with; the one beside it has " other" behind its name.
func fixtureOf(a jws.Algorithm) string {
	switch a.Type {
	case "RSA":
		return "RSA 2048"
	case "oct":
		return "oct"
	}
	return a.Type + " " + a.Curve
}

func newMaker(t *testing.T, a jws.Algorithm, keys fixtures, seed uint64) *maker {
	m := &maker{t: t, rng: mathrand.New(mathrand.NewPCG(seed, 1)), alg: a, keys: keys}
	m.own, m.jwk = m.key(fixtureOf(a))
	return m
}

// key returns a key of the fixtures, and the JWK that verifies with it.
func (m *maker) key(name string) (key.Key, string) {
	text, ok := m.keys[name]
	if !ok {
		k := generate(m.t, m.alg.Name) // for kinds of key that the fixtures do not have
		text = k.JWK()
		m.keys[name] = text
	}
	r := key.Read(text, key.Auto)
	if len(r.Keys) != 1 {
		m.t.Fatalf("%s: %+v", name, r.Problems)
	}
	k := r.Keys[0]
	if public, ok := k.PublicKey(); ok {
		return k, public.JWK()
	}
	return k, k.JWK()
}

// other is a key of the same kind that has signed nothing.
func (m *maker) other() (key.Key, string) { return m.key(fixtureOf(m.alg) + " other") }

// header is that of a plain token, with members added.
func (m *maker) header(more ...string) string {
	return `{` + strings.Join(append([]string{`"alg":"` + m.alg.Name + `"`}, more...), ",") + `}`
}

func (m *maker) claims() string {
	return `{"sub":"` + strconv.FormatUint(m.rng.Uint64(), 36) + `","iat":` + strconv.Itoa(1_700_000_000+m.rng.IntN(1e8)) + `}`
}

// plain is a good token.
func (m *maker) plain() string { return m.sign(m.header(`"typ":"JWT"`), m.claims()) }

// sign encodes and signs whatever header it is given.
func (m *maker) sign(header, payload string) string { return m.over(b64(header) + "." + b64(payload)) }

// over signs text that is encoded already, well or badly.
func (m *maker) over(input string) string {
	return input + "." + b64(string(rawSign(m.t, m.alg, input, m.own)))
}

func (m *maker) good(token string) exam { return exam{Token: token, Key: m.jwk} }

func (m *maker) pick(s ...string) string { return s[m.rng.IntN(len(s))] }

// rawSign signs with no questions asked: [jws.Sign] refuses most of what is wanted here.
func rawSign(t *testing.T, a jws.Algorithm, input string, k key.Key) []byte {
	t.Helper()
	if a.Type == "oct" {
		h := hmac.New(a.Hash.New, k.Secret)
		h.Write([]byte(input))
		return h.Sum(nil)
	}
	var opts crypto.SignerOpts = a.Hash
	sum := []byte(input)
	if a.Hash != 0 {
		h := a.Hash.New()
		h.Write(sum)
		sum = h.Sum(nil)
	}
	if a.Name[:2] == "PS" {
		opts = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: a.Hash}
	}
	signature, err := k.Signer.Sign(rand.Reader, sum, opts)
	if err != nil {
		t.Fatal(err)
	}
	if public, ok := k.Public.(*ecdsa.PublicKey); ok {
		return fixed(t, public.Curve, signature)
	}
	return signature
}

// fixed writes an ECDSA signature as RFC 7518 §3.4 has it.
func fixed(t *testing.T, c elliptic.Curve, der []byte) []byte {
	t.Helper()
	var s struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &s); err != nil {
		t.Fatal(err)
	}
	size := (c.Params().BitSize + 7) / 8
	raw := make([]byte, 2*size)
	s.R.FillBytes(raw[:size])
	s.S.FillBytes(raw[size:])
	return raw
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// split is the token's three parts.
func split(text string) (header, payload, signature string) {
	parts := strings.Split(text, ".")
	return parts[0], parts[1], parts[2]
}

func join(parts ...string) string { return strings.Join(parts, ".") }

// flip changes one bit of a decoded part.
func (m *maker) flip(part int) exam {
	parts := strings.Split(m.plain(), ".")
	b := unb64(m.t, parts[part])
	b[m.rng.IntN(len(b))] ^= 1 << m.rng.IntN(8)
	parts[part] = b64(string(b))
	return m.good(join(parts...))
}

// char puts another character of the alphabet into a part.
func (m *maker) char(part int) exam {
	parts := strings.Split(m.plain(), ".")
	i := m.rng.IntN(len(parts[part]))
	parts[part] = parts[part][:i] + alphabet[m.rng.IntN(64):][:1] + parts[part][i+1:]
	return m.good(join(parts...))
}

// insert puts a character into the token, or in place of one.
func (m *maker) insert(c string, replaced int) exam {
	text := m.plain()
	i := m.rng.IntN(len(text) - replaced)
	return m.good(text[:i] + c + text[i+replaced:])
}

// loose sets the bits of the last character that stand for nothing, if it has any; the length decides.
func loose(part string) string {
	if len(part)%4 == 0 {
		return part
	}
	i := strings.IndexByte(alphabet, part[len(part)-1])
	return part[:len(part)-1] + alphabet[i|1:][:1]
}

// with adds members to a JWK, the first in place of one that is there already; only kty stays for two.
func with(jwk, members string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(members, `"`), `"`)
	if name != "kty" {
		jwk = without(jwk, name)
	}
	return "{" + members + "," + jwk[1:]
}

// without takes a member whose value is a string out of a JWK.
func without(jwk, name string) string {
	before, rest, ok := strings.Cut(jwk, `"`+name+`":"`)
	if !ok {
		return jwk
	}
	_, after, _ := strings.Cut(rest, `"`)
	return strings.Replace(before+strings.TrimPrefix(after, ","), ",}", "}", 1)
}

// recast changes what a member of a JWK has for a value.
func recast(jwk, name string, change func(string) string) string {
	before, rest, ok := strings.Cut(jwk, `"`+name+`":"`)
	if !ok {
		return jwk
	}
	value, after, _ := strings.Cut(rest, `"`)
	return before + `"` + name + `":"` + change(value) + `"` + after
}

func set(keys ...string) string { return `{"keys":[` + strings.Join(keys, ",") + `]}` }
