package main

import (
	"encoding/base64"
	"errors"
	"strconv"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/token"
)

// answerJWE decrypts by all rules of RFC 7516; of several recipients one has to be ours. Published tokens need RSA1_5,
// and a batch of them is no oracle: whoever runs it has the key.
func answerJWE(w *worker, l *line, out []byte) ([]byte, error) {
	input := l.members[memberInput]
	text := input.Text()
	if input.Kind() == token.Object {
		text = input.Raw()
	} else if input.Kind() != token.String {
		return nil, errors.New(`member "input" is neither a string nor an object`)
	}
	keys, err := w.keys.read(l)
	if err != nil {
		return nil, err
	}
	recipients := token.ParseAll(text)
	r, i := jwe.DecryptAny(recipients, keys, jwe.Options{AllowRSA15: true})
	out = append(out, `,"valid":`...)
	out = strconv.AppendBool(out, r.Answer == check.Yes)
	out = append(out, `,"payload_b64u":`...)
	if r.Answer == check.Yes {
		out = append(out, '"')
		out = base64.RawURLEncoding.AppendEncode(out, r.Plain)
		out = append(out, '"')
	} else {
		out = append(out, "null"...)
	}
	out = append(out, `,"checks":[`...)
	for n, k := range r.Checks {
		if n > 0 {
			out = append(out, ',')
		}
		out = appendCheck(out, k.Name, k.Answer == check.Yes, whyNot(recipients[i], k))
	}
	return append(out, ']'), nil
}
