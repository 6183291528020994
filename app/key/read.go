package key

import (
	"bytes"
	"encoding/base64"
	"strconv"
	"strings"

	"jwtlab/app/token"
)

const (
	maxText = 1 << 20 // bytes; keys are small, and all of them are read again at every keystroke
	maxKeys = 500     // of one text; each costs some work with big numbers
	// maxProofs bounds the keys of secp256k1, the 448-bit curves, ML-DSA and DSA in one text: each takes milliseconds.
	maxProofs = 100
)

// reading collects what is found in a text.
type reading struct {
	Reading
	work work
}

// work is what may still be done for one text, and what opens its locks.
type work struct {
	primes     int // of the search for the primes of RSA keys that have lost them
	rounds     int // of deriving keys from a passphrase
	proofs     int // that the parts of a key fit, for kinds where that takes milliseconds
	passphrase string
}

func (r *reading) add(p token.Problem) { r.Problems = append(r.Problems, p) }

// prove takes one proof from what is allowed.
func (w *work) prove() *fault {
	if w.proofs--; w.proofs < 0 {
		return faulty("key.effort", "", strconv.Itoa(maxProofs))
	}
	return nil
}

// Options say how a text is to be read. The zero value leaves all of it to the text.
type Options struct {
	Encoding   Encoding
	Passphrase string // of a private key that is locked with one
}

// Read reads a text as [ReadWith] does, without a passphrase.
func Read(text string, as Encoding) Reading { return ReadWith(text, Options{Encoding: as}) }

// ReadWith reads a text as a key, or as several. It never fails: what it could not use is among the problems.
//
// The encoding matters for a secret only. Under Auto a secret gives one key for each way it can be read, UTF-8 first;
// under any other, that one. A text that begins like JSON is a secret only if an encoding is asked for.
func ReadWith(text string, o Options) Reading {
	r := &reading{work: work{primes: maxEffort, rounds: maxRounds, proofs: maxProofs, passphrase: o.Passphrase}}
	r.Kind = "none"
	r.read(text, o.Encoding)
	r.order()
	return r.Reading
}

// order warns of a chain that stands on its head: each certificate has to be followed by the one that issued it.
func (r *reading) order() {
	for i := 1; i < len(r.Keys); i++ {
		above, c := r.Keys[i-1].Certificate, r.Keys[i].Certificate
		if above != nil && c != nil && c.issuer == above.subject && above.issuer != c.subject {
			r.add(problem("cert.reversed", r.Keys[i].Span, c.Subject))
			return
		}
	}
}

func (r *reading) read(text string, as Encoding) {
	whole := token.Span{Start: 0, End: len(text)}
	trimmed := strings.TrimSpace(strings.TrimPrefix(text, byteOrderMark))
	switch {
	case len(text) > maxText:
		r.add(problem("key.too-long", whole))
	case trimmed == "" && (as == Auto || text == ""):
		r.add(problem("key.empty", whole))
	case r.readString(text, trimmed):
	case likePEM(text):
		r.readPEM(text)
	case (trimmed[:min(1, len(trimmed))] == "{" || trimmed[:min(1, len(trimmed))] == "[") && r.readJSON(text, as):
	case likeSSH(trimmed):
		r.readSSH(text)
	case r.readBare(text, trimmed):
	default:
		r.readSecret(text, as)
	}
}

const byteOrderMark = "\ufeff"

// readString reads PEM that stands in a JSON or shell string, line breaks written \n, as it is found in configuration.
// Its keys lie over the whole text, since no place inside it is one of theirs alone.
func (r *reading) readString(text, trimmed string) bool {
	if len(trimmed) < 2 || trimmed[0] != '"' && trimmed[0] != '\'' || trimmed[len(trimmed)-1] != trimmed[0] {
		return false
	}
	inner := trimmed[1 : len(trimmed)-1]
	if strings.ContainsAny(inner, trimmed[:1]) || !likePEM(inner) {
		return false
	}
	at := strings.Index(text, trimmed) + 1
	r.readPEM(inner)
	for i := range r.Keys {
		r.Keys[i].Start, r.Keys[i].End = r.Keys[i].Start+at, r.Keys[i].End+at
	}
	for i := range r.Problems {
		r.Problems[i].Start, r.Problems[i].End = r.Problems[i].Start+at, r.Problems[i].End+at
	}
	return true
}

// readBare reads a key without armour: DER itself, its base64, or the base64 of PEM as Kubernetes keeps it. Only what is
// a sound key counts; anything else may well be a secret.
func (r *reading) readBare(text, trimmed string) bool {
	whole := token.Span{Start: 0, End: len(text)}
	der := []byte(text)
	if len(trimmed) > 0 && (trimmed[0] == 'M' || strings.HasPrefix(trimmed, "LS0t")) {
		decoded, err := base64.StdEncoding.DecodeString(trimmed)
		if err != nil {
			return false
		}
		der = decoded
	}
	inner := &reading{work: r.work}
	defer func() { r.work = inner.work }()
	if bytes.HasPrefix(der, []byte("-----BEGIN ")) {
		inner.readPEM(string(der))
	} else if len(der) > 0 && der[0] == tagSequence {
		k, _, f := readAny(der, &inner.work)
		if f.locked() {
			r.Kind = "pem"
			r.add(problem(f.code, whole, f.args...))
			return true
		}
		if !f.found() {
			inner.take(k, whole)
		}
	}
	if len(inner.Keys) == 0 {
		return false
	}
	r.Kind, r.Keys = "pem", inner.Keys
	for i := range r.Keys {
		r.Keys[i].Span = whole
	}
	for _, p := range inner.Problems {
		p.Span = whole
		r.add(p)
	}
	return true
}
