package bench_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jwtlab/app/jws"
	"jwtlab/app/key"
)

// A sample is a token of a certain length, its twin that somebody has tampered with, and the key.
type sample struct{ genuine, tampered, key string }

// sign makes a sample of about so many characters. Its payload is what such tokens are in life: a few registered claims
// and a long list of permissions.
func sign(b *testing.B, alg string, length int) sample {
	b.Helper()
	k, err := key.Generate(key.Spec{Alg: alg}, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	header := []byte(`{"alg":"` + alg + `","typ":"JWT"}`)
	var s sample
	for _, subject := range []string{"user-1204", "user-1205"} {
		text, err := jws.Sign(alg, header, payload(subject, (length-450)*3/4), k, rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		s.genuine, s.tampered = text, s.genuine
	}
	// The twin is the other token with this one's signature.
	s.tampered = s.tampered[:strings.LastIndexByte(s.tampered, '.')] + s.genuine[strings.LastIndexByte(s.genuine, '.'):]
	if public, ok := k.PublicKey(); ok {
		k = public
	}
	s.key = k.JWK()
	return s
}

// payload writes a claims set of about so many bytes.
func payload(subject string, length int) []byte {
	var list []string
	for i, size := 0, 150; size < length; i++ {
		list = append(list, fmt.Sprintf("project/%05d:deploy", i*7919%100000))
		size += len(list[i]) + 3
	}
	text, err := json.Marshal(struct {
		Issuer      string   `json:"iss"`
		Subject     string   `json:"sub"`
		Audience    string   `json:"aud"`
		Issued      int64    `json:"iat"`
		Expires     int64    `json:"exp"`
		Permissions []string `json:"permissions"`
	}{"https://shop.example", subject, "https://api.shop.example", 1_516_239_022, 4_102_444_800, list})
	if err != nil {
		panic(err)
	}
	return text
}

// quoted writes a value as a piece of JavaScript.
func quoted(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}
