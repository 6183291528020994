package sdjwt

import (
	"crypto"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// An Issuing is what goes into a new SD-JWT.
type Issuing struct {
	Claims []byte // a JSON object, whose spelling is kept
	// Disclosable are JSON Pointers (RFC 6901) to the claims and array elements that the holder may keep back. One inside
	// another makes a recursive disclosure (RFC 9901 §4.2.6).
	Disclosable []string
	Hash        string  // sha-256, sha-384 or sha-512; empty for sha-256
	Alg         string  // of the signature
	Typ         string  // of the header; empty for none
	Holder      key.Key // its public half goes into cnf; zero for none
	Decoys      int     // digests of nothing at the top, to hide how many claims there are; at most a thousand
}

// Issue makes an SD-JWT with all of its disclosures (RFC 9901 §4), signed with the key. Salts and decoys come from rand.
func Issue(i Issuing, k key.Key, rand io.Reader) (string, error) {
	if i.Hash == "" {
		i.Hash = defaultHash
	}
	b := builder{hash: hashNamed(i.Hash), rand: rand, wanted: make(map[string]bool, len(i.Disclosable)), used: map[string]bool{}}
	switch {
	case b.hash == 0:
		return "", fmt.Errorf("hash algorithm %q is not known; use sha-256, sha-384 or sha-512 (RFC 9901 §4.1.1)", i.Hash)
	case i.Decoys < 0 || i.Decoys > maxDecoys:
		return "", fmt.Errorf("%d decoys are not made; ask for 0 to %d", i.Decoys, maxDecoys)
	}
	for _, path := range i.Disclosable {
		b.wanted[path] = true
	}
	payload, err := b.payload(i)
	if err != nil {
		return "", err
	}
	header := `{"alg":` + quote(i.Alg)
	if i.Typ != "" {
		header += `,"typ":` + quote(i.Typ)
	}
	if k.KeyID != "" {
		header += `,"kid":` + quote(k.KeyID)
	}
	signed, err := jws.Sign(i.Alg, []byte(header+"}"), []byte(payload), k, rand)
	if err != nil {
		return "", err
	}
	return strings.Join(append([]string{signed}, b.disclosures...), "~") + "~", nil
}

const maxDecoys = 1000

// A builder takes claims out of a claims set, and puts their digests in.
type builder struct {
	hash        crypto.Hash
	rand        io.Reader
	wanted      map[string]bool // the pointers
	used        map[string]bool // those that led somewhere
	disclosures []string
	depth       int
	err         error // the first
}

func (b *builder) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// payload writes the claims set to be signed.
func (b *builder) payload(i Issuing) (string, error) {
	json, problems := token.ReadJSON(i.Claims)
	root := json.Root()
	if fault := unsound(problems); root.Kind() != token.Object || fault != "" {
		return "", fmt.Errorf("claims are not a JSON object that every reader understands alike %s", fault)
	}
	for _, name := range []string{"_sd_alg", "cnf"} {
		if root.Get(name).Exists() && (name == "_sd_alg" || i.Holder.Public != nil) {
			return "", fmt.Errorf("claims have %q already; leave it out, it is added", name)
		}
	}
	members, digests := b.members(root, "")
	for range i.Decoys {
		digests = append(digests, digest(b.hash, b.salt()))
	}
	if len(digests) > 0 {
		members = append(members, sd(digests), `"_sd_alg":`+quote(i.Hash))
	} else if len(b.disclosures) > 0 {
		members = append(members, `"_sd_alg":`+quote(i.Hash))
	}
	if public, ok := i.Holder.PublicKey(); ok {
		members = append(members, `"cnf":{"jwk":`+public.JWK()+"}")
	}
	for _, path := range i.Disclosable {
		if !b.used[path] {
			b.fail(fmt.Errorf("no claim at %q; write /name, or /list/0 for an array element (RFC 6901)", path))
		}
	}
	return "{" + strings.Join(members, ",") + "}", b.err
}

// sd is the member with the digests, sorted so that their order tells nothing (RFC 9901 §4.2.4.1).
func sd(digests []string) string {
	slices.Sort(digests)
	return `"_sd":["` + strings.Join(digests, `","`) + `"]`
}

// value writes a value without what is disclosable in it.
func (b *builder) value(v token.Value, path string) string {
	if b.depth++; b.depth > maxDepth {
		b.fail(fmt.Errorf("claims are nested deeper than %d levels", maxDepth))
		return "null"
	}
	defer func() { b.depth-- }()
	switch v.Kind() {
	case token.Object:
		members, digests := b.members(v, path)
		if len(digests) > 0 {
			members = append(members, sd(digests))
		}
		return "{" + strings.Join(members, ",") + "}"
	case token.Array:
		return "[" + strings.Join(b.items(v, path), ",") + "]"
	}
	return v.Raw()
}

func (b *builder) members(v token.Value, path string) (members, digests []string) {
	for name, value := range v.Members() {
		n := name.Text()
		if n == "_sd" || n == "..." {
			b.fail(fmt.Errorf("claim name %q is reserved (RFC 9901 §4.1)", n))
		}
		at := path + "/" + pointer(n)
		if b.take(at) {
			digests = append(digests, b.disclose(name.Raw(), value, at))
			continue
		}
		members = append(members, name.Raw()+":"+b.value(value, at))
	}
	return members, digests
}

func (b *builder) items(v token.Value, path string) []string {
	var items []string
	for item := range v.Items() {
		at := path + "/" + strconv.Itoa(len(items))
		if b.take(at) {
			items = append(items, `{"...":"`+b.disclose("", item, at)+`"}`)
			continue
		}
		items = append(items, b.value(item, at))
	}
	return items
}

func (b *builder) take(path string) bool {
	if b.wanted[path] {
		b.used[path] = true
	}
	return b.wanted[path]
}

// disclose makes a disclosure and returns its digest. It stands before those inside it.
func (b *builder) disclose(name string, value token.Value, path string) string {
	at := len(b.disclosures)
	b.disclosures = append(b.disclosures, "")
	text := `["` + b.salt() + `",`
	if name != "" {
		text += name + ","
	}
	text = base64.RawURLEncoding.EncodeToString([]byte(text + b.value(value, path) + "]"))
	b.disclosures[at] = text
	return digest(b.hash, text)
}

// salt is 128 random bits (RFC 9901 §9.3).
func (b *builder) salt() string {
	var salt [16]byte
	if _, err := io.ReadFull(b.rand, salt[:]); err != nil {
		b.fail(fmt.Errorf("salt: %w", err))
	}
	return base64.RawURLEncoding.EncodeToString(salt[:])
}

// A Binding is what a holder binds a presentation to.
type Binding struct {
	Alg      string
	Audience string
	Nonce    string
	IssuedAt int64 // NumericDate
}

// Bind adds a key binding to a presentation, in place of one that it has (RFC 9901 §4.3), signed with the holder's key.
func Bind(t token.Token, b Binding, k key.Key, rand io.Reader) (string, error) {
	var refused check.List
	payload := readClaims(t.Payload(), &refused)
	if t.Form != token.SDJWT || !payload.Exists() {
		return "", errors.New("text is not an SD-JWT: it lacks a payload or the ~ at its end (RFC 9901 §4)")
	}
	hash := hashOf(payload, &refused)
	presented := strings.TrimSuffix(t.Compact(), t.Part(token.PartBinding).Text)
	if hash == 0 || !strings.HasSuffix(presented, "~") {
		return "", errors.New("text is no SD-JWT that can be bound: it needs a known _sd_alg, and ~ at its end (RFC 9901 §4)")
	}
	claims := `{"iat":` + strconv.FormatInt(b.IssuedAt, 10) + `,"aud":` + quote(b.Audience) + `,"nonce":` + quote(b.Nonce) +
		`,"sd_hash":"` + digest(hash, presented) + `"}`
	signed, err := jws.Sign(b.Alg, []byte(`{"alg":`+quote(b.Alg)+`,"typ":"kb+jwt"}`), []byte(claims), k, rand)
	return presented + signed, err
}

// quote writes a text as a JSON string. What is not UTF-8 becomes U+FFFD.
func quote(s string) string {
	out := []byte{'"'}
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out = append(out, '\\', byte(r))
		case r < ' ':
			const hex = "0123456789abcdef"
			out = append(out, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			out = append(out, string(r)...)
		}
	}
	return string(append(out, '"'))
}
