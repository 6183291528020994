package jws_test

import (
	"fmt"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

func ExampleVerify() {
	text := "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.8koIN0YJeB5SVCBbydngFvBLlzI8_0dBrsemVv_Ubos"
	r := jws.Verify(token.Parse(text), key.Read("a secret of thirty-two bytes, ok", key.Auto), jws.Options{})
	for _, c := range r.Checks {
		fmt.Println(c.Name, c.Answer, c.Code, c.Ref)
	}
	fmt.Println("genuine:", r.Answer)
	// Output:
	// alg yes alg.carried RFC 7518 §3.2
	// key yes key.fits RFC 7518 §3.2
	// signature yes signature.fits RFC 7518 §3.2
	// genuine: yes
}

func ExampleSign() {
	k := key.Read("a secret of thirty-two bytes, ok", key.UTF8).Keys[0]
	text, err := jws.Sign("HS256", []byte(`{"alg":"HS256"}`), []byte(`{"sub":"me"}`), k, nil)
	fmt.Println(text, err)
	// Output: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.8koIN0YJeB5SVCBbydngFvBLlzI8_0dBrsemVv_Ubos <nil>
}
