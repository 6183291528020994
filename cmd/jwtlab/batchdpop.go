package main

import (
	"errors"
	"math"
	"strconv"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/dpop"
	"jwtlab/app/token"
)

// answerDPoP verifies a DPoP proof for the request that the line tells of.
func answerDPoP(_ *worker, l *line, out []byte) ([]byte, error) {
	input, err := l.str(memberInput)
	if err != nil {
		return nil, err
	}
	e, err := l.request()
	if err != nil {
		return nil, err
	}
	t := token.Parse(input)
	r := dpop.Verify(t, e)
	valid := r.Answer == check.Yes && t.OK()
	out = append(out, `,"valid":`...)
	out = strconv.AppendBool(out, valid)
	out = append(out, `,"jkt":`...)
	if valid {
		out = appendString(out, r.Thumbprint)
	} else {
		out = append(out, "null"...)
	}
	out = append(out, `,"checks":[`...)
	return append(appendChecks(out, t, r.Checks), ']'), nil
}

// request is what a proof is compared with.
func (l *line) request() (e dpop.Expect, err error) {
	texts := []struct {
		name name
		to   *string
	}{{memberMethod, &e.Method}, {memberURI, &e.URI}, {memberAccessToken, &e.AccessToken}, {memberNonce, &e.Nonce}}
	for _, text := range texts {
		if *text.to, _, err = l.optional(text.name); err != nil {
			return e, err
		}
	}
	now, there, err := l.seconds(memberNow)
	if err != nil {
		return e, err
	}
	if !there {
		return e, errors.New(`member "now" is missing: a proof is for one moment`)
	}
	age, _, err := l.seconds(memberMaxAge)
	if err != nil {
		return e, err
	}
	seconds, fraction := math.Modf(now)
	e.Now = time.Unix(int64(seconds), int64(fraction*1e9))
	e.MaxAge = time.Duration(min(age, math.MaxInt64/2e9) * 1e9)
	return e, nil
}
