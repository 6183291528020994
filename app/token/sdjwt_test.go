package token_test

import (
	"strings"
	"testing"

	"jwtlab/app/token"
)

// TestParseSDJWT reads an SD-JWT to the byte, and everything else as Parse does.
func TestParseSDJWT(t *testing.T) {
	jwt := jws(`{"alg":"ES256"}`, `{"_sd":[]}`)
	disclosure := b64(`["salt","name",1]`)
	for text, want := range map[string]struct {
		form     token.Form
		segments int
		codes    string
	}{
		jwt + "~":                                 {token.SDJWT, 3, "token.sd-jwt"},
		jwt + "~" + disclosure + "~":              {token.SDJWT, 4, "token.sd-jwt"},
		jwt + "~" + disclosure + "~" + jwt:        {token.SDJWT, 5, "token.sd-jwt"},
		jwt + "~" + disclosure:                    {token.SDJWT, 4, "token.sd-jwt token.sd-jwt-end"},
		jwt + "~" + disclosure + " ~":             {token.SDJWT, 4, "token.sd-jwt base64.blank"},
		jwt + "~" + disclosure + "~\n":            {token.SDJWT, 5, "token.sd-jwt base64.blank token.disclosure token.sd-jwt-end"},
		jwt + "~~":                                {token.SDJWT, 4, "token.sd-jwt token.disclosure"},
		jwt:                                       {token.JWS, 3, ""},
		"~" + jwt:                                 {token.SDJWT, 2, "token.header-empty token.one-part token.sd-jwt"},
		`{"payload":"~","protected":"e30"` + "}":  {token.JSONJWS, 3, "base64.character token.json-member header.alg-missing"},
		strings.Repeat("~", token.MaxInput+1)[1:]: {token.SDJWT, 1002, "…"},
	} {
		tok := token.ParseSDJWT(text)
		var codes []string
		for _, p := range tok.Problems {
			codes = append(codes, p.Code)
		}
		if got := strings.Join(codes, " "); tok.Form != want.form || len(tok.Segments) != want.segments || got != want.codes && want.codes != "…" {
			t.Errorf("%.300q: %s, %d segments, %.300s", text, tok.Form, len(tok.Segments), got)
		}
		if tok.Form == token.SDJWT && tok.Compact() != text {
			t.Errorf("%.300q became %.300q", text, tok.Compact())
		}
	}
	if p := token.ParseSDJWT(strings.Repeat("~", token.MaxInput+1)).Problems; brief(p) != "text.too-long 0-10485761 10" {
		t.Error(brief(p))
	}
}
