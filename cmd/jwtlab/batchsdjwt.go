package main

import (
	"strconv"

	"jwtlab/app/check"
	"jwtlab/app/sdjwt"
	"jwtlab/app/token"
)

// answerSDJWT verifies a presentation of an SD-JWT, and gives the payload with what is disclosed put in. Audience, nonce
// and times are not judged.
func answerSDJWT(w *worker, l *line, out []byte) ([]byte, error) {
	input, err := l.str(memberInput)
	if err != nil {
		return nil, err
	}
	keys, err := w.keys.readAs(l, memberIssuerKey)
	if err != nil {
		return nil, err
	}
	t := token.ParseSDJWT(input)
	r := sdjwt.Verify(t, keys, sdjwt.Options{})
	valid := r.Answer == check.Yes && t.OK()
	out = append(out, `,"valid":`...)
	out = strconv.AppendBool(out, valid)
	out = append(out, `,"payload":`...)
	if valid {
		out = append(out, r.Payload...)
	} else {
		out = append(out, "null"...)
	}
	out = append(out, `,"checks":[`...)
	return append(appendChecks(out, t, r.Checks), ']'), nil
}
