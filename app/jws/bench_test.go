package jws_test

import (
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/token"
)

// BenchmarkVerify verifies with every algorithm: bare by golang-jwt's own method, then the token as read, then reading
// included. "x bare" is how many times as long as the bare method it took.
func BenchmarkVerify(b *testing.B) {
	for _, a := range jws.Algorithms() {
		k := generate(b, a.Name)
		text := sign(b, a.Name, `{"alg":"`+a.Name+`","typ":"JWT"}`, `{"sub":"1234567890","name":"John Doe","iat":1516239022}`, k)
		keys := of(k)
		if public, ok := k.PublicKey(); ok {
			keys = of(public)
		}
		name := a.Name
		if name == "Ed25519" {
			name = "EdDSA" // as golang-jwt knows it
		}
		bare, material := jwt.GetSigningMethod(name), any(keys.Keys[0].Public)
		if a.Type == "oct" {
			material = k.Secret
		}
		t := token.Parse(text)
		input, signature := t.SigningInput(), t.Signature().Bytes
		var floor time.Duration
		b.Run(a.Name+"/bare", func(b *testing.B) {
			for b.Loop() {
				if bare.Verify(input, signature, material) != nil {
					b.Fatal("not verified")
				}
			}
			floor = b.Elapsed() / time.Duration(b.N)
		})
		b.Run(a.Name+"/verify", func(b *testing.B) {
			for b.Loop() {
				if jws.Verify(t, keys, jws.Options{}).Answer != check.Yes {
					b.Fatal("not verified")
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(floor), "x_bare")
		})
		b.Run(a.Name+"/parse+verify", func(b *testing.B) {
			for b.Loop() {
				if jws.Verify(token.Parse(text), keys, jws.Options{}).Answer != check.Yes {
					b.Fatal("not verified")
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(floor), "x_bare")
		})
	}
}
