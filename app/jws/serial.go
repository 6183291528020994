package jws

import (
	"strconv"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// joseHeader is the JOSE header: in a JSON serialization the union of what is signed and what is not (RFC 7515 §7.2.1).
type joseHeader struct{ protected, unprotected token.Value }

func headerOf(t token.Token) joseHeader {
	h := joseHeader{protected: t.Header().JSON.Root()}
	if t.Form == token.JSONJWS {
		h.unprotected = t.Part(token.PartUnprotected).JSON.Root()
	}
	return h
}

// get returns the parameter of that name, the protected one if there are two.
func (h joseHeader) get(name string) token.Value {
	if v := h.protected.Get(name); v.Exists() {
		return v
	}
	return h.unprotected.Get(name)
}

// shared returns a name that is in both headers, empty if there is none.
func (h joseHeader) shared() string {
	for name := range h.unprotected.Members() {
		if text := name.Text(); h.protected.Get(text).Exists() {
			return text
		}
	}
	return ""
}

// serialization asks what only a JSON serialization can get wrong.
func (v *verifier) serialization() {
	refuse := func(code, ref string, args ...string) { v.add(no("form", code, ref, args...)) }
	header := v.token.Part(token.PartUnprotected)
	if header.Part != "" && header.JSON.Root().Kind() != token.Object {
		refuse("form.header-kind", "RFC 7515 §7.2.1", header.JSON.Root().Kind().String())
	}
	if name := v.header.shared(); name != "" {
		refuse("form.header-shared", "RFC 7515 §7.2.1", clip(name))
	}
	for _, p := range v.token.Problems {
		switch {
		case p.Code == "token.json-mixed":
			refuse("form.mixed", "RFC 7515 §7.2.2")
		case p.Code == "json.duplicate" && p.Part == "":
			refuse("form.duplicate", "RFC 7515 §10.12", p.Args...)
		case p.Code == "json.surrogate" && p.Part == "":
			refuse("form.surrogate", "RFC 8259 §8.2", p.Args...)
		}
	}
}

// noPayload reports whether a JSON serialization has no member payload, which is not the same as an empty one
// (RFC 7515 §7.2.1).
func noPayload(t token.Token) bool {
	payload := t.Payload()
	return t.Form == token.JSONJWS && payload.Text == "" && payload.Start >= t.End
}

// A Set is what verifying all signatures of one JSON serialization came to.
type Set struct {
	// Answer is yes if a signature is genuine and no other is refused by a key that it is meant for. RFC 7515 §5.2
	// leaves it to the application which ones must be right, and demands one at least; signatures for somebody else's
	// key, or by another algorithm than the one that is asked for, are left to somebody else.
	Answer  check.Answer
	Check   check.Check // why
	Reports []Report    // of each token
}

// VerifyAll verifies each signature of a JSON serialization, as [token.ParseAll] gives them.
func VerifyAll(all []token.Token, k key.Reading, o Options) Set {
	s := Set{Reports: make([]Report, len(all))}
	for i, t := range all {
		s.Reports[i] = Verify(t, k, o)
	}
	s.Check = s.sum(all)
	s.Answer = s.Check.Answer
	return s
}

func (s Set) sum(all []token.Token) check.Check {
	const ref = "RFC 7515 §5.2"
	genuine, wrong := 0, 0
	for _, r := range s.Reports {
		switch {
		case r.Answer == check.Yes:
			genuine++
		case r.Answer == check.No && !r.foreign():
			wrong++
		}
	}
	n := strconv.Itoa(len(all))
	switch {
	case mixedB64(all):
		return no("signatures", "signatures.b64", "RFC 7797 §3")
	case wrong > 0:
		return no("signatures", "signatures.wrong", ref, strconv.Itoa(wrong), n)
	case genuine == 0:
		return unchecked("signatures", "signatures.none", ref, n)
	case tooMany(all):
		return unchecked("signatures", "signatures.many", ref, n)
	case genuine < len(all):
		return remark("signatures", "signatures.some", ref, strconv.Itoa(genuine), n)
	}
	return yes("signatures", "signatures.all", ref, n)
}

// foreign reports whether a signature is refused for nothing but being another's: no key given is one for it, or it is
// not by the algorithm that is asked for.
func (r Report) foreign() bool {
	for _, c := range r.Checks {
		if c.Answer != check.No {
			continue
		}
		switch c.Code {
		case "alg.refused", "key.type", "key.curve", "key.alg", "key.none-fits":
		default:
			return false
		}
	}
	return true
}

// mixedB64 reports whether the payload is encoded for one signature and not for another.
func mixedB64(all []token.Token) bool {
	encoded, plain := false, false
	for _, t := range all {
		raw := t.Header().JSON.Root().Get("b64").Raw() == "false"
		plain, encoded = plain || raw, encoded || !raw
	}
	return encoded && plain
}

// tooMany reports whether there are more signatures than were read.
func tooMany(all []token.Token) bool {
	for _, p := range all[len(all)-1].Problems {
		if p.Code == "text.more-tokens" {
			return true
		}
	}
	return false
}
