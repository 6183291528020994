package main

import (
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/key"
	"jwtlab/app/login"
	"jwtlab/app/login/ownerfile"
	"jwtlab/app/token"
)

// The keys that serve signs with are a private JWK Set in a file (RFC 7517 §5), as [login.ReadKeys] takes it. A key may have
// two members more: nbf, from which NumericDate on it signs, and exp, until which it verifies. So all who read the file
// change keys at one moment, and a new one is published before its first use. What a rotation has no part in stays
// as it is written.

// signingAlgorithms are those that keys of serve may have.
var signingAlgorithms = []string{"EdDSA", "ES256", "RS256", "HS256"}

// remembered is how long a key that is over stays in the file, for clocks that differ and for whoever looks.
const remembered = 24 * time.Hour

var (
	errUnderWay   = errors.New("a rotation is under way")
	errSigningKey = errors.New("the JSON has a fault")
)

// ensureKeys returns the text of the file of signing keys. If there is none, it makes one with a key that signs at once,
// and so does only one of two programs that begin together.
func ensureKeys(path, alg string, rand io.Reader) (text string, made bool, err error) {
	text, _, err = ownerfile.Read(path, maxKey)
	if !errors.Is(err, fs.ErrNotExist) {
		return text, false, err
	}
	raw, _, err := newSigningKey(alg, rand)
	if err != nil {
		return "", false, err
	}
	text = newKeySet(raw)
	if err = ownerfile.Create(path, text); errors.Is(err, fs.ErrExist) {
		text, _, err = ownerfile.Read(path, maxKey)
		return text, false, err
	}
	if err != nil {
		return "", false, err
	}
	return text, true, nil
}

func newKeySet(raw string) string { return "{\"keys\":[\n" + raw + "\n]}\n" }

// newSigningKey makes a key, named by its thumbprint; a secret is named at random, for who sees the thumbprint of one could
// try secrets against it (RFC 7638 §7).
func newSigningKey(alg string, rand io.Reader) (raw, kid string, err error) {
	k, err := key.Generate(key.Spec{Alg: alg}, rand)
	if err != nil {
		return "", "", err
	}
	if k.Public == nil {
		id := make([]byte, 16)
		if _, err := io.ReadFull(rand, id); err != nil {
			return "", "", err
		}
		k.KeyID = base64.RawURLEncoding.EncodeToString(id)
	}
	return k.JWK(), k.KeyID, nil
}

// A turn is what a rotation is asked for.
type turn struct {
	alg     string        // of the new key; "" for that of the key that signs now
	overlap time.Duration // from its publication to its first use
	keep    time.Duration // how long the old one verifies from then on
	force   bool          // replace a new key that has not signed yet
	now     time.Time
	rand    io.Reader
}

// A rotated is what a rotation did.
type rotated struct {
	File    string   `json:"file"`
	KeyID   string   `json:"kid"`
	Alg     string   `json:"alg"`
	Starts  int64    `json:"nbf,omitempty"` // 0: at once
	Before  string   `json:"previous,omitempty"`
	Ends    int64    `json:"previous_exp,omitempty"`
	Removed []string `json:"removed"`
}

// rotate returns the JWK Set with a new key in it.
func (t turn) rotate(text string) (string, rotated, error) {
	keys, err := login.ReadKeys(text)
	if err != nil {
		return "", rotated{}, err
	}
	set, problems := token.ReadJSON([]byte(text))
	list := set.Root().Get("keys")
	if len(problems) > 0 || list.Kind() != token.Array {
		return "", rotated{}, errSigningKey // such a text has more than one reading
	}
	done := rotated{Before: keys.Active(t.now), Removed: []string{}}
	if done.Before != "" { // or nothing would sign until the new key begins
		done.Starts = t.now.Add(t.overlap).Unix()
		done.Ends = t.now.Add(t.overlap).Add(t.keep).Unix()
	}
	kept, err := t.keepKeys(list, &done)
	if err != nil {
		return "", rotated{}, err
	}
	raw, kid, err := newSigningKey(done.Alg, t.rand)
	if err != nil {
		return "", rotated{}, err
	}
	done.KeyID = kid
	if done.Starts != 0 {
		raw = withNumber(raw, "nbf", done.Starts)
	}
	at := list.Span()
	text = text[:at.Start] + "[\n" + strings.Join(append(kept, raw), ",\n") + "\n]" + text[at.End:]
	if _, err := login.ReadKeys(text); err != nil {
		return "", rotated{}, err
	}
	return text, done, nil
}

// keepKeys returns the keys that stay, as they are to be written, and notes what becomes of the others and which algorithm
// the new key is for.
func (t turn) keepKeys(list token.Value, done *rotated) (kept []string, err error) {
	done.Alg = t.alg
	for k := range list.Items() {
		kid := k.Get("kid").Text()
		starts, _ := k.Get("nbf").Int()
		ends, _ := k.Get("exp").Int()
		if kid == done.Before && done.Alg == "" {
			done.Alg = k.Get("alg").Text()
		}
		switch {
		case starts > t.now.Unix() && !t.force:
			return nil, errUnderWay
		case starts > t.now.Unix(), ends != 0 && ends <= t.now.Add(-remembered).Unix():
			done.Removed = append(done.Removed, kid)
		case done.Before != "" && (kid == done.Before || ends == 0):
			kept = append(kept, withNumber(k.Raw(), "exp", done.Ends))
		default:
			kept = append(kept, k.Raw())
		}
	}
	if done.Alg == "" {
		done.Alg = signingAlgorithms[0]
	}
	return kept, nil
}

// withNumber returns an object with a member that has this number, in its place if it is there, else behind all others.
func withNumber(raw, name string, n int64) string {
	number := strconv.FormatInt(n, 10)
	object, _ := token.ReadJSON([]byte(raw))
	if v := object.Root().Get(name); v.Exists() {
		return raw[:v.Span().Start] + number + raw[v.Span().End:]
	}
	end := strings.TrimRight(raw[:object.Root().Span().End-1], " \t\r\n")
	return end + `,"` + name + `":` + number + raw[len(end):]
}
