package lint_test

import (
	"strings"
	"testing"

	"jwtlab/app/bound"
	"jwtlab/app/key"
	"jwtlab/app/lint"
	"jwtlab/app/locale"
	"jwtlab/app/token"
)

// FuzzCheck: whatever the text, findings have a rule, words and a place inside the text that they are about.
func FuzzCheck(f *testing.F) {
	for _, r := range rows {
		f.Add(r.hit.text(), r.hit.key)
	}
	f.Add("eyJhbGciOiJIUzI1NiJ9.eyJleHAiOi0xfQ.", strings.Repeat("\xff", 40))
	f.Fuzz(func(t *testing.T, text, keyText string) {
		keys := key.Read(keyText, key.Auto)
		for _, tok := range token.Read(text).Tokens {
			var all []lint.Finding
			bound.Memory(t, len(text)+len(keyText), 1000, func() { all = lint.Check(lint.Input{Token: tok, Keys: keys, Used: -1, Now: now}) })
			for _, found := range all {
				end := len(text)
				if found.Part == lint.PartKey {
					end = len(keyText)
				}
				if found.Start < 0 || found.Start > found.End || found.End > end {
					t.Errorf("%s lies at %v of %d", found.Code, found.Span, end)
				}
				if !locale.Has(locale.KO, "lint."+found.Code) || found.Ref == "" {
					t.Errorf("%+v has no words or no reference", found)
				}
			}
		}
	})
}
