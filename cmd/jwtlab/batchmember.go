package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"jwtlab/app/token"
)

var errTooLong = errors.New("line is longer than " + strconv.Itoa(maxLine>>20) + " MB")

// The members of a line that some kind reads. Others are for whoever wrote the file.
type name int

const (
	memberID name = iota
	memberInput
	memberKey
	memberAlg
	memberPayload
	memberJWK
	memberText
	memberIssuerKey
	memberMethod
	memberURI
	memberNow
	memberMaxAge
	memberAccessToken
	memberNonce
	memberPassphrase
	memberSteps
	memberThirdPartyCookies
	memberCount
)

var memberNames = [memberCount]string{"id", "input", "key", "alg", "payload", "jwk", "text",
	"issuer_key", "method", "uri", "now", "max_age", "access_token", "nonce", "passphrase", "steps", "third_party_cookies"}

// A line is one object of the input.
type line struct {
	text    []byte
	members [memberCount]token.Value
}

// read reads a line. Even when it fails the id is there, if there was one to be found.
func (l *line) read(text []byte) error {
	*l = line{text: text}
	object, problems := token.ReadJSON(text)
	twice := l.collect(object.Root())
	for _, p := range problems {
		if p.Severity == token.Error {
			return fmt.Errorf("line is not JSON: %s at byte %d", p.Code, p.Start)
		}
	}
	if object.Root().Kind() != token.Object {
		return errors.New("line is not a JSON object")
	}
	if twice != "" {
		return fmt.Errorf("member %q is there twice", twice)
	}
	return nil
}

// collect finds the members in one pass, and says which of them is there twice.
func (l *line) collect(object token.Value) (twice string) {
	for n, value := range object.Members() {
		at := l.index(n)
		if at == memberCount {
			continue
		}
		if l.members[at].Exists() {
			twice = memberNames[at]
			continue
		}
		l.members[at] = value
	}
	return twice
}

// index is that of the member with the name, which is compared as it is written, and decoded only if it has escapes.
func (l *line) index(n token.Value) name {
	raw := l.raw(n)
	if bytes.IndexByte(raw, '\\') >= 0 {
		raw = strconv.AppendQuote(nil, n.Text())
	}
	for i, m := range memberNames {
		if len(raw) == len(m)+2 && string(raw[1:len(raw)-1]) == m {
			return name(i)
		}
	}
	return memberCount
}

// raw is a value as it is written, without a copy.
func (l *line) raw(v token.Value) []byte {
	at := v.Span()
	return l.text[at.Start:at.End]
}

// id is the line's id as it is written; null for none.
func (l *line) id() []byte {
	id := l.members[memberID]
	if raw := l.raw(id); id.Exists() && json.Valid(raw) && utf8.Valid(raw) {
		return raw
	}
	return null
}

// str returns a member that must be a string.
func (l *line) str(n name) (string, error) {
	v := l.members[n]
	if v.Kind() != token.String {
		return "", fmt.Errorf("member %q is not a string", memberNames[n])
	}
	return v.Text(), nil
}

// optional returns a member that may be missing or null.
func (l *line) optional(n name) (text string, there bool, err error) {
	if v := l.members[n]; v.Kind() == token.Null { // or not there
		return "", false, nil
	}
	text, err = l.str(n)
	return text, err == nil, err
}

// seconds returns a member that is a count of seconds; it may be missing or null.
func (l *line) seconds(n name) (seconds float64, there bool, err error) {
	v := l.members[n]
	if v.Kind() == token.Null {
		return 0, false, nil
	}
	seconds, ok := v.Float()
	if !ok || math.Abs(seconds) > maxSeconds {
		return 0, false, fmt.Errorf("member %q is no count of seconds", memberNames[n])
	}
	return seconds, true, nil
}
