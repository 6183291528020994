package desk

import "jwtlab/app/snippet"

// Codable reports whether there is a token to write verifying code for.
func (s State) Codable() bool { return s.View.Form != "" && s.View.Alg != "" }

// Snippet shows how to verify a token like this one, in the language that is chosen.
func (s State) Snippet() snippet.Snippet {
	if !s.Codable() || s.Code == "" {
		return snippet.Snippet{}
	}
	r := snippet.Request{Alg: s.View.Alg, KeyKind: s.View.KeyKind, Issuer: s.Issuer, Audience: s.Audience, Leeway: s.leeway()}
	if r.KeyKind == "none" {
		r.KeyKind = ""
	}
	for _, row := range s.View.Header.Rows {
		if row.Name == "typ" && len(row.Value) > 2 {
			r.Type = row.Value[1 : len(row.Value)-1]
		}
	}
	for _, k := range s.View.Keys {
		if k.Used {
			r.Encoding = k.Encoding
		}
	}
	return snippet.In(s.Code, r)
}
