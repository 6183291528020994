package token

import (
	"slices"
	"strings"
)

// Read finds the tokens in whatever people paste: the token alone, in a header, a cookie, a command, a URL, a JSON
// body, in quotes, over several lines, damaged or cut. It never fails. Tokens are in the order of the text, but pieces
// of tokens come after whole ones; a token that is there more than once is listed once. The work is linear in the length of the text.
func Read(text string) Reading {
	if len(text) > MaxInput {
		return refused("text.too-long", Span{0, len(text)}, itoa(MaxInput>>20))
	}
	if strings.TrimSpace(text) == "" {
		return refused("text.empty", Span{0, len(text)})
	}
	objects := serializedIn(text)
	found, more := find(text)
	if !anyWhole(found) && len(objects) == 0 {
		found = unwrapAll(text, found)
	}
	if len(found)+len(objects) == 0 {
		s := attempt(text)
		if s == nil {
			return nothing(text)
		}
		found = append(found, s)
	}
	r := Reading{Tokens: order(found, objects)}
	if more >= 0 {
		r.Problems = append(r.Problems, fault("text.more-tokens", more, len(text), itoa(maxTokens)))
	}
	return r
}

func anyWhole(found []*scan) bool {
	return slices.ContainsFunc(found, func(s *scan) bool { return s.dots >= s.want })
}

func refused(code string, at Span, args ...string) Reading {
	return Reading{Problems: []Problem{fault(code, at.Start, at.End, args...)}}
}

// order builds the tokens, whole ones first; objects are those read already, from JSON serializations. Pieces are left
// out if they are no header and there is something better: other software too keeps base64 of JSON in its cookies.
func order(found []*scan, objects []Token) []Token {
	whole := objects
	var headers, pieces []Token
	for _, s := range found {
		if within(objects, s.start) {
			continue
		}
		t := s.token()
		root := t.Header().JSON.Root()
		switch {
		case s.dots >= s.want:
			whole = append(whole, t)
		case len(objects) > 0:
		case root.Get("alg").Exists() || root.Get("enc").Exists():
			headers = append(headers, t)
		default:
			pieces = append(pieces, t)
		}
	}
	for i := range whole {
		for k := i; k > 0 && whole[k].Start < whole[k-1].Start; k-- {
			whole[k], whole[k-1] = whole[k-1], whole[k]
		}
	}
	whole = append(whole, headers...)
	if len(whole) == 0 {
		return pieces
	}
	return whole
}

func (s *scan) token() Token {
	d := draft{lenient: true}
	if d.Found = s.found; d.Found == "" {
		s.stray()
		d.Found = around(s.text, s.start)
	}
	d.faults = s.faults
	d.Again = s.again
	d.compact(s.cook.String(), s.cook.idx)
	return d.done()
}

// nothing says what the text is instead of a token.
func nothing(text string) Reading {
	trim := strings.TrimSpace(text)
	at := strings.Index(text, trim)
	span := Span{at, at + len(trim)}
	if strings.HasPrefix(trim, "-----BEGIN ") {
		return refused("text.key", span)
	}
	if trim[0] == '{' {
		json, problems := ReadJSON([]byte(trim))
		root := json.Root()
		switch {
		case root.Get("kty").Exists() || root.Get("keys").Kind() == Array:
			return refused("text.key", span)
		case root.Kind() == Object && len(problems) == 0:
			return refused("text.json", span)
		}
	}
	return refused("text.nothing", span)
}
