package jwe

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// A Spec says how to encrypt.
type Spec struct {
	Alg        string
	Enc        string
	Iterations int // of PBKDF2; 0 for as many as are recommended today. Some libraries refuse more than 10,000
}

// An UnfitError refuses a key for an algorithm; its check gives the reason, whose words are in package locale.
type UnfitError struct {
	Key   key.Key
	Alg   string
	Check check.Check
}

func (e *UnfitError) Error() string {
	return fmt.Sprintf("the key (%s, %d bits) is not one for %s: %s (%s)", describe(&e.Key), e.Key.Bits, e.Alg, e.Check.Code, e.Check.Ref)
}

// Encrypt makes a compact JWE (RFC 7516 §5.1). The header is taken as it is written, with the parameters that the
// algorithm makes put behind its members; its alg and enc must be those of the spec. With zip "DEF" the content is
// compressed, apu and apv go into the key agreement. The private half of a key is not needed. Go's RSA takes its
// randomness from the system and ignores the reader.
func Encrypt(s Spec, header, plain []byte, k key.Key, rand io.Reader) (string, error) {
	w, err := newWrapper(s, &k, rand)
	if err != nil {
		return "", err
	}
	root, err := readObject(header)
	if err != nil {
		return "", err
	}
	if err := w.read(joseHeader{root}); err != nil {
		return "", err
	}
	cek, encrypted, err := w.wrap(nil)
	if err != nil {
		return "", err
	}
	protected := encode([]byte(w.complete(header)))
	c, err := w.suite.encrypt(cek, plain, []byte(protected), root.Get("zip").Exists(), rand)
	if err != nil {
		return "", err
	}
	return protected + "." + encode(encrypted) + "." + encode(c.iv) + "." + encode(c.ciphertext) + "." + encode(c.tag), nil
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// encrypt compresses if asked to, draws an initialization vector, and seals.
func (s *suite) encrypt(cek, plain, aad []byte, zip bool, rand io.Reader) (sealed, error) {
	if zip {
		plain = deflate(plain)
	}
	iv, err := draw(s.IV, rand)
	if err != nil {
		return sealed{}, err
	}
	return s.seal(cek, iv, plain, aad), nil
}

func draw(n int, rand io.Reader) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(rand, b); err != nil {
		return nil, fmt.Errorf("drawing random bytes: %w", err)
	}
	return b, nil
}

// newWrapper refuses what cannot or should not encrypt.
func newWrapper(s Spec, k *key.Key, rand io.Reader) (*wrapper, error) {
	m := methodNamed(s.Alg)
	if m == nil {
		return nil, fmt.Errorf("algorithm %q cannot be encrypted with here; use one like dir, A256KW, RSA-OAEP-256 or ECDH-ES", clip(s.Alg))
	}
	enc := suiteNamed(s.Enc)
	if enc == nil {
		return nil, fmt.Errorf("content encryption %q is not known here; use one like A256GCM or A128CBC-HS256", clip(s.Enc))
	}
	if code, args := misfit(m, enc, k, encrypting); code != "" {
		o := opener{List: check.List{Rules: rules}, method: m, suite: enc}
		o.No(code, args...)
		o.cite()
		return nil, &UnfitError{*k, s.Alg, o.Checks[0]}
	}
	if s.Iterations < 0 || s.Iterations > MaxIterations {
		return nil, fmt.Errorf("%d rounds of PBKDF2 are too many or too few; take up to %d", s.Iterations, MaxIterations)
	}
	return &wrapper{method: m, suite: enc, key: k, iterations: s.Iterations, rand: rand}, nil
}

// read holds a header to what the receiver will ask of it.
func (w *wrapper) read(h joseHeader) error {
	w.header = h
	for name, want := range map[string]string{"alg": w.method.Name, "enc": w.suite.Name} {
		if named := h.get(name); named.Kind() != token.String || named.Text() != want {
			return fmt.Errorf("header says %s %q, but %s is to be encrypted with; make them agree", name, clip(named.Text()), want)
		}
	}
	if name := h.twice(); name != "" {
		return fmt.Errorf("header has %q twice, protected and not (RFC 7516 §7.2.1)", clip(name))
	}
	if zip := h.get("zip"); zip.Exists() && (zip.Raw() != `"DEF"` || !h.protected().Get("zip").Exists()) {
		return errors.New(`header has a zip other than a protected "DEF" (RFC 7516 §4.1.3)`)
	}
	return w.checkParameters()
}

// readObject reads a header that every receiver reads alike.
func readObject(header []byte) (token.Value, error) {
	json, problems := token.ReadJSON(header)
	for _, p := range problems {
		if p.Severity == token.Error || p.Code == "json.duplicate" {
			return token.Value{}, fmt.Errorf("header is not sound JSON: %s at byte %d", p.Code, p.Start)
		}
	}
	if json.Root().Kind() != token.Object {
		return token.Value{}, errors.New("header is not a JSON object (RFC 7516 §4)")
	}
	return json.Root(), nil
}

// checkParameters refuses parameters that are made here, and extensions.
func (w *wrapper) checkParameters() error {
	for _, name := range []string{"epk", "iv", "tag", "p2s", "p2c"} {
		if w.header.get(name).Exists() {
			return fmt.Errorf("header has %s already; it is made anew for every token, leave it out", name)
		}
	}
	if w.header.get("crit").Exists() {
		return errors.New("header has crit: no extension of JWE is known here (RFC 7516 §4.1.13)")
	}
	for name, into := range map[string]*[]byte{"apu": &w.apu, "apv": &w.apv} {
		v := w.header.get(name)
		b, ok := decode(v.Text())
		if v.Exists() && (v.Kind() != token.String || !ok) {
			return fmt.Errorf("header has an %s that is not base64url (RFC 7518 §4.6.1)", name)
		}
		*into = b
	}
	return nil
}
