package desk

import "jwtlab/app/snippet"

// Snippets show how to verify a token like this one, in one language each.
func (s State) Snippets() []snippet.Snippet {
	if s.View.Form == "" || s.View.Alg == "" {
		return nil
	}
	kind := s.View.KeyKind
	if kind == "none" {
		kind = ""
	}
	var typ string
	for _, r := range s.View.Header.Rows {
		if r.Name == "typ" && len(r.Value) > 2 {
			typ = r.Value[1 : len(r.Value)-1]
		}
	}
	encoding := ""
	for _, k := range s.View.Keys {
		if k.Used {
			encoding = k.Encoding
		}
	}
	return snippet.For(snippet.Request{
		Alg: s.View.Alg, KeyKind: kind, Encoding: encoding, Issuer: s.Issuer, Audience: s.Audience, Type: typ, Leeway: s.leeway(),
	})
}

// snippet is the program in the language that is shown.
func (s State) snippet() string {
	for _, one := range s.Snippets() {
		if one.Language == s.Code {
			return one.Code
		}
	}
	return ""
}
