package desk

import (
	"strings"
	"time"

	"jwtlab/app/dpop"
	"jwtlab/app/verdict"
)

// A Request is the one that a DPoP proof should be for; what is empty is not compared.
type Request struct {
	Method      string `json:"method,omitempty"`
	URI         string `json:"uri,omitempty"`
	AccessToken string `json:"access_token,omitempty"`
	Nonce       string `json:"nonce,omitempty"`
}

func (r Request) with(field, text string) Request {
	text = strings.TrimSpace(text)
	switch field {
	case "method":
		r.Method = text
	case "uri":
		r.URI = text
	case "token":
		r.AccessToken = text
	case "nonce":
		r.Nonce = text
	}
	return r
}

// prove holds a DPoP proof to its request, in place of the rules that any token of its kind has.
func (v *View) prove(in Inputs, c verdict.Case) {
	if v.Proof = dpop.Recognise(c.Token); !v.Proof {
		return
	}
	v.ProofNonce = c.Payload().JSON.Root().Get("nonce").Exists()
	r := in.Request
	if !v.ProofNonce {
		r.Nonce = "" // it was asked of another proof
	}
	report := dpop.Verify(c.Token, dpop.Expect{Method: r.Method, URI: r.URI, AccessToken: r.AccessToken, Nonce: r.Nonce, Now: time.Unix(in.Now(), 0)})
	group := Group{Name: "dpop", Answer: report.Answer, Checks: report.Checks}
	for i, g := range v.Groups {
		if g.Name == "profile" {
			v.Groups[i] = group
			return
		}
	}
	v.Groups = append(v.Groups, group)
}
