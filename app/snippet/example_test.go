package snippet_test

import (
	"fmt"

	"jwtlab/app/snippet"
)

func ExampleFor() {
	for _, s := range snippet.For(snippet.Request{Alg: "ES512", Issuer: "https://issuer.example", Audience: "api"}) {
		fmt.Println(s.Label, s.Library, s.Code != "")
	}
	// Output:
	// Go github.com/golang-jwt/jwt/v5 true
	// Node.js jose true
	// Python PyJWT[crypto] true
	// Java io.jsonwebtoken:jjwt true
	// Rust jsonwebtoken false
	// C# Microsoft.IdentityModel.JsonWebTokens true
	// PHP firebase/php-jwt false
}
