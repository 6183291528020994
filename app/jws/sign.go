package jws

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// ErrPublic says that a key can only verify.
var ErrPublic = errors.New("the key is public and cannot sign; use its private half")

// An UnfitError refuses a key for an algorithm; its check gives the reason, whose words are in package locale.
type UnfitError struct {
	Key   key.Key
	Alg   string
	Check check.Check
}

func (e *UnfitError) Error() string {
	return fmt.Sprintf("the key (%s, %d bits) is not one for %s: %s (%s)", describe(e.Key), e.Key.Bits, e.Alg, e.Check.Code, e.Check.Ref)
}

// Sign makes a compact JWS (RFC 7515 §5.1). The header's bytes are used as they are, so its alg must be the one that is
// asked for. Unsecured tokens are not made here: what is not signed does not need a signer. Go's own signers take
// their randomness from the system and ignore the reader.
func Sign(alg string, header, payload []byte, k key.Key, _ io.Reader) (string, error) {
	m, err := signable(alg, k)
	if err != nil {
		return "", err
	}
	h, err := readHeader(header, alg)
	if err != nil {
		return "", err
	}
	input := base64.RawURLEncoding.EncodeToString(header) + "."
	if h.Get("b64").Raw() == "false" {
		if i := strings.IndexFunc(string(payload), func(r rune) bool { return r == '.' || r < ' ' || r > '~' }); i >= 0 {
			return "", fmt.Errorf("a payload that is not encoded has a dot or no printable ASCII at byte %d: leave out b64, or detach the payload (RFC 7797 §5.2)", i)
		}
		input += string(payload)
	} else {
		input += base64.RawURLEncoding.EncodeToString(payload)
	}
	var material any = k.Signer
	if m.Type == "oct" {
		material = k.Secret
	}
	signature, err := m.code.Sign(input, material)
	if err != nil {
		return "", fmt.Errorf("signing with %s: %w", alg, err)
	}
	return input + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

// signable refuses what cannot or should not sign.
func signable(alg string, k key.Key) (method, error) {
	m, ok := lookup(alg)
	if !ok {
		return method{}, fmt.Errorf("algorithm %q cannot be signed with here; use one like HS256, RS256, PS256, ES256 or EdDSA", alg)
	}
	if c, bad := misfit(m.Algorithm, k); bad {
		return method{}, &UnfitError{k, alg, c}
	}
	if m.Type != "oct" && k.Signer == nil {
		return method{}, ErrPublic
	}
	if k.Ops != nil && !slices.Contains(k.Ops, "sign") {
		return method{}, fmt.Errorf("the key may not sign: its key_ops are %q (RFC 7517 §4.3)", strings.Join(k.Ops, ", "))
	}
	return m, nil
}

// readHeader holds a header to what the verifier will ask of it.
func readHeader(header []byte, alg string) (token.Value, error) {
	json, problems := token.ReadJSON(header)
	for _, p := range problems {
		if p.Severity == token.Error || p.Code == "json.duplicate" {
			return token.Value{}, fmt.Errorf("header is not sound JSON: %s at byte %d", p.Code, p.Start)
		}
	}
	h := json.Root()
	named := h.Get("alg")
	switch {
	case h.Kind() != token.Object:
		return token.Value{}, errors.New("header is not a JSON object (RFC 7515 §4)")
	case named.Kind() != token.String || named.Text() != alg:
		return token.Value{}, fmt.Errorf("header says alg %q, but %s is to be signed with; make them agree", clip(named.Text()), alg)
	}
	if code, args := (joseHeader{protected: h}).criticalFault(); code != "" {
		return token.Value{}, fmt.Errorf("header has an extension that no verifier accepts: %s %s", code, strings.Join(args, " "))
	}
	return h, nil
}
