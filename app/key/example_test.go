package key_test

import (
	"fmt"

	"jwtlab/app/key"
)

func ExampleRead() {
	r := key.Read(`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`, key.Auto)
	k := r.Keys[0]
	fmt.Println(r.Kind, k.Type, k.Curve, k.Private, k.Thumbprint)
	// Output: jwk OKP Ed25519 false kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k
}

func ExampleRead_broken() {
	r := key.Read("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA", key.Auto)
	for _, p := range r.Problems {
		fmt.Println(p.Code, p.Args, p.Start, p.End)
	}
	// Output: pem.no-end [PUBLIC KEY] 0 26
}
